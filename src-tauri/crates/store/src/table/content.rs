//! Articles: what is in them. Where an article stands (editorial and delivery) is moved by the steps in `state`; its
//! text is a row per version, so that no wording is ever lost.

mod booked;
mod due;
mod fields;
mod imported;
mod list;
mod schedule;
mod seen;
mod state;
#[cfg(test)]
mod tests;

pub use booked::PlannedWall;
pub use due::DueRow;
pub use fields::{ContentFields, Edited};
pub use imported::{ImportedPost, ImportedRow, TakenIn};
pub use list::ContentSort;
pub use schedule::{FormerTime, PlannedTime};
pub use seen::TakenOver;

use super::column::{instant, optional_instant, optional_text, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::function::input::RelatedArticle;
use igny8_core::function::output::LinkSuggestion;
use igny8_core::id::{ClusterId, ContentId, SectorId, SiteId, TaskId};
use igny8_core::slug::slug;
use igny8_core::status::{ContentStatus, ContentStructure, ContentType, DeliveryStatus, Origin};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::HashSet;

/// Slug of an article whose title has no usable character.
const SLUG_FALLBACK: &str = "article";

/// An article without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentRow {
    /// Id.
    pub id: ContentId,
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
    /// The task it was written for.
    pub task: Option<TaskId>,
    /// Title, 1–200 characters.
    pub title: String,
    /// Slug, unique in its site.
    pub slug: String,
    /// Summary.
    pub excerpt: String,
    /// Title for search results.
    pub meta_title: String,
    /// Description for search results.
    pub meta_description: String,
    /// Strongest keyword.
    pub primary_keyword: String,
    /// Other keywords.
    pub secondary_keywords: Vec<String>,
    /// Tags by name.
    pub tags: Vec<String>,
    /// Categories by name.
    pub categories: Vec<String>,
    /// Articles worth linking.
    pub internal_links: Vec<LinkSuggestion>,
    /// Kind of page.
    pub content_type: ContentType,
    /// How it is built.
    pub content_structure: ContentStructure,
    /// An outline to be written out.
    pub is_outline: bool,
    /// Words.
    pub word_count: u32,
    /// Number of the latest version, from 1.
    pub version: u32,
    /// Editorial state.
    pub status: ContentStatus,
    /// Delivery state.
    pub delivery: DeliveryStatus,
    /// When it goes out.
    pub scheduled_publish_at: Option<UtcMs>,
    /// For when its site has it as a post of the future.
    pub handed_for: Option<UtcMs>,
    /// Its time was chosen here, and not on its site.
    pub is_time_chosen_here: bool,
    /// Its time passed without it, and since then it is a person's to decide.
    pub missed_at: Option<UtcMs>,
    /// When it went out.
    pub published_at: Option<UtcMs>,
    /// Id on the site.
    pub external_id: Option<String>,
    /// Address on the site.
    pub external_url: Option<String>,
    /// Image slots.
    pub images_total: u32,
    /// Slots with a picture.
    pub images_generated: u32,
    /// Slots whose last attempt failed.
    pub images_failed: u32,
    /// When it was written.
    pub created_at: UtcMs,
    /// When it was last changed.
    pub updated_at: UtcMs,
    /// It or one of its pictures was changed after it was published or handed over: the site has an older state.
    pub is_behind: bool,
    /// The site had it before: it is followed and never written.
    pub is_imported: bool,
}

impl ContentRow {
    /// Whether it may be delivered: approved, and not on the site in this state. What is being published may be in
    /// somebody's hands, or its process ended before it did.
    #[must_use]
    pub fn is_publishable(&self) -> bool {
        let is_waiting = match self.delivery {
            DeliveryStatus::NotPublished
            | DeliveryStatus::Scheduled
            | DeliveryStatus::Publishing
            | DeliveryStatus::Failed => true,
            DeliveryStatus::Published => self.is_behind,
        };
        self.status == ContentStatus::Approved && is_waiting && !self.is_imported
    }
}

/// What is written in an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContentText {
    /// Title, 1–200 characters.
    pub title: String,
    /// Summary.
    pub excerpt: String,
    /// Title for search results.
    pub meta_title: String,
    /// Description for search results.
    pub meta_description: String,
    /// Strongest keyword.
    pub primary_keyword: String,
    /// Other keywords.
    pub secondary_keywords: Vec<String>,
    /// Tags by name.
    pub tags: Vec<String>,
    /// Categories by name.
    pub categories: Vec<String>,
    /// Articles worth linking.
    pub internal_links: Vec<LinkSuggestion>,
    /// An outline to be written out.
    pub is_outline: bool,
    /// Canonical, sanitised HTML.
    pub html: String,
    /// Words in it.
    pub word_count: u32,
}

