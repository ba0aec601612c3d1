//! Starting, estimating, cancelling and closing operations.

mod affordable;
mod begun;
mod context;
mod sample;
mod starting;

pub(crate) use self::begun::Begun;
pub(crate) use self::context::unit_context;
use self::sample::{SAMPLE_UNITS_MAX, Sample};
use crate::door::Door;
use crate::function::{Aim, ITEMS_MAX, RUN_FAILURES_MAX, UnitContext, function};
use crate::roles::{self, model_for, unbarred};
use crate::settings;
use crate::unit::{Unanswered, give_back};
use crate::{Engine, EngineError};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, ContentId, IdeaId, ImageId, OperationId, SiteId};
use igny8_core::model::{Charge, Model};
use igny8_core::money::{Credits, Usd, round_div};
use igny8_core::status::{ModelType, OperationStatus, Severity};
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use igny8_store::ledger::Funds;
use igny8_store::table::list::Selection;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::operation::OperationRow;
use igny8_store::{LedgerError, Read, StoreError, Write};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What to run a function on.
#[derive(Clone, Debug, Serialize)]
pub enum Items {
    /// Everything of the site that waits for the function.
    Waiting,
    /// At most so many of what waits, first come first.
    First(u32),
    /// Tasks that wait, then new ideas, at most so many together. The ideas are queued in the commit that starts the work,
    /// and only when all of it can be paid.
    WithIdeas(u32),
    /// These ideas: the tasks of theirs that wait, and a task for each that is new. As with [`Items::WithIdeas`], the new
    /// ones are queued by the start alone, so that asking for the price changes nothing.
    Ideas(Box<Selection>),
    /// These rows: keywords, clusters, tasks, articles or image slots.
    Ids(Vec<i64>),
    /// Those of these tasks or image slots whose last attempt failed.
    Failed(Vec<i64>),
    /// At most so many of the site whose last attempt failed.
    AllFailed(u32),
    /// Of what a run takes at most so many: everything that waits, and what failed but for what has failed too often.
    DueFirst(u32),
    /// Of these items those that a run takes.
    DueOf(Vec<i64>),
    /// Image slots of these articles that have no picture yet.
    ImagesOf(Vec<ContentId>),
    /// These image slots, whether they have a picture or not.
    Remake(Vec<ImageId>),
    /// The texts of these articles, but for approved ones, as another variation. Each stays until the next one is stored.
    Rewrite(Vec<ContentId>),
}

impl Items {
    const fn aim(&self) -> Aim {
        match self {
            Self::Waiting | Self::First(_) | Self::WithIdeas(_) | Self::Ideas(_) | Self::Ids(_) | Self::ImagesOf(_) => {
                Aim::Waiting
            }
            Self::Failed(_) | Self::AllFailed(_) | Self::DueFirst(_) | Self::DueOf(_) => Aim::Failed,
            Self::Remake(_) | Self::Rewrite(_) => Aim::Anew,
        }
    }

    /// Whether the start makes tasks of new ideas, or takes articles up again that are written.
    const fn change_the_plan(&self) -> bool {
        matches!(self, Self::WithIdeas(_) | Self::Ideas(_) | Self::Rewrite(_))
    }
}

/// What an operation will cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// Items.
    pub items: u32,
    /// Paid units.
    pub units: u32,
    /// Name of the model.
    pub model: String,
    /// Likely credits.
    pub credits: Credits,
    /// The most it can cost where each unit is asked for once: its worst case, which is what is held for it. One whose
    /// answer is repaired is held for anew, with the longer prompt.
    pub credits_max: Credits,
    /// The most that is held for one of its units, of those that were looked at.
    pub dearest_unit: Credits,
    /// Likely provider cost.
    pub cost: Usd,
    /// The most the vendor can bill for asking once; at most [`igny8_core::retry::BILLED_MAX`] times it when answers are
    /// lost or cannot be read.
    pub cost_max: Usd,
    /// What the wallet has, and of work that was begun also what is held for it.
    pub available: Credits,
    /// What is held for other work that is under way, most of which comes back.
    pub returning: Credits,
}

