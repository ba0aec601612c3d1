//! Rows of another table that are read beside the calls: both come in the order of the calls' ids, so that each table is
//! walked once and nothing is looked up.

use rusqlite::{Row, Rows};

/// Reads a row with the id of the call it belongs to.
type ReadOne<T> = fn(&Row<'_>) -> rusqlite::Result<([u8; 16], T)>;

/// Rows in the order of their calls, and the one that was read too far.
pub(super) struct Beside<'s, T> {
    rows: Rows<'s>,
    read: ReadOne<T>,
    next: Option<([u8; 16], T)>,
}

impl<'s, T> Beside<'s, T> {
    /// Begins a walk over rows that come in the order of their calls.
    pub(super) fn over(mut rows: Rows<'s>, read: ReadOne<T>) -> rusqlite::Result<Self> {
        let next = rows.next()?.map(read).transpose()?;
        Ok(Self { rows, read, next })
    }

    /// The rows of a call. Calls are asked for in the order of their ids.
    pub(super) fn of(&mut self, call: [u8; 16]) -> rusqlite::Result<Vec<T>> {
        let mut rows = Vec::new();
        while let Some((of, row)) = self.next.take_if(|(of, _)| *of <= call) {
            if of == call {
                rows.push(row);
            }
            self.next = self.rows.next()?.map(self.read).transpose()?;
        }
        Ok(rows)
    }
}
