//! Ideas: titled briefs. An idea is new, queued once a task for it exists, completed once its article is written. That its
//! task failed is the task's to say: it is read with the idea and stored in one place.

mod list;
#[cfg(test)]
mod tests;

pub use list::IdeaSort;

use super::column::{change_each, ids, instant, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::id::{ClusterId, IdeaId, SectorId, SiteId, TaskId};
use igny8_core::status::{ContentStructure, ContentType, IdeaStatus};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{Row, params};

/// An idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaRow {
    /// Id.
    pub id: IdeaId,
    /// Its site.
    pub site: SiteId,
    /// Its sector.
    pub sector: SectorId,
    /// The sector's name.
    pub sector_name: String,
    /// Its cluster.
    pub cluster: Option<ClusterId>,
    /// The cluster's name.
    pub cluster_name: Option<String>,
    /// Working title, 1–200 characters.
    pub title: String,
    /// The brief.
    pub description: String,
    /// Phrases it answers.
    pub keywords: Vec<String>,
    /// Kind of page.
    pub content_type: ContentType,
    /// How it is built.
    pub content_structure: ContentStructure,
    /// Words to aim for, 100–10,000.
    pub word_count_target: u32,
    /// Where it is.
    pub status: IdeaStatus,
    /// The task it has.
    pub task: Option<TaskId>,
    /// Why its task failed, a code; empty otherwise.
    pub error_code: String,
    /// Left out of queueing and writing.
    pub is_disabled: bool,
    /// When it was made.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
}

/// An idea to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIdea {
    /// Its sector.
    pub sector: SectorId,
    /// Its cluster.
    pub cluster: Option<ClusterId>,
    /// Working title, 1–200 characters.
    pub title: String,
    /// The brief.
    pub description: String,
    /// Phrases it answers.
    pub keywords: Vec<String>,
    /// Kind of page.
    pub content_type: ContentType,
    /// How it is built.
    pub content_structure: ContentStructure,
    /// Words to aim for, 100–10,000.
    pub word_count_target: u32,
}

/// What a person may change of an idea.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdeaFields {
    /// Working title, 1–200 characters.
    pub title: String,
    /// The brief.
    pub description: String,
    /// How it is built.
    pub content_structure: ContentStructure,
    /// Words to aim for, 100–10,000.
    pub word_count_target: u32,
}

impl Read<'_> {
    /// Ideas by id, in the order given; removed and unknown ones are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ideas(&self, ids: &[IdeaId]) -> Result<Vec<IdeaRow>, StoreError> {
        list::load(self.conn, &to_json(ids)?)
    }

    /// Ideas waiting to be queued, oldest first: new, not disabled, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn new_ideas(&self, site: SiteId, limit: u32) -> Result<Vec<IdeaRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id from idea
             where site_id = ?1 and status = 'new' and is_disabled = 0 and removed_at = 0 order by id limit ?2",
        )?;
        let rows = statement.query_map(params![site.0, limit], |row| row.get(0))?;
        let found = rows.collect::<Result<Vec<i64>, _>>()?;
        list::load(self.conn, &to_json(&found)?)
    }

    /// Those of these ideas that [`Write::idea_queue`] would queue and that belong to the site, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn ideas_to_queue(&self, site: SiteId, ideas: &[IdeaId]) -> Result<Vec<IdeaId>, StoreError> {
        ids(
            self.conn,
            "select i.id from idea i
             where i.id in (select value from json_each(?2)) and i.site_id = ?1 and i.status = 'new'
               and i.is_disabled = 0 and i.removed_at = 0
               and not exists (select 1 from task t where t.idea_id = i.id and t.removed_at = 0)
             order by i.id",
            params![site.0, to_json(ideas)?],
            IdeaId,
        )
    }

    /// Titles of a site's ideas and articles, which a new idea must not repeat.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn idea_titles(&self, site: SiteId) -> Result<Vec<String>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select title from idea where site_id = ?1 and removed_at = 0
             union select title from content where site_id = ?1 and removed_at = 0 order by title",
        )?;
        let rows = statement.query_map(params![site.0], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Clusters of ideas, removed or not, each once.
    fn clusters_of_ideas(&self, ideas: &[IdeaId]) -> Result<Vec<ClusterId>, StoreError> {
        ids(
            self.conn,
            "select distinct cluster_id from idea
             where id in (select value from json_each(?1)) and cluster_id is not null",
            params![to_json(ideas)?],
            ClusterId,
        )
    }
}

