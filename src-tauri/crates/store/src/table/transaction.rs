//! The account statement: one line for each posted movement of the wallet, and lines of 0 for what was given back or
//! refused. The ledger writes it; here it is only read.

use crate::table::list::Page;
use crate::table::timeline;
use crate::{Read, StoreError};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, OperationId};
use igny8_core::money::Credits;
use igny8_core::status::{TransactionType, UnknownWord};
use igny8_core::time::UtcMs;
use rusqlite::types::Type;
use rusqlite::{Row, params};

/// A line of the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransactionRow {
    /// Its number; rises with each line, whatever the clock said.
    pub id: i64,
    /// What it says.
    pub transaction_type: TransactionType,
    /// The function it paid for; `None` for grants and lapses.
    pub function: Option<AiFunction>,
    /// Its operation; `None` for grants and lapses.
    pub operation: Option<OperationId>,
    /// Its call; `None` when nothing was sent.
    pub call: Option<CallId>,
    /// Above 0 for what came in, below 0 for what went out.
    pub amount: Credits,
    /// The wallet's posted balance right after; open holds do not count.
    pub balance_after: Credits,
    /// A word about it: the month of a grant, the reason of a release.
    pub memo: String,
    /// When.
    pub at: UtcMs,
}

/// What the statement is narrowed to. An empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TransactionFilter {
    /// These kinds of line.
    pub types: Vec<TransactionType>,
    /// What was paid for by these functions.
    pub functions: Vec<AiFunction>,
}

/// Sums over the lines of a statement. `received` − `spent` is their net.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransactionSums {
    /// Lines.
    pub lines: u32,
    /// Everything that came in, 0 or more.
    pub received: Credits,
    /// Everything that went out, 0 or more.
    pub spent: Credits,
}

const PAGE: &str = "select id, transaction_type, operation_type, operation_id, call_id, amount, balance_after, memo, at
   from credit_transaction
   where id < ?1
     and (?2 = '[]' or transaction_type in (select value from json_each(?2)))
     and (?3 = '[]' or operation_type in (select value from json_each(?3)))
   order by id desc limit ?4";

impl Read<'_> {
    /// A page of the statement, newest first: in the order it was written in, which a clock that was set back does not
    /// change, so that each line's balance follows from the one below it. `cursor` is the page before's `next_cursor`.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a cursor of another list.
    pub fn transactions_page(
        &self,
        filter: &TransactionFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<TransactionRow>, StoreError> {
        let start = timeline::start::<i64>(cursor)?;
        let (types, operation_types) = filter_words(filter);
        let mut statement = self.conn.prepare_cached(PAGE)?;
        let rows = statement.query_map(
            params![start.id.unwrap_or(i64::MAX), types, operation_types, timeline::rows_asked(limit)],
            read_transaction,
        )?;
        let rows = rows.collect::<Result<_, _>>()?;
        let count = || self.transaction_sums(filter).map(|sums| sums.lines);
        timeline::page(&start, rows, limit, count, |row| (row.at, row.id))
    }

    /// Sums over all lines that match.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn transaction_sums(&self, filter: &TransactionFilter) -> Result<TransactionSums, StoreError> {
        let (types, operation_types) = filter_words(filter);
        let mut statement = self.conn.prepare_cached(
            "select count(*), coalesce(sum(max(amount, 0)), 0), coalesce(sum(max(-amount, 0)), 0)
             from credit_transaction
             where (?1 = '[]' or transaction_type in (select value from json_each(?1)))
               and (?2 = '[]' or operation_type in (select value from json_each(?2)))",
        )?;
        let sums = statement.query_row(params![types, operation_types], |row| {
            Ok(TransactionSums { lines: row.get(0)?, received: Credits(row.get(1)?), spent: Credits(row.get(2)?) })
        })?;
        Ok(sums)
    }
}

fn filter_words(filter: &TransactionFilter) -> (String, String) {
    let types = timeline::words(filter.types.iter().map(|one| one.as_str()));
    let operation_types = timeline::words(filter.functions.iter().map(|function| function.operation_type()));
    (types, operation_types)
}

fn read_transaction(row: &Row<'_>) -> rusqlite::Result<TransactionRow> {
    let operation: Option<crate::table::UuidColumn> = row.get("operation_id")?;
    let call: Option<crate::table::UuidColumn> = row.get("call_id")?;
    Ok(TransactionRow {
        id: row.get("id")?,
        transaction_type: crate::table::word(row, "transaction_type")?,
        function: read_function(&row.get::<_, String>("operation_type")?)?,
        operation: operation.map(|id| OperationId(id.0)),
        call: call.map(|id| CallId(id.0)),
        amount: Credits(row.get("amount")?),
        balance_after: Credits(row.get("balance_after")?),
        memo: row.get("memo")?,
        at: UtcMs(row.get("at")?),
    })
}

/// Reads a function by its name in the books; the empty word is none.
fn read_function(word: &str) -> rusqlite::Result<Option<AiFunction>> {
    if word.is_empty() {
        return Ok(None);
    }
    let found = AiFunction::ALL.iter().copied().find(|function| function.operation_type() == word);
    found.map(Some).ok_or_else(|| {
        let stranger = UnknownWord { vocabulary: "operation type", word: word.to_owned() };
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(stranger))
    })
}

#[cfg(test)]
mod tests;
