//! What is on a site's calendar, as the rules of its times count it, and what waits to be given a time.

use crate::table::column::{ids, instant};
use crate::{Read, StoreError};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::slots::Booked;
use igny8_core::time::UtcMs;
use rusqlite::params;

/// When articles of ours go out or went: those that wait for their time, are on their way, or are on the site.
const BOOKED: &str = "select case
       when delivery = 'published' then public_at
       when scheduled_publish_at > 0 then scheduled_publish_at
       else updated_at end as at, delivery = 'scheduled' and missed_at = 0 as is_waiting
   from content
   where site_id = ?1 and status = 'approved' and delivery in ('scheduled', 'publishing', 'published')
     and removed_at = 0 and is_imported = 0 and (delivery <> 'published' or public_at >= ?2)";

/// A time to come, as a person chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedWall {
    /// The article.
    pub content: ContentId,
    /// Its site.
    pub site: SiteId,
    /// The instant that was made of it.
    pub at: UtcMs,
    /// What was chosen.
    pub wall: String,
    /// The zone it was chosen in.
    pub zone: String,
    /// The zone of its site now.
    pub zone_of_site: String,
}

const WALLS: &str = "select c.id as id, c.site_id as site_id, c.scheduled_publish_at as at, c.scheduled_wall as wall,
     c.scheduled_zone as zone, s.zone as zone_of_site
   from content c indexed by content_planned join site s on s.id = c.site_id
   where c.scheduled_publish_at > ?1 and c.scheduled_publish_at > 0 and c.removed_at = 0 and c.delivery = 'scheduled'
     and c.scheduled_wall <> '' and s.removed_at = 0
   order by c.scheduled_publish_at, c.id";

const OF_OTHER_CLOCKS: &str = "select c.scheduled_publish_at as at, c.title as title
   from content c indexed by content_planned join site s on s.id = c.site_id
   where c.scheduled_publish_at > ?2 and c.scheduled_publish_at > 0 and c.removed_at = 0 and c.delivery = 'scheduled'
     and c.site_id = ?1 and c.scheduled_zone <> s.zone
   order by c.scheduled_publish_at, c.id";

impl Read<'_> {
    /// The times after an instant, as they were chosen.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn planned_walls(&self, after: UtcMs) -> Result<Vec<PlannedWall>, StoreError> {
        let mut statement = self.conn.prepare_cached(WALLS)?;
        let rows = statement.query_map(params![after.0], |row| {
            Ok(PlannedWall {
                content: ContentId(row.get("id")?),
                site: SiteId(row.get("site_id")?),
                at: instant(row, "at")?,
                wall: row.get("wall")?,
                zone: row.get("zone")?,
                zone_of_site: row.get("zone_of_site")?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Times of a site after an instant that are not what its own clocks show: those that were chosen elsewhere, with their
    /// titles, the next first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn times_of_other_clocks(&self, site: SiteId, after: UtcMs) -> Result<Vec<(UtcMs, String)>, StoreError> {
        let mut statement = self.conn.prepare_cached(OF_OTHER_CLOCKS)?;
        let rows = statement.query_map(params![site.0, after.0], |row| Ok((instant(row, "at")?, row.get("title")?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What is on a site's calendar from an instant on, with all that waits for its time.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn booked(&self, site: SiteId, since: UtcMs) -> Result<Booked, StoreError> {
        let mut statement = self.conn.prepare_cached(BOOKED)?;
        let rows = statement
            .query_map(params![site.0, since.0], |row| Ok((instant(row, "at")?, row.get::<_, bool>("is_waiting")?)))?;
        let mut booked = Booked::default();
        for row in rows {
            let (at, is_waiting) = row?;
            booked.at.push(at);
            booked.waiting = booked.waiting.saturating_add(u32::from(is_waiting));
        }
        Ok(booked)
    }

    /// Articles of a site that are approved, have no time and are not on their way, oldest first, at most `limit`; without
    /// those whose time a person took away, unless they are meant as well.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn without_date(&self, site: SiteId, is_all: bool, limit: u32) -> Result<Vec<ContentId>, StoreError> {
        ids(
            self.conn,
            "select c.id from content c left join verdict v on v.content_id = c.id
             where c.site_id = ?1 and c.status = 'approved' and c.delivery = 'not_published' and c.removed_at = 0
               and c.is_imported = 0 and (?2 or coalesce(v.keeps_no_date, 0) = 0)
             order by c.id limit ?3",
            params![site.0, is_all, limit],
            ContentId,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, plan};

    #[test]
    fn a_calendar_is_read_by_site_and_state() {
        let plan = plan(&mut Bench::new(), BOOKED);
        assert!(plan.contains("content_by_site (site_id=? AND status=? AND delivery=?)"), "{plan}");
    }
}
