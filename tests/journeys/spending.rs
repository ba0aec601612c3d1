//! What holds spending back, and what costs nothing the second time: limits, the switch, low balances, paid answers.

use igny8_core::function::AiFunction;
use igny8_core::id::{ClusterId, ImageId, SiteId};
use igny8_core::money::Credits;
use igny8_core::port::Clock;
use igny8_core::status::CapScope;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_store::ledger::StandingLimit;
use igny8_tests::books::Records;
use igny8_tests::world::{PICTURE, World};

/// Two articles whose six pictures wait to be made, at five credits each.
async fn with_six_pictures_waiting() -> (World, SiteId) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    let waiting = world.books().number("select count(*) from image where status = 'pending'");
    assert_eq!(waiting, 6, "two articles with three pictures each");
    (world, site)
}

fn movements(records: &Records) -> Vec<&str> {
    records.transactions.iter().map(|line| line.transaction_type.as_str()).collect()
}

fn told(world: &World, notification_type: &str) -> usize {
    const IDS: &str = "select id from notification where notification_type = ?1";
    world.books().rows(IDS, [notification_type], |row| row.get::<_, i64>(0)).len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_is_reached_ends_the_work_keeps_what_was_made_and_is_told_once() {
    let (world, site) = with_six_pictures_waiting().await;
    let spending = world.engine.spending().await.unwrap();
    let day = spending.caps.iter().find(|cap| cap.scope == CapScope::Day).expect("the day is listed");
    let room_for_two = Credits(day.used.0 + 2 * PICTURE.0);
    world.engine.set_limit(StandingLimit::Day, Some(room_for_two)).await.unwrap();

    let first = world.books().records(world.run(AiFunction::GenerateImages, site, Items::Waiting).await);
    assert_eq!(movements(&first), ["deduction", "deduction", "refusal"], "two fit, the third is on record as refused");
    assert_eq!((first.task.error_code.as_str(), first.task.results, first.task.is_closed), ("cap_day", 2, true));
    let second = world.books().records(world.run(AiFunction::GenerateImages, site, Items::Waiting).await);
    assert_eq!(movements(&second), ["refusal"], "nothing fits any more");
    assert_eq!(told(&world, "budget_reached"), 1, "once for the day, however often it stops something");

    world.engine.set_limit(StandingLimit::Day, Some(room_for_two.plus(Credits(1)))).await.unwrap();
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    assert_eq!(told(&world, "budget_reached"), 2, "once more for the limit that was raised and is reached again");

    world.engine.set_limit(StandingLimit::Day, None).await.unwrap();
    let third = world.books().records(world.run(AiFunction::GenerateImages, site, Items::Waiting).await);
    assert_eq!((third.task.results, third.task.error_code.as_str()), (4, ""), "without the limit the rest is made");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_switch_stops_all_paid_work_and_allows_it_again() {
    let (world, site) = with_six_pictures_waiting().await;
    let before = world.books().wallet();
    let queued = world.start(AiFunction::GenerateImages, site, Items::Waiting).await.unwrap();
    world.engine.stop_spending().await.unwrap();
    let stopped = world.books().records(queued);
    assert_eq!((stopped.task.error_code.as_str(), stopped.task.is_closed), ("spending_stopped", true));
    let refused = world.start(AiFunction::GenerateImages, site, Items::Waiting).await;
    assert!(matches!(refused, Err(EngineError::SpendingStopped)), "{refused:?}");
    let run = world.engine.run_pipeline(world.engine.new_client_key(), site, None).await;
    assert!(matches!(run, Err(EngineError::SpendingStopped)), "a run is refused as well: {run:?}");
    world.engine.drain().await.unwrap();
    assert!(world.around.script.asked().is_empty(), "nobody was asked");
    assert_eq!(world.books().wallet(), before, "nothing was held or charged");

    world.engine.allow_spending().await.unwrap();
    let again = world.books().records(world.run(AiFunction::GenerateImages, site, Items::Waiting).await);
    assert_eq!(again.task.results, 6, "allowed again, everything is made");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_low_and_an_empty_balance_are_told_once_after_each_grant() {
    let (world, site) = with_six_pictures_waiting().await;
    world.empty_the_wallet().await;
    world.grant(Credits(4 * PICTURE.0), "first").await.unwrap();
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    assert_eq!(
        (told(&world, "credits_low"), told(&world, "credits_exhausted")),
        (1, 1),
        "four made, the fifth refused"
    );
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    assert_eq!((told(&world, "credits_low"), told(&world, "credits_exhausted")), (1, 1), "it is known by now");

    world.grant(Credits(PICTURE.0), "second").await.unwrap();
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    assert_eq!((told(&world, "credits_low"), told(&world, "credits_exhausted")), (2, 2), "after a grant it is news");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_credit_that_is_spent_is_told_though_nothing_was_refused() {
    let (world, site) = with_six_pictures_waiting().await;
    world.empty_the_wallet().await;
    world.grant(Credits(6 * PICTURE.0 + 1), "one millionth more than they cost").await.unwrap();
    let made = world.books().records(world.run(AiFunction::GenerateImages, site, Items::Waiting).await);
    assert_eq!(made.task.results, 6);
    assert_eq!((told(&world, "credits_low"), told(&world, "credits_exhausted")), (1, 0), "something is left");

    let pictures: Vec<ImageId> = world.books().rows("select id from image limit 2", [], |row| row.get(0).map(ImageId));
    world.grant(Credits(2 * PICTURE.0 - 1), "to the last").await.unwrap();
    let again = world.run(AiFunction::GenerateImages, site, Items::Remake(pictures)).await;
    assert_eq!(movements(&world.books().records(again)), ["deduction", "deduction"], "nothing is refused");
    assert_eq!(world.books().wallet(), (0, 0), "and nothing is left");
    assert_eq!(told(&world, "credits_exhausted"), 1, "once, at the last of them");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_a_second_time_is_answered_from_the_books() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    let (made, wallet) = (world.books().plan(), world.books().wallet());
    let clusters: Vec<ClusterId> = world.books().rows("select id from cluster", [], |row| row.get(0).map(ClusterId));
    let now = world.around.clock.now();
    world.engine.store().write(move |w| w.cluster_remove(&clusters, now)).await.expect("clusters can be removed");
    world.around.script.forget();

    let records = world.books().records(world.run(AiFunction::AutoCluster, site, Items::Waiting).await);
    assert!(world.around.script.asked().is_empty(), "the model is not asked again");
    assert_eq!(records.usage.iter().map(|used| used.outcome.as_str()).collect::<Vec<_>>(), ["reused"]);
    assert_eq!((records.usage[0].credits, records.usage[0].cost, movements(&records)), (0, 0, vec!["deduction"]));
    assert_eq!((records.task.status.as_str(), records.task.credits, records.notices.len()), ("success", 0, 1));
    assert_eq!(world.books().wallet(), wallet, "it costs nothing");
    assert_eq!(world.books().plan()["keywords mapped"], made["keywords mapped"], "and groups what it grouped before");
    world.assert_books_closed().await;
}
