//! How much a vendor is asked, over real sockets and by the test's own clock: no more often in a minute than was agreed, no
//! more at once, once and not again when it takes no key, and not at all any more by an engine that has ended.

use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, SiteId};
use igny8_core::model::Model;
use igny8_core::port::Clock;
use igny8_core::status::Dialect;
use igny8_engine::door::{Door, Pace};
use igny8_engine::operation::Items;
use igny8_providers::{Bounds, Connection, VendorAddress, models};
use igny8_store::Store;
use igny8_testkit::vault::RememberedVault;
use igny8_testkit::vendor::{Reply, TEXT_MODEL, Vendor};
use igny8_tests::vendor::{PROVIDER, exact_vendor};
use igny8_tests::world::{self, Surroundings, World};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Keywords of the site, each a call of its own.
const CALLS: usize = 6;
/// Longest wait for what comes by itself. A program that works never gets near it.
const LONGEST: Duration = Duration::from_secs(60);
/// Between two looks at what is worked on elsewhere.
const GLANCE: Duration = Duration::from_millis(2);

/// A world whose texts the vendor writes, one keyword a call.
async fn world_with(vendor: &Vendor, pace: Pace) -> (World, SiteId) {
    // Another test of this process may have done it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let address = VendorAddress::parse(&vendor.base_url()).unwrap();
    let vault = Arc::new(RememberedVault::default());
    let connection = Connection::new(address, None, vault, Bounds::default()).unwrap();
    let door = Door::new();
    door.register(PROVIDER, models(Dialect::OpenAi, connection).text, None, pace);
    let around = Surroundings::default();
    let store = Store::open(&around.database(), None).unwrap();
    let (now, [text, _]) = (around.clock.now(), world::models(around.clock.now()));
    let model = Model { provider: PROVIDER.to_owned(), model_name: TEXT_MODEL.to_owned(), items_per_call: 1, ..text };
    store.write(move |w| w.add_model(&model, now)).await.unwrap();
    let world = World { engine: Arc::new(around.engine_at(store, door)), around };
    world.recover().await;
    let site = world.add_tea_site().await;
    (world, site)
}

async fn clustering(world: &World, site: SiteId) -> OperationId {
    world.start(AiFunction::AutoCluster, site, Items::Waiting).await.unwrap()
}

async fn within_reason<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONGEST, what).await.expect("it comes by itself")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_is_asked_no_more_often_in_a_minute_than_was_agreed() {
    let vendor = exact_vendor(None);
    let pace = Pace { concurrency: 4, per_minute: NonZeroU32::new(20) };
    let (world, site) = world_with(&vendor, pace).await;
    let operation = clustering(&world, site).await;
    for asked in 1..=CALLS {
        world.engine.drain().await.unwrap();
        assert_eq!(vendor.seen().len(), asked, "the next one has its turn, and no other");
        world.around.clock.advance_ms(2_999);
        world.engine.drain().await.unwrap();
        assert_eq!(vendor.seen().len(), asked, "a millisecond too early");
        world.around.clock.advance_ms(1);
    }
    let records = world.books().records(operation);
    assert_eq!(
        (records.task.status.as_str(), records.transactions.len()),
        ("success", CALLS),
        "all were done and paid"
    );
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_try_at_an_answer_waits_for_its_turn_as_well() {
    let vendor = exact_vendor(None);
    let pace = Pace { concurrency: 1, per_minute: NonZeroU32::new(1) };
    let (world, site) = world_with(&vendor, pace).await;
    vendor.then(Reply::Says("no clusters at all".to_owned()));
    clustering(&world, site).await;
    let (stop, stopped) = watch::channel(false);
    let engine = Arc::clone(&world.engine);
    let running = tokio::spawn(async move { engine.run(stopped).await });
    within_reason(vendor.arrival()).await;
    // It answers nonsense and is asked anew. Time goes on in steps until it is.
    within_reason(async {
        while vendor.seen().len() < 2 {
            world.around.clock.advance_ms(1_000);
            tokio::time::sleep(GLANCE).await;
        }
    })
    .await;
    let minute = world.around.clock.monotonic_ms();
    assert!(minute >= 60_000, "in a minute and not before: {minute}");
    let calls: Vec<String> = vendor.seen().iter().map(|seen| seen.call().to_owned()).collect();
    assert!(calls.len() == 2 && calls[0] != calls[1], "a call of its own: {calls:?}");
    stop.send_replace(true);
    within_reason(running).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_key_that_is_not_taken_a_vendor_is_told_once() {
    let vendor = exact_vendor(None);
    vendor.from_now_on(Reply::wrong_key());
    let (world, site) = world_with(&vendor, Pace::at_once(2)).await;
    let operation = clustering(&world, site).await;
    let (stop, stopped) = watch::channel(false);
    let engine = Arc::clone(&world.engine);
    let running = tokio::spawn(async move { engine.run(stopped).await });
    within_reason(async {
        while world.books().number("select count(*) from operation where ended_at = 0") > 0 {
            tokio::time::sleep(GLANCE).await;
        }
    })
    .await;
    stop.send_replace(true);
    within_reason(running).await.unwrap();
    let (asked, at_once) = (vendor.seen().len(), vendor.most_at_once());
    assert!((1..=2).contains(&asked), "what was under way already, and none of the {CALLS} that waited: {asked}");
    assert!(at_once <= 2, "{at_once} at once");
    let records = world.books().records(operation);
    assert_eq!((records.task.error_code.as_str(), records.notices.len()), ("auth", 1), "told once");
    assert_eq!(world.books().number("select count(*) from keyword where status = 'new'"), 6, "what waited still does");

    vendor.from_now_on(Reply::Answer);
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    assert_eq!(
        world.books().number("select count(*) from keyword where status = 'new'"),
        0,
        "and is done once it works"
    );
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_engine_that_is_ended_hangs_up_on_its_vendors() {
    let vendor = exact_vendor(None);
    vendor.from_now_on(Reply::Never);
    let (world, site) = world_with(&vendor, Pace::at_once(2)).await;
    clustering(&world, site).await;
    let (_stop, stopped) = watch::channel(false);
    let engine = Arc::clone(&world.engine);
    let running = tokio::spawn(async move { engine.run(stopped).await });
    within_reason(async {
        while vendor.seen().len() < 2 {
            vendor.arrival().await;
        }
    })
    .await;
    assert_eq!(world.books().open_holds(), 2, "both are paid for if they are answered");
    running.abort();
    within_reason(vendor.departure()).await;
    assert_eq!(vendor.answered(), [""; 0], "nobody is worked for any more");
}
