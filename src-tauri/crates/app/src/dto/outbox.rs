//! The outbox at the border.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A delivery in the outbox.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutboxRow {
    /// Id, which is the key of the operation.
    pub id: String,
    /// Article id.
    pub article_id: String,
    /// Title of the article.
    pub article: String,
    /// Site id.
    pub site_id: String,
    /// Name of the site.
    pub site: String,
    /// What the user knows the site by: its host, or its folder.
    pub host: String,
    /// `in_hand`, `queued`, `waiting` or `parked`.
    pub state: String,
    /// The site has the article in an older state.
    pub is_update: bool,
    /// A draft of it is on the site.
    pub has_draft: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it did not arrive, a code; empty before the first failure.
    pub code: String,
    /// What the site said beside that; empty when it said nothing.
    pub note: String,
    /// The post may have been public and is not to be had: publishing anew would make another one.
    pub post_is_missing: bool,
    /// From when on it may be tried; absent for at once, and for what is parked.
    pub next_try_at: Option<String>,
    /// When it was asked for.
    pub created_at: String,
}

/// A page of the outbox.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OutboxPage {
    /// Rows.
    pub rows: Vec<OutboxRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}