impl Write<'_> {
    /// Adds ideas. Their clusters become mapped by [`Write::cluster_mark_mapped`].
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a value breaks a rule of the schema; then none is added.
    pub fn idea_add_batch(&mut self, site: SiteId, ideas: &[NewIdea], now: UtcMs) -> Result<Vec<IdeaId>, StoreError> {
        let mut insert = self.conn.prepare_cached(
            "insert into idea (site_id, sector_id, cluster_id, title, description, keywords, content_type,
               content_structure, word_count_target, created_at, updated_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)",
        )?;
        let mut added = Vec::with_capacity(ideas.len());
        for idea in ideas {
            added.push(IdeaId(insert.insert(params![
                site.0,
                idea.sector.0,
                idea.cluster.map(|id| id.0),
                idea.title,
                idea.description,
                to_json(&idea.keywords)?,
                idea.content_type.as_str(),
                idea.content_structure.as_str(),
                idea.word_count_target,
                now.0,
            ])?));
        }
        drop(insert);
        if !added.is_empty() {
            self.touch(Topic::Ideas);
            self.touch(Topic::Clusters);
        }
        Ok(added)
    }

    /// Changes an idea that is not written yet.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed one, [`StoreError::WrongState`] for a completed one,
    /// [`StoreError::Conflict`] when a value breaks a rule.
    pub fn idea_update(&mut self, id: IdeaId, fields: &IdeaFields, now: UtcMs) -> Result<(), StoreError> {
        let changed = self
            .conn
            .prepare_cached(
                "update idea set title = ?2, description = ?3, content_structure = ?4, word_count_target = ?5,
                   updated_at = ?6
                 where id = ?1 and status in ('new', 'queued') and removed_at = 0",
            )?
            .execute(params![
                id.0,
                fields.title,
                fields.description,
                fields.content_structure.as_str(),
                fields.word_count_target,
                now.0,
            ])?;
        if changed == 0 {
            let is_there = !self.ideas(&[id])?.is_empty();
            return Err(if is_there { StoreError::WrongState("idea") } else { StoreError::NotFound });
        }
        // What failed was asked for in other words.
        self.conn
            .prepare_cached("update task set failures = 0 where idea_id = ?1 and removed_at = 0")?
            .execute(params![id.0])?;
        self.touch(Topic::Ideas);
        self.touch(Topic::Tasks);
        Ok(())
    }

    /// Queues new ideas to be written: each gets its task. Disabled ideas and ideas with a task are passed over. Answers
    /// the tasks made.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn idea_queue(&mut self, ideas: &[IdeaId], now: UtcMs) -> Result<Vec<TaskId>, StoreError> {
        let tasks = ids(
            self.conn,
            "insert into task (site_id, sector_id, cluster_id, idea_id, created_at, updated_at)
             select i.site_id, i.sector_id, i.cluster_id, i.id, ?2, ?2 from idea i
             where i.id in (select value from json_each(?1)) and i.status = 'new' and i.is_disabled = 0
               and i.removed_at = 0
               and not exists (select 1 from task t where t.idea_id = i.id and t.removed_at = 0)
             order by i.id
             returning id",
            params![to_json(ideas)?, now.0],
            TaskId,
        )?;
        self.conn
            .prepare_cached(
                "update idea set status = 'queued', updated_at = ?2
                 where status = 'new'
                   and id in (select idea_id from task where id in (select value from json_each(?1)))",
            )?
            .execute(params![to_json(&tasks)?, now.0])?;
        if !tasks.is_empty() {
            self.touch(Topic::Ideas);
            self.touch(Topic::Tasks);
        }
        Ok(tasks)
    }

    /// Notes that the articles of queued ideas are written. Answers which changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn idea_complete(&mut self, ideas: &[IdeaId], now: UtcMs) -> Result<Vec<IdeaId>, StoreError> {
        let completed = change_each(
            self.conn,
            "update idea set status = 'completed', updated_at = ?2
             where id = ?1 and status = 'queued' and removed_at = 0",
            ideas,
            |idea| idea.0,
            now,
        )?;
        if !completed.is_empty() {
            self.touch(Topic::Ideas);
        }
        Ok(completed)
    }

    /// Removes ideas with their tasks; articles stay. A cluster that loses its last idea is new again. Answers which
    /// were removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn idea_remove(&mut self, ideas: &[IdeaId], now: UtcMs) -> Result<Vec<IdeaId>, StoreError> {
        let removed = ids(
            self.conn,
            "update idea set removed_at = ?2, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at = 0
             returning id",
            params![to_json(ideas)?, now.0],
            IdeaId,
        )?;
        if removed.is_empty() {
            return Ok(removed);
        }
        self.conn
            .prepare_cached(
                "update task set removed_at = ?2, updated_at = ?2
                 where idea_id in (select value from json_each(?1)) and removed_at = 0",
            )?
            .execute(params![to_json(&removed)?, now.0])?;
        let clusters = self.clusters_of_ideas(&removed)?;
        self.cluster_unmap_empty(&clusters, now)?;
        self.touch(Topic::Ideas);
        self.touch(Topic::Tasks);
        Ok(removed)
    }

    /// Undoes [`Write::idea_remove`]: the task that went with an idea comes back with it. Answers which came back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn idea_restore(&mut self, ideas: &[IdeaId], now: UtcMs) -> Result<Vec<IdeaId>, StoreError> {
        // While both still say when they went: a task removed with its idea has the same instant.
        self.conn
            .prepare_cached(
                "update or ignore task set removed_at = 0, updated_at = ?2
                 where idea_id in (select value from json_each(?1)) and removed_at > 0
                   and removed_at = (select i.removed_at from idea i where i.id = task.idea_id)",
            )?
            .execute(params![to_json(ideas)?, now.0])?;
        let restored = ids(
            self.conn,
            "update idea set removed_at = 0, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at > 0
             returning id",
            params![to_json(ideas)?, now.0],
            IdeaId,
        )?;
        if restored.is_empty() {
            return Ok(restored);
        }
        let clusters = self.clusters_of_ideas(&restored)?;
        self.cluster_mark_mapped(&clusters, now)?;
        self.touch(Topic::Ideas);
        self.touch(Topic::Tasks);
        Ok(restored)
    }
}

fn read_idea(row: &Row<'_>) -> rusqlite::Result<IdeaRow> {
    let (cluster, task): (Option<i64>, Option<i64>) = (row.get("cluster_id")?, row.get("task_id")?);
    Ok(IdeaRow {
        id: IdeaId(row.get("id")?),
        site: SiteId(row.get("site_id")?),
        sector: SectorId(row.get("sector_id")?),
        sector_name: row.get("sector_name")?,
        cluster: cluster.map(ClusterId),
        cluster_name: row.get("cluster_name")?,
        title: row.get("title")?,
        description: row.get("description")?,
        keywords: super::json(row, "keywords")?,
        content_type: super::word(row, "content_type")?,
        content_structure: super::word(row, "content_structure")?,
        word_count_target: row.get("word_count_target")?,
        status: super::word(row, "status")?,
        task: task.map(TaskId),
        error_code: row.get("error_code")?,
        is_disabled: row.get("is_disabled")?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
    })
}
