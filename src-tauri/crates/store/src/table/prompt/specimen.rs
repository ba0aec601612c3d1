//! Items to show a prompt with: those that wait first, since they are what the prompt will be used on next.

use crate::{Read, StoreError};
use igny8_core::id::{ClusterId, ContentId, ImageId, KeywordId, SiteId, TaskId};
use igny8_core::status::{ContentStructure, ImageType, KeywordStatus};
use rusqlite::{OptionalExtension, params};

/// Of one sector, as a call carries them.
const KEYWORDS: &str = "select id from keyword
   where site_id = ?1 and status = ?2 and is_disabled = 0 and removed_at = 0
     and sector_id = (
       select sector_id from keyword
       where site_id = ?1 and status = ?2 and is_disabled = 0 and removed_at = 0 limit 1)
   limit ?3";
const CLUSTER: &str = "select id from cluster where site_id = ?1 and is_disabled = 0 and removed_at = 0
   order by status = 'mapped', id limit 1";
const TASK: &str = "select t.id from task t join idea i on i.id = t.idea_id
   where t.site_id = ?1 and t.removed_at = 0 and (?2 = '' or i.content_structure = ?2)
   order by t.status = 'completed', t.id limit 1";
const CONTENT: &str = "select id from content where site_id = ?1 and removed_at = 0
   order by status <> 'draft', id desc limit 1";
const IMAGE: &str = "select id from image where site_id = ?1 and removed_at = 0 and (?2 = '' or image_type = ?2)
   order by status = 'generated', id limit 1";

impl Read<'_> {
    /// Keywords of one sector of a site, at most `limit`: new ones, else mapped ones.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn specimen_keywords(&self, site: SiteId, limit: u32) -> Result<Vec<KeywordId>, StoreError> {
        let mut statement = self.conn.prepare_cached(KEYWORDS)?;
        for status in [KeywordStatus::New, KeywordStatus::Mapped] {
            let rows = statement.query_map(params![site.0, status.as_str(), limit], |row| row.get(0).map(KeywordId))?;
            let found = rows.collect::<Result<Vec<_>, _>>()?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    /// A cluster of a site.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn specimen_cluster(&self, site: SiteId) -> Result<Option<ClusterId>, StoreError> {
        let mut statement = self.conn.prepare_cached(CLUSTER)?;
        Ok(statement.query_row(params![site.0], |row| row.get(0).map(ClusterId)).optional()?)
    }

    /// A task of a site, of a structure when one is named.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn specimen_task(
        &self,
        site: SiteId,
        structure: Option<ContentStructure>,
    ) -> Result<Option<TaskId>, StoreError> {
        let mut statement = self.conn.prepare_cached(TASK)?;
        let structure = structure.map_or("", ContentStructure::as_str);
        Ok(statement.query_row(params![site.0, structure], |row| row.get(0).map(TaskId)).optional()?)
    }

    /// An article of a site.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn specimen_content(&self, site: SiteId) -> Result<Option<ContentId>, StoreError> {
        let mut statement = self.conn.prepare_cached(CONTENT)?;
        Ok(statement.query_row(params![site.0], |row| row.get(0).map(ContentId)).optional()?)
    }

    /// An image slot of a site, in a place when one is named.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn specimen_image(&self, site: SiteId, place: Option<ImageType>) -> Result<Option<ImageId>, StoreError> {
        let mut statement = self.conn.prepare_cached(IMAGE)?;
        let place = place.map_or("", ImageType::as_str);
        Ok(statement.query_row(params![site.0, place], |row| row.get(0).map(ImageId)).optional()?)
    }
}
