//! Keywords: joined instead of doubled, mapped by named steps, undone without loss.

use super::*;
use crate::fixture::{Bench, NOW, SITE};
use crate::table::list::{ListFilter, ListQuery};
use crate::table::sample::{bench, keyword};
use std::fmt::Write as _;

fn add(bench: &mut Bench, sector: SectorId, keywords: Vec<NewKeyword>) -> KeywordsAdded {
    bench.write(move |write| write.keyword_add_batch(SITE, sector, &keywords, "test", NOW)).unwrap()
}

fn get(bench: &mut Bench, id: i64) -> KeywordRow {
    bench.read(move |read| read.keywords(&[KeywordId(id)])).pop().expect("the keyword is there")
}

fn cluster(bench: &mut Bench, sector: SectorId, name: &'static str) -> ClusterId {
    bench.write(move |write| write.cluster_add_or_join(SITE, sector, name, "", NOW)).unwrap().0
}

#[test]
fn the_same_keyword_is_joined_and_volumes_are_never_added() {
    let (mut bench, sector) = bench();
    let first = add(&mut bench, sector, vec![keyword("Clay pots", None), keyword("clay POTS", Some(90))]);
    assert_eq!(first, KeywordsAdded { inserted: 1, joined: 1 }, "also inside one batch");
    let richer = NewKeyword {
        difficulty: Some(30),
        cpc_nano: Some(7),
        intent: Some(Intent::Commercial),
        ..keyword("clay pots", Some(50))
    };
    assert_eq!(add(&mut bench, sector, vec![richer]), KeywordsAdded { inserted: 0, joined: 1 });
    let row = get(&mut bench, 1);
    assert_eq!((row.text.as_str(), row.volume), ("Clay pots", Some(90)), "what is known stays");
    assert_eq!((row.difficulty, row.cpc_nano, row.intent), (Some(30), Some(7), Some(Intent::Commercial)));

    let abroad = NewKeyword { country: "DE".to_owned(), ..keyword("clay pots", None) };
    assert_eq!(add(&mut bench, sector, vec![abroad]).inserted, 1, "another market is another keyword");
    let other = bench.write(|write| write.sector_add(SITE, "Tools", NOW)).unwrap();
    assert_eq!(add(&mut bench, other, vec![keyword("clay pots", None)]).inserted, 1, "so is another sector");
}

#[test]
fn impressions_give_way_to_searches_and_not_the_other_way() {
    let (mut bench, sector) = bench();
    let shown = |volume| NewKeyword { volume_is_impressions: true, ..keyword("clay pots", volume) };
    let known = |bench: &mut Bench| (get(bench, 1).volume, get(bench, 1).volume_is_impressions);
    add(&mut bench, sector, vec![keyword("clay pots", None)]);
    add(&mut bench, sector, vec![shown(Some(340))]);
    assert_eq!(known(&mut bench), (Some(340), true), "better than nothing");
    add(&mut bench, sector, vec![shown(Some(900)), keyword("clay pots", None)]);
    assert_eq!(known(&mut bench), (Some(340), true), "what is known stays");
    add(&mut bench, sector, vec![keyword("clay pots", Some(70))]);
    assert_eq!(known(&mut bench), (Some(70), false), "searches are what a volume is");
    add(&mut bench, sector, vec![shown(Some(340))]);
    assert_eq!(known(&mut bench), (Some(70), false));
}

#[test]
fn impressions_are_searches_once_a_person_says_another_number() {
    let (mut bench, sector) = bench();
    add(&mut bench, sector, vec![NewKeyword { volume_is_impressions: true, ..keyword("jugs", Some(5)) }]);
    let edit = |volume| KeywordFields { volume, difficulty: None, intent: None, country: String::new() };
    bench.write(move |write| write.keyword_update(KeywordId(1), &edit(Some(5)), NOW)).unwrap();
    assert!(get(&mut bench, 1).volume_is_impressions, "nobody said anything else");
    bench.write(move |write| write.keyword_update(KeywordId(1), &edit(Some(6)), NOW)).unwrap();
    assert!(!get(&mut bench, 1).volume_is_impressions, "a person knows better");
}

#[test]
fn a_keyword_that_fitted_nowhere_says_so_until_it_is_in_a_cluster() {
    let (mut bench, sector) = bench();
    add(&mut bench, sector, vec![keyword("a", None), keyword("b", None)]);
    bench.write(|write| write.keyword_pass_over(&[KeywordId(1), KeywordId(2)], NOW)).unwrap();
    assert!(get(&mut bench, 1).is_passed_over);
    assert_eq!(bench.read(|read| read.completion(SITE, None)).keywords_left_out, 2);
    let pots = cluster(&mut bench, sector, "Pots");
    bench.write(move |write| write.keyword_move_to_cluster(&[KeywordId(1)], pots, NOW)).unwrap();
    assert!(!get(&mut bench, 1).is_passed_over);
    assert_eq!(bench.read(|read| read.completion(SITE, None)).keywords_left_out, 1);
}

