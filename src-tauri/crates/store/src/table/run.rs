//! Runs of pipelines, and what of them and of other work was interrupted. A run's row is its state: a process that ends
//! takes nothing along that the next one would need to show it, or to go on with it.
//!
//! Whatever is open when a process starts was left by another, since only one can have the folder. It is marked then, and
//! a mark keeps the runner from its units. It is taken away by whoever goes on with it.

use super::column::{changes_one, instant};
use crate::{Read, StoreError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, RunId, SiteId};
use igny8_core::money::Credits;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRow {
    /// Id.
    pub id: RunId,
    /// Site.
    pub site: SiteId,
    /// The stage at hand, or the last one; empty before the first.
    pub stage: String,
    /// Why it ended early, a code; empty otherwise.
    pub stopped_code: String,
    /// Since when it waits because its process has ended; 0 while it does not.
    pub interrupted_at: UtcMs,
    /// When it ended; 0 before.
    pub ended_at: UtcMs,
}

/// What of a site was interrupted and waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Operations.
    pub operations: u32,
    /// Their units that have no end yet.
    pub units: u32,
    /// What is held for them.
    pub held: Credits,
}

const NEWEST: &str = "select id, site_id, stage, stopped_code, interrupted_at, ended_at from run
   where site_id = ?1 order by ended_at = 0 desc, created_at desc, id desc limit 1";
const OPEN: &str = "select id, site_id, stage, stopped_code, interrupted_at, ended_at from run
   where site_id = ?1 and ended_at = 0";
const LEFT: &str = "select count(*), coalesce(sum(units_total - units_done - units_failed), 0)
   from operation indexed by operation_open where status = 'pending' and site_id = ?1 and interrupted_at > 0";
const LEFT_HELD: &str = "select coalesce(sum(t.amount), 0)
   from call c indexed by call_open
     cross join operation o on o.id = c.operation_id
     cross join transfer t on t.id = c.hold_id
   where c.state in ('held', 'sent', 'unknown') and o.status = 'pending' and o.site_id = ?1 and o.interrupted_at > 0";
const LEFT_AT: &str = "select site_id, max(at) as at from (
     select site_id, interrupted_at as at from operation indexed by operation_open
     where status = 'pending' and interrupted_at > 0
     union all
     select site_id, interrupted_at from run where ended_at = 0 and interrupted_at > 0)
   where site_id in (select id from site where removed_at = 0)
   group by site_id order by site_id";
const HAS_CALLED: &str = "select exists (select 1 from operation o
     join job j on j.operation_id = o.id
     join call c on c.job_id = j.id
   where o.run_id = ?1 and (?2 is null or o.function_name = ?2))";
const UNILLUSTRATED: &str = "select
     (select count(*) from content c
      where c.site_id = r.site_id and c.created_at >= r.created_at and c.status = 'draft' and c.removed_at = 0
        and not exists (select 1 from image i where i.content_id = c.id and i.removed_at = 0))
     + (select count(*) from call k join operation o on o.id = k.operation_id
        where k.state in ('held', 'sent', 'unknown') and o.run_id = r.id and o.function_name = 'generate_content')
       as articles,
     (select count(*) from image i join content c on c.id = i.content_id
      where c.site_id = r.site_id and c.created_at >= r.created_at and c.removed_at = 0
        and i.status = 'pending' and i.removed_at = 0) as pictures
   from run r where r.id = ?1";
const GOING_ON: &str = "select id from site where removed_at = 0 and goes_on_by_itself = 1 order by id";

/// Articles of a run that are not illustrated yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unillustrated {
    /// Written, or being written, and their pictures not described.
    pub articles: u32,
    /// Pictures that are described and wait to be made.
    pub pictures: u32,
}

