//! What AI work consumed, summed by what it was for. The ledger writes the records; here they are only read, through the
//! view `usage_line`, which says which article a record belongs to and which part of its cost was lost.

pub mod article;
pub mod breakdown;
mod figures;
pub mod request;
#[cfg(test)]
pub(crate) mod sample;

pub use figures::{TokenSums, UsageFigures};

use crate::{Read, StoreError};
use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, ModelId, SiteId};
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;
use rusqlite::{Row, params};

/// Sums over usage records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsageSums {
    /// Records, whatever their outcome.
    pub records: u32,
    /// Charged.
    pub credits: Credits,
    /// What vendors bill, for results and for attempts that left none.
    pub cost: Usd,
    /// Credits times the credit's price at the time.
    pub credit_value: Usd,
}

const OF_CONTENT: &str = "with item(related_type, related_id) as (
     select 'content', ?1
     union all
     select 'task', task_id from content where id = ?1 and task_id is not null
     union all
     select 'image', id from image where content_id = ?1)
   select count(*), coalesce(sum(u.credits), 0), coalesce(sum(u.cost_nano), 0), coalesce(sum(u.credit_value_nano), 0)
   from item i cross join usage_line u on u.related_type = i.related_type and u.related_id = i.related_id
   where u.content_id = ?1";

/// Units looked at for an average: enough to level out, few enough to follow a changed prompt.
const AVERAGE_OF: u32 = 50;

const LATELY: &str = "select count(*), coalesce(sum(credits), 0), coalesce(sum(cost_nano), 0),
     coalesce(sum(credit_value_nano), 0)
   from (select credits, cost_nano, credit_value_nano from usage_log
     where operation_type = ?1 and model_id = ?2 and outcome = 'settled' order by id desc limit ?3)";

impl Read<'_> {
    /// What the latest units of a function cost with a model: sums, over at most fifty of them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn usage_lately(&self, function: AiFunction, model: ModelId) -> Result<UsageSums, StoreError> {
        let mut statement = self.conn.prepare_cached(LATELY)?;
        Ok(statement.query_row(params![function.operation_type(), model.0, AVERAGE_OF], read_sums)?)
    }

    /// What one article consumed: its writing, its image prompts and its images, removed ones included.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn content_usage(&self, content: ContentId) -> Result<UsageSums, StoreError> {
        let mut statement = self.conn.prepare_cached(OF_CONTENT)?;
        Ok(statement.query_row(params![content.0], read_sums)?)
    }

    /// What a site consumed from `since` on; from the beginning with an instant of 0.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn site_usage(&self, site: SiteId, since: UtcMs) -> Result<UsageSums, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select count(*), coalesce(sum(credits), 0), coalesce(sum(cost_nano), 0),
               coalesce(sum(credit_value_nano), 0)
             from usage_log where site_id = ?1 and at >= ?2",
        )?;
        Ok(statement.query_row(params![site.0, since.0], read_sums)?)
    }
}

fn read_sums(row: &Row<'_>) -> rusqlite::Result<UsageSums> {
    Ok(UsageSums {
        records: row.get(0)?,
        credits: Credits(row.get(1)?),
        cost: Usd(row.get(2)?),
        credit_value: Usd(row.get(3)?),
    })
}

#[cfg(test)]
mod tests;
