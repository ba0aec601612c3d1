//! What a run will cost, before the click: each stage from what waits for it now and from what the stages before it will
//! make. What waits is priced as it is; what does not exist yet by typical consumption, corrected by what the latest calls
//! of its kind cost. The span says how much of that is guessed. Whether a run may begin at all is decided here, for the
//! window and the command line alike.

use crate::forward::is_any_to_judge;
use crate::function::ITEMS_MAX;
use crate::operation::{Estimate, Items, due};
use crate::{Engine, EngineError};
use igny8_core::automation::{Automation, RunStage};
use igny8_core::budget::{self, yields};
use igny8_core::function::AiFunction;
use igny8_core::id::{RunId, SiteId};
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;
use igny8_store::ledger::Funds;
use igny8_store::table::run::StageStart;
use igny8_store::{Read, StoreError};

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
    /// What is held for other work, most of which comes back.
    pub returning: Credits,
    /// The cap the run gets unless the user names another: never more than the wallet has in time, nor than the site has
    /// chosen.
    pub run_cap: Credits,
    /// What the site has chosen for its runs.
    pub chosen: Automation,
}

impl Forecast {
    /// Whether the wallet has 1.2 times the estimate, or all that the site lets one run have, with what comes back: calls wait
    /// for each other's holds.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        let needed = budget::needed(self.credits.likely);
        self.chosen.credits_max.map_or(needed, |most| needed.min(most)) <= self.in_time()
    }

    /// What the wallet has, with what open holds give back: the most that a cap may be.
    #[must_use]
    pub fn in_time(&self) -> Credits {
        self.available.plus(self.returning)
    }

    /// The cap of a run: the one that is named, which is the user's decision as long as the wallet has it, or the run's
    /// own when the wallet covers its estimate.
    ///
    /// # Errors
    /// [`EngineError::RunNotCovered`].
    pub fn cap(&self, named: Option<Credits>) -> Result<Credits, EngineError> {
        let is_covered = named.map_or_else(|| self.is_covered(), |cap| cap <= self.in_time());
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
    in_review: u32,
    /// Something of that is to be looked at for its approval.
    is_judged: bool,
    pub(super) funds: Funds,
    chosen: Automation,
}

