//! What a site has chosen for its runs: when they begin by themselves, which stages they have, how much they take and may
//! spend, and how fast they go. The rules are values; who asks what time it is, and who reads the file, is elsewhere.

use crate::function::AiFunction;
use crate::money::{CREDITS_MAX, Credits};
use crate::status::{UnknownWord, vocabulary};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

vocabulary! {
    /// A stage of a run, in the order of the way.
    RunStage {
        /// Keywords become clusters.
        AutoCluster = "auto_cluster",
        /// Clusters become ideas.
        GenerateIdeas = "generate_ideas",
        /// Ideas become tasks; costs nothing.
        QueueIdeas = "queue_ideas",
        /// Tasks become articles.
        GenerateContent = "generate_content",
        /// Articles get their pictures described.
        GenerateImagePrompts = "generate_image_prompts",
        /// Descriptions become pictures.
        GenerateImages = "generate_images",
        /// What is finished goes to review, or on from there; costs nothing.
        Review = "review",
    }

    /// How often a run begins by itself.
    Frequency {
        /// Each day.
        Daily = "daily",
        /// On chosen days of the week.
        Weekly = "weekly",
        /// On one day of the month.
        Monthly = "monthly",
    }

    /// What becomes of runs whose time came while the app was closed or asleep.
    CatchUp {
        /// They are told of and not made up for.
        Skip = "skip",
        /// The latest is made up for, once.
        Latest = "latest",
        /// Each is made up for, one after the other.
        Spaced = "spaced",
    }
}

/// Longest pause between two batches or two stages, in seconds: an hour.
pub const DELAY_S_MAX: u32 = 3_600;
/// Most items of a batch or of a run's stage that can be chosen; more than that is "all that wait".
pub const ITEMS_MAX: u32 = 20_000;
/// Minutes of a day.
const DAY_MINUTES: u16 = 1_440;
/// Every day of the week.
const EVERY_DAY: u8 = 0b111_1111;
/// Nine in the morning: the user is likely there to see what becomes of it.
const NINE: u16 = 9 * 60;

/// When runs begin by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// How often.
    pub frequency: Frequency,
    /// Minutes since midnight on the wall, 0–1,439.
    pub minute_of_day: u16,
    /// IANA zone of that wall; empty for the site's own.
    pub zone: String,
    /// Days of the week for [`Frequency::Weekly`], one bit each, Monday the lowest; at least one.
    pub weekdays: u8,
    /// Day of the month for [`Frequency::Monthly`], 1–31; a shorter month takes its last.
    pub month_day: u8,
    /// What becomes of those that were missed.
    pub catch_up: CatchUp,
}

/// What is chosen of one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageRules {
    /// Whether a run has it.
    pub is_on: bool,
    /// Items it works on at once before it looks up; `None` for all that wait.
    pub batch: Option<u32>,
    /// Most items of one run; `None` for all that wait.
    pub most: Option<u32>,
    /// Percent of a run's credits that its function may take; 0 for one that costs nothing.
    pub share: u32,
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Automation {
    /// Runs begin by themselves.
    pub is_enabled: bool,
    /// When.
    pub schedule: Schedule,
    /// Seconds between two batches of a stage.
    pub within_delay_s: u32,
    /// Seconds between two stages.
    pub between_delay_s: u32,
    /// Most credits of one run; `None` for what its estimate allows.
    pub credits_max: Option<Credits>,
    /// By stage. One that is not among them has its default.
    pub stages: BTreeMap<RunStage, StageRules>,
}

/// A choice that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} breaks the rule {rule}")]
pub struct BadRule {
    /// Which.
    pub field: &'static str,
    /// What it breaks.
    pub rule: &'static str,
}

