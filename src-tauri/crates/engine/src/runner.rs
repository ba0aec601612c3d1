//! The runner: takes one ready unit after the other. A plain step for tests, a loop around it for the product.

use crate::{Engine, EngineError};
use std::time::Duration;
use tokio::sync::watch;

/// How long an idle runner sleeps before it looks at the clock again. Short, because timers stand still while a laptop
/// sleeps.
const IDLE_WAIT: Duration = Duration::from_secs(30);
/// How long the runner waits after a step that failed as a whole (a full disk, say) before it tries again.
const FAILURE_WAIT: Duration = Duration::from_secs(5);

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// Worked on a unit.
    Unit,
    /// Nothing was ready.
    Idle,
}

impl Engine {
    /// Works on the next ready unit, to its end.
    ///
    /// # Errors
    /// When the database fails; the unit stays as it is and recovery finds it.
    pub async fn step(&self) -> Result<Ran, EngineError> {
        if !self.books_balance() {
            return Ok(Ran::Idle);
        }
        let now = self.clock.now();
        let Some(unit) = self.store.read(move |r| r.next_ready_unit(now)).await? else { return Ok(Ran::Idle) };
        self.run_unit(unit).await?;
        Ok(Ran::Unit)
    }

    /// Steps until nothing is ready.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub async fn drain(&self) -> Result<(), EngineError> {
        while self.step().await? == Ran::Unit {}
        Ok(())
    }

    /// Works until `stop` turns true, finishing the unit at hand.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let wait = match self.step().await {
                Ok(Ran::Unit) => continue,
                Ok(Ran::Idle) => self.idle_wait().await,
                Err(error) => {
                    tracing::error!(%error, "a unit could not be worked on");
                    FAILURE_WAIT
                }
            };
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(wait) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Until the next delayed unit, at most [`IDLE_WAIT`].
    async fn idle_wait(&self) -> Duration {
        let now = self.clock.now();
        match self.store.read(|r| r.next_unit_at()).await {
            Ok(Some(at)) => {
                let ms = u64::try_from(at.0.saturating_sub(now.0)).unwrap_or(0);
                Duration::from_millis(ms).min(IDLE_WAIT)
            }
            Ok(None) | Err(_) => IDLE_WAIT,
        }
    }
}