#[test]
fn a_batch_with_a_broken_row_adds_nothing() {
    let (mut bench, sector) = bench();
    let broken = NewKeyword { difficulty: Some(101), ..keyword("pots", None) };
    let batch = [keyword("soil", None), broken];
    let outcome = bench.write(move |write| write.keyword_add_batch(SITE, sector, &batch, "test", NOW));
    assert!(matches!(outcome, Err(StoreError::Conflict(_))));
    assert!(bench.read(|read| read.keywords(&[1, 2].map(KeywordId))).is_empty());
}

#[test]
fn only_new_keywords_of_the_sector_are_mapped() {
    let (mut bench, sector) = bench();
    let other = bench.write(|write| write.sector_add(SITE, "Tools", NOW)).unwrap();
    add(&mut bench, sector, vec![keyword("a", None), keyword("b", None), keyword("c", None)]);
    add(&mut bench, other, vec![keyword("d", None)]);
    let (pots, soil) = (cluster(&mut bench, sector, "Pots"), cluster(&mut bench, sector, "Soil"));
    let map = |ids: [i64; 4], cluster| {
        move |write: &mut Write<'_>| write.keyword_map_to_cluster(&ids.map(KeywordId), cluster, NOW)
    };
    assert_eq!(bench.write(|write| write.keyword_remove(&[KeywordId(3)], NOW)).unwrap(), [KeywordId(3)]);
    assert_eq!(bench.write(map([1, 3, 4, 99], pots)).unwrap(), [KeywordId(1)], "removed, foreign and unknown stay");
    assert_eq!(bench.write(map([1, 2, 2, 2], soil)).unwrap(), [KeywordId(2)], "a mapped one stays where it is");
    let row = get(&mut bench, 1);
    assert_eq!(
        (row.status, row.cluster, row.cluster_name.as_deref()),
        (KeywordStatus::Mapped, Some(pots), Some("Pots"))
    );

    let moved = bench.write(move |write| write.keyword_move_to_cluster(&[1, 2, 4].map(KeywordId), soil, NOW)).unwrap();
    assert_eq!(moved, [KeywordId(1)], "the second is there, the fourth is of another sector");
    assert_eq!(get(&mut bench, 1).cluster, Some(soil));
    bench.write(move |write| write.cluster_remove(&[pots], NOW)).unwrap();
    assert_eq!(bench.write(map([1, 2, 3, 4], pots)), Err(StoreError::NotFound), "no removed cluster");
}

#[test]
fn waiting_keywords_come_most_searched_first_and_disabled_ones_do_not() {
    let (mut bench, sector) = bench();
    let volumes = [Some(10), None, Some(500), Some(500), Some(900)];
    add(&mut bench, sector, volumes.iter().enumerate().map(|(n, v)| keyword(&n.to_string(), *v)).collect());
    let changed = bench.write(|write| write.keyword_set_disabled(&[KeywordId(5)], true, NOW)).unwrap();
    assert_eq!(changed, [KeywordId(5)]);
    assert!(bench.write(|write| write.keyword_set_disabled(&[KeywordId(5)], true, NOW)).unwrap().is_empty());
    let waiting: Vec<i64> = bench.read(|read| read.keywords_to_cluster(SITE, 10)).iter().map(|id| id.0).collect();
    assert_eq!(waiting, [3, 4, 1, 2]);
}

#[test]
fn leftovers_wait_again_once_their_sector_has_something_new() {
    let (mut bench, sector) = bench();
    let tools = bench.write(|write| write.sector_add(SITE, "Tools", NOW)).unwrap();
    add(&mut bench, sector, vec![keyword("a", Some(1)), keyword("b", Some(9))]);
    add(&mut bench, tools, vec![keyword("c", None)]);
    let waiting = |bench: &mut Bench| {
        bench.read(|read| read.keywords_to_cluster(SITE, 10)).into_iter().map(|id| id.0).collect::<Vec<_>>()
    };
    assert_eq!(waiting(&mut bench), [2, 1, 3], "sector by sector");
    bench.write(|write| write.keyword_pass_over(&[1, 2].map(KeywordId), NOW)).unwrap();
    assert_eq!(waiting(&mut bench), [3], "looked at and left out");
    add(&mut bench, sector, vec![keyword("d", None)]);
    assert_eq!(waiting(&mut bench), [2, 1, 4, 3], "the newcomer may give the leftovers a place");
}

