//! All AI work paused at one word: runs, single tasks and what is due stand still, also in the next process; and what goes
//! on afterwards is what that held, and nothing else.

use crate::pausing::{living, standing};
use igny8_core::automation::CatchUp;
use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::inbox::Need;
use igny8_core::time::UtcMs;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_engine::pause_all::NotDone;
use igny8_engine::pipeline::{Rest, Standing};
use igny8_testkit::scripted::Reply;
use igny8_tests::program::Home;
use igny8_tests::world::World;
use std::sync::Arc;
use tokio::sync::Notify;

/// A site with keywords to group.
async fn site(world: &World, name: &str) -> SiteId {
    let (site, sectors) = world.add_site(name, &["Tea"]).await;
    let keywords = "green tea benefits\ngreen tea for sleep\nbest teapot\nbest cast iron teapot\n";
    world.engine.add_keywords(keywords, site, sectors[0]).await.expect("keywords can be typed");
    site
}

async fn until(world: &World, site: SiteId, wanted: Standing) {
    let mut changes = world.engine.store().changes();
    while standing(world, site).await != wanted {
        drop(changes.recv().await);
    }
}

/// A gate that holds the next request back.
fn gate(world: &World) -> Arc<Notify> {
    let gate = Arc::new(Notify::new());
    world.around.script.then(Reply::When(Arc::clone(&gate)));
    gate
}

async fn start_run(world: &World, site: SiteId) {
    world.engine.start_run(world.engine.new_client_key(), site, None).await.expect("the run is let in");
}

