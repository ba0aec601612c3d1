//! Work that blocks, done where it is asked for: nothing happens behind a test's back.

use igny8_core::port::Offload;

/// Does the work at once, in the thread that asks.
pub struct InPlace;

impl Offload for InPlace {
    fn run(&self, work: Box<dyn FnOnce() + Send>) {
        work();
    }
}
