//! What happened in runs, in its order: the log of a run. Units leave their lines by a trigger of the schema, whatever
//! ends them; what a run itself comes to is noted here. Also what of a run is at hand, comes next and is done, by name.

mod telling;

use super::column::optional_word;
use super::list::{PAGE_ROWS_MAX, Page};
use crate::{Read, StoreError, Write};
use igny8_core::automation::RunStage;
use igny8_core::function::AiFunction;
use igny8_core::id::{RunId, SiteId};
use igny8_core::money::Credits;
use igny8_core::status::RunEventKind;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// Runs of a site whose log is kept: half a year of a run a day. Of older ones the sums stay.
const RUNS_KEPT: u32 = 180;
/// Items of each kind that are named of a run under way.
const NAMED_MAX: u32 = 5;

/// A line of a run's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEvent {
    /// Its place in the file.
    pub id: i64,
    /// When.
    pub at: UtcMs,
    /// What.
    pub kind: RunEventKind,
    /// In which stage; `None` for the run itself.
    pub stage: Option<RunStage>,
    /// The first item of the unit it is about, by name; empty for none.
    pub item: String,
    /// Items of that unit.
    pub items: u32,
    /// Why, a code; empty where there is nothing to say.
    pub code: String,
    /// What the unit was charged.
    pub credits: Credits,
}

/// An item of a run, or the first of a unit of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunItem {
    /// Its name.
    pub name: String,
    /// Items of its unit.
    pub items: u32,
    /// Why it failed, a code; empty where it did not.
    pub code: String,
}

/// What of a run is at hand, comes next and is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunItems {
    /// At work.
    pub now: Vec<RunItem>,
    /// The next ones.
    pub next: Vec<RunItem>,
    /// Units that wait in all.
    pub next_total: u32,
    /// The last ones that ended, the latest first.
    pub done: Vec<RunItem>,
    /// Units that ended in all.
    pub done_total: u32,
}

/// The name of the first item of the unit `j` of the operation `o`.
macro_rules! item_name {
    () => {
        "coalesce(case o.function_name
           when 'auto_cluster' then (select text from keyword where id = json_extract(j.item_ids, '$[0]'))
           when 'generate_ideas' then (select name from cluster where id = json_extract(j.item_ids, '$[0]'))
           when 'generate_content' then (select i.title from task t join idea i on i.id = t.idea_id
             where t.id = json_extract(j.item_ids, '$[0]'))
           when 'generate_image_prompts' then (select title from content where id = json_extract(j.item_ids, '$[0]'))
           when 'generate_images' then (select c.title from image g join content c on c.id = g.content_id
             where g.id = json_extract(j.item_ids, '$[0]')) end, '')"
    };
}

macro_rules! event {
    ($rest:literal) => {
        concat!(
            "select e.id, e.at, e.kind, e.stage, e.code, ",
            item_name!(),
            " as item, coalesce(json_array_length(j.item_ids), 0) as items,
               coalesce((select sum(u.credits) from call c join usage_log u on u.call_id = c.id
                 where c.job_id = e.job_id), 0) as credits
             from run_event e left join job j on j.id = e.job_id left join operation o on o.id = j.operation_id ",
            $rest
        )
    };
}

const NEWEST: &str = event!("where e.run_id = ?1 and (?2 = 0 or e.id < ?2) order by e.id desc limit ?3");
const WHOLE: &str = event!("where e.run_id = ?1 order by e.id");
const AT_HAND: &str = concat!(
    "select ",
    item_name!(),
    " as name, json_array_length(j.item_ids) as items, '' as code
     from operation o join job j on j.operation_id = o.id
     where o.run_id = ?1 and o.status = 'pending' and j.state = 'leased' order by j.id limit ?2"
);
const NEXT: &str = concat!(
    "select ",
    item_name!(),
    " as name, json_array_length(j.item_ids) as items, '' as code
     from operation o join job j on j.operation_id = o.id
     where o.run_id = ?1 and o.status = 'pending' and j.state = 'ready' order by j.run_at, j.id limit ?2"
);
const DONE: &str = concat!(
    "select ",
    item_name!(),
    " as name, json_array_length(j.item_ids) as items, e.code
     from run_event e join job j on j.id = e.job_id join operation o on o.id = j.operation_id
     where e.run_id = ?1 and e.job_id > 0 order by e.id desc limit ?2"
);
const TOTALS: &str = "select
     coalesce(sum(units_total - units_done - units_failed) filter (where status = 'pending' and is_cancelled = 0), 0)
       as waiting,
     coalesce(sum(units_done + units_failed), 0) as ended
   from operation where run_id = ?1";
const TRIED: &str = "select i.value from operation o join job j on j.operation_id = o.id and j.state <> 'cancelled'
     cross join json_each(j.item_ids) i
   where o.run_id = ?1 and o.function_name = ?2";
const APPROVED: &str = "select s.made from run_stage s where s.stage = 'review' and s.run_id = (
   select id from run where site_id = ?1 order by created_at desc, id desc limit 1)";
const OLD: &str = "delete from run_event where run_id in (
     select id from run where site_id = ?1 and ended_at > 0 order by created_at desc, id desc limit -1 offset ?2)";

