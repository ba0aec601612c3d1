//! Which model does what: each function asks the model of its role in the set that is switched on, follows its price, and
//! is told in time when its vendor ends it.

use igny8_core::automation::Automation;
use igny8_core::function::AiFunction;
use igny8_core::model::{Model, Price};
use igny8_core::port::{Clock, ProviderError};
use igny8_core::prompt::PromptKind;
use igny8_core::status::{ModelMode, ModelType};
use igny8_engine::operation::Items;
use igny8_engine::{EngineError, roles, settings};
use igny8_store::StoreError;
use igny8_testkit::scripted::Reply;
use igny8_testkit::vendor::{Reply as VendorReply, TEXT_MODEL};
use igny8_tests::program::Home;
use igny8_tests::vendor::{PROVIDER, exact_vendor, home_with};
use igny8_tests::world::World;

const DAY_MS: i64 = 86_400_000;
const SITE: [&str; 2] = ["--site", "Tea"];

/// Adds a copy of the default text model under another name.
async fn copy(world: &World, name: &'static str) -> Model {
    let now = world.around.clock.now();
    let added = world.engine.store().write(move |w| {
        let default = w.default_model(ModelType::Text)?;
        let named = Model { model_name: name.to_owned(), display_name: name.to_owned(), is_default: false, ..default };
        let id = w.add_model(&named, now)?;
        w.model(id)
    });
    added.await.unwrap()
}

async fn assign(world: &World, mode: ModelMode, function: AiFunction, model: &Model) -> Result<(), EngineError> {
    let (model, now) = (model.clone(), world.around.clock.now());
    world.engine.store().write(move |w| roles::assign(w, mode, function, Some(&model), now)).await
}

