//! Times at which articles go out, as people choose, move and take them away.

use crate::outbox::approved;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::on_site::BodyForm;
use igny8_core::port::Clock;
use igny8_core::schedule::CalendarState;
use igny8_core::time::UtcMs;
use igny8_core::zone::Fit;
use igny8_engine::EngineError;
use igny8_engine::schedule::{Placed, Placement, When};
use igny8_store::table::calendar::{CalendarFilter, CalendarRow};
use igny8_store::table::site::SiteFields;
use igny8_tests::world::World;

/// The zone of the site, in which clocks change.
const ZONE: &str = "Europe/Berlin";

fn wall(text: &str) -> Option<When> {
    Some(When::Wall(text.parse().unwrap()))
}

async fn set(world: &World, times: &[(ContentId, Option<When>)]) -> Result<Vec<Placed>, EngineError> {
    world.engine.schedule(times.iter().map(|(content, at)| Placement { content: *content, at: *at }).collect()).await
}

/// Approved articles of a site in that zone.
async fn desk(articles: u32) -> (World, Vec<ContentId>) {
    let (world, contents) = approved(articles).await;
    let (site, now) = (SiteId(world.books().number("select id from site")), world.around.clock.now());
    let moved = world.engine.store().write(move |w| {
        let row = w.site(site)?;
        let fields = SiteFields {
            name: row.name,
            url: row.url,
            user_name: row.user_name,
            language: row.language,
            zone: ZONE.to_owned(),
            brand_color: row.brand_color,
            in_article_images: row.in_article_images,
            image_format: row.image_format,
            body_form: BodyForm::Blocks,
            has_contents: false,
            goes_on_by_itself: row.goes_on_by_itself,
        };
        w.site_update(site, &fields, now)
    });
    moved.await.unwrap();
    (world, contents)
}

async fn calendar(world: &World) -> Vec<CalendarRow> {
    let now = world.around.clock.now();
    world.engine.store().read(move |r| r.calendar(&CalendarFilter::default(), now)).await.unwrap().0
}

async fn due(world: &World, content: ContentId) -> Option<String> {
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    row.scheduled_publish_at.map(UtcMs::to_rfc3339)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_is_chosen_in_the_zone_of_the_site_moved_exchanged_taken_away_and_all_of_it_undone() {
    let (world, contents) = desk(2).await;
    let (one, other) = (contents[0], contents[1]);
    let placed = set(&world, &[(one, wall("2026-12-01T09:00")), (other, wall("2026-12-02T09:00"))]).await.unwrap();
    assert_eq!((placed[0].fit, placed[0].before), (Fit::Exact, None));
    assert_eq!(due(&world, one).await.as_deref(), Some("2026-12-01T08:00:00Z"), "an hour before it is that in London");
    let states: Vec<_> = calendar(&world).await.into_iter().map(|row| (row.content, row.state, row.wall)).collect();
    let stands = |content, wall: &str| (content, CalendarState::Scheduled, wall.to_owned());
    assert_eq!(states, [stands(one, "2026-12-01T09:00"), stands(other, "2026-12-02T09:00")]);

    world.engine.swap(one, other).await.unwrap();
    assert_eq!(due(&world, one).await.as_deref(), Some("2026-12-02T08:00:00Z"));
    assert_eq!(due(&world, other).await.as_deref(), Some("2026-12-01T08:00:00Z"));

    let taken = set(&world, &[(one, None), (other, None)]).await.unwrap();
    assert_eq!((due(&world, one).await, due(&world, other).await), (None, None));
    assert!(calendar(&world).await.iter().all(|row| row.state == CalendarState::Unscheduled));
    let before: Vec<_> = taken.iter().map(|one| (one.content, one.before.map(When::Instant))).collect();
    let undone = set(&world, &before).await.unwrap();
    assert_eq!(due(&world, one).await.as_deref(), Some("2026-12-02T08:00:00Z"), "as it was");
    let back: Vec<_> = undone.iter().map(|one| (one.content, one.before.map(When::Instant))).collect();
    set(&world, &back).await.unwrap();
    assert_eq!(due(&world, one).await, None, "and the undoing undone");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_passed_is_no_time_and_what_nobody_approved_gets_none() {
    let (world, contents) = desk(2).await;
    let now = world.around.clock.now();
    let times = [(contents[0], wall("2026-12-01T09:00")), (contents[1], Some(When::Instant(now)))];
    let refused = set(&world, &times).await;
    assert!(matches!(refused, Err(EngineError::InvalidField { field: "at", rule: "past" })), "{refused:?}");
    assert_eq!(due(&world, contents[0]).await, None, "all or nothing");
    let far = set(&world, &[(contents[0], wall("2099-01-01T09:00"))]).await;
    assert!(matches!(far, Err(EngineError::InvalidField { field: "at", rule: "range" })), "{far:?}");

    let back = contents[0];
    world.engine.store().write(move |w| w.content_back_to_review(&[back], now)).await.unwrap();
    let refused = set(&world, &[(back, wall("2026-12-01T09:00"))]).await;
    assert!(matches!(refused, Err(EngineError::NotApproved(_))), "{refused:?}");
    let alone = world.engine.swap(contents[1], back).await;
    assert!(matches!(alone, Err(EngineError::WrongState("content"))), "there is nothing to exchange: {alone:?}");
    let stranger = set(&world, &[(ContentId(999), wall("2026-12-01T09:00"))]).await;
    assert!(matches!(stranger, Err(EngineError::NotFound("content"))), "{stranger:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_clocks_leave_out_is_the_next_there_is_and_one_they_show_twice_the_first() {
    let (world, contents) = desk(2).await;
    let times = [(contents[0], wall("2027-03-28T02:30")), (contents[1], wall("2027-10-31T02:30"))];
    let placed = set(&world, &times).await.unwrap();
    let told: Vec<_> = placed.iter().map(|one| (one.fit, one.time.clone().unwrap().wall)).collect();
    assert_eq!(told, [(Fit::Skipped, "2027-03-28T03:00".to_owned()), (Fit::Repeated, "2027-10-31T02:30".to_owned())]);
    assert_eq!(due(&world, contents[0]).await.as_deref(), Some("2027-03-28T01:00:00Z"));
    assert_eq!(due(&world, contents[1]).await.as_deref(), Some("2027-10-31T00:30:00Z"));
}
