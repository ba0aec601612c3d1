//! Who waits for room. A unit holds its worst case, and several are open at once, so that under a limit, or with a wallet,
//! that covers all of the work the next hold may still not fit: until those before it are resolved, which take less than
//! they held. Such a unit is not refused. Its operation is passed over until one of the calls in its way is resolved, and
//! then tried again; it is refused once it would not fit with none of them open.
//!
//! A unit that waits has no lease and takes no place of its provider's, for the calls in its way may need one to be asked
//! again. Nothing of this is written: a process that ends leaves a unit that is ready.

use crate::{Engine, EngineError};
use igny8_core::id::{CallId, OperationId};
use igny8_store::StoreError;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Operations that wait, each with the calls in its way.
#[derive(Default)]
pub(crate) struct Room {
    waiting: Mutex<BTreeMap<OperationId, Vec<CallId>>>,
}

impl Room {
    /// Lets an operation wait until one of these calls is resolved.
    pub fn wait_for(&self, operation: OperationId, in_the_way: Vec<CallId>) {
        self.lock().insert(operation, in_the_way);
    }

    /// Lets all be tried again: there may be more to spend.
    pub fn try_again(&self) {
        self.lock().clear();
    }

    /// A poisoned lock only means that a thread ended while it held it; the map is still whole.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<OperationId, Vec<CallId>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Lets the runner look again: there may be more to spend than there was.
    pub(crate) fn make_room(&self) {
        self.room.try_again();
        self.wake.notify_one();
    }

    /// The operations that still wait for room. Others are forgotten: their turn has come.
    pub(crate) async fn waiting_for_room(&self) -> Result<Vec<OperationId>, EngineError> {
        let known = self.room.lock().clone();
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
        self.room.lock().retain(|operation, _| waiting.contains(operation));
        Ok(waiting)
    }
}
