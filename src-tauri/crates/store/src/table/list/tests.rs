//! Every list pages through every row once, in every order, whatever ties and unknown values there are; and refuses
//! what it does not know.

use super::{ListFilter, ListQuery, Page, Selection, Sort, SortColumn};
use crate::fixture::{Bench, SITE};
use crate::table::cluster::{ClusterRow, ClusterSort};
use crate::table::content::{ContentRow, ContentSort};
use crate::table::idea::{IdeaRow, IdeaSort};
use crate::table::image::{ImageSetRow, ImageSetSort};
use crate::table::keyword::{KeywordRow, KeywordSort};
use crate::table::sample::{CLUSTERS, CONTENTS, IDEAS, ILLUSTRATED, KEYWORDS, SECTORS, TASKS, plan};
use crate::table::task::{TaskRow, TaskSort};
use crate::{Read, StoreError};
use igny8_core::id::{ClusterId, ContentId, KeywordId};
use igny8_core::status::{Intent, UnknownWord};
use std::collections::BTreeSet;

/// What a row shows in a column; `None` is unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Number(i64),
    Text(String),
}

fn number(n: impl Into<i64>) -> Option<Shown> {
    Some(Shown::Number(n.into()))
}

fn word(text: impl ToString) -> Option<Shown> {
    Some(Shown::Text(text.to_string().to_lowercase()))
}

/// Pages through a list under every order, in pages of several sizes.
fn pages_visit_each_row_once<C: SortColumn + Send, T: Send + 'static>(
    expected: usize,
    read: fn(&Read<'_>, &ListQuery<C>) -> Result<Page<T>, StoreError>,
    id: fn(&T) -> i64,
    shown: fn(&T, C) -> Option<Shown>,
) {
    let mut bench = plan();
    for column in C::ALL.iter().copied() {
        assert!(matches!(C::parse(column.word()), Ok(found) if found == column), "{}", column.word());
        for is_descending in [false, true] {
            for limit in [2, 5, 500] {
                let sort = Sort { column, is_descending };
                let rows = walk(&mut bench, sort, limit, expected, read);
                let order = format!("{} descending {is_descending} by {limit}", column.word());
                let ids: BTreeSet<i64> = rows.iter().map(id).collect();
                assert_eq!((rows.len(), ids.len()), (expected, expected), "each row once: {order}");
                for pair in rows.windows(2) {
                    let [a, b] = [&pair[0], &pair[1]].map(|row| (shown(row, column), id(row)));
                    assert!(follows(&a, &b, is_descending), "{a:?} before {b:?}: {order}");
                }
            }
        }
    }
    let unknown = C::parse("colour");
    assert!(matches!(unknown, Err(StoreError::BadQuery(word)) if word == "colour"));
}

fn walk<C: SortColumn + Send, T: Send + 'static>(
    bench: &mut Bench,
    sort: Sort<C>,
    limit: u32,
    expected: usize,
    read: fn(&Read<'_>, &ListQuery<C>) -> Result<Page<T>, StoreError>,
) -> Vec<T> {
    let mut query = ListQuery { filter: ListFilter::of(SITE), sort, cursor: None, limit };
    let mut rows = Vec::new();
    for _ in 0..=expected {
        let asked = query.clone();
        let page = bench.read(move |r| read(r, &asked));
        assert_eq!(page.total as usize, expected, "the total is told on every page");
        assert!(page.rows.len() <= limit as usize);
        rows.extend(page.rows);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return rows;
        }
    }
    panic!("the list does not end");
}

/// Unknown last; then by value, then by id, both in the direction of the sort.
fn follows(a: &(Option<Shown>, i64), b: &(Option<Shown>, i64), is_descending: bool) -> bool {
    match (&a.0, &b.0) {
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) | (Some(_), Some(_)) => (a < b) != is_descending,
    }
}

#[test]
fn keywords_page_in_every_order() {
    pages_visit_each_row_once::<KeywordSort, KeywordRow>(
        KEYWORDS,
        |read, query| read.keyword_page(query),
        |row| row.id.0,
        |row, column| match column {
            KeywordSort::Text => word(&row.text),
            KeywordSort::Volume => row.volume.and_then(number),
            KeywordSort::Difficulty => row.difficulty.and_then(number),
            KeywordSort::Cpc => row.cpc_nano.and_then(number),
            KeywordSort::Intent => row.intent.and_then(word),
            KeywordSort::Country => (!row.country.is_empty()).then(|| Shown::Text(row.country.clone())),
            KeywordSort::Cluster => row.cluster_name.as_ref().and_then(word),
            KeywordSort::Sector => word(&row.sector_name),
            KeywordSort::Status => word(row.status),
            KeywordSort::CreatedAt => number(row.created_at.0),
        },
    );
}

