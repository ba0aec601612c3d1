//! Ids that count, so that a failed test names the same ones each time.

use igny8_core::port::Ids;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// The fixed part: a version 7 id of the moment stories begin.
const BASE: u128 = 0x019a_b000_0000_7000_8000_0000_0000_0000;
/// The last two bytes stay free: ids derived from a call's differ from it there.
const STEP_BITS: u32 = 16;

/// The numbers from 1, as ids.
#[derive(Debug, Default)]
pub struct CountingIds {
    given: AtomicU64,
}

impl CountingIds {
    /// Goes on counting where these are, without moving them.
    #[must_use]
    pub fn fork(&self) -> Self {
        Self { given: AtomicU64::new(self.given.load(Ordering::SeqCst)) }
    }
}

impl Ids for CountingIds {
    fn next(&self) -> Uuid {
        let number = self.given.fetch_add(1, Ordering::SeqCst) + 1;
        Uuid::from_u128(BASE | (u128::from(number) << STEP_BITS))
    }
}
