//! Runs of pipelines, and what of them and of other work was interrupted. A run's row is its state: a process that ends
//! takes nothing along that the next one would need to show it, or to go on with it.
//!
//! Whatever is open when a process starts was left by another, since only one can have the folder. It is marked then, and
//! a mark keeps the runner from its units. It is taken away by whoever goes on with it. A pause sets the same mark on the
//! work of a run, and stands in the run's own row as well: a start does not make an interruption of it, and nothing that
//! goes on by itself takes it away.

mod held;
mod history;

pub use history::{RunStageRow, RunSummary, RunTotals};

use super::column::{changes_one, instant, optional_word, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::automation::RunStage;
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, RunId, SiteId};
use igny8_core::money::Credits;
use igny8_core::status::{RunEventKind, RunTrigger};
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
    /// What began it.
    pub trigger: RunTrigger,
    /// The stage at hand, or the last one; `None` before the first.
    pub stage: Option<RunStage>,
    /// Why it ended early, a code; empty otherwise.
    pub stopped_code: String,
    /// Why it is paused though nobody asked for it, a code; empty otherwise.
    pub paused_code: String,
    /// What it was likely to cost when it began.
    pub estimate: Credits,
    /// When it began.
    pub created_at: UtcMs,
    /// Since when somebody has paused it; 0 while nobody has.
    pub paused_at: UtcMs,
    /// Since when it waits because its process has ended; 0 while it does not.
    pub interrupted_at: UtcMs,
    /// How long it stood still so far, in milliseconds.
    pub still_ms: i64,
    /// When it ended; 0 before.
    pub ended_at: UtcMs,
}

impl RunRow {
    /// Whether it waits for a word: it was paused, or its process has ended.
    #[must_use]
    pub const fn stands_still(&self) -> bool {
        self.paused_at.0 > 0 || self.interrupted_at.0 > 0
    }
}

/// A run to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRun {
    /// Id made before.
    pub id: RunId,
    /// Site.
    pub site: SiteId,
    /// What begins it.
    pub trigger: RunTrigger,
    /// What it is likely to cost.
    pub estimate: Credits,
    /// Its stages as they stand.
    pub stages: Vec<StageStart>,
}

/// A stage of a run as it stands at the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageStart {
    /// Which.
    pub stage: RunStage,
    /// The run has it.
    pub is_on: bool,
    /// Items that wait for it.
    pub waiting: u32,
    /// Items it will likely have in all.
    pub expected: u32,
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

const ONE: &str =
    "select id, site_id, trigger, stage, stopped_code, paused_code, estimate, created_at, paused_at, interrupted_at,
   still_ms, ended_at from run where id = ?1";
const NEWEST: &str =
    "select id, site_id, trigger, stage, stopped_code, paused_code, estimate, created_at, paused_at, interrupted_at,
   still_ms, ended_at from run where site_id = ?1 order by ended_at = 0 desc, created_at desc, id desc limit 1";
const OPEN: &str =
    "select id, site_id, trigger, stage, stopped_code, paused_code, estimate, created_at, paused_at, interrupted_at,
   still_ms, ended_at from run where site_id = ?1 and ended_at = 0";
const LEFT: &str = "select count(*), coalesce(sum(units_total - units_done - units_failed), 0)
   from operation indexed by operation_open where status = 'pending' and site_id = ?1 and interrupted_at > 0";
const LEFT_HELD: &str = "select coalesce(sum(t.amount), 0)
   from call c indexed by call_open
     cross join operation o on o.id = c.operation_id
     cross join transfer t on t.id = c.hold_id
   where c.state in ('held', 'sent', 'unknown') and o.status = 'pending' and o.site_id = ?1 and o.interrupted_at > 0";
const LEFT_AT: &str = "select site_id, max(at) as at from (
     select o.site_id, o.interrupted_at as at from operation o indexed by operation_open
     where o.status = 'pending' and o.interrupted_at > 0
       and not exists (select 1 from run r where r.id = o.run_id and r.paused_at > 0)
     union all
     select site_id, interrupted_at from run where ended_at = 0 and interrupted_at > 0)
   where site_id in (select id from site where removed_at = 0)
   group by site_id order by site_id";
const HAS_CALLED: &str = "select exists (select 1 from operation o
     join job j on j.operation_id = o.id
     join call c on c.job_id = j.id
   where o.run_id = ?1 and (?2 is null or o.function_name = ?2))";
const UNDER_WAY: &str = "select r.id, r.site_id, s.in_article_images,
     (select count(*) from call k indexed by call_open cross join operation o on o.id = k.operation_id
      where k.state in ('held', 'sent', 'unknown') and o.run_id = r.id and o.function_name = 'generate_content')
       as being_written
   from run r join site s on s.id = r.site_id
   where r.ended_at = 0 and ((r.interrupted_at = 0 and r.paused_at = 0) or r.id = ?1) order by r.site_id";
const UNDESCRIBED: &str = "select count(*) from content c
   where c.site_id = ?1 and c.status = 'draft' and c.removed_at = 0
     and not exists (select 1 from image i where i.content_id = c.id and i.removed_at = 0)
     and c.id not in (select value from json_each(?2))";