#[test]
fn removal_is_undone_unless_the_keyword_came_in_again() {
    let (mut bench, sector) = bench();
    add(&mut bench, sector, vec![keyword("a", None), keyword("b", None)]);
    let both = [KeywordId(1), KeywordId(2)];
    assert_eq!(bench.write(move |write| write.keyword_remove(&both, NOW)).unwrap(), both);
    assert!(bench.write(move |write| write.keyword_remove(&both, NOW)).unwrap().is_empty(), "once");
    assert_eq!(add(&mut bench, sector, vec![keyword("a", Some(5))]).inserted, 1, "a removed row is not joined");
    assert_eq!(bench.write(move |write| write.keyword_restore(&both, NOW)).unwrap(), [KeywordId(2)]);
    assert_eq!(get(&mut bench, 3).volume, Some(5));
}

#[test]
fn a_keyword_whose_cluster_went_meanwhile_comes_back_as_new_and_returns_with_it() {
    let (mut bench, sector) = bench();
    add(&mut bench, sector, vec![keyword("a", None)]);
    let pots = cluster(&mut bench, sector, "Pots");
    bench.write(move |write| write.keyword_map_to_cluster(&[KeywordId(1)], pots, NOW)).unwrap();
    bench.write(|write| write.keyword_remove(&[KeywordId(1)], NOW)).unwrap();
    bench.write(move |write| write.cluster_remove(&[pots], NOW)).unwrap();
    bench.write(|write| write.keyword_restore(&[KeywordId(1)], NOW)).unwrap();
    assert_eq!((get(&mut bench, 1).status, get(&mut bench, 1).cluster), (KeywordStatus::New, None));
    bench.write(move |write| write.cluster_restore(&[pots], NOW)).unwrap();
    assert_eq!(get(&mut bench, 1).cluster, Some(pots));
}

#[test]
fn a_person_changes_what_they_know_better() {
    let (mut bench, sector) = bench();
    let abroad = NewKeyword { country: "DE".to_owned(), ..keyword("a", None) };
    add(&mut bench, sector, vec![keyword("a", Some(5)), abroad]);
    let fields = |country: &str, difficulty| KeywordFields {
        volume: None,
        difficulty,
        intent: Some(Intent::Navigational),
        country: country.to_owned(),
    };
    bench.write(move |write| write.keyword_update(KeywordId(1), &fields("US", Some(100)), NOW)).unwrap();
    let row = get(&mut bench, 1);
    assert_eq!(
        (row.volume, row.difficulty, row.intent, row.country.as_str()),
        (None, Some(100), Some(Intent::Navigational), "US")
    );
    for (country, difficulty) in [("DE", None), ("US", Some(101))] {
        let refused = bench.write(move |write| write.keyword_update(KeywordId(1), &fields(country, difficulty), NOW));
        assert!(matches!(refused, Err(StoreError::Conflict(_))), "{country} {difficulty:?}");
    }
    let unknown = bench.write(move |write| write.keyword_update(KeywordId(9), &fields("", None), NOW));
    assert_eq!(unknown, Err(StoreError::NotFound));
}

#[test]
fn twenty_thousand_keywords_are_paged_by_their_index() {
    const MANY: usize = 20_000;
    let (mut bench, sector) = bench();
    let many = (0..MANY).map(|n| keyword(&format!("keyword {n}"), (n % 3 != 0).then_some((n % 97) as i64))).collect();
    assert_eq!(add(&mut bench, sector, many).inserted as usize, MANY);

    let outsider = bench.outsider();
    let list = |sql: &str| {
        let mut statement = outsider.prepare(&["explain query plan ", sql].concat()).unwrap();
        let mut rows = statement.raw_query();
        let mut plan = String::new();
        while let Some(row) = rows.next().unwrap() {
            writeln!(plan, "{}", row.get::<_, String>("detail").unwrap()).unwrap();
        }
        assert!(!plan.contains("SCAN keyword") && !plan.contains("SCAN k\n"), "{plan}");
        plan
    };
    for (sql, range) in [
        (list::LESS_VOLUME, "(site_id=? AND volume<?)"),
        (list::MORE_VOLUME, "(site_id=? AND volume>?)"),
        (list::SAME_VOLUME_DOWN, "(site_id=? AND volume=? AND id<?)"),
        (list::SAME_VOLUME_UP, "(site_id=? AND volume=? AND id>?)"),
    ] {
        let plan = list(sql);
        assert!(plan.contains("keyword_by_volume") && plan.contains(range), "{plan}");
        assert!(!plan.contains("USE TEMP B-TREE FOR ORDER BY"), "the index is the order: {plan}");
    }
    for sql in [list::SORTED, list::COUNT] {
        assert!(list(sql).contains("INDEX keyword_by_"), "the site's part of an index");
    }

    let mut query = ListQuery::first(ListFilter::of(SITE));
    query.limit = 500;
    let mut seen = 0;
    loop {
        let asked = query.clone();
        let page = bench.read(move |read| read.keyword_page(&asked));
        assert_eq!(page.total as usize, MANY);
        seen += page.rows.len();
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, MANY);
}
