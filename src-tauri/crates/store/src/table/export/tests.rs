//! Files of one moment, stretch by stretch.

use super::Mark;
use crate::LedgerError;
use crate::fixture::{Bench, lease_next, open_operation, plan, request};
use crate::table::usage::sample::consumed;
use igny8_core::journal::{Account, Balances, Entry, Movement};
use igny8_core::money::{Credits, Usd};
use igny8_core::status::TransactionType;
use igny8_core::time::UtcMs;

fn entries(bench: &mut Bench) -> Vec<Entry> {
    let mark = bench.read(|read| read.export_mark());
    bench.read(move |read| read.export_transfers(0, &mark))
}

/// Keeps credits back for a call that nothing resolves.
fn hold_open(bench: &mut Bench) {
    let held = bench.write(|write| {
        let operation = open_operation(write, 99, 1)?;
        let lease = lease_next(write)?;
        write.hold(&request(99, operation, lease, Credits::whole(8)), UtcMs(9_500)).map(|held| drop(held.spend()))
    });
    assert_eq!(held, Ok::<_, LedgerError>(()));
}

#[test]
fn every_transfer_becomes_one_entry_with_what_surrounds_it() {
    let mut bench = consumed();
    hold_open(&mut bench);
    let entries = entries(&mut bench);
    let count: i64 = bench.outsider().query_row("select count(*) from transfer", [], |row| row.get(0)).unwrap();
    assert_eq!(entries.len(), usize::try_from(count).unwrap());
    let gift = Movement::Post { from: Account::Extra, to: Account::Wallet, amount: Credits::whole(100_000) };
    assert_eq!((entries[0].movement, entries[0].memo.as_str()), (gift, "gift"));
    assert_eq!(entries[1].movement, Movement::Hold { amount: Credits::whole(50), is_open: false });
    let settle = &entries[2];
    assert_eq!(settle.movement, Movement::Settle { held: Credits::whole(50), amount: Credits::whole(3) });
    assert_eq!((settle.site.as_str(), settle.cost, settle.call.len()), ("Garden", Some(Usd(30_000_000)), 32));
    let last = entries.last().unwrap();
    assert_eq!(last.movement, Movement::Hold { amount: Credits::whole(8), is_open: true });
}

#[test]
fn a_mark_stays_a_mark_while_the_books_go_on() {
    let mut bench = consumed();
    hold_open(&mut bench);
    let mark = bench.read(|read| read.export_mark());
    let wallet = bench.read(|read| read.wallet());
    let expected = Balances { available: wallet.available, held: wallet.held, used: wallet.used };
    assert_eq!((mark.balances, wallet.held), (expected, Credits::whole(8)));
    let resolve = "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
        select zeroblob(16), 'release', debit_id, credit_id, 0, id, call_id, 9600 from transfer order by seq desc limit 1";
    bench.outsider().execute_batch(resolve).unwrap();
    let entries = bench.read(move |read| read.export_transfers(0, &mark));
    let last = entries.last().unwrap().movement;
    assert_eq!(last, Movement::Hold { amount: Credits::whole(8), is_open: true }, "it was open then");
}

#[test]
fn the_statement_and_the_records_are_whole_and_in_order() {
    let mut bench = consumed();
    let mark = bench.read(|read| read.export_mark());
    let lines = bench.read(move |read| read.export_statement(0, &mark));
    assert_eq!(lines.len(), 11, "a grant and ten units");
    assert!(lines.windows(2).all(|pair| pair[0].id < pair[1].id), "oldest first");
    assert_eq!(lines[0].transaction_type, TransactionType::Grant);
    let net: i64 = lines.iter().map(|line| line.amount.0).sum();
    assert_eq!(lines.last().unwrap().balance_after.0, net);
    let records = bench.read(move |read| read.export_usage(0, &mark));
    assert_eq!(records.len(), 10);
    let article = &records[1];
    assert_eq!(
        (article.title.as_str(), article.site.as_str(), article.request_id.as_str()),
        ("Raised beds", "Garden", "req_2")
    );
    assert_eq!((article.provider.as_str(), article.model.as_str(), article.attempts), ("openai", "writer", 1));
    assert_eq!((records[0].content, records[3].lost_cost), (None, Usd(10_000_000)));
    assert!(bench.read(move |read| read.export_usage(10, &mark)).is_empty());
    let none = Mark { record: 0, ..mark };
    assert!(bench.read(move |read| read.export_usage(0, &none)).is_empty(), "nothing after the mark");
}

#[test]
fn stretches_are_found_by_their_numbers() {
    let mut bench = Bench::new();
    let transfers = plan(&mut bench, super::transfer::TRANSFERS);
    assert!(transfers.contains("SEARCH t USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"), "{transfers}");
    assert!(!transfers.contains("SCAN t") && !transfers.contains("TEMP B-TREE"), "{transfers}");
    let usage = plan(&mut bench, super::usage::RECORDS);
    assert!(usage.contains("USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"), "{usage}");
    let statement = plan(&mut bench, super::statement::LINES);
    assert!(statement.contains("USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"), "{statement}");
    let receipts = plan(&mut bench, super::receipt::LINES);
    assert!(receipts.contains("SEARCH f USING PRIMARY KEY") && !receipts.contains("TEMP B-TREE"), "{receipts}");
}
