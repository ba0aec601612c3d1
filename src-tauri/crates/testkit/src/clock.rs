//! A clock that stands still until the test moves it.

use igny8_core::port::Clock;
use igny8_core::time::UtcMs;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use tokio::sync::Notify;

/// When stories begin: 2026-11-23T09:00Z, the middle of a month, so that only a test that wants it sees one turn.
pub const START: UtcMs = UtcMs(1_795_424_400_000);

/// Time as the test tells it.
#[derive(Debug)]
pub struct SteppedClock {
    now_ms: AtomicI64,
    monotonic_ms: AtomicU64,
    /// How far each look at it moves it on.
    look_ms: AtomicU64,
    moved: Notify,
}

impl Default for SteppedClock {
    fn default() -> Self {
        Self {
            now_ms: AtomicI64::new(START.0),
            monotonic_ms: AtomicU64::new(0),
            look_ms: AtomicU64::new(0),
            moved: Notify::new(),
        }
    }
}

impl SteppedClock {
    /// Moves time forward.
    pub fn advance_ms(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
        self.monotonic_ms.fetch_add(u64::try_from(ms).unwrap_or(0), Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// Lets so much time pass between two looks at how much has: whoever works by the clock takes that long for each piece,
    /// whatever else the machine does.
    pub fn pass_with_each_look(&self, ms: u64) {
        self.look_ms.store(ms, Ordering::SeqCst);
    }

    /// Sets the wall clock, also backwards, as a person may. No time passes by that.
    pub fn set(&self, now: UtcMs) {
        self.now_ms.store(now.0, Ordering::SeqCst);
        self.moved.notify_waiters();
    }
}

#[async_trait::async_trait]
impl Clock for SteppedClock {
    fn now(&self) -> UtcMs {
        UtcMs(self.now_ms.load(Ordering::SeqCst))
    }

    fn monotonic_ms(&self) -> u64 {
        self.monotonic_ms.fetch_add(self.look_ms.load(Ordering::SeqCst), Ordering::SeqCst)
    }

    async fn sleep_ms(&self, ms: u64) {
        let until = self.monotonic_ms().saturating_add(ms);
        loop {
            let mut moved = std::pin::pin!(self.moved.notified());
            // Listening begins before the look, so that a move in between is not missed.
            moved.as_mut().enable();
            if self.monotonic_ms() >= until {
                return;
            }
            moved.await;
        }
    }
}
