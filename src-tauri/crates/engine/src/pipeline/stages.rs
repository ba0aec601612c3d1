//! A run through its stages, in their order. A stage that has ended in the run is not begun again when it goes on; what
//! somebody has begun of its function is finished all the same. A stage works in batches where the site has chosen so, and
//! an item is taken once in a run, whatever becomes of it, so that its rows alone say how many it may still take.

use crate::operation::{Items, due};
use crate::unit::needed_at_once;
use crate::{Engine, EngineError, roles};
use igny8_core::automation::{Automation, RunStage, StageRules};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, RunId, SiteId};
use igny8_core::status::{OperationStatus, RunEventKind};
use igny8_store::StoreError;
use igny8_store::table::operation::OperationRow;

/// Most ideas queued for writing at once.
const QUEUE_MAX: u32 = 10_000;

/// Reasons that end a run even when its stage made something: what comes next would meet them again.
const ENDS_THE_RUN: &[&str] = &[
    "cap_month",
    "cap_day",
    "cap_site",
    "cap_run",
    "cap_run_rest",
    "cap_share",
    "spending_stopped",
    "auth",
    "no_key",
    "quota",
    "page_instead_of_answer",
    "unknown_model",
    "account_unverified",
    "service_disabled",
    "model_not_allowed",
    "model_ended",
];

/// A run at one of its stages.
#[derive(Clone, Copy)]
struct At {
    site: SiteId,
    run: RunId,
    stage: RunStage,
    rules: StageRules,
    /// Seconds between two batches.
    within_delay_s: u32,
}

impl Engine {
    pub(super) async fn run_stages(&self, site: SiteId, run: RunId) -> Result<(), EngineError> {
        if let Some(driven) = self.pipelines.lock().get_mut(&site) {
            driven.run = Some(run);
        }
        let read = self.store.read(move |r| Ok::<_, StoreError>((r.automation(site)?, r.run_stages(run)?)));
        let (chosen, rows) = read.await?;
        let has_ended = |stage| rows.iter().any(|row| row.stage == stage && row.ended_at.0 > 0);
        let mut short = None;
        let mut is_first = true;
        for stage in RunStage::ALL.iter().copied() {
            self.check_goes_on(site, run).await?;
            let at = At { site, run, stage, rules: chosen.of(stage), within_delay_s: chosen.within_delay_s };
            if has_ended(stage) {
                self.finish_begun_at(at).await?;
                continue;
            }
            if !std::mem::take(&mut is_first) {
                self.rest_between(&chosen, at).await?;
            }
            match self.run_stage(at).await {
                // What was written is illustrated all the same: what that takes was left for it.
                Err(error) if stage == RunStage::GenerateContent && is_short(&error) => short = Some(error),
                ended => ended?,
            }
        }
        self.check_not_cancelled(site)?;
        short.map_or(Ok(()), Err)
    }

    /// Lets a run rest before a stage that has something to do.
    async fn rest_between(&self, chosen: &Automation, at: At) -> Result<(), EngineError> {
        if chosen.between_delay_s == 0 || !at.rules.is_on {
            return Ok(());
        }
        self.rest(at.site, at.run, chosen.between_delay_s).await
    }

    async fn run_stage(&self, at: At) -> Result<(), EngineError> {
        let At { site, run, stage, .. } = at;
        self.set_stage(site, run, stage, None).await;
        if !at.rules.is_on {
            self.finish_begun_at(at).await?;
            return self.pass_over(at).await;
        }
        let now = self.clock.now();
        self.store.write(move |w| w.begin_run_stage(run, stage, now)).await?;
        let ended = match stage.function() {
            Some(function) => self.run_function(at, function).await.map(|()| (0, 0)),
            None => self.run_free(at).await,
        };
        // One that is paused in it has not ended.
        let (done, code) = match &ended {
            Ok(done) => (*done, String::new()),
            Err(EngineError::Paused) => return Err(EngineError::Paused),
            Err(error) => ((0, 0), super::driving::stopped_code_of(error)),
        };
        let now = self.clock.now();
        self.store.write(move |w| w.end_run_stage(run, stage, done, &code, now)).await?;
        ended.map(drop)
    }

    /// Notes that the run has not this stage.
    async fn pass_over(&self, at: At) -> Result<(), EngineError> {
        let (run, stage, now) = (at.run, at.stage, self.clock.now());
        let noted = self.store.write(move |w| w.note_run(run, RunEventKind::StageOff, Some(stage), "", now));
        Ok(noted.await?)
    }

    /// A stage that costs nothing, in one commit. What it took and what it made.
    async fn run_free(&self, at: At) -> Result<(u32, u32), EngineError> {
        let (site, now) = (at.site, self.clock.now());
        if at.stage == RunStage::Review {
            let ready = self.store.read(move |r| r.completion(site, None)).await?.review;
            // What passes the floor of the site goes on from there, where the site has chosen so, and is counted with it.
            self.go_forward(site).await?;
            return Ok((ready, 0));
        }
        let most = at.rules.most.unwrap_or(QUEUE_MAX).min(QUEUE_MAX);
        let done = self.store.write(move |w| {
            let ideas: Vec<_> = w.new_ideas(site, most)?.into_iter().map(|idea| idea.id).collect();
            let tasks = w.idea_queue(&ideas, now)?;
            Ok::<_, StoreError>((as_count(ideas.len()), as_count(tasks.len())))
        });
        Ok(done.await?)
    }

