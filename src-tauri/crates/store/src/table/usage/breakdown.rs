//! Usage within spans of time, by what it was for. Spans are instants that the caller cut out of a calendar: no
//! statement here knows of zones or of what day it is.

use super::figures::{UsageFigures, read_figures};
use crate::table::UuidColumn;
use crate::table::column::to_json;
use crate::{Read, StoreError};
use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, ModelId, OperationId, SiteId};
use igny8_core::money::{Credits, Usd};
use igny8_core::status::UnknownWord;
use igny8_core::time::UtcMs;
use rusqlite::types::Type;
use rusqlite::{Row, params};

/// From an instant on, to before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first instant.
    pub from: UtcMs,
    /// The first instant after it.
    pub until: UtcMs,
}

/// What usage is parted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// By nothing: one sum for each span.
    Whole,
    /// By operation type.
    Operation,
    /// By row of the model catalogue.
    Model,
    /// By site.
    Site,
}

/// Usage of one span and one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageGroup {
    /// Place of the span in the list that was asked for.
    pub span: u32,
    /// Operation type, or a row id; empty for the whole.
    pub key: String,
    /// Its sums.
    pub figures: UsageFigures,
}

/// Usage of one article within a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleGroup {
    /// The article.
    pub content: ContentId,
    /// Its title.
    pub title: String,
    /// Its sums.
    pub figures: UsageFigures,
}

/// What the units of one operation cost within a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationCost {
    /// The operation.
    pub operation: OperationId,
    /// Its function.
    pub function: AiFunction,
    /// Units that were stored and charged; where there is none, those that the vendor bills all the same.
    pub units: u32,
    /// Charged for them.
    pub credits: Credits,
    /// What the vendor bills, lost attempts included.
    pub cost: Usd,
}

/// A row of the catalogue by its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelName {
    /// The row.
    pub id: ModelId,
    /// Vendor.
    pub provider: String,
    /// The vendor's model id.
    pub model_name: String,
    /// Name for people.
    pub display_name: String,
}

const BY_SPAN: &str = "with span(place, start, stop) as (
     select key, json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?1))
   select s.place,
     case ?3 when 'operation' then u.operation_type when 'model' then cast(u.model_id as text)
       when 'site' then cast(u.site_id as text) else '' end as part,
     count(*) as records, sum(u.outcome = 'settled') as settled, sum(u.outcome = 'released') as released,
     sum(u.outcome = 'refused') as refused, sum(u.outcome = 'reused') as reused, sum(u.images) as images,
     sum(u.credits) as credits, sum(u.cost_nano) as cost, sum(u.credit_value_nano) as credit_value,
     sum(u.lost_nano) as lost_cost, sum(u.tokens_input) as tokens_input, sum(u.tokens_cached) as tokens_cached,
     sum(u.tokens_cache_write) as tokens_cache_write, sum(u.tokens_output) as tokens_output,
     sum(u.tokens_reasoning) as tokens_reasoning, sum(u.tokens_image_input) as tokens_image_input,
     sum(u.tokens_image_output) as tokens_image_output
   from span s cross join usage_line u on u.at >= s.start and u.at < s.stop
   where ?2 = 0 or u.site_id = ?2
   group by s.place, part
   order by s.place, credits desc, cost desc, part";

const BY_ARTICLE: &str = "with line as (
     select * from usage_line where at >= ?1 and at < ?2 and (?3 = 0 or site_id = ?3)),
   part as (
     select u.content_id,
       count(*) as records, sum(u.outcome = 'settled') as settled, sum(u.outcome = 'released') as released,
       sum(u.outcome = 'refused') as refused, sum(u.outcome = 'reused') as reused, sum(u.images) as images,
       sum(u.credits) as credits, sum(u.cost_nano) as cost, sum(u.credit_value_nano) as credit_value,
       sum(u.lost_nano) as lost_cost, sum(u.tokens_input) as tokens_input, sum(u.tokens_cached) as tokens_cached,
       sum(u.tokens_cache_write) as tokens_cache_write, sum(u.tokens_output) as tokens_output,
       sum(u.tokens_reasoning) as tokens_reasoning, sum(u.tokens_image_input) as tokens_image_input,
       sum(u.tokens_image_output) as tokens_image_output
     from line u where u.content_id is not null group by u.content_id
     order by credits desc, cost desc, u.content_id limit ?4)
   select p.*, c.title from part p join content c on c.id = p.content_id
   order by p.credits desc, p.cost desc, p.content_id";

