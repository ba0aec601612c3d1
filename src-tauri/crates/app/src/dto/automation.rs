//! Runs that come by themselves: what a site has chosen for them, what became of them, and what waits for a person.

use crate::Fault;
use crate::dto::publishing::FlawView;
use crate::dto::work::PipelineStanding;
use serde::{Deserialize, Serialize};
use specta::Type;

/// How often a run begins by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FrequencyView {
    /// Each day.
    Daily,
    /// On days of the week.
    Weekly,
    /// On a day of the month.
    Monthly,
}

/// What becomes of runs whose time came while the app was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CatchUpView {
    /// They are told of and not made up for.
    Skip,
    /// The latest is made up for.
    Latest,
    /// All are, with time between them.
    Spaced,
}

/// What is chosen of one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StageRulesView {
    /// Name of the stage.
    pub stage: String,
    /// A run has it.
    pub is_on: bool,
    /// Items of one batch; absent for all that wait.
    pub batch: Option<u32>,
    /// Most items of one run; absent for all that wait.
    pub most: Option<u32>,
    /// Percent of a run's credits that it may take; 0 for one that costs nothing.
    pub share: u32,
}

/// What a person chooses for the runs of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AutomationFields {
    /// Runs begin by themselves.
    pub is_enabled: bool,
    /// How often.
    pub frequency: FrequencyView,
    /// Time of day on the wall, `HH:MM`.
    pub time: String,
    /// IANA zone of that wall; empty for the site's own.
    pub zone: String,
    /// Days of the week for `weekly`, 1 for Monday to 7.
    pub weekdays: Vec<u32>,
    /// Day of the month for `monthly`, 1–31; a shorter month takes its last.
    pub month_day: u32,
    /// What becomes of those that were missed.
    pub catch_up: CatchUpView,
    /// Seconds between two batches.
    pub within_delay_s: u32,
    /// Seconds between two stages.
    pub between_delay_s: u32,
    /// Most credits of one run; absent for what its estimate allows.
    pub credits_max: Option<String>,
    /// Work of the site that was interrupted goes on at the next start without being asked.
    pub goes_on_by_itself: bool,
    /// All seven stages, in their order.
    pub stages: Vec<StageRulesView>,
}

/// What a site has chosen for its runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AutomationView {
    /// What can be chosen.
    pub fields: AutomationFields,
    /// Nothing else than the defaults was chosen.
    pub is_default: bool,
    /// The site's own zone.
    pub site_zone: String,
    /// When the next run is due by the schedule, RFC 3339; `None` where runs begin only by hand.
    pub next_run_at: Option<String>,
}

/// How a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// At work.
    Running,
    /// Somebody has paused it.
    Paused,
    /// Its program has ended before it did.
    Interrupted,
    /// It did all there was to do.
    Completed,
    /// Somebody has cancelled it, and what is at hand is finished first.
    Cancelling,
    /// Somebody has cancelled it.
    Cancelled,
    /// It ended early, for the reason its code names.
    Stopped,
}

/// A run of a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunRow {
    /// Id.
    pub id: String,
    /// Site id.
    pub site_id: String,
    /// How it stands.
    pub state: RunState,
    /// What began it: `manual`, `scheduled` or `catch_up`.
    pub trigger: String,
    /// Stage at hand, or the last one; empty before the first.
    pub stage: String,
    /// Why it ended early, or was paused by nobody, a code; empty otherwise.
    pub stopped_code: String,
    /// Credits that it was likely to cost when it began.
    pub estimate: String,
    /// Units whose result is stored.
    pub units_done: u32,
    /// Units without one.
    pub units_failed: u32,
    /// Articles written.
    pub articles: u32,
    /// Pictures made.
    pub images: u32,
    /// Credits charged.
    pub credits: String,
    /// Provider cost, US dollars.
    pub cost: String,
    /// When it began.
    pub created_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// Since when it stands still, paused or interrupted.
    pub still_since: Option<String>,
    /// How long it stood still before, milliseconds.
    pub still_ms: u32,
}

/// A page of runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunPage {
    /// Rows, newest first.
    pub rows: Vec<RunRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Runs in all.
    pub total: u32,
}

/// A stage of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunStageView {
    /// Name.
    pub stage: String,
    /// The run has it.
    pub is_on: bool,
    /// Items that waited for it when the run began.
    pub waiting: u32,
    /// Items it was likely to have in all.
    pub expected: u32,
    /// Items it took.
    pub taken: u32,
    /// Of those, items that have an end.
    pub ended: u32,
    /// Of those, items without a result.
    pub failed: u32,
    /// What it made.
    pub made: u32,
    /// Credits charged.
    pub credits: String,
    /// Provider cost, US dollars.
    pub cost: String,
    /// When it began.
    pub began_at: Option<String>,
    /// When it ended.
    pub ended_at: Option<String>,
}

