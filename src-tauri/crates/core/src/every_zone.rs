//! Every zone there is, at every change of its clocks in the next ten years: what comes back comes once for each time on
//! the wall, and no time of day is lost to articles without somebody being told.

use crate::automation::CatchUp;
use crate::catch_up::{self, Becomes};
use crate::recurring::{Frequency, Recurrence};
use crate::slots::{Booked, Limits, Rhythm, SlotRules, next_free};
use crate::time::UtcMs;
use crate::zone::{ClockTime, DAY_MINUTES, Fit, Wall, Weekdays, Zone};
use jiff::tz::TimeZoneDatabase;
use std::collections::{BTreeMap, BTreeSet};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
/// What is looked at around a change: a day and a half on either side.
const AROUND_MS: i64 = 36 * HOUR_MS;
const TEN_YEARS_MS: i64 = 3_653 * 24 * HOUR_MS;
/// Minutes of the wall from what it shows as clocks change: before, in the gap or the repetition, and after.
const OFFSETS: [i64; 8] = [-90, -30, -1, 0, 15, 30, 60, 90];

fn start() -> UtcMs {
    UtcMs::from_rfc3339("2026-11-27T00:00:00Z").unwrap()
}

/// Each zone of the database that comes with the app, with the instants at which its clocks change; one that never
/// changes with the first of them all.
fn zones() -> Vec<(String, Zone, Vec<UtcMs>)> {
    let database = TimeZoneDatabase::bundled();
    let names: Vec<String> = database.available().map(|name| name.to_string()).collect();
    let until = start().plus_ms(TEN_YEARS_MS);
    let zone = |name: String| {
        let zone = Zone(database.get(&name).unwrap());
        let first = jiff::Timestamp::from_millisecond(start().0).unwrap();
        let changes = zone.0.following(first).map(|change| UtcMs(change.timestamp().as_millisecond()));
        let mut changes: Vec<UtcMs> = changes.take_while(|change| *change <= until).collect();
        if changes.is_empty() {
            changes.push(start());
        }
        (name, zone, changes)
    };
    names.into_iter().map(zone).collect()
}

/// The times of day around a change.
fn times_around(zone: &Zone, change: UtcMs) -> Vec<ClockTime> {
    let before = i64::from(zone.wall(change.plus_ms(-60_000)).time.minutes()) + 1;
    let minutes = OFFSETS.map(|offset| (before + offset).rem_euclid(i64::from(DAY_MINUTES)));
    minutes.iter().filter_map(|minutes| ClockTime::of_minutes(u16::try_from(*minutes).ok()?)).collect()
}

/// Every time on the wall whose instant lies well within what is looked at. How the clocks of a zone go is read off them,
/// minute by minute, and not asked of what is tried here: a time is the first instant at which they show it, and one that
/// they never show the first instant at which they show more.
fn nominal(zone: &Zone, time: ClockTime, (from, change, until): (UtcMs, UtcMs, UtcMs)) -> Vec<(Wall, UtcMs)> {
    let first = zone.wall(from).day;
    let walls = (-1..6).map(|days| Wall { day: first.plus_days(days), time });
    let shown = |wall: Wall| first_shown(zone, wall, change).map(|at| (wall, at));
    walls.filter_map(shown).filter(|(_, at)| *at > from && *at <= until).collect()
}

/// The first instant at which clocks that change once around here show so much.
fn first_shown(zone: &Zone, wall: Wall, change: UtcMs) -> Option<UtcMs> {
    let minutes = |wall: Wall| {
        wall.day.days_since(zone.wall(UtcMs(0)).day) * i64::from(DAY_MINUTES) + i64::from(wall.time.minutes())
    };
    // What clocks show before the change is ahead of UTC by so much, and after it by so much.
    let ahead = |at: UtcMs| minutes(zone.wall(at)) * MINUTE_MS - at.0.div_euclid(MINUTE_MS) * MINUTE_MS;
    let (before, after) = (ahead(change.plus_ms(-1)), ahead(change));
    let (early, late) = (minutes(wall) * MINUTE_MS - before, minutes(wall) * MINUTE_MS - after);
    if early < change.0 {
        return Some(UtcMs(early));
    }
    Some(if late >= change.0 { UtcMs(late) } else { change })
}

/// What is known of an occurrence: when it is due, when that was decided, and whether it was begun.
#[derive(Clone, Copy)]
struct Known {
    due: UtcMs,
    decided: UtcMs,
    is_begun: bool,
}

/// The table of occurrences, as the file keeps it: one row for each time on the wall.
#[derive(Default)]
struct Table(BTreeMap<Wall, Known>);

