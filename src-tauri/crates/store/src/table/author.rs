//! Who signs articles, and how each site speaks. Both are a person's settings that prompts name; what a model makes of
//! them is its own affair.

#[cfg(test)]
mod tests;

use super::column::{changes_one, optional_word};
use crate::{Read, StoreError, Write};
use igny8_core::id::{AuthorId, SiteId};
use igny8_core::prompt::{Author, SiteVoice};
use igny8_core::status::{ArticleLength, Tone};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

/// An author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorRow {
    /// Id.
    pub id: AuthorId,
    /// What prompts can name.
    pub author: Author,
    /// How many sites they sign for.
    pub sites: u32,
}

/// How a site speaks, as it is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VoiceFields {
    /// Its tone; `None` leaves it to the model.
    pub tone: Option<Tone>,
    /// How long its articles are planned; `None` leaves it to the topic.
    pub length: Option<ArticleLength>,
    /// Who signs them.
    pub author: Option<AuthorId>,
}

impl Read<'_> {
    /// The authors, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn authors(&self) -> Result<Vec<AuthorRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select a.id, a.name, a.bio, a.voice,
               (select count(*) from site s where s.author_id = a.id and s.removed_at = 0) as sites
             from author_profile a where a.removed_at = 0 order by lower(a.name), a.id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(AuthorRow { id: AuthorId(row.get("id")?), author: read_author(row)?, sites: row.get("sites")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How a site speaks, as it is set. An author that was removed is none.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site.
    pub fn voice(&self, site: SiteId) -> Result<VoiceFields, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select s.tone, s.article_length, a.id as author from site s
               left join author_profile a on a.id = s.author_id and a.removed_at = 0
             where s.id = ?1 and s.removed_at = 0",
        )?;
        Ok(statement.query_row(params![site.0], |row| {
            Ok(VoiceFields {
                tone: optional_word(row, "tone")?,
                length: optional_word(row, "article_length")?,
                author: row.get::<_, Option<i64>>("author")?.map(AuthorId),
            })
        })?)
    }

    /// How a site speaks, as prompts name it.
    ///
    /// # Errors
    /// As [`Read::voice`].
    pub fn site_voice(&self, site: SiteId) -> Result<SiteVoice, StoreError> {
        let (fields, row) = (self.voice(site)?, self.site(site)?);
        let mut statement = self.conn.prepare_cached("select name, bio, voice from author_profile where id = ?1")?;
        let author = match fields.author {
            Some(id) => statement.query_row(params![id.0], read_author).optional()?,
            None => None,
        };
        Ok(SiteVoice {
            site_name: row.name,
            language: row.language,
            brand_color: row.brand_color,
            tone: fields.tone,
            length: fields.length,
            author,
        })
    }
}

impl Write<'_> {
    /// Adds an author, or changes one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed one; [`StoreError::Conflict`] when another has the name.
    pub fn author_save(&mut self, id: Option<AuthorId>, author: &Author, now: UtcMs) -> Result<AuthorId, StoreError> {
        self.touch(Topic::Prompts);
        let Author { name, bio, voice } = author;
        match id {
            None => {
                self.conn
                    .prepare_cached(
                        "insert into author_profile (name, bio, voice, created_at, updated_at)
                         values (?1, ?2, ?3, ?4, ?4)",
                    )?
                    .execute(params![name, bio, voice, now.0])?;
                Ok(AuthorId(self.conn.last_insert_rowid()))
            }
            Some(id) => {
                let changed = changes_one(
                    self.conn,
                    "update author_profile set name = ?2, bio = ?3, voice = ?4, updated_at = ?5
                     where id = ?1 and removed_at = 0",
                    params![id.0, name, bio, voice, now.0],
                )?;
                if changed { Ok(id) } else { Err(StoreError::NotFound) }
            }
        }
    }

    /// Removes an author. Sites they signed for keep the mark, so that [`Write::author_restore`] brings back all of it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed one.
    pub fn author_remove(&mut self, id: AuthorId, now: UtcMs) -> Result<(), StoreError> {
        let changed = changes_one(
            self.conn,
            "update author_profile set removed_at = ?2 where id = ?1 and removed_at = 0",
            params![id.0, now.0],
        )?;
        self.touch(Topic::Prompts);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Undoes [`Write::author_remove`].
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for one that is not removed; [`StoreError::Conflict`] when another has the name by now.
    pub fn author_restore(&mut self, id: AuthorId) -> Result<(), StoreError> {
        let changed = changes_one(
            self.conn,
            "update author_profile set removed_at = 0 where id = ?1 and removed_at > 0",
            params![id.0],
        )?;
        self.touch(Topic::Prompts);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Sets how a site speaks.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site or author.
    pub fn voice_save(&mut self, site: SiteId, fields: VoiceFields, now: UtcMs) -> Result<(), StoreError> {
        if let Some(author) = fields.author {
            let mut statement =
                self.conn.prepare_cached("select 1 from author_profile where id = ?1 and removed_at = 0")?;
            statement.query_row(params![author.0], |_| Ok(()))?;
        }
        let changed = changes_one(
            self.conn,
            "update site set tone = ?2, article_length = ?3, author_id = ?4, updated_at = ?5
             where id = ?1 and removed_at = 0",
            params![
                site.0,
                fields.tone.map_or("", Tone::as_str),
                fields.length.map_or("", ArticleLength::as_str),
                fields.author.map_or(0, |author| author.0),
                now.0
            ],
        )?;
        self.touch(Topic::Prompts);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }
}

fn read_author(row: &Row<'_>) -> rusqlite::Result<Author> {
    Ok(Author { name: row.get("name")?, bio: row.get("bio")?, voice: row.get("voice")? })
}
