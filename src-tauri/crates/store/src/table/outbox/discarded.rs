//! The drafts of deliveries that were taken out. They are noted as of no use, and whoever tidies the site takes them away
//! there as soon as it answers; a delivery that is taken up again keeps its own.

use crate::table::leftover::NewLeftover;
use crate::{Read, StoreError, Write};
use igny8_core::id::{OutboxId, SiteId};
use igny8_core::on_site::LeftoverKind;
use igny8_core::status::{ContentType, DestinationKind};
use igny8_core::time::UtcMs;
use rusqlite::params;

impl Read<'_> {
    /// Sites on which drafts of these deliveries are of no use.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sites_with_drafts_of(&self, ids: &[OutboxId]) -> Result<Vec<SiteId>, StoreError> {
        let mut sites = Vec::new();
        for id in ids {
            let row = self.outbox_entry(*id)?;
            let is_noted = "select 1 from leftover where site_id = ?1 and name = ?2 and keeps = ''";
            let is_noted = self.conn.prepare_cached(is_noted)?.exists(params![row.site.0, row.draft_slug])?;
            if is_noted && !sites.contains(&row.site) {
                sites.push(row.site);
            }
        }
        Ok(sites)
    }
}

impl Write<'_> {
    /// Notes the draft of a delivery as of no use, if all that it has made of its post is one.
    pub(super) fn note_useless_draft(&mut self, id: OutboxId, now: UtcMs) -> Result<(), StoreError> {
        let row = self.outbox_entry(id)?;
        let article = match self.content(row.content) {
            Ok(article) => article,
            // Removed: nothing is known of what became of its post.
            Err(StoreError::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        };
        let is_or_was_more =
            row.may_have_been_public() || article.published_at.is_some() || article.handed_for.is_some();
        // In a folder a post is made once, and what is none yet is seen by nobody.
        let is_on_site = self.site(row.site).is_ok_and(|site| site.kind == DestinationKind::WordPress);
        if row.remote_id.is_empty() || is_or_was_more || !is_on_site {
            return Ok(());
        }
        let is_page = article.content_type == ContentType::Page;
        let kind = if is_page { LeftoverKind::Page } else { LeftoverKind::Post };
        let (site, name) = (row.site, row.draft_slug);
        self.note_leftover(&NewLeftover { site, kind, name, keeps: String::new(), parent: String::new() }, now)
    }

    /// The draft of a delivery is of use again.
    pub(super) fn keep_draft(&mut self, id: OutboxId) -> Result<(), StoreError> {
        let row = self.outbox_entry(id)?;
        let kept = "delete from leftover where site_id = ?1 and name = ?2 and keeps = ''";
        self.conn.prepare_cached(kept)?.execute(params![row.site.0, row.draft_slug])?;
        Ok(())
    }
}
