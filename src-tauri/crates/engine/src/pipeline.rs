//! The whole way for one site: cluster, find ideas, queue them, write, describe images, make images. Each stage takes
//! what waits for it and ends before the next begins. Its progress is in the rows it leaves, so that a run that was cut off
//! is taken further under the cap it has and does only what is left. What failed before is tried again, but not for ever.

mod admission;
mod forecast;
mod later;
mod rest;
mod standing;

use crate::once::Once;
use crate::operation::Items;
use crate::{Engine, EngineError};
pub use forecast::{Forecast, Span, StageForecast};
use futures_util::FutureExt;
use igny8_core::budget;
use igny8_core::function::AiFunction;
use igny8_core::id::{ClientKey, OperationId, RunId, SiteId};
use igny8_core::money::Credits;
use igny8_core::panicked;
use igny8_core::status::OperationStatus;
use igny8_store::StoreError;
use igny8_store::table::operation::OperationRow;
pub use rest::{CapLeft, Rest, RestOfRun};
use standing::Driven;
pub(crate) use standing::Pipelines;
pub use standing::{PipelineState, Stage, Standing};
use std::panic::AssertUnwindSafe;

/// Most ideas queued for writing at once.
const QUEUE_MAX: u32 = 10_000;

const STAGES: &[Stage] = &[
    Stage::Function(AiFunction::AutoCluster),
    Stage::Function(AiFunction::GenerateIdeas),
    Stage::QueueIdeas,
    Stage::Function(AiFunction::GenerateContent),
    Stage::Function(AiFunction::GenerateImagePrompts),
    Stage::Function(AiFunction::GenerateImages),
];

/// Reasons that end a run even when its stage made something: what comes next would meet them again.
const ENDS_THE_RUN: &[&str] = &[
    "cap_month",
    "cap_day",
    "cap_site",
    "cap_run",
    "cap_share",
    "spending_stopped",
    "shortfall",
    "auth",
    "quota",
    "page_instead_of_answer",
    "model_ended",
];

impl Engine {
    /// Takes a site all the way and returns when there is nothing left to do. The runner must be running. The run may
    /// spend `cap` and each function its share of it; without one it gets 1.2 times what it is forecast to cost at most. A
    /// run that was interrupted goes on under the cap it has, and what was lost with it under the calls it has. So whoever
    /// names a cap is refused until that has gone on or was given up: another run would ask for all of it anew. The same
    /// command again begins no second run: it returns at once.
    ///
    /// # Errors
    /// [`EngineError::RunNotCovered`] before anything is done, when the wallet has less than the cap, or without one less
    /// than 1.2 times the estimate; [`EngineError::WrongState`] when another command's is running, and of `interrupted` for
    /// a cap over what was; [`EngineError::Cancelled`];
    /// [`EngineError::InsufficientCredits`] when it stopped for lack of credits; [`EngineError::RunStopped`] with the
    /// reason when a limit or a failed stage ended it; as [`Engine::forecast`] but for nothing to do, which is no error.
    pub async fn run_pipeline(&self, key: ClientKey, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        let once = Once::new(key, "pipeline_start", &(site, cap))?;
        if self.is_run_of(site, key) {
            return Ok(());
        }
        self.drive(site, Some(key), self.run_capped(once, key, site, cap)).await
    }

    /// Takes the run of a site further that was begun before and has not ended, under the cap it has, as
    /// [`Engine::run_pipeline`] does. Without one, and while this process is at it, there is nothing to do.
    ///
    /// # Errors
    /// As [`Engine::run_pipeline`].
    pub async fn resume_pipeline(&self, site: SiteId) -> Result<(), EngineError> {
        if self.is_driving(site) {
            return Ok(());
        }
        let run = async {
            match self.store.read(move |r| r.open_run(site)).await? {
                Some(run) => self.run_stages(site, run.id).await,
                None => Ok(()),
            }
        };
        self.drive(site, None, run).await
    }

