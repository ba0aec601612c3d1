//! A vendor that takes more than was held for: the wallet pays what was held and no more, the rest stands in an account of
//! its own, the user is told once, and what comes after it stands still until somebody lets it go on.

use igny8_testkit::vendor::{Reply, Stated, TEXT_MODEL, Vendor};
use igny8_tests::books::Books;
use igny8_tests::program::Home;
use igny8_tests::vendor::{PROVIDER, TOKENS_PER_CREDIT, exact_vendor, home_with};
use serde_json::{Value, json};

/// More tokens than any hold covers.
const TOKENS: u64 = 100_000;
/// What is left of them to read.
const TOKENS_READ: u64 = 900;
/// What they cost at the ordinary tariff, in nano-dollars: 2,000 a token read, 8,000 a token written.
const NANO: i64 = 900 * 2_000 + 100_000 * 8_000;
const MICRO: i64 = 1_000_000;
/// What was held for the first call.
const HELD: &str = "select amount from transfer where kind = 'hold' order by seq limit 1";

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
    let held = books.number(HELD);
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
    let ran = home.run(&["cluster", "--site", "Tea"]);
    let more = igny8_core::money::Credits(worth() - home.books().number(HELD));
    let told = format!(
        "igny8ctl: a call cost {more} credits more than was held for it. They were not taken from the balance."
    );
    assert_eq!((ran.code, ran.stderr.lines().last()), (0, Some(told.as_str())), "told where it happened: {ran:?}");

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
    let notices = home.run(&["notifications", "list"]).stdout;
    assert!(notices.contains("more than was held for it"), "{notices}");
    assert!(!notices.contains("run resume"), "nothing waits for it: {notices}");
    assert!(home.books().plan()["clusters"] > 0, "the answer is kept: it is paid for");
    let again = home.run(&["ideas", "--site", "Tea"]).stderr;
    assert!(!again.contains("held for it"), "told by the work it is of, and not again: {again}");
}

#[test]
fn a_run_pauses_once_a_call_cost_more_than_its_hold() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    takes_too_much(&vendor);
    let ran = home.run(&["run", "start", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "the run did not come to its end: {ran:?}");
    for told in ["more than was held", "'run resume' goes on with it"] {
        assert!(ran.stderr.contains(told), "and says why, and what to do: {}", ran.stderr);
    }
    assert_eq!(vendor.seen().len(), 1, "nobody is asked for what comes after the dear call");
    assert_told_once(&home);
    let status = || home.json(&["run", "status", "--site", "Tea"])["run"].clone();
    let why = |run: &Value| (run["status"].clone(), run["stopped_code"].clone());
    assert_eq!(why(&status()), (json!("paused"), json!("shortfall")), "for whoever asks later");
    let needs = home.json(&["needs", "--site", "Tea"]);
    assert!(needs.to_string().contains("shortfall"), "it needs somebody: {needs}");
    assert_eq!((home.books().open_holds(), home.json(&["credits", "audit"])["ok"].clone()), (0, true.into()));

    home.json(&["run", "resume", "--site", "Tea"]);
    assert!(vendor.seen().len() > 1, "a person may let it go on");
    assert_eq!(why(&status()), (json!("idle"), json!("")), "and it comes to its end");
    assert_eq!(home.books().number("select count(*) from run"), 1, "it is the same run");
    assert_told_once(&home);
}

