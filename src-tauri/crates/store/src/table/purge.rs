//! Taking the sample workspace away for good. Until the next start it can be had back; then nobody can ask for it any
//! more, and all that was planned and written in it goes. What it cost stays: operations, calls, usage, paid answers, the
//! statement and the notice that closed each operation are the books, and the site's row is what they speak of. Such a
//! notice is on no page any more.

use crate::table::site::SiteRow;
use crate::{Read, StoreError, Write};
use igny8_core::id::SiteId;
use igny8_core::time::UtcMs;
use rusqlite::params;

/// What goes, children before what they stand on. Each statement is about the one site.
const STEPS: [&str; 20] = [
    "delete from receipt_field where publication_id in (select id from publication where site_id = ?1)",
    "delete from publication where site_id = ?1",
    "delete from outbox where site_id = ?1",
    "delete from site_health where site_id = ?1",
    "delete from site_post where site_id = ?1",
    "delete from verdict where site_id = ?1",
    "delete from publishing_settings where site_id = ?1",
    "delete from occurrence where site_id = ?1",
    "delete from schedule_watch where site_id = ?1",
    "delete from image where site_id = ?1",
    "delete from content_version where content_id in (select id from content where site_id = ?1)",
    "delete from content where site_id = ?1",
    "delete from task where site_id = ?1",
    "delete from idea where site_id = ?1",
    "delete from cluster_leaver where keyword_id in (select id from keyword where site_id = ?1)",
    "delete from keyword where site_id = ?1",
    "delete from cluster where site_id = ?1",
    "delete from sector where site_id = ?1",
    "delete from notification where site_id = ?1 and operation_id is null",
    "delete from prompt where site_id = ?1",
];

impl Read<'_> {
    /// Removed sample workspaces of which something is left, and in which no work is open.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn samples_to_purge(&self) -> Result<Vec<SiteRow>, StoreError> {
        let samples = self.removed_sites()?.into_iter().filter(|site| site.is_sample);
        samples
            .filter_map(|site| match self.open_operations_of(site.id) {
                Ok(open) => open.is_empty().then_some(Ok(site)),
                Err(error) => Some(Err(error)),
            })
            .collect()
    }
}

impl Write<'_> {
    /// Purges removed sample workspaces. Answers which.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn purge_samples(&mut self, now: UtcMs) -> Result<Vec<SiteId>, StoreError> {
        let sites: Vec<SiteId> = self.samples_to_purge()?.into_iter().map(|site| site.id).collect();
        for site in &sites {
            for step in STEPS {
                self.conn.prepare_cached(step)?.execute(params![site.0])?;
            }
            for step in [
                "update notification set removed_at = ?2 where site_id = ?1",
                "update site set purged_at = ?2 where id = ?1",
            ] {
                self.conn.prepare_cached(step)?.execute(params![site.0, now.0])?;
            }
        }
        Ok(sites)
    }
}
