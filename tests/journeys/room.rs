//! Calls at once under limits that cover all of them, one after the other: each holds its worst case, so that not all fit
//! beside each other. Whoever does not fit for that reason alone waits; nothing is refused that would fit.

use async_trait::async_trait;
use igny8_core::function::AiFunction;
use igny8_core::function::input::TextInput;
use igny8_core::id::{OperationId, SectorId, SiteId};
use igny8_core::model::thinking::Thinking;
use igny8_core::money::Credits;
use igny8_core::port::models::{TextAnswer, TextRequest};
use igny8_core::port::{FailedCall, TextModel};
use igny8_core::status::{CapScope, ModelType};
use igny8_engine::door::{Door, Pace};
use igny8_engine::operation::Items;
use igny8_engine::{EngineError, Ran};
use igny8_providers::builtin::{BuiltinImage, BuiltinText};
use igny8_store::Store;
use igny8_store::ledger::{CapView, StandingLimit};
use igny8_testkit::scripted::Reply;
use igny8_tests::world::{PROVIDER, Surroundings, World};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// Keywords of further groups, so that there is more to write than two articles.
const MORE: &str = "oolong tea benefits\noolong tea caffeine\nhow to brew oolong tea\nrooibos taste\nrooibos recipe\n\
                    rooibos price\nmatcha latte\nmatcha whisk\nmatcha cake\n";

/// Three articles that wait to be written.
async fn with_three_articles_waiting() -> (World, SiteId) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.engine.add_keywords(MORE, site, SectorId(1)).await.expect("keywords can be typed");
    for before in [AiFunction::AutoCluster, AiFunction::GenerateIdeas] {
        world.run(before, site, Items::Waiting).await;
    }
    world.queue_ideas(site, 3).await;
    assert_eq!(world.books().number("select count(*) from task where status = 'queued'"), 3);
    world.around.script.arrival().await;
    world.around.script.forget();
    (world, site)
}

/// A unit whose vendor has not answered yet.
struct Open {
    answer: Arc<Notify>,
    step: JoinHandle<Result<Ran, EngineError>>,
}

impl Open {
    async fn of(world: &World) -> Self {
        let answer = Arc::new(Notify::new());
        world.around.script.then(Reply::When(Arc::clone(&answer)));
        let engine = Arc::clone(&world.engine);
        let step = tokio::spawn(async move { engine.step().await });
        world.around.script.arrival().await;
        Self { answer, step }
    }

    async fn end(self) {
        self.answer.notify_one();
        assert_eq!(self.step.await.unwrap().unwrap(), Ran::Unit);
    }
}

async fn today(world: &World) -> CapView {
    let caps = world.engine.spending().await.unwrap().caps;
    caps.into_iter().find(|cap| cap.scope == CapScope::Day).expect("the day is listed")
}

fn movements(world: &World, operation: OperationId) -> Vec<String> {
    world.books().records(operation).transactions.into_iter().map(|line| line.transaction_type).collect()
}

