//! What work will cost that is gone on with, before the click. Work by itself costs what its units that wait cost. A run
//! goes on with the stages that follow, so that its price is that of all that is left of the site's way, and never more
//! than what is left of its cap: there it ends.
//!
//! What a person began by itself and was interrupted in goes on with the run, when its stage comes, and is not of the
//! run's cap.

use super::forecast::{Span, StageForecast, expected};
use super::later::in_proportion;
use crate::operation::{Begun, Estimate, Items, not_found, plus};
use crate::{Engine, EngineError};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, RunId, SiteId};
use igny8_core::model::Charge;
use igny8_core::money::{Credits, Usd};
use igny8_core::status::OperationStatus;
use igny8_store::StoreError;
use igny8_store::ledger::Funds;
use std::cmp::Reverse;

/// What goes on, and what that costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Work that belongs to no run, or to one that is over.
    Work(Estimate),
    /// A run.
    Run(RestOfRun),
}

/// A cap and what of it may still be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CapLeft {
    /// The cap.
    pub cap: Credits,
    /// What is left of it. What is held under it is left: it was not spent yet.
    pub left: Credits,
}

/// What a run costs from here on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestOfRun {
    /// Stages that will have something to do, each at its whole price.
    pub stages: Vec<StageForecast>,
    /// Credits in all, within the cap.
    pub credits: Span<Credits>,
    /// Provider cost in all, within the cap.
    pub cost: Span<Usd>,
    /// What all of it costs, whatever the cap: more where the cap ends it before.
    pub whole: (Span<Credits>, Span<Usd>),
    /// What the wallet has, with what is held for what was interrupted.
    pub available: Credits,
    /// What is held for other work, most of which comes back.
    pub returning: Credits,
    /// Units that were interrupted.
    pub units: u32,
    /// What is held for them.
    pub held: Credits,
    /// The cap it goes by; `None` for a run that has not begun and gets its own.
    pub cap: Option<CapLeft>,
}

impl RestOfRun {
    /// Whether the wallet has what its first stage costs at least, with what comes back: calls wait for each other's holds.
    #[must_use]
    pub fn is_affordable(&self) -> bool {
        let in_time = self.available.plus(self.returning);
        self.stages.first().is_none_or(|first| first.credits.min <= in_time)
    }
}

/// How a run spends.
#[derive(Clone, Copy, Debug)]
enum Terms {
    /// It has begun, and goes on under the cap it has.
    Begun(RunId, Option<CapLeft>),
    /// One begins, under this cap. It would be refused over what was interrupted.
    Named(CapLeft),
    /// One begins and gets a cap of its own; what was interrupted goes on beside it.
    Fresh,
}

impl Terms {
    const fn cap(self) -> Option<CapLeft> {
        match self {
            Self::Begun(_, cap) => cap,
            Self::Named(cap) => Some(cap),
            Self::Fresh => None,
        }
    }

    const fn run(self) -> Option<RunId> {
        match self {
            Self::Begun(run, _) => Some(run),
            Self::Named(_) | Self::Fresh => None,
        }
    }

    /// Whether what was begun is of the run's cap.
    fn count(self, begun: &Begun) -> bool {
        match self {
            Self::Begun(run, _) => begun.run == Some(run),
            Self::Named(_) | Self::Fresh => false,
        }
    }
}

impl Engine {
    /// What it costs to go on with what of a site was interrupted: see [`Engine::take_up_site`].
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when nothing was; as [`Engine::estimate`].
    pub async fn rest_of_site(&self, site: SiteId) -> Result<Rest, EngineError> {
        if self.store.read(move |r| r.open_run(site)).await?.is_some() {
            return Ok(Rest::Run(self.rest_of_run(site, None).await?));
        }
        let begun = self.begun_of(site).await?;
        Ok(Rest::Work(together(begun).ok_or(EngineError::WrongState("pipeline"))?))
    }

    /// What it costs to go on with an operation that was interrupted, and with the run that was interrupted in it: see
    /// [`Engine::take_up_operation`].
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when it was not; [`EngineError::NotFound`]; as [`Engine::estimate`].
    pub async fn rest_of_operation(&self, id: OperationId) -> Result<Rest, EngineError> {
        let found = self.store.read(move |r| {
            let row = r.operation(id)?;
            Ok::<_, StoreError>((r.open_run(row.site)?, row))
        });
        let (run, row) = found.await.map_err(|error| not_found(error, "operation"))?;
        if row.status != OperationStatus::Interrupted {
            return Err(EngineError::WrongState("operation"));
        }
        if run.is_some_and(|run| run.stands_still() && row.run == Some(run.id)) {
            return Ok(Rest::Run(self.rest_of_run(row.site, None).await?));
        }
        Ok(Rest::Work(self.price_begun(row).await?.estimate))
    }

