//! Sums by span and part, against sums a stranger takes.

use super::{BY_ARTICLE, BY_OPERATION, BY_SPAN, Dimension, Span, UsageGroup};
use crate::fixture::{Bench, IMAGE, SITE, TEXT, operation_id, plan};
use crate::table::usage::sample::{ATTIC, consumed};
use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;

const ALL: Span = Span { from: UtcMs(0), until: UtcMs(10_000) };

fn by(bench: &mut Bench, spans: &'static [Span], site: Option<SiteId>, dimension: Dimension) -> Vec<UsageGroup> {
    bench.read(move |read| read.usage_by(spans, site, dimension))
}

/// Span, key and whole credits of each group.
fn credits(groups: &[UsageGroup]) -> Vec<(u32, &str, i64)> {
    groups.iter().map(|group| (group.span, group.key.as_str(), group.figures.credits.0 / 1_000_000)).collect()
}

#[test]
fn the_whole_is_what_stands_in_the_rows() {
    let mut bench = consumed();
    let whole = by(&mut bench, &[ALL], None, Dimension::Whole);
    let figures = whole[0].figures;
    let sums = "select count(*), sum(credits), sum(cost_nano), sum(credit_value_nano), sum(images),
        sum(tokens_input + tokens_cached + tokens_output) from usage_log";
    let row = bench
        .outsider()
        .query_row(sums, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)));
    let ours = (
        figures.records,
        figures.credits.0,
        figures.cost.0,
        figures.credit_value.0,
        figures.images,
        figures.tokens.total(),
    );
    assert_eq!(ours, row.unwrap());
    assert_eq!((figures.settled, figures.released, figures.refused, figures.reused), (8, 1, 1, 0));
    assert_eq!(figures.credits, Credits::whole(92), "and it is what the wallet has used");
    assert_eq!(figures.credits, bench.read(|read| read.wallet()).used);
    assert_eq!(figures.lost_cost, Usd(10_000_000), "the attempt that left nothing");
    assert_eq!((figures.tokens.input, figures.tokens.cached_input, figures.tokens.output), (800, 80, 320));
}

#[test]
fn parts_sum_to_the_whole_and_come_dearest_first() {
    let mut bench = consumed();
    let operations = by(&mut bench, &[ALL], None, Dimension::Operation);
    let expected = [
        (0, "content_generation", 77),
        (0, "image_generation", 10),
        (0, "clustering", 3),
        (0, "image_prompt_extraction", 2),
    ];
    assert_eq!(credits(&operations), expected);
    let (text, image) = (TEXT.to_string(), IMAGE.to_string());
    let models = by(&mut bench, &[ALL], None, Dimension::Model);
    assert_eq!(credits(&models), [(0, text.as_str(), 82), (0, image.as_str(), 10)]);
    let sites = by(&mut bench, &[ALL], None, Dimension::Site);
    assert_eq!(credits(&sites), [(0, "1", 85), (0, "2", 7)]);
    assert_eq!(sites[1].figures.refused, 1, "what cost nothing is counted");
}

#[test]
fn spans_hold_what_happened_in_them_and_may_overlap() {
    let mut bench = consumed();
    const SPANS: [Span; 4] = [
        Span { from: UtcMs(0), until: UtcMs(1_000) },
        Span { from: UtcMs(1_000), until: UtcMs(2_000) },
        Span { from: UtcMs(7_000), until: UtcMs(8_000) },
        Span { from: UtcMs(1_000), until: UtcMs(3_001) },
    ];
    let groups = by(&mut bench, &SPANS, None, Dimension::Whole);
    assert_eq!(credits(&groups), [(0, "", 3), (1, "", 10), (3, "", 12)], "an end is no part, an empty span no group");
    assert_eq!(groups[2].figures.released, 1);
    let attic = by(&mut bench, &[ALL], Some(ATTIC), Dimension::Whole);
    assert_eq!(credits(&attic), [(0, "", 7)]);
}

#[test]
fn articles_have_their_writing_their_descriptions_and_their_pictures() {
    let mut bench = consumed();
    let articles = bench.read(|read| read.usage_by_article(ALL, None, 10));
    let found: Vec<_> = articles.iter().map(|one| (one.title.as_str(), one.figures.credits.0 / 1_000_000)).collect();
    // The task of the mulch was written twice: the first writing was there when the first article was.
    assert_eq!(found, [("Mulch again", 40), ("Raised beds", 22), ("Mulch", 20), ("Old beams", 7)]);
    let dearest = bench.read(|read| read.usage_by_article(ALL, Some(SITE), 1));
    assert_eq!(dearest.iter().map(|one| one.content).collect::<Vec<_>>(), [ContentId(4)]);
    let late = Span { from: UtcMs(3_000), until: UtcMs(4_000) };
    let late = bench.read(move |read| read.usage_by_article(late, None, 10));
    assert_eq!((late.len(), late[0].figures.settled, late[0].figures.released), (1, 1, 1));
}

#[test]
fn operations_cost_what_their_units_did() {
    let mut bench = consumed();
    let costs = bench.read(|read| read.operation_costs(ALL, Some(ATTIC), 10));
    assert_eq!(costs.len(), 1, "one that was refused was charged for nothing");
    assert_eq!((costs[0].operation, costs[0].function), (operation_id(7), AiFunction::GenerateContent));
    assert_eq!((costs[0].units, costs[0].credits, costs[0].cost), (1, Credits::whole(7), Usd(70_000_000)));
    let lost = bench.read(|read| read.operation_costs(ALL, None, 10)).into_iter().find(|one| one.credits.0 == 0);
    let lost = lost.expect("one whose answer was lost cost its vendor's money and no credits");
    assert_eq!((lost.units, lost.cost), (1, Usd(10_000_000)));
    let newest = bench.read(|read| read.operation_costs(ALL, None, 2));
    assert_eq!(newest.iter().map(|one| one.operation).collect::<Vec<_>>(), [operation_id(9), operation_id(8)]);
}

#[test]
fn names_stay_known_when_things_are_gone() {
    let mut bench = consumed();
    bench
        .outsider()
        .execute_batch("update site set removed_at = 9 where id = 2; update model set is_active = 0")
        .unwrap();
    let sites = bench.read(|read| read.site_names());
    assert!(sites.contains(&(ATTIC, "Attic".to_owned())), "{sites:?}");
    let models = bench.read(|read| read.model_names());
    assert_eq!(models.len(), 2, "{models:?}");
    assert_eq!(bench.read(|read| read.first_usage_at()), Some(UtcMs(500)));
    assert_eq!(Bench::new().read(|read| read.first_usage_at()), None);
}

#[test]
fn spans_are_found_by_their_time() {
    let mut bench = Bench::new();
    for sql in [BY_SPAN, BY_ARTICLE, BY_OPERATION] {
        let plan = plan(&mut bench, sql);
        assert!(plan.contains("USING INDEX usage_by_time (at>? AND at<?)"), "{plan}");
        assert!(!plan.contains("SCAN u") && !plan.contains("SCAN usage_log"), "{plan}");
    }
}
