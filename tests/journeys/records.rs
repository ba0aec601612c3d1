//! The four records: whatever a function did and however it ended, there is a line in the statement, a usage row, a row
//! in the task log and a notice, with the right words and the right amounts.

use igny8_core::function::AiFunction;
use igny8_core::id::{ModelId, OperationId, SiteId};
use igny8_core::model::Model;
use igny8_core::money::Credits;
use igny8_core::port::{Clock, ProviderError};
use igny8_core::status::ModelType;
use igny8_core::usage::Usage;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_store::StoreError;
use igny8_testkit::scripted::{Asked, Reply};
use igny8_tests::books::{Line, Records, Task, Used};
use igny8_tests::world::{NANO_PER_TOKEN, PICTURE, TOKENS_PER_CREDIT, World};

/// Micro-credits in a credit.
const CREDIT: i64 = 1_000_000;
/// What a micro-credit is worth in nano-dollars, at one cent a credit.
const NANO_PER_MICRO_CREDIT: i64 = 10;

/// How an operation of one unit ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ending {
    Success,
    FailureAfterSending,
    InsufficientCredits,
    Stopped,
    Unpriced,
    ModelEnded,
}

impl Ending {
    /// The code, when it was refused before anything was held.
    fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Success | Self::FailureAfterSending => None,
            Self::InsufficientCredits => Some("insufficient_credits"),
            Self::Stopped => Some("spending_stopped"),
            Self::Unpriced => Some("unpriced"),
            Self::ModelEnded => Some("model_ended"),
        }
    }
}

