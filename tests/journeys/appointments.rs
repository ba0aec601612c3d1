//! Runs that come back by a schedule: each once for its time on the wall, whatever clocks, sleep and crashes do, and none
//! left out without a word.

use igny8_core::automation::{Automation, CatchUp};
use igny8_core::catch_up::{OccurrenceState, SPACE_MS};
use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::inbox::Need;
use igny8_core::status::RunTrigger;
use igny8_core::time::UtcMs;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_store::table::occurrence::OccurrenceRow;
use igny8_tests::world::World;

const DAY_MS: i64 = 86_400_000;

/// A site whose runs come back every day at two in the afternoon in UTC, five hours after stories begin.
async fn watched(catch_up: CatchUp) -> (World, SiteId) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    choose(&world, site, |chosen| {
        chosen.is_enabled = true;
        chosen.schedule.minute_of_day = 14 * 60;
        chosen.schedule.catch_up = catch_up;
    })
    .await;
    assert_eq!(due(&world).await, [], "what was due before it was made is nobody's business");
    (world, site)
}

async fn choose(world: &World, site: SiteId, change: impl FnOnce(&mut Automation)) {
    let mut chosen = world.engine.automation(site).await.unwrap();
    change(&mut chosen);
    world.engine.set_automation(site, chosen, false).await.unwrap();
}

async fn due(world: &World) -> Vec<OccurrenceRow> {
    world.engine.due_runs().await.expect("the schedule can be looked at")
}

/// Begins what is due and takes it to its end.
async fn begin(world: &World) -> usize {
    let due = due(world).await;
    let ([_stop, _end], [stopped, ended]) = {
        let (one, other) = (tokio::sync::watch::channel(false), tokio::sync::watch::channel(false));
        ([one.0, other.0], [one.1, other.1])
    };
    let all = async {
        for run in &due {
            world.engine.begin_due_run(run.clone()).await?;
            while is_waiting(world, run).await? {
                // It is let in. Once it has ended, whoever looks again sees that it was begun.
                if was_begun(world, run).await? && !world.engine.is_driving(run.site) {
                    world.engine.begin_due_run(run.clone()).await?;
                }
                tokio::task::yield_now().await;
            }
        }
        Ok::<_, EngineError>(())
    };
    tokio::select! {
        () = world.engine.run(stopped) => {}
        () = world.engine.drive_runs(ended) => {}
        begun = all => begun.expect("what is due can be begun"),
    }
    due.len()
}

async fn is_waiting(world: &World, run: &OccurrenceRow) -> Result<bool, EngineError> {
    let id = run.id;
    Ok(world.engine.store().read(move |r| r.waiting_runs()).await?.iter().any(|row| row.id == id))
}

async fn was_begun(world: &World, run: &OccurrenceRow) -> Result<bool, EngineError> {
    let key = run.key;
    Ok(world.engine.store().read(move |r| r.carried(key)).await?.is_some())
}

async fn decided(world: &World, site: SiteId) -> Vec<(String, OccurrenceState)> {
    let rows = world.engine.store().read(move |r| r.due_runs_of(site, 99)).await.expect("the file can be read");
    rows.into_iter().rev().map(|row| (row.wall, row.state)).collect()
}

fn runs(world: &World) -> i64 {
    world.books().number("select count(*) from run")
}

fn notices(world: &World, notification_type: &str) -> Vec<String> {
    let told = "select params from notification where notification_type = ?1 order by id";
    world.books().rows(told, [notification_type], |row| row.get(0))
}

fn at(text: &str) -> UtcMs {
    UtcMs::from_rfc3339(text).unwrap()
}

#[tokio::test]
async fn a_site_that_comes_back_after_months_begins_none_of_the_runs_that_came_due_without_it() {
    let (world, site) = watched(CatchUp::Spaced).await;
    world.engine.remove_site(site).await.unwrap();
    world.around.clock.set(at("2027-02-20T10:00:00Z"));
    assert_eq!(due(&world).await, []);
    world.engine.restore_site(site).await.expect("it can come back");
    assert_eq!((due(&world).await, notices(&world, "automation_missed").len()), (vec![], 0), "nobody was to run them");
    world.around.clock.set(at("2027-02-20T14:00:20Z"));
    assert_eq!(due(&world).await.len(), 1, "the next one is due as ever");
}

#[tokio::test]
async fn a_run_begins_when_its_time_has_come_and_not_twice() {
    let (world, site) = watched(CatchUp::Latest).await;
    let next = world.engine.next_run_due().await.unwrap();
    assert_eq!(next, Some(at("2026-11-23T14:00:00Z")));
    world.around.clock.set(at("2026-11-23T13:59:59Z"));
    assert_eq!(begin(&world).await, 0, "not a second early");
    world.around.clock.set(at("2026-11-23T14:00:20Z"));
    assert_eq!(begin(&world).await, 1);
    assert_eq!(begin(&world).await, 0, "it has had its turn");
    assert_eq!(runs(&world), 1);
    assert_eq!(decided(&world, site).await, [("2026-11-23T14:00".to_owned(), OccurrenceState::Done)]);
    assert_eq!(notices(&world, "automation_missed"), [] as [&str; 0], "nothing was missed");
}

