//! Clusters: groups of keywords one article can answer. A cluster is mapped while it has ideas. Removing one sets its
//! keywords free and remembers them, so that restoring it takes back those nobody has put elsewhere.

mod list;
#[cfg(test)]
mod tests;

pub use list::ClusterSort;

use super::column::{ids, instant, optional_word, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::function::input::{ClusterBrief, KeywordInput};
use igny8_core::id::{ClusterId, KeywordId, SectorId, SiteId};
use igny8_core::status::ClusterStatus;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// A cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterRow {
    /// Id.
    pub id: ClusterId,
    /// Its site.
    pub site: SiteId,
    /// Its sector.
    pub sector: SectorId,
    /// The sector's name.
    pub sector_name: String,
    /// Name, 1–200 characters, unique in its sector whatever the case.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Keywords in it.
    pub keyword_count: u32,
    /// Known monthly searches of its keywords together; `None` when none is known.
    pub volume: Option<i64>,
    /// Ideas from it.
    pub idea_count: u32,
    /// Articles from it.
    pub content_count: u32,
    /// New until it has ideas.
    pub status: ClusterStatus,
    /// Left out of ideas.
    pub is_disabled: bool,
    /// When it was made.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
}

impl Read<'_> {
    /// One cluster that is not removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for any other id.
    pub fn cluster(&self, id: ClusterId) -> Result<ClusterRow, StoreError> {
        self.clusters(&[id])?.pop().ok_or(StoreError::NotFound)
    }

    /// Clusters by id, in the order given; removed and unknown ones are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn clusters(&self, ids: &[ClusterId]) -> Result<Vec<ClusterRow>, StoreError> {
        list::load(self.conn, &to_json(ids)?)
    }

    /// Names of a sector's clusters, for joining one by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn cluster_names(&self, sector: SectorId) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select name from cluster where sector_id = ?1 and removed_at = 0 order by name, id")?;
        let rows = statement.query_map(params![sector.0], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What a model may know of clusters to find ideas for them, in the order given, each with at most `keywords_max`
    /// keywords, strongest first: those that no idea covers, or all when there are none such. Removed and unknown ones
    /// are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn cluster_briefs(&self, ids: &[ClusterId], keywords_max: u32) -> Result<Vec<ClusterBrief>, StoreError> {
        let brief = |cluster: ClusterRow| {
            Ok(ClusterBrief {
                id: cluster.id,
                name: cluster.name,
                description: cluster.description,
                keywords: self.keywords_for_ideas(cluster.id, keywords_max)?,
            })
        };
        self.clusters(ids)?.into_iter().map(brief).collect()
    }

    /// Keywords of a cluster that further ideas are wanted for, or all.
    fn keywords_for_ideas(&self, id: ClusterId, limit: u32) -> Result<Vec<KeywordInput>, StoreError> {
        let uncovered = ids(
            self.conn,
            "select id from keyword where cluster_id = ?1 and is_uncovered = 1 and is_disabled = 0 and removed_at = 0",
            params![id.0],
            KeywordId,
        )?;
        if uncovered.is_empty() {
            return self.cluster_keywords(id, limit);
        }
        let all = self.cluster_keywords(id, u32::MAX)?;
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(all.into_iter().filter(|keyword| uncovered.contains(&keyword.id)).take(most).collect())
    }

    /// A cluster's keywords as a model sees them, strongest first, disabled ones left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn cluster_keywords(&self, id: ClusterId, limit: u32) -> Result<Vec<KeywordInput>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, text, volume, difficulty, intent from keyword
             where cluster_id = ?1 and removed_at = 0 and is_disabled = 0
             order by volume is null, volume desc, id limit ?2",
        )?;
        let rows = statement.query_map(params![id.0, limit], |row| {
            Ok(KeywordInput {
                id: KeywordId(row.get("id")?),
                text: row.get("text")?,
                volume: row.get("volume")?,
                difficulty: row.get("difficulty")?,
                intent: optional_word(row, "intent")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Clusters waiting for ideas, most searched first: new, not disabled, with at least one keyword, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn new_clusters(&self, site: SiteId, limit: u32) -> Result<Vec<ClusterRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select c.id from cluster c join keyword k on k.cluster_id = c.id and k.removed_at = 0
             where c.site_id = ?1 and c.status = 'new' and c.is_disabled = 0 and c.removed_at = 0
             group by c.id order by coalesce(sum(k.volume), -1) desc, c.id limit ?2",
        )?;
        let rows = statement.query_map(params![site.0, limit], |row| row.get(0))?;
        let found = rows.collect::<Result<Vec<i64>, _>>()?;
        list::load(self.conn, &to_json(&found)?)
    }

    /// The sector of a cluster that is not removed.
    pub(crate) fn cluster_sector(&self, id: ClusterId) -> Result<SectorId, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select sector_id from cluster where id = ?1 and removed_at = 0")?;
        Ok(statement.query_row(params![id.0], |row| row.get(0).map(SectorId))?)
    }
}

