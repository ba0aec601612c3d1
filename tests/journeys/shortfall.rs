//! A vendor that takes more than was held for: the wallet pays what was held and no more, the rest stands in an account of
//! its own, the user is told once, and a run goes no further.

use igny8_testkit::vendor::{Reply, Stated, Vendor};
use igny8_tests::books::Books;
use igny8_tests::program::Home;
use igny8_tests::vendor::{TOKENS_PER_CREDIT, exact_vendor, home_with};
use serde_json::json;

/// More tokens than any hold covers.
const TOKENS: u64 = 700_000;
/// What is left of them to read.
const TOKENS_READ: u64 = 900;
/// What they cost at the ordinary tariff, in nano-dollars: 2,000 a token read, 8,000 a token written.
const NANO: i64 = 900 * 2_000 + 700_000 * 8_000;
const MICRO: i64 = 1_000_000;

fn takes_too_much(vendor: &Vendor) {
    let usage = json!({ "prompt_tokens": TOKENS_READ, "completion_tokens": TOKENS });
    vendor.then(Reply::Stating(Stated::As(usage)));
}

/// What the answer is worth in credits, in millionths.
fn worth() -> i64 {
    i64::try_from((TOKENS + TOKENS_READ).div_ceil(TOKENS_PER_CREDIT)).unwrap() * MICRO
}

/// The only call so far: what was held for it, charged for it, and booked beyond it.
fn moved(books: &Books) -> (i64, i64, i64) {
    let held = books.number("select amount from transfer where kind = 'hold'");
    let charged = books.number("select amount from transfer where kind = 'settle'");
    let beyond = books.number(
        "select coalesce(sum(t.amount), 0) from transfer t join account d on d.id = t.debit_id
           join account c on c.id = t.credit_id
         where t.kind = 'post' and d.code = 'shortfall' and c.code = 'usage'",
    );
    (held, charged, beyond)
}

fn assert_told_once(home: &Home) {
    let told = home.sqlite(
        "select notification_type || ' ' || severity from notification where notification_type like '%shortfall%'",
    );
    assert_eq!(told.stdout.trim(), "credits_shortfall warning", "one notice");
}

#[test]
fn what_a_call_costs_beyond_its_hold_is_booked_apart_and_told_once() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let before = home.books().wallet();
    takes_too_much(&vendor);
    home.json(&["cluster", "--site", "Tea"]);

    let (held, charged, beyond) = moved(&home.books());
    assert!(held > 0 && held < worth(), "the hold did not cover it: {held} of {}", worth());
    assert_eq!((charged, beyond), (held, worth() - held), "all of the hold is charged, and the rest stands apart");
    assert_eq!(home.books().wallet(), (before.0 - held, 0), "the wallet pays what was held");
    let row = "select credits || ' ' || cost_nano || ' ' || outcome from usage_log";
    assert_eq!(home.sqlite(row).stdout.trim(), format!("{held} {NANO} settled"), "at the vendor's full price");
    let line = "select amount from credit_transaction where transaction_type = 'deduction'";
    assert_eq!(home.books().number(line), -held, "the statement says what was taken");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    assert_told_once(&home);
    assert!(home.books().plan()["clusters"] > 0, "the answer is kept: it is paid for");
}

#[test]
fn a_run_goes_no_further_once_a_call_cost_more_than_its_hold() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    takes_too_much(&vendor);
    let ran = home.run(&["run", "start", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "the run stopped: {ran:?}");
    assert!(ran.stderr.contains("cost more than was held"), "and says why: {}", ran.stderr);
    assert_eq!(vendor.seen().len(), 1, "nobody is asked for what comes after the dear call");
    assert_told_once(&home);
    assert_eq!((home.books().open_holds(), home.json(&["credits", "audit"])["ok"].clone()), (0, true.into()));

    home.json(&["run", "start", "--site", "Tea"]);
    assert!(vendor.seen().len() > 1, "a person may let it go on");
    assert_told_once(&home);
}
