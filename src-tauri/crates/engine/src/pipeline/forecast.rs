//! What a run will cost, before the click: each stage from what waits for it now and from what the stages before it will
//! make. What waits is priced as it is; what does not exist yet by typical consumption, corrected by what the latest calls
//! of its kind cost. The span says how much of that is guessed. Whether a run may begin at all is decided here, for the
//! window and the command line alike.

use crate::function::ITEMS_MAX;
use crate::operation::{Estimate, Items, due};
use crate::{Engine, EngineError};
use igny8_core::budget::{self, yields};
use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::money::{Credits, Usd};
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
    /// What a hold of it keeps back beyond what its call is taken to cost at most here.
    pub headroom: Credits,
}

impl StageForecast {
    /// Adds items that are there, at their price.
    pub(super) fn add(&mut self, now: &Estimate) {
        let Span { min, likely, max } = self.items;
        self.items = Span { min: min + now.items, likely: likely + now.items, max: max + now.items };
        self.credits.min = self.credits.min.plus(now.credits);
        self.credits.likely = self.credits.likely.plus(now.credits);
        self.credits.max = self.credits.max.plus(now.credits_max);
        self.cost.min = self.cost.min.plus(now.cost);
        self.cost.likely = self.cost.likely.plus(now.cost);
        self.cost.max = self.cost.max.plus(now.cost_max);
    }
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
pub(super) struct Waiting {
    keywords: u32,
    /// Clusters that keywords may join, and that would wait for further ideas then.
    covered: u32,
    /// Ideas are there that would take joining keywords in.
    has_open_ideas: bool,
    clusters: u32,
    ideas: u32,
    tasks: u32,
    articles: u32,
    slots: u32,
    pictures_each: u32,
    pub(super) available: Credits,
}

impl Engine {
    /// What a run of a site's pipeline would cost now.
    ///
    /// # Errors
    /// [`EngineError::NothingToDo`] when no stage has anything to do; [`EngineError::NoModel`];
    /// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; [`EngineError::NotFound`].
    pub async fn forecast(&self, site: SiteId) -> Result<Forecast, EngineError> {
        let waiting = self.count_waiting(site).await?;
        let mut stages = Vec::new();
        for (function, now, later) in expected(&waiting) {
            if now > 0 || later.max > 0 {
                let due = if now > 0 { Some(self.estimate(function, site, Items::Due).await?) } else { None };
                stages.push(self.forecast_stage(function, due.as_ref(), later).await?);
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
        let headroom = stages.iter().map(|stage| stage.headroom).max().unwrap_or(Credits::ZERO);
        let run_cap = budget::run_cap(credits.max, headroom).min(waiting.available).max(CAP_MIN);
        Ok(Forecast { stages, credits, cost, available: waiting.available, run_cap })
    }

    pub(super) async fn count_waiting(&self, site: SiteId) -> Result<Waiting, EngineError> {
        let limit = u32::try_from(ITEMS_MAX).unwrap_or(u32::MAX);
        let counted = self.store.read(move |r| {
            let pictures_each = r.site(site)?.in_article_images + 1;
            let waiting = |kind| Ok::<_, StoreError>(as_count(due(r, kind, site)?.len()));
            Ok::<_, StoreError>(Waiting {
                keywords: waiting(AiFunction::AutoCluster)?,
                covered: r.mapped_cluster_count(site)?,
                has_open_ideas: r.has_open_ideas(site)?,
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

    /// A stage of what is due for it and what the stages before it will add.
    pub(super) async fn forecast_stage(
        &self,
        function: AiFunction,
        due: Option<&Estimate>,
        later: Span<u32>,
    ) -> Result<StageForecast, EngineError> {
        let (credits, cost) = (Span::default(), Span::default());
        let mut stage = StageForecast { function, items: later, credits, cost, headroom: Credits::ZERO };
        if later.max > 0 {
            let price = self.price_of_later(function).await?;
            let (least, likely, most) = (price.of(later.min)?, price.of(later.likely)?, price.of(later.max)?);
            stage.credits = Span { min: least.credits, likely: likely.credits, max: most.credits };
            stage.cost = Span { min: least.provider_cost, likely: likely.provider_cost, max: most.provider_cost };
            // What is there already is priced at its worst case, which is what is held for it.
            stage.headroom = price.headroom(later.max)?;
        }
        if let Some(due) = due {
            stage.add(due);
        }
        Ok(stage)
    }
}

/// For each function what waits now, and what the stages before it will add.
pub(super) fn expected(waiting: &Waiting) -> [(AiFunction, u32, Span<u32>); 5] {
    let (most, fewest) = yields::KEYWORDS_PER_CLUSTER;
    // Each keyword may be the one that opens a covered cluster again, or join an idea that is not written yet.
    let reopened = waiting.covered.min(waiting.keywords);
    let clusters = Span {
        min: if waiting.has_open_ideas { 0 } else { waiting.keywords.div_ceil(most) },
        likely: waiting.keywords.div_ceil(yields::KEYWORDS_PER_CLUSTER_LIKELY),
        max: reopened + (waiting.keywords - reopened).div_ceil(fewest),
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
