//! Clusters: joined by name, emptied and refilled by undo, merged.

use super::*;
use crate::fixture::{Bench, NOW, SITE};
use crate::table::keyword::KeywordRow;
use crate::table::sample::{bench, content, idea, keyword};
use igny8_core::status::KeywordStatus;

fn cluster(bench: &mut Bench, sector: SectorId, name: &'static str) -> ClusterId {
    bench.write(move |write| write.cluster_add_or_join(SITE, sector, name, "", NOW)).unwrap().0
}

/// Two clusters of two keywords each: 1 and 2, 3 and 4.
fn two(bench: &mut Bench, sector: SectorId) -> [ClusterId; 2] {
    let clusters = [cluster(bench, sector, "Pots"), cluster(bench, sector, "Soil")];
    let new = [("a", Some(10)), ("b", None), ("c", Some(30)), ("d", None)].map(|(text, volume)| keyword(text, volume));
    bench.write(move |write| write.keyword_add_batch(SITE, sector, &new, "", NOW)).unwrap();
    for (cluster, ids) in clusters.into_iter().zip([[1, 2], [3, 4]]) {
        bench.write(move |write| write.keyword_map_to_cluster(&ids.map(KeywordId), cluster, NOW)).unwrap();
    }
    clusters
}

fn clusters_of_keywords(bench: &mut Bench) -> Vec<Option<i64>> {
    let rows: Vec<KeywordRow> = bench.read(|read| read.keywords(&[1, 2, 3, 4].map(KeywordId)));
    for row in &rows {
        assert_eq!(row.status == KeywordStatus::Mapped, row.cluster.is_some(), "{row:?}");
    }
    rows.iter().map(|row| row.cluster.map(|id| id.0)).collect()
}

#[test]
fn a_cluster_of_the_same_name_is_joined() {
    let (mut bench, sector) = bench();
    let made = bench.write(move |write| write.cluster_add_or_join(SITE, sector, "Clay pots", "", NOW)).unwrap();
    let joined =
        bench.write(move |write| write.cluster_add_or_join(SITE, sector, "CLAY pots", "Of clay.", NOW)).unwrap();
    assert_eq!((made.1, joined), (true, (made.0, false)));
    let again = bench.write(move |write| write.cluster_add_or_join(SITE, sector, "clay pots", "Else.", NOW)).unwrap();
    assert_eq!(again, (made.0, false));
    let row = bench.read(move |read| read.cluster(made.0));
    assert_eq!((row.name.as_str(), row.description.as_str()), ("Clay pots", "Of clay."), "a description is kept");
    assert_eq!(bench.read(move |read| read.cluster_names(sector)), ["Clay pots"]);
    let other = bench.write(|write| write.sector_add(SITE, "Tools", NOW)).unwrap();
    assert!(bench.write(move |write| write.cluster_add_or_join(SITE, other, "clay pots", "", NOW)).unwrap().1);
}

#[test]
fn removal_frees_the_keywords_and_undo_takes_back_those_still_free() {
    let (mut bench, sector) = bench();
    let [pots, soil] = two(&mut bench, sector);
    let removed = bench.write(move |write| write.cluster_remove(&[pots, soil], NOW)).unwrap();
    assert_eq!(removed, [pots, soil], "both in the same instant");
    assert_eq!(clusters_of_keywords(&mut bench), [None, None, None, None]);
    let shears = cluster(&mut bench, sector, "Shears");
    bench.write(move |write| write.keyword_map_to_cluster(&[KeywordId(2)], shears, NOW)).unwrap();

    assert_eq!(bench.write(move |write| write.cluster_restore(&[pots], NOW)).unwrap(), [pots]);
    assert_eq!(clusters_of_keywords(&mut bench), [Some(pots.0), Some(shears.0), None, None]);
    assert_eq!(bench.write(move |write| write.cluster_restore(&[pots, soil], NOW)).unwrap(), [soil]);
    assert_eq!(clusters_of_keywords(&mut bench), [Some(pots.0), Some(shears.0), Some(soil.0), Some(soil.0)]);
}

#[test]
fn a_keyword_returns_to_the_cluster_it_left_last() {
    let (mut bench, sector) = bench();
    let [pots, soil] = two(&mut bench, sector);
    bench.write(move |write| write.cluster_remove(&[pots], NOW)).unwrap();
    bench.write(move |write| write.keyword_map_to_cluster(&[KeywordId(1)], soil, NOW)).unwrap();
    bench.write(move |write| write.cluster_remove(&[soil], NOW)).unwrap();
    bench.write(move |write| write.cluster_restore(&[pots], NOW)).unwrap();
    assert_eq!(clusters_of_keywords(&mut bench), [None, Some(pots.0), None, None]);
    bench.write(move |write| write.cluster_restore(&[soil], NOW)).unwrap();
    assert_eq!(clusters_of_keywords(&mut bench), [Some(soil.0), Some(pots.0), Some(soil.0), Some(soil.0)]);
}

