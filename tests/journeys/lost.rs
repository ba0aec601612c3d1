//! Answers that never came, of units whose siblings were answered meanwhile: what is asked for once more is what was asked
//! for, to the word, under its own call and its own hold; and however a unit's answers are lost or cannot be read, its
//! vendor is asked for it no more often than is allowed.

use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::model::Model;
use igny8_core::port::{Clock, ProviderError};
use igny8_core::retry::BILLED_MAX;
use igny8_engine::operation::Items;
use igny8_testkit::scripted::{Asked, Reply};
use igny8_testkit::vendor::{Reply as VendorReply, Seen, Vendor};
use igny8_tests::program::Home;
use igny8_tests::vendor::{await_requests, exact_vendor, home_with};
use igny8_tests::world::{Surroundings, World, models};
use rusqlite::Connection;
use std::path::Path;

/// Longer than any wait before a request is sent again.
const LATER_MS: i64 = 600_000;

fn lost() -> Reply {
    Reply::Fails(ProviderError::Unknown)
}

fn unreadable() -> Reply {
    Reply::Says("I would be glad to help with that!".to_owned())
}

/// A world whose models take so many items in one call.
async fn with_items_per_call(items_per_call: i64) -> World {
    let world = World::open(Surroundings::default());
    let now = world.around.clock.now();
    let added = world.engine.store().write(move |w| {
        let mut all = models(now).into_iter().map(|model| Model { items_per_call, ..model });
        all.try_for_each(|model| w.add_model(&model, now).map(drop))
    });
    added.await.expect("models can be added");
    world.recover().await;
    world
}

fn one_item_a_call(database: &Path) {
    let file = Connection::open(database).expect("the file opens");
    file.execute("update model set items_per_call = 1 where model_type = 'text'", []).expect("models can be changed");
}

/// Something of several units that waits for a function.
async fn with_siblings(function: AiFunction) -> (World, SiteId) {
    // Three keywords a call are a group of the plan.
    let world = with_items_per_call(3).await;
    let site = world.add_tea_site().await;
    world.prepare_for(function, site).await;
    if function != AiFunction::AutoCluster {
        one_item_a_call(&world.around.database());
    }
    (world, site)
}

async fn later(world: &World) {
    world.around.clock.advance_ms(LATER_MS);
    world.engine.drain().await.expect("the queue drains");
}

/// The requests of the call that came first.
fn of_the_first(asked: &[Asked]) -> Vec<&Asked> {
    asked.iter().filter(|each| each.call == asked[0].call).collect()
}

