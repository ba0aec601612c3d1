//! What a cell says of time. Vendors count in UTC.

use super::cell::{Said, Unreadable};
use crate::time::UtcMs;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Unix times above this are milliseconds: in seconds it would be the year 5138.
const SECONDS_MAX: i64 = 100_000_000_000;

const DAY_MS: i64 = 86_400_000;

/// Months of a year: a number above it can only be a day.
const MONTHS: i8 = 12;

/// Which of two numbers before the year is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `25/11/2026`
    DayFirst,
    /// `11/25/2026`
    MonthFirst,
}

/// An instant, or a day when no time of day stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// An instant.
    Instant(UtcMs),
    /// A day in UTC, by its first instant.
    Day(UtcMs),
}

impl When {
    /// The first instant.
    pub(super) fn start(self) -> UtcMs {
        match self {
            Self::Instant(at) | Self::Day(at) => at,
        }
    }

    /// The first instant after a day.
    pub(super) fn end(self) -> Option<UtcMs> {
        match self {
            Self::Instant(_) => None,
            Self::Day(at) => Some(at.plus_ms(DAY_MS)),
        }
    }
}

/// Reads RFC 3339, a date and time without a zone, a date, or Unix time in seconds or milliseconds. A date that ends with
/// its year is read in the order of the file's other dates; where those do not show it, it is read when the cell alone
/// does.
pub(super) fn when(cell: &str, order: Option<DateOrder>) -> Said<When> {
    if cell.is_empty() {
        return Said::Nothing;
    }
    read(cell, order).into()
}

/// The order that a cell shows beyond doubt: one of its two numbers is no month.
#[must_use]
pub(super) fn order_in(cell: &str) -> Option<DateOrder> {
    year_last(cell.split([' ', 'T']).next()?)?.order()
}

fn read(cell: &str, order: Option<DateOrder>) -> Result<When, Unreadable> {
    if let Some(at) = UtcMs::from_rfc3339(cell) {
        return Ok(When::Instant(at));
    }
    if let Ok(number) = cell.parse::<f64>() {
        let ms = if number.abs() < SECONDS_MAX as f64 { number * 1_000.0 } else { number };
        // A year alone is no time.
        let is_time = number >= 1e8 && ms < i64::MAX as f64;
        return if is_time { Ok(When::Instant(UtcMs(ms as i64))) } else { Err(Unreadable::NotATime) };
    }
    let cell = cell.strip_suffix(" UTC").unwrap_or(cell);
    let (date, clock) = cell.split_once([' ', 'T']).map_or((cell, None), |(date, clock)| (date, Some(clock.trim())));
    let date = match year_last(date) {
        Some(date) => date.read(order)?,
        None => date.replace('/', "-").parse::<Date>().map_err(|_| Unreadable::NotATime)?,
    };
    let time = clock.map_or(Ok(Time::midnight()), |clock| clock.parse::<Time>().map_err(|_| Unreadable::NotATime))?;
    let zoned = DateTime::from_parts(date, time).to_zoned(TimeZone::UTC).map_err(|_| Unreadable::NotATime)?;
    let at = UtcMs(zoned.timestamp().as_millisecond());
    Ok(if clock.is_some() { When::Instant(at) } else { When::Day(at) })
}

/// A date that ends with its year, as two numbers whose meaning is open.
struct YearLast {
    first: i8,
    second: i8,
    year: i16,
}

impl YearLast {
    /// The order these numbers leave open no other for.
    fn order(&self) -> Option<DateOrder> {
        match (self.first > MONTHS, self.second > MONTHS) {
            (true, false) => Some(DateOrder::DayFirst),
            (false, true) => Some(DateOrder::MonthFirst),
            (true, true) | (false, false) => None,
        }
    }

    fn read(&self, order: Option<DateOrder>) -> Result<Date, Unreadable> {
        let (first, second) = (self.first, self.second);
        // Where the day and the month are the same number, either order says the same.
        let same = (first == second).then_some(DateOrder::DayFirst);
        let (day, month) = match self.order().or(same).or(order).ok_or(Unreadable::AmbiguousDate)? {
            DateOrder::DayFirst => (first, second),
            DateOrder::MonthFirst => (second, first),
        };
        Date::new(self.year, month, day).map_err(|_| Unreadable::NotATime)
    }
}

fn year_last(date: &str) -> Option<YearLast> {
    let mark = date.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let mut parts = date.split(mark);
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    let is_date = parts.next().is_none() && is_number(first, 1..=2) && is_number(second, 1..=2);
    if !is_date || !is_number(year, 4..=4) {
        return None;
    }
    Some(YearLast { first: first.parse().ok()?, second: second.parse().ok()?, year: year.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Said<When> {
        Said::This(When::Day(UtcMs::from_rfc3339(&format!("{text}T00:00:00Z")).unwrap()))
    }

    #[test]
    fn instants_are_read_in_every_form_vendors_write() {
        let at = UtcMs::from_rfc3339("2026-11-25T10:30:00Z").unwrap();
        for cell in [
            "2026-11-25T10:30:00Z",
            "2026-11-25T11:30:00+01:00",
            "2026-11-25 10:30:00",
            "2026-11-25T10:30:00",
            "2026-11-25 10:30:00 UTC",
            "2026/11/25 10:30",
            "25/11/2026 10:30",
            "11/25/2026 10:30:00 UTC",
            "1795602600",
            "1795602600.0",
            "1795602600000",
        ] {
            assert_eq!(when(cell, None), Said::This(When::Instant(at)), "{cell}");
        }
        assert_eq!(when("2026-11-25T10:30:00.250Z", None), Said::This(When::Instant(at.plus_ms(250))));
    }

    #[test]
    fn a_date_alone_is_a_day_and_what_is_none_is_said_to_be_none() {
        let one = when("2026-11-25", None);
        assert_eq!(one, day("2026-11-25"));
        assert_eq!(one.value().and_then(When::end), UtcMs::from_rfc3339("2026-11-26T00:00:00Z"));
        assert_eq!(when("", None), Said::Nothing, "silence is not a time that cannot be read");
        for cell in ["yesterday", "2026", "20261125", "2026-13-01", "NaN", "inf", "1e400", "-1", "32/11/2026", "1/2/26"]
        {
            assert_eq!(when(cell, None), Said::Unreadable(Unreadable::NotATime), "{cell}");
        }
    }

    #[test]
    fn a_date_that_ends_with_its_year_is_read_where_the_order_is_shown() {
        use DateOrder::{DayFirst, MonthFirst};
        assert_eq!(when("11/12/2026", None), Said::Unreadable(Unreadable::AmbiguousDate));
        assert_eq!(when("11/12/2026", Some(DayFirst)), day("2026-12-11"));
        assert_eq!(when("11/12/2026", Some(MonthFirst)), day("2026-11-12"));
        assert_eq!(when("1.2.2026", Some(DayFirst)), day("2026-02-01"));
        assert_eq!(when("11-11-2026", None), day("2026-11-11"), "both are the same day");
        for (cell, order) in [
            ("26/11/2026", Some(DayFirst)),
            ("26.11.2026 10:00", Some(DayFirst)),
            ("11/26/2026", Some(MonthFirst)),
            ("11/12/2026", None),
            ("26/26/2026", None),
            ("2026-11-26", None),
            ("", None),
        ] {
            assert_eq!(order_in(cell), order, "{cell}");
        }
    }
}