impl Engine {
    /// What a run of a site's pipeline would cost now: nothing where only stages have something to do that are free.
    ///
    /// # Errors
    /// [`EngineError::NothingToDo`] when no stage has anything to do; [`EngineError::NoModel`];
    /// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; [`EngineError::NotFound`].
    pub async fn forecast(&self, site: SiteId) -> Result<Forecast, EngineError> {
        let waiting = self.count_waiting(site, None).await?;
        let mut stages = Vec::new();
        for (function, now, later) in expected(&waiting) {
            if now > 0 || later.max > 0 {
                let due = if now > 0 { Some(self.estimate(function, site, Items::DueFirst(now)).await?) } else { None };
                stages.push(self.forecast_stage(function, due.as_ref(), later).await?);
            }
        }
        if stages.is_empty() && !waiting.has_free_work() {
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
        let (chosen, Funds { available, returning }) = (waiting.chosen, waiting.funds);
        let most = chosen.credits_max.unwrap_or(Credits(i64::MAX)).min(waiting.funds.in_time());
        let run_cap = budget::run_cap(credits.max, headroom(&stages)).min(most).max(CAP_MIN);
        Ok(Forecast { stages, credits, cost, available, returning, run_cap, chosen })
    }

    /// The stages of a run that begins now, as they stand.
    pub(super) async fn stage_starts(&self, site: SiteId) -> Result<Vec<StageStart>, EngineError> {
        Ok(stage_starts(&self.count_waiting(site, None).await?))
    }

    /// What waits for each stage, and what the site has chosen for its runs: of a run that has begun, what is left of it.
    pub(super) async fn count_waiting(&self, site: SiteId, run: Option<RunId>) -> Result<Waiting, EngineError> {
        let now = self.clock.now();
        let counted = self.store.read(move |r| waiting_of(r, site, run, now));
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

fn waiting_of(read: &Read<'_>, site: SiteId, run: Option<RunId>, now: UtcMs) -> Result<Waiting, StoreError> {
    let limit = u32::try_from(ITEMS_MAX).unwrap_or(u32::MAX);
    let waiting = |kind| Ok::<_, StoreError>(as_count(due(read, kind, site)?.len()));
    Ok(Waiting {
        keywords: waiting(AiFunction::AutoCluster)?,
        covered: read.mapped_cluster_count(site)?,
        has_open_ideas: read.has_open_ideas(site)?,
        clusters: waiting(AiFunction::GenerateIdeas)?,
        ideas: as_count(read.new_ideas(site, limit)?.len()),
        tasks: waiting(AiFunction::GenerateContent)?,
        articles: waiting(AiFunction::GenerateImagePrompts)?,
        slots: waiting(AiFunction::GenerateImages)?,
        pictures_each: read.site(site)?.in_article_images + 1,
        in_review: read.completion(site, None)?.review,
        is_judged: is_any_to_judge(read, site, now)?,
        funds: read.funds(None)?,
        chosen: left_of(read, site, run)?,
    })
}

/// Whether a run of a site that begins now would have anything to do.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn is_any_to_run(read: &Read<'_>, site: SiteId, now: UtcMs) -> Result<bool, StoreError> {
    let waiting = waiting_of(read, site, None, now)?;
    let is_paid = expected(&waiting).iter().any(|(_, now, later)| *now > 0 || later.max > 0);
    Ok(is_paid || waiting.has_free_work())
}

/// What a site has chosen, less what a run that has begun has taken: stages that are over are off.
pub(crate) fn left_of(read: &Read<'_>, site: SiteId, run: Option<RunId>) -> Result<Automation, StoreError> {
    let mut chosen = read.automation(site)?;
    let Some(run) = run else { return Ok(chosen) };
    for row in read.run_stages(run)? {
        let mut rules = chosen.of(row.stage);
        rules.is_on &= row.ended_at.0 == 0;
        rules.most = rules.most.map(|most| most.saturating_sub(row.taken));
        chosen.stages.insert(row.stage, rules);
    }
    Ok(chosen)
}

/// For each function what waits now, and what the stages before it will add, within what the site has chosen.
pub(super) fn expected(waiting: &Waiting) -> [(AiFunction, u32, Span<u32>); 5] {
    let (most, fewest) = yields::KEYWORDS_PER_CLUSTER;
    let (keywords, _) = waiting.within(RunStage::AutoCluster, waiting.keywords, Span::default());
    // Each keyword may be the one that opens a covered cluster again, or join an idea that is not written yet.
    let reopened = waiting.covered.min(keywords);
    let made = Span {
        min: if waiting.has_open_ideas { 0 } else { keywords.div_ceil(most) },
        likely: keywords.div_ceil(yields::KEYWORDS_PER_CLUSTER_LIKELY),
        max: reopened + (keywords - reopened).div_ceil(fewest),
    };
    let (clusters, more_clusters) = waiting.within(RunStage::GenerateIdeas, waiting.clusters, made);
    let (least, at_most) = yields::IDEAS_PER_CLUSTER;
    let found = Span {
        min: (clusters + more_clusters.min).saturating_mul(least),
        likely: (clusters + more_clusters.likely).saturating_mul(yields::IDEAS_PER_CLUSTER_LIKELY),
        max: (clusters + more_clusters.max).saturating_mul(at_most),
    };
    let (ideas, more_ideas) = waiting.within(RunStage::QueueIdeas, waiting.ideas, found);
    let (tasks, more_tasks) = waiting.within(RunStage::GenerateContent, waiting.tasks, with(more_ideas, ideas));
    let written = with(more_tasks, tasks);
    let (articles, more_articles) = waiting.within(RunStage::GenerateImagePrompts, waiting.articles, written);
    let described = with(more_articles, articles);
    let pictured = Span {
        min: described.min,
        likely: described.likely.saturating_mul(waiting.pictures_each),
        max: described.max.saturating_mul(waiting.pictures_each),
    };
    let (slots, more_slots) = waiting.within(RunStage::GenerateImages, waiting.slots, pictured);
    [
        (AiFunction::AutoCluster, keywords, Span::default()),
        (AiFunction::GenerateIdeas, clusters, more_clusters),
        (AiFunction::GenerateContent, tasks, more_tasks),
        (AiFunction::GenerateImagePrompts, articles, more_articles),
        (AiFunction::GenerateImages, slots, more_slots),
    ]
}

/// Each stage as it stands before a run.
fn stage_starts(waiting: &Waiting) -> Vec<StageStart> {
    let functions = expected(waiting);
    let of = |stage: RunStage| functions.iter().find(|(function, ..)| stage.function() == Some(*function));
    let likely = |stage: RunStage| of(stage).map_or(0, |(_, now, later)| now.saturating_add(later.likely));
    let clusters = likely(RunStage::GenerateIdeas);
    let found = clusters.saturating_mul(yields::IDEAS_PER_CLUSTER_LIKELY);
    let start = |stage: RunStage| {
        let (now, expected) = match stage {
            RunStage::QueueIdeas => (waiting.ideas, waiting.chosen.limit(stage, waiting.ideas.saturating_add(found))),
            RunStage::Review => {
                (waiting.in_review, waiting.in_review.saturating_add(likely(RunStage::GenerateContent)))
            }
            function => (of(function).map_or(0, |(_, now, _)| *now), likely(function)),
        };
        StageStart { stage, is_on: waiting.chosen.of(stage).is_on, waiting: now, expected }
    };
    RunStage::ALL.iter().copied().map(start).collect()
}

impl Waiting {
    /// Whether stages that cost nothing have something to do.
    fn has_free_work(&self) -> bool {
        let queues = self.chosen.limit(RunStage::QueueIdeas, self.ideas) > 0;
        queues || (self.is_judged && self.chosen.of(RunStage::Review).is_on)
    }

    /// What a stage has of what waits and of what comes: none while it is off, and no more than it may take.
    fn within(&self, stage: RunStage, now: u32, later: Span<u32>) -> (u32, Span<u32>) {
        let first = self.chosen.limit(stage, now);
        let rest = |later: u32| self.chosen.limit(stage, now.saturating_add(later)).saturating_sub(first);
        (first, Span { min: rest(later.min), likely: rest(later.likely), max: rest(later.max) })
    }
}

fn with(span: Span<u32>, more: u32) -> Span<u32> {
    Span { min: span.min + more, likely: span.likely + more, max: span.max + more }
}

/// What the last hold of a run keeps back beyond what its call takes. An article is begun only when its pictures can be
/// described as well, whatever its writing takes, so that these two are needed at once.
fn headroom(stages: &[StageForecast]) -> Credits {
    let of = |function| stages.iter().find(|stage| stage.function == function).map_or(Credits::ZERO, |s| s.headroom);
    let of_article = of(AiFunction::GenerateContent).plus(of(AiFunction::GenerateImagePrompts));
    stages.iter().map(|stage| stage.headroom).fold(of_article, Credits::max)
}

fn as_count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
