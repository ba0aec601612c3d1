//! The list of clusters.

use super::{ClusterRow, read_cluster};
use crate::table::facet::{Facet, facets};
use crate::table::list::{ListFilter, ListQuery, ListSql, Page, Selection, Sort, SortColumn, page, selected};
use crate::{Read, StoreError};
use igny8_core::id::ClusterId;
use igny8_core::status::ClusterStatus;
use rusqlite::{Connection, params};

/// What clusters can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterSort {
    /// Name.
    Name,
    /// How many keywords.
    KeywordCount,
    /// Searches of its keywords together.
    Volume,
    /// How many ideas.
    IdeaCount,
    /// How many articles.
    ContentCount,
    /// Sector name.
    Sector,
    /// Status.
    Status,
    /// When it was made.
    CreatedAt,
}

impl SortColumn for ClusterSort {
    const ALL: &'static [Self] = &[
        Self::Name,
        Self::KeywordCount,
        Self::Volume,
        Self::IdeaCount,
        Self::ContentCount,
        Self::Sector,
        Self::Status,
        Self::CreatedAt,
    ];
    const DEFAULT: Sort<Self> = Sort { column: Self::Volume, is_descending: true };

    fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::KeywordCount => "keyword_count",
            Self::Volume => "volume",
            Self::IdeaCount => "idea_count",
            Self::ContentCount => "content_count",
            Self::Sector => "sector",
            Self::Status => "status",
            Self::CreatedAt => "created_at",
        }
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

const SQL: ListSql = ListSql { sorted: SORTED, indexed: None, count: COUNT };

const SORTED: &str = r"
with hit as materialized (
  select c.id as id,
    case :sort when 'name' then lower(c.name)
      when 'keyword_count' then (select count(*) from keyword k where k.cluster_id = c.id and k.removed_at = 0)
      when 'volume' then (select sum(k.volume) from keyword k where k.cluster_id = c.id and k.removed_at = 0)
      when 'idea_count' then (select count(*) from idea i where i.cluster_id = c.id and i.removed_at = 0)
      when 'content_count' then (select count(*) from content t where t.cluster_id = c.id and t.removed_at = 0)
      when 'sector' then (select lower(s.name) from sector s where s.id = c.sector_id)
      when 'status' then c.status when 'created_at' then c.created_at end as k
  from cluster c
  where c.site_id = :site and c.removed_at = 0
    and (:sector is null or c.sector_id = :sector)
    and (:status is null or c.status in (select value from json_each(:status)))
    and (:search is null or c.name like :search escape '\')
    and (:is_disabled is null or c.is_disabled = :is_disabled)
)
select hit.id as id, hit.k is null as is_unknown, ifnull(hit.k, 0) as k from hit
where :after_id is null or (hit.k is null) > :after_unknown or ((hit.k is null) = :after_unknown
  and case :descending when 0 then (ifnull(hit.k, 0), hit.id) > (:after_key, :after_id)
    else (ifnull(hit.k, 0), hit.id) < (:after_key, :after_id) end)
order by hit.k is null, case :descending when 0 then hit.k end, case :descending when 1 then hit.k end desc,
  case :descending when 0 then hit.id else -hit.id end
limit :limit";

const COUNT: &str = r"
select count(*) from cluster c
where c.site_id = :site and c.removed_at = 0
  and (:sector is null or c.sector_id = :sector)
  and (:status is null or c.status in (select value from json_each(:status)))
  and (:search is null or c.name like :search escape '\')
  and (:is_disabled is null or c.is_disabled = :is_disabled)";

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
