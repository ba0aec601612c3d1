//! Tasks: ideas queued to be written. A task is queued, then completed or failed. Trying again after a failure repeats
//! the same request; wishing for another text is a new variation, so that the two are told apart when paid answers are
//! reused.

mod list;
#[cfg(test)]
mod tests;

pub use list::TaskSort;

use super::column::{change_each, ids, instant, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::function::input::KeywordInput;
use igny8_core::id::{ClusterId, ContentId, IdeaId, SectorId, SiteId, TaskId};
use igny8_core::status::{ContentStructure, ContentType, TaskStatus};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// A task with what its idea says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// Id.
    pub id: TaskId,
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
    /// Its idea.
    pub idea: IdeaId,
    /// Working title.
    pub title: String,
    /// The brief.
    pub description: String,
    /// Phrases the article answers.
    pub keywords: Vec<String>,
    /// Kind of page.
    pub content_type: ContentType,
    /// How it is built.
    pub content_structure: ContentStructure,
    /// Words to aim for, 100–10,000.
    pub word_count_target: u32,
    /// Where it is.
    pub status: TaskStatus,
    /// Why the last attempt failed, a code; empty otherwise.
    pub error_code: String,
    /// Wished-for rewritings so far.
    pub variation: u32,
    /// When it was queued first.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
}

/// A task with all that a writer needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskBrief {
    /// The task.
    pub task: TaskRow,
    /// Keywords of its cluster, strongest first.
    pub cluster_keywords: Vec<KeywordInput>,
}

impl Read<'_> {
    /// A task that is not removed, with its cluster's `keywords_max` strongest keywords.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for any other id.
    pub fn task_brief(&self, id: TaskId, keywords_max: u32) -> Result<TaskBrief, StoreError> {
        let task = self.tasks(&[id])?.pop().ok_or(StoreError::NotFound)?;
        let cluster_keywords = match task.cluster {
            Some(cluster) if keywords_max > 0 => self.cluster_keywords(cluster, keywords_max)?,
            Some(_) | None => Vec::new(),
        };
        Ok(TaskBrief { task, cluster_keywords })
    }

    /// Tasks by id, in the order given; removed and unknown ones are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tasks(&self, ids: &[TaskId]) -> Result<Vec<TaskRow>, StoreError> {
        list::load(self.conn, &to_json(ids)?)
    }

    /// Tasks waiting to be written, oldest first, at most `limit`. Those of disabled ideas wait outside.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queued_tasks(&self, site: SiteId, limit: u32) -> Result<Vec<TaskRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select t.id from task t join idea i on i.id = t.idea_id
             where t.site_id = ?1 and t.status = 'queued' and t.removed_at = 0 and i.is_disabled = 0
             order by t.id limit ?2",
        )?;
        let rows = statement.query_map(params![site.0, limit], |row| row.get(0))?;
        let found = rows.collect::<Result<Vec<i64>, _>>()?;
        list::load(self.conn, &to_json(&found)?)
    }

    /// Tasks of these ideas that wait to be written and belong to the site, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn queued_tasks_of(&self, site: SiteId, ideas: &[IdeaId]) -> Result<Vec<TaskId>, StoreError> {
        ids(
            self.conn,
            "select t.id from task t join idea i on i.id = t.idea_id
             where t.idea_id in (select value from json_each(?2)) and t.site_id = ?1 and t.status = 'queued'
               and t.removed_at = 0 and i.is_disabled = 0
             order by t.id",
            params![site.0, to_json(ideas)?],
            TaskId,
        )
    }

    /// Tasks whose last attempt failed, oldest first, at most `limit`: all, or those that have failed less than
    /// `failures_max` times in a row for a cause that may be their own. Those of disabled ideas wait outside.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn failed_tasks(&self, site: SiteId, failures_max: Option<u32>, limit: u32) -> Result<Vec<TaskId>, StoreError> {
        ids(
            self.conn,
            "select t.id from task t join idea i on i.id = t.idea_id
             where t.site_id = ?1 and t.status = 'failed' and t.removed_at = 0 and i.is_disabled = 0
               and (?2 is null or t.failures < ?2)
             order by t.id limit ?3",
            params![site.0, failures_max, limit],
            TaskId,
        )
    }

    /// Tasks of these articles of the site that can be written anew: written or failed, and not of an approved article,
    /// whose text is not replaced. Oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tasks_to_rewrite(&self, site: SiteId, contents: &[ContentId]) -> Result<Vec<TaskId>, StoreError> {
        ids(
            self.conn,
            "select t.id from content c join task t on t.id = c.task_id
             where c.id in (select value from json_each(?2)) and c.site_id = ?1 and c.status <> 'approved'
               and c.removed_at = 0 and t.status in ('completed', 'failed') and t.removed_at = 0",
            params![site.0, to_json(contents)?],
            TaskId,
        )
    }

    fn ideas_of_tasks(&self, tasks: &[TaskId]) -> Result<Vec<IdeaId>, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select idea_id from task where id = ?1 and idea_id is not null")?;
        let ideas =
            tasks.iter().map(|task| statement.query_row(params![task.0], |row| row.get(0).map(IdeaId)).optional());
        let found = ideas.collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().flatten().collect())
    }
}

