//! What articles consumed: one of them part by part and record by record, and all of them by pages.

use super::breakdown::{function, site_param};
use super::figures::{UsageFigures, read_figures};
use crate::table::UuidColumn;
use crate::table::list::{PAGE_ROWS_MAX, Page, Sort, SortColumn, sort_columns};
use crate::{Read, StoreError};
use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, OperationId, SiteId};
use igny8_core::money::{Credits, Usd};
use igny8_core::status::{ContentStatus, UsageOutcome};
use igny8_core::time::UtcMs;
use rusqlite::types::Value;
use rusqlite::{Row, params};

/// Most records of one article that are listed; an article that was written and illustrated a dozen times has fewer.
pub const LINES_MAX: u32 = 100;

/// One usage record of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageLine {
    /// Its number.
    pub id: i64,
    /// The operation it belongs to.
    pub operation: OperationId,
    /// The function.
    pub function: AiFunction,
    /// What became of it.
    pub outcome: UsageOutcome,
    /// The model, by its name for people.
    pub model: String,
    /// How often the request was sent; 0 when nothing was.
    pub attempts: u32,
    /// Charged.
    pub credits: Credits,
    /// What the vendor bills.
    pub cost: Usd,
    /// All tokens.
    pub tokens: i64,
    /// Images made.
    pub images: u32,
    /// Counted here because the vendor did not say.
    pub is_estimated: bool,
    /// When.
    pub at: UtcMs,
}

/// An article with what it consumed in all its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleUsage {
    /// The article.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// Its site.
    pub site: SiteId,
    /// The site's name.
    pub site_name: String,
    /// Editorial state.
    pub status: ContentStatus,
    /// Removed from the lists.
    pub is_removed: bool,
    /// Its sums.
    pub figures: UsageFigures,
    /// When it last consumed something.
    pub last_used_at: UtcMs,
}

/// What the articles are narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleFilter {
    /// One site.
    pub site: Option<SiteId>,
    /// Text to find anywhere in the title; ASCII letters match in either case.
    pub search: Option<String>,
}

sort_columns! {
    /// The columns the articles can be sorted by.
    ArticleColumn, first by Credits descending {
        /// Credits.
        Credits = "credits",
        /// Vendors' cost.
        Cost = "cost",
        /// Worth of the credits.
        CreditValue = "credit_value",
        /// When it last consumed something.
        LastUsedAt = "last_used_at",
        /// Title.
        Title = "title",
    }
}

/// The articles' records are found by what they are about; the condition keeps those of a task that are another
/// article's.
const PARTS: &str = "with item(related_type, related_id) as (
     select 'content', ?1
     union all
     select 'task', task_id from content where id = ?1 and task_id is not null
     union all
     select 'image', id from image where content_id = ?1)
   select u.operation_type,
     count(*) as records, sum(u.outcome = 'settled') as settled, sum(u.outcome = 'released') as released,
     sum(u.outcome = 'refused') as refused, sum(u.outcome = 'reused') as reused, sum(u.images) as images,
     sum(u.credits) as credits, sum(u.cost_nano) as cost, sum(u.credit_value_nano) as credit_value,
     sum(u.lost_nano) as lost_cost, sum(u.tokens_input) as tokens_input, sum(u.tokens_cached) as tokens_cached,
     sum(u.tokens_cache_write) as tokens_cache_write, sum(u.tokens_output) as tokens_output,
     sum(u.tokens_reasoning) as tokens_reasoning, sum(u.tokens_image_input) as tokens_image_input,
     sum(u.tokens_image_output) as tokens_image_output
   from item i cross join usage_line u on u.related_type = i.related_type and u.related_id = i.related_id
   where u.content_id = ?1
   group by u.operation_type";

const LINES: &str = "with item(related_type, related_id) as (
     select 'content', ?1
     union all
     select 'task', task_id from content where id = ?1 and task_id is not null
     union all
     select 'image', id from image where content_id = ?1)
   select u.id, u.operation_id, u.operation_type, u.outcome, m.display_name, coalesce(k.attempts, 0) as attempts,
     u.credits, u.cost_nano,
     u.tokens_input + u.tokens_cached + u.tokens_cache_write + u.tokens_output + u.tokens_reasoning
       + u.tokens_image_input + u.tokens_image_output as tokens,
     u.images, u.is_estimated, u.at
   from item i cross join usage_line u on u.related_type = i.related_type and u.related_id = i.related_id
     join model m on m.id = u.model_id left join call k on k.id = u.call_id
   where u.content_id = ?1
   order by u.at desc, u.id desc limit ?2";

/// A page after a place: the last row's value in the sorted column and its id.
const PAGE: &str = "with line as (
     select * from usage_line where ?1 = 0 or site_id = ?1),
   part as (
     select u.content_id, max(u.at) as last_used_at,
       count(*) as records, sum(u.outcome = 'settled') as settled, sum(u.outcome = 'released') as released,
       sum(u.outcome = 'refused') as refused, sum(u.outcome = 'reused') as reused, sum(u.images) as images,
       sum(u.credits) as credits, sum(u.cost_nano) as cost, sum(u.credit_value_nano) as credit_value,
       sum(u.lost_nano) as lost_cost, sum(u.tokens_input) as tokens_input, sum(u.tokens_cached) as tokens_cached,
       sum(u.tokens_cache_write) as tokens_cache_write, sum(u.tokens_output) as tokens_output,
       sum(u.tokens_reasoning) as tokens_reasoning, sum(u.tokens_image_input) as tokens_image_input,
       sum(u.tokens_image_output) as tokens_image_output
     from line u where u.content_id is not null group by u.content_id),
   found as (
     select p.*, c.title, c.site_id, s.name as site_name, c.status, c.removed_at > 0 as is_removed,
       case ?3 when 'credits' then p.credits when 'cost' then p.cost when 'credit_value' then p.credit_value
         when 'last_used_at' then p.last_used_at else lower(c.title) end as place
     from part p join content c on c.id = p.content_id join site s on s.id = c.site_id
     where ?2 = '' or instr(lower(c.title), lower(?2)) > 0)
   select *, count(*) over () as total from found
   where ?5 is null or (place, content_id) > (?5, ?6) and not ?4
     or ?4 and (place < ?5 or place = ?5 and content_id > ?6)
   order by case when ?4 then place end desc, case when not ?4 then place end, content_id limit ?7";

