//! What work that was begun will cost from here on: each unit that has no end yet, as its turn will prepare it, with the
//! model and the price that the work was started with. What is held for it has left the wallet and counts as there all the
//! same: the settle takes of it what the unit costs, and gives the rest back.

use super::{Estimate, Plan, barred, in_all, not_found};
use crate::unit::context_of;
use crate::{Engine, EngineError};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, RunId};
use igny8_core::money::Credits;
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
        let (id, model) = (row.id, row.model);
        let found =
            self.store.read(move |r| Ok::<_, StoreError>((r.model(model)?, r.open_units(id)?, r.held_for(id)?)));
        let (model, units, held) = found.await?;
        if let Some((_, error)) = barred(&model, self.clock.now()) {
            return Err(error);
        }
        let items = u32::try_from(units.iter().map(Vec::len).sum::<usize>()).unwrap_or(u32::MAX);
        let plan = Plan { model, items, units, fresh: Vec::new() };
        let (function, run, door) = (row.function, row.run, self.door.clone());
        let context = move |read: &Read<'_>, model, call| context_of(read, &door, &row, model, call);
        let (available, prices) = self.sample_prices(function, &plan, context).await?;
        // Units whose items are all done or gone cost nothing.
        let (likely, worst) = in_all(&prices, plan.units_total()).unwrap_or_default();
        let estimate = Estimate::of(&plan, likely, worst, available.plus(held));
        Ok(Begun { function, run, held, estimate })
    }
}
