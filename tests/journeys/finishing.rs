//! No article is begun in a run that could not be finished: not beside what was written before the run, not beside pictures
//! that failed, not with a model that thinks at length, and not out of what the run of another site needs. And none is
//! refused only because of a neighbour that comes to nothing.

use async_trait::async_trait;
use igny8_core::function::AiFunction;
use igny8_core::function::input::TextInput;
use igny8_core::id::{RunId, SiteId};
use igny8_core::model::thinking::Thinking;
use igny8_core::money::Credits;
use igny8_core::port::models::{TextAnswer, TextRequest};
use igny8_core::port::{Clock, FailedCall, ProviderError, TextModel};
use igny8_core::status::{ModelType, RunTrigger};
use igny8_core::usage::Usage;
use igny8_engine::EngineError;
use igny8_engine::door::{Door, Pace};
use igny8_engine::operation::Items;
use igny8_providers::builtin::{BuiltinImage, BuiltinText};
use igny8_store::Store;
use igny8_store::table::run::NewRun;
use igny8_testkit::scripted::Reply;
use igny8_tests::world::{PROVIDER, Surroundings, World};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

const CONTENT: AiFunction = AiFunction::GenerateContent;
/// Keywords of another site.
const POTS: &str = "best teapot\nbest cast iron teapot\nteapot with infuser\nteapot price\n";

/// Describing an article's pictures with room for a longer answer, making them, and what the hold of the one keeps back beyond.
fn rest_of_one() -> Credits {
    Credits::whole(4 + 3 * 5 + 3)
}

/// Two articles that wait to be written, and no more to come.
async fn with_two(world: &World) -> SiteId {
    let site = world.add_tea_site().await;
    world.prepare_for(CONTENT, site).await;
    no_more_ideas(world);
    site
}

fn no_more_ideas(world: &World) {
    let database = rusqlite::Connection::open(world.around.database()).unwrap();
    database.execute("update idea set is_disabled = 1 where status = 'new'", []).expect("only these");
}

/// A wallet that has room for one more article, whichever is the first, and what follows it, and for nothing else.
async fn money_for_one(world: &World, site: SiteId) -> Credits {
    world.empty_the_wallet().await;
    let next = world.engine.estimate(CONTENT, site, Items::Waiting).await.unwrap();
    let enough = next.dearest_unit.plus(rest_of_one());
    world.grant(enough, "for one").await.unwrap();
    enough
}

/// Articles of a site, and its pictures that are there.
fn illustrated(world: &World, site: SiteId) -> (i64, i64) {
    let of = |sql: &str| world.books().rows(sql, [site.0], |row| row.get::<_, i64>(0))[0];
    let articles = of("select count(*) from content where site_id = ?1");
    (articles, of("select count(*) from image where site_id = ?1 and status = 'generated'"))
}

