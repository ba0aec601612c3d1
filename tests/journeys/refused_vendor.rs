//! A vendor that does not work for us: too busy, or not until a person has done something about it. The first is asked
//! again a few times, the second is asked once.

use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::inbox::Need;
use igny8_core::model::Model;
use igny8_core::port::models::Wanted;
use igny8_core::port::{Clock, ProviderError};
use igny8_core::status::{ModelMode, ModelType};
use igny8_engine::operation::Items;
use igny8_engine::{EngineError, Ran, roles};
use igny8_testkit::scripted::Reply;
use igny8_tests::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_vendor_is_asked_a_few_times_under_one_call_and_one_hold() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    for _ in 0..3 {
        world.around.script.then(Reply::Fails(ProviderError::Overloaded { retry_after_ms: None }));
    }
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    for (asked, wait_ms) in [(1, 2_000), (2, 8_000), (3, 32_000)] {
        assert_eq!(world.around.script.asked().len(), asked);
        world.around.clock.advance_ms(wait_ms - 1);
        assert_eq!(world.engine.step().await.unwrap(), Ran::Idle, "a millisecond too early");
        world.around.clock.advance_ms(1);
        assert_eq!(world.engine.step().await.unwrap(), Ran::Unit);
    }
    let (books, records) = (world.books(), world.books().records(operation));
    assert_eq!((records.task.status.as_str(), records.transactions.len()), ("success", 1), "charged once");
    assert_eq!((books.number("select count(*) from call"), books.number("select count(*) from attempt")), (1, 4));
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_stays_busy_is_given_up_and_costs_nothing() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let wallet = world.books().wallet();
    for _ in 0..4 {
        world.around.script.then(Reply::Fails(ProviderError::RateLimited { retry_after_ms: None }));
    }
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    for _ in 0..3 {
        world.around.clock.advance_ms(60_000);
        world.engine.drain().await.unwrap();
    }
    assert_eq!(world.around.script.asked().len(), 4, "and not for ever");
    let records = world.books().records(operation);
    assert_eq!((records.task.error_code.as_str(), records.task.cost), ("rate_limited", 0));
    assert_eq!(world.books().wallet(), wallet);
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_takes_no_key_has_no_money_left_or_is_none_is_asked_once() {
    let page = (ProviderError::Page, "page_instead_of_answer");
    let no_key = (ProviderError::NoKey, "no_key");
    for (error, code) in [(ProviderError::Auth, "auth"), no_key, (ProviderError::Quota, "quota"), page] {
        let world = World::new().await;
        let site = world.add_tea_site().await;
        let (other, sectors) = world.add_site("Coffee bar", &["Beans"]).await;
        let words = "coffee beans\nbest coffee beans\ncoffee grinder\nbest coffee grinder\n";
        world.engine.add_keywords(words, other, sectors[0]).await.unwrap();
        world.prepare_for(AiFunction::GenerateContent, site).await;
        let asked = world.around.script.asked().len();
        let waiting = world.books().number("select count(*) from task where status = 'queued'");
        assert!(waiting > 1, "{code}: several articles wait");
        world.around.script.then(Reply::Fails(error));
        let writing = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
        let grouping = world.start(AiFunction::AutoCluster, other, Items::Waiting).await.unwrap();
        world.engine.drain().await.unwrap();

        assert_eq!(world.around.script.asked().len(), asked + 1, "{code}: what waits is not refused one by one");
        let books = world.books();
        for operation in [writing, grouping] {
            let records = books.records(operation);
            assert_eq!((records.task.status.as_str(), records.task.error_code.as_str()), ("error", code));
            assert_eq!(records.notices.len(), 1, "{code}: each is told once");
            assert_eq!((records.task.credits, records.task.cost), (0, 0), "{code}: nothing is booked");
        }
        assert_eq!(books.number("select count(*) from task where status = 'failed'"), 1, "{code}: one was tried");
        assert_eq!(
            books.number("select count(*) from task where status = 'queued'"),
            waiting - 1,
            "{code}: others wait"
        );
        let again = world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
        assert_eq!(
            world.books().records(again).task.results,
            waiting - 1,
            "{code}: and are written once it works again"
        );
        world.assert_books_closed().await;
    }
}

