//! The list of clusters.

use super::{ClusterRow, read_cluster};
use crate::table::facet::{Facet, facets};
use crate::table::list::{ListFilter, ListQuery, ListSql, Page, Selection, page, page_of_hits, selected, sort_columns};
use crate::{Read, StoreError};
use igny8_core::id::ClusterId;
use igny8_core::status::ClusterStatus;
use rusqlite::{Connection, params};

sort_columns! {
    /// What clusters can be sorted by.
    ClusterSort, first by Volume descending {
        /// Name.
        Name = "name",
        /// How many keywords.
        KeywordCount = "keyword_count",
        /// Searches of its keywords together.
        Volume = "volume",
        /// How many ideas.
        IdeaCount = "idea_count",
        /// How many articles.
        ContentCount = "content_count",
        /// Sector name.
        Sector = "sector",
        /// Status.
        Status = "status",
        /// When it was made.
        CreatedAt = "created_at",
    }
}

impl Read<'_> {
    /// One page of clusters.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a filter, word or cursor the list does not have.
    pub fn cluster_page(&self, query: &ListQuery<ClusterSort>) -> Result<Page<ClusterRow>, StoreError> {
        page::<ClusterStatus, _, _>(self.conn, &SQL, query, |ids| load(self.conn, ids))
    }

    /// The clusters an action is for, at most `max`.
    ///
    /// # Errors
    /// As [`Read::cluster_page`].
    pub fn cluster_ids(&self, selection: &Selection, max: usize) -> Result<Vec<ClusterId>, StoreError> {
        selected::<ClusterStatus, ClusterSort, _>(self.conn, &SQL, selection, max, ClusterId)
    }

    /// The values the list's filters can take: `status`, `sector`.
    ///
    /// # Errors
    /// As [`Read::cluster_page`].
    pub fn cluster_facets(&self, filter: &ListFilter) -> Result<Vec<Facet>, StoreError> {
        facets::<ClusterStatus>(self.conn, FACETS, &["status", "sector"], filter)
    }
}

/// Rows by a JSON list of ids, in its order.
pub(super) fn load(conn: &Connection, ids: &str) -> Result<Vec<ClusterRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select c.id as id, c.site_id as site_id, c.sector_id as sector_id, s.name as sector_name, c.name as name,
           c.description as description,
           (select count(*) from keyword k where k.cluster_id = c.id and k.removed_at = 0) as keyword_count,
           (select sum(k.volume) from keyword k where k.cluster_id = c.id and k.removed_at = 0) as volume,
           (select count(*) from idea i where i.cluster_id = c.id and i.removed_at = 0) as idea_count,
           (select count(*) from content t where t.cluster_id = c.id and t.removed_at = 0) as content_count,
           c.status as status, c.is_disabled as is_disabled, c.created_at as created_at, c.updated_at as updated_at
         from json_each(?1) wanted
         cross join cluster c on c.id = wanted.value
         join sector s on s.id = c.sector_id
         where c.removed_at = 0
         order by wanted.key",
    )?;
    let rows = statement.query_map(params![ids], read_cluster)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which clusters a filter leaves.
macro_rules! matching {
    () => {
        r"c.site_id = :site and c.removed_at = 0
  and (:sector is null or c.sector_id = :sector)
  and (:status is null or c.status in (select value from json_each(:status)))
  and (:search is null or c.name like :search escape '\')
  and (:is_disabled is null or c.is_disabled = :is_disabled)"
    };
}

const SQL: ListSql = ListSql { sorted: SORTED, indexed: None, count: COUNT };

const SORTED: &str = concat!(
    "with hit as materialized (
  select c.id as id,
    case :sort when 'name' then lower(c.name)
      when 'keyword_count' then (select count(*) from keyword k where k.cluster_id = c.id and k.removed_at = 0)
      when 'volume' then (select sum(k.volume) from keyword k where k.cluster_id = c.id and k.removed_at = 0)
      when 'idea_count' then (select count(*) from idea i where i.cluster_id = c.id and i.removed_at = 0)
      when 'content_count' then (select count(*) from content t where t.cluster_id = c.id and t.removed_at = 0)
      when 'sector' then (select lower(s.name) from sector s where s.id = c.sector_id)
      when 'status' then c.status when 'created_at' then c.created_at end as k
  from cluster c
  where ",
    matching!(),
    ")",
    page_of_hits!()
);

const COUNT: &str = concat!("select count(*) from cluster c where ", matching!());

const FACETS: &str = r"
with hit as materialized (
  select c.status as status, c.sector_id as sector,
    (:status is null or c.status in (select value from json_each(:status))) as by_status,
    (:sector is null or c.sector_id = :sector) as by_sector
  from cluster c
  where c.site_id = :site and c.removed_at = 0
    and (:search is null or c.name like :search escape '\')
    and (:is_disabled is null or c.is_disabled = :is_disabled)
)
select 'status' as field, status as value, '' as label, count(*) as n from hit where by_sector group by status
union all select 'sector', cast(s.id as text), s.name, count(*)
from hit join sector s on s.id = hit.sector where by_status group by s.id";
