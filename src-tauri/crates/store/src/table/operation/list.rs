//! Lists of operations: the task log by pages, what is open at a site, and the units of one operation with what each
//! of them consumed.

use super::{OperationRow, read_operation};
use crate::table::list::Page;
use crate::table::{column, timeline};
use crate::{Read, StoreError};
use igny8_core::function::AiFunction;
use igny8_core::id::{JobId, OperationId, SiteId};
use igny8_core::money::{Credits, Usd};
use igny8_core::status::{OperationStatus, UnitState, UsageOutcome};
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use rusqlite::{Row, params};

/// What the task log is narrowed to. An empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperationFilter {
    /// One site.
    pub site: Option<SiteId>,
    /// These functions.
    pub functions: Vec<AiFunction>,
    /// These states.
    pub statuses: Vec<OperationStatus>,
}

/// One unit of an operation and one record of what it consumed. A unit that needed a second call has two such rows; a
/// unit that has not been resolved has one without an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// The unit; `None` for a record that names no unit, such as a refusal of the whole operation.
    pub job: Option<JobId>,
    /// Its place in the operation, from 0; 0 when there is no unit.
    pub ordinal: u32,
    /// How far it is; `None` when there is no unit.
    pub state: Option<UnitState>,
    /// Row ids of its items, of the kind the operation's function takes.
    pub items: Vec<i64>,
    /// Name of its first item: a keyword, a cluster, an idea's or an article's title; empty when there is none.
    pub name: String,
    /// Why there is no result, a code; empty otherwise.
    pub error_code: String,
    /// What became of it; `None` while it is not resolved.
    pub outcome: Option<UsageOutcome>,
    /// What the record is about: `cluster`, `task`, `content`, `image`, or empty.
    pub related_type: String,
    /// Row of that, 0 for none.
    pub related_id: i64,
    /// Charged.
    pub credits: Credits,
    /// What the vendor bills.
    pub cost: Usd,
    /// What was consumed.
    pub usage: Usage,
    /// What the model had written of the last answer to it that broke off, which is no answer; empty when none did.
    pub partial: String,
    /// When it was resolved; before that, when the unit was queued.
    pub at: UtcMs,
}

const PAGE: &str =
    "select id, function_name, site_id, model_id, started_by, run_id, is_anew, is_trial, phase,
     case when status = 'pending' and interrupted_at > 0 then 'interrupted' else status end as status,
     is_cancelled, items_total, units_total, units_done, units_failed, results, joined, credits, cost_nano, error_code,
     paused_code, created_at, ended_at, may_go_on_at
   from operation
   where (created_at, id) < (?1, ?2)
     and (?3 is null or site_id = ?3)
     and (?4 = '[]' or function_name in (select value from json_each(?4)))
     and (?5 = '[]'
       or case when status = 'pending' and interrupted_at > 0 then 'interrupted' else status end in (select value from json_each(?5)))
   order by created_at desc, id desc limit ?6";

const OPEN_OF_SITE: &str = "select id, function_name, site_id, model_id, started_by, run_id, is_anew, is_trial, phase,
     case when status = 'pending' and interrupted_at > 0 then 'interrupted' else status end as status,
     is_cancelled, items_total, units_total, units_done, units_failed, results, joined, credits, cost_nano, error_code,
     paused_code, created_at, ended_at, may_go_on_at
   from operation where status = 'pending' and site_id = ?1 order by created_at, id";

/// A record knows its unit by its call. One without a call (refused, reused) was written with the end of a unit that made
/// no call: the n-th such record belongs to the n-th such unit.
const UNITS: &str = "with unit as (
     select j.id, j.ordinal, j.state, j.item_ids, j.error_code, j.created_at,
       json_extract(j.item_ids, '$[0]') as item_id,
       case o.function_name when 'auto_cluster' then 'keyword' when 'generate_ideas' then 'cluster'
         when 'generate_content' then 'task' when 'generate_image_prompts' then 'content' else 'image' end as item_type
     from job j join operation o on o.id = j.operation_id where j.operation_id = ?1),
   uncalled_unit as (
     select j.id, row_number() over (order by j.ended_at, j.ordinal) as place
     from job j where j.operation_id = ?1 and j.state in ('done', 'failed')
       and not exists (select 1 from call c where c.job_id = j.id)),
   uncalled_record as (
     select id, row_number() over (order by id) as place from usage_log where operation_id = ?1 and call_id is null),
   record as (
     select u.id, u.call_id, u.related_type, u.related_id, u.outcome, u.credits, u.cost_nano, u.tokens_input, u.tokens_cached,
       u.tokens_cache_write, u.tokens_output, u.tokens_reasoning, u.tokens_image_input, u.tokens_image_output,
       u.images, u.is_estimated, u.at, coalesce(c.job_id, n.id) as job_id
     from usage_log u
       left join call c on c.id = u.call_id
       left join uncalled_record r on r.id = u.id
       left join uncalled_unit n on n.place = r.place
     where u.operation_id = ?1),
   line as (
     select n.id as unit_id, n.ordinal, n.state, n.item_ids, n.error_code, n.created_at as queued_at, n.item_type,
       n.item_id, r.*
     from unit n left join record r on r.job_id = n.id
     union all
     select null, 0, '', '[]', '', r.at, r.related_type, r.related_id, r.* from record r where r.job_id is null)
   select unit_id, ordinal, state, item_ids, error_code, coalesce(outcome, '') as outcome,
     coalesce(related_type, '') as related_type, coalesce(related_id, 0) as related_id,
     coalesce(credits, 0) as credits, coalesce(cost_nano, 0) as cost_nano,
     coalesce(tokens_input, 0) as tokens_input, coalesce(tokens_cached, 0) as tokens_cached,
     coalesce(tokens_cache_write, 0) as tokens_cache_write, coalesce(tokens_output, 0) as tokens_output,
     coalesce(tokens_reasoning, 0) as tokens_reasoning, coalesce(tokens_image_input, 0) as tokens_image_input,
     coalesce(tokens_image_output, 0) as tokens_image_output, coalesce(images, 0) as images,
     coalesce(is_estimated, 0) as is_estimated, coalesce(at, queued_at) as at,
     coalesce(case item_type
       when 'keyword' then (select text from keyword where id = item_id)
       when 'cluster' then (select name from cluster where id = item_id)
       when 'task' then (select i.title from task t join idea i on i.id = t.idea_id where t.id = item_id)
       when 'content' then (select title from content where id = item_id)
       when 'image' then (select c.title from image g join content c on c.id = g.content_id where g.id = item_id)
     end, '') as name,
     coalesce((select p.text from call c join attempt_text p on p.call_id = c.id
       where c.id = line.call_id or line.call_id is null and c.job_id = line.unit_id order by p.n desc limit 1), '')
       as partial
   from line order by unit_id is null, ordinal, id";

