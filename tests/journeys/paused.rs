//! A run whose program was killed, and the window that is opened after it: what was at work comes back paused, where it
//! was, and nothing is spent until somebody goes on, unless the site's switch says that it goes on by itself.

use crate::interrupted::killed_while_writing;
use igny8_app::commands::{planner, work};
use igny8_app::dto::work::{AiFunctionView, OperationRequest, PipelineStanding};
use igny8_app::{Fault, Igny8, OpenOptions};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, SiteId};
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_engine::pipeline::Standing;
use igny8_testkit::vendor::{Reply, Vendor};
use igny8_tests::program::Home;
use igny8_tests::vendor::{await_requests, exact_vendor, home_with};
use igny8_tests::world::World;

const SITE: [&str; 2] = ["--site", "Tea"];
const ID: &str = "1";
const TWICE: &str = "select count(*) from (select 1 from usage_log where outcome = 'settled' and related_type <> ''
    group by operation_type, related_type, related_id having count(*) > 1)";
const NOTICES: &str = "select count(*) from notification where notification_type = 'interrupted'";
const RUNS: &str = "select count(*) from run";
const OVER_CAP: &str = "select count(*) from cap where scope in ('run', 'share') and used + held > wanted";

/// A home in which a run was killed while it wrote its articles; whether its site goes on by itself.
pub fn killed_in_a_run(goes_on_by_itself: bool) -> (Home, Vendor) {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    if goes_on_by_itself {
        home.json(&["site", "edit", "Tea", "--go-on-by-itself", "yes"]);
    }
    for command in ["cluster", "ideas"] {
        home.json(&[&[command][..], &SITE].concat());
    }
    vendor.forget();
    vendor.then(Reply::Never);
    let running = home.start(&[&["run", "start"][..], &SITE].concat());
    await_requests(&vendor, 1);
    assert!(running.kill(), "it was still waiting for its answer");
    (home, vendor)
}

/// The same for a test that opens the window: waiting for the vendor takes a thread that drives nothing else.
pub async fn after_a_kill(goes_on_by_itself: bool) -> (Home, Vendor) {
    tokio::task::spawn_blocking(move || killed_in_a_run(goes_on_by_itself)).await.expect("a run is killed")
}

/// Opens the folder as the window does.
pub async fn window(home: &Home) -> Igny8 {
    let app = Igny8::open(OpenOptions { data_dir: Some(home.data()) }).await.expect("the folder opens");
    app.start().await.expect("its work starts");
    app
}

/// Waits until nothing of the site is under way.
pub async fn until_idle(app: &Igny8) {
    let mut changes = app.engine().store().changes();
    while work::pipeline(app, ID).await.expect("the pipeline can be looked at").standing != PipelineStanding::Idle {
        drop(changes.recv().await);
    }
}

/// Groups keywords that have just come, which is done at once where the runner is at work, and after whatever waited.
async fn cluster_something_new(app: &Igny8) {
    planner::keywords_add(app, ID, "1", "oolong tea\noolong tea benefits\n").await.expect("keywords can be typed");
    let request = OperationRequest {
        function: AiFunctionView::AutoCluster,
        site_id: ID.to_owned(),
        ids: Vec::new(),
        ideas: None,
        regenerate: false,
        retry: false,
    };
    let key = app.engine().new_client_key().to_string();
    let id = work::operation_start(app, request, &key).await.expect("work that was asked for starts");
    app.engine().wait_for(id.parse::<OperationId>().expect("an id")).await.expect("and ends");
}

