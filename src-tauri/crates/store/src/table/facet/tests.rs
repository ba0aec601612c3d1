//! Facets agree with the lists: each value's count is what the list would show with that value chosen.

use super::*;
use crate::Read;
use crate::fixture::{Bench, SITE};
use crate::table::list::ListQuery;
use crate::table::sample::{SECTORS, plan};
use igny8_core::id::{ClusterId, SectorId};

type Facets = fn(&Read<'_>, &ListFilter) -> Result<Vec<Facet>, StoreError>;
type Total = fn(&Read<'_>, ListFilter) -> Result<u32, StoreError>;

/// Puts one value into the filter of a field, in place of what stood there.
fn choose(filter: &ListFilter, field: &str, value: &str) -> ListFilter {
    let mut filter = filter.clone();
    match field {
        "status" => filter.status = vec![value.to_owned()],
        "delivery" => filter.delivery = vec![value.to_owned()],
        "intent" => filter.intent = vec![value.to_owned()],
        "country" => filter.country = vec![value.to_owned()],
        "content_type" => filter.content_type = vec![value.to_owned()],
        "content_structure" => filter.content_structure = vec![value.to_owned()],
        "sector" => filter.sector = value.parse::<SectorId>().ok(),
        "cluster" => filter.cluster = value.parse::<ClusterId>().ok(),
        other => panic!("no filter {other}"),
    }
    filter
}

/// Checks every facet under no filter, under every single value, and under every pair of values.
fn agree(facets: Facets, total: Total) {
    let mut bench = plan();
    let mut filters = vec![ListFilter::of(SITE)];
    for _ in 0..2 {
        let mut narrower = Vec::new();
        for filter in &filters {
            for facet in check(&mut bench, filter, facets, total) {
                narrower.extend(facet.values.iter().map(|value| choose(filter, facet.field, &value.value)));
            }
        }
        filters = narrower;
    }
    assert!(filters.len() > 20, "pairs of values");
}

fn check(bench: &mut Bench, filter: &ListFilter, facets: Facets, total: Total) -> Vec<Facet> {
    let asked = filter.clone();
    let found = bench.read(move |read| facets(read, &asked));
    for facet in &found {
        for value in &facet.values {
            let chosen = choose(filter, facet.field, &value.value);
            let listed = bench.read(move |read| total(read, chosen));
            assert_eq!(value.count, listed, "{} {:?} under {filter:?}", facet.field, value.value);
            assert!(value.count > 0, "a value that is there");
        }
        let counts: Vec<u32> = facet.values.iter().map(|value| value.count).collect();
        assert!(counts.is_sorted_by(|a, b| a >= b), "most frequent first");
    }
    found
}

#[test]
fn keyword_facets_agree_with_the_list() {
    agree(|read, f| read.keyword_facets(f), |read, f| Ok(read.keyword_page(&ListQuery::first(f))?.total));
}

#[test]
fn cluster_facets_agree_with_the_list() {
    let facets: Facets = |read, f| read.cluster_facets(f);
    let total: Total = |read, f| Ok(read.cluster_page(&ListQuery::first(f))?.total);
    let mut bench = plan();
    for facet in check(&mut bench, &ListFilter::of(SITE), facets, total) {
        assert_eq!(facet.values.len(), 2, "{}", facet.field);
        for value in &facet.values {
            check(&mut bench, &choose(&ListFilter::of(SITE), facet.field, &value.value), facets, total);
        }
    }
}

#[test]
fn idea_facets_agree_with_the_list() {
    agree(|read, f| read.idea_facets(f), |read, f| Ok(read.idea_page(&ListQuery::first(f))?.total));
}

#[test]
fn task_facets_agree_with_the_list() {
    agree(|read, f| read.task_facets(f), |read, f| Ok(read.task_page(&ListQuery::first(f))?.total));
}

#[test]
fn article_facets_agree_with_the_list() {
    agree(|read, f| read.content_facets(f), |read, f| Ok(read.content_page(&ListQuery::first(f))?.total));
}

#[test]
fn image_facets_agree_with_the_list() {
    agree(|read, f| read.image_set_facets(f), |read, f| Ok(read.image_set_page(&ListQuery::first(f))?.total));
}

#[test]
fn choosing_a_value_hides_no_other_of_its_own_filter() {
    let mut bench = plan();
    let mut filter = ListFilter::of(SITE);
    filter.sector = Some(SECTORS[0]);
    filter.status = vec!["mapped".to_owned()];
    let found = bench.read(move |read| read.keyword_facets(&filter));
    let labels = |field: &str| {
        let facet = found.iter().find(|facet| facet.field == field).expect("the facet is there");
        facet
            .values
            .iter()
            .map(|value| if value.label.is_empty() { &value.value } else { &value.label })
            .collect::<Vec<_>>()
    };
    assert_eq!(labels("sector").len(), 2, "both sectors can be chosen");
    assert_eq!(labels("status").len(), 2, "both states can be chosen");
    let mut clusters = labels("cluster");
    clusters.sort();
    assert_eq!(clusters, ["Pots", "Soil"], "of the chosen sector and state only");
}
