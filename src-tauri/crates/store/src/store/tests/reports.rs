//! The reporting views: the queries people have from the web system run on this file word for word, through the library
//! and through the `sqlite3` program, and answer with the figures of the books.

use crate::fixture::{Bench, NOW, SITE, lease_next, open_operation, request, settlement, spaced};
use crate::ledger::{Grant, Settlement};
use crate::table::notification::NewNotification;
use igny8_core::function::AiFunction;
use igny8_core::id::TransferId;
use igny8_core::money::{Credits, Usd};
use igny8_core::status::Severity;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::Command;

const QUERIES: &str = include_str!("../../report.sql");

/// What the queries answer, as the `sqlite3` program prints it. Two images at 5 and 4 credits and an article at 12.
const ANSWERS: [&[&str]; 5] = [
    &["writer|0.00015|0.0006|", "painter|||5.0"],
    &["generate_images|1|0.08"],
    &["image_generation|2|9.0|0.08"],
    &["ai_image_success|1"],
    // Deductions are negative: the largest sum, which comes first, is the least that was spent.
    &["image_generation|2|-9.0", "content_generation|1|-12.0"],
];

fn queries() -> Vec<&'static str> {
    let paragraphs = QUERIES.split("\n\n").map(str::trim);
    paragraphs.filter(|text| text.starts_with("SELECT")).collect()
}

/// A store in which two images and an article were made.
fn worked() -> Bench {
    let mut bench = Bench::new();
    let done = bench.write(|write| {
        let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: String::new() };
        write.grant(&gift, Credits::whole(100), NOW)?;
        let images = open_operation(write, 1, 2)?;
        for (call, credits) in [(1, 5), (2, 4)] {
            let lease = lease_next(write)?;
            let open = write.hold(&request(call, images, lease, Credits::whole(5)), NOW)?.spend();
            write.settle(&open, &settlement(Credits::whole(credits)), NOW)?;
            write.finish_unit(lease, NOW)?;
        }
        write.notify(&notice(images), NOW)?;
        let article = open_operation(write, 2, 1)?;
        write
            .conn
            .execute_batch("update operation set function_name = 'generate_content' where units_total = 1")
            .unwrap();
        let lease = lease_next(write)?;
        let open = write.hold(&request(3, article, lease, Credits::whole(20)), NOW)?.spend();
        let mut written = Settlement { function: AiFunction::GenerateContent, ..settlement(Credits::whole(12)) };
        written.charge.provider_cost = Usd(2_475_600);
        write.settle(&open, &written, NOW)
    });
    assert!(done.is_ok_and(|done| done.credits == Credits::whole(12)));
    bench
}

fn notice(operation: igny8_core::id::OperationId) -> NewNotification {
    NewNotification {
        notification_type: "ai_image_success".to_owned(),
        severity: Severity::Success,
        site: Some(SITE),
        operation: Some(operation),
        related_type: "",
        related_id: 0,
        params: BTreeMap::from([("images", "2".to_owned())]),
        dedupe: "images".to_owned(),
    }
}

/// Runs a query as the program does and prints its rows as the program prints them.
fn through_the_library(path: &Path, query: &str) -> Vec<String> {
    let conn = Connection::open(path).unwrap();
    let mut statement = conn.prepare(query).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        let cells = (0..columns).map(|column| {
            Ok(match row.get::<_, Value>(column)? {
                Value::Null => String::new(),
                Value::Integer(number) => number.to_string(),
                Value::Real(number) => format!("{number:?}"),
                Value::Text(text) => text,
                Value::Blob(bytes) => panic!("a report shows no bytes: {bytes:?}"),
            })
        });
        cells.collect::<rusqlite::Result<Vec<_>>>().map(|cells| cells.join("|"))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn the_web_systems_queries_answer_with_the_figures_of_the_books() {
    let bench = worked();
    assert_eq!(queries().len(), ANSWERS.len());
    for (query, expected) in queries().into_iter().zip(ANSWERS) {
        assert_eq!(through_the_library(bench.store.path(), query), expected, "{query}");
    }
}

#[test]
fn the_web_systems_queries_run_in_the_sqlite3_program() {
    let bench = worked();
    for (query, expected) in queries().into_iter().zip(ANSWERS) {
        let output = match Command::new("sqlite3").arg("-list").arg(bench.store.path()).arg(query).output() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                writeln!(std::io::stderr(), "not run through the sqlite3 program: it is not installed").unwrap();
                return;
            }
            output => output.unwrap(),
        };
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && errors.is_empty(), "{query}: {errors}");
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().collect::<Vec<_>>(), expected, "{query}");
    }
}

#[test]
fn the_statement_view_sums_to_the_posted_balance() {
    let mut bench = worked();
    let balance = through_the_library(bench.store.path(), "SELECT SUM(amount) FROM igny8_billing_credittransaction");
    let after = through_the_library(
        bench.store.path(),
        "SELECT balance_after FROM igny8_billing_credittransaction ORDER BY id DESC LIMIT 1",
    );
    assert_eq!((balance, after), (vec!["79.0".to_owned()], vec!["79.0".to_owned()]));
    assert_eq!(bench.read(|read| read.available()), Credits::whole(79));
}

#[test]
fn cost_and_credit_value_are_two_figures() {
    let bench = worked();
    let usage = through_the_library(
        bench.store.path(),
        "SELECT model_used, cost_usd, credit_value_usd FROM igny8_billing_creditusagelog ORDER BY id LIMIT 1",
    );
    assert_eq!(usage, ["painter|0.04|0.05"], "the vendor bills 4 cents; 5 credits are worth 5");
}

#[test]
fn every_view_can_be_read_to_its_last_column() {
    let bench = worked();
    for (query, rows) in [
        ("SELECT * FROM igny8_billing_aimodelconfig", 2),
        ("SELECT * FROM igny8_ai_task_logs", 2),
        ("SELECT * FROM igny8_billing_creditusagelog", 3),
        ("SELECT * FROM igny8_notifications_notification", 1),
        ("SELECT * FROM igny8_billing_credittransaction", 4),
    ] {
        assert_eq!(through_the_library(bench.store.path(), query).len(), rows, "{query}");
    }
}
