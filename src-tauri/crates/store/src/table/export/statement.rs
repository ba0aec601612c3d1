//! Lines of the statement, oldest first.

use super::{Mark, STRETCH_ROWS};
use crate::table::UuidColumn;
use crate::{Read, StoreError};
use igny8_core::id::{CallId, OperationId};
use igny8_core::money::Credits;
use igny8_core::status::TransactionType;
use igny8_core::time::UtcMs;
use rusqlite::{Row, params};

/// A line of the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: UtcMs,
    /// What it says.
    pub transaction_type: TransactionType,
    /// Operation type; empty for grants and lapses.
    pub operation_type: String,
    /// Above 0 for what came in, below 0 for what went out.
    pub amount: Credits,
    /// The wallet's posted balance right after.
    pub balance_after: Credits,
    /// Its operation.
    pub operation: Option<OperationId>,
    /// Its call.
    pub call: Option<CallId>,
    /// A word about it.
    pub memo: String,
}

pub(super) const LINES: &str =
    "select id, at, transaction_type, operation_type, amount, balance_after, operation_id, call_id, memo
   from credit_transaction where id > ?1 and id <= ?2 order by id limit ?3";

impl Read<'_> {
    /// The next stretch of the statement after a number, up to a mark.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn export_statement(&self, after: i64, mark: &Mark) -> Result<Vec<StatementLine>, StoreError> {
        let mut statement = self.conn.prepare_cached(LINES)?;
        let lines = statement.query_map(params![after, mark.line, STRETCH_ROWS], read_line)?;
        Ok(lines.collect::<Result<_, _>>()?)
    }
}

fn read_line(row: &Row<'_>) -> rusqlite::Result<StatementLine> {
    Ok(StatementLine {
        id: row.get("id")?,
        at: UtcMs(row.get("at")?),
        transaction_type: crate::table::word(row, "transaction_type")?,
        operation_type: row.get("operation_type")?,
        amount: Credits(row.get("amount")?),
        balance_after: Credits(row.get("balance_after")?),
        operation: row.get::<_, Option<UuidColumn>>("operation_id")?.map(|id| OperationId(id.0)),
        call: row.get::<_, Option<UuidColumn>>("call_id")?.map(|id| CallId(id.0)),
        memo: row.get("memo")?,
    })
}
