//! The widget's numbers against plain totals asked by somebody else.

use super::*;
use crate::fixture::{Bench, NOW, SITE};
use crate::table::sample::{SECTORS, at, content, keyword, plan};

/// The same numbers, each from a query of its own on another connection.
fn totals(bench: &Bench, since: i64) -> Completion {
    let outsider = bench.outsider();
    let count = |sql: &str| outsider.query_row(sql, [since], |row| row.get::<_, u32>(0)).unwrap();
    Completion {
        keywords: count("select count(*) from keyword where site_id = 1 and removed_at = 0 and created_at >= ?1"),
        keywords_mapped: count(
            "select count(*) from keyword where site_id = 1 and removed_at = 0 and created_at >= ?1 and cluster_id > 0",
        ),
        keywords_left_out: count(
            "select count(*) from keyword where site_id = 1 and removed_at = 0 and created_at >= ?1 and cluster_id is null
               and max(is_disabled, passed_over_at) > 0",
        ),
        clusters: count("select count(*) from cluster where site_id = 1 and removed_at = 0 and created_at >= ?1"),
        clusters_mapped: count(
            "select count(*) from cluster c where site_id = 1 and removed_at = 0 and created_at >= ?1
               and exists (select 1 from idea i where i.cluster_id = c.id and i.removed_at = 0)",
        ),
        ideas: count("select count(*) from idea where site_id = 1 and removed_at = 0 and created_at >= ?1"),
        ideas_queued: count(
            "select count(*) from idea where site_id = 1 and removed_at = 0 and created_at >= ?1 and status = 'queued'",
        ),
        ideas_completed: count(
            "select count(*) from idea where site_id = 1 and removed_at = 0 and created_at >= ?1 and status = 'completed'",
        ),
        tasks_queued: count(
            "select count(*) from task where site_id = 1 and removed_at = 0 and created_at >= ?1 and status = 'queued'",
        ),
        tasks_failed: count(
            "select count(*) from task where site_id = 1 and removed_at = 0 and created_at >= ?1 and status = 'failed'",
        ),
        contents: count("select count(*) from content where site_id = 1 and removed_at = 0 and created_at >= ?1"),
        drafts: count(
            "select count(*) from content where site_id = 1 and removed_at = 0 and created_at >= ?1 and status = 'draft'",
        ),
        review: count(
            "select count(*) from content where site_id = 1 and removed_at = 0 and created_at >= ?1 and status = 'review'",
        ),
        approved: count(
            "select count(*) from content where site_id = 1 and removed_at = 0 and created_at >= ?1
               and status = 'approved' and delivery in ('not_published', 'scheduled', 'publishing', 'failed')",
        ),
        on_the_way: count(
            "select count(*) from content where site_id = 1 and removed_at = 0 and created_at >= ?1
               and status = 'approved' and delivery in ('scheduled', 'publishing')",
        ),
        published: count(
            "select count(*) from content where site_id = 1 and removed_at = 0 and created_at >= ?1
               and delivery = 'published'",
        ),
        images: count("select count(*) from image where site_id = 1 and removed_at = 0 and created_at >= ?1"),
        images_generated: count(
            "select count(*) from image where site_id = 1 and removed_at = 0 and created_at >= ?1 and media_hash <> ''",
        ),
        images_failed: count(
            "select count(*) from image where site_id = 1 and removed_at = 0 and created_at >= ?1 and status = 'failed'",
        ),
        credits_used: Credits::ZERO,
    }
}

#[test]
fn the_numbers_are_the_totals_of_the_rows() {
    let mut bench = plan();
    let whole = bench.read(|read| read.completion(SITE, None));
    assert_eq!(whole, totals(&bench, 0));
    for part in [whole.keywords_mapped, whole.clusters_mapped, whole.ideas_queued, whole.tasks_failed, whole.drafts] {
        assert!(part > 0, "the plan has some of each: {whole:?}");
    }
    for part in [whole.review, whole.approved, whole.published, whole.images_generated, whole.images_failed] {
        assert!(part > 0, "the plan has some of each: {whole:?}");
    }
    assert_eq!(whole.drafts + whole.review + whole.approved + whole.published, whole.contents);
    assert_eq!(bench.read(|read| read.completion(SITE, Some(UtcMs(0)))), whole, "since ever is everything");
    for since in (0..8).map(at) {
        let part = bench.read(move |read| read.completion(SITE, Some(since)));
        assert_eq!(part, totals(&bench, since.0), "{since:?}");
    }
    let late = bench.read(|read| read.completion(SITE, Some(NOW.plus_ms(1))));
    assert_eq!(late, Completion::default());
}

#[test]
fn a_sector_never_narrows_it_and_what_is_removed_does_not_count() {
    let mut bench = plan();
    let before = bench.read(|read| read.completion(SITE, None));
    bench
        .write(|write| {
            for sector in SECTORS {
                write.keyword_add_batch(SITE, sector, &[keyword("extra", None)], "", NOW)?;
                let id = write.content_add(&content(sector, "Extra"), NOW)?;
                write.content_remove(&[id], NOW)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let after = bench.read(|read| read.completion(SITE, None));
    assert_eq!(after, Completion { keywords: before.keywords + 2, ..before });
    assert_eq!(bench.read(|read| read.completion(SiteId(99), None)), Completion::default(), "another site has its own");
}

#[test]
fn everything_is_counted_on_indexes_alone() {
    let bench = plan();
    let outsider = bench.outsider();
    let mut statement = outsider.prepare(&["explain query plan ", OF_ALL].concat()).unwrap();
    let plan: Vec<String> =
        statement.query_map([1], |row| row.get("detail")).unwrap().collect::<Result<_, _>>().unwrap();
    for table in ["keyword", "cluster", "idea", "task", "content", "image", "usage_log"] {
        let step = plan.iter().find(|line| line.starts_with(&format!("SEARCH {table} USING COVERING INDEX")));
        assert!(step.is_some(), "{table}: {plan:#?}");
    }
}
