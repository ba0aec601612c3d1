//! A process that ends at any moment: the next one finds every hold, charges nothing twice and finishes the work.
//!
//! The store is stepped, so "any moment" is every one there is: before the hold is on disk, after it, with the request
//! on its way, with the answer in hand and nothing stored, and after everything.

use igny8_core::function::AiFunction;
use igny8_core::id::OperationId;
use igny8_core::port::{Clock, ProviderError};
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_testkit::scripted::Reply;
use igny8_tests::books::Records;
use igny8_tests::stepped::Stepped;
use igny8_tests::world::World;

/// More steps than a unit takes; the last run must get past them all.
const STEPS_MAX: usize = 60;

/// A world with one unit of `function` in the queue, ready to be ended.
async fn with_one_unit(function: AiFunction) -> (World, OperationId) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(function, site).await;
    let items = if function == AiFunction::AutoCluster { Items::Waiting } else { Items::First(1) };
    let operation = world.start(function, site, items).await.unwrap();
    (world, operation)
}

/// Ends the process after `steps` steps of the store and lets the next one finish. False when it was ended before the
/// work was done.
async fn ended_after(begun: &World, operation: OperationId, steps: usize) -> bool {
    let (around, wallet) = (begun.fork(), begun.books().wallet().0);
    let mut process = Stepped::open(around).await;
    let engine = process.engine.clone();
    let was_done = process.drive(async move { engine.drain().await }, steps).await.is_some();

    let world = process.restart().await;
    // What waits for a second attempt waits for its time as well.
    world.around.clock.advance_ms(600_000);
    world.engine.drain().await.expect("the queue drains");
    let records = world.books().records(operation);
    let place = format!("{} ended after {steps} steps", records.task.function);
    assert_settled_once(&records, &place);
    assert_eq!(wallet - world.books().wallet().0, records.task.credits, "{place}: what was logged is what was charged");
    let asked = world.around.script.asked();
    assert!((1..=2).contains(&asked.len()), "{place}: at most one request more: {}", asked.len());
    assert!(asked.iter().all(|each| each.call == asked[0].call), "{place}: all of them under one id");
    let pictures = world.books().number("select count(distinct media_hash) from image where media_hash <> ''");
    assert_eq!(world.around.media_files(), usize::try_from(pictures).unwrap(), "{place}: no file that no row names");
    world.assert_books_closed().await;
    was_done
}

fn assert_settled_once(records: &Records, place: &str) {
    let kinds: Vec<&str> = records.transactions.iter().map(|line| line.transaction_type.as_str()).collect();
    assert_eq!(kinds, ["deduction"], "{place}: charged once");
    assert_eq!(records.usage.len(), 1, "{place}: one usage row");
    assert_eq!((records.task.status.as_str(), records.task.is_closed), ("success", true), "{place}");
    assert_eq!(records.task.units_done, 1, "{place}");
    assert_eq!(records.notices.len(), 1, "{place}: one notice");
}

/// Every moment of one unit's life.
async fn at_every_step(function: AiFunction) {
    let (begun, operation) = with_one_unit(function).await;
    for steps in 1..STEPS_MAX {
        if ended_after(&begun, operation, steps).await {
            assert!(steps > 4, "{function}: a unit takes two commits and some reads, not {steps} steps");
            return;
        }
    }
    panic!("{function}: a unit never ends");
}

#[tokio::test]
async fn clustering_survives_the_end_of_its_process() {
    at_every_step(AiFunction::AutoCluster).await;
}

#[tokio::test]
async fn ideas_survive_the_end_of_their_process() {
    at_every_step(AiFunction::GenerateIdeas).await;
}

#[tokio::test]
async fn writing_survives_the_end_of_its_process() {
    at_every_step(AiFunction::GenerateContent).await;
}

#[tokio::test]
async fn describing_images_survives_the_end_of_its_process() {
    at_every_step(AiFunction::GenerateImagePrompts).await;
}

#[tokio::test]
async fn making_images_survives_the_end_of_its_process() {
    at_every_step(AiFunction::GenerateImages).await;
}

