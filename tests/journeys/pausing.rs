//! Runs that are paused, gone on with and cancelled: whatever comes after the other, and wherever the process ends. The
//! web system had its lock beside its runs and lost it in six ways; each is a test here.

use igny8_core::automation::{Automation, RunStage};
use igny8_core::id::SiteId;
use igny8_core::status::{RunEventKind, RunTrigger};
use igny8_engine::pipeline::Standing;
use igny8_engine::{Engine, EngineError};
use igny8_store::Store;
use igny8_testkit::scripted::Reply;
use igny8_tests::world::{Surroundings, World};
use std::sync::Arc;
use tokio::sync::{Notify, watch};

pub(super) async fn standing(world: &World, site: SiteId) -> Standing {
    world.engine.pipeline(site).await.expect("the pipeline can be looked at").standing
}

/// What happens at the site, as its run's log has it; items left out.
fn log(world: &World) -> Vec<String> {
    world.books().rows(
        "select kind from run_event where kind in ('began', 'paused', 'resumed', 'interrupted', 'ended') order by id",
        [],
        |row| row.get(0),
    )
}

async fn start(world: &World, site: SiteId) -> Result<(), EngineError> {
    world.engine.run_pipeline(world.engine.new_client_key(), site, None).await
}

/// A world with a site, and what lives in the background of a process while `story` is told.
pub(super) async fn living<T>(world: &World, story: impl Future<Output = T>) -> T {
    let (stop, stopped) = watch::channel(false);
    let driving = world.engine.drive_runs(stopped.clone());
    let told = async {
        let told = story.await;
        stop.send_replace(true);
        told
    };
    tokio::join!(world.engine.run(stopped), driving, told).2
}

/// Holds the next request back until the gate is opened, once a run has sent it.
async fn at_a_request(world: &World, site: SiteId) -> Arc<Notify> {
    let gate = Arc::new(Notify::new());
    world.around.script.then(Reply::When(Arc::clone(&gate)));
    let (key, engine) = (world.engine.new_client_key(), Arc::clone(&world.engine));
    engine.start_run(key, site, None).await.expect("the run is let in");
    world.around.script.arrival().await;
    gate
}

/// Has a run begin and pauses it in the middle of a request.
async fn paused(world: &World, site: SiteId) {
    let gate = at_a_request(world, site).await;
    world.engine.pause_pipeline(site).await.expect("it is under way");
    gate.notify_one();
    until(world, site, Standing::Paused).await;
}

/// Has a paused run go on, and holds its next request back until the gate is opened.
async fn resumed_at_a_request(world: &World, site: SiteId) -> Arc<Notify> {
    let gate = Arc::new(Notify::new());
    world.around.script.then(Reply::When(Arc::clone(&gate)));
    world.engine.resume_run(site).await.expect("it goes on");
    world.around.script.arrival().await;
    gate
}

/// Waits until the pipeline stands so.
async fn until(world: &World, site: SiteId, wanted: Standing) {
    let mut changes = world.engine.store().changes();
    while standing(world, site).await != wanted || world.engine.is_driving(site) != (wanted == Standing::Running) {
        drop(changes.recv().await);
    }
}

#[tokio::test]
async fn a_pause_finishes_the_item_at_hand_and_begins_no_other() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    living(&world, async {
        let gate = at_a_request(&world, site).await;
        world.engine.pause_pipeline(site).await.expect("it is under way");
        assert_eq!(standing(&world, site).await, Standing::Pausing, "what is at hand is not given up");
        gate.notify_one();
        until(&world, site, Standing::Paused).await;
        let asked = world.around.script.asked().len();
        assert_eq!(world.books().open_holds(), 0, "its result is stored and charged");
        assert!(world.books().plan()["clusters"] > 0, "and there");
        world.engine.drain().await.expect("nothing fails");
        assert_eq!(world.around.script.asked().len(), asked, "nothing further is asked for");

        world.engine.resume_run(site).await.expect("it goes on");
        until(&world, site, Standing::Idle).await;
        assert!(world.books().plan()["pictures"] > 0, "to its end");
        assert_eq!(log(&world), ["began", "paused", "resumed", "ended"]);
    })
    .await;
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_cancel_that_is_under_way_is_told_to_whoever_looks_and_by_the_next_process() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.engine.set_automation(site, Automation::default(), false).await.expect("it waits after an interruption");
    let look = async |engine: &Engine| engine.pipeline(site).await.expect("the pipeline can be looked at");
    let (_stop, stopped) = watch::channel(false);
    let story = async {
        at_a_request(&world, site).await;
        assert!(!look(&world.engine).await.is_cancelling, "nobody has asked for it");
        world.engine.cancel_pipeline(site).await.expect("it is under way");
        let state = look(&world.engine).await;
        assert_eq!((state.standing, state.is_cancelling), (Standing::Running, true), "the item at hand has no end yet");
        let beside = Store::open_read_only(&world.around.database()).expect("it can be read from beside");
        assert!(look(&world.around.engine(beside)).await.is_cancelling, "seen from beside it is the same");
        let runs = world.engine.store().read(move |r| r.runs_page(site, None, 9)).await.expect("runs can be read").rows;
        assert!(runs[0].has_open_work && runs[0].row.stopped_code == "cancelled", "and in the list of runs: {runs:?}");
    };
    tokio::select! {
        () = world.engine.run(stopped.clone()) => panic!("nobody has stopped it"),
        () = world.engine.drive_runs(stopped) => panic!("nobody has stopped it"),
        () = story => {}
    }
    let world = world.restart().await;
    let state = look(&world.engine).await;
    assert_eq!((state.standing, state.is_cancelling), (Standing::Interrupted, true), "the next process knows of it");
    world.engine.cancel_run(site).await.expect("what was at hand is given up");
    let state = look(&world.engine).await;
    assert_eq!((state.standing, state.is_cancelling), (Standing::Idle, false));
    assert_eq!(log(&world), ["began", "ended"], "it has ended once");
    world.assert_books_closed().await;
}

