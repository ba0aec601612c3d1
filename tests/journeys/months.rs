//! The turn of the month in a program that stays open, and in the first work that is started after it.

use igny8_core::function::AiFunction;
use igny8_core::money::Credits;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_tests::world::World;
use std::time::Duration;
use tokio::sync::watch;

/// 2026-11-30T23:59Z, in the month in which stories begin.
const LAST_MINUTE: UtcMs = UtcMs(1_796_083_140_000);
const MONTH_MS: i64 = 31 * 24 * 3_600_000;
/// How far the clock goes at a time: as long as the runner sleeps.
const STEP_MS: i64 = 30_000;
/// Enough of them for any machine, and few enough to stay in one month.
const STEPS_MAX: usize = 20_000;

/// Moves the clock on while the engine runs, until a commit touches the credits.
async fn run_until_credits_move(world: &World) -> bool {
    let mut changes = world.engine.store().changes();
    let (stop, stopped) = watch::channel(false);
    let moved = async {
        let mut has_moved = false;
        for _ in 0..STEPS_MAX {
            tokio::select! {
                Ok(changed) = changes.recv() => has_moved = changed.topics.contains(&Topic::Credits),
                () = tokio::time::sleep(Duration::from_millis(1)) => world.around.clock.advance_ms(STEP_MS),
            }
            if has_moved {
                break;
            }
        }
        stop.send_replace(true);
        has_moved
    };
    tokio::join!(world.engine.run(stopped), moved).1
}

#[tokio::test(flavor = "multi_thread")]
async fn the_month_turns_while_the_program_is_open() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.grant(Credits::whole(20), "extra").await.unwrap();
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    let before = world.engine.store().read(|r| r.wallet()).await.unwrap();
    assert!(before.used_this_month > Credits::ZERO);
    world.engine.set_budget(Credits::whole(300)).await.unwrap();
    world.around.clock.set(LAST_MINUTE);

    assert!(run_until_credits_move(&world).await, "screens are told that the credits moved");
    let after = world.engine.store().read(|r| r.wallet()).await.unwrap();
    assert_eq!(after.lapsed, before.monthly_left, "what was left of November lapsed");
    assert_eq!(
        (after.monthly_left, after.available),
        (Credits::whole(300), Credits::whole(320)),
        "December's is there"
    );
    assert_eq!((after.used_this_month, after.used), (Credits::ZERO, before.used), "and nothing of it used");
    let lines = "select transaction_type from credit_transaction where memo = '2026-12' order by id";
    assert_eq!(world.books().rows(lines, [], |row| row.get::<_, String>(0)), ["lapse", "grant"], "each once");
    let estimate = world.engine.estimate(AiFunction::GenerateIdeas, site, Items::Waiting).await.unwrap();
    assert_eq!(estimate.available, Credits::whole(320), "the button says so");
    world.assert_books_closed().await;
}

/// Statement lines about months, and what the wallet has and has lost.
fn months(world: &World) -> (Vec<(String, String)>, i64) {
    let lines = "select transaction_type, memo from credit_transaction where transaction_type in ('grant', 'lapse')
                 order by id";
    let lines = world.books().rows(lines, [], |row| Ok((row.get(0)?, row.get(1)?)));
    (lines, world.books().wallet().0)
}

fn line(kind: &str, month: &str) -> (String, String) {
    (kind.to_owned(), month.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_zone_neither_ends_a_month_early_nor_grants_one_twice() {
    const MINUTE_MS: i64 = 60_000;
    let world = World::new().await;
    let (at_first, budget) = months(&world);
    assert_eq!(at_first, [line("grant", "2026-11")], "the story begins in November");

    // Half an hour before the turn. In Berlin and Tokyo it is December already.
    world.around.clock.set(UtcMs(LAST_MINUTE.0 - 29 * MINUTE_MS));
    for zone in ["Europe/Berlin", "Asia/Tokyo", "UTC", "Pacific/Kiritimati", "America/New_York", "Europe/Berlin"] {
        world.engine.set_zone(zone).await.unwrap();
        world.engine.turn_month().await.unwrap();
        assert_eq!(months(&world), (at_first.clone(), budget), "{zone} leaves November as it was");
    }
    // It ends where it was granted, and then once.
    world.around.clock.set(UtcMs(LAST_MINUTE.0 + MINUTE_MS));
    for zone in ["Europe/Berlin", "UTC", "America/New_York", "Asia/Tokyo"] {
        world.engine.set_zone(zone).await.unwrap();
        world.engine.turn_month().await.unwrap();
        let (lines, left) = months(&world);
        assert_eq!(lines[1..], [line("lapse", "2026-12"), line("grant", "2026-12")], "{zone}: once");
        assert_eq!(left, budget);
    }
    // The next month turns in the zone that was chosen: in Tokyo nine hours before it does in UTC.
    world.around.clock.set(UtcMs(LAST_MINUTE.0 + MINUTE_MS + MONTH_MS - 9 * 60 * MINUTE_MS - 1));
    world.engine.turn_month().await.unwrap();
    assert_eq!(months(&world).0.len(), 3, "not yet");
    world.around.clock.advance_ms(1);
    world.engine.turn_month().await.unwrap();
    assert_eq!(months(&world).0[3..], [line("lapse", "2027-01"), line("grant", "2027-01")]);
    let unknown = world.engine.set_zone("Europe/Atlantis").await;
    assert!(matches!(unknown, Err(EngineError::InvalidField { field: "zone", .. })), "{unknown:?}");
    world.assert_books_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_work_of_a_month_is_paid_from_its_budget() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.run(AiFunction::AutoCluster, site, Items::Waiting).await;
    world.run(AiFunction::GenerateIdeas, site, Items::Waiting).await;
    world.empty_the_wallet().await;
    world.engine.set_budget(Credits::whole(300)).await.unwrap();
    let write = || world.start(AiFunction::GenerateContent, site, Items::WithIdeas(1));
    let poor = write().await;
    assert!(matches!(poor, Err(EngineError::InsufficientCredits { .. })), "the month has nothing left: {poor:?}");

    world.around.clock.advance_ms(MONTH_MS);
    let started = write().await.expect("the new month pays");
    assert_eq!(world.books().wallet(), (Credits::whole(300).0, 0));
    world.engine.drain().await.unwrap();
    assert_eq!(world.books().records(started).task.results, 1);
    world.assert_books_closed().await;
}
