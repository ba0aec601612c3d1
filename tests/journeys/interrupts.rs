//! A program that is asked to end, by Ctrl-C or by the system: it ends after what is at hand, says so, and leaves one file;
//! asked twice, it ends at once.

use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::program::Home;
use igny8_tests::vendor::{assert_books_have_the_bill, await_requests, exact_vendor, home_with};
use std::sync::Arc;
use std::time::Duration;
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
fn what_is_at_hand_is_finished_and_the_rest_is_not_begun() {
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
        assert!(ran.stderr.contains("Cancelled. What was finished stays."), "{signal}: {ran:?}");
        assert_closed(&home, signal);
        assert_books_have_the_bill(&home.books(), &vendor);
        let status = home.json(&["run", "status", "--site", "Tea"]);
        assert_eq!(status["run"]["status"], "idle", "{signal}: nothing is left of it: {status}");
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
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    vendor.then(Reply::Never);
    let mut run = home.start(&["cluster", "--site", "Tea"]);
    await_requests(&vendor, 1);
    while run.is_running() {
        run.signal("TERM");
        std::thread::sleep(Duration::from_millis(20));
    }
    let ran = run.end();
    assert_eq!(ran.code, 1, "the vendor never answered: {ran:?}");
    home.json(&["run", "start", "--site", "Tea"]);
    assert_closed(&home, "after the next start");
}
