//! What others lost money or sleep by, tried against vendors over real sockets: a price nobody knows, holds that stay,
//! pictures that escape the books, a price that is told too late, an article that is left half done.

use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::model::{Model, Price};
use igny8_core::money::Credits;
use igny8_core::port::{Clock, ProviderError};
use igny8_core::status::{CapScope, Dialect};
use igny8_engine::EngineError;
use igny8_engine::door::{Door, Pace};
use igny8_engine::operation::Items;
use igny8_providers::{Bounds, Connection, VendorAddress, models};
use igny8_store::Store;
use igny8_store::ledger::StandingLimit;
use igny8_testkit::scripted;
use igny8_testkit::vault::RememberedVault;
use igny8_testkit::vendor::{IMAGE_MODEL, Reply, Stated, TEXT_MODEL, Vendor};
use igny8_tests::vendor::{CREDITS_PER_IMAGE, exact_vendor, home_with};
use igny8_tests::world::{self, PICTURE, PROVIDER, Surroundings, World};
use std::sync::Arc;

/// A world whose texts and pictures the vendor makes.
async fn world_with(vendor: &Vendor) -> (World, SiteId) {
    drop(rustls::crypto::ring::default_provider().install_default());
    let address = VendorAddress::parse(&vendor.base_url()).unwrap();
    let connection = Connection::new(address, None, Arc::new(RememberedVault::default()), Bounds::default()).unwrap();
    let (door, both) = (Door::new(), models(Dialect::OpenAi, connection));
    door.register(PROVIDER, both.text, both.image, Pace::at_once(1));
    let around = Surroundings::default();
    let store = Store::open(&around.database(), None).unwrap();
    let now = around.clock.now();
    let added = store.write(move |w| {
        let [text, image] = world::models(now);
        w.add_model(&Model { model_name: TEXT_MODEL.to_owned(), ..text }, now)?;
        w.add_model(&Model { model_name: IMAGE_MODEL.to_owned(), ..image }, now)
    });
    added.await.unwrap();
    let world = World { engine: Arc::new(around.engine_at(store, door)), around };
    world.recover().await;
    let site = world.add_tea_site().await;
    (world, site)
}

