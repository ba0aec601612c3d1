//! Articles that somebody has changed on their site, and what is decided about them; what happened on a site, and the
//! posts it had before.

use serde::{Deserialize, Serialize};
use specta::Type;

/// An article about which somebody is to decide.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictRow {
    /// Id of the article.
    pub id: String,
    /// Its title here.
    pub title: String,
    /// Id of its site.
    pub site_id: String,
    /// Name of its site.
    pub site: String,
    /// When it was found.
    pub found_at: String,
    /// What of it was changed there: words as in a receipt.
    pub fields: Vec<String>,
}

/// Who has changed something since both sides had the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ChangedByView {
    /// Nobody: both have it.
    Nobody,
    /// It was changed here alone.
    Us,
    /// It was changed there alone.
    Them,
    /// Both, or nobody can tell.
    Both,
}

/// Whose wording is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KeptSide {
    /// The one here.
    Ours,
    /// The one there.
    Theirs,
    /// The one here, and the one there behind it.
    Both,
}

/// A field of both sides.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictField {
    /// `title`, `excerpt`, `status`, `categories`, `tags`, `featured_image`.
    pub field: String,
    /// Who changed it.
    pub by: ChangedByView,
    /// As it is here.
    pub ours: String,
    /// As it is there.
    pub theirs: String,
    /// A choice is to be made; what is only told is not chosen.
    pub is_choice: bool,
}

/// A run of pieces of the text.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictRun {
    /// Who changed it.
    pub by: ChangedByView,
    /// Sanitised HTML of what stands here; empty for nothing.
    pub ours: String,
    /// The same of what stands there.
    pub theirs: String,
}

/// Both sides of an article beside each other.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    /// As in the list.
    pub row: ConflictRow,
    /// The version of the text here.
    pub version: u32,
    /// Fields that are not the same.
    pub fields: Vec<ConflictField>,
    /// The whole text.
    pub runs: Vec<ConflictRun>,
    /// What of theirs an article cannot hold: names of blocks, `picture`, `embed`, `video`, `audio`, `form`, `script`.
    pub left_out: Vec<String>,
}

/// What is kept.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConflictDecision {
    /// When what was decided about had been found.
    pub found_at: String,
    /// The version of the text that was decided about.
    pub version: u32,
    /// One side throughout; `both` for what is named below.
    pub keep: KeptSide,
    /// With `both`: whose field is kept; one that is not named stays as it is here.
    pub fields: Vec<FieldDecision>,
    /// With `both`: whose pieces are kept, for each run of the text.
    pub runs: Vec<KeptSide>,
}

/// Whose field is kept.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldDecision {
    /// Which.
    pub field: String,
    /// Whose.
    pub side: KeptSide,
}

/// Something that happened on a site without us.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteEventView {
    /// Id of the article.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `published`, `unpublished`, `trashed`, `deleted`, `rescheduled`, `retitled`, `moved` or `edited`.
    pub event: String,
    /// As it was: a title, an address or a time; empty for the rest.
    pub before: String,
    /// As it is.
    pub after: String,
}

/// What a look at a site came to.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteSynced {
    /// Posts looked at.
    pub looked: u32,
    /// What was news.
    pub events: Vec<SiteEventView>,
}

/// How far the taking in of a site's posts is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TakingInState {
    /// None was begun since the app was started.
    #[default]
    Idle,
    /// It goes on.
    Running,
    /// It came to its end.
    Done,
    /// It was stopped; what was taken in stays.
    Stopped,
    /// The site did not answer; what was taken in stays.
    Failed,
}

/// The posts that a site had before.
#[derive(Clone, Debug, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SitePosts {
    /// Posts that are known here.
    pub known: u32,
    /// How far the last taking in is.
    pub state: TakingInState,
    /// Posts it has come to.
    pub done: u32,
    /// Posts there are, as far as the site has said.
    pub total: u32,
    /// Not known before.
    pub added: u32,
    /// Changed there since the time before.
    pub updated: u32,
    /// Why it failed, a code of [`crate::Fault::Site`]; empty otherwise.
    pub failure: String,
}

/// A post that a site had before.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SitePostView {
    /// Id of its article here.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Words.
    pub word_count: u32,
    /// When it became public there.
    pub published_at: String,
}

/// What of ours was of no use on a site and was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteTidied {
    /// Drafts.
    pub posts: u32,
    /// Files.
    pub media: u32,
}
