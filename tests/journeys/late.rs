//! Articles whose time came within the last hour while this computer slept: they go out, one after the other and not all in
//! one minute. What is on time waits for nothing.

use crate::delivery::notices;
use crate::outbox::approved;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::port::Clock;
use igny8_core::schedule::{GuardOutcome, HandOver, MissedRule};
use igny8_engine::schedule::{Placement, When};
use igny8_tests::world::World;

const MINUTE_MS: i64 = 60_000;

/// So many articles that this computer publishes, a minute after the other from ten minutes on.
async fn planned(count: u32) -> (World, SiteId) {
    let (world, contents) = approved(count).await;
    let site = SiteId(world.books().number("select id from site"));
    world.engine.set_publishing(site, HandOver::Computer, MissedRule::Tell).await.unwrap();
    let at = |n: usize| world.around.clock.now().plus_ms((10 + i64::try_from(n).unwrap()) * MINUTE_MS);
    let place = |(n, content): (usize, &ContentId)| Placement { content: *content, at: Some(When::Instant(at(n))) };
    world.engine.schedule(contents.iter().enumerate().map(place).collect()).await.unwrap();
    (world, site)
}

/// How many go out when somebody looks, and how many wait.
async fn look(world: &World, site: SiteId) -> (usize, usize) {
    let outcomes: Vec<_> = world.engine.guard_site(site).await.unwrap().into_iter().map(|one| one.outcome).collect();
    world.engine.drain_outbox().await.unwrap();
    let of = |what| outcomes.iter().filter(|outcome| **outcome == what).count();
    assert_eq!(of(GuardOutcome::Publishing) + of(GuardOutcome::Waiting), outcomes.len(), "{outcomes:?}");
    (of(GuardOutcome::Publishing), of(GuardOutcome::Waiting))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_due_during_a_nap_goes_out_one_after_the_other() {
    let (world, site) = planned(2).await;
    world.around.clock.advance_ms(25 * MINUTE_MS);
    for waiting in [1, 0] {
        assert_eq!(look(&world, site).await, (1, waiting));
        assert_eq!(look(&world, site).await, (0, waiting), "not in the same minute");
        world.around.clock.advance_ms(4 * MINUTE_MS);
        assert_eq!(look(&world, site).await, (0, waiting), "nor in one of the next");
        world.around.clock.advance_ms(2 * MINUTE_MS);
    }
    assert_eq!(world.around.remote.posts().len(), 2, "all of them are out");
    assert_eq!(notices(&world, "publish_missed"), 0, "and none was missed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_time_waits_for_nothing() {
    let (world, site) = planned(2).await;
    world.around.clock.advance_ms(11 * MINUTE_MS);
    assert_eq!(look(&world, site).await, (2, 0), "one for now and one for a minute ago");
    assert_eq!(world.around.remote.posts().len(), 2);
}
