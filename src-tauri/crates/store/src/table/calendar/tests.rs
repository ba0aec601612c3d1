//! The calendar: how each article stands, ranges and filters, and the indexes that are walked.

use super::*;
use crate::fixture::{Bench, NOW, SITE};
use crate::table::content::PlannedTime;
use rusqlite::params;

fn time(at: UtcMs) -> PlannedTime {
    PlannedTime { at, wall: "2026-12-01T09:00".to_owned(), zone: "UTC".to_owned() }
}

/// Articles by title, in the state their title says.
fn bench() -> Bench {
    let mut bench = Bench::new();
    bench
        .write(|w| {
            let sector = w.sector_add(SITE, "All", NOW)?;
            let add = "insert into content (site_id, sector_id, title, slug, content_type, content_structure, status, delivery,
                         scheduled_publish_at, missed_at, published_at, public_at, handed_for, handed_at, created_at, updated_at)
                       values (1, ?1, ?2, ?2, 'post', 'article', ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, 1, ?10)";
            let (hour, now) = (3_600_000, NOW.0);
            for (title, status, delivery, due, missed, public, handed, handed_at, updated) in [
                ("draft", "draft", "not_published", 0, 0, 0, 0, 0, 1),
                ("unscheduled", "approved", "not_published", 0, 0, 0, 0, 0, 1),
                ("scheduled", "approved", "scheduled", now + hour, 0, 0, now + hour, 5, 1),
                ("moved", "approved", "scheduled", now + 3 * hour, 0, 0, now + hour, 5, 1),
                ("edited", "approved", "scheduled", now + 2 * hour, 0, 0, now + 2 * hour, 5, 6),
                ("due", "approved", "scheduled", now, 0, 0, now, 5, 1),
                ("missed", "approved", "scheduled", now - hour, 7, 0, 0, 0, 1),
                ("published", "approved", "published", 0, 0, now - 2 * hour, 0, 0, 1),
                ("failed", "approved", "failed", 0, 0, 0, 0, 0, 1),
                ("taken back", "review", "not_published", 0, 0, 0, now + hour, 5, 1),
            ] {
                w.conn.prepare_cached(add)?.execute(params![
                    sector.0, title, status, delivery, due, missed, public, handed, handed_at, updated
                ])?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    bench
}

fn seen(bench: &mut Bench, filter: CalendarFilter) -> Vec<(String, CalendarState, bool)> {
    let (rows, is_cut) = bench.read(move |r| r.calendar(&filter, NOW));
    assert!(!is_cut);
    rows.into_iter().map(|row| (row.title, row.state, row.is_unsent)).collect()
}

#[test]
fn each_article_stands_as_it_does_and_dated_ones_come_first() {
    use CalendarState::{AwaitingProof, Failed, Missed, Published, Review, Scheduled, Unscheduled};
    let all = seen(&mut bench(), CalendarFilter::default());
    let expected = [
        ("published", Published, false),
        ("missed", Missed, false),
        ("due", AwaitingProof, false),
        ("scheduled", Scheduled, false),
        ("edited", Scheduled, true),
        ("moved", Scheduled, true),
        ("unscheduled", Unscheduled, false),
        ("failed", Failed, false),
        ("taken back", Review, true),
    ];
    assert_eq!(all, expected.map(|(title, state, unsent)| (title.to_owned(), state, unsent)));
}

#[test]
fn a_range_and_filters_leave_what_they_say() {
    let mut bench = bench();
    let titles = |bench: &mut Bench, filter| seen(bench, filter).into_iter().map(|row| row.0).collect::<Vec<_>>();
    let ahead = CalendarFilter { from: Some(NOW), until: Some(NOW.plus_ms(3_600_001)), ..CalendarFilter::default() };
    assert_eq!(
        titles(&mut bench, ahead),
        ["due", "scheduled", "unscheduled", "failed", "taken back"],
        "the tray is beside any range"
    );
    let states =
        CalendarFilter { states: vec![CalendarState::Missed, CalendarState::Failed], ..CalendarFilter::default() };
    assert_eq!(titles(&mut bench, states), ["missed", "failed"]);
    let elsewhere = CalendarFilter { sites: vec![SiteId(9)], ..CalendarFilter::default() };
    assert_eq!(titles(&mut bench, elsewhere), Vec::<String>::new());
    let pages = CalendarFilter { content_types: vec![ContentType::Page], ..CalendarFilter::default() };
    assert_eq!(titles(&mut bench, pages), Vec::<String>::new());
}

#[test]
fn dated_articles_are_found_by_their_dates() {
    let bench = bench();
    let conn = bench.outsider();
    let plan = ["explain query plan ", ENTRIES].concat();
    let mut statement = conn.prepare(&plan).unwrap();
    let steps = statement
        .query_map(params![0, 0, 0, "[]", "[]", "[]", 1], |row| row.get::<_, String>("detail"))
        .unwrap()
        .collect::<Result<Vec<_>, _>>()
        .unwrap()
        .join("\n");
    for index in ["content_planned", "content_public", "content_by_site"] {
        assert!(steps.contains(index), "{index} is walked: {steps}");
    }
    assert!(
        !steps.contains("SCAN content") && !steps.contains("SCAN c\n"),
        "no table of articles is read whole: {steps}"
    );
}

#[test]
fn a_time_is_put_back_with_all_that_was_said_of_it_unless_it_was_changed_since() {
    let mut bench = bench();
    let id = |title: &'static str| {
        move |bench: &mut Bench| -> ContentId {
            let found =
                bench.outsider().query_row("select id from content where title = ?1", [title], |row| row.get(0));
            ContentId(found.unwrap())
        }
    };
    for title in ["missed", "scheduled", "unscheduled", "failed"] {
        let content = id(title)(&mut bench);
        bench.write(move |w| w.keep_without_date(content, title == "unscheduled")).unwrap();
        let former = bench.read(move |r| r.standing_time(content));
        let set = NOW.plus_ms(9);
        bench.write(move |w| w.content_schedule(content, &time(set))).unwrap();
        bench.write(move |w| w.keep_without_date(content, false)).unwrap();
        let other = former.clone();
        let late = bench.write(move |w| w.content_restore_time(content, Some(set.plus_ms(1)), &other));
        assert_eq!(late, Err(StoreError::WrongState("content")), "{title}: somebody has moved it since");
        let back = former.clone();
        bench.write(move |w| w.content_restore_time(content, Some(set), &back)).unwrap();
        assert_eq!(bench.read(move |r| r.standing_time(content)), former, "{title}");
    }
}

#[test]
fn a_time_is_given_moved_and_taken_away_from_approved_articles_only() {
    let mut bench = bench();
    let id = |bench: &mut Bench, title: &'static str| {
        ContentId(
            bench.outsider().query_row("select id from content where title = ?1", [title], |row| row.get(0)).unwrap(),
        )
    };
    for (title, may) in [
        ("draft", false),
        ("unscheduled", true),
        ("scheduled", true),
        ("failed", true),
        ("published", false),
        ("taken back", false),
    ] {
        let content = id(&mut bench, title);
        let given = bench.write(move |w| w.content_schedule(content, &time(NOW)));
        assert_eq!(given.is_ok(), may, "{title}");
    }
    let missed = id(&mut bench, "missed");
    bench.write(move |w| w.content_schedule(missed, &time(NOW.plus_ms(9)))).unwrap();
    let row = bench.read(move |r| r.content(missed));
    assert_eq!((row.scheduled_publish_at, row.missed_at), (Some(NOW.plus_ms(9)), None), "what was missed is void");
    bench.write(move |w| w.content_unschedule(missed)).unwrap();
    assert_eq!(bench.read(move |r| r.content(missed)).scheduled_publish_at, None);
    assert_eq!(bench.write(move |w| w.content_unschedule(missed)), Err(StoreError::WrongState("content")));
}
