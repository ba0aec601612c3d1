//! Work that is refused before anything of it is paid: it is on the books all the same, and what comes before it in the
//! same command is not paid for nothing.

use igny8_core::function::AiFunction;
use igny8_core::id::OperationId;
use igny8_core::model::Model;
use igny8_core::money::Credits;
use igny8_core::port::Clock;
use igny8_core::status::ModelType;
use igny8_core::time::UtcMs;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_store::{Store, StoreError, Write};
use igny8_testkit::vendor::IMAGE_MODEL;
use igny8_tests::books::Books;
use igny8_tests::program::{Home, Ran};
use igny8_tests::vendor::{exact_vendor, home_with};
use igny8_tests::world::World;

const SITE: [&str; 2] = ["--site", "Tea"];
/// 23 October 2026 in UTC.
const END: UtcMs = UtcMs(1_792_713_600_000);

/// The newest operation was refused: all four records of it, all of nothing.
fn assert_on_the_books(books: &Books, function: AiFunction, code: &str) {
    let newest = "select id from operation order by created_at desc, id desc limit 1";
    let id = books.rows(newest, [], |row| row.get::<_, Vec<u8>>(0)).remove(0);
    let records = books.records(OperationId::from_slice(&id).unwrap());
    let [line] = records.transactions.as_slice() else { panic!("{code}: one line: {records:?}") };
    assert_eq!((line.transaction_type.as_str(), line.amount, line.memo.as_str()), ("refusal", 0, code));
    let [used] = records.usage.as_slice() else { panic!("{code}: one usage row: {records:?}") };
    assert_eq!((used.outcome.as_str(), used.credits, used.cost, used.has_call), ("refused", 0, 0, false), "{code}");
    let task = &records.task;
    assert_eq!((task.function.as_str(), task.status.as_str()), (function.name(), "error"), "{code}");
    assert_eq!((task.phase.as_str(), task.error_code.as_str(), task.is_closed), ("PREP", code, true));
    let failed = format!("{}_failed", function.notification_stem());
    assert_eq!(records.notices, [(failed, "error".to_owned())], "{code}");
}

fn choose(write: &mut Write<'_>, model: &Model) -> Result<(), StoreError> {
    let id = write.add_model(&Model { is_default: false, ..model.clone() }, model.priced_at)?;
    write.set_default_model(model.model_type, id)
}

/// Changes the model that a home's program asks for one kind of work.
async fn change_model(home: &Home, model_type: ModelType, change: impl Fn(Model) -> Model + Send + 'static) {
    let store = Store::open(&home.database(), None).unwrap();
    let chosen = store.write(move |w| {
        let changed = change(w.default_model(model_type)?);
        choose(w, &changed)
    });
    chosen.await.unwrap();
    store.close().await;
}

/// Adds what follows the chosen model of a kind, without choosing it.
async fn add_newer(home: &Home, model_type: ModelType) {
    let store = Store::open(&home.database(), None).unwrap();
    let added = store.write(move |w| {
        let old = w.default_model(model_type)?;
        let newer = Model { model_name: newer(model_type).to_owned(), is_default: false, ..old.clone() };
        w.add_model(&Model { retires_on: None, replaced_by: None, ..newer }, old.priced_at)
    });
    added.await.unwrap();
    store.close().await;
}

const fn newer(model_type: ModelType) -> &'static str {
    match model_type {
        ModelType::Text => "newer-text",
        ModelType::Image => "newer-image",
    }
}

fn unpriced(model: Model) -> Model {
    Model { model_name: "unpriced".to_owned(), tokens_per_credit: None, credits_per_image: None, ..model }
}

/// Ended on the day that GPT Image 1 did, with a successor.
fn ended(model: Model) -> Model {
    let (model_name, display_name) = (format!("old-{}", model.model_type), "old".to_owned());
    Model {
        model_name,
        display_name,
        retires_on: Some(END),
        replaced_by: Some(newer(model.model_type).to_owned()),
        ..model
    }
}

