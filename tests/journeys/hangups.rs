//! Work that is cancelled while its vendor is at work: the request is closed at once, what it may have cost is on the books,
//! what was held is given back, and the item waits as if it had never begun.

use igny8_core::function::AiFunction;
use igny8_core::status::Dialect;
use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::program::Home;
use igny8_tests::vendor::{await_requests, connect, exact_vendor, exact_vendor_of, home_with};
use std::time::Duration;

const SITE: [&str; 2] = ["--site", "Tea"];

fn with_site<'a>(command: &[&'a str]) -> Vec<&'a str> {
    [command, &SITE].concat()
}

/// Waits until the vendor has seen its client hang up; the bound is for a client that never does.
fn await_departure(vendor: &Vendor) {
    const LONGEST: Duration = Duration::from_secs(60);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let gone = runtime.block_on(async { tokio::time::timeout(LONGEST, vendor.departure()).await });
    gone.expect("the request is closed");
}

/// Cancels a run from beside it, and again: the first lets what is under way arrive, the second does not wait for it.
fn cancel_at_once(home: &Home) {
    for _ in 0..2 {
        let told = home.run(&with_site(&["run", "cancel"]));
        assert_eq!((told.code, told.stdout.contains("requests that are under way are closed")), (0, true), "{told:?}");
    }
}

/// Cancels a run from beside it while the vendor is silent, and waits until it has ended.
fn cancelled(home: &Home, vendor: &Vendor, requests: usize) {
    let running = home.start(&with_site(&["run", "start"]));
    await_requests(vendor, requests);
    cancel_at_once(home);
    await_departure(vendor);
    let ended = running.end();
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stderr.to_lowercase().contains("cancelled"), "{ended:?}");
}

#[test]
fn cancelling_closes_the_request_and_the_books_say_what_it_may_have_cost() {
    for reply in [Reply::Never, Reply::Stall(300)] {
        let vendor = exact_vendor(None);
        let home = home_with(&vendor);
        let wallet = home.books().wallet();
        vendor.then(reply.clone());
        cancelled(&home, &vendor, 1);

        let books = home.books();
        assert_eq!((books.open_holds(), books.wallet()), (0, wallet), "{reply:?}: what was held is given back");
        let attempts =
            books.rows("select outcome, cost_nano > 0 from attempt", [], |row| Ok((row.get(0)?, row.get(1)?)));
        assert_eq!(attempts, [("outcome_unknown".to_owned(), true)], "{reply:?}: it may be billed");
        let usage = books.rows("select outcome, credits, is_estimated, cost_nano > 0 from usage_log", [], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, bool>(2)?, row.get::<_, bool>(3)?))
        });
        assert_eq!(usage, [("released".to_owned(), 0, true, true)], "{reply:?}");
        let waiting = books.number("select count(*) from keyword where status = 'new'");
        assert_eq!(waiting, 4, "{reply:?}: what waited waits, and did not fail");
        let told = books.number("select count(*) from notification where json_extract(params, '$.unanswered') = '1'");
        assert_eq!(told, 1, "{reply:?}: and the user is told");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{reply:?}: the books balance");

        home.json(&with_site(&["run", "start"]));
        let books = home.books();
        assert!(books.number("select count(*) from content") > 0, "{reply:?}: a new run does it all");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{reply:?}");
    }
}

#[test]
fn cancelling_closes_every_request_that_is_under_way() {
    for dialect in [Dialect::Runware, Dialect::Bria] {
        // Texts are made by the built-in engine, pictures by the vendor.
        let vendor = exact_vendor_of(dialect, None);
        let home = Home::default();
        connect(&home, &vendor, "").json();
        let model = ["models", "add", "--provider", "loopback", "--model", "painter-1", "--type", "image"];
        home.json(&[&model[..], &["--image", "0.04", "--credits-per-image", "5", "--default"]].concat());
        igny8_tests::vendor::furnish(&home);
        vendor.from_now_on(Reply::Never);
        cancelled(&home, &vendor, 2);
        let books = home.books();
        assert_eq!(books.open_holds(), 0, "{dialect}");
        let failed = books.number("select count(*) from image where status = 'failed'");
        assert_eq!(failed, 0, "{dialect}: no picture has failed");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{dialect}: the books balance");
        vendor.from_now_on(Reply::Answer);
        home.json(&with_site(&["images"]));
        assert_eq!(home.books().number("select count(*) from image where status <> 'generated'"), 0, "{dialect}");
    }
}

#[test]
fn an_answer_that_is_to_be_repaired_is_not_asked_for_again_once_it_is_cancelled() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let named = ["models", "connect", "--name", "loopback", "--url", &vendor.base_url(), "--per-minute", "1"];
    assert_eq!(home.run_with(&named, "").code, 0);
    vendor.then(Reply::Says("no JSON at all".to_owned()));
    let mut running = home.start(&with_site(&["run", "start"]));
    await_requests(&vendor, 1);
    let is_released = || home.books().number("select count(*) from call where state = 'released'") == 1;
    assert!(running.until(is_released), "the answer was read, and its repair waits for its turn");
    cancel_at_once(&home);
    let ended = running.end();
    assert_eq!(ended.code, 1, "{ended:?}");
    assert_eq!(vendor.seen().len(), 1, "nothing more was asked");
    let books = home.books();
    assert_eq!(books.open_holds(), 0);
    assert_eq!(books.rows("select state from job", [], |row| row.get::<_, String>(0)), ["cancelled"]);
    let clustering = AiFunction::AutoCluster.name();
    let row = books.rows("select function_name, is_cancelled from operation", [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))
    });
    assert_eq!(row, [(clustering.to_owned(), true)]);
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}