const UNMADE: &str = "select count(*) from image i join content c on c.id = i.content_id
   where i.site_id = ?1 and i.removed_at = 0 and c.removed_at = 0
     and (i.status = 'pending'
       or (i.status = 'failed' and i.failures < ?2 and i.id not in (select value from json_each(?3))))";
const AT_WORK: &str = "select exists (select 1 from operation o
   join job j indexed by job_leased on j.operation_id = o.id and j.state = 'leased'
   where o.run_id = ?1)";
const STANDS_STILL: &str = "select exists (select 1 from operation where id = ?1 and interrupted_at > 0)";
const GOING_ON: &str = "select id from site where removed_at = 0 and goes_on_by_itself = 1 order by id";

/// What of its site is not illustrated while a run is under way there, whoever has written it and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unillustrated {
    /// The run.
    pub run: RunId,
    /// Its site.
    pub site: SiteId,
    /// Pictures inside the text of each of its articles.
    pub in_article_images: u32,
    /// Articles that it is having written: none of these may come to be one.
    pub being_written: u32,
    /// Articles that are written, and their pictures not described.
    pub articles: u32,
    /// Pictures that are described and wait to be made, or failed and will be tried again.
    pub pictures: u32,
}

impl Read<'_> {
    /// A run.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown one.
    pub fn run(&self, id: RunId) -> Result<RunRow, StoreError> {
        Ok(self.conn.prepare_cached(ONE)?.query_row(params![id.as_bytes()], read_run)?)
    }

    /// Whether a unit of a run is at work.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_run_at_work(&self, id: RunId) -> Result<bool, StoreError> {
        Ok(self.conn.prepare_cached(AT_WORK)?.query_row(params![id.as_bytes()], |row| row.get(0))?)
    }

    /// Whether the units of an operation are nobody's to begin: it was interrupted, or its run was paused.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn stands_still(&self, operation: OperationId) -> Result<bool, StoreError> {
        Ok(self.conn.prepare_cached(STANDS_STILL)?.query_row(params![operation.as_bytes()], |row| row.get(0))?)
    }

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

    /// What the runs that are under way, `run` among them, will illustrate: all that is there, but for what has failed
    /// `failures` times in a row for causes that `of_others` does not name, which a run leaves alone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unillustrated(
        &self,
        run: RunId,
        failures: u32,
        of_others: &[&str],
    ) -> Result<Vec<Unillustrated>, StoreError> {
        let mut statement = self.conn.prepare_cached(UNDER_WAY)?;
        let runs = statement.query_map(params![run.as_bytes()], |row| {
            Ok(Unillustrated {
                run: RunId(row.get::<_, super::UuidColumn>("id")?.0),
                site: SiteId(row.get("site_id")?),
                in_article_images: row.get("in_article_images")?,
                being_written: row.get("being_written")?,
                articles: 0,
                pictures: 0,
            })
        })?;
        let mut runs = runs.collect::<Result<Vec<_>, _>>()?;
        let mut undescribed = self.conn.prepare_cached(UNDESCRIBED)?;
        let mut unmade = self.conn.prepare_cached(UNMADE)?;
        for of in &mut runs {
            let failing = to_json(&self.failing_articles(of.site, failures, of_others)?)?;
            of.articles = undescribed.query_row(params![of.site.0, failing], |row| row.get(0))?;
            // Nothing is tried twice in a run.
            let tried = self.items_of_run(of.run, AiFunction::GenerateImages)?;
            let tried = to_json(&tried)?;
            of.pictures = unmade.query_row(params![of.site.0, failures, tried], |row| row.get(0))?;
        }
        Ok(runs)
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
    /// Marks what is open as interrupted. To be called at a start, before anything is begun. What was paused stays paused.
    /// Returns how much was not marked before.
    ///
    /// # Errors
    /// When the file fails.
    pub fn mark_interrupted(&mut self, now: UtcMs) -> Result<usize, StoreError> {
        let operations = self
            .conn
            .prepare_cached("update operation set interrupted_at = ?1 where status = 'pending' and interrupted_at = 0")?
            .execute(params![now.0.max(1)])?;
        self.conn
            .prepare_cached(
                "insert into run_event (run_id, at, kind, stage)
                 select id, ?1, 'interrupted', stage from run
                 where ended_at = 0 and interrupted_at = 0 and paused_at = 0",
            )?
            .execute(params![now.0])?;
        let runs = self
            .conn
            .prepare_cached(
                "update run set interrupted_at = ?1 where ended_at = 0 and interrupted_at = 0 and paused_at = 0",
            )?
            .execute(params![now.0.max(1)])?;
        self.touch(Topic::Operations);
        Ok(operations + runs)
    }

    /// Lets the runner have the units of an operation that was interrupted, unless its run is paused. Whether it does.
    ///
    /// # Errors
    /// When the file fails.
    pub fn go_on_with_operation(&mut self, id: OperationId) -> Result<bool, StoreError> {
        let changed = changes_one(
            self.conn,
            "update operation set interrupted_at = 0, paused_code = ''
             where id = ?1 and status = 'pending' and interrupted_at > 0
               and not exists (select 1 from run r where r.id = operation.run_id and r.paused_at > 0)",
            params![id.as_bytes()],
        )?;
        self.touch(Topic::Operations);
        Ok(changed)
    }

    /// Takes the marks from a run that was interrupted or paused, and from its work. Whether it had one.
    ///
    /// # Errors
    /// When the file fails.
    pub fn go_on_with_run(&mut self, id: RunId, now: UtcMs) -> Result<bool, StoreError> {
        // A clock that was set back makes no time that it stood still.
        let changed = changes_one(
            self.conn,
            "update run set paused_at = 0, interrupted_at = 0,
               still_ms = still_ms + max(0, ?2 - iif(paused_at > 0, paused_at, interrupted_at)), paused_code = ''
             where id = ?1 and ended_at = 0 and (interrupted_at > 0 or paused_at > 0)",
            params![id.as_bytes(), now.0],
        )?;
        if changed {
            self.conn
                .prepare_cached(
                    "update operation set interrupted_at = 0, paused_code = ''
                     where run_id = ?1 and status = 'pending' and interrupted_at > 0",
                )?
                .execute(params![id.as_bytes()])?;
            self.note_run(id, RunEventKind::Resumed, None, "", now)?;
        }
        self.touch(Topic::Operations);
        Ok(changed)
    }

    /// Pauses a run: no further unit of it is begun, those at work finish. One that was interrupted is paused from then on.
    /// `why` is a code, empty where somebody has asked for it. Whether it was not paused before.
    ///
    /// # Errors
    /// When the file fails.
    pub fn pause_run(&mut self, id: RunId, why: &str, now: UtcMs) -> Result<bool, StoreError> {
        let changed = changes_one(
            self.conn,
            "update run set paused_at = ?2, paused_code = ?3,
               still_ms = still_ms + iif(interrupted_at > 0, max(0, ?2 - interrupted_at), 0), interrupted_at = 0
             where id = ?1 and ended_at = 0 and paused_at = 0",
            params![id.as_bytes(), now.0.max(1), why],
        )?;
        if changed {
            self.conn
                .prepare_cached(
                    "update operation set interrupted_at = ?2
                     where run_id = ?1 and status = 'pending' and interrupted_at = 0",
                )?
                .execute(params![id.as_bytes(), now.0.max(1)])?;
            self.note_run(id, RunEventKind::Paused, None, why, now)?;
        }
        self.touch(Topic::Operations);
        Ok(changed)
    }

    /// Opens a run with its stages as they stand.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] while the site has one that has not ended.
    pub fn open_run_of(&mut self, new: &NewRun, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("insert into run (id, site_id, trigger, estimate, created_at) values (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![new.id.as_bytes(), new.site.0, new.trigger.as_str(), new.estimate.0.max(0), now.0])?;
        for start in &new.stages {
            self.conn
                .prepare_cached(
                    "insert into run_stage (run_id, stage, is_on, waiting, expected) values (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    new.id.as_bytes(),
                    start.stage.as_str(),
                    start.is_on,
                    start.waiting,
                    start.expected
                ])?;
        }
        self.forget_old_events(new.site)?;
        self.note_run(new.id, RunEventKind::Began, None, new.trigger.as_str(), now)?;
        self.touch(Topic::Operations);
        Ok(())
    }

    /// Says at which stage a run is.
    ///
    /// # Errors
    /// When the file fails.
    pub fn set_run_stage(&mut self, id: RunId, stage: RunStage) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update run set stage = ?2 where id = ?1 and ended_at = 0 and stage <> ?2")?
            .execute(params![id.as_bytes(), stage.as_str()])?;
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
            "update run set stopped_code = ?2, ended_at = ?3,
               still_ms = still_ms
                 + iif(paused_at > 0 or interrupted_at > 0,
                     max(0, ?3 - iif(paused_at > 0, paused_at, interrupted_at)), 0),
               paused_at = 0, paused_code = '', interrupted_at = 0
             where id = ?1 and ended_at = 0",
            params![id.as_bytes(), stopped_code, now.0.max(1)],
        )?;
        if changed {
            self.note_run(id, RunEventKind::Ended, None, stopped_code, now)?;
        }
        self.touch(Topic::Operations);
        Ok(changed)
    }
}

fn read_run(row: &Row<'_>) -> rusqlite::Result<RunRow> {
    Ok(RunRow {
        id: RunId(row.get::<_, super::UuidColumn>("id")?.0),
        site: SiteId(row.get("site_id")?),
        trigger: super::word(row, "trigger")?,
        stage: optional_word(row, "stage")?,
        stopped_code: row.get("stopped_code")?,
        paused_code: row.get("paused_code")?,
        estimate: row.get("estimate").map(Credits)?,
        created_at: instant(row, "created_at")?,
        paused_at: instant(row, "paused_at")?,
        interrupted_at: instant(row, "interrupted_at")?,
        still_ms: row.get("still_ms")?,
        ended_at: instant(row, "ended_at")?,
    })
}

#[cfg(test)]
mod tests;
