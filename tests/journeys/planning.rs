//! Times that a site's rules give: each to one article, whoever asks at the same moment, and as it was shown beforehand.

use crate::forward::{article, notices, site};
use igny8_core::id::{ContentId, SectorId, SiteId};
use igny8_core::port::Clock;
use igny8_core::publishing::PublishingSettings;
use igny8_core::slots::{Limits, NoSlot};
use igny8_core::time::UtcMs;
use igny8_engine::schedule::{Placement, When};
use igny8_tests::world::World;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Articles that are approved, and rules of two times a day.
async fn approved(count: usize, change: impl FnOnce(&mut PublishingSettings)) -> (World, SiteId, Vec<ContentId>) {
    let (world, site, sector) = site(|settings| {
        settings.auto_approve = false;
        settings.times = ["08:00", "16:00"].map(|time| time.parse().unwrap()).to_vec();
        settings.days = igny8_core::zone::Weekdays::ALL;
        change(settings);
    })
    .await;
    let articles = more(&world, (site, sector), 0..count).await;
    (world, site, articles)
}

async fn more(world: &World, of: (SiteId, SectorId), numbers: std::ops::Range<usize>) -> Vec<ContentId> {
    let mut articles = Vec::new();
    for number in numbers {
        articles.push(article(world, of, &format!("Tea number {number}"), 3).await);
    }
    let (ids, now) = (articles.clone(), world.around.clock.now());
    world.engine.store().write(move |w| w.content_approve(&ids, now)).await.unwrap();
    articles
}

fn times(world: &World) -> Vec<(i64, String)> {
    let planned = "select scheduled_publish_at, scheduled_wall from content where delivery = 'scheduled' order by 1";
    world.books().rows(planned, [], |row| Ok((row.get(0)?, row.get(1)?)))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_time_is_given_twice_and_no_limit_passed_however_many_ask_at_once() {
    let (world, site, articles) = approved(24, |settings| {
        settings.limits = Limits { per_day: 1, per_week: 5, per_month: 0 };
        settings.queue_limit = 20;
    })
    .await;
    let engine = Arc::clone(&world.engine);
    let asked = articles.chunks(3).map(|some| {
        let (engine, some) = (Arc::clone(&engine), some.to_vec());
        tokio::spawn(async move { engine.schedule_next_free(site, Some(some)).await })
    });
    let mut left = 0;
    for asked in asked.collect::<Vec<_>>() {
        let done = asked.await.unwrap().unwrap();
        assert_eq!(done.ended, (!done.left.is_empty()).then_some(NoSlot::QueueFull));
        left += done.left.len();
    }
    let given = times(&world);
    assert_eq!((given.len(), left), (20, 4), "as many as may wait");
    assert_eq!(given.iter().map(|(at, _)| at).collect::<BTreeSet<_>>().len(), 20, "each its own");
    let mut days: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, wall) in &given {
        *days.entry(&wall[..10]).or_default() += 1;
    }
    assert!(days.values().all(|count| *count == 1), "one a day: {days:?}");
    // 2026-11-23 is a Monday.
    let first_week = days.keys().filter(|day| **day < "2026-11-30").count();
    assert_eq!(first_week, 5, "five a week: {days:?}");
}

