//! Whether the clocks of a site go as those that its articles are planned by here. WordPress has the name of a zone, or
//! only an offset that somebody chose: that one stays as it is when clocks go forward and back. What is handed over to a
//! site is an instant either way; but what people read there, and plan there themselves, is by its own clocks.

use crate::status::{UnknownWord, vocabulary};
use crate::time::UtcMs;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How the clocks of a site go beside ours.
    SiteClock {
        /// It did not say.
        Unknown = "unknown",
        /// As ours do.
        Same = "same",
        /// By another zone.
        Other = "other",
        /// By an offset that nobody moves in spring and autumn.
        Fixed = "fixed",
    }
}

/// Looks at the clocks in the year to come: one a week, since clocks that were changed stay so for longer.
const LOOKS: i64 = 53;
const WEEK_MS: i64 = 7 * 86_400_000;

impl SiteClock {
    /// How clocks that go by `theirs` (a zone, or an offset such as `+05:30`) go beside those of the zone `ours`, in the
    /// year from `now` on.
    #[must_use]
    pub fn beside(theirs: &str, ours: &str, now: UtcMs) -> Self {
        let Ok(ours) = TimeZone::get(ours) else { return Self::Unknown };
        let (theirs, is_fixed) = match (offset(theirs), TimeZone::get(theirs)) {
            (Some(offset), _) => (TimeZone::fixed(offset), true),
            (None, Ok(zone)) if !theirs.is_empty() => (zone, false),
            (None, _) => return Self::Unknown,
        };
        let mut looks = (0..LOOKS).filter_map(|week| Timestamp::from_millisecond(now.plus_ms(week * WEEK_MS).0).ok());
        let is_same = looks.all(|at| theirs.to_offset(at) == ours.to_offset(at));
        match (is_same, is_fixed) {
            (true, _) => Self::Same,
            (false, true) => Self::Fixed,
            (false, false) => Self::Other,
        }
    }
}

/// An offset as `±HH:MM`; nothing of a name.
fn offset(text: &str) -> Option<Offset> {
    const MINUTE_S: i32 = 60;
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    let minutes = hours.parse::<i32>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
    Offset::from_seconds(sign * minutes.checked_mul(MINUTE_S)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOVEMBER: UtcMs = UtcMs(1_795_424_400_000);

    #[test]
    fn a_zone_is_the_same_by_how_its_clocks_go_and_an_offset_only_where_nobody_moves_them() {
        let beside = |theirs: &str, ours: &str| SiteClock::beside(theirs, ours, NOVEMBER);
        assert_eq!(beside("Europe/Berlin", "Europe/Berlin"), SiteClock::Same);
        assert_eq!(beside("Europe/Paris", "Europe/Berlin"), SiteClock::Same, "by another name");
        assert_eq!(beside("America/New_York", "Europe/Berlin"), SiteClock::Other);
        assert_eq!(beside("Africa/Lagos", "Europe/Berlin"), SiteClock::Other, "in summer");
        assert_eq!(beside("+01:00", "Europe/Berlin"), SiteClock::Fixed, "the same today");
        assert_eq!(beside("+05:30", "Asia/Kolkata"), SiteClock::Same);
        assert_eq!(beside("-09:30", "Pacific/Marquesas"), SiteClock::Same);
        assert_eq!(beside("+00:00", "UTC"), SiteClock::Same);
        assert_eq!(beside("+02:00", "UTC"), SiteClock::Fixed);
        for nothing in ["", "+", "+x:00", "Mars/Olympus", "+99999999:00"] {
            assert_eq!(beside(nothing, "UTC"), SiteClock::Unknown, "{nothing}");
        }
    }
}
