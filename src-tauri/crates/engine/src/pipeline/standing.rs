//! How a site's pipeline stands, the same for the process that takes a run further, for the next one, and for one that
//! only reads. What is told comes from rows; this process's memory adds which run it is at itself, and how one ended
//! whose end could not be written.

use crate::{Engine, EngineError};
use igny8_core::function::AiFunction;
use igny8_core::id::{ClientKey, OperationId, RunId, SiteId};
use igny8_core::status::OperationStatus;
use igny8_store::StoreError;
use igny8_store::table::operation::OperationRow;
use igny8_store::table::run::{Left, RunRow};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// An AI function.
    Function(AiFunction),
    /// Ideas become tasks; costs nothing.
    QueueIdeas,
}

/// Whether work of a site's pipeline is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// A run is at work.
    Running,
    /// Something is open, and paid work is held back because the books do not balance.
    HeldBack,
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
    pub stage: Option<Stage>,
    /// The operation at hand, or the last one of the run.
    pub operation: Option<OperationId>,
    /// What was interrupted and waits.
    pub left: Left,
    /// Why the last run stopped early; empty when it did not.
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
    pub stage: Option<Stage>,
    pub operation: Option<OperationId>,
    pub is_cancelled: bool,
    /// Why it stopped early, where no row says so.
    pub stopped_code: String,
}

/// The pipelines of this process.
#[derive(Default)]
pub(crate) struct Pipelines {
    by_site: Mutex<HashMap<SiteId, Driven>>,
}

impl Stage {
    /// The stage's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Function(function) => function.name(),
            Self::QueueIdeas => "queue_ideas",
        }
    }

    fn named(name: &str) -> Option<Self> {
        if name == Self::QueueIdeas.name() { Some(Self::QueueIdeas) } else { name.parse().ok().map(Self::Function) }
    }
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
            Ok::<_, StoreError>((run, open, left, last))
        });
        let (run, open, left, last) = read.await?;
        let standing = standing(driven.as_ref(), run.as_ref(), &open, self.books_balance());
        if let Some(driven) = driven.as_ref().filter(|driven| driven.is_running) {
            let Driven { run, stage, operation, .. } = driven.clone();
            return Ok(PipelineState { standing, run, stage, operation, left, stopped_code: String::new() });
        }
        let from_row = run.as_ref().and_then(|run| Stage::named(&run.stage));
        if standing == Standing::Idle {
            let code = driven.map(|driven| driven.stopped_code).filter(|code| !code.is_empty());
            let run_code = run.as_ref().map(|run| run.stopped_code.clone());
            let stopped_code = code.or(run_code).unwrap_or_default();
            let run = run.map(|run| run.id);
            return Ok(PipelineState { standing, run, stage: from_row, operation: last, left, stopped_code });
        }
        let run = run.filter(|run| run.ended_at.0 == 0).map(|run| run.id);
        let of_run = open.iter().find(|row| row.run.is_some() && row.run == run);
        let at_hand = of_run.or_else(|| open.first());
        Ok(PipelineState {
            standing,
            run: run.or_else(|| at_hand.and_then(|row| row.run)),
            stage: at_hand.map(|row| Stage::Function(row.function)).or(from_row),
            operation: at_hand.map(|row| row.id).or(last),
            left,
            stopped_code: String::new(),
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

fn standing(driven: Option<&Driven>, run: Option<&RunRow>, open: &[OperationRow], do_books_balance: bool) -> Standing {
    let is_driven = driven.is_some_and(|driven| driven.is_running);
    // One whose end could not be written is open in its row alone.
    let is_over = |run: &RunRow| driven.is_some_and(|driven| !driven.is_running && driven.run == Some(run.id));
    let open_run = run.filter(|run| run.ended_at.0 == 0 && !is_over(run));
    let is_left = match open_run {
        // Between the word to go on and the first step, and seen from beside: somebody is at it, or about to be. What else
        // of the site waits is taken up by the run.
        Some(run) => run.interrupted_at.0 > 0,
        None => open.iter().any(|row| row.status == OperationStatus::Interrupted),
    };
    if !is_driven && is_left {
        return Standing::Interrupted;
    }
    let is_under_way = is_driven || open_run.is_some();
    match (is_under_way, do_books_balance) {
        (true, true) => Standing::Running,
        (true, false) => Standing::HeldBack,
        (false, false) if !open.is_empty() => Standing::HeldBack,
        (false, true | false) => Standing::Idle,
    }
}

impl Pipelines {
    /// A poisoned lock only means that a thread ended while it held it; the map is still whole.
    pub fn lock(&self) -> MutexGuard<'_, HashMap<SiteId, Driven>> {
        self.by_site.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
