//! A price that changes while work is under way: each call is held at the price that is known in that moment, and booked at
//! the price it was held at, whatever has become of it since.

use igny8_core::function::AiFunction;
use igny8_core::id::{ModelId, OperationId};
use igny8_core::model::{Model, Price};
use igny8_core::port::ProviderError;
use igny8_core::status::ModelType;
use igny8_engine::operation::Items;
use igny8_testkit::scripted::Reply;
use igny8_tests::world::{NANO_PER_TOKEN, TOKENS_PER_CREDIT, World};

/// How many times the old price the new one is, in the vendor's money and in credits.
const DEARER: i64 = 10;

/// Two articles that wait to be written, and the work on them begun.
async fn writing() -> (World, OperationId) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let operation = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    (world, operation)
}

/// Makes texts dearer; the old and the new row.
async fn make_dearer(world: &World) -> (ModelId, ModelId) {
    let now = igny8_core::port::Clock::now(&*world.around.clock);
    let changed = world.engine.store().write(move |w| {
        let old = w.default_model(ModelType::Text)?;
        let price = |text| Price::parse(text).ok();
        let new = Model {
            cost_per_1k_input: price("0.0015"),
            cost_per_1k_output: price("0.006"),
            tokens_per_credit: Some(TOKENS_PER_CREDIT / DEARER),
            ..old.clone()
        };
        Ok::<_, igny8_store::StoreError>((old.id, w.model_replace(old.id, &new, now)?))
    });
    changed.await.unwrap()
}

/// Of each settled call the price version of its hold and of its record, its credits, and how many times the old price its
/// record costs.
fn booked(world: &World) -> Vec<(i64, i64, i64, i64)> {
    let sql = "select c.model_id, u.model_id, u.credits, u.cost_nano / (u.tokens_input * ?1 + u.tokens_output * ?2)
       from call c join usage_log u on u.call_id = c.id
       where u.outcome = 'settled' and u.operation_type = 'content_generation' order by u.id";
    let price = [NANO_PER_TOKEN.0, NANO_PER_TOKEN.1];
    world.books().rows(sql, price, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_call_is_held_and_booked_at_the_price_of_its_time() {
    let (world, operation) = writing().await;
    world.engine.step().await.unwrap();
    let before = world.engine.estimate_begun(operation).await.unwrap();
    let (old, new) = make_dearer(&world).await;
    let after = world.engine.estimate_begun(operation).await.unwrap();
    assert!(after.cost.0 > 5 * before.cost.0 && after.credits > before.credits, "what is left costs more: {after:?}");
    world.engine.drain().await.unwrap();

    let booked = booked(&world);
    let versions: Vec<_> = booked.iter().map(|of| (of.0, of.1, of.3)).collect();
    assert_eq!(versions, [(old.0, old.0, 1), (new.0, new.0, DEARER)]);
    assert!(booked[1].2 > 5 * booked[0].2, "in credits as well: {booked:?}");
    assert!(world.books().records(operation).task.is_closed);
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_held_before_is_booked_at_the_price_it_was_held_at() {
    let (world, operation) = writing().await;
    world.around.script.then(Reply::Fails(ProviderError::Unknown));
    world.engine.step().await.unwrap();
    let held = world.books().number("select count(*) from call where state = 'unknown'");
    assert_eq!(held, 1, "its answer was lost, and its hold is kept");
    let open = world.engine.estimate_begun(operation).await.unwrap();
    let (old, new) = make_dearer(&world).await;
    let dearer = world.engine.estimate_begun(operation).await.unwrap();
    assert!(dearer.cost.0 > open.cost.0, "one of the two is not held yet");
    assert!(dearer.cost.0 < 8 * open.cost.0, "and the other is, at the old price: {open:?} {dearer:?}");
    for _ in 0..3 {
        world.around.clock.advance_ms(60_000);
        world.engine.drain().await.unwrap();
    }
    let mut versions: Vec<_> = booked(&world).iter().map(|of| (of.0, of.1)).collect();
    versions.sort_unstable();
    assert_eq!(versions, [(old.0, old.0), (new.0, new.0)]);
    let lost = "select outcome from attempt where n = 1 and call_id in (select id from call where attempts = 2)";
    let lost = world.books().rows(lost, [], |row| row.get::<_, String>(0));
    assert_eq!(lost, ["outcome_unknown"], "it went on as the same call");
    world.assert_books_closed().await;
}
