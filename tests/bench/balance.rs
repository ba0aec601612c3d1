//! P7: the balance, through our own API and inside one read transaction, against the least that a statement can be.

use crate::machine::{block_on, timed};
use crate::report::Goal;
use igny8_core::money::Credits;
use igny8_store::ledger::Grant;
use igny8_store::{LedgerError, Store, StoreError};
use igny8_tests::errands;
use rusqlite::Connection;
use std::hint::black_box;
use std::time::Duration;

/// Times that the two take turns.
const ROUNDS: u32 = 500;
/// How often each is asked in a turn: one alone is shorter than a look at the clock.
const TURN: u32 = 500;
const BALANCE: Credits = Credits::whole(1_000);

pub fn measure() -> Vec<Goal> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::open(&folder.path().join("a.db"), None).expect("the store opens");
    let (balance, bare) = block_on(async {
        let granted = store.write(|w| {
            errands::prepare(w)?;
            w.grant(&Grant::Monthly { month: "2026-11".to_owned() }, BALANCE, errands::NOW).map(drop)
        });
        granted.await.map_err(|error: LedgerError| error).expect("a month can be granted");
        let path = store.path().to_owned();
        let read = store.read(move |r| {
            let conn = Connection::open(path)?;
            conn.execute_batch("begin")?;
            let mut statement = conn.prepare("select 1")?;
            let mut times = (Duration::ZERO, Duration::ZERO);
            for _ in 0..ROUNDS {
                let (found, time) = timed(|| (0..TURN).try_for_each(|_| black_box(r.available()).map(drop)));
                found?;
                times.0 += time;
                let (found, time) = timed(|| {
                    (0..TURN).try_for_each(|_| black_box(statement.query_row([], |row| row.get::<_, i64>(0))).map(drop))
                });
                found?;
                times.1 += time;
            }
            assert_eq!(r.available()?, BALANCE, "the balance is what was granted");
            Ok::<_, StoreError>(times)
        });
        read.await.expect("the balance can be read")
    });
    let each = |time: Duration| time.as_secs_f64() * 1e9 / f64::from(ROUNDS * TURN);
    let detail =
        format!("{ROUNDS} turns of {TURN}: balance {:.0} ns, bare statement {:.0} ns", each(balance), each(bare));
    let ratio = bare.as_secs_f64() / balance.as_secs_f64();
    vec![Goal::at_least("P7", "balances/s / bare statements/s in one read transaction", ratio, 1.0 / 12.0, detail)]
}
