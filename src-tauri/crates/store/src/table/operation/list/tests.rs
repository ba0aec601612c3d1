//! The task log by pages, and the units of one operation.

use super::{OPEN_OF_SITE, OperationFilter, PAGE, UnitRow};
use crate::fixture::{
    Bench, IMAGE, NOW, SITE, TEXT, lease_next, new_operation, operation_id, plan, release, request, settlement, spaced,
};
use crate::ledger::{Grant, Lease, Related, Release, Settlement};
use crate::table::operation::NewOperation;
use crate::{LedgerError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, SiteId, TransferId};
use igny8_core::model::Charge;
use igny8_core::money::{Credits, Usd};
use igny8_core::status::{OperationStatus, UnitState, UsageOutcome};
use igny8_core::time::UtcMs;

const OTHER_SITE: SiteId = SiteId(2);

/// Operations 1 to 6: pairs share an instant, functions alternate, the last two are of another site, 1 has ended.
fn six() -> Bench {
    let mut bench = Bench::new();
    let done = bench.write(|write| {
        let site = "insert into site (id, name, kind, created_at, updated_at) values (2, 'Attic', 'folder', 1, 1)";
        write.conn.execute_batch(site)?;
        for n in 1..=6_u64 {
            let function = if n % 2 == 0 { AiFunction::GenerateImages } else { AiFunction::GenerateContent };
            let site = if n > 4 { OTHER_SITE } else { SITE };
            let at = UtcMs(i64::try_from(n.div_ceil(2)).unwrap());
            write.open_operation(&NewOperation { site, ..new_operation(n, function, Vec::new()) }, at)?;
        }
        write.close_operation_if_final(operation_id(1), NOW)
    });
    assert!(done.unwrap().is_some());
    bench
}

/// Every page under a filter, as numbers of operations.
fn pages(bench: &mut Bench, filter: &OperationFilter, limit: u32) -> Vec<Vec<u64>> {
    let (mut cursor, mut pages) = (None, Vec::new());
    loop {
        let (filter, after) = (filter.clone(), cursor.take());
        let page = bench.read(move |read| read.operations_page(&filter, after.as_deref(), limit));
        pages.push(page.rows.iter().map(|row| number(row.id)).collect());
        match page.next_cursor {
            Some(next) => cursor = Some(next),
            None => return pages,
        }
    }
}

fn number(id: OperationId) -> u64 {
    (1..=9).find(|n| operation_id(*n) == id).unwrap()
}

#[test]
fn operations_are_paged_newest_first_without_repeating_a_row() {
    let mut bench = six();
    let all = OperationFilter::default();
    assert_eq!(pages(&mut bench, &all, 10), [vec![6, 5, 4, 3, 2, 1]]);
    assert_eq!(pages(&mut bench, &all, 1).concat(), [6, 5, 4, 3, 2, 1], "rows of one instant are told apart");
    assert_eq!(pages(&mut bench, &all, 4), [vec![6, 5, 4, 3], vec![2, 1]]);

    let first = bench.read(|read| read.operations_page(&OperationFilter::default(), None, 4));
    assert_eq!(first.total, 6);
    bench.write(|write| write.open_operation(&new_operation(7, AiFunction::AutoCluster, Vec::new()), NOW)).unwrap();
    let cursor = first.next_cursor.unwrap();
    let second = bench.read(move |read| read.operations_page(&OperationFilter::default(), Some(&cursor), 4));
    let numbers: Vec<u64> = second.rows.iter().map(|row| number(row.id)).collect();
    assert_eq!((numbers, second.total), (vec![2, 1], 6), "what happens meanwhile shifts nothing");
}

#[test]
fn operations_are_narrowed_by_site_function_and_state() {
    let mut bench = six();
    let all = OperationFilter::default();
    let site = OperationFilter { site: Some(SITE), ..all.clone() };
    assert_eq!(pages(&mut bench, &site, 3), [vec![4, 3, 2], vec![1]]);
    let images = OperationFilter { functions: vec![AiFunction::GenerateImages], ..site.clone() };
    assert_eq!(pages(&mut bench, &images, 9), [[4, 2]]);
    let two = vec![AiFunction::GenerateImages, AiFunction::GenerateContent];
    assert_eq!(pages(&mut bench, &OperationFilter { functions: two, ..all.clone() }, 9).concat().len(), 6);
    let ended = OperationFilter { statuses: vec![OperationStatus::Success], ..all.clone() };
    assert_eq!(pages(&mut bench, &ended, 9), [[1]]);
    assert_eq!(bench.read(move |read| read.operation_count(&ended)), 1);
    let failed = OperationFilter { statuses: vec![OperationStatus::Error], ..all };
    assert_eq!(pages(&mut bench, &failed, 9), [Vec::<u64>::new()]);
    let open = bench.read(|read| read.open_operations_of(SITE));
    assert_eq!(open.iter().map(|row| number(row.id)).collect::<Vec<_>>(), [2, 3, 4], "oldest first");
}

