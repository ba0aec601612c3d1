//! Requests of processes beside this one, which has the data folder: they leave a row, and this process obeys.
//!
//! It looks once a second. Nothing tells a process that another one wrote to its file; `pragma data_version` would, but
//! only to a connection that is asked as often, and it also moves with every commit of our own. The look itself is one
//! step into an index of what waits, which is empty nearly always, so that a second of an idle program costs less than a
//! tenth of a millisecond. It is a loop of its own and not a part of the runner's, which sleeps for as long as there is
//! nothing to do.

use crate::pause_all::AllDone;
use crate::pipeline::stopped_code_of;
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
                biased;
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

    /// Lets what of a site stands still go on: its run, which [`Engine::drive_runs`] takes further, or where there is none
    /// what else of it was interrupted.
    ///
    /// # Errors
    /// As [`Engine::take_up_site`].
    pub async fn resume_run(&self, site: SiteId) -> Result<(), EngineError> {
        if self.take_up_site(site).await? {
            self.take_run_further(site);
        }
        Ok(())
    }

    /// Cancels a site's run, whoever began it, and gives up what of the site was interrupted: see [`Engine::cancel_pipeline`]. What
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

    /// A request is marked after it was obeyed: obeying twice does no harm, and not at all would. One that cannot be obeyed
    /// is answered with the reason; a file that fails leaves it to be looked at again.
    async fn obey(&self, request: RunRequest) -> Result<(), EngineError> {
        tracing::info!(what = ?request.what, "another process asks");
        let obeyed = match request.what {
            Request::PauseRun(site) => self.pause_pipeline(site).await,
            Request::ResumeRun(site) => self.resume_run(site).await,
            Request::CancelRun(site) => self.cancel_run(site).await,
            Request::PauseAll => self.pause_all().await.and_then(AllDone::into_result),
            Request::ResumeAll => self.resume_all().await.and_then(AllDone::into_result),
            Request::StopSpending => self.stop_spending().await,
            Request::AllowSpending => self.allow_spending().await,
        };
        let refused = match obeyed {
            Ok(()) => String::new(),
            Err(EngineError::Store(error)) => return Err(error.into()),
            Err(EngineError::WrongState(_)) => "wrong_state".to_owned(),
            Err(error) => stopped_code_of(&error),
        };
        let now = self.clock.now();
        Ok(self.store.write(move |w| w.request_served(request.id, &refused, now)).await?)
    }
}