/// An article to add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContent {
    /// Its site.
    pub site: SiteId,
    /// Its sector.
    pub sector: SectorId,
    /// Its cluster.
    pub cluster: Option<ClusterId>,
    /// The task it was written for.
    pub task: Option<TaskId>,
    /// Kind of page.
    pub content_type: ContentType,
    /// How it is built.
    pub content_structure: ContentStructure,
    /// What is written in it.
    pub text: ContentText,
    /// Who wrote it.
    pub origin: Origin,
}

impl Read<'_> {
    /// One article that is not removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for any other id.
    pub fn content(&self, id: ContentId) -> Result<ContentRow, StoreError> {
        self.contents(&[id])?.pop().ok_or(StoreError::NotFound)
    }

    /// Articles by id, in the order given; removed and unknown ones are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn contents(&self, ids: &[ContentId]) -> Result<Vec<ContentRow>, StoreError> {
        list::load(self.conn, &to_json(ids)?)
    }

    /// The article written for a task, if it is there.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn content_of_task(&self, task: TaskId) -> Result<Option<ContentId>, StoreError> {
        let mut statement = self.conn.prepare_cached("select id from content where task_id = ?1 and removed_at = 0")?;
        Ok(statement.query_row(params![task.0], |row| row.get(0).map(ContentId)).optional()?)
    }

    /// Drafts that wait for image prompts, oldest first, at most `limit`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn drafts_without_image_prompts(&self, site: SiteId, limit: u32) -> Result<Vec<ContentRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select c.id from content c
             where c.site_id = ?1 and c.status = 'draft' and c.removed_at = 0
               and not exists (select 1 from image i where i.content_id = c.id and i.removed_at = 0)
             order by c.id limit ?2",
        )?;
        let rows = statement.query_map(params![site.0, limit], |row| row.get(0))?;
        let found = rows.collect::<Result<Vec<i64>, _>>()?;
        list::load(self.conn, &to_json(&found)?)
    }

    /// Articles of the site that another one could link to: those of `cluster` first, then the newest; never `except`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn related_articles(
        &self,
        site: SiteId,
        cluster: Option<ClusterId>,
        except: Option<ContentId>,
        limit: u32,
    ) -> Result<Vec<RelatedArticle>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select title, slug from content
             where site_id = ?1 and removed_at = 0 and id is not ?3
             order by cluster_id is ?2 desc, id desc limit ?4",
        )?;
        // A missing cluster must not rank articles without one first.
        let cluster = cluster.map_or(0, |id| id.0);
        let rows = statement.query_map(params![site.0, cluster, except.map(|id| id.0), limit], |row| {
            Ok(RelatedArticle { title: row.get("title")?, slug: row.get("slug")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Site, slug and instant of removal of a removed article.
    fn removed_content(&self, id: ContentId) -> Result<Option<(SiteId, String, i64)>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select site_id, slug, removed_at from content where id = ?1 and removed_at > 0")?;
        let row = |row: &Row<'_>| Ok((SiteId(row.get(0)?), row.get(1)?, row.get(2)?));
        Ok(statement.query_row(params![id.0], row).optional()?)
    }

    /// The slug nearest to `wished` that no other article of the site has: itself, then with `-2`, `-3`, ….
    fn free_slug(&self, site: SiteId, wished: &str) -> Result<String, StoreError> {
        // '-' is followed by '.' in the order of bytes, so the range holds the slug and all its numbered forms.
        let mut statement = self.conn.prepare_cached(
            "select slug from content
             where site_id = ?1 and slug >= ?2 and slug < ?2 || '.' and removed_at = 0",
        )?;
        let rows = statement.query_map(params![site.0, wished], |row| row.get(0))?;
        let taken = rows.collect::<Result<HashSet<String>, _>>()?;
        if !taken.contains(wished) {
            return Ok(wished.to_owned());
        }
        let numbered = (2_u64..).map(|n| format!("{wished}-{n}")).find(|candidate| !taken.contains(candidate));
        Ok(numbered.unwrap_or_default())
    }
}

impl Write<'_> {
    /// Adds an article as a draft, with its first version and a slug of its own.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its task has an article already or a value breaks a rule of the schema.
    pub fn content_add(&mut self, content: &NewContent, now: UtcMs) -> Result<ContentId, StoreError> {
        let text = &content.text;
        let slug = self.free_slug(content.site, &slug(&text.title, SLUG_FALLBACK))?;
        self.conn
            .prepare_cached(
                "insert into content (site_id, sector_id, cluster_id, task_id, title, slug, excerpt, meta_title,
                   meta_description, primary_keyword, secondary_keywords, tags, categories, internal_links,
                   content_type, content_structure, is_outline, word_count, created_at, updated_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?19)",
            )?
            .execute(params![
                content.site.0,
                content.sector.0,
                content.cluster.map(|id| id.0),
                content.task.map(|id| id.0),
                text.title,
                slug,
                text.excerpt,
                text.meta_title,
                text.meta_description,
                text.primary_keyword,
                to_json(&text.secondary_keywords)?,
                to_json(&text.tags)?,
                to_json(&text.categories)?,
                to_json(&text.internal_links)?,
                content.content_type.as_str(),
                content.content_structure.as_str(),
                text.is_outline,
                text.word_count,
                now.0,
            ])?;
        let id = ContentId(self.conn.last_insert_rowid());
        self.add_version(id, 1, &text.html, content.origin, now)?;
        self.touch(Topic::Contents);
        Ok(id)
    }

    /// Replaces what is written in an article by another variation: a new version, and a draft again because nobody has
    /// read it. Its slug stays. Answers the version's number.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for an approved article, [`StoreError::NotFound`] for an unknown or removed one.
    pub fn content_rewrite(
        &mut self,
        id: ContentId,
        text: &ContentText,
        origin: Origin,
        now: UtcMs,
    ) -> Result<u32, StoreError> {
        let row = self.content(id)?;
        if row.status == ContentStatus::Approved {
            return Err(StoreError::WrongState("content"));
        }
        self.conn
            .prepare_cached(
                "update content set title = ?2, excerpt = ?3, meta_title = ?4, meta_description = ?5,
                   primary_keyword = ?6, secondary_keywords = ?7, tags = ?8, categories = ?9, internal_links = ?10,
                   is_outline = ?11, status = 'draft', updated_at = ?12
                 where id = ?1",
            )?
            .execute(params![
                id.0,
                text.title,
                text.excerpt,
                text.meta_title,
                text.meta_description,
                text.primary_keyword,
                to_json(&text.secondary_keywords)?,
                to_json(&text.tags)?,
                to_json(&text.categories)?,
                to_json(&text.internal_links)?,
                text.is_outline,
                now.0,
            ])?;
        self.alts_follow_title(id, &row.title, &text.title, now)?;
        self.content_save_version(id, &text.html, text.word_count, origin, now)
    }
}

