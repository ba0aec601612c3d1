//! What limits spending, and what a run will cost.

use crate::dto::work::{AiFunctionView, Estimate};
use serde::{Deserialize, Serialize};
use specta::Type;

/// What limits spending now.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Spending {
    /// Nothing paid may start.
    pub is_stopped: bool,
    /// Since when; absent while spending is allowed.
    pub stopped_at: Option<String>,
    /// The month's and the day's limit, and those of sites that have one or have spent this month.
    pub limits: Vec<SpendingLimit>,
    /// The balance counts as low below this part of what was granted, in percent; 0 never tells.
    pub low_percent: u8,
}

/// A limit and how much of it is taken.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SpendingLimit {
    /// What it is about.
    pub scope: LimitScope,
    /// The site of a site's limit.
    pub site_id: Option<String>,
    /// Its name.
    pub site_name: Option<String>,
    /// Credits; absent means no limit.
    pub wanted: Option<String>,
    /// Spent in the present period.
    pub used: String,
    /// Kept back by open holds.
    pub held: String,
}

/// What a limit is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LimitScope {
    /// Each calendar month.
    Month,
    /// Each day.
    Day,
    /// Each month of one site.
    Site,
}

/// What a run of a site's pipeline will cost.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PipelineEstimate {
    /// Stages that will have something to do, in order.
    pub stages: Vec<StageEstimate>,
    /// Credits, at least.
    pub credits_min: String,
    /// Credits, usually.
    pub credits_likely: String,
    /// Credits, at most.
    pub credits_max: String,
    /// Provider cost in US dollars, at least.
    pub cost_min: String,
    /// Provider cost in US dollars, at most.
    pub cost_max: String,
    /// The wallet has 1.2 times what it will usually cost; else only a run with a cap of its own begins.
    pub is_covered: bool,
    /// What the wallet has.
    pub available: String,
    /// What the wallet has in time, with what open holds give back: a cap may be no larger.
    pub in_time: String,
    /// Available after the most; negative when it does not suffice.
    pub balance_after_min: String,
    /// Available after the least.
    pub balance_after_max: String,
    /// The cap the run gets unless another is named.
    pub run_cap: String,
}

/// One stage of a run.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StageEstimate {
    /// Which.
    pub function: AiFunctionView,
    /// Items, at least.
    pub items_min: u32,
    /// Items, at most.
    pub items_max: u32,
    /// Credits, at least.
    pub credits_min: String,
    /// Credits, at most.
    pub credits_max: String,
    /// Provider cost in US dollars, at least.
    pub cost_min: String,
    /// Provider cost in US dollars, at most.
    pub cost_max: String,
}

/// What it will cost to go on with what was interrupted.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(tag = "kind", content = "price", rename_all = "snake_case")]
pub enum ResumeEstimate {
    /// Work that belongs to no run.
    Work(Estimate),
    /// A run, with the stages that follow.
    Run(RunRestEstimate),
}

/// What a run will cost from here on.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunRestEstimate {
    /// Stages that will have something to do, in order, each at its whole price.
    pub stages: Vec<StageEstimate>,
    /// Credits, at least.
    pub credits_min: String,
    /// Credits, usually.
    pub credits_likely: String,
    /// Credits, at most; never more than is left of the cap.
    pub credits_max: String,
    /// Provider cost in US dollars, at least.
    pub cost_min: String,
    /// Provider cost in US dollars, at most.
    pub cost_max: String,
    /// What the wallet has, with what is held for this.
    pub available: String,
    /// Available after the most; negative when it does not suffice.
    pub balance_after_min: String,
    /// Available after the least.
    pub balance_after_max: String,
    /// The first stage can be paid.
    pub is_affordable: bool,
    /// Units that were interrupted.
    pub units: u32,
    /// Credits held for them.
    pub held: String,
    /// The cap of the run; absent while it has none.
    pub cap: Option<String>,
    /// What of it may still be spent.
    pub cap_left: Option<String>,
    /// What all of it costs; absent where the cap is no less than that.
    pub whole: Option<Box<WholePrice>>,
}

/// What a run costs that its cap ends before it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WholePrice {
    /// Credits, at least.
    pub credits_min: String,
    /// Credits, usually.
    pub credits_likely: String,
    /// Credits, at most.
    pub credits_max: String,
    /// Provider cost in US dollars, at least.
    pub cost_min: String,
    /// Provider cost in US dollars, at most.
    pub cost_max: String,
    /// The cap is less than what it usually costs, and not only less than the most.
    pub is_likely: bool,
}
