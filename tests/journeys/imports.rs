//! Long work makes way: an import takes the writer for as long as nobody else wants it, and no paid work is under way.

use igny8_core::function::AiFunction;
use igny8_core::topic::Topic;
use igny8_engine::operation::Items;
use igny8_store::StoreError;
use igny8_testkit::scripted::Reply;
use igny8_tests::world::World;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{Notify, watch};

/// As many as can be typed at once: some hundred milliseconds of the writer's time.
const KEYWORDS: usize = 5_000;
/// Longer than a slice may take.
const TICK_MS: u64 = 10;

/// What goes on beside an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// Nothing.
    Nothing,
    /// Somebody clicks all the time.
    Clicks,
    /// A vendor was asked and has not answered; nobody waits for the writer.
    PaidWork,
}

/// Imports by a clock that moves on with each look at it, and answers how many commits that took.
async fn commits_of_an_import(beside: Beside) -> usize {
    let world = World::new().await;
    let (site, sectors) = world.add_site("Tea garden", &["Tea"]).await;
    let answer = Arc::new(Notify::new());
    let (stop, stopped) = watch::channel(false);
    let engine = Arc::clone(&world.engine);
    let running = tokio::spawn(async move {
        if beside == Beside::PaidWork {
            engine.run(stopped).await;
        }
    });
    if beside == Beside::PaidWork {
        world.engine.add_keywords("green tea", site, sectors[0]).await.expect("it can be typed");
        world.around.script.then(Reply::When(Arc::clone(&answer)));
        world.start(AiFunction::AutoCluster, site, Items::Waiting).await.expect("it starts");
        world.around.script.arrival().await;
    }
    let is_over = Arc::new(AtomicBool::new(beside != Beside::Clicks));
    let (store, over) = (world.engine.store().clone(), Arc::clone(&is_over));
    let clicking = tokio::spawn(async move {
        while !over.load(Ordering::Relaxed) {
            store.write(|_| Ok::<_, StoreError>(())).await.expect("a click is answered");
        }
    });
    world.around.clock.pass_with_each_look(TICK_MS);
    let mut changes = world.engine.store().changes();
    let typed: Vec<String> = (0..KEYWORDS).map(|number| format!("tea number {number}")).collect();
    let added = world.engine.add_keywords(&typed.join("\n"), site, sectors[0]).await.expect("they can be typed");
    world.around.clock.pass_with_each_look(0);
    is_over.store(true, Ordering::Relaxed);
    clicking.await.expect("the clicks end");
    assert_eq!(usize::try_from(added.added).unwrap(), KEYWORDS);
    let commits = std::iter::from_fn(|| changes.try_recv().ok());
    let commits = commits.filter(|change| change.topics.contains(&Topic::Keywords)).count();
    stop.send_replace(true);
    answer.notify_one();
    running.await.expect("the work that was begun ends");
    commits
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_one_commit_in_peace_and_makes_way_for_whoever_waits() {
    assert_eq!(commits_of_an_import(Beside::Nothing).await, 1, "all of it or nothing, whatever time passes");
    assert!(commits_of_an_import(Beside::Clicks).await > 1, "in slices, with clicks answered between them");
}

/// What a paid answer waits for when it comes is one slice, which was begun when nobody waited yet.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_takes_the_writer_for_a_slice_at_a_time_while_paid_work_is_under_way() {
    let commits = commits_of_an_import(Beside::PaidWork).await;
    assert!(commits > KEYWORDS / 100, "each look at the clock ends a slice, though nobody waits: {commits} commits");
}