    /// Waits for the end of a run that this process takes further already.
    ///
    /// # Errors
    /// [`EngineError::Cancelled`]; [`EngineError::RunStopped`] with the reason when it ends early.
    pub async fn wait_for_run(&self, site: SiteId) -> Result<(), EngineError> {
        let mut changes = self.store.changes();
        while self.is_driving(site) {
            // A lagged listener has missed some and looks again, which is what it would do anyway.
            drop(changes.recv().await);
        }
        match self.pipeline(site).await?.stopped_code {
            code if code.is_empty() => Ok(()),
            code if code == "cancelled" => Err(EngineError::Cancelled),
            code => Err(EngineError::stopped(&code)),
        }
    }

    /// Carries out a run as the only one of its site, and keeps how it ended.
    async fn drive(
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
        self.end_driving(site, stopped_code(&ended)).await;
        ended
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

    /// Refuses a run one of whose models cannot be asked, or that the wallet does not cover, as [`Engine::run_pipeline`]
    /// will. A command that was carried out before is not refused, for it will be answered as it was; of one that goes on
    /// with a run that has its cap, only the models are looked at.
    ///
    /// # Errors
    /// [`EngineError::RunNotCovered`]; [`EngineError::RunStopped`] without a vendor; [`EngineError::WrongState`] of
    /// `interrupted`; as [`Engine::forecast`] but for nothing to do, which is no error.
    pub async fn check_run(&self, key: ClientKey, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        let known = self.store.read(move |r| Ok::<_, StoreError>((r.carried(key)?, r.open_run(site)?)));
        let (carried, begun) = known.await?;
        if carried.is_some() {
            return Ok(());
        }
        self.admit_run(site).await?;
        self.admit_what_waits(site).await?;
        self.admit_cap(site, cap).await?;
        if begun.is_some() && cap.is_none() {
            return Ok(());
        }
        match self.forecast(site).await {
            Err(EngineError::NothingToDo) => Ok(()),
            forecast => forecast?.cap(cap).map(drop),
        }
    }

    /// Stops a pipeline after the unit at hand; what was interrupted is given up.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when it is not running and nothing was interrupted.
    pub async fn cancel_pipeline(&self, site: SiteId) -> Result<(), EngineError> {
        let operation = {
            let mut driven = self.pipelines.lock();
            driven.get_mut(&site).filter(|driven| driven.is_running).map(|driven| {
                driven.is_cancelled = true;
                driven.operation
            })
        };
        match operation {
            None if self.give_up_site(site).await? => Ok(()),
            None => Err(EngineError::WrongState("pipeline")),
            Some(Some(id)) => match self.cancel_operation(id).await {
                Ok(()) | Err(EngineError::WrongState(_)) => Ok(()),
                Err(error) => Err(error),
            },
            Some(None) => Ok(()),
        }
    }

    /// Gives the run its cap and takes it through its stages.
    async fn run_capped(
        &self,
        once: Once,
        key: ClientKey,
        site: SiteId,
        cap: Option<Credits>,
    ) -> Result<(), EngineError> {
        self.admit_run(site).await?;
        self.admit_what_waits(site).await?;
        if self.store.read(move |r| r.carried(key)).await?.is_none() {
            self.admit_cap(site, cap).await?;
        }
        let begun = self.store.read(move |r| r.open_run(site)).await?.is_some();
        let forecast = loop {
            if begun && cap.is_none() {
                break None;
            }
            // Read before the forecast: what ends between the two leaves something to do that the forecast did not see.
            let open = self.store.read(move |r| r.open_operations_of(site)).await?;
            match self.forecast(site).await {
                // Everything may be in the hands of operations that an earlier process, or a person, has begun.
                Err(EngineError::NothingToDo) if !open.is_empty() => self.finish_begun(site, &open).await?,
                Err(EngineError::NothingToDo) => return Ok(()),
                forecast => break Some(forecast?),
            }
        };
        let (run, now) = (RunId(self.ids.next()), self.clock.now());
        let opened = self.store.write(move |w| {
            once.run(w, now, |w| {
                let begun = w.open_run(site)?;
                match (forecast.as_ref(), begun) {
                    (None, Some(begun)) => return Ok(begun.id),
                    // It was given up meanwhile.
                    (None, None) => return Err(EngineError::Cancelled),
                    (Some(_), Some(begun)) => drop(w.end_run(begun.id, "cancelled", now)?),
                    (Some(_), None) => {}
                }
                if let Some(forecast) = &forecast {
                    let cap = forecast.cap(cap)?;
                    w.open_run_cap(run, cap, &shares(forecast, cap), now)?;
                    w.open_run_of(run, site, now)?;
                }
                Ok::<_, EngineError>(run)
            })
        });
        let run = opened.await?;
        // The command may have been carried out before.
        match self.store.read(move |r| r.open_run(site)).await? {
            Some(open) if open.id == run => self.run_stages(site, run).await,
            Some(_) | None => Ok(()),
        }
    }

    async fn run_stages(&self, site: SiteId, run: RunId) -> Result<(), EngineError> {
        if let Some(driven) = self.pipelines.lock().get_mut(&site) {
            driven.run = Some(run);
        }
        self.store.write(move |w| w.go_on_with_run(run)).await?;
        let mut short = None;
        for stage in STAGES {
            self.set_stage(site, *stage, None).await;
            match stage {
                Stage::Function(function) => match self.run_stage(site, run, *function).await {
                    // What was written is illustrated all the same: what that takes was left for it.
                    Err(error) if *function == AiFunction::GenerateContent && is_short(&error) => short = Some(error),
                    ended => ended?,
                },
                Stage::QueueIdeas => {
                    let now = self.clock.now();
                    self.store
                        .write(move |w| {
                            let ideas: Vec<_> = w.new_ideas(site, QUEUE_MAX)?.into_iter().map(|idea| idea.id).collect();
                            w.idea_queue(&ideas, now).map(drop)
                        })
                        .await?;
                }
            }
            self.check_not_cancelled(site)?;
        }
        short.map_or(Ok(()), Err)
    }

    async fn run_stage(&self, site: SiteId, run: RunId, function: AiFunction) -> Result<(), EngineError> {
        // What an earlier process, or a person, has begun is finished first, under its own terms.
        let open = self.store.read(move |r| r.open_operations_of(site)).await?;
        for earlier in open.iter().filter(|row| row.function == function) {
            let ended = self.wait_for_begun(site, earlier).await?;
            self.check_not_cancelled(site)?;
            if ended.run == Some(run) {
                self.conclude_stage(site, ended).await?;
            }
        }
        let started = self.start_in_run(run, function, site).await;
        let id = match started {
            Err(EngineError::NothingToDo) => return Ok(()),
            started => started?,
        };
        self.set_stage(site, Stage::Function(function), Some(id)).await;
        let row = self.wait_for(id).await?;
        self.conclude_stage(site, row).await
    }

    /// Ends the run when its operation ended in a way that what comes next would meet again.
    async fn conclude_stage(&self, site: SiteId, row: OperationRow) -> Result<(), EngineError> {
        let (id, function) = (row.id, row.function);
        if row.error_code == "insufficient_credits" {
            let available = self.store.read(|r| r.available()).await?;
            let needed = self.estimate(function, site, Items::Due).await.map_or(available, |e| e.credits);
            return Err(EngineError::InsufficientCredits { needed, available });
        }
        if row.is_cancelled {
            return Err(EngineError::Cancelled);
        }
        if row.status == OperationStatus::Error || ENDS_THE_RUN.contains(&row.error_code.as_str()) {
            let until = row.goes_on_at();
            return Err(EngineError::RunStopped { code: self.code_of_end(row).await?, until });
        }
        // The dear call may have been the stage's last, so that nothing was left to be stopped in it.
        if self.store.read(move |r| r.has_shortfall(id)).await? {
            return Err(EngineError::stopped("shortfall"));
        }
        Ok(())
    }

    /// Why an operation ended its run, a code. A cap that nothing was ever held against is not spent: then the first call
    /// needs more than it allows.
    async fn code_of_end(&self, row: OperationRow) -> Result<String, EngineError> {
        let (of, first) = match row.error_code.as_str() {
            "cap_run" => (None, "cap_run_first"),
            "cap_share" => (Some(row.function), "cap_share_first"),
            _ => return Ok(row.error_code),
        };
        let Some(run) = row.run else { return Ok(row.error_code) };
        let has_called = self.store.read(move |r| r.has_run_called(run, of)).await?;
        Ok(if has_called { row.error_code } else { first.to_owned() })
    }

    /// Waits for operations of a site that were open.
    async fn finish_begun(&self, site: SiteId, open: &[OperationRow]) -> Result<(), EngineError> {
        for earlier in open {
            self.wait_for_begun(site, earlier).await?;
            self.check_not_cancelled(site)?;
        }
        Ok(())
    }

    fn check_not_cancelled(&self, site: SiteId) -> Result<(), EngineError> {
        let is_cancelled = self.pipelines.lock().get(&site).is_some_and(|driven| driven.is_cancelled);
        if is_cancelled { Err(EngineError::Cancelled) } else { Ok(()) }
    }

    async fn wait_for_begun(&self, site: SiteId, begun: &OperationRow) -> Result<OperationRow, EngineError> {
        self.resume(begun.id).await?;
        self.set_stage(site, Stage::Function(begun.function), Some(begun.id)).await;
        self.wait_for(begun.id).await
    }

    /// Says where a run is, to whoever asks this process and to whoever finds its row. A run goes on when that cannot be
    /// written: what is paid is written in commits of its own.
    async fn set_stage(&self, site: SiteId, stage: Stage, operation: Option<OperationId>) {
        let run = self.pipelines.lock().get_mut(&site).and_then(|driven| {
            driven.stage = Some(stage);
            driven.operation = operation;
            driven.run
        });
        let Some(run) = run else { return self.announce_pipeline().await };
        if let Err(error) = self.store.write(move |w| w.set_run_stage(run, stage.name())).await {
            tracing::warn!(%error, "the stage of a run was not written");
        }
    }

    /// A part of the state is in memory; screens learn of it the way they learn of everything.
    async fn announce_pipeline(&self) {
        let announced = self.store.write(|w| {
            w.announce(igny8_core::topic::Topic::Operations);
            Ok::<_, StoreError>(())
        });
        if let Err(error) = announced.await {
            tracing::warn!(%error, "the pipeline's state was not announced");
        }
    }
}

/// Why a run ended early, a code; empty when it did not.
fn stopped_code(ended: &Result<(), EngineError>) -> String {
    match ended {
        Ok(()) => "",
        Err(EngineError::Cancelled) => "cancelled",
        Err(EngineError::InsufficientCredits { .. } | EngineError::RunNotCovered { .. }) => "insufficient_credits",
        Err(EngineError::SpendingStopped) => "spending_stopped",
        Err(EngineError::BooksDoNotBalance) => "books_do_not_balance",
        Err(EngineError::ModelEnded { .. }) => "model_ended",
        Err(EngineError::Unpriced(_)) => "unpriced",
        Err(EngineError::RunStopped { code, .. }) => code,
        Err(EngineError::Store(error)) if error.is_disk_full() => "disk_full",
        Err(_) => "failed",
    }
    .to_owned()
}

/// Whether a stage ended because the books let no more of its calls through, which says nothing of cheaper ones.
fn is_short(error: &EngineError) -> bool {
    matches!(error, EngineError::InsufficientCredits { .. })
        || matches!(error, EngineError::RunStopped { code, .. } if code.starts_with("cap_"))
}

/// What each function may take of a run's cap.
fn shares(forecast: &Forecast, cap: Credits) -> Vec<(AiFunction, Credits)> {
    let share = |function: AiFunction| {
        let stage = forecast.stages.iter().find(|stage| stage.function == function);
        let (estimate, headroom) = stage.map_or_else(Default::default, |stage| (stage.credits.max, stage.headroom));
        (function, budget::share(cap, function, estimate, headroom))
    };
    AiFunction::ALL.iter().copied().map(share).collect()
}
