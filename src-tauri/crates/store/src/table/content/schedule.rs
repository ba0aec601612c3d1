//! The times articles go out at, as people chose them. What the site has of a time is proven by deliveries.

use crate::table::column::changes_one;
use crate::{Read, StoreError, Write};
use igny8_core::id::ContentId;
use igny8_core::status::DeliveryStatus;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::params;

/// A time that somebody chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedTime {
    /// The instant.
    pub at: UtcMs,
    /// What the clocks of the zone show then, such as `2026-12-01T09:00`.
    pub wall: String,
    /// IANA zone.
    pub zone: String,
}

/// How the time of an article stood: what putting it back takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerTime {
    /// How it stood with its site: without a time, with one, or after a delivery that failed.
    pub delivery: DeliveryStatus,
    /// Its time, as it was chosen; `None` without one. What was chosen on its site has no wall and no zone.
    pub time: Option<PlannedTime>,
    /// When its site was poked for it; 0 when it was not.
    pub nudged_at: UtcMs,
    /// Since when it counts as missed; 0 when it does not.
    pub missed_at: UtcMs,
    /// Somebody took its time away, so that it gets none by itself.
    pub keeps_no_date: bool,
}

impl Read<'_> {
    /// How the time of an article stands.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown one.
    pub fn standing_time(&self, content: ContentId) -> Result<FormerTime, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select c.delivery, c.scheduled_publish_at, c.scheduled_wall, c.scheduled_zone, c.nudged_at, c.missed_at,
               coalesce(v.keeps_no_date, 0) as keeps_no_date
             from content c left join verdict v on v.content_id = c.id where c.id = ?1",
        )?;
        let found = statement.query_row(params![content.0], |row| {
            let at = UtcMs(row.get("scheduled_publish_at")?);
            let time = PlannedTime { at, wall: row.get("scheduled_wall")?, zone: row.get("scheduled_zone")? };
            Ok(FormerTime {
                delivery: crate::table::word(row, "delivery")?,
                time: (at.0 > 0).then_some(time),
                nudged_at: UtcMs(row.get("nudged_at")?),
                missed_at: UtcMs(row.get("missed_at")?),
                keeps_no_date: row.get("keeps_no_date")?,
            })
        });
        Ok(found?)
    }
}

impl Write<'_> {
    /// Puts the time of an article back to how it stood, where it stands as it was set: at `set`, or without a time, and
    /// nothing has become of it since.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for an article that stands otherwise by now.
    pub fn content_restore_time(
        &mut self,
        content: ContentId,
        set: Option<UtcMs>,
        former: &FormerTime,
    ) -> Result<(), StoreError> {
        let time = former.time.as_ref();
        let moved = changes_one(
            self.conn,
            "update content set delivery = ?3, scheduled_publish_at = ?4, scheduled_wall = ?5, scheduled_zone = ?6,
               nudged_at = ?7, missed_at = ?8
             where id = ?1 and status = 'approved' and is_imported = 0 and removed_at = 0 and missed_at = 0
               and scheduled_publish_at = ?2 and delivery = iif(?2 > 0, 'scheduled', 'not_published')",
            params![
                content.0,
                set.map_or(0, |at| at.0),
                former.delivery.as_str(),
                time.map_or(0, |time| time.at.0),
                time.map_or("", |time| time.wall.as_str()),
                time.map_or("", |time| time.zone.as_str()),
                former.nudged_at.0,
                former.missed_at.0,
            ],
        )?;
        self.touch(Topic::Publications);
        self.delivery_moved(moved)?;
        self.keep_without_date(content, former.keeps_no_date)
    }

    /// Gives an approved article a time, or another one. What was said of the former time is void.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for an article that is not approved, on its way, public or removed.
    pub fn content_schedule(&mut self, content: ContentId, time: &PlannedTime) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set delivery = 'scheduled', scheduled_publish_at = ?2, scheduled_wall = ?3,
               scheduled_zone = ?4, nudged_at = 0, missed_at = 0
             where id = ?1 and status = 'approved' and is_imported = 0 and removed_at = 0
               and delivery in ('not_published', 'scheduled', 'failed')",
            params![content.0, time.at.0, time.wall, time.zone],
        )?;
        self.delivery_moved(moved)
    }

    /// Takes an article's time away, also where it was not published at it.
    ///
    /// # Errors
    /// [`StoreError::WrongState`] for an article that has none, is on its way, public or removed.
    pub fn content_unschedule(&mut self, content: ContentId) -> Result<(), StoreError> {
        let moved = changes_one(
            self.conn,
            "update content set delivery = 'not_published', scheduled_publish_at = 0, scheduled_wall = '',
               scheduled_zone = '', nudged_at = 0, missed_at = 0
             where id = ?1 and (delivery = 'scheduled' or (delivery = 'failed' and scheduled_publish_at > 0))
               and removed_at = 0",
            params![content.0],
        )?;
        self.touch(Topic::Publications);
        self.delivery_moved(moved)
    }
}
