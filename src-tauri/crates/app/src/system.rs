//! The product's clock, ids and threads for blocking work: the only place that asks the operating system what time it
//! is.

use async_trait::async_trait;
use igny8_core::port::{Clock, Ids, Offload};
use igny8_core::time::UtcMs;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The operating system's clocks.
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// A clock whose monotonic side starts now.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "this is the Clock port's one implementation")]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the Clock port's one implementation")]
    fn now(&self) -> UtcMs {
        UtcMs(jiff::Timestamp::now().as_millisecond())
    }

    fn monotonic_ms(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    async fn sleep_ms(&self, ms: u64) {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

/// The runtime's threads for blocking work.
pub struct BlockingThreads;

impl Offload for BlockingThreads {
    fn run(&self, work: Box<dyn FnOnce() + Send>) {
        // Whoever waits learns of the end by its own channel.
        drop(tokio::task::spawn_blocking(work));
    }
}

/// Time-ordered random ids.
pub struct RandomIds;

impl Ids for RandomIds {
    #[allow(clippy::disallowed_methods, reason = "this is the Ids port's one implementation")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
