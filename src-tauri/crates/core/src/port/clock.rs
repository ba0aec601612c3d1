//! Time, identity, and the place for work that blocks. The product has one implementation of each, tests step their own.

use crate::time::UtcMs;
use async_trait::async_trait;
use uuid::Uuid;

/// What time it is, and waiting for it to pass.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The wall clock, UTC.
    fn now(&self) -> UtcMs;
    /// A clock that never goes back, in milliseconds since some start of its own.
    fn monotonic_ms(&self) -> u64;
    /// Waits at least this long. Timers stand still while a laptop sleeps, so whoever waits for a time of day waits in
    /// short steps and compares.
    async fn sleep_ms(&self, ms: u64);
}

/// Where new ids come from.
pub trait Ids: Send + Sync {
    /// A new time-ordered id (UUID version 7).
    fn next(&self) -> Uuid;
}

/// Where work is done that blocks (files, pictures), so that it does not hold up what waits for answers.
pub trait Offload: Send + Sync {
    /// Does the work, now or soon, in this thread or another.
    fn run(&self, work: Box<dyn FnOnce() + Send>);
}
