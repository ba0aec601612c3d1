//! Who waits for room. A unit holds its worst case, and several are open at once, so that under a limit, or with a wallet,
//! that covers all of the work the next hold may still not fit: until those before it are resolved, which take less than
//! they held. Such a unit is not refused. Its operation is passed over until one of the calls in its way is resolved, and
//! then tried again; it is refused once it would not fit with none of them open.
//!
//! Whoever asks for what another unit's call asks for at the moment waits for that call as well, by itself and not with its
//! operation: once it is paid, its answer serves both.
//!
//! A unit that waits has no lease and takes no place of its provider's, for the calls in its way may need one to be asked
//! again. Nothing of this is written: a process that ends leaves a unit that is ready.

use crate::{Engine, EngineError};
use igny8_core::id::{CallId, JobId, OperationId};
use igny8_store::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Who waits.
#[derive(Default)]
pub(crate) struct Room {
    /// Operations, each with the calls in its way.
    waiting: Mutex<BTreeMap<OperationId, Vec<CallId>>>,
    /// Units, each with the call that asks for the same.
    beside: Mutex<BTreeMap<JobId, CallId>>,
}

impl Room {
    /// Lets an operation wait until one of these calls is resolved.
    pub fn wait_for(&self, operation: OperationId, in_the_way: Vec<CallId>) {
        lock(&self.waiting).insert(operation, in_the_way);
    }

    /// Lets a unit wait until this call of another one is resolved.
    pub fn wait_beside(&self, unit: JobId, call: CallId) {
        lock(&self.beside).insert(unit, call);
    }

    /// Lets all be tried again: there may be more to spend.
    pub fn try_again(&self) {
        lock(&self.waiting).clear();
    }
}

/// A poisoned lock only means that a thread ended while it held it; the map is still whole.
fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    /// Lets the runner look again: there may be more to spend than there was.
    pub(crate) fn make_room(&self) {
        self.room.try_again();
        self.wake.notify_one();
    }

    /// The operations that still wait for room. Others are forgotten: their turn has come.
    pub(crate) async fn waiting_for_room(&self) -> Result<Vec<OperationId>, EngineError> {
        let known = lock(&self.room.waiting).clone();
        if known.is_empty() {
            return Ok(Vec::new());
        }
        let waiting = self.store.read(move |r| {
            let mut waiting = Vec::new();
            for (operation, in_the_way) in known {
                if r.are_going(&in_the_way)? {
                    waiting.push(operation);
                }
            }
            Ok::<_, StoreError>(waiting)
        });
        let waiting = waiting.await?;
        lock(&self.room.waiting).retain(|operation, _| waiting.contains(operation));
        Ok(waiting)
    }

    /// The units that still wait for another one's call. Others are forgotten: their turn has come.
    pub(crate) async fn waiting_beside(&self) -> Result<BTreeSet<JobId>, EngineError> {
        let known = lock(&self.room.beside).clone();
        if known.is_empty() {
            return Ok(BTreeSet::new());
        }
        let waiting = self.store.read(move |r| {
            let mut waiting = BTreeSet::new();
            for (unit, call) in known {
                if r.are_going(&[call])? {
                    waiting.insert(unit);
                }
            }
            Ok::<_, StoreError>(waiting)
        });
        let waiting = waiting.await?;
        lock(&self.room.beside).retain(|unit, _| waiting.contains(unit));
        Ok(waiting)
    }
}
