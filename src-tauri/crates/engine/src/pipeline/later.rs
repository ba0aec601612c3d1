//! What items cost that do not exist yet. A call costs something by itself, whatever it carries, so that neither a call nor
//! an item has one price: the typical consumption says how a price grows with the items, and the latest calls of the same
//! kind say how far it is off.

use crate::function::answer_room;
use crate::operation::{likely_usage, plus};
use crate::unit::likely_thought;
use crate::{Engine, EngineError, roles};
use igny8_core::budget;
use igny8_core::function::AiFunction;
use igny8_core::model::{Charge, Model, PriceError};
use igny8_core::money::{Credits, Usd, round_div};
use igny8_core::status::ModelType;
use igny8_store::table::usage::CallsLately;

/// What later items of a function are priced by.
pub(super) struct PriceOfLater {
    function: AiFunction,
    model: Model,
    /// Tokens a call likely thinks with.
    thought: u32,
    lately: Vec<CallsLately>,
}

impl Engine {
    /// What prices later items of a function.
    ///
    /// # Errors
    /// [`EngineError::NoModel`]; [`EngineError::ModelEnded`]; [`EngineError::Unpriced`].
    pub(super) async fn price_of_later(&self, function: AiFunction) -> Result<PriceOfLater, EngineError> {
        let now = self.clock.now();
        let found = self.store.read(move |r| {
            let model = roles::model_for(r, function)?;
            roles::unbarred(r, &model, now)?;
            let lately = r.usage_lately(function, model.id)?;
            Ok::<_, EngineError>((model, lately))
        });
        let (model, lately) = found.await?;
        let thought = likely_thought(&model);
        Ok(PriceOfLater { function, model, thought, lately })
    }
}

impl PriceOfLater {
    /// What so many items will likely cost, in calls as full as they may be.
    ///
    /// # Errors
    /// [`EngineError::Unpriced`].
    pub fn of(&self, items: u32) -> Result<Charge, EngineError> {
        let charge = || {
            let per_call = u32::try_from(self.function.items_per_call(&self.model)).unwrap_or(u32::MAX).max(1);
            let full = times(self.typical(per_call.min(items))?, items / per_call);
            Ok(self.corrected(plus(full, self.typical(items % per_call)?), self.typical_lately()?))
        };
        charge().map_err(|_: PriceError| EngineError::unpriced(&self.model))
    }

    /// What the hold of one call keeps back beyond what the call will likely take, at most among the calls for so many
    /// items: the smallest, of which what is thought is the largest part, and the fullest, whose answer is the longest.
    ///
    /// # Errors
    /// [`EngineError::Unpriced`].
    pub fn headroom(&self, items: u32) -> Result<Credits, EngineError> {
        let per_call = u32::try_from(self.function.items_per_call(&self.model)).unwrap_or(u32::MAX).max(1);
        let of = |items| Ok::<_, EngineError>(self.worst(items)?.credits.minus(self.of(items)?.credits));
        Ok(of(1)?.max(of(per_call.min(items).max(1))?).max(Credits::ZERO))
    }

    /// The most that a call of so many items can cost.
    fn worst(&self, items: u32) -> Result<Charge, EngineError> {
        let worst = match self.function.model_type() {
            ModelType::Image => self.model.worst_case_image(),
            ModelType::Text => {
                let (input, output) = budget::typical_tokens(self.function, items);
                let input = input.saturating_mul(budget::PROMPT_LONGER);
                self.model.worst_case_text(input, answer_room(&self.model, output))
            }
        };
        worst.map_err(|_: PriceError| EngineError::unpriced(&self.model))
    }

    /// A call of so many items by typical consumption.
    fn typical(&self, items: u32) -> Result<Charge, PriceError> {
        if items == 0 {
            return Ok(Charge::default());
        }
        match self.function.model_type() {
            ModelType::Image => Ok(times(self.model.one_image()?, items)),
            ModelType::Text => {
                let (input, output) = budget::typical_tokens(self.function, items);
                self.model.charge(&likely_usage(input, output.saturating_add(self.thought)))
            }
        }
    }

    /// What the latest calls would have cost by typical consumption.
    fn typical_lately(&self) -> Result<Charge, PriceError> {
        self.lately
            .iter()
            .try_fold(Charge::default(), |sum, group| Ok(plus(sum, times(self.typical(group.items)?, group.calls))))
    }

    /// A typical price, times what the latest calls cost of theirs.
    fn corrected(&self, typical: Charge, typical_lately: Charge) -> Charge {
        let charged = self.lately.iter().map(|group| group.credits).fold(Credits::ZERO, Credits::plus);
        let billed = self.lately.iter().map(|group| group.cost).fold(Usd::ZERO, Usd::plus);
        Charge {
            credits: Credits(in_proportion(typical.credits.0, charged.0, typical_lately.credits.0)),
            provider_cost: Usd(in_proportion(typical.provider_cost.0, billed.0, typical_lately.provider_cost.0)),
        }
    }
}

/// `typical` times `was` of `expected`; as it is where nothing was expected, so that nothing is known.
pub(super) fn in_proportion(typical: i64, was: i64, expected: i64) -> i64 {
    if expected == 0 {
        return typical;
    }
    round_div(i128::from(typical) * i128::from(was), i128::from(expected))
}

fn times(charge: Charge, count: u32) -> Charge {
    Charge {
        credits: Credits(charge.credits.0.saturating_mul(i64::from(count))),
        provider_cost: Usd(charge.provider_cost.0.saturating_mul(i64::from(count))),
    }
}
