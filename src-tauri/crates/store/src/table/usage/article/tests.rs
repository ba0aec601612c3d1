//! One article part by part, and all of them by pages.

use super::{ArticleColumn, ArticleFilter, LINES, PARTS};
use crate::StoreError;
use crate::fixture::{Bench, SITE, plan};
use crate::table::list::{Sort, SortColumn};
use crate::table::usage::UsageFigures;
use crate::table::usage::sample::{ATTIC, consumed};
use igny8_core::function::AiFunction;
use igny8_core::id::ContentId;
use igny8_core::money::{Credits, Usd};
use igny8_core::status::UsageOutcome;

#[test]
fn an_article_is_the_sum_of_its_parts() {
    let mut bench = consumed();
    let parts = bench.read(|read| read.content_parts(ContentId(1)));
    let of = |function| parts.iter().find(|(part, _)| *part == function).map(|(_, figures)| *figures).unwrap();
    assert_eq!(of(AiFunction::GenerateContent).credits, Credits::whole(10));
    assert_eq!(of(AiFunction::GenerateImagePrompts).credits, Credits::whole(2));
    let images = of(AiFunction::GenerateImages);
    assert_eq!((images.credits, images.images, images.released), (Credits::whole(10), 2, 1), "removed pictures too");
    assert_eq!((images.cost, images.lost_cost), (Usd(110_000_000), Usd(10_000_000)));
    let sum = parts.iter().fold(UsageFigures::default(), |sum, (_, figures)| sum.plus(figures));
    let whole = bench.read(|read| read.content_usage(ContentId(1)));
    assert_eq!(
        (sum.records, sum.credits, sum.cost, sum.credit_value),
        (whole.records, whole.credits, whole.cost, whole.credit_value)
    );
    assert_eq!(bench.read(|read| read.content_parts(ContentId(9))), []);
}

#[test]
fn a_task_written_twice_is_counted_once() {
    let mut bench = consumed();
    let credits = |bench: &mut Bench, id| bench.read(move |read| read.content_usage(ContentId(id))).credits;
    assert_eq!((credits(&mut bench, 3), credits(&mut bench, 4)), (Credits::whole(20), Credits::whole(40)));
}

#[test]
fn records_are_listed_newest_first() {
    let mut bench = consumed();
    let lines = bench.read(|read| read.content_usage_lines(ContentId(1)));
    let found: Vec<_> = lines.iter().map(|line| (line.function, line.outcome, line.attempts, line.tokens)).collect();
    use AiFunction::{GenerateContent, GenerateImagePrompts, GenerateImages};
    let expected = [
        (GenerateImages, UsageOutcome::Settled, 1, 150),
        (GenerateImages, UsageOutcome::Settled, 1, 150),
        (GenerateImages, UsageOutcome::Released, 1, 0),
        (GenerateImagePrompts, UsageOutcome::Settled, 1, 150),
        (GenerateContent, UsageOutcome::Settled, 1, 150),
    ];
    assert_eq!(found, expected);
    assert_eq!((lines[0].model.as_str(), lines[4].model.as_str()), ("Painter", "Writer"));
}

/// Titles in the order of a column, a page of two after another.
fn titles(bench: &mut Bench, column: ArticleColumn, is_descending: bool, filter: &ArticleFilter) -> Vec<String> {
    let (mut cursor, mut found, mut total) = (None::<String>, Vec::new(), None);
    loop {
        let (after, filter) = (cursor.take(), filter.clone());
        let sort = Sort { column, is_descending };
        let page = bench.read(move |read| read.article_usage_page(&filter, sort, after.as_deref(), 2));
        assert_eq!(*total.get_or_insert(page.total), page.total, "the total stays");
        found.extend(page.rows.into_iter().map(|row| row.title));
        cursor = page.next_cursor;
        if cursor.is_none() {
            assert_eq!(total, Some(u32::try_from(found.len()).unwrap()));
            return found;
        }
    }
}

#[test]
fn articles_are_paged_in_the_order_of_any_column() {
    let mut bench = consumed();
    let all = ArticleFilter::default();
    for column in [ArticleColumn::Credits, ArticleColumn::Cost, ArticleColumn::CreditValue] {
        let dearest = titles(&mut bench, column, true, &all);
        assert_eq!(dearest, ["Mulch again", "Raised beds", "Mulch", "Old beams"], "{column:?}");
        let cheapest = titles(&mut bench, column, false, &all);
        assert_eq!(cheapest, ["Old beams", "Mulch", "Raised beds", "Mulch again"], "{column:?}");
    }
    let by_title = titles(&mut bench, ArticleColumn::Title, false, &all);
    assert_eq!(by_title, ["Mulch", "Mulch again", "Old beams", "Raised beds"]);
    let latest = titles(&mut bench, ArticleColumn::LastUsedAt, true, &all);
    assert_eq!(latest, ["Old beams", "Mulch again", "Mulch", "Raised beds"], "a refusal is use, too");
}

#[test]
fn articles_are_narrowed_to_a_site_and_a_word() {
    let mut bench = consumed();
    let (credits, down) = (ArticleColumn::Credits, true);
    let attic = ArticleFilter { site: Some(ATTIC), search: None };
    assert_eq!(titles(&mut bench, credits, down, &attic), ["Old beams"]);
    let mulch = ArticleFilter { site: Some(SITE), search: Some("MULCH".to_owned()) };
    assert_eq!(titles(&mut bench, credits, down, &mulch), ["Mulch again", "Mulch"]);
    let percent = ArticleFilter { site: None, search: Some("%".to_owned()) };
    assert_eq!(titles(&mut bench, credits, down, &percent), Vec::<String>::new(), "no wildcard");
}

#[test]
fn equal_values_are_neither_repeated_nor_missed() {
    let mut bench = consumed();
    bench.outsider().execute_batch("update usage_log set credits = 1000000 where outcome = 'settled'").unwrap();
    let found = titles(&mut bench, ArticleColumn::Credits, true, &ArticleFilter::default());
    assert_eq!(found[0], "Raised beds", "four records");
    assert_eq!(found.len(), 4);
}

#[test]
fn a_strange_cursor_is_refused() {
    let mut bench = consumed();
    for cursor in ["", "1", "1:2", "x:1:2", "1:x:2", "1:1:many"] {
        let page = bench.try_read(move |read| {
            read.article_usage_page(&ArticleFilter::default(), ArticleColumn::DEFAULT, Some(cursor), 5)
        });
        assert_eq!(page.err(), Some(StoreError::BadQuery("cursor".to_owned())), "{cursor}");
    }
}

#[test]
fn one_articles_records_are_found_by_what_they_are_about() {
    let mut bench = Bench::new();
    for sql in [PARTS, LINES] {
        let plan = plan(&mut bench, sql);
        assert!(plan.contains("SEARCH u USING INDEX usage_by_related (related_type=? AND related_id=?)"), "{plan}");
        assert!(plan.contains("SEARCH image USING COVERING INDEX image_by_content"), "{plan}");
        assert!(plan.contains("USING INDEX content_by_task"), "{plan}");
    }
}
