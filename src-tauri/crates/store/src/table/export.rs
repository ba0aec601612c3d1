//! What is written to files that leave the app: transfers, lines of the statement, usage records, receipts, each in the
//! order it was written and a stretch at a time, so that a file as long as a life of work needs the memory of one stretch.
//!
//! All four only ever grow. A file is made up to a mark that is taken first, so that it is of one moment however long
//! the writing takes.

mod receipt;
mod statement;
mod transfer;
mod usage;

pub use receipt::{ReceiptLine, WhichReceipts};
pub use statement::StatementLine;
pub use usage::UsageRecord;

use crate::{Read, StoreError};
use igny8_core::journal::Balances;
use igny8_core::money::Credits;
use rusqlite::params;

/// Rows of one stretch: a few hundred kilobytes, a few milliseconds of a reader.
pub const STRETCH_ROWS: u32 = 1_000;

/// A moment of the books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The newest transfer.
    pub transfer: i64,
    /// The newest line of the statement.
    pub line: i64,
    /// The newest usage record.
    pub record: i64,
    /// The newest delivery that was read back.
    pub publication: i64,
    /// What the app shows.
    pub balances: Balances,
}

/// One statement, and so one moment.
const MARK: &str = "select coalesce((select max(seq) from transfer), 0),
     coalesce((select max(id) from credit_transaction), 0), coalesce((select max(id) from usage_log), 0),
     coalesce((select max(id) from publication), 0),
     w.credits_posted - w.debits_posted - w.debits_pending, w.debits_pending, w.debits_posted - l.credits_posted
   from account w join account l on l.code = 'lapsed' where w.code = 'wallet'";

impl Read<'_> {
    /// This moment of the books.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn export_mark(&self) -> Result<Mark, StoreError> {
        let mut statement = self.conn.prepare_cached(MARK)?;
        let mark = statement.query_row(params![], |row| {
            Ok(Mark {
                transfer: row.get(0)?,
                line: row.get(1)?,
                record: row.get(2)?,
                publication: row.get(3)?,
                balances: Balances {
                    available: Credits(row.get(4)?),
                    held: Credits(row.get(5)?),
                    used: Credits(row.get(6)?),
                },
            })
        })?;
        Ok(mark)
    }
}

#[cfg(test)]
mod tests;