async fn asked_for(world: &World, function: AiFunction) -> String {
    let model = world.engine.store().read(move |r| roles::model_for(r, function)).await.unwrap();
    model.display_name
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_asks_the_model_of_its_role_and_follows_its_price() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let own = copy(&world, "own").await;
    let (ideas, now) = (AiFunction::GenerateIdeas, world.around.clock.now());
    assign(&world, ModelMode::Live, ideas, &own).await.unwrap();
    assert_eq!(asked_for(&world, ideas).await, "own");
    assert_eq!(asked_for(&world, AiFunction::AutoCluster).await, "Scripted text", "the others ask as before");
    let wrong = assign(&world, ModelMode::Live, AiFunction::GenerateImages, &own).await;
    assert!(matches!(wrong, Err(EngineError::InvalidField { field: "model", rule: "kind" })), "{wrong:?}");

    world.prepare_for(ideas, site).await;
    let before = world.engine.estimate(ideas, site, Items::Waiting).await.unwrap();
    let dearer = Model { cost_per_1k_output: Some(Price::parse("0.006").unwrap()), ..own.clone() };
    let replaced = world.engine.store().write(move |w| w.model_replace(own.id, &dearer, now)).await.unwrap();
    let after = world.engine.estimate(ideas, site, Items::Waiting).await.unwrap();
    assert_eq!((before.model, after.model), ("own".to_owned(), "own".to_owned()));
    assert!(after.cost.0 > before.cost.0, "the button has the new price: {:?}", after.cost);
    let operation = world.run(ideas, site, Items::Waiting).await;
    let row = world.engine.store().read(move |r| r.operation(operation)).await.unwrap();
    assert_eq!(row.model, replaced, "and the work has it too");

    let taken = world.engine.store().write(move |w| roles::assign(w, ModelMode::Live, ideas, None, now));
    taken.await.unwrap();
    assert_eq!(asked_for(&world, ideas).await, "Scripted text");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_default_of_a_kind_is_asked_by_all_of_it_and_a_model_is_replaced_everywhere() {
    let world = World::new().await;
    let (one, two) = (copy(&world, "one").await, copy(&world, "two").await);
    let now = world.around.clock.now();
    for function in [AiFunction::GenerateIdeas, AiFunction::GenerateContent] {
        assign(&world, ModelMode::Live, function, &one).await.unwrap();
    }
    assign(&world, ModelMode::Testing, AiFunction::AutoCluster, &one).await.unwrap();
    let (from, to) = (one.clone(), two.clone());
    let switched = world.engine.store().write(move |w| roles::switch(w, &from, &to, now)).await.unwrap();
    assert_eq!(switched, 3);
    assert_eq!(asked_for(&world, AiFunction::GenerateContent).await, "two");

    world.engine.store().write(move |w| roles::use_for_kind(w, &one, now)).await.unwrap();
    for function in [AiFunction::AutoCluster, AiFunction::GenerateIdeas, AiFunction::GenerateContent] {
        assert_eq!(asked_for(&world, function).await, "one", "{function}");
    }
    let testing = world.engine.store().write(move |w| settings::save_model_mode(w, ModelMode::Testing));
    testing.await.unwrap();
    assert_eq!(asked_for(&world, AiFunction::AutoCluster).await, "two", "what is tried is as it was");
    let none = world.engine.store().read(|r| roles::model_for(r, AiFunction::GenerateIdeas)).await;
    assert!(matches!(none, Err(EngineError::NoModel(ModelType::Text))), "no built-in engine here: {none:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_model_in_use_that_ends_the_user_is_told_once_before_and_once_when_it_has() {
    let world = World::new().await;
    let (tea, _) = world.add_site("Tea", &["Pots"]).await;
    for (kind, site) in
        [(PromptKind::Clustering, None), (PromptKind::Ideas, Some(tea)), (PromptKind::NegativePrompt, None)]
    {
        world.engine.prompt_save(kind, site, "Say it in few words.").await.unwrap();
    }
    let chosen = Automation { is_enabled: true, ..Automation::default() };
    world.engine.set_automation(tea, chosen, false).await.unwrap();
    let end = world.around.clock.now().plus_ms(40 * DAY_MS);
    let ending = Model { retires_on: Some(end), replaced_by: Some("newer".to_owned()), ..copy(&world, "old").await };
    let chosen = world.engine.store().write(move |w| {
        w.model_note_end(ending.id, ending.retires_on, "newer")?;
        w.set_default_model(ModelType::Text, ending.id)
    });
    chosen.await.unwrap();
    let told = async |days: i64| {
        world.around.clock.advance_ms(days * DAY_MS);
        for _ in 0..2 {
            world.engine.recover().await.unwrap();
        }
        let count = |kind: &str| {
            let sql = "select count(*) from notification where notification_type = ?1";
            world.books().rows(sql, [kind], |row| row.get::<_, i64>(0)).remove(0)
        };
        (count("model_ends_soon"), count("model_ended"))
    };
    assert_eq!(told(0).await, (0, 0), "not yet");
    assert_eq!(told(11).await, (1, 0));
    assert_eq!(told(1).await, (1, 0), "and not again");
    let [used] = &world.engine.ending_models().await.unwrap()[..] else { panic!("one model ends") };
    assert_eq!((used.model.model_name.as_str(), used.roles.len()), ("old", 4), "of four functions");
    assert_eq!(used.sites, ["Tea"], "all sites ask it, whether it has worked for them or not");
    assert_eq!(used.automations, ["Tea"], "its runs begin by themselves");
    let own = [(PromptKind::Clustering, None), (PromptKind::Ideas, Some("Tea".to_owned()))];
    assert_eq!(used.prompts, own, "the prompts of one's own that it is asked with, and none of pictures");
    assert_eq!(told(30).await, (1, 1));
    assert_eq!(told(5).await, (1, 1));
    let unused = world.engine.store().write(|w| {
        let other = w.models()?.into_iter().find(|model| model.display_name == "Scripted text");
        w.set_default_model(ModelType::Text, other.ok_or(StoreError::NotFound)?.id)
    });
    unused.await.unwrap();
    assert!(world.engine.ending_models().await.unwrap().is_empty(), "nobody asks it any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_is_open_uses_its_model_though_functions_ask_another() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let old = copy(&world, "old").await;
    let id = old.id;
    world.engine.store().write(move |w| w.set_default_model(ModelType::Text, id)).await.unwrap();
    world.around.script.then(Reply::Fails(ProviderError::RateLimited { retry_after_ms: Some(60_000) }));
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    let end = world.around.clock.now();
    let chosen = world.engine.store().write(move |w| {
        let other = w.models()?.into_iter().find(|model| model.display_name == "Scripted text");
        w.set_default_model(ModelType::Text, other.ok_or(StoreError::NotFound)?.id)?;
        w.model_note_end(id, Some(end), "newer")
    });
    chosen.await.unwrap();
    let [used] = &world.engine.ending_models().await.unwrap()[..] else { panic!("open work asks it") };
    assert_eq!((used.model.model_name.as_str(), used.roles.len(), used.open_operations), ("old", 0, 1));
    assert_eq!(used.sites.len(), 1, "for its site: {:?}", used.sites);
}

#[test]
fn testing_asks_the_built_in_engine_and_live_the_vendor() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    assert_eq!(home.json(&["models", "mode"])["mode"], "live");
    home.json(&["models", "mode", "testing"]);
    home.json(&[&["cluster"][..], &SITE].concat());
    assert!(vendor.seen().is_empty(), "nobody was asked");
    home.json(&["models", "mode", "live"]);
    home.json(&[&["ideas"][..], &SITE].concat());
    assert_eq!(vendor.seen().len(), 1);

    home.json(&["models", "mode", "testing"]);
    home.json(&["models", "use", TEXT_MODEL, "--for", "generate_content", "--testing"]);
    home.json(&[&["write"][..], &SITE, &["--limit", "1"]].concat());
    assert_eq!(vendor.seen().len(), 2, "what is tried is asked in testing");
    assert_eq!(home.json(&["credits", "audit"])["ok"], true, "the books balance");
}

/// What `models check` answers of one role, and how it ends.
fn checked(home: &Home) -> (i32, bool, String) {
    let ran = home.run(&["--json", "models", "check"]);
    let printed: serde_json::Value = serde_json::from_str(&ran.stdout).expect("an object");
    let all = printed["roles"].as_array().expect("roles");
    let is_clustering = |role: &&serde_json::Value| role["mode"] == "live" && role["function"] == "auto_cluster";
    let role = all.iter().find(is_clustering).expect("every function is there");
    (ran.code, printed["ok"].as_bool().unwrap(), role["state"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_check_says_what_in_use_has_ended_and_a_switch_mends_it() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    assert_eq!(checked(&home), (0, true, "ready".to_owned()));
    let ended = ["models", "add", "--provider", PROVIDER, "--model", TEXT_MODEL, "--type", "text", "--input", "0.002"];
    home.json(&[&ended[..], &["--output", "0.008", "--retires-on", "2026-10-23", "--replaced-by", "newer"]].concat());
    assert_eq!(checked(&home), (1, false, "ended".to_owned()), "a new price keeps its role");
    let told = home.run(&["models", "check"]);
    assert!(told.stdout.contains("ended 2026-10-23"), "{told:?}");
    assert!(!told.stdout.contains("newer"), "a successor that is not there is none: {told:?}");
    let users = "used by auto_cluster, generate_content, generate_ideas, generate_image_prompts for Tea";
    assert!(told.stdout.contains(users), "{told:?}");
    assert!(told.stderr.contains("'models switch FROM TO'"), "{told:?}");

    let switched = home.json(&["models", "switch", TEXT_MODEL, "builtin/igny8-text-1"]);
    assert_eq!(switched["switched"]["places"], 1);
    assert_eq!(checked(&home), (0, true, "ready".to_owned()));
    home.json(&[&["cluster"][..], &SITE].concat());
    assert!(vendor.seen().is_empty(), "another does its work");
    assert_eq!(home.books().number("select count(*) from notification where notification_type = 'model_ended'"), 1);
}

#[test]
fn a_model_keeps_its_cheaper_hours_until_another_price_is_said() {
    let vendor = exact_vendor(None);
    let home = Home::default();
    let name = "deepseek";
    home.json(&["models", "connect", "--name", name, "--url", &vendor.base_url(), "--dialect", "openai"]);
    let model = ["models", "add", "--provider", name, "--model", "deepseek-v4-pro"];
    home.json(&model);
    let row = || {
        let listed = home.json(&["models", "list"]);
        let ours = |row: &&serde_json::Value| row["model_name"] == "deepseek-v4-pro" && row["is_active"] == true;
        listed["models"].as_array().unwrap().iter().find(ours).expect("it is listed").clone()
    };
    let before = row();
    assert!(before["hours"].as_array().is_some_and(|hours| !hours.is_empty()), "it is cheaper at some hours: {before}");
    let said = |column: &str| before[column].as_f64().unwrap().to_string();
    let [input, output, cached] = ["cost_per_1k_input", "cost_per_1k_output", "cost_per_1k_cached_input"].map(said);
    let same = ["--type", "text", "--input", &input, "--output", &output, "--cached-input", &cached];
    home.json(&[&model[..], &same, &["--max-output", "9000"]].concat());
    assert_eq!(row()["hours"], before["hours"], "what it costs has not changed, as on a page that sends all of a row");
    home.json(&[&model[..], &same[..2], &["--input", "0.002", "--output", &output]].concat());
    assert_eq!(row()["hours"], serde_json::json!([]), "another price counts at every hour");
}

#[test]
fn a_check_says_which_model_its_vendor_did_not_know_and_does_not_call_it_ended() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    vendor.then(VendorReply::unknown_model());
    let ran = home.run(&[&["cluster"][..], &SITE].concat());
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(checked(&home), (1, false, "ready".to_owned()), "nobody said that it ended");
    let told = home.run(&["models", "check"]).stdout;
    assert!(told.contains("its vendor did not know it when it was asked last") && !told.contains("ended"), "{told}");
    home.json(&[&["cluster"][..], &SITE].concat());
    assert_eq!(checked(&home), (0, true, "ready".to_owned()), "it was known since");
}

#[test]
fn what_the_catalogue_knows_of_a_model_need_not_be_said() {
    let vendor = exact_vendor(None);
    let home = Home::default();
    let refused = home.run(&["models", "use", "gpt-6.1-terra"]);
    assert!(
        refused.code == 1 && refused.stderr.contains("openai is not connected: there is no key yet"),
        "{refused:?}"
    );
    let gone = home.run(&["models", "use", "dall-e-3"]);
    assert!(gone.stderr.contains("ended by its vendor on 2026-05-12"), "{gone:?}");
    let (url, name) = (vendor.base_url(), "openai");
    home.json(&["models", "connect", "--name", name, "--url", &url, "--dialect", "openai"]);
    let used = home.json(&["models", "use", "gpt-6.1-terra"]);
    assert_eq!(used["used"]["model_name"], "gpt-6.1-terra");

    home.json(&["models", "add", "--provider", name, "--model", "gpt-5-mini"]);
    let listed = home.json(&["models", "list"]);
    let named = |model: &&serde_json::Value| model["model_name"] == "gpt-5-mini" && model["is_active"] == true;
    let row = listed["models"].as_array().unwrap().iter().find(named).expect("it is listed").clone();
    assert_eq!((row["cost_per_1k_input"].as_f64(), row["retires_on"].as_str()), (Some(0.00025), Some("2026-12-11")));
    home.json(&["models", "disconnect", name]);
    home.json(&["models", "connect", "--name", name, "--url", &url, "--dialect", "openai"]);
    home.json(&["models", "use", "gpt-6.1-terra"]);
}
