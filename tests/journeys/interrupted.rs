//! Work whose program was killed, and the commands that come after it: none of them spends on it unasked.

use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::program::{Home, Ran};
use igny8_tests::vendor::{await_requests, exact_vendor, home_with};

const SITE: [&str; 2] = ["--site", "Tea"];

/// A home in which the writing of one article was killed while its request was on its way.
pub fn killed_while_writing() -> (Home, Vendor) {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    for command in ["cluster", "ideas"] {
        home.json(&[&[command][..], &SITE].concat());
    }
    vendor.forget();
    vendor.then(Reply::Never);
    let writing = home.start(&[&["write"][..], &SITE, &["--limit", "1"]].concat());
    await_requests(&vendor, 1);
    assert!(writing.kill(), "it was still waiting for its answer");
    (home, vendor)
}

fn assert_warned(ran: &Ran) {
    assert!(ran.stderr.contains("1 interrupted task waits"), "it says what waits: {ran:?}");
}

#[test]
fn another_command_spends_nothing_on_what_was_interrupted() {
    let (home, vendor) = killed_while_writing();
    let wallet = home.books().wallet();
    let other = home.run(&[&["cluster"][..], &SITE].concat());
    assert_eq!(other.code, 0, "there is nothing to cluster: {other:?}");
    assert_warned(&other);
    assert_eq!(vendor.seen().len(), 1, "nobody is asked for the article");
    assert_eq!((home.books().wallet(), home.books().open_holds()), (wallet, 1), "what is held for it stays held");
    let status = home.json(&[&["run", "status"][..], &SITE].concat());
    assert_eq!(
        (&status["run"]["status"], &status["run"]["stage"]),
        (&"interrupted".into(), &"generate_content".into())
    );
}

#[test]
fn whatever_command_comes_next_says_what_waits() {
    let (home, _vendor) = killed_while_writing();
    let reading: [&[&str]; 4] =
        [&["site", "list"], &["credits", "balance"], &["--json", "models", "list"], &["approve", "--site", "Tea"]];
    for arguments in reading {
        let ran = home.run(arguments);
        assert_eq!((ran.code, ran.stderr.trim_end().lines().count()), (0, 1), "{arguments:?}: one line: {ran:?}");
        assert_warned(&ran);
    }
    let refused = home.run(&["site", "test", "Coffee"]);
    assert_eq!((refused.code, refused.stderr.trim_end().lines().count()), (1, 2), "beside its own reason: {refused:?}");
    assert_warned(&refused);
    home.json(&[&["run", "cancel"][..], &SITE].concat());
    assert_eq!(home.run(&["site", "list"]).stderr, "", "and once nothing waits, nothing");
}

#[test]
fn the_same_command_goes_on_with_what_was_interrupted_and_no_further() {
    let (home, vendor) = killed_while_writing();
    let again = home.run(&[&["write"][..], &SITE, &["--limit", "1"]].concat());
    assert_eq!(again.code, 0, "{again:?}");
    assert_eq!(home.books().number("select count(*) from content"), 1, "one article was asked for");
    assert_eq!((vendor.seen().len(), home.books().open_holds()), (2, 0), "asked for once more, under the same hold");
    assert_eq!(
        home.books().number("select count(*) from call where operation_id = (select max(id) from operation)"),
        1
    );
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[test]
fn a_resume_goes_on_with_what_was_interrupted_and_begins_nothing_else() {
    let (home, vendor) = killed_while_writing();
    let resume = [&["run", "resume"][..], &SITE].concat();
    let operations = home.json(&resume);
    assert_eq!(operations["operations"][0]["units_done"], 1, "{operations}");
    assert_eq!((vendor.seen().len(), home.books().open_holds()), (2, 0), "asked for once more, under the same hold");
    assert_eq!(home.books().number("select count(*) from content"), 1, "and nothing beside it");
    let again = home.run(&resume);
    assert_eq!((again.code, vendor.seen().len()), (1, 2), "{again:?}");
    assert!(again.stderr.contains("Nothing of Tea was interrupted"), "{again:?}");

    vendor.then(Reply::Never);
    let running = home.start(&[&["run", "start"][..], &SITE].concat());
    await_requests(&vendor, 3);
    assert!(running.kill(), "it was still waiting for its answer");
    let run = home.json(&resume);
    assert_eq!(run["run"]["status"], "completed", "{run}");
    assert_eq!(home.books().number("select count(*) from run"), 1, "the same run, to its end");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[test]
fn what_was_interrupted_can_be_given_up() {
    let (home, vendor) = killed_while_writing();
    home.json(&[&["run", "cancel"][..], &SITE].concat());
    assert_eq!(
        (vendor.seen().len(), home.books().open_holds()),
        (1, 0),
        "nothing is asked, and the hold is given back"
    );
    let lost = "select count(*) from usage_log where outcome = 'released' and cost_nano > 0 and is_estimated = 1
        and related_type = 'task'";
    assert_eq!(home.books().number(lost), 1, "what was sent is on the books");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[test]
fn the_run_goes_on_with_what_was_interrupted_and_charges_it_once() {
    let (home, vendor) = killed_while_writing();
    home.json(&[&["run", "start"][..], &SITE].concat());
    let books = home.books();
    assert_eq!((books.open_holds(), books.number("select count(*) from operation where status = 'pending'")), (0, 0));
    let twice = "select count(*) from (select 1 from usage_log where outcome = 'settled' and related_type <> ''
        group by operation_type, related_type, related_id having count(*) > 1)";
    assert_eq!(books.number(twice), 0, "nothing is made or charged twice");
    let written = "select count(*) from usage_log where outcome = 'settled' and operation_type = 'content_generation'";
    assert_eq!(books.number(written), books.number("select count(*) from content"));
    assert!(vendor.seen().len() > 2, "and with all that comes after it");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[test]
fn under_a_limit_no_more_is_begun_beside_what_was_interrupted() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let more = home.file("more.csv", "keyword\nbest cast iron teapot\nteapot with infuser\nteapot sizes\n");
    home.json(&[&["keywords", "import", &more][..], &SITE].concat());
    for command in ["cluster", "ideas"] {
        home.json(&[&[command][..], &SITE].concat());
    }
    home.json(&[&["write"][..], &SITE, &["--limit", "2"]].concat());
    assert_eq!(home.books().number("select count(*) from content"), 2, "there is another article to illustrate");
    vendor.forget();
    vendor.then(Reply::Answer);
    vendor.then(Reply::Never);
    let images = [&["images"][..], &SITE, &["--limit", "1"]].concat();
    let making = home.start(&images);
    await_requests(&vendor, 2);
    assert!(making.kill(), "it was still waiting for its picture");

    home.json(&images);
    assert_eq!(vendor.seen().len(), 3, "the other article is not described: only the picture is asked for again");
    assert_eq!(home.books().number("select count(*) from image where status = 'generated'"), 1);
    home.json(&images);
    assert_eq!(vendor.seen().len(), 5, "the next time, one is described and one is made");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}
