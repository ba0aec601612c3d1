//! The list of ideas.

use super::{IdeaRow, read_idea};
use crate::table::facet::{Facet, facets};
use crate::table::list::{ListFilter, ListQuery, ListSql, Page, Selection, page, page_of_hits, selected, sort_columns};
use crate::{Read, StoreError};
use igny8_core::id::IdeaId;
use igny8_core::status::IdeaStatus;
use rusqlite::{Connection, params};

sort_columns! {
    /// What ideas can be sorted by.
    IdeaSort, first by CreatedAt descending {
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
        /// Words to aim for.
        WordCountTarget = "word_count_target",
        /// Status.
        Status = "status",
        /// When it was made.
        CreatedAt = "created_at",
    }
}

impl Read<'_> {
    /// One page of ideas.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a filter, word or cursor the list does not have.
    pub fn idea_page(&self, query: &ListQuery<IdeaSort>) -> Result<Page<IdeaRow>, StoreError> {
        page::<IdeaStatus, _, _>(self.conn, &SQL, query, |ids| load(self.conn, ids))
    }

    /// The ideas an action is for, at most `max`.
    ///
    /// # Errors
    /// As [`Read::idea_page`].
    pub fn idea_ids(&self, selection: &Selection, max: usize) -> Result<Vec<IdeaId>, StoreError> {
        selected::<IdeaStatus, IdeaSort, _>(self.conn, &SQL, selection, max, IdeaId)
    }

    /// The values the list's filters can take: `status`, `content_type`, `content_structure`, `sector`, `cluster`.
    ///
    /// # Errors
    /// As [`Read::idea_page`].
    pub fn idea_facets(&self, filter: &ListFilter) -> Result<Vec<Facet>, StoreError> {
        let fields = ["status", "content_type", "content_structure", "sector", "cluster"];
        facets::<IdeaStatus>(self.conn, FACETS, &fields, filter)
    }
}

/// Rows by a JSON list of ids, in its order.
pub(super) fn load(conn: &Connection, ids: &str) -> Result<Vec<IdeaRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select i.id as id, i.site_id as site_id, i.sector_id as sector_id, s.name as sector_name,
           i.cluster_id as cluster_id, c.name as cluster_name, i.title as title, i.description as description,
           i.keywords as keywords, i.content_type as content_type, i.content_structure as content_structure,
           i.word_count_target as word_count_target, i.is_disabled as is_disabled,
           i.created_at as created_at, i.updated_at as updated_at, t.id as task_id,
           case when i.status = 'queued' and t.status = 'failed' then 'failed' else i.status end as status,
           case t.status when 'failed' then t.error_code else '' end as error_code
         from json_each(?1) wanted
         cross join idea i on i.id = wanted.value
         join sector s on s.id = i.sector_id
         left join cluster c on c.id = i.cluster_id
         left join task t on t.idea_id = i.id and t.removed_at = 0
         where i.removed_at = 0
         order by wanted.key",
    )?;
    let rows = statement.query_map(params![ids], read_idea)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Where an idea is, which its task knows when it failed.
macro_rules! status {
    () => {
        "case when i.status = 'queued' and exists (select 1 from task t
    where t.idea_id = i.id and t.removed_at = 0 and t.status = 'failed') then 'failed' else i.status end"
    };
}

/// Which ideas a filter leaves.
macro_rules! matching {
    () => {
        concat!(
            "i.site_id = :site and i.removed_at = 0
  and (:sector is null or i.sector_id = :sector)
  and (:cluster is null or i.cluster_id = :cluster)
  and (:status is null or ",
            status!(),
            r" in (select value from json_each(:status)))
  and (:content_type is null or i.content_type in (select value from json_each(:content_type)))
  and (:content_structure is null or i.content_structure in (select value from json_each(:content_structure)))
  and (:search is null or i.title like :search escape '\')
  and (:is_disabled is null or i.is_disabled = :is_disabled)"
        )
    };
}

const SQL: ListSql = ListSql { sorted: SORTED, indexed: None, count: COUNT };

const SORTED: &str = concat!(
    "with hit as materialized (
  select i.id as id,
    case :sort when 'title' then lower(i.title)
      when 'cluster' then (select lower(c.name) from cluster c where c.id = i.cluster_id)
      when 'sector' then (select lower(s.name) from sector s where s.id = i.sector_id)
      when 'content_type' then i.content_type when 'content_structure' then i.content_structure
      when 'word_count_target' then i.word_count_target when 'created_at' then i.created_at
      when 'status' then ",
    status!(),
    " end as k
  from idea i
  where ",
    matching!(),
    ")",
    page_of_hits!()
);

const COUNT: &str = concat!("select count(*) from idea i where ", matching!());

const FACETS: &str = concat!(
    "with hit as materialized (
  select ",
    status!(),
    " as status, i.content_type as content_type, i.content_structure as content_structure,
    i.sector_id as sector, i.cluster_id as cluster,
    (:status is null or ",
    status!(),
    r" in (select value from json_each(:status))) as by_status,
    (:content_type is null or i.content_type in (select value from json_each(:content_type))) as by_type,
    (:content_structure is null
      or i.content_structure in (select value from json_each(:content_structure))) as by_structure,
    (:sector is null or i.sector_id = :sector) as by_sector,
    (:cluster is null or i.cluster_id = :cluster) as by_cluster
  from idea i
  where i.site_id = :site and i.removed_at = 0
    and (:search is null or i.title like :search escape '\')
    and (:is_disabled is null or i.is_disabled = :is_disabled)
)
select 'status' as field, status as value, '' as label, count(*) as n
from hit where by_type and by_structure and by_sector and by_cluster group by status
union all select 'content_type', content_type, '', count(*)
from hit where by_status and by_structure and by_sector and by_cluster group by content_type
union all select 'content_structure', content_structure, '', count(*)
from hit where by_status and by_type and by_sector and by_cluster group by content_structure
union all select 'sector', cast(s.id as text), s.name, count(*)
from hit join sector s on s.id = hit.sector where by_status and by_type and by_structure and by_cluster group by s.id
union all select 'cluster', cast(c.id as text), c.name, count(*)
from hit join cluster c on c.id = hit.cluster where by_status and by_type and by_structure and by_sector group by c.id"
);
