//! How often a provider may be asked in a minute. Requests are spread evenly over it: a burst at its beginning would be as
//! many within the rule, and refused by vendors that look at a second.
//!
//! The time is handed in, so that a test owns it.

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The moment that was handed in last.
#[derive(Clone, Default)]
struct Told(Arc<AtomicU64>);

impl Clock for Told {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Acquire))
    }
}

/// A provider's rate.
pub(super) struct Rate {
    limiter: RateLimiter<NotKeyed, InMemoryState, Told, NoOpMiddleware<Duration>>,
    told: Told,
}

impl Rate {
    /// So many in a minute.
    pub(super) fn new(per_minute: NonZeroU32) -> Self {
        let told = Told::default();
        let quota = Quota::per_minute(per_minute).allow_burst(NonZeroU32::MIN);
        Self { limiter: RateLimiter::direct_with_clock(quota, told.clone()), told }
    }

    /// Takes a turn at a moment of the monotonic clock.
    ///
    /// # Errors
    /// How many milliseconds later there is one.
    pub(super) fn take(&self, now_ms: u64) -> Result<(), u64> {
        self.told.0.fetch_max(now_ms, Ordering::AcqRel);
        self.limiter.check().map_err(|not_until| {
            let wait = not_until.wait_time_from(Duration::from_millis(now_ms));
            // Rounded up: a millisecond early is another refusal.
            u64::try_from(wait.as_nanos().div_ceil(1_000_000)).unwrap_or(u64::MAX).max(1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_holds_more_than_the_rate_and_a_long_one_holds_it_all() {
        for per_minute in [1_u32, 7, 60, 1_000] {
            let rate = Rate::new(NonZeroU32::new(per_minute).unwrap());
            let mut turns: Vec<u64> = Vec::new();
            let mut now = 5_000;
            while now < 5_000 + 10 * 60_000 {
                match rate.take(now) {
                    Ok(()) => turns.push(now),
                    Err(wait) => now += wait,
                }
            }
            let minutes =
                turns.iter().map(|from| turns.iter().filter(|at| (*from..from + 60_000).contains(at)).count());
            let most = minutes.max().unwrap();
            assert!(most <= usize::try_from(per_minute).unwrap(), "{per_minute}: {most} in a minute");
            let all = usize::try_from(10 * per_minute).unwrap();
            assert!(turns.len() * 20 >= all * 19, "{per_minute}: it is made use of, {} of {all}", turns.len());
        }
    }
}
