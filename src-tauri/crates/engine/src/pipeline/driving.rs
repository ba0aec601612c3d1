//! Carrying a run out as the only one of its site, and keeping how it ended. A run that is paused has not ended: whoever
//! carried it out lets go of it, and its row says that it waits. Nothing but rows is a lock: a run that is open in its row
//! and that nobody carries out can be gone on with, by this process and by the next one.

use super::standing::Driven;
use crate::runner::is_over;
use crate::{Engine, EngineError};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use igny8_core::id::{ClientKey, SiteId};
use igny8_core::money::Credits;
use igny8_core::panicked;
use igny8_core::status::RunTrigger;
use igny8_store::StoreError;
use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, PoisonError};
use tokio::sync::{Notify, watch};

/// A run that a command has let in and does not wait for.
#[derive(Clone, Copy, Debug)]
enum Wanted {
    /// A person's.
    Start(ClientKey, SiteId, Option<Credits>),
    /// Its time has come.
    Due(ClientKey, SiteId, RunTrigger),
    /// One that was begun before.
    Further(SiteId),
}

/// Runs that were let in and that nobody carries out yet.
#[derive(Default)]
pub(crate) struct RunQueue {
    waiting: Mutex<VecDeque<Wanted>>,
    wake: Notify,
}

impl RunQueue {
    fn push(&self, wanted: Wanted) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push_back(wanted);
        self.wake.notify_one();
    }

    fn pop(&self) -> Option<Wanted> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

impl Wanted {
    const fn site(self) -> SiteId {
        match self {
            Self::Start(_, site, _) | Self::Due(_, site, _) | Self::Further(site) => site,
        }
    }
}

impl Engine {
    /// Lets a run in, as [`Engine::run_pipeline`] will carry it out, and returns at once: [`Engine::drive_runs`] does it. The
    /// same command again begins no second run.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; [`EngineError::WrongState`] while one is carried out; [`EngineError::BooksDoNotBalance`];
    /// [`EngineError::SpendingStopped`]; as [`Engine::check_run`].
    pub async fn start_run(&self, key: ClientKey, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        if self.is_run_of(site, key) {
            return Ok(());
        }
        self.admit_start(site).await?;
        self.check_run(key, site, cap).await?;
        self.runs.push(Wanted::Start(key, site, cap));
        Ok(())
    }

    /// Lets a run in whose time has come, as [`Engine::run_due`] will carry it out, and returns at once.
    ///
    /// # Errors
    /// As [`Engine::start_run`]; [`EngineError::WrongState`] while a run of the site is open;
    /// [`EngineError::NothingToDo`] when it would have nothing to do.
    pub async fn start_due_run(&self, key: ClientKey, site: SiteId, trigger: RunTrigger) -> Result<(), EngineError> {
        if self.is_run_of(site, key) || self.store.read(move |r| r.carried(key)).await?.is_some() {
            return Ok(());
        }
        self.admit_start(site).await?;
        self.admit_due(site, trigger).await?;
        self.check_run(key, site, None).await?;
        self.forecast(site).await?;
        self.runs.push(Wanted::Due(key, site, trigger));
        Ok(())
    }

    /// Lets the open run of a site go on in [`Engine::drive_runs`], which returns at once: see
    /// [`Engine::resume_pipeline`].
    pub fn take_run_further(&self, site: SiteId) {
        self.runs.push(Wanted::Further(site));
    }

    /// Carries out the runs that are let in, until `stop` turns true. What is not over then is cut off, as by the end of the
    /// process, and waits at the next start where it was.
    pub async fn drive_runs(&self, mut stop: watch::Receiver<bool>) {
        let mut runs = FuturesUnordered::new();
        while !is_over(&stop) {
            while let Some(wanted) = self.runs.pop() {
                runs.push(async move { note_end(wanted.site(), self.carry_out_wanted(wanted).await) });
            }
            tokio::select! {
                biased;
                Some(()) = runs.next() => {}
                () = self.runs.wake.notified() => {}
                _ = stop.changed() => {}
            }
        }
    }

    async fn carry_out_wanted(&self, wanted: Wanted) -> Result<(), EngineError> {
        match wanted {
            Wanted::Start(key, site, cap) => self.run_pipeline(key, site, cap).await,
            Wanted::Due(key, site, trigger) => self.run_due(key, site, trigger).await,
            Wanted::Further(site) => self.resume_pipeline(site).await,
        }
    }

    /// Carries out a run as the only one of its site. One that is paused and gone on with before it was let go of goes on
    /// here: whoever took the pause away saw that somebody is at it.
    pub(super) async fn drive(
        &self,
        site: SiteId,
        key: Option<ClientKey>,
        run: impl Future<Output = Result<(), EngineError>>,
    ) -> Result<(), EngineError> {
        let mut ended = self.carry_out(site, key, run).await;
        while matches!(ended, Err(EngineError::Paused)) && self.goes_on(site).await? {
            ended = match self.carry_out(site, None, self.go_further(site)).await {
                // Somebody else was faster.
                Err(EngineError::WrongState("pipeline")) => self.wait_for_run(site).await,
                ended => ended,
            };
        }
        ended
    }