#[tokio::test]
async fn a_clock_that_is_set_back_begins_nothing_again_and_loses_nothing() {
    let (world, site) = watched(CatchUp::Latest).await;
    world.around.clock.set(at("2026-11-23T14:00:20Z"));
    assert_eq!(begin(&world).await, 1);
    world.around.clock.set(at("2026-11-23T10:00:00Z"));
    assert_eq!(begin(&world).await, 0);
    world.around.clock.set(at("2026-11-23T14:00:20Z"));
    assert_eq!(begin(&world).await, 0, "the same afternoon for the second time");
    // Five days ahead by mistake, and back.
    world.around.clock.set(at("2026-11-28T15:00:00Z"));
    assert_eq!(begin(&world).await, 1, "the latest of what looks missed");
    assert_eq!(decided(&world, site).await.len(), 6);
    world.around.clock.set(at("2026-11-24T09:00:00Z"));
    assert_eq!(begin(&world).await, 0);
    for day in 24..=27 {
        world.around.clock.set(at(&format!("2026-11-{day}T14:00:05Z")));
        assert_eq!(begin(&world).await, 1, "the {day}th was not missed after all");
    }
    world.around.clock.set(at("2026-11-28T14:00:05Z"));
    assert_eq!(begin(&world).await, 0, "its run is done");
    let done = decided(&world, site).await;
    assert!(done.len() == 6 && done.iter().all(|(_, state)| *state == OccurrenceState::Done), "{done:?}");
}

#[tokio::test]
async fn what_a_clock_that_was_ahead_has_begun_stands_for_nothing_that_was_due_before_it() {
    let (world, site) = watched(CatchUp::Skip).await;
    world.around.clock.set(at("2026-11-25T14:00:05Z"));
    assert_eq!(begin(&world).await, 1, "two days ahead by mistake");
    world.around.clock.set(at("2026-11-23T10:00:00Z"));
    assert_eq!(begin(&world).await, 0);
    // Asleep until all of it has come after all.
    world.around.clock.set(at("2026-11-25T15:00:00Z"));
    assert_eq!(begin(&world).await, 0, "the third day has had its run");
    let states: Vec<OccurrenceState> = decided(&world, site).await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states, [OccurrenceState::Missed, OccurrenceState::Missed, OccurrenceState::Done]);
    let mut changes = world.engine.store().changes();
    assert_eq!(due(&world).await, []);
    assert!(changes.try_recv().is_err(), "nothing is left to be decided");
}

#[tokio::test]
async fn a_time_whose_run_was_begun_begins_no_other_when_runs_are_wanted_again() {
    let (world, site) = watched(CatchUp::Latest).await;
    world.around.clock.set(at("2026-11-23T14:00:20Z"));
    let waiting = due(&world).await;
    let begun = world.engine.run_due(waiting[0].key, site, RunTrigger::Scheduled);
    tokio::select! {
        biased;
        _ = begun => panic!("without a runner it cannot end"),
        () = async { while runs(&world) == 0 { tokio::task::yield_now().await; } } => {}
    }
    // Before anybody has said that it was begun.
    let world = world.restart().await;
    choose(&world, site, |chosen| chosen.is_enabled = false).await;
    assert_eq!(due(&world).await, []);
    choose(&world, site, |chosen| chosen.is_enabled = true).await;
    world.around.clock.set(at("2026-11-23T13:00:00Z"));
    assert_eq!(due(&world).await, []);
    world.around.clock.set(at("2026-11-23T14:00:20Z"));
    assert_eq!(due(&world).await, [], "the same afternoon for the second time");
    assert_eq!(decided(&world, site).await, [("2026-11-23T14:00".to_owned(), OccurrenceState::Done)]);
}

