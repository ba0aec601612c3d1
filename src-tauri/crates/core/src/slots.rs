//! When articles go out: the rules of a site, and the free times that they leave on its calendar. A pure function of
//! rules, calendar, zone and an instant: whoever asks twice gets the same answer, and whoever writes it down in the
//! transaction that read the calendar gives no time away twice.
//!
//! A slot is a time on the wall of the site's zone. One that clocks leave out is the first instant after the gap; should
//! several be left out they are one slot. One that comes twice is its first time. Days, weeks (from Monday) and months,
//! which have limits, are those of the site's calendar, and what is on it counts wherever it comes from.

mod rules;
mod tally;

pub use rules::{BadRules, Limits, Rhythm, SlotRules};

use crate::time::{CalendarDay, UtcMs};
use crate::zone::{ClockTime, DAY_MINUTES, Timed, Wall, Zone};
use std::collections::BTreeSet;
use tally::Tally;

/// How many days ahead a slot is looked for. A rule of one article a month fills thirty-six by then: what would go out
/// later than in three years is better planned anew.
pub const SEARCH_DAYS_MAX: i64 = 1_100;

/// What is on a site's calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    /// When articles went out or will, in any order.
    pub at: Vec<UtcMs>,
    /// How many of them wait for their time.
    pub waiting: u32,
}

/// Why there is no further slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSlot {
    /// As many articles wait for their time as may.
    QueueFull,
    /// None within [`SEARCH_DAYS_MAX`].
    TooFar,
}

/// Free slots, and why there are no more of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slots {
    /// In their order.
    pub free: Vec<Timed>,
    /// Why they are fewer than were asked for; absent when they are not.
    pub ended: Option<NoSlot>,
}

/// The next free slots after an instant, at most `count`, none after `until`.
#[must_use]
pub fn next_free(
    rules: &SlotRules,
    zone: &Zone,
    booked: &Booked,
    now: UtcMs,
    until: Option<UtcMs>,
    count: usize,
) -> Slots {
    let mut search = Search::new(rules, zone, booked, now);
    let mut free = Vec::new();
    while free.len() < count {
        match search.next() {
            Ok(slot) if until.is_some_and(|until| slot.at > until) => break,
            Ok(slot) => free.push(slot),
            Err(ended) => return Slots { free, ended: Some(ended) },
        }
    }
    Slots { free, ended: None }
}

/// A walk over the days of a calendar. What it hands out counts from then on.
struct Search<'a> {
    rules: &'a SlotRules,
    zone: &'a Zone,
    now: UtcMs,
    first: Wall,
    tally: Tally,
    taken: BTreeSet<UtcMs>,
    waiting: u32,
    /// Days looked at before the one at hand.
    days: i64,
    /// Times of the day at hand that were not looked at yet, the latest first.
    times: Vec<ClockTime>,
}

impl<'a> Search<'a> {
    fn new(rules: &'a SlotRules, zone: &'a Zone, booked: &Booked, now: UtcMs) -> Self {
        let first = zone.wall(now);
        let mut tally = Tally::default();
        for at in &booked.at {
            tally.add(zone.wall(*at).day);
        }
        // An article that went out some seconds after its time has it all the same.
        let taken = booked.at.iter().map(|at| minute_of(*at)).collect();
        let mut search =
            Self { rules, zone, now, first, tally, taken, waiting: booked.waiting, days: -1, times: vec![] };
        // A slot of yesterday whose time was left out may be of today.
        search.enter(-1);
        search
    }

    fn next(&mut self) -> Result<Timed, NoSlot> {
        if self.rules.queue_limit > 0 && self.waiting >= self.rules.queue_limit {
            return Err(NoSlot::QueueFull);
        }
        loop {
            while let Some(time) = self.times.pop() {
                let slot = self.zone.resolve(Wall { day: self.day(), time });
                let day = self.zone.wall(slot.at).day;
                if slot.at > self.now && !self.taken.contains(&slot.at) && self.tally.has_room(day, self.rules.limits) {
                    self.tally.add(day);
                    self.taken.insert(slot.at);
                    self.waiting = self.waiting.saturating_add(1);
                    return Ok(slot);
                }
            }
            if self.days >= SEARCH_DAYS_MAX {
                return Err(NoSlot::TooFar);
            }
            self.enter(self.days + 1);
        }
    }

    fn day(&self) -> CalendarDay {
        self.first.day.plus_days(self.days)
    }

    fn enter(&mut self, days: i64) {
        self.days = days;
        let day = self.day();
        // A time that is left out may turn up on the day after its own.
        let has_room = [day, day.plus_days(1)].iter().any(|day| self.tally.has_room(*day, self.rules.limits));
        self.times = if has_room { times_on(&self.rules.rhythm, day, self.first) } else { Vec::new() };
        self.times.reverse();
    }
}

/// The times of a day at which something may go out, the earliest first.
fn times_on(rhythm: &Rhythm, day: CalendarDay, first: Wall) -> Vec<ClockTime> {
    match rhythm {
        // At once; whoever has to wait for another day goes out at the same time of it.
        Rhythm::Immediate => every_minute(next_minute(first.time), DAY_MINUTES - 1, 1),
        Rhythm::Interval { every_days, anchor, time } => {
            let is_its_day = day.days_since(*anchor).rem_euclid(i64::from((*every_days).max(1))) == 0;
            if is_its_day { vec![*time] } else { Vec::new() }
        }
        Rhythm::TimeSlots { days, times } => {
            if days.has(day) {
                times.iter().copied().collect::<BTreeSet<_>>().into_iter().collect()
            } else {
                Vec::new()
            }
        }
        Rhythm::Stagger { days, from, until, every_minutes } => {
            if days.has(day) {
                every_minute(from.minutes(), until.minutes(), *every_minutes)
            } else {
                Vec::new()
            }
        }
    }
}

/// The minute after the one at hand; after the last of a day the first.
fn next_minute(time: ClockTime) -> u16 {
    (time.minutes() + 1) % DAY_MINUTES
}

fn every_minute(from: u16, until: u16, step: u16) -> Vec<ClockTime> {
    (from..=until).step_by(usize::from(step.max(1))).filter_map(ClockTime::of_minutes).collect()
}

fn minute_of(at: UtcMs) -> UtcMs {
    const MINUTE_MS: i64 = 60_000;
    UtcMs(at.0.div_euclid(MINUTE_MS) * MINUTE_MS)
}

#[cfg(test)]
mod tests;
