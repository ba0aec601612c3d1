//! Single tasks, which belong to no run, as a pause of everything finds them: those under way, and since when one stands
//! still. The mark is that of interrupted work, which keeps the runner from their units; whoever holds one keeps the
//! instant beside its id, so that a mark that was set for another reason is not taken for its own.

use crate::table::UuidColumn;
use crate::table::column::changes_one;
use crate::{Read, StoreError, Write};
use igny8_core::id::{OperationId, SiteId};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};

const UNDER_WAY: &str = "select id from operation indexed by operation_open
   where status = 'pending' and site_id = ?1 and interrupted_at = 0 and is_cancelled = 0 and run_id is null
   order by created_at, id";
const WAITS: &str = "select exists (select 1 from job where operation_id = ?1 and state = 'ready')";
const AT_WORK: &str = "select exists (select 1 from job where operation_id = ?1 and state = 'leased')";

impl Read<'_> {
    /// Tasks of a site that are under way, belong to no run and are not being cancelled, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tasks_under_way(&self, site: SiteId) -> Result<Vec<OperationId>, StoreError> {
        let mut statement = self.conn.prepare_cached(UNDER_WAY)?;
        let rows = statement.query_map(params![site.0], |row| row.get::<_, UuidColumn>(0))?;
        Ok(rows.map(|id| id.map(|id| OperationId(id.0))).collect::<Result<_, _>>()?)
    }

    /// Since when a task stands still; `None` for one that goes on, has ended, or is not there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn task_still_since(&self, id: OperationId) -> Result<Option<UtcMs>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select interrupted_at from operation where id = ?1 and status = 'pending' and interrupted_at > 0",
        )?;
        Ok(statement.query_row(params![id.as_bytes()], |row| row.get(0).map(UtcMs)).optional()?)
    }

    /// Whether a unit of a task waits for its turn.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_unit_waiting(&self, id: OperationId) -> Result<bool, StoreError> {
        Ok(self.conn.prepare_cached(WAITS)?.query_row(params![id.as_bytes()], |row| row.get(0))?)
    }

    /// Whether a unit of a task is at work.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_task_at_work(&self, id: OperationId) -> Result<bool, StoreError> {
        Ok(self.conn.prepare_cached(AT_WORK)?.query_row(params![id.as_bytes()], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Keeps the runner from the units of a task that nobody has begun yet, from `now` on. `why` is a code, empty where
    /// somebody has asked for it. Whether it was under way.
    ///
    /// # Errors
    /// When the file fails.
    pub fn hold_task(&mut self, id: OperationId, why: &str, now: UtcMs) -> Result<bool, StoreError> {
        let changed = changes_one(
            self.conn,
            "update operation set interrupted_at = ?2, paused_code = ?3
             where id = ?1 and status = 'pending' and interrupted_at = 0",
            params![id.as_bytes(), now.0.max(1), why],
        )?;
        self.touch(Topic::Operations);
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, SITE, open_operation, operation_id, plan};

    #[test]
    fn a_task_is_held_once_and_says_since_when() {
        let mut bench = Bench::new();
        let id = operation_id(1);
        bench.write(|write| open_operation(write, 1, 1)).unwrap();
        assert_eq!(bench.read(|read| read.tasks_under_way(SITE)), [id]);
        assert_eq!(bench.write(move |write| write.hold_task(id, "shortfall", NOW)), Ok(true));
        assert_eq!(bench.write(move |write| write.hold_task(id, "", NOW.plus_ms(9))), Ok(false), "it is held");
        assert_eq!(bench.read(move |read| read.task_still_since(id)), Some(NOW));
        let why = |bench: &mut Bench| bench.read(move |read| read.operation(id)).paused_code;
        assert_eq!(why(&mut bench), "shortfall", "and why");
        assert_eq!(bench.read(|read| read.tasks_under_way(SITE)), []);
        assert!(!bench.read(move |read| read.is_task_at_work(id)));
        bench.write(move |write| write.go_on_with_operation(id)).unwrap();
        assert_eq!(bench.read(move |read| read.task_still_since(id)), None);
        assert_eq!(why(&mut bench), "", "it goes on");
        bench.write(move |write| write.cancel_operation(id, NOW)).unwrap();
        assert_eq!(bench.read(|read| read.tasks_under_way(SITE)), [], "it is being cancelled");
    }

    #[test]
    fn what_is_under_way_is_found_among_what_is_open() {
        let plan = plan(&mut Bench::new(), UNDER_WAY);
        assert!(plan.contains("operation_open (site_id=?)"), "{plan}");
    }
}
