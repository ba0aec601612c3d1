//! An article that is told while a vendor writes it, over a real socket: it is heard growing and leaves no trace, the answer
//! is stored and charged as if it had come whole, and one that breaks off is booked as lost.

use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::live::Writing;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{Clock, Vault};
use igny8_core::status::Dialect;
use igny8_engine::door::Door;
use igny8_engine::operation::Items;
use igny8_providers::builtin::{BuiltinImage, BuiltinText};
use igny8_providers::{Bounds, Connection, VendorAddress, models};
use igny8_store::{Store, StoreError};
use igny8_testkit::vault::RememberedVault;
use igny8_testkit::vendor::{Reply, Stated, TEXT_MODEL, Terms, Vendor};
use igny8_tests::world::{self, PROVIDER, Surroundings, World};
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::sync::broadcast::Receiver;

/// Time after which a growing text is told again.
const TOLD_AGAIN_MS: i64 = 250;
/// Bytes that reach into the words of an answer in pieces.
const IN_THE_WORDS: usize = 12_000;

/// A world whose texts a vendor writes, with two articles to be written.
async fn world_with(dialect: Dialect) -> (World, Vendor, SiteId) {
    drop(rustls::crypto::ring::default_provider().install_default());
    let terms = Terms { dialect, stated: Stated::InParts, ..Terms::default() };
    let vendor = Vendor::start_on(terms, Arc::new(BuiltinText::new()));
    let address = VendorAddress::parse(&vendor.base_url()).unwrap();
    let (secret, vault): (Option<SecretName>, Arc<dyn Vault>) = (None, Arc::new(RememberedVault::default()));
    let text = models(dialect, Connection::new(address, secret, vault, Bounds::default()).unwrap()).text.unwrap();
    let door = Door::new().with_text(PROVIDER, text).with_image(PROVIDER, Arc::new(BuiltinImage::new()));
    let around = Surroundings::default();
    let store = Store::open(&around.database(), None).unwrap();
    let world = World { engine: Arc::new(around.engine_at(store, door)), around };
    let now = world.around.clock.now();
    let added = world.engine.store().write(move |w| {
        for mut model in world::models(now) {
            if model.tokens_per_credit.is_some() {
                TEXT_MODEL.clone_into(&mut model.model_name);
            }
            w.add_model(&model, now)?;
        }
        Ok::<_, StoreError>(())
    });
    added.await.unwrap();
    world.recover().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    vendor.forget();
    (world, vendor, site)
}

async fn heard(writings: &mut Receiver<Writing>) -> Writing {
    writings.recv().await.expect("the engine is there")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_heard_growing_and_only_the_whole_of_it_is_kept_and_charged() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let (world, vendor, site) = world_with(dialect).await;
        let mut writings = world.engine.writings();
        let let_go = Arc::new(Notify::new());
        vendor.then(Reply::HalfUntil(Arc::clone(&let_go)));
        let operation = world.start(AiFunction::GenerateContent, site, Items::First(1)).await.unwrap();
        let engine = Arc::clone(&world.engine);
        let work = tokio::spawn(async move { engine.drain().await });
        let first = heard(&mut writings).await;
        let begun = first.text.clone().expect("words");
        assert_eq!(first.operation, operation, "{dialect}");
        assert!(
            !begun.is_empty() && !begun.contains("\\n") && !begun.contains("\"body_markdown"),
            "{dialect}: {begun}"
        );
        assert_eq!(world.books().number("select count(*) from content"), 0, "{dialect}: nothing is stored yet");
        assert_eq!(world.books().open_holds(), 1, "{dialect}: and nothing charged");
        world.around.clock.advance_ms(TOLD_AGAIN_MS);
        let_go.notify_one();
        let mut last = begun;
        while let Some(text) = heard(&mut writings).await.text {
            assert!(text.len() > last.len() && text.starts_with(&last), "{dialect}: it grows");
            world.around.clock.advance_ms(TOLD_AGAIN_MS);
            last = text;
        }
        work.await.unwrap().unwrap();
        let task = world.books().number("select id from task where status = 'completed'");
        assert_eq!(task, first.task.0, "{dialect}: it is told of its task");
        assert_eq!(world.books().number("select count(*) from content"), 1, "{dialect}");
        let ours = world.books().records(operation).usage[0].cost;
        let consumed = vendor.bill().lines[0].consumed;
        let (input, output) = world::NANO_PER_TOKEN;
        let said =
            i64::try_from(consumed.prompt).unwrap() * input + i64::try_from(consumed.completion).unwrap() * output;
        assert_eq!(ours, said, "{dialect}: as the vendor says at the end of its stream");
        world.assert_books_closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_breaks_off_is_booked_as_lost_and_falls_silent() {
    let (world, vendor, site) = world_with(Dialect::OpenAi).await;
    let mut writings = world.engine.writings();
    let wallet = world.books().wallet();
    vendor.then(Reply::Cut(IN_THE_WORDS));
    vendor.then(Reply::Cut(IN_THE_WORDS));
    let operation = world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    assert_eq!(world.books().open_holds(), 1, "the hold stays while the outcome is unknown");
    assert!(heard(&mut writings).await.text.is_some(), "it had begun to be heard");
    assert_eq!(heard(&mut writings).await.text, None, "and is not any more");
    world.around.clock.advance_ms(60_000);
    world.engine.drain().await.unwrap();
    let calls: Vec<String> = vendor.seen().iter().map(|seen| seen.call().to_owned()).collect();
    assert_eq!((calls.len(), &calls[0]), (2, &calls[1]), "it is asked for once more under the same call");
    let records = world.books().records(operation);
    assert_eq!((records.task.error_code.as_str(), world.books().wallet()), ("outcome_unknown", wallet));
    assert_eq!(world.books().number("select count(*) from content"), 0, "half an article is none");
    world.assert_books_closed().await;

    let units = world.engine.store().read(move |r| r.operation_units(operation)).await.unwrap();
    assert!(units[0].partial.contains("body_markdown"), "how far it came is kept with it: {:?}", units[0].partial);
    let kept = "select count(*) from attempt_text t join attempt a on a.call_id = t.call_id and a.n = t.n";
    assert_eq!(world.books().number(kept), 2, "of each attempt");
    vendor.forget();
    let again = world.run(AiFunction::GenerateContent, site, Items::AllFailed(1)).await;
    assert_eq!(vendor.seen().len(), 1, "and never taken for an answer: it is asked for anew");
    let units = world.engine.store().read(move |r| r.operation_units(again)).await.unwrap();
    assert_eq!((units[0].partial.as_str(), world.books().number(kept)), ("", 2), "what came whole is not kept twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_looks_and_for_other_work_answers_are_asked_for_whole() {
    let (world, vendor, site) = world_with(Dialect::OpenAi).await;
    let is_in_pieces = |vendor: &Vendor| vendor.seen().iter().map(|seen| seen.body.get("stream").is_some()).collect();
    world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    let alone: Vec<bool> = is_in_pieces(&vendor);
    assert_eq!(alone, [false], "nobody looks");
    let _looks = world.engine.writings();
    world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    world.run(AiFunction::GenerateImagePrompts, site, Items::First(1)).await;
    let watched: Vec<bool> = is_in_pieces(&vendor);
    assert_eq!(watched, [false, true, false], "an article is told, descriptions of pictures are not");
}
