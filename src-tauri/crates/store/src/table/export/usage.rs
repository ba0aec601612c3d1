//! Usage records, oldest first, with the names of what their ids mean.

use super::{Mark, STRETCH_ROWS};
use crate::table::UuidColumn;
use crate::{Read, StoreError};
use igny8_core::id::{CallId, ContentId, OperationId};
use igny8_core::money::{Credits, Usd};
use igny8_core::status::UsageOutcome;
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use rusqlite::{Row, params};

/// A usage record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageRecord {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: UtcMs,
    /// The site's name.
    pub site: String,
    /// Operation type.
    pub operation_type: String,
    /// What became of it.
    pub outcome: UsageOutcome,
    /// Vendor.
    pub provider: String,
    /// The vendor's model id.
    pub model: String,
    /// Charged.
    pub credits: Credits,
    /// What the vendor bills, lost attempts included.
    pub cost: Usd,
    /// Credits times the credit's price at the time.
    pub credit_value: Usd,
    /// The part of the cost that bought no result.
    pub lost_cost: Usd,
    /// What was consumed.
    pub usage: Usage,
    /// The article it was for; `None` for work that was for none.
    pub content: Option<ContentId>,
    /// The article's title; empty for none.
    pub title: String,
    /// Its operation.
    pub operation: OperationId,
    /// Its call; `None` when nothing was sent.
    pub call: Option<CallId>,
    /// The vendor's id of the last attempt that has one; empty for none.
    pub request_id: String,
    /// How often it was sent.
    pub attempts: u32,
}

pub(super) const RECORDS: &str = "with line as (
     select * from usage_line where id > ?1 and id <= ?2 order by id limit ?3)
   select l.id, l.at, s.name as site, l.operation_type, l.outcome, m.provider, m.model_name, l.credits, l.cost_nano,
     l.credit_value_nano, l.lost_nano, l.tokens_input, l.tokens_cached, l.tokens_cache_write, l.tokens_output,
     l.tokens_reasoning, l.tokens_image_input, l.tokens_image_output, l.images, l.is_estimated, l.content_id,
     coalesce(c.title, '') as title, l.operation_id, l.call_id,
     coalesce((select a.provider_request_id from attempt a
       where a.call_id = l.call_id and a.provider_request_id <> '' order by a.n desc limit 1), '') as request_id,
     coalesce(k.attempts, 0) as attempts
   from line l join site s on s.id = l.site_id join model m on m.id = l.model_id
     left join content c on c.id = l.content_id left join call k on k.id = l.call_id
   order by l.id";

impl Read<'_> {
    /// The next stretch of usage records after a number, up to a mark.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn export_usage(&self, after: i64, mark: &Mark) -> Result<Vec<UsageRecord>, StoreError> {
        let mut statement = self.conn.prepare_cached(RECORDS)?;
        let records = statement.query_map(params![after, mark.record, STRETCH_ROWS], read_record)?;
        Ok(records.collect::<Result<_, _>>()?)
    }
}

fn read_record(row: &Row<'_>) -> rusqlite::Result<UsageRecord> {
    Ok(UsageRecord {
        id: row.get("id")?,
        at: UtcMs(row.get("at")?),
        site: row.get("site")?,
        operation_type: row.get("operation_type")?,
        outcome: crate::table::word(row, "outcome")?,
        provider: row.get("provider")?,
        model: row.get("model_name")?,
        credits: Credits(row.get("credits")?),
        cost: Usd(row.get("cost_nano")?),
        credit_value: Usd(row.get("credit_value_nano")?),
        lost_cost: Usd(row.get("lost_nano")?),
        usage: read_usage(row)?,
        content: row.get::<_, Option<i64>>("content_id")?.map(ContentId),
        title: row.get("title")?,
        operation: OperationId(row.get::<_, UuidColumn>("operation_id")?.0),
        call: row.get::<_, Option<UuidColumn>>("call_id")?.map(|id| CallId(id.0)),
        request_id: row.get("request_id")?,
        attempts: row.get("attempts")?,
    })
}

fn read_usage(row: &Row<'_>) -> rusqlite::Result<Usage> {
    Ok(Usage {
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
    })
}
