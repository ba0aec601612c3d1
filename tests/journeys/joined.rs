//! Keywords that come later, into clusters whose ideas are made: each leads to an article all the same, and what was only
//! joined is not said to have been made.

use igny8_core::function::AiFunction;
use igny8_core::id::{KeywordId, OperationId, SectorId, SiteId};
use igny8_core::port::Clock;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_testkit::scripted::Reply;
use igny8_tests::world::World;

/// Comes after everything was planned.
const LATE: &str = "green tea for cold evenings";

/// Puts the late keyword into the first cluster, as a model would.
async fn join(world: &World, site: SiteId) -> (OperationId, i64) {
    world.engine.add_keywords(LATE, site, SectorId(1)).await.unwrap();
    let cluster = world.books().number("select min(id) from cluster");
    let name: Vec<String> = world.books().rows("select name from cluster where id = ?1", [cluster], |row| row.get(0));
    let late = late(world).0;
    let answer = serde_json::json!({ "clusters": [{ "name": name[0], "description": "", "keyword_ids": [late] }] });
    world.around.script.then(Reply::Says(answer.to_string()));
    (world.run(AiFunction::AutoCluster, site, Items::Waiting).await, cluster)
}

fn phrases_of(world: &World, status: &str) -> i64 {
    let phrases = "select count(*) from idea i, json_each(i.keywords) k where k.value = ?1 and i.status = ?2";
    world.books().rows(phrases, [LATE, status], |row| row.get(0))[0]
}

fn late(world: &World) -> KeywordId {
    KeywordId(world.books().rows("select id from keyword where text = ?1", [LATE], |row| row.get(0))[0])
}

async fn planned() -> (World, SiteId) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    (world, site)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyword_whose_clusters_articles_are_written_gets_an_idea_of_its_own() {
    let (world, site) = planned().await;
    world.queue_ideas(site, u32::MAX).await;
    world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
    let nothing = world.start(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    assert!(matches!(nothing, Err(EngineError::NothingToDo)), "all is written: {nothing:?}");
    let (ideas, articles) =
        (world.books().number("select count(*) from idea"), world.books().number("select count(*) from content"));

    let (operation, cluster) = join(&world, site).await;
    let row = world.engine.store().read(move |r| r.operation(operation)).await.unwrap();
    assert_eq!((row.joined, row.results), (1, 1), "joined, and not made");
    let waiting = world.engine.store().read(move |r| r.new_clusters(site, 9)).await.unwrap();
    assert_eq!(waiting.iter().map(|each| each.id.0).collect::<Vec<_>>(), [cluster]);
    let forecast = world.engine.forecast(site).await.unwrap();
    let stage = |function| forecast.stages.iter().find(|stage| stage.function == function).map(|stage| stage.items.min);
    assert_eq!(stage(AiFunction::GenerateIdeas), Some(1), "one cluster waits for more");
    assert!(stage(AiFunction::GenerateContent) >= Some(1), "and an article will come of it: {forecast:?}");

    world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    assert!(world.books().number("select count(*) from idea") > ideas);
    assert_eq!(phrases_of(&world, "new"), 1, "a new idea answers it");
    let open = world.books().number("select count(*) from cluster where status = 'new'");
    assert_eq!(open, 0, "nothing waits any more");
    world.queue_ideas(site, u32::MAX).await;
    world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
    assert_eq!(phrases_of(&world, "completed"), 1);
    assert!(world.books().number("select count(*) from content") > articles, "and an article is written for it");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idea_that_is_not_written_yet_takes_the_keyword_in() {
    for status in ["new", "queued"] {
        let (world, site) = planned().await;
        if status == "queued" {
            world.queue_ideas(site, u32::MAX).await;
        }
        let ideas = world.books().number("select count(*) from idea");
        join(&world, site).await;
        assert_eq!(phrases_of(&world, status), 1, "{status}");
        let nothing = world.start(AiFunction::GenerateIdeas, site, Items::Waiting).await;
        assert!(matches!(nothing, Err(EngineError::NothingToDo)), "{status}: no further idea is wanted: {nothing:?}");
        assert_eq!(world.books().number("select count(*) from idea"), ideas, "{status}");
        world.around.script.forget();
        if status == "new" {
            world.queue_ideas(site, u32::MAX).await;
        }
        world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
        let asked = world.around.script.asked();
        assert!(
            asked.iter().any(|request| format!("{:?}", request.input).contains(LATE)),
            "{status}: its article is asked for it"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_loses_its_late_keyword_waits_no_longer() {
    let (world, site) = planned().await;
    world.queue_ideas(site, u32::MAX).await;
    world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
    join(&world, site).await;
    let late = late(&world);
    let waiting = |world: &World| world.books().number("select count(*) from cluster where status = 'new'");
    let now = world.around.clock.now();
    let store = world.engine.store();
    assert_eq!(waiting(&world), 1);
    store.write(move |w| w.keyword_remove(&[late], now)).await.unwrap();
    assert_eq!(waiting(&world), 0, "removed");
    store.write(move |w| w.keyword_restore(&[late], now)).await.unwrap();
    assert_eq!(waiting(&world), 1, "and back");
    store.write(move |w| w.keyword_set_disabled(&[late], true, now)).await.unwrap();
    assert_eq!(waiting(&world), 0, "left out");
}
