//! The log of a run: what is noted, what units leave by themselves, and what is let go of.

use super::*;
use crate::fixture::{Bench, INSTANCE, NOW, SITE, lease_next, open_operation, operation_id};
use crate::table::run::{NewRun, StageStart};
use igny8_core::id::JobId;
use igny8_core::status::RunTrigger;
use uuid::Uuid;

fn run(n: u128) -> RunId {
    RunId(Uuid::from_u128(n))
}

fn open(write: &mut Write<'_>, n: u128) -> Result<(), StoreError> {
    let stages = vec![StageStart { stage: RunStage::AutoCluster, is_on: true, waiting: 1, expected: 1 }];
    let new = NewRun { id: run(n), site: SITE, trigger: RunTrigger::Manual, estimate: Credits::ZERO, stages };
    write.open_run_of(&new, UtcMs(NOW.0 + i64::try_from(n).unwrap_or(0)))
}

/// A bench with a run and an operation of three units in it.
fn at_work() -> Bench {
    let mut bench = Bench::new();
    bench.write(|write| open(write, 1)).unwrap();
    bench.write(|write| open_operation(write, 1, 3)).unwrap();
    bench.outsider().execute("update operation set run_id = (select id from run)", []).unwrap();
    bench
}

#[test]
fn whatever_ends_a_unit_of_a_run_leaves_its_line() {
    let mut bench = at_work();
    for code in ["", "refused", "too_many_attempts"] {
        bench
            .write(move |write| {
                let lease = lease_next(write)?;
                if code.is_empty() { write.finish_unit(lease, NOW) } else { write.fail_unit(lease, code, NOW) }
                    .map_err(crate::LedgerError::from)
            })
            .unwrap();
    }
    let log = bench.read(|read| read.run_log(run(1)));
    let lines: Vec<_> = log.iter().skip(1).map(|event| (event.kind, event.code.as_str(), event.items)).collect();
    use RunEventKind::{ItemDone, ItemFailed, ItemParked};
    assert_eq!(lines, [(ItemDone, "", 1), (ItemFailed, "refused", 1), (ItemParked, "too_many_attempts", 1)]);
    assert_eq!(bench.read(|read| read.run_items(run(1))).done.len(), 3);
}

#[test]
fn a_unit_that_goes_back_to_the_queue_or_belongs_to_no_run_leaves_none() {
    let mut bench = at_work();
    bench.write(|write| open_operation(write, 2, 1)).unwrap();
    bench
        .write(|write| {
            let lease = lease_next(write)?;
            write.requeue_unit(lease, NOW).map_err(crate::LedgerError::from)
        })
        .unwrap();
    bench
        .write(|write| {
            let job = write.first_unit(operation_id(2)).map_err(crate::LedgerError::from)?;
            let lease = write.lease(job, INSTANCE)?;
            write.finish_unit(lease, NOW).map_err(crate::LedgerError::from)
        })
        .unwrap();
    assert_eq!(bench.read(|read| read.run_log(run(1))).len(), 1, "the run began, and no more");
}

#[test]
fn what_is_at_hand_and_what_comes_next_is_told_apart() {
    let mut bench = at_work();
    bench.write(|write| lease_next(write).map(drop)).unwrap();
    let items = bench.read(|read| read.run_items(run(1)));
    assert_eq!((items.now.len(), items.next.len(), items.next_total, items.done_total), (1, 2, 2, 0));
    let tried = bench.read(|read| read.items_of_run(run(1), AiFunction::GenerateImages));
    assert!(!tried.is_empty(), "what is begun counts against what a run may take: {tried:?}");
    let first: JobId = bench.read(|read| read.first_unit(operation_id(1)));
    assert_eq!(first, JobId(1));
}

#[test]
fn a_stage_begins_once_and_ends_once_with_what_it_made() {
    let mut bench = Bench::new();
    bench.write(|write| open(write, 1)).unwrap();
    let stage = RunStage::AutoCluster;
    assert_eq!(bench.write(move |write| write.begin_run_stage(run(1), stage, NOW)), Ok(true));
    assert_eq!(bench.write(move |write| write.begin_run_stage(run(1), stage, NOW)), Ok(false), "it goes on");
    for _ in 0..2 {
        bench.write(move |write| write.end_run_stage(run(1), stage, (4, 2), "", NOW)).unwrap();
    }
    let rows = bench.read(|read| read.run_stages(run(1)));
    assert_eq!((rows.len(), rows[0].taken, rows[0].made, rows[0].ended_at), (1, 4, 2, NOW));
    assert_eq!(bench.read(|read| read.run_log(run(1))).len(), 3);
}

#[test]
fn a_log_is_read_by_pages_and_the_oldest_are_let_go_of() {
    let mut bench = Bench::new();
    let runs = u128::from(RUNS_KEPT) + 3;
    for n in 1..=runs {
        bench.write(move |write| open(write, n)).unwrap();
        bench.write(move |write| write.end_run(run(n), "", UtcMs(NOW.0 + 1_000)).map(drop)).unwrap();
    }
    assert_eq!(bench.read(|read| read.run_log(run(1))), [], "its sums stay, its log does not");
    assert_eq!(bench.read(move |read| read.run_log(run(runs))).len(), 2);
    let first = bench.read(move |read| read.run_events(run(runs), None, 1));
    assert_eq!((first.rows[0].kind, first.total), (RunEventKind::Ended, 2), "newest first");
    let cursor = first.next_cursor.expect("there is another page");
    let second = bench.read(move |read| read.run_events(run(runs), Some(&cursor), 1));
    assert_eq!((second.rows[0].kind, second.next_cursor), (RunEventKind::Began, None));
    assert!(bench.try_read(move |read| read.run_events(run(runs), Some("x"), 1)).is_err());
    assert_eq!(bench.read(|read| read.runs_page(SITE, None, 2)).rows.len(), 2);
}

#[test]
fn a_log_is_found_without_a_walk_through_those_of_others() {
    let mut bench = Bench::new();
    for sql in [NEWEST, WHOLE, DONE] {
        let plan = crate::fixture::plan(&mut bench, sql);
        assert!(plan.contains("run_event_by_run") && !plan.contains("SCAN e"), "{plan}");
    }
    for sql in [AT_HAND, NEXT, TOTALS, TRIED] {
        let plan = crate::fixture::plan(&mut bench, sql);
        assert!(plan.contains("operation_by_run"), "{plan}");
    }
}