impl Write<'_> {
    /// Notes that the articles of queued tasks are written, which completes their ideas too. Answers which changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn task_complete(&mut self, tasks: &[TaskId], now: UtcMs) -> Result<Vec<TaskId>, StoreError> {
        let completed = change_each(
            self.conn,
            "update task set status = 'completed', error_code = '', failures = 0, updated_at = ?2
             where id = ?1 and status = 'queued' and removed_at = 0",
            tasks,
            |task| task.0,
            now,
        )?;
        let ideas = self.ideas_of_tasks(&completed)?;
        self.idea_complete(&ideas, now)?;
        self.touch_tasks(&completed);
        Ok(completed)
    }

    /// Notes that the last attempt at queued tasks failed, with a code, and whether they may be the cause themselves.
    /// Answers which changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn task_fail(
        &mut self,
        tasks: &[TaskId],
        code: &str,
        is_counted: bool,
        now: UtcMs,
    ) -> Result<Vec<TaskId>, StoreError> {
        let failed = ids(
            self.conn,
            "update task set status = 'failed', error_code = ?3, failures = failures + ?4, updated_at = ?2
             where id in (select value from json_each(?1)) and status = 'queued' and removed_at = 0
             returning id",
            params![to_json(tasks)?, now.0, code, is_counted],
            TaskId,
        )?;
        self.touch_tasks(&failed);
        Ok(failed)
    }

    /// Queues failed tasks again, as the same request. Answers which changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn task_retry(&mut self, tasks: &[TaskId], now: UtcMs) -> Result<Vec<TaskId>, StoreError> {
        let queued = ids(
            self.conn,
            "update task set status = 'queued', error_code = '', updated_at = ?2
             where id in (select value from json_each(?1)) and status = 'failed' and removed_at = 0
             returning id",
            params![to_json(tasks)?, now.0],
            TaskId,
        )?;
        self.touch_tasks(&queued);
        Ok(queued)
    }

    /// Queues completed and failed tasks to be written anew, as another variation; their ideas are queued again. Answers
    /// which changed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn task_requeue(&mut self, tasks: &[TaskId], now: UtcMs) -> Result<Vec<TaskId>, StoreError> {
        let queued = ids(
            self.conn,
            "update task set status = 'queued', error_code = '', failures = 0, variation = variation + 1,
               updated_at = ?2
             where id in (select value from json_each(?1)) and status in ('completed', 'failed') and removed_at = 0
             returning id",
            params![to_json(tasks)?, now.0],
            TaskId,
        )?;
        self.conn
            .prepare_cached(
                "update idea set status = 'queued', updated_at = ?2
                 where status = 'completed'
                   and id in (select idea_id from task where id in (select value from json_each(?1)))",
            )?
            .execute(params![to_json(&queued)?, now.0])?;
        self.touch_tasks(&queued);
        Ok(queued)
    }

    /// Removes tasks that are not completed; their ideas are new again, but for those whose article is there already, which
    /// was to be written anew. Answers which were removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn task_remove(&mut self, tasks: &[TaskId], now: UtcMs) -> Result<Vec<TaskId>, StoreError> {
        let removed = ids(
            self.conn,
            "update task set removed_at = ?2, updated_at = ?2
             where id in (select value from json_each(?1)) and status in ('queued', 'failed') and removed_at = 0
             returning id",
            params![to_json(tasks)?, now.0],
            TaskId,
        )?;
        self.conn
            .prepare_cached(
                "update idea set updated_at = ?2, status = case when exists (
                     select 1 from task t join content c on c.task_id = t.id
                     where t.idea_id = idea.id and c.removed_at = 0) then 'completed' else 'new' end
                 where status = 'queued'
                   and id in (select idea_id from task where id in (select value from json_each(?1)))",
            )?
            .execute(params![to_json(&removed)?, now.0])?;
        self.touch_tasks(&removed);
        Ok(removed)
    }

    /// Undoes [`Write::task_remove`]. A task whose idea was queued again or removed meanwhile stays removed. Answers
    /// which came back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn task_restore(&mut self, tasks: &[TaskId], now: UtcMs) -> Result<Vec<TaskId>, StoreError> {
        let restored = ids(
            self.conn,
            "update or ignore task set removed_at = 0, updated_at = ?2
             where id in (select value from json_each(?1)) and removed_at > 0
               and idea_id in (select id from idea where removed_at = 0 and status in ('new', 'completed'))
             returning id",
            params![to_json(tasks)?, now.0],
            TaskId,
        )?;
        self.conn
            .prepare_cached(
                "update idea set status = 'queued', updated_at = ?2
                 where status in ('new', 'completed')
                   and id in (select idea_id from task where id in (select value from json_each(?1)))",
            )?
            .execute(params![to_json(&restored)?, now.0])?;
        self.touch_tasks(&restored);
        Ok(restored)
    }

    fn touch_tasks(&mut self, changed: &[TaskId]) {
        if !changed.is_empty() {
            self.touch(Topic::Tasks);
            self.touch(Topic::Ideas);
        }
    }
}

fn read_task(row: &Row<'_>) -> rusqlite::Result<TaskRow> {
    let cluster: Option<i64> = row.get("cluster_id")?;
    Ok(TaskRow {
        id: TaskId(row.get("id")?),
        site: SiteId(row.get("site_id")?),
        sector: SectorId(row.get("sector_id")?),
        sector_name: row.get("sector_name")?,
        cluster: cluster.map(ClusterId),
        cluster_name: row.get("cluster_name")?,
        idea: IdeaId(row.get("idea_id")?),
        title: row.get("title")?,
        description: row.get("description")?,
        keywords: super::json(row, "keywords")?,
        content_type: super::word(row, "content_type")?,
        content_structure: super::word(row, "content_structure")?,
        word_count_target: row.get("word_count_target")?,
        status: super::word(row, "status")?,
        error_code: row.get("error_code")?,
        variation: row.get("variation")?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
    })
}
