//! Two programs and one folder: the one that has it works, the other can look, and ask it to stop; nothing else. Also when
//! the folder, or the database in it, is reached by another way.

use crate::bad_input::assert_refused;
use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::program::{Home, Running};
use igny8_tests::vendor::{await_requests, exact_vendor, home_with};
use std::fs;
use std::os::unix::fs::symlink;
use std::sync::Arc;
use tokio::sync::Notify;

const SITE: [&str; 2] = ["--site", "Tea"];
/// Calls the vendor takes at once.
const AT_ONCE: usize = 4;
/// Pictures of an article.
const PICTURES: usize = 3;

fn with_site<'a>(command: &[&'a str]) -> Vec<&'a str> {
    [command, &SITE].concat()
}

/// A program at work on more pictures than are made at once; none of them comes before the gate is opened.
fn painting(vendor: &Vendor) -> (Home, Running, Arc<Notify>) {
    let home = home_with(vendor);
    let more = home.file("more.csv", "keyword\nbest cast iron teapot\nteapot with infuser\nteapot sizes\n");
    home.json(&with_site(&["keywords", "import", &more]));
    for command in ["cluster", "ideas", "write"] {
        home.json(&with_site(&[command]));
    }
    let articles = usize::try_from(home.books().number("select count(*) from content")).unwrap();
    assert!(articles * PICTURES > AT_ONCE, "there are pictures for later");
    let gate = Arc::new(Notify::new());
    let before = vendor.seen().len();
    // They are described first.
    (0..articles).for_each(|_| vendor.then(Reply::Answer));
    vendor.from_now_on(Reply::When(Arc::clone(&gate)));
    let running = home.start(&with_site(&["images"]));
    await_requests(vendor, before + articles + AT_ONCE);
    (home, running, gate)
}

/// Lets every picture come that is asked for, until the program has ended.
fn open(gate: &Notify, mut running: Running) -> igny8_tests::program::Ran {
    assert!(!running.until(|| {
        gate.notify_waiters();
        false
    }));
    running.end()
}

#[test]
fn a_stop_from_beside_ends_a_paid_run_after_the_item_at_hand() {
    let vendor = exact_vendor(None);
    let (home, running, gate) = painting(&vendor);
    let stopped = home.json(&["credits", "stop"]);
    assert_eq!(stopped["spending"]["is_stopped"], true, "the other program has obeyed: {stopped}");
    let asked = vendor.seen().len();
    let ended = open(&gate, running);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stderr.contains("stopped"), "it says why: {ended:?}");
    assert_eq!(vendor.seen().len(), asked, "nothing is asked for after the stop");

    let books = home.books();
    assert_eq!(books.open_holds(), 0, "no hold is open");
    let pictures = books.number("select count(*) from image where status = 'generated'");
    assert_eq!(pictures, i64::try_from(AT_ONCE).unwrap(), "those at hand were finished, and are paid");
    assert_eq!(
        books.number("select count(*) from usage_log where operation_type = 'image_generation' and credits > 0"),
        pictures
    );
    assert!(books.number("select count(*) from job where state = 'cancelled'") > 0, "some were not begun");
    assert_eq!(books.number("select count(*) from run_request where served_at > 0"), 1, "the request is done with");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");

    assert_refused(&home.run(&with_site(&["images"])), &["stopped", "credits resume"], "paid work while it is stopped");
    assert_eq!(home.json(&["credits", "resume"])["spending"]["is_stopped"], false, "nobody else has the folder now");
    vendor.from_now_on(Reply::Answer);
    home.json(&with_site(&["images"]));
}

#[test]
fn a_resume_from_beside_is_obeyed_as_well() {
    let vendor = exact_vendor(None);
    let (home, running, gate) = painting(&vendor);
    home.json(&["credits", "stop"]);
    assert_eq!(home.json(&["credits", "resume"])["spending"]["is_stopped"], false);
    assert_eq!(open(&gate, running).code, 1, "what was cancelled is not begun again by itself");
    assert_eq!(home.books().open_holds(), 0);
    vendor.from_now_on(Reply::Answer);
    home.json(&with_site(&["images"]));
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

#[test]
fn a_run_is_cancelled_from_beside_it() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let gate = Arc::new(Notify::new());
    vendor.from_now_on(Reply::When(Arc::clone(&gate)));
    let running = home.start(&with_site(&["run", "start"]));
    await_requests(&vendor, 1);
    let told = home.run(&with_site(&["run", "cancel"]));
    assert_eq!((told.code, told.stdout.contains("ends after the unit at hand")), (0, true), "{told:?}");
    let ended = open(&gate, running);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stderr.to_lowercase().contains("cancelled"), "{ended:?}");
    assert_eq!((vendor.seen().len(), home.books().open_holds()), (1, 0), "nothing more was asked for");
    assert_eq!(home.json(&with_site(&["run", "status"]))["run"]["status"], "idle");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

#[test]
fn no_second_program_writes_by_whatever_way_it_comes() {
    let vendor = exact_vendor(None);
    let (home, running, gate) = painting(&vendor);
    let (linked, by_file) = (Home::default(), Home::default());
    symlink(home.data(), linked.data()).unwrap();
    fs::create_dir(by_file.data()).unwrap();
    symlink(home.database(), by_file.database()).unwrap();

    let (wallet, asked) = (home.books().wallet(), vendor.seen().len());
    let writing: [&[&str]; 5] = [&["cluster"], &["write"], &["images"], &["run", "start"], &["publish"]];
    for command in writing {
        for (other, words) in
            [(&home, "open on this folder"), (&linked, "open on this folder"), (&by_file, "is a link")]
        {
            assert_refused(&other.run(&with_site(command)), &[words], &command.join(" "));
        }
    }
    for other in [&home, &linked] {
        assert_refused(&other.run(&["credits", "grant", "5"]), &["open on this folder"], "a grant");
        assert!(
            other.json(&["credits", "balance"])["held"].as_str().is_some_and(|held| held != "0"),
            "looking is free"
        );
    }
    assert_refused(&by_file.run(&["credits", "balance"]), &["is a link"], "not even looking: whose folder is it?");
    assert_eq!((home.books().wallet(), vendor.seen().len()), (wallet, asked), "nothing moved and nobody was asked");

    assert_eq!(open(&gate, running).code, 0, "the first program never noticed");
    assert_refused(&by_file.run(&["credits", "grant", "5"]), &["is a link"], "a linked database, when nobody has it");
    linked.json(&["credits", "grant", "5"]);
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}