#[test]
fn pages_walk_the_time_index_and_open_ones_their_own() {
    let mut bench = Bench::new();
    let page = plan(&mut bench, PAGE);
    assert!(page.contains("USING INDEX operation_by_time") && !page.contains("TEMP B-TREE"), "{page}");
    let open = plan(&mut bench, OPEN_OF_SITE);
    assert!(open.contains("USING INDEX operation_open (site_id=?)"), "{open}");
}

/// Credits, and one row of each kind of item, all with id 1.
fn planned(write: &mut Write<'_>) -> Result<(), LedgerError> {
    let rows = "insert into sector (id, site_id, name, created_at) values (1, 1, 'Beds', 1);
        insert into cluster (id, site_id, sector_id, name, created_at, updated_at) values (1, 1, 1, 'Roses', 1, 1);
        insert into keyword (id, site_id, sector_id, text, key, created_at, updated_at)
          values (1, 1, 1, 'pruning roses', 'pruning roses', 1, 1);
        insert into idea (id, site_id, sector_id, title, content_type, content_structure, word_count_target, created_at,
            updated_at) values (1, 1, 1, 'Prune in March', 'post', 'guide', 900, 1, 1);
        insert into task (id, site_id, sector_id, idea_id, created_at, updated_at) values (1, 1, 1, 1, 1, 1);
        insert into content (id, site_id, sector_id, title, slug, content_type, content_structure, created_at, updated_at)
          values (1, 1, 1, 'How to prune', 'how-to-prune', 'post', 'guide', 1, 1);
        insert into image (id, site_id, content_id, image_type, position, prompt, created_at, updated_at)
          values (1, 1, 1, 'featured', 0, 'A rose', 1, 1);";
    write.conn.execute_batch(rows).map_err(crate::StoreError::from)?;
    let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: String::new() };
    write.grant(&gift, Credits::whole(100), NOW).map(drop)
}

fn units(bench: &mut Bench, n: u64) -> Vec<UnitRow> {
    bench.read(move |read| read.operation_units(operation_id(n)))
}

#[test]
fn a_unit_is_named_after_its_first_item() {
    let mut bench = Bench::new();
    bench.write(planned).unwrap();
    for (n, (function, name)) in (1..).zip([
        (AiFunction::AutoCluster, "pruning roses"),
        (AiFunction::GenerateIdeas, "Roses"),
        (AiFunction::GenerateContent, "Prune in March"),
        (AiFunction::GenerateImagePrompts, "How to prune"),
        (AiFunction::GenerateImages, "How to prune"),
    ]) {
        bench.write(move |write| write.open_operation(&new_operation(n, function, vec![vec![1, 2]]), NOW)).unwrap();
        let units = units(&mut bench, n);
        assert_eq!((units.len(), units[0].name.as_str(), units[0].items.as_slice()), (1, name, [1, 2].as_slice()));
        assert_eq!((units[0].state, units[0].outcome), (Some(UnitState::Ready), None));
        assert_eq!((units[0].credits, units[0].at), (Credits::ZERO, NOW));
    }
}

/// Holds, charges and records the next unit of operation 1 under the n-th call.
fn settle_next(write: &mut Write<'_>, call: u64, related: Related) -> Result<Lease, LedgerError> {
    let lease = lease_next(write)?;
    let open = write.hold(&request(call, operation_id(1), lease, Credits::whole(5)), NOW)?.spend();
    let charge = Charge { credits: Credits::whole(5), provider_cost: Usd(9) };
    write.settle(&open, &Settlement { related, charge, ..settlement(Credits::ZERO) }, NOW)?;
    Ok(lease)
}