#[tokio::test]
async fn what_is_approved_gets_its_time_by_itself_and_as_it_was_shown() {
    let (world, site, articles) = approved(3, |settings| settings.auto_schedule = true).await;
    let shown = world.engine.preview_times(site, None).await.unwrap();
    let shown: Vec<(UtcMs, String)> =
        shown.times.iter().filter_map(|(timed, title)| Some((timed.at, title.clone()?))).collect();
    assert_eq!(world.engine.go_forward(site).await.unwrap().scheduled, 3);
    let walls: Vec<String> = times(&world).into_iter().map(|(_, wall)| wall).collect();
    assert_eq!(walls, ["2026-11-23T16:00", "2026-11-24T08:00", "2026-11-24T16:00"]);
    assert_eq!(
        shown.iter().map(|(at, _)| at.0).collect::<Vec<_>>(),
        times(&world).iter().map(|(at, _)| *at).collect::<Vec<_>>()
    );
    let told = notices(&world);
    assert_eq!(told.len(), 1, "told once: {told:?}");
    let (kind, params) = &told[0];
    assert!(kind == "content_scheduled" && params.contains(r#""count":"3""#), "{told:?}");
    assert!(
        params.contains("2026-11-23T16:00:00Z") && params.contains("2026-11-24T16:00:00Z"),
        "first and last: {told:?}"
    );

    // A person takes one time away.
    let gone = vec![Placement { content: articles[0], at: None }];
    world.engine.schedule(gone).await.unwrap();
    assert_eq!(world.engine.go_forward(site).await.unwrap().scheduled, 0, "it gets none by itself");
    let named = world.engine.schedule_next_free(site, Some(vec![articles[0]])).await.unwrap();
    assert_eq!(named.placed.len(), 1, "and one when it is asked for");
    assert_eq!(times(&world)[0].1, "2026-11-23T16:00", "the one that is free again");
}

#[tokio::test]
async fn a_preview_shows_what_would_be_and_keeps_nothing() {
    let (world, site, _) = approved(5, |_| {}).await;
    let mut tried = world.engine.publishing_settings(site).await.unwrap();
    tried.limits.per_week = 1;
    tried.queue_limit = 3;
    let shown = world.engine.preview_times(site, Some(tried.clone())).await.unwrap();
    let walls: Vec<String> = shown.times.iter().map(|(timed, _)| timed.wall.to_string()).collect();
    assert_eq!(walls[..3], ["2026-11-23T16:00", "2026-11-30T08:00", "2026-12-07T08:00"], "one a week");
    let filled = shown.times.iter().filter(|(_, title)| title.is_some()).count();
    assert_eq!((filled, shown.waiting, shown.left_over, shown.is_queue_full), (3, 5, 2, true));
    assert_eq!((times(&world).len(), notices(&world).len()), (0, 0), "nothing was given");
    assert_ne!(world.engine.publishing_settings(site).await.unwrap(), tried, "and nothing kept");
    tried.times.clear();
    assert!(world.engine.preview_times(site, Some(tried)).await.is_err(), "no article could go out by these");
}

#[tokio::test]
async fn a_site_that_moves_to_another_zone_keeps_what_its_wall_shows() {
    let (world, site, articles) = approved(2, |_| {}).await;
    world.engine.schedule_next_free(site, None).await.unwrap();
    let before = times(&world);
    assert_eq!(world.engine.keep_walls().await.unwrap(), 0, "everything is where its wall says");
    let now = world.around.clock.now();
    let moved = world.engine.store().write(move |w| {
        let row = w.site(site)?;
        let fields = igny8_tests::world::fields_in(&row.name, "America/New_York");
        w.site_update(site, &fields, now)
    });
    moved.await.unwrap();
    assert_eq!(world.engine.keep_walls().await.unwrap(), 2);
    let after = times(&world);
    let walls = |times: &[(i64, String)]| times.iter().map(|(_, wall)| wall.clone()).collect::<Vec<_>>();
    assert_eq!(walls(&after), walls(&before), "the wall shows the same");
    assert_eq!(after[0].0 - before[0].0, 5 * 3_600_000, "five hours later");
    assert!(notices(&world).iter().any(|(kind, params)| kind == "schedule_moved" && params.contains(r#""count":"2""#)));
    assert_eq!(world.engine.keep_walls().await.unwrap(), 0, "and it is told once");
    let late = vec![Placement { content: articles[0], at: Some(When::Instant(now.plus_ms(60_000))) }];
    world.engine.schedule(late).await.unwrap();
    assert_eq!(world.engine.keep_walls().await.unwrap(), 0, "a time with its seconds is on its wall as well");
}

#[tokio::test]
async fn what_does_not_move_with_a_site_is_told_by_name() {
    let (world, site, articles) = approved(3, |_| {}).await;
    let now = world.around.clock.now();
    let in_hours = |hours: i64| Some(When::Instant(now.plus_ms(hours * 3_600_000)));
    let place = |article, at| Placement { content: article, at };
    let planned =
        vec![place(articles[0], in_hours(2)), place(articles[1], in_hours(30)), place(articles[2], in_hours(50))];
    world.engine.schedule(planned).await.unwrap();
    // This one was chosen on the site, where no clock of ours says what was meant.
    let there = articles[2];
    let file = rusqlite::Connection::open(world.around.database()).unwrap();
    file.execute("update content set scheduled_wall = '', scheduled_zone = '' where id = ?1", [there.0]).unwrap();
    let mut chosen = world.engine.automation(site).await.unwrap();
    (chosen.is_enabled, chosen.schedule.zone) = (true, "Europe/Paris".to_owned());
    world.engine.set_automation(site, chosen, false).await.unwrap();
    // Six hours ahead of UTC: what its clocks showed two hours from now has passed by its new ones.
    let moved = world.engine.store().write(move |w| {
        let row = w.site(site)?;
        w.site_update(site, &igny8_tests::world::fields_in(&row.name, "Asia/Dhaka"), now)
    });
    moved.await.unwrap();
    world.engine.rezoned(site, "UTC").await.unwrap();
    let told = notices(&world);
    let (_, params) = told.iter().find(|(kind, _)| kind == "schedule_kept").expect("it is told");
    assert!(params.contains(r#""count":"2""#) && params.contains("Tea number 0; Tea number 2"), "{params}");
    assert!(params.contains(r#""runs_zone":"Europe/Paris""#) && !params.contains("Tea number 1"), "{params}");
    assert!(
        told.iter().any(|(kind, params)| kind == "schedule_moved" && params.contains(r#""count":"1""#)),
        "{told:?}"
    );
    assert_eq!(times(&world)[0].0, now.plus_ms(2 * 3_600_000).0, "and nothing is done about it unasked");
}