/// Web bug 1: a cancelled run left its lock, so that no other could begin.
#[tokio::test]
async fn a_cancel_leaves_nothing_that_keeps_the_next_run_from_beginning() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    living(&world, async {
        let gate = at_a_request(&world, site).await;
        world.engine.cancel_pipeline(site).await.expect("it is under way");
        gate.notify_one();
        until(&world, site, Standing::Idle).await;
        world.engine.start_run(world.engine.new_client_key(), site, None).await.expect("another may begin");
        until(&world, site, Standing::Running).await;
        until(&world, site, Standing::Idle).await;
    })
    .await;
    assert_eq!(world.books().number("select count(*) from run where stopped_code = 'cancelled'"), 1);
    assert_eq!(world.books().number("select count(*) from run where stopped_code = '' and ended_at > 0"), 1);
    world.assert_books_closed().await;
}

/// Web bug 2: a resumed run did not take its lock again, so that a second one began beside it.
#[tokio::test]
async fn a_run_that_goes_on_keeps_every_other_out() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    living(&world, async {
        paused(&world, site).await;
        let gate = resumed_at_a_request(&world, site).await;
        let second = start(&world, site).await;
        assert!(matches!(second, Err(EngineError::WrongState("pipeline"))), "{second:?}");
        let due = world.engine.run_due(world.engine.new_client_key(), site, RunTrigger::Scheduled).await;
        assert!(matches!(due, Err(EngineError::WrongState("pipeline"))), "{due:?}");
        gate.notify_one();
        until(&world, site, Standing::Idle).await;
    })
    .await;
    assert_eq!(world.books().number("select count(*) from run"), 1);
    world.assert_books_closed().await;
}

/// Web bug 3: a run that went on did not look again whether it was paused or cancelled.
#[tokio::test]
async fn a_run_that_goes_on_obeys_the_next_pause_and_the_cancel_after_it() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    living(&world, async {
        paused(&world, site).await;
        let gate = resumed_at_a_request(&world, site).await;
        world.engine.pause_pipeline(site).await.unwrap();
        gate.notify_one();
        until(&world, site, Standing::Paused).await;
        world.engine.cancel_pipeline(site).await.expect("a paused run is given up");
        assert_eq!(standing(&world, site).await, Standing::Idle);
    })
    .await;
    assert_eq!(log(&world), ["began", "paused", "resumed", "paused", "ended"]);
    assert_eq!(world.books().number("select count(*) from run where stopped_code = 'cancelled'"), 1);
    world.assert_books_closed().await;
}

/// Web bug 4: a process that ended while a run went on kept its lock for ever.
#[tokio::test]
async fn a_process_that_ends_while_a_run_goes_on_leaves_it_to_be_gone_on_with() {
    let around = Surroundings::default();
    let world = World::new_in(around).await;
    let site = world.add_tea_site().await;
    let world = cut_off_after_a_resume(world, site).await;
    assert_eq!(standing(&world, site).await, Standing::Interrupted);
    living(&world, async {
        world.engine.resume_run(site).await.expect("nobody is at it");
        until(&world, site, Standing::Idle).await;
    })
    .await;
    assert_eq!(log(&world), ["began", "paused", "resumed", "interrupted", "resumed", "ended"]);
    world.assert_books_closed().await;
}

