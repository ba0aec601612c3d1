//! Credits coming in, and the turn of the month.

use super::{extra, funded, held};
use crate::LedgerError;
use crate::fixture::{Bench, NOW, release, settlement};
use crate::ledger::Grant;
use crate::table::transaction::TransactionFilter;
use igny8_core::money::{CREDITS_MAX, Credits};
use igny8_core::status::TransactionType;

fn month(bench: &mut Bench, name: &str, credits: i64) -> bool {
    let grant = Grant::Monthly { month: name.to_owned() };
    bench.write(move |write| write.grant(&grant, Credits::whole(credits), NOW)).unwrap()
}

fn available(bench: &mut Bench) -> Credits {
    bench.read(|read| read.available())
}

fn spend(bench: &mut Bench, n: u64, credits: i64) {
    let open = held(bench, n, Credits::whole(credits)).unwrap();
    bench.write(move |write| write.settle(&open, &settlement(Credits::whole(credits)), NOW)).unwrap();
}

#[test]
fn the_same_grant_posts_once() {
    let mut bench = Bench::new();
    assert_eq!(bench.write(|write| extra(write, 1, Credits::whole(50))), Ok(true));
    assert_eq!(bench.write(|write| extra(write, 1, Credits::whole(50))), Ok(false));
    assert!(month(&mut bench, "2026-11", 1_000));
    assert!(!month(&mut bench, "2026-11", 1_000));
    assert!(!month(&mut bench, "2026-11", 2_000), "a changed budget counts from the next month on");
    assert_eq!(available(&mut bench), Credits::whole(1_050));
}

#[test]
fn what_the_month_was_given_is_what_is_there_and_what_it_used() {
    let mut bench = funded(50);
    let check = |bench: &mut Bench, expected| {
        let (funds, wallet) = bench.read(|read| Ok((read.month_funds()?, read.wallet()?)));
        assert_eq!(funds, wallet.available.plus(wallet.held).plus(wallet.used_this_month));
        assert_eq!(funds, Credits::whole(expected));
    };
    check(&mut bench, 50);
    spend(&mut bench, 1, 20);
    check(&mut bench, 50);
    month(&mut bench, "2026-11", 100);
    check(&mut bench, 130);
    spend(&mut bench, 2, 30);
    let open = held(&mut bench, 3, Credits::whole(7)).unwrap();
    bench.write(|write| extra(write, 9, Credits::whole(5))).unwrap();
    check(&mut bench, 135);
    month(&mut bench, "2026-12", 0);
    check(&mut bench, 42);
    bench.write(move |write| write.settle(&open, &settlement(Credits::whole(9)), NOW)).unwrap();
    check(&mut bench, 42);
}

#[test]
fn an_amount_outside_a_ledger_line_is_refused() {
    let mut bench = Bench::new();
    for amount in [Credits(-1), Credits(CREDITS_MAX.0 + 1)] {
        assert_eq!(bench.write(move |write| extra(write, 1, amount)), Err(LedgerError::OutOfRange));
    }
    assert!(month(&mut bench, "2026-11", 0), "a budget of nothing still turns the month");
    assert_eq!(available(&mut bench), Credits::ZERO);
}

#[test]
fn only_unspent_monthly_credits_lapse() {
    let mut bench = funded(50);
    month(&mut bench, "2026-11", 100);
    spend(&mut bench, 1, 30);
    assert_eq!(bench.read(|read| read.wallet()).monthly_left, Credits::whole(70), "the budget is used first");
    month(&mut bench, "2026-12", 100);
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.available, wallet.lapsed), (Credits::whole(150), Credits::whole(70)), "extra credits stay");
    assert_eq!((wallet.monthly_left, wallet.used_this_month), (Credits::whole(100), Credits::ZERO));
    let types = vec![TransactionType::Lapse];
    let filter = TransactionFilter { types, ..TransactionFilter::default() };
    let lapse = bench.read(move |read| read.transactions_page(&filter, None, 9)).rows.remove(0);
    assert_eq!((lapse.amount, lapse.memo.as_str()), (Credits::whole(-70), "2026-12"));
    assert!(bench.read(|read| read.audit()).is_ok());
}

