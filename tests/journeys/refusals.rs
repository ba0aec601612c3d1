//! Work that is refused before anything of it is paid: it is on the books all the same, and what comes before it in the
//! same command is not paid for nothing.

use igny8_core::function::AiFunction;
use igny8_core::id::OperationId;
use igny8_core::model::Model;
use igny8_core::money::Credits;
use igny8_core::status::ModelType;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_store::{Store, StoreError, Write};
use igny8_testkit::vendor::IMAGE_MODEL;
use igny8_tests::books::Books;
use igny8_tests::program::{Home, Ran};
use igny8_tests::vendor::{exact_vendor, home_with};
use igny8_tests::world::World;

const SITE: [&str; 2] = ["--site", "Tea"];

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

fn unpriced(model: Model) -> Model {
    Model { model_name: "unpriced".to_owned(), tokens_per_credit: None, credits_per_image: None, ..model }
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
    assert!(matches!(check().await, Err(EngineError::Unpriced(_))));
    // Begun already, and not done yet.
    world.start(AiFunction::GenerateImagePrompts, site, Items::Waiting).await.unwrap();
    assert!(matches!(check().await, Err(EngineError::Unpriced(_))));
    world.assert_books_closed().await;
}
