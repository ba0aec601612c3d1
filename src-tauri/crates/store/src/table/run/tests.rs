//! The life of a run, and of work that its process left.

use super::*;
use crate::fixture::{Bench, NOW, SITE, call_id, lease_next, open_operation, operation_id, plan, request};
use igny8_core::status::OperationStatus;

const RUN: RunId = RunId(uuid::Uuid::from_u128(0x9_0001));
const LATER: UtcMs = UtcMs(NOW.0 + 1_000);

fn new(id: RunId) -> NewRun {
    let stage = |stage, is_on| StageStart { stage, is_on, waiting: 2, expected: 3 };
    let stages = vec![stage(RunStage::AutoCluster, true), stage(RunStage::QueueIdeas, false)];
    NewRun { id, site: SITE, trigger: RunTrigger::Scheduled, estimate: Credits::whole(9), stages }
}

fn kinds(bench: &mut Bench) -> Vec<RunEventKind> {
    bench.read(|read| read.run_log(RUN)).into_iter().map(|event| event.kind).collect()
}

fn status(bench: &mut Bench) -> OperationStatus {
    bench.read(|read| read.operation(operation_id(1))).status
}

#[test]
fn what_was_interrupted_is_nobodys_to_work_on_until_it_goes_on() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 2)).unwrap();
    assert_eq!(bench.write(|write| write.mark_interrupted(NOW)), Ok(1));
    assert_eq!(status(&mut bench), OperationStatus::Interrupted);
    assert_eq!(bench.read(|read| read.ready_units(NOW, &[], 9)), [], "its units are left alone");
    assert_eq!(bench.read(|read| read.left_of(SITE)), Left { operations: 1, units: 2, held: Credits::ZERO });
    assert_eq!(bench.read(|read| read.sites_left()), [(SITE, NOW)]);
    assert_eq!(bench.write(|write| write.mark_interrupted(LATER)), Ok(0), "the next start finds nothing new");
    assert_eq!(bench.read(|read| read.sites_left()), [(SITE, NOW)]);

    assert_eq!(bench.write(|write| write.go_on_with_operation(operation_id(1))), Ok(true));
    assert_eq!(bench.write(|write| write.go_on_with_operation(operation_id(1))), Ok(false), "it goes on already");
    assert_eq!(status(&mut bench), OperationStatus::Pending);
    assert_eq!(bench.read(|read| read.ready_units(NOW, &[], 9)).len(), 2);
    assert_eq!(bench.read(|read| read.left_of(SITE)), Left::default());
}

#[test]
fn what_is_held_for_interrupted_work_is_known() {
    let mut bench = Bench::new();
    bench
        .write(|write| {
            write.grant(
                &crate::ledger::Grant::Extra { id: igny8_core::id::TransferId(call_id(9).0), memo: String::new() },
                Credits::whole(100),
                NOW,
            )?;
            open_operation(write, 1, 2)?;
            let lease = lease_next(write)?;
            write.hold(&request(1, operation_id(1), lease, Credits::whole(7)), NOW).map(drop)
        })
        .unwrap();
    assert_eq!(bench.read(|read| read.left_of(SITE)).held, Credits::ZERO, "it is at work");
    bench.write(|write| write.mark_interrupted(NOW)).unwrap();
    assert_eq!(bench.read(|read| read.left_of(SITE)).held, Credits::whole(7));
    assert_eq!(bench.read(|read| read.held_for(operation_id(1))), Credits::whole(7));
    assert_eq!(bench.read(|read| read.held_for(operation_id(2))), Credits::ZERO, "of another it is not");
    assert_eq!(
        bench.read(|read| read.open_units(operation_id(1))).len(),
        2,
        "a unit whose call is open has no end yet"
    );
}

#[test]
fn a_run_is_open_until_it_ends_and_ends_once() {
    let mut bench = Bench::new();
    assert_eq!(bench.read(|read| read.newest_run(SITE)), None);
    bench.write(|write| write.open_run_of(&new(RUN), NOW)).unwrap();
    let second = bench.write(|write| write.open_run_of(&new(RunId(uuid::Uuid::from_u128(2))), NOW));
    assert!(matches!(second, Err(StoreError::Conflict(_))), "a site has one run at a time: {second:?}");
    bench.write(|write| write.set_run_stage(RUN, RunStage::QueueIdeas)).unwrap();
    bench.write(|write| write.mark_interrupted(LATER)).unwrap();
    let open = bench.read(|read| read.open_run(SITE)).expect("it has not ended");
    let stage = Some(RunStage::QueueIdeas);
    assert_eq!((open.stage, open.interrupted_at, open.ended_at), (stage, LATER, UtcMs(0)));
    assert_eq!((open.trigger, open.estimate), (RunTrigger::Scheduled, Credits::whole(9)));
    assert_eq!(bench.read(|read| read.sites_left()), [(SITE, LATER)], "though no operation of it is open");
    assert_eq!(bench.write(|write| write.go_on_with_run(RUN, LATER)), Ok(true));
    assert_eq!(bench.write(|write| write.end_run(RUN, "cap_run", LATER)), Ok(true));
    assert_eq!(bench.write(|write| write.end_run(RUN, "", LATER)), Ok(false));
    assert_eq!(bench.read(|read| read.open_run(SITE)), None);
    assert_eq!(bench.read(|read| read.newest_run(SITE)).expect("it is kept").stopped_code, "cap_run");
}