impl Engine {
    /// What a function on these items would cost now.
    ///
    /// # Errors
    /// [`EngineError::NothingToDo`] when no item is eligible; [`EngineError::NoModel`]; [`EngineError::ModelEnded`];
    /// [`EngineError::Unpriced`].
    pub async fn estimate(&self, kind: AiFunction, site: SiteId, items: Items) -> Result<Estimate, EngineError> {
        let aim = items.aim();
        let now = self.clock.now();
        let planned = move |r: &Read<'_>| {
            plan(r, kind, site, &items).and_then(|plan| unbarred(r, &plan.model, now).map(|()| plan))
        };
        let plan = self.store.read(planned).await?;
        let context = move |read: &Read<'_>, model, call| unit_context(read, site, model, call, aim);
        let prices = self.sample_prices(kind, &plan, context).await?;
        if prices.is_empty() {
            return Err(EngineError::NothingToDo);
        }
        Ok(Estimate::of(&plan, &prices, self.store.read(|r| r.funds(None)).await?))
    }

    /// Likely and worst price of units from all over the plan. An image is priced alike whatever it shows, so its slot is not
    /// looked at; it may still hold the picture that is to be made anew.
    async fn sample_prices(
        &self,
        kind: AiFunction,
        plan: &Plan,
        context: impl FnOnce(&Read<'_>, Model, CallId) -> Result<UnitContext, StoreError> + Send + 'static,
    ) -> Result<Vec<(Charge, Charge)>, EngineError> {
        let (call, model) = (CallId(self.ids.next()), plan.model.clone());
        let sample = Sample::of(plan, SAMPLE_UNITS_MAX);
        if kind.model_type() == ModelType::Image {
            let each = model.one_image().and_then(|likely| Ok((likely, model.worst_case_image()?)));
            let each = each.map_err(|_| EngineError::unpriced(&model))?;
            return Ok(vec![each; plan.units_total().min(SAMPLE_UNITS_MAX)]);
        }
        let prepared = self.store.read(move |r| {
            let unit = context(r, model, call)?;
            sample.prepare(r, kind, &unit)
        });
        prepared.await?.iter().map(|unit| self.price(&plan.model, unit)).collect()
    }

    /// Stops an operation at once: the requests that are under way for it are closed, and nothing is begun behind them.
    /// What was made stays and stays charged; what was asked for and not answered is given back, with what its vendor
    /// likely bills. A run that was interrupted in it is given up with it.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when it has ended.
    pub async fn cancel_operation(&self, id: OperationId) -> Result<(), EngineError> {
        let ended = self.wind_up_operation(id).await;
        // After the commit, and also of one that was wound up before and still waits for its last answers.
        self.lines.hang_up(id);
        ended
    }

    /// Stops an operation after the unit at hand, whose answer is waited for and taken in; otherwise as
    /// [`Engine::cancel_operation`].
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when it has ended.
    pub async fn wind_up_operation(&self, id: OperationId) -> Result<(), EngineError> {
        let (instance, now, door) = (self.instance, self.clock.now(), self.door.clone());
        let site = self.store.read(move |r| r.operation(id)).await?.site;
        let its_driver_ends_it = self.is_driving(site);
        let wound_up = self
            .store
            .write(move |w| {
                release_suspended(w, &door, id, instance, "cancelled", now)?;
                let was_open = w.cancel_operation(id, now)?;
                let is_left = was_open && !close_if_final(w, id, now)?;
                let of = w.operation(id)?.run.filter(|_| !its_driver_ends_it);
                let still = w.open_run(site)?.filter(|run| run.stands_still() && of == Some(run.id));
                if let Some(run) = still {
                    w.end_run(run.id, "cancelled", now)?;
                }
                Ok::<_, LedgerError>((was_open, is_left))
            })
            .await?;
        let (was_open, is_left) = wound_up;
        self.sweeps.want(is_left.then_some(id));
        // Others may have waited for what it held.
        self.wake.notify_one();
        if was_open { Ok(()) } else { Err(EngineError::WrongState("operation")) }
    }

    /// Waits until an operation has ended, or stands still with nothing of it at work, and returns its row. The runner must
    /// be running.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for an unknown id; [`EngineError::Store`] when the disk lets no work go on, in which
    /// case the operation stays open and goes on once it does.
    pub async fn wait_for(&self, id: OperationId) -> Result<OperationRow, EngineError> {
        let (mut changes, mut trouble) = (self.store.changes(), self.trouble());
        loop {
            let read = self.store.read(move |r| Ok::<_, StoreError>((r.operation(id)?, r.is_task_at_work(id)?)));
            let (row, is_at_work) = read.await?;
            match row.status {
                OperationStatus::Success | OperationStatus::Error => return Ok(row),
                OperationStatus::Interrupted if !is_at_work => return Ok(row),
                OperationStatus::Interrupted | OperationStatus::Pending => {}
            }
            tokio::select! {
                biased;
                // A lagged listener has missed some and looks again, which is what it would do anyway.
                _ = changes.recv() => {}
                Ok(_) = trouble.changed() => {
                    if let Some(error) = trouble.borrow_and_update().clone() {
                        return Err(error.into());
                    }
                }
            }
        }
    }
}

