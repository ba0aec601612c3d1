//! Quiet hours: from one time of day to another, by the clocks of the user's zone, the system shows nothing of ours. The
//! list in the app goes on, and what came meanwhile is told together when they are over.

use crate::time::UtcMs;
use serde::{Deserialize, Serialize};

/// Minutes of a day by the clock.
pub const DAY_MINUTES: u16 = 24 * 60;

const MINUTE_MS: i64 = 60_000;
/// A day and the longest gap that any zone's clocks have had behind it.
const LONGEST_MINUTES: i64 = 2 * DAY_MINUTES as i64;

/// Times of day that are none, or the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no two different times of day")]
pub struct BadQuietHours;

/// When the system shows nothing of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// Whether they are kept.
    pub is_on: bool,
    /// First minute of them, counted from midnight.
    pub from: u16,
    /// First minute after them; before `from` when they last over midnight.
    pub until: u16,
}

impl Default for QuietHours {
    /// Not kept; from ten in the evening to seven in the morning once they are.
    fn default() -> Self {
        Self { is_on: false, from: 22 * 60, until: 7 * 60 }
    }
}

impl QuietHours {
    /// Quiet hours between two minutes of the day.
    ///
    /// # Errors
    /// When one of them is no minute of a day, or both are the same: always quiet is a choice of another kind.
    pub const fn new(is_on: bool, from: u16, until: u16) -> Result<Self, BadQuietHours> {
        if from >= DAY_MINUTES || until >= DAY_MINUTES || from == until {
            return Err(BadQuietHours);
        }
        Ok(Self { is_on, from, until })
    }

    /// Whether it is quiet at an instant by the clocks of a zone (IANA name; UTC when it is unknown). Where clocks are put
    /// back over the end of quiet hours, the hour that comes twice is quiet twice.
    #[must_use]
    pub fn hold_at(&self, at: UtcMs, zone: &str) -> bool {
        let minute = at.minute_of_day_in(zone);
        let is_within = match self.from < self.until {
            true => (self.from..self.until).contains(&minute),
            false => minute >= self.from || minute < self.until,
        };
        self.is_on && is_within
    }

    /// The first instant, from `at` on, at which it is not quiet.
    #[must_use]
    pub fn over_at(&self, at: UtcMs, zone: &str) -> UtcMs {
        if !self.hold_at(at, zone) {
            return at;
        }
        let minute = at.0.div_euclid(MINUTE_MS);
        // By the minute: no rule of a zone that moves its clocks can lead past the end.
        let mut minutes = (1..LONGEST_MINUTES).map(|more| UtcMs((minute + more) * MINUTE_MS));
        minutes.find(|then| !self.hold_at(*then, zone)).unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UtcMs {
        UtcMs::from_rfc3339(text).unwrap()
    }

    #[test]
    fn they_hold_over_midnight_in_the_users_zone() {
        let night = QuietHours::new(true, 22 * 60, 7 * 60).unwrap();
        let holds = |text| night.hold_at(at(text), "Europe/Berlin");
        assert!(holds("2026-11-27T21:00:00Z"), "22:00 there");
        assert!(holds("2026-11-28T05:59:59Z"), "06:59 there");
        assert!(!holds("2026-11-28T06:00:00Z"), "07:00 there");
        assert!(!holds("2026-11-27T20:59:59Z"), "21:59 there");
        assert!(!QuietHours { is_on: false, ..night }.hold_at(at("2026-11-27T23:00:00Z"), "Europe/Berlin"));
    }

    #[test]
    fn they_hold_within_a_day() {
        let noon = QuietHours::new(true, 12 * 60, 13 * 60 + 30).unwrap();
        assert!(noon.hold_at(at("2026-11-27T12:00:00Z"), "UTC") && noon.hold_at(at("2026-11-27T13:29:59Z"), "UTC"));
        assert!(!noon.hold_at(at("2026-11-27T13:30:00Z"), "UTC") && !noon.hold_at(at("2026-11-27T00:00:00Z"), "UTC"));
    }

    #[test]
    fn they_end_when_the_clocks_say_so_also_where_clocks_are_moved() {
        let night = QuietHours::new(true, 22 * 60, 7 * 60).unwrap();
        let over = |text| night.over_at(at(text), "Europe/Berlin").to_rfc3339();
        assert_eq!(over("2026-11-27T23:12:13Z"), "2026-11-28T06:00:00Z");
        assert_eq!(over("2026-03-28T23:00:00Z"), "2026-03-29T05:00:00Z", "an hour less, in the night of the change");
        assert_eq!(over("2026-11-27T12:00:00Z"), "2026-11-27T12:00:00Z", "they are over");
        // They would end in the hour that is left out, and end with it.
        let short = QuietHours::new(true, 0, 2 * 60 + 30).unwrap();
        assert_eq!(short.over_at(at("2026-03-29T00:30:00Z"), "Europe/Berlin").to_rfc3339(), "2026-03-29T01:00:00Z");
        // Once they were over, the clocks go back into them.
        assert_eq!(short.over_at(at("2026-10-25T00:00:00Z"), "Europe/Berlin").to_rfc3339(), "2026-10-25T00:30:00Z");
        assert!(short.hold_at(at("2026-10-25T01:00:00Z"), "Europe/Berlin"), "02:00 for the second time");
    }

    #[test]
    fn they_have_two_ends() {
        assert_eq!(QuietHours::new(true, 60, 60), Err(BadQuietHours));
        assert_eq!(QuietHours::new(true, DAY_MINUTES, 60), Err(BadQuietHours));
    }
}
