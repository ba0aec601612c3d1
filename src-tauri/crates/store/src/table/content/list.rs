//! The list of articles.

use super::{ContentRow, read_content};
use crate::table::facet::{Facet, facets};
use crate::table::list::{ListFilter, ListQuery, ListSql, Page, Selection, page, page_of_hits, selected, sort_columns};
use crate::{Read, StoreError};
use igny8_core::id::ContentId;
use igny8_core::status::ContentStatus;
use rusqlite::{Connection, params};

sort_columns! {
    /// What articles can be sorted by.
    ContentSort, first by CreatedAt descending {
        /// Title.
        Title = "title",
        /// Cluster name.
        Cluster = "cluster",
        /// Sector name.
        Sector = "sector",
        /// Kind of page.
        ContentType = "content_type",
        /// How it is built.
        ContentStructure = "content_structure",
        /// Words.
        WordCount = "word_count",
        /// Editorial state.
        Status = "status",
        /// Delivery state.
        Delivery = "delivery",
        /// Image slots.
        ImagesTotal = "images_total",
        /// Slots with a picture.
        ImagesGenerated = "images_generated",
        /// When it goes out.
        ScheduledPublishAt = "scheduled_publish_at",
        /// When it went out.
        PublishedAt = "published_at",
        /// When it was written.
        CreatedAt = "created_at",
        /// When it was last changed.
        UpdatedAt = "updated_at",
    }
}

impl Read<'_> {
    /// One page of articles.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a filter, word or cursor the list does not have.
    pub fn content_page(&self, query: &ListQuery<ContentSort>) -> Result<Page<ContentRow>, StoreError> {
        page::<ContentStatus, _, _>(self.conn, &SQL, query, |ids| load(self.conn, ids))
    }

    /// The articles an action is for, at most `max`.
    ///
    /// # Errors
    /// As [`Read::content_page`].
    pub fn content_ids(&self, selection: &Selection, max: usize) -> Result<Vec<ContentId>, StoreError> {
        selected::<ContentStatus, ContentSort, _>(self.conn, &SQL, selection, max, ContentId)
    }

    /// The values the list's filters can take: `status`, `delivery`, `content_type`, `content_structure`, `sector`,
    /// `cluster`.
    ///
    /// # Errors
    /// As [`Read::content_page`].
    pub fn content_facets(&self, filter: &ListFilter) -> Result<Vec<Facet>, StoreError> {
        let fields = ["status", "delivery", "content_type", "content_structure", "sector", "cluster"];
        facets::<ContentStatus>(self.conn, FACETS, &fields, filter)
    }
}

/// Rows by a JSON list of ids, in its order.
pub(super) fn load(conn: &Connection, ids: &str) -> Result<Vec<ContentRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select a.id as id, a.site_id as site_id, a.sector_id as sector_id, s.name as sector_name,
           a.cluster_id as cluster_id, c.name as cluster_name, a.task_id as task_id, a.title as title, a.slug as slug,
           a.excerpt as excerpt, a.meta_title as meta_title, a.meta_description as meta_description,
           a.primary_keyword as primary_keyword, a.secondary_keywords as secondary_keywords, a.tags as tags,
           a.categories as categories, a.internal_links as internal_links, a.content_type as content_type,
           a.content_structure as content_structure, a.is_outline as is_outline, a.word_count as word_count,
           a.version as version, a.status as status, a.delivery as delivery,
           a.scheduled_publish_at as scheduled_publish_at, a.handed_for as handed_for, a.missed_at as missed_at,
           a.scheduled_wall <> '' as is_time_chosen_here,
           a.published_at as published_at,
           a.external_id as external_id, a.external_url as external_url,
           (select count(*) from image i where i.content_id = a.id and i.removed_at = 0) as images_total,
           (select count(*) from image i
            where i.content_id = a.id and i.removed_at = 0 and i.status = 'generated') as images_generated,
           (select count(*) from image i
            where i.content_id = a.id and i.removed_at = 0 and i.status = 'failed') as images_failed,
           a.created_at as created_at, a.updated_at as updated_at,
           (a.delivery = 'published' and (a.updated_at > a.published_at or exists (select 1 from image i
            where i.content_id = a.id and i.removed_at = 0 and i.updated_at > a.published_at)))
             or (a.delivery = 'scheduled' and a.handed_for > 0 and (a.updated_at > a.handed_at or exists (select 1
               from image i where i.content_id = a.id and i.removed_at = 0 and i.updated_at > a.handed_at))) as is_behind,
           a.is_imported as is_imported
         from json_each(?1) wanted
         cross join content a on a.id = wanted.value
         join sector s on s.id = a.sector_id
         left join cluster c on c.id = a.cluster_id
         where a.removed_at = 0
         order by wanted.key",
    )?;
    let rows = statement.query_map(params![ids], read_content)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which articles a filter leaves.