impl Read<'_> {
    /// A page of operations, newest first. `cursor` is the page before's `next_cursor`.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a cursor of another list.
    pub fn operations_page(
        &self,
        filter: &OperationFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<OperationRow>, StoreError> {
        let start = timeline::start::<OperationId>(cursor)?;
        let mut statement = self.conn.prepare_cached(PAGE)?;
        let functions = timeline::words(filter.functions.iter().map(|function| function.name()));
        let statuses = timeline::words(filter.statuses.iter().map(|status| status.as_str()));
        let after: &[u8] = start.id.as_ref().map_or(&[], |id| id.as_bytes());
        let site = filter.site.map(|site| site.0);
        let rows = statement.query_map(
            params![start.at, after, site, functions, statuses, timeline::rows_asked(limit)],
            read_operation,
        )?;
        let rows = rows.collect::<Result<_, _>>()?;
        timeline::page(&start, rows, limit, || self.operation_count(filter), |row| (row.created_at, row.id))
    }

    /// How many operations match.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operation_count(&self, filter: &OperationFilter) -> Result<u32, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select count(*) from operation
             where (?1 is null or site_id = ?1)
               and (?2 = '[]' or function_name in (select value from json_each(?2)))
               and (?3 = '[]'
                 or case when status = 'pending' and interrupted_at > 0 then 'interrupted' else status end in (select value from json_each(?3)))",
        )?;
        let functions = timeline::words(filter.functions.iter().map(|function| function.name()));
        let statuses = timeline::words(filter.statuses.iter().map(|status| status.as_str()));
        Ok(statement.query_row(params![filter.site.map(|site| site.0), functions, statuses], |row| row.get(0))?)
    }

    /// Operations of a site that have not ended, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open_operations_of(&self, site: SiteId) -> Result<Vec<OperationRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(OPEN_OF_SITE)?;
        let rows = statement.query_map(params![site.0], read_operation)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The units of an operation in their order, each with what it consumed; records that name no unit come last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operation_units(&self, operation: OperationId) -> Result<Vec<UnitRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(UNITS)?;
        let rows = statement.query_map(params![operation.as_bytes()], read_unit)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn read_unit(row: &Row<'_>) -> rusqlite::Result<UnitRow> {
    Ok(UnitRow {
        job: row.get::<_, Option<i64>>("unit_id")?.map(JobId),
        ordinal: row.get("ordinal")?,
        state: column::optional_word(row, "state")?,
        items: crate::table::json(row, "item_ids")?,
        name: row.get("name")?,
        error_code: row.get("error_code")?,
        outcome: column::optional_word(row, "outcome")?,
        related_type: row.get("related_type")?,
        related_id: row.get("related_id")?,
        credits: Credits(row.get("credits")?),
        cost: Usd(row.get("cost_nano")?),
        usage: Usage {
            input_tokens: row.get("tokens_input")?,
            cached_input_tokens: row.get("tokens_cached")?,
            cache_write_tokens: row.get("tokens_cache_write")?,
            output_tokens: row.get("tokens_output")?,
            reasoning_tokens: row.get("tokens_reasoning")?,
            image_input_tokens: row.get("tokens_image_input")?,
            image_output_tokens: row.get("tokens_image_output")?,
            images: row.get("images")?,
            // The row has its cost already, whoever said it.
            stated_cost: None,
            is_cost_unreadable: false,
            is_estimated: row.get("is_estimated")?,
        },
        partial: row.get("partial")?,
        at: UtcMs(row.get("at")?),
    })
}

#[cfg(test)]
mod tests;