fn assert_short(ended: &Result<(), EngineError>) {
    match ended {
        Err(EngineError::InsufficientCredits { needed, available }) => {
            assert!(needed > available, "it says what it needs: {needed} of {available}");
        }
        other => panic!("it says that it was not enough for all: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_before_the_run_is_illustrated_first() {
    let world = World::new().await;
    let site = with_two(&world).await;
    world.run(CONTENT, site, Items::First(1)).await;
    let enough = money_for_one(&world, site).await;
    let ended = world.run_site(site, Some(enough)).await;
    assert_short(&ended);
    assert_eq!(illustrated(&world, site), (1, 3), "the one that was there, and none half done");
    world.grant(Credits::whole(100), "for the other").await.unwrap();
    world.run_site(site, None).await.unwrap();
    assert_eq!(illustrated(&world, site), (2, 6));
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_failed_and_will_be_tried_again_count_as_well() {
    let world = World::new().await;
    let site = with_two(&world).await;
    world.run(CONTENT, site, Items::First(1)).await;
    world.run(AiFunction::GenerateImagePrompts, site, Items::Waiting).await;
    for _ in 0..3 {
        world.around.script.then(Reply::Says("no picture".to_owned()));
    }
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    assert_eq!(world.books().number("select count(*) from image where status = 'failed'"), 3);
    let enough = money_for_one(&world, site).await;
    let ended = world.run_site(site, Some(enough)).await;
    assert_short(&ended);
    assert_eq!(illustrated(&world, site), (1, 3), "the one that was begun is finished, and no other is begun");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_run_begins_an_article_out_of_what_another_sites_run_needs() {
    let world = World::new().await;
    let (other, sectors) = world.add_site("Pots", &["Pots"]).await;
    world.engine.add_keywords(POTS, other, sectors[0]).await.unwrap();
    world.prepare_for(CONTENT, other).await;
    no_more_ideas(&world);
    world.run(CONTENT, other, Items::First(1)).await;
    let site = with_two(&world).await;
    let (run, now) = (RunId(world.engine.ids().next()), world.around.clock.now());
    let (trigger, estimate) = (RunTrigger::Manual, Credits::ZERO);
    let begun = NewRun { id: run, site: other, trigger, estimate, stages: Vec::new() };
    world.engine.store().write(move |w| w.open_run_of(&begun, now)).await.unwrap();
    let enough = money_for_one(&world, site).await;
    let ended = world.run_site(site, Some(enough)).await;
    assert_short(&ended);
    assert_eq!(illustrated(&world, site), (0, 0), "what is there is the other's");
    world.engine.store().write(move |w| w.end_run(run, "", now)).await.unwrap();
    let ended = world.run_site(site, Some(enough)).await;
    assert_short(&ended);
    assert_eq!(illustrated(&world, site), (1, 3), "once that is over it is anybody's");
    world.assert_books_closed().await;
}

/// The built-in model, which may think at length and does, and of which the first article can come to nothing.
struct Moody {
    thinking: u32,
    /// What the first article waits for before it is refused; none that it is written.
    refuses_first: Option<Arc<Notify>>,
    has_begun: AtomicBool,
    second: Arc<Notify>,
}

#[async_trait]
impl TextModel for Moody {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        BuiltinText::new().count_input_tokens(request)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        if matches!(request.input, TextInput::GenerateContent(_)) {
            let is_first = !self.has_begun.swap(true, Ordering::SeqCst);
            if let Some(word) = self.refuses_first.as_ref().filter(|_| is_first) {
                word.notified().await;
                return Err(ProviderError::Rejected { reason: "no".to_owned() }.into());
            }
            self.second.notify_one();
        }
        let answer = BuiltinText::new().complete(request).await?;
        let usage = Usage { reasoning_tokens: self.thinking, ..answer.usage };
        Ok(TextAnswer { usage, ..answer })
    }
}

/// A world whose texts this model writes, so many at once, over a folder with two articles that wait.
async fn with_moody(moody: Arc<Moody>, at_once: usize) -> (World, SiteId) {
    let around = Surroundings::default();
    let site = {
        let world = World::new_in(around.clone()).await;
        let site = with_two(&world).await;
        let thinking = Thinking { tokens: moody.thinking, ..Thinking::default() };
        let noted = world.engine.store().write(move |w| {
            let model = w.default_model(ModelType::Text)?;
            w.model_note_thinking(model.id, &thinking)
        });
        noted.await.expect("how it thinks can be noted");
        site
    };
    let door = Door::new();
    door.register(PROVIDER, Some(moody), Some(Arc::new(BuiltinImage::new())), Pace::at_once(at_once));
    let store = Store::open(&around.database(), None).expect("the store opens");
    let world = World { engine: Arc::new(around.engine_at(store, door)), around };
    world.recover().await;
    (world, site)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_model_thinks_with_is_part_of_what_follows() {
    assert_what_is_named_is_enough(2, |_| ()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_refusal_names_is_enough_for_the_dearest_that_waits() {
    assert_what_is_named_is_enough(1, |world| {
        let lengthen = "update idea set description = replace(hex(zeroblob(4000)), '0', 'at length ') where id = (
            select idea_id from task order by id limit 1)";
        let database = rusqlite::Connection::open(world.around.database()).unwrap();
        assert_eq!(database.execute(lengthen, []).unwrap(), 1, "the first one has a long brief");
    })
    .await;
}

/// A run is short of money for one article by what its model thinks with; with what the refusal names, it makes one.
async fn assert_what_is_named_is_enough(at_once: usize, change: impl FnOnce(&World)) {
    let moody =
        Moody { thinking: 40_000, refuses_first: None, has_begun: AtomicBool::default(), second: Arc::default() };
    let (world, site) = with_moody(Arc::new(moody), at_once).await;
    change(&world);
    let enough = money_for_one(&world, site).await;
    let ended = world.run_site(site, Some(enough)).await;
    assert_short(&ended);
    assert_eq!(illustrated(&world, site), (0, 0), "its pictures could not have been described");
    let Err(EngineError::InsufficientCredits { needed, available }) = ended else { unreachable!("it is") };
    world.grant(needed.minus(available), "as it says").await.unwrap();
    assert_short(&world.run_site(site, Some(needed)).await);
    assert_eq!(illustrated(&world, site), (1, 3), "with that it is begun and finished");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_that_may_come_to_nothing_is_waited_for() {
    let (word, second) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let moody = Moody {
        thinking: 0,
        refuses_first: Some(Arc::clone(&word)),
        has_begun: AtomicBool::default(),
        second: Arc::clone(&second),
    };
    let (world, site) = with_moody(Arc::new(moody), 2).await;
    world.empty_the_wallet().await;
    let both = world.engine.estimate(CONTENT, site, Items::Waiting).await.unwrap();
    // Both can be held at once, and only one can be finished.
    let enough = both.credits_max.plus(rest_of_one());
    world.grant(enough, "for one").await.unwrap();
    let run = world.run_site(site, Some(enough));
    let refuse = async {
        // The other one is looked at meanwhile, and not refused.
        let mut changes = world.engine.store().changes();
        while world.books().open_holds() == 0 {
            drop(changes.recv().await);
        }
        word.notify_one();
        second.notified().await;
    };
    let (ended, ()) = tokio::join!(run, refuse);
    ended.expect("nothing was refused");
    assert_eq!(illustrated(&world, site), (1, 3), "the other one was begun and finished");
    let refused = "select count(*) from credit_transaction where transaction_type = 'refusal'";
    assert_eq!(world.books().number(refused), 0);
    world.assert_books_closed().await;
}
