//! Starting operations. What is started by hand carries a key and starts once; what a run starts belongs to the run.
//!
//! Nothing is started while paid work is stopped, or of a model that has ended or has no price, and work whose start changes the plan is
//! refused before anything is changed when it cannot be paid. The refusal is on the books all the same, with the four
//! records that every operation leaves: it is an operation of one unit that was not begun.

use super::{Items, Plan, affordable, plan, waiting_or_at_work};
use crate::door::Door;
use crate::function::{Aim, function};
use crate::once::Once;
use crate::unit::{Cause, Refusal, refuse};
use crate::{Engine, EngineError, roles, settings};
use igny8_core::function::AiFunction;
use igny8_core::id::{ClientKey, ModelId, OperationId, RunId, SiteId};
use igny8_core::model::Model;
use igny8_core::status::Trigger;
use igny8_core::time::UtcMs;
use igny8_store::ledger::Related;
use igny8_store::table::operation::NewOperation;
use igny8_store::{LedgerError, StoreError, Write};

/// What starts an operation.
#[derive(Clone, Copy, Debug)]
enum By {
    /// A command.
    Command(Once),
    /// A run.
    Run(RunId),
}

/// An operation to be started.
#[derive(Clone, Debug)]
struct Start {
    id: OperationId,
    kind: AiFunction,
    site: SiteId,
    items: Items,
    started_by: Trigger,
    run: Option<RunId>,
    now: UtcMs,
}

/// What was to be started and is not let through.
struct Refused {
    model: ModelId,
    items: u32,
    cause: Cause,
    /// The same for whoever started it.
    error: EngineError,
}

/// Why nothing was started.
enum NotStarted {
    /// What was planned is not let through.
    Refused(Refused),
    /// Anything else.
    Failed(EngineError),
}

impl From<EngineError> for NotStarted {
    fn from(error: EngineError) -> Self {
        Self::Failed(error)
    }
}

impl From<StoreError> for NotStarted {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<LedgerError> for NotStarted {
    fn from(error: LedgerError) -> Self {
        Self::Failed(error.into())
    }
}

impl Engine {
    /// Starts a function on these items and returns at once; the runner does the work. The same command again starts
    /// nothing and returns what the first did.
    ///
    /// # Errors
    /// As [`Engine::estimate`]; [`EngineError::BooksDoNotBalance`]; [`EngineError::InvalidField`] for a key that came
    /// with something else.
    pub async fn start_operation(
        &self,
        key: ClientKey,
        kind: AiFunction,
        site: SiteId,
        items: Items,
        started_by: Trigger,
    ) -> Result<OperationId, EngineError> {
        let once = Once::new(key, "operation_start", &(kind, site, &items))?;
        self.start_by(By::Command(once), kind, site, items, started_by).await
    }

    /// Starts a function on these items of what a run takes of a site. None while the run is paused.
    pub(crate) async fn start_in_run(
        &self,
        run: RunId,
        kind: AiFunction,
        site: SiteId,
        items: Vec<i64>,
    ) -> Result<OperationId, EngineError> {
        self.start_by(By::Run(run), kind, site, Items::DueOf(items), Trigger::Automation).await
    }

    async fn start_by(
        &self,
        by: By,
        kind: AiFunction,
        site: SiteId,
        items: Items,
        started_by: Trigger,
    ) -> Result<OperationId, EngineError> {
        if !self.books_balance() {
            return Err(EngineError::BooksDoNotBalance);
        }
        let (id, now, door) = (OperationId(self.ids.next()), self.clock.now(), self.door.clone());
        let run = if let By::Run(run) = by { Some(run) } else { None };
        let start = Start { id, kind, site, items, started_by, run, now };
        let started = self.store.write({
            let start = start.clone();
            move |w| match by {
                By::Command(once) => once.run(w, now, |w| open(w, &door, &start)),
                By::Run(_) => open(w, &door, &start),
            }
        });
        match started.await {
            Ok(id) => {
                self.wake.notify_one();
                Ok(id)
            }
            Err(NotStarted::Refused(refused)) => Err(self.record_refusal(start, refused).await?),
            Err(NotStarted::Failed(error)) => Err(error),
        }
    }

    /// Refuses a function before `first`, which comes before it, is paid: when something of `first` is to be done and the
    /// model of `then` has ended, has no price or its vendor is gone, what `first` makes would be paid for and lead nowhere.
    ///
    /// # Errors
    /// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; [`EngineError::RunStopped`] without a vendor; [`EngineError::NoModel`];
    /// [`EngineError::BooksDoNotBalance`]; [`EngineError::NotFound`].
    pub async fn check_follow_up(&self, first: AiFunction, then: AiFunction, site: SiteId) -> Result<(), EngineError> {
        if !self.books_balance() {
            return Err(EngineError::BooksDoNotBalance);
        }
        let items = self.store.read(move |r| Ok::<_, StoreError>(waiting_or_at_work(r, first, site)?.len())).await?;
        if items == 0 {
            return Ok(());
        }
        let model = self.store.read(move |r| roles::model_for(r, then)).await?;
        let items = u32::try_from(items).unwrap_or(u32::MAX);
        self.refuse_out_of_reach((then, site, items), Trigger::Manual, &model).await
    }