impl RunStage {
    /// The function that it is; `None` for those that cost nothing.
    #[must_use]
    pub const fn function(self) -> Option<AiFunction> {
        match self {
            Self::AutoCluster => Some(AiFunction::AutoCluster),
            Self::GenerateIdeas => Some(AiFunction::GenerateIdeas),
            Self::GenerateContent => Some(AiFunction::GenerateContent),
            Self::GenerateImagePrompts => Some(AiFunction::GenerateImagePrompts),
            Self::GenerateImages => Some(AiFunction::GenerateImages),
            Self::QueueIdeas | Self::Review => None,
        }
    }
}

impl From<AiFunction> for RunStage {
    fn from(function: AiFunction) -> Self {
        match function {
            AiFunction::AutoCluster => Self::AutoCluster,
            AiFunction::GenerateIdeas => Self::GenerateIdeas,
            AiFunction::GenerateContent => Self::GenerateContent,
            AiFunction::GenerateImagePrompts => Self::GenerateImagePrompts,
            AiFunction::GenerateImages => Self::GenerateImages,
        }
    }
}

impl StageRules {
    /// What a stage has unless somebody chose otherwise. The shares are the web system's.
    #[must_use]
    pub const fn of(stage: RunStage) -> Self {
        let share = match stage {
            RunStage::AutoCluster => 15,
            RunStage::GenerateIdeas => 10,
            RunStage::GenerateContent => 40,
            RunStage::GenerateImagePrompts => 5,
            RunStage::GenerateImages => 30,
            RunStage::QueueIdeas | RunStage::Review => 0,
        };
        Self { is_on: true, batch: None, most: None, share }
    }
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            frequency: Frequency::Daily,
            minute_of_day: NINE,
            zone: String::new(),
            weekdays: EVERY_DAY,
            month_day: 1,
            catch_up: CatchUp::Latest,
        }
    }
}

impl Default for Automation {
    fn default() -> Self {
        Self {
            is_enabled: false,
            schedule: Schedule::default(),
            within_delay_s: 0,
            between_delay_s: 0,
            credits_max: None,
            stages: RunStage::ALL.iter().map(|stage| (*stage, StageRules::of(*stage))).collect(),
        }
    }
}

impl Automation {
    /// What is chosen of a stage.
    #[must_use]
    pub fn of(&self, stage: RunStage) -> StageRules {
        self.stages.get(&stage).copied().unwrap_or(StageRules::of(stage))
    }

    /// Percent of a run's credits that a function may take.
    #[must_use]
    pub fn share(&self, function: AiFunction) -> u32 {
        self.of(function.into()).share
    }

    /// How many of so many items a run has: none of a stage that is off, and no more than it may take.
    #[must_use]
    pub fn limit(&self, stage: RunStage, items: u32) -> u32 {
        let rules = self.of(stage);
        if rules.is_on { rules.most.map_or(items, |most| items.min(most)) } else { 0 }
    }

