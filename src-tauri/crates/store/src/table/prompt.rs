//! Prompts as people word them. A wording is a row that never changes; which one is in use is another row, for all sites
//! or for one. What comes with the app is not here: no row means the app's own words.

mod specimen;
#[cfg(test)]
mod tests;
mod trial;
mod used;

use super::column::{changes_one, instant};
use crate::{Read, StoreError, Write};
use igny8_core::id::{PromptVersionId, SiteId};
use igny8_core::prompt::PromptKind;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, Row, params};

pub use trial::TrialRow;
pub use used::{PromptSource, PromptUse};

/// Most wordings of a history that are shown, newest first: more than anybody looks through.
const VERSIONS_MAX: u32 = 200;

/// One wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptVersionRow {
    /// Id.
    pub id: PromptVersionId,
    /// What it is for.
    pub kind: PromptKind,
    /// The site it is for; `None` for all.
    pub site: Option<SiteId>,
    /// Its number among the wordings of its kind and site, from 1.
    pub version: u32,
    /// The template.
    pub body: String,
    /// When it was written.
    pub created_at: UtcMs,
}

impl Read<'_> {
    /// The wordings in use: those for all sites, and those of one site when it is named.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn prompts_in_use(&self, site: Option<SiteId>) -> Result<Vec<PromptVersionRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select v.id, v.kind, v.site_id, v.version, v.body, v.created_at
             from prompt p join prompt_version v on v.id = p.version_id
             where p.site_id in (0, ?1) order by p.kind, p.site_id",
        )?;
        let rows = statement.query_map(params![site.map_or(0, |site| site.0)], read_version)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Sites that have a wording of their own in use, with the kinds, removed sites left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn prompt_overrides(&self) -> Result<Vec<(PromptKind, SiteId)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select p.kind, p.site_id from prompt p join site s on s.id = p.site_id
             where s.removed_at = 0 order by p.kind, p.site_id",
        )?;
        let rows = statement.query_map([], |row| Ok((super::word(row, "kind")?, SiteId(row.get("site_id")?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Every wording of the user's own that is in use, with the name of its site; without one for all sites. Removed sites are
    /// left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn own_prompts(&self) -> Result<Vec<(PromptKind, Option<String>)>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select p.kind, s.name from prompt p left join site s on s.id = p.site_id
             where p.site_id = 0 or s.removed_at = 0 order by p.kind, s.name",
        )?;
        let rows = statement.query_map([], |row| Ok((super::word(row, "kind")?, row.get("name")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The wordings of a kind, for all sites or of one, newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn prompt_versions(&self, kind: PromptKind, site: Option<SiteId>) -> Result<Vec<PromptVersionRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, kind, site_id, version, body, created_at from prompt_version
             where kind = ?1 and site_id = ?2 order by version desc limit ?3",
        )?;
        let rows = statement.query_map(params![kind.as_str(), key(site), VERSIONS_MAX], read_version)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One wording.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown id.
    pub fn prompt_version(&self, id: PromptVersionId) -> Result<PromptVersionRow, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select id, kind, site_id, version, body, created_at from prompt_version where id = ?1")?;
        Ok(statement.query_row(params![id.0], read_version)?)
    }
}

impl Write<'_> {
    /// Keeps a wording and puts it in use. The text of the newest wording again makes no new one.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site; [`StoreError::Conflict`] for a text that is too long.
    pub fn prompt_save(
        &mut self,
        kind: PromptKind,
        site: Option<SiteId>,
        body: &str,
        now: UtcMs,
    ) -> Result<PromptVersionId, StoreError> {
        if let Some(site) = site {
            self.site(site)?;
        }
        let newest: Option<(i64, String)> = self
            .conn
            .prepare_cached(
                "select id, body from prompt_version where kind = ?1 and site_id = ?2 order by version desc limit 1",
            )?
            .query_row(params![kind.as_str(), key(site)], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let id = match newest {
            Some((id, text)) if text == body => PromptVersionId(id),
            Some(_) | None => {
                self.conn
                    .prepare_cached(
                        "insert into prompt_version (kind, site_id, version, body, created_at)
                         select ?1, ?2, coalesce(max(version), 0) + 1, ?3, ?4 from prompt_version
                         where kind = ?1 and site_id = ?2",
                    )?
                    .execute(params![kind.as_str(), key(site), body, now.0])?;
                PromptVersionId(self.conn.last_insert_rowid())
            }
        };
        self.put_in_use(kind, site, id, now)?;
        Ok(id)
    }

    /// Puts an earlier wording in use again, where it belongs.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown wording, or one of a removed site.
    pub fn prompt_use_version(&mut self, id: PromptVersionId, now: UtcMs) -> Result<(), StoreError> {
        let row = self.prompt_version(id)?;
        if let Some(site) = row.site {
            self.site(site)?;
        }
        self.put_in_use(row.kind, row.site, id, now)
    }

    /// Takes the wording in use out of use; the wordings stay. Returns which one it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when none is in use.
    pub fn prompt_reset(&mut self, kind: PromptKind, site: Option<SiteId>) -> Result<PromptVersionId, StoreError> {
        let was: i64 = self
            .conn
            .prepare_cached("select version_id from prompt where kind = ?1 and site_id = ?2")?
            .query_row(params![kind.as_str(), key(site)], |row| row.get(0))?;
        changes_one(
            self.conn,
            "delete from prompt where kind = ?1 and site_id = ?2",
            params![kind.as_str(), key(site)],
        )?;
        self.touch(Topic::Prompts);
        Ok(PromptVersionId(was))
    }

    fn put_in_use(
        &mut self,
        kind: PromptKind,
        site: Option<SiteId>,
        id: PromptVersionId,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into prompt (kind, site_id, version_id, updated_at) values (?1, ?2, ?3, ?4)
                 on conflict (kind, site_id) do update
                   set version_id = excluded.version_id, updated_at = excluded.updated_at",
            )?
            .execute(params![kind.as_str(), key(site), id.0, now.0])?;
        self.touch(Topic::Prompts);
        Ok(())
    }
}

/// The number under which a site, or all of them, stands in the tables.
fn key(site: Option<SiteId>) -> i64 {
    site.map_or(0, |site| site.0)
}

fn read_version(row: &Row<'_>) -> rusqlite::Result<PromptVersionRow> {
    let site: i64 = row.get("site_id")?;
    Ok(PromptVersionRow {
        id: PromptVersionId(row.get("id")?),
        kind: super::word(row, "kind")?,
        site: (site > 0).then_some(SiteId(site)),
        version: row.get("version")?,
        body: row.get("body")?,
        created_at: instant(row, "created_at")?,
    })
}
