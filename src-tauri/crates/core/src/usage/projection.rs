//! Where the month is heading. Two figures from two questions: what if the rest of the month is like the month so far,
//! and what if it is like the last seven days?
//!
//! - At the month's pace: `used × length of the month ÷ time elapsed in it`. The first day counts as a whole one, so that
//!   an article at five past midnight does not become 288 of them.
//! - At the recent pace: `used + used in the last seven days × time left ÷ seven days`.
//!
//! Amounts are micro-credits or nano-dollars; products are taken in `i128` and rounded once, half up.

use crate::money::round_div;
use crate::time::UtcMs;
use crate::usage::calendar::Slot;

/// Days the recent pace is taken from: a week has every weekday once.
pub const RECENT_DAYS: i64 = 7;

const DAY_MS: i64 = 86_400_000;

/// What will have been used at the month's end, as used so far.
#[must_use]
pub fn at_month_pace(used: i64, month: &Slot, now: UtcMs) -> i64 {
    let length = month.until.0.saturating_sub(month.from.0);
    let elapsed = now.0.saturating_sub(month.from.0).clamp(DAY_MS, length.max(DAY_MS));
    round_div(i128::from(used) * i128::from(length), i128::from(elapsed)).max(used)
}

/// What will have been used at the month's end, as used in the last [`RECENT_DAYS`] days.
#[must_use]
pub fn at_recent_pace(used: i64, recent: i64, month: &Slot, now: UtcMs) -> i64 {
    let left = month.until.0.saturating_sub(now.0).max(0);
    used.saturating_add(round_div(i128::from(recent) * i128::from(left), i128::from(RECENT_DAYS * DAY_MS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thirty days from day 0 on.
    fn month() -> Slot {
        Slot { label: "2026-11".to_owned(), from: UtcMs(0), until: UtcMs(30 * DAY_MS) }
    }

    #[test]
    fn a_third_of_the_month_makes_three_times_as_much() {
        assert_eq!(at_month_pace(100, &month(), UtcMs(10 * DAY_MS)), 300);
        assert_eq!(at_month_pace(100, &month(), UtcMs(30 * DAY_MS)), 100, "at its end it is what it is");
        assert_eq!(at_month_pace(0, &month(), UtcMs(DAY_MS)), 0);
    }

    #[test]
    fn the_first_hour_counts_as_a_day() {
        assert_eq!(at_month_pace(10, &month(), UtcMs(3_600_000)), 300);
        assert_eq!(at_month_pace(10, &month(), UtcMs(0)), 300, "and so does its first instant");
    }

    #[test]
    fn the_last_week_tells_of_a_change_of_pace() {
        let now = UtcMs(16 * DAY_MS);
        assert_eq!(at_recent_pace(160, 70, &month(), now), 160 + 140, "ten a day for fourteen days");
        assert_eq!(at_recent_pace(160, 0, &month(), now), 160, "nothing lately");
        assert_eq!(at_recent_pace(160, 700, &month(), UtcMs(31 * DAY_MS)), 160, "the month is over");
    }

    #[test]
    fn amounts_beyond_any_wallet_stay_in_range() {
        assert_eq!(at_month_pace(i64::MAX, &month(), UtcMs(DAY_MS)), i64::MAX);
        assert_eq!(at_recent_pace(i64::MAX, i64::MAX, &month(), UtcMs(0)), i64::MAX);
    }
}