impl Estimate {
    /// Whether the wallet has it, with what comes back: calls wait for each other's holds.
    #[must_use]
    pub fn is_affordable(&self) -> bool {
        self.credits <= self.available.plus(self.returning)
    }

    /// From the likely and the worst price of some of a plan's units. Without any, all of its items are done or gone, and it
    /// costs nothing.
    fn of(plan: &Plan, prices: &[(Charge, Charge)], funds: Funds) -> Self {
        let (likely, worst) = in_all(prices, plan.units_total()).unwrap_or_default();
        Self {
            items: plan.items,
            units: u32::try_from(plan.units_total()).unwrap_or(u32::MAX),
            model: plan.model.display_name.clone(),
            credits: likely.credits,
            credits_max: worst.credits,
            dearest_unit: prices.iter().map(|(_, worst)| worst.credits).max().unwrap_or_default(),
            cost: likely.provider_cost,
            cost_max: worst.provider_cost,
            available: funds.available,
            returning: funds.returning,
        }
    }

    /// Both pieces of work in one, of the same wallet.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        if !self.model.split(", ").any(|model| model == other.model) {
            self.model = format!("{}, {}", self.model, other.model);
        }
        self.items = self.items.saturating_add(other.items);
        self.units = self.units.saturating_add(other.units);
        self.credits = self.credits.plus(other.credits);
        self.credits_max = self.credits_max.plus(other.credits_max);
        self.dearest_unit = self.dearest_unit.max(other.dearest_unit);
        self.cost = self.cost.plus(other.cost);
        self.cost_max = self.cost_max.plus(other.cost_max);
        self
    }
}

/// What so many units cost likely and at most, from the likely and the worst price of some of them; `None` without any.
fn in_all(prices: &[(Charge, Charge)], count: usize) -> Option<(Charge, Charge)> {
    let dearest = Charge {
        credits: prices.iter().map(|(_, worst)| worst.credits).max()?,
        provider_cost: prices.iter().map(|(_, worst)| worst.provider_cost).max()?,
    };
    let unseen = i64::try_from(count.saturating_sub(prices.len())).unwrap_or(i64::MAX);
    let beyond = Charge {
        credits: Credits(dearest.credits.0.saturating_mul(unseen)),
        provider_cost: Usd(dearest.provider_cost.0.saturating_mul(unseen)),
    };
    let (seen, worst) = prices
        .iter()
        .fold((Charge::default(), beyond), |(seen, most), (likely, worst)| (plus(seen, *likely), plus(most, *worst)));
    let scale = |sum: i64| round_div(i128::from(sum) * count as i128, prices.len() as i128);
    let likely = Charge { credits: Credits(scale(seen.credits.0)), provider_cost: Usd(scale(seen.provider_cost.0)) };
    Some((likely, worst))
}

/// Two prices in one.
pub(crate) fn plus(sum: Charge, one: Charge) -> Charge {
    Charge { credits: sum.credits.plus(one.credits), provider_cost: sum.provider_cost.plus(one.provider_cost) }
}

/// The units of an operation.
struct Plan {
    model: Model,
    items: u32,
    units: Vec<Vec<i64>>,
    /// New ideas that get their task, and with it their unit, when the work starts.
    fresh: Vec<IdeaId>,
}