#[test]
fn what_waits_is_found_without_a_walk_through_history() {
    let mut bench = Bench::new();
    for (sql, index) in [(LEFT, "operation_open"), (LEFT_HELD, "call_open"), (LEFT_AT, "operation_open")] {
        let plan = plan(&mut bench, sql);
        assert!(plan.contains(index) && !plan.contains("SCAN call"), "{plan}");
    }
    let plan = plan(&mut bench, NEWEST);
    assert!(plan.contains("run_by_site"), "{plan}");
}

#[test]
fn a_pause_keeps_the_runner_from_the_units_of_its_run_alone_and_outlives_its_process() {
    let mut bench = Bench::new();
    bench.write(|write| write.open_run_of(&new(RUN), NOW)).unwrap();
    bench.write(|write| open_operation(write, 1, 2)).unwrap();
    bench.write(|write| open_operation(write, 2, 1)).unwrap();
    bench
        .outsider()
        .execute(
            "update operation set run_id = (select id from run) where id = ?1",
            params![operation_id(1).as_bytes()],
        )
        .unwrap();
    assert_eq!(bench.write(|write| write.pause_run(RUN, "", NOW)), Ok(true));
    assert_eq!(bench.write(|write| write.pause_run(RUN, "", LATER)), Ok(false), "once is enough");
    assert_eq!(status(&mut bench), OperationStatus::Interrupted);
    assert!(bench.read(|read| read.stands_still(operation_id(1))));
    assert_eq!(bench.read(|read| read.ready_units(NOW, &[], 9)).len(), 1, "other work goes on");
    bench.write(|write| write.mark_interrupted(LATER)).unwrap();
    let run = bench.read(|read| read.run(RUN));
    assert_eq!((run.paused_at, run.interrupted_at), (NOW, UtcMs(0)), "a start makes no interruption of a pause");
    let told: Vec<SiteId> = bench.read(|read| read.sites_left()).into_iter().map(|(site, _)| site).collect();
    assert_eq!(told, [SITE], "of the other work");
    bench.write(|write| write.go_on_with_operation(operation_id(2))).unwrap();
    assert_eq!(bench.read(|read| read.sites_left()), [], "a pause is nothing to be told of");

    assert_eq!(bench.write(|write| write.go_on_with_run(RUN, LATER)), Ok(true));
    assert_eq!(bench.read(|read| read.run(RUN)).still_ms, 1_000);
    assert_eq!(bench.read(|read| read.ready_units(NOW, &[], 9)).len(), 3);
    use RunEventKind::{Began, Ended, Paused, Resumed};
    assert_eq!(kinds(&mut bench), [Began, Paused, Resumed]);
    bench.write(|write| write.pause_run(RUN, "", LATER)).unwrap();
    bench.write(|write| write.end_run(RUN, "cancelled", UtcMs(LATER.0 + 500))).unwrap();
    let ended = bench.read(|read| read.run(RUN));
    assert_eq!((ended.paused_at, ended.still_ms), (UtcMs(0), 1_500), "what has ended is not paused");
    assert_eq!(kinds(&mut bench), [Began, Paused, Resumed, Paused, Ended]);
}

#[test]
fn a_clock_that_was_set_back_makes_no_time_that_a_run_stood_still() {
    let mut bench = Bench::new();
    bench.write(|write| write.open_run_of(&new(RUN), NOW)).unwrap();
    bench.write(|write| write.pause_run(RUN, "", LATER)).unwrap();
    bench.write(|write| write.go_on_with_run(RUN, NOW)).unwrap();
    assert_eq!(bench.read(|read| read.run(RUN)).still_ms, 0);
}

#[test]
fn an_interrupted_run_that_is_paused_is_paused_from_then_on() {
    let mut bench = Bench::new();
    bench.write(|write| write.open_run_of(&new(RUN), NOW)).unwrap();
    bench.write(|write| write.mark_interrupted(NOW)).unwrap();
    bench.write(|write| write.pause_run(RUN, "", LATER)).unwrap();
    let run = bench.read(|read| read.run(RUN));
    assert_eq!((run.paused_at, run.interrupted_at, run.still_ms), (LATER, UtcMs(0), 1_000));
    assert_eq!(kinds(&mut bench), [RunEventKind::Began, RunEventKind::Interrupted, RunEventKind::Paused]);
}
