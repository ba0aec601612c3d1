//! The sample workspace: had back as long as one can ask for it, gone for good after the next start, and never out of the
//! books.

use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::money::Credits;
use igny8_core::port::Clock;
use igny8_engine::operation::Items;
use igny8_store::StoreError;
use igny8_tests::world::World;

/// Tables that hold nothing of the sample once it is gone.
const PLANNED: [&str; 9] =
    ["sector", "keyword", "cluster", "idea", "task", "content", "image", "outbox", "publication"];

fn of(world: &World, table: &str, site: SiteId) -> i64 {
    // Names of tables cannot be bound; these are the test's own.
    let count = ["select count(*) from ", table, " where site_id = ?1"].concat();
    world.books().rows(&count, [site.0], |row| row.get(0))[0]
}

fn files(world: &World) -> usize {
    std::fs::read_dir(world.around.media_file("x").parent().unwrap()).unwrap().count()
}

/// A sample with one published article, beside a site of the user's.
async fn furnished() -> (World, SiteId, SiteId) {
    let world = World::new().await;
    let own = world.add_tea_site().await;
    let sample = world.engine.create_sample("UTC").await.unwrap();
    world.prepare_for(AiFunction::GenerateContent, sample).await;
    world.run(AiFunction::GenerateContent, sample, Items::First(1)).await;
    world.run(AiFunction::GenerateImagePrompts, sample, Items::Waiting).await;
    world.run(AiFunction::GenerateImages, sample, Items::Waiting).await;
    let content =
        ContentId(world.books().rows("select id from content where site_id = ?1", [sample.0], |row| row.get(0))[0]);
    let now = world.around.clock.now();
    world.engine.store().write(move |w| w.content_approve(&[content], now)).await.unwrap();
    world.engine.publish(content).await.unwrap();
    for table in PLANNED {
        assert!(of(&world, table, sample) > 0, "the sample has each: {table}");
    }
    (world, own, sample)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_that_was_deleted_is_gone_for_good_after_a_start_and_stays_in_the_books() {
    let (world, own, sample) = furnished().await;
    let (kept, wallet) = (of(&world, "keyword", own), world.books().wallet());
    let money = |world: &World| {
        ["transfer", "credit_transaction", "usage_log", "call", "operation", "job"]
            .map(|table| world.books().number(&["select count(*) from ", table].concat()))
    };
    let before = money(&world);
    assert!(files(&world) > 0, "it has pictures");
    world.engine.delete_sample().await.unwrap();
    assert!(of(&world, "keyword", sample) > 0, "it can be had back");

    let world = world.restart().await;
    for table in PLANNED {
        assert_eq!(of(&world, table, sample), 0, "{table}");
    }
    assert_eq!(of(&world, "keyword", own), kept, "what is not of the sample stays");
    assert_eq!(files(&world), 0, "its pictures go with it");
    let told = "select count(*) from notification where removed_at = 0 and site_id = ?1";
    assert_eq!(
        world.books().rows(told, [sample.0], |row| row.get::<_, i64>(0)),
        [0],
        "no notice speaks of it any more"
    );
    assert_eq!((money(&world), world.books().wallet()), (before, wallet), "the books are as they were");
    let audit = world.engine.audit().await.unwrap();
    assert!(audit.is_ok(), "{:?}", audit.findings);
    world.assert_books_closed().await;
    let restored = world.engine.store().write(move |w| w.site_restore(sample)).await;
    assert_eq!(restored, Err(StoreError::NotFound), "nobody can ask for it any more");

    let another = world.engine.create_sample("UTC").await.unwrap();
    assert_ne!(another, sample);
    assert!(of(&world, "keyword", another) > 0, "and it can be made again");
    let world = world.restart().await;
    assert!(of(&world, "keyword", another) > 0, "one that is there stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_that_was_had_back_in_time_stays() {
    let (world, _, sample) = furnished().await;
    world.engine.delete_sample().await.unwrap();
    world.engine.store().write(move |w| w.site_restore(sample)).await.unwrap();
    let world = world.restart().await;
    for table in PLANNED {
        assert!(of(&world, table, sample) > 0, "{table}");
    }
}

/// What the ideas of a site are forecast to cost in all, and what they then do cost, once its keywords are clustered.
async fn ideas_of(world: &World, site: SiteId) -> (Credits, Credits) {
    let forecast = world.engine.forecast(site).await.unwrap();
    let stage = forecast.stages.iter().find(|stage| stage.function == AiFunction::GenerateIdeas).unwrap();
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    let operation = world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    let row = world.engine.store().read(move |r| r.operation(operation)).await.unwrap();
    assert!(row.credits > Credits::whole(2), "enough to tell a call from an item: {row:?}");
    let (forecast, charged) = (stage.credits.likely.0, row.credits.0);
    assert!(
        forecast * 2 <= charged * 3 && charged * 2 <= forecast * 3,
        "{} were forecast and {} charged",
        stage.credits.likely,
        row.credits
    );
    assert!(stage.credits.max >= row.credits, "{stage:?}: {} were charged", row.credits);
    (stage.credits.likely, row.credits)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_ideas_of_the_sample_cost_is_about_what_was_forecast() {
    let world = World::new().await;
    let sample = world.engine.create_sample("UTC").await.unwrap();
    let first = ideas_of(&world, sample).await;

    let keywords = world.books().rows("select text from keyword order by id", [], |row| row.get::<_, String>(0));
    let (again, sectors) = world.add_site("Evening cup", &["Brewing"]).await;
    world.engine.add_keywords(&keywords.join("\n"), again, sectors[0]).await.unwrap();
    let second = ideas_of(&world, again).await;
    assert!(second.0 < first.0, "corrected by what the first cost: {first:?}, {second:?}");

    let (small, sectors) = world.add_site("Tea", &["Leaves"]).await;
    world.engine.add_keywords("green tea benefits\ngreen tea for sleep\n", small, sectors[0]).await.unwrap();
    let forecast = world.engine.forecast(small).await.unwrap();
    let stage = forecast.stages.iter().find(|stage| stage.function == AiFunction::GenerateIdeas).unwrap();
    assert!(stage.credits.likely <= Credits::whole(2), "one cluster is not the whole call of the others: {stage:?}");
}