macro_rules! matching {
    () => {
        r"a.site_id = :site and a.removed_at = 0 and a.is_imported = 0
  and (:sector is null or a.sector_id = :sector)
  and (:cluster is null or a.cluster_id = :cluster)
  and (:status is null or a.status in (select value from json_each(:status)))
  and (:delivery is null or a.delivery in (select value from json_each(:delivery)))
  and (:content_type is null or a.content_type in (select value from json_each(:content_type)))
  and (:content_structure is null or a.content_structure in (select value from json_each(:content_structure)))
  and (:search is null or a.title like :search escape '\')"
    };
}

const SQL: ListSql = ListSql { sorted: SORTED, indexed: None, count: COUNT };

const SORTED: &str = concat!(
    "with hit as materialized (
  select a.id as id,
    case :sort when 'title' then lower(a.title)
      when 'cluster' then (select lower(c.name) from cluster c where c.id = a.cluster_id)
      when 'sector' then (select lower(s.name) from sector s where s.id = a.sector_id)
      when 'content_type' then a.content_type when 'content_structure' then a.content_structure
      when 'word_count' then a.word_count when 'status' then a.status when 'delivery' then a.delivery
      when 'images_total' then (select count(*) from image i where i.content_id = a.id and i.removed_at = 0)
      when 'images_generated' then (select count(*) from image i
        where i.content_id = a.id and i.removed_at = 0 and i.status = 'generated')
      when 'scheduled_publish_at' then nullif(a.scheduled_publish_at, 0)
      when 'published_at' then nullif(a.published_at, 0)
      when 'created_at' then a.created_at when 'updated_at' then a.updated_at end as k
  from content a
  where ",
    matching!(),
    ")",
    page_of_hits!()
);

const COUNT: &str = concat!("select count(*) from content a where ", matching!());

const FACETS: &str = r"
with hit as materialized (
  select a.status as status, a.delivery as delivery, a.content_type as content_type,
    a.content_structure as content_structure, a.sector_id as sector, a.cluster_id as cluster,
    (:status is null or a.status in (select value from json_each(:status))) as by_status,
    (:delivery is null or a.delivery in (select value from json_each(:delivery))) as by_delivery,
    (:content_type is null or a.content_type in (select value from json_each(:content_type))) as by_type,
    (:content_structure is null
      or a.content_structure in (select value from json_each(:content_structure))) as by_structure,
    (:sector is null or a.sector_id = :sector) as by_sector,
    (:cluster is null or a.cluster_id = :cluster) as by_cluster
  from content a
  where a.site_id = :site and a.removed_at = 0 and a.is_imported = 0
    and (:search is null or a.title like :search escape '\')
)
select 'status' as field, status as value, '' as label, count(*) as n
from hit where by_delivery and by_type and by_structure and by_sector and by_cluster group by status
union all select 'delivery', delivery, '', count(*)
from hit where by_status and by_type and by_structure and by_sector and by_cluster group by delivery
union all select 'content_type', content_type, '', count(*)
from hit where by_status and by_delivery and by_structure and by_sector and by_cluster group by content_type
union all select 'content_structure', content_structure, '', count(*)
from hit where by_status and by_delivery and by_type and by_sector and by_cluster group by content_structure
union all select 'sector', cast(s.id as text), s.name, count(*)
from hit join sector s on s.id = hit.sector
where by_status and by_delivery and by_type and by_structure and by_cluster group by s.id
union all select 'cluster', cast(c.id as text), c.name, count(*)
from hit join cluster c on c.id = hit.cluster
where by_status and by_delivery and by_type and by_structure and by_sector group by c.id";
