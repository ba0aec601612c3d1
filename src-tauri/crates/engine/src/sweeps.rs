//! Cancelled operations that have very many units. Whoever cancels is answered at once: the operation is marked, and the
//! mark keeps the runner from its units. Their rows follow here, slice by slice, each a commit of its own that waits for
//! what is more urgent. A process that ends in between leaves the rest to the next start.

use crate::operation::close_if_final;
use crate::{Engine, EngineError};
use igny8_core::id::OperationId;
use igny8_store::StoreError;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Operations that are cancelled and not at their end.
#[derive(Default)]
pub(crate) struct Sweeps(Mutex<BTreeSet<OperationId>>);

impl Sweeps {
    /// Has what is left of operations cancelled.
    pub fn want(&self, operations: impl IntoIterator<Item = OperationId>) {
        self.lock().extend(operations);
    }

    /// Those whose units are being cancelled.
    pub fn all(&self) -> BTreeSet<OperationId> {
        self.lock().clone()
    }

    /// A poisoned lock only means that a thread ended while it held it; the set is still whole.
    fn lock(&self) -> MutexGuard<'_, BTreeSet<OperationId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// Cancels the units of cancelled operations that still wait, and closes those that have nothing at work.
    ///
    /// # Errors
    /// When the file fails; what was not cancelled is at the next call.
    pub async fn sweep_cancelled(&self) -> Result<(), EngineError> {
        for id in self.sweeps.all() {
            let mut has_more = true;
            while has_more {
                let now = self.clock.now();
                let swept = self.store.write_slice(move |w| {
                    let has_more = w.cancel_more_units(id, now)?;
                    if !has_more {
                        close_if_final(w, id, now)?;
                    }
                    Ok::<_, StoreError>(has_more)
                });
                has_more = swept.await?;
            }
            self.sweeps.lock().remove(&id);
        }
        Ok(())
    }
}
