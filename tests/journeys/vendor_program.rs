//! A priced vendor through the program: connected with a key on standard input, asked by every command that works, and
//! its bill in the reports that the web system's users know by heart.

use crate::bad_input::assert_refused;
use igny8_core::function::AiFunction;
use igny8_testkit::vendor::{IMAGE_MODEL, Reply, TEXT_MODEL, Vendor};
use igny8_tests::keyring::Keyring;
use igny8_tests::program::Home;
use igny8_tests::vendor::{
    CREDITS_PER_IMAGE, PROVIDER, add_models, assert_books_have_the_bill, connect, due, exact_vendor, furnish, home_with,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The reporting queries, as the web system's users know them.
const QUERIES: &str = include_str!("web_queries.sql");
/// Those that the product answers.
const REPORT: &str = include_str!("../../src-tauri/crates/store/src/report.sql");
/// A key as vendors give them out; no part of it but its end may be seen anywhere.
const KEY: &str = "sk-canary-7f3a9c41d2e8";

#[test]
fn the_reports_show_what_the_vendor_bills() {
    let (home, vendor) = (Home::default(), exact_vendor(None));
    let connected = connect(&home, &vendor, "");
    assert_eq!((connected.json()["key"].as_str(), connected.stderr.as_str()), (Some("none"), ""), "no key, no warning");
    add_models(&home);
    furnish(&home);
    home.json(&["cluster", "--site", "Tea"]);
    home.json(&["ideas", "--site", "Tea"]);
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    home.json(&["images", "--site", "Tea"]);

    let due = due(&vendor);
    assert_eq!(due.len(), AiFunction::ALL.len(), "every function was done by the vendor: {due:?}");
    assert_books_have_the_bill(&home.books(), &vendor);
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    assert_verbatim(&home, &vendor);

    let listed = home.json(&["models", "list"]);
    let listed = listed["models"].as_array().unwrap();
    let writer = listed.iter().find(|model| model["model_name"] == TEXT_MODEL).expect("it is listed");
    let said = ["provider", "model_type", "is_active"].map(|name| writer[name].clone());
    assert_eq!(said, [Value::from(PROVIDER), Value::from("text"), Value::from(true)]);
    assert_eq!(
        (writer["cost_per_1k_input"].as_f64(), writer["cost_per_1k_output"].as_f64()),
        (Some(0.002), Some(0.008))
    );
}

/// The queries word for word through the program strangers use: each sum is what the vendor's bill comes to.
fn assert_verbatim(home: &Home, vendor: &Vendor) {
    let answer = |place: usize| answer(home, place);
    let due = due(vendor);
    let pictures = due[&AiFunction::GenerateImages];

    let models = answer(0);
    assert_eq!(row_of(&models, TEXT_MODEL)[1..], ["0.002", "0.008", ""].map(str::to_owned));
    assert_eq!(row_of(&models, IMAGE_MODEL)[1..], ["", "", "5.0"].map(str::to_owned));
    let tasks = row_of(&answer(1), "generate_images");
    assert_eq!(tasks[1], "1", "one operation");
    assert_near(&tasks[2], dollars(pictures.nano), "the task log's cost of pictures");
    let usage = row_of(&answer(2), "image_generation");
    assert_eq!(usage[1], pictures.calls.to_string(), "a row for each picture");
    assert_near(&usage[2], pictures.credits as f64, "credits used for pictures");
    assert_near(&usage[3], dollars(pictures.nano), "the vendor's bill for pictures");
    assert_eq!(answer(3), [["ai_image_success".to_owned(), "1".to_owned()]], "one notice");
    let deductions: BTreeMap<String, (String, String)> =
        answer(4).into_iter().map(|row| (row[0].clone(), (row[1].clone(), row[2].clone()))).collect();
    assert_eq!(deductions.len(), due.len(), "every function is in the statement: {deductions:?}");
    for (function, due) in &due {
        let (transactions, credits) = &deductions[function.operation_type()];
        assert_eq!(transactions, &due.calls.to_string(), "{function}");
        assert_near(credits, -(due.credits as f64), function.name());
        assert!(due.credits > 0 && due.nano > 0, "{function} costs something");
    }

    let reports = home.json(&["report"]);
    for (place, query) in queries(QUERIES).into_iter().enumerate() {
        let rows = reports["reports"][place]["rows"].as_array().expect("a list of rows");
        assert_eq!(rows.len(), answer(place).len(), "the product answers the same: {query}");
    }
    let told: f64 = reports["reports"][2]["rows"][0][3].as_str().unwrap().parse().unwrap();
    assert!((told - dollars(pictures.nano)).abs() < 1e-9, "with the same sums");
}

fn queries(text: &str) -> Vec<&str> {
    let queries: Vec<&str> = text.split("\n\n").map(str::trim).filter(|text| text.starts_with("SELECT")).collect();
    assert_eq!(queries.len(), 5, "five queries are known by heart");
    queries
}

/// The rows of a query, by its place.
fn answer(home: &Home, place: usize) -> Vec<Vec<String>> {
    let rows = home.sqlite(queries(QUERIES)[place]).stdout;
    rows.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
}

fn row_of(rows: &[Vec<String>], name: &str) -> Vec<String> {
    rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{name} in {rows:?}")).clone()
}

#[test]
fn the_product_answers_the_same_queries_in_the_same_words() {
    assert_eq!(queries(REPORT), queries(QUERIES));
}

#[test]
fn what_was_billed_for_nothing_is_in_the_reported_cost_and_not_in_the_credits() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    // The pictures are described; the first of them is no picture.
    vendor.then(Reply::Answer);
    vendor.then(Reply::Says("<html>no picture</html>".to_owned()));
    assert_eq!(home.run(&["images", "--site", "Tea", "--limit", "1"]).code, 1, "its operation made nothing");
    home.json(&["images", "--site", "Tea"]);

    let pictures = due(&vendor)[&AiFunction::GenerateImages];
    let (billed, made) = (pictures.calls, pictures.calls - 1);
    assert!(made > 0, "others were made");
    let tasks = row_of(&answer(&home, 1), "generate_images");
    assert_eq!(tasks[1], "2", "one operation failed, one went well");
    assert_near(&tasks[2], dollars(pictures.nano), "what the vendor bills for both");
    let usage = row_of(&answer(&home, 2), "image_generation");
    assert_eq!(usage[1], billed.to_string(), "a row for each picture that was billed");
    assert_near(&usage[2], (made * CREDITS_PER_IMAGE) as f64, "credits for what was made");
    assert_near(&usage[3], dollars(pictures.nano), "the vendor's bill for all");
    let notices = answer(&home, 3);
    assert_eq!(row_of(&notices, "ai_image_failed")[1], "1", "the failure was told");
    assert_eq!(row_of(&notices, "ai_image_success")[1], "1", "and the success");
    let deducted = row_of(&answer(&home, 4), "image_generation");
    assert_eq!(deducted[1], made.to_string(), "as many deductions as pictures");
    assert_near(&deducted[2], -((made * CREDITS_PER_IMAGE) as f64), "of their credits");
    assert_books_have_the_bill(&home.books(), &vendor);
}