/// A model of the same vendor, which writes from now on.
async fn writer(world: &World) -> Model {
    let now = world.around.clock.now();
    let added = world.engine.store().write(move |w| {
        let default = w.default_model(ModelType::Text)?;
        let id = w.add_model(&Model { model_name: "writer".to_owned(), is_default: false, ..default }, now)?;
        let writer = w.model(id)?;
        roles::assign(w, ModelMode::Live, AiFunction::GenerateContent, Some(&writer), now)?;
        Ok::<_, EngineError>(writer)
    });
    added.await.unwrap()
}

/// Models that wait for a person, each with the reason.
async fn models_needed(world: &World, site: SiteId) -> Vec<(String, String)> {
    let (rows, _) = world.engine.needs(site).await.unwrap();
    rows.into_iter().filter(|row| row.need == Need::Model).map(|row| (row.title, row.code)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_is_not_there_or_not_for_us_is_asked_for_once_and_the_vendors_others_go_on() {
    let not_allowed = |wants| ProviderError::NotAllowed { wants };
    for (error, code) in [
        (ProviderError::UnknownModel, "unknown_model"),
        (not_allowed(Wanted::Verification), "account_unverified"),
        (not_allowed(Wanted::Service), "service_disabled"),
        (not_allowed(Wanted::Permission), "model_not_allowed"),
    ] {
        let world = World::new().await;
        let site = world.add_tea_site().await;
        let (other, sectors) = world.add_site("Coffee bar", &["Beans"]).await;
        let words = "coffee beans\nbest coffee beans\ncoffee grinder\nbest coffee grinder\n";
        world.engine.add_keywords(words, other, sectors[0]).await.unwrap();
        world.prepare_for(AiFunction::GenerateContent, site).await;
        let gone = writer(&world).await;
        world.around.script.then(Reply::Fails(error));
        let writing = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
        let grouping = world.start(AiFunction::AutoCluster, other, Items::Waiting).await.unwrap();
        world.engine.drain().await.unwrap();

        let asked = world.around.script.asked();
        let writes = asked.iter().filter(|call| call.function == AiFunction::GenerateContent).count();
        assert_eq!(writes, 1, "{code}: what waits for it is not refused one by one");
        let books = world.books();
        let ended = books.records(writing).task;
        assert_eq!((ended.status.as_str(), ended.error_code.as_str(), ended.cost), ("error", code, 0));
        assert_eq!(books.records(grouping).task.status, "success", "{code}: another model of the vendor works on");
        assert_eq!(books.number("select count(*) from task where status = 'queued'"), 1, "{code}: the others wait");
        let unknown: Vec<bool> =
            world.engine.ending_models().await.unwrap().iter().map(|used| used.is_unknown).collect();
        assert_eq!(unknown, if code == "unknown_model" { vec![true] } else { vec![] }, "{code}: as it was told");

        let waits = if code == "unknown_model" { vec![(gone.display_name.clone(), code.to_owned())] } else { vec![] };
        assert_eq!(models_needed(&world, site).await, waits, "{code}: somebody must choose another");

        let now = world.around.clock.now();
        let switched = world.engine.store().write(move |w| {
            let to = w.default_model(ModelType::Text)?;
            roles::switch(w, &gone, &to, now)
        });
        switched.await.unwrap();
        assert_eq!(models_needed(&world, site).await, [], "{code}: once that is done nothing waits for it");
        world.run(AiFunction::GenerateContent, site, Items::DueFirst(9)).await;
        assert_eq!(world.books().number("select count(*) from task where status <> 'completed'"), 0, "{code}: gone on");
        assert!(world.engine.ending_models().await.unwrap().is_empty(), "{code}: nobody asks it any more");
        world.assert_books_closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_ends_at_a_model_that_is_not_there_whatever_failed_before() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    world.around.script.then(Reply::Fails(ProviderError::Rejected { reason: "too long".to_owned() }));
    world.around.script.then(Reply::Fails(ProviderError::UnknownModel));
    let ended = world.run_site(site, None).await;
    assert!(matches!(&ended, Err(EngineError::RunStopped { code, .. }) if code == "unknown_model"), "{ended:?}");
    let asked: Vec<AiFunction> = world.around.script.asked().iter().map(|call| call.function).collect();
    assert_eq!(asked, [AiFunction::GenerateContent; 2], "neither the others nor what comes after them is asked for");
    assert_eq!(world.books().number("select count(*) from task where status = 'failed'"), 2, "the others wait");
    world.run_site(site, None).await.unwrap();
    assert_eq!(
        world.books().number("select count(*) from task where status <> 'completed'"),
        0,
        "and are gone on with"
    );
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_its_vendor_keeps_back_as_malformed_is_mended_once_and_costs_what_it_likely_did() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.around.script.then(Reply::Fails(ProviderError::BadForm));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    let asked = world.around.script.asked();
    assert!(asked.len() == 2 && asked[0].call != asked[1].call, "one repair, as a call of its own: {asked:?}");
    assert!(asked[1].prompt.contains("could not be read"), "{}", asked[1].prompt);
    let records = world.books().records(operation);
    let moved: Vec<&str> = records.transactions.iter().map(|line| line.transaction_type.as_str()).collect();
    assert_eq!(moved, ["release", "deduction"], "only the answer that is stored is charged");
    assert!(records.usage[0].cost > 0 && records.usage[0].credits == 0, "the vendor billed what it kept back");
    assert_eq!(records.task.status, "success");

    let (other, sectors) = world.add_site("Coffee bar", &["Beans"]).await;
    world.engine.add_keywords("coffee beans\nbest coffee beans\n", other, sectors[0]).await.unwrap();
    world.around.script.forget();
    (0..2).for_each(|_| world.around.script.then(Reply::Fails(ProviderError::BadForm)));
    let twice = world.run(AiFunction::AutoCluster, other, Items::Waiting).await;
    assert_eq!(world.around.script.asked().len(), 2, "and no more");
    assert_eq!(world.books().records(twice).task.error_code, "bad_answer");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_says_when_to_come_again_is_named_with_the_time() {
    for (error, code) in [
        (ProviderError::Overloaded { retry_after_ms: Some(1_200_000) }, "overloaded"),
        (ProviderError::RateLimited { retry_after_ms: Some(1_200_000) }, "rate_limited"),
    ] {
        let world = World::new().await;
        let site = world.add_tea_site().await;
        world.prepare_for(AiFunction::GenerateContent, site).await;
        let until = world.around.clock.now().plus_ms(1_200_000);
        world.around.script.then(Reply::Fails(error));
        let (asked, operation) =
            (world.around.script.asked().len(), world.run(AiFunction::GenerateContent, site, Items::Waiting).await);
        assert_eq!(world.around.script.asked().len(), asked + 1, "{code}: the others are not even tried");
        let row = world.engine.store().read(move |r| r.operation(operation)).await.unwrap();
        assert_eq!((row.error_code.as_str(), row.goes_on_at()), (code, Some(until)), "{code}");
        let told = "select count(*) from notification where json_extract(params, '$.until') = ?1";
        let told = world.books().rows(told, [until.to_rfc3339()], |row| row.get::<_, i64>(0));
        assert_eq!(told, [1], "{code}: and so does the notice");
        world.assert_books_closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_waits_for_a_vendor_says_until_when_and_goes_on_by_itself() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let until = world.around.clock.now().plus_ms(60_000);
    world.around.script.then(Reply::Fails(ProviderError::Overloaded { retry_after_ms: Some(60_000) }));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    let row = world.engine.store().read(move |r| r.operation(operation)).await.unwrap();
    assert_eq!((row.error_code.as_str(), row.goes_on_at()), ("", Some(until)), "it has not ended");
    world.around.clock.advance_ms(59_999);
    world.engine.drain().await.unwrap();
    assert_eq!(world.around.script.asked().len(), 1, "a millisecond too early");
    world.around.clock.advance_ms(1);
    world.engine.drain().await.unwrap();
    let row = world.engine.store().read(move |r| r.operation(operation)).await.unwrap();
    assert_eq!((row.units_done, row.goes_on_at()), (1, None), "and says nothing of it once it is done");
    world.assert_books_closed().await;
}
