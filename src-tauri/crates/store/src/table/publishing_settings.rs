//! How the articles of a site go forward by themselves. A site without a row has what is usual.

use super::column::{ids, to_json};
use crate::{Read, StoreError, Write};
use igny8_core::id::SiteId;
use igny8_core::publishing::PublishingSettings;
use igny8_core::quality::QualityFloor;
use igny8_core::slots::Limits;
use igny8_core::time::{CalendarDay, UtcMs};
use igny8_core::topic::Topic;
use igny8_core::zone::{ClockTime, Weekdays};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, params};

impl Read<'_> {
    /// The settings of a site; `None` when nobody has made any.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn publishing_settings(&self, site: SiteId) -> Result<Option<PublishingSettings>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select auto_approve, auto_schedule, words_percent, needs_pictures, needs_meta, headings_min,
               refuses_same_topic, takes_outlines, rhythm, every_days, anchor_day, at_time, days, times, from_time,
               until_time, every_minutes, per_day, per_week, per_month, queue_limit
             from publishing_settings where site_id = ?1",
        )?;
        Ok(statement.query_row(params![site.0], read_settings).optional()?)
    }

    /// Sites whose articles go forward by themselves, in one way or both.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn sites_going_forward(&self) -> Result<Vec<SiteId>, StoreError> {
        ids(
            self.conn,
            "select s.id from publishing_settings p join site s on s.id = p.site_id
             where (p.auto_approve = 1 or p.auto_schedule = 1) and s.removed_at = 0",
            [],
            SiteId,
        )
    }
}

impl Write<'_> {
    /// Stores the settings of a site. What was looked at under others is looked at again.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for an unknown or removed site; [`StoreError::Conflict`] when a value breaks a rule of the
    /// schema.
    pub fn set_publishing_settings(
        &mut self,
        site: SiteId,
        settings: &PublishingSettings,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        self.site(site)?;
        let (floor, limits) = (&settings.floor, settings.limits);
        self.conn
            .prepare_cached(
                "insert or replace into publishing_settings (site_id, auto_approve, auto_schedule, words_percent,
                   needs_pictures, needs_meta, headings_min, refuses_same_topic, takes_outlines, rhythm, every_days,
                   anchor_day, at_time, days, times, from_time, until_time, every_minutes, per_day, per_week, per_month,
                   queue_limit, updated_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                   ?22, ?23)",
            )?
            .execute(params![
                site.0,
                settings.auto_approve,
                settings.auto_schedule,
                floor.words_percent,
                floor.needs_pictures,
                floor.needs_meta,
                floor.headings_min,
                floor.refuses_same_topic,
                floor.takes_outlines,
                settings.rhythm.as_str(),
                settings.every_days,
                settings.anchor.to_string(),
                settings.time.to_string(),
                settings.days.bits(),
                to_json(&settings.times)?,
                settings.from.to_string(),
                settings.until.to_string(),
                settings.every_minutes,
                limits.per_day,
                limits.per_week,
                limits.per_month,
                settings.queue_limit,
                now.0.max(1),
            ])?;
        self.forget_verdicts(site)?;
        self.touch(Topic::Settings);
        Ok(())
    }
}

fn read_settings(row: &Row<'_>) -> rusqlite::Result<PublishingSettings> {
    let days: u8 = row.get("days")?;
    let anchor: String = row.get("anchor_day")?;
    Ok(PublishingSettings {
        auto_approve: row.get("auto_approve")?,
        auto_schedule: row.get("auto_schedule")?,
        floor: QualityFloor {
            words_percent: row.get("words_percent")?,
            needs_pictures: row.get("needs_pictures")?,
            needs_meta: row.get("needs_meta")?,
            headings_min: row.get("headings_min")?,
            refuses_same_topic: row.get("refuses_same_topic")?,
            takes_outlines: row.get("takes_outlines")?,
        },
        rhythm: super::word(row, "rhythm")?,
        every_days: row.get("every_days")?,
        anchor: CalendarDay::read(&anchor).ok_or_else(|| unreadable("anchor_day"))?,
        time: time(row, "at_time")?,
        days: Weekdays::of_bits(days).ok_or_else(|| unreadable("days"))?,
        times: super::json(row, "times")?,
        from: time(row, "from_time")?,
        until: time(row, "until_time")?,
        every_minutes: row.get("every_minutes")?,
        limits: Limits {
            per_day: row.get("per_day")?,
            per_week: row.get("per_week")?,
            per_month: row.get("per_month")?,
        },
        queue_limit: row.get("queue_limit")?,
    })
}

fn time(row: &Row<'_>, column: &str) -> rusqlite::Result<ClockTime> {
    super::word(row, column)
}

fn unreadable(column: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, column.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, SITE};

    #[test]
    fn settings_are_read_as_they_were_stored() {
        let mut bench = Bench::new();
        assert_eq!(bench.read(|r| r.publishing_settings(SITE)), None, "nobody has made any");
        let usual = PublishingSettings::usual(CalendarDay::read("2026-11-27").unwrap());
        for (every_days, bits) in [(3, 5), (1, 127)] {
            let settings = PublishingSettings {
                auto_approve: true,
                every_days,
                days: Weekdays::of_bits(bits).unwrap(),
                times: vec!["07:30".parse().unwrap(), "19:05".parse().unwrap()],
                limits: Limits { per_day: 1, per_week: 2, per_month: 3 },
                queue_limit: 4,
                ..usual.clone()
            };
            let stored = settings.clone();
            bench.write(move |w| w.set_publishing_settings(SITE, &stored, NOW)).unwrap();
            assert_eq!(bench.read(|r| r.publishing_settings(SITE)), Some(settings));
        }
        assert_eq!(bench.read(|r| r.sites_going_forward()), [SITE]);
        let still = usual.clone();
        bench.write(move |w| w.set_publishing_settings(SITE, &still, NOW)).unwrap();
        assert_eq!(bench.read(|r| r.sites_going_forward()), []);
        let nowhere = bench.write(move |w| w.set_publishing_settings(SiteId(99), &usual, NOW));
        assert_eq!(nowhere, Err(StoreError::NotFound));
    }
}
