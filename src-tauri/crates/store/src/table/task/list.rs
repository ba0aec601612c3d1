//! The list of tasks.

use super::{TaskRow, read_task};
use crate::table::facet::{Facet, facets};
use crate::table::list::{ListFilter, ListQuery, ListSql, Page, Selection, page, page_of_hits, selected, sort_columns};
use crate::{Read, StoreError};
use igny8_core::id::TaskId;
use igny8_core::status::TaskStatus;
use rusqlite::{Connection, params};

sort_columns! {
    /// What tasks can be sorted by.
    TaskSort, first by CreatedAt ascending {
        /// Working title.
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
        /// When it was queued first.
        CreatedAt = "created_at",
    }
}

impl Read<'_> {
    /// One page of tasks.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a filter, word or cursor the list does not have.
    pub fn task_page(&self, query: &ListQuery<TaskSort>) -> Result<Page<TaskRow>, StoreError> {
        page::<TaskStatus, _, _>(self.conn, &SQL, query, |ids| load(self.conn, ids))
    }

    /// The tasks an action is for, at most `max`.
    ///
    /// # Errors
    /// As [`Read::task_page`].
    pub fn task_ids(&self, selection: &Selection, max: usize) -> Result<Vec<TaskId>, StoreError> {
        selected::<TaskStatus, TaskSort, _>(self.conn, &SQL, selection, max, TaskId)
    }

    /// The values the list's filters can take: `status`, `content_type`, `content_structure`, `sector`, `cluster`.
    ///
    /// # Errors
    /// As [`Read::task_page`].
    pub fn task_facets(&self, filter: &ListFilter) -> Result<Vec<Facet>, StoreError> {
        let fields = ["status", "content_type", "content_structure", "sector", "cluster"];
        facets::<TaskStatus>(self.conn, FACETS, &fields, filter)
    }
}

/// Rows by a JSON list of ids, in its order.
pub(super) fn load(conn: &Connection, ids: &str) -> Result<Vec<TaskRow>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select t.id as id, t.site_id as site_id, t.sector_id as sector_id, s.name as sector_name,
           t.cluster_id as cluster_id, c.name as cluster_name, t.idea_id as idea_id, i.title as title,
           i.description as description, i.keywords as keywords, i.content_type as content_type,
           i.content_structure as content_structure, i.word_count_target as word_count_target, t.status as status,
           t.error_code as error_code, t.variation as variation, t.created_at as created_at, t.updated_at as updated_at
         from json_each(?1) wanted
         cross join task t on t.id = wanted.value
         join idea i on i.id = t.idea_id
         join sector s on s.id = t.sector_id
         left join cluster c on c.id = t.cluster_id
         where t.removed_at = 0
         order by wanted.key",
    )?;
    let rows = statement.query_map(params![ids], read_task)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which tasks a filter leaves.
macro_rules! matching {
    () => {
        r"t.site_id = :site and t.removed_at = 0
  and (:sector is null or t.sector_id = :sector)
  and (:cluster is null or t.cluster_id = :cluster)
  and (:status is null or t.status in (select value from json_each(:status)))
  and (:content_type is null or i.content_type in (select value from json_each(:content_type)))
  and (:content_structure is null or i.content_structure in (select value from json_each(:content_structure)))
  and (:search is null or i.title like :search escape '\')"
    };
}

const SQL: ListSql = ListSql { sorted: SORTED, indexed: None, count: COUNT };

const SORTED: &str = concat!(
    "with hit as materialized (
  select t.id as id,
    case :sort when 'title' then lower(i.title)
      when 'cluster' then (select lower(c.name) from cluster c where c.id = t.cluster_id)
      when 'sector' then (select lower(s.name) from sector s where s.id = t.sector_id)
      when 'content_type' then i.content_type when 'content_structure' then i.content_structure
      when 'word_count_target' then i.word_count_target when 'status' then t.status
      when 'created_at' then t.created_at end as k
  from task t join idea i on i.id = t.idea_id
  where ",
    matching!(),
    ")",
    page_of_hits!()
);

const COUNT: &str = concat!("select count(*) from task t join idea i on i.id = t.idea_id where ", matching!());

const FACETS: &str = r"
with hit as materialized (
  select t.status as status, i.content_type as content_type, i.content_structure as content_structure,
    t.sector_id as sector, t.cluster_id as cluster,
    (:status is null or t.status in (select value from json_each(:status))) as by_status,
    (:content_type is null or i.content_type in (select value from json_each(:content_type))) as by_type,
    (:content_structure is null
      or i.content_structure in (select value from json_each(:content_structure))) as by_structure,
    (:sector is null or t.sector_id = :sector) as by_sector,
    (:cluster is null or t.cluster_id = :cluster) as by_cluster
  from task t join idea i on i.id = t.idea_id
  where t.site_id = :site and t.removed_at = 0
    and (:search is null or i.title like :search escape '\')
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
from hit join cluster c on c.id = hit.cluster where by_status and by_type and by_structure and by_sector group by c.id";