    /// What [`Engine::run_pipeline`] will cost with this cap: as a run that goes on, or else as a new one.
    ///
    /// # Errors
    /// As [`Engine::forecast`].
    pub async fn rest_of_run(&self, site: SiteId, cap: Option<Credits>) -> Result<RestOfRun, EngineError> {
        let read = self.store.read(move |r| {
            let Some(run) = r.open_run(site)? else { return Ok::<_, StoreError>(None) };
            Ok(Some((run.id, r.run_cap(run.id)?)))
        });
        let terms = match (cap, read.await?) {
            (Some(cap), _) => Terms::Named(CapLeft { cap, left: cap }),
            (None, Some((run, cap))) => {
                let left = |cap: Credits, used| CapLeft { cap, left: cap.minus(used).max(Credits::ZERO) };
                Terms::Begun(run, cap.and_then(|view| view.wanted.map(|wanted| left(wanted, view.used))))
            }
            (None, None) => Terms::Fresh,
        };
        self.price_run(site, terms).await
    }

    async fn price_run(&self, site: SiteId, terms: Terms) -> Result<RestOfRun, EngineError> {
        let begun = self.begun_of(site).await?;
        // What is in the hands of an operation is among what waits: it is what the stages after it will get.
        let waiting = self.count_waiting(site, terms.run()).await?;
        let (mut stages, mut own) = (Vec::new(), Vec::new());
        for (function, now, later) in expected(&waiting) {
            let due = self.due(function, site, now).await?;
            let mut of_run = self.forecast_stage(function, due.as_ref(), later).await?;
            let mut stage = of_run;
            for begun in begun.iter().filter(|begun| begun.function == function) {
                stage.add(&begun.estimate);
                if terms.count(begun) {
                    of_run.add(&begun.estimate);
                }
            }
            if stage.items.max > 0 {
                stages.push(stage);
                own.push(of_run);
            }
        }
        if stages.is_empty() {
            return Err(EngineError::NothingToDo);
        }
        let (credits, cost) = within(&stages, &own, terms.cap().map(|cap| cap.left));
        let whole = within(&stages, &own, None);
        let held = begun.iter().fold(Credits::ZERO, |sum, begun| sum.plus(begun.held));
        let units = begun.iter().fold(0_u32, |sum, begun| sum.saturating_add(begun.estimate.units));
        let Funds { available, returning } = waiting.funds;
        let available = available.plus(held);
        Ok(RestOfRun { stages, credits, cost, whole, available, returning, units, held, cap: terms.cap() })
    }

    /// What waits for a stage and is in nobody's hands; `None` without any.
    async fn due(&self, function: AiFunction, site: SiteId, now: u32) -> Result<Option<Estimate>, EngineError> {
        if now == 0 {
            return Ok(None);
        }
        match self.estimate(function, site, Items::DueFirst(now)).await {
            Err(EngineError::NothingToDo) => Ok(None),
            due => due.map(Some),
        }
    }

    /// What of a site was interrupted, at its price, oldest first.
    async fn begun_of(&self, site: SiteId) -> Result<Vec<Begun>, EngineError> {
        let mut begun = Vec::new();
        for row in self.open_of(site).await? {
            if row.status == OperationStatus::Interrupted {
                begun.push(self.price_begun(row).await?);
            }
        }
        Ok(begun)
    }
}

/// Several pieces of work in one; `None` without any.
fn together(begun: Vec<Begun>) -> Option<Estimate> {
    let mut begun = begun.into_iter();
    let first = begun.next()?.estimate;
    Some(begun.fold(first, |sum, Begun { held, estimate, .. }| {
        let available = sum.available.plus(held);
        Estimate { available, ..sum.and(&estimate) }
    }))
}

