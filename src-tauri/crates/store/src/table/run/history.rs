//! What became of runs: the runs of a site with what each made and cost, and the stages of one. What is told of paid
//! stages is summed up from the operations of the run, as every other page tells it.

use super::{RunRow, read_run};
use crate::table::column::instant;
use crate::table::list::Page;
use crate::table::timeline;
use crate::{Read, StoreError};
use igny8_core::automation::RunStage;
use igny8_core::id::{RunId, SiteId};
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;
use rusqlite::{OptionalExtension, Row, params};

/// What a run did so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunTotals {
    /// Units whose result is stored.
    pub units_done: u32,
    /// Units without one.
    pub units_failed: u32,
    /// Articles written.
    pub articles: u32,
    /// Pictures made.
    pub images: u32,
    /// Credits charged.
    pub credits: Credits,
    /// What vendors bill.
    pub cost: Usd,
}

/// A run and what it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSummary {
    /// The run.
    pub row: RunRow,
    /// What it did.
    pub totals: RunTotals,
    /// Work of it has no end yet.
    pub has_open_work: bool,
}

/// A stage of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunStageRow {
    /// Which.
    pub stage: RunStage,
    /// The run has it.
    pub is_on: bool,
    /// Items that waited for it at the start.
    pub waiting: u32,
    /// Items it was likely to have in all.
    pub expected: u32,
    /// Items it took.
    pub taken: u32,
    /// Items it took that have an end.
    pub ended: u32,
    /// Of those, items without a result.
    pub failed: u32,
    /// What it made.
    pub made: u32,
    /// Credits charged.
    pub credits: Credits,
    /// What vendors bill.
    pub cost: Usd,
    /// When it began; 0 before.
    pub began_at: UtcMs,
    /// When it ended; 0 before.
    pub ended_at: UtcMs,
}

macro_rules! summary {
    ($rest:literal) => {
        concat!(
            "select r.id, r.site_id, r.trigger, r.stage, r.stopped_code, r.paused_code, r.estimate, r.created_at, r.paused_at,
               r.interrupted_at, r.still_ms, r.ended_at,
               coalesce(sum(o.units_done), 0) as units_done, coalesce(sum(o.units_failed), 0) as units_failed,
               coalesce(sum(o.results) filter (where o.function_name = 'generate_content'), 0) as articles,
               coalesce(sum(o.results) filter (where o.function_name = 'generate_images'), 0) as images,
               coalesce(sum(o.credits), 0) as credits, coalesce(sum(o.cost_nano), 0) as cost_nano,
               coalesce(max(o.status = 'pending'), 0) as has_open_work
             from run r left join operation o on o.run_id = r.id ",
            $rest
        )
    };
}

const ONE: &str = summary!("where r.id = ?1 group by r.id");
const PAGE: &str = summary!(
    "where r.site_id = ?1 and (r.created_at, r.id) < (?2, ?3)
     group by r.id order by r.created_at desc, r.id desc limit ?4"
);
const BEFORE: &str = "select b.id from run r join run b on b.site_id = r.site_id
   where r.id = ?1 and (b.created_at, b.id) < (r.created_at, r.id) and b.ended_at > 0 and b.stopped_code = ''
   order by b.created_at desc, b.id desc limit 1";
