//! The texts of articles, one row for each version, never changed after it is written.

use super::column::instant;
use crate::{Read, StoreError, Write};
use igny8_core::id::ContentId;
use igny8_core::status::Origin;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// One version of an article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentVersionRow {
    /// Its article.
    pub content: ContentId,
    /// Number, from 1.
    pub version: u32,
    /// Canonical, sanitised HTML.
    pub html: String,
    /// Who wrote it.
    pub origin: Origin,
    /// When.
    pub created_at: UtcMs,
}

impl Read<'_> {
    /// The latest text of an article.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown article.
    pub fn content_html(&self, content: ContentId) -> Result<String, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select html from content_version where content_id = ?1 order by version desc limit 1")?;
        Ok(statement.query_row(params![content.0], |row| row.get(0))?)
    }

    /// One version of an article's text.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none of this number.
    pub fn content_version(&self, content: ContentId, version: u32) -> Result<ContentVersionRow, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select content_id, version, html, origin, created_at from content_version
             where content_id = ?1 and version = ?2",
        )?;
        Ok(statement.query_row(params![content.0, version], read_version)?)
    }
}

impl Write<'_> {
    /// Stores a new version of an article's text. Answers its number.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed article.
    pub fn content_save_version(
        &mut self,
        content: ContentId,
        html: &str,
        word_count: u32,
        origin: Origin,
        now: UtcMs,
    ) -> Result<u32, StoreError> {
        let version: Option<u32> = self
            .conn
            .prepare_cached(
                "update content set version = version + 1, word_count = ?2, updated_at = ?3
                 where id = ?1 and removed_at = 0 returning version",
            )?
            .query_row(params![content.0, word_count, now.0], |row| row.get(0))
            .optional()?;
        let version = version.ok_or(StoreError::NotFound)?;
        self.add_version(content, version, html, origin, now)?;
        self.touch(Topic::Contents);
        Ok(version)
    }

    pub(crate) fn add_version(
        &mut self,
        content: ContentId,
        version: u32,
        html: &str,
        origin: Origin,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into content_version (content_id, version, html, origin, created_at)
                 values (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![content.0, version, html, origin.as_str(), now.0])?;
        Ok(())
    }
}

fn read_version(row: &Row<'_>) -> rusqlite::Result<ContentVersionRow> {
    Ok(ContentVersionRow {
        content: ContentId(row.get("content_id")?),
        version: row.get("version")?,
        html: row.get("html")?,
        origin: super::word(row, "origin")?,
        created_at: instant(row, "created_at")?,
    })
}