    /// Refuses work, so many items of a site, whose model cannot be asked, and puts the refusal on the books.
    ///
    /// # Errors
    /// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; [`EngineError::RunStopped`] without a vendor.
    pub(crate) async fn refuse_out_of_reach(
        &self,
        (kind, site, items): (AiFunction, SiteId, u32),
        started_by: Trigger,
        model: &Model,
    ) -> Result<(), EngineError> {
        let (id, now) = (OperationId(self.ids.next()), self.clock.now());
        let (asked, door) = (model.clone(), self.door.clone());
        let found = self.store.read(move |r| roles::out_of_reach(r, &asked, &door, now)).await?;
        let Some((cause, error)) = found else { return Ok(()) };
        let start = Start { id, kind, site, items: Items::Waiting, started_by, run: None, now };
        Err(self.record_refusal(start, Refused { model: model.id, items, cause, error }).await?)
    }

    /// Puts a refusal on the books, and returns it. What was changed for the operation is taken back by now.
    async fn record_refusal(&self, start: Start, refused: Refused) -> Result<EngineError, EngineError> {
        let (instance, door) = (self.instance, self.door.clone());
        let Refused { model, items, cause, error } = refused;
        let until = if let EngineError::RunStopped { until, .. } = &error { *until } else { None };
        self.store
            .write_paid(move |w| {
                let now = start.now;
                w.open_operation(
                    &NewOperation { items_total: items, ..start.operation(model, false, vec![Vec::new()]) },
                    now,
                )?;
                if let Some(until) = until {
                    w.note_wait(start.id, until)?;
                }
                let job = w.first_unit(start.id)?;
                let lease = w.lease(job, instance)?;
                let (operation, settings) = (w.operation(start.id)?, settings::load(w)?);
                refuse(w, &door, lease, &Refusal::of(&operation, Related::None, cause, &settings, now), now)
            })
            .await?;
        Ok(error)
    }
}

impl Refused {
    /// A plan that is not let through by the books.
    fn by_the_books(plan: &Plan, refusal: LedgerError) -> NotStarted {
        let (model, items, cause) = (plan.model.id, plan.items, Cause::from(&refusal));
        NotStarted::Refused(Self { model, items, cause, error: refusal.into() })
    }
}

impl Start {
    fn operation(&self, model: ModelId, is_anew: bool, units: Vec<Vec<i64>>) -> NewOperation {
        NewOperation {
            id: self.id,
            function: self.kind,
            site: self.site,
            model,
            started_by: self.started_by,
            run: self.run,
            is_anew,
            items_total: 0,
            units,
        }
    }
}

/// Plans the operation and puts its units in the queue.
fn open(write: &mut Write<'_>, door: &Door, start: &Start) -> Result<OperationId, NotStarted> {
    let is_stopped = write.spending_stopped_at()?.is_some();
    if let Some(run) = start.run {
        let run = write.run(run)?;
        if run.ended_at.0 > 0 {
            return Err(EngineError::Cancelled.into());
        }
        if run.paused_at.0 > 0 {
            return Err(EngineError::Paused.into());
        }
    }
    // Before anything asks what the wallet has.
    crate::books::turn_month(write, start.now)?;
    let (kind, site) = (start.kind, start.site);
    let aim = start.items.aim();
    let mut plan = match plan(write, kind, site, &start.items) {
        // Whoever asks for paid work while it is stopped is told that, also where nothing waits for the function: what is
        // to wait for it is not made meanwhile either.
        Err(EngineError::NothingToDo) if is_stopped => Err(EngineError::SpendingStopped),
        planned => planned,
    }?;
    if is_stopped {
        return Err(Refused::by_the_books(&plan, LedgerError::Stopped));
    }
    let barred = match roles::barred(write, &plan.model, start.now)? {
        None => roles::left_alone(write, &plan.model.provider, start.now)?,
        barred => barred,
    };
    if let Some((cause, error)) = barred {
        let (model, items) = (plan.model.id, plan.items);
        return Err(NotStarted::Refused(Refused { model, items, cause, error }));
    }
    if start.items.change_the_plan() {
        if let Err(refusal) = affordable::check(write, door, kind, site, aim, &plan, start.now)? {
            return Err(Refused::by_the_books(&plan, refusal));
        }
        queue_ideas(write, &mut plan, start.now)?;
    }
    let Plan { model, items, units, .. } = plan;
    match aim {
        // A trial is opened in a way of its own, and a plan that waits changes nothing.
        Aim::Waiting | Aim::Trial => {}
        Aim::Failed => function(kind).take_up(write, &units.concat(), start.now)?,
        Aim::Anew => function(kind).wish_anew(write, &units.concat(), start.now)?,
    }
    let is_anew = aim == Aim::Anew && kind == AiFunction::GenerateImages;
    let new = NewOperation { items_total: items, ..start.operation(model.id, is_anew, units) };
    write.open_operation(&new, start.now)?;
    Ok(start.id)
}

/// Makes tasks of the new ideas of a plan, each a unit of its own behind those that wait already.
fn queue_ideas(write: &mut Write<'_>, plan: &mut Plan, now: UtcMs) -> Result<(), StoreError> {
    let tasks = write.idea_queue(&std::mem::take(&mut plan.fresh), now)?;
    plan.units.extend(tasks.into_iter().map(|task| vec![task.0]));
    plan.items = u32::try_from(plan.units.len()).unwrap_or(u32::MAX);
    Ok(())
}
