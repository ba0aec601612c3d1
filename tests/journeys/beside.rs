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

/// A program whose run has sent its first request, which is answered when the gate is opened.
fn at_its_first_request(vendor: &Vendor, home: &Home) -> (Running, Arc<Notify>) {
    let gate = Arc::new(Notify::new());
    vendor.from_now_on(Reply::When(Arc::clone(&gate)));
    let running = home.start(&with_site(&["run", "start"]));
    await_requests(vendor, 1);
    (running, gate)
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
    let (running, gate) = at_its_first_request(&vendor, &home);
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
fn a_run_is_paused_from_beside_it_and_waits_for_whoever_goes_on_with_it() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    assert_refused(&home.run(&with_site(&["run", "pause"])), &["No run"], "there is nothing to pause");
    let (running, gate) = at_its_first_request(&vendor, &home);
    let told = home.run(&with_site(&["run", "pause"]));
    assert_eq!((told.code, told.stdout.contains("pauses after the units at hand")), (0, true), "{told:?}");
    assert_eq!(home.json(&with_site(&["run", "status"]))["run"]["status"], "pausing");
    let ended = open(&gate, running);
    assert_eq!(ended.code, 1, "{ended:?}");
    assert!(ended.stderr.contains("Paused"), "{ended:?}");
    assert_eq!((vendor.seen().len(), home.books().open_holds()), (1, 0), "the one at hand, and no other");
    let status = home.json(&with_site(&["run", "status"]));
    assert_eq!((&status["run"]["status"], &status["run"]["trigger"]), (&"paused".into(), &"manual".into()));
    assert_eq!(home.run(&["site", "list"]).stderr, "", "a pause is nothing to warn of");
    vendor.from_now_on(Reply::Answer);
    let run = home.json(&with_site(&["run", "resume"]));
    assert_eq!(run["run"]["status"], "completed", "{run}");
    assert_eq!(home.books().number("select count(*) from run"), 1, "the same run, to its end");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

#[test]
fn all_work_goes_on_at_a_price_that_is_told_before_and_says_what_ended_it() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let (running, gate) = at_its_first_request(&vendor, &home);
    assert_eq!(home.run(&["run", "pause", "--all"]).code, 0, "the other program obeys");
    assert_eq!(open(&gate, running).code, 1, "it waits after what was at hand");
    vendor.from_now_on(Reply::Answer);
    let day = home.books().number("select sum(credits) / 1000000 from usage_log") + 3;
    home.json(&["credits", "limit", "day", &day.to_string()]);
    let resumed = home.run(&["run", "resume", "--all"]);
    assert!(
        resumed.stderr.contains("Going on with all: ") && resumed.stderr.contains(" left afterwards"),
        "{resumed:?}"
    );
    assert_eq!(resumed.code, 1, "it did not come to its end: {resumed:?}");
    let why = "The run of Tea ended early: ";
    assert!(resumed.stderr.contains(why) && resumed.stderr.contains("credits limit day"), "{resumed:?}");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_goes_on_with_a_paused_run_when_it_is_asked_to_from_beside() {
    let vendor = Arc::new(exact_vendor(None));
    let at_home = Arc::clone(&vendor);
    let home = tokio::task::spawn_blocking(move || home_with(&at_home)).await.expect("a home is made");
    let home = Arc::new(home);
    let app = crate::paused::window(&home).await;
    let gate = Arc::new(Notify::new());
    vendor.from_now_on(Reply::When(Arc::clone(&gate)));
    let key = app.engine().new_client_key().to_string();
    igny8_app::commands::work::pipeline_start(&app, "1", None, &key).await.unwrap();
    vendor.arrival().await;
    let beside = |command: &'static str| {
        let home = Arc::clone(&home);
        tokio::task::spawn_blocking(move || home.run(&with_site(&["run", command])))
    };
    assert_eq!(beside("pause").await.unwrap().code, 0);
    vendor.from_now_on(Reply::Answer);
    gate.notify_waiters();
    let resumed = beside("resume").await.unwrap();
    assert_eq!((resumed.code, resumed.stdout.contains("goes on")), (0, true), "{resumed:?}");
    crate::paused::until_idle(&app).await;
    assert_eq!(home.books().number("select count(*) from run where stopped_code = '' and ended_at > 0"), 1);
    let refused = beside("resume").await.unwrap();
    assert_eq!(refused.code, 1, "nothing stands still: {refused:?}");
    app.stop().await;
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