impl Plan {
    /// Units in all, those of new ideas among them.
    fn units_total(&self) -> usize {
        self.units.len() + self.fresh.len()
    }
}

fn plan(read: &Read<'_>, kind: AiFunction, site: SiteId, items: &Items) -> Result<Plan, EngineError> {
    read.site(site).map_err(|error| not_found(error, "site"))?;
    if items.change_the_plan() && kind != AiFunction::GenerateContent {
        return Err(EngineError::InvalidField { field: "function", rule: "unknown" });
    }
    let (function, mut fresh) = (function(kind), Vec::new());
    let ids = match items {
        Items::Waiting => function.waiting(read, site, u32::try_from(ITEMS_MAX).unwrap_or(u32::MAX))?,
        Items::First(limit) => function.waiting(read, site, *limit)?,
        Items::WithIdeas(limit) => {
            let waiting = function.waiting(read, site, *limit)?;
            let room = limit.saturating_sub(u32::try_from(waiting.len()).unwrap_or(u32::MAX));
            fresh = read.new_ideas(site, room)?.into_iter().map(|idea| idea.id).collect();
            waiting
        }
        Items::Ideas(selection) => {
            // One more than may be, so that too many are refused and not cut off unseen.
            let ideas = read.idea_ids(selection, ITEMS_MAX + 1)?;
            fresh = read.ideas_to_queue(site, &ideas)?;
            read.queued_tasks_of(site, &ideas)?.into_iter().map(|task| task.0).collect()
        }
        Items::Ids(ids) => function.eligible(read, site, ids)?,
        Items::Failed(ids) => {
            let failed: BTreeSet<i64> = function.failed_ones(read, site, None, u32::MAX)?.into_iter().collect();
            ids.iter().copied().filter(|id| failed.contains(id)).collect()
        }
        Items::AllFailed(limit) => function.failed_ones(read, site, None, *limit)?,
        Items::DueFirst(limit) => {
            let mut ids = due(read, kind, site)?;
            ids.truncate(*limit as usize);
            ids
        }
        Items::DueOf(ids) => {
            let wanted: BTreeSet<i64> = ids.iter().copied().collect();
            due(read, kind, site)?.into_iter().filter(|id| wanted.contains(id)).collect()
        }
        Items::ImagesOf(contents) => {
            let mut slots = Vec::new();
            for content in contents {
                slots.extend(read.images_of(*content)?.into_iter().map(|image| image.id.0));
            }
            function.eligible(read, site, &slots)?
        }
        Items::Remake(images) => {
            // Whatever they show now: it stays until the new one is there.
            read.images(images)?.into_iter().filter(|image| image.site == site).map(|image| image.id.0).collect()
        }
        Items::Rewrite(contents) => read.tasks_to_rewrite(site, contents)?.into_iter().map(|task| task.0).collect(),
    };
    // What an open operation will still do must not be planned, paid and made a second time.
    let at_work = read.items_at_work(site, kind)?;
    let ids: Vec<i64> = ids.into_iter().filter(|id| !at_work.contains(id)).collect();
    let items = ids.len() + fresh.len();
    if items == 0 {
        return Err(EngineError::NothingToDo);
    }
    if items > ITEMS_MAX {
        return Err(EngineError::InvalidField { field: "ids", rule: "too_long" });
    }
    let model = model_for(read, kind)?;
    let units = function.units(read, &ids, kind.items_per_call(&model))?;
    Ok(Plan { model, items: u32::try_from(items).unwrap_or(u32::MAX), units, fresh })
}

/// What of a site waits for a function, or is in the hands of an open operation.
fn waiting_or_at_work(read: &Read<'_>, kind: AiFunction, site: SiteId) -> Result<BTreeSet<i64>, StoreError> {
    let mut items = read.items_at_work(site, kind)?;
    items.extend(function(kind).waiting(read, site, u32::try_from(ITEMS_MAX).unwrap_or(u32::MAX))?);
    Ok(items)
}