impl Read<'_> {
    /// A site's run: the one that has not ended, or the newest.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_run(&self, site: SiteId) -> Result<Option<RunRow>, StoreError> {
        Ok(self.conn.prepare_cached(NEWEST)?.query_row(params![site.0], read_run).optional()?)
    }

    /// A site's run that has not ended.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_run(&self, site: SiteId) -> Result<Option<RunRow>, StoreError> {
        Ok(self.conn.prepare_cached(OPEN)?.query_row(params![site.0], read_run).optional()?)
    }

    /// Whether anything was ever held for a call of a run, in all of it or in one function.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_run_called(&self, run: RunId, function: Option<AiFunction>) -> Result<bool, StoreError> {
        let function = function.map(AiFunction::name);
        Ok(self.conn.prepare_cached(HAS_CALLED)?.query_row(params![run.as_bytes(), function], |row| row.get(0))?)
    }

    /// What a run has begun and not illustrated yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unillustrated(&self, run: RunId) -> Result<Unillustrated, StoreError> {
        let mut statement = self.conn.prepare_cached(UNILLUSTRATED)?;
        let found = statement.query_row(params![run.as_bytes()], |row| {
            Ok(Unillustrated { articles: row.get("articles")?, pictures: row.get("pictures")? })
        });
        Ok(found.optional()?.unwrap_or_default())
    }

    /// What of a site was interrupted and waits.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn left_of(&self, site: SiteId) -> Result<Left, StoreError> {
        let (operations, units) =
            self.conn.prepare_cached(LEFT)?.query_row(params![site.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let held = self.conn.prepare_cached(LEFT_HELD)?.query_row(params![site.0], |row| row.get(0).map(Credits))?;
        Ok(Left { operations, units, held })
    }

    /// Sites with something that was interrupted and waits, each with the newest instant at which that was noticed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sites_left(&self) -> Result<Vec<(SiteId, UtcMs)>, StoreError> {
        let mut statement = self.conn.prepare_cached(LEFT_AT)?;
        let rows = statement.query_map([], |row| Ok((SiteId(row.get("site_id")?), instant(row, "at")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Sites whose interrupted work goes on without being asked.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sites_going_on(&self) -> Result<Vec<SiteId>, StoreError> {
        let mut statement = self.conn.prepare_cached(GOING_ON)?;
        let rows = statement.query_map([], |row| row.get(0).map(SiteId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Marks what is open as interrupted. To be called at a start, before anything is begun. Returns how much was not
    /// marked before.
    ///
    /// # Errors
    /// When the file fails.
    pub fn mark_interrupted(&mut self, now: UtcMs) -> Result<usize, StoreError> {
        let operations = self
            .conn
            .prepare_cached("update operation set interrupted_at = ?1 where status = 'pending' and interrupted_at = 0")?
            .execute(params![now.0.max(1)])?;
        let runs = self
            .conn
            .prepare_cached("update run set interrupted_at = ?1 where ended_at = 0 and interrupted_at = 0")?
            .execute(params![now.0.max(1)])?;
        self.touch(Topic::Operations);
        Ok(operations + runs)
    }

    /// Lets the runner have the units of an operation that was interrupted. Whether it was.
    ///
    /// # Errors
    /// When the file fails.
    pub fn go_on_with_operation(&mut self, id: OperationId) -> Result<bool, StoreError> {
        let changed = changes_one(
            self.conn,
            "update operation set interrupted_at = 0 where id = ?1 and status = 'pending' and interrupted_at > 0",
            params![id.as_bytes()],
        )?;
        self.touch(Topic::Operations);
        Ok(changed)
    }

    /// Takes the mark from a run that was interrupted, and from what it was interrupted in. Whether it had one.
    ///
    /// # Errors
    /// When the file fails.
    pub fn go_on_with_run(&mut self, id: RunId) -> Result<bool, StoreError> {
        let changed = changes_one(
            self.conn,
            "update run set interrupted_at = 0 where id = ?1 and ended_at = 0 and interrupted_at > 0",
            params![id.as_bytes()],
        )?;
        if changed {
            self.conn
                .prepare_cached(
                    "update operation set interrupted_at = 0
                     where run_id = ?1 and status = 'pending' and interrupted_at > 0",
                )?
                .execute(params![id.as_bytes()])?;
        }
        self.touch(Topic::Operations);
        Ok(changed)
    }

    /// Opens a run.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] while the site has one that has not ended.
    pub fn open_run_of(&mut self, id: RunId, site: SiteId, now: UtcMs) -> Result<(), StoreError> {
        self.conn.prepare_cached("insert into run (id, site_id, created_at) values (?1, ?2, ?3)")?.execute(params![
            id.as_bytes(),
            site.0,
            now.0
        ])?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Says at which stage a run is.
    ///
    /// # Errors
    /// When the file fails.
    pub fn set_run_stage(&mut self, id: RunId, stage: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update run set stage = ?2 where id = ?1 and ended_at = 0 and stage <> ?2")?
            .execute(params![id.as_bytes(), stage])?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Ends a run, with the reason when it ends early. One that has ended stays as it ended. Whether it had not.
    ///
    /// # Errors
    /// When the file fails.
    pub fn end_run(&mut self, id: RunId, stopped_code: &str, now: UtcMs) -> Result<bool, StoreError> {
        let changed = changes_one(
            self.conn,
            "update run set stopped_code = ?2, interrupted_at = 0, ended_at = ?3 where id = ?1 and ended_at = 0",
            params![id.as_bytes(), stopped_code, now.0.max(1)],
        )?;
        self.touch(Topic::Operations);
        Ok(changed)
    }
}

fn read_run(row: &Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow {
        id: RunId(row.get::<_, super::UuidColumn>("id")?.0),
        site: SiteId(row.get("site_id")?),
        stage: row.get("stage")?,
        stopped_code: row.get("stopped_code")?,
        interrupted_at: instant(row, "interrupted_at")?,
        ended_at: instant(row, "ended_at")?,
    })
}

#[cfg(test)]
mod tests;
