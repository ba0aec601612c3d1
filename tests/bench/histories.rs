//! P5 and P6: what a power cut loses, and how many whole histories are played in two minutes. Both are the tests' own,
//! with the optimised product in them.

use crate::machine::{processor_seconds, timed};
use crate::report::Goal;
use igny8_tests::{effort, power, simulation};

/// Histories that are played.
const HISTORIES: u64 = 2_000;
/// How long they may take.
const SECONDS: f64 = 120.0;

pub fn power_cuts() -> Vec<Goal> {
    let losses = power::cut_many(effort::cuts(), effort::disk_seed());
    let detail = format!(
        "{} cuts, {} acknowledged charges looked for, {} lost, {} files damaged",
        losses.cuts, losses.acknowledged, losses.lost, losses.damaged
    );
    let lost = (losses.lost + losses.damaged) as f64;
    vec![Goal::at_most("P5", "acknowledged charges lost and files damaged by power cuts", lost, 0.0, detail)]
}

pub fn histories() -> Vec<Goal> {
    let before = processor_seconds().unwrap_or_default();
    let (played, time) = timed(|| simulation::play_many(0..HISTORIES));
    let seconds = time.as_secs_f64();
    let detail = format!(
        "{} in {seconds:.1} s, {:.1} s of processor time: {} crashes, {} results charged, {} broken",
        played.tally.seeds,
        processor_seconds().unwrap_or_default() - before,
        played.tally.crashes,
        played.tally.charged,
        played.failed.len()
    );
    let mut goal = Goal::at_least(
        "P6",
        "whole histories in two minutes",
        HISTORIES as f64 * SECONDS / seconds,
        HISTORIES as f64,
        detail,
    );
    goal.ok &= played.failed.is_empty();
    vec![goal]
}
