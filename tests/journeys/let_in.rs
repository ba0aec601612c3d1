//! Several calls at once and the last of the credits: who is let in is decided by what the others hold, before any of them
//! is answered, and not by what was written down once the answers had come. And two that ask for the same at once pay once.

use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::money::Credits;
use igny8_core::port::Clock;
use igny8_core::status::{ContentStructure, ContentType};
use igny8_engine::Engine;
use igny8_engine::door::{Door, Pace};
use igny8_engine::operation::Items;
use igny8_providers::builtin::{BuiltinImage, BuiltinText};
use igny8_store::ledger::StandingLimit;
use igny8_store::table::idea::NewIdea;
use igny8_store::{StoreError, WriterLoop};
use igny8_testkit::scripted::{Reply, ScriptedImage, ScriptedText};
use igny8_tests::books::Books;
use igny8_tests::stepped::Stepped;
use igny8_tests::world::{PICTURE, PROVIDER, Surroundings, World};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};

/// Calls at once that the vendor takes; more than there are pictures.
const AT_ONCE: usize = 16;
/// How often a process that has got somewhere is let go on, to see whether it goes any further.
const ROUNDS: usize = 50;
/// Pictures that the wallet, or a limit, has room for.
const COVERED: i64 = 2;

/// The scripted models at a door that takes many calls at once.
fn door(around: &Surroundings) -> Door {
    let text = ScriptedText::new(Arc::clone(&around.script), Arc::new(BuiltinText::new()));
    let image = ScriptedImage::new(Arc::clone(&around.script), Arc::new(BuiltinImage::new()));
    let door = Door::new();
    door.register(PROVIDER, Some(Arc::new(text)), Some(Arc::new(image)), Pace::at_once(AT_ONCE));
    door
}

/// What keeps all but some pictures from being paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Short {
    Wallet,
    Day,
    Site,
}

impl Short {
    /// Leaves room for what is covered and not quite one more.
    async fn make(self, engine: &Engine, site: SiteId, used: Credits) {
        let room = Credits((COVERED + 1) * PICTURE.0 - 1);
        let limit = match self {
            Self::Wallet => return,
            Self::Day => StandingLimit::Day,
            Self::Site => StandingLimit::Site(site),
        };
        engine.set_limit(limit, Some(used.plus(room))).await.expect("a limit can be set");
    }
}

/// Lets a process go on until something is so, and then as far as it can without an answer. Whether its work has ended.
/// Pictures are drawn on threads of their own; the bound is for a process that will never get there.
async fn go_on_until(
    process: &mut Stepped,
    mut work: Pin<&mut impl Future<Output = ()>>,
    is_so: impl Fn() -> bool,
) -> bool {
    const LONGEST: Duration = Duration::from_secs(120);
    let mut rounds = 0;
    let gone_on = async {
        while rounds < ROUNDS {
            if process.until_quiet(work.as_mut(), WriterLoop::step).await.is_some() {
                return true;
            }
            rounds += usize::from(is_so());
        }
        false
    };
    tokio::time::timeout(LONGEST, gone_on).await.expect("it gets there")
}

