//! Requests of processes beside this one, which has the data folder: they leave a row, and this process obeys.
//!
//! It looks once a second. Nothing tells a process that another one wrote to its file; `pragma data_version` would, but
//! only to a connection that is asked as often, and it also moves with every commit of our own. The look itself is one
//! step into an index of what waits, which is empty nearly always, so that a second of an idle program costs less than a
//! tenth of a millisecond. It is a loop of its own and not a part of the runner's, which sleeps for as long as there is
//! nothing to do.

use crate::runner::is_over;
use crate::{Engine, EngineError};
use igny8_core::id::SiteId;
use igny8_store::table::run_request::{Request, RunRequest};
use tokio::sync::watch;

/// How long a request may wait.
const LOOK_EVERY_MS: u64 = 1_000;

impl Engine {
    /// Obeys what other processes ask, until `stop` turns true.
    pub async fn heed_requests(&self, mut stop: watch::Receiver<bool>) {
        while !is_over(&stop) {
            if let Err(error) = self.obey_requests().await {
                // It stays in the file, and is looked at again.
                tracing::error!(%error, "a request of another process could not be obeyed");
            }
            tokio::select! {
                _ = stop.changed() => {}
                () = self.clock.sleep_ms(LOOK_EVERY_MS) => {}
            }
        }
    }

    /// Obeys what other processes have asked for by now, in their order.
    ///
    /// # Errors
    /// When the file fails; what was not obeyed stays there.
    pub async fn obey_requests(&self) -> Result<(), EngineError> {
        for request in self.store.read(|r| r.waiting_requests()).await? {
            self.obey(request).await?;
        }
        Ok(())
    }

    /// Cancels a site's run after the unit at hand, whoever began it, and gives up what of the site was interrupted. What
    /// was made stays.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn cancel_run(&self, site: SiteId) -> Result<(), EngineError> {
        match self.cancel_pipeline(site).await {
            Ok(()) | Err(EngineError::WrongState(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// A request is marked after it was obeyed: obeying twice does no harm, and not at all would.
    async fn obey(&self, request: RunRequest) -> Result<(), EngineError> {
        tracing::info!(what = ?request.what, "another process asks");
        match request.what {
            Request::CancelRun(site) => self.cancel_run(site).await?,
            Request::StopSpending => self.stop_spending().await?,
            Request::AllowSpending => self.allow_spending().await?,
        }
        let now = self.clock.now();
        Ok(self.store.write(move |w| w.request_served(request.id, now)).await?)
    }
}
