//! A second start asks the window that has the data folder to come forward: it leaves a row, which is all that it may
//! write, and sees whether it is answered. The file is what both have in common, wherever there is no session bus.

use crate::{Read, StoreError, Write, connection, migrate};
use igny8_core::time::UtcMs;
use rusqlite::{Connection, params};
use std::path::Path;

const WAITING: &str = "select exists (select 1 from window_request where answered_at = 0)";

/// A start that found the folder taken, and asks whoever has it. It waits for the file and must not stand on a thread that
/// serves others.
pub struct Caller {
    conn: Connection,
    request: i64,
}

impl Caller {
    /// Asks.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for the file of an older app, which does not know of such requests; when the file fails.
    pub fn call(database: &Path, now: UtcMs) -> Result<Self, StoreError> {
        let mut conn = connection::open_beside(database)?;
        if !migrate::is_current(&conn)? {
            return Err(StoreError::WrongState("schema"));
        }
        connection::guard_requests(&mut conn)?;
        conn.execute("insert into window_request (at) values (?1)", params![now.0])?;
        let request = conn.last_insert_rowid();
        Ok(Self { conn, request })
    }

    /// Whether a window came forward.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_answered(&self) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached("select answered_at > 0 from window_request where id = ?1")?;
        Ok(statement.query_row(params![self.request], |row| row.get(0))?)
    }
}

impl Read<'_> {
    /// Whether somebody waits for the window to come forward.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_window_called(&self) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached(WAITING)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Answers everybody who waits for the window.
    ///
    /// # Errors
    /// When the file fails.
    pub fn window_came(&mut self, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update window_request set answered_at = ?1 where answered_at = 0")?
            .execute(params![now.0.max(1)])?;
        Ok(())
    }

    /// Takes away what starts have asked before an instant: they have ended since.
    ///
    /// # Errors
    /// When the file fails.
    pub fn forget_window_requests(&mut self, before: UtcMs) -> Result<(), StoreError> {
        self.conn.prepare_cached("delete from window_request where at < ?1")?.execute(params![before.0])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, plan};

    #[test]
    fn a_caller_is_answered_by_the_window_and_learns_of_it() {
        let mut bench = Bench::new();
        assert!(!bench.read(|read| read.is_window_called()));
        let caller = Caller::call(bench.store.path(), NOW).unwrap();
        assert!(bench.read(|read| read.is_window_called()) && !caller.is_answered().unwrap());
        bench.write(|write| write.window_came(NOW)).unwrap();
        assert!(caller.is_answered().unwrap() && !bench.read(|read| read.is_window_called()));
        bench.write(|write| write.forget_window_requests(NOW)).unwrap();
        assert!(caller.is_answered().unwrap(), "whoever asks just now is not forgotten");
        bench.write(|write| write.forget_window_requests(NOW.plus_ms(1))).unwrap();
        assert!(caller.is_answered().is_err(), "it is gone");
    }

    #[test]
    fn looking_for_callers_is_one_step_into_an_index() {
        let plan = plan(&mut Bench::new(), WAITING);
        assert!(plan.contains("INDEX window_request_waiting"), "{plan}");
    }
}
