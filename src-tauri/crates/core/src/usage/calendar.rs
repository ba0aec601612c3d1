//! Spans of time in somebody's calendar: days and months begin when they do where the user lives, which is not every 24
//! hours. What is counted afterwards is counted between instants, so that no query knows of zones.

use crate::time::UtcMs;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

/// Most days or months a series is cut into. It ends there should a clock have been set centuries ahead.
const SLOTS_MAX: usize = 4_000;

/// A span up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The calendar month so far.
    Month,
    /// Today and the days before, so many in all.
    Days(u32),
    /// Everything.
    All,
}

/// A day or a month: from its first instant to before the next one's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// `YYYY-MM-DD` or `YYYY-MM`.
    pub label: String,
    /// Its first instant.
    pub from: UtcMs,
    /// The first instant after it.
    pub until: UtcMs,
}

/// The calendar month of an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// The month itself.
    pub slot: Slot,
    /// The instant's day of it, from 1.
    pub day: u32,
    /// Days it has.
    pub days: u32,
}

/// Somebody's calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
}

impl Calendar {
    /// The calendar of a zone (IANA name); UTC when the zone is unknown.
    #[must_use]
    pub fn of(zone: &str) -> Self {
        Self { zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC) }
    }

    /// The first instant of a period; `None` for everything.
    #[must_use]
    pub fn start(&self, period: Period, now: UtcMs) -> Option<UtcMs> {
        match period {
            Period::Month => Some(self.month(now).slot.from),
            Period::Days(days) => {
                let before = i64::from(days.saturating_sub(1));
                let first = self.date(now).checked_sub(before.days()).unwrap_or(Date::MIN);
                Some(self.begin(first))
            }
            Period::All => None,
        }
    }

    /// Every day from that of `from` to that of `until`.
    #[must_use]
    pub fn days(&self, from: UtcMs, until: UtcMs) -> Vec<Slot> {
        self.slots(self.date(from), self.date(until), |day| day.tomorrow().unwrap_or(Date::MAX), day_label)
    }

    /// Every month from that of `from` to that of `until`.
    #[must_use]
    pub fn months(&self, from: UtcMs, until: UtcMs) -> Vec<Slot> {
        self.slots(self.date(from).first_of_month(), self.date(until), next_month, month_label)
    }

    /// The month of an instant.
    #[must_use]
    pub fn month(&self, now: UtcMs) -> Month {
        let today = self.date(now);
        let first = today.first_of_month();
        let slot = Slot { label: month_label(first), from: self.begin(first), until: self.begin(next_month(first)) };
        Month { slot, day: count(today.day()), days: count(today.days_in_month()) }
    }

    /// The day of an instant, as `YYYY-MM-DD`.
    #[must_use]
    pub fn day(&self, at: UtcMs) -> String {
        day_label(self.date(at))
    }

    fn slots(&self, first: Date, last: Date, next: fn(Date) -> Date, label: fn(Date) -> String) -> Vec<Slot> {
        let dates = std::iter::successors(Some(first), |date| Some(next(*date)));
        dates
            .take_while(|date| *date <= last)
            .take(SLOTS_MAX)
            .map(|date| Slot { label: label(date), from: self.begin(date), until: self.begin(next(date)) })
            .collect()
    }

    fn date(&self, at: UtcMs) -> Date {
        Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(self.zone.clone()).date()
    }

    /// The first instant of a day, which is not always midnight: clocks may go forward then.
    fn begin(&self, date: Date) -> UtcMs {
        let start = date.to_zoned(self.zone.clone()).and_then(|midnight| midnight.start_of_day());
        UtcMs(start.as_ref().map(Zoned::timestamp).map_or(i64::MAX, |at| at.as_millisecond()))
    }
}

fn next_month(date: Date) -> Date {
    date.last_of_month().tomorrow().unwrap_or(Date::MAX)
}

fn day_label(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn month_label(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}

fn count(days: i8) -> u32 {
    u32::try_from(days).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = 3_600_000;

    fn at(text: &str) -> UtcMs {
        UtcMs::from_rfc3339(text).unwrap()
    }

    fn hours(slot: &Slot) -> i64 {
        (slot.until.0 - slot.from.0) / HOUR_MS
    }

    #[test]
    fn days_begin_where_the_user_lives() {
        let calendar = Calendar::of("America/New_York");
        let days = calendar.days(at("2026-11-24T04:59:00Z"), at("2026-11-25T05:00:00Z"));
        let labels: Vec<&str> = days.iter().map(|day| day.label.as_str()).collect();
        assert_eq!(labels, ["2026-11-23", "2026-11-24", "2026-11-25"], "23:59 is still the day before");
        assert_eq!(days[1].from, at("2026-11-24T05:00:00Z"));
        assert!(days.windows(2).all(|pair| pair[0].until == pair[1].from), "no gap and no overlap");
    }

    #[test]
    fn a_day_may_have_23_or_25_hours_and_may_lack_its_midnight() {
        let berlin = Calendar::of("Europe/Berlin");
        assert_eq!(hours(&berlin.days(at("2026-03-29T10:00:00Z"), at("2026-03-29T10:00:00Z"))[0]), 23);
        assert_eq!(hours(&berlin.days(at("2026-10-25T10:00:00Z"), at("2026-10-25T10:00:00Z"))[0]), 25);
        // Clocks went from 23:59 to 01:00 that night.
        let cairo = Calendar::of("Africa/Cairo");
        let day = cairo.days(at("2024-04-26T10:00:00Z"), at("2024-04-26T10:00:00Z"));
        assert_eq!((day.len(), hours(&day[0])), (1, 23));
    }

    #[test]
    fn months_have_their_own_lengths() {
        let calendar = Calendar::of("Europe/Berlin");
        let months = calendar.months(at("2026-01-31T23:30:00Z"), at("2026-03-01T12:00:00Z"));
        let labels: Vec<&str> = months.iter().map(|month| month.label.as_str()).collect();
        assert_eq!(labels, ["2026-02", "2026-03"], "in Berlin it is February already");
        let month = calendar.month(at("2026-02-10T12:00:00Z"));
        assert_eq!((month.day, month.days, month.slot.label.as_str()), (10, 28, "2026-02"));
        assert_eq!(month.slot, months[0]);
    }

    #[test]
    fn periods_begin_with_a_day() {
        let (calendar, now) = (Calendar::of("Europe/Berlin"), at("2026-11-25T20:00:00Z"));
        assert_eq!(calendar.start(Period::Month, now), Some(at("2026-10-31T23:00:00Z")));
        assert_eq!(calendar.start(Period::Days(30), now), Some(at("2026-10-26T23:00:00Z")));
        assert_eq!(calendar.start(Period::Days(1), now), Some(at("2026-11-24T23:00:00Z")), "today alone");
        assert_eq!(calendar.start(Period::All, now), None);
    }

    #[test]
    fn an_unknown_zone_and_a_wild_clock_do_no_harm() {
        let calendar = Calendar::of("No/Where");
        assert_eq!(calendar.day(at("2026-11-25T23:59:59Z")), "2026-11-25");
        assert_eq!(calendar.days(UtcMs(0), UtcMs(100_000_000_000_000)).len(), SLOTS_MAX);
        assert_eq!(calendar.days(UtcMs(i64::MAX), UtcMs(i64::MAX)).len(), 1, "out of range shows the epoch");
    }
}