/// Sends the next request and ends the process while it is on its way.
async fn end_with_a_request_on_its_way(world: World) -> World {
    let around = world.around.clone();
    drop(world);
    let mut process = Stepped::open(around.clone()).await;
    around.script.then(Reply::Never);
    let engine = process.engine.clone();
    let sent = async move {
        tokio::select! {
            done = engine.drain() => panic!("a request that is never answered is never done: {done:?}"),
            () = around.script.arrival() => {}
        }
    };
    process.drive(sent, usize::MAX).await.expect("the request leaves");
    process.restart().await
}

#[tokio::test]
async fn a_request_that_never_comes_back_is_given_up_after_the_second_process() {
    let (world, operation) = with_one_unit(AiFunction::GenerateContent).await;
    let (plan, wallet) = (world.books().plan(), world.books().wallet());
    // Whoever asked before does not count.
    world.around.script.arrival().await;
    let world = end_with_a_request_on_its_way(world).await;
    assert_eq!(world.books().open_holds(), 1, "the hold of the lost request is found");
    let world = end_with_a_request_on_its_way(world).await;
    world.engine.drain().await.unwrap();

    let asked = world.around.script.asked();
    assert_eq!(asked.len(), 2, "two attempts in all, whoever makes them");
    assert_eq!(asked[0].call, asked[1].call, "under one id");
    let records = world.books().records(operation);
    assert_eq!(records.transactions[0].transaction_type, "release");
    assert_eq!((records.task.error_code.as_str(), records.task.is_closed), ("outcome_unknown", true));
    assert_eq!(records.notices, [("ai_content_failed".to_owned(), "error".to_owned())]);
    assert_eq!((world.books().plan(), world.books().wallet()), (plan, wallet), "nothing stored, nothing charged");
    let failed = world.books().number("select count(*) from task where status = 'failed'");
    assert_eq!(failed, 1, "the article's task says that it failed, and can be tried again");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn what_a_vendor_asked_to_wait_for_still_waits_after_a_restart() {
    let (world, operation) = with_one_unit(AiFunction::AutoCluster).await;
    world.around.script.then(Reply::Fails(ProviderError::RateLimited { retry_after_ms: Some(90_000) }));
    world.engine.drain().await.unwrap();
    let world = world.restart().await;
    world.engine.drain().await.unwrap();
    assert_eq!(world.around.script.asked().len(), 1, "not before its time");
    world.around.clock.advance_ms(90_000);
    world.engine.drain().await.unwrap();
    assert_settled_once(&world.books().records(operation), "after the wait");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn an_operation_stopped_after_a_crash_gives_back_what_its_lost_request_held() {
    let (world, operation) = with_one_unit(AiFunction::AutoCluster).await;
    let wallet = world.books().wallet();
    let world = end_with_a_request_on_its_way(world).await;
    world.engine.cancel_operation(operation).await.unwrap();
    world.engine.drain().await.unwrap();
    assert_eq!(world.books().wallet(), wallet, "nothing is kept back and nothing charged");
    assert!(world.books().records(operation).task.is_closed);
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_grants_nothing_twice() {
    const MONTH_MS: i64 = 31 * 24 * 3_600_000;
    let world = World::new().await;
    let granted = world.books().number("select count(*) from credit_transaction where transaction_type = 'grant'");
    assert_eq!(granted, 1, "a start grants this month's budget");
    world.around.clock.advance_ms(MONTH_MS);
    let world = world.restart().await;
    world.around.clock.advance_ms(-MONTH_MS);
    let world = world.restart().await.restart().await;
    let granted = world.books().number("select count(*) from credit_transaction where transaction_type = 'grant'");
    assert_eq!(granted, 2, "one for each month, however often it is asked");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_clock_that_was_set_back_keeps_no_request_waiting() {
    const WEEK_MS: i64 = 7 * 24 * 3_600_000;
    let (world, operation) = with_one_unit(AiFunction::AutoCluster).await;
    world.around.script.then(Reply::Fails(ProviderError::RateLimited { retry_after_ms: Some(90_000) }));
    world.engine.drain().await.unwrap();
    let now = world.around.clock.now();
    world.around.clock.set(now.plus_ms(-WEEK_MS));
    // What the vendor asked for has passed, by whatever clock.
    world.around.clock.advance_ms(90_000);

    let (stop, stopped) = tokio::sync::watch::channel(false);
    let ended = tokio::join!(world.engine.run(stopped), async {
        let row = world.engine.wait_for(operation).await;
        stop.send_replace(true);
        row
    });
    assert_eq!(ended.1.unwrap().units_done, 1, "a week back on the calendar is no week of waiting");
    assert_settled_once(&world.books().records(operation), "after the clock was set back");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_unit_that_panics_fails_alone_and_is_given_its_hold_back() {
    let (world, operation) = with_one_unit(AiFunction::AutoCluster).await;
    let wallet = world.books().wallet();
    world.around.script.then(Reply::Panics);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let ended = tokio::join!(world.engine.run(stopped), async {
        let first = world.engine.wait_for(operation).await.unwrap();
        let site = igny8_core::id::SiteId(world.books().number("select id from site"));
        let next = world.start(AiFunction::AutoCluster, site, Items::Waiting).await.unwrap();
        let second = world.engine.wait_for(next).await.unwrap();
        stop.send_replace(true);
        (first, second)
    });
    let (first, second) = ended.1;
    assert_eq!((first.error_code.as_str(), first.units_done, first.units_failed), ("internal", 0, 1));
    assert_eq!(
        world.books().records(operation).transactions.iter().map(|line| line.amount).sum::<i64>(),
        0,
        "not charged"
    );
    assert_eq!(second.units_done, 1, "the runner goes on");
    assert_eq!(world.books().open_holds(), 0);
    assert!(world.books().wallet().0 < wallet.0, "what was made was paid");
    world.assert_books_closed().await;
}

#[tokio::test]
async fn what_an_ended_process_had_begun_is_finished_and_not_planned_a_second_time() {
    let (begun, operation) = with_one_unit(AiFunction::GenerateContent).await;
    let world = begun.restart().await;
    let site = igny8_core::id::SiteId(world.books().number("select id from site"));
    let again = world.start(AiFunction::GenerateContent, site, Items::Waiting).await;
    let second = again.expect("the task that nobody has begun yet may be");
    let third = world.start(AiFunction::GenerateContent, site, Items::Waiting).await;
    assert!(matches!(third, Err(EngineError::NothingToDo)), "everything is in somebody's hands: {third:?}");
    world.engine.drain().await.expect("the queue drains");
    let made = world.books().plan();
    assert_eq!((made["contents"], made["versions"]), (2, 2), "each task is written once: {made:?}");
    for operation in [operation, second] {
        assert_eq!(world.books().records(operation).task.units_failed, 0, "nobody took the other's work");
    }
    world.assert_books_closed().await;
}

#[tokio::test]
async fn a_run_finishes_what_an_ended_process_had_begun_though_nothing_else_waits() {
    let (begun, operation) = with_one_unit(AiFunction::AutoCluster).await;
    let world = begun.restart().await;
    let site = igny8_core::id::SiteId(world.books().number("select id from site"));
    let forecast = world.engine.forecast(site).await;
    assert!(matches!(forecast, Err(EngineError::NothingToDo)), "every keyword is in somebody's hands: {forecast:?}");

    world.run_site(site, None).await.expect("the run ends well");
    assert_settled_once(&world.books().records(operation), "what was begun");
    assert!(world.books().plan()["pictures"] > 0, "and the run goes on from there to the last picture");
    world.assert_books_closed().await;
}

/// What the newest unit is about.
fn item(world: &World) -> i64 {
    world.books().number("select json_extract(item_ids, '$[0]') from job order by id desc limit 1")
}

/// One article's request is on its way when the process ends; the next process gives it up in this way.
async fn given_up_by<F>(give_up: impl FnOnce(World, OperationId) -> F) -> Records
where
    F: Future<Output = World>,
{
    let (world, operation) = with_one_unit(AiFunction::GenerateContent).await;
    let wallet = world.books().wallet();
    // Whoever asked before does not count.
    world.around.script.arrival().await;
    let world = end_with_a_request_on_its_way(world).await;
    let world = give_up(world, operation).await;
    let records = world.books().records(operation);
    assert_eq!(world.books().wallet(), wallet, "nothing is charged");
    let named = "select related_id from usage_log where related_type = 'task' and is_estimated = 1";
    assert_eq!(world.books().number(named), item(&world), "what was lost names its article, and is an estimate");
    let attempts = "select sum(cost_nano) from attempt where outcome = 'outcome_unknown'";
    assert_eq!(
        world.books().number(attempts),
        records.usage[0].cost,
        "each attempt is on record, as an unknown outcome"
    );
    world.assert_books_closed().await;
    records
}

#[tokio::test]
async fn a_request_that_was_sent_costs_the_same_whichever_way_it_is_given_up() {
    let asked_again = given_up_by(|world, _| async move {
        let world = end_with_a_request_on_its_way(world).await;
        world.engine.drain().await.unwrap();
        world
    });
    // Two attempts at the same price.
    let each = asked_again.await.usage[0].cost / 2;
    assert!(each > 0, "the vendor may bill it");
    let stopped = given_up_by(|world, _| async move {
        world.engine.stop_spending().await.unwrap();
        world
    });
    let cancelled = given_up_by(|world, operation| async move {
        world.engine.cancel_operation(operation).await.unwrap();
        world
    });
    let removed = given_up_by(|world, _| async move {
        let (tasks, now) = (vec![igny8_core::id::TaskId(item(&world))], world.around.clock.now());
        world.engine.store().write(move |w| w.task_remove(&tasks, now)).await.unwrap();
        world.engine.drain().await.unwrap();
        world
    });
    for (records, code) in
        [(stopped.await, "spending_stopped"), (cancelled.await, "cancelled"), (removed.await, "item_gone")]
    {
        let (used, line) = (&records.usage[0], &records.transactions[0]);
        assert_eq!((used.outcome.as_str(), used.credits, line.memo.as_str()), ("released", 0, code));
        assert_eq!(used.cost, each, "{code}");
        assert_eq!(records.task.cost, used.cost, "{code}: the task log has it too");
    }
}

#[tokio::test]
async fn another_request_is_another_call() {
    let (world, operation) = with_one_unit(AiFunction::GenerateContent).await;
    world.around.script.arrival().await;
    let world = end_with_a_request_on_its_way(world).await;
    let retitled =
        "update idea set title = 'Another title altogether' where id = (select idea_id from task where id = ?1)";
    let file = rusqlite::Connection::open(world.around.database()).unwrap();
    assert_eq!(file.execute(retitled, [item(&world)]).unwrap(), 1);
    world.engine.drain().await.unwrap();

    let asked = world.around.script.asked();
    assert_eq!(asked.len(), 2, "what is wanted now is asked for once");
    assert_ne!(asked[0].call, asked[1].call, "under an id of its own: a vendor answers one id with one answer");
    let records = world.books().records(operation);
    let kinds: Vec<&str> = records.transactions.iter().map(|line| line.transaction_type.as_str()).collect();
    assert_eq!(kinds, ["release", "deduction"], "the first is given up, the second charged");
    assert_eq!(records.transactions[0].memo, "request_changed");
    assert!(records.usage[0].cost > 0, "the vendor may have answered the first");
    let kept = world.books().number(
        "select count(*) from answer a join usage_log u on u.id = a.usage_id join call c on c.id = u.call_id
         where c.request_hash = a.request_hash and u.operation_type = 'content_generation'",
    );
    assert_eq!((kept, records.task.results), (1, 1), "the answer is kept under what it answers");
    let hashes = "select count(distinct c.request_hash) from call c join operation o on o.id = c.operation_id
         where o.function_name = 'generate_content'";
    assert_eq!(world.books().number(hashes), 2, "each call says what it asked for");
    world.assert_books_closed().await;
}
