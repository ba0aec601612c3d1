//! One call from its hold to its end, with the records each step leaves.

use super::{books, funded, held, twin};
use crate::LedgerError;
use crate::fixture::{
    Bench, IMAGE, INSTANCE, NOW, SITE, lease_next, open_operation, operation_id, release, request, settlement,
};
use crate::ledger::{Lease, WalletView};
use crate::table::operation::UnitRow;
use crate::table::transaction::{TransactionFilter, TransactionRow};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, TransferId};
use igny8_core::money::{CREDITS_MAX, Credits, Usd};
use igny8_core::status::{TransactionType, UsageOutcome};
use rusqlite::params;

fn wallet(bench: &mut Bench) -> WalletView {
    bench.read(|read| read.wallet())
}

fn newest_line(bench: &mut Bench) -> TransactionRow {
    bench.read(|read| read.transactions_page(&TransactionFilter::default(), None, 1)).rows.remove(0)
}

fn unit(bench: &mut Bench, operation: u64) -> UnitRow {
    let mut units = bench.read(move |read| read.operation_units(operation_id(operation)));
    assert_eq!(units.len(), 1, "{units:?}");
    units.remove(0)
}

fn assert_books_balance(bench: &mut Bench) {
    let audit = bench.read(|read| read.audit());
    assert!(audit.is_ok(), "{audit:?}");
}

fn transfer_count(bench: &mut Bench, id: TransferId) -> i64 {
    let count = move |read: &crate::Read<'_>| {
        Ok(read
            .conn
            .query_row("select count(*) from transfer where id = ?1", params![id.as_bytes()], |row| row.get(0))?)
    };
    bench.read(count)
}

#[test]
fn a_hold_keeps_credits_back_and_a_settle_charges_what_was_used() {
    let mut bench = funded(100);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let during = wallet(&mut bench);
    assert_eq!((during.available, during.held, during.used), (Credits::whole(90), Credits::whole(10), Credits::ZERO));
    assert_books_balance(&mut bench);

    let call = open.call();
    let settled = bench.write(move |write| write.settle(&open, &settlement(Credits::whole(7)), NOW)).unwrap();
    assert_eq!((settled.credits, settled.shortfall), (Credits::whole(7), Credits::ZERO));
    let after = wallet(&mut bench);
    assert_eq!((after.available, after.held, after.used), (Credits::whole(93), Credits::ZERO, Credits::whole(7)));
    assert_eq!(after.used_this_month, Credits::whole(7));

    let line = newest_line(&mut bench);
    assert_eq!(line.transaction_type, TransactionType::Deduction);
    assert_eq!((line.amount, line.balance_after), (Credits::whole(-7), Credits::whole(93)));
    assert_eq!((line.function, line.operation), (Some(AiFunction::GenerateImages), Some(operation_id(1))));
    assert_eq!(line.call, Some(call));
    let unit = unit(&mut bench, 1);
    assert_eq!(unit.outcome, Some(UsageOutcome::Settled));
    assert_eq!((unit.credits, unit.cost, unit.usage.images), (Credits::whole(7), Usd(40_000_000), 1));
    let operation = bench.read(|read| read.operation(operation_id(1)));
    assert_eq!((operation.credits, operation.cost), (Credits::whole(7), Usd(40_000_000)));
    let usage = bench.read(|read| read.site_usage(SITE, NOW));
    assert_eq!(usage.credit_value, Usd(70_000_000), "7 credits at a cent each");
    assert_books_balance(&mut bench);
}

#[test]
fn a_release_gives_the_hold_back_and_records_what_the_vendor_billed() {
    let mut bench = funded(100);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    bench.write(move |write| write.release(&open, &release("answer_malformed"), NOW)).unwrap();
    let after = wallet(&mut bench);
    assert_eq!((after.available, after.held, after.used), (Credits::whole(100), Credits::ZERO, Credits::ZERO));
    let line = newest_line(&mut bench);
    assert_eq!((line.transaction_type, line.amount), (TransactionType::Release, Credits::ZERO));
    assert_eq!((line.balance_after, line.memo.as_str()), (Credits::whole(100), "answer_malformed"));
    let unit = unit(&mut bench, 1);
    assert_eq!(unit.outcome, Some(UsageOutcome::Released));
    assert_eq!((unit.credits, unit.cost), (Credits::ZERO, Usd(10_000_000)));
    assert_books_balance(&mut bench);
}

#[test]
fn a_hold_is_resolved_once_whatever_comes_second() {
    let mut bench = funded(100);
    for (n, settle_first) in [(1, true), (2, false)] {
        let open = held(&mut bench, n, Credits::whole(10)).unwrap();
        let (second, third) = (twin(&open), twin(&open));
        let first = bench.write(move |write| match settle_first {
            true => write.settle(&open, &settlement(Credits::whole(7)), NOW).map(drop),
            false => write.release(&open, &release("cancelled"), NOW),
        });
        assert_eq!(first, Ok(()));
        let before = books(&bench.outsider());
        let settled = bench.write(move |write| write.settle(&second, &settlement(Credits::whole(7)), NOW));
        assert_eq!(settled.map(|done| done.credits), Err(LedgerError::Resolved));
        let released = bench.write(move |write| write.release(&third, &release("cancelled"), NOW));
        assert_eq!(released, Err(LedgerError::Resolved));
        assert_eq!(books(&bench.outsider()), before, "nothing moved");
    }
    assert_books_balance(&mut bench);
}