    async fn carry_out(
        &self,
        site: SiteId,
        key: Option<ClientKey>,
        run: impl Future<Output = Result<(), EngineError>>,
    ) -> Result<(), EngineError> {
        {
            let mut driven = self.pipelines.lock();
            if driven.get(&site).is_some_and(|driven| driven.is_running) {
                return Err(EngineError::WrongState("pipeline"));
            }
            driven.insert(site, Driven { is_running: true, key, ..Driven::default() });
        }
        self.announce_pipeline().await;
        // A bug in it must not leave the site running for ever.
        let ended = AssertUnwindSafe(run).catch_unwind().await;
        let ended = ended.unwrap_or_else(|payload| Err(StoreError::Panicked(panicked::words(payload.as_ref())).into()));
        match ended {
            Err(EngineError::Paused) => self.let_go_paused(site).await,
            ended => {
                self.end_driving(site, stopped_code(&ended)).await;
                ended
            }
        }
    }

    /// Lets go of a run that is paused, unless it was cancelled at the same time.
    async fn let_go_paused(&self, site: SiteId) -> Result<(), EngineError> {
        let is_cancelled = self.pipelines.lock().remove(&site).is_some_and(|driven| driven.is_cancelled);
        if is_cancelled {
            self.give_up_site(site).await?;
        }
        self.announce_pipeline().await;
        Err(if is_cancelled { EngineError::Cancelled } else { EngineError::Paused })
    }

    /// Writes how a run ended. Where that cannot be written, and where it has no row because it ended before it had a cap,
    /// this process remembers it.
    async fn end_driving(&self, site: SiteId, code: String) {
        let (run, now) = (self.pipelines.lock().get(&site).and_then(|driven| driven.run), self.clock.now());
        let is_kept = match run {
            Some(run) => {
                let code = code.clone();
                let ended = self.store.write(move |w| w.end_run(run, &code, now)).await;
                ended.inspect_err(|error| tracing::warn!(%error, "the end of a run was not written")).is_ok()
            }
            None => code.is_empty(),
        };
        match is_kept {
            true => self.pipelines.lock().remove(&site),
            false => self.pipelines.lock().insert(site, Driven { run, stopped_code: code, ..Driven::default() }),
        };
        self.announce_pipeline().await;
    }

    /// Whether a site has a run that waits for nobody's word.
    async fn goes_on(&self, site: SiteId) -> Result<bool, EngineError> {
        let run = self.store.read(move |r| r.open_run(site)).await?;
        Ok(run.is_some_and(|run| !run.stands_still()))
    }

    /// A part of the state is in memory; screens learn of it the way they learn of everything.
    pub(super) async fn announce_pipeline(&self) {
        let announced = self.store.write(|w| {
            w.announce(igny8_core::topic::Topic::Operations);
            Ok::<_, StoreError>(())
        });
        if let Err(error) = announced.await {
            tracing::warn!(%error, "the pipeline's state was not announced");
        }
    }
}

/// What ends a run early is told where the run is shown; a failure of the program is in the log as well.
fn note_end(site: SiteId, ended: Result<(), EngineError>) {
    match ended {
        Ok(())
        | Err(
            EngineError::Cancelled
            | EngineError::Paused
            | EngineError::BooksDoNotBalance
            | EngineError::InsufficientCredits { .. }
            | EngineError::RunNotCovered { .. }
            | EngineError::RunStopped { .. }
            | EngineError::ModelEnded { .. }
            | EngineError::SpendingStopped
            // Another one was let in at the same time, and was faster; or the site was removed meanwhile.
            | EngineError::WrongState(_)
            | EngineError::NotFound(_),
        ) => {}
        Err(error) => tracing::error!(%error, %site, "the pipeline stopped"),
    }
}

/// Why a run ended early, a code; empty when it did not.
fn stopped_code(ended: &Result<(), EngineError>) -> String {
    ended.as_ref().err().map(stopped_code_of).unwrap_or_default()
}

/// The code of what ended a run, or a stage of it.
pub(crate) fn stopped_code_of(error: &EngineError) -> String {
    match error {
        EngineError::Cancelled => "cancelled",
        EngineError::InsufficientCredits { .. } | EngineError::RunNotCovered { .. } => "insufficient_credits",
        EngineError::SpendingStopped => "spending_stopped",
        EngineError::BooksDoNotBalance => "books_do_not_balance",
        EngineError::ModelEnded { .. } => "model_ended",
        EngineError::Unpriced { .. } => "unpriced",
        EngineError::RunStopped { code, .. } => code,
        EngineError::Store(error) if error.is_disk_full() => "disk_full",
        _ => "failed",
    }
    .to_owned()
}
