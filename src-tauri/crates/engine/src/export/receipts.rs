//! Receipts as files: a table with a row for each field, or one JSON document with an object for each delivery.

use super::sheet::{Table, text};
use super::{ExportError, ReceiptForm};
use crate::Engine;
use igny8_store::table::export::{Mark, ReceiptLine, WhichReceipts};
use serde_json::{Map, Value, json};
use std::io::Write;

/// How the document begins.
pub(super) const HEAD: &str = "{\"receipts\":[";
/// Columns of the table.
pub(super) const COLUMNS: &[&str] = &[
    "receipt_id",
    "at",
    "site",
    "article_id",
    "article",
    "version",
    "external_id",
    "url",
    "field",
    "verdict",
    "note",
    "sent",
    "found",
];

/// Before the first delivery: ids and positions begin above it.
const BEGINNING: (i64, i64) = (0, -1);

impl Engine {
    /// Writes receipts and says how many rows or deliveries that are.
    pub(super) async fn export_receipts(
        &self,
        (which, form): (WhichReceipts, ReceiptForm),
        mark: Mark,
        out: &mut (dyn Write + Send),
    ) -> Result<u64, ExportError> {
        match form {
            ReceiptForm::Csv => self.receipts_as_table(which, mark, out).await,
            ReceiptForm::Json => self.receipts_as_document(which, mark, out).await,
        }
    }

    async fn receipts_as_table(
        &self,
        which: WhichReceipts,
        mark: Mark,
        out: &mut (dyn Write + Send),
    ) -> Result<u64, ExportError> {
        let mut table = Table::begin(out, COLUMNS)?;
        let mut after = BEGINNING;
        loop {
            let stretch = self.store.read(move |read| read.export_receipts(which, after, &mark)).await?;
            let Some(last) = stretch.last() else { break };
            after = (last.publication.0, last.position);
            for line in &stretch {
                table.row(&cells(line))?;
            }
        }
        table.end()
    }

    async fn receipts_as_document(
        &self,
        which: WhichReceipts,
        mark: Mark,
        out: &mut (dyn Write + Send),
    ) -> Result<u64, ExportError> {
        let mut document = Document::begin(out)?;
        let mut after = BEGINNING;
        loop {
            let stretch = self.store.read(move |read| read.export_receipts(which, after, &mark)).await?;
            let Some(last) = stretch.last() else { break };
            after = (last.publication.0, last.position);
            for line in &stretch {
                document.line(line)?;
            }
        }
        document.end()
    }
}

fn cells(line: &ReceiptLine) -> Vec<String> {
    let row = &line.row;
    vec![
        line.publication.to_string(),
        line.at.to_rfc3339(),
        text(&line.site),
        line.content.to_string(),
        text(&line.title),
        line.version.to_string(),
        text(&line.external_id),
        text(&line.external_url),
        row.field.to_string(),
        row.verdict.to_string(),
        row.note.map(|note| note.to_string()).unwrap_or_default(),
        text(&row.sent),
        text(&row.found),
    ]
}

/// A JSON document being written: its lines come ordered by delivery, and one delivery at a time is kept.
struct Document<'w> {
    out: &'w mut (dyn Write + Send),
    open: Option<(i64, Map<String, Value>, Vec<Value>)>,
    written: u64,
}

impl<'w> Document<'w> {
    fn begin(out: &'w mut (dyn Write + Send)) -> Result<Self, ExportError> {
        out.write_all(HEAD.as_bytes())?;
        Ok(Self { out, open: None, written: 0 })
    }

    fn line(&mut self, line: &ReceiptLine) -> Result<(), ExportError> {
        let row = &line.row;
        let note = row.note.map(|note| note.to_string()).unwrap_or_default();
        let field = json!({
            "field": row.field.as_str(), "verdict": row.verdict.as_str(), "note": note, "sent": row.sent, "found": row.found,
        });
        match &mut self.open {
            Some((publication, _, fields)) if *publication == line.publication.0 => fields.push(field),
            Some(_) | None => {
                self.close()?;
                self.open = Some((line.publication.0, head(line), vec![field]));
            }
        }
        Ok(())
    }

    /// Writes the delivery that is complete.
    fn close(&mut self) -> Result<(), ExportError> {
        let Some((_, mut receipt, fields)) = self.open.take() else { return Ok(()) };
        receipt.insert("fields".to_owned(), Value::Array(fields));
        let comma = if self.written == 0 { "\n" } else { ",\n" };
        write!(self.out, "{comma}{}", Value::Object(receipt))?;
        self.written += 1;
        Ok(())
    }

    fn end(mut self) -> Result<u64, ExportError> {
        self.close()?;
        self.out.write_all(b"\n]}\n")?;
        Ok(self.written)
    }
}

fn head(line: &ReceiptLine) -> Map<String, Value> {
    let entries = [
        ("id", json!(line.publication.to_string())),
        ("at", json!(line.at.to_rfc3339())),
        ("site", json!(line.site)),
        ("article_id", json!(line.content.to_string())),
        ("article", json!(line.title)),
        ("version", json!(line.version)),
        ("external_id", json!(line.external_id)),
        ("url", json!(line.external_url)),
    ];
    entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::id::{ContentId, PublicationId};
    use igny8_core::receipt::{ReceiptField, ReceiptNote, Verdict};
    use igny8_core::time::UtcMs;
    use igny8_store::table::receipt::ReceiptRow;

    fn line(publication: i64, position: i64, field: ReceiptField, found: &str) -> ReceiptLine {
        let note = (field == ReceiptField::MetaTitle).then_some(ReceiptNote::NoField);
        ReceiptLine {
            publication: PublicationId(publication),
            position,
            at: UtcMs(0),
            site: "Tea".to_owned(),
            content: ContentId(4),
            title: "=Tea".to_owned(),
            version: 2,
            external_id: "7".to_owned(),
            external_url: "https://a.example/tea/".to_owned(),
            row: ReceiptRow { field, verdict: Verdict::Changed, note, sent: "a".to_owned(), found: found.to_owned() },
        }
    }

    #[test]
    fn a_document_has_an_object_for_each_delivery_with_its_fields() {
        let mut bytes: Vec<u8> = Vec::new();
        let mut document = Document::begin(&mut bytes).unwrap();
        for one in [
            line(1, 0, ReceiptField::Title, "\"x\"\n"),
            line(1, 1, ReceiptField::MetaTitle, ""),
            line(3, 0, ReceiptField::Title, "b"),
        ] {
            document.line(&one).unwrap();
        }
        assert_eq!(document.end().unwrap(), 2);
        let read: Value = serde_json::from_slice(&bytes).unwrap();
        let receipts = read["receipts"].as_array().unwrap();
        assert_eq!((receipts.len(), receipts[0]["id"].as_str(), receipts[1]["id"].as_str()), (2, Some("1"), Some("3")));
        assert_eq!(receipts[0]["fields"][0]["found"], "\"x\"\n");
        assert_eq!(receipts[0]["fields"][1]["note"], "no_field");
        let mut nothing: Vec<u8> = Vec::new();
        assert_eq!(Document::begin(&mut nothing).unwrap().end().unwrap(), 0);
        assert_eq!(serde_json::from_slice::<Value>(&nothing).unwrap(), json!({ "receipts": [] }));
    }

    #[test]
    fn a_row_is_as_wide_as_its_header_and_what_others_wrote_is_no_formula() {
        let cells = cells(&line(1, 0, ReceiptField::Title, "+1"));
        assert_eq!(cells.len(), COLUMNS.len());
        assert_eq!((cells[4].as_str(), cells[12].as_str()), ("'=Tea", "'+1"));
    }
}