/// What a run takes of a site: everything that waits, and what failed but for what has failed too often.
pub(crate) fn due(read: &Read<'_>, kind: AiFunction, site: SiteId) -> Result<Vec<i64>, StoreError> {
    let limit = u32::try_from(ITEMS_MAX).unwrap_or(u32::MAX);
    let mut ids = function(kind).waiting(read, site, limit)?;
    if !ids.is_empty() {
        let failing = function(kind).failing(read, site, RUN_FAILURES_MAX)?;
        ids.retain(|id| !failing.contains(id));
    }
    ids.extend(function(kind).failed_ones(read, site, Some(RUN_FAILURES_MAX), limit)?);
    ids.truncate(ITEMS_MAX);
    Ok(ids)
}

pub(crate) fn not_found(error: StoreError, what: &'static str) -> EngineError {
    match error {
        StoreError::NotFound => EngineError::NotFound(what),
        other => other.into(),
    }
}

/// Usage that a request will likely have.
pub(crate) fn likely_usage(input_tokens: u32, output_tokens: u32) -> Usage {
    Usage { input_tokens, output_tokens, is_estimated: true, ..Usage::default() }
}

/// Gives back what waiting units keep, so that they can be cancelled like new ones; what they sent stays on the books.
pub(crate) fn release_suspended(
    write: &mut Write<'_>,
    door: &Door,
    id: OperationId,
    instance: Uuid,
    code: &'static str,
    now: UtcMs,
) -> Result<(), LedgerError> {
    let suspended = write.suspended_units(id)?;
    if suspended.is_empty() {
        return Ok(());
    }
    let (operation, credit_price) = (write.operation(id)?, settings::load(write)?.credit_price);
    for (job, items) in suspended {
        let lease = write.lease(job, instance)?;
        if let Some(open) = write.open_call(lease)? {
            let lost = Unanswered { open: &open, operation: &operation, items: &items, code, credit_price };
            give_back(write, door, &lost, now)?;
        }
        write.requeue_unit(lease, now)?;
    }
    Ok(())
}

/// Closes an operation whose units are all final, with its one notice in the same commit.
pub(crate) fn close_if_final(write: &mut Write<'_>, id: OperationId, now: UtcMs) -> Result<bool, StoreError> {
    let Some(row) = write.close_operation_if_final(id, now)? else { return Ok(false) };
    let has_all = row.units_done == row.units_total;
    let (ending, severity) = match (row.status, !has_all || row.is_cancelled) {
        (OperationStatus::Success, false) => ("success", Severity::Success),
        (OperationStatus::Success, true) => ("partial", Severity::Warning),
        (OperationStatus::Error, _) => ("failed", Severity::Error),
        (OperationStatus::Pending | OperationStatus::Interrupted, _) => return Ok(false),
    };
    let params = BTreeMap::from([
        ("results", row.results.to_string()),
        ("joined", row.joined.to_string()),
        ("credits", row.credits.to_string()),
        ("units_total", row.units_total.to_string()),
        ("units_done", row.units_done.to_string()),
        ("units_failed", row.units_failed.to_string()),
        ("code", row.error_code.clone()),
        ("is_cancelled", u8::from(row.is_cancelled).to_string()),
        ("unanswered", write.unanswered_calls(id)?.to_string()),
        ("until", row.goes_on_at().map(|at| at.to_rfc3339()).unwrap_or_default()),
        ("address", roles::address_of_stranger(write, row.model, &row.error_code)?.unwrap_or_default()),
    ]);
    write.notify(
        &NewNotification {
            notification_type: match row.is_trial {
                true => format!("prompt_trial_{ending}"),
                false => format!("{}_{ending}", row.function.notification_stem()),
            },
            severity,
            site: Some(row.site),
            operation: Some(id),
            related_type: "operation",
            related_id: 0,
            params,
            dedupe: format!("operation:{id}"),
        },
        now,
    )?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charge(n: i64) -> Charge {
        Charge { credits: Credits(n), provider_cost: Usd(10 * n) }
    }

    #[test]
    fn at_most_is_the_sum_of_the_worst_cases_and_the_dearest_for_those_not_looked_at() {
        let prices = [(charge(1), charge(2)), (charge(3), charge(10))];
        assert_eq!(in_all(&prices, 2), Some((charge(4), charge(12))));
        assert_eq!(in_all(&prices, 5), Some((charge(10), charge(12 + 3 * 10))));
        assert_eq!(in_all(&[], 0), None);
    }
}