#[tokio::test]
async fn everything_stands_still_in_the_next_process_too_and_only_what_was_held_goes_on() {
    let world = World::new().await;
    let [run, by_itself, single] =
        [site(&world, "Run").await, site(&world, "By itself").await, site(&world, "Single").await];
    living(&world, async {
        let hold = gate(&world);
        start_run(&world, by_itself).await;
        world.around.script.arrival().await;
        world.engine.pause_pipeline(by_itself).await.expect("it is under way");
        hold.notify_one();
        until(&world, by_itself, Standing::Paused).await;
    })
    .await;
    let task = world.start(AiFunction::AutoCluster, single, Items::Waiting).await.expect("a task starts");
    let done = world.engine.pause_all().await.expect("all is paused");
    assert_eq!((done.runs, done.tasks, done.not_done.len()), (0, 1, 0), "what was under way");
    assert_eq!(standing(&world, single).await, Standing::Paused, "a single task is paused, not interrupted");
    let (needs, _) = world.engine.needs(single).await.unwrap();
    assert!(needs.iter().any(|row| row.need == Need::Paused && row.title == "auto_cluster"), "{needs:?}");
    living(&world, async {
        let hold = gate(&world);
        start_run(&world, run).await;
        world.around.script.arrival().await;
        let done = world.engine.pause_all().await.expect("all is paused again");
        assert_eq!((done.runs, done.tasks), (1, 0), "what a person began meanwhile is held by the next word");
        assert_eq!(standing(&world, run).await, Standing::Pausing, "what is at hand is finished");
        hold.notify_one();
        until(&world, run, Standing::Paused).await;
    })
    .await;
    world.assert_books_closed().await;

    let world = world.restart().await;
    assert!(world.engine.all_paused().await.unwrap().is_some(), "it outlives its process");
    let asked = world.around.script.asked().len();
    world.engine.drain().await.expect("nothing fails");
    assert_eq!(world.around.script.asked().len(), asked, "nothing is asked for");
    assert_eq!((standing(&world, run).await, standing(&world, single).await), (Standing::Paused, Standing::Paused));
    let interrupted = "select count(*) from notification where notification_type = 'interrupted'";
    assert_eq!(world.books().number(interrupted), 0, "nobody is told of what they paused themselves");

    let price = world.engine.rest_of_all().await.expect("it has a price");
    let Ok(Rest::Run(of_run)) = world.engine.rest_of_site(run).await else { panic!("the run has a price") };
    let Ok(Rest::Work(of_task)) = world.engine.rest_of_operation(task).await else { panic!("and so has the task") };
    assert_eq!(price.credits.max, of_run.credits.max.plus(of_task.credits_max), "what each part costs by itself");
    assert_eq!(price.cost.min, of_run.cost.min.plus(of_task.cost));
    assert!(price.credits.min.0 > 0 && price.is_affordable && price.unpriced.is_empty(), "{price:?}");
    let used = || world.books().number("select coalesce(sum(credits), 0) from usage_log");
    let before = used();
    living(&world, async {
        let done = world.engine.resume_all().await.expect("it goes on");
        assert_eq!((done.runs, done.tasks, done.not_done.len()), (1, 1, 0));
        world.engine.wait_for(task).await.expect("the task comes to its end");
        until(&world, run, Standing::Idle).await;
        until(&world, single, Standing::Idle).await;
    })
    .await;
    let spent = used() - before;
    assert!((price.credits.min.0..=price.credits.max.0).contains(&spent), "{spent} was told: {price:?}");
    let nothing = world.engine.rest_of_all().await.unwrap();
    assert_eq!((nothing.credits.max.0, nothing.is_affordable), (0, true), "there is nothing to go on with");
    assert_eq!(standing(&world, by_itself).await, Standing::Paused, "what somebody paused by itself stays paused");
    assert_eq!(world.books().number("select count(*) from run where ended_at > 0 and stopped_code = ''"), 1);
    assert!(world.engine.all_paused().await.unwrap().is_none());
    assert_eq!(world.engine.resume_all().await.unwrap().runs, 0, "a second word does nothing");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn what_is_due_waits_and_is_made_up_for_when_work_goes_on() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let mut chosen = world.engine.automation(site).await.unwrap();
    chosen.is_enabled = true;
    chosen.schedule.minute_of_day = 14 * 60;
    chosen.schedule.catch_up = CatchUp::Latest;
    world.engine.set_automation(site, chosen, false).await.unwrap();
    world.engine.keep_appointments().await.unwrap();
    world.engine.pause_all().await.unwrap();
    world.around.clock.set(UtcMs::from_rfc3339("2026-11-23T18:00:00Z").unwrap());
    assert_eq!(world.engine.keep_appointments().await.unwrap(), None, "nothing is planned meanwhile");
    assert_eq!(world.books().number("select count(*) from occurrence"), 0, "nothing was decided of it either");
    world.engine.resume_all().await.unwrap();
    living(&world, async {
        world.engine.keep_appointments().await.unwrap();
        while world.books().number("select count(*) from run where ended_at > 0") == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(world.books().number("select count(*) from run where trigger = 'catch_up' and stopped_code = ''"), 1);
}

#[tokio::test]
async fn what_somebody_has_gone_on_with_and_paused_again_is_not_taken_up_with_the_rest() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    living(&world, async {
        let hold = gate(&world);
        start_run(&world, site).await;
        world.around.script.arrival().await;
        world.engine.pause_all().await.unwrap();
        world.around.clock.advance_ms(60_000);
        world.engine.resume_run(site).await.expect("a person may go on with one of them");
        world.engine.pause_pipeline(site).await.expect("and pause it again");
        hold.notify_one();
        until(&world, site, Standing::Paused).await;
        assert_eq!(world.engine.resume_all().await.unwrap().runs, 0);
    })
    .await;
    assert_eq!(standing(&world, site).await, Standing::Paused);
}

#[tokio::test]
async fn what_cannot_go_on_is_named_one_by_one_and_stays_paused_by_itself() {
    let world = World::new().await;
    let sites = [site(&world, "One").await, site(&world, "Other").await];
    for site in sites {
        world.start(AiFunction::AutoCluster, site, Items::Waiting).await.expect("a task starts");
    }
    world.engine.pause_all().await.unwrap();
    world.engine.stop_spending().await.unwrap();
    let done = world.engine.resume_all().await.expect("it goes past the first that cannot go on");
    let is_refused = |one: &NotDone| {
        one.function == Some(AiFunction::AutoCluster) && matches!(one.error, EngineError::SpendingStopped)
    };
    assert!(done.not_done.len() == 2 && done.not_done.iter().all(is_refused), "{done:?}");
    let told = "select count(*) from notification where notification_type = 'work_not_resumed'
        and params like '%spending_stopped%'";
    assert_eq!(world.books().number(told), 1, "told in one");
    assert!(world.engine.all_paused().await.unwrap().is_none(), "nothing is held as a whole any more");
    world.engine.allow_spending().await.unwrap();
    for site in sites {
        world.engine.resume_run(site).await.expect("each waits for its own word");
    }
    world.engine.drain().await.unwrap();
    assert_eq!(world.books().number("select count(*) from operation where status = 'success'"), 2);
    world.assert_books_closed().await;
}

#[test]
fn the_command_line_pauses_all_and_goes_on_with_it() {
    let home = Home::default();
    home.json(&["site", "add", "--name", "Tea", "--kind", "folder", "--sector", "Leaves"]);
    let neither = home.run(&["run", "pause"]);
    assert_eq!((neither.code, neither.stderr.contains("--site")), (2, true), "neither a site nor all: {neither:?}");
    let paused = home.json(&["run", "pause", "--all"]);
    assert!(paused["all_paused"]["since"].is_string(), "{paused}");
    assert_eq!((&paused["all_paused"]["runs"], &paused["all_paused"]["tasks"]), (&0.into(), &0.into()));
    let resumed = home.json(&["run", "resume", "--all"]);
    assert!(resumed["all_paused"]["since"].is_null(), "{resumed}");
    assert_eq!(home.run(&["run", "resume", "--all"]).code, 0, "there is nothing to do");
}
