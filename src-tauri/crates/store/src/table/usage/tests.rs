//! What an article and a site consumed.

use super::{CallsLately, LATELY, OF_CONTENT, UsageSums};
use crate::LedgerError;
use crate::fixture::{
    Bench, IMAGE, NOW, SITE, TEXT, lease_next, new_operation, open_operation, plan, release, request, settlement,
    spaced,
};
use crate::ledger::{Grant, HoldRequest, Related, Release, Settlement};
use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, SiteId, TransferId};
use igny8_core::money::{Credits, Usd};

/// Two articles, each with a task and two images, the first one's second image removed.
const ROWS: &str = "insert into site (id, name, kind, created_at, updated_at) values (2, 'Attic', 'folder', 1, 1);
    insert into sector (id, site_id, name, created_at) values (1, 1, 'Beds', 1);
    insert into task (id, site_id, sector_id, created_at, updated_at) values (21, 1, 1, 1, 1), (22, 1, 1, 1, 1);
    insert into content (id, site_id, sector_id, task_id, title, slug, content_type, content_structure, created_at,
        updated_at)
      values (1, 1, 1, 21, 'A', 'a', 'post', 'guide', 1, 1), (2, 1, 1, 22, 'B', 'b', 'post', 'guide', 1, 1);
    insert into image (id, site_id, content_id, image_type, position, prompt, removed_at, created_at, updated_at)
      values (31, 1, 1, 'featured', 0, 'x', 0, 1, 1), (32, 1, 1, 'in_article', 1, 'x', 5, 1, 1),
             (33, 1, 2, 'featured', 0, 'x', 0, 1, 1);";

/// One unit for each of these, at a whole number of credits and a cent of value each, one an instant from `NOW` on.
const UNITS: [(Related, i64); 7] = [
    (Related::Task(21), 1),
    (Related::Content(1), 2),
    (Related::Image(31), 4),
    (Related::Image(32), 8),
    (Related::Task(22), 16),
    (Related::Content(2), 32),
    (Related::Image(33), 64),
];

fn consumed() -> Bench {
    let mut bench = Bench::new();
    let done = bench.write(|write| {
        write.conn.execute_batch(ROWS).map_err(crate::StoreError::from)?;
        let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: String::new() };
        write.grant(&gift, Credits::whole(1_000), NOW)?;
        let operation = open_operation(write, 1, 8)?;
        for (call, (related, credits)) in (1..).zip(UNITS) {
            let lease = lease_next(write)?;
            let open = write.hold(&request(call, operation, lease, Credits::whole(100)), NOW)?.spend();
            let done = Settlement { related, ..settlement(Credits::whole(credits)) };
            write.settle(&open, &done, NOW.plus_ms(i64::try_from(call).unwrap()))?;
        }
        let lease = lease_next(write)?;
        let open = write.hold(&request(99, operation, lease, Credits::whole(100)), NOW)?.spend();
        let lost = Release { related: Related::Image(31), ..release("timeout") };
        write.release(&open, &lost, NOW.plus_ms(8))?;
        write.refuse(operation, IMAGE, &Release { related: Related::Task(21), ..release("no_credits") }, NOW.plus_ms(9))
    });
    assert_eq!(done, Ok::<_, LedgerError>(()));
    bench
}

#[test]
fn an_article_consumed_its_writing_its_prompts_and_its_images() {
    let mut bench = consumed();
    let first = bench.read(|read| read.content_usage(ContentId(1)));
    let expected = UsageSums {
        // Four results, one attempt the vendor billed with a cent, one refusal.
        records: 6,
        credits: Credits::whole(1 + 2 + 4 + 8),
        cost: Usd(4 * 40_000_000 + 10_000_000),
        credit_value: Usd(150_000_000),
    };
    assert_eq!(first, expected);
    let second = bench.read(|read| read.content_usage(ContentId(2)));
    assert_eq!((second.records, second.credits), (3, Credits::whole(16 + 32 + 64)));
    assert_eq!(bench.read(|read| read.content_usage(ContentId(9))), UsageSums::default());
}

#[test]
fn a_site_consumed_what_happened_since() {
    let mut bench = consumed();
    let all = bench.read(|read| read.site_usage(SITE, igny8_core::time::UtcMs(0)));
    assert_eq!((all.records, all.credits), (9, Credits::whole(127)));
    let late = bench.read(|read| read.site_usage(SITE, NOW.plus_ms(7)));
    assert_eq!((late.records, late.credits), (3, Credits::whole(64)), "from that instant on");
    assert_eq!(bench.read(|read| read.site_usage(SiteId(2), NOW)), UsageSums::default());
    assert_eq!(all.credits, bench.read(|read| read.wallet()).used, "the pages agree");
}

#[test]
fn the_latest_calls_are_told_apart_by_how_many_items_they_carried() {
    let mut bench = Bench::new();
    let done = bench.write(|write| {
        let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: String::new() };
        write.grant(&gift, Credits::whole(1_000), NOW)?;
        for (n, (items, credits)) in (1..).zip([(40, 9), (2, 1), (40, 11), (2, 2)]) {
            let units = vec![(1..=items).collect()];
            let new = new_operation(n, AiFunction::GenerateIdeas, units);
            write.open_operation(&new, NOW)?;
            let lease = lease_next(write)?;
            let open =
                write.hold(&HoldRequest { model: TEXT, ..request(n, new.id, lease, Credits::whole(100)) }, NOW)?;
            let open = open.spend();
            let done = Settlement { function: AiFunction::GenerateIdeas, ..settlement(Credits::whole(credits)) };
            write.settle(&open, &done, NOW)?;
        }
        Ok(())
    });
    assert_eq!(done, Ok::<_, LedgerError>(()));
    let lately = bench.read(|read| read.usage_lately(AiFunction::GenerateIdeas, TEXT));
    let of = |items, calls, credits| CallsLately {
        items,
        calls,
        credits: Credits::whole(credits),
        cost: Usd(i64::from(calls) * 40_000_000),
    };
    assert_eq!(lately, [of(2, 2, 3), of(40, 2, 20)]);
    assert_eq!(bench.read(|read| read.usage_lately(AiFunction::AutoCluster, TEXT)), [], "only its own");
}

#[test]
fn the_latest_calls_are_found_by_their_index() {
    let plan = plan(&mut Bench::new(), LATELY);
    assert!(plan.contains("usage_log USING INDEX usage_by_kind"), "{plan}");
}

#[test]
fn an_articles_records_are_found_by_their_index() {
    let plan = plan(&mut Bench::new(), OF_CONTENT);
    assert!(plan.contains("SEARCH u USING INDEX usage_by_related (related_type=? AND related_id=?)"), "{plan}");
}
