//! One paid unit when the vendor does not simply answer: a malformed answer, a lost one, a request to wait, a person who
//! stops it, and an answer that reaches for what it was not asked about.

use igny8_core::function::AiFunction;
use igny8_core::function::output::{ClusterOutput, IdeasOutput, read};
use igny8_core::id::{ContentId, OperationId, TaskId};
use igny8_core::money::Credits;
use igny8_core::port::{Clock, ProviderError};
use igny8_core::status::CapScope;
use igny8_engine::operation::Items;
use igny8_engine::{EngineError, Ran};
use igny8_store::ledger::StandingLimit;
use igny8_testkit::scripted::Reply;
use igny8_tests::books::Records;
use igny8_tests::world::World;
use std::sync::Arc;
use tokio::sync::Notify;

/// Transaction types in order.
fn movements(records: &Records) -> Vec<&str> {
    records.transactions.iter().map(|line| line.transaction_type.as_str()).collect()
}

fn notice(records: &Records) -> &str {
    assert_eq!(records.notices.len(), 1, "an operation gives one notice");
    &records.notices[0].0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_answer_is_asked_for_once_more_and_only_the_stored_one_is_charged() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.around.script.then(Reply::Says("I would be glad to help with that!".to_owned()));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;

    let asked = world.around.script.asked();
    assert_eq!(asked.len(), 2, "one repair");
    assert_ne!(asked[0].call, asked[1].call, "a repair is a call of its own, not a replay of the malformed one");
    let said = asked[1].prompt.strip_prefix(&asked[0].prompt).expect("the same instructions, and more");
    assert!(said.contains("could not be read") && said.contains("the whole JSON object"), "{said}");
    let hashes = world.books().number("select count(distinct request_hash) from call");
    assert_eq!(hashes, 2, "and another request");
    let kept = world.books().number("select count(*) from answer");
    assert_eq!(kept, 1, "whose answer is kept");
    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["release", "deduction"]);
    assert_eq!(records.usage[0].outcome, "released");
    assert!(records.usage[0].cost > 0 && records.usage[0].credits == 0, "the vendor billed the malformed one, not we");
    assert_eq!(records.task.credits, records.usage[1].credits);
    assert_eq!(records.task.cost, records.usage[0].cost + records.usage[1].cost);
    assert_eq!((records.task.status.as_str(), notice(&records)), ("success", "ai_cluster_success"));
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_takes_no_schema_is_asked_again_at_once_under_the_same_hold() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.around.script.then(Reply::Fails(ProviderError::FormRefused));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    let asked = world.around.script.asked();
    assert!(asked.len() == 2 && asked[0].call == asked[1].call, "one call, sent twice: {asked:?}");
    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["deduction"], "the refused attempt is counted and costs nothing");
    assert_eq!((records.usage.len(), records.task.cost), (1, records.usage[0].cost));
    let (books, noted) = (world.books(), "select count(*) from attempt");
    assert_eq!((books.number("select count(*) from call"), books.number(noted)), (1, 2));
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_asks_for_a_longer_wait_than_we_accept_is_left_alone() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let wallet = world.books().wallet();
    world.around.script.then(Reply::Fails(ProviderError::RateLimited { retry_after_ms: Some(150_000) }));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    world.around.clock.advance_ms(149_999);
    world.engine.drain().await.unwrap();
    assert_eq!(world.around.script.asked().len(), 1, "and not asked again before");
    let records = world.books().records(operation);
    assert_eq!((records.task.error_code.as_str(), notice(&records)), ("rate_limited", "ai_cluster_failed"));
    assert_eq!((world.books().wallet(), world.books().open_holds()), (wallet, 0));
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_malformed_answers_are_a_failure_and_store_nothing() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let (plan, wallet) = (world.books().plan(), world.books().wallet());
    world.around.script.then(Reply::Says("{\"clusters\": [".to_owned()));
    world.around.script.then(Reply::Says("{\"clusters\": [], \"publish_now\": true}".to_owned()));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;

    assert_eq!(world.around.script.asked().len(), 2, "one repair and no more");
    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["release", "release"]);
    assert_eq!((records.task.error_code.as_str(), notice(&records)), ("bad_answer", "ai_cluster_failed"));
    assert_eq!((world.books().plan(), world.books().wallet()), (plan, wallet), "nothing stored, nothing charged");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_asked_for_once_more_under_the_same_call_and_then_given_up() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let wallet = world.books().wallet();
    for _ in 0..2 {
        world.around.script.then(Reply::Fails(ProviderError::Unknown));
    }
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    assert_eq!(world.books().open_holds(), 1, "the hold stays while the outcome is unknown");
    assert!(!world.books().records(operation).task.is_closed, "the operation waits for its second attempt");
    world.around.clock.advance_ms(60_000);
    world.engine.drain().await.unwrap();

    let asked = world.around.script.asked();
    assert_eq!(asked.len(), 2, "two attempts in all");
    assert_eq!(asked[0].call, asked[1].call, "under one id, so that a vendor can tell");
    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["release"], "one call, one release");
    assert_eq!((records.task.error_code.as_str(), notice(&records)), ("outcome_unknown", "ai_cluster_failed"));
    assert_eq!(world.books().wallet(), wallet);
    assert_eq!(world.books().number("select count(*) from call"), 1);
    assert_eq!(world.books().number("select count(*) from attempt"), 2, "both attempts are on record");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_stays_the_same_request_while_its_siblings_are_written() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    world.around.script.then(Reply::Fails(ProviderError::Unknown));
    let operation = world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
    let written = world.books().number("select count(*) from content");
    assert!(written > 0 && world.books().open_holds() == 1, "others are written, of one nobody knows");
    world.around.clock.advance_ms(60_000);
    world.engine.drain().await.unwrap();

    let asked = world.around.script.asked();
    let calls: std::collections::BTreeSet<_> = asked.iter().map(|each| each.call).collect();
    let articles = usize::try_from(written).unwrap() + 1;
    assert_eq!(
        (asked.len(), calls.len()),
        (articles + 1, articles),
        "the lost one is asked for again, under its own id"
    );
    let records = world.books().records(operation);
    assert_eq!(movements(&records), vec!["deduction"; articles], "each is charged once");
    assert_eq!(notice(&records), "ai_content_success");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_asks_to_wait_is_not_asked_before() {
    const WAIT_MS: i64 = 45_000;
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.around.script.then(Reply::Fails(ProviderError::RateLimited { retry_after_ms: Some(45_000) }));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    assert_eq!(world.around.script.asked().len(), 1);
    world.around.clock.advance_ms(WAIT_MS - 1);
    assert_eq!(world.engine.step().await.unwrap(), Ran::Idle, "a millisecond too early");
    assert_eq!(world.around.script.asked().len(), 1);
    world.around.clock.advance_ms(1);
    assert_eq!(world.engine.step().await.unwrap(), Ran::Unit);

    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["deduction"], "one call that was sent twice, charged once");
    assert_eq!(notice(&records), "ai_cluster_success");
    assert_eq!(world.books().number("select count(*) from call"), 1);
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_answer_is_a_failure_that_costs_only_the_vendors_money() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let wallet = world.books().wallet();
    let usage = igny8_core::usage::Usage { input_tokens: 1_000, output_tokens: 2_000, ..Default::default() };
    world.around.script.then(Reply::Fails(ProviderError::CutOff { usage }));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["release"]);
    assert_eq!((records.usage[0].credits, records.usage[0].cost), (0, 1_000 * 150 + 2_000 * 600));
    assert_eq!((records.task.error_code.as_str(), world.books().wallet()), ("cut_off", wallet));
    world.assert_books_closed().await;
}

