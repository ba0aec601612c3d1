//! Hours of the day at which a vendor charges less. The prices of a row are those of the dearest hour, because nobody knows
//! before a call when it will be made; they are what is held. What is booked is the price of the hour at which the call was
//! made, from its sending to its answer: where that reaches over the turn of an hour, vendors differ in which of the two
//! moments counts, and the dearer one is booked, as an estimate.

use super::{Charge, Model, PriceError};
use crate::money::{Usd, round_div};
use crate::time::UtcMs;
use crate::usage::Usage;
use serde::{Deserialize, Serialize};

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
const MINUTES: u16 = 1_440;
/// The part that is asked at the dearest hour, in percent.
const WHOLE: u8 = 100;

/// A time of every day, in UTC, at which tokens cost a part of what they cost at the dearest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The minute of the day it begins with, 0–1,439.
    pub from: u16,
    /// The minute it ends before, 0–1,439; of one before `from`, on the next day.
    pub until: u16,
    /// The part that is asked, in percent, below 100.
    pub percent: u8,
}

impl Hours {
    /// Whether it says a time of the day and a part.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        self.from < MINUTES && self.until < MINUTES && self.from != self.until && self.percent < WHOLE
    }

    const fn has(self, minute: u16) -> bool {
        if self.from < self.until {
            self.from <= minute && minute < self.until
        } else {
            self.from <= minute || minute < self.until
        }
    }
}

impl Model {
    /// Prices what a call consumed that was sent and answered at these moments, and says what is booked of its use.
    ///
    /// Provider cost: as [`Model::charge`] has it, of which the part is taken that the hour asks, rounded half up once. What a
    /// vendor says itself is believed at every hour.
    ///
    /// # Errors
    /// As [`Model::charge`].
    pub fn charge_at(&self, usage: Usage, (sent, answered): (UtcMs, UtcMs)) -> Result<(Charge, Usage), PriceError> {
        let parts = [self.percent_at(sent), self.percent_at(answered)];
        let [first, last] = parts;
        let usage = match usage.stated_cost {
            Some(_) => usage,
            None => Usage { is_estimated: usage.is_estimated || first != last, ..usage },
        };
        let percent = first.max(last);
        let usage = if percent == WHOLE || usage.stated_cost.is_some() {
            usage
        } else {
            let cost = Usd(round_div(self.token_cost(&usage)? * i128::from(percent), 100_000));
            Usage { stated_cost: Some(cost), ..usage }
        };
        Ok((self.charge(&usage)?, usage))
    }

    /// The part of its prices that is asked at a moment, in percent.
    fn percent_at(&self, at: UtcMs) -> u8 {
        let minute = u16::try_from(at.0.rem_euclid(DAY_MS) / MINUTE_MS).unwrap_or_default();
        self.hours.iter().find(|hours| hours.has(minute)).map_or(WHOLE, |hours| hours.percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::text_model;

    /// Half of it but for 01:00–04:00 and 06:00–10:00.
    fn model() -> Model {
        let hours = [(240, 360), (600, 60)].map(|(from, until)| Hours { from, until, percent: 50 });
        assert!(hours.iter().all(|hours| hours.is_sound()));
        Model { hours: hours.to_vec(), ..text_model() }
    }

    fn at(text: &str) -> UtcMs {
        UtcMs::from_rfc3339(&format!("2026-11-23T{text}Z")).unwrap()
    }

    #[test]
    fn a_call_costs_what_its_hour_asks() {
        let usage = Usage { input_tokens: 1_001, output_tokens: 1_000, ..Usage::default() };
        let whole = model().charge(&usage).unwrap();
        assert_eq!(whole.provider_cost, Usd(750_150), "what is held");
        for (time, nano) in [
            ("00:59:59.999", 375_075),
            ("01:00:00", 750_150),
            ("03:59:59", 750_150),
            ("04:00:00", 375_075),
            ("06:00:00", 750_150),
            ("10:00:00", 375_075),
            ("23:59:59", 375_075),
        ] {
            let (charge, booked) = model().charge_at(usage, (at(time), at(time))).unwrap();
            assert_eq!((charge.provider_cost, charge.credits), (Usd(nano), whole.credits), "{time}");
            assert!(!booked.is_estimated, "{time}");
        }
        let over = model().charge_at(usage, (at("00:59:00"), at("01:01:00"))).unwrap();
        assert_eq!((over.0.provider_cost, over.1.is_estimated), (Usd(750_150), true), "the dearer of the two, marked");
        let plain = text_model().charge_at(usage, (at("00:00:00"), at("12:00:00"))).unwrap();
        assert_eq!(plain, (whole, usage), "a price that is always the same is as it was");
        let stated = Usage { stated_cost: Some(Usd(7)), ..usage };
        assert_eq!(model().charge_at(stated, (at("00:59:00"), at("01:01:00"))).unwrap().1, stated);
    }

    #[test]
    fn a_time_that_is_none_is_known() {
        let sound = Hours { from: 0, until: 60, percent: 50 };
        for wrong in [
            Hours { from: 1_440, ..sound },
            Hours { until: 1_440, ..sound },
            Hours { until: 0, ..sound },
            Hours { percent: 100, ..sound },
        ] {
            assert!(!wrong.is_sound(), "{wrong:?}");
        }
    }
}
