//! Limits on spending: what they let through, what they count, and that nothing moves them but the ledger.

use super::{funded, held};
use crate::LedgerError;
use crate::fixture::{Bench, NOW, SITE, lease_next, new_operation, release, request, settlement};
use crate::ledger::{CapView, StandingLimit};
use igny8_core::function::AiFunction;
use igny8_core::id::{RunId, SiteId};
use igny8_core::money::Credits;
use igny8_core::status::CapScope;
use igny8_core::time::UtcMs;
use uuid::Uuid;

const DAY_MS: i64 = 86_400_000;
const RUN: RunId = RunId(Uuid::from_u128(0x0A << 120));

fn limit(bench: &mut Bench, of: StandingLimit, credits: Option<i64>) {
    bench.write(move |write| write.set_limit(of, credits.map(Credits::whole))).unwrap();
}

fn cap(bench: &mut Bench, scope: CapScope, now: UtcMs) -> CapView {
    let caps = bench.read(move |read| read.standing_caps(now.day_in("UTC")));
    caps.into_iter().find(|cap| cap.scope == scope).expect("the cap is listed")
}

fn reached(scope: CapScope, needed: i64, left: i64) -> LedgerError {
    LedgerError::CapReached { scope, needed: Credits::whole(needed), left: Credits::whole(left) }
}

#[test]
fn each_standing_limit_lets_through_what_it_has_left_and_no_more() {
    for (of, scope) in [
        (StandingLimit::Month, CapScope::Month),
        (StandingLimit::Day, CapScope::Day),
        (StandingLimit::Site(SITE), CapScope::Site),
    ] {
        let mut bench = funded(1_000);
        limit(&mut bench, of, Some(25));
        let first = held(&mut bench, 1, Credits::whole(10)).unwrap();
        let _open = held(&mut bench, 2, Credits::whole(10)).unwrap();
        assert_eq!(held(&mut bench, 3, Credits::whole(10)).unwrap_err(), reached(scope, 10, 5), "holds count");
        bench.write(move |write| write.settle(&first, &settlement(Credits::whole(4)), NOW)).unwrap();
        let _open = held(&mut bench, 4, Credits::whole(10)).unwrap();
        let taken = cap(&mut bench, scope, NOW);
        assert_eq!((taken.used, taken.held), (Credits::whole(4), Credits::whole(20)), "{scope}");
        assert_eq!(held(&mut bench, 5, Credits::whole(2)).unwrap_err(), reached(scope, 2, 1));
        assert!(bench.read(|read| read.audit()).is_ok());
    }
}

#[test]
fn a_limit_knows_what_was_spent_before_it_was_set() {
    let mut bench = funded(1_000);
    let open = held(&mut bench, 1, Credits::whole(30)).unwrap();
    limit(&mut bench, StandingLimit::Day, Some(20));
    assert_eq!(held(&mut bench, 2, Credits::whole(1)).unwrap_err(), reached(CapScope::Day, 1, 0), "already above it");
    bench.write(move |write| write.release(&open, &release("cancelled"), NOW)).unwrap();
    let _open = held(&mut bench, 3, Credits::whole(20)).expect("what was given back makes room, up to the limit");
    assert_eq!(held(&mut bench, 4, Credits::whole(1)).unwrap_err(), reached(CapScope::Day, 1, 0));
    limit(&mut bench, StandingLimit::Day, None);
    let _open = held(&mut bench, 5, Credits::whole(500)).expect("without a limit the wallet alone decides");
    assert_eq!(cap(&mut bench, CapScope::Day, NOW).wanted, None);
}

#[test]
fn a_new_day_begins_with_the_standing_limit() {
    let mut bench = funded(1_000);
    limit(&mut bench, StandingLimit::Day, Some(10));
    let _open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    assert_eq!(held(&mut bench, 2, Credits::whole(1)).unwrap_err(), reached(CapScope::Day, 1, 0));
    let tomorrow = NOW.plus_ms(DAY_MS);
    let next = bench.write(move |write| {
        let operation = crate::fixture::open_operation(write, 3, 1)?;
        let lease = lease_next(write)?;
        let request = request(3, operation, lease, Credits::whole(10));
        write.hold(&crate::ledger::HoldRequest { day: tomorrow.day_in("UTC"), ..request }, tomorrow).map(drop)
    });
    assert_eq!(next, Ok(()), "yesterday's holds stay yesterday's");
    assert_eq!(cap(&mut bench, CapScope::Day, tomorrow).held, Credits::whole(10));
    assert_eq!(cap(&mut bench, CapScope::Month, tomorrow).held, Credits::whole(10), "the month turned as well");
}

