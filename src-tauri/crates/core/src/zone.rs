//! Wall times: what a person chose on a clock and a calendar, and the instant that this is in a zone. A wall time is
//! kept, the instant follows from it, so that a zone whose rules change moves the instant and not the hour on the wall.
//!
//! Clocks go forward and back. A wall time that is left out is taken to be the first instant after the gap; one that
//! comes twice is its first time only. So each wall time is exactly one instant, and later ones are never earlier.

use crate::status::{UnknownWord, vocabulary};
use crate::time::{CalendarDay, UtcMs};
use jiff::civil::{Date, DateTime, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How a wall time fits into its zone.
    Fit {
        /// It comes once.
        Exact = "exact",
        /// It never comes: clocks go forward over it. The first instant after is meant.
        Skipped = "skipped",
        /// It comes twice: clocks go back over it. The first of the two is meant.
        Repeated = "repeated",
    }
}

/// Minutes of a day on the wall.
pub const DAY_MINUTES: u16 = 24 * 60;

/// A text is no wall time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a wall time")]
pub struct NotAWallTime;

/// A time of day, to the minute. Shown as `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClockTime(u16);

impl ClockTime {
    /// Midnight, with which a day begins.
    pub const MIDNIGHT: Self = Self(0);

    /// So many minutes after midnight, 0–1439.
    #[must_use]
    pub const fn of_minutes(minutes: u16) -> Option<Self> {
        if minutes < DAY_MINUTES { Some(Self(minutes)) } else { None }
    }

    /// Minutes after midnight, 0–1439.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl std::str::FromStr for ClockTime {
    type Err = NotAWallTime;

    fn from_str(text: &str) -> Result<Self, NotAWallTime> {
        let (hours, minutes) = text.split_once(':').ok_or(NotAWallTime)?;
        let number = |part: &str, most: u16| {
            let is_plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<u16>().ok().filter(|number| is_plain && *number <= most).ok_or(NotAWallTime)
        };
        Ok(Self(number(hours, 23)? * 60 + number(minutes, 59)?))
    }
}

impl TryFrom<String> for ClockTime {
    type Error = NotAWallTime;

    fn try_from(text: String) -> Result<Self, NotAWallTime> {
        text.parse()
    }
}

impl From<ClockTime> for String {
    fn from(time: ClockTime) -> Self {
        time.to_string()
    }
}

impl std::fmt::Display for ClockTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// Days of the week, any of the seven. Stored as bits, Monday the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b001_1111);

    /// From bits, Monday the lowest; `None` for other bits.
    #[must_use]
    pub const fn of_bits(bits: u8) -> Option<Self> {
        if bits <= Self::ALL.0 { Some(Self(bits)) } else { None }
    }

    /// As bits, Monday the lowest.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a day is on one of them.
    #[must_use]
    pub fn has(self, day: CalendarDay) -> bool {
        self.0 & (1 << day.weekday_from_monday()) != 0
    }
}

/// A minute of somebody's calendar. Shown as `YYYY-MM-DDTHH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wall {
    /// The day.
    pub day: CalendarDay,
    /// The time.
    pub time: ClockTime,
}

impl Wall {
    fn datetime(self) -> DateTime {
        let (hour, minute) = (self.time.0 / 60, self.time.0 % 60);
        // Both are in range, which is what a clock time is.
        let part = |number: u16| i8::try_from(number).unwrap_or_default();
        DateTime::from_parts(self.day.date(), Time::new(part(hour), part(minute), 0, 0).unwrap_or_default())
    }
}

impl std::fmt::Display for Wall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}T{}", self.day, self.time)
    }
}

impl std::str::FromStr for Wall {
    type Err = NotAWallTime;

    fn from_str(text: &str) -> Result<Self, NotAWallTime> {
        let (day, time) = text.split_once('T').ok_or(NotAWallTime)?;
        Ok(Self { day: CalendarDay::read(day).ok_or(NotAWallTime)?, time: time.parse()? })
    }
}

