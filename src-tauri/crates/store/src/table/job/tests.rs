//! Units of work: their order, their leases, and the index they are found by.

use super::{AT_WORK, NEXT_AT, READY};
use crate::LedgerError;
use crate::fixture::{Bench, INSTANCE, NOW, SITE, lease_next, open_operation, operation_id, plan};
use crate::ledger::Lease;
use igny8_core::function::AiFunction;
use igny8_core::id::JobId;
use igny8_core::time::UtcMs;

fn leased(bench: &mut Bench) -> Lease {
    bench.write(lease_next).unwrap()
}

fn ready(bench: &mut Bench, now: UtcMs) -> Option<JobId> {
    bench.read(move |read| read.ready_units(now, &[], 1)).first().map(|unit| unit.job)
}

#[test]
fn units_come_in_the_order_they_were_queued() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 2, 2)).unwrap();
    bench.write(|write| open_operation(write, 1, 1)).unwrap();
    let mut order = Vec::new();
    while let Some(unit) = bench.read(|read| read.ready_units(NOW, &[], 1)).pop() {
        order.push((unit.operation, unit.ordinal, unit.items.clone(), unit.attempts));
        bench.write(move |write| write.lease(unit.job, INSTANCE)).unwrap();
    }
    let expected =
        [(operation_id(2), 0, vec![1], 0), (operation_id(2), 1, vec![2], 0), (operation_id(1), 0, vec![1], 0)];
    assert_eq!(order, expected);
}

#[test]
fn a_unit_given_back_waits_for_its_time() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 1)).unwrap();
    let lease = leased(&mut bench);
    let later = NOW.plus_ms(30_000);
    assert_eq!(bench.write(move |write| write.requeue_unit(lease, later)), Ok(true));
    assert_eq!(ready(&mut bench, NOW), None);
    assert_eq!(bench.read(|read| read.next_unit_after(NOW)), Some(later));
    assert_eq!(ready(&mut bench, later), Some(lease.job));
    let again = bench.write(move |write| write.lease(lease.job, INSTANCE)).unwrap();
    assert_eq!(again.token, lease.token + 1);
    assert_eq!(bench.write(move |write| write.finish_unit(lease, NOW)), Ok(false), "the older lease is void");
    assert_eq!(bench.write(move |write| write.finish_unit(again, NOW)), Ok(true));
    assert_eq!(bench.write(move |write| write.fail_unit(again, "late", NOW)), Ok(false), "it is finished");
    assert_eq!(bench.read(|read| read.next_unit_after(NOW)), None);
}

#[test]
fn a_clock_that_was_set_back_keeps_no_unit_waiting() {
    const DAY_MS: i64 = 86_400_000;
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 1)).unwrap();
    let lease = leased(&mut bench);
    bench.write(move |write| write.requeue_unit(lease, NOW.plus_ms(60_000))).unwrap();
    assert_eq!(bench.write(|write| write.recall_units(NOW)), Ok(0), "a minute is a wait like any other");
    let earlier = NOW.plus_ms(-DAY_MS);
    assert_eq!(bench.write(move |write| write.recall_units(earlier)), Ok(1), "a day is not");
    assert_eq!(ready(&mut bench, earlier), Some(lease.job));
}

#[test]
fn a_cancelled_operation_keeps_what_is_at_work() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 3)).unwrap();
    let lease = leased(&mut bench);
    assert_eq!(bench.write(|write| write.cancel_operation(operation_id(1), NOW)), Ok(true));
    assert_eq!(ready(&mut bench, NOW), None);
    let open = bench.write(|write| write.close_operation_if_final(operation_id(1), NOW));
    assert_eq!(open, Ok(None), "one unit is still at work");
    assert_eq!(bench.write(move |write| write.finish_unit(lease, NOW)), Ok(true));
}

#[test]
fn what_open_operations_will_still_work_on_is_known() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 3)).unwrap();
    let done = leased(&mut bench);
    bench.write(move |write| write.finish_unit(done, NOW)).unwrap();
    let leased = leased(&mut bench);
    let images = |read: &crate::Read<'_>| read.items_at_work(SITE, AiFunction::GenerateImages);
    let open: Vec<i64> = bench.read(images).into_iter().collect();
    assert_eq!(open, [2, 3], "one at work and one that waits; the first is done");
    let others = bench.read(|read| read.items_at_work(SITE, AiFunction::GenerateContent));
    assert!(others.is_empty(), "another function's items are not these");
    bench.write(move |write| write.fail_unit(leased, "late", NOW)).unwrap();
    bench.write(|write| write.cancel_operation(operation_id(1), NOW)).unwrap();
    assert!(bench.read(images).is_empty());
    let steps = plan(&mut bench, AT_WORK);
    assert!(!steps.contains("SCAN j") && steps.contains("operation_open"), "{steps}");
}

#[test]
fn an_unknown_unit_is_not_free() {
    let mut bench = Bench::new();
    let refused = bench.write(|write| write.lease(JobId(9), INSTANCE));
    assert_eq!(refused, Err::<Lease, _>(LedgerError::NotFree));
    assert_eq!(bench.write(|write| write.next_unit_after(NOW)), Ok(None));
}

#[test]
fn ready_units_are_found_by_their_index() {
    let mut bench = Bench::new();
    let next = plan(&mut bench, READY);
    assert!(next.contains("USING INDEX job_ready (run_at<?)") && !next.contains("TEMP B-TREE"), "{next}");
    let at = plan(&mut bench, NEXT_AT);
    assert!(at.contains("INDEX job_ready"), "{at}");
}
