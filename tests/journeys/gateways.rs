//! Vendors whose word on which request is which cannot be taken: a gateway that hands our own id back, or one and the same
//! id to everybody, has run and billed each attempt. What a lost answer likely cost stays on the books there; only a vendor
//! of which its adapter knows that both attempts were one request bills it once.

use async_trait::async_trait;
use igny8_core::function::AiFunction;
use igny8_core::id::CallId;
use igny8_core::port::models::{ImageAnswer, ImageRequest, TextAnswer, TextRequest};
use igny8_core::port::{Clock, FailedCall, ImageModel, ProviderError, TextModel};
use igny8_engine::door::Door;
use igny8_engine::operation::Items;
use igny8_providers::builtin::{BuiltinImage, BuiltinText};
use igny8_store::Store;
use igny8_tests::world::{PICTURE, PROVIDER, Surroundings, World, add_models};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Longer than any wait before a request is sent again.
const LATER_MS: i64 = 600_000;

/// Under which id a gateway says that it has a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Named {
    /// Ours.
    AsOurs,
    /// One for all.
    AsAll,
    /// Ours, which the vendor takes, so that it runs the request once.
    TakesOurs,
}

/// A gateway that loses the next answer when it is told to.
struct Gateway {
    named: Named,
    loses: AtomicBool,
    text: BuiltinText,
    image: BuiltinImage,
}

impl Gateway {
    fn id(&self, call: CallId) -> Option<String> {
        Some(match self.named {
            Named::AsOurs | Named::TakesOurs => call.to_string(),
            Named::AsAll => "chatcmpl-0".to_owned(),
        })
    }

    /// Loses an answer, if it is to.
    fn answer(&self, call: CallId) -> Result<Option<String>, FailedCall> {
        let provider_request_id = self.id(call);
        match self.loses.swap(false, Ordering::SeqCst) {
            true => Err(FailedCall::from(ProviderError::Unknown).known_as(provider_request_id)),
            false => Ok(provider_request_id),
        }
    }
}

#[async_trait]
impl TextModel for Gateway {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        self.text.count_input_tokens(request)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let provider_request_id = self.answer(request.call)?;
        Ok(TextAnswer { provider_request_id, ..self.text.complete(request).await? })
    }
}

#[async_trait]
impl ImageModel for Gateway {
    fn request_id(&self, call: CallId, _: Option<&str>) -> Option<String> {
        if self.named == Named::TakesOurs { self.id(call) } else { None }
    }

    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        let provider_request_id = self.answer(request.call)?;
        Ok(ImageAnswer { provider_request_id, ..self.image.render(request).await? })
    }
}

async fn behind(named: Named) -> (World, Arc<Gateway>) {
    let (text, image) = (BuiltinText::new(), BuiltinImage::new());
    let gateway = Arc::new(Gateway { named, loses: AtomicBool::new(false), text, image });
    let around = Surroundings::default();
    let store = Store::open(&around.database(), None).expect("the store opens");
    let door = Door::new()
        .with_text(PROVIDER, Arc::clone(&gateway) as Arc<dyn TextModel>)
        .with_image(PROVIDER, Arc::clone(&gateway) as Arc<dyn ImageModel>);
    let world = World { engine: Arc::new(around.engine_at(store, door)), around };
    add_models(world.engine.store(), world.around.clock.now()).await;
    world.recover().await;
    (world, gateway)
}

/// Runs one unit whose first answer is lost. What its call cost, and what of that was its lost attempt's.
async fn lost_once(world: &World, gateway: &Gateway, function: AiFunction) -> (i64, i64) {
    let site = world.add_tea_site().await;
    world.prepare_for(function, site).await;
    gateway.loses.store(true, Ordering::SeqCst);
    let items = if function == AiFunction::AutoCluster { Items::Waiting } else { Items::First(1) };
    world.run(function, site, items).await;
    world.around.clock.advance_ms(LATER_MS);
    world.engine.drain().await.expect("the queue drains");
    let cost = "select cost_nano, lost_nano from usage_line u join call c on c.id = u.call_id where c.attempts = 2";
    let costs = world.books().rows(cost, [], |row| Ok((row.get(0)?, row.get(1)?)));
    world.assert_books_closed().await;
    costs[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_none_of_the_vendors_takes_no_cost_away() {
    for named in [Named::AsOurs, Named::AsAll] {
        let (world, gateway) = behind(named).await;
        let (cost, lost) = lost_once(&world, &gateway, AiFunction::AutoCluster).await;
        let likely = world.books().number("select likely_nano from call where attempts = 2");
        assert!(likely > 0 && lost == likely && cost > lost, "{named:?}: both attempts are billed: {cost} {lost}");
        let (world, gateway) = behind(named).await;
        let picture = lost_once(&world, &gateway, AiFunction::GenerateImages).await;
        assert_eq!(picture, (2 * PICTURE.1, PICTURE.1), "{named:?}: two pictures");
        let named_once = "select count(*) from attempt a where a.provider_request_id <> ''
            and (select attempts from call where id = a.call_id) = 2";
        assert_eq!(
            world.books().number(named_once),
            1,
            "{named:?}: the id stays with the attempt that it came with first"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_takes_our_id_bills_both_attempts_once() {
    let (world, gateway) = behind(Named::TakesOurs).await;
    let picture = lost_once(&world, &gateway, AiFunction::GenerateImages).await;
    assert_eq!(picture, (PICTURE.1, 0), "one picture");
}
