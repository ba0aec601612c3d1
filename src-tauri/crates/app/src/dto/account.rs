//! Credits, notifications, the completion widget.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The balance as the header shows it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Balance {
    /// Can be spent now.
    pub available: String,
    /// Kept back by open holds.
    pub held: String,
    /// Spent this month.
    pub used_this_month: String,
    /// What available credits are worth, US dollars.
    pub available_value: String,
    /// The monthly budget that is chosen: what the next month is granted.
    pub monthly_budget: String,
    /// What the current month was granted.
    pub month_granted: String,
    /// Drawn from it so far.
    pub month_drawn: String,
    /// Of what is available, the part that lapses at the turn of the month.
    pub monthly_left: String,
    /// Of what is available, the part that does not expire.
    pub extra_left: String,
    /// What one credit is worth, US dollars.
    pub credit_price: String,
    /// Ever granted.
    pub granted: String,
    /// Ever used.
    pub used: String,
    /// Ever lapsed.
    pub lapsed: String,
}

/// One line of the statement.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TransactionRow {
    /// Id.
    pub id: String,
    /// `grant`, `deduction`, `release`, `refusal` or `lapse`.
    pub transaction_type: String,
    /// Operation type; empty for grants.
    pub operation_type: String,
    /// Negative for deductions.
    pub amount: String,
    /// Posted balance right after.
    pub balance_after: String,
    /// Operation it belongs to.
    pub operation_id: Option<String>,
    /// A word about it.
    pub memo: String,
    /// When.
    pub at: String,
}

/// A page of the statement.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TransactionPage {
    /// Rows, newest first.
    pub rows: Vec<TransactionRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// A notice.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotificationRow {
    /// Id.
    pub id: String,
    /// Type, such as `ai_image_success`; the screen words it.
    pub notification_type: String,
    /// `info`, `success`, `warning` or `error`.
    pub severity: String,
    /// Numbers and names for the sentence.
    pub params: Vec<Param>,
    /// Site it is about.
    pub site_id: Option<String>,
    /// Operation it is about.
    pub operation_id: Option<String>,
    /// `content`, `site`, … or empty.
    pub related_type: String,
    /// Id of that.
    pub related_id: Option<String>,
    /// Seen.
    pub is_read: bool,
    /// When.
    pub created_at: String,
}

/// A named value of a sentence.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A page of notices.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NotificationPage {
    /// Rows, newest first.
    pub rows: Vec<NotificationRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
    /// Unread in all.
    pub unread: u32,
}

/// A span of time up to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Everything.
    All,
    /// The last 7 days.
    Days7,
    /// The last 30 days.
    Days30,
    /// The last 90 days.
    Days90,
}

/// How far a site's work is. Always of the whole site, never of a sector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// Keywords.
    pub keywords: u32,
    /// Keywords in a cluster.
    pub keywords_mapped: u32,
    /// New keywords that wait for nothing: no group was found for them, or they are disabled.
    pub keywords_left_out: u32,
    /// Clusters.
    pub clusters: u32,
    /// Clusters with ideas.
    pub clusters_mapped: u32,
    /// Ideas.
    pub ideas: u32,
    /// Ideas that have a task.
    pub ideas_queued: u32,
    /// Ideas that became an article.
    pub ideas_completed: u32,
    /// Tasks waiting to be written.
    pub tasks_queued: u32,
    /// Tasks whose last attempt failed.
    pub tasks_failed: u32,
    /// Articles.
    pub contents: u32,
    /// Articles in draft.
    pub drafts: u32,
    /// Articles in review.
    pub review: u32,
    /// Articles approved and not yet on the site.
    pub approved: u32,
    /// Of these, the ones that nobody needs to publish: they are being published, or have their date.
    pub on_the_way: u32,
    /// Articles read back from the site.
    pub published: u32,
    /// Image slots.
    pub images: u32,
    /// Slots with a picture.
    pub images_generated: u32,
    /// Slots whose last attempt failed.
    pub images_failed: u32,
    /// Credits used for the site.
    pub credits_used: String,
}
