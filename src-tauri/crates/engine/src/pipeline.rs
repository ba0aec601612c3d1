//! The whole way for one site: cluster, find ideas, queue them, write, describe images, make images, review. Each stage
//! takes what waits for it and ends before the next begins. Its progress is in the rows it leaves, so that a run that was
//! cut off or paused is taken further where it was, under the cap it has, and does only what is left. What failed before is
//! tried again, but not for ever, and once in a run.
//!
//! This file begins runs, goes on with them and cancels them; `driving` is what carries one out and keeps how it ended,
//! `stages` takes it through its stages, `pausing` lets it stand still, `admission` says whether it may begin at all.

mod admission;
mod driving;
mod forecast;
mod later;
mod pausing;
mod rest;
mod stages;
mod standing;

use crate::once::Once;
use crate::pause_all::hold_new_run;
use crate::{Engine, EngineError};
pub(crate) use driving::{RunQueue, stopped_code_of};
pub use forecast::{Forecast, Span, StageForecast};
pub(crate) use forecast::{is_any_to_run, left_of};
use igny8_core::budget;
use igny8_core::function::AiFunction;
use igny8_core::id::{ClientKey, RunId, SiteId};
use igny8_core::money::Credits;
use igny8_core::status::RunTrigger;
use igny8_store::table::run::NewRun;
pub use rest::{CapLeft, Rest, RestOfRun};
pub(crate) use standing::Pipelines;
pub use standing::{PipelineState, Standing};

/// What begins a run.
#[derive(Clone, Copy, Debug)]
struct Begin {
    once: Once,
    key: ClientKey,
    site: SiteId,
    cap: Option<Credits>,
    trigger: RunTrigger,
}

impl Engine {
    /// Takes a site all the way and returns when there is nothing left to do. The runner must be running. The run may
    /// spend `cap` and each function its share of it; without one it gets 1.2 times what it is forecast to cost at most. A
    /// run that was interrupted or paused goes on under the cap it has, and what was lost with it under the calls it has. So
    /// whoever names a cap is refused until that has gone on or was given up: another run would ask for all of it anew. The
    /// same command again begins no second run: it returns at once.
    ///
    /// # Errors
    /// [`EngineError::RunNotCovered`] before anything is done, when the wallet has less than the cap, or without one less
    /// than 1.2 times the estimate; [`EngineError::WrongState`] when another command's is running, and of `interrupted` for
    /// a cap over what was; [`EngineError::Cancelled`]; [`EngineError::Paused`] when it waits for somebody to go on;
    /// [`EngineError::InsufficientCredits`] when it stopped for lack of credits; [`EngineError::RunStopped`] with the
    /// reason when a limit or a failed stage ended it; as [`Engine::forecast`] but for nothing to do, which is no error.
    pub async fn run_pipeline(&self, key: ClientKey, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        let once = Once::new(key, "pipeline_start", &(site, cap))?;
        if self.is_run_of(site, key) {
            return Ok(());
        }
        let begin = Begin { once, key, site, cap, trigger: RunTrigger::Manual };
        self.drive(site, Some(key), self.run_capped(begin)).await
    }

    /// Takes a site all the way because its time has come, as [`Engine::run_pipeline`] without a cap of its own. It goes on
    /// with nothing: a run that is open, whatever it waits for, is somebody's to go on with. `key` is that of the occurrence,
    /// so that it begins one run at the most.
    ///
    /// # Errors
    /// As [`Engine::run_pipeline`]; [`EngineError::WrongState`] while a run of the site is open, paused and interrupted ones
    /// among them.
    pub async fn run_due(&self, key: ClientKey, site: SiteId, trigger: RunTrigger) -> Result<(), EngineError> {
        let once = Once::new(key, "pipeline_due", &(site, trigger))?;
        if self.is_run_of(site, key) {
            return Ok(());
        }
        let begin = Begin { once, key, site, cap: None, trigger };
        self.drive(site, Some(key), self.run_capped(begin)).await
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
        self.drive(site, None, self.go_further(site)).await
    }

    /// Waits for the end of a run that this process takes further already.
    ///
    /// # Errors
    /// [`EngineError::Cancelled`]; [`EngineError::Paused`]; [`EngineError::RunStopped`] with the reason when it ends early.
    pub async fn wait_for_run(&self, site: SiteId) -> Result<(), EngineError> {
        let mut changes = self.store.changes();
        while self.is_driving(site) {
            // A lagged listener has missed some and looks again, which is what it would do anyway.
            drop(changes.recv().await);
        }
        let state = self.pipeline(site).await?;
        match state.stopped_code {
            _ if state.standing == Standing::Paused => Err(EngineError::Paused),
            code if code.is_empty() => Ok(()),
            code if code == "cancelled" => Err(EngineError::Cancelled),
            code => Err(EngineError::stopped(&code)),
        }
    }