fn dollars(nano: u64) -> f64 {
    nano as f64 / 1e9
}

fn assert_near(text: &str, expected: f64, what: &str) {
    let value: f64 = text.parse().unwrap_or_else(|error| panic!("{what}: {text:?}: {error}"));
    assert!((value - expected).abs() < 1e-9 && value != 0.0, "{what}: {value} and not {expected}");
}

#[test]
fn with_a_keyring_the_key_is_found_by_the_next_program_and_seen_by_nobody() {
    let vendor = exact_vendor(Some(KEY));
    let mut home = Home::default();
    let _keyring = Keyring::start(&mut home);
    let connected = connect(&home, &vendor, KEY);
    assert_eq!((connected.json()["key"].as_str(), connected.stderr.as_str()), (Some("keyring"), ""));
    add_models(&home);
    furnish(&home);
    home.json(&["cluster", "--site", "Tea"]);
    assert_eq!(vendor.bill().lines.len(), 1, "the vendor took the key");
    assert_eq!(home.sqlite("select has_secret, secret_tail from provider").stdout.trim(), "1|d2e8", "only its end");
    assert!(!home.dump().contains(KEY), "it is not in the database");
    assert!(!connected.stdout.contains("canary"), "and not repeated");

    home.json(&["models", "disconnect", PROVIDER]);
    let again = connect(&home, &vendor, "");
    assert_eq!(again.json()["key"], "none");
    add_models(&home);
    let ran = home.run(&["ideas", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "the forgotten key is not sent any more: {ran:?}");
    assert_eq!(vendor.bill().lines.len(), 1, "and nothing is billed");
}

#[test]
fn a_key_that_nothing_would_keep_is_refused_and_a_vendor_without_one_is_not() {
    let vendor = exact_vendor(Some(KEY));
    let home = Home::default();
    home.json(&["models", "list"]);
    let before = home.dump();
    let refused = connect(&home, &vendor, KEY);
    assert_refused(
        &refused,
        &["no system keyring", PROVIDER, "was not connected", "needs no key"],
        "a key for nowhere",
    );
    assert!(!refused.stderr.contains("canary"), "without repeating it");
    assert_eq!(home.dump(), before, "nothing is stored");
    assert_eq!(connect(&home, &vendor, "").json()["key"], "none", "what needs no key is connected all the same");
}

#[test]
fn what_the_vendor_refuses_is_told_and_costs_nothing() {
    let (home, vendor) = (Home::default(), exact_vendor(None));
    connect(&home, &vendor, "").json();
    add_models(&home);
    furnish(&home);
    let wallet = home.books().wallet();
    let refusals =
        [(Reply::out_of_money(), "quota"), (Reply::unknown_model(), "unknown_model"), (Reply::wrong_key(), "auth")];
    for (reply, code) in refusals {
        vendor.then(reply);
        let ran = home.run(&["cluster", "--site", "Tea"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{code}: {ran:?}");
        let said = ran.stderr.lines().filter(|line| !line.ends_with('…'));
        assert_eq!(said.count(), 1, "{code}: one sentence beside the price: {}", ran.stderr);
        let said = "select error_code from operation order by created_at desc, id desc limit 1";
        assert_eq!(home.sqlite(said).stdout.trim(), code, "the log says why");
    }
    assert_eq!(home.books().wallet(), wallet, "nothing is charged or held");
    for (arguments, word) in [
        (&["models", "connect", "--name", "far", "--url", "http://far.example/v1"][..], "https"),
        (&["models", "use", "nothing-7"], "no such model"),
        (&["models", "disconnect", "nobody"], "no such vendor"),
        (
            &[
                "models",
                "add",
                "--provider",
                "nobody",
                "--model",
                "m",
                "--type",
                "text",
                "--input",
                "1",
                "--output",
                "1",
            ],
            "no such vendor",
        ),
    ] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, 1, "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains(word), "{arguments:?} says {word}: {}", ran.stderr);
    }
}

#[test]
fn what_failed_is_tried_again_by_one_command() {
    let (home, vendor) = (Home::default(), exact_vendor(None));
    connect(&home, &vendor, "").json();
    add_models(&home);
    furnish(&home);
    home.json(&["cluster", "--site", "Tea"]);
    home.json(&["ideas", "--site", "Tea"]);
    let nothing = home.run(&["retry", "--site", "Tea"]);
    assert!(nothing.code == 0 && nothing.stdout.contains("nothing to do"), "nothing has failed yet: {nothing:?}");

    vendor.then(Reply::out_of_money());
    assert_eq!(home.run(&["write", "--site", "Tea", "--limit", "1"]).code, 1);
    let again = home.json(&["retry", "--site", "Tea"]);
    let operation = &again["operations"][0];
    assert_eq!((&operation["function"], &operation["results"]), (&"generate_content".into(), &1.into()), "{again}");
    home.json(&["images", "--site", "Tea", "--limit", "1"]);
    vendor.then(Reply::out_of_money());
    assert_eq!(home.run(&["images", "--site", "Tea", "--limit", "1"]).code, 1, "the next picture cannot be made");
    let again = home.json(&["retry", "--site", "Tea"]);
    assert_eq!(
        (&again["operations"][0]["function"], &again["operations"][0]["results"]),
        (&"generate_images".into(), &1.into())
    );
    assert!(home.run(&["retry", "--site", "Tea"]).stdout.contains("nothing to do"), "and nothing is left");
    assert_books_have_the_bill(&home.books(), &vendor);
}
