//! How a site's pipeline stands, the same for the process that takes a run further, for the next one, and for one that
//! only reads. What is told comes from rows; this process's memory adds which run it is at itself, and how one ended
//! whose end could not be written.

use crate::{Engine, EngineError, pause_all};
use igny8_core::automation::RunStage;
use igny8_core::id::{ClientKey, OperationId, RunId, SiteId};
use igny8_core::status::OperationStatus;
use igny8_store::StoreError;
use igny8_store::table::operation::OperationRow;
use igny8_store::table::run::{Left, RunRow};
use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How a run ends that somebody cancels, a code.
const CANCELLED: &str = "cancelled";

/// Whether work of a site's pipeline is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// A run is at work.
    Running,
    /// Something is open, and paid work is held back because the books do not balance.
    HeldBack,
    /// It was paused, and what is at hand is finished first.
    Pausing,
    /// It was paused, and waits for somebody to go on.
    Paused,
    /// The process that was at work has ended, and what it left waits to be gone on with.
    Interrupted,
    /// Nothing is under way.
    #[default]
    Idle,
}

/// Where a site's pipeline is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PipelineState {
    /// Whether it is under way.
    pub standing: Standing,
    /// The run at hand, or the last one; `None` before the first, and for work that belongs to none.
    pub run: Option<RunId>,
    /// The stage at hand, or where the last run was.
    pub stage: Option<RunStage>,
    /// The operation at hand, or the last one of the run.
    pub operation: Option<OperationId>,
    /// What was interrupted and waits.
    pub left: Left,
    /// The run was cancelled, and what of it is at hand has no end yet.
    pub is_cancelling: bool,
    /// Why the last run stopped early, or why what is open was paused by nobody; empty otherwise.
    pub stopped_code: String,
}

/// A run that this process takes further, or took.
#[derive(Clone, Debug, Default)]
pub(crate) struct Driven {
    pub is_running: bool,
    /// The command that began it.
    pub key: Option<ClientKey>,
    /// Its row, once it has one.
    pub run: Option<RunId>,
    pub stage: Option<RunStage>,
    pub operation: Option<OperationId>,
    pub is_cancelled: bool,
    /// Everything was paused while it had no row yet.
    pub is_held: Arc<AtomicBool>,
    /// Why it stopped early, where no row says so.
    pub stopped_code: String,
}

/// What of a site is at work.
#[derive(Clone, Copy, Debug)]
struct AtHand {
    /// A unit of its run.
    is_at_work: bool,
    /// As [`pause_all::held_of`] says of what belongs to no run.
    held: Option<bool>,
}

/// The pipelines of this process.
#[derive(Default)]
pub(crate) struct Pipelines {
    by_site: Mutex<HashMap<SiteId, Driven>>,
}