/// Puts another version of the model in use in its place.
async fn change(world: &World, function: AiFunction, change: impl Fn(Model) -> Model + Send + 'static) {
    let (model_type, now) = (function.model_type(), world.around.clock.now());
    let changed = world.engine.store().write(move |w| {
        let model = w.default_model(model_type)?;
        w.model_replace(model.id, &change(model.clone()), now)
    });
    changed.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_lacks_a_price_is_held_nothing_and_asked_nothing() {
    type Lacking = (AiFunction, &'static str, fn(Model) -> Model);
    let lacking: [Lacking; 5] = [
        (AiFunction::AutoCluster, "input", |model| Model { cost_per_1k_input: None, ..model }),
        (AiFunction::AutoCluster, "output", |model| Model { cost_per_1k_output: None, ..model }),
        (AiFunction::AutoCluster, "tokens of a credit", |model| Model { tokens_per_credit: None, ..model }),
        (AiFunction::GenerateImages, "a picture", |model| Model { cost_per_image: None, ..model }),
        (AiFunction::GenerateImages, "credits of a picture", |model| Model { credits_per_image: None, ..model }),
    ];
    for (function, price, without) in lacking {
        let vendor = exact_vendor(None);
        let (world, site) = world_with(&vendor).await;
        world.prepare_for(function, site).await;
        let (model_type, wallet) = (function.model_type(), world.books().wallet());
        let known = world.engine.store().read(move |r| r.default_model(model_type)).await.unwrap();
        change(&world, function, without).await;
        vendor.forget();
        let calls = world.books().number("select count(*) from call");
        for started in [
            world.start(function, site, Items::Waiting).await.map(drop),
            world.engine.estimate(function, site, Items::Waiting).await.map(drop),
            world.run_site(site, None).await,
        ] {
            assert!(matches!(started, Err(EngineError::Unpriced { .. })), "{price}: {started:?}");
        }
        world.engine.drain().await.unwrap();
        assert!(vendor.seen().is_empty(), "{price}: nobody is asked");
        assert_eq!(world.books().number("select count(*) from call"), calls, "{price}: nothing is held");
        assert_eq!(world.books().wallet(), wallet, "{price}");
        change(&world, function, move |_| known.clone()).await;
        world.run(function, site, Items::Waiting).await;
        assert!(!vendor.seen().is_empty(), "{price}: once somebody says it, work goes on");
        world.assert_books_closed().await;
    }
}

/// A dear rate, in dollars for a thousand tokens: a few hundred of them are more than a whole call at the plain ones.
const DEAR: &str = "20";
/// Tokens of a call that its vendor counts in the dear bucket: fewer than are sent and there is room for.
const COUNTED: u64 = 150;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_and_held_covers_a_call_at_the_dearest_rate_of_its_model() {
    type Dear = (&'static str, fn(Model, Option<Price>) -> Model, serde_json::Value);
    let usage = |read: serde_json::Value, thought: u64| {
        serde_json::json!({
            "prompt_tokens": COUNTED, "completion_tokens": COUNTED, "total_tokens": 2 * COUNTED,
            "prompt_tokens_details": read, "completion_tokens_details": { "reasoning_tokens": thought },
        })
    };
    let dear: [Dear; 3] = [
        (
            "read from the cache",
            |model, price| Model { cost_per_1k_cached_input: price, ..model },
            usage(serde_json::json!({ "cached_tokens": COUNTED }), 0),
        ),
        (
            "written to the cache",
            |model, price| Model { cost_per_1k_cache_write: price, ..model },
            usage(serde_json::json!({ "cache_write_tokens": COUNTED }), 0),
        ),
        (
            "thought with",
            |model, price| Model { cost_per_1k_reasoning: price, ..model },
            usage(serde_json::json!({}), COUNTED),
        ),
    ];
    for (bucket, at, usage) in dear {
        let vendor = exact_vendor(None);
        let (world, site) = world_with(&vendor).await;
        let told = || world.engine.estimate(AiFunction::AutoCluster, site, Items::Waiting);
        let plain = told().await.unwrap();
        change(&world, AiFunction::AutoCluster, move |model| at(model, Price::parse(DEAR).ok())).await;
        let dearest = told().await.unwrap();
        vendor.then(Reply::Stating(Stated::As(usage)));
        let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
        let cost = world.books().records(operation).task.cost;
        assert!(cost > plain.cost_max.0, "{bucket}: dearer than anything at the plain rates: {cost} of {plain:?}");
        assert!(cost <= dearest.cost_max.0, "{bucket}: and no dearer than was told: {cost} of {dearest:?}");
        let beyond = "select count(*) from transfer t join account a on a.id = t.debit_id where a.code = 'shortfall'";
        assert_eq!(world.books().number(beyond), 0, "{bucket}: nor than was held for");
        world.assert_books_closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_never_left_costs_nothing_and_what_was_lost_is_booked() {
    for (error, outcome, is_billed) in
        [(ProviderError::NotSent, "not_sent", false), (ProviderError::Unknown, "outcome_unknown", true)]
    {
        let world = World::new().await;
        let site = world.add_tea_site().await;
        let wallet = world.books().wallet();
        (0..5).for_each(|_| world.around.script.then(scripted::Reply::Fails(error.clone())));
        let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
        for _ in 0..5 {
            world.around.clock.advance_ms(3_600_000);
            world.engine.drain().await.unwrap();
        }
        let records = world.books().records(operation);
        assert!(records.task.is_closed, "{outcome}: it is not tried for ever");
        assert_eq!((records.task.credits, world.books().wallet()), (0, wallet), "{outcome}: nobody pays for no answer");
        let attempts = "select count(*) from attempt where outcome = ?1 and (cost_nano > 0) = ?2";
        let of_kind = world.books().rows(attempts, (outcome, is_billed), |row| row.get::<_, i64>(0));
        let all = world.books().number("select count(*) from attempt");
        assert_eq!((of_kind, all > 0), (vec![all], true), "{outcome}: each attempt says which of the two it was");
        assert_eq!(records.task.cost > 0, is_billed, "{outcome}: the vendor may have worked on the one alone");
        let estimated = world.books().number("select count(*) from usage_log where is_estimated = 1");
        assert_eq!(estimated > 0, is_billed, "{outcome}: by a guess");
        world.assert_books_closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_counts_what_was_spent_and_nothing_that_was_given_back() {
    let vendor = exact_vendor(None);
    let (world, site) = world_with(&vendor).await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    let refused = Reply::error(400, "invalid_request_error", Some("unknown_parameter"));
    let declined = Reply::error(400, "image_generation_user_error", Some("moderation_blocked"));
    // Six pictures: three fail in three ways, one is asked for twice and lost, one is asked for again, one is simply made.
    let lost = [Reply::HangUp, Reply::HangUp];
    let again = [Reply::Raw(503, Vec::new(), "{}".to_owned())];
    let failing = [refused, declined, Reply::Says("no picture".to_owned())];
    failing.into_iter().for_each(|reply| vendor.then(reply));
    vendor.then(lost[0].clone());
    vendor.then(again[0].clone());
    let operation = world.start(AiFunction::GenerateImages, site, Items::Waiting).await.unwrap();
    world.engine.drain().await.unwrap();
    vendor.then(lost[1].clone());
    for _ in 0..3 {
        world.around.clock.advance_ms(60_000);
        world.engine.drain().await.unwrap();
    }
    let records = world.books().records(operation);
    assert_eq!((records.task.is_closed, records.task.units_done, records.task.units_failed), (true, 2, 4));

    let books = world.books();
    let spent = books.number("select coalesce(sum(credits), 0) from usage_log");
    assert_eq!(books.number("select debits_pending from account where code = 'wallet'"), 0, "nothing is kept back");
    let counters = books.rows("select scope, used, held from cap order by scope", [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
    });
    let exact = ["day", "month", "site"].map(|scope| (scope.to_owned(), spent, 0));
    assert_eq!(counters, exact, "each counts what the records say was spent, and not a millionth more");

    // So that a limit with room for one more lets one more through, and no other.
    let spending = world.engine.spending().await.unwrap();
    let used = spending.caps.iter().find(|cap| cap.scope == CapScope::Day).expect("the day is listed").used;
    world.engine.set_limit(StandingLimit::Day, Some(used.plus(Credits(PICTURE.0)))).await.unwrap();
    let retried = world.run(AiFunction::GenerateImages, site, Items::AllFailed(9)).await;
    let records = world.books().records(retried);
    assert_eq!((records.task.results, records.task.error_code.as_str()), (1, "cap_day"));
    world.assert_books_closed().await;
}

#[test]
fn every_picture_has_its_own_records_and_one_that_fails_is_told_wherever_it_is_looked_for() {
    let vendor = exact_vendor(None);
    let home = home_with(&vendor);
    for command in ["cluster", "ideas"] {
        home.json(&[command, "--site", "Tea"]);
    }
    home.json(&["write", "--site", "Tea", "--limit", "1"]);
    // The pictures are described; the first is made, and the second refused as OpenAI refused each of somebody's for weeks.
    vendor.then(Reply::Answer);
    vendor.then(Reply::Answer);
    vendor.then(Reply::error(400, "invalid_request_error", Some("unknown_parameter")));
    let ran = home.run(&["images", "--site", "Tea"]);
    assert_eq!(ran.code, 1, "it is no success: {ran:?}");
    assert!(ran.stdout.contains("Images: 2 made, 1 failed"), "how many of how many: {}", ran.stdout);
    assert!(ran.stderr.contains("the vendor refused the request"), "and why: {}", ran.stderr);

    let books = home.books();
    let each = i64::try_from(CREDITS_PER_IMAGE).unwrap() * 1_000_000;
    let lines = books.rows(
        "select t.transaction_type, t.amount, u.outcome, u.credits, u.images, u.related_type
         from credit_transaction t join usage_log u on u.call_id = t.call_id
         where t.operation_type = 'image_generation' order by t.transaction_type, t.id",
        [],
        |row| {
            let words: [String; 3] = [row.get(0)?, row.get(2)?, row.get(5)?];
            Ok((words, [row.get::<_, i64>(1)?, row.get(3)?, row.get(4)?]))
        },
    );
    let made = (["deduction", "settled", "image"].map(str::to_owned), [-each, each, 1]);
    let failed = (["release", "released", "image"].map(str::to_owned), [0, 0, 0]);
    assert_eq!(lines, [made.clone(), made, failed], "a line and a record for each, and for the one that failed");
    let task = books.rows(
        "select units_done, units_failed, credits, error_code from operation where function_name = 'generate_images'",
        [],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?, row.get::<_, String>(3)?)),
    );
    assert_eq!(task, [(2, 1, 2 * each, "rejected".to_owned())]);
    let notices = books.rows(
        "select notification_type, severity, json_extract(params, '$.units_failed') from notification
         where notification_type glob 'ai_image_*'",
        [],
        |row| Ok([row.get::<_, String>(0)?, row.get(1)?, row.get(2)?]),
    );
    assert_eq!(notices, [["ai_image_partial", "warning", "1"].map(str::to_owned)]);
    let listed = home.json(&["retry", "--site", "Tea", "--list"]);
    assert_eq!(listed["images"][0]["code"], "rejected", "the article's list names it: {listed}");
    assert_eq!(home.json(&["retry", "--site", "Tea"])["operations"][0]["units_done"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_is_told_before_anything_is_begun_and_asking_for_it_leaves_no_trace() {
    let vendor = exact_vendor(None);
    let (world, site) = world_with(&vendor).await;
    for function in AiFunction::ALL.iter().copied() {
        if function == AiFunction::GenerateContent {
            world.queue_ideas(site, 2).await;
        }
        vendor.forget();
        let state =
            || (world.books().plan(), world.books().wallet(), world.books().number("select count(*) from operation"));
        let before = state();
        let told = world.engine.estimate(function, site, Items::Waiting).await.unwrap();
        assert_eq!((state(), vendor.seen().len()), (before, 0), "{function}: asking changes and costs nothing");
        assert!(told.credits > Credits::ZERO && told.credits <= told.credits_max, "{function}: {told:?}");
        assert!(told.cost.0 > 0 && told.cost <= told.cost_max, "{function}: what the vendor will bill: {told:?}");
        assert_eq!(told.available.0, world.books().wallet().0, "{function}: and what will be left of it: {told:?}");
        world.run(function, site, Items::Waiting).await;
        let charged = told.available.0 - world.books().wallet().0;
        assert!(charged > 0 && charged <= told.credits_max.0, "{function}: {charged} of {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_run_is_without_a_cap() {
    let vendor = exact_vendor(None);
    let (world, site) = world_with(&vendor).await;
    world.grant(Credits::whole(100_000), "enough").await.unwrap();
    let forecast = world.engine.forecast(site).await.unwrap();
    world.run_site(site, None).await.unwrap();
    let caps = "select wanted from cap where scope = 'run'";
    let caps = world.books().rows(caps, [], |row| row.get::<_, i64>(0));
    assert_eq!(caps, [forecast.run_cap.0], "though nobody named one");
    assert!(forecast.run_cap >= forecast.credits.max, "with room for what was forecast: {forecast:?}");
    let spent = world.books().number("select used from cap where scope = 'run'");
    assert!(spent > 0 && spent <= forecast.run_cap.0, "{spent} of {forecast:?}");
}

/// Articles, pictures of them that are there, and pictures that are missing.
fn illustrated(world: &World) -> [i64; 3] {
    [
        "select count(*) from content",
        "select count(*) from image where status = 'generated'",
        "select 3 * (select count(*) from content) - (select count(*) from image where status = 'generated')",
    ]
    .map(|sql| world.books().number(sql))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_is_not_begun_that_could_not_be_finished_and_one_that_was_begun_is() {
    let vendor = exact_vendor(None);
    let (world, site) = world_with(&vendor).await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let database = rusqlite::Connection::open(world.around.database()).unwrap();
    database.execute("update idea set is_disabled = 1 where status = 'new'", []).expect("only these two");
    world.empty_the_wallet().await;
    let first = world.engine.estimate(AiFunction::GenerateContent, site, Items::First(1)).await.unwrap();
    // Writing one, describing its pictures and making them, with some to spare, though not for another's pictures.
    let enough = first.credits_max.plus(Credits::whole(4 + 3 * 5 + 3));
    world.grant(enough, "for one").await.unwrap();
    let ended = world.run_site(site, Some(enough)).await;
    let is_short = matches!(&ended, Err(EngineError::InsufficientCredits { .. } | EngineError::RunStopped { .. }));
    assert!(is_short, "it says that it was not enough for all: {ended:?}");
    assert_eq!(illustrated(&world), [1, 3, 0], "one article, with all of its pictures, and none half done");
    let (begun, code) = ("select count(*) from task where status = 'queued'", "select stopped_code from run");
    assert_eq!(world.books().number(begun), 1, "the other waits as it was");
    let stopped = world.books().rows(code, [], |row| row.get::<_, String>(0));
    assert!(stopped == ["insufficient_credits"] || stopped[0].starts_with("cap_"), "{stopped:?}");

    world.grant(Credits::whole(500), "for the other").await.unwrap();
    world.run_site(site, None).await.unwrap();
    assert_eq!(illustrated(&world), [2, 6, 0], "and is written and illustrated once it can be");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_ends_a_run_between_two_articles() {
    let vendor = exact_vendor(None);
    let (world, site) = world_with(&vendor).await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let database = rusqlite::Connection::open(world.around.database()).unwrap();
    database.execute("update idea set is_disabled = 1 where status = 'new'", []).expect("only these two");
    let first = world.engine.estimate(AiFunction::GenerateContent, site, Items::First(1)).await.unwrap();
    let spending = world.engine.spending().await.unwrap();
    let used = spending.caps.iter().find(|cap| cap.scope == CapScope::Day).expect("the day is listed").used;
    let room = used.plus(first.credits_max).plus(Credits::whole(4 + 3 * 5 + 3));
    world.engine.set_limit(StandingLimit::Day, Some(room)).await.unwrap();
    let ended = world.run_site(site, None).await;
    assert!(matches!(&ended, Err(EngineError::RunStopped { code, .. }) if code == "cap_day"), "{ended:?}");
    assert_eq!(illustrated(&world), [1, 3, 0], "one article, with all of its pictures, and none half done");
    world.engine.set_limit(StandingLimit::Day, None).await.unwrap();
    world.run_site(site, None).await.unwrap();
    assert_eq!(illustrated(&world), [2, 6, 0]);
    world.assert_books_closed().await;
}
