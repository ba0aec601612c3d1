//! Operations: one AI function over n items, as it was started. The row is the task log. Its totals are moved by the
//! ledger; its life (opened, progressed, closed) by the verbs here. Closing needs every unit to be final and happens in
//! the commit that makes the last one so, together with the one notification.

mod list;

pub use list::{OperationFilter, UnitRow};

use crate::{Read, StoreError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{ModelId, OperationId, RunId, SiteId};
use igny8_core::money::{Credits, Usd};
use igny8_core::port::ProviderError;
use igny8_core::status::{OperationStatus, Phase, Trigger};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationRow {
    /// Id.
    pub id: OperationId,
    /// Function.
    pub function: AiFunction,
    /// Site.
    pub site: SiteId,
    /// Model it was started with.
    pub model: ModelId,
    /// What started it.
    pub started_by: Trigger,
    /// The run it belongs to; `None` for what a person started by itself.
    pub run: Option<RunId>,
    /// It makes pictures anew beside those that are there.
    pub is_anew: bool,
    /// It tries a prompt; its answer is shown and changes nothing.
    pub is_trial: bool,
    /// How far it is.
    pub phase: Phase,
    /// How it ended.
    pub status: OperationStatus,
    /// The user stopped it.
    pub is_cancelled: bool,
    /// Items asked for.
    pub items_total: u32,
    /// Paid units.
    pub units_total: u32,
    /// Units that stored their result.
    pub units_done: u32,
    /// Units that did not.
    pub units_failed: u32,
    /// What was made, and clusters that were joined.
    pub results: u32,
    /// Clusters among the results that were there before.
    pub joined: u32,
    /// Charged so far.
    pub credits: Credits,
    /// What vendors bill so far.
    pub cost: Usd,
    /// First reason of failure; empty otherwise.
    pub error_code: String,
    /// Why it stands still though nobody has asked for it; empty otherwise.
    pub paused_code: String,
    /// When it was started.
    pub created_at: UtcMs,
    /// When it ended; 0 while it runs.
    pub ended_at: UtcMs,
    /// When a vendor that asked to be left alone may be asked again; 0 where none has asked.
    pub may_go_on_at: UtcMs,
}

/// Reasons for which work ends that a vendor asked to wait with.
const WAITS: [&str; 2] = ["rate_limited", "overloaded"];

impl OperationRow {
    /// When it may go on, or be started again, of work that waits for a vendor or ended because of that.
    #[must_use]
    pub fn goes_on_at(&self) -> Option<UtcMs> {
        let is_waiting = self.ended_at.0 == 0 || WAITS.contains(&self.error_code.as_str());
        Some(self.may_go_on_at).filter(|at| is_waiting && *at > self.ended_at)
    }
}

/// An operation to open.
#[derive(Clone, Debug)]
pub struct NewOperation {
    /// Id made before.
    pub id: OperationId,
    /// Function.
    pub function: AiFunction,
    /// Site.
    pub site: SiteId,
    /// Model.
    pub model: ModelId,
    /// What started it.
    pub started_by: Trigger,
    /// The run it belongs to; `None` for what a person started by itself.
    pub run: Option<RunId>,
    /// It makes pictures anew beside those that are there.
    pub is_anew: bool,
    /// Items asked for.
    pub items_total: u32,
    /// Item ids of each unit, in order.
    pub units: Vec<Vec<i64>>,
}

/// Said which index: the planner would rather walk the whole history in order than sort the few that are open.
const OPEN: &str = "select id, function_name, site_id, model_id, started_by, run_id, is_anew, is_trial, phase,
     case when status = 'pending' and interrupted_at > 0 then 'interrupted' else status end as status,
     is_cancelled, items_total, units_total, units_done, units_failed, results, joined, credits, cost_nano, error_code,
     paused_code, created_at, ended_at, may_go_on_at
   from operation indexed by operation_open where status = 'pending' order by created_at, id";

/// Why a unit ends that somebody has cancelled.
const CANCELLED: &str = "cancelled";
/// Units that are cancelled in the commit that answers. Ten thousand rows take as long as a hundred commits, and whoever
/// cancels waits for none of them.
const CANCELLED_AT_ONCE_MAX: u32 = 500;

impl Read<'_> {
    /// One operation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown id.
    pub fn operation(&self, id: OperationId) -> Result<OperationRow, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, function_name, site_id, model_id, started_by, run_id, is_anew, is_trial, phase,
               case when status = 'pending' and interrupted_at > 0 then 'interrupted' else status end as status,
               is_cancelled, items_total, units_total, units_done, units_failed, results, joined, credits, cost_nano,
               error_code, paused_code, created_at, ended_at, may_go_on_at
             from operation where id = ?1",
        )?;
        Ok(statement.query_row(params![id.as_bytes()], read_operation)?)
    }

    /// The newest operation of a run.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_operation_of(&self, run: RunId) -> Result<Option<OperationId>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select id from operation where run_id = ?1 order by created_at desc, id desc limit 1")?;
        let found = statement
            .query_row(params![run.as_bytes()], |row| row.get::<_, crate::table::UuidColumn>("id"))
            .optional()?;
        Ok(found.map(|column| OperationId(column.0)))
    }

    /// Operations that have not ended, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_operations(&self) -> Result<Vec<OperationRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(OPEN)?;
        let rows = statement.query_map([], read_operation)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Calls of an operation that were given up without anybody knowing how they ended.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unanswered_calls(&self, id: OperationId) -> Result<u32, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select count(*) from call c where c.operation_id = ?1 and c.state = 'released'
               and exists (select 1 from attempt a where a.call_id = c.id and a.outcome = ?2)",
        )?;
        Ok(statement.query_row(params![id.as_bytes(), ProviderError::Unknown.code()], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Opens an operation and queues its units.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the id exists: the same command came twice.
    pub fn open_operation(&mut self, new: &NewOperation, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into operation (id, function_name, site_id, model_id, started_by, run_id, is_anew, items_total,
                   units_total, created_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                new.id.as_bytes(),
                new.function.name(),
                new.site.0,
                new.model.0,
                new.started_by.as_str(),
                new.run.as_ref().map(RunId::as_bytes),
                new.is_anew,
                new.items_total,
                u32::try_from(new.units.len()).unwrap_or(u32::MAX),
                now.0,
            ])?;
        let mut insert = self
            .conn
            .prepare_cached("insert into job (operation_id, ordinal, item_ids, created_at) values (?1, ?2, ?3, ?4)")?;
        for (ordinal, items) in new.units.iter().enumerate() {
            let items = serde_json::to_string(items).map_err(|error| StoreError::Statement(error.to_string()))?;
            insert.execute(params![new.id.as_bytes(), i64::try_from(ordinal).unwrap_or(i64::MAX), items, now.0])?;
        }
        drop(insert);
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Says how far an operation is.
    ///
    /// # Errors
    /// When the file fails.
    pub fn set_operation_phase(&mut self, id: OperationId, phase: Phase) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update operation set phase = ?2 where id = ?1 and status = 'pending' and phase <> ?2")?
            .execute(params![id.as_bytes(), phase.as_str()])?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Counts results that were there before: clusters that keywords were put into.
    ///
    /// # Errors
    /// When the file fails.
    pub fn count_joined(&mut self, id: OperationId, joined: u32) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update operation set joined = joined + ?2 where id = ?1")?
            .execute(params![id.as_bytes(), joined])?;
        Ok(())
    }

    /// Counts a finished unit: stored results, or the reason there are none.
    ///
    /// # Errors
    /// When the file fails.
    pub fn count_unit(&mut self, id: OperationId, outcome: Result<u32, &str>) -> Result<(), StoreError> {
        match outcome {
            Ok(results) => self
                .conn
                .prepare_cached(
                    "update operation set units_done = units_done + 1, results = results + ?2 where id = ?1",
                )?
                .execute(params![id.as_bytes(), results])?,
            Err(code) => {
                self.note_reason(id, code)?;
                self.conn
                    .prepare_cached("update operation set units_failed = units_failed + 1 where id = ?1")?
                    .execute(params![id.as_bytes()])?
            }
        };
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Keeps the first reason for which an operation does less than it was to do.
    ///
    /// # Errors
    /// When the file fails.
    pub fn note_reason(&mut self, id: OperationId, code: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update operation set error_code = ?2 where id = ?1 and error_code = ''")?
            .execute(params![id.as_bytes(), code])?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Keeps a reason for which an operation was stopped, whatever failed in it before.
    ///
    /// # Errors
    /// When the file fails.
    pub fn note_stop(&mut self, id: OperationId, code: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update operation set error_code = ?2 where id = ?1 and status = 'pending'")?
            .execute(params![id.as_bytes(), code])?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Notes until when a vendor has asked to be left alone, of an operation that waits for it or ends for it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn note_wait(&mut self, id: OperationId, until: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update operation set may_go_on_at = ?2 where id = ?1 and may_go_on_at < ?2")?
            .execute(params![id.as_bytes(), until.0])?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Marks an operation to stop: its ready units are cancelled, the one at work finishes. Where there are very many, they
    /// are only kept from the runner, and [`Write::cancel_more_units`] cancels them. Returns whether it was still open.
    ///
    /// # Errors
    /// When the file fails.
    pub fn cancel_operation(&mut self, id: OperationId, now: UtcMs) -> Result<bool, StoreError> {
        let open = self
            .conn
            .prepare_cached(
                "update operation set is_cancelled = 1, paused_code = '' where id = ?1 and status = 'pending'",
            )?
            .execute(params![id.as_bytes()])?;
        if open == 0 {
            return Ok(false);
        }
        let row = self.operation(id)?;
        let waiting = row.units_total.saturating_sub(row.units_done).saturating_sub(row.units_failed);
        if waiting <= CANCELLED_AT_ONCE_MAX {
            self.cancel_ready_units(id, CANCELLED, now)?;
        } else {
            self.note_reason(id, CANCELLED)?;
            self.hold_task(id, "", now)?;
        }
        self.touch(Topic::Operations);
        Ok(true)
    }

    /// Closes an operation whose units are all final: in phase DONE as a success when anything was stored or nothing
    /// had to be, otherwise as an error in the phase it reached. Returns the closed row, or `None` while units remain.
    ///
    /// # Errors
    /// When the file fails.
    pub fn close_operation_if_final(
        &mut self,
        id: OperationId,
        now: UtcMs,
    ) -> Result<Option<OperationRow>, StoreError> {
        let closed = self
            .conn
            .prepare_cached(
                "update operation set
                   status = case when units_done > 0 or units_total = 0 then 'success' else 'error' end,
                   phase = case when units_done > 0 or units_total = 0 then 'DONE' else phase end,
                   error_code = case when error_code = '' and is_cancelled = 1 then 'cancelled' else error_code end,
                   paused_code = '', ended_at = ?2
                 where id = ?1 and status = 'pending'
                   and not exists (select 1 from job where operation_id = ?1 and state in ('ready', 'leased'))",
            )?
            .execute(params![id.as_bytes(), now.0.max(1)])?;
        if closed == 0 {
            return Ok(None);
        }
        self.touch(Topic::Operations);
        self.operation(id).map(Some)
    }
}

fn read_operation(row: &Row<'_>) -> rusqlite::Result<OperationRow> {
    Ok(OperationRow {
        id: OperationId(row.get::<_, crate::table::UuidColumn>("id")?.0),
        function: crate::table::word(row, "function_name")?,
        site: SiteId(row.get("site_id")?),
        model: ModelId(row.get("model_id")?),
        started_by: crate::table::word(row, "started_by")?,
        run: row.get::<_, Option<crate::table::UuidColumn>>("run_id")?.map(|column| RunId(column.0)),
        is_anew: row.get("is_anew")?,
        is_trial: row.get("is_trial")?,
        phase: crate::table::word(row, "phase")?,
        status: crate::table::word(row, "status")?,
        is_cancelled: row.get("is_cancelled")?,
        items_total: row.get("items_total")?,
        units_total: row.get("units_total")?,
        units_done: row.get("units_done")?,
        units_failed: row.get("units_failed")?,
        results: row.get("results")?,
        joined: row.get("joined")?,
        credits: Credits(row.get("credits")?),
        cost: Usd(row.get("cost_nano")?),
        error_code: row.get("error_code")?,
        paused_code: row.get("paused_code")?,
        created_at: UtcMs(row.get("created_at")?),
        ended_at: UtcMs(row.get("ended_at")?),
        may_go_on_at: UtcMs(row.get("may_go_on_at")?),
    })
}

#[cfg(test)]
mod tests;