/// One of which nothing was stored is measured by the units that its vendor was asked for in vain: each of them once, whatever
/// its attempts and calls.
const BY_OPERATION: &str = "select u.operation_id, u.operation_type,
     coalesce(nullif(sum(u.outcome = 'settled'), 0),
       count(distinct c.job_id) filter (where u.cost_nano > 0)) as units,
     sum(u.credits) as credits, sum(u.cost_nano) as cost
   from usage_log u left join call c on c.id = u.call_id
   where u.at >= ?1 and u.at < ?2 and (?3 = 0 or u.site_id = ?3)
   group by u.operation_id, u.operation_type having units > 0
   order by max(u.id) desc limit ?4";

impl Read<'_> {
    /// Usage of each span, of a site or of all, parted by a dimension: in the order of the spans, dearest first. Spans
    /// may overlap; a part without usage is left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn usage_by(&self, spans: &[Span], site: Option<SiteId>, by: Dimension) -> Result<Vec<UsageGroup>, StoreError> {
        let spans: Vec<[i64; 2]> = spans.iter().map(|span| [span.from.0, span.until.0]).collect();
        let by = match by {
            Dimension::Whole => "",
            Dimension::Operation => "operation",
            Dimension::Model => "model",
            Dimension::Site => "site",
        };
        let mut statement = self.conn.prepare_cached(BY_SPAN)?;
        let groups = statement.query_map(params![to_json(&spans)?, site_param(site), by], |row| {
            Ok(UsageGroup { span: row.get("place")?, key: row.get("part")?, figures: read_figures(row)? })
        })?;
        Ok(groups.collect::<Result<_, _>>()?)
    }

    /// The articles that consumed most within a span, dearest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn usage_by_article(
        &self,
        span: Span,
        site: Option<SiteId>,
        limit: u32,
    ) -> Result<Vec<ArticleGroup>, StoreError> {
        let mut statement = self.conn.prepare_cached(BY_ARTICLE)?;
        let groups = statement.query_map(params![span.from.0, span.until.0, site_param(site), limit], |row| {
            Ok(ArticleGroup {
                content: ContentId(row.get("content_id")?),
                title: row.get("title")?,
                figures: read_figures(row)?,
            })
        })?;
        Ok(groups.collect::<Result<_, _>>()?)
    }

    /// What the newest operations cost within a span, in credits or at the vendor's.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn operation_costs(
        &self,
        span: Span,
        site: Option<SiteId>,
        limit: u32,
    ) -> Result<Vec<OperationCost>, StoreError> {
        let mut statement = self.conn.prepare_cached(BY_OPERATION)?;
        let costs =
            statement.query_map(params![span.from.0, span.until.0, site_param(site), limit], read_operation_cost)?;
        Ok(costs.collect::<Result<_, _>>()?)
    }

    /// When the first record was written; `None` when there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn first_usage_at(&self) -> Result<Option<UtcMs>, StoreError> {
        let mut statement = self.conn.prepare_cached("select min(at) from usage_log")?;
        Ok(statement.query_row([], |row| row.get::<_, Option<i64>>(0))?.map(UtcMs))
    }

    /// Names of every row of the catalogue, switched-off ones too: usage keeps the row it was priced by.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn model_names(&self) -> Result<Vec<ModelName>, StoreError> {
        let mut statement = self.conn.prepare_cached("select id, provider, model_name, display_name from model")?;
        let names = statement.query_map([], |row| {
            Ok(ModelName {
                id: ModelId(row.get("id")?),
                provider: row.get("provider")?,
                model_name: row.get("model_name")?,
                display_name: row.get("display_name")?,
            })
        })?;
        Ok(names.collect::<Result<_, _>>()?)
    }

    /// Names of every site, removed ones too.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn site_names(&self) -> Result<Vec<(SiteId, String)>, StoreError> {
        let mut statement = self.conn.prepare_cached("select id, name from site")?;
        let names = statement.query_map([], |row| Ok((SiteId(row.get(0)?), row.get(1)?)))?;
        Ok(names.collect::<Result<_, _>>()?)
    }
}

/// A site as a parameter; 0 means all.
pub(super) fn site_param(site: Option<SiteId>) -> i64 {
    site.map_or(0, |site| site.0)
}

fn read_operation_cost(row: &Row<'_>) -> rusqlite::Result<OperationCost> {
    Ok(OperationCost {
        operation: OperationId(row.get::<_, UuidColumn>("operation_id")?.0),
        function: function(&row.get::<_, String>("operation_type")?)?,
        units: row.get("units")?,
        credits: Credits(row.get("credits")?),
        cost: Usd(row.get("cost")?),
    })
}

/// Reads a function by its name in the books.
pub(in crate::table) fn function(word: &str) -> rusqlite::Result<AiFunction> {
    let found = AiFunction::ALL.iter().copied().find(|function| function.operation_type() == word);
    found.ok_or_else(|| {
        let stranger = UnknownWord { vocabulary: "operation type", word: word.to_owned() };
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(stranger))
    })
}

#[cfg(test)]
mod tests;
