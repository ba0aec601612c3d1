//! What a run will cost, before the click: each stage from what waits for it now and from what the stages before it will
//! make. What waits is priced as it is; what does not exist yet by the average of the latest units of its kind, or, when
//! there were none, by typical consumption. The span says how much of that is guessed. Whether a run may begin at all is
//! decided here, for the window and the command line alike.

use crate::function::ITEMS_MAX;
use crate::operation::{Items, due, likely_usage};
use crate::{Engine, EngineError};
use igny8_core::budget::{self, yields};
use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::model::Charge;
use igny8_core::money::{Credits, Usd, round_div};
use igny8_core::status::ModelType;
use igny8_store::StoreError;

/// From least to most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span<T> {
    /// At least.
    pub min: T,
    /// Usually.
    pub likely: T,
    /// At most.
    pub max: T,
}

/// A cap is never nothing: this run may be free.
const CAP_MIN: Credits = Credits(1);

/// One stage of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageForecast {
    /// Which.
    pub function: AiFunction,
    /// Items it will work on.
    pub items: Span<u32>,
    /// Credits.
    pub credits: Span<Credits>,
    /// What the vendor will bill.
    pub cost: Span<Usd>,
}

/// A whole run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Stages that will have something to do.
    pub stages: Vec<StageForecast>,
    /// Credits in all.
    pub credits: Span<Credits>,
    /// Provider cost in all.
    pub cost: Span<Usd>,
    /// What the wallet has.
    pub available: Credits,
    /// The cap the run gets unless the user names another: never more than the wallet has.
    pub run_cap: Credits,
}

impl Forecast {
    /// Whether the wallet has 1.2 times the estimate.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        budget::needed(self.credits.likely) <= self.available
    }

    /// The cap of a run: the one that is named, which is the user's decision as long as the wallet has it, or the run's
    /// own when the wallet covers its estimate.
    ///
    /// # Errors
    /// [`EngineError::RunNotCovered`].
    pub fn cap(&self, named: Option<Credits>) -> Result<Credits, EngineError> {
        let is_covered = named.map_or_else(|| self.is_covered(), |cap| cap <= self.available);
        if is_covered {
            return Ok(named.unwrap_or(self.run_cap));
        }
        Err(EngineError::RunNotCovered {
            estimate: self.credits.likely,
            needed: budget::needed(self.credits.likely),
            cap: named,
            available: self.available,
        })
    }
}

/// Items that a run would take for each function now, and settings that decide how many follow.
struct Waiting {
    keywords: u32,
    clusters: u32,
    ideas: u32,
    tasks: u32,
    articles: u32,
    slots: u32,
    pictures_each: u32,
    available: Credits,
}

impl Engine {
    /// What a run of a site's pipeline would cost now.
    ///
    /// # Errors
    /// [`EngineError::NothingToDo`] when no stage has anything to do; [`EngineError::NoModel`];
    /// [`EngineError::Unpriced`]; [`EngineError::NotFound`].
    pub async fn forecast(&self, site: SiteId) -> Result<Forecast, EngineError> {
        let waiting = self.count_waiting(site).await?;
        let mut stages = Vec::new();
        for (function, now, later) in expected(&waiting) {
            if now > 0 || later.max > 0 {
                stages.push(self.forecast_stage(site, function, now, later).await?);
            }
        }
        if stages.is_empty() {
            return Err(EngineError::NothingToDo);
        }
        let credits = stages.iter().fold(Span::<Credits>::default(), |sum, stage| Span {
            min: sum.min.plus(stage.credits.min),
            likely: sum.likely.plus(stage.credits.likely),
            max: sum.max.plus(stage.credits.max),
        });
        let cost = stages.iter().fold(Span::<Usd>::default(), |sum, stage| Span {
            min: sum.min.plus(stage.cost.min),
            likely: sum.likely.plus(stage.cost.likely),
            max: sum.max.plus(stage.cost.max),
        });
        let run_cap = budget::run_cap(credits.max).min(waiting.available).max(CAP_MIN);
        Ok(Forecast { stages, credits, cost, available: waiting.available, run_cap })
    }

    async fn count_waiting(&self, site: SiteId) -> Result<Waiting, EngineError> {
        let limit = u32::try_from(ITEMS_MAX).unwrap_or(u32::MAX);
        let counted = self.store.read(move |r| {
            let pictures_each = r.site(site)?.in_article_images + 1;
            let waiting = |kind| Ok::<_, StoreError>(as_count(due(r, kind, site)?.len()));
            Ok::<_, StoreError>(Waiting {
                keywords: waiting(AiFunction::AutoCluster)?,
                clusters: waiting(AiFunction::GenerateIdeas)?,
                ideas: as_count(r.new_ideas(site, limit)?.len()),
                tasks: waiting(AiFunction::GenerateContent)?,
                articles: waiting(AiFunction::GenerateImagePrompts)?,
                slots: waiting(AiFunction::GenerateImages)?,
                pictures_each,
                available: r.available()?,
            })
        });
        counted.await.map_err(|error| crate::operation::not_found(error, "site"))
    }