/// Starts images, stops them while the first is at work, and lets that one answer.
async fn stopped_in_the_middle(world: &World) -> OperationId {
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    let let_go = Arc::new(Notify::new());
    world.around.script.arrival().await;
    world.around.script.then(Reply::When(Arc::clone(&let_go)));
    let operation = world.start(AiFunction::GenerateImages, site, Items::Waiting).await.unwrap();
    let engine = Arc::clone(&world.engine);
    let runner = tokio::spawn(async move { engine.drain().await });
    world.around.script.arrival().await;
    world.engine.cancel_operation(operation).await.unwrap();
    let_go.notify_one();
    runner.await.unwrap().unwrap();
    operation
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_at_work_when_a_person_stops_it_is_finished_and_paid_and_the_rest_is_not_begun() {
    let world = World::new().await;
    let operation = stopped_in_the_middle(&world).await;
    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["deduction"]);
    assert_eq!(world.around.script.asked().len(), 1, "no call after the stop");
    assert_eq!(world.books().plan()["pictures"], 1);
    assert_eq!((records.task.units_done, notice(&records)), (1, "ai_image_partial"));
    assert!(records.task.is_closed);
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_what_waits_for_its_second_attempt_gives_the_hold_back() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let wallet = world.books().wallet();
    world.around.script.then(Reply::Fails(ProviderError::Overloaded { retry_after_ms: None }));
    let operation = world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    assert_eq!(world.books().open_holds(), 1, "it waits, and its hold with it");
    world.engine.cancel_operation(operation).await.unwrap();
    world.around.clock.advance_ms(3_600_000);
    world.engine.drain().await.unwrap();

    assert_eq!(world.around.script.asked().len(), 1, "no call after the stop");
    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["release"]);
    assert!(records.task.is_closed);
    assert_eq!(notice(&records), "ai_cluster_failed");
    assert_eq!(world.books().wallet(), wallet, "nothing is kept back");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_its_second_attempt_is_waited_for_and_what_is_left_decides() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateImages, site).await;
    world.empty_the_wallet().await;
    let (one, _) = igny8_tests::world::PICTURE;
    world.grant(igny8_core::money::Credits(one), "").await.unwrap();
    // The first waits for its second attempt with its hold, which is all there is. If it fails, that is the second's.
    world.around.script.then(Reply::Fails(ProviderError::Overloaded { retry_after_ms: None }));
    let operation = world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    assert_eq!(world.around.script.asked().len(), 1);
    assert!(!world.books().records(operation).task.is_closed, "nothing is refused yet");
    world.around.clock.advance_ms(60_000);
    world.engine.drain().await.unwrap();
    let records = world.books().records(operation);
    assert!(records.task.is_closed);
    let slots = world.books().plan()["slots"];
    assert!(slots > 2, "some wait behind the one that is refused");
    assert_eq!((records.task.units_done, records.task.units_failed), (1, 1), "only what was refused counts as failed");
    assert_eq!(world.books().number("select count(*) from job where state in ('ready', 'leased')"), 0, "nothing waits");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_given_up_article_says_so_and_can_be_tried_again() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    // The process ends twice while the call is on its way: the third one must not send it again.
    for reply in [Reply::Fails(ProviderError::Unknown), Reply::Fails(ProviderError::Unknown)] {
        world.around.script.then(reply);
    }
    let operation = world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    world.around.clock.advance_ms(60_000);
    world.engine.drain().await.unwrap();
    assert_eq!(world.books().records(operation).task.error_code, "outcome_unknown");
    assert_eq!(world.books().number("select count(*) from task where status = 'failed'"), 1, "the task shows it");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_cannot_reach_keywords_it_was_not_asked_about() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let (other, sectors) = world.add_site("Coffee garden", &["Coffee"]).await;
    world.engine.add_keywords("espresso grind size\nespresso machine", other, sectors[0]).await.unwrap();
    let foreign: Vec<i64> = keywords_of(&world, other.0);
    let ours: Vec<i64> = keywords_of(&world, site.0);
    let greedy = serde_json::json!({"clusters": [
        {"name": "Everything", "description": "", "keyword_ids": [ours[0], foreign[0], foreign[1], 999_999, -1]},
        {"name": "Theirs", "description": "", "keyword_ids": foreign},
        {"name": "Twice", "description": "", "keyword_ids": [ours[0], ours[1]]},
    ]});
    assert!(read::<ClusterOutput>(&greedy.to_string()).is_ok(), "the answer is of the right shape");
    world.around.script.then(Reply::Says(greedy.to_string()));
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;

    let books = world.books();
    let stray =
        books.number("select count(*) from keyword where site_id = 2 and (cluster_id is not null or status <> 'new')");
    assert_eq!(stray, 0, "the other site's keywords are as they were");
    assert_eq!(books.number("select count(*) from cluster where site_id = 2"), 0);
    let named: Vec<String> = books.rows("select name from cluster order by name", [], |row| row.get(0));
    assert_eq!(named, ["Everything", "Twice"], "a cluster of foreign keywords alone is not made");
    assert_eq!(books.number("select count(*) from keyword where cluster_id is not null"), 2);
    world.assert_books_closed().await;
}