#[test]
fn what_was_spent_beyond_the_budget_leaves_nothing_to_lapse() {
    let mut bench = funded(50);
    month(&mut bench, "2026-11", 100);
    spend(&mut bench, 1, 120);
    month(&mut bench, "2026-12", 100);
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.available, wallet.lapsed), (Credits::whole(130), Credits::ZERO));
}

#[test]
fn missed_months_do_not_add_up() {
    let mut bench = Bench::new();
    month(&mut bench, "2026-08", 100);
    month(&mut bench, "2026-12", 100);
    assert_eq!(available(&mut bench), Credits::whole(100), "four months away, one budget");
}

#[test]
fn a_clock_set_back_makes_no_credits() {
    let mut bench = Bench::new();
    month(&mut bench, "2026-12", 100);
    spend(&mut bench, 1, 60);
    for earlier in ["2026-11", "2025-12", "2026-12"] {
        assert!(!month(&mut bench, earlier, 100), "{earlier}");
    }
    assert_eq!(available(&mut bench), Credits::whole(40));
}

#[test]
fn a_clock_that_was_years_ahead_and_is_put_right_keeps_no_budget_away() {
    let mut bench = funded(50);
    month(&mut bench, "2026-11", 100);
    assert!(month(&mut bench, "2030-03", 100), "the clock is all that is known");
    assert!(!month(&mut bench, "2026-11", 100), "put right, it makes no credits");
    spend(&mut bench, 1, 100);
    assert!(month(&mut bench, "2026-12", 100), "and the next month turns");
    assert!(!month(&mut bench, "2026-12", 100) && !month(&mut bench, "2026-11", 100), "once");
    spend(&mut bench, 2, 30);
    assert!(month(&mut bench, "2027-01", 100));
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.available, wallet.lapsed), (Credits::whole(150), Credits::whole(170)), "each month lapses once");
    assert!(
        month(&mut bench, "2030-02", 100) && !month(&mut bench, "2030-03", 100) && month(&mut bench, "2030-04", 100)
    );
    assert!(bench.read(|read| read.audit()).is_ok());
}

#[test]
fn what_is_held_over_the_turn_does_not_lapse_and_is_not_charged_to_the_new_month() {
    let mut bench = funded(50);
    month(&mut bench, "2026-11", 100);
    let open = held(&mut bench, 1, Credits::whole(30)).unwrap();
    month(&mut bench, "2026-12", 100);
    assert_eq!(bench.read(|read| read.wallet()).lapsed, Credits::whole(70));
    bench.write(move |write| write.settle(&open, &settlement(Credits::whole(30)), NOW)).unwrap();
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.available, wallet.monthly_left), (Credits::whole(150), Credits::whole(100)));
    assert_eq!(wallet.used_this_month, Credits::whole(30), "it was charged in this month");
    month(&mut bench, "2027-01", 100);
    assert_eq!(available(&mut bench), Credits::whole(150), "the whole budget of December lapsed");

    let open = held(&mut bench, 2, Credits::whole(30)).unwrap();
    month(&mut bench, "2027-02", 100);
    bench.write(move |write| write.release(&open, &release("cancelled"), NOW)).unwrap();
    assert_eq!(available(&mut bench), Credits::whole(150), "given back, it lapses with the month it came from");
    assert!(bench.read(|read| read.audit()).is_ok());
}