/// What stages cost in all, when what is the run's own of them stays within what is left of its cap.
fn within(stages: &[StageForecast], own: &[StageForecast], left: Option<Credits>) -> (Span<Credits>, Span<Usd>) {
    let left = left.unwrap_or(Credits(i64::MAX));
    let in_all = |price: fn(&StageForecast) -> Charge, is_most: bool| {
        let beside = stages.iter().zip(own).fold(Charge::default(), |sum, (stage, own)| {
            let (all, own) = (price(stage), price(own));
            let cost = Usd(all.provider_cost.0.saturating_sub(own.provider_cost.0));
            plus(sum, Charge { credits: all.credits.minus(own.credits), provider_cost: cost })
        });
        let mut prices: Vec<Charge> = own.iter().map(price).collect();
        if is_most {
            // A cap is of credits. The vendor bills the most for them when they go where a credit is dearest.
            prices.sort_by_key(|price| Reverse(cost_of_a_credit(*price)));
        }
        plus(beside, until_spent(&prices, left))
    };
    let (least, likely, most) = (
        in_all(|stage| Charge { credits: stage.credits.min, provider_cost: stage.cost.min }, false),
        in_all(|stage| Charge { credits: stage.credits.likely, provider_cost: stage.cost.likely }, false),
        in_all(|stage| Charge { credits: stage.credits.max, provider_cost: stage.cost.max }, true),
    );
    let credits = Span { min: least.credits, likely: likely.credits, max: most.credits };
    let cost = Span { min: least.provider_cost, likely: likely.provider_cost, max: most.provider_cost };
    (credits, cost)
}

/// What is paid of these prices, one after the other, until so much is spent.
fn until_spent(prices: &[Charge], left: Credits) -> Charge {
    prices.iter().fold(Charge::default(), |sum, price| {
        let credits = price.credits.min(left.minus(sum.credits));
        let cost = Usd(in_proportion(price.provider_cost.0, credits.0, price.credits.0));
        plus(sum, Charge { credits, provider_cost: cost })
    })
}

/// Nano-dollars of a credit.
fn cost_of_a_credit(price: Charge) -> i128 {
    let cost = i128::from(price.provider_cost.0) * i128::from(Credits::whole(1).0);
    cost.checked_div(i128::from(price.credits.0)).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(credits: [i64; 3], cost: [i64; 3]) -> StageForecast {
        let span = |[min, likely, max]: [i64; 3]| Span { min, likely, max };
        let (credits, cost) = (span(credits), span(cost));
        StageForecast {
            function: AiFunction::GenerateContent,
            items: Span { min: 1, likely: 1, max: 1 },
            credits: Span { min: Credits(credits.min), likely: Credits(credits.likely), max: Credits(credits.max) },
            cost: Span { min: Usd(cost.min), likely: Usd(cost.likely), max: Usd(cost.max) },
            headroom: Credits::ZERO,
        }
    }

    fn numbers((credits, cost): (Span<Credits>, Span<Usd>)) -> ([i64; 3], [i64; 3]) {
        ([credits.min.0, credits.likely.0, credits.max.0], [cost.min.0, cost.likely.0, cost.max.0])
    }

    #[test]
    fn a_run_costs_no_more_than_is_left_of_its_cap() {
        let stages = [stage([10, 20, 40], [100, 200, 400]), stage([10, 30, 60], [10, 30, 60])];
        assert_eq!(numbers(within(&stages, &stages, None)), ([20, 50, 100], [110, 230, 460]));
        assert_eq!(numbers(within(&stages, &stages, Some(Credits(1_000)))), ([20, 50, 100], [110, 230, 460]));
        assert_eq!(
            numbers(within(&stages, &stages, Some(Credits(30)))),
            ([20, 30, 30], [110, 210, 300]),
            "stage by stage until it is spent, and at most where a credit costs the most"
        );
        assert_eq!(numbers(within(&stages, &stages, Some(Credits::ZERO))), ([0, 0, 0], [0, 0, 0]));
    }

    #[test]
    fn the_most_a_vendor_bills_is_no_less_when_the_dear_stage_is_the_last() {
        let stages = [stage([0, 0, 60], [0, 0, 60]), stage([0, 0, 40], [0, 0, 400])];
        assert_eq!(numbers(within(&stages, &stages, Some(Credits(30)))), ([0, 0, 30], [0, 0, 300]));
        let free = [stage([0; 3], [7; 3])];
        assert_eq!(numbers(within(&free, &free, Some(Credits::ZERO))), ([0; 3], [7; 3]), "no credits hold it back");
    }

    #[test]
    fn what_a_person_began_is_not_of_the_cap() {
        let (own, all) = ([stage([5, 5, 8], [5, 5, 8])], [stage([15, 15, 28], [15, 15, 28])]);
        assert_eq!(numbers(within(&all, &own, Some(Credits(6)))), ([15, 15, 26], [15, 15, 26]));
    }
}