#[test]
fn clusters_page_in_every_order() {
    pages_visit_each_row_once::<ClusterSort, ClusterRow>(
        CLUSTERS,
        |read, query| read.cluster_page(query),
        |row| row.id.0,
        |row, column| match column {
            ClusterSort::Name => word(&row.name),
            ClusterSort::KeywordCount => number(row.keyword_count),
            ClusterSort::Volume => row.volume.and_then(number),
            ClusterSort::IdeaCount => number(row.idea_count),
            ClusterSort::ContentCount => number(row.content_count),
            ClusterSort::Sector => word(&row.sector_name),
            ClusterSort::Status => word(row.status),
            ClusterSort::CreatedAt => number(row.created_at.0),
        },
    );
}

#[test]
fn ideas_page_in_every_order() {
    pages_visit_each_row_once::<IdeaSort, IdeaRow>(
        IDEAS,
        |read, query| read.idea_page(query),
        |row| row.id.0,
        |row, column| match column {
            IdeaSort::Title => word(&row.title),
            IdeaSort::Cluster => row.cluster_name.as_ref().and_then(word),
            IdeaSort::Sector => word(&row.sector_name),
            IdeaSort::ContentType => word(row.content_type),
            IdeaSort::ContentStructure => word(row.content_structure),
            IdeaSort::WordCountTarget => number(row.word_count_target),
            IdeaSort::Status => word(row.status),
            IdeaSort::CreatedAt => number(row.created_at.0),
        },
    );
}

#[test]
fn tasks_page_in_every_order() {
    pages_visit_each_row_once::<TaskSort, TaskRow>(
        TASKS,
        |read, query| read.task_page(query),
        |row| row.id.0,
        |row, column| match column {
            TaskSort::Title => word(&row.title),
            TaskSort::Cluster => row.cluster_name.as_ref().and_then(word),
            TaskSort::Sector => word(&row.sector_name),
            TaskSort::ContentType => word(row.content_type),
            TaskSort::ContentStructure => word(row.content_structure),
            TaskSort::WordCountTarget => number(row.word_count_target),
            TaskSort::Status => word(row.status),
            TaskSort::CreatedAt => number(row.created_at.0),
        },
    );
}

#[test]
fn articles_page_in_every_order() {
    pages_visit_each_row_once::<ContentSort, ContentRow>(
        CONTENTS,
        |read, query| read.content_page(query),
        |row| row.id.0,
        |row, column| match column {
            ContentSort::Title => word(&row.title),
            ContentSort::Cluster => row.cluster_name.as_ref().and_then(word),
            ContentSort::Sector => word(&row.sector_name),
            ContentSort::ContentType => word(row.content_type),
            ContentSort::ContentStructure => word(row.content_structure),
            ContentSort::WordCount => number(row.word_count),
            ContentSort::Status => word(row.status),
            ContentSort::Delivery => word(row.delivery),
            ContentSort::ImagesTotal => number(row.images_total),
            ContentSort::ImagesGenerated => number(row.images_generated),
            ContentSort::ScheduledPublishAt => row.scheduled_publish_at.and_then(|at| number(at.0)),
            ContentSort::PublishedAt => row.published_at.and_then(|at| number(at.0)),
            ContentSort::CreatedAt => number(row.created_at.0),
            ContentSort::UpdatedAt => number(row.updated_at.0),
        },
    );
}

#[test]
fn images_page_in_every_order() {
    pages_visit_each_row_once::<ImageSetSort, ImageSetRow>(
        ILLUSTRATED,
        |read, query| read.image_set_page(query),
        |row| row.content.0,
        |row, column| match column {
            ImageSetSort::Title => word(&row.title),
            ImageSetSort::Status => word(row.status),
            ImageSetSort::Images => number(row.images.len() as i64),
            ImageSetSort::ImagesGenerated => {
                number(row.images.iter().filter(|image| image.media_hash.is_some()).count() as i64)
            }
            ImageSetSort::CreatedAt => None,
            ImageSetSort::UpdatedAt => number(row.updated_at.0),
        },
    );
}

fn keywords(bench: &mut Bench, filter: ListFilter) -> Vec<KeywordRow> {
    bench.read(move |read| read.keyword_page(&ListQuery { limit: 500, ..ListQuery::first(filter) })).rows
}

