//! What becomes of work whose time has come: what is on time is done, and of what was missed because nobody was there to
//! do it, as much as the user wants.

use crate::automation::CatchUp;
use crate::recurring::Recurrence;
use crate::status::{UnknownWord, vocabulary};
use crate::time::UtcMs;
use crate::zone::{Timed, Zone};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How far an occurrence is.
    OccurrenceState {
        /// It is to be done, at once or later.
        Waiting = "waiting",
        /// It was begun.
        Done = "done",
        /// It was refused when its time came.
        Refused = "refused",
        /// Nobody was there when its time came, and it is left.
        Missed = "missed",
    }
}

/// How late an occurrence may be and count as on time: a computer that wakes up and starts its programs, or a run before
/// it that ends a little late, is no reason to speak of something missed.
pub const GRACE_MS: i64 = 10 * 60 * 1_000;
/// Most occurrences that are made up for when they are spaced out. More of them would be at it for days.
pub const SPACED_MAX: usize = 7;
/// Most occurrences that are decided about at once: a year of days. Who was away for longer is told of a year.
const DECIDED_MAX: usize = 366;
/// What lies between two that are made up for.
pub const SPACE_MS: i64 = 3_600 * 1_000;

/// What becomes of an occurrence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// It is done now.
    OnTime,
    /// It was missed and is made up for, not before this instant.
    MadeUp(UtcMs),
    /// It was missed and is left.
    Left,
}

/// What becomes of the occurrences of a rule that came after an instant, up to which all was decided, and by now: the
/// earliest first, and of more than a year of days the last ones.
#[must_use]
pub fn since(
    recurrence: Recurrence,
    zone: &Zone,
    known_until: UtcMs,
    rule: CatchUp,
    now: UtcMs,
) -> Vec<(Timed, Becomes)> {
    decide(&recurrence.between(zone, known_until, now, DECIDED_MAX), rule, now)
}

/// What becomes of occurrences whose time has come and that nothing was decided about, the earliest first.
#[must_use]
pub fn decide(due: &[Timed], rule: CatchUp, now: UtcMs) -> Vec<(Timed, Becomes)> {
    let is_late = |one: &&Timed| now.0.saturating_sub(one.at.0) > GRACE_MS;
    let late = due.iter().filter(is_late).count();
    // Only one of those on time: what it does, it does once.
    let is_on_time = due.len() > late;
    let spared = match rule {
        CatchUp::Skip => late,
        // What is on time has done what was missed.
        CatchUp::Latest => late.saturating_sub(usize::from(!is_on_time)),
        CatchUp::Spaced => late.saturating_sub(SPACED_MAX),
    };
    let mut space = 0;
    let mut decided = Vec::with_capacity(due.len());
    for (index, one) in due.iter().enumerate() {
        let becomes = if index < spared {
            Becomes::Left
        } else if index < late {
            let at = now.plus_ms(space);
            space += SPACE_MS;
            Becomes::MadeUp(at)
        } else {
            Becomes::OnTime
        };
        decided.push((*one, becomes));
    }
    decided
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Fit;

    const HOUR_MS: i64 = 3_600_000;

    /// Occurrences so many hours before now.
    fn due(hours: &[i64], now: UtcMs) -> Vec<Timed> {
        let utc = Zone::named("UTC");
        let one = |hours: &i64| {
            let at = now.plus_ms(-hours * HOUR_MS);
            Timed { wall: utc.wall(at), at, fit: Fit::Exact }
        };
        hours.iter().map(one).collect()
    }

    fn becomes(hours: &[i64], rule: CatchUp) -> Vec<Becomes> {
        let now = UtcMs::from_rfc3339("2026-11-27T12:00:00Z").unwrap();
        decide(&due(hours, now), rule, now).into_iter().map(|(_, becomes)| becomes).collect()
    }

    #[test]
    fn what_is_on_time_is_done_whatever_the_rule_says() {
        for rule in CatchUp::ALL {
            assert_eq!(becomes(&[0], *rule), [Becomes::OnTime], "{rule}");
            assert_eq!(becomes(&[], *rule), [], "{rule}");
        }
    }

    #[test]
    fn of_what_was_missed_as_much_is_made_up_for_as_the_rule_says() {
        use Becomes::{Left, MadeUp, OnTime};
        let now = UtcMs::from_rfc3339("2026-11-27T12:00:00Z").unwrap();
        assert_eq!(becomes(&[72, 48, 24], CatchUp::Skip), [Left, Left, Left]);
        assert_eq!(becomes(&[72, 48, 24], CatchUp::Latest), [Left, Left, MadeUp(now)]);
        assert_eq!(becomes(&[48, 24, 0], CatchUp::Latest), [Left, Left, OnTime], "not twice in one day");
        let spaced = [MadeUp(now), MadeUp(now.plus_ms(SPACE_MS)), OnTime];
        assert_eq!(becomes(&[48, 24, 0], CatchUp::Spaced), spaced);
        let many: Vec<i64> = (1..=30).rev().map(|days| days * 24).collect();
        let made_up = becomes(&many, CatchUp::Spaced).iter().filter(|one| matches!(one, MadeUp(_))).count();
        assert_eq!(made_up, SPACED_MAX, "and no more than that");
    }
}