/// With two of three calls open and no room for the third's hold beside theirs: it waits, and nobody is refused.
async fn assert_the_third_waits(world: &World, writing: OperationId, first: Open, second: Open) {
    let asked = || world.around.script.asked().len();
    assert_eq!((world.engine.step().await.unwrap(), asked()), (Ran::Unit, 2), "the third is looked at and not asked");
    assert_eq!(world.engine.step().await.unwrap(), Ran::Idle, "and passed over as long as both are open");
    assert!(!world.books().records(writing).task.is_closed, "it was not refused");
    first.end().await;
    world.engine.drain().await.unwrap();
    assert_eq!(asked(), 3, "what the first gave back is enough");
    second.end().await;
    world.engine.drain().await.unwrap();
    assert_eq!(movements(world, writing), ["deduction"; 3]);
    let task = world.books().records(writing).task;
    assert_eq!((task.status.as_str(), task.error_code.as_str(), task.is_closed), ("success", "", true));
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_only_open_holds_fill_is_waited_for() {
    let (world, site) = with_three_articles_waiting().await;
    let writing = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    let first = Open::of(&world).await;
    let day = today(&world).await;
    let room = Credits(day.used.0 + day.held.0 * 11 / 4);
    world.engine.set_limit(StandingLimit::Day, Some(room)).await.unwrap();
    let second = Open::of(&world).await;
    assert_the_third_waits(&world, writing, first, second).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_that_is_only_held_is_waited_for_and_is_not_low() {
    let (world, site) = with_three_articles_waiting().await;
    let price = world.engine.estimate(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    world.empty_the_wallet().await;
    world.grant(Credits(price.credits_max.0 * 11 / 12), "for all of them, one after the other").await.unwrap();
    let writing = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    let (first, second) = (Open::of(&world).await, Open::of(&world).await);
    assert_the_third_waits(&world, writing, first, second).await;
    let told = world.books().number("select count(*) from notification where notification_type = 'credits_exhausted'");
    assert_eq!(told, 0, "it never was");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_open_holds_are_in_the_way_of_counts_as_affordable_and_begins() {
    let (world, site) = with_three_articles_waiting().await;
    let (content, first) = (AiFunction::GenerateContent, Items::First(1));
    world.empty_the_wallet().await;
    let price = world.engine.estimate(content, site, first.clone()).await.unwrap();
    assert!(!price.is_affordable(), "nothing is there");
    world.grant(price.credits_max, "for the first").await.unwrap();
    world.start(content, site, first).await.unwrap();
    let open = Open::of(&world).await;
    let rest = || world.engine.estimate(content, site, Items::WithIdeas(2));
    let all = rest().await.unwrap();
    let needed = all.credits.max(Credits(all.credits_max.0.div_euclid(2)));
    world.grant(Credits(needed.0 - 1), "not for the rest").await.unwrap();

    let told = rest().await.unwrap();
    assert!(told.credits > told.available || needed > told.available, "it is not there now: {told:?}");
    assert!(told.is_affordable() && told.returning > Credits::ZERO, "but will be, as calls reckon: {told:?}");
    let forecast = world.engine.forecast(site).await.unwrap();
    assert_eq!((forecast.available, forecast.returning), (told.available, told.returning));
    let cap = forecast.available.plus(forecast.returning);
    assert_eq!(forecast.cap(Some(cap)).unwrap(), cap, "a run may have it");
    let above = forecast.cap(Some(cap.plus(Credits(1))));
    assert!(matches!(above, Err(EngineError::RunNotCovered { .. })), "and no more: {above:?}");
    world.start(content, site, Items::WithIdeas(2)).await.expect("work whose start changes the plan begins as well");
    open.end().await;
    world.engine.drain().await.unwrap();
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_with_nothing_open_is_refused() {
    let (world, site) = with_three_articles_waiting().await;
    let writing = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    let first = Open::of(&world).await;
    let day = today(&world).await;
    world.engine.set_limit(StandingLimit::Day, Some(Credits(day.used.0 + day.held.0 * 5 / 4))).await.unwrap();
    assert_eq!(world.engine.step().await.unwrap(), Ran::Unit);
    assert_eq!(movements(&world, writing), Vec::<String>::new(), "without the first it would fit");
    first.end().await;
    world.engine.drain().await.unwrap();
    let all = movements(&world, writing);
    assert!(all.len() < 4 && all.last().is_some_and(|last| last == "refusal"), "what was spent is not there: {all:?}");
    assert_eq!(world.books().records(writing).task.error_code, "cap_day");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_can_be_stopped_and_goes_on_when_there_is_more() {
    let (world, site) = with_three_articles_waiting().await;
    let writing = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    let first = Open::of(&world).await;
    let day = today(&world).await;
    let room = |times: i64| Some(Credits(day.used.0 + day.held.0 * times / 4));
    world.engine.set_limit(StandingLimit::Day, room(7)).await.unwrap();
    assert_eq!(world.engine.step().await.unwrap(), Ran::Unit);
    assert_eq!(world.engine.step().await.unwrap(), Ran::Idle, "it waits for the first");
    world.engine.set_limit(StandingLimit::Day, room(11)).await.unwrap();
    let second = Open::of(&world).await;
    assert_eq!(world.engine.step().await.unwrap(), Ran::Unit);
    world.engine.cancel_operation(writing).await.unwrap();
    first.end().await;
    second.end().await;
    world.engine.drain().await.unwrap();
    assert_eq!((movements(&world, writing).len(), world.around.script.asked().len()), (2, 2), "the third was given up");
    assert!(world.books().records(writing).task.is_closed);
    world.assert_books_closed().await;
}

/// The built-in model, but that it may think at length before it answers, and takes its time with articles: what is held
/// for a call is several times what it costs, and many are open at once.
struct Thinker;

#[async_trait]
impl TextModel for Thinker {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        BuiltinText::new().count_input_tokens(request)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        if matches!(request.input, TextInput::GenerateContent(_)) {
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        BuiltinText::new().complete(request).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_under_its_own_cap_is_not_stopped_by_its_own_holds() {
    let around = Surroundings::default();
    let site = {
        let world = World::new_in(around.clone()).await;
        let site = world.add_tea_site().await;
        world.engine.add_keywords(MORE, site, SectorId(1)).await.expect("keywords can be typed");
        let thinking = Thinking { tokens: 40_000, ..Thinking::default() };
        let noted = world.engine.store().write(move |w| {
            let model = w.default_model(ModelType::Text)?;
            w.model_note_thinking(model.id, &thinking)
        });
        noted.await.expect("a model is there");
        site
    };
    let door = Door::new();
    door.register(PROVIDER, Some(Arc::new(Thinker)), Some(Arc::new(BuiltinImage::new())), Pace::at_once(8));
    let store = Store::open(&around.database(), None).expect("the store opens");
    let world = World { engine: Arc::new(around.engine_at(store, door)), around };
    world.recover().await;

    world.run_site(site, None).await.expect("its own cap is enough for it");
    let written = world.books().number("select count(*) from task where status = 'completed'");
    assert!(written > 2, "several articles were written at once: {written}");
    assert_eq!(world.books().number("select count(*) from task where status <> 'completed'"), 0);
    assert_eq!(world.books().number("select count(*) from image where status <> 'generated'"), 0);
    assert_eq!(world.books().number("select count(*) from credit_transaction where transaction_type = 'refusal'"), 0);
    world.assert_books_closed().await;
}