#[test]
fn what_comes_back_after_the_turn_lapses_as_far_as_it_was_the_budgets() {
    let mut bench = funded(50);
    month(&mut bench, "2026-11", 100);
    // Twenty of them are extra credits.
    let [first, second] = [1, 2].map(|n| held(&mut bench, n, Credits::whole(60)).unwrap());
    month(&mut bench, "2026-12", 100);
    month(&mut bench, "2027-01", 100);
    assert_eq!(bench.read(|read| read.wallet()).lapsed, Credits::whole(100), "November was held, December was not");
    bench.write(move |write| write.settle(&first, &settlement(Credits::whole(30)), NOW)).unwrap();
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.lapsed, wallet.available), (Credits::whole(110), Credits::whole(150)), "20 of 30 are extra");
    bench.write(move |write| write.release(&second, &release("cancelled"), NOW)).unwrap();
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.lapsed, wallet.available), (Credits::whole(170), Credits::whole(150)), "all 60 were November's");
    assert_eq!((wallet.monthly_left, wallet.held), (Credits::whole(100), Credits::ZERO));

    let filter = TransactionFilter { types: vec![TransactionType::Lapse], ..TransactionFilter::default() };
    let lapses = bench.read(move |read| read.transactions_page(&filter, None, 9)).rows;
    let lapses: Vec<_> = lapses.iter().map(|row| (row.amount, row.memo.as_str())).collect();
    let due = [(-60, "2026-12"), (-10, "2026-12"), (-100, "2027-01")].map(|(n, memo)| (Credits::whole(n), memo));
    assert_eq!(lapses, due, "each names the turn at which it was kept back");
    assert!(bench.read(|read| read.audit()).is_ok());
    let found = bench.read(|read| read.audit_in_full()).findings;
    assert!(found.iter().all(|finding| !["transfer", "credit_transaction"].contains(&finding.table)), "{found:#?}");
}

#[test]
fn balances_never_wrap() {
    let mut bench = Bench::new();
    let posted = bench
        .write(|write| {
            // 4·10^15 fits 2,305 times into 63 bits.
            let mut posted = 0;
            while posted < 3_000 && extra(write, posted, CREDITS_MAX).is_ok() {
                posted += 1;
            }
            Ok::<_, LedgerError>(posted)
        })
        .unwrap();
    assert_eq!(posted, 2_305);
    let wallet = bench.read(|read| read.wallet());
    assert_eq!(wallet.available, Credits(2_305 * CREDITS_MAX.0));
    let audit = bench.read(|read| read.audit());
    assert!(audit.is_ok(), "{audit:?}");
}

#[test]
fn a_first_start_under_a_clock_that_was_ahead_keeps_no_budget_away_and_doubles_none() {
    let mut bench = funded(50);
    assert!(month(&mut bench, "2031-01", 100), "the clock is all that is known");
    assert!(!month(&mut bench, "2026-11", 100), "put right, this month has its budget already");
    spend(&mut bench, 1, 30);
    assert!(!month(&mut bench, "2026-11", 100));
    let wallet = bench.read(|read| read.wallet());
    assert_eq!((wallet.available, wallet.monthly_left), (Credits::whole(120), Credits::whole(70)), "and keeps it");

    assert!(month(&mut bench, "2026-12", 100), "the next month turns");
    let wallet = bench.read(|read| read.wallet());
    assert_eq!(
        (wallet.available, wallet.lapsed),
        (Credits::whole(150), Credits::whole(70)),
        "and lapses what was left"
    );
    for again in ["2026-12", "2026-11", "2026-10", "2026-11", "2031-01"] {
        assert!(!month(&mut bench, again, 100), "{again} makes no credits");
    }
    assert!(month(&mut bench, "2027-01", 100) && month(&mut bench, "2027-02", 100));
    assert_eq!(available(&mut bench), Credits::whole(150), "one budget at a time");
    assert!(bench.read(|read| read.audit()).is_ok());
}

#[test]
fn the_wallet_is_read_by_key() {
    let mut bench = Bench::new();
    let plan = crate::fixture::plan(&mut bench, crate::ledger::grant::CURRENT_MONTH);
    assert_eq!(plan, "SCAN budget_month", "from its end, one row: its key is the order");
    let plan = crate::fixture::plan(&mut bench, crate::ledger::grant::BALANCES);
    assert!(!plan.contains("SCAN") && !plan.contains("transfer"), "{plan}");
}
