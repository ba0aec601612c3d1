//! P1 and P2: what the two commits of a paid call take, each in turn with the raw write. The real engine writes
//! articles, each an operation of its own, over the real store; its writer's steps are what is timed. The first of a call
//! claims the unit, holds and notes "sent"; the second stores the article and the answer, charges, writes statement,
//! usage, attempt and task log, ends the unit, closes the operation and notifies. The mean holds the checkpoints as well
//! that fall into commits.
//!
//! Both ratios depend on the disk, since what a commit takes beyond the sync is the processor's time and the same on
//! every disk. Measured on two slow cores: 0.3 ms of it for the first commit and 0.8 ms for the second, where the raw
//! write takes 0.1. Two thirds of that are SQLite handing the log over, 17 and 53 pages with two system calls each; in
//! one piece, the second would cost 0.06 ms instead of 0.55. So a disk that syncs in 0.13 ms misses both bars, and the
//! slow ones that they were set on meet them. From which sync on a bar is met is computed from the run itself and stands
//! beside the ratio, for a disk that writes so many pages as fast as one.

use crate::machine::{block_on, mean_ms, median_ms, timed_with_processor};
use crate::raw::Raw;
use crate::report::Goal;
use igny8_engine::Ran;
use igny8_store::Step;
use igny8_tests::articles;
use igny8_tests::stepped::Stepped;
use igny8_tests::world::Surroundings;
use std::pin::pin;
use std::time::Duration;

/// Paid calls that are timed.
const CALLS: usize = 600;
/// Calls before them: statements get prepared, and the log grows to its size.
const WARM_UP: usize = 100;

/// What commits of a kind took, and how much of that the writer had a processor.
#[derive(Default)]
struct Commits {
    times: Vec<Duration>,
    processor: Vec<Duration>,
}

pub fn measure() -> Vec<Goal> {
    let around = Surroundings::default();
    let (mut raw, mut holds, mut results) = (Raw::new(), Commits::default(), Commits::default());
    block_on(async {
        articles::wait_in(&around, CALLS + WARM_UP).await;
        let mut world = Stepped::open_at(around, articles::door(1)).await;
        for call in 0..CALLS + WARM_UP {
            let engine = world.engine.clone();
            let mut commits = Vec::new();
            let step = pin!(engine.step());
            let ran = world.until_quiet(step, |writer| {
                let (step, time, processor) = timed_with_processor(|| writer.step());
                commits.extend((step == Step::Served).then_some((time, processor)));
                step
            });
            let ran = ran.await.expect("a unit needs nothing but the store").expect("the unit is worked on");
            assert_eq!((ran, commits.len()), (Ran::Unit, 2), "a paid call is two commits");
            if call < WARM_UP {
                continue;
            }
            holds.add(commits[0]);
            results.add(commits[1]);
            raw.write();
        }
    });
    vec![
        results.goal("P1", "second commit of a paid article, mean / raw 4 KiB write and sync, mean", &raw, 1.5),
        holds.goal("P2", "first commit (hold and sent), mean / raw 4 KiB write and sync, mean", &raw, 1.4),
    ]
}

impl Commits {
    fn add(&mut self, (time, processor): (Duration, Duration)) {
        self.times.push(time);
        self.processor.push(processor);
    }

    fn goal(&self, id: &'static str, metric: &'static str, raw: &Raw, bar: f64) -> Goal {
        let (mean, anchor) = (mean_ms(&self.times), mean_ms(raw.times()));
        let (worked, worked_raw) = (mean_ms(&self.processor), mean_ms(raw.processor()));
        let detail = format!(
            "{CALLS} calls: mean {mean:.3} ms (median {:.3}), raw {anchor:.3} ms (median {:.3}); of the processor \
             {worked:.3} ms and {worked_raw:.3}: met from raw syncs of {:.2} ms on",
            median_ms(&self.times),
            median_ms(raw.times()),
            (worked - worked_raw).max(0.0) / (bar - 1.0),
        );
        Goal::at_most(id, metric, mean / anchor, bar, detail)
    }
}
