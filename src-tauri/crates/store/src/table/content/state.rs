//! The steps of an article's two lives. Editorial: draft, review, approved. Delivery: not published, publishing,
//! published or failed. An update that fails leaves an article published, since its site has it as it was. Only an approved article is delivered, and what is on its way cannot be pulled back under the
//! delivery's feet.

use crate::table::column::{changes_one, ids, to_json};
use crate::{StoreError, Write};
use igny8_core::id::ContentId;
use igny8_core::slug::slug;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};

impl Write<'_> {
    /// Draft → review. Answers which moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn content_send_to_review(&mut self, contents: &[ContentId], now: UtcMs) -> Result<Vec<ContentId>, StoreError> {
        let moved = ids(
            self.conn,
            "update content set status = 'review', updated_at = ?2
             where id in (select value from json_each(?1)) and status = 'draft' and removed_at = 0
             returning id",
            params![to_json(contents)?, now.0],
            ContentId,
        )?;
        Ok(self.touched(moved))
    }

    /// Draft → review, when the article has images and each has its picture. Says whether it moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn content_review_when_illustrated(&mut self, content: ContentId, now: UtcMs) -> Result<bool, StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set status = 'review', updated_at = ?2
             where id = ?1 and status = 'draft' and removed_at = 0
               and exists (select 1 from image i where i.content_id = content.id and i.removed_at = 0)
               and not exists (select 1 from image i where i.content_id = content.id and i.removed_at = 0
                 and i.status <> 'generated')",
            params![content.0, now.0],
        )?;
        if moved {
            self.touch(Topic::Contents);
        }
        Ok(moved)
    }

    /// Review → approved, by whomever: what it lacked for it is of no account any more. Answers which moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn content_approve(&mut self, contents: &[ContentId], now: UtcMs) -> Result<Vec<ContentId>, StoreError> {
        let moved = ids(
            self.conn,
            "update content set status = 'approved', updated_at = ?2
             where id in (select value from json_each(?1)) and status = 'review' and removed_at = 0
             returning id",
            params![to_json(contents)?, now.0],
            ContentId,
        )?;
        self.verdicts_settled(&moved)?;
        Ok(self.touched(moved))
    }

    /// Review → draft. Answers which moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn content_back_to_draft(&mut self, contents: &[ContentId], now: UtcMs) -> Result<Vec<ContentId>, StoreError> {
        let moved = ids(
            self.conn,
            "update content set status = 'draft', updated_at = ?2
             where id in (select value from json_each(?1)) and status = 'review' and removed_at = 0
             returning id",
            params![to_json(contents)?, now.0],
            ContentId,
        )?;
        Ok(self.touched(moved))
    }

    /// Approved → review, while the site does not have it; from then on it is approved by people only. Answers which moved.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn content_back_to_review(&mut self, contents: &[ContentId], now: UtcMs) -> Result<Vec<ContentId>, StoreError> {
        let moved = ids(
            self.conn,
            "update content set status = 'review', updated_at = ?2
             where id in (select value from json_each(?1)) and status = 'approved'
               and delivery in ('not_published', 'failed') and removed_at = 0
             returning id",
            params![to_json(contents)?, now.0],
            ContentId,
        )?;
        self.leave_to_people(&moved)?;
        Ok(self.touched(moved))
    }

    /// Begins the delivery of an approved article: not published, scheduled, failed, or published in an older state →
    /// publishing.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for any other article.
    pub fn content_start_publishing(&mut self, content: ContentId, now: UtcMs) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set delivery = 'publishing', updated_at = ?2
             where id = ?1 and status = 'approved' and removed_at = 0
               and (delivery in ('not_published', 'scheduled', 'failed')
                 or (delivery = 'published' and (updated_at > published_at or exists (select 1 from image i
                   where i.content_id = content.id and i.removed_at = 0 and i.updated_at > content.published_at))))",
            params![content.0, now.0],
        )?;
        self.delivery_moved(moved)
    }

    /// Publishing → published, with where the site has it and how it dates it. The proof is the delivery's receipt. A time
    /// that it had is over with that.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for an article that is not being published.
    pub fn content_published(
        &mut self,
        content: ContentId,
        (external_id, external_url): (&str, &str),
        public_at: UtcMs,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set delivery = 'published', external_id = ?2, external_url = ?3, published_at = ?4,
               updated_at = ?4, public_at = ?5, scheduled_publish_at = 0, scheduled_wall = '', scheduled_zone = '',
               handed_for = 0, handed_at = 0, nudged_at = 0, missed_at = 0
             where id = ?1 and delivery = 'publishing'",
            params![content.0, external_id, external_url, now.0, public_at.0],
        )?;
        self.delivery_moved(moved)
    }

    /// Publishing → failed; an article that the site has from an earlier delivery stays published, as it was. Why is the
    /// delivery's to say. Answers whether the site has it.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for an article that is not being published.
    pub fn content_publish_failed(&mut self, content: ContentId, now: UtcMs) -> Result<bool, StoreError> {
        let is_live: Option<bool> = self
            .conn
            .prepare_cached(
                "update content set delivery = case when published_at > 0 then 'published' else 'failed' end,
                   updated_at = max(?2, published_at + 1)
                 where id = ?1 and delivery = 'publishing' returning published_at > 0",
            )?
            .query_row(params![content.0, now.0], |row| row.get(0))
            .optional()?;
        self.delivery_moved(is_live.is_some())?;
        Ok(is_live.unwrap_or_default())
    }

    /// Publishing → failed, because what the site had of the article is not public there any more.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for an article that is not being published.
    pub fn content_post_missing(&mut self, content: ContentId, now: UtcMs) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set delivery = 'failed', external_id = '', external_url = '', published_at = 0,
               public_at = 0, handed_for = 0, handed_at = 0, updated_at = ?2
             where id = ?1 and delivery = 'publishing'",
            params![content.0, now.0],
        )?;
        self.delivery_moved(moved)
    }

    /// Publishing or failed → as it was before its delivery was asked for: published in the older state that its site has,
    /// or not published. A time that it had is over.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_delivery_discarded(&mut self, content: ContentId, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update content set delivery = case when published_at > 0 then 'published' else 'not_published' end,
                   updated_at = max(?2, published_at + 1), scheduled_publish_at = 0, scheduled_wall = '',
                   scheduled_zone = '', nudged_at = 0, missed_at = 0
                 where id = ?1 and delivery in ('publishing', 'failed')",
            )?
            .execute(params![content.0, now.0])?;
        self.touch(Topic::Contents);
        Ok(())
    }

    /// Undoes [`Write::content_delivery_discarded`]. False when the article cannot go out any more.
    ///
    /// # Errors
    /// When the file fails.
    pub fn content_delivery_restored(
        &mut self,
        content: ContentId,
        is_waiting: bool,
        now: UtcMs,
    ) -> Result<bool, StoreError> {
        self.touch(Topic::Contents);
        changes_one(
            self.conn,
            "update content set updated_at = max(?3, published_at + 1), delivery = case
               when ?2 then 'publishing' when published_at > 0 then 'published' else 'failed' end
             where id = ?1 and status = 'approved' and removed_at = 0 and delivery in ('not_published', 'published')",
            params![content.0, is_waiting, now.0],
        )
    }

    /// Removes articles that are not on their way, with their images. What is public on the site stays there; what the site
    /// would still publish is to be taken back first. Answers which were removed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn content_remove(&mut self, contents: &[ContentId], now: UtcMs) -> Result<Vec<ContentId>, StoreError> {
        let removed = ids(
            self.conn,
            "update content set removed_at = ?2, updated_at = ?2
             where id in (select value from json_each(?1)) and delivery <> 'publishing' and handed_for = 0
               and removed_at = 0
             returning id",
            params![to_json(contents)?, now.0],
            ContentId,
        )?;
        self.conn
            .prepare_cached(
                "update image set removed_at = ?2, updated_at = ?2
                 where content_id in (select value from json_each(?1)) and removed_at = 0",
            )?
            .execute(params![to_json(&removed)?, now.0])?;
        Ok(self.touched(removed))
    }

    /// Undoes [`Write::content_remove`]: the images that went with an article come back with it, and a slug that was
    /// taken meanwhile gets a number. An article whose task was written again meanwhile stays removed. Answers which
    /// came back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn content_restore(&mut self, contents: &[ContentId], now: UtcMs) -> Result<Vec<ContentId>, StoreError> {
        let mut restored = Vec::new();
        for content in contents {
            if self.restore_one(*content, now)? {
                restored.push(*content);
            }
        }
        Ok(self.touched(restored))
    }

    fn restore_one(&mut self, content: ContentId, now: UtcMs) -> Result<bool, StoreError> {
        let Some((site, taken, removed_at)) = self.removed_content(content)? else { return Ok(false) };
        let free = self.free_slug(site, &slug(&taken, super::SLUG_FALLBACK))?;
        let is_back = changes_one(
            self.conn,
            "update or ignore content set removed_at = 0, slug = ?2, updated_at = ?3 where id = ?1",
            params![content.0, free, now.0],
        )?;
        if is_back {
            // A slot removed with its article has the article's instant.
            self.conn
                .prepare_cached(
                    "update or ignore image set removed_at = 0, updated_at = ?3
                     where content_id = ?1 and removed_at = ?2",
                )?
                .execute(params![content.0, removed_at, now.0])?;
        }
        Ok(is_back)
    }

    pub(super) fn delivery_moved(&mut self, moved: bool) -> Result<(), StoreError> {
        self.touch(Topic::Contents);
        if moved { Ok(()) } else { Err(StoreError::WrongState("content")) }
    }

    fn touched(&mut self, moved: Vec<ContentId>) -> Vec<ContentId> {
        if !moved.is_empty() {
            self.touch(Topic::Contents);
            self.touch(Topic::Images);
        }
        moved
    }
}
