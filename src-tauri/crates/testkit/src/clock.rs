//! A clock that stands still until the test moves it.

use igny8_core::port::Clock;
use igny8_core::time::UtcMs;
use std::sync::atomic::{AtomicI64, Ordering};

/// When stories begin: 2026-11-23T09:00Z, the middle of a month, so that only a test that wants it sees one turn.
pub const START: UtcMs = UtcMs(1_795_424_400_000);

/// Time as the test tells it.
#[derive(Debug)]
pub struct SteppedClock {
    now_ms: AtomicI64,
}

impl Default for SteppedClock {
    fn default() -> Self {
        Self { now_ms: AtomicI64::new(START.0) }
    }
}

impl SteppedClock {
    /// Moves time forward.
    pub fn advance_ms(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// Sets the wall clock, also backwards, as a person may.
    pub fn set(&self, now: UtcMs) {
        self.now_ms.store(now.0, Ordering::SeqCst);
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> UtcMs {
        UtcMs(self.now_ms.load(Ordering::SeqCst))
    }

    fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.now().0.saturating_sub(START.0)).unwrap_or(0)
    }
}
