//! The whole way for one site: cluster, find ideas, queue them, write, describe images, make images. Each stage takes
//! what waits for it and ends before the next begins. Its progress is in the rows it leaves, so that a pipeline that
//! was cut off is simply started again and does only what is left. What failed before is tried again, but not for ever.

mod forecast;

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
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most ideas queued for writing at once.
const QUEUE_MAX: u32 = 10_000;

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// An AI function.
    Function(AiFunction),
    /// Ideas become tasks; costs nothing.
    QueueIdeas,
}

/// Where a site's pipeline is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PipelineState {
    /// It is running.
    pub is_running: bool,
    /// The stage at hand.
    pub stage: Option<Stage>,
    /// The operation at hand.
    pub operation: Option<OperationId>,
    /// Why the last run stopped early; empty when it did not.
    pub stopped_code: String,
    /// The command that began it.
    key: Option<ClientKey>,
    is_cancelled: bool,
}

/// The pipelines of this process.
#[derive(Default)]
pub(crate) struct Pipelines {
    by_site: Mutex<HashMap<SiteId, PipelineState>>,
}

const STAGES: &[Stage] = &[
    Stage::Function(AiFunction::AutoCluster),
    Stage::Function(AiFunction::GenerateIdeas),
    Stage::QueueIdeas,
    Stage::Function(AiFunction::GenerateContent),
    Stage::Function(AiFunction::GenerateImagePrompts),
    Stage::Function(AiFunction::GenerateImages),
];

/// Reasons that end a run even when its stage made something: what comes next would meet them again.
const ENDS_THE_RUN: &[&str] =
    &["cap_month", "cap_day", "cap_site", "cap_run", "cap_share", "spending_stopped", "shortfall", "auth", "quota"];

impl Stage {
    /// The stage's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Function(function) => function.name(),
            Self::QueueIdeas => "queue_ideas",
        }
    }
}

impl PipelineState {
    /// Whether it is running because of this command.
    #[must_use]
    pub fn is_run_of(&self, key: ClientKey) -> bool {
        self.is_running && self.key == Some(key)
    }
}

impl Engine {
    /// Where a site's pipeline is.
    #[must_use]
    pub fn pipeline(&self, site: SiteId) -> PipelineState {
        self.pipelines.lock().get(&site).cloned().unwrap_or_default()
    }

    /// Takes a site all the way and returns when there is nothing left to do. The runner must be running. The run may
    /// spend `cap` and each function its share of it; without one it gets 1.2 times what it is forecast to cost at most. The
    /// same command again begins no second run: it returns at once.
    ///
    /// # Errors
    /// [`EngineError::RunNotCovered`] before anything is done, when the wallet has less than the cap, or without one less
    /// than 1.2 times the estimate; [`EngineError::WrongState`] when another command's is running;
    /// [`EngineError::Cancelled`];
    /// [`EngineError::InsufficientCredits`] when it stopped for lack of credits; [`EngineError::RunStopped`] with the
    /// reason when a limit or a failed stage ended it; as [`Engine::forecast`] but for nothing to do, which is no error.
    pub async fn run_pipeline(&self, key: ClientKey, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        let once = Once::new(key, "pipeline_start", &(site, cap))?;
        {
            let mut states = self.pipelines.lock();
            match states.get(&site) {
                Some(state) if state.is_run_of(key) => return Ok(()),
                Some(state) if state.is_running => return Err(EngineError::WrongState("pipeline")),
                Some(_) | None => {}
            }
            states.insert(site, PipelineState { is_running: true, key: Some(key), ..PipelineState::default() });
        }
        self.announce_pipeline().await;
        // A bug in it must not leave the site running for ever.
        let ended = AssertUnwindSafe(self.run_capped(once, site, cap)).catch_unwind().await;
        let ended = ended.unwrap_or_else(|payload| Err(StoreError::Panicked(panicked::words(payload.as_ref())).into()));
        let stopped_code = match &ended {
            Ok(()) => String::new(),
            Err(EngineError::Cancelled) => "cancelled".to_owned(),
            Err(EngineError::InsufficientCredits { .. } | EngineError::RunNotCovered { .. }) => {
                "insufficient_credits".to_owned()
            }
            Err(EngineError::SpendingStopped) => "spending_stopped".to_owned(),
            Err(EngineError::Unpriced(_)) => "unpriced".to_owned(),
            Err(EngineError::RunStopped { code }) => code.clone(),
            Err(EngineError::Store(error)) if error.is_disk_full() => "disk_full".to_owned(),
            Err(_) => "failed".to_owned(),
        };
        self.pipelines.lock().insert(site, PipelineState { stopped_code, ..PipelineState::default() });
        self.announce_pipeline().await;
        ended
    }

    /// Refuses a run that the wallet does not cover, as [`Engine::run_pipeline`] will. A command that was carried out
    /// before is not refused: it will be answered as it was.
    ///
    /// # Errors
    /// [`EngineError::RunNotCovered`]; as [`Engine::forecast`] but for nothing to do, which is no error.
    pub async fn check_run(&self, key: ClientKey, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        if self.store.read(move |r| r.carried(key)).await?.is_some() {
            return Ok(());
        }
        match self.forecast(site).await {
            Err(EngineError::NothingToDo) => Ok(()),
            forecast => forecast?.cap(cap).map(drop),
        }
    }