/// A run with its stages, and the one before it to compare with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    /// As in the list.
    pub row: RunRow,
    /// Its site's name; empty for a site that was removed.
    pub site: String,
    /// Its stages, in their order.
    pub stages: Vec<RunStageView>,
    /// Most credits it may spend; absent where it has no cap.
    pub cap: Option<String>,
    /// The last run before it that came to its end, with its stages.
    pub before: Option<RunBefore>,
}

/// A run to compare with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunBefore {
    /// As in the list.
    pub row: RunRow,
    /// Its stages, in their order.
    pub stages: Vec<RunStageView>,
}

/// A line of a run's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunEventRow {
    /// Its place.
    pub id: String,
    /// When.
    pub at: String,
    /// What: `began`, `paused`, `resumed`, `interrupted`, `stage_began`, `stage_ended`, `stage_off`, `item_done`,
    /// `item_failed`, `item_parked`, `ended`.
    pub kind: String,
    /// In which stage; empty for the run itself.
    pub stage: String,
    /// The first item of the unit it is about; empty for none.
    pub item: String,
    /// Items of that unit.
    pub items: u32,
    /// Why, a code; empty where there is nothing to say.
    pub code: String,
    /// Credits the unit was charged.
    pub credits: String,
}

/// A page of a run's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunEventPage {
    /// Lines, newest first.
    pub rows: Vec<RunEventRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Lines in all.
    pub total: u32,
}

/// An item of a run, or the first of a unit of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunItemView {
    /// Its name.
    pub name: String,
    /// Items of its unit.
    pub items: u32,
    /// Why it failed, a code; empty where it did not.
    pub code: String,
}

/// A run that has not ended, as the panel shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RunNow {
    /// The run.
    pub row: RunRow,
    /// Whether it is at work.
    pub standing: PipelineStanding,
    /// Its stages, in their order.
    pub stages: Vec<RunStageView>,
    /// At hand.
    pub now: Vec<RunItemView>,
    /// The next ones.
    pub next: Vec<RunItemView>,
    /// Units that wait in all.
    pub next_total: u32,
    /// The last ones that ended, the latest first.
    pub done: Vec<RunItemView>,
    /// Units that ended in all.
    pub done_total: u32,
    /// Most credits it may spend; absent where it has no cap.
    pub cap: Option<String>,
    /// Of those, what it may still spend.
    pub cap_left: Option<String>,
}

/// Whether all AI work is paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AllPausedView {
    /// Since when; absent while it is not.
    pub since: Option<String>,
    /// Runs that this held.
    pub runs: u32,
    /// Tasks of no run that it held.
    pub tasks: u32,
}

/// What it costs to go on with all that a pause of all AI work holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AllResumeEstimate {
    /// Credits, at least.
    pub credits_min: String,
    /// Credits, at most.
    pub credits_max: String,
    /// Provider cost in US dollars, at least.
    pub cost_min: String,
    /// Provider cost in US dollars, at most.
    pub cost_max: String,
    /// Credits left afterwards, at least.
    pub balance_after_min: String,
    /// Credits left afterwards, at most.
    pub balance_after_max: String,
    /// Whether the balance has what any of it needs to go on.
    pub is_affordable: bool,
    /// What has no price now, and does not go on.
    pub unpriced: Vec<NotDoneView>,
}

/// What came of pausing all AI work, or of going on with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AllDoneView {
    /// Runs that were paused, or go on.
    pub runs: u32,
    /// Tasks of no run, the same.
    pub tasks: u32,
    /// What could not be; everything else was.
    pub not_done: Vec<NotDoneView>,
}

/// Something that could not be paused, or gone on with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotDoneView {
    /// Name of its site.
    pub site: String,
    /// What a single task does; empty for a run.
    pub function: String,
    /// Why.
    pub fault: Fault,
}

/// Why something waits for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NeedView {
    /// Functions cannot be asked for: no key, no price, or a model that has ended.
    Model,
    /// The site cannot be reached, or refuses us.
    Connection,
    /// Work stands still because its program has ended.
    Interrupted,
    /// A run was paused.
    Paused,
    /// An article was changed on its site.
    Conflict,
    /// The time of an article has passed without it.
    Missed,
    /// A delivery cannot arrive until somebody has done something.
    Parked,
    /// A run that was due was not begun, and none has begun since.
    RunMissed,
    /// An article could not be written.
    TaskFailed,
    /// A picture could not be made.
    ImageFailed,
    /// An article waits to be read.
    Review,
}

/// A thing that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NeedRow {
    /// Why; the one act that comes next follows from it.
    pub need: NeedView,
    /// Id of the article, task, image slot or site; of work its operation, empty for a run.
    pub id: String,
    /// Its name; of work its function, of a run its stage.
    pub title: String,
    /// Why it failed, a code; empty otherwise.
    pub code: String,
    /// What an article lacks that its site would approve by itself without.
    pub flaws: Vec<FlawView>,
    /// Since when.
    pub at: String,
}

/// What of a site waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NeedList {
    /// The most pressing first.
    pub rows: Vec<NeedRow>,
    /// How much waits in all.
    pub total: u32,
}