#[test]
fn work_of_no_run_stands_still_once_a_call_cost_more_than_its_hold() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    assert_eq!(home.sqlite("update provider set concurrency = 1").code, 0, "asked one after the other");
    let grinders = "coffee grinder\nbest coffee grinder\ncoffee grinder price\ncoffee grinder settings\n";
    let more = home.file("more.csv", format!("keyword\n{grinders}"));
    home.json(&["keywords", "import", &more, "--site", "Tea"]);
    home.json(&["cluster", "--site", "Tea"]);
    home.json(&["ideas", "--site", "Tea"]);
    let ideas = usize::try_from(home.books().plan()["ideas"]).unwrap();
    assert!(ideas > 1, "{ideas} articles, one call for each");
    let asked = vendor.seen().len();
    takes_too_much(&vendor);
    let ran = home.run(&["write", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "there is more to be done: {ran:?}");
    for told in ["more than was held", "'run resume' goes on with it"] {
        assert!(ran.stderr.contains(told), "and says why, and what to do: {}", ran.stderr);
    }
    assert_told_once(&home);
    assert_eq!(vendor.seen().len(), asked + 1, "nobody is asked for what comes after the dear call");
    assert_eq!((home.books().open_holds(), home.json(&["credits", "audit"])["ok"].clone()), (0, true.into()));

    const WHY: &str = "a call cost more than was held for it";
    let counted = format!("{} not begun ({WHY})", ideas - 1);
    assert!(ran.stdout.contains(&counted), "{counted}: {}", ran.stdout);
    let status = &home.json(&["run", "status", "--site", "Tea"])["run"];
    assert_eq!([&status["status"], &status["stopped_code"]], ["interrupted", "shortfall"], "{status}");
    let told = home.run(&["run", "status", "--site", "Tea"]).stdout;
    assert!(told.contains(&format!("interrupted ({WHY})")), "{told}");
    let needs = home.run(&["needs", "--site", "Tea"]).stdout;
    assert!(needs.contains(&format!("interrupted: {WHY}")), "it needs somebody: {needs}");
    let notices = home.run(&["notifications", "list"]).stdout;
    assert!(notices.contains("What comes after it waits for 'run resume'"), "{notices}");

    home.json(&["run", "resume", "--site", "Tea"]);
    assert_eq!(vendor.seen().len(), asked + ideas, "a person lets the rest go on");
    let status = &home.json(&["run", "status", "--site", "Tea"])["run"];
    assert_eq!([&status["status"], &status["stopped_code"]], ["idle", ""], "and nothing of it stays: {status}");
    assert_told_once(&home);
}

/// What a gateway says that a call cost, in dollars; what is booked of that, in nano-dollars, and whether as an estimate;
/// the notice, and how a terminal is told.
type Said = (i64, i64, i64, &'static str, &'static str);

