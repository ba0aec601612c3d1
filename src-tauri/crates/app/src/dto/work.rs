//! AI operations: what they will cost, how far they are, what became of them.

use crate::dto::list::Selection;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What to run an AI function on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AiFunctionView {
    /// Groups keywords; items are keywords.
    AutoCluster,
    /// Finds ideas; items are clusters.
    GenerateIdeas,
    /// Writes; items are tasks.
    GenerateContent,
    /// Describes images; items are articles.
    GenerateImagePrompts,
    /// Makes images; items are articles (all their pending slots) or image slots.
    GenerateImages,
}

/// A request to run a function.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OperationRequest {
    /// Which.
    pub function: AiFunctionView,
    /// The site.
    pub site_id: String,
    /// The items; empty means all of the site that wait for this function.
    pub ids: Vec<String>,
    /// For `GenerateContent`, instead of ids: these ideas. Those that are new are queued when the work starts, not before.
    #[serde(default)]
    pub ideas: Option<Selection>,
    /// What exists is made anew, as another variation: ids are articles for `GenerateContent`, of which approved ones keep
    /// their text, and image slots for `GenerateImages`.
    #[serde(default)]
    pub regenerate: bool,
    /// Items whose last attempt failed are tried again: tasks, or for `GenerateImages` image slots; no ids mean all of the
    /// site.
    #[serde(default)]
    pub retry: bool,
}

/// What an operation will cost at most, and about.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// Items.
    pub items: u32,
    /// Paid units (calls or images).
    pub units: u32,
    /// The model.
    pub model: String,
    /// Likely credits.
    pub credits: String,
    /// The most it can cost.
    pub credits_max: String,
    /// Likely provider cost, US dollars.
    pub cost: String,
    /// The most the vendor can bill for asking once for each item, US dollars. What is lost is asked for again.
    pub cost_max: String,
    /// Available after the likely cost; negative when it does not suffice.
    pub balance_after: String,
    /// Available after the most it can cost; negative when that would not be covered.
    pub balance_after_min: String,
    /// Whether the likely cost is covered.
    pub is_affordable: bool,
}

/// An operation in a list: the task log.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OperationRow {
    /// Id.
    pub id: String,
    /// Function name.
    pub function: String,
    /// It tries a prompt; its answer is shown and changes nothing.
    pub is_trial: bool,
    /// Site id.
    pub site_id: String,
    /// Site name.
    pub site: String,
    /// Model name.
    pub model: String,
    /// `manual` or `automation`.
    pub started_by: String,
    /// Phase word.
    pub phase: String,
    /// `pending`, `interrupted`, `success` or `error`.
    pub status: String,
    /// It was cancelled.
    pub is_cancelled: bool,
    /// Items it was asked for.
    pub items_total: u32,
    /// Paid units.
    pub units_total: u32,
    /// Units that stored their result.
    pub units_done: u32,
    /// Units that did not.
    pub units_failed: u32,
    /// What was made.
    pub results: u32,
    /// Clusters among them that were there before and were only joined.
    pub joined: u32,
    /// Credits charged.
    pub credits: String,
    /// Provider cost, US dollars.
    pub cost: String,
    /// Why it failed, or of work that stands still why it does though nobody has asked for it, a code; empty otherwise.
    pub error_code: String,
    /// When it was started.
    pub created_at: String,
    /// When it ended.
    pub ended_at: Option<String>,
    /// When a vendor that asked to be left alone may be asked again, of work that waits for it or ended for it.
    pub may_go_on_at: Option<String>,
    /// The address that was asked, of work that ended because something else than the vendor answered there.
    pub asked_at: Option<String>,
}

/// A page of operations.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OperationPage {
    /// Rows, newest first.
    pub rows: Vec<OperationRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// One unit of an operation.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnitRow {
    /// What it was for, by name.
    pub item: String,
    /// `ready`, `leased`, `done`, `failed` or `cancelled`; empty for a record without a unit.
    pub state: String,
    /// Why it failed, a code; empty otherwise.
    pub error_code: String,
    /// `settled`, `released`, `refused` or `reused`; empty before the books know.
    pub outcome: String,
    /// Credits charged.
    pub credits: String,
    /// Provider cost, US dollars.
    pub cost: String,
    /// Tokens read.
    pub tokens_input: u32,
    /// Tokens written.
    pub tokens_output: u32,
    /// Images.
    pub images: u32,
    /// Counted here because the vendor did not say.
    pub is_estimated: bool,
    /// What the model had written of an answer that broke off; nothing is made of it. Empty when none did.
    pub partial: String,
    /// When; absent before the books know.
    pub at: Option<String>,
}

/// An operation with its units.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OperationView {
    /// As in the list.
    pub row: OperationRow,
    /// Its units, in order.
    pub units: Vec<UnitRow>,
}

/// Live progress of an operation; may be lost, the rows may not.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProgressView {
    /// Operation id.
    pub operation_id: String,
    /// Site id.
    pub site_id: String,
    /// Function.
    pub function: AiFunctionView,
    /// Phase word of the unit at hand.
    pub phase: String,
    /// Units finished.
    pub done: u32,
    /// Units in all.
    pub total: u32,
    /// Name of the item at hand.
    pub item: String,
    /// Credits charged so far.
    pub credits: String,
}

/// An article while it is written; may be lost, the article may not.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct WritingView {
    /// Operation id.
    pub operation_id: String,
    /// Id of the task it is written for.
    pub task_id: String,
    /// The task's name.
    pub title: String,
    /// The article so far, in Markdown, or the end of a long one; null once nothing is written any more.
    pub text: Option<String>,
}

/// Whether work of a site's pipeline is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PipelineStanding {
    /// A run is at work.
    Running,
    /// Something is open, and paid work is held back because the books do not balance.
    HeldBack,
    /// Somebody has paused it, and what is at hand is finished first.
    Pausing,
    /// Somebody has paused it; what is left waits to be gone on with or cancelled.
    Paused,
    /// The program was closed, or crashed, while it was at work; what is left waits to be gone on with or given up.
    Interrupted,
    /// Nothing is under way.
    Idle,
}

/// Where the pipeline of a site is.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PipelineView {
    /// Whether it is under way.
    pub standing: PipelineStanding,
    /// Stage at hand: `auto_cluster`, `generate_ideas`, `queue_ideas`, `generate_content`, `generate_image_prompts`,
    /// `generate_images`, `review`; where the last run was when idle, empty before the first.
    pub stage: String,
    /// Operation at hand, or the last one of the run.
    pub operation_id: Option<String>,
    /// What is under way, or stands still, belongs to a run, which goes on with the stages that follow.
    pub has_run: bool,
    /// The run was cancelled, and what of it is at hand has no end yet.
    pub is_cancelling: bool,
    /// Units that were interrupted and wait.
    pub units_waiting: u32,
    /// Credits held for them.
    pub held: String,
    /// Why the last run stopped early, or why what is open was paused by nobody, a code; empty otherwise.
    pub stopped_code: String,
}

/// How the window looks.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Appearance {
    /// Which scheme.
    pub color_scheme: ColorScheme,
    /// How high rows are.
    pub density: Density,
    /// The sidebar shows icons only.
    pub sidebar_collapsed: bool,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ColorScheme {
    /// As the system.
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How high rows are.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// 30 pixels.
    Compact,
    /// 36 pixels.
    Normal,
    /// 44 pixels.
    Roomy,
}