fn count(world: &World, query: &str) -> i64 {
    world.books().number(query)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lost_is_asked_for_as_it_was_though_its_siblings_are_stored() {
    for function in AiFunction::ALL.iter().copied() {
        let (world, site) = with_siblings(function).await;
        world.around.script.then(lost());
        let operation = world.run(function, site, Items::Waiting).await;
        let units = world.around.script.asked().len();
        assert!(units > 1, "{function}: there are siblings");
        let stored = "select count(*) from usage_log u join operation o on o.id = u.operation_id
            where u.outcome = 'settled' and o.status = 'pending'";
        assert_eq!(count(&world, stored), units as i64 - 1, "{function}: which are stored by now");
        later(&world).await;

        let asked = world.around.script.asked();
        assert_eq!(asked.len(), units + 1, "{function}: it is asked for once more, and nothing else is");
        let of_the_first = of_the_first(&asked);
        let [first, again] = &of_the_first[..] else { panic!("{function}: under the same call: {asked:?}") };
        assert_eq!((&first.input, &first.prompt), (&again.input, &again.prompt), "{function}: as it was asked for");
        let calls = "select count(*) from call c join operation o on o.id = c.operation_id where o.id =
            (select operation_id from call where attempts = 2)";
        assert_eq!(count(&world, calls), units as i64, "{function}: each unit has one call, and one hold");
        let records = world.books().records(operation);
        assert_eq!((records.task.status.as_str(), records.task.units_failed), ("success", 0), "{function}");
        assert_eq!(
            count(&world, "select count(*) from call_asked"),
            0,
            "{function}: and nothing is kept of it any more"
        );
        world.assert_books_closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_ideas_are_another_request_than_those_that_are_there() {
    let (world, site) = with_siblings(AiFunction::GenerateIdeas).await;
    let clusters: Vec<i64> = world.books().rows("select id from cluster order by id", [], |row| row.get(0));
    for of_before in 0..2 {
        world.around.script.forget();
        world.run(AiFunction::GenerateIdeas, site, Items::Ids(clusters.clone())).await;
        assert_eq!(world.around.script.asked().len(), clusters.len(), "each time somebody is asked: {of_before}");
    }
    assert_eq!(count(&world, "select count(*) from usage_log where outcome = 'reused'"), 0);
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_repair_is_asked_for_as_that_repair() {
    let (world, site) = with_siblings(AiFunction::GenerateIdeas).await;
    for reply in [unreadable(), lost()] {
        world.around.script.then(reply);
    }
    let operation = world.run(AiFunction::GenerateIdeas, site, Items::First(1)).await;
    let world = world.restart().await;
    later(&world).await;
    let asked = world.around.script.asked();
    let [first, repair, again] = &asked[..] else { panic!("three requests: {asked:?}") };
    assert_ne!(first.call, repair.call, "a repair has a call of its own");
    assert_eq!((repair.call, &repair.prompt), (again.call, &again.prompt), "which goes on after a restart, as it was");
    assert_eq!(world.books().records(operation).task.units_done, 1);
    world.assert_books_closed().await;
}

/// One unit of which these replies come, until it fails. How often its vendor was asked.
async fn asked_until_it_fails(world: &World, site: SiteId, replies: &[Reply]) -> usize {
    world.around.script.forget();
    replies.iter().for_each(|reply| world.around.script.then(reply.clone()));
    let operation = world.run(AiFunction::AutoCluster, site, Items::First(1)).await;
    for _ in 0..replies.len() {
        later(world).await;
    }
    let task = world.books().records(operation).task;
    assert_eq!((task.units_failed, task.is_closed), (1, true), "{replies:?}: it has failed: {task:?}");
    world.around.script.asked().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_unit_is_billed_more_often_than_its_bound() {
    let world = with_items_per_call(1).await;
    let site = world.add_tea_site().await;
    let wallet = world.books().wallet();
    let mut most = 0;
    for replies in [
        vec![lost(), lost()],
        vec![unreadable(), unreadable()],
        vec![lost(), unreadable(), lost()],
        vec![lost(), unreadable(), unreadable()],
        vec![unreadable(), lost(), lost()],
        vec![unreadable(), lost(), unreadable()],
    ] {
        let asked = asked_until_it_fails(&world, site, &replies).await;
        assert_eq!(asked, replies.len(), "{replies:?}: and no more is asked for it");
        most = most.max(asked);
    }
    assert_eq!(most, BILLED_MAX as usize, "the bound is what there is");
    let beyond = "select count(*) from (select 1 from call c join attempt a on a.call_id = c.id
        group by c.job_id having count(*) > 3)";
    assert_eq!((count(&world, beyond), world.books().wallet()), (0, wallet), "by the books too, and nobody is charged");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_lost_counts_on_when_the_request_has_changed() {
    let (world, site) = with_siblings(AiFunction::GenerateIdeas).await;
    world.around.script.then(lost());
    let operation = world.run(AiFunction::GenerateIdeas, site, Items::First(1)).await;
    let file = Connection::open(world.around.database()).unwrap();
    file.execute("update cluster set name = name || ' and more'", []).expect("a cluster can be renamed");
    world.around.script.then(lost());
    later(&world).await;
    later(&world).await;
    let asked = world.around.script.asked();
    assert_eq!(asked.len(), 2, "lost twice, it is not asked for a third time");
    assert_ne!(asked[0].call, asked[1].call, "though the second was another request");
    let task = world.books().records(operation).task;
    assert_eq!((task.units_failed, task.error_code.as_str()), (1, "outcome_unknown"));
    world.assert_books_closed().await;
}

/// Several clusters that wait for their ideas, each a call of its own.
fn several_clusters() -> (Home, Vendor, usize) {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let more = home.file(
        "more.csv",
        "keyword\nespresso machine cleaning\nespresso machine repair\nespresso machine for home\nhiking boots size\n\
         best hiking boots\nhiking boots for women\n",
    );
    home.json(&["keywords", "import", &more, "--site", "Tea"]);
    home.json(&["cluster", "--site", "Tea"]);
    one_item_a_call(&home.database());
    vendor.forget();
    let clusters = usize::try_from(home.books().number("select count(*) from cluster where status = 'new'")).unwrap();
    assert!(clusters > 2, "there are several clusters: {clusters}");
    (home, vendor, clusters)
}

/// Every request of the call whose first answer never came.
fn of_the_lost(vendor: &Vendor, first_call: &str) -> Vec<Seen> {
    vendor.seen().into_iter().filter(|seen| seen.call() == first_call).collect()
}

#[test]
fn ideas_that_were_lost_with_the_program_go_on_beside_their_stored_siblings() {
    let resume = ["run", "resume", "--site", "Tea"];
    for is_lost_again in [false, true] {
        let (home, vendor, clusters) = several_clusters();
        let wallet = home.books().wallet();
        vendor.then(VendorReply::Never);
        let mut running = home.start(&["ideas", "--site", "Tea"]);
        let done = "select count(*) from job j join operation o on o.id = j.operation_id
            where o.function_name = 'generate_ideas' and j.state = 'done'";
        let all_but_one = i64::try_from(clusters).unwrap() - 1;
        assert!(running.until(|| home.books().number(done) == all_but_one), "its siblings are stored");
        assert!(running.kill(), "and it was still waiting for its answer");
        let answered = vendor.answered();
        let seen = vendor.seen();
        let first = seen.iter().find(|seen| !answered.contains(&seen.call().to_owned())).expect("one is not answered");
        let first = first.call().to_owned();

        if is_lost_again {
            vendor.then(VendorReply::Never);
            let running = home.start(&resume);
            await_requests(&vendor, clusters + 1);
            assert!(running.kill(), "it was still waiting for its answer");
        }
        let ran = home.run(&resume);
        assert_eq!(ran.code, i32::from(is_lost_again), "{ran:?}");
        let of_the_lost = of_the_lost(&vendor, &first);
        assert_eq!(
            (of_the_lost.len(), vendor.seen().len()),
            (2, clusters + 1),
            "two sends of the one, one of each other"
        );
        assert_eq!(of_the_lost[0].body, of_the_lost[1].body, "the same request");
        let books = home.books();
        let sent_twice = "select count(*) from call where attempts = 2";
        let holds = "select count(*) from transfer t join call c on c.hold_id = t.id join operation o
            on o.id = c.operation_id where o.function_name = 'generate_ideas'";
        assert_eq!((books.number(sent_twice), books.number(holds)), (1, all_but_one + 1), "under the same hold");
        assert_eq!((books.number(done), books.open_holds()), (all_but_one + i64::from(!is_lost_again), 0));
        assert!(books.wallet().0 < wallet.0, "what was made was paid");
        assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    }
}