#[test]
fn a_cluster_whose_name_is_taken_stays_removed() {
    let (mut bench, sector) = bench();
    let [pots, _] = two(&mut bench, sector);
    bench.write(move |write| write.cluster_remove(&[pots], NOW)).unwrap();
    let twin = cluster(&mut bench, sector, "pots");
    assert_ne!(twin, pots);
    assert!(bench.write(move |write| write.cluster_restore(&[pots], NOW)).unwrap().is_empty());
    assert_eq!(clusters_of_keywords(&mut bench)[0], None);
    let renamed = bench.write(move |write| write.cluster_update(twin, "Soil", "", NOW));
    assert!(matches!(renamed, Err(StoreError::Conflict(_))));
    bench.write(move |write| write.cluster_update(twin, "Urns", "Big.", NOW)).unwrap();
    assert_eq!(bench.write(move |write| write.cluster_restore(&[pots], NOW)).unwrap(), [pots]);
    let gone = bench.write(|write| write.cluster_update(ClusterId(99), "x", "", NOW));
    assert_eq!(gone, Err(StoreError::NotFound));
}

#[test]
fn a_cluster_is_mapped_exactly_while_it_has_ideas() {
    let (mut bench, sector) = bench();
    let [pots, soil] = two(&mut bench, sector);
    let waiting =
        |bench: &mut Bench| bench.read(|read| read.new_clusters(SITE, 10)).iter().map(|c| c.id).collect::<Vec<_>>();
    assert_eq!(waiting(&mut bench), [soil, pots], "most searched first");
    let ideas = bench.write(move |write| write.idea_add_batch(SITE, &[idea(sector, Some(pots), "One")], NOW)).unwrap();
    assert_eq!(bench.write(move |write| write.cluster_mark_mapped(&[pots, soil], NOW)).unwrap(), [pots]);
    assert!(bench.write(move |write| write.cluster_mark_mapped(&[pots], NOW)).unwrap().is_empty(), "once");
    assert_eq!(waiting(&mut bench), [soil]);
    let undo = ideas.clone();
    bench.write(move |write| write.idea_remove(&ideas, NOW)).unwrap();
    assert_eq!(waiting(&mut bench), [soil, pots]);
    bench.write(move |write| write.idea_restore(&undo, NOW)).unwrap();
    assert_eq!(waiting(&mut bench), [soil]);
    assert_eq!(bench.write(move |write| write.cluster_set_disabled(&[soil], true, NOW)).unwrap(), [soil]);
    cluster(&mut bench, sector, "Empty");
    assert!(waiting(&mut bench).is_empty(), "neither disabled nor without keywords");
}

#[test]
fn a_row_counts_what_is_in_it_and_a_brief_lists_it() {
    let (mut bench, sector) = bench();
    let [pots, soil] = two(&mut bench, sector);
    bench.write(move |write| write.idea_add_batch(SITE, &[idea(sector, Some(pots), "One")], NOW)).unwrap();
    bench
        .write(move |write| {
            let mut article = content(sector, "Pots");
            article.cluster = Some(pots);
            write.content_add(&article, NOW)
        })
        .unwrap();
    let row = bench.read(move |read| read.cluster(pots));
    assert_eq!((row.keyword_count, row.volume, row.idea_count, row.content_count), (2, Some(10), 1, 1));
    let empty = cluster(&mut bench, sector, "Empty");
    assert_eq!(bench.read(move |read| read.cluster(empty)).volume, None, "unknown, not 0");

    let briefs = bench.read(move |read| read.cluster_briefs(&[soil, pots], 1));
    assert_eq!(briefs.iter().map(|brief| brief.name.as_str()).collect::<Vec<_>>(), ["Soil", "Pots"]);
    assert_eq!(briefs.iter().map(|brief| brief.keywords[0].text.as_str()).collect::<Vec<_>>(), ["c", "a"]);
    assert_eq!(briefs[0].keywords.len(), 1, "at most as many as asked");
}

#[test]
fn a_restored_cluster_is_mapped_by_the_ideas_it_has_then() {
    let (mut bench, sector) = bench();
    let [pots, soil] = two(&mut bench, sector);
    let new = [idea(sector, Some(pots), "One"), idea(sector, Some(soil), "Two")];
    let ideas = bench.write(move |write| write.idea_add_batch(SITE, &new, NOW)).unwrap();
    let (of_pots, of_soil) = (ideas[0], ideas[1]);
    bench.write(move |write| write.cluster_mark_mapped(&[pots, soil], NOW)).unwrap();
    bench.write(move |write| write.idea_remove(&[of_soil], NOW)).unwrap();
    bench.write(move |write| write.cluster_remove(&[pots, soil], NOW)).unwrap();
    bench.write(move |write| write.idea_remove(&[of_pots], NOW)).unwrap();
    bench.write(move |write| write.idea_restore(&[of_soil], NOW)).unwrap();
    bench.write(move |write| write.cluster_restore(&[pots, soil], NOW)).unwrap();
    let statuses =
        bench.read(move |read| read.clusters(&[pots, soil])).into_iter().map(|row| row.status).collect::<Vec<_>>();
    assert_eq!(statuses, [ClusterStatus::New, ClusterStatus::Mapped]);
}
