//! The list of images: one row for each article that has any, with all of them.

use super::{ImageRow, read_image};
use crate::table::column::instant;
use crate::table::facet::{Facet, facets};
use crate::table::list::{ListFilter, ListQuery, ListSql, Page, page, page_of_hits, sort_columns};
use crate::{Read, StoreError};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::status::{ContentStatus, ImageStatus};
use igny8_core::time::UtcMs;
use rusqlite::{Connection, Row, params};

/// An article with its images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageSetRow {
    /// The article.
    pub content: ContentId,
    /// Its site.
    pub site: SiteId,
    /// Its title.
    pub title: String,
    /// Its editorial state.
    pub status: ContentStatus,
    /// Its images, featured first.
    pub images: Vec<ImageRow>,
    /// When the article was last changed.
    pub updated_at: UtcMs,
}

sort_columns! {
    /// What articles with images can be sorted by.
    ImageSetSort, first by CreatedAt descending {
        /// Title of the article.
        Title = "title",
        /// Editorial state of the article.
        Status = "status",
        /// How many images.
        Images = "images",
        /// How many have a picture.
        ImagesGenerated = "images_generated",
        /// When the article was written.
        CreatedAt = "created_at",
        /// When the article was last changed.
        UpdatedAt = "updated_at",
    }
}

impl Read<'_> {
    /// One page of articles with their images. The status filter is that of images: an article is shown when one of its
    /// images has it, and then with all of them.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a filter, word or cursor the list does not have.
    pub fn image_set_page(&self, query: &ListQuery<ImageSetSort>) -> Result<Page<ImageSetRow>, StoreError> {
        page::<ImageStatus, _, _>(self.conn, &SQL, query, |ids| load_sets(self.conn, ids))
    }

    /// The values the list's filters can take, counted in articles: `status`, `sector`, `cluster`.
    ///
    /// # Errors
    /// As [`Read::image_set_page`].
    pub fn image_set_facets(&self, filter: &ListFilter) -> Result<Vec<Facet>, StoreError> {
        facets::<ImageStatus>(self.conn, FACETS, &["status", "sector", "cluster"], filter)
    }
}

/// Images by a JSON list of their ids, in its order.
pub(super) fn load_images(conn: &Connection, ids: &str) -> Result<Vec<ImageRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select i.id as id, i.site_id as site_id, i.content_id as content_id, a.title as content_title,
           coalesce(nullif(a.primary_keyword, ''), c.name, '') as label, i.image_type as image_type,
           i.position as position, i.heading as heading, i.prompt as prompt, i.alt as alt, i.alt_origin as alt_origin, i.status as status,
           i.error_code as error_code, i.media_hash as media_hash, i.media_type as media_type, i.width as width,
           i.height as height, i.bytes as bytes, i.variation as variation, i.model_id as model_id,
           i.made_from as made_from, i.seed as seed, (select u.cost_nano from usage_log u where u.id = i.usage_id) as cost_nano,
           i.created_at as created_at, i.updated_at as updated_at
         from json_each(?1) wanted
         cross join image i on i.id = wanted.value
         join content a on a.id = i.content_id
         left join cluster c on c.id = a.cluster_id
         where i.removed_at = 0
         order by wanted.key",
    )?;
    let rows = statement.query_map(params![ids], read_image)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Images by a JSON list of their articles' ids, article by article, featured first.
pub(super) fn load_images_of(conn: &Connection, contents: &str) -> Result<Vec<ImageRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select i.id as id, i.site_id as site_id, i.content_id as content_id, a.title as content_title,
           coalesce(nullif(a.primary_keyword, ''), c.name, '') as label, i.image_type as image_type,
           i.position as position, i.heading as heading, i.prompt as prompt, i.alt as alt, i.alt_origin as alt_origin, i.status as status,
           i.error_code as error_code, i.media_hash as media_hash, i.media_type as media_type, i.width as width,
           i.height as height, i.bytes as bytes, i.variation as variation, i.model_id as model_id,
           i.made_from as made_from, i.seed as seed, (select u.cost_nano from usage_log u where u.id = i.usage_id) as cost_nano,
           i.created_at as created_at, i.updated_at as updated_at
         from json_each(?1) wanted
         cross join image i on i.content_id = wanted.value
         join content a on a.id = i.content_id
         left join cluster c on c.id = a.cluster_id
         where i.removed_at = 0
         order by wanted.key, i.position",
    )?;
    let rows = statement.query_map(params![contents], read_image)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn load_sets(conn: &Connection, contents: &str) -> Result<Vec<ImageSetRow>, StoreError> {
    let mut images = load_images_of(conn, contents)?;
    let mut statement = conn.prepare_cached(
        "select a.id as id, a.site_id as site_id, a.title as title, a.status as status, a.updated_at as updated_at
         from json_each(?1) wanted
         cross join content a on a.id = wanted.value
         where a.removed_at = 0
         order by wanted.key",
    )?;
    let rows = statement.query_map(params![contents], read_set)?;
    let mut sets = rows.collect::<Result<Vec<_>, _>>()?;
    for set in &mut sets {
        let (own, others) = images.into_iter().partition(|image| image.content == set.content);
        set.images = own;
        images = others;
    }
    Ok(sets)
}

fn read_set(row: &Row<'_>) -> rusqlite::Result<ImageSetRow> {
    Ok(ImageSetRow {
        content: ContentId(row.get("id")?),
        site: SiteId(row.get("site_id")?),
        title: row.get("title")?,
        status: crate::table::word(row, "status")?,
        images: Vec::new(),
        updated_at: instant(row, "updated_at")?,
    })
}

/// Which articles a filter leaves.
macro_rules! matching {
    () => {
        r"a.site_id = :site and a.removed_at = 0
  and (:content is null or a.id = :content)
  and (:sector is null or a.sector_id = :sector)
  and (:cluster is null or a.cluster_id = :cluster)
  and exists (select 1 from image i where i.content_id = a.id and i.removed_at = 0
    and (:status is null or i.status in (select value from json_each(:status))))
  and (:search is null or a.title like :search escape '\')"
    };
}

const SQL: ListSql = ListSql { sorted: SORTED, indexed: None, count: COUNT };

const SORTED: &str = concat!(
    "with hit as materialized (
  select a.id as id,
    case :sort when 'title' then lower(a.title) when 'status' then a.status
      when 'images' then (select count(*) from image i where i.content_id = a.id and i.removed_at = 0)
      when 'images_generated' then (select count(*) from image i
        where i.content_id = a.id and i.removed_at = 0 and i.status = 'generated')
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
  select a.id as id, a.sector_id as sector, a.cluster_id as cluster,
    exists (select 1 from image i where i.content_id = a.id and i.removed_at = 0
      and (:status is null or i.status in (select value from json_each(:status)))) as by_status,
    (:sector is null or a.sector_id = :sector) as by_sector,
    (:cluster is null or a.cluster_id = :cluster) as by_cluster
  from content a
  where a.site_id = :site and a.removed_at = 0
    and (:content is null or a.id = :content)
    and (:search is null or a.title like :search escape '\')
)
select 'status' as field, i.status as value, '' as label, count(distinct hit.id) as n
from hit join image i on i.content_id = hit.id and i.removed_at = 0 where by_sector and by_cluster group by i.status
union all select 'sector', cast(s.id as text), s.name, count(*)
from hit join sector s on s.id = hit.sector where by_status and by_cluster group by s.id
union all select 'cluster', cast(c.id as text), c.name, count(*)
from hit join cluster c on c.id = hit.cluster where by_status and by_sector group by c.id";
