//! What it costs to go on with all that a pause of everything holds, before the click: the sum of what each part of it
//! costs by itself, since each spends from the same wallet.

use super::NotDone;
use super::held::parts;
use crate::pipeline::{Rest, Span};
use crate::{Engine, EngineError};
use igny8_core::money::{Credits, Usd};
use igny8_store::StoreError;

/// What goes on, and what that costs.
#[derive(Debug, Default)]
pub struct RestOfAll {
    /// Credits in all.
    pub credits: Span<Credits>,
    /// Provider cost in all.
    pub cost: Span<Usd>,
    /// What the wallet has, with what is held for what goes on.
    pub available: Credits,
    /// Whether the wallet has what at least one part of it needs to go on. With nothing to go on with it has.
    pub is_affordable: bool,
    /// What has no price now, such as work of a model that has ended: it does not go on.
    pub unpriced: Vec<NotDone>,
}

impl RestOfAll {
    fn add(&mut self, rest: &Rest, wallet: Credits) {
        let (credits, cost, available) = match rest {
            Rest::Run(run) => (run.credits, run.cost, run.available),
            Rest::Work(work) => (
                Span { min: work.credits, likely: work.credits, max: work.credits_max },
                Span { min: work.cost, likely: work.cost, max: work.cost_max },
                work.available,
            ),
        };
        self.credits.min = self.credits.min.plus(credits.min);
        self.credits.likely = self.credits.likely.plus(credits.likely);
        self.credits.max = self.credits.max.plus(credits.max);
        self.cost.min = self.cost.min.plus(cost.min);
        self.cost.likely = self.cost.likely.plus(cost.likely);
        self.cost.max = self.cost.max.plus(cost.max);
        self.available = self.available.plus(available.minus(wallet));
        self.is_affordable |= match rest {
            Rest::Run(run) => run.is_affordable(),
            Rest::Work(work) => work.is_affordable(),
        };
    }
}

impl Engine {
    /// What [`Engine::resume_all`] would cost now. What somebody has gone on with since is not of it; a task at a site whose
    /// run goes on is of that run.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn rest_of_all(&self) -> Result<RestOfAll, EngineError> {
        let found = self.store.read(|r| Ok::<_, StoreError>((parts(r)?, r.funds(None)?.available)));
        let (parts, wallet) = found.await?;
        let mut all = RestOfAll { available: wallet, is_affordable: parts.is_empty(), ..RestOfAll::default() };
        for part in parts.into_iter().filter(|part| !part.is_beside_a_run) {
            let rest = match part.task {
                None => self.rest_of_site(part.site).await,
                Some((task, _)) => self.rest_of_operation(task).await,
            };
            match rest {
                Ok(rest) => all.add(&rest, wallet),
                // Somebody has gone on with it since.
                Err(EngineError::WrongState(_) | EngineError::NotFound(_)) => {}
                Err(EngineError::Store(error)) => return Err(error.into()),
                Err(error) => all.unpriced.push(part.not_done(error)),
            }
        }
        Ok(all)
    }
}
