//! What was seen of an article on its site, and not done from here: it is public there, or not any more, has another date
//! or another title. An article that is in somebody's hands is left to the delivery.

use crate::table::column::{changes_one, to_json};
use crate::{StoreError, Write};
use igny8_core::id::ContentId;
use igny8_core::status::Origin;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::params;

/// An article as it is to read once what the site has of it was taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// Title.
    pub title: String,
    /// Summary.
    pub excerpt: String,
    /// Title for search results.
    pub meta_title: String,
    /// Description for search results.
    pub meta_description: String,
    /// Categories by name.
    pub categories: Vec<String>,
    /// Tags by name.
    pub tags: Vec<String>,
    /// The text, where it is another one, and its words.
    pub html: Option<(String, u32)>,
    /// The site has all of this: nothing is left to be sent.
    pub is_all: bool,
}

impl Write<'_> {
    /// The site has it for everybody to read. What was changed here since stays to be sent when `is_behind` says so.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_seen_public(
        &mut self,
        content: ContentId,
        (external_id, external_url): (&str, &str),
        is_behind: bool,
        public_at: UtcMs,
        now: UtcMs,
    ) -> Result<bool, StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set delivery = 'published', external_id = ?2, external_url = ?3, published_at = ?4,
               updated_at = ?4 + ?5, public_at = ?6, scheduled_publish_at = 0, scheduled_wall = '', scheduled_zone = '',
               handed_for = 0, handed_at = 0, nudged_at = 0, missed_at = 0
             where id = ?1 and delivery in ('not_published', 'scheduled', 'failed') and removed_at = 0",
            params![content.0, external_id, external_url, now.0, i64::from(is_behind), public_at.0],
        )?;
        self.touch(Topic::Contents);
        Ok(moved)
    }

    /// The site does not have it, or keeps it to itself. Somebody wanted that: it gets no time by itself any more, until one
    /// is chosen for it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_seen_off(&mut self, content: ContentId, now: UtcMs) -> Result<bool, StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set delivery = 'not_published', external_id = '', external_url = '', published_at = 0,
               public_at = 0, scheduled_publish_at = 0, scheduled_wall = '', scheduled_zone = '', handed_for = 0,
               handed_at = 0, nudged_at = 0, missed_at = 0, updated_at = ?2
             where id = ?1 and (delivery = 'published' or (delivery = 'scheduled' and handed_for > 0)) and removed_at = 0",
            params![content.0, now.0],
        )?;
        if moved {
            self.keep_without_date(content, true)?;
        }
        self.touch(Topic::Contents);
        Ok(moved)
    }

    /// The site makes it public at a time, which was chosen there.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_seen_scheduled(&mut self, content: ContentId, at: UtcMs, now: UtcMs) -> Result<bool, StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set delivery = 'scheduled', scheduled_publish_at = ?2, scheduled_wall = '', scheduled_zone = '',
               handed_for = ?2, handed_at = ?3, nudged_at = 0, missed_at = 0, published_at = 0, public_at = 0,
               updated_at = ?3
             where id = ?1 and delivery <> 'publishing' and removed_at = 0",
            params![content.0, at.0, now.0],
        )?;
        self.touch(Topic::Contents);
        Ok(moved)
    }

    /// The site calls it otherwise, and nobody changed its title here: nothing is to be sent for it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_seen_retitled(&mut self, content: ContentId, title: &str) -> Result<bool, StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set title = ?2 where id = ?1 and delivery <> 'publishing' and removed_at = 0",
            params![content.0, title],
        )?;
        self.touch(Topic::Contents);
        Ok(moved)
    }

    /// The site has it at another address. Its slug here follows, unless another article has it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_seen_moved(&mut self, content: ContentId, slug: &str, url: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update content set external_url = ?2 where id = ?1 and external_url <> ''")?
            .execute(params![content.0, url])?;
        self.conn
            .prepare_cached("update or ignore content set slug = ?2 where id = ?1 and removed_at = 0")?
            .execute(params![content.0, slug])?;
        self.touch(Topic::Contents);
        Ok(())
    }

    /// Takes over what a decision left of both sides. Another text is another version, by a person.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for an article that is on its way or removed.
    pub fn content_take_over(&mut self, content: ContentId, taken: &TakenOver, now: UtcMs) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set title = ?2, excerpt = ?3, meta_title = ?8, meta_description = ?4, categories = ?5, tags = ?6,
               updated_at = ?7
             where id = ?1 and removed_at = 0 and not (delivery = 'publishing'
               and exists (select 1 from outbox o where o.content_id = ?1 and o.lease <> x''))",
            params![
                content.0,
                taken.title,
                taken.excerpt,
                taken.meta_description,
                to_json(&taken.categories)?,
                to_json(&taken.tags)?,
                now.0,
                taken.meta_title,
            ],
        )?;
        if !moved {
            return Err(StoreError::WrongState("content"));
        }
        if let Some((html, words)) = &taken.html {
            self.content_save_version(content, html, *words, Origin::Person, now)?;
        }
        let sql = if taken.is_all {
            "update content set published_at = ?2, updated_at = ?2 where id = ?1 and delivery = 'published'"
        } else {
            "update content set updated_at = max(?2, published_at + 1) where id = ?1"
        };
        self.conn.prepare_cached(sql)?.execute(params![content.0, now.0])?;
        self.touch(Topic::Contents);
        Ok(())
    }
}
