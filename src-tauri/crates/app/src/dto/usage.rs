//! What AI work consumed: sums, breakdowns, what an article cost, where the month is heading, what stands out.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A span of time up to now, in the user's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum UsagePeriod {
    /// The calendar month so far.
    Month,
    /// Today and the 29 days before.
    #[serde(rename = "last_30_days")]
    Last30Days,
    /// Today and the 89 days before.
    #[serde(rename = "last_90_days")]
    Last90Days,
    /// Everything.
    All,
}

/// What a summary is about.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UsageQuery {
    /// One site; every site when absent.
    #[serde(default)]
    pub site_id: Option<String>,
    /// Which span.
    pub period: UsagePeriod,
}

/// Tokens by bucket. The buckets are disjoint; each is a whole number as text, because sums may exceed what `u32` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TokenBuckets {
    /// Read at full price.
    pub input: String,
    /// Read from the vendor's cache.
    pub cached_input: String,
    /// Written to the vendor's cache.
    pub cache_write: String,
    /// Written, without reasoning.
    pub output: String,
    /// Thought with.
    pub reasoning: String,
    /// Of pictures read.
    pub image_input: String,
    /// Of pictures made.
    pub image_output: String,
    /// All of them.
    pub total: String,
}

/// Sums over usage records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UsageFigures {
    /// Records, whatever became of them.
    pub records: u32,
    /// Stored and charged.
    pub settled: u32,
    /// Sent, and left no result; 0 credits.
    pub lost: u32,
    /// Refused before anything was sent; 0 credits.
    pub refused: u32,
    /// Answered with what was paid for before; 0 credits.
    pub reused: u32,
    /// Images made.
    pub images: u32,
    /// Charged.
    pub credits: String,
    /// What vendors bill, lost attempts included; US dollars.
    pub cost: String,
    /// Credits times the credit's price at the time; US dollars.
    pub credit_value: String,
    /// The part of `cost` that bought no result; US dollars.
    pub lost_cost: String,
    /// Tokens.
    pub tokens: TokenBuckets,
}

/// One line of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UsageSlice {
    /// Operation type, model id, site id or article id.
    pub key: String,
    /// Name of the model or site, title of the article; empty where the screen words the key.
    pub label: String,
    /// A model's vendor; empty otherwise.
    pub provider: String,
    /// Its sums.
    pub figures: UsageFigures,
}

/// How wide a point of the series is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SeriesStep {
    /// A day.
    Day,
    /// A calendar month: a series over more than a year.
    Month,
}

/// One point of the series. Days and months without use have points too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UsagePoint {
    /// `YYYY-MM-DD`, or `YYYY-MM` for a month, in the user's zone.
    pub day: String,
    /// Its sums.
    pub figures: UsageFigures,
    /// The same credits and cost by operation type; only types that have any.
    pub by_operation: Vec<PointPart>,
}

/// What one operation type took of a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PointPart {
    /// Operation type.
    pub operation_type: String,
    /// Charged.
    pub credits: String,
    /// What vendors bill, US dollars.
    pub cost: String,
}

/// Where the calendar month is heading, at the pace of the month so far and at that of the last seven days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UsageProjection {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// Today's day of the month, from 1.
    pub day_of_month: u32,
    /// Days the month has.
    pub days_in_month: u32,
    /// Credits used so far.
    pub credits_used: String,
    /// Credits at its end, as used so far.
    pub credits_at_month_pace: String,
    /// Credits at its end, as used in the last seven days.
    pub credits_at_recent_pace: String,
    /// Cost so far, US dollars.
    pub cost_used: String,
    /// Cost at its end, as so far.
    pub cost_at_month_pace: String,
    /// Cost at its end, as in the last seven days.
    pub cost_at_recent_pace: String,
}

/// What kind of thing stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AnomalyKind {
    /// An operation, by what one of its units cost.
    Operation,
    /// An article.
    Article,
    /// A day.
    Day,
}

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum UsageMeasure {
    /// Credits.
    Credits,
    /// Vendor's cost, US dollars.
    Cost,
}

/// Something that cost more than three times the average of the others of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UsageAnomaly {
    /// What it is.
    pub kind: AnomalyKind,
    /// Operation id, article id or `YYYY-MM-DD`.
    pub key: String,
    /// Operation type or article title; empty for a day.
    pub label: String,
    /// What was measured.
    pub measure: UsageMeasure,
    /// Its value; of an operation, per unit.
    pub value: String,
    /// Average of the others.
    pub average: String,
    /// How many times the average, with one decimal.
    pub times: String,
}

/// Everything the usage page shows.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UsageSummary {
    /// IANA zone in which days and months are counted.
    pub zone: String,
    /// First instant that counts; absent for everything.
    pub from: Option<String>,
    /// When it was counted.
    pub until: String,
    /// Sums.
    pub totals: UsageFigures,
    /// How wide the points are.
    pub series_step: SeriesStep,
    /// One point after another, without gaps.
    pub series: Vec<UsagePoint>,
    /// By operation type, dearest first.
    pub by_operation: Vec<UsageSlice>,
    /// By model, dearest first.
    pub by_model: Vec<UsageSlice>,
    /// By site, dearest first.
    pub by_site: Vec<UsageSlice>,
    /// The dearest articles; `usageArticles` has them all.
    pub by_article: Vec<UsageSlice>,
    /// Of the calendar month, whatever the period.
    pub projection: UsageProjection,
    /// What stands out, the furthest first.
    pub anomalies: Vec<UsageAnomaly>,
}

/// An article with what it consumed: writing, image descriptions and images.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ArticleUsageRow {
    /// Article id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Site id.
    pub site_id: String,
    /// Site name.
    pub site: String,
    /// Editorial state.
    pub status: String,
    /// Removed from the lists.
    pub is_removed: bool,
    /// Usage records.
    pub records: u32,
    /// Charged.
    pub credits: String,
    /// What vendors bill, US dollars.
    pub cost: String,
    /// Worth of the credits, US dollars.
    pub credit_value: String,
    /// The part of `cost` that bought no result.
    pub lost_cost: String,
    /// Images made.
    pub images: u32,
    /// All tokens.
    pub tokens: String,
    /// When it last consumed something.
    pub last_used_at: String,
}

/// A page of articles with their cost.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UsageArticlePage {
    /// Rows.
    pub rows: Vec<ArticleUsageRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ContentPart {
    /// Its text.
    Writing,
    /// The descriptions its images were made from.
    ImagePrompts,
    /// Its images.
    Images,
}

/// What one part of an article consumed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CostPart {
    /// Which.
    pub part: ContentPart,
    /// Its sums.
    pub figures: UsageFigures,
}

/// One usage record of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CostLine {
    /// Record id.
    pub id: String,
    /// Operation it belongs to.
    pub operation_id: String,
    /// Operation type.
    pub operation_type: String,
    /// `settled`, `released`, `refused` or `reused`.
    pub outcome: String,
    /// Name of the model.
    pub model: String,
    /// Times the request was sent.
    pub attempts: u32,
    /// Charged.
    pub credits: String,
    /// What the vendor bills, US dollars.
    pub cost: String,
    /// All tokens.
    pub tokens: String,
    /// Images made.
    pub images: u32,
    /// Counted here because the vendor did not say.
    pub is_estimated: bool,
    /// When.
    pub at: String,
}

/// What one article cost.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContentCost {
    /// Article id.
    pub content_id: String,
    /// Sums over everything.
    pub figures: UsageFigures,
    /// Writing, image descriptions, images, always all three.
    pub parts: Vec<CostPart>,
    /// The newest records, at most 100.
    pub lines: Vec<CostLine>,
}
