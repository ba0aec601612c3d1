//! What a crash leaves of a call, and how it is taken up again.

use super::{funded, held};
use crate::LedgerError;
use crate::audit::{Finding, FindingKind};
use crate::fixture::{Bench, INSTANCE, NOW, call_id, lease_next, operation_id, release, request, settlement};
use crate::ledger::Lease;
use igny8_core::id::JobId;
use igny8_core::money::{Credits, Usd};
use igny8_core::retry::Sends;
use rusqlite::params;
use uuid::Uuid;

/// The process that comes after the crash.
const NEXT_INSTANCE: Uuid = Uuid::from_u128(0xB2);

fn call_state(bench: &mut Bench, call: u64) -> (String, u32) {
    bench.read(move |read| {
        let query = "select state, attempts from call where id = ?1";
        Ok(read.conn.query_row(query, params![call_id(call).as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?)
    })
}

fn after_a_crash(bench: Bench) -> Bench {
    let mut bench = bench.reopen();
    let voided = bench.write(|write| write.void_foreign_leases(NEXT_INSTANCE)).unwrap();
    assert_eq!(voided, 1);
    bench
}

#[test]
fn a_sent_call_becomes_unknown_and_keeps_its_hold() {
    let mut bench = funded(100);
    drop(held(&mut bench, 1, Credits::whole(10)).unwrap());
    assert_eq!(call_state(&mut bench, 1), ("sent".to_owned(), 1), "the intent is on disk before anything leaves");
    let mut bench = after_a_crash(bench);
    assert_eq!(call_state(&mut bench, 1), ("unknown".to_owned(), 1));
    assert_eq!(bench.read(|read| read.wallet()).held, Credits::whole(10));
    assert!(bench.read(|read| read.audit()).is_ok());
    let unit = bench.read(|read| read.ready_units(NOW, &[], 1)).remove(0);
    assert_eq!((unit.operation, unit.attempts), (operation_id(1), 1), "the attempt was counted before the crash");
}

/// A call whose first attempt was lost under an id of the vendor's and is taken up again.
fn lost_under(bench: &mut Bench, id: Option<&'static str>) -> crate::OpenCall {
    let open = held(bench, 1, Credits::whole(10)).unwrap();
    bench
        .write(move |write| {
            write.suspend(&open, "outcome_unknown", id, Usd(40_000_000), NOW)?;
            let held = write.resume_hold(open.lease(), NOW)?.expect("the call is open");
            assert_eq!(held.earlier(), id, "it can be asked about under that id");
            Ok::<_, LedgerError>(held.spend())
        })
        .unwrap()
}

fn booked(bench: &mut Bench) -> (i64, bool, i64) {
    bench.read(|read| {
        let query = "select cost_nano, is_estimated, lost_nano from usage_line";
        Ok(read.conn.query_row(query, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    })
}

#[test]
fn attempts_under_one_id_of_the_vendors_are_billed_once() {
    for (first, last, expected) in [
        (Some("task"), "task", (70_000_000, false, 0)),
        (Some("other"), "task", (110_000_000, true, 40_000_000)),
        (None, "task", (110_000_000, true, 40_000_000)),
    ] {
        let mut bench = funded(100);
        let open = lost_under(&mut bench, first);
        let mut done = settlement(Credits::whole(5));
        done.charge.provider_cost = Usd(70_000_000);
        done.usage.stated_cost = Some(Usd(70_000_000));
        done.provider_request_id = Some(last.to_owned());
        bench.write(move |write| write.settle(&open, &done, NOW)).unwrap();
        assert_eq!(booked(&mut bench), expected, "{first:?} {last}");
        // That the unit was not ended here and no answer kept, the auditor says too.
        let found = bench.read(|read| read.audit_in_full()).findings;
        let is_of_cost = |finding: &&Finding| matches!(finding.kind, FindingKind::Cost | FindingKind::Attempt);
        assert_eq!(found.iter().find(is_of_cost), None, "{first:?} {last}");
    }
}

#[test]
fn an_answer_that_was_lost_twice_under_one_id_is_booked_as_one() {
    for (id, expected) in [(Some("task"), 40_000_000), (None, 80_000_000)] {
        let mut bench = funded(100);
        let open = lost_under(&mut bench, id);
        let mut why = release("outcome_unknown");
        why.cost = Usd(40_000_000);
        why.provider_request_id = id.map(str::to_owned);
        why.usage.is_estimated = true;
        bench.write(move |write| write.release(&open, &why, NOW)).unwrap();
        assert_eq!(booked(&mut bench).0, expected, "{id:?}");
        let audit = bench.read(|read| read.audit_in_full());
        assert!(audit.is_ok(), "{id:?}: {audit:?}");
    }
}

#[test]
fn what_was_not_run_the_second_time_leaves_the_first_attempt_its_cost() {
    let mut bench = funded(100);
    let open = lost_under(&mut bench, Some("task"));
    let mut why = release("auth");
    why.cost = Usd::ZERO;
    why.provider_request_id = Some("task".to_owned());
    bench.write(move |write| write.release(&open, &why, NOW)).unwrap();
    assert_eq!(booked(&mut bench), (40_000_000, true, 40_000_000));
    assert!(bench.read(|read| read.audit_in_full()).is_ok());
}

#[test]
fn the_retry_runs_under_the_same_call_and_the_same_hold() {
    let mut bench = funded(10);
    drop(held(&mut bench, 1, Credits::whole(10)).unwrap());
    let mut bench = after_a_crash(bench);
    let open = bench
        .write(|write| {
            let lease = lease_next(write)?;
            let held = write.resume_hold(lease, NOW)?.expect("the call is open");
            Ok::<_, LedgerError>(held.spend())
        })
        .unwrap();
    assert_eq!((open.call(), open.attempts()), (call_id(1), 2));
    assert_eq!(call_state(&mut bench, 1), ("sent".to_owned(), 2));
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.available, wallet.held), (Credits::ZERO, Credits::whole(10)), "no second hold");
    bench.write(move |write| write.settle(&open, &settlement(Credits::whole(4)), NOW)).unwrap();
    assert_eq!(bench.read(|read| read.wallet()).available, Credits::whole(6));
    assert!(bench.read(|read| read.audit()).is_ok());
    let nothing_open = bench.write(|write| {
        let lease = crate::ledger::Lease { job: igny8_core::id::JobId(1), instance: INSTANCE, token: 3 };
        write.open_call(lease).map(|open| open.map(|open| open.call()))
    });
    assert_eq!(nothing_open, Ok(None), "a settled call is not taken up again");
}

#[test]
fn a_call_given_up_after_a_crash_charges_nothing() {
    let mut bench = funded(10);
    drop(held(&mut bench, 1, Credits::whole(10)).unwrap());
    let mut bench = after_a_crash(bench);
    bench
        .write(|write| {
            let lease = lease_next(write)?;
            let open = write.open_call(lease)?.expect("the call is open");
            write.release(&open, &release("outcome_unknown"), NOW)
        })
        .unwrap();
    assert_eq!(call_state(&mut bench, 1), ("released".to_owned(), 1));
    assert_eq!(bench.read(|read| read.wallet()).available, Credits::whole(10));
    assert!(bench.read(|read| read.audit()).is_ok());
}

#[test]
fn the_worker_before_the_crash_cannot_finish_the_unit() {
    let mut bench = funded(10);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let stale = open.lease();
    let mut bench = after_a_crash(bench);
    for done in [
        bench.write(move |write| write.finish_unit(stale, NOW)),
        bench.write(move |write| write.fail_unit(stale, "late", NOW)),
        bench.write(move |write| write.requeue_unit(stale, NOW)),
    ] {
        assert_eq!(done, Ok(false));
    }
    let resumed = bench.write(move |write| write.resume_hold(stale, NOW).map(|held| held.is_some()));
    assert_eq!(resumed, Err(LedgerError::NotFree));
}

#[test]
fn a_process_keeps_its_own_leases() {
    let mut bench = funded(10);
    drop(held(&mut bench, 1, Credits::whole(10)).unwrap());
    assert_eq!(bench.write(|write| write.void_foreign_leases(INSTANCE)), Ok(0));
    assert!(bench.read(|read| read.ready_units(NOW, &[], 1)).is_empty());
}

#[test]
fn a_unit_is_counted_over_all_of_its_calls_and_keeps_what_it_asked_while_one_is_open() {
    let mut bench = funded(100);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let job = open.lease().job;
    let sends = |bench: &mut Bench, call| bench.read(move |read| read.sends(job, call_id(call)));
    assert_eq!(
        sends(&mut bench, 1),
        Sends { lost: 1, answered: 0, not_run: 0 },
        "one that is on its way counts as lost"
    );
    bench
        .write(move |write| {
            write.keep_asked(open.call(), "{}", "no JSON")?;
            write.suspend(&open, "outcome_unknown", None, Usd(40_000_000), NOW)?;
            let asked = write.asked(job)?.expect("the call is open");
            assert_eq!((asked.request_hash, &*asked.siblings, &*asked.fault), ([7; 32], "{}", "no JSON"));
            write.release(&open, &release("request_changed"), NOW)?;
            assert_eq!(write.asked(job)?, None, "nothing is kept of a call that is resolved");
            let again = write.hold(&request(2, open.operation(), open.lease(), Credits::whole(10)), NOW)?.spend();
            assert_eq!(write.asked(job)?.map(|asked| asked.siblings), Some(String::new()), "of this one nothing was");
            write.suspend(&again, "overloaded", None, Usd::ZERO, NOW)?;
            Ok::<_, LedgerError>(())
        })
        .unwrap();
    assert_eq!(sends(&mut bench, 2), Sends { lost: 1, answered: 0, not_run: 1 }, "what was not run was not lost");
    assert_eq!(sends(&mut bench, 3), Sends { lost: 1, answered: 0, not_run: 0 }, "nor is it the next call's");
    bench
        .write(move |write| {
            let held = write.resume_hold(open_lease(job), NOW)?.expect("the call is open");
            write.release(&held.spend(), &release("bad_answer"), NOW)
        })
        .unwrap();
    assert_eq!(sends(&mut bench, 3), Sends { lost: 1, answered: 1, not_run: 0 }, "what was answered was answered");
}

/// The first lease of a unit.
fn open_lease(job: JobId) -> Lease {
    Lease { job, instance: INSTANCE, token: 1 }
}