/// What a unit should cost: micro-credits, nano-dollars, tokens in and out, pictures.
#[derive(Clone, Copy, Default)]
struct Price {
    credits: i64,
    cost: i64,
    tokens_in: i64,
    tokens_out: i64,
    images: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn clustering_leaves_its_records() {
    every_ending(AiFunction::AutoCluster).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ideas_leave_their_records() {
    every_ending(AiFunction::GenerateIdeas).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_leaves_its_records() {
    every_ending(AiFunction::GenerateContent).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn describing_images_leaves_its_records() {
    every_ending(AiFunction::GenerateImagePrompts).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn making_images_leaves_its_records() {
    every_ending(AiFunction::GenerateImages).await;
}

#[test]
fn every_function_has_its_test() {
    assert_eq!(AiFunction::ALL.len(), 5, "a new function needs a test of its records here");
}

/// A failure, each refusal and a success of one function, one after the other on the same plan.
async fn every_ending(function: AiFunction) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(function, site).await;

    world.around.script.then(Reply::Fails(ProviderError::Auth));
    ends(&world, site, function, Ending::FailureAfterSending).await;
    world.empty_the_wallet().await;
    ends(&world, site, function, Ending::InsufficientCredits).await;
    world.grant(Credits::whole(500), "a gift").await.unwrap();
    world.engine.stop_spending().await.unwrap();
    ends(&world, site, function, Ending::Stopped).await;
    world.engine.allow_spending().await.unwrap();
    let model_type = function.model_type();
    let priced = choose(&world, model_type, "unpriced", without_price).await;
    ends(&world, site, function, Ending::Unpriced).await;
    let today = world.around.clock.now();
    choose(&world, model_type, "ended", move |model| Model { retires_on: Some(today), ..model }).await;
    ends(&world, site, function, Ending::ModelEnded).await;
    world.engine.store().write(move |w| w.set_default_model(model_type, priced)).await.unwrap();
    ends(&world, site, function, Ending::Success).await;
}

/// Makes another model the one that is asked, made of the one that was, whose id is answered.
async fn choose(
    world: &World,
    model_type: ModelType,
    name: &'static str,
    change: impl Fn(Model) -> Model + Send + 'static,
) -> ModelId {
    let now = world.around.clock.now();
    let chosen = world.engine.store().write(move |w| {
        let before = w.default_model(model_type)?;
        let named = Model { model_name: name.to_owned(), display_name: name.to_owned(), ..before.clone() };
        let id = w.add_model(&Model { is_default: false, ..change(named) }, now)?;
        w.set_default_model(model_type, id)?;
        Ok::<_, StoreError>(before.id)
    });
    chosen.await.unwrap()
}

fn without_price(model: Model) -> Model {
    Model { tokens_per_credit: None, credits_per_image: None, is_default: false, ..model }
}

/// Starts it; what is refused at the start is on the books as the newest operation.
async fn start(world: &World, site: SiteId, function: AiFunction, ending: Ending) -> OperationId {
    let started = world.start(function, site, items(function)).await;
    match ending {
        Ending::Stopped => assert!(matches!(started, Err(EngineError::SpendingStopped)), "{function}: {started:?}"),
        Ending::Unpriced => assert!(matches!(started, Err(EngineError::Unpriced { .. })), "{function}: {started:?}"),
        Ending::ModelEnded => {
            assert!(matches!(started, Err(EngineError::ModelEnded { .. })), "{function}: {started:?}")
        }
        Ending::Success | Ending::FailureAfterSending | Ending::InsufficientCredits => return started.unwrap(),
    }
    let newest = "select id from operation order by created_at desc, id desc limit 1";
    let id = world.books().rows(newest, [], |row| row.get::<_, Vec<u8>>(0)).remove(0);
    OperationId::from_slice(&id).unwrap()
}

async fn ends(world: &World, site: SiteId, function: AiFunction, ending: Ending) {
    let (plan, wallet) = (world.books().plan(), world.books().wallet());
    world.around.script.forget();
    let operation = start(world, site, function, ending).await;
    assert_eq!(world.books().wallet(), wallet, "{function} {ending:?}: nothing is held at enqueue");
    world.engine.drain().await.unwrap();

    let asked = world.around.script.asked();
    let calls = usize::from(ending.refusal().is_none());
    assert_eq!(asked.len(), calls, "{function} {ending:?}: calls that reached the model");
    let price = if ending == Ending::Success { price(function, &asked[0]) } else { Price::default() };
    assert_records(&world.books().records(operation), function, ending, price);

    let (posted, held) = world.books().wallet();
    assert_eq!((posted, held), (wallet.0 - price.credits, 0), "{function} {ending:?}: the wallet");
    let changed = world.books().plan() != plan;
    assert_eq!(changed, ending == Ending::Success, "{function} {ending:?}: something is stored only on success");
    world.assert_books_closed().await;
}

/// All keywords, or one item: a single unit in either case.
fn items(function: AiFunction) -> Items {
    if function == AiFunction::AutoCluster { Items::Waiting } else { Items::First(1) }
}

/// The price by the published formulas, worked out here once more.
fn price(function: AiFunction, asked: &Asked) -> Price {
    assert_eq!(asked.function, function, "the model was asked for this function");
    match function.model_type() {
        ModelType::Image => Price { credits: PICTURE.0, cost: PICTURE.1, images: 1, ..Price::default() },
        ModelType::Text => {
            let (tokens_in, tokens_out) = (i64::from(asked.usage.input_tokens), i64::from(asked.usage.output_tokens));
            assert!(tokens_in > 0 && tokens_out > 0, "the model consumed something");
            let started = (tokens_in + tokens_out + TOKENS_PER_CREDIT - 1) / TOKENS_PER_CREDIT;
            let cost = tokens_in * NANO_PER_TOKEN.0 + tokens_out * NANO_PER_TOKEN.1;
            Price { credits: started.max(1) * CREDIT, cost, tokens_in, tokens_out, images: 0 }
        }
    }
}

fn assert_records(found: &Records, function: AiFunction, ending: Ending, price: Price) {
    let is_stored = ending == Ending::Success;
    let (transaction, outcome, memo, notice, severity) = match ending.refusal() {
        Some(code) => ("refusal", "refused", code, "failed", "error"),
        None if is_stored => ("deduction", "settled", "", "success", "success"),
        None => ("release", "released", "auth", "failed", "error"),
    };
    let (status, phase, error_code) = match ending.refusal() {
        Some(code) => ("error", "PREP", code),
        None if is_stored => ("success", "DONE", ""),
        None => ("error", "AI_CALL", "auth"),
    };
    let expected = Records {
        transactions: vec![Line {
            transaction_type: transaction.to_owned(),
            operation_type: function.operation_type().to_owned(),
            amount: -price.credits,
            memo: memo.to_owned(),
        }],
        usage: vec![Used {
            outcome: outcome.to_owned(),
            operation_type: function.operation_type().to_owned(),
            credits: price.credits,
            cost: price.cost,
            credit_value: price.credits * NANO_PER_MICRO_CREDIT,
            tokens_in: price.tokens_in,
            tokens_out: price.tokens_out,
            images: price.images,
            has_call: ending.refusal().is_none(),
        }],
        task: Task {
            function: function.name().to_owned(),
            status: status.to_owned(),
            phase: phase.to_owned(),
            credits: price.credits,
            cost: price.cost,
            units_done: i64::from(is_stored),
            units_failed: i64::from(!is_stored),
            results: found.task.results,
            error_code: error_code.to_owned(),
            is_closed: true,
        },
        notices: vec![(format!("{}_{notice}", function.notification_stem()), severity.to_owned())],
    };
    assert_eq!(found, &expected, "{function} {ending:?}");
    assert_eq!(found.task.results > 0, is_stored, "{function} {ending:?}: results are counted");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_batch_of_pictures_each_is_paid_for_itself() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    let slots = world.books().plan()["slots"];
    assert!(slots >= 4, "two articles have a featured image and more: {slots}");
    let before = world.books().wallet().0;

    for reply in [Reply::Answer, Reply::Fails(refused()), Reply::Answer, Reply::Says(NO_PNG.into())] {
        world.around.script.then(reply);
    }
    let operation = world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    let records = world.books().records(operation);
    let made = slots - 2;
    assert_eq!(amounts(&records, "deduction"), vec![-PICTURE.0; usize::try_from(made).unwrap()]);
    assert_eq!(amounts(&records, "release"), vec![0, 0]);
    assert_eq!(records.notices, [("ai_image_partial".to_owned(), "warning".to_owned())], "one notice for all");
    assert_eq!((records.task.units_done, records.task.units_failed), (made, 2));
    assert_eq!((records.task.status.as_str(), records.task.phase.as_str()), ("success", "DONE"));
    assert_eq!(records.task.credits, made * PICTURE.0);
    assert_eq!(world.books().wallet(), (before - made * PICTURE.0, 0));
    assert_eq!(world.books().plan()["pictures"], made, "as many pictures as deductions");
    // The second file was no picture: the vendor made and billed it, the user does not pay for it.
    let billed = records.usage.iter().filter(|used| used.outcome == "released" && used.cost == PICTURE.1).count();
    assert_eq!(billed, 1, "what the vendor billed for nothing is on the books");
    world.assert_books_closed().await;
}

/// A refusal before anything was made.
fn refused() -> ProviderError {
    ProviderError::ContentRefused { usage: Usage::default() }
}

const NO_PNG: &str = "<svg xmlns='http://www.w3.org/2000/svg'/>";

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_ends_where_the_credits_do() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    let slots = world.books().plan()["slots"];
    world.empty_the_wallet().await;
    // Two pictures and some.
    world.grant(Credits(2 * PICTURE.0 + 1), "").await.unwrap();

    let operation = world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    let records = world.books().records(operation);
    assert_eq!(amounts(&records, "deduction"), vec![-PICTURE.0; 2], "as many as the wallet covers");
    assert_eq!(amounts(&records, "refusal"), vec![0], "the next one is refused");
    assert!(slots > 3, "some wait behind the one that is refused");
    assert_eq!((records.task.units_done, records.task.units_failed), (2, 1), "all behind it are not tried");
    assert_eq!(records.task.error_code, "insufficient_credits");
    assert_eq!(records.notices, [("ai_image_partial".to_owned(), "warning".to_owned())]);
    assert_eq!(world.around.script.asked().len(), 2, "no call without credits");
    assert_eq!(world.books().wallet(), (1, 0));

    world.grant(Credits::whole(500), "").await.unwrap();
    let rest = world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    assert_eq!(world.books().records(rest).task.units_done, slots - 2, "the rest still waits and can be made");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_run_leaves_the_records_of_every_function() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.run_site(site, None).await.expect("the run ends well");
    let books = world.books();
    for function in AiFunction::ALL {
        let of = "select id from operation where function_name = ?1 and started_by = 'automation'";
        let begun = books.rows(of, [function.name()], |row| row.get::<_, Vec<u8>>(0));
        assert!(!begun.is_empty(), "{function}: the run has an operation of it");
        for id in begun {
            let found = books.records(OperationId::from_slice(&id).unwrap());
            let (task, charged) = (&found.task, amounts(&found, "deduction"));
            assert_eq!((task.status.as_str(), task.phase.as_str(), task.is_closed), ("success", "DONE", true));
            assert!(task.units_done > 0 && task.units_failed == 0, "{function}: {task:?}");
            assert_eq!(charged.len(), usize::try_from(task.units_done).unwrap(), "{function}: a line for each unit");
            assert_eq!(charged.iter().sum::<i64>(), -task.credits, "{function}: and they are what it cost");
            let settled: Vec<i64> = found.usage.iter().filter(|used| used.has_call).map(|used| used.credits).collect();
            assert_eq!(
                settled.iter().map(|credits| -credits).collect::<Vec<_>>(),
                charged,
                "{function}: as is its usage"
            );
            let notice = format!("{}_success", function.notification_stem());
            assert_eq!(found.notices, [(notice, "success".to_owned())], "{function}");
        }
    }
    world.assert_books_closed().await;
}

fn amounts(records: &Records, transaction_type: &str) -> Vec<i64> {
    let lines = records.transactions.iter().filter(|line| line.transaction_type == transaction_type);
    lines.map(|line| line.amount).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_statement_sums_to_the_wallet_and_names_every_operation() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let mut operations: Vec<OperationId> = Vec::new();
    for function in AiFunction::ALL {
        operations.push(world.run(*function, site, Items::Waiting).await);
        if *function == AiFunction::GenerateIdeas {
            world.queue_ideas(site, 1).await;
        }
    }
    let books = world.books();
    let sum = books.number("select sum(amount) from credit_transaction");
    assert_eq!(sum, books.wallet().0, "the statement's sum is the balance");
    let last = books.number("select balance_after from credit_transaction order by id desc limit 1");
    assert_eq!(last, sum, "and its last line says so");
    for operation in operations {
        let records = books.records(operation);
        let used: i64 = records.usage.iter().map(|row| row.credits).sum();
        let paid: i64 = records.transactions.iter().map(|line| line.amount).sum();
        assert_eq!(
            (records.task.credits, -paid),
            (used, used),
            "{}: log, statement and usage agree",
            records.task.function
        );
        let cost: i64 = records.usage.iter().map(|row| row.cost).sum();
        assert_eq!(records.task.cost, cost, "{}: and so does the money", records.task.function);
        assert_eq!(records.notices.len(), 1, "{}: one notice", records.task.function);
    }
    world.assert_books_closed().await;
}
