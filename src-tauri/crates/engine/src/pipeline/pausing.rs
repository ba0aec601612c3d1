//! Letting a run stand still. A pause is written in the run's row and, as the mark that keeps the runner from their units,
//! on its work, in one commit: what is at hand then is finished and stored, and nothing further is begun. Whoever carries
//! the run out lets go of it once nothing of it is at work. A pause outlives its process; only a person's word ends it.

use crate::{Engine, EngineError};
use igny8_core::id::{OperationId, RunId, SiteId};
use igny8_core::status::OperationStatus;
use igny8_store::StoreError;
use igny8_store::table::operation::OperationRow;

impl Engine {
    /// Pauses the run of a site after the units at hand. One that is paused stays so; one that was interrupted waits from
    /// then on for a person, whatever the site's switch says.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when no run is open.
    pub async fn pause_pipeline(&self, site: SiteId) -> Result<(), EngineError> {
        let mut changes = self.store.changes();
        loop {
            if let Some(run) = self.store.read(move |r| r.open_run(site)).await? {
                let now = self.clock.now();
                self.store.write(move |w| w.pause_run(run.id, "", now)).await?;
                return Ok(());
            }
            if !self.is_driving(site) {
                return Err(EngineError::WrongState("pipeline"));
            }
            // It is about to get its row. Nothing is answered before the pause stands in it.
            drop(changes.recv().await);
        }
    }

    /// Refuses to go on with a run that was cancelled or paused.
    pub(super) async fn check_goes_on(&self, site: SiteId, run: RunId) -> Result<(), EngineError> {
        self.check_not_cancelled(site)?;
        let row = self.store.read(move |r| r.run(run)).await?;
        if row.paused_at.0 > 0 { Err(EngineError::Paused) } else { Ok(()) }
    }

    pub(super) fn check_not_cancelled(&self, site: SiteId) -> Result<(), EngineError> {
        let is_cancelled = self.pipelines.lock().get(&site).is_some_and(|driven| driven.is_cancelled);
        if is_cancelled { Err(EngineError::Cancelled) } else { Ok(()) }
    }

    /// Waits until an operation has ended, or the run is paused and nothing of it is at work. For a task of no run that stands
    /// still it does not wait: that goes on by somebody's word, and the run needs none.
    ///
    /// # Errors
    /// [`EngineError::Paused`]; as [`Engine::wait_for`].
    pub(super) async fn wait_in_run(&self, run: RunId, id: OperationId) -> Result<OperationRow, EngineError> {
        let (mut changes, mut trouble) = (self.store.changes(), self.trouble());
        loop {
            let read = self.store.read(move |r| {
                let is_paused = r.run(run)?.paused_at.0 > 0 && !r.is_run_at_work(run)?;
                Ok::<_, StoreError>((r.operation(id)?, is_paused, r.is_task_at_work(id)?))
            });
            let (row, is_paused, is_at_work) = read.await?;
            let stands_still = row.status == OperationStatus::Interrupted && row.run != Some(run) && !is_at_work;
            if stands_still || matches!(row.status, OperationStatus::Success | OperationStatus::Error) {
                return Ok(row);
            }
            if is_paused {
                return Err(EngineError::Paused);
            }
            tokio::select! {
                biased;
                // A lagged listener has missed some and looks again, which is what it would do anyway.
                _ = changes.recv() => {}
                Ok(_) = trouble.changed() => {
                    if let Some(error) = trouble.borrow_and_update().clone() {
                        return Err(error.into());
                    }
                }
            }
        }
    }

    /// Lets a run rest for so many seconds, or until it is cancelled or paused.
    pub(super) async fn rest(&self, site: SiteId, run: RunId, seconds: u32) -> Result<(), EngineError> {
        let until = self.clock.monotonic_ms().saturating_add(u64::from(seconds) * 1_000);
        let mut changes = self.store.changes();
        loop {
            self.check_goes_on(site, run).await?;
            let left = until.saturating_sub(self.clock.monotonic_ms());
            if left == 0 {
                return Ok(());
            }
            tokio::select! {
                biased;
                _ = changes.recv() => {}
                () = self.clock.sleep_ms(left) => {}
            }
        }
    }
}