fn assert_refused(ran: &Ran, words: &str) {
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{ran:?}");
    assert!(ran.stderr.contains(words), "{words}: {ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_refused_at_its_start_is_on_the_books() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let wallet = home.books().wallet();
    let cluster = [&["cluster"][..], &SITE].concat();
    home.json(&["credits", "stop"]);
    assert_refused(&home.run(&cluster), "stopped");
    assert_on_the_books(&home.books(), AiFunction::AutoCluster, "spending_stopped");
    home.json(&["credits", "resume"]);

    change_model(&home, ModelType::Text, unpriced).await;
    assert_refused(&home.run(&cluster), "has no price");
    assert_on_the_books(&home.books(), AiFunction::AutoCluster, "unpriced");
    assert_eq!(home.books().number("select count(*) from operation"), 2, "one for each");
    assert_eq!((vendor.seen().len(), home.books().wallet()), (0, wallet), "nobody was asked, nothing moved");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_refused_is_on_the_books_once_and_says_a_command_that_mends_it() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let run = [&["run", "start"][..], &SITE].concat();
    for (model_type, prices) in [(ModelType::Image, "0.04"), (ModelType::Text, "0.002")] {
        let before = home.books().number("select count(*) from operation");
        let named = |model: Model| Model { model_name: format!("unpriced-{}", model.model_type), ..unpriced(model) };
        change_model(&home, model_type, named).await;
        let refused = home.run(&run);
        assert_refused(&refused, "has no price");
        let books = home.books();
        assert_eq!(books.number("select count(*) from operation"), before + 1, "{model_type}: once");
        let unseen = books.number("select count(*) from notification where params like '%unpriced%'");
        assert_eq!(unseen, before + 1, "{model_type}: told once");

        // As it stands there, with the prices that nobody but the user knows.
        let (_, behind) = refused.stderr.split_once("'models add ").expect("a command");
        let (command, _) = behind.split_once('\'').expect("its end");
        let command = format!("models add {command}").replace("PRICE", prices).replace("CREDITS", "5");
        home.json(&command.split(' ').collect::<Vec<_>>());
    }
    let ran = home.run(&run);
    assert!(!ran.stderr.contains("has no price") && !vendor.seen().is_empty(), "and the vendor is asked: {ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_cannot_be_made_are_not_described_for_money() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    for command in ["cluster", "ideas"] {
        home.json(&[&[command][..], &SITE].concat());
    }
    home.json(&[&["write"][..], &SITE, &["--limit", "1"]].concat());
    let (asked, wallet) = (vendor.seen().len(), home.books().wallet());
    let images = [&["images"][..], &SITE].concat();

    change_model(&home, ModelType::Image, unpriced).await;
    assert_refused(&home.run(&images), "has no price");
    assert_on_the_books(&home.books(), AiFunction::GenerateImages, "unpriced");
    change_model(&home, ModelType::Image, |model| {
        let (provider, model_name) = ("gone".to_owned(), "gone".to_owned());
        Model { provider, model_name, credits_per_image: Some(Credits::whole(5)), ..model }
    })
    .await;
    assert_refused(&home.run(&images), "the vendor of the model is not connected");
    assert_on_the_books(&home.books(), AiFunction::GenerateImages, "no_such_provider");
    assert_eq!((vendor.seen().len(), home.books().wallet()), (asked, wallet), "no description is paid");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");

    home.json(&["models", "use", IMAGE_MODEL]);
    home.json(&images);
    assert!(home.books().number("select count(*) from image where status = 'generated'") > 0, "now they are made");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_has_ended_stops_a_run_before_its_first_call_and_names_its_successor() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    let wallet = home.books().wallet();
    let run = [&["run", "start"][..], &SITE].concat();
    let told = |ran: &Ran| {
        assert_refused(ran, "old was ended by its vendor on 2026-10-23");
        assert!(ran.stderr.contains("'models use newer-"), "{ran:?}");
    };

    change_model(&home, ModelType::Image, ended).await;
    let ran = home.run(&run);
    assert!(ran.stderr.contains("'models use MODEL'") && !ran.stderr.contains("newer"), "nobody knows it yet: {ran:?}");
    let listed = home.run(&["models", "list"]).stdout;
    assert!(listed.contains("ended 2026-10-23") && !listed.contains("use newer"), "{listed}");
    for model_type in [ModelType::Image, ModelType::Text] {
        add_newer(&home, model_type).await;
    }
    told(&home.run(&run));
    assert_on_the_books(&home.books(), AiFunction::GenerateImages, "model_ended");
    assert_eq!((vendor.seen().len(), home.books().wallet()), (0, wallet), "no text is paid for pictures never made");
    home.json(&["models", "use", IMAGE_MODEL]);

    change_model(&home, ModelType::Text, ended).await;
    told(&home.run(&run));
    told(&home.run(&[&["cluster"][..], &SITE].concat()));
    assert_on_the_books(&home.books(), AiFunction::AutoCluster, "model_ended");
    told(&home.run(&["models", "use", "loopback/old-text"]));
    assert_eq!((vendor.seen().len(), home.books().wallet()), (0, wallet), "nobody was asked, nothing moved");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
    assert!(home.run(&["models", "list"]).stdout.contains("ended 2026-10-23, use newer-text"), "the list says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_ends_while_work_waits_leaves_the_rest_as_it_was() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let end = world.around.clock.now().plus_ms(60_000);
    let ending = world.engine.store().write(move |w| {
        let model = w.default_model(ModelType::Text)?;
        w.model_note_end(model.id, Some(end), "newer")
    });
    ending.await.unwrap();
    let waiting = world.books().number("select count(*) from task where status = 'queued'");
    assert!(waiting > 1, "several articles wait");
    let operation = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    world.engine.step().await.unwrap();
    let asked = world.around.script.asked().len();
    world.around.clock.advance_ms(60_000);
    world.engine.drain().await.unwrap();

    assert_eq!(world.around.script.asked().len(), asked, "nobody is asked who is not there");
    let records = world.books().records(operation);
    assert_eq!((records.task.results, records.task.error_code.as_str()), (1, "model_ended"));
    let left = world.books().number("select count(*) from task where status = 'queued'");
    assert_eq!(left, waiting - 1, "the rest waits, and did not fail");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_whose_end_is_told_with_a_new_price_stops_work_that_was_begun_at_the_old_one() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let waiting = world.books().number("select count(*) from task where status = 'queued'");
    let operation = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    world.engine.step().await.unwrap();
    let asked = world.around.script.asked().len();
    let now = world.around.clock.now();
    let replaced = world.engine.store().write(move |w| {
        let model = w.default_model(ModelType::Text)?;
        w.add_model(&Model { model_name: "newer".to_owned(), is_default: false, ..model.clone() }, now)?;
        let ended = Model { retires_on: Some(now), replaced_by: Some("newer".to_owned()), ..model.clone() };
        w.model_replace(model.id, &ended, now)
    });
    replaced.await.unwrap();
    world.engine.drain().await.unwrap();

    assert_eq!(world.around.script.asked().len(), asked, "nobody is asked who is not there");
    let records = world.books().records(operation);
    assert_eq!((records.task.results, records.task.error_code.as_str()), (1, "model_ended"));
    let left = world.books().number("select count(*) from task where status = 'queued'");
    assert_eq!(left, waiting - 1, "the rest waits, and did not fail");
    let told = "select count(*) from notification
       where notification_type = 'model_ended' and json_extract(params, '$.successor') = 'newer'";
    assert_eq!(world.books().number(told), 1, "with what follows it");
    assert_eq!(world.books().open_holds(), 0);
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_refused_where_nothing_is_to_be_done() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let changed = world.engine.store().write(|w| {
        let model = unpriced(w.default_model(ModelType::Image)?);
        choose(w, &model)
    });
    changed.await.unwrap();
    let check = || world.engine.check_follow_up(AiFunction::GenerateImagePrompts, AiFunction::GenerateImages, site);
    check().await.expect("no article is to be illustrated");
    assert_eq!(world.books().number("select count(*) from operation"), 0);

    world.prepare_for(AiFunction::GenerateImagePrompts, site).await;
    assert!(matches!(check().await, Err(EngineError::Unpriced { .. })));
    // Begun already, and not done yet.
    world.start(AiFunction::GenerateImagePrompts, site, Items::Waiting).await.unwrap();
    assert!(matches!(check().await, Err(EngineError::Unpriced { .. })));
    world.assert_books_closed().await;
}