#[tokio::test]
async fn what_was_missed_is_told_and_made_up_for_as_the_rule_says() {
    for (rule, made_up) in [(CatchUp::Skip, 0), (CatchUp::Latest, 1), (CatchUp::Spaced, 3)] {
        let (world, site) = watched(rule).await;
        // Asleep for three days.
        world.around.clock.set(at("2026-11-26T08:00:00Z"));
        let mut begun = 0;
        for _ in 0..9 {
            let now = begin(&world).await;
            assert!(now <= 1, "{rule}: never two at once");
            begun += now;
            world.around.clock.advance_ms(SPACE_MS / 2);
        }
        assert_eq!(begun, made_up, "{rule}");
        let told = notices(&world, "automation_missed");
        assert_eq!(told.len(), 1, "{rule}: told once");
        assert!(
            told[0].contains(r#""count":"3""#) && told[0].contains(&format!(r#""made_up":"{made_up}""#)),
            "{told:?}"
        );
        let missed = decided(&world, site).await.iter().filter(|(_, s)| *s == OccurrenceState::Missed).count();
        assert_eq!(missed, 3 - made_up, "{rule}: what is left is kept as that");
    }
}

#[tokio::test]
async fn a_run_that_cannot_be_begun_is_told_with_its_reason_and_not_tried_again() {
    let (world, site) = watched(CatchUp::Latest).await;
    world.engine.stop_spending().await.unwrap();
    world.around.clock.set(at("2026-11-23T14:00:20Z"));
    assert_eq!(begin(&world).await, 1);
    assert_eq!(decided(&world, site).await, [("2026-11-23T14:00".to_owned(), OccurrenceState::Refused)]);
    let told = notices(&world, "automation_skipped");
    assert!(told.len() == 1 && told[0].contains("spending_stopped"), "{told:?}");
    world.engine.allow_spending().await.unwrap();
    assert_eq!((begin(&world).await, runs(&world)), (0, 0), "the next day has its own");
    world.around.clock.advance_ms(DAY_MS);
    assert_eq!((begin(&world).await, runs(&world)), (1, 1));
}

#[tokio::test]
async fn a_process_that_ends_between_decision_and_run_loses_no_run_and_begins_none_twice() {
    let (world, site) = watched(CatchUp::Latest).await;
    world.around.clock.set(at("2026-11-23T14:00:20Z"));
    let waiting = due(&world).await;
    assert_eq!(waiting.len(), 1, "decided, and not begun");
    let world = world.restart().await;
    let again = due(&world).await;
    assert_eq!(again[0].key, waiting[0].key, "under the key it had");
    // It is begun, and its process ends before it says so.
    let begun = world.engine.run_due(again[0].key, site, RunTrigger::Scheduled);
    tokio::select! {
        biased;
        _ = begun => panic!("without a runner it cannot end"),
        () = async { while runs(&world) == 0 { tokio::task::yield_now().await; } } => {}
    }
    let world = world.restart().await;
    assert_eq!(due(&world).await.len(), 1, "nobody has said yet that it was begun");
    world.engine.begin_due_run(again[0].clone()).await.unwrap();
    assert_eq!(runs(&world), 1, "and it is not begun again");
    assert_eq!(decided(&world, site).await, [("2026-11-23T14:00".to_owned(), OccurrenceState::Done)]);
    let left = world.books().number("select count(*) from run where ended_at = 0 and interrupted_at >= 0");
    assert_eq!(left, 1, "what is left of it waits to be gone on with");
}

#[tokio::test]
async fn a_zone_that_changes_moves_what_is_to_come_and_repeats_nothing() {
    let (world, site) = watched(CatchUp::Latest).await;
    world.around.clock.set(at("2026-11-23T14:00:20Z"));
    assert_eq!(begin(&world).await, 1);
    // Two in the afternoon comes again where the site is now.
    choose(&world, site, |chosen| chosen.schedule.zone = "America/New_York".to_owned()).await;
    world.around.clock.set(at("2026-11-23T19:00:20Z"));
    assert_eq!(begin(&world).await, 0, "that day has had its run");
    let mut changes = world.engine.store().changes();
    assert_eq!(due(&world).await, []);
    assert!(changes.try_recv().is_err(), "which is known from then on");
    world.around.clock.set(at("2026-11-24T14:00:20Z"));
    assert_eq!(begin(&world).await, 0, "it is nine in the morning there");
    world.around.clock.set(at("2026-11-24T19:00:20Z"));
    assert_eq!(begin(&world).await, 1);
}

#[tokio::test]
async fn another_rule_is_watched_from_when_it_was_made() {
    let (world, site) = watched(CatchUp::Latest).await;
    choose(&world, site, |chosen| chosen.schedule.minute_of_day = 8 * 60).await;
    assert_eq!(begin(&world).await, 0, "eight in the morning was before it was made");
    assert_eq!(decided(&world, site).await, []);
    world.around.clock.set(at("2026-11-24T08:00:01Z"));
    assert_eq!(begin(&world).await, 1);
    assert_eq!(notices(&world, "automation_missed"), [] as [&str; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_was_missed_needs_somebody_only_while_it_would_have_something_to_do() {
    let (world, site) = watched(CatchUp::Skip).await;
    world.around.clock.advance_ms(2 * DAY_MS);
    assert_eq!(due(&world).await, [], "what was missed is left");
    let missed = || async {
        let (rows, total) = world.engine.needs(site).await.unwrap();
        (rows.iter().filter(|row| row.need == Need::RunMissed).count(), total as usize == rows.len())
    };
    assert_eq!(missed().await, (1, true));
    for function in AiFunction::ALL {
        world.run(*function, site, Items::Waiting).await;
        if *function == AiFunction::GenerateIdeas {
            world.queue_ideas(site, u32::MAX).await;
        }
    }
    assert!(matches!(world.engine.forecast(site).await, Err(EngineError::NothingToDo)), "all of it was done by hand");
    assert_eq!(missed().await, (0, true));
}
