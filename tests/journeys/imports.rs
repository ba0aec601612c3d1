//! Long work makes way: an import takes the writer for as long as nobody else wants it.

use igny8_core::topic::Topic;
use igny8_store::StoreError;
use igny8_tests::world::World;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// As many as can be typed at once: some hundred milliseconds of the writer's time.
const KEYWORDS: usize = 5_000;
/// Longer than a slice may take.
const TICK_MS: i64 = 10;

/// Imports, and answers how many commits that took, with somebody who clicks all the time or in peace.
async fn commits_of_an_import(has_clicks: bool) -> usize {
    let world = World::new().await;
    let (site, sectors) = world.add_site("Tea garden", &["Tea"]).await;
    let is_over = Arc::new(AtomicBool::new(!has_clicks));
    let (store, over) = (world.engine.store().clone(), Arc::clone(&is_over));
    let clicking = tokio::spawn(async move {
        while !over.load(Ordering::Relaxed) {
            store.write(|_| Ok::<_, StoreError>(())).await.expect("a click is answered");
        }
    });
    // Time goes on while a click waits, too.
    let (clock, over) = (world.around.clock.clone(), Arc::clone(&is_over));
    let ticking = tokio::spawn(async move {
        while !over.load(Ordering::Relaxed) {
            clock.advance_ms(TICK_MS);
            tokio::task::yield_now().await;
        }
    });
    let mut changes = world.engine.store().changes();
    let typed: Vec<String> = (0..KEYWORDS).map(|number| format!("tea number {number}")).collect();
    let added = world.engine.add_keywords(&typed.join("\n"), site, sectors[0]).await.expect("they can be typed");
    is_over.store(true, Ordering::Relaxed);
    clicking.await.expect("the clicks end");
    ticking.await.expect("so does the clock");
    assert_eq!(usize::try_from(added.added).unwrap(), KEYWORDS);
    std::iter::from_fn(|| changes.try_recv().ok()).filter(|change| change.topics.contains(&Topic::Keywords)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_one_commit_in_peace_and_makes_way_for_whoever_waits() {
    assert_eq!(commits_of_an_import(false).await, 1, "all of it or nothing");
    assert!(commits_of_an_import(true).await > 1, "in slices, with clicks answered between them");
}
