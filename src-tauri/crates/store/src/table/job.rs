//! Units waiting for a worker or at work, and what became of them. A unit is claimed by lease and finished by the lease's token, so that a
//! worker that lost its lease cannot finish it; leases of another process are void, because only one process can hold
//! the data folder.

mod failing;

pub use failing::FailedUnits;

use crate::ledger::Lease;
use crate::{Read, StoreError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{JobId, ModelId, OperationId, SiteId};
use igny8_core::retry::DELAY_MS_MAX;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::params;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A unit that may be worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyUnit {
    /// The unit.
    pub job: JobId,
    /// Its operation.
    pub operation: OperationId,
    /// Its place in the operation, from 0.
    pub ordinal: u32,
    /// Row ids of its items.
    pub items: Vec<i64>,
    /// How often it was tried before.
    pub attempts: u32,
    /// Who will be asked.
    pub provider: String,
}

/// Units of a cancelled operation that are cancelled in one commit: a few milliseconds of the writer's.
const CANCELLED_IN_A_SLICE: u32 = 500;
/// The longest wait a unit is given back with: what is accepted from a vendor.
const WAIT_MS_MAX: i64 = DELAY_MS_MAX.cast_signed();
/// The operation and its model are looked up row by row, so that the walk along the queue stops early.
const READY: &str = "select j.id, j.operation_id, j.ordinal, j.item_ids, j.attempts, m.provider
   from job j cross join operation o on o.id = j.operation_id cross join model m on m.id = o.model_id
   where j.state = 'ready' and j.run_at <= ?1 and m.provider not in (select value from json_each(?2))
     and o.interrupted_at = 0
     and (hex(j.operation_id) not in (select value from json_each(?4))
       or exists (select 1 from call c where c.job_id = j.id and c.resolved_at = 0))
   order by j.run_at, j.id limit ?3";
const SUSPENDED: &str = "select j.id, j.item_ids from call c join job j on j.id = c.job_id
   where c.state in ('held', 'sent', 'unknown') and j.state = 'ready' and j.operation_id = ?1 order by j.id";
const AT_WORK: &str = "select i.value
   from operation o indexed by operation_open
     cross join job j on j.operation_id = o.id and j.state in ('ready', 'leased')
     cross join json_each(j.item_ids) i
   where o.status = 'pending' and o.site_id = ?1 and o.function_name = ?2 and o.is_trial = 0";
const OPEN_ITEMS: &str = "select j.item_ids, c.model_id
   from job j left join call c on c.job_id = j.id and c.resolved_at = 0
   where j.operation_id = ?1 and j.state in ('ready', 'leased') order by j.ordinal";
const NEXT_AT: &str = "select min(run_at) from job where state = 'ready' and run_at > ?1";

/// The items of a unit, and the price version that its open call is held under; none without such a call.
pub type OpenUnit = (Vec<i64>, Option<ModelId>);

impl Read<'_> {
    /// The next units to work on at `now`, oldest operation first, units in order, without those of providers that have
    /// no room for another call, and of operations that were interrupted.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ready_units(&self, now: UtcMs, busy: &[String], limit: usize) -> Result<Vec<ReadyUnit>, StoreError> {
        self.ready_units_but(now, busy, &[], limit)
    }

    /// As [`Read::ready_units`], without those of some operations that would hold anew. What of them has its hold already
    /// needs no more and goes on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ready_units_but(
        &self,
        now: UtcMs,
        busy: &[String],
        waiting: &[OperationId],
        limit: usize,
    ) -> Result<Vec<ReadyUnit>, StoreError> {
        let mut statement = self.conn.prepare_cached(READY)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let busy = super::column::to_json(busy)?;
        let waiting: Vec<String> = waiting.iter().map(|id| format!("{:X}", id.0.simple())).collect();
        let waiting = super::column::to_json(&waiting)?;
        let rows = statement.query_map(params![now.0, busy, limit, waiting], |row| {
            Ok(ReadyUnit {
                job: JobId(row.get("id")?),
                operation: OperationId(row.get::<_, crate::table::UuidColumn>("operation_id")?.0),
                ordinal: row.get("ordinal")?,
                items: crate::table::json(row, "item_ids")?,
                attempts: row.get("attempts")?,
                provider: row.get("provider")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first unit of an operation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it has none.
    pub fn first_unit(&self, operation: OperationId) -> Result<JobId, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select id from job where operation_id = ?1 order by ordinal limit 1")?;
        Ok(statement.query_row(params![operation.as_bytes()], |row| row.get(0).map(JobId))?)
    }

    /// Ready units of an operation whose call is not resolved, with their items: they wait for another attempt, and their
    /// hold with them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn suspended_units(&self, operation: OperationId) -> Result<Vec<(JobId, Vec<i64>)>, StoreError> {
        let mut statement = self.conn.prepare_cached(SUSPENDED)?;
        let rows = statement.query_map(params![operation.as_bytes()], |row| {
            Ok((JobId(row.get("id")?), crate::table::json(row, "item_ids")?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The units of an operation that have no end yet, in order: their items, and the price version under which each is held
    /// for that has an open call.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_units(&self, operation: OperationId) -> Result<Vec<OpenUnit>, StoreError> {
        let mut statement = self.conn.prepare_cached(OPEN_ITEMS)?;
        let rows = statement.query_map(params![operation.as_bytes()], |row| {
            Ok((crate::table::json(row, "item_ids")?, row.get::<_, Option<i64>>("model_id")?.map(ModelId)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Items of a function that units of open operations of a site will still work on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn items_at_work(&self, site: SiteId, function: AiFunction) -> Result<BTreeSet<i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(AT_WORK)?;
        let rows = statement.query_map(params![site.0, function.name()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// When the earliest of the units may start that have to wait at `now`; `None` when none has to.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_unit_after(&self, now: UtcMs) -> Result<Option<UtcMs>, StoreError> {
        let mut statement = self.conn.prepare_cached(NEXT_AT)?;
        let at: Option<i64> = statement.query_row(params![now.0], |row| row.get(0))?;
        Ok(at.map(UtcMs))
    }
}

impl Write<'_> {
    /// Lets units start at `now` that would wait longer than any unit is told to: they were given back before somebody
    /// set the clock back. Returns how many.
    ///
    /// # Errors
    /// When the file fails.
    pub fn recall_units(&mut self, now: UtcMs) -> Result<u32, StoreError> {
        let changed = self
            .conn
            .prepare_cached("update job set run_at = ?1 where state = 'ready' and run_at > ?2")?
            .execute(params![now.0, now.plus_ms(WAIT_MS_MAX).0])?;
        Ok(u32::try_from(changed).unwrap_or(u32::MAX))
    }

    /// Ends a leased unit as done. False when the lease is no longer ours.
    ///
    /// # Errors
    /// When the file fails.
    pub fn finish_unit(&mut self, lease: Lease, now: UtcMs) -> Result<bool, StoreError> {
        self.end_unit(lease, "done", "", now)
    }

    /// Ends a leased unit as failed, with the reason. False when the lease is no longer ours.
    ///
    /// # Errors
    /// When the file fails.
    pub fn fail_unit(&mut self, lease: Lease, code: &str, now: UtcMs) -> Result<bool, StoreError> {
        self.end_unit(lease, "failed", code, now)
    }

    /// Gives a leased unit back to be tried again from `run_at` on. False when the lease is no longer ours.
    ///
    /// # Errors
    /// When the file fails.
    pub fn requeue_unit(&mut self, lease: Lease, run_at: UtcMs) -> Result<bool, StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update job set state = 'ready', lease_instance = null, run_at = ?3
                 where id = ?1 and lease_token = ?2 and state = 'leased'",
            )?
            .execute(params![lease.job.0, lease.token, run_at.0])?;
        Ok(changed == 1)
    }

    /// Returns a unit of our own to the queue whose worker ended without saying how: what it may have sent is unknown.
    /// False when it is not leased to `instance`.
    ///
    /// # Errors
    /// When the file fails.
    pub fn return_unit(&mut self, job: JobId, instance: Uuid) -> Result<bool, StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update job set state = 'ready', lease_instance = null, lease_token = lease_token + 1
                 where id = ?1 and state = 'leased' and lease_instance = ?2",
            )?
            .execute(params![job.0, instance.as_bytes()])?;
        if changed == 1 {
            self.conn
                .prepare_cached("update call set state = 'unknown' where job_id = ?1 and state = 'sent'")?
                .execute(params![job.0])?;
        }
        Ok(changed == 1)
    }

    /// Cancels what is still ready of an operation, which then has the reason on record, and returns how many units that
    /// were. Holds of units that wait for another attempt must be released before: see [`Read::suspended_units`].
    ///
    /// # Errors
    /// When the file fails.
    pub fn cancel_ready_units(&mut self, operation: OperationId, code: &str, now: UtcMs) -> Result<u32, StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update job set state = 'cancelled', error_code = ?2, ended_at = ?3
                 where operation_id = ?1 and state = 'ready'",
            )?
            .execute(params![operation.as_bytes(), code, now.0])?;
        if changed > 0 {
            self.note_reason(operation, code)?;
        }
        Ok(u32::try_from(changed).unwrap_or(u32::MAX))
    }

    /// Cancels some of the units that a cancelled operation still has ready, but for those whose call is open; with the last
    /// of them the mark goes that kept the runner from them. Whether there are more.
    ///
    /// # Errors
    /// When the file fails.
    pub fn cancel_more_units(&mut self, operation: OperationId, now: UtcMs) -> Result<bool, StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update job set state = 'cancelled', error_code = 'cancelled', ended_at = ?2
                 where id in (select j.id from job j
                   where j.operation_id = ?1 and j.state = 'ready'
                     and not exists (select 1 from call c where c.job_id = j.id and c.resolved_at = 0)
                   order by j.ordinal limit ?3)",
            )?
            .execute(params![operation.as_bytes(), now.0, CANCELLED_IN_A_SLICE])?;
        let has_more = u32::try_from(changed).is_ok_and(|changed| changed == CANCELLED_IN_A_SLICE);
        if !has_more {
            self.conn
                .prepare_cached(
                    "update operation set interrupted_at = 0, paused_code = ''
                     where id = ?1 and status = 'pending' and is_cancelled = 1",
                )?
                .execute(params![operation.as_bytes()])?;
        }
        self.touch(Topic::Operations);
        Ok(has_more)
    }

    /// Voids the leases of every other process and returns those units to the queue. Call once at start.
    ///
    /// # Errors
    /// When the file fails.
    pub fn void_foreign_leases(&mut self, instance: Uuid) -> Result<u32, StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update job set state = 'ready', lease_instance = null, lease_token = lease_token + 1
                 where state = 'leased' and lease_instance <> ?1",
            )?
            .execute(params![instance.as_bytes()])?;
        // A call that was on its way when the process ended may have been answered: nobody knows.
        self.conn.prepare_cached("update call set state = 'unknown' where state = 'sent'")?.execute([])?;
        Ok(u32::try_from(changed).unwrap_or(u32::MAX))
    }

    fn end_unit(&mut self, lease: Lease, state: &'static str, code: &str, now: UtcMs) -> Result<bool, StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update job set state = ?3, lease_instance = null, error_code = ?4, ended_at = ?5
                 where id = ?1 and lease_token = ?2 and state = 'leased'",
            )?
            .execute(params![lease.job.0, lease.token, state, code, now.0])?;
        Ok(changed == 1)
    }
}

#[cfg(test)]
mod tests;
