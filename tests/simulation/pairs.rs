//! Every pair of commands on a run × the points at which the process may end.
//!
//! One point of sixteen is tried, and another one with each pair; `IGNY8_POINTS=1` tries every point of every pair.

use super::{given, say};
use igny8_tests::simulation::pairs::{Command, tell};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// More than any of these stories takes.
const POINTS_MAX: usize = 2_000;
/// From one point to the next that is tried.
const STEP: u64 = 16;
/// Fewest stories that show something: each pair is told, and its process ends in some of them.
const STORIES_MIN: usize = 100;

#[test]
fn every_pair_of_commands_and_every_end_of_the_process_leave_a_run_that_can_be_gone_on_with() {
    let step = usize::try_from(given("IGNY8_POINTS").unwrap_or(STEP)).map_or(1, |step| step.max(1));
    let pairs: Vec<(Command, Command)> =
        Command::ALL.iter().flat_map(|first| Command::ALL.iter().map(|second| (*first, *second))).collect();
    let (next, stories, failed) = (AtomicUsize::new(0), AtomicUsize::new(0), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    let Some((first, second)) = pairs.get(nth).copied() else { return };
                    for point in (nth % step..POINTS_MAX).step_by(step).map(Some).chain([None]) {
                        let told = tell(first, second, point);
                        stories.fetch_add(1, Ordering::Relaxed);
                        if !told.broken.is_empty() {
                            let broken =
                                format!("{first:?}, {second:?}, end after {point:?}: {}", told.broken.join("; "));
                            say(&broken);
                            failed.lock().unwrap_or_else(PoisonError::into_inner).push(broken);
                            break;
                        }
                        if !told.has_crashed {
                            break;
                        }
                    }
                }
            });
        }
    });
    let stories = stories.into_inner();
    say(&format!("pairs of commands: {stories} stories"));
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(stories >= STORIES_MIN, "stories in which too little happens prove nothing: {stories}");
}