#[test]
fn a_limit_holds_in_every_period_that_has_begun() {
    let mut bench = funded(1_000);
    let _open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    for (of, scope) in [(StandingLimit::Month, CapScope::Month), (StandingLimit::Site(SITE), CapScope::Site)] {
        // Set in another month; then somebody sets the clock back.
        limit(&mut bench, of, Some(12));
        assert_eq!(held(&mut bench, 2, Credits::whole(3)).unwrap_err(), reached(scope, 3, 2));
        limit(&mut bench, of, None);
    }
    limit(&mut bench, StandingLimit::Site(SiteId(SITE.0 + 10)), Some(0));
    let _open = held(&mut bench, 3, Credits::whole(3)).expect("another site's limit is not this one's");
}

#[test]
fn a_run_stops_at_its_cap_and_a_function_at_its_share() {
    let mut bench = funded(1_000);
    let shares = [(AiFunction::GenerateImages, Credits::whole(12)), (AiFunction::GenerateContent, Credits::whole(90))];
    bench.write(move |write| write.open_run_cap(RUN, Credits::whole(30), &shares, NOW)).unwrap();
    let mut hold = |n: u64, function: AiFunction, credits: i64| {
        bench.write(move |write| {
            let mut new = new_operation(n, function, vec![vec![1]]);
            new.run = Some(RUN);
            write.open_operation(&new, NOW)?;
            let lease = lease_next(write)?;
            write.hold(&request(n, new.id, lease, Credits::whole(credits)), NOW).map(drop)
        })
    };
    assert_eq!(hold(1, AiFunction::GenerateImages, 10), Ok(()));
    assert_eq!(hold(2, AiFunction::GenerateImages, 10), Err(reached(CapScope::Share, 10, 2)));
    assert_eq!(hold(3, AiFunction::GenerateContent, 20), Ok(()));
    assert_eq!(hold(4, AiFunction::GenerateContent, 1), Err(reached(CapScope::Run, 1, 0)), "its share has room");
    let run = bench.read(|read| read.run_cap(RUN)).expect("the run has a cap");
    assert_eq!((run.wanted, run.held), (Some(Credits::whole(30)), Credits::whole(30)));
}

#[test]
fn while_spending_is_stopped_nothing_is_held() {
    let mut bench = funded(1_000);
    let open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    bench.write(|write| write.set_spending_stopped(true, NOW)).unwrap();
    bench.write(|write| write.set_spending_stopped(true, NOW.plus_ms(5))).unwrap();
    assert_eq!(bench.read(|read| read.spending_stopped_at()), Some(NOW), "a second stop does not move the first");
    assert_eq!(held(&mut bench, 2, Credits::whole(1)).unwrap_err(), LedgerError::Stopped);
    bench
        .write(move |write| write.settle(&open, &settlement(Credits::whole(10)), NOW))
        .expect("what was held is settled");
    bench.write(|write| write.set_spending_stopped(false, NOW)).unwrap();
    let _open = held(&mut bench, 3, Credits::whole(1)).unwrap();
}

#[test]
fn nobody_moves_a_cap_but_the_ledger() {
    let mut bench = funded(1_000);
    let _open = held(&mut bench, 1, Credits::whole(10)).unwrap();
    for by_hand in [
        "update cap set used = 0",
        "update cap set held = held - 1",
        "delete from cap",
        "delete from call_cap",
        "update call_cap set cap_id = 1",
    ] {
        let done = bench.write(move |write| Ok::<_, crate::StoreError>(write.conn.execute_batch(by_hand)?));
        assert!(done.is_err(), "{by_hand}");
    }
    // Even a statement that the guards let through meets the schema's own rule.
    let outsider = bench.outsider();
    assert!(outsider.execute_batch("update cap set ceiling = 0").is_err(), "a ceiling below what is held");
    assert_eq!(cap(&mut bench, CapScope::Month, NOW).held, Credits::whole(10));
}