/// A run of before its stages were kept has those that it has operations of.
const STAGES: &str = "with stage as (
     select stage, is_on, waiting, expected, taken, made, began_at, ended_at from run_stage where run_id = ?1
     union all
     select distinct function_name, 1, 0, 0, 0, 0, 0, 0 from operation
     where run_id = ?1 and not exists (select 1 from run_stage where run_id = ?1)),
   item as (
     select o.function_name, sum(json_array_length(j.item_ids)) filter (where j.state <> 'cancelled') as taken,
       sum(json_array_length(j.item_ids)) filter (where j.state in ('done', 'failed')) as ended,
       sum(json_array_length(j.item_ids)) filter (where j.state = 'failed') as failed
     from operation o join job j on j.operation_id = o.id where o.run_id = ?1 group by o.function_name),
   sum as (
     select function_name, sum(results) as made, sum(credits) as credits, sum(cost_nano) as cost_nano
     from operation where run_id = ?1 group by function_name)
   select s.stage, s.is_on, s.waiting, s.expected, s.taken + coalesce(i.taken, 0) as taken,
     s.taken + coalesce(i.ended, 0) as ended, coalesce(i.failed, 0) as failed, s.made + coalesce(o.made, 0) as made,
     coalesce(o.credits, 0) as credits, coalesce(o.cost_nano, 0) as cost_nano, s.began_at, s.ended_at as ended_at
   from stage s left join item i on i.function_name = s.stage left join sum o on o.function_name = s.stage";

impl Read<'_> {
    /// The runs of a site with what each did, newest first. `cursor` is the page before's `next_cursor`.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a cursor of another list.
    pub fn runs_page(&self, site: SiteId, cursor: Option<&str>, limit: u32) -> Result<Page<RunSummary>, StoreError> {
        let start = timeline::start::<RunId>(cursor)?;
        let after: &[u8] = start.id.as_ref().map_or(&[], |id| id.as_bytes());
        let mut statement = self.conn.prepare_cached(PAGE)?;
        let rows = statement.query_map(params![site.0, start.at, after, timeline::rows_asked(limit)], read_summary)?;
        let rows = rows.collect::<Result<_, _>>()?;
        let count = || {
            let mut statement = self.conn.prepare_cached("select count(*) from run where site_id = ?1")?;
            Ok(statement.query_row(params![site.0], |row| row.get(0))?)
        };
        timeline::page(&start, rows, limit, count, |summary| (summary.row.created_at, summary.row.id))
    }

    /// A run with what it did.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown one.
    pub fn run_summary(&self, id: RunId) -> Result<RunSummary, StoreError> {
        Ok(self.conn.prepare_cached(ONE)?.query_row(params![id.as_bytes()], read_summary)?)
    }

    /// The last run of the site before this one that came to its end, to compare with.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn whole_run_before(&self, id: RunId) -> Result<Option<RunSummary>, StoreError> {
        let mut statement = self.conn.prepare_cached(BEFORE)?;
        let before = statement.query_row(params![id.as_bytes()], |row| row.get::<_, crate::table::UuidColumn>(0));
        before.optional()?.map(|id| self.run_summary(RunId(id.0))).transpose()
    }

    /// The stages of a run, in their order.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn run_stages(&self, id: RunId) -> Result<Vec<RunStageRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(STAGES)?;
        let rows = statement.query_map(params![id.as_bytes()], |row| {
            Ok(RunStageRow {
                stage: crate::table::word(row, "stage")?,
                is_on: row.get("is_on")?,
                waiting: row.get("waiting")?,
                expected: row.get("expected")?,
                taken: row.get("taken")?,
                ended: row.get("ended")?,
                failed: row.get("failed")?,
                made: row.get("made")?,
                credits: Credits(row.get("credits")?),
                cost: Usd(row.get("cost_nano")?),
                began_at: instant(row, "began_at")?,
                ended_at: instant(row, "ended_at")?,
            })
        })?;
        let mut stages = rows.collect::<Result<Vec<_>, _>>()?;
        stages.sort_by_key(|row| row.stage);
        Ok(stages)
    }
}

fn read_summary(row: &Row<'_>) -> rusqlite::Result<RunSummary> {
    let totals = RunTotals {
        units_done: row.get("units_done")?,
        units_failed: row.get("units_failed")?,
        articles: row.get("articles")?,
        images: row.get("images")?,
        credits: Credits(row.get("credits")?),
        cost: Usd(row.get("cost_nano")?),
    };
    Ok(RunSummary { row: read_run(row)?, totals, has_open_work: row.get("has_open_work")? })
}
