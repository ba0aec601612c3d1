//! The audit in full through the program: what somebody changes with `sqlite3` is found in the row that was changed, is
//! told as a person reads it, and stops paid work and grants.

use crate::bad_input::assert_refused;
use igny8_tests::program::Home;
use serde_json::json;

/// A site whose keywords were clustered and whose clusters have ideas.
fn worked() -> Home {
    let home = Home::default();
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"]);
    let words = "keyword\ngreen tea benefits\ngreen tea for sleep\nhow to brew green tea\nmatcha whisk\n";
    home.json(&["keywords", "import", &home.file("good.csv", words), "--site", "Tea"]);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home
}

/// Changes the file as somebody would who knows nothing of this app.
fn tamper(home: &Home, statement: &str) {
    let file = rusqlite::Connection::open(home.database()).unwrap();
    file.execute_batch(statement).unwrap();
}

#[test]
fn a_record_that_was_changed_is_named_and_nothing_is_paid_until_it_is_put_right() {
    let home = worked();
    let sound = home.run(&["credits", "audit"]);
    assert!(sound.stdout.starts_with("The books balance."), "{sound:?}");
    let copy = home.path("sound.db").display().to_string();
    home.json(&["backup", &copy]);
    tamper(&home, "update usage_log set cost_nano = 40000000 where id = 2");

    let told = home.run(&["credits", "audit"]);
    assert_eq!(told.code, 1, "a failure: {told:?}");
    assert!(told.stderr.contains("do not balance") && told.stderr.contains("'restore FILE'"), "the way back: {told:?}");
    assert!(!told.stderr.contains("credits audit"), "not what was just done: {told:?}");
    assert!(told.stdout.contains("usage_log 2, cost_nano: $0.04 instead of $0 (the cost is not"), "{told:?}");
    let printed = home.run(&["--json", "credits", "audit"]).stdout;
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let finding = json!({
        "kind": "cost", "table": "usage_log", "row": "2", "column": "cost_nano",
        "expected": { "unit": "usd", "value": "0" }, "found": { "unit": "usd", "value": "0.04" },
    });
    let findings = report["findings"].as_array().unwrap();
    assert!(findings.contains(&finding), "{report}");
    assert_eq!((&report["ok"], &report["more"]), (&json!(false), &json!(0)));

    home.json(&["restore", &copy]);
    assert!(home.run(&["credits", "audit"]).stdout.starts_with("The books balance."), "as the copy was");
}

#[test]
fn nothing_is_granted_or_begun_while_the_sums_differ() {
    let home = worked();
    tamper(&home, "update account set credits_posted = credits_posted + 1000000 where code = 'wallet'");
    let lines = home.books().number("select count(*) from credit_transaction");
    assert_refused(&home.run(&["credits", "grant", "5"]), &["do not balance", "'credits audit'"], "a grant");
    assert_refused(&home.run(&["write", "--site", "Tea", "--limit", "1"]), &["do not balance"], "work");
    assert_eq!(home.books().number("select count(*) from credit_transaction"), lines, "nothing was written");
    let told = home.run(&["credits", "audit"]);
    assert!(told.stdout.contains("account wallet, credits_posted: 1001 credits instead of 1000 credits"), "{told:?}");
}

#[test]
fn a_trigger_that_was_dropped_is_missed() {
    let home = worked();
    tamper(&home, "drop trigger transfer_is_permanent");
    let told = home.run(&["credits", "audit"]);
    assert!(told.stdout.contains("sqlite_schema trigger transfer_is_permanent, sql: nothing instead of"), "{told:?}");
}

#[test]
fn the_zone_is_shown_and_chosen() {
    let home = worked();
    home.json(&["credits", "zone", "Asia/Tokyo"]);
    assert_eq!(home.json(&["credits", "zone"])["zone"], "Asia/Tokyo", "and kept");
    let budgets = "select count(*) from credit_transaction where transaction_type <> 'deduction'";
    assert_eq!(home.books().number(budgets), 1, "one budget, nothing lapsed");
    assert_refused(&home.run(&["credits", "zone", "Tea"]), &["zone", "IANA"], "no zone");
}
