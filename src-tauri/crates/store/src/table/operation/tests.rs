//! The life of an operation, and the index the open ones are found by.

use super::{OPEN, OperationRow};
use crate::StoreError;
use crate::fixture::{Bench, NOW, SITE, lease_next, new_operation, open_operation, operation_id, plan};
use igny8_core::function::AiFunction;
use igny8_core::status::{OperationStatus, Phase};

/// Ends the next unit, as done with one result or as failed, and tries to close the operation.
fn end_next(bench: &mut Bench, failure: Option<&'static str>) -> Option<OperationRow> {
    let closed = bench.write(move |write| {
        let lease = lease_next(write)?;
        match failure {
            None => write.finish_unit(lease, NOW)?,
            Some(code) => write.fail_unit(lease, code, NOW)?,
        };
        write.count_unit(operation_id(1), failure.map_or(Ok(1), Err))?;
        Ok::<_, crate::LedgerError>(write.close_operation_if_final(operation_id(1), NOW)?)
    });
    closed.unwrap()
}

#[test]
fn an_operation_closes_with_its_last_unit() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 2)).unwrap();
    bench.write(|write| write.set_operation_phase(operation_id(1), Phase::AiCall)).unwrap();
    assert_eq!(bench.read(|read| read.open_operations()).len(), 1);
    assert_eq!(end_next(&mut bench, Some("timeout")), None, "one unit remains");
    let closed = end_next(&mut bench, None).expect("nothing remains");
    assert_eq!((closed.status, closed.phase), (OperationStatus::Success, Phase::Done), "something was stored");
    assert_eq!((closed.units_done, closed.units_failed, closed.results), (1, 1, 1));
    assert_eq!((closed.error_code.as_str(), closed.ended_at), ("timeout", NOW));
    assert_eq!(bench.read(|read| read.open_operations()), Vec::new());
    let again = bench.write(|write| write.close_operation_if_final(operation_id(1), NOW));
    assert_eq!(again, Ok(None), "it closes once");
}

#[test]
fn an_operation_that_stored_nothing_ends_as_an_error_where_it_stopped() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 1)).unwrap();
    bench.write(|write| write.set_operation_phase(operation_id(1), Phase::Prep)).unwrap();
    let closed = end_next(&mut bench, Some("insufficient_credits")).expect("nothing remains");
    assert_eq!((closed.status, closed.phase), (OperationStatus::Error, Phase::Prep));
    bench.write(|write| write.set_operation_phase(operation_id(1), Phase::Save)).unwrap();
    assert_eq!(bench.read(|read| read.operation(operation_id(1))).phase, Phase::Prep, "a closed operation stays");
}

#[test]
fn an_operation_with_nothing_to_do_is_a_success() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 0)).unwrap();
    let closed = bench.write(|write| write.close_operation_if_final(operation_id(1), NOW)).unwrap().expect("closed");
    assert_eq!((closed.status, closed.phase), (OperationStatus::Success, Phase::Done));
}

#[test]
fn a_cancelled_operation_says_so() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 2)).unwrap();
    assert_eq!(bench.write(|write| write.cancel_operation(operation_id(1), NOW)), Ok(true));
    let closed = bench.write(|write| write.close_operation_if_final(operation_id(1), NOW)).unwrap().expect("closed");
    assert_eq!((closed.status, closed.error_code.as_str()), (OperationStatus::Error, "cancelled"));
    assert!(closed.is_cancelled);
    assert_eq!(bench.write(|write| write.cancel_operation(operation_id(1), NOW)), Ok(false), "it has ended");
}

#[test]
fn the_same_command_twice_opens_one_operation() {
    let mut bench = Bench::new();
    bench.write(|write| open_operation(write, 1, 2)).unwrap();
    let again = bench.write(|write| open_operation(write, 1, 2));
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    let row = bench.read(|read| read.operation(operation_id(1)));
    assert_eq!((row.site, row.items_total, row.units_total), (SITE, 2, 2));
    let unknown = bench.try_read(|read| read.operation(operation_id(2)));
    assert_eq!(unknown, Err(StoreError::NotFound));
}

#[test]
fn units_may_carry_several_items() {
    let mut bench = Bench::new();
    let new = new_operation(1, AiFunction::AutoCluster, vec![vec![1, 2, 3], vec![4]]);
    bench.write(move |write| write.open_operation(&new, NOW)).unwrap();
    let unit = bench.read(|read| read.ready_units(NOW, &[], 1)).remove(0);
    assert_eq!(unit.items, [1, 2, 3]);
    assert_eq!(bench.read(|read| read.operation(operation_id(1))).items_total, 4);
}

#[test]
fn open_operations_are_found_by_their_index() {
    let plan = plan(&mut Bench::new(), OPEN);
    assert!(plan.contains("USING INDEX operation_open"), "{plan}");
}
