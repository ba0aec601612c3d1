//! Which keywords wait for clustering, and which were looked at and fitted nowhere.

use crate::table::column::to_json;
use crate::{Read, StoreError, Write};
use igny8_core::id::{KeywordId, SiteId};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::params;

impl Read<'_> {
    /// Keywords waiting for a cluster, sector by sector, most searched first. The leftovers of a sector wait again only
    /// once it has a keyword that was never looked at.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn keywords_to_cluster(&self, site: SiteId, limit: u32) -> Result<Vec<KeywordId>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select k.id from keyword k
             where k.site_id = ?1 and k.status = 'new' and k.is_disabled = 0 and k.removed_at = 0
               and k.sector_id in (select sector_id from keyword where site_id = ?1 and status = 'new'
                 and is_disabled = 0 and removed_at = 0 and passed_over_at = 0)
             order by k.sector_id, k.volume is null, k.volume desc, k.id limit ?2",
        )?;
        let rows = statement.query_map(params![site.0, limit], |row| row.get(0).map(KeywordId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Notes that clustering looked at these keywords and left those that are still new out.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keyword_pass_over(&mut self, keywords: &[KeywordId], now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update keyword set passed_over_at = ?2
                 where id in (select value from json_each(?1)) and status = 'new' and removed_at = 0",
            )?
            .execute(params![to_json(keywords)?, now.0])?;
        self.touch(Topic::Keywords);
        Ok(())
    }
}
