//! The rules of a site: how its articles are spread, and how many of them at most.

use crate::time::CalendarDay;
use crate::zone::{ClockTime, DAY_MINUTES, Weekdays};

/// Most times a day that are chosen one by one.
pub const TIMES_MAX: usize = 48;
/// Longest interval: a year.
pub const EVERY_DAYS_MAX: u16 = 366;
/// Highest limit of a day, a week, a month and the queue: ten thousand articles are more than a site ever plans.
pub const LIMIT_MAX: u32 = 10_000;

/// How articles are spread over days and hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// As soon as limits allow.
    Immediate,
    /// One every so many days.
    Interval {
        /// 1 is daily, 7 is weekly.
        every_days: u16,
        /// A day on which one goes out; the others are counted from it, in both directions.
        anchor: CalendarDay,
        /// When on the day.
        time: ClockTime,
    },
    /// At chosen times of chosen days.
    TimeSlots {
        /// The days.
        days: Weekdays,
        /// The times.
        times: Vec<ClockTime>,
    },
    /// Spread over a part of chosen days.
    Stagger {
        /// The days.
        days: Weekdays,
        /// The first of a day.
        from: ClockTime,
        /// None of a day is later.
        until: ClockTime,
        /// Between two of a day.
        every_minutes: u16,
    },
}

/// How many go out at most; 0 is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// On a day.
    pub per_day: u32,
    /// In a week from Monday.
    pub per_week: u32,
    /// In a month.
    pub per_month: u32,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRules {
    /// How articles are spread.
    pub rhythm: Rhythm,
    /// How many go out at most.
    pub limits: Limits,
    /// How many wait for their time at most; 0 is no limit. What was planned by hand counts and is never refused.
    pub queue_limit: u32,
}

/// Rules that lead to nothing, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} breaks the rule {rule}")]
pub struct BadRules {
    /// Which part.
    pub field: &'static str,
    /// What is wrong with it.
    pub rule: &'static str,
}

impl SlotRules {
    /// Refuses rules that no article could go out by.
    ///
    /// # Errors
    /// [`BadRules`], of the first part that is wrong.
    pub fn check(&self) -> Result<(), BadRules> {
        match &self.rhythm {
            Rhythm::Immediate => {}
            Rhythm::Interval { every_days, .. } => {
                wrong((1..=EVERY_DAYS_MAX).contains(every_days), "everyDays", "range")?;
            }
            Rhythm::TimeSlots { days, times } => {
                wrong(!days.is_empty(), "days", "required")?;
                wrong(!times.is_empty(), "times", "required")?;
                wrong(times.len() <= TIMES_MAX, "times", "too_many")?;
            }
            Rhythm::Stagger { days, from, until, every_minutes } => {
                wrong(!days.is_empty(), "days", "required")?;
                wrong(from <= until, "until", "before_start")?;
                wrong((1..DAY_MINUTES).contains(every_minutes), "everyMinutes", "range")?;
            }
        }
        let Limits { per_day, per_week, per_month } = self.limits;
        for (field, limit) in
            [("perDay", per_day), ("perWeek", per_week), ("perMonth", per_month), ("queueLimit", self.queue_limit)]
        {
            wrong(limit <= LIMIT_MAX, field, "range")?;
        }
        Ok(())
    }
}

fn wrong(is_right: bool, field: &'static str, rule: &'static str) -> Result<(), BadRules> {
    if is_right { Ok(()) } else { Err(BadRules { field, rule }) }
}
