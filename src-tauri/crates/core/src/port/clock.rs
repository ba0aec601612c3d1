//! Time and identity. The product has one implementation of each, tests step their own.

use crate::time::UtcMs;
use uuid::Uuid;

/// What time it is.
pub trait Clock: Send + Sync {
    /// The wall clock, UTC.
    fn now(&self) -> UtcMs;
    /// A clock that never goes back, in milliseconds since some start of its own.
    fn monotonic_ms(&self) -> u64;
}

/// Where new ids come from.
pub trait Ids: Send + Sync {
    /// A new time-ordered id (UUID version 7).
    fn next(&self) -> Uuid;
}
