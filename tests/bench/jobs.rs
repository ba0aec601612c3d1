//! P15: a unit claimed as the runner does it (found in the queue, leased in a commit) and finished in another, against two
//! raw syncs; and sixteen claimed together, as they are when as many connections are free.

use crate::machine::{mean_ms, timed};
use crate::raw::Raw;
use crate::report::Goal;
use igny8_store::ledger::Lease;
use igny8_store::table::job::ReadyUnit;
use igny8_store::{LedgerError, StoreError};
use igny8_tests::errands::{self, NOW};
use igny8_tests::stepped_store::SteppedStore;
use std::time::Duration;
use uuid::Uuid;

/// Units that are claimed and finished one by one, and before them those that prepare statements and let the log grow.
const ALONE: usize = 600;
const WARM_UP: usize = 100;
/// Times that sixteen are claimed together.
const ROUNDS: usize = 400;
/// Units at once.
const TOGETHER: usize = 16;
const THE_OPERATION: u64 = 1;
const PROCESS: Uuid = Uuid::from_u128(0xA1);

pub fn measure() -> Vec<Goal> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut store = SteppedStore::open(&folder.path().join("a.db")).expect("the store opens");
    let units = u32::try_from(ALONE + WARM_UP + ROUNDS * TOGETHER).expect("a number of units");
    let prepared = store.write(move |w| {
        errands::prepare(w)?;
        let model = errands::text_model(w)?;
        w.open_operation(&errands::operation(THE_OPERATION, units, model), NOW)
    });
    prepared.map_err(|error: StoreError| error).expect("units can be queued");
    let mut raw = Raw::new();
    let alone = one_by_one(&mut store, &mut raw);
    let together = sixteen_by_sixteen(&mut store, &mut raw);
    let (anchor, mean, each) = (mean_ms(raw.times()), mean_ms(&alone), mean_ms(&together) / TOGETHER as f64);
    vec![
        Goal::at_most(
            "P15",
            "a unit claimed and finished, mean / 2 raw 4 KiB writes and syncs, mean",
            mean / (2.0 * anchor),
            1.4,
            format!("{ALONE} units: mean {mean:.3} ms, raw {anchor:.3} ms"),
        ),
        Goal::at_most(
            "P15/16",
            "a unit claimed with 15 others, mean / raw 4 KiB write and sync, mean",
            each / anchor,
            0.3,
            format!("{ROUNDS} times {TOGETHER} units: {each:.3} ms each, raw {anchor:.3} ms"),
        ),
    ]
}

fn one_by_one(store: &mut SteppedStore, raw: &mut Raw) -> Vec<Duration> {
    let mut times = Vec::with_capacity(ALONE);
    for nth in 0..ALONE + WARM_UP {
        let (lease, claimed) = timed(|| {
            let unit = ready(store, 1).remove(0);
            store.write(move |w| w.lease(unit.job, PROCESS)).expect("it is free")
        });
        let (finished, ended) = timed(|| store.write(move |w| w.finish_unit(lease, NOW)));
        assert!(finished.map_err(|error: StoreError| error).expect("it can be finished"), "the lease is ours");
        if nth >= WARM_UP {
            times.push(claimed + ended);
            raw.write();
            raw.write();
        }
    }
    times
}

fn sixteen_by_sixteen(store: &mut SteppedStore, raw: &mut Raw) -> Vec<Duration> {
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let (leases, time) = timed(|| {
            let claims = ready(store, TOGETHER)
                .into_iter()
                .map(|unit| move |w: &mut igny8_store::Write<'_>| w.lease(unit.job, PROCESS));
            let claims = claims.collect();
            let leases = store.write_together(claims).into_iter().collect::<Result<Vec<Lease>, LedgerError>>();
            leases.expect("they are free")
        });
        assert_eq!(leases.len(), TOGETHER, "each is claimed");
        times.push(time);
        raw.write();
        for lease in leases {
            store.write(move |w| w.finish_unit(lease, NOW)).map_err(|error: StoreError| error).expect("it ends");
        }
    }
    times
}

/// The next units, as the runner finds them.
fn ready(store: &mut SteppedStore, count: usize) -> Vec<ReadyUnit> {
    store.read(move |r| r.ready_units(NOW, &[], count)).map_err(|error: StoreError| error).expect("they can be read")
}