fn assert_finished(home: &Home) {
    let books = home.books();
    assert_eq!(books.number("select count(*) from operation where status = 'pending'"), 0, "nothing is left");
    assert_eq!(books.number("select count(*) from run where ended_at = 0 or stopped_code <> ''"), 0, "the run is done");
    assert_eq!(books.open_holds(), 0);
    assert_eq!(books.number(TWICE), 0, "nothing is made or charged twice");
    assert_eq!((books.number(RUNS), books.number("select count(*) from cap where scope = 'run'")), (1, 1), "one run");
    assert_eq!(books.number(OVER_CAP), 0, "under the cap it was given");
    assert!(books.number("select count(*) from image where status = 'generated'") > 0, "to its last stage");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[test]
fn a_stop_of_all_paid_work_leaves_an_interrupted_run_waiting() {
    let (home, vendor) = killed_in_a_run(false);
    let (wallet, asked) = (home.books().wallet(), vendor.seen().len());
    home.json(&["credits", "stop"]);
    for again in [&["run", "start"][..], &["run", "start", "--cap", "90"], &["write"]] {
        let refused = home.run(&[again, &SITE].concat());
        assert_eq!((refused.code, refused.stderr.contains("stopped")), (1, true), "{again:?}: {refused:?}");
        let status = home.json(&[&["run", "status"][..], &SITE].concat());
        assert_eq!(status["run"]["status"], "interrupted", "after {again:?}: {status}");
    }
    assert_eq!((home.books().wallet(), home.books().open_holds()), (wallet, 1), "what is held for it stays held");
    home.json(&["credits", "resume"]);
    assert_eq!(vendor.seen().len(), asked, "it waits until somebody goes on with it");
    home.json(&[&["run", "start"][..], &SITE].concat());
    assert_finished(&home);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_comes_back_with_a_run_paused_and_finishes_it_once_it_is_told_to() {
    let (home, vendor) = after_a_kill(false).await;
    let asked = vendor.seen().len();
    let app = window(&home).await;
    let left = work::pipeline(&app, ID).await.unwrap();
    assert_eq!((left.standing, left.stage.as_str()), (PipelineStanding::Interrupted, "generate_content"), "{left:?}");
    assert!(left.has_run && left.units_waiting > 0 && left.held != "0", "{left:?}");
    assert_eq!(left.stopped_code, "", "it has not ended");
    let row = work::operation(&app, left.operation_id.as_deref().unwrap()).await.unwrap().row;
    assert_eq!(row.status, "interrupted");

    cluster_something_new(&app).await;
    assert_eq!(vendor.seen().len(), asked + 1, "the runner is at work, and on nothing but what was asked for");
    let told = home.run(&[&["run", "status"][..], &SITE].concat());
    assert!(told.stdout.contains("interrupted"), "from beside it is the same: {told:?}");
    assert_eq!(home.books().number(NOTICES), 1, "it is told");
    app.stop().await;
    drop(app);

    let app = window(&home).await;
    assert_eq!(home.books().number(NOTICES), 1, "and told once");
    assert_eq!(work::pipeline(&app, ID).await.unwrap().held, left.held, "what is held stays held");
    work::pipeline_resume(&app, ID).await.expect("it goes on");
    work::pipeline_resume(&app, ID).await.expect("a second click does no harm");
    until_idle(&app).await;
    let again = work::pipeline_resume(&app, ID).await;
    assert!(matches!(again, Err(Fault::WrongState { .. })), "there is nothing to go on with: {again:?}");
    app.stop().await;
    drop(app);
    assert_finished(&home);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_up_in_the_window_gives_its_hold_back_and_keeps_what_was_made() {
    let (home, vendor) = after_a_kill(false).await;
    let made = home.books().number("select count(*) from usage_log where outcome = 'settled'");
    let app = window(&home).await;
    work::pipeline_cancel(&app, ID).await.expect("it is given up");
    let state = work::pipeline(&app, ID).await.unwrap();
    assert_eq!((state.standing, state.stopped_code.as_str()), (PipelineStanding::Idle, "cancelled"), "{state:?}");
    assert_eq!((state.units_waiting, state.held.as_str(), home.books().open_holds()), (0, "0", 0));
    let asked = vendor.seen().len();
    cluster_something_new(&app).await;
    assert_eq!(vendor.seen().len(), asked + 1, "nobody is asked for it");
    app.stop().await;
    drop(app);
    assert!(home.books().number("select count(*) from usage_log where outcome = 'settled'") > made, "all that stays");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    let app = window(&home).await;
    assert_eq!(home.books().number(NOTICES), 1, "nothing is told of what was given up");
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_was_interrupted_in_a_run_goes_on_with_the_run() {
    let (home, _vendor) = after_a_kill(false).await;
    let app = window(&home).await;
    let operation = work::pipeline(&app, ID).await.unwrap().operation_id.unwrap();
    work::operation_resume(&app, &operation).await.expect("it goes on");
    until_idle(&app).await;
    let again = work::operation_resume(&app, &operation).await;
    assert!(matches!(again, Err(Fault::WrongState { .. })), "{again:?}");
    app.stop().await;
    drop(app);
    assert_finished(&home);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_given_up_takes_the_run_that_was_interrupted_in_it_along() {
    let (home, _vendor) = after_a_kill(false).await;
    let app = window(&home).await;
    let operation = work::pipeline(&app, ID).await.unwrap().operation_id.unwrap();
    work::operation_cancel(&app, &operation).await.expect("it is given up");
    assert_eq!(work::pipeline(&app, ID).await.unwrap().standing, PipelineStanding::Idle);
    assert_eq!((home.books().open_holds(), home.books().number("select count(*) from run where ended_at = 0")), (0, 0));
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_switch_is_on_a_run_goes_on_by_itself_under_its_cap() {
    let (home, _vendor) = after_a_kill(true).await;
    assert_eq!(home.json(&["site", "list"])["sites"][0]["goes_on_by_itself"], true);
    let app = window(&home).await;
    until_idle(&app).await;
    app.stop().await;
    drop(app);
    assert_finished(&home);
    assert_eq!(home.books().number(NOTICES), 0, "nobody is asked for anything");
}

#[test]
fn no_other_cap_takes_the_place_of_what_was_interrupted() {
    let calls = |home: &Home| home.books().number("select count(*) from call");
    let (in_a_run, _in_a_run) = killed_in_a_run(false);
    let (by_hand, _by_hand) = killed_while_writing();
    for (home, what) in [(in_a_run, "a run"), (by_hand, "work of no run")] {
        let (wallet, runs, made) = (home.books().wallet(), home.books().number(RUNS), calls(&home));
        let ran = home.run(&[&["run", "start"][..], &SITE, &["--cap", "90"]].concat());
        let said = "goes on under the cap it has. 'run resume' goes on with it; 'run cancel' gives it up";
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.contains(said)), (1, "", true), "{what}: {ran:?}");
        assert_eq!((home.books().wallet(), home.books().open_holds()), (wallet, 1), "{what}: what is held stays held");
        assert_eq!((home.books().number(RUNS), calls(&home)), (runs, made), "{what}: nothing is begun beside it");
        home.json(&[&["run", "resume"][..], &SITE].concat());
        let lost = "select count(*) from call c where c.attempts = 2 and c.state = 'settled'";
        assert_eq!(home.books().number(lost), 1, "{what}: what was lost goes on under its own call");
        let dropped = "select count(*) from call where state = 'released'";
        assert_eq!(home.books().number(dropped), 0, "{what}: and none was given up");
        let more = home.run(&[&["run", "start"][..], &SITE, &["--cap", "90"]].concat());
        assert_eq!(more.code, 0, "{what}: then a run may have a cap: {more:?}");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "{what}: the books balance");
    }
}

#[test]
fn what_was_interrupted_and_given_up_leaves_room_for_another_cap() {
    let (home, _vendor) = killed_in_a_run(false);
    home.json(&[&["run", "cancel"][..], &SITE].concat());
    let used = || home.books().number("select coalesce(sum(credits), 0) from usage_log");
    let (before, runs) = (used(), home.books().number(RUNS));
    let ran = home.run(&[&["run", "start"][..], &SITE, &["--cap", "1"]].concat());
    assert_eq!(ran.code, 1, "a credit is not enough for what is left: {ran:?}");
    assert!(used() - before <= 1_000_000, "no more is spent than was allowed");
    let books = home.books();
    assert_eq!((books.number(RUNS), books.number(OVER_CAP)), (runs + 1, 0), "it is another run, with a cap of its own");
    assert_eq!(books.open_holds(), 0);
}

#[test]
fn a_limit_leaves_alone_what_is_more_than_it() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    for command in ["cluster", "ideas", "write"] {
        home.json(&[&[command][..], &SITE].concat());
    }
    vendor.forget();
    // The pictures are described; the first of them never comes.
    vendor.then(Reply::Answer);
    vendor.then(Reply::Never);
    let running = home.start(&[&["images"][..], &SITE].concat());
    await_requests(&vendor, 2);
    assert!(running.kill(), "it was still waiting for its answer");
    let waiting = || home.json(&[&["run", "status"][..], &SITE].concat())["run"]["units_waiting"].clone();
    let left = waiting();
    assert!(left.as_u64() > Some(1), "there is more than one picture to make: {left}");
    let asked = vendor.seen().len();
    let ran = home.run(&[&["images"][..], &SITE, &["--limit", "1"]].concat());
    assert!(ran.stderr.contains("interrupted task waits"), "it is told: {ran:?}");
    assert!(vendor.seen().len() <= asked + 1, "no more is made than was asked for: {ran:?}");
    assert_eq!(waiting(), left, "and what waits is left alone");
    home.json(&[&["images"][..], &SITE].concat());
    assert_eq!(waiting(), 0, "without a limit it goes on");
}

#[test]
fn a_site_that_is_removed_takes_what_was_interrupted_along() {
    let (home, _vendor) = killed_in_a_run(false);
    assert_ne!(home.books().open_holds(), 0, "something is held for what was at work");
    home.json(&["site", "remove", "Tea"]);
    let books = home.books();
    assert_eq!(books.open_holds(), 0, "nobody could give it back any more");
    assert_eq!(books.number("select count(*) from operation where status = 'pending'"), 0);
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    home.json(&["site", "restore", "1"]);
    home.json(&[&["run", "start"][..], &SITE].concat());
    assert_eq!(home.books().number(TWICE), 0, "and the site is taken all the way when it is back");
}

#[test]
fn the_command_line_goes_on_with_a_run_under_its_cap_whatever_the_switch_says() {
    for goes_on_by_itself in [false, true] {
        let (home, _vendor) = killed_in_a_run(goes_on_by_itself);
        let status = home.json(&[&["run", "status"][..], &SITE].concat());
        assert_eq!(status["run"]["status"], "interrupted", "a command that begins nothing leaves it alone: {status}");
        assert_ne!(status["run"]["units_waiting"], 0, "{status}");
        home.json(&[&["run", "start"][..], &SITE].concat());
        assert_finished(&home);
    }
}

#[tokio::test]
async fn what_the_books_hold_back_is_not_said_to_be_done() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let begun = world.start(AiFunction::AutoCluster, site, Items::Waiting).await.expect("the books balance");
    assert_eq!(standing(&world, site).await, Standing::Idle, "work that was begun by hand is no run");
    let conn = rusqlite::Connection::open(world.around.database()).unwrap();
    conn.execute_batch("drop trigger transfer_is_immutable; update transfer set amount = amount + 1 where seq = 1")
        .unwrap();
    assert!(!world.engine.audit_in_full().await.unwrap().is_ok(), "the audit finds it");
    world.engine.drain().await.unwrap();
    assert_eq!(standing(&world, site).await, Standing::HeldBack, "it waits for the books");
    assert!(matches!(world.engine.take_up_site(site).await, Err(EngineError::BooksDoNotBalance)));

    world.engine.cancel_operation(begun).await.unwrap();
    let ended = world.engine.run_pipeline(world.engine.new_client_key(), site, None).await;
    assert!(matches!(ended, Err(EngineError::BooksDoNotBalance)), "{ended:?}");
    let state = world.engine.pipeline(site).await.unwrap();
    assert_eq!((state.standing, state.stopped_code.as_str()), (Standing::Idle, "books_do_not_balance"));
}

async fn standing(world: &World, site: SiteId) -> Standing {
    world.engine.pipeline(site).await.expect("the pipeline can be looked at").standing
}
