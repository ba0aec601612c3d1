//! Which holds are in the way of another: of the wallet or of the cap that refused it, as long as they will be resolved.

use super::{funded, held};
use crate::LedgerError;
use crate::fixture::{Bench, INSTANCE, NOW, SITE, call_id, lease_next, new_operation, release, request, settlement};
use crate::ledger::{Lease, OpenCall, StandingLimit};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, JobId, RunId};
use igny8_core::money::Credits;
use uuid::Uuid;

const RUN: RunId = RunId(Uuid::from_u128(0x0A << 120));

/// The open calls in the way of a hold of so many credits for an operation that is there, when it is refused now.
fn in_the_way(bench: &mut Bench, n: u64, operation: u64, credits: i64) -> Vec<CallId> {
    let operation = new_operation(operation, AiFunction::GenerateImages, vec![]).id;
    let refused = bench.write(move |write| {
        let lease = lease_next(write)?;
        write.hold(&request(n, operation, lease, Credits::whole(credits)), NOW).map(drop)
    });
    let refusal = refused.expect_err("it does not fit");
    let lease = Lease { job: JobId(1), instance: INSTANCE, token: 0 };
    bench.read(move |read| read.holds_in_the_way(&refusal, &request(n, operation, lease, Credits::whole(credits))))
}

/// An operation with one unit that waits.
fn waiting(bench: &mut Bench, n: u64, run: Option<RunId>) {
    bench
        .write(move |write| {
            let mut new = new_operation(n, AiFunction::GenerateImages, vec![vec![1]]);
            new.run = run;
            write.open_operation(&new, NOW).map_err(LedgerError::from)
        })
        .unwrap();
}

fn two_open(bench: &mut Bench) -> [OpenCall; 2] {
    [1, 2].map(|n| held(bench, n, Credits::whole(10)).unwrap())
}

#[test]
fn what_fits_once_others_are_resolved_waits_for_them_and_nothing_else_does() {
    let limits = [StandingLimit::Month, StandingLimit::Day, StandingLimit::Site(SITE)];
    for of in limits.map(Some).into_iter().chain([None]) {
        let mut bench = funded(if of.is_some() { 1_000 } else { 25 });
        if let Some(of) = of {
            bench.write(move |write| write.set_limit(of, Some(Credits::whole(25)))).unwrap();
        }
        let [first, second] = two_open(&mut bench);
        waiting(&mut bench, 3, None);
        assert_eq!(in_the_way(&mut bench, 3, 3, 25), [call_id(1), call_id(2)], "{of:?}: without them it just fits");
        assert_eq!(in_the_way(&mut bench, 3, 3, 26), [], "{of:?}: without them it does not fit either");
        assert!(bench.read(|read| read.are_going(&[call_id(1), call_id(2)])));

        bench.write(move |write| write.settle(&first, &settlement(Credits::whole(4)), NOW)).unwrap();
        assert!(!bench.read(|read| read.are_going(&[call_id(1), call_id(2)])), "{of:?}: one of them is resolved");
        assert!(bench.read(|read| read.are_going(&[call_id(2)])));
        assert_eq!(in_the_way(&mut bench, 4, 3, 21), [call_id(2)], "{of:?}: what was spent does not come back");
        assert_eq!(in_the_way(&mut bench, 4, 3, 22), [], "{of:?}");
        bench.write(move |write| write.release(&second, &release("cancelled"), NOW)).unwrap();
        assert_eq!(in_the_way(&mut bench, 5, 3, 22), [], "{of:?}: nothing is open");
    }
}

#[test]
fn a_run_waits_for_what_counts_against_its_own_cap_and_share() {
    let mut bench = funded(1_000);
    let _others = two_open(&mut bench);
    let shares = [(AiFunction::GenerateImages, Credits::whole(12))];
    bench.write(move |write| write.open_run_cap(RUN, Credits::whole(30), &shares, NOW)).unwrap();
    waiting(&mut bench, 3, Some(RUN));
    let _open = bench
        .write(move |write| {
            let lease = lease_next(write)?;
            let operation = new_operation(3, AiFunction::GenerateImages, vec![]).id;
            write.hold(&request(3, operation, lease, Credits::whole(10)), NOW).map(crate::Held::spend)
        })
        .unwrap();
    waiting(&mut bench, 4, Some(RUN));
    assert_eq!(in_the_way(&mut bench, 4, 4, 12), [call_id(3)], "its share has room for it alone");
    assert_eq!(in_the_way(&mut bench, 4, 4, 13), [], "its share never had room for it");
    assert_eq!(in_the_way(&mut bench, 4, 4, 31), [], "nor its cap");
}

#[test]
fn nobody_waits_for_what_was_interrupted() {
    let mut bench = funded(25);
    let _open = two_open(&mut bench);
    waiting(&mut bench, 3, None);
    bench.write(|write| write.mark_interrupted(NOW).map_err(LedgerError::from)).unwrap();
    let third = new_operation(3, AiFunction::GenerateImages, vec![]).id;
    bench.write(move |write| write.go_on_with_operation(third).map_err(LedgerError::from)).unwrap();
    assert_eq!(in_the_way(&mut bench, 3, 3, 25), [], "it waits for somebody's word");
    assert!(!bench.read(|read| read.are_going(&[call_id(1)])));
}

#[test]
fn what_waits_for_holds_is_passed_over_but_for_what_has_its_own() {
    let mut bench = funded(100);
    bench
        .write(|write| {
            let new = new_operation(1, AiFunction::GenerateImages, vec![vec![1], vec![2]]);
            write.open_operation(&new, NOW).map_err(LedgerError::from)
        })
        .unwrap();
    waiting(&mut bench, 2, None);
    let [one, two] = [1, 2].map(|n| new_operation(n, AiFunction::GenerateImages, vec![]).id);
    let begun = bench
        .write(move |write| {
            let lease = lease_next(write)?;
            let open = write.hold(&request(1, one, lease, Credits::whole(10)), NOW)?.spend();
            write.suspend(&open, "rate_limited", None, igny8_core::money::Usd::ZERO, NOW)?;
            write.requeue_unit(lease, NOW)?;
            Ok::<_, LedgerError>(lease.job)
        })
        .unwrap();
    let ready =
        |bench: &mut Bench, waiting: Vec<_>| bench.read(move |read| read.ready_units_but(NOW, &[], &waiting, 9)).len();
    assert_eq!((ready(&mut bench, vec![]), ready(&mut bench, vec![two])), (3, 2));
    let left = bench.read(move |read| read.ready_units_but(NOW, &[], &[one, two], 9));
    assert_eq!(left.iter().map(|unit| unit.job).collect::<Vec<_>>(), [begun], "its hold is placed");
}