impl Engine {
    /// Where a site's pipeline is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn pipeline(&self, site: SiteId) -> Result<PipelineState, EngineError> {
        let driven = self.pipelines.lock().get(&site).cloned();
        let read = self.store.read(move |r| {
            let (run, open, left) = (r.newest_run(site)?, r.open_operations_of(site)?, r.left_of(site)?);
            let last = run.as_ref().map_or(Ok(None), |run| r.newest_operation_of(run.id))?;
            let is_at_work = run.as_ref().map_or(Ok(false), |run| r.is_run_at_work(run.id))?;
            let at = AtHand { is_at_work, held: pause_all::held_of(r, &open)? };
            Ok::<_, StoreError>((run, open, left, last, at))
        });
        let (run, mut open, left, last, at) = read.await?;
        let sweeping = self.sweeps.all();
        for row in open.iter_mut().filter(|row| sweeping.contains(&row.id)) {
            // It waits for nobody: its units are being cancelled.
            row.status = OperationStatus::Pending;
        }
        let standing = standing(driven.as_ref(), run.as_ref(), &open, at, self.books_balance());
        let is_cancelling = is_cancelling(driven.as_ref(), run.as_ref(), &open);
        let is_still = matches!(standing, Standing::Pausing | Standing::Paused);
        if let Some(driven) = driven.as_ref().filter(|driven| driven.is_running && !is_still) {
            let Driven { run, stage, operation, .. } = driven.clone();
            let stopped_code = String::new();
            return Ok(PipelineState { standing, run, stage, operation, left, is_cancelling, stopped_code });
        }
        let from_row = run.as_ref().and_then(|run| run.stage);
        if standing == Standing::Idle {
            let code = driven.map(|driven| driven.stopped_code).filter(|code| !code.is_empty());
            let run_code = run.as_ref().map(|run| run.stopped_code.clone());
            let stopped_code = code.or(run_code).unwrap_or_default();
            let run = run.map(|run| run.id);
            let (stage, operation) = (from_row, last);
            return Ok(PipelineState { standing, run, stage, operation, left, is_cancelling, stopped_code });
        }
        let open_run = run.filter(|run| run.ended_at.0 == 0);
        let stopped_code = match &open_run {
            Some(run) => run.paused_code.clone(),
            None => open.iter().map(|row| &row.paused_code).find(|code| !code.is_empty()).cloned().unwrap_or_default(),
        };
        let run = open_run.map(|run| run.id);
        let of_run = open.iter().find(|row| row.run.is_some() && row.run == run);
        let at_hand = of_run.or_else(|| open.first());
        Ok(PipelineState {
            standing,
            run: run.or_else(|| at_hand.and_then(|row| row.run)),
            stage: at_hand.map(|row| row.function.into()).or(from_row),
            operation: at_hand.map(|row| row.id).or(last),
            left,
            is_cancelling,
            stopped_code,
        })
    }

    /// Whether a site's pipeline is running because of this command.
    #[must_use]
    pub fn is_run_of(&self, site: SiteId, key: ClientKey) -> bool {
        self.pipelines.lock().get(&site).is_some_and(|driven| driven.is_running && driven.key == Some(key))
    }

    /// Whether this process takes a run of the site further.
    #[must_use]
    pub fn is_driving(&self, site: SiteId) -> bool {
        self.pipelines.lock().get(&site).is_some_and(|driven| driven.is_running)
    }
}

fn standing(
    driven: Option<&Driven>,
    run: Option<&RunRow>,
    open: &[OperationRow],
    at: AtHand,
    do_books_balance: bool,
) -> Standing {
    let is_driven = driven.is_some_and(|driven| driven.is_running);
    // One whose end could not be written is open in its row alone.
    let is_over = |run: &RunRow| driven.is_some_and(|driven| !driven.is_running && driven.run == Some(run.id));
    let open_run = run.filter(|run| run.ended_at.0 == 0 && !is_over(run));
    if open_run.is_some_and(|run| run.paused_at.0 > 0) {
        return if at.is_at_work { Standing::Pausing } else { Standing::Paused };
    }
    let is_left = match open_run {
        // Between the word to go on and the first step, and seen from beside: somebody is at it, or about to be. What else
        // of the site waits is taken up by the run.
        Some(run) => run.interrupted_at.0 > 0,
        None => open.iter().any(|row| row.status == OperationStatus::Interrupted),
    };
    if !is_driven && is_left {
        return match at.held.filter(|_| open_run.is_none()) {
            Some(true) => Standing::Pausing,
            Some(false) => Standing::Paused,
            None => Standing::Interrupted,
        };
    }
    let is_under_way = is_driven || open_run.is_some() || is_closing(run, open);
    match (is_under_way, do_books_balance) {
        (true, true) => Standing::Running,
        (true, false) => Standing::HeldBack,
        (false, false) if !open.is_empty() => Standing::HeldBack,
        (false, true | false) => Standing::Idle,
    }
}

/// Whether a run was cancelled and is not over. Whoever carries it out knows; its rows tell the next process, and one that
/// only reads.
fn is_cancelling(driven: Option<&Driven>, run: Option<&RunRow>, open: &[OperationRow]) -> bool {
    match driven.filter(|driven| driven.is_running) {
        Some(driven) => driven.is_cancelled,
        None => is_closing(run, open),
    }
}

/// Whether a run has ended as cancelled, and work of it has not.
fn is_closing(run: Option<&RunRow>, open: &[OperationRow]) -> bool {
    let ended = run.filter(|run| run.ended_at.0 > 0 && run.stopped_code == CANCELLED);
    ended.is_some_and(|run| open.iter().any(|row| row.run == Some(run.id)))
}

impl Pipelines {
    /// A poisoned lock only means that a thread ended while it held it; the map is still whole.
    pub fn lock(&self) -> MutexGuard<'_, HashMap<SiteId, Driven>> {
        self.by_site.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
