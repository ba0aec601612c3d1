//! What a process beside the one that has the data folder asks of it. It leaves a row, which is all that it may write:
//! its connection refuses everything else. The process that has the folder looks for such rows, obeys them in their
//! order, and marks each in the commit after it was obeyed.

use crate::{Read, Store, StoreError, Write, connection, migrate};
use igny8_core::id::SiteId;
use igny8_core::status::RunCommand;
use igny8_core::time::UtcMs;
use rusqlite::params;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// Pause this site's run after the units at hand.
    PauseRun(SiteId),
    /// Go on with it, or with what else of the site stands still.
    ResumeRun(SiteId),
    /// Cancel this site's run after the unit at hand.
    CancelRun(SiteId),
    /// Pause all AI work.
    PauseAll,
    /// Go on with what that held.
    ResumeAll,
    /// Stop all paid work.
    StopSpending,
    /// Allow it again.
    AllowSpending,
}

/// A request that was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunRequest {
    /// Row id.
    pub id: i64,
    /// What it asks.
    pub what: Request,
}

/// What stands in place of a site where all of them are meant: no site has this id, and a request about runs has one.
const EVERY_SITE: i64 = i64::MAX;

const WAITING: &str = "select id, command, site_id from run_request where served_at = 0 order by id";

impl Request {
    const fn columns(self) -> (RunCommand, i64) {
        match self {
            Self::PauseRun(site) => (RunCommand::Pause, site.0),
            Self::ResumeRun(site) => (RunCommand::Resume, site.0),
            Self::CancelRun(site) => (RunCommand::Cancel, site.0),
            Self::PauseAll => (RunCommand::Pause, EVERY_SITE),
            Self::ResumeAll => (RunCommand::Resume, EVERY_SITE),
            Self::StopSpending => (RunCommand::StopSpending, 0),
            Self::AllowSpending => (RunCommand::AllowSpending, 0),
        }
    }
}

impl Store {
    /// Leaves a request to the process that has the folder and returns its row id. Works on any handle, also on one for
    /// reading only. It waits for the file and must not stand on a thread that serves others.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] for a newer app's file; [`StoreError::WrongState`] for one of an older app, which does not
    /// know of requests; when the file fails.
    pub fn leave_request(&self, what: Request, now: UtcMs) -> Result<i64, StoreError> {
        let mut conn = connection::open_beside(self.path())?;
        if !migrate::is_current(&conn)? {
            return Err(StoreError::WrongState("schema"));
        }
        connection::guard_requests(&mut conn)?;
        let (command, site) = what.columns();
        conn.execute(
            "insert into run_request (command, site_id, at) values (?1, ?2, ?3)",
            params![command.as_str(), site, now.0],
        )?;
        Ok(conn.last_insert_rowid())
    }
}

impl Read<'_> {
    /// Requests that were not obeyed yet, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn waiting_requests(&self) -> Result<Vec<RunRequest>, StoreError> {
        let mut statement = self.conn.prepare_cached(WAITING)?;
        let rows = statement.query_map([], |row| {
            let what = match crate::table::word(row, "command")? {
                RunCommand::Pause if row.get::<_, i64>("site_id")? == EVERY_SITE => Request::PauseAll,
                RunCommand::Resume if row.get::<_, i64>("site_id")? == EVERY_SITE => Request::ResumeAll,
                RunCommand::Pause => Request::PauseRun(SiteId(row.get("site_id")?)),
                RunCommand::Resume => Request::ResumeRun(SiteId(row.get("site_id")?)),
                RunCommand::Cancel => Request::CancelRun(SiteId(row.get("site_id")?)),
                RunCommand::StopSpending => Request::StopSpending,
                RunCommand::AllowSpending => Request::AllowSpending,
            };
            Ok(RunRequest { id: row.get("id")?, what })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What became of a request: why it was refused, a code, empty where it was obeyed; `None` while it waits.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown one.
    pub fn request_answer(&self, id: i64) -> Result<Option<String>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select iif(served_at > 0, refused_code, null) from run_request where id = ?1")?;
        Ok(statement.query_row(params![id], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Marks a request as done with, and why it was refused if it was.
    ///
    /// # Errors
    /// When the file fails.
    pub fn request_served(&mut self, id: i64, refused_code: &str, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update run_request set served_at = ?2, refused_code = ?3 where id = ?1 and served_at = 0")?
            .execute(params![id, now.0.max(1), refused_code])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, SITE};

    #[test]
    fn requests_are_read_in_their_order_until_they_are_obeyed() {
        let mut bench = Bench::new();
        let store = bench.store.clone();
        let runs = [Request::PauseRun(SITE), Request::ResumeRun(SITE), Request::CancelRun(SITE)];
        let all = [Request::PauseAll, Request::ResumeAll];
        let asked = [&[Request::StopSpending][..], &runs, &all, &[Request::AllowSpending]].concat();
        let ids: Vec<i64> = asked.iter().map(|what| store.leave_request(*what, NOW).unwrap()).collect();
        let waiting = bench.read(|read| read.waiting_requests());
        assert_eq!(waiting.iter().map(|request| request.what).collect::<Vec<_>>(), asked);
        let first = ids[0];
        assert_eq!(bench.read(move |read| read.request_answer(first)), None);
        bench.write(move |write| write.request_served(first, "spending_stopped", NOW)).unwrap();
        assert_eq!(bench.read(move |read| read.request_answer(first)).as_deref(), Some("spending_stopped"));
        let rest: Vec<i64> = bench.read(|read| read.waiting_requests()).into_iter().map(|request| request.id).collect();
        assert_eq!(rest, ids[1..]);
    }

    #[test]
    fn whoever_may_leave_a_request_may_write_nothing_else() {
        let bench = Bench::new();
        let mut conn = connection::open_beside(bench.store.path()).unwrap();
        connection::guard_requests(&mut conn).unwrap();
        for refused in [
            "update spending_switch set stopped_at = 1",
            "insert into setting (key, value) values ('zone', '\"UTC\"')",
            "update run_request set served_at = 1",
            "delete from run_request",
            "drop table keyword",
            "attach ':memory:' as other",
            "pragma writable_schema = on",
        ] {
            assert!(conn.execute_batch(refused).is_err(), "{refused}");
        }
        conn.execute_batch("insert into run_request (command, at) values ('spending_stop', 1)").unwrap();
    }

    #[test]
    fn looking_for_requests_reads_those_that_wait_and_no_others() {
        let plan = crate::fixture::plan(&mut Bench::new(), WAITING);
        assert!(plan.contains("USING INDEX run_request_waiting") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