#[test]
fn units_come_in_order_each_with_its_records() {
    let mut bench = Bench::new();
    let done = bench.write(|write| {
        planned(write)?;
        let units = vec![vec![1], vec![2], vec![3], vec![4], vec![5]];
        write.open_operation(&new_operation(1, AiFunction::GenerateImages, units), NOW)?;
        let first = settle_next(write, 1, Related::Image(1))?;
        write.finish_unit(first, NOW)?;
        // The second answer was malformed: one call released, a second one charged.
        let lease = lease_next(write)?;
        let open = write.hold(&request(2, operation_id(1), lease, Credits::whole(5)), NOW)?.spend();
        write.release(&open, &Release { related: Related::Image(2), ..release("answer_malformed") }, NOW)?;
        let open = write.hold(&request(3, operation_id(1), lease, Credits::whole(5)), NOW)?.spend();
        write.settle(&open, &Settlement { related: Related::Image(2), ..settlement(Credits::whole(5)) }, NOW)?;
        // The third and the fourth were refused before anything was sent.
        for related in [Related::Image(3), Related::None] {
            let lease = lease_next(write)?;
            write.refuse(operation_id(1), IMAGE, &Release { related, ..release("no_credits") }, NOW)?;
            write.fail_unit(lease, "no_credits", NOW)?;
        }
        Ok::<_, LedgerError>(())
    });
    assert_eq!(done, Ok(()));
    let shown: Vec<_> = units(&mut bench, 1).iter().map(|unit| (unit.ordinal, unit.state, unit.outcome)).collect();
    let (settled, released) = (Some(UsageOutcome::Settled), Some(UsageOutcome::Released));
    let expected = [
        (0, Some(UnitState::Done), settled),
        (1, Some(UnitState::Leased), released),
        (1, Some(UnitState::Leased), settled),
        (2, Some(UnitState::Failed), Some(UsageOutcome::Refused)),
        (3, Some(UnitState::Failed), Some(UsageOutcome::Refused)),
        (4, Some(UnitState::Ready), None),
    ];
    assert_eq!(shown, expected);
    let failed = &units(&mut bench, 1)[3];
    assert_eq!(
        (failed.error_code.as_str(), failed.related_type.as_str(), failed.related_id),
        ("no_credits", "image", 3)
    );
}

#[test]
fn how_far_an_answer_came_stands_with_the_unit_it_was_for_and_is_no_answer() {
    let mut bench = Bench::new();
    let kept = bench.write(|write| {
        planned(write)?;
        write.open_operation(&new_operation(1, AiFunction::GenerateImages, vec![vec![1], vec![2], vec![3]]), NOW)?;
        // The first is over; the second waits to be asked for once more.
        let lease = lease_next(write)?;
        let open = write.hold(&request(1, operation_id(1), lease, Credits::whole(5)), NOW)?.spend();
        write.release(&open, &release("cut_off"), NOW)?;
        write.keep_partial(&open, "half of the first")?;
        write.fail_unit(lease, "cut_off", NOW)?;
        let lease = lease_next(write)?;
        let open = write.hold(&request(2, operation_id(1), lease, Credits::whole(5)), NOW)?.spend();
        write.suspend(&open, "outcome_unknown", None, Usd(1), NOW)?;
        write.keep_partial(&open, "half of the second")?;
        write.keep_partial(&open, "the same once more")?;
        let hash = *open.request_hash();
        write.requeue_unit(lease, NOW)?;
        Ok::<_, LedgerError>(write.paid_answer(&hash)?)
    });
    assert_eq!(kept, Ok(None), "it answers nothing");
    let shown: Vec<String> = units(&mut bench, 1).into_iter().map(|unit| unit.partial).collect();
    assert_eq!(shown, ["half of the first", "half of the second", ""]);
}

#[test]
fn a_record_of_no_unit_comes_last() {
    let mut bench = Bench::new();
    let done = bench.write(|write| {
        planned(write)?;
        write.open_operation(&new_operation(1, AiFunction::AutoCluster, vec![vec![1]]), NOW)?;
        write.refuse(operation_id(1), TEXT, &Release { related: Related::None, ..release("no_credits") }, NOW)
    });
    assert_eq!(done, Ok(()));
    let units = units(&mut bench, 1);
    assert_eq!(units.len(), 2);
    let last = &units[1];
    assert_eq!((last.job, last.state, last.outcome), (None, None, Some(UsageOutcome::Refused)));
    assert_eq!((last.name.as_str(), last.items.as_slice()), ("", [].as_slice()));
}
