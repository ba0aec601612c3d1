//! Operations that an earlier process began and did not end. The window goes on with them by itself and shows them at
//! work. A command does what it was told and nothing else: its runner leaves them alone, with what is held for them, until
//! the same command, or the run, takes them up again, or somebody gives them up.

use crate::{Engine, EngineError};
use igny8_core::id::{OperationId, SiteId};
use igny8_store::table::operation::OperationRow;
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What this process leaves alone.
#[derive(Default)]
pub(crate) struct LeftAlone {
    operations: Mutex<BTreeSet<OperationId>>,
}

impl Engine {
    /// Leaves alone what is open now. To be called before the runner starts.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn leave_interrupted(&self) -> Result<(), EngineError> {
        let open = self.store.read(|r| r.open_operations()).await?;
        *self.left_alone.lock() = open.into_iter().map(|row| row.id).collect();
        Ok(())
    }

    /// What is left alone and still open, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn interrupted(&self) -> Result<Vec<OperationRow>, EngineError> {
        let open = self.store.read(|r| r.open_operations()).await?;
        let left = self.left_alone.lock();
        Ok(open.into_iter().filter(|row| left.contains(&row.id)).collect())
    }

    /// Goes on with an operation that was left alone.
    pub fn resume(&self, id: OperationId) {
        self.left_alone.lock().remove(&id);
        self.wake.notify_one();
    }

    /// Gives up every operation of a site that is open. What was made stays.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn give_up_open(&self, site: SiteId) -> Result<(), EngineError> {
        for row in self.store.read(move |r| r.open_operations_of(site)).await? {
            match self.cancel_operation(row.id).await {
                Ok(()) | Err(EngineError::WrongState(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// What the runner passes over.
    pub(crate) fn passed_over(&self) -> Vec<OperationId> {
        self.left_alone.lock().iter().copied().collect()
    }
}

impl LeftAlone {
    /// A poisoned lock only means that a thread ended while it held it; the set is still whole.
    fn lock(&self) -> MutexGuard<'_, BTreeSet<OperationId>> {
        self.operations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
