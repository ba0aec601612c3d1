//! Many workers after the last credits, and many that post the same ones: through one store, whose writer takes them one after the other, and through a
//! connection each, where nothing stands between them but the file's own rules.

use super::extra;
use crate::fixture::{INSTANCE, NOW, open_operation, request, seed};
use crate::ledger::StandingLimit;
use crate::{LedgerError, Store, StoreError};
use igny8_core::id::JobId;
use igny8_core::money::Credits;
use igny8_core::status::CapScope;
use std::io::Write as _;
use tempfile::TempDir;

const WORKERS: u64 = 8;
const HOLDS_EACH: u64 = 50;
const BALANCE: i64 = 10_000;
const AMOUNT: i64 = 70;
/// A limit below the balance: then it decides.
const LIMIT: i64 = 5_000;

/// What was answered, and the file it was answered from.
struct Race {
    outcomes: Vec<Result<(), LedgerError>>,
    store: Store,
    _folder: TempDir,
}

impl Race {
    /// Every worker asks for its holds, all at once. With `apart`, each has a connection of its own.
    fn run(apart: bool, limit: Option<Credits>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("igny8.db");
        let store = Store::open(&path, None).unwrap();
        let units = u32::try_from(WORKERS * HOLDS_EACH).unwrap();
        block_on(store.write(seed)).unwrap();
        block_on(store.write(|write| extra(write, 1, Credits::whole(BALANCE)))).unwrap();
        let operation = block_on(store.write(move |write| open_operation(write, 1, units))).unwrap();
        block_on(store.write(move |write| write.set_limit(StandingLimit::Day, limit))).unwrap();

        let hold = move |store: &Store, n: u64| {
            block_on(store.write(move |write| {
                let lease = write.lease(JobId(i64::try_from(n).unwrap()), INSTANCE)?;
                write.hold(&request(n, operation, lease, Credits::whole(AMOUNT)), NOW).map(drop)
            }))
        };
        let workers: Vec<_> = (0..WORKERS)
            .map(|worker| {
                let store = if apart { Store::open(&path, None).unwrap() } else { store.clone() };
                std::thread::spawn(move || {
                    let calls = (1..=HOLDS_EACH).map(|n| worker * HOLDS_EACH + n);
                    calls.map(|n| patiently(|| hold(&store, n))).collect::<Vec<_>>()
                })
            })
            .collect();
        let outcomes = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
        Self { outcomes, store, _folder: folder }
    }

    /// As many as `covered` buys were let in, and the books say the same.
    fn assert_admitted(&self, covered: i64, why: &LedgerError) {
        let admitted = self.outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(admitted, usize::try_from(covered / AMOUNT).unwrap());
        let refused = self.outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        assert!(refused.clone().all(|error| error == why), "{:?}", self.outcomes);
        let read = self.store.read(|read| Ok::<_, StoreError>((read.wallet()?, read.audit()?)));
        let (wallet, audit) = block_on(read).unwrap();
        let held = Credits::whole(covered / AMOUNT * AMOUNT);
        assert_eq!((wallet.held, wallet.available), (held, Credits::whole(BALANCE).minus(held)));
        assert!(audit.is_ok(), "{audit:?}");
        let broken: i64 = rusqlite::Connection::open(self.store.path())
            .unwrap()
            .query_row(
                "select (select count(*) from account where no_overdraft = 1
                   and debits_posted + debits_pending > credits_posted)
                   + (select count(*) from cap where used + held > ceiling)",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(broken, 0, "no account and no cap is overdrawn");
        writeln!(std::io::stderr(), "race: {} holds asked for, {admitted} admitted", self.outcomes.len()).unwrap();
    }
}

/// Another connection may keep the file for longer than one waits for it; then it is asked again.
fn patiently<T>(ask: impl Fn() -> Result<T, LedgerError>) -> Result<T, LedgerError> {
    loop {
        match ask() {
            Err(LedgerError::Store(StoreError::Busy)) => {}
            outcome => return outcome,
        }
    }
}

fn too_poor() -> LedgerError {
    LedgerError::InsufficientCredits { needed: Credits::whole(AMOUNT), available: Credits::whole(BALANCE % AMOUNT) }
}

#[test]
fn exactly_as_many_holds_are_admitted_as_the_balance_covers() {
    Race::run(false, None).assert_admitted(BALANCE, &too_poor());
}

#[test]
fn eight_connections_are_admitted_exactly_as_the_balance_covers() {
    Race::run(true, None).assert_admitted(BALANCE, &too_poor());
}

#[test]
fn eight_connections_are_admitted_exactly_as_a_limit_covers() {
    let capped = LedgerError::CapReached {
        scope: CapScope::Day,
        needed: Credits::whole(AMOUNT),
        left: Credits::whole(LIMIT % AMOUNT),
    };
    Race::run(true, Some(Credits::whole(LIMIT))).assert_admitted(LIMIT, &capped);
}

#[test]
fn eight_connections_that_post_one_grant_post_it_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("igny8.db");
    let store = Store::open(&path, None).unwrap();
    let post = |store: &Store, n| block_on(store.write(move |write| extra(write, n, Credits::whole(BALANCE))));
    let workers: Vec<_> = (0..WORKERS)
        .map(|_| {
            let store = Store::open(&path, None).unwrap();
            std::thread::spawn(move || (1..=HOLDS_EACH).map(|n| patiently(|| post(&store, n))).collect::<Vec<_>>())
        })
        .collect();
    let outcomes: Vec<_> = workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect();
    let posted = outcomes.iter().filter(|outcome| **outcome == Ok(true)).count();
    let known = outcomes.iter().filter(|outcome| **outcome == Ok(false)).count();
    let grants = usize::try_from(HOLDS_EACH).unwrap();
    assert_eq!((posted, posted + known), (grants, outcomes.len()), "each by one of them, and known to the others");
    let read = store.read(|read| Ok::<_, StoreError>((read.wallet()?, read.audit()?)));
    let (wallet, audit) = block_on(read).unwrap();
    assert_eq!(wallet.available, Credits::whole(i64::try_from(HOLDS_EACH).unwrap() * BALANCE));
    assert!(audit.is_ok(), "{audit:?}");
}

fn block_on<F: Future>(work: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}