    /// Refuses what cannot be.
    ///
    /// # Errors
    /// [`BadRule`] for the first that is found: a number out of range, a zone nobody knows, no day of the week, shares
    /// that are not 100 together, or no stage at all.
    pub fn check(&self) -> Result<(), BadRule> {
        let bad = |field, rule| Err(BadRule { field, rule });
        let Schedule { minute_of_day, zone, weekdays, month_day, .. } = &self.schedule;
        if *minute_of_day >= DAY_MINUTES {
            return bad("minuteOfDay", "range");
        }
        if !zone.is_empty() && !crate::time::is_zone(zone) {
            return bad("zone", "unknown");
        }
        if *weekdays == 0 || *weekdays > EVERY_DAY {
            return bad("weekdays", "range");
        }
        if !(1..=31).contains(month_day) {
            return bad("monthDay", "range");
        }
        if self.within_delay_s > DELAY_S_MAX {
            return bad("withinDelayS", "range");
        }
        if self.between_delay_s > DELAY_S_MAX {
            return bad("betweenDelayS", "range");
        }
        if self.credits_max.is_some_and(|most| most <= Credits::ZERO || most > CREDITS_MAX) {
            return bad("creditsMax", "range");
        }
        let is_count = |count: Option<u32>| count.is_none_or(|count| (1..=ITEMS_MAX).contains(&count));
        let rules = || RunStage::ALL.iter().map(|stage| self.of(*stage));
        if !rules().all(|rules| is_count(rules.batch)) {
            return bad("batch", "range");
        }
        if !rules().all(|rules| is_count(rules.most)) {
            return bad("most", "range");
        }
        if !rules().any(|rules| rules.is_on) {
            return bad("stages", "empty");
        }
        if AiFunction::ALL.iter().map(|function| self.share(*function)).fold(0_u32, u32::saturating_add) != 100 {
            return bad("share", "sum");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_can_be_and_share_all_of_a_run_out() {
        let defaults = Automation::default();
        assert_eq!(defaults.check(), Ok(()));
        assert!(!defaults.is_enabled, "nothing is spent that nobody has asked for");
        assert_eq!(defaults.share(AiFunction::GenerateContent), 40);
        assert_eq!(defaults.stages.len(), RunStage::ALL.len());
    }

    #[test]
    fn a_stage_takes_no_more_than_it_may_and_nothing_while_it_is_off() {
        let mut chosen = Automation::default();
        assert_eq!(chosen.limit(RunStage::AutoCluster, 7), 7);
        chosen
            .stages
            .insert(RunStage::AutoCluster, StageRules { most: Some(3), ..StageRules::of(RunStage::AutoCluster) });
        assert_eq!((chosen.limit(RunStage::AutoCluster, 7), chosen.limit(RunStage::AutoCluster, 2)), (3, 2));
        chosen
            .stages
            .insert(RunStage::AutoCluster, StageRules { is_on: false, ..StageRules::of(RunStage::AutoCluster) });
        assert_eq!(chosen.limit(RunStage::AutoCluster, 7), 0);
    }

    #[test]
    fn what_cannot_be_is_named() {
        let broken = |change: fn(&mut Automation)| {
            let mut chosen = Automation::default();
            change(&mut chosen);
            chosen.check().map_err(|bad| (bad.field, bad.rule))
        };
        let rules = |stage, change: fn(&mut StageRules), chosen: &mut Automation| {
            let mut rules = chosen.of(stage);
            change(&mut rules);
            chosen.stages.insert(stage, rules);
        };
        assert_eq!(broken(|a| a.schedule.minute_of_day = 1_440), Err(("minuteOfDay", "range")));
        assert_eq!(broken(|a| a.schedule.zone = "Mars/Olympus".to_owned()), Err(("zone", "unknown")));
        assert_eq!(broken(|a| a.schedule.weekdays = 0), Err(("weekdays", "range")));
        assert_eq!(broken(|a| a.schedule.month_day = 32), Err(("monthDay", "range")));
        assert_eq!(broken(|a| a.within_delay_s = 3_601), Err(("withinDelayS", "range")));
        assert_eq!(broken(|a| a.between_delay_s = 3_601), Err(("betweenDelayS", "range")));
        assert_eq!(broken(|a| a.credits_max = Some(Credits::ZERO)), Err(("creditsMax", "range")));
        let mut chosen = Automation::default();
        rules(RunStage::GenerateContent, |rules| rules.batch = Some(0), &mut chosen);
        assert_eq!(chosen.check().map_err(|bad| bad.field), Err("batch"));
        let mut chosen = Automation::default();
        rules(RunStage::GenerateContent, |rules| rules.share = 41, &mut chosen);
        assert_eq!(chosen.check().map_err(|bad| (bad.field, bad.rule)), Err(("share", "sum")));
        let mut chosen = Automation::default();
        for stage in RunStage::ALL {
            rules(*stage, |rules| rules.is_on = false, &mut chosen);
        }
        assert_eq!(chosen.check().map_err(|bad| bad.field), Err("stages"));
    }
}