impl Write<'_> {
    /// The cluster of this name in a sector, made when there is none. Answers its id and whether it was made. A joined
    /// cluster keeps its description unless it has none.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the name is empty or too long.
    pub fn cluster_add_or_join(
        &mut self,
        site: SiteId,
        sector: SectorId,
        name: &str,
        description: &str,
        now: UtcMs,
    ) -> Result<(ClusterId, bool), StoreError> {
        let there: Option<i64> = self
            .conn
            .prepare_cached(
                "select id from cluster where sector_id = ?1 and name = ?2 collate nocase and removed_at = 0",
            )?
            .query_row(params![sector.0, name], |row| row.get(0))
            .optional()?;
        self.touch(Topic::Clusters);
        if let Some(id) = there {
            self.conn
                .prepare_cached(
                    "update cluster set description = ?2, updated_at = ?3 where id = ?1 and description = ''",
                )?
                .execute(params![id, description, now.0])?;
            return Ok((ClusterId(id), false));
        }
        self.conn
            .prepare_cached(
                "insert into cluster (site_id, sector_id, name, description, created_at, updated_at)
                 values (?1, ?2, ?3, ?4, ?5, ?5)",
            )?
            .execute(params![site.0, sector.0, name, description, now.0])?;
        Ok((ClusterId(self.conn.last_insert_rowid()), true))
    }

    /// Renames a cluster and says what it is about.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed one, [`StoreError::Conflict`] when its sector has one of this
    /// name.
    pub fn cluster_update(
        &mut self,
        id: ClusterId,
        name: &str,
        description: &str,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update cluster set name = ?2, description = ?3, updated_at = ?4 where id = ?1 and removed_at = 0",
            )?
            .execute(params![id.0, name, description, now.0])?;
        self.touch_cluster_names();
        if changed == 1 { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Notes that new clusters have ideas; those without a single one, or with a keyword that came later and no idea covers,
    /// stay new. Answers which changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn cluster_mark_mapped(&mut self, clusters: &[ClusterId], now: UtcMs) -> Result<Vec<ClusterId>, StoreError> {
        let mapped = ids(
            self.conn,
            "update cluster set status = 'mapped', updated_at = ?2
             where id in (select value from json_each(?1)) and status = 'new' and removed_at = 0
               and exists (select 1 from idea i where i.cluster_id = cluster.id and i.removed_at = 0)
               and not exists (select 1 from keyword k where k.cluster_id = cluster.id and k.is_uncovered = 1
                 and k.is_disabled = 0 and k.removed_at = 0)
             returning id",
            params![to_json(clusters)?, now.0],
            ClusterId,
        )?;
        if !mapped.is_empty() {
            self.touch(Topic::Clusters);
        }
        Ok(mapped)
    }

    /// Makes clusters without a single idea new again.
    pub(crate) fn cluster_unmap_empty(&mut self, clusters: &[ClusterId], now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update cluster set status = 'new', updated_at = ?2
                 where id in (select value from json_each(?1)) and status = 'mapped'
                   and not exists (select 1 from idea i where i.cluster_id = cluster.id and i.removed_at = 0)",
            )?
            .execute(params![to_json(clusters)?, now.0])?;
        self.touch(Topic::Clusters);
        Ok(())
    }

    /// Leaves clusters out of idea-finding, or lets them in again. Answers which changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn cluster_set_disabled(
        &mut self,
        clusters: &[ClusterId],
        is_disabled: bool,
        now: UtcMs,
    ) -> Result<Vec<ClusterId>, StoreError> {
        let changed = ids(
            self.conn,
            "update cluster set is_disabled = ?2, updated_at = ?3
             where id in (select value from json_each(?1)) and is_disabled <> ?2 and removed_at = 0
             returning id",
            params![to_json(clusters)?, is_disabled, now.0],
            ClusterId,
        )?;
        if !changed.is_empty() {
            self.touch(Topic::Clusters);
        }
        Ok(changed)
    }

    /// Removes clusters; their keywords are new again. Ideas and articles stay and keep their origin. Answers which were
    /// removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn cluster_remove(&mut self, clusters: &[ClusterId], now: UtcMs) -> Result<Vec<ClusterId>, StoreError> {
        let removed = ids(
            self.conn,
            "update cluster set removed_at = ?2, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at = 0
             returning id",
            params![to_json(clusters)?, now.0],
            ClusterId,
        )?;
        if removed.is_empty() {
            return Ok(removed);
        }
        let gone = to_json(&removed)?;
        self.conn
            .prepare_cached(
                "insert or replace into cluster_leaver (keyword_id, cluster_id)
                 select id, cluster_id from keyword
                 where cluster_id in (select value from json_each(?1)) and removed_at = 0",
            )?
            .execute(params![gone])?;
        self.conn
            .prepare_cached(
                "update keyword set status = 'new', cluster_id = null, updated_at = ?2
                 where cluster_id in (select value from json_each(?1)) and removed_at = 0",
            )?
            .execute(params![gone, now.0])?;
        self.touch_cluster_names();
        Ok(removed)
    }

    /// Undoes [`Write::cluster_remove`]: the keywords that left with it and are still new come back. A cluster whose
    /// name was taken meanwhile stays removed. Answers which came back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn cluster_restore(&mut self, clusters: &[ClusterId], now: UtcMs) -> Result<Vec<ClusterId>, StoreError> {
        let restored = ids(
            self.conn,
            "update or ignore cluster set removed_at = 0, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at > 0
             returning id",
            params![to_json(clusters)?, now.0],
            ClusterId,
        )?;
        if restored.is_empty() {
            return Ok(restored);
        }
        let back = to_json(&restored)?;
        self.conn
            .prepare_cached(
                "update keyword set status = 'mapped', updated_at = ?2,
                   cluster_id = (select l.cluster_id from cluster_leaver l where l.keyword_id = keyword.id)
                 where status = 'new' and id in (
                   select l.keyword_id from cluster_leaver l where l.cluster_id in (select value from json_each(?1)))",
            )?
            .execute(params![back, now.0])?;
        self.conn
            .prepare_cached("delete from cluster_leaver where cluster_id in (select value from json_each(?1))")?
            .execute(params![back])?;
        // Ideas may have come and gone while it was away.
        self.cluster_unmap_empty(&restored, now)?;
        self.cluster_mark_mapped(&restored, now)?;
        self.touch_cluster_names();
        Ok(restored)
    }

    /// Every list of the plan shows the cluster's name.
    fn touch_cluster_names(&mut self) {
        for topic in [Topic::Clusters, Topic::Keywords, Topic::Ideas, Topic::Tasks, Topic::Contents] {
            self.touch(topic);
        }
    }
}

fn read_cluster(row: &Row<'_>) -> rusqlite::Result<ClusterRow> {
    Ok(ClusterRow {
        id: ClusterId(row.get("id")?),
        site: SiteId(row.get("site_id")?),
        sector: SectorId(row.get("sector_id")?),
        sector_name: row.get("sector_name")?,
        name: row.get("name")?,
        description: row.get("description")?,
        keyword_count: row.get("keyword_count")?,
        volume: row.get("volume")?,
        idea_count: row.get("idea_count")?,
        content_count: row.get("content_count")?,
        status: super::word(row, "status")?,
        is_disabled: row.get("is_disabled")?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
    })
}