    /// Stops a pipeline after the unit at hand.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when it is not running.
    pub async fn cancel_pipeline(&self, site: SiteId) -> Result<(), EngineError> {
        let operation = {
            let mut states = self.pipelines.lock();
            let state = states.get_mut(&site).filter(|state| state.is_running);
            let Some(state) = state else { return Err(EngineError::WrongState("pipeline")) };
            state.is_cancelled = true;
            state.operation
        };
        match operation {
            Some(id) => match self.cancel_operation(id).await {
                Ok(()) | Err(EngineError::WrongState(_)) => Ok(()),
                Err(error) => Err(error),
            },
            None => Ok(()),
        }
    }

    /// Gives the run its cap and takes it through its stages.
    async fn run_capped(&self, once: Once, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        let forecast = loop {
            match self.forecast(site).await {
                // Everything may be in the hands of operations that an earlier process, or a person, has begun.
                Err(EngineError::NothingToDo) if self.finish_begun(site).await? => {}
                Err(EngineError::NothingToDo) => return Ok(()),
                forecast => break forecast?,
            }
        };
        let (run, now) = (RunId(self.ids.next()), self.clock.now());
        let opened = self.store.write(move |w| {
            once.run(w, now, |w| {
                let cap = forecast.cap(cap)?;
                w.open_run_cap(run, cap, &shares(&forecast, cap), now)?;
                Ok::<_, EngineError>(run)
            })
        });
        let run = opened.await?;
        // The command was carried out before. A run that got no further than its cap goes on under it.
        if self.store.read(move |r| r.has_run_begun(run)).await? {
            return Ok(());
        }
        self.run_stages(site, run).await
    }

    async fn run_stages(&self, site: SiteId, run: RunId) -> Result<(), EngineError> {
        for stage in STAGES {
            self.set_stage(site, *stage, None);
            self.announce_pipeline().await;
            match stage {
                Stage::Function(function) => self.run_stage(site, run, *function).await?,
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
            if self.pipelines.lock().get(&site).is_some_and(|state| state.is_cancelled) {
                return Err(EngineError::Cancelled);
            }
        }
        Ok(())
    }

    async fn run_stage(&self, site: SiteId, run: RunId, function: AiFunction) -> Result<(), EngineError> {
        // What an earlier process, or a person, has begun is finished first, under its own terms.
        let open = self.store.read(move |r| r.open_operations_of(site)).await?;
        for earlier in open.iter().filter(|row| row.function == function) {
            self.wait_for_begun(site, earlier).await?;
        }
        let started = self.start_in_run(run, function, site).await;
        let id = match started {
            Err(EngineError::NothingToDo) => return Ok(()),
            started => started?,
        };
        self.set_stage(site, Stage::Function(function), Some(id));
        self.announce_pipeline().await;
        let row = self.wait_for(id).await?;
        if row.error_code == "insufficient_credits" {
            let available = self.store.read(|r| r.available()).await?;
            let needed = self.estimate(function, site, Items::Due).await.map_or(available, |e| e.credits);
            return Err(EngineError::InsufficientCredits { needed, available });
        }
        if row.is_cancelled {
            return Err(EngineError::Cancelled);
        }
        if row.status == OperationStatus::Error || ENDS_THE_RUN.contains(&row.error_code.as_str()) {
            return Err(EngineError::RunStopped { code: row.error_code });
        }
        // The dear call may have been the stage's last, so that nothing was left to be stopped in it.
        if self.store.read(move |r| r.has_shortfall(id)).await? {
            return Err(EngineError::RunStopped { code: "shortfall".to_owned() });
        }
        Ok(())
    }

    /// Waits for the operations of a site that are open. Whether there were any.
    async fn finish_begun(&self, site: SiteId) -> Result<bool, EngineError> {
        let open = self.store.read(move |r| r.open_operations_of(site)).await?;
        for earlier in &open {
            self.wait_for_begun(site, earlier).await?;
            if self.pipelines.lock().get(&site).is_some_and(|state| state.is_cancelled) {
                return Err(EngineError::Cancelled);
            }
        }
        Ok(!open.is_empty())
    }

    async fn wait_for_begun(&self, site: SiteId, begun: &OperationRow) -> Result<(), EngineError> {
        self.resume(begun.id);
        self.set_stage(site, Stage::Function(begun.function), Some(begun.id));
        self.announce_pipeline().await;
        self.wait_for(begun.id).await?;
        Ok(())
    }

    fn set_stage(&self, site: SiteId, stage: Stage, operation: Option<OperationId>) {
        if let Some(state) = self.pipelines.lock().get_mut(&site) {
            state.stage = Some(stage);
            state.operation = operation;
        }
    }

    /// The state is in memory; screens learn of it the way they learn of everything.
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

/// What each function may take of a run's cap.
fn shares(forecast: &Forecast, cap: Credits) -> Vec<(AiFunction, Credits)> {
    let estimated = |function| {
        let stage = forecast.stages.iter().find(|stage| stage.function == function);
        stage.map_or(Credits::ZERO, |stage| stage.credits.max)
    };
    AiFunction::ALL.iter().map(|function| (*function, budget::share(cap, *function, estimated(*function)))).collect()
}

impl Pipelines {
    /// A poisoned lock only means that a thread ended while it held it; the map is still whole.
    fn lock(&self) -> MutexGuard<'_, HashMap<SiteId, PipelineState>> {
        self.by_site.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
