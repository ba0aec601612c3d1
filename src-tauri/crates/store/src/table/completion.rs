//! How far a site's work is, in one query that every page shows and nothing else counts. It takes a site and an instant
//! and never a sector, so that two pages cannot disagree.
//!
//! With an instant it speaks of the items made since then: how many of them have come how far.

#[cfg(test)]
mod tests;

use crate::{Read, StoreError};
use igny8_core::id::SiteId;
use igny8_core::money::Credits;
use igny8_core::time::UtcMs;
use rusqlite::{Row, params};

/// Counts of a site's items that are not removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// Keywords.
    pub keywords: u32,
    /// Keywords in a cluster.
    pub keywords_mapped: u32,
    /// New keywords that wait for nothing: no group was found for them, or they are disabled.
    pub keywords_left_out: u32,
    /// Clusters.
    pub clusters: u32,
    /// Clusters with ideas.
    pub clusters_mapped: u32,
    /// Ideas.
    pub ideas: u32,
    /// Ideas that have a task.
    pub ideas_queued: u32,
    /// Ideas whose article is written.
    pub ideas_completed: u32,
    /// Tasks waiting to be written.
    pub tasks_queued: u32,
    /// Tasks whose last attempt failed.
    pub tasks_failed: u32,
    /// Articles.
    pub contents: u32,
    /// Articles in draft.
    pub drafts: u32,
    /// Articles in review.
    pub review: u32,
    /// Articles approved and not on the site.
    pub approved: u32,
    /// Of these, the ones that nobody needs to publish: they are being published, or have their date.
    pub on_the_way: u32,
    /// Articles that the site has, whatever became of a later update.
    pub published: u32,
    /// Image slots.
    pub images: u32,
    /// Slots with a picture.
    pub images_generated: u32,
    /// Slots whose last attempt failed.
    pub images_failed: u32,
    /// Credits charged for the site.
    pub credits_used: Credits,
}

impl Read<'_> {
    /// How far a site's work is: of everything, or of what was made since an instant.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn completion(&self, site: SiteId, since: Option<UtcMs>) -> Result<Completion, StoreError> {
        // Of everything the indexes alone can tell; an instant makes the rows themselves be read.
        let found = match since {
            None => self.conn.prepare_cached(OF_ALL)?.query_row(params![site.0], read_completion)?,
            Some(since) => self.conn.prepare_cached(SINCE)?.query_row(params![site.0, since.0], read_completion)?,
        };
        Ok(found)
    }
}

fn read_completion(row: &Row<'_>) -> rusqlite::Result<Completion> {
    // What is being brought up to date is on the site all the while.
    let updating: u32 = row.get("updating")?;
    // What the site had before is nobody's work.
    let imported: u32 = row.get("imported")?;
    Ok(Completion {
        keywords: row.get("keywords")?,
        keywords_mapped: row.get("keywords_mapped")?,
        keywords_left_out: row.get("keywords_left_out")?,
        clusters: row.get("clusters")?,
        clusters_mapped: row.get("clusters_mapped")?,
        ideas: row.get("ideas")?,
        ideas_queued: row.get("ideas_queued")?,
        ideas_completed: row.get("ideas_completed")?,
        tasks_queued: row.get("tasks_queued")?,
        tasks_failed: row.get("tasks_failed")?,
        contents: row.get::<_, u32>("contents")?.saturating_sub(imported),
        drafts: row.get("drafts")?,
        review: row.get("review")?,
        approved: row.get::<_, u32>("approved")?.saturating_sub(updating),
        on_the_way: row.get::<_, u32>("on_the_way")?.saturating_sub(updating),
        published: row.get::<_, u32>("published")?.saturating_add(updating).saturating_sub(imported),
        images: row.get("images")?,
        images_generated: row.get("images_generated")?,
        images_failed: row.get("images_failed")?,
        credits_used: Credits(row.get("credits_used")?),
    })
}

