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
    assert_eq!(home.run(&["credits", "balance"]).stderr, "", "nothing to say of sound books");
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
    let read = home.run(&["credits", "balance"]);
    assert_eq!(read.code, 0, "what is there can be read: {read:?}");
    assert!(read.stderr.contains("do not balance") && read.stderr.contains("'credits audit'"), "{read:?}");
    let told = home.run(&["credits", "audit"]);
    assert!(told.stdout.contains("account wallet, credits_posted: 1001 credits instead of 1000 credits"), "{told:?}");
}

#[test]
fn what_no_sum_depends_on_is_named_all_the_same() {
    let home = worked();
    tamper(
        &home,
        "update answer set body = body || ' ' where usage_id = 1; update attempt set at = at - 1;
       update usage_log set is_estimated = 0 where id = 2; update operation set results = results + 1;
       update model set model_name = 'another' where id = (select model_id from usage_log where id = 1)",
    );
    let told = home.run(&["credits", "audit"]).stdout;
    for named in ["answer 1, body:", "usage_log 2, row:", "model_name: 'builtin another' instead of"] {
        assert!(told.contains(named), "{named}: {told}");
    }
    assert!(told.contains("(a task says something else than its units, its calls and its notice)"), "{told}");
    let late = told.lines().find(|line| line.contains(" 1, at: 20")).unwrap_or_else(|| panic!("an attempt: {told}"));
    assert!(late.contains("Z instead of 20") && late.contains("Z (an attempt does not fit"), "as a date: {late}");
}

#[test]
fn a_charge_that_was_changed_is_named_before_the_sums_that_do_not_add_up_for_it() {
    let home = worked();
    let seq = home.books().number("select min(seq) from transfer where kind = 'settle'");
    let trigger = "select sql from sqlite_schema where name = 'transfer_is_immutable'";
    let trigger = home.sqlite(trigger).stdout;
    tamper(
        &home,
        "drop trigger transfer_is_immutable;
         update transfer set amount = amount - 1 where seq = (select min(seq) from transfer where kind = 'settle')",
    );
    tamper(&home, &trigger);
    let told = home.run(&["credits", "audit"]).stdout;
    let first = told.lines().find(|line| line.contains(" instead of ")).unwrap_or_default();
    assert!(first.starts_with(&format!("  transfer {seq}, amount: ")), "the row that was changed: {told}");
    assert!(told.contains("account wallet, "), "and what does not add up: {told}");
    assert!(!told.contains("usage_log ") || !told.contains("the credits are not what"), "no other row: {told}");
}

#[test]
fn a_gift_that_nobody_gave_is_found() {
    let home = worked();
    home.json(&["credits", "grant", "5", "--memo", "bought"]);
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "one that was given");
    tamper(
        &home,
        "insert into transfer (id, kind, debit_id, credit_id, amount, at) values (x'0e0e0000000000000000000000000001', 'post', 2, 3, 9000000, 1);
         insert into credit_transaction (transfer_id, transaction_type, amount, balance_after, memo, at)
           select id, 'grant', amount, (select credits_posted - debits_posted from account where id = 3), 'bought', 1
           from transfer order by seq desc limit 1",
    );
    let seq = home.books().number("select max(seq) from transfer");
    let told = home.run(&["credits", "audit"]);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.stdout.contains(&format!("transfer {seq}, seal: nothing instead of 'a seal'")), "{told:?}");
}

#[test]
fn a_budget_that_is_gone_from_the_transfers_is_named_and_not_taken_for_damage() {
    let home = worked();
    let trigger = home.sqlite("select sql from sqlite_schema where name = 'transfer_is_permanent'").stdout;
    tamper(&home, "pragma foreign_keys = off; drop trigger transfer_is_permanent; delete from transfer where seq = 1");
    tamper(&home, &trigger);
    for _ in 0..2 {
        // Each is a start, at which a month without a grant gets one.
        let read = home.run(&["credits", "balance"]);
        assert_eq!(read.code, 0, "what is there can be read: {read:?}");
        assert!(read.stderr.contains("do not balance"), "{read:?}");
    }
    let told = home.run(&["credits", "audit"]);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.stdout.contains("  transfer 1, seq: nothing instead of"), "{told:?}");
    let budgets = "select count(*) from credit_transaction where transaction_type = 'grant'";
    assert_eq!(home.books().number(budgets), 1, "and not granted again");
}

#[test]
fn what_is_taken_away_with_its_seal_is_missed_and_stops_paid_work() {
    for (damage, named) in [
        (
            "delete from setting_seal where key = 'credit_price_notes';
             update setting set value = '[]' where key = 'credit_price_notes'",
            "setting credit_price_notes, seal: nothing instead of 'a seal'",
        ),
        (
            "delete from setting_seal where key = 'zone'; delete from setting where key = 'zone'",
            "setting_seal all rows, key: 'changed since' instead of",
        ),
        ("update model set cost_per_1k_input = '0.5' where model_type = 'text'", "row: 'changed since' instead of"),
        ("update commit_mark set newest_line = newest_line + 1", "commit_mark 1, seal: 'changed since' instead of"),
        ("delete from commit_mark", "commit_mark 1, id: nothing instead of 1"),
        ("delete from spending_switch", "spending_switch 1, id: nothing instead of 1"),
    ] {
        let home = worked();
        tamper(&home, damage);
        assert_refused(&home.run(&["write", "--site", "Tea", "--limit", "1"]), &["do not balance"], damage);
        let told = home.run(&["credits", "audit"]);
        assert!(told.code == 1 && told.stdout.contains(named), "{damage}: {told:?}");
        assert_eq!(home.run(&["credits", "balance"]).code, 0, "{damage}: what is there can be looked at");
        assert_eq!(home.run(&["site", "add", "--name", "Pots", "--kind", "folder"]).code, 0, "{damage}: and worked on");
    }
}

#[test]
fn a_setting_that_was_changed_is_not_put_right_by_a_start() {
    let home = worked();
    tamper(
        &home,
        "delete from setting where key = 'zone'; update setting set value = '[]' where key = 'credit_price_notes'",
    );
    for _ in 0..2 {
        // Each is a start, which writes what a new folder lacks.
        assert_eq!(home.run(&["credits", "balance"]).code, 0);
    }
    let told = home.run(&["credits", "audit"]);
    assert_eq!(told.code, 1, "{told:?}");
    for named in ["setting zone, value: nothing instead of", "setting credit_price_notes, value: 'changed since'"] {
        assert!(told.stdout.contains(named), "{named}: {told:?}");
    }
    assert_refused(&home.run(&["write", "--site", "Tea", "--limit", "1"]), &["do not balance"], "work");
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
