//! Sectors: the themes inside a site. A sector in use cannot be removed: its keywords would stay in the site's numbers
//! with no page that shows them.

#[cfg(test)]
mod tests;

use super::column::{changes_one, instant};
use crate::{Read, StoreError, Write};
use igny8_core::id::{SectorId, SiteId};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{Row, params};

/// A sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectorRow {
    /// Id.
    pub id: SectorId,
    /// Its site.
    pub site: SiteId,
    /// Name, 1–200 characters, unique in its site whatever the case.
    pub name: String,
    /// Keywords in it.
    pub keyword_count: u32,
    /// When it was added.
    pub created_at: UtcMs,
}

impl Read<'_> {
    /// The sectors of a site, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sectors(&self, site: SiteId) -> Result<Vec<SectorRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "with used as (
               select sector_id, count(*) as n from keyword where site_id = ?1 and removed_at = 0 group by sector_id
             )
             select s.id as id, s.site_id as site_id, s.name as name, coalesce(used.n, 0) as keyword_count,
               s.created_at as created_at
             from sector s left join used on used.sector_id = s.id
             where s.site_id = ?1 and s.removed_at = 0 order by lower(s.name), s.id",
        )?;
        let rows = statement.query_map(params![site.0], read_sector)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One sector that is not removed.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for any other id.
    pub fn sector(&self, id: SectorId) -> Result<SectorRow, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select s.id as id, s.site_id as site_id, s.name as name, s.created_at as created_at,
               (select count(*) from keyword k
                where k.site_id = s.site_id and k.sector_id = s.id and k.removed_at = 0) as keyword_count
             from sector s where s.id = ?1 and s.removed_at = 0",
        )?;
        Ok(statement.query_row(params![id.0], read_sector)?)
    }
}

impl Write<'_> {
    /// Adds a sector.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the site has one of this name or the name is empty or too long.
    pub fn sector_add(&mut self, site: SiteId, name: &str, now: UtcMs) -> Result<SectorId, StoreError> {
        self.conn
            .prepare_cached("insert into sector (site_id, name, created_at) values (?1, ?2, ?3)")?
            .execute(params![site.0, name, now.0])?;
        self.touch(Topic::Sites);
        Ok(SectorId(self.conn.last_insert_rowid()))
    }

    /// Renames a sector.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed one, [`StoreError::Conflict`] when the site has one of this
    /// name.
    pub fn sector_rename(&mut self, id: SectorId, name: &str) -> Result<(), StoreError> {
        let sql = "update sector set name = ?2 where id = ?1 and removed_at = 0";
        let changed = changes_one(self.conn, sql, params![id.0, name])?;
        // Every list shows the sector's name.
        for topic in [Topic::Sites, Topic::Keywords, Topic::Clusters, Topic::Ideas, Topic::Tasks, Topic::Contents] {
            self.touch(topic);
        }
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }

    /// Removes an unused sector.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] while keywords, clusters, ideas or articles are in it, [`StoreError::NotFound`] for an
    /// unknown or removed one.
    pub fn sector_remove(&mut self, id: SectorId, now: UtcMs) -> Result<(), StoreError> {
        let site = self.sector(id)?.site;
        let in_use: bool = self
            .conn
            .prepare_cached(
                "select exists (select 1 from keyword where site_id = ?1 and sector_id = ?2 and removed_at = 0)
                   or exists (select 1 from cluster where site_id = ?1 and sector_id = ?2 and removed_at = 0)
                   or exists (select 1 from idea where site_id = ?1 and sector_id = ?2 and removed_at = 0)
                   or exists (select 1 from content where site_id = ?1 and sector_id = ?2 and removed_at = 0)",
            )?
            .query_row(params![site.0, id.0], |row| row.get(0))?;
        if in_use {
            return Err(StoreError::Conflict("sector in use".to_owned()));
        }
        let sql = "update sector set removed_at = ?2 where id = ?1 and removed_at = 0";
        changes_one(self.conn, sql, params![id.0, now.0])?;
        self.touch(Topic::Sites);
        Ok(())
    }

    /// Undoes [`Write::sector_remove`].
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its name was taken meanwhile, [`StoreError::NotFound`] for one that is not removed.
    pub fn sector_restore(&mut self, id: SectorId) -> Result<(), StoreError> {
        let sql = "update sector set removed_at = 0 where id = ?1 and removed_at > 0";
        let changed = changes_one(self.conn, sql, params![id.0])?;
        self.touch(Topic::Sites);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }
}

fn read_sector(row: &Row<'_>) -> rusqlite::Result<SectorRow> {
    Ok(SectorRow {
        id: SectorId(row.get("id")?),
        site: SiteId(row.get("site_id")?),
        name: row.get("name")?,
        keyword_count: row.get("keyword_count")?,
        created_at: instant(row, "created_at")?,
    })
}
