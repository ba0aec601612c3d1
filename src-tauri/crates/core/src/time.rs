//! Instants. The database and every rule count milliseconds since 1970 in UTC; a wall time and its zone are added
//! only where a person chose one. Nothing here asks what time it is: that is the `Clock` port's business.

use serde::{Deserialize, Serialize};

/// An instant, in milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UtcMs(pub i64);

impl UtcMs {
    /// The instant as RFC 3339 in UTC, such as `2026-11-23T09:30:00Z`. Out of range shows the epoch.
    #[must_use]
    pub fn to_rfc3339(self) -> String {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or_default().to_string()
    }

    /// Reads RFC 3339 with `Z` or an offset.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_millisecond()))
    }

    /// This instant moved by `ms` milliseconds, held at the ends of the range.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// The calendar month of this instant in `zone` (IANA name), as `YYYY-MM`; UTC when the zone is unknown.
    #[must_use]
    pub fn month_in(self, zone: &str) -> String {
        self.day_in(zone).month()
    }

    /// The calendar day of this instant in `zone` (IANA name); UTC when the zone is unknown.
    #[must_use]
    pub fn day_in(self, zone: &str) -> CalendarDay {
        let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        CalendarDay(jiff::Timestamp::from_millisecond(self.0).unwrap_or_default().to_zoned(zone).date())
    }

    /// What the clocks of a zone (IANA name) show at this instant, in whole minutes since midnight; UTC when the zone is
    /// unknown.
    #[must_use]
    pub fn minute_of_day_in(self, zone: &str) -> u16 {
        let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        let then = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default().to_zoned(zone);
        // Neither is negative, and together they are below 1,440.
        u16::from(then.hour().unsigned_abs()) * 60 + u16::from(then.minute().unsigned_abs())
    }
}

/// Whether a text names a zone, such as `Europe/Berlin`.
#[must_use]
pub fn is_zone(name: &str) -> bool {
    jiff::tz::TimeZone::get(name).is_ok()
}

/// A day of somebody's calendar. Shown as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDay(jiff::civil::Date);

impl CalendarDay {
    pub(crate) const fn of(date: jiff::civil::Date) -> Self {
        Self(date)
    }

    pub(crate) const fn date(self) -> jiff::civil::Date {
        self.0
    }

    /// Its month, as `YYYY-MM`.
    #[must_use]
    pub fn month(self) -> String {
        format!("{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl std::fmt::Display for CalendarDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_month_turns_in_the_users_zone() {
        let instant = UtcMs::from_rfc3339("2026-11-30T23:30:00Z").unwrap();
        assert_eq!(instant.month_in("UTC"), "2026-11");
        assert_eq!(instant.month_in("Europe/Berlin"), "2026-12");
        assert_eq!(instant.month_in("No/Where"), "2026-11");
        assert_eq!(instant.to_rfc3339(), "2026-11-30T23:30:00Z");
    }
}
