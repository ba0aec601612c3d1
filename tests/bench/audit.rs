//! P8: the audit that every start waits for, of 100,000 transfers, with the statement, the usage rows, the calls and the
//! caps that belong to them, against reading the transfers once, every column of every row. The audit in full, which
//! nobody waits for at a start, is not held to it.

use crate::machine::{block_on, median_ms, timed};
use crate::report::Goal;
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
/// Times that the two take turns.
const ROUNDS: usize = 15;
const PROCESS: Uuid = Uuid::from_u128(0xA1);

pub fn measure() -> Vec<Goal> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::open(&folder.path().join("a.db"), None).expect("the store opens");
    let (audits, scans) = block_on(async {
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
    let (audit, scan) = (median_ms(&audits), median_ms(&scans));
    let detail = format!("{ROUNDS} turns over {} transfers: audit {audit:.1} ms, scan {scan:.1} ms", 2 * CALLS + 1);
    vec![Goal::at_most("P8", "audit at a start / reading all transfers once, medians", audit / scan, 3.0, detail)]
}

/// An operation whose units are all held for and settled.
fn pay(w: &mut Write<'_>, number: u64) -> Result<(), LedgerError> {
    let model = errands::text_model(w)?;
    w.open_operation(&errands::operation(number, UNITS, model), errands::NOW)?;
    for unit in w.ready_units(errands::NOW, &[], usize::MAX)? {
        let call = Call(number * u64::from(UNITS) + u64::from(unit.ordinal));
        let lease = w.lease(unit.job, PROCESS)?;
        let open = w.hold(&errands::hold(call, number, lease, 9, model), errands::NOW)?.spend();
        w.settle(&open, &errands::settlement(call, unit.ordinal, 7), errands::NOW)?;
        w.finish_unit(lease, errands::NOW)?;
    }
    Ok(())
}

fn take_turns(r: &Read<'_>, conn: &Connection) -> Result<(Vec<Duration>, Vec<Duration>), StoreError> {
    let mut scan = conn.prepare("select * from transfer")?;
    let (columns, mut audits, mut scans) = (scan.column_count(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (audit, time) = timed(|| r.audit());
        let audit = audit?;
        assert!(audit.is_ok(), "the books balance: {:?}", audit.findings);
        audits.push(time);
        let (rows, time) = timed(|| {
            let (mut rows, mut count) = (scan.query([])?, 0);
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    black_box(row.get_ref(column)?);
                }
                count += 1;
            }
            Ok::<_, rusqlite::Error>(count)
        });
        assert_eq!(rows?, audit.transfers, "both read every transfer");
        scans.push(time);
    }
    Ok((audits, scans))
}