const OF_ALL: &str = r"
select k.*, l.*, c.*, i.*, t.*, a.*, p.*, f.*, m.*, u.*
from (select count(*) as keywords, count(*) filter (where status = 'mapped') as keywords_mapped
      from keyword where site_id = ?1 and removed_at = 0) k,
  (select count(*) as keywords_left_out from keyword
   where site_id = ?1 and status = 'new' and removed_at = 0 and (is_disabled = 1 or passed_over_at > 0)) l,
  (select count(*) as clusters, count(*) filter (where status = 'mapped') as clusters_mapped
   from cluster where site_id = ?1 and removed_at = 0) c,
  (select count(*) as ideas, count(*) filter (where status = 'queued') as ideas_queued,
     count(*) filter (where status = 'completed') as ideas_completed
   from idea where site_id = ?1 and removed_at = 0) i,
  (select count(*) filter (where status = 'queued') as tasks_queued,
     count(*) filter (where status = 'failed') as tasks_failed
   from task where site_id = ?1 and removed_at = 0) t,
  (select count(*) as contents, count(*) filter (where status = 'draft') as drafts,
     count(*) filter (where status = 'review') as review,
     count(*) filter (where status = 'approved' and delivery <> 'published') as approved,
     count(*) filter (where status = 'approved' and delivery in ('scheduled', 'publishing')) as on_the_way,
     count(*) filter (where delivery = 'published') as published
   from content where site_id = ?1 and removed_at = 0) a,
  (select count(*) as updating from content
   where site_id = ?1 and status = 'approved' and delivery = 'publishing' and published_at > 0 and removed_at = 0) p,
  (select count(*) as imported from content where site_id = ?1 and is_imported = 1 and removed_at = 0) f,
  (select count(*) as images, count(*) filter (where status = 'generated') as images_generated,
     count(*) filter (where status = 'failed') as images_failed
   from image where site_id = ?1 and removed_at = 0) m,
  (select coalesce(sum(credits), 0) as credits_used from usage_log where site_id = ?1) u";

const SINCE: &str = r"
select k.*, l.*, c.*, i.*, t.*, a.*, p.*, f.*, m.*, u.*
from (select count(*) as keywords, count(*) filter (where status = 'mapped') as keywords_mapped
      from keyword where site_id = ?1 and removed_at = 0 and created_at >= ?2) k,
  (select count(*) as keywords_left_out from keyword
   where site_id = ?1 and status = 'new' and removed_at = 0 and (is_disabled = 1 or passed_over_at > 0)
     and created_at >= ?2) l,
  (select count(*) as clusters, count(*) filter (where status = 'mapped') as clusters_mapped
   from cluster where site_id = ?1 and removed_at = 0 and created_at >= ?2) c,
  (select count(*) as ideas, count(*) filter (where status = 'queued') as ideas_queued,
     count(*) filter (where status = 'completed') as ideas_completed
   from idea where site_id = ?1 and removed_at = 0 and created_at >= ?2) i,
  (select count(*) filter (where status = 'queued') as tasks_queued,
     count(*) filter (where status = 'failed') as tasks_failed
   from task where site_id = ?1 and removed_at = 0 and created_at >= ?2) t,
  (select count(*) as contents, count(*) filter (where status = 'draft') as drafts,
     count(*) filter (where status = 'review') as review,
     count(*) filter (where status = 'approved' and delivery <> 'published') as approved,
     count(*) filter (where status = 'approved' and delivery in ('scheduled', 'publishing')) as on_the_way,
     count(*) filter (where delivery = 'published') as published
   from content where site_id = ?1 and removed_at = 0 and created_at >= ?2) a,
  (select count(*) as updating from content
   where site_id = ?1 and status = 'approved' and delivery = 'publishing' and published_at > 0 and removed_at = 0
     and created_at >= ?2) p,
  (select count(*) as imported from content
   where site_id = ?1 and is_imported = 1 and removed_at = 0 and created_at >= ?2) f,
  (select count(*) as images, count(*) filter (where status = 'generated') as images_generated,
     count(*) filter (where status = 'failed') as images_failed
   from image where site_id = ?1 and removed_at = 0 and created_at >= ?2) m,
  (select coalesce(sum(credits), 0) as credits_used from usage_log where site_id = ?1 and at >= ?2) u";
