//! What is asked of the outbox when its file turns out to be a copy.

use crate::table::column;
use crate::{Read, StoreError, Write};
use igny8_core::id::ContentId;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::params;

impl Read<'_> {
    /// Whether a post of a place is known to be another article's.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_post_of_other(&self, destination: &str, post: &str, content: ContentId) -> Result<bool, StoreError> {
        let other = "select 1 from outbox where destination = ?1 and remote_id = ?2 and content_id <> ?3";
        Ok(self.conn.prepare_cached(other)?.exists(params![destination, post, content.0])?)
    }

    /// The article that was made last; nothing before the first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_content(&self) -> Result<ContentId, StoreError> {
        let last = "select coalesce(max(id), 0) from content";
        Ok(ContentId(self.conn.prepare_cached(last)?.query_row([], |row| row.get(0))?))
    }
}

impl Write<'_> {
    /// Parks all deliveries that are open, whoever had them in hand. Answers whose they were.
    ///
    /// # Errors
    /// When the file fails.
    pub fn park_all_outbox(&mut self, code: &str, now: UtcMs) -> Result<Vec<ContentId>, StoreError> {
        self.touch(Topic::Publications);
        column::ids(
            self.conn,
            "update outbox set state = 'failed', error_code = ?1, error_note = '', lease = x'', next_try_at = 0,
               updated_at = ?2
             where state in ('pending', 'drafted', 'updated') returning content_id",
            params![code, now.0],
            ContentId,
        )
    }
}
