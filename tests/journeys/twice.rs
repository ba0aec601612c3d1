//! Commands that come twice: by a double click, by a form that is sent again, by whoever did not hear how the first ended.
//! The second is answered as the first was, and does nothing.

use crate::bad_input::{assert_refused, furnished};
use crate::outbox::approved;
use igny8_core::function::AiFunction;
use igny8_core::id::ClientKey;
use igny8_core::money::Credits;
use igny8_core::status::Trigger;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_engine::publish::LostPost;
use igny8_tests::world::World;
use tokio::sync::watch;

const GIFT: Credits = Credits::whole(50);

fn grants(world: &World) -> i64 {
    world.books().number("select count(*) from transfer t join account a on a.id = t.debit_id where a.code = 'extra'")
}

fn is_taken<T>(answer: &Result<T, EngineError>) -> bool {
    matches!(answer, Err(EngineError::InvalidField { field: "key", rule: "taken" }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_grant_sent_twice_posts_once() {
    let world = World::new().await;
    let key = world.engine.new_client_key();
    let grant = |key: ClientKey, amount| world.engine.grant_credits(key, amount, "a gift");
    grant(key, GIFT).await.unwrap();
    grant(key, GIFT).await.unwrap();
    assert_eq!(grants(&world), 1, "one after the other");

    let key = world.engine.new_client_key();
    let (first, second) = tokio::join!(grant(key, GIFT), grant(key, GIFT));
    assert_eq!((first.is_ok(), second.is_ok(), grants(&world)), (true, true, 2), "and both at once");

    assert!(is_taken(&grant(key, Credits::whole(51)).await), "another amount under the same key");
    let site = world.add_tea_site().await;
    let other = world.engine.start_operation(key, AiFunction::AutoCluster, site, Items::Waiting, Trigger::Manual).await;
    assert!(is_taken(&other), "another command under the same key: {other:?}");
    let key = world.engine.new_client_key();
    assert!(grant(key, Credits::ZERO).await.is_err());
    grant(key, GIFT).await.expect("what was refused has used no key up");

    let world = world.restart().await;
    world.engine.grant_credits(key, GIFT, "a gift").await.unwrap();
    assert_eq!(grants(&world), 3, "a key is known after a restart");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn work_started_twice_is_one_operation() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let key = world.engine.new_client_key();
    let start = || world.engine.start_operation(key, AiFunction::AutoCluster, site, Items::Waiting, Trigger::Manual);
    let (first, second) = tokio::join!(start(), start());
    assert_eq!(first.unwrap(), second.unwrap(), "the same answer");
    world.engine.drain().await.unwrap();
    let asked = world.around.script.asked().len();
    // Nothing waits any more, which would be another answer.
    start().await.expect("a late copy is answered as the first was");
    world.engine.drain().await.unwrap();
    assert_eq!(world.around.script.asked().len(), asked, "nothing is asked and paid for again");
    assert_eq!(world.books().number("select count(*) from operation"), 1);
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_begun_twice_is_one_run() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    let key = world.engine.new_client_key();
    let (stop, stopped) = watch::channel(false);
    let runs = async {
        let run = || world.engine.run_pipeline(key, site, None);
        let (first, second) = tokio::join!(run(), run());
        assert_eq!((first.is_ok(), second.is_ok()), (true, true), "{first:?} {second:?}");
        let spent = world.books().number("select count(*) from transfer");
        world.engine.add_keywords("oolong tea\nwhite tea\n", site, igny8_core::id::SectorId(1)).await.unwrap();
        run().await.expect("a late copy is answered as the first was");
        assert_eq!(world.books().number("select count(*) from transfer"), spent, "and spends nothing");
        stop.send_replace(true);
    };
    tokio::join!(world.engine.run(stopped), runs);
    assert_eq!(world.books().number("select count(distinct run_id) from operation"), 1);
    assert_eq!(world.books().number("select count(*) from cap where scope = 'run'"), 1);
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_sent_off_twice_are_answered_alike() {
    let (world, ready) = approved(2).await;
    let key = world.engine.new_client_key();
    let none = world.engine.take_on(key, &"all", Vec::new(), LostPost::Tell).await;
    assert!(matches!(none, Err(EngineError::NothingToDo)), "{none:?}");
    let stranger = [ready.clone(), vec![igny8_core::id::ContentId(99)]].concat();
    assert_eq!(world.engine.take_on(key, &"all", stranger, LostPost::Tell).await.unwrap(), ready);
    assert_eq!(world.books().number("select count(*) from outbox where state = 'pending'"), 2, "in the same commit");
    assert_eq!(world.engine.take_on(key, &"all", Vec::new(), LostPost::Tell).await.unwrap(), ready, "as the first was");
    assert!(is_taken(&world.engine.take_on(key, &"some", ready, LostPost::Tell).await));
    assert_eq!(world.books().number("select count(*) from outbox"), 2, "and nothing is asked for twice");
}

#[test]
fn the_program_takes_a_key_for_a_grant() {
    let home = furnished();
    let key = "01994aff-01c2-7000-8000-000000000001";
    let before = home.json(&["credits", "balance"])["extra_left"].clone();
    let grant = ["credits", "grant", "25", "--memo", "a gift", "--key", key];
    let first = home.json(&grant)["extra_left"].clone();
    assert_ne!(first, before);
    assert_eq!(home.json(&grant)["extra_left"], first, "sent again, it adds nothing");
    let other = home.run(&["credits", "grant", "26", "--memo", "a gift", "--key", key]);
    assert_refused(&other, &["--key", "something else before"], "another grant under the same key");
    let no_key = home.run(&["credits", "grant", "26", "--key", "seven"]);
    assert_refused(&no_key, &["--key", "uuid"], "no key");
    let twice = ["credits", "grant", "25", "--memo", "a gift"];
    home.json(&twice);
    home.json(&twice);
    assert_eq!(
        home.books().number("select sum(amount) from transfer where debit_id = 2"),
        75_000_000,
        "without one, each"
    );
}
