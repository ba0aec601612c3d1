//! Items whose units keep failing. Keywords, clusters and articles without pictures bear no mark of a failure: they wait
//! as before, and the history of the units says how often they were asked for in vain. An item that was changed since
//! begins anew, because it is asked for in other words; and one that was worked on bears a mark of that, or was changed.

use crate::table::column::to_json;
use crate::table::word;
use crate::{Read, StoreError};
use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::time::UtcMs;
use rusqlite::params;
use std::collections::BTreeSet;

/// Operations without a failed unit are passed by before their units are looked at.
const KEYWORDS: &str = "select k.id from operation o
   cross join job j on j.operation_id = o.id and j.state = 'failed'
   cross join json_each(j.item_ids) i cross join keyword k on k.id = i.value
 where o.site_id = ?1 and o.function_name = 'auto_cluster' and o.units_failed > 0
   and j.ended_at >= k.updated_at and j.ended_at >= k.passed_over_at
   and j.error_code not in (select value from json_each(?2))
 group by k.id having count(*) >= ?3";
const CLUSTERS: &str = "select c.id from operation o
   cross join job j on j.operation_id = o.id and j.state = 'failed'
   cross join json_each(j.item_ids) i cross join cluster c on c.id = i.value
 where o.site_id = ?1 and o.function_name = 'generate_ideas' and o.units_failed > 0 and j.ended_at >= c.updated_at
   and j.error_code not in (select value from json_each(?2))
 group by c.id having count(*) >= ?3";
const ARTICLES: &str = "select c.id from operation o
   cross join job j on j.operation_id = o.id and j.state = 'failed'
   cross join json_each(j.item_ids) i cross join content c on c.id = i.value
 where o.site_id = ?1 and o.function_name = 'generate_image_prompts' and o.units_failed > 0
   and j.ended_at >= c.updated_at and j.error_code not in (select value from json_each(?2))
 group by c.id having count(*) >= ?3";

const SINCE: &str = "select o.function_name, j.error_code, count(*) as units from operation o
   cross join job j on j.operation_id = o.id and j.state = 'failed'
 where o.site_id = ?1 and o.units_failed > 0 and o.is_trial = 0 and o.ended_at >= ?2 and j.ended_at >= ?2
 group by o.function_name, j.error_code order by min(j.ended_at), j.error_code";

/// Units of a function that failed for one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedUnits {
    /// The function.
    pub function: AiFunction,
    /// The cause, a code.
    pub code: String,
    /// How many.
    pub units: u32,
}

impl Read<'_> {
    /// Units of a site that failed at or after an instant, in operations that have ended since, in the order of their first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn failed_since(&self, site: SiteId, since: UtcMs) -> Result<Vec<FailedUnits>, StoreError> {
        let mut statement = self.conn.prepare_cached(SINCE)?;
        let rows = statement.query_map(params![site.0, since.0], |row| {
            let (code, units) = (row.get("error_code")?, row.get("units")?);
            Ok(FailedUnits { function: word(row, "function_name")?, code, units })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keywords of a site whose clustering has failed `failures` times since they were last changed, for causes that
    /// `of_others` does not name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn failing_keywords(
        &self,
        site: SiteId,
        failures: u32,
        of_others: &[&str],
    ) -> Result<BTreeSet<i64>, StoreError> {
        self.failing(KEYWORDS, site, failures, of_others)
    }

    /// As [`Read::failing_keywords`], clusters for which no ideas were found.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn failing_clusters(
        &self,
        site: SiteId,
        failures: u32,
        of_others: &[&str],
    ) -> Result<BTreeSet<i64>, StoreError> {
        self.failing(CLUSTERS, site, failures, of_others)
    }

    /// As [`Read::failing_keywords`], articles whose pictures could not be described.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn failing_articles(
        &self,
        site: SiteId,
        failures: u32,
        of_others: &[&str],
    ) -> Result<BTreeSet<i64>, StoreError> {
        self.failing(ARTICLES, site, failures, of_others)
    }

    fn failing(
        &self,
        sql: &'static str,
        site: SiteId,
        failures: u32,
        of_others: &[&str],
    ) -> Result<BTreeSet<i64>, StoreError> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(params![site.0, to_json(of_others)?, failures], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::{ARTICLES, CLUSTERS, KEYWORDS, SINCE};
    use crate::fixture::{Bench, plan};

    #[test]
    fn units_are_found_by_their_operation_and_items_by_their_id() {
        let mut bench = Bench::new();
        for sql in [KEYWORDS, CLUSTERS, ARTICLES, SINCE] {
            let steps = plan(&mut bench, sql);
            assert!(steps.contains("SEARCH j USING INDEX") && steps.contains("(operation_id=?)"), "{steps}");
            if sql == SINCE {
                continue;
            }
            assert!(steps.contains("USING INTEGER PRIMARY KEY (rowid=?)"), "{steps}");
        }
    }
}
