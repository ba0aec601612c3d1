//! P1 and P2: what the two commits of a paid call take, each in turn with the raw write. The real engine writes
//! articles, each an operation of its own, over the real store; its writer's steps are what is timed. The first of a call
//! claims the unit, holds and notes "sent"; the second stores the article and the answer, charges, writes statement,
//! usage, attempt and task log, ends the unit, closes the operation and notifies.

use crate::machine::{block_on, mean_ms, median_ms, timed};
use crate::raw::Raw;
use crate::report::Goal;
use igny8_engine::Ran;
use igny8_store::Step;
use igny8_tests::articles;
use igny8_tests::stepped::Stepped;
use igny8_tests::world::Surroundings;
use std::pin::pin;

/// Paid calls that are timed.
const CALLS: usize = 600;
/// Calls before them: statements get prepared, and the log grows to its size.
const WARM_UP: usize = 100;

pub fn measure() -> Vec<Goal> {
    let around = Surroundings::default();
    let (mut raw, mut holds, mut results) = (Raw::new(), Vec::new(), Vec::new());
    block_on(async {
        articles::wait_in(&around, CALLS + WARM_UP).await;
        let mut world = Stepped::open_at(around, articles::door(1)).await;
        for call in 0..CALLS + WARM_UP {
            let engine = world.engine.clone();
            let mut commits = Vec::new();
            let step = pin!(engine.step());
            let ran = world.until_quiet(step, |writer| {
                let (step, time) = timed(|| writer.step());
                commits.extend((step == Step::Served).then_some(time));
                step
            });
            let ran = ran.await.expect("a unit needs nothing but the store").expect("the unit is worked on");
            assert_eq!((ran, commits.len()), (Ran::Unit, 2), "a paid call is two commits");
            if call < WARM_UP {
                continue;
            }
            holds.push(commits[0]);
            results.push(commits[1]);
            raw.write();
        }
    });
    let anchor = mean_ms(raw.times());
    let goal = |id, metric, times: &[_], bar| {
        let detail = format!(
            "{CALLS} calls: mean {:.3} ms (median {:.3}), raw {anchor:.3} ms (median {:.3})",
            mean_ms(times),
            median_ms(times),
            median_ms(raw.times())
        );
        Goal::at_most(id, metric, mean_ms(times) / anchor, bar, detail)
    };
    vec![
        goal("P1", "second commit of a paid article, mean / raw 4 KiB write and sync, mean", &results, 1.5),
        goal("P2", "first commit (hold and sent), mean / raw 4 KiB write and sync, mean", &holds, 1.4),
    ]
}
