//! P8: both audits of 100,000 transfers, with the statement, the usage rows, the calls and the caps that belong to them,
//! each against reading once what it goes through, every column of every row. The one that a start waits for recomputes every
//! balance and every sum from the transfers. The audit in full holds each row of nine tables against the others besides: to
//! read those takes several times as long as the transfers alone, so that it is held to three times that, and what it takes
//! against the transfers alone stands beside it.

use crate::machine::{block_on, median_ms, timed};
use crate::report::{Figure, Goal};
use igny8_core::money::Credits;
use igny8_store::ledger::Grant;
use igny8_store::{LedgerError, Read, Store, StoreError, Write};
use igny8_tests::errands::{self, Call};
use rusqlite::Connection;
use std::hint::black_box;
use std::time::Duration;
use uuid::Uuid;

/// Two transfers each: a hold and its settle.
const CALLS: u64 = 50_000;
/// Units of an operation, which are paid in one commit here.
const UNITS: u32 = 500;
/// Reading the transfers once, every column of every row.
const TRANSFERS: &str = "select * from transfer";
/// Reading what the audit in full holds row against row.
const ROWS: [&str; 9] = [
    TRANSFERS,
    "select * from call",
    "select * from attempt",
    "select * from usage_log",
    "select * from credit_transaction",
    "select * from call_cap",
    "select * from cap",
    "select * from job",
    "select * from operation",
];
/// An answer of a line: the answers are sealed, and nobody reads them to audit.
const ANSWER_BYTES: usize = 50;
/// How many times the reading an audit may take.
const BAR: f64 = 3.0;
/// Times that all take turns.
const ROUNDS: usize = 15;
const PROCESS: Uuid = Uuid::from_u128(0xA1);

/// What each of some audits took, and each of the two scans that go with it.
#[derive(Default)]
struct Turns {
    /// The sums, recomputed from the transfers.
    sums: Vec<Duration>,
    /// Each row against the others.
    full: Vec<Duration>,
    /// Every column of every transfer.
    scan: Vec<Duration>,
    /// Every column of every row that the audit in full holds against another.
    rows: Vec<Duration>,
}

pub fn measure() -> Vec<Goal> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::open(&folder.path().join("a.db"), None).expect("the store opens");
    let turns = block_on(async {
        let prepared = store.write(|w| {
            errands::prepare(w)?;
            let grant = Grant::Monthly { month: "2026-11".to_owned() };
            w.grant(&grant, Credits::whole(1_000_000_000), errands::NOW).map(drop)
        });
        prepared.await.map_err(|error: LedgerError| error).expect("a file can be prepared");
        for operation in 1..=CALLS / u64::from(UNITS) {
            store.write(move |w| pay(w, operation)).await.expect("calls can be paid");
        }
        let path = store.path().to_owned();
        store.read(move |r| take_turns(r, &Connection::open(path)?)).await.expect("the books can be read")
    });
    let [sums, full, scan, rows] = [&turns.sums, &turns.full, &turns.scan, &turns.rows].map(|times| median_ms(times));
    let of = format!("over {} transfers", 2 * CALLS + 1);
    let detail = format!("{ROUNDS} turns {of}: audit {sums:.1} ms, scan {scan:.1} ms");
    let in_full = format!("{ROUNDS} turns {of}: audit in full {full:.1} ms, scan {scan:.1} ms");
    let by_rows = format!("audit in full {full:.1} ms, reading {} tables {rows:.1} ms", ROWS.len());
    let metric = "audit that recomputes every sum from the transfers / reading all transfers once, medians";
    let metric_in_full = "audit in full / reading once what it compares, medians";
    let of_transfers =
        Figure { metric: "audit in full / reading all transfers once", ratio: full / scan, detail: in_full };
    vec![
        Goal::at_most("P8", metric, sums / scan, BAR, detail),
        Goal::at_most("P8/full", metric_in_full, full / rows, BAR, by_rows).with(vec![of_transfers]),
    ]
}

/// An operation whose units are all held for and settled.
fn pay(w: &mut Write<'_>, number: u64) -> Result<(), LedgerError> {
    let model = errands::text_model(w)?;
    w.open_operation(&errands::operation(number, UNITS, model), errands::NOW)?;
    for unit in w.ready_units(errands::NOW, &[], usize::MAX)? {
        let call = Call(number * u64::from(UNITS) + u64::from(unit.ordinal));
        let lease = w.lease(unit.job, PROCESS)?;
        let open = w.hold(&errands::hold(call, number, lease, 9, model), errands::NOW)?.spend();
        errands::settle(w, &open, call, 7, ANSWER_BYTES)?;
    }
    Ok(())
}

fn take_turns(r: &Read<'_>, conn: &Connection) -> Result<Turns, StoreError> {
    let mut turns = Turns::default();
    for _ in 0..ROUNDS {
        let (sums, time) = timed(|| r.audit());
        let sums = sums?;
        assert!(sums.is_ok(), "the books balance: {:?}", sums.findings);
        turns.sums.push(time);
        let (full, time) = timed(|| r.audit_in_full());
        let full = full?;
        assert!(full.is_ok(), "and each row agrees with the others: {:?}", full.findings);
        turns.full.push(time);
        let (read, time) = timed(|| read_all(conn, TRANSFERS));
        assert_eq!((read?, full.transfers), (sums.transfers, sums.transfers), "all read every transfer");
        turns.scan.push(time);
        let (read, time) = timed(|| ROWS.iter().map(|sql| read_all(conn, sql)).sum::<Result<i64, _>>());
        assert!(read? > sums.transfers, "there is more than transfers");
        turns.rows.push(time);
    }
    Ok(turns)
}

/// Reads every column of every row, and counts the rows.
fn read_all(conn: &Connection, sql: &'static str) -> rusqlite::Result<i64> {
    let mut scan = conn.prepare_cached(sql)?;
    let columns = scan.column_count();
    let (mut rows, mut count) = (scan.query([])?, 0);
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            black_box(row.get_ref(column)?);
        }
        count += 1;
    }
    Ok(count)
}
