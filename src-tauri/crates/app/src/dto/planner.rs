//! Keywords, clusters and ideas, and the reading of keyword files.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A keyword.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeywordRow {
    /// Id.
    pub id: String,
    /// The phrase.
    pub text: String,
    /// Sector id.
    pub sector_id: String,
    /// Sector name.
    pub sector: String,
    /// Monthly searches, or how often the own site was shown.
    pub volume: Option<u32>,
    /// The volume is how often the own site was shown, which is all that some tools know.
    pub volume_is_impressions: bool,
    /// 0–100.
    pub difficulty: Option<u32>,
    /// US dollars a click, decimal.
    pub cpc: Option<String>,
    /// Intent word; empty when unknown.
    pub intent: String,
    /// Market, such as `us`; empty when unknown.
    pub country: String,
    /// Cluster id.
    pub cluster_id: Option<String>,
    /// Cluster name.
    pub cluster: Option<String>,
    /// `new` or `mapped`.
    pub status: String,
    /// Left out of clustering.
    pub is_disabled: bool,
    /// Clustering looked at it and found no group for it; it waits again when new keywords join its sector.
    pub is_passed_over: bool,
    /// File or way it came in.
    pub source: String,
    /// When it came in.
    pub created_at: String,
}

/// A page of keywords.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeywordPage {
    /// Rows.
    pub rows: Vec<KeywordRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// A cluster.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClusterRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Sector id.
    pub sector_id: String,
    /// Sector name.
    pub sector: String,
    /// Keywords in it.
    pub keyword_count: u32,
    /// Their searches together.
    pub volume: u32,
    /// Ideas from it.
    pub idea_count: u32,
    /// Articles from it.
    pub content_count: u32,
    /// `new` or `mapped`.
    pub status: String,
    /// Left out of ideas.
    pub is_disabled: bool,
    /// When it was made.
    pub created_at: String,
}

/// A page of clusters.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClusterPage {
    /// Rows.
    pub rows: Vec<ClusterRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// An idea.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IdeaRow {
    /// Id.
    pub id: String,
    /// Working title.
    pub title: String,
    /// The brief.
    pub description: String,
    /// Phrases it answers.
    pub keywords: Vec<String>,
    /// Cluster id.
    pub cluster_id: Option<String>,
    /// Cluster name.
    pub cluster: Option<String>,
    /// Sector name.
    pub sector: String,
    /// Kind of page.
    pub content_type: String,
    /// How it is built.
    pub content_structure: String,
    /// Words to aim for.
    pub word_count_target: u32,
    /// `new`, `queued`, `failed` or `completed`.
    pub status: String,
    /// The task it has, which is written again when it failed.
    pub task_id: Option<String>,
    /// Why its task failed, a code; empty otherwise.
    pub error_code: String,
    /// Left out of writing.
    pub is_disabled: bool,
    /// When it was made.
    pub created_at: String,
}

/// A page of ideas.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IdeaPage {
    /// Rows.
    pub rows: Vec<IdeaRow>,
    /// For the next page.
    pub next_cursor: Option<String>,
    /// Rows that match in all.
    pub total: u32,
}

/// What a keyword file holds, before it is imported.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KeywordFilePreview {
    /// Which tool made it, a code the screen words: `plain`, `search_console`, `semrush`, `ahrefs`, ….
    pub kind: String,
    /// File name.
    pub file_name: String,
    /// Columns that are used: header as in the file, and the field it fills.
    pub columns: Vec<MappedColumn>,
    /// Headers that are not used.
    pub unused_columns: Vec<String>,
    /// First rows as they would be stored.
    pub rows: Vec<PreviewRow>,
    /// Rows that hold a keyword.
    pub keyword_count: u32,
    /// Rows joined with an earlier row of the same keyword.
    pub joined_count: u32,
    /// Rows that hold none, with the reason.
    pub ignored: Vec<IgnoredRow>,
    /// Codes of warnings: `search_console_limit`, `volume_ranges`, `foreign_currency:<code>`.
    pub warnings: Vec<String>,
    /// The counts are of the whole file; otherwise of its beginning.
    pub is_whole: bool,
}

/// A used column.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MappedColumn {
    /// As in the file.
    pub header: String,
    /// `keyword`, `volume`, `difficulty`, `cpc`, `intent`, `country`.
    pub field: String,
}

/// A row of a keyword file.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PreviewRow {
    /// The phrase.
    pub text: String,
    /// Monthly searches.
    pub volume: Option<u32>,
    /// 0–100.
    pub difficulty: Option<u32>,
    /// Intent word; empty when unknown.
    pub intent: String,
}

/// A row that was passed over.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IgnoredRow {
    /// Line in the file, from 1.
    pub line: u32,
    /// Why, as a code.
    pub reason: String,
}

/// What an import did.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportSummary {
    /// New keywords.
    pub added: u32,
    /// Keywords that were there and were brought up to date.
    pub updated: u32,
    /// Rows joined inside the file.
    pub joined: u32,
    /// Rows passed over.
    pub ignored: u32,
}

/// A keyword typed by hand, or changed.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeywordEdit {
    /// Monthly searches.
    pub volume: Option<u32>,
    /// 0–100.
    pub difficulty: Option<u32>,
    /// Intent word; empty for unknown.
    pub intent: String,
    /// Market; empty for unknown.
    pub country: String,
}

/// An idea's fields that a person may change.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdeaEdit {
    /// Working title.
    pub title: String,
    /// The brief.
    pub description: String,
    /// How it is built.
    pub content_structure: String,
    /// 100–10,000.
    pub word_count_target: u32,
}

/// An idea or an article that is about the same as an article its site has.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TopicRepeat {
    /// `idea` or `article`.
    pub item: String,
    /// Its id.
    pub id: String,
    /// By what: `title`, `keyword`, `address`, or `words` for nearly the same words in the title.
    pub likeness: String,
    /// Id of the article that is there.
    pub article_id: String,
    /// Its title.
    pub title: String,
    /// Its address on the site, where it has one.
    pub url: Option<String>,
    /// The site had it before.
    pub is_imported: bool,
}
