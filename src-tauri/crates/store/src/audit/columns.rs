//! Reading a row column by column, in the order of the statement: rows here join many tables, and looking each column up
//! by its name would take longer than reading it.

use rusqlite::Row;
use rusqlite::types::FromSql;

/// A row and the column that comes next.
pub(super) struct Columns<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> Columns<'r, 's> {
    pub(super) const fn of(row: &'r Row<'s>) -> Self {
        Self { row, next: 0 }
    }

    /// The next column.
    pub(super) fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let column = self.next;
        self.next += 1;
        self.row.get(column)
    }

    /// Passes over columns of a row that is not there.
    pub(super) const fn skip(&mut self, columns: usize) {
        self.next += columns;
    }
}
