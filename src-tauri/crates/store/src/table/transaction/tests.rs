//! The statement by pages and in sums.

use super::{PAGE, TransactionFilter, TransactionSums};
use crate::fixture::{
    Bench, NOW, lease_next, open_operation, operation_id, plan, release, request, settlement, spaced,
};
use crate::ledger::{Grant, Settlement};
use crate::{LedgerError, StoreError};
use igny8_core::function::AiFunction;
use igny8_core::id::TransferId;
use igny8_core::money::Credits;
use igny8_core::status::TransactionType::{self, Deduction, Grant as Granted, Lapse, Release};

/// 100 granted for November and 50 extra; an image for 5, a release, an article for 20; December granted.
fn worked() -> Bench {
    let mut bench = Bench::new();
    let done = bench.write(|write| {
        write.grant(&Grant::Monthly { month: "2026-11".to_owned() }, Credits::whole(100), NOW)?;
        let gift = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: "bonus".to_owned() };
        write.grant(&gift, Credits::whole(50), NOW)?;
        let operation = open_operation(write, 1, 3)?;
        for call in 1..=3 {
            let lease = lease_next(write)?;
            let open = write.hold(&request(call, operation, lease, Credits::whole(30)), NOW)?.spend();
            let article = Settlement { function: AiFunction::GenerateContent, ..settlement(Credits::whole(20)) };
            match call {
                1 => write.settle(&open, &settlement(Credits::whole(5)), NOW).map(drop)?,
                2 => write.release(&open, &release("timeout"), NOW)?,
                _ => write.settle(&open, &article, NOW).map(drop)?,
            }
        }
        write.grant(&Grant::Monthly { month: "2026-12".to_owned() }, Credits::whole(100), NOW.plus_ms(1))
    });
    assert_eq!(done, Ok::<_, LedgerError>(true));
    bench
}

fn lines(bench: &mut Bench, filter: TransactionFilter) -> Vec<(TransactionType, i64)> {
    let page = bench.read(move |read| read.transactions_page(&filter, None, 99));
    assert_eq!(page.rows.len(), page.total as usize);
    page.rows.iter().map(|row| (row.transaction_type, row.amount.0 / 1_000_000)).collect()
}

#[test]
fn the_statement_is_paged_newest_first() {
    let mut bench = worked();
    let all = lines(&mut bench, TransactionFilter::default());
    let expected =
        [(Granted, 100), (Lapse, -75), (Deduction, -20), (Release, 0), (Deduction, -5), (Granted, 50), (Granted, 100)];
    assert_eq!(all, expected);
    let (mut cursor, mut found) = (None, Vec::new());
    loop {
        let after: Option<String> = cursor.take();
        let page = bench.read(move |read| read.transactions_page(&TransactionFilter::default(), after.as_deref(), 2));
        found.extend(page.rows);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(found.len(), all.len());
    let balances: Vec<i64> = found.iter().map(|row| row.balance_after.0 / 1_000_000).collect();
    assert_eq!(balances, [150, 50, 125, 145, 145, 150, 100], "each line shows the balance right after it");
    let article = &found[2];
    assert_eq!((article.function, article.operation), (Some(AiFunction::GenerateContent), Some(operation_id(1))));
    assert_eq!((found[6].function, found[6].call, found[6].memo.as_str()), (None, None, "2026-11"));
}

#[test]
fn the_statement_is_narrowed_and_summed() {
    let mut bench = worked();
    let charges = TransactionFilter { types: vec![Deduction, Release], ..TransactionFilter::default() };
    assert_eq!(lines(&mut bench, charges), [(Deduction, -20), (Release, 0), (Deduction, -5)]);
    let images = TransactionFilter { functions: vec![AiFunction::GenerateImages], ..TransactionFilter::default() };
    assert_eq!(lines(&mut bench, images.clone()), [(Release, 0), (Deduction, -5)]);
    let sums = bench.read(move |read| read.transaction_sums(&images));
    assert_eq!(sums, TransactionSums { lines: 2, received: Credits::ZERO, spent: Credits::whole(5) });
    let all = bench.read(|read| read.transaction_sums(&TransactionFilter::default()));
    assert_eq!(all, TransactionSums { lines: 7, received: Credits::whole(250), spent: Credits::whole(100) });
    let posted = bench.read(|read| read.available());
    assert_eq!(all.received.minus(all.spent), posted, "the statement sums to the balance");
    let none = TransactionFilter { types: vec![TransactionType::Refusal], ..TransactionFilter::default() };
    assert_eq!(bench.read(move |read| read.transaction_sums(&none)), TransactionSums::default());
}

#[test]
fn a_cursor_of_another_list_is_refused() {
    let mut bench = worked();
    let page = |read: &crate::Read<'_>| {
        let stranger = format!("1:{}:9", operation_id(1));
        read.transactions_page(&TransactionFilter::default(), Some(&stranger), 9).map(drop)
    };
    assert_eq!(bench.try_read(page), Err(StoreError::BadQuery("cursor".to_owned())));
}

#[test]
fn a_clock_that_was_set_back_leaves_the_lines_in_their_order() {
    let mut bench = worked();
    let gift = Grant::Extra { id: TransferId(spaced(0x0E, 2)), memo: "later".to_owned() };
    bench.write(move |write| write.grant(&gift, Credits::whole(7), NOW.plus_ms(-3_600_000))).unwrap();
    let first = bench.read(|read| read.transactions_page(&TransactionFilter::default(), None, 1));
    assert_eq!(first.rows[0].memo, "later", "what was written last is the newest");
    let cursor = first.next_cursor.clone();
    let next = bench.read(move |read| read.transactions_page(&TransactionFilter::default(), cursor.as_deref(), 99));
    assert_eq!(next.rows.len() + 1, next.total as usize, "no line is passed over");
    assert_eq!(next.rows[0].balance_after.plus(first.rows[0].amount), first.rows[0].balance_after);
}

#[test]
fn pages_walk_the_lines_by_their_numbers() {
    let plan = plan(&mut Bench::new(), PAGE);
    assert!(plan.contains("USING INTEGER PRIMARY KEY") && !plan.contains("TEMP B-TREE"), "{plan}");
}