    /// A stage that is a function: what was begun of it, then what waits, batch by batch.
    async fn run_function(&self, at: At, function: AiFunction) -> Result<(), EngineError> {
        let At { site, run, .. } = at;
        self.finish_begun_at(at).await?;
        loop {
            let batch = self.next_batch(at, function).await?;
            if batch.is_empty() {
                return Ok(());
            }
            let id = match self.start_in_run(run, function, site, batch).await {
                Err(EngineError::NothingToDo) => return Ok(()),
                started => started?,
            };
            self.set_stage(site, run, at.stage, Some(id)).await;
            // A cancel that came while it was begun has not seen it.
            if self.check_not_cancelled(site).is_err() {
                match self.wind_up_operation(id).await {
                    Ok(()) | Err(EngineError::WrongState(_)) => {}
                    Err(error) => return Err(error),
                }
            }
            let row = self.wait_in_run(run, id).await?;
            self.conclude_stage(site, row).await?;
            self.check_goes_on(site, run).await?;
            if at.rules.batch.is_none() {
                return Ok(());
            }
            if !self.next_batch(at, function).await?.is_empty() {
                self.rest(site, run, at.within_delay_s).await?;
            }
        }
    }

    /// What a stage takes next: what is due and was not taken in this run, as much as it still may.
    async fn next_batch(&self, at: At, function: AiFunction) -> Result<Vec<i64>, EngineError> {
        let At { site, run, rules, .. } = at;
        let batch = self.store.read(move |r| {
            let taken = r.items_of_run(run, function)?;
            let left = rules.most.map_or(usize::MAX, |most| (most as usize).saturating_sub(taken.len()));
            let size = rules.batch.map_or(usize::MAX, |batch| batch as usize).min(left);
            Ok::<_, StoreError>(
                due(r, function, site)?.into_iter().filter(|id| !taken.contains(id)).take(size).collect(),
            )
        });
        Ok(batch.await?)
    }

    /// Finishes what an earlier process, or a person, has begun of a stage, under its own terms.
    async fn finish_begun_at(&self, at: At) -> Result<(), EngineError> {
        let At { site, run, stage, .. } = at;
        let Some(function) = stage.function() else { return Ok(()) };
        let open = self.store.read(move |r| r.open_operations_of(site)).await?;
        for earlier in open.iter().filter(|row| row.function == function) {
            self.check_goes_on(site, run).await?;
            self.resume(earlier.id).await?;
            self.set_stage(site, run, stage, Some(earlier.id)).await;
            let ended = self.wait_in_run(run, earlier.id).await?;
            self.check_not_cancelled(site)?;
            if ended.run == Some(run) {
                self.conclude_stage(site, ended).await?;
            }
        }
        Ok(())
    }

    /// Waits for operations of a site that were open before its run has a row.
    pub(super) async fn finish_begun(&self, site: SiteId, open: &[OperationRow]) -> Result<(), EngineError> {
        for earlier in open {
            self.resume(earlier.id).await?;
            if let Some(driven) = self.pipelines.lock().get_mut(&site) {
                (driven.stage, driven.operation) = (Some(earlier.function.into()), Some(earlier.id));
            }
            self.announce_pipeline().await;
            let ended = self.wait_for(earlier.id).await?;
            self.check_not_cancelled(site)?;
            if ended.status == OperationStatus::Interrupted {
                return Err(EngineError::WrongState("interrupted"));
            }
        }
        Ok(())
    }

    /// Ends the run when its operation ended in a way that what comes next would meet again.
    async fn conclude_stage(&self, site: SiteId, row: OperationRow) -> Result<(), EngineError> {
        let function = row.function;
        if row.error_code == "insufficient_credits" {
            return Err(self.shortage(function, site, row.run).await?);
        }
        if row.is_cancelled {
            return Err(EngineError::Cancelled);
        }
        if row.status == OperationStatus::Error || ENDS_THE_RUN.contains(&row.error_code.as_str()) {
            let (until, model) = (row.goes_on_at(), row.model);
            let code = self.code_of_end(row).await?;
            let stranger = code.clone();
            let address = self.store.read(move |r| roles::address_of_stranger(r, model, &stranger)).await?;
            return Err(EngineError::RunStopped { code, until, address });
        }
        Ok(())
    }

    /// What a stage that ended for want of credits needs for its next unit and what follows that, and what there is.
    async fn shortage(
        &self,
        function: AiFunction,
        site: SiteId,
        run: Option<RunId>,
    ) -> Result<EngineError, EngineError> {
        let due = self.estimate(function, site, Items::DueFirst(u32::MAX)).await.ok();
        let (next, all) = due.map_or_else(Default::default, |due| (due.dearest_unit, due.credits));
        let found = self.store.read(move |r| {
            let with_rest = run.map_or(Ok(next), |run| needed_at_once(r, function, (run, site), next))?;
            Ok::<_, StoreError>((with_rest.max(all), r.available()?))
        });
        let (needed, available) = found.await?;
        Ok(EngineError::InsufficientCredits { needed, available })
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

    /// Says where a run is, to whoever asks this process and to whoever finds its row. A run goes on when that cannot be
    /// written: what is paid is written in commits of its own.
    async fn set_stage(&self, site: SiteId, run: RunId, stage: RunStage, operation: Option<OperationId>) {
        if let Some(driven) = self.pipelines.lock().get_mut(&site) {
            (driven.stage, driven.operation) = (Some(stage), operation);
        }
        if let Err(error) = self.store.write(move |w| w.set_run_stage(run, stage)).await {
            tracing::warn!(%error, "the stage of a run was not written");
        }
    }
}

/// Whether a stage ended because the books let no more of its calls through, which says nothing of cheaper ones.
fn is_short(error: &EngineError) -> bool {
    matches!(error, EngineError::InsufficientCredits { .. })
        || matches!(error, EngineError::RunStopped { code, .. } if code.starts_with("cap_"))
}

fn as_count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
