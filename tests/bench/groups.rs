//! P4: what group commit is worth. Durable holds a second with 32 callers waiting against one, in turn, through the
//! store's own threads.

use crate::machine::{block_on, mean_ms, timed_async};
use crate::raw::Raw;
use crate::report::Goal;
use igny8_core::id::ModelId;
use igny8_core::money::Credits;
use igny8_store::ledger::{Grant, Lease};
use igny8_store::{LedgerError, Store};
use igny8_tests::errands::{self, Call};
use std::time::Duration;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Times that one and many take turns.
const ROUNDS: usize = 25;
/// Holds of the one, in a round.
const ALONE: usize = 20;
/// Callers that wait together.
const WAITING: usize = 32;
/// Holds of each of them, in a round.
const EACH: usize = 10;
const UNITS: usize = ROUNDS * (ALONE + WAITING * EACH);
/// A raw sync that takes longer shows a slow disk, where group commit must be worth more.
const SLOW_MS: f64 = 1.0;
const THE_OPERATION: u64 = 1;
const PROCESS: Uuid = Uuid::from_u128(0xA1);

/// Units that are leased, and nothing held for them yet.
struct Waiting {
    store: Store,
    model: ModelId,
    leases: Vec<(Call, Lease)>,
}

pub fn measure() -> Vec<Goal> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::open(&folder.path().join("a.db"), None).expect("the store opens");
    let mut raw = Raw::new();
    let (alone, together) = block_on(async {
        let mut waiting = Waiting::in_file(store).await;
        // The first round prepares statements and is not counted.
        waiting.round().await;
        let mut times = (Duration::ZERO, Duration::ZERO);
        for _ in 1..ROUNDS {
            let (alone, together) = waiting.round().await;
            times = (times.0 + alone, times.1 + together);
            (0..ALONE).for_each(|_| raw.write());
        }
        times
    });
    let rate = |holds: usize, time: Duration| ((ROUNDS - 1) * holds) as f64 / time.as_secs_f64();
    let (one, many) = (rate(ALONE, alone), rate(WAITING * EACH, together));
    let sync_ms = mean_ms(raw.times());
    let bar = if sync_ms > SLOW_MS { 10.0 } else { 4.0 };
    let detail = format!("{many:.0} holds/s with {WAITING} waiting, {one:.0} with one; raw sync {sync_ms:.3} ms");
    vec![Goal::at_least("P4", "durable holds/s, 32 callers waiting / 1 waiting", many / one, bar, detail)]
}

impl Waiting {
    async fn in_file(store: Store) -> Self {
        let made = store.write(|w| {
            errands::prepare(w)?;
            let model = errands::text_model(w)?;
            let grant = Grant::Monthly { month: "2026-11".to_owned() };
            w.grant(&grant, Credits::whole(1_000_000_000), errands::NOW)?;
            let units = u32::try_from(UNITS).map_err(|_| LedgerError::OutOfRange)?;
            w.open_operation(&errands::operation(THE_OPERATION, units, model), errands::NOW)?;
            let ready = w.ready_units(errands::NOW, &[], UNITS)?;
            let leases = ready.into_iter().zip(1..).map(|(unit, call)| Ok((Call(call), w.lease(unit.job, PROCESS)?)));
            Ok::<_, LedgerError>((model, leases.collect::<Result<Vec<_>, LedgerError>>()?))
        });
        let (model, leases) = made.await.expect("units can be leased");
        assert_eq!(leases.len(), UNITS, "every hold has its unit");
        Self { store, model, leases }
    }

    /// One caller, then many, each waiting for its hold before it asks for the next.
    async fn round(&mut self) -> (Duration, Duration) {
        let (store, model) = (self.store.clone(), self.model);
        let ((), alone) = timed_async(hold_all(store, model, self.take(ALONE))).await;
        let callers: Vec<_> = (0..WAITING).map(|_| self.take(EACH)).collect();
        let together = async {
            let mut waiting = JoinSet::new();
            for leases in callers {
                waiting.spawn(hold_all(self.store.clone(), model, leases));
            }
            waiting.join_all().await;
        };
        (alone, timed_async(together).await.1)
    }

    fn take(&mut self, count: usize) -> Vec<(Call, Lease)> {
        self.leases.split_off(self.leases.len() - count)
    }
}

async fn hold_all(store: Store, model: ModelId, leases: Vec<(Call, Lease)>) {
    for (call, lease) in leases {
        let request = errands::hold(call, THE_OPERATION, lease, 1, model);
        let held = store.write_paid(move |w| w.hold(&request, errands::NOW).map(drop)).await;
        held.map_err(|error: LedgerError| error).expect("the wallet covers it");
    }
}
