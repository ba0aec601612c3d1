//! Taking back what was done to times: all that stood there before comes back in one commit, and nothing is put over what
//! somebody has changed since.

use crate::outbox::approved;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::port::Clock;
use igny8_core::schedule::{GuardOutcome, HandOver, MissedRule};
use igny8_engine::EngineError;
use igny8_engine::schedule::{Placed, Placement, PutBack, When};
use igny8_store::table::content::FormerTime;
use igny8_tests::world::World;

const HOUR_MS: i64 = 3_600_000;

fn site(world: &World) -> SiteId {
    SiteId(world.books().number("select id from site"))
}

fn back(placed: Vec<Placed>) -> Vec<PutBack> {
    let one = |one: Placed| PutBack { content: one.content, set: one.time.map(|time| time.at), former: one.former };
    placed.into_iter().map(one).collect()
}

async fn stands(world: &World, content: ContentId) -> FormerTime {
    world.engine.store().read(move |r| r.standing_time(content)).await.expect("it is there")
}

async fn place(world: &World, content: ContentId, hours: Option<i64>) -> Vec<Placed> {
    let at = hours.map(|hours| When::Instant(world.around.clock.now().plus_ms(hours * HOUR_MS)));
    world.engine.schedule(vec![Placement { content, at }]).await.expect("it can be placed")
}

/// An article whose time passed while this computer slept.
async fn missed() -> (World, ContentId) {
    let (world, contents) = approved(1).await;
    let content = contents[0];
    world.engine.set_publishing(site(&world), HandOver::Computer, MissedRule::Tell).await.unwrap();
    place(&world, content, Some(1)).await;
    world.around.clock.advance_ms(5 * HOUR_MS);
    let guarded = world.engine.guard_site(site(&world)).await.unwrap();
    assert_eq!(guarded.iter().map(|one| one.outcome).collect::<Vec<_>>(), [GuardOutcome::Told]);
    (world, content)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_article_that_was_moved_is_missed_again_and_not_late() {
    let (world, content) = missed().await;
    let before = stands(&world, content).await;
    assert!(before.missed_at.0 > 0 && before.time.is_some(), "{before:?}");
    let undo = back(place(&world, content, Some(24)).await);
    assert_eq!(stands(&world, content).await.missed_at.0, 0, "it has another time");
    world.engine.put_back(undo.clone()).await.expect("nobody has changed it");
    assert_eq!(stands(&world, content).await, before, "to the instant");
    assert_eq!(world.engine.guard_site(site(&world)).await.unwrap().len(), 0, "and nothing goes out for it");
    let again = world.engine.put_back(undo).await;
    assert!(matches!(again, Err(EngineError::WrongState(_)) | Err(EngineError::Store(_))), "once: {again:?}");
    let unscheduled = back(place(&world, content, None).await);
    world.engine.put_back(unscheduled).await.expect("a time that was taken away comes back as well");
    assert_eq!(stands(&world, content).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_put_over_what_somebody_has_changed_since_and_then_nothing_at_all() {
    let (world, contents) = approved(2).await;
    let mut undo = back(place(&world, contents[0], Some(24)).await);
    undo.extend(back(place(&world, contents[1], Some(30)).await));
    place(&world, contents[1], Some(48)).await;
    let (first, second) = (stands(&world, contents[0]).await, stands(&world, contents[1]).await);
    let refused = world.engine.put_back(undo).await;
    assert!(refused.is_err(), "the second one was moved again: {refused:?}");
    assert_eq!(stands(&world, contents[0]).await, first, "all or none");
    assert_eq!(stands(&world, contents[1]).await, second);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_was_to_come_and_has_passed_meanwhile_is_not_put_back() {
    let (world, contents) = approved(1).await;
    place(&world, contents[0], Some(1)).await;
    let undo = back(place(&world, contents[0], Some(24)).await);
    world.around.clock.advance_ms(2 * HOUR_MS);
    let refused = world.engine.put_back(undo).await;
    assert!(matches!(refused, Err(EngineError::InvalidField { rule: "past", .. })), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filled_into_free_slots_waits_again_as_it_did() {
    let (world, contents) = approved(2).await;
    let site = site(&world);
    // One that somebody wants no time for.
    place(&world, contents[0], Some(24)).await;
    place(&world, contents[0], None).await;
    let before = (stands(&world, contents[0]).await, stands(&world, contents[1]).await);
    assert!(before.0.keeps_no_date && !before.1.keeps_no_date, "{before:?}");
    let filled = world.engine.schedule_next_free(site, None).await.unwrap().placed;
    assert_eq!(filled.len(), 2, "a person may fill it all the same");
    world.engine.put_back(back(filled)).await.expect("nobody has changed them");
    assert_eq!((stands(&world, contents[0]).await, stands(&world, contents[1]).await), before);
    let waiting = world.engine.store().read(move |r| r.without_date(site, false, 9)).await.unwrap();
    assert_eq!(waiting, [contents[1]], "the other one gets none by itself");
}