#[test]
fn each_filter_narrows_to_what_it_says() {
    let mut bench = plan();
    type Check = (&'static str, fn(&mut ListFilter), fn(&KeywordRow) -> bool);
    let checks: [Check; 12] = [
        ("sector", |f| f.sector = Some(SECTORS[1]), |r| r.sector == SECTORS[1]),
        ("cluster", |f| f.cluster = Some(ClusterId(2)), |r| r.cluster == Some(ClusterId(2))),
        ("status", |f| f.status = vec!["new".to_owned()], |r| r.cluster.is_none()),
        ("intent", |f| f.intent = vec!["commercial".to_owned()], |r| r.intent == Some(Intent::Commercial)),
        ("no intent", |f| f.intent = vec![String::new()], |r| r.intent.is_none()),
        ("country", |f| f.country = vec!["US".to_owned(), "DE".to_owned()], |r| !r.country.is_empty()),
        ("search", |f| f.search = Some(" POT 1".to_owned()), |r| r.text.contains("Pot 1")),
        ("disabled", |f| f.is_disabled = Some(true), |r| r.is_disabled),
        ("volume at least", |f| f.volume_min = Some(300), |r| r.volume >= Some(300)),
        ("volume at most", |f| f.volume_max = Some(100), |r| r.volume.is_some_and(|v| v <= 100)),
        ("difficulty at least", |f| f.difficulty_min = Some(40), |r| r.difficulty >= Some(40)),
        ("difficulty at most", |f| f.difficulty_max = Some(40), |r| r.difficulty.is_some_and(|d| d <= 40)),
    ];
    let all = keywords(&mut bench, ListFilter::of(SITE));
    for (name, set, keeps) in checks {
        let mut filter = ListFilter::of(SITE);
        set(&mut filter);
        let expected: BTreeSet<KeywordId> = all.iter().filter(|row| keeps(row)).map(|row| row.id).collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{name} tells rows apart");
        for column in [KeywordSort::Volume, KeywordSort::Text] {
            let query = ListQuery {
                sort: Sort { column, is_descending: false },
                limit: 500,
                ..ListQuery::first(filter.clone())
            };
            let page = bench.read(move |read| read.keyword_page(&query));
            assert_eq!(page.rows.iter().map(|row| row.id).collect::<BTreeSet<_>>(), expected, "{name}");
            assert_eq!(page.total as usize, expected.len(), "{name} is counted");
        }
    }
}

#[test]
fn search_takes_wildcards_as_they_stand() {
    let mut bench = plan();
    for (search, expected) in [("%", 0), ("_", 0), ("\\", 0), ("pot 0", 10), ("  ", KEYWORDS)] {
        let mut filter = ListFilter::of(SITE);
        filter.search = Some(search.to_owned());
        assert_eq!(keywords(&mut bench, filter).len(), expected, "{search:?}");
    }
}

#[test]
fn what_a_list_does_not_know_is_refused() {
    let mut bench = plan();
    let mut refused = |set: fn(&mut ListFilter)| {
        let mut filter = ListFilter::of(SITE);
        set(&mut filter);
        let outcome = bench.try_read(move |read| read.keyword_page(&ListQuery::first(filter)));
        match outcome {
            Err(StoreError::BadQuery(what)) => what,
            other => panic!("{other:?}"),
        }
    };
    let stranger = |vocabulary, word: &str| UnknownWord { vocabulary, word: word.to_owned() }.to_string();
    assert_eq!(
        refused(|f| f.status = vec!["new".to_owned(), "active".to_owned()]),
        stranger("KeywordStatus", "active")
    );
    assert_eq!(refused(|f| f.intent = vec!["curious".to_owned()]), stranger("Intent", "curious"));
    assert_eq!(refused(|f| f.delivery = vec!["published".to_owned()]), "delivery");
    assert_eq!(refused(|f| f.content = Some(ContentId(1))), "content");
    assert_eq!(refused(|f| f.content_type = vec!["post".to_owned()]), "content_type");
}

#[test]
fn a_cursor_belongs_to_its_order() {
    let mut bench = plan();
    let first = ListQuery::<KeywordSort> { limit: 5, ..ListQuery::first(ListFilter::of(SITE)) };
    let asked = first.clone();
    let cursor = bench.read(move |read| read.keyword_page(&asked)).next_cursor;
    let other = Sort { column: KeywordSort::Text, is_descending: true };
    let turned = Sort { column: KeywordSort::Volume, is_descending: false };
    for (sort, cursor) in [
        (other, cursor.clone()),
        (turned, cursor),
        (KeywordSort::DEFAULT, Some("not a cursor".to_owned())),
        (KeywordSort::DEFAULT, Some("[\"volume\",true,false,[],1,1]".to_owned())),
    ] {
        let query = ListQuery { sort, cursor, ..first.clone() };
        let outcome = bench.try_read(move |read| read.keyword_page(&query));
        assert_eq!(outcome, Err(StoreError::BadQuery("cursor".to_owned())));
    }
}

#[test]
fn a_selection_is_the_ids_or_all_that_match_but_a_few() {
    let mut bench = plan();
    let these = Selection::Ids(vec![5, 3, 5, 1]);
    let ids = bench.read(move |read| read.keyword_ids(&these, 2));
    assert_eq!(ids, [KeywordId(5), KeywordId(3)], "each once, at most as many as asked");
    let mut filter = ListFilter::of(SITE);
    filter.status = vec!["new".to_owned()];
    let shown: Vec<KeywordId> = keywords(&mut bench, filter.clone()).iter().map(|row| row.id).collect();
    let except = vec![shown[0].0, shown[3].0];
    let matching = Selection::Matching { filter, except };
    let all = matching.clone();
    let expected: Vec<KeywordId> =
        shown.iter().enumerate().filter(|(n, _)| ![0, 3].contains(n)).map(|(_, id)| *id).collect();
    assert_eq!(bench.read(move |read| read.keyword_ids(&all, 1_000)), expected, "in the list's own order");
    assert_eq!(bench.read(move |read| read.keyword_ids(&matching, 3)), expected[..3]);
}