impl Read<'_> {
    /// How many articles were approved by themselves since the newest run of a site began; `None` where none ever did.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn approved_since_newest_run(&self, site: SiteId) -> Result<Option<u32>, StoreError> {
        let mut statement = self.conn.prepare_cached(APPROVED)?;
        Ok(statement.query_row(params![site.0], |row| row.get(0)).optional()?)
    }

    /// A page of a run's log, newest first. `cursor` is the page before's `next_cursor`.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a cursor of another list.
    pub fn run_events(&self, run: RunId, cursor: Option<&str>, limit: u32) -> Result<Page<RunEvent>, StoreError> {
        let bad = |_| StoreError::BadQuery("cursor".to_owned());
        let before: i64 = cursor.map_or(Ok(0), str::parse).map_err(bad)?;
        let wanted = limit.clamp(1, PAGE_ROWS_MAX);
        let mut statement = self.conn.prepare_cached(NEWEST)?;
        let rows = statement.query_map(params![run.as_bytes(), before, wanted + 1], read_event)?;
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        let has_next = rows.len() > wanted as usize;
        rows.truncate(wanted as usize);
        let next_cursor = rows.last().filter(|_| has_next).map(|last| last.id.to_string());
        let mut count = self.conn.prepare_cached("select count(*) from run_event where run_id = ?1")?;
        let total = count.query_row(params![run.as_bytes()], |row| row.get(0))?;
        Ok(Page { rows, next_cursor, total })
    }

    /// All of a run's log, from its beginning.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn run_log(&self, run: RunId) -> Result<Vec<RunEvent>, StoreError> {
        let mut statement = self.conn.prepare_cached(WHOLE)?;
        let rows = statement.query_map(params![run.as_bytes()], read_event)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What of a run is at hand, comes next and is done.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn run_items(&self, run: RunId) -> Result<RunItems, StoreError> {
        let named = |sql: &'static str| {
            let mut statement = self.conn.prepare_cached(sql)?;
            let rows = statement.query_map(params![run.as_bytes(), NAMED_MAX], read_item)?;
            Ok::<_, StoreError>(rows.collect::<Result<Vec<_>, _>>()?)
        };
        let (now, next, done) = (named(AT_HAND)?, named(NEXT)?, named(DONE)?);
        let mut statement = self.conn.prepare_cached(TOTALS)?;
        let (waiting, done_total): (u32, u32) =
            statement.query_row(params![run.as_bytes()], |row| Ok((row.get("waiting")?, row.get("ended")?)))?;
        let at_hand = u32::try_from(now.len()).unwrap_or(u32::MAX);
        Ok(RunItems { now, next, next_total: waiting.saturating_sub(at_hand), done, done_total })
    }

    /// Items of a function that a run has begun, whatever became of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn items_of_run(&self, run: RunId, function: AiFunction) -> Result<BTreeSet<i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(TRIED)?;
        let rows = statement.query_map(params![run.as_bytes(), function.name()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Adds a line to a run's log.
    ///
    /// # Errors
    /// When the file fails.
    pub fn note_run(
        &mut self,
        run: RunId,
        kind: RunEventKind,
        stage: Option<RunStage>,
        code: &str,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("insert into run_event (run_id, at, kind, stage, code) values (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![run.as_bytes(), now.0, kind.as_str(), stage.map_or("", RunStage::as_str), code])?;
        self.touch(Topic::Operations);
        self.tell_run(run, kind, code, now)
    }

    /// Notes that a stage of a run begins; one that began before goes on. Whether it had not begun.
    ///
    /// # Errors
    /// When the file fails.
    pub fn begin_run_stage(&mut self, run: RunId, stage: RunStage, now: UtcMs) -> Result<bool, StoreError> {
        let began = super::column::changes_one(
            self.conn,
            "update run_stage set began_at = ?3 where run_id = ?1 and stage = ?2 and began_at = 0",
            params![run.as_bytes(), stage.as_str(), now.0.max(1)],
        )?;
        if began {
            self.note_run(run, RunEventKind::StageBegan, Some(stage), "", now)?;
        }
        Ok(began)
    }

    /// Counts articles that were approved by themselves with the newest run of their site, whether it is at work or not.
    ///
    /// # Errors
    /// When the file fails.
    pub fn count_approved(&mut self, site: SiteId, articles: u32) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update run_stage set made = made + ?2 where stage = 'review' and run_id = (
                   select id from run where site_id = ?1 order by created_at desc, id desc limit 1)",
            )?
            .execute(params![site.0, articles])?;
        Ok(())
    }

    /// Notes that a stage of a run has ended, with what one that costs nothing took and made, and why it ended early.
    ///
    /// # Errors
    /// When the file fails.
    pub fn end_run_stage(
        &mut self,
        run: RunId,
        stage: RunStage,
        (taken, made): (u32, u32),
        code: &str,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let ended = super::column::changes_one(
            self.conn,
            "update run_stage set ended_at = ?3, taken = taken + ?4, made = made + ?5
             where run_id = ?1 and stage = ?2 and ended_at = 0",
            params![run.as_bytes(), stage.as_str(), now.0.max(1), taken, made],
        )?;
        if ended {
            self.note_run(run, RunEventKind::StageEnded, Some(stage), code, now)?;
        }
        Ok(())
    }

    /// Lets go of the logs of old runs of a site.
    pub(super) fn forget_old_events(&mut self, site: SiteId) -> Result<(), StoreError> {
        self.conn.prepare_cached(OLD)?.execute(params![site.0, RUNS_KEPT])?;
        Ok(())
    }
}

fn read_event(row: &Row<'_>) -> rusqlite::Result<RunEvent> {
    Ok(RunEvent {
        id: row.get("id")?,
        at: UtcMs(row.get("at")?),
        kind: super::word(row, "kind")?,
        stage: optional_word(row, "stage")?,
        item: row.get("item")?,
        items: row.get("items")?,
        code: row.get("code")?,
        credits: Credits(row.get("credits")?),
    })
}

fn read_item(row: &Row<'_>) -> rusqlite::Result<RunItem> {
    Ok(RunItem { name: row.get("name")?, items: row.get("items")?, code: row.get("code")? })
}

#[cfg(test)]
mod tests;