    async fn forecast_stage(
        &self,
        site: SiteId,
        function: AiFunction,
        now: u32,
        later: Span<u32>,
    ) -> Result<StageForecast, EngineError> {
        let mut stage = StageForecast {
            function,
            items: Span { min: now + later.min, likely: now + later.likely, max: now + later.max },
            credits: Span::default(),
            cost: Span::default(),
        };
        if now > 0 {
            let priced = self.estimate(function, site, Items::Due).await?;
            stage.credits = Span { min: priced.credits, likely: priced.credits, max: priced.credits_max };
            stage.cost = Span { min: priced.cost, likely: priced.cost, max: priced.cost_max };
        }
        if later.max > 0 {
            let (per_call, each) = self.price_of_one(function).await?;
            let units = |items: u32| i64::from(items.div_ceil(per_call));
            let credits = |items: u32| Credits(each.credits.0.saturating_mul(units(items)));
            let cost = |items: u32| Usd(each.provider_cost.0.saturating_mul(units(items)));
            stage.credits.min = stage.credits.min.plus(credits(later.min));
            stage.credits.likely = stage.credits.likely.plus(credits(later.likely));
            stage.credits.max = stage.credits.max.plus(credits(later.max));
            stage.cost.min = stage.cost.min.plus(cost(later.min));
            stage.cost.likely = stage.cost.likely.plus(cost(later.likely));
            stage.cost.max = stage.cost.max.plus(cost(later.max));
        }
        Ok(stage)
    }

    /// Items one call takes, and what one call costs on average.
    async fn price_of_one(&self, function: AiFunction) -> Result<(u32, Charge), EngineError> {
        let model_type = function.model_type();
        let found = self.store.read(move |r| {
            let model = r.default_model(model_type)?;
            let lately = r.usage_lately(function, model.id)?;
            Ok::<_, StoreError>((model, lately))
        });
        let (model, lately) = found.await.map_err(|error| match error {
            StoreError::NotFound => EngineError::NoModel(model_type),
            other => other.into(),
        })?;
        let per_call = as_count(function.items_per_call(&model)).max(1);
        let average = |sum: i64| round_div(i128::from(sum), i128::from(lately.records));
        if lately.records > 0 {
            let charge =
                Charge { credits: Credits(average(lately.credits.0)), provider_cost: Usd(average(lately.cost.0)) };
            return Ok((per_call, charge));
        }
        let unpriced = |_| EngineError::Unpriced(model.display_name.clone());
        let charge = match model_type {
            ModelType::Image => model.one_image().map_err(unpriced)?,
            ModelType::Text => {
                let (input, output) = budget::typical_tokens(function);
                model.charge(&likely_usage(input, output)).map_err(unpriced)?
            }
        };
        Ok((per_call, charge))
    }
}

/// For each function what waits now, and what the stages before it will add.
fn expected(waiting: &Waiting) -> [(AiFunction, u32, Span<u32>); 5] {
    let (most, fewest) = yields::KEYWORDS_PER_CLUSTER;
    let clusters = Span {
        min: waiting.keywords.div_ceil(most),
        likely: waiting.keywords.div_ceil(yields::KEYWORDS_PER_CLUSTER_LIKELY),
        max: waiting.keywords.div_ceil(fewest),
    };
    let (least, at_most) = yields::IDEAS_PER_CLUSTER;
    let ideas = Span {
        min: (waiting.clusters + clusters.min).saturating_mul(least),
        likely: (waiting.clusters + clusters.likely).saturating_mul(yields::IDEAS_PER_CLUSTER_LIKELY),
        max: (waiting.clusters + clusters.max).saturating_mul(at_most),
    };
    let with =
        |span: Span<u32>, more: u32| Span { min: span.min + more, likely: span.likely + more, max: span.max + more };
    let tasks = with(ideas, waiting.ideas);
    let articles = with(tasks, waiting.tasks);
    let described = with(articles, waiting.articles);
    let slots = Span {
        min: described.min,
        likely: described.likely.saturating_mul(waiting.pictures_each),
        max: described.max.saturating_mul(waiting.pictures_each),
    };
    [
        (AiFunction::AutoCluster, waiting.keywords, Span::default()),
        (AiFunction::GenerateIdeas, waiting.clusters, clusters),
        (AiFunction::GenerateContent, waiting.tasks, tasks),
        (AiFunction::GenerateImagePrompts, waiting.articles, articles),
        (AiFunction::GenerateImages, waiting.slots, slots),
    ]
}

fn as_count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