fn read_content(row: &Row<'_>) -> rusqlite::Result<ContentRow> {
    let cluster: Option<i64> = row.get("cluster_id")?;
    let task: Option<i64> = row.get("task_id")?;
    Ok(ContentRow {
        id: ContentId(row.get("id")?),
        site: SiteId(row.get("site_id")?),
        sector: SectorId(row.get("sector_id")?),
        sector_name: row.get("sector_name")?,
        cluster: cluster.map(ClusterId),
        cluster_name: row.get("cluster_name")?,
        task: task.map(TaskId),
        title: row.get("title")?,
        slug: row.get("slug")?,
        excerpt: row.get("excerpt")?,
        meta_title: row.get("meta_title")?,
        meta_description: row.get("meta_description")?,
        primary_keyword: row.get("primary_keyword")?,
        secondary_keywords: super::json(row, "secondary_keywords")?,
        tags: super::json(row, "tags")?,
        categories: super::json(row, "categories")?,
        internal_links: super::json(row, "internal_links")?,
        content_type: super::word(row, "content_type")?,
        content_structure: super::word(row, "content_structure")?,
        is_outline: row.get("is_outline")?,
        word_count: row.get("word_count")?,
        version: row.get("version")?,
        status: super::word(row, "status")?,
        delivery: super::word(row, "delivery")?,
        scheduled_publish_at: optional_instant(row, "scheduled_publish_at")?,
        handed_for: optional_instant(row, "handed_for")?,
        is_time_chosen_here: row.get("is_time_chosen_here")?,
        missed_at: optional_instant(row, "missed_at")?,
        published_at: optional_instant(row, "published_at")?,
        external_id: optional_text(row, "external_id")?,
        external_url: optional_text(row, "external_url")?,
        images_total: row.get("images_total")?,
        images_generated: row.get("images_generated")?,
        images_failed: row.get("images_failed")?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
        is_behind: row.get("is_behind")?,
        is_imported: row.get("is_imported")?,
    })
}
