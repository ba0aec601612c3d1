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

/// What calls with the same number of items cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallsLately {
    /// Items each of them carried.
    pub items: u32,
    /// How many such calls.
    pub calls: u32,
    /// Charged for all of them.
    pub credits: Credits,
    /// What the vendor bills for all of them.
    pub cost: Usd,
}

/// Calls looked at for an average: enough to level out, few enough to follow a changed prompt.
const AVERAGE_OF: u32 = 50;

const LATELY: &str = "select json_array_length(j.item_ids), count(*), sum(u.credits), sum(u.cost_nano)
   from (select call_id, credits, cost_nano from usage_log
     where operation_type = ?1 and model_id = ?2 and outcome = 'settled' order by id desc limit ?3) u
   join call c on c.id = u.call_id join job j on j.id = c.job_id
   group by 1 order by 1";

impl Read<'_> {
    /// What the latest calls of a function cost with a model, at most fifty of them, by how many items they carried: a call
    /// of forty items says little about what one of two costs.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn usage_lately(&self, function: AiFunction, model: ModelId) -> Result<Vec<CallsLately>, StoreError> {
        let mut statement = self.conn.prepare_cached(LATELY)?;
        let found = statement.query_map(params![function.operation_type(), model.0, AVERAGE_OF], |row| {
            Ok(CallsLately {
                items: row.get(0)?,
                calls: row.get(1)?,
                credits: Credits(row.get(2)?),
                cost: Usd(row.get(3)?),
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
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