/// A wall time as an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timed {
    /// What was chosen.
    pub wall: Wall,
    /// When that is.
    pub at: UtcMs,
    /// What the zone made of it.
    pub fit: Fit,
}

/// Somebody's zone. Its rules are those of the system, and those that came with the app where the system has none.
#[derive(Clone, Debug)]
pub struct Zone(pub(crate) TimeZone);

impl Zone {
    /// A zone by its IANA name; UTC when it is unknown.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    /// What a clock on the wall shows, to the minute.
    #[must_use]
    pub fn wall(&self, at: UtcMs) -> Wall {
        let zoned = timestamp(at).to_zoned(self.0.clone());
        let minutes = i32::from(zoned.hour()) * 60 + i32::from(zoned.minute());
        Wall { day: CalendarDay::of(zoned.date()), time: ClockTime(u16::try_from(minutes).unwrap_or_default()) }
    }

    /// The instant of a wall time.
    #[must_use]
    pub fn resolve(&self, wall: Wall) -> Timed {
        let shown = wall.datetime();
        let (at, fit) = match self.0.to_ambiguous_timestamp(shown).offset() {
            AmbiguousOffset::Unambiguous { offset } => (offset.to_timestamp(shown), Fit::Exact),
            AmbiguousOffset::Fold { before, .. } => (before.to_timestamp(shown), Fit::Repeated),
            AmbiguousOffset::Gap { before, after } => {
                let (earlier, later) = (after.to_timestamp(shown), before.to_timestamp(shown));
                let end = earlier.ok().and_then(|earlier| self.end_of_gap(earlier, shown));
                (end.map_or(later, Ok), Fit::Skipped)
            }
        };
        // Years that no calendar of ours reaches.
        let ms = at.map_or(i64::MAX, |at| at.as_millisecond());
        Timed { wall, at: UtcMs(ms), fit }
    }

    /// The first instant of a day, which is not always midnight.
    #[must_use]
    pub fn begin(&self, day: CalendarDay) -> UtcMs {
        self.resolve(Wall { day, time: ClockTime::MIDNIGHT }).at
    }

    /// The instant at which clocks go forward over what is `shown`: the first change after which they show no less.
    fn end_of_gap(&self, earlier: Timestamp, shown: DateTime) -> Option<Timestamp> {
        let changes = self.0.following(earlier).take(GAP_CHANGES_MAX).map(|change| change.timestamp());
        let mut changes = changes.filter(|change| self.0.to_datetime(*change) >= shown);
        changes.next()
    }
}

/// Changes of a zone between the two readings of a time in a gap. There is one, and rarely another that moves no clock.
const GAP_CHANGES_MAX: usize = 4;

impl CalendarDay {
    /// A day by its name, `YYYY-MM-DD`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if is_plain { text.parse().ok().map(Self::of) } else { None }
    }

    /// The day so many days later, or earlier; held at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        let held = if days < 0 { Date::MIN } else { Date::MAX };
        Self::of(Span::new().try_days(days).ok().and_then(|span| self.date().checked_add(span).ok()).unwrap_or(held))
    }

    /// Days from `earlier` to this one; below 0 when it is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.date().since(earlier.date()).map_or(0, |span| i64::from(span.get_days()))
    }

    /// The Monday of its week.
    #[must_use]
    pub fn monday(self) -> Self {
        self.plus_days(-i64::from(self.weekday_from_monday()))
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        Self::of(self.date().first_of_month())
    }

    /// Its day of the month, from 1, and how many the month has.
    #[must_use]
    pub fn of_month(self) -> (u8, u8) {
        let part = |number: i8| u8::try_from(number).unwrap_or(1);
        (part(self.date().day()), part(self.date().days_in_month()))
    }

    /// Days since Monday, 0–6.
    #[must_use]
    pub fn weekday_from_monday(self) -> u8 {
        let weekday: Weekday = self.date().weekday();
        u8::try_from(weekday.to_monday_zero_offset()).unwrap_or_default()
    }
}

fn timestamp(at: UtcMs) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or_default()
}

#[cfg(test)]
mod tests;
