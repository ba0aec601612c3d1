//! The list of keywords: the one list with hundreds of thousands of rows, so its own order walks an index.

use super::{KeywordRow, read_keyword};
use crate::table::facet::{Facet, facets};
use crate::table::list::{
    Indexed, ListFilter, ListQuery, ListSql, Page, Segments, Selection, page_of_hits, sort_columns,
};
use crate::table::list::{page, selected};
use crate::{Read, StoreError};
use igny8_core::id::KeywordId;
use igny8_core::status::KeywordStatus;
use rusqlite::{Connection, params};

sort_columns! {
    /// What keywords can be sorted by.
    KeywordSort, first by Volume descending {
        /// The phrase.
        Text = "text",
        /// Monthly searches.
        Volume = "volume",
        /// Difficulty.
        Difficulty = "difficulty",
        /// Price of a click.
        Cpc = "cpc",
        /// Intent.
        Intent = "intent",
        /// Market.
        Country = "country",
        /// Cluster name.
        Cluster = "cluster",
        /// Sector name.
        Sector = "sector",
        /// Status.
        Status = "status",
        /// When it came in.
        CreatedAt = "created_at",
    }
}

impl Read<'_> {
    /// One page of keywords.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a filter, word or cursor the list does not have.
    pub fn keyword_page(&self, query: &ListQuery<KeywordSort>) -> Result<Page<KeywordRow>, StoreError> {
        page::<KeywordStatus, _, _>(self.conn, &SQL, query, |ids| load(self.conn, ids))
    }

    /// The keywords an action is for, at most `max`.
    ///
    /// # Errors
    /// As [`Read::keyword_page`].
    pub fn keyword_ids(&self, selection: &Selection, max: usize) -> Result<Vec<KeywordId>, StoreError> {
        selected::<KeywordStatus, KeywordSort, _>(self.conn, &SQL, selection, max, KeywordId)
    }

    /// The values the list's filters can take: `status`, `intent`, `country`, `sector`, `cluster`.
    ///
    /// # Errors
    /// As [`Read::keyword_page`].
    pub fn keyword_facets(&self, filter: &ListFilter) -> Result<Vec<Facet>, StoreError> {
        let fields = ["status", "intent", "country", "sector", "cluster"];
        facets::<KeywordStatus>(self.conn, FACETS, &fields, filter)
    }
}

/// Rows by a JSON list of ids, in its order.
pub(super) fn load(conn: &Connection, ids: &str) -> Result<Vec<KeywordRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select k.id as id, k.site_id as site_id, k.sector_id as sector_id, s.name as sector_name, k.text as text,
           k.volume as volume, k.volume_is_impressions as volume_is_impressions, k.difficulty as difficulty, k.cpc_nano as cpc_nano, k.intent as intent,
           k.country as country, k.source as source, k.cluster_id as cluster_id, c.name as cluster_name,
           k.status as status, k.is_disabled as is_disabled, (k.status = 'new' and k.passed_over_at > 0) as is_passed_over,
           k.created_at as created_at, k.updated_at as updated_at
         from json_each(?1) wanted
         cross join keyword k on k.id = wanted.value
         join sector s on s.id = k.sector_id
         left join cluster c on c.id = k.cluster_id
         where k.removed_at = 0
         order by wanted.key",
    )?;
    let rows = statement.query_map(params![ids], read_keyword)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which keywords a filter leaves.