#[tokio::test]
async fn calls_at_once_are_let_in_by_what_the_others_hold_before_any_is_answered() {
    for short in [Short::Wallet, Short::Day, Short::Site] {
        let world = World::new().await;
        let site = world.add_tea_site().await;
        world.prepare_for(AiFunction::GenerateImages, site).await;
        let waiting = world.books().number("select count(*) from image where status = 'pending'");
        assert!(waiting > COVERED + 2, "{short:?}: several that are not covered");
        if short == Short::Wallet {
            world.empty_the_wallet().await;
            world.grant(Credits((COVERED + 1) * PICTURE.0 - 1), "for two").await.unwrap();
        }
        // All of it this month, and what the wallet was emptied for before does not count.
        let used = if short == Short::Wallet { 0 } else { world.books().number("select sum(credits) from usage_log") };
        short.make(&world.engine, site, Credits(used)).await;
        let operation = world.start(AiFunction::GenerateImages, site, Items::Waiting).await.unwrap();
        let around = world.around.clone();
        drop(world);

        let answers = Arc::new(Notify::new());
        (0..AT_ONCE).for_each(|_| around.script.then(Reply::When(Arc::clone(&answers))));
        let mut process = Stepped::open_at(around.clone(), door(&around)).await;
        let engine = Arc::clone(&process.engine);
        let (stop, stopped) = watch::channel(false);
        let mut run = pin!(engine.run(stopped));
        let covered = usize::try_from(COVERED).unwrap();
        let are_asked = || around.script.asked().len() >= covered;
        assert!(!go_on_until(&mut process, run.as_mut(), are_asked).await, "{short:?}: it waits for answers");
        assert_eq!(around.script.asked().len(), covered, "{short:?}: none is answered, and no more were asked");

        answers.notify_waiters();
        let books = Books::of(&around.database());
        let none_is_left = || books.number("select count(*) from job where state in ('ready', 'leased')") == 0;
        assert!(!go_on_until(&mut process, run.as_mut(), none_is_left).await, "{short:?}: nothing is left to do");
        stop.send_replace(true);
        assert!(go_on_until(&mut process, run.as_mut(), || false).await, "{short:?}: it ends when told to");
        let world = process.restart().await;
        assert_eq!(world.around.script.asked().len(), covered, "{short:?}: nor once they were");
        let records = world.books().records(operation);
        assert_eq!((records.task.units_done, records.task.credits), (COVERED, COVERED * PICTURE.0), "{short:?}");
        if short == Short::Wallet {
            assert_eq!(world.books().wallet(), (PICTURE.0 - 1, 0), "what is left does not pay for another");
        }
        world.assert_books_closed().await;
    }
}

/// Two tasks for one article, word for word.
async fn with_twins(world: &World) -> SiteId {
    let (site, sectors) = world.add_site("Tea garden", &["Tea"]).await;
    let now = world.around.clock.now();
    let twin = NewIdea {
        sector: sectors[0],
        cluster: None,
        title: "Teapots".to_owned(),
        description: String::new(),
        keywords: Vec::new(),
        content_type: ContentType::Post,
        content_structure: ContentStructure::Article,
        word_count_target: 300,
    };
    let queued = world.engine.store().write(move |w| {
        let ideas = w.idea_add_batch(site, &[twin.clone(), twin.clone()], now)?;
        w.idea_queue(&ideas, now).map(|tasks| tasks.len())
    });
    assert_eq!(queued.await.map_err(|error: StoreError| error), Ok(2), "each has its task");
    site
}

#[tokio::test]
async fn whoever_asks_for_what_is_being_asked_waits_for_its_answer_and_pays_nothing() {
    let world = World::new().await;
    let site = with_twins(&world).await;
    let operation = world.start(AiFunction::GenerateContent, site, Items::Waiting).await.unwrap();
    let around = world.around.clone();
    drop(world);

    let answers = Arc::new(Notify::new());
    (0..2).for_each(|_| around.script.then(Reply::When(Arc::clone(&answers))));
    let mut process = Stepped::open_at(around.clone(), door(&around)).await;
    let engine = Arc::clone(&process.engine);
    let (stop, stopped) = watch::channel(false);
    let mut run = pin!(engine.run(stopped));
    let is_asked = || !around.script.asked().is_empty();
    assert!(!go_on_until(&mut process, run.as_mut(), is_asked).await, "it waits for the answer");
    assert_eq!(around.script.asked().len(), 1, "one of them is asked for, though there is room for both");

    answers.notify_waiters();
    let books = Books::of(&around.database());
    let none_is_left = || books.number("select count(*) from job where state in ('ready', 'leased')") == 0;
    assert!(!go_on_until(&mut process, run.as_mut(), none_is_left).await, "nothing is left to do");
    stop.send_replace(true);
    assert!(go_on_until(&mut process, run.as_mut(), || false).await, "it ends when told to");
    let world = process.restart().await;
    assert_eq!(world.around.script.asked().len(), 1, "the other one was answered from the books");
    let records = world.books().records(operation);
    let outcomes: Vec<&str> = records.usage.iter().map(|used| used.outcome.as_str()).collect();
    assert_eq!((outcomes, records.usage[1].credits, records.usage[1].cost), (vec!["settled", "reused"], 0, 0));
    assert_eq!((records.task.units_done, world.books().number("select count(*) from content")), (2, 2));
    world.assert_books_closed().await;
}
