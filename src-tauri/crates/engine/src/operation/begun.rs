//! What work that was begun will cost from here on: each unit that has no end yet, as its turn will prepare it, with the
//! model that the work was started with at the price it has now, and what is held already at the price that was held under.
//! What is held for it has left the wallet and counts as there all the same: the settle takes of it what the unit costs, and
//! gives the rest back.

use super::{Estimate, Plan, not_found, unbarred};
use crate::unit::{context_of, current};
use crate::{Engine, EngineError};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, RunId};
use igny8_core::money::Credits;
use igny8_store::ledger::Funds;
use igny8_store::table::operation::OperationRow;
use igny8_store::{Read, StoreError};

/// Begun work and its price.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    pub function: AiFunction,
    /// The run it belongs to; `None` for what a person started by itself.
    pub run: Option<RunId>,
    /// What is held for it.
    pub held: Credits,
    /// What it will cost from here on.
    pub estimate: Estimate,
}

impl Engine {
    /// What an operation that has not ended will cost from here on, by itself.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; [`EngineError::ModelEnded`]; [`EngineError::Unpriced`].
    pub async fn estimate_begun(&self, id: OperationId) -> Result<Estimate, EngineError> {
        let row = self.store.read(move |r| r.operation(id)).await.map_err(|error| not_found(error, "operation"))?;
        Ok(self.price_begun(row).await?.estimate)
    }

    /// What an operation that has not ended will cost from here on.
    ///
    /// # Errors
    /// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; as a start for a prompt that cannot be used.
    pub(crate) async fn price_begun(&self, row: OperationRow) -> Result<Begun, EngineError> {
        let (id, function, run, begun) = (row.id, row.function, row.run, row.clone());
        let now = self.clock.now();
        let found = self.store.read(move |r| {
            let plans = plans_of(r, &begun)?;
            // What is held is gone on with whatever became of its model; what ends is the rest.
            if let Some(plan) = plans.first() {
                unbarred(r, &plan.model, now)?;
            }
            Ok::<_, EngineError>((plans, r.held_for(id)?, r.funds(Some(id))?))
        });
        let (plans, held, funds) = found.await?;
        let funds = Funds { available: funds.available.plus(held), ..funds };
        let mut whole: Option<Estimate> = None;
        for plan in plans {
            let row = row.clone();
            let context = move |read: &Read<'_>, model, call| context_of(read, &row, model, call);
            let prices = self.sample_prices(function, &plan, context).await?;
            let estimate = Estimate::of(&plan, &prices, funds);
            whole = Some(whole.map_or(estimate.clone(), |sum| sum.and(&estimate)));
        }
        let estimate = whole.ok_or(EngineError::NothingToDo)?;
        Ok(Begun { function, run, held, estimate })
    }
}

/// What is left of begun work, a plan for each price: first what is not held yet, at the price of now, then what is.
fn plans_of(read: &Read<'_>, row: &OperationRow) -> Result<Vec<Plan>, StoreError> {
    let at = |model| Plan { model, items: 0, units: Vec::new(), fresh: Vec::new() };
    let mut plans = vec![at(current(read, row.model)?)];
    let now = plans.first().map(|plan| plan.model.id);
    for (items, held_under) in read.open_units(row.id)? {
        let model = held_under.or(now);
        if let Some(model) = model.filter(|model| plans.iter().all(|plan| plan.model.id != *model)) {
            plans.push(at(read.model(model)?));
        }
        if let Some(plan) = plans.iter_mut().find(|plan| Some(plan.model.id) == model) {
            plan.items = plan.items.saturating_add(u32::try_from(items.len()).unwrap_or(u32::MAX));
            plan.units.push(items);
        }
    }
    Ok(plans)
}