macro_rules! matching {
    () => {
        r"k.site_id = :site and k.removed_at = 0
  and (:sector is null or k.sector_id = :sector)
  and (:cluster is null or k.cluster_id = :cluster)
  and (:status is null or k.status in (select value from json_each(:status)))
  and (:intent is null or k.intent in (select value from json_each(:intent)))
  and (:country is null or k.country in (select value from json_each(:country)))
  and (:search is null or k.text like :search escape '\' or k.key like :search escape '\')
  and (:is_disabled is null or k.is_disabled = :is_disabled)
  and (:volume_min is null or k.volume >= :volume_min) and (:volume_max is null or k.volume <= :volume_max)
  and (:difficulty_min is null or k.difficulty >= :difficulty_min)
  and (:difficulty_max is null or k.difficulty <= :difficulty_max)"
    };
}

pub(super) const SQL: ListSql = ListSql {
    sorted: SORTED,
    indexed: Some(Indexed {
        column: "volume",
        ascending: Segments { tied: SAME_VOLUME_UP, beyond: MORE_VOLUME },
        descending: Segments { tied: SAME_VOLUME_DOWN, beyond: LESS_VOLUME },
    }),
    count: COUNT,
};

pub(super) const LESS_VOLUME: &str = concat!(
    "select k.id as id, 0 as is_unknown, k.volume as k from keyword k indexed by keyword_by_volume
     where k.volume < :after_key and ",
    matching!(),
    " order by k.volume desc, k.id desc limit :limit"
);

pub(super) const MORE_VOLUME: &str = concat!(
    "select k.id as id, 0 as is_unknown, k.volume as k from keyword k indexed by keyword_by_volume
     where k.volume > :after_key and ",
    matching!(),
    " order by k.volume, k.id limit :limit"
);

pub(super) const SAME_VOLUME_DOWN: &str = concat!(
    "select k.id as id, k.volume is null as is_unknown, ifnull(k.volume, 0) as k from keyword k indexed by keyword_by_volume
     where k.volume is :after_key and k.id < :after_id and ",
    matching!(),
    " order by k.id desc limit :limit"
);

pub(super) const SAME_VOLUME_UP: &str = concat!(
    "select k.id as id, k.volume is null as is_unknown, ifnull(k.volume, 0) as k from keyword k indexed by keyword_by_volume
     where k.volume is :after_key and k.id > :after_id and ",
    matching!(),
    " order by k.id limit :limit"
);

pub(super) const SORTED: &str = concat!(
    "with hit as materialized (
  select k.id as id,
    case :sort when 'text' then k.key when 'difficulty' then k.difficulty when 'cpc' then k.cpc_nano
      when 'intent' then nullif(k.intent, '') when 'country' then nullif(k.country, '')
      when 'cluster' then (select lower(c.name) from cluster c where c.id = k.cluster_id)
      when 'sector' then (select lower(s.name) from sector s where s.id = k.sector_id)
      when 'status' then k.status when 'created_at' then k.created_at end as k
  from keyword k
  where ",
    matching!(),
    ")",
    page_of_hits!()
);

pub(super) const COUNT: &str = concat!("select count(*) from keyword k where ", matching!());

const FACETS: &str = r"
with hit as materialized (
  select k.status as status, k.intent as intent, k.country as country, k.sector_id as sector, k.cluster_id as cluster,
    (:status is null or k.status in (select value from json_each(:status))) as by_status,
    (:intent is null or k.intent in (select value from json_each(:intent))) as by_intent,
    (:country is null or k.country in (select value from json_each(:country))) as by_country,
    (:sector is null or k.sector_id = :sector) as by_sector,
    (:cluster is null or k.cluster_id = :cluster) as by_cluster
  from keyword k
  where k.site_id = :site and k.removed_at = 0
    and (:search is null or k.text like :search escape '\' or k.key like :search escape '\')
    and (:is_disabled is null or k.is_disabled = :is_disabled)
    and (:volume_min is null or k.volume >= :volume_min) and (:volume_max is null or k.volume <= :volume_max)
    and (:difficulty_min is null or k.difficulty >= :difficulty_min)
    and (:difficulty_max is null or k.difficulty <= :difficulty_max)
)
select 'status' as field, status as value, '' as label, count(*) as n
from hit where by_intent and by_country and by_sector and by_cluster group by status
union all select 'intent', intent, '', count(*)
from hit where by_status and by_country and by_sector and by_cluster group by intent
union all select 'country', country, '', count(*)
from hit where by_status and by_intent and by_sector and by_cluster group by country
union all select 'sector', cast(s.id as text), s.name, count(*)
from hit join sector s on s.id = hit.sector where by_status and by_intent and by_country and by_cluster group by s.id
union all select 'cluster', cast(c.id as text), c.name, count(*)
from hit join cluster c on c.id = hit.cluster where by_status and by_intent and by_country and by_sector group by c.id";
