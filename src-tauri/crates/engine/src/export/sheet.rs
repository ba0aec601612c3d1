//! Tables as CSV. A spreadsheet takes a cell that begins like a formula for one, and runs it; whatever a person or a
//! model wrote is therefore marked as text. Numbers of ours are written as numbers, below zero too.

use super::ExportError;
use igny8_core::invisible::is_invisible;
use igny8_store::table::export::{StatementLine, UsageRecord};
use std::io::{self, Write};

/// Columns of the statement.
pub(super) const STATEMENT: &[&str] =
    &["id", "at", "type", "operation_type", "amount", "balance_after", "operation_id", "call_id", "memo"];

/// Columns of the usage records.
pub(super) const USAGE: &[&str] = &[
    "id",
    "at",
    "site",
    "operation_type",
    "outcome",
    "provider",
    "model",
    "credits",
    "cost_usd",
    "credit_value_usd",
    "lost_cost_usd",
    "tokens_input",
    "tokens_cached",
    "tokens_cache_write",
    "tokens_output",
    "tokens_reasoning",
    "tokens_image_input",
    "tokens_image_output",
    "images",
    "is_estimated",
    "article_id",
    "article",
    "operation_id",
    "call_id",
    "request_id",
    "attempts",
];

/// How a formula may begin, in any spreadsheet.
const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// A table being written.
pub(super) struct Table<'w> {
    writer: csv::Writer<&'w mut (dyn Write + Send)>,
    rows: u64,
}

impl<'w> Table<'w> {
    pub(super) fn begin(out: &'w mut (dyn Write + Send), columns: &[&str]) -> Result<Self, ExportError> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns).map_err(io::Error::from)?;
        Ok(Self { writer, rows: 0 })
    }

    pub(super) fn row(&mut self, cells: &[String]) -> Result<(), ExportError> {
        self.writer.write_record(cells).map_err(io::Error::from)?;
        self.rows += 1;
        Ok(())
    }

    /// Rows written below the header.
    pub(super) fn end(mut self) -> Result<u64, ExportError> {
        self.writer.flush()?;
        Ok(self.rows)
    }
}

pub(super) fn statement_row(line: &StatementLine) -> Vec<String> {
    vec![
        line.id.to_string(),
        line.at.to_rfc3339(),
        line.transaction_type.to_string(),
        line.operation_type.clone(),
        line.amount.to_string(),
        line.balance_after.to_string(),
        line.operation.map(|id| id.to_string()).unwrap_or_default(),
        line.call.map(|id| id.to_string()).unwrap_or_default(),
        text(&line.memo),
    ]
}

pub(super) fn usage_row(record: &UsageRecord) -> Vec<String> {
    let usage = &record.usage;
    let tokens = [
        usage.input_tokens,
        usage.cached_input_tokens,
        usage.cache_write_tokens,
        usage.output_tokens,
        usage.reasoning_tokens,
        usage.image_input_tokens,
        usage.image_output_tokens,
        usage.images,
    ];
    let mut row = vec![
        record.id.to_string(),
        record.at.to_rfc3339(),
        text(&record.site),
        record.operation_type.clone(),
        record.outcome.to_string(),
        text(&record.provider),
        text(&record.model),
        record.credits.to_string(),
        record.cost.to_string(),
        record.credit_value.to_string(),
        record.lost_cost.to_string(),
    ];
    row.extend(tokens.iter().map(ToString::to_string));
    row.extend([
        u8::from(usage.is_estimated).to_string(),
        record.content.map(|id| id.to_string()).unwrap_or_default(),
        text(&record.title),
        record.operation.to_string(),
        record.call.map(|id| id.to_string()).unwrap_or_default(),
        text(&record.request_id),
        record.attempts.to_string(),
    ]);
    row
}

/// Somebody's words as a cell that no spreadsheet runs: the mark before it is the one spreadsheets hide. A spreadsheet may
/// look past blanks and what is invisible, so a formula is looked for behind them.
pub(super) fn text(words: &str) -> String {
    let shown = words.trim_start_matches(|c| c == ' ' || is_invisible(c) && !FORMULA_STARTS.contains(&c));
    if shown.starts_with(FORMULA_STARTS) { format!("'{words}") } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::money::Credits;
    use igny8_core::status::TransactionType;
    use igny8_core::time::UtcMs;

    fn line(memo: &str) -> StatementLine {
        StatementLine {
            id: 1,
            at: UtcMs(0),
            transaction_type: TransactionType::Deduction,
            operation_type: "clustering".to_owned(),
            amount: Credits(-1_500_000),
            balance_after: Credits::whole(7),
            operation: None,
            call: None,
            memo: memo.to_owned(),
        }
    }

    #[test]
    fn what_begins_like_a_formula_becomes_text_and_a_number_stays_one() {
        for memo in ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"http://x\")"] {
            let row = statement_row(&line(memo));
            assert_eq!(row.last().unwrap(), &format!("'{memo}"));
            assert_eq!(row[4], "-1.5", "an amount below zero is no formula");
        }
        assert_eq!(statement_row(&line("a = b")).last().unwrap(), "a = b");
    }

    #[test]
    fn rows_are_as_wide_as_their_header_and_read_back_as_written() {
        let mut bytes: Vec<u8> = Vec::new();
        let mut table = Table::begin(&mut bytes, STATEMENT).unwrap();
        table.row(&statement_row(&line("one, \"two\"\nthree"))).unwrap();
        assert_eq!(table.end().unwrap(), 1);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), STATEMENT);
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(row.get(8), Some("one, \"two\"\nthree"));
    }
}