#[test]
fn a_cost_above_the_hold_is_booked_as_shortfall_and_not_taken() {
    let mut bench = funded(10);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let call = open.call();
    let settled = bench.write(move |write| write.settle(&open, &settlement(Credits::whole(13)), NOW)).unwrap();
    assert_eq!((settled.credits, settled.shortfall), (Credits::whole(10), Credits::whole(3)));
    let after = wallet(&mut bench);
    assert_eq!((after.available, after.used), (Credits::ZERO, Credits::whole(10)), "the wallet stays at zero");
    assert_eq!(transfer_count(&mut bench, call.shortfall()), 1);
    assert_books_balance(&mut bench);
}

#[test]
fn what_the_wallet_does_not_cover_is_refused_and_nothing_is_kept() {
    let mut bench = funded(9);
    let before = books(&bench.outsider());
    let refused = held(&mut bench, 1, Credits::whole(10)).map(|open| open.call());
    let why = LedgerError::InsufficientCredits { needed: Credits::whole(10), available: Credits::whole(9) };
    assert_eq!(refused, Err(why));
    assert_eq!(books(&bench.outsider()), before, "neither hold nor lease nor operation");
    assert_eq!(held(&mut bench, 1, Credits::whole(9)).unwrap().attempts(), 1, "what it covers is admitted");
}

#[test]
fn an_amount_outside_a_ledger_line_is_refused() {
    let mut bench = funded(1);
    for amount in [Credits(-1), Credits(CREDITS_MAX.0 + 1)] {
        assert_eq!(held(&mut bench, 1, amount).map(|open| open.call()), Err(LedgerError::OutOfRange));
    }
    assert!(held(&mut bench, 1, Credits::ZERO).is_ok(), "a free call is held and recorded like any other");
}

#[test]
fn the_same_call_cannot_be_held_twice() {
    let mut bench = funded(100);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let before = books(&bench.outsider());
    let again = bench.write(move |write| {
        let operation = open_operation(write, 2, 1)?;
        let lease = lease_next(write)?;
        write.hold(&request(1, operation, lease, Credits::whole(10)), NOW).map(|held| held.call())
    });
    assert!(matches!(again, Err(LedgerError::Store(crate::StoreError::Conflict(_)))), "{again:?}");
    assert_eq!(books(&bench.outsider()), before);
    assert_eq!(transfer_count(&mut bench, open.call().hold()), 1);
}

#[test]
fn a_refusal_leaves_rows_of_nothing() {
    let mut bench = funded(1);
    bench
        .write(|write| {
            let operation = open_operation(write, 1, 1)?;
            let lease = lease_next(write)?;
            write.refuse(operation, IMAGE, &release("insufficient_credits"), NOW)?;
            Ok::<_, LedgerError>(write.fail_unit(lease, "insufficient_credits", NOW)?)
        })
        .unwrap();
    let line = newest_line(&mut bench);
    assert_eq!((line.transaction_type, line.amount), (TransactionType::Refusal, Credits::ZERO));
    assert_eq!((line.call, line.memo.as_str()), (None, "insufficient_credits"));
    let unit = unit(&mut bench, 1);
    assert_eq!(unit.outcome, Some(UsageOutcome::Refused));
    assert_eq!((unit.credits, unit.cost), (Credits::ZERO, Usd::ZERO), "nothing was sent, so nothing was billed");
    assert_eq!(wallet(&mut bench).available, Credits::whole(1));
    assert_books_balance(&mut bench);
}

#[test]
fn a_worker_that_lost_its_lease_cannot_hold() {
    let mut bench = funded(100);
    let lease = bench
        .write(|write| {
            open_operation(write, 1, 1)?;
            lease_next(write)
        })
        .unwrap();
    let strangers = [
        Lease { token: lease.token + 1, ..lease },
        Lease { instance: uuid::Uuid::from_u128(0xB2), ..lease },
        Lease { job: igny8_core::id::JobId(99), ..lease },
    ];
    for stranger in strangers {
        let held = bench.write(move |write| {
            write.hold(&request(1, operation_id(1), stranger, Credits::whole(1)), NOW).map(|held| held.call())
        });
        assert_eq!(held, Err(LedgerError::NotFree));
    }
    let held = bench.write(move |write| write.hold(&request(1, operation_id(1), lease, Credits::whole(1)), NOW));
    assert!(held.is_ok(), "the leaseholder can");
    let second = bench.write(move |write| write.lease(lease.job, INSTANCE));
    assert_eq!(second, Err(LedgerError::NotFree), "a leased unit is not free");
}

#[test]
fn a_call_keeps_the_price_version_it_was_held_under() {
    let mut bench = funded(100);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    let call: CallId = open.call();
    bench
        .write(|write| {
            write.conn.execute_batch("update model set is_active = 0, is_default = 0 where id = 2")?;
            Ok::<_, crate::StoreError>(())
        })
        .unwrap();
    bench.write(move |write| write.settle(&open, &settlement(Credits::whole(5)), NOW)).unwrap();
    let models: (i64, i64) = bench.read(move |read| {
        let query = "select c.model_id, u.model_id from call c join usage_log u on u.call_id = c.id where c.id = ?1";
        Ok(read.conn.query_row(query, params![call.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?)
    });
    assert_eq!(models, (IMAGE.0, IMAGE.0));
}