/// A run that is paused, gone on with, and cut off with a request on its way; and the process after it.
async fn cut_off_after_a_resume(world: World, site: SiteId) -> World {
    let off = world.engine.store().write(move |w| w.set_site_goes_on(site, false, igny8_core::time::UtcMs(1)));
    off.await.expect("a switch can be set");
    let (stop, stopped) = watch::channel(false);
    let story = async {
        paused(&world, site).await;
        world.around.script.then(Reply::Never);
        world.engine.resume_run(site).await.unwrap();
        world.around.script.arrival().await;
    };
    tokio::select! {
        _ = async { tokio::join!(world.engine.run(stopped.clone()), world.engine.drive_runs(stopped)) } => {}
        () = story => {}
    }
    drop(stop);
    world.restart().await
}

/// Web bug 5: the scheduler took a paused run for none, and began another.
#[tokio::test]
async fn a_run_whose_time_has_come_begins_none_beside_a_paused_one() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    living(&world, async {
        paused(&world, site).await;
        let due = world.engine.run_due(world.engine.new_client_key(), site, RunTrigger::CatchUp).await;
        assert!(matches!(due, Err(EngineError::WrongState("pipeline"))), "{due:?}");
        assert_eq!(standing(&world, site).await, Standing::Paused, "and it leaves the pause alone");
    })
    .await;
    let world = world.restart().await;
    assert_eq!(standing(&world, site).await, Standing::Paused, "so does a start, though its site goes on by itself");
    let due = world.engine.run_due(world.engine.new_client_key(), site, RunTrigger::Scheduled).await;
    assert!(matches!(due, Err(EngineError::WrongState("pipeline"))), "{due:?}");
    assert_eq!(world.books().number("select count(*) from run"), 1);
}

/// Web bug 6: a pause was nowhere on record.
#[tokio::test]
async fn every_pause_and_its_end_stand_in_the_log_with_their_times() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    living(&world, async {
        let gate = at_a_request(&world, site).await;
        world.engine.pause_pipeline(site).await.unwrap();
        world.engine.pause_pipeline(site).await.expect("a second click does nothing");
        gate.notify_one();
        until(&world, site, Standing::Paused).await;
        world.around.clock.advance_ms(90_000);
        world.engine.resume_run(site).await.unwrap();
        until(&world, site, Standing::Idle).await;
    })
    .await;
    let run = world.engine.store().read(move |r| r.newest_run(site)).await.unwrap().expect("there was one");
    assert_eq!(run.still_ms, 90_000, "and how long it stood still");
    let events = world.engine.store().read(move |r| r.run_log(run.id)).await.unwrap();
    let at = |kind| events.iter().find(|event| event.kind == kind).expect("it is in the log").at;
    assert_eq!(at(RunEventKind::Resumed).0 - at(RunEventKind::Paused).0, 90_000);
}

#[tokio::test]
async fn a_pause_holds_between_two_stages_and_over_a_start() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let chosen = igny8_core::automation::Automation { between_delay_s: 60, ..Default::default() };
    world.engine.set_automation(site, chosen, true).await.expect("it can be chosen");
    living(&world, async {
        world.engine.start_run(world.engine.new_client_key(), site, None).await.unwrap();
        // It rests after its first stage.
        let mut changes = world.engine.store().changes();
        while world.books().number("select count(*) from run_stage where ended_at > 0") == 0 {
            drop(changes.recv().await);
        }
        world.engine.pause_pipeline(site).await.unwrap();
        until(&world, site, Standing::Paused).await;
    })
    .await;
    let asked = world.around.script.asked().len();
    let world = world.restart().await;
    world.engine.drain().await.unwrap();
    assert_eq!((standing(&world, site).await, world.around.script.asked().len()), (Standing::Paused, asked));
    living(&world, async {
        world.engine.set_automation(site, Default::default(), true).await.unwrap();
        world.engine.resume_run(site).await.unwrap();
        until(&world, site, Standing::Idle).await;
    })
    .await;
    let stages = "select count(*) from run_event where kind = 'stage_began' and stage = 'auto_cluster'";
    assert_eq!(world.books().number(stages), 1, "a stage that is over is not begun again");
    let last = world.engine.store().read(move |r| r.newest_run(site)).await.unwrap().expect("there was one");
    assert_eq!((last.stage, last.stopped_code.as_str()), (Some(RunStage::Review), ""));
    world.assert_books_closed().await;
}

#[tokio::test]
async fn nothing_can_be_paused_where_no_run_is_open() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let paused = world.engine.pause_pipeline(site).await;
    assert!(matches!(paused, Err(EngineError::WrongState("pipeline"))), "{paused:?}");
    let resumed = world.engine.resume_run(site).await;
    assert!(matches!(resumed, Err(EngineError::WrongState("pipeline"))), "{resumed:?}");
}
