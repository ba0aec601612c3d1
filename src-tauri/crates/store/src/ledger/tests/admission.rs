//! Many workers after the last credits.

use super::extra;
use crate::fixture::{INSTANCE, NOW, open_operation, request, seed};
use crate::{LedgerError, Store, StoreError};
use igny8_core::id::JobId;
use igny8_core::money::Credits;

const WORKERS: u64 = 8;
const HOLDS_EACH: u64 = 50;
const BALANCE: i64 = 10_000;
const AMOUNT: i64 = 70;

#[test]
fn exactly_as_many_holds_are_admitted_as_the_balance_covers() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("igny8.db"), None).unwrap();
    let units = u32::try_from(WORKERS * HOLDS_EACH).unwrap();
    block_on(store.write(seed)).unwrap();
    block_on(store.write(|write| extra(write, 1, Credits::whole(BALANCE)))).unwrap();
    let operation = block_on(store.write(move |write| open_operation(write, 1, units))).unwrap();

    let hold = move |store: &Store, n: u64| {
        block_on(store.write(move |write| {
            let lease = write.lease(JobId(i64::try_from(n).unwrap()), INSTANCE)?;
            write.hold(&request(n, operation, lease, Credits::whole(AMOUNT)), NOW).map(drop)
        }))
    };
    let workers: Vec<_> = (0..WORKERS)
        .map(|worker| {
            let store = store.clone();
            std::thread::spawn(move || {
                let calls = (1..=HOLDS_EACH).map(|n| worker * HOLDS_EACH + n);
                calls.map(|n| hold(&store, n)).collect::<Vec<_>>()
            })
        })
        .collect();
    let outcomes: Vec<_> = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();

    let admitted = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(admitted, usize::try_from(BALANCE / AMOUNT).unwrap());
    let why = LedgerError::InsufficientCredits {
        needed: Credits::whole(AMOUNT),
        available: Credits::whole(BALANCE % AMOUNT),
    };
    assert!(outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).all(|error| *error == why), "{outcomes:?}");
    let (wallet, audit) = block_on(store.read(|read| Ok::<_, StoreError>((read.wallet()?, read.audit()?)))).unwrap();
    assert_eq!(wallet.available, Credits::whole(BALANCE % AMOUNT));
    assert!(audit.is_ok(), "{audit:?}");
}

fn block_on<F: Future>(work: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}