fn keywords_of(world: &World, site: i64) -> Vec<i64> {
    world.books().rows("select id from keyword where site_id = ?1 order by id", [site], |row| row.get(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn ideas_for_clusters_nobody_asked_about_are_not_stored_and_not_charged() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let (other, sectors) = world.add_site("Coffee garden", &["Coffee"]).await;
    world.engine.add_keywords("espresso grind size\nespresso machine", other, sectors[0]).await.unwrap();
    for each in [site, other] {
        world.run(AiFunction::AutoCluster, each, Items::Waiting).await;
    }
    let theirs = world.books().number("select min(id) from cluster where site_id = 2");
    let (plan, wallet) = (world.books().plan(), world.books().wallet());
    let idea = serde_json::json!({"ideas": [{
        "cluster_id": theirs, "title": "Taken over", "description": "", "keywords": [], "content_type": "post",
        "content_structure": "guide", "word_count": 900,
    }]});
    assert!(read::<IdeasOutput>(&idea.to_string()).is_ok(), "the answer is of the right shape");
    world.around.script.then(Reply::Says(idea.to_string()));
    let operation = world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;

    let records = world.books().records(operation);
    assert_eq!(movements(&records), ["release"]);
    assert_eq!((records.task.error_code.as_str(), notice(&records)), ("nothing_stored", "ai_ideas_failed"));
    assert_eq!((world.books().plan(), world.books().wallet()), (plan, wallet), "nothing changed anywhere");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_that_exist_already_are_no_result_and_leave_the_cluster_waiting() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    world.run(AiFunction::GenerateIdeas, site, Items::First(1)).await;
    let waiting = world.books().number("select count(*) from cluster where status = 'new'");
    assert!(waiting > 0, "a second cluster waits");
    let title: Vec<String> = world.books().rows("select title from idea limit 1", [], |row| row.get(0));
    let cluster = world.books().number("select min(id) from cluster where status = 'new'");
    let idea = serde_json::json!({"ideas": [{
        "cluster_id": cluster, "title": title[0], "description": "", "keywords": [], "content_type": "post",
        "content_structure": "guide", "word_count": 900,
    }]});
    assert!(read::<IdeasOutput>(&idea.to_string()).is_ok(), "the answer is of the right shape");
    let plan = world.books().plan();
    world.around.script.then(Reply::Says(idea.to_string()));
    let operation = world.run(AiFunction::GenerateIdeas, site, Items::First(1)).await;
    assert_eq!(movements(&world.books().records(operation)), ["release"]);
    assert_eq!(world.books().plan(), plan, "the cluster has no ideas and still says so");
}

#[tokio::test(flavor = "multi_thread")]
async fn work_for_a_site_that_was_removed_ends_and_does_not_stop_the_others() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let (other, sectors) = world.add_site("Coffee garden", &["Coffee"]).await;
    world.engine.add_keywords("espresso grind size\nespresso machine", other, sectors[0]).await.unwrap();
    let gone = world.start(AiFunction::AutoCluster, site, Items::Waiting).await.unwrap();
    let there = world.start(AiFunction::AutoCluster, other, Items::Waiting).await.unwrap();
    let now = igny8_core::port::Clock::now(world.around.clock.as_ref());
    world.engine.store().write(move |w| w.site_remove(site, now)).await.unwrap();
    world.engine.drain().await.expect("a removed site is no failure of the runner");

    assert_eq!(notice(&world.books().records(there)), "ai_cluster_success");
    let records = world.books().records(gone);
    assert_eq!((records.task.status.as_str(), records.task.is_closed), ("error", true));
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_after_its_site_was_removed_is_stored_and_charged() {
    for function in AiFunction::ALL {
        let world = World::new().await;
        let site = world.add_tea_site().await;
        world.prepare_for(*function, site).await;
        let gate = Arc::new(Notify::new());
        world.around.script.then(Reply::When(Arc::clone(&gate)));
        let operation = world.start(*function, site, Items::First(1)).await.expect("something waits");
        let meanwhile = async {
            // What was asked for before has arrived as well, and is nobody's business here.
            while world.around.script.asked().is_empty() {
                world.around.script.arrival().await;
            }
            world.engine.remove_site(site).await.expect("it can be removed");
            gate.notify_one();
        };
        let (drained, ()) = tokio::join!(world.engine.drain(), meanwhile);
        drained.expect("a removed site is no failure of the runner");
        let records = world.books().records(operation);
        assert_eq!((movements(&records), records.task.units_done), (vec!["deduction"], 1), "{function}");
        world.assert_books_closed().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_approved_meanwhile_is_not_written_over_and_not_paid_for() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    world.run(AiFunction::GenerateContent, site, Items::First(1)).await;
    let (plan, wallet) = (world.books().plan(), world.books().wallet());
    let task = TaskId(world.books().number("select task_id from content"));
    let content = ContentId(world.books().number("select id from content"));
    let now = world.around.clock.now();
    let approved = world.engine.store().write(move |w| {
        w.content_send_to_review(&[content], now)?;
        w.content_approve(&[content], now)?;
        w.task_requeue(&[task], now)
    });
    assert_eq!(approved.await.unwrap(), [task], "it was wished for anew, and approved as it was");
    world.around.script.forget();

    let operation = world.run(AiFunction::GenerateContent, site, Items::Ids(vec![task.0])).await;
    assert!(world.around.script.asked().is_empty(), "nobody is asked for what could not be stored");
    let records = world.books().records(operation);
    assert_eq!((movements(&records), records.task.is_closed), (vec!["refusal"], true));
    assert_eq!(world.books().wallet(), wallet, "nothing is charged");
    assert_eq!(world.books().plan()["versions"], plan["versions"], "the approved text stands");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_that_cannot_be_paid_queues_no_idea() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    let ideas = world.books().number("select count(*) from idea where status = 'new'");
    let write = |limit| world.start(AiFunction::GenerateContent, site, Items::WithIdeas(limit));
    let assert_nothing_queued = |why: &str| {
        assert_eq!(world.books().open_holds(), 0, "{why}");
        assert_eq!(world.books().number("select count(*) from task"), 0, "{why}");
        assert_eq!(world.books().number("select count(*) from idea where status = 'new'"), ideas, "{why}");
    };

    world.engine.set_limit(StandingLimit::Site(site), Some(Credits::whole(1))).await.unwrap();
    let capped = write(9).await;
    assert!(matches!(capped, Err(EngineError::CapReached { scope: CapScope::Site, .. })), "{capped:?}");
    assert_nothing_queued("a limit is reached");
    assert_refusal_is_on_the_books(&world, 1, "cap_site");
    world.engine.set_limit(StandingLimit::Site(site), None).await.unwrap();
    world.engine.stop_spending().await.unwrap();
    assert!(matches!(write(9).await, Err(EngineError::SpendingStopped)));
    assert_nothing_queued("paid work is stopped");
    assert_refusal_is_on_the_books(&world, 2, "spending_stopped");
    world.engine.allow_spending().await.unwrap();
    world.empty_the_wallet().await;
    let poor = write(9).await;
    assert!(matches!(poor, Err(EngineError::InsufficientCredits { .. })), "{poor:?}");
    assert_nothing_queued("there are no credits");
    assert_refusal_is_on_the_books(&world, 3, "insufficient_credits");

    world.grant(Credits::whole(500), "a gift").await.unwrap();
    write(1).await.unwrap();
    world.engine.drain().await.unwrap();
    assert_eq!(world.books().number("select count(*) from content"), 1, "one was asked for");
    assert_eq!(world.books().number("select count(*) from task"), 1, "and one queued");
    let of_others = world.start(AiFunction::GenerateIdeas, site, Items::WithIdeas(1)).await;
    assert!(matches!(of_others, Err(EngineError::InvalidField { .. })), "only writing is of ideas: {of_others:?}");
    world.assert_books_closed().await;
}

/// The newest operation was refused before anything was held: four records, all of nothing.
fn assert_refusal_is_on_the_books(world: &World, refusals: i64, code: &str) {
    let books = world.books();
    assert_eq!(books.number("select count(*) from credit_transaction where transaction_type = 'refusal'"), refusals);
    let newest = "select id from operation order by created_at desc, id desc limit 1";
    let id = books.rows(newest, [], |row| row.get::<_, Vec<u8>>(0)).remove(0);
    let records = books.records(igny8_core::id::OperationId::from_slice(&id).unwrap());
    assert_eq!(movements(&records), ["refusal"], "{code}");
    assert_eq!((records.transactions[0].amount, records.transactions[0].memo.as_str()), (0, code));
    let used = &records.usage[0];
    assert_eq!((records.usage.len(), used.outcome.as_str(), used.has_call), (1, "refused", false), "{code}");
    assert_eq!((used.credits, used.cost), (0, 0), "{code}");
    let task = &records.task;
    assert_eq!((task.status.as_str(), task.phase.as_str(), task.error_code.as_str()), ("error", "PREP", code));
    assert!(task.is_closed, "{code}");
    assert_eq!(records.notices, [("ai_content_failed".to_owned(), "error".to_owned())], "{code}");
}
