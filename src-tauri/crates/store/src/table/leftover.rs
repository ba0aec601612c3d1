//! What may lie on a site without being of use. A row is written before what it names can be there, and goes once that was
//! looked for and taken away.

use super::column::changes_one;
use crate::{Read, StoreError, Write};
use igny8_core::id::SiteId;
use igny8_core::on_site::LeftoverKind;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{Row, params};

/// Something of ours that may be there and of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftoverRow {
    /// Id of the row.
    pub id: i64,
    /// Where.
    pub site: SiteId,
    /// What.
    pub kind: LeftoverKind,
    /// The slug or the file name it was sent under.
    pub name: String,
    /// Id of the one of that name that is of use; empty where none is.
    pub keeps: String,
    /// Id of the post that a file was sent for; empty for posts.
    pub parent: String,
}

/// Something to be looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLeftover {
    /// Where.
    pub site: SiteId,
    /// What.
    pub kind: LeftoverKind,
    /// The slug or the file name it was sent under.
    pub name: String,
    /// Id of the one of that name that is of use; empty where none is.
    pub keeps: String,
    /// Id of the post that a file was sent for; empty for posts.
    pub parent: String,
}

impl Read<'_> {
    /// What may lie on a site, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn leftovers(&self, site: SiteId) -> Result<Vec<LeftoverRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select id, site_id, kind, name, keeps, parent from leftover where site_id = ?1 order by id",
        )?;
        let rows = statement.query_map(params![site.0], read_leftover)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Something of this name may be there that is of no use. What is noted again is as it is noted last.
    ///
    /// # Errors
    /// When the file fails.
    pub fn note_leftover(&mut self, new: &NewLeftover, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into leftover (site_id, kind, name, keeps, parent, noted_at) values (?1, ?2, ?3, ?4, ?5, ?6)
                 on conflict (site_id, kind, name) do update set keeps = ?4, parent = ?5, noted_at = ?6",
            )?
            .execute(params![new.site.0, new.kind.as_str(), new.name, new.keeps, new.parent, now.0])?;
        self.touch(Topic::Publications);
        Ok(())
    }

    /// A search that tried texts has ended.
    pub fn passages_ended(&mut self) {
        self.touch(Topic::Publications);
    }

    /// Nothing of it is there any more.
    ///
    /// # Errors
    /// When the file fails.
    pub fn leftover_gone(&mut self, id: i64) -> Result<(), StoreError> {
        if changes_one(self.conn, "delete from leftover where id = ?1", params![id])? {
            self.touch(Topic::Publications);
        }
        Ok(())
    }
}

fn read_leftover(row: &Row<'_>) -> rusqlite::Result<LeftoverRow> {
    Ok(LeftoverRow {
        id: row.get("id")?,
        site: SiteId(row.get("site_id")?),
        kind: super::word(row, "kind")?,
        name: row.get("name")?,
        keeps: row.get("keeps")?,
        parent: row.get("parent")?,
    })
}
