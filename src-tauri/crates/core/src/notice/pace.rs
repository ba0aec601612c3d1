//! How many notices the system is given to show. A few come one by one; what comes faster, or comes late because the app
//! was closed or it was quiet, is one notification with their number. The list in the app has each of them.

use crate::time::UtcMs;
use std::collections::VecDeque;

/// Most notifications of ours in one [`SPAN_MS`].
pub const BURST: usize = 3;
/// The time that [`BURST`] is meant for, in milliseconds.
const SPAN_MS: u64 = 60_000;
/// A notice older than this is no news by itself, in milliseconds.
const NEWS_MS: i64 = 60 * 60_000;

/// A notice that waits to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// When it was written.
    pub at: UtcMs,
}

/// What is told now of what waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    /// Nothing waits.
    Nothing,
    /// Each by itself.
    Each,
    /// All of them in one, with their number.
    Together,
    /// Nothing before so many milliseconds: enough was shown just now.
    Later(u64),
}

/// What was shown lately, by a clock that never goes back.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    shown_ms: VecDeque<u64>,
}

impl Pace {
    /// Decides about what waits. `now` is wall time, for the age of notices; `now_ms` the monotonic clock.
    #[must_use]
    pub fn decide(&mut self, waiting: &[Waiting], now: UtcMs, now_ms: u64) -> Tell {
        if waiting.is_empty() {
            return Tell::Nothing;
        }
        while self.shown_ms.front().is_some_and(|shown| now_ms.saturating_sub(*shown) >= SPAN_MS) {
            self.shown_ms.pop_front();
        }
        let room = BURST.saturating_sub(self.shown_ms.len());
        if room == 0 {
            let first = self.shown_ms.front().copied().unwrap_or(now_ms);
            return Tell::Later(SPAN_MS.saturating_sub(now_ms.saturating_sub(first)).max(1));
        }
        let is_news = |one: &Waiting| now.0.saturating_sub(one.at.0) <= NEWS_MS;
        if waiting.len() <= room && waiting.iter().all(is_news) { Tell::Each } else { Tell::Together }
    }

    /// Notes that a notification was handed over.
    pub fn shown(&mut self, now_ms: u64) {
        self.shown_ms.push_back(now_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcMs = UtcMs(1_800_000_000_000);

    fn news(count: usize) -> Vec<Waiting> {
        vec![Waiting { at: NOW }; count]
    }

    #[test]
    fn a_few_come_one_by_one_and_many_together() {
        let mut pace = Pace::default();
        assert_eq!(pace.decide(&[], NOW, 0), Tell::Nothing);
        assert_eq!(pace.decide(&news(3), NOW, 0), Tell::Each);
        assert_eq!(pace.decide(&news(4), NOW, 0), Tell::Together);
        pace.shown(0);
        pace.shown(10);
        assert_eq!(pace.decide(&news(2), NOW, 20), Tell::Together, "there is room for one");
        assert_eq!(pace.decide(&news(1), NOW, 20), Tell::Each);
    }

    #[test]
    fn no_minute_has_more_than_a_burst_however_many_come() {
        let mut pace = Pace::default();
        let mut shown = Vec::new();
        // Two each second for ten minutes.
        let mut waiting = 0;
        for second in 0..600_u64 {
            waiting += 2;
            let now_ms = second * 1_000;
            let count = match pace.decide(&news(waiting), NOW, now_ms) {
                Tell::Each => waiting,
                Tell::Together => 1,
                Tell::Nothing | Tell::Later(_) => continue,
            };
            waiting = 0;
            (0..count).for_each(|_| pace.shown(now_ms));
            shown.extend(std::iter::repeat_n(now_ms, count));
        }
        for from in &shown {
            let within = shown.iter().filter(|at| (*from..from + SPAN_MS).contains(*at)).count();
            assert!(within <= BURST, "{within} within a minute of {from}");
        }
        assert!(shown.len() >= 10, "they are told all the same: {}", shown.len());
    }

    #[test]
    fn whoever_waits_is_told_when_it_is_over() {
        let mut pace = Pace::default();
        [1_000, 2_000, 30_000].into_iter().for_each(|at| pace.shown(at));
        let Tell::Later(wait) = pace.decide(&news(1), NOW, 31_000) else { panic!("there is no room") };
        assert_eq!(wait, 30_000);
        assert_eq!(pace.decide(&news(1), NOW, 31_000 + wait), Tell::Each);
    }

    #[test]
    fn what_is_no_news_comes_in_one() {
        let mut pace = Pace::default();
        let old = Waiting { at: NOW.plus_ms(-NEWS_MS - 1) };
        assert_eq!(pace.decide(&[old], NOW, 0), Tell::Together);
        let from_ahead = Waiting { at: NOW.plus_ms(5_000) };
        assert_eq!(pace.decide(&[from_ahead], NOW, 0), Tell::Each, "the clock was set back since");
    }
}
