//! Work that comes back: at a time of day, on days of the week or of the month. It is told by the wall of a zone, and
//! each occurrence by what the wall showed: that is its name, under which it is done once, whatever clocks do.

use crate::automation;
use crate::time::{CalendarDay, UtcMs};
use crate::zone::{ClockTime, Timed, Wall, Weekdays, Zone};

/// How far ahead the next occurrence is looked for: the 29th of February, eight years apart around 2100, is not a day
/// that can be chosen, so that a month and a few days would do.
const AHEAD_DAYS_MAX: i64 = 62;
/// Days that the wall and UTC may be apart, with one that a zone leaves out.
const APART_DAYS: i64 = 2;

/// On which days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Every day.
    Daily,
    /// On days of the week.
    Weekly(Weekdays),
    /// On a day of the month, 1–31; the last one of a month that has fewer.
    Monthly(u8),
}

/// When work comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// On which days.
    pub frequency: Frequency,
    /// When on the day.
    pub time: ClockTime,
}

impl From<&automation::Schedule> for Recurrence {
    fn from(schedule: &automation::Schedule) -> Self {
        let frequency = match schedule.frequency {
            automation::Frequency::Daily => Frequency::Daily,
            automation::Frequency::Weekly => {
                Frequency::Weekly(Weekdays::of_bits(schedule.weekdays).unwrap_or(Weekdays::ALL))
            }
            automation::Frequency::Monthly => Frequency::Monthly(schedule.month_day),
        };
        let time = ClockTime::of_minutes(schedule.minute_of_day).unwrap_or(ClockTime::MIDNIGHT);
        Self { frequency, time }
    }
}

impl Recurrence {
    /// The first occurrence after an instant; `None` on no day at all.
    #[must_use]
    pub fn next_after(self, zone: &Zone, after: UtcMs) -> Option<Timed> {
        let first = zone.wall(after).day.plus_days(-APART_DAYS);
        let days = (0..=AHEAD_DAYS_MAX).map(|days| first.plus_days(days));
        days.filter(|day| self.is_on(*day)).map(|day| self.of(zone, day)).find(|one| one.at > after)
    }

    /// The occurrences after an instant and not after another, the earliest first: of more than `most`, the last ones.
    #[must_use]
    pub fn between(self, zone: &Zone, after: UtcMs, until: UtcMs, most: usize) -> Vec<Timed> {
        let (first, last) = (zone.wall(after).day.plus_days(-APART_DAYS), zone.wall(until).day.plus_days(APART_DAYS));
        let days = (0..=last.days_since(first)).map(|days| last.plus_days(-days));
        let all = days.filter(|day| self.is_on(*day)).map(|day| self.of(zone, day));
        let mut latest: Vec<Timed> = all.filter(|one| one.at > after && one.at <= until).take(most).collect();
        latest.reverse();
        latest
    }

    fn of(self, zone: &Zone, day: CalendarDay) -> Timed {
        zone.resolve(Wall { day, time: self.time })
    }

    fn is_on(self, day: CalendarDay) -> bool {
        match self.frequency {
            Frequency::Daily => true,
            Frequency::Weekly(days) => days.has(day),
            Frequency::Monthly(chosen) => {
                let (number, last) = day.of_month();
                number == chosen.clamp(1, last)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UtcMs {
        UtcMs::from_rfc3339(text).unwrap()
    }

    fn recurrence(frequency: Frequency, time: &str) -> Recurrence {
        Recurrence { frequency, time: time.parse().unwrap() }
    }

    fn walls(found: &[Timed]) -> Vec<String> {
        found.iter().map(|one| one.wall.to_string()).collect()
    }

    #[test]
    fn days_of_the_week_and_of_the_month_come_back() {
        let berlin = Zone::named("Europe/Berlin");
        let (from, until) = (at("2026-11-27T12:00:00Z"), at("2027-03-05T00:00:00Z"));
        let mondays = recurrence(Frequency::Weekly(Weekdays::of_bits(1).unwrap()), "06:30");
        assert_eq!(
            walls(&mondays.between(&berlin, from, at("2026-12-10T00:00:00Z"), 9)),
            ["2026-11-30T06:30", "2026-12-07T06:30"]
        );
        let last = recurrence(Frequency::Monthly(31), "06:30");
        let days = ["2026-11-30T06:30", "2026-12-31T06:30", "2027-01-31T06:30", "2027-02-28T06:30"];
        assert_eq!(walls(&last.between(&berlin, from, until, 9)), days, "the last day of each month");
        assert_eq!(walls(&last.between(&berlin, from, until, 2)), days[2..], "the latest of too many");
        assert_eq!(
            last.next_after(&berlin, at("2027-01-31T05:30:00Z")).map(|one| one.wall.to_string()).as_deref(),
            Some(days[3])
        );
        let never = recurrence(Frequency::Weekly(Weekdays::of_bits(0).unwrap()), "06:30");
        assert_eq!(never.next_after(&berlin, from), None);
    }

    #[test]
    fn an_occurrence_is_due_at_its_instant_and_not_twice() {
        let utc = Zone::named("UTC");
        let daily = recurrence(Frequency::Daily, "09:00");
        let nine = at("2026-11-27T09:00:00Z");
        assert_eq!(walls(&daily.between(&utc, nine.plus_ms(-1), nine, 9)), ["2026-11-27T09:00"]);
        assert!(
            daily.between(&utc, nine, nine.plus_ms(1), 9).is_empty(),
            "what begins after it does not have it again"
        );
        assert_eq!(daily.next_after(&utc, nine).map(|one| one.at), Some(at("2026-11-28T09:00:00Z")));
        assert!(daily.between(&utc, nine, nine.plus_ms(-86_400_000), 9).is_empty(), "a clock that was set back");
    }
}