    /// Refuses a run one of whose models cannot be asked, or that the wallet does not cover, as [`Engine::run_pipeline`]
    /// will. A command that was carried out before is not refused, for it will be answered as it was; of one that goes on
    /// with a run that has its cap, only the models are looked at.
    ///
    /// # Errors
    /// [`EngineError::RunNotCovered`]; [`EngineError::RunStopped`] without a vendor; [`EngineError::WrongState`] of
    /// `interrupted`; as [`Engine::forecast`] but for nothing to do, which is no error.
    pub async fn check_run(&self, key: ClientKey, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        if self.store.read(move |r| r.carried(key)).await?.is_some() {
            return Ok(());
        }
        self.admit_run(site).await?;
        self.check_terms(site, cap).await
    }

    /// Whether [`Engine::run_pipeline`] would be let begin, for whoever only wants to say what it costs: a refusal is not put
    /// on the books.
    pub async fn is_run_let(&self, site: SiteId, cap: Option<Credits>) -> bool {
        matches!(self.is_run_in_reach(site).await, Ok(true)) && self.check_terms(site, cap).await.is_ok()
    }

    /// Refuses a run that is not covered, or would take the place of what was interrupted.
    async fn check_terms(&self, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        self.admit_what_waits(site).await?;
        self.admit_cap(site, cap).await?;
        let begun = self.store.read(move |r| r.open_run(site)).await?;
        if begun.is_some() && cap.is_none() {
            return Ok(());
        }
        match self.forecast(site).await {
            Err(EngineError::NothingToDo) => Ok(()),
            forecast => forecast?.cap(cap).map(drop),
        }
    }

    /// Stops a pipeline after the units at hand, whose answers are waited for; asked a second time, at once, as
    /// [`Engine::cancel_operation`] does. What stands still is given up.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when it is not running and nothing stands still.
    pub async fn cancel_pipeline(&self, site: SiteId) -> Result<(), EngineError> {
        let driven = {
            let mut pipelines = self.pipelines.lock();
            pipelines.get_mut(&site).filter(|driven| driven.is_running).map(|driven| {
                let is_again = std::mem::replace(&mut driven.is_cancelled, true);
                (driven.operation, driven.run, is_again)
            })
        };
        // It has ended for good, whatever becomes of this process: only what is at hand is finished.
        if let Some((_, Some(run), _)) = driven {
            let now = self.clock.now();
            self.store.write(move |w| w.end_run(run, "cancelled", now)).await?;
        }
        let ended = match driven {
            None if self.give_up_site(site).await? => return Ok(()),
            None => return Err(EngineError::WrongState("pipeline")),
            Some((Some(id), _, false)) => self.wind_up_operation(id).await,
            Some((Some(id), _, true)) => self.cancel_operation(id).await,
            // It may rest between two stages.
            Some((None, ..)) => Ok(()),
        };
        match ended {
            Ok(()) | Err(EngineError::WrongState(_)) => {
                self.announce_pipeline().await;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Takes the open run of a site through the stages it has left.
    async fn go_further(&self, site: SiteId) -> Result<(), EngineError> {
        match self.store.read(move |r| r.open_run(site)).await? {
            Some(run) => self.run_stages(site, run.id).await,
            None => Ok(()),
        }
    }

    /// Gives the run its cap and takes it through its stages.
    async fn run_capped(&self, begin: Begin) -> Result<(), EngineError> {
        let Begin { once, key, site, cap, trigger } = begin;
        self.admit_run(site).await?;
        self.admit_what_waits(site).await?;
        if self.store.read(move |r| r.carried(key)).await?.is_none() {
            self.admit_cap(site, cap).await?;
            self.admit_due(site, trigger).await?;
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
        let starts = self.stage_starts(site).await?;
        let (run, now, mark) = (RunId(self.ids.next()), self.clock.now(), self.held_mark(site));
        let opened = self.store.write(move |w| {
            let starts = starts.clone();
            once.run(w, now, |w| {
                let begun = w.open_run(site)?;
                match (forecast.as_ref(), begun) {
                    (None, Some(begun)) if trigger == RunTrigger::Manual => {
                        w.go_on_with_run(begun.id, now)?;
                        return Ok(begun.id);
                    }
                    (_, Some(_)) if trigger != RunTrigger::Manual => return Err(EngineError::WrongState("pipeline")),
                    // It was given up meanwhile.
                    (None, _) => return Err(EngineError::Cancelled),
                    (Some(_), Some(begun)) => drop(w.end_run(begun.id, "cancelled", now)?),
                    (Some(_), None) => {}
                }
                if let Some(forecast) = &forecast {
                    let cap = forecast.cap(cap)?;
                    w.open_run_cap(run, cap, &shares(forecast, cap), now)?;
                    let estimate = forecast.credits.likely;
                    w.open_run_of(&NewRun { id: run, site, trigger, estimate, stages: starts }, now)?;
                    hold_new_run(w, run, trigger, &mark, now)?;
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
}

/// What each function may take of a run's cap.
fn shares(forecast: &Forecast, cap: Credits) -> Vec<(AiFunction, Credits)> {
    let share = |function: AiFunction| {
        let stage = forecast.stages.iter().find(|stage| stage.function == function);
        let (estimate, headroom) = stage.map_or_else(Default::default, |stage| (stage.credits.max, stage.headroom));
        (function, budget::share(cap, forecast.chosen.share(function), estimate, headroom))
    };
    AiFunction::ALL.iter().copied().map(share).collect()
}
