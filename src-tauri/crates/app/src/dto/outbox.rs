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
    /// What the site is to make of it: `publish`, `hand_over` for its time, or `take_back` as a draft.
    pub goal: String,
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

/// How far the search for a refused passage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SearchState {
    /// None was begun since the app was started.
    #[default]
    Idle,
    /// It goes on.
    Running,
    /// It came to its end.
    Done,
    /// It was stopped.
    Stopped,
    /// The site failed otherwise than by refusing.
    Failed,
}

/// A passage that the site refuses.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PassageView {
    /// `title`, `excerpt`, `meta_title`, `meta_description` or `body`.
    pub place: String,
    /// Its words, or its markup.
    pub text: String,
    /// The words alone are taken, and the markup is not.
    pub is_markup: bool,
}

/// The search for passages of an article that its site refuses.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PassageSearch {
    /// How far it is.
    pub state: SearchState,
    /// Texts tried.
    pub tried: u32,
    /// Passages found so far.
    pub found: u32,
    /// Once it has ended: the passages, in their order. None where the site took the whole text.
    pub passages: Vec<PassageView>,
    /// There may be more of them.
    pub is_cut_short: bool,
    /// Why it failed, a code of [`crate::Fault::Site`]; empty otherwise.
    pub failure: String,
    /// What the site said beside that; empty where nothing.
    pub note: String,
    /// Host name, where it failed.
    pub host: String,
}
