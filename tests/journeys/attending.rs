//! A program that somebody has open: what it does by itself, with the loops that it really has, over a real store. Only time
//! is the test's: it passes second by second, or jumps, as for a computer that slept.

use crate::outbox::approved;
use igny8_core::automation::CatchUp;
use igny8_core::id::SiteId;
use igny8_core::port::destination::RemoteStatus;
use igny8_core::schedule::{HandOver, MissedRule};
use igny8_core::time::UtcMs;
use igny8_engine::schedule::{Placement, When};
use igny8_store::StoreError;
use igny8_testkit::scripted::Reply;
use igny8_tests::world::World;
use std::sync::Arc;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

/// Seconds that may pass until something is so: five hours and a half.
const SECONDS_MAX: usize = 20_000;

/// What goes on in the background of a program, and the word that ends it.
fn live(world: &World) -> (watch::Sender<bool>, JoinHandle<()>) {
    let (stop, stopped) = watch::channel(false);
    let engine = Arc::clone(&world.engine);
    (stop, tokio::spawn(async move { engine.live(stopped).await }))
}

/// Lets so many seconds pass, each with time for whatever they wake.
async fn pass(world: &World, seconds: usize) {
    for _ in 0..seconds {
        world.around.clock.advance_ms(1_000);
        tokio::task::yield_now().await;
        let looked = world.engine.store().read(|r| r.spending_stopped_at().map(drop));
        looked.await.expect("the file can be read");
    }
}

/// Lets time pass until a query answers so.
async fn until(world: &World, query: &str, wanted: i64) {
    for _ in 0..SECONDS_MAX {
        if world.books().number(query) == wanted {
            return;
        }
        pass(world, 1).await;
    }
    panic!("it never came to {wanted}: {query}");
}

fn at(text: &str) -> UtcMs {
    UtcMs::from_rfc3339(text).expect("an instant")
}

fn number(world: &World, query: &str) -> i64 {
    world.books().number(query)
}

const RUNS: &str = "select count(*) from run";
const ENDED: &str = "select count(*) from run where ended_at > 0";
const PUBLISHED: &str = "select count(*) from content where delivery = 'published'";
const MISSED: &str = "select count(*) from notification where notification_type = 'automation_missed'";

/// Runs of the site every day at two in the afternoon; and an article that this computer publishes at ten.
async fn plan(world: &World) -> SiteId {
    let site = SiteId(number(world, "select id from site"));
    let content = igny8_core::id::ContentId(number(world, "select id from content"));
    let mut chosen = world.engine.automation(site).await.unwrap();
    chosen.is_enabled = true;
    chosen.schedule.minute_of_day = 14 * 60;
    chosen.schedule.catch_up = CatchUp::Latest;
    world.engine.set_automation(site, chosen, false).await.unwrap();
    world.engine.set_publishing(site, HandOver::Computer, MissedRule::Tell).await.unwrap();
    let time = Some(When::Instant(at("2026-11-23T10:00:00Z")));
    world.engine.schedule(vec![Placement { content, at: time }]).await.unwrap();
    site
}

/// A keyword that is new, so that a run has something to do.
async fn something_new(world: &World, site: SiteId) {
    let sector = world.engine.store().read(move |r| Ok::<_, StoreError>(r.sectors(site)?[0].id)).await.unwrap();
    world.engine.add_keywords("matcha whisk\nmatcha bowl\n", site, sector).await.expect("keywords can be typed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_program_does_what_is_due_makes_up_for_sleep_and_ends_cleanly() {
    let (world, _) = approved(1).await;
    let site = plan(&world).await;
    let (stop, background) = live(&world);
    until(&world, PUBLISHED, 1).await;
    assert_eq!(world.around.remote.posts()[0].status, RemoteStatus::Publish, "what waits goes out, at its time");

    // Nobody has it open: a command that is over in a minute begins nothing.
    world.around.clock.set(at("2026-11-23T14:00:30Z"));
    pass(&world, 120).await;
    assert_eq!(number(&world, RUNS), 0);
    world.engine.attend();
    until(&world, ENDED, 1).await;
    assert_eq!(number(&world, "select count(*) from run where trigger = 'scheduled' and stopped_code = ''"), 1);
    assert_eq!(number(&world, MISSED), 0);

    // The lid is closed for three days: timers stand still, and the clock on the wall does not.
    something_new(&world, site).await;
    world.around.clock.set(at("2026-11-26T16:00:00Z"));
    until(&world, ENDED, 2).await;
    assert_eq!(number(&world, "select count(*) from run where trigger = 'catch_up' and stopped_code = ''"), 1);
    assert_eq!(number(&world, MISSED), 1, "what was not made up for is told");

    stop.send_replace(true);
    background.await.expect("it ends by itself");
    assert_eq!(
        number(&world, "select count(*) from job where state in ('ready', 'leased')"),
        0,
        "nothing is in its hands"
    );
    world.assert_books_closed().await;
    something_new(&world, site).await;
    world.around.clock.set(at("2026-11-27T14:00:30Z"));
    pass(&world, 120).await;
    assert_eq!(number(&world, RUNS), 2, "and it does nothing any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_that_ends_in_the_middle_of_a_due_run_leaves_it_to_the_next_one() {
    let (world, _) = approved(1).await;
    let site = plan(&world).await;
    let (stop, background) = live(&world);
    world.engine.attend();
    something_new(&world, site).await;
    let gate = Arc::new(Notify::new());
    world.around.script.then(Reply::When(Arc::clone(&gate)));
    world.around.clock.set(at("2026-11-23T14:00:30Z"));
    until(&world, RUNS, 1).await;
    world.around.script.arrival().await;
    stop.send_replace(true);
    gate.notify_one();
    background.await.expect("it ends by itself");
    assert_eq!(number(&world, "select count(*) from job where state = 'leased'"), 0, "what was at hand was finished");
    let world = world.restart().await;
    let (stop, background) = live(&world);
    world.engine.attend();
    pass(&world, 120).await;
    assert_eq!(number(&world, "select count(*) from run"), 1, "it is begun once");
    world.engine.resume_run(site).await.expect("it waits to be gone on with");
    until(&world, ENDED, 1).await;
    stop.send_replace(true);
    background.await.expect("it ends by itself");
    assert_eq!(number(&world, "select count(*) from run where stopped_code = ''"), 1, "to its end");
    world.assert_books_closed().await;
}
