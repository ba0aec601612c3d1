//! A program that is asked to end, by Ctrl-C or by the system: it ends after what is at hand, says so, and leaves one file;
//! asked twice, it ends at once.

use crate::bad_input::furnished;
use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::program::Home;
use igny8_tests::vendor::{assert_books_have_the_bill, await_requests, exact_vendor, home_with};
use std::sync::Arc;
use tokio::sync::Notify;

/// A vendor that answers its next request when it is told to.
fn waiting(vendor: &Vendor) -> Arc<Notify> {
    let answer = Arc::new(Notify::new());
    vendor.then(Reply::When(Arc::clone(&answer)));
    answer
}

fn assert_closed(home: &Home, what: &str) {
    for suffix in ["-wal", "-shm"] {
        assert!(
            !home.data().join(format!("igny8.db{suffix}")).exists(),
            "{what}: the log is in the database: {suffix}"
        );
    }
    assert_eq!(home.books().open_holds(), 0, "{what}: nothing is kept for what will not come");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{what}: the books balance");
}

#[test]
fn a_run_pauses_after_what_is_at_hand_and_goes_on_when_it_is_started_again() {
    for signal in ["INT", "TERM"] {
        let vendor = exact_vendor(None);
        let home = home_with(&vendor);
        let answer = waiting(&vendor);
        let mut run = home.start(&["run", "start", "--site", "Tea"]);
        await_requests(&vendor, 1);
        run.signal(signal);
        answer.notify_one();
        let ran = run.end();
        assert_eq!(ran.code, 1, "{signal}: {ran:?}");
        assert!(ran.stdout.starts_with("Made before it ended: 0 articles, 0 images, "), "{signal}: {ran:?}");
        assert!(ran.stderr.contains("Paused after what was at hand."), "{signal}: {ran:?}");
        assert_closed(&home, signal);
        assert_books_have_the_bill(&home.books(), &vendor);
        let status = home.json(&["run", "status", "--site", "Tea"]);
        assert_eq!(status["run"]["status"], "interrupted", "{signal}: it waits: {status}");
        home.json(&["run", "start", "--site", "Tea"]);
        let books = home.books();
        assert_eq!(books.number("select count(*) from cap where scope = 'run'"), 1, "{signal}: it is the same run");
        assert!(books.number("select count(*) from image where status = 'generated'") > 0, "{signal}: to its end");
        assert_books_have_the_bill(&books, &vendor);
    }
}

#[test]
fn one_function_ends_with_what_it_has() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let answer = waiting(&vendor);
    let mut run = home.start(&["--json", "cluster", "--site", "Tea"]);
    await_requests(&vendor, 1);
    run.signal("TERM");
    answer.notify_one();
    let ran = run.end();
    assert_eq!(ran.json()["operations"][0]["units_done"], 1, "its only unit was at hand: {ran:?}");
    assert!(ran.stderr.contains("Stopping after what is at hand"), "{ran:?}");
    assert_closed(&home, "one function");
    assert_books_have_the_bill(&home.books(), &vendor);
}

#[test]
fn asked_again_it_ends_at_once_and_the_next_start_puts_it_right() {
    let site = ["--site", "Tea"];
    for (signal, command) in [("INT", &["run", "start"][..]), ("TERM", &["cluster"]), ("INT", &["cluster"])] {
        let what = format!("{signal} to {command:?}");
        let vendor = exact_vendor(None);
        let home = home_with(&vendor);
        vendor.then(Reply::Never);
        let mut run = home.start(&[command, &site].concat());
        await_requests(&vendor, 1);
        run.signal(signal);
        run.until_it_says("Stopping after what is at hand. Ask once more to stop at once.");
        assert!(run.is_running(), "{what}: it waits for the vendor, which may still answer");
        run.signal(signal);
        let ran = run.end();
        assert_eq!(ran.code, 1, "{what}: the vendor never answered: {ran:?}");
        assert!(ran.stderr.contains("Stopped at once."), "{what}: {ran:?}");
        let left = home.sqlite("select state || ' ' || attempts from call").stdout;
        assert_eq!(left.trim(), "sent 1", "{what}: its hold is kept, and nobody knows how it ended");
        home.json(&["run", "start", "--site", "Tea"]);
        let lost = home.sqlite("select outcome from attempt order by at, n limit 1").stdout;
        assert_eq!(lost.trim(), "outcome_unknown", "{what}: as the next start says");
        assert_closed(&home, &what);
    }
}

#[test]
fn while_a_secret_or_a_text_is_waited_for_nothing_is_done_and_an_end_is_an_end() {
    let home = furnished();
    let before = home.dump();
    let site = ["site", "add", "--name", "Pots", "--url", "https://pots.example", "--user", "ada"];
    let vendor = ["models", "connect", "--name", "Theirs", "--url", "http://127.0.0.1:9"];
    let waiting: [&[&str]; 4] =
        [&site, &vendor, &["prompts", "set", "content"], &["publish", "--site", "Tea", "--password-stdin"]];
    for arguments in waiting {
        let (mut running, mut pipe) = home.start_listening(arguments);
        pipe.write("abcd efgh");
        assert!(running.until(|| pipe.is_empty()), "{arguments:?}: it waits for more");
        running.signal("INT");
        let ran = running.end();
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{arguments:?}: {ran:?}");
        assert!(ran.stderr.contains("Cancelled.") && ran.stderr.contains("same command"), "{arguments:?}: {ran:?}");
        drop(pipe);
        assert_eq!(home.dump(), before, "{arguments:?}: nothing was added");
    }
}

#[test]
fn the_demonstration_pauses_and_goes_on_when_it_is_started_again() {
    let home = Home::default();
    let mut demo = home.start(&["demo"]);
    demo.until_it_says("Clusters, ideas, articles and images");
    assert!(demo.until(|| home.books().number("select count(*) from content") > 0), "it writes");
    demo.signal("INT");
    let ran = demo.end();
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{ran:?}");
    assert!(ran.stderr.contains("What was made stays, and 'demo' goes on with it."), "{ran:?}");
    assert_closed(&home, "the demonstration");
    let (made, run) = ("select count(*) from content", "select count(*) from run");
    let before = home.books().number(made);
    let whole = home.json(&["demo"]);
    assert!(whole["contents"].as_i64().unwrap() > before, "it was not at its end: {whole}");
    assert_eq!((&whole["contents"], home.books().number(run)), (&whole["receipts"], 1), "the same run: {whole}");
    assert_eq!(home.json(&["demo"]), whole, "and nothing twice");
}
