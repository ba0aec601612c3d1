//! Many worlds, each in one thread, as many at once as the machine has cores. They share nothing, so it does not matter
//! which thread plays which.

use super::{Ending, Plant, Tally, World};
use std::any::Any;
use std::num::NonZero;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// What many worlds came to.
#[derive(Debug, Default)]
pub struct Played {
    /// Their counts.
    pub tally: Tally,
    /// Seeds of those in which something did not hold, and what; lowest first.
    pub failed: Vec<(u64, Vec<String>)>,
}

/// Plays the seeds of a range.
pub fn play_many(seeds: Range<u64>) -> Played {
    let next = AtomicU64::new(seeds.start);
    let played = Mutex::new(Played::default());
    let lock = || played.lock().unwrap_or_else(PoisonError::into_inner);
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let Ending { tally, broken, .. } = play_one(seed, None, false);
                    let mut played = lock();
                    played.tally += tally;
                    if !broken.is_empty() {
                        played.failed.push((seed, broken));
                    }
                }
            });
        }
    });
    let mut played = played.into_inner().unwrap_or_else(PoisonError::into_inner);
    played.failed.sort();
    played
}

/// Plays one seed. A panic is something that does not hold.
pub fn play_one(seed: u64, plant: Option<Plant>, is_traced: bool) -> Ending {
    let played = catch_unwind(AssertUnwindSafe(|| World::new(seed, plant, is_traced).play()));
    played.unwrap_or_else(|panic| Ending {
        tally: Tally { seeds: 1, ..Tally::default() },
        broken: vec![format!("nothing panics: {}", said(panic.as_ref()))],
        trace: Vec::new(),
    })
}

fn said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
}