impl Read<'_> {
    /// What one article consumed, by the function that did. A function that consumed nothing is left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn content_parts(&self, content: ContentId) -> Result<Vec<(AiFunction, UsageFigures)>, StoreError> {
        let mut statement = self.conn.prepare_cached(PARTS)?;
        let parts = statement.query_map(params![content.0], |row| {
            Ok((function(&row.get::<_, String>("operation_type")?)?, read_figures(row)?))
        })?;
        Ok(parts.collect::<Result<_, _>>()?)
    }

    /// The newest usage records of one article, at most [`LINES_MAX`].
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn content_usage_lines(&self, content: ContentId) -> Result<Vec<UsageLine>, StoreError> {
        let mut statement = self.conn.prepare_cached(LINES)?;
        let lines = statement.query_map(params![content.0, LINES_MAX], read_line)?;
        Ok(lines.collect::<Result<_, _>>()?)
    }

    /// A page of the articles that consumed anything. The cursor is `total:id:value` of the last row.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a cursor of another list.
    pub fn article_usage_page(
        &self,
        filter: &ArticleFilter,
        sort: Sort<ArticleColumn>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<ArticleUsage>, StoreError> {
        let start = cursor.map(|cursor| Start::parse(cursor, sort.column)).transpose()?;
        let (value, id) = start.as_ref().map_or((Value::Null, 0), |start| (start.value.clone(), start.id));
        let wanted = limit.clamp(1, PAGE_ROWS_MAX);
        let search = filter.search.as_deref().unwrap_or_default();
        let mut statement = self.conn.prepare_cached(PAGE)?;
        let rows = statement.query_map(
            params![site_param(filter.site), search, sort.column.word(), sort.is_descending, value, id, wanted + 1],
            |row| Ok((read_article(row)?, row.get::<_, Value>("place")?, row.get::<_, u32>("total")?)),
        )?;
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        let total = start.map_or_else(|| rows.first().map_or(0, |(_, _, total)| *total), |start| start.total);
        let has_next = rows.len() > wanted as usize;
        rows.truncate(wanted as usize);
        let last = rows.last().filter(|_| has_next);
        let next_cursor = last.map(|(row, place, _)| format!("{total}:{}:{}", row.content, text(place)));
        Ok(Page { rows: rows.into_iter().map(|(row, _, _)| row).collect(), next_cursor, total })
    }
}

/// Where a page begins: after this row.
struct Start {
    total: u32,
    id: i64,
    value: Value,
}

impl Start {
    fn parse(cursor: &str, column: ArticleColumn) -> Result<Self, StoreError> {
        let bad = || StoreError::BadQuery("cursor".to_owned());
        let (total, rest) = cursor.split_once(':').ok_or_else(bad)?;
        let (id, value) = rest.split_once(':').ok_or_else(bad)?;
        let value = match column {
            ArticleColumn::Title => Value::Text(value.to_owned()),
            ArticleColumn::Credits | ArticleColumn::Cost | ArticleColumn::CreditValue | ArticleColumn::LastUsedAt => {
                Value::Integer(value.parse().map_err(|_| bad())?)
            }
        };
        Ok(Self { total: total.parse().map_err(|_| bad())?, id: id.parse().map_err(|_| bad())?, value })
    }
}

fn text(place: &Value) -> String {
    match place {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Null | Value::Real(_) | Value::Blob(_) => String::new(),
    }
}

fn read_line(row: &Row<'_>) -> rusqlite::Result<UsageLine> {
    Ok(UsageLine {
        id: row.get("id")?,
        operation: OperationId(row.get::<_, UuidColumn>("operation_id")?.0),
        function: function(&row.get::<_, String>("operation_type")?)?,
        outcome: crate::table::word(row, "outcome")?,
        model: row.get("display_name")?,
        attempts: row.get("attempts")?,
        credits: Credits(row.get("credits")?),
        cost: Usd(row.get("cost_nano")?),
        tokens: row.get("tokens")?,
        images: row.get("images")?,
        is_estimated: row.get("is_estimated")?,
        at: UtcMs(row.get("at")?),
    })
}

fn read_article(row: &Row<'_>) -> rusqlite::Result<ArticleUsage> {
    Ok(ArticleUsage {
        content: ContentId(row.get("content_id")?),
        title: row.get("title")?,
        site: SiteId(row.get("site_id")?),
        site_name: row.get("site_name")?,
        status: crate::table::word(row, "status")?,
        is_removed: row.get("is_removed")?,
        figures: read_figures(row)?,
        last_used_at: UtcMs(row.get("last_used_at")?),
    })
}

#[cfg(test)]
mod tests;
