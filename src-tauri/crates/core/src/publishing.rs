//! How a site's articles go forward by themselves: whether they are approved and given a time without a person, what they
//! must have for it, and by which rules times are given.

use crate::quality::QualityFloor;
use crate::slots::{BadRules, Limits, Rhythm, SlotRules};
use crate::status::{UnknownWord, vocabulary};
use crate::time::CalendarDay;
use crate::zone::{ClockTime, Weekdays};
use serde::{Deserialize, Serialize};

vocabulary! {
    /// How articles are spread over days and hours.
    RhythmKind {
        /// As soon as limits allow.
        Immediate = "immediate",
        /// One every so many days.
        Interval = "interval",
        /// At chosen times of chosen days.
        TimeSlots = "time_slots",
        /// Spread over a part of chosen days.
        Stagger = "stagger",
    }
}

/// Most words that can be asked for, in percent of what was aimed at.
pub const WORDS_PERCENT_MAX: u8 = 200;
/// Most headings that can be asked for.
pub const HEADINGS_MAX: u8 = 20;

/// The settings of a site. What belongs to a rhythm that is not chosen is kept for when it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishingSettings {
    /// What passes the floor is approved without a person.
    pub auto_approve: bool,
    /// What is approved gets the next free time without being asked.
    pub auto_schedule: bool,
    /// What an article must have to be approved without a person.
    pub floor: QualityFloor,
    /// Which of the rhythms.
    pub rhythm: RhythmKind,
    /// Of an interval: 1 is daily, 7 is weekly.
    pub every_days: u16,
    /// Of an interval: a day on which an article goes out.
    pub anchor: CalendarDay,
    /// Of an interval: when on the day.
    pub time: ClockTime,
    /// Of slots and of a stagger: the days.
    pub days: Weekdays,
    /// Of slots: the times.
    pub times: Vec<ClockTime>,
    /// Of a stagger: the first of a day.
    pub from: ClockTime,
    /// Of a stagger: none of a day is later.
    pub until: ClockTime,
    /// Of a stagger: minutes between two.
    pub every_minutes: u16,
    /// How many go out at most.
    pub limits: Limits,
    /// How many wait for their time at most; 0 is no limit.
    pub queue_limit: u32,
}

impl PublishingSettings {
    /// The settings of a site that nobody has made any for, on a day of its calendar: nothing happens by itself, and an
    /// article that is given a time gets one in the morning of a working day.
    #[must_use]
    pub fn usual(today: CalendarDay) -> Self {
        let time = |minutes| ClockTime::of_minutes(minutes).unwrap_or(ClockTime::MIDNIGHT);
        let (nine, five) = (time(9 * 60), time(17 * 60));
        Self {
            auto_approve: false,
            auto_schedule: false,
            floor: QualityFloor::default(),
            rhythm: RhythmKind::TimeSlots,
            every_days: 1,
            anchor: today,
            time: nine,
            days: Weekdays::WORKING,
            times: vec![nine],
            from: nine,
            until: five,
            every_minutes: 60,
            limits: Limits::default(),
            queue_limit: 0,
        }
    }

    /// The rules by which times are given.
    #[must_use]
    pub fn rules(&self) -> SlotRules {
        let rhythm = match self.rhythm {
            RhythmKind::Immediate => Rhythm::Immediate,
            RhythmKind::Interval => {
                Rhythm::Interval { every_days: self.every_days, anchor: self.anchor, time: self.time }
            }
            RhythmKind::TimeSlots => Rhythm::TimeSlots { days: self.days, times: self.times.clone() },
            RhythmKind::Stagger => Rhythm::Stagger {
                days: self.days,
                from: self.from,
                until: self.until,
                every_minutes: self.every_minutes,
            },
        };
        SlotRules { rhythm, limits: self.limits, queue_limit: self.queue_limit }
    }

    /// Refuses settings that no article could go out by, or pass.
    ///
    /// # Errors
    /// [`BadRules`], of the first part that is wrong.
    pub fn check(&self) -> Result<(), BadRules> {
        self.rules().check()?;
        if self.floor.words_percent > WORDS_PERCENT_MAX {
            return Err(BadRules { field: "wordsPercent", rule: "range" });
        }
        if self.floor.headings_min > HEADINGS_MAX {
            return Err(BadRules { field: "headingsMin", rule: "range" });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_does_nothing_by_itself_and_can_be_gone_by() {
        let usual = PublishingSettings::usual(CalendarDay::read("2026-11-27").unwrap());
        assert_eq!((usual.check(), usual.auto_approve, usual.auto_schedule), (Ok(()), false, false));
        for rhythm in RhythmKind::ALL {
            let settings = PublishingSettings { rhythm: *rhythm, ..usual.clone() };
            assert_eq!(settings.check(), Ok(()), "{rhythm} is complete as it comes");
        }
    }

    #[test]
    fn only_what_is_chosen_is_checked() {
        let usual = PublishingSettings::usual(CalendarDay::read("2026-11-27").unwrap());
        let empty = PublishingSettings { times: Vec::new(), ..usual };
        assert_eq!(empty.check().map_err(|bad| bad.field), Err("times"));
        let other = PublishingSettings { rhythm: RhythmKind::Stagger, ..empty.clone() };
        assert_eq!(other.check(), Ok(()), "what is kept for later is not gone by");
        let floor = QualityFloor { words_percent: 201, ..QualityFloor::default() };
        assert_eq!(PublishingSettings { floor, ..other }.check().map_err(|bad| bad.field), Err("wordsPercent"));
    }
}