#[test]
fn a_cost_beyond_all_expectation_is_booked_as_it_is_billed_up_to_what_no_call_costs_and_told() {
    const DOLLAR: i64 = 1_000_000_000;
    // 900 tokens read at 2,000 nano-dollars and 500 written at 8,000.
    const EXPECTED: &str = "0.0058";
    let cases: [Said; 4] = [
        (999, 999 * DOLLAR, 0, "cost_unexpected", "It was booked as reported"),
        (1_000, 1_000 * DOLLAR, 0, "cost_unexpected", "It was booked as reported"),
        (1_001, 1_000 * DOLLAR, 1, "cost_disbelieved", "$1000.00 was booked instead"),
        (9_000_000, 1_000 * DOLLAR, 1, "cost_disbelieved", "$1000.00 was booked instead"),
    ];
    for (dollars, booked, is_estimated, notice, told) in cases {
        let vendor = exact_vendor(None);
        let home = home_with(&vendor);
        let usage = json!({ "prompt_tokens": 900, "completion_tokens": 500, "cost": dollars });
        vendor.then(Reply::Stating(Stated::As(usage)));
        let ran = home.run(&["cluster", "--site", "Tea"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        for named in [PROVIDER, &format!("${dollars}"), &format!("${EXPECTED}"), told] {
            assert!(ran.stderr.contains(named), "{dollars}: {named} is told where it happened: {ran:?}");
        }
        let row = "select cost_nano || ' ' || is_cost_stated || ' ' || is_estimated from usage_log";
        assert_eq!(home.sqlite(row).stdout.trim(), format!("{booked} 1 {is_estimated}"), "{dollars}");
        let cost_usd =
            "select cost_usd * 1e9 = cost_nano from igny8_billing_creditusagelog l join usage_log u on u.id = l.id";
        assert_eq!(home.books().number(cost_usd), 1, "{dollars}: reports say the same");
        let notices = "select notification_type || ' ' || (params ->> 'vendor') || ' ' || (params ->> 'said') || ' '
             || (params ->> 'expected') from notification where dedupe like 'disbelieved:%'";
        let due = format!("{notice} {PROVIDER} {dollars} {EXPECTED}");
        assert_eq!(home.sqlite(notices).stdout.trim(), due, "{dollars}: one notice");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{dollars}");
        let again = home.run(&["ideas", "--site", "Tea"]);
        assert!(!again.stderr.contains("booked"), "{dollars}: told by the work it is of, and not again: {again:?}");
    }
}

#[test]
fn figures_beyond_all_range_are_told_and_the_answer_kept() {
    let cost = json!({ "prompt_tokens": 900, "completion_tokens": 500, "cost": 1e12 });
    let tokens = json!({ "prompt_tokens": 1e20, "completion_tokens": 500 });
    for (usage, notice, told) in [
        (
            cost,
            "cost_unreadable",
            "reported a cost for one call that cannot be read. $0.0058 was booked by its prices instead",
        ),
        (tokens, "usage_disbelieved", "more than it can have used"),
    ] {
        let vendor = exact_vendor(None);
        let home = home_with(&vendor);
        home.json(&["credits", "grant", "1000"]);
        vendor.then(Reply::Stating(Stated::As(usage)));
        let ran = home.run(&["cluster", "--site", "Tea"]);
        assert_eq!(ran.code, 0, "{notice}: {ran:?}");
        assert!(
            ran.stderr.contains(PROVIDER) && ran.stderr.contains(told),
            "{notice}: told where it happened: {ran:?}"
        );
        assert!(home.books().plan()["clusters"] > 0, "{notice}: the answer is kept: it is paid for");
        let row = home.sqlite("select is_estimated || ' ' || is_cost_stated from usage_log");
        assert_eq!(row.stdout.trim(), "1 0", "{notice}: it is a guess");
        let notices = home.sqlite("select notification_type from notification where dedupe like 'disbelieved:%'");
        assert_eq!(notices.stdout.trim(), notice, "one notice");
        let listed = home.run(&["notifications", "list"]).stdout;
        assert!(listed.contains(told), "{notice}: and is a sentence in the list: {listed}");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{notice}");
    }
}

#[test]
fn use_that_no_call_can_have_had_is_bounded_and_the_answer_kept() {
    const IMPOSSIBLE: u64 = 4_000_000_000;
    for (tokens_per_credit, price) in [("1", "0.002"), ("1000", "1000"), ("1", "1000")] {
        let vendor = exact_vendor(None);
        let home = home_with(&vendor);
        let text = ["models", "add", "--provider", PROVIDER, "--model", TEXT_MODEL, "--type", "text", "--input", price];
        let terms = ["--output", price, "--tokens-per-credit", tokens_per_credit, "--default"];
        home.json(&[&text[..], &terms].concat());
        home.json(&["credits", "grant", "1000000"]);
        let usage = json!({ "prompt_tokens": IMPOSSIBLE, "completion_tokens": IMPOSSIBLE });
        vendor.then(Reply::Stating(Stated::As(usage)));
        let before = home.books().wallet().0;
        let place = format!("{tokens_per_credit} tokens a credit, {price} dollars");
        home.json(&["cluster", "--site", "Tea"]);

        let (held, charged, beyond) = moved(&home.books());
        assert_eq!((charged, home.books().wallet()), (held, (before - held, 0)), "{place}: the hold, and no more");
        assert!(beyond > 0, "{place}: the rest stands apart");
        assert_eq!(home.books().number("select is_estimated from usage_log"), 1, "{place}: it is a guess");
        let booked = home.books().number("select tokens_input + tokens_output from usage_log");
        assert!(booked < 2_000_000, "{place}: {booked} tokens are possible, {IMPOSSIBLE} are not");
        assert_eq!(home.books().number("select count(*) from call where state <> 'settled'"), 0, "{place}");
        let told = "select notification_type from notification where notification_type = 'usage_disbelieved'";
        assert_eq!(home.sqlite(told).stdout.trim(), "usage_disbelieved", "{place}: told once");
        assert!(home.books().plan()["clusters"] > 0, "{place}: the answer is kept");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{place}");
        assert_eq!(home.run(&["report"]).code, 0, "{place}: every sum can still be taken");
        assert_eq!(vendor.seen().len(), 1, "{place}: nobody is asked again");
    }
}