impl Table {
    /// A look at the clock: what was decided by a clock that was ahead is taken back, and what is due is decided. Answers
    /// what is begun now.
    fn look(&mut self, daily: Recurrence, zone: &Zone, since: UtcMs, now: UtcMs) -> Vec<Wall> {
        self.0.retain(|_, known| known.is_begun || known.due <= now);
        for known in self.0.values_mut().filter(|known| known.due > now) {
            known.decided = known.decided.min(now);
        }
        let sound = self.0.values().filter(|known| known.due <= now && known.decided >= known.due);
        let known_until = sound.map(|known| known.due).max().unwrap_or(since);
        let mut begun = Vec::new();
        for (one, becomes) in catch_up::since(daily, zone, known_until, CatchUp::Spaced, now) {
            match self.0.get_mut(&one.wall) {
                Some(known) => (known.due, known.decided) = (one.at, known.decided.max(now)),
                None => {
                    let is_begun = becomes != Becomes::Left;
                    self.0.insert(one.wall, Known { due: one.at, decided: now, is_begun });
                    begun.extend(is_begun.then_some(one.wall));
                }
            }
        }
        begun
    }
}

#[test]
fn what_comes_back_comes_once_for_each_time_on_the_wall() {
    let (mut looked, mut gaps, mut overlaps) = (0_u32, 0_u32, 0_u32);
    let zones = zones();
    assert!(zones.len() > 400, "all zones are looked at: {}", zones.len());
    for (name, zone, changes) in zones {
        for change in changes {
            let (from, until) = (change.plus_ms(-AROUND_MS), change.plus_ms(AROUND_MS));
            for time in times_around(&zone, change) {
                let daily = Recurrence { frequency: Frequency::Daily, time };
                let expected = nominal(&zone, time, (from, change, until));
                let (mut table, mut runs) = (Table::default(), Vec::new());
                // A clock that is looked at now and then, and is set back by five hours at every third look.
                let mut now = from;
                for look in 0.. {
                    now = now.plus_ms(if look % 3 == 2 { -5 * HOUR_MS } else { 20 * HOUR_MS }).min(until);
                    runs.extend(table.look(daily, &zone, from, now));
                    if now == until {
                        break;
                    }
                }
                let wanted: Vec<Wall> = expected.iter().map(|(wall, _)| *wall).collect();
                assert_eq!(runs, wanted, "{name} at {}: {time}", change.to_rfc3339());
                let days: Vec<i64> = wanted.windows(2).map(|pair| pair[1].day.days_since(pair[0].day)).collect();
                assert!(days.iter().all(|days| *days == 1), "{name}: no day is left out");
                assert!(expected.windows(2).all(|pair| pair[0].1 < pair[1].1), "{name}: no two are one");
                for (wall, at) in expected {
                    let timed = zone.resolve(wall);
                    assert_eq!((timed.at, timed.wall), (at, wall), "{name} at {}: {wall}", change.to_rfc3339());
                    gaps += u32::from(timed.fit == Fit::Skipped);
                    overlaps += u32::from(timed.fit == Fit::Repeated);
                }
                looked += 1;
            }
        }
    }
    assert!(
        looked > 20_000 && gaps > 2_000 && overlaps > 2_000,
        "{looked} looked at, {gaps} gaps, {overlaps} overlaps"
    );
}

#[test]
fn no_time_of_day_is_lost_and_none_is_given_away_twice() {
    for (name, zone, changes) in zones() {
        for change in changes {
            let (from, until) = (change.plus_ms(-AROUND_MS), change.plus_ms(AROUND_MS));
            let times = times_around(&zone, change);
            let rhythm = Rhythm::TimeSlots { days: Weekdays::ALL, times: times.clone() };
            let rules = SlotRules { rhythm, limits: Limits::default(), queue_limit: 0 };
            let free = next_free(&rules, &zone, &Booked::default(), from, Some(until), 999).free;
            let instants: BTreeSet<UtcMs> = free.iter().map(|slot| slot.at).collect();
            assert_eq!(instants.len(), free.len(), "{name} at {}: each once", change.to_rfc3339());
            for (wall, at) in times.iter().flat_map(|time| nominal(&zone, *time, (from, change, until))) {
                assert!(instants.contains(&at), "{name}: {wall} is lost");
                // Two times on the wall are one instant only where clocks leave one of them out, which the slot says.
                let (slot, is_shown) = (free.iter().find(|slot| slot.at == at).unwrap(), zone.wall(at) == wall);
                assert!(slot.wall == wall || !is_shown || slot.fit == Fit::Skipped, "{name}: {wall}");
            }
        }
    }
}
