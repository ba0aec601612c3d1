//! How keyword files are read: which header names which column, what a cell's number means, which intents a tool
//! writes, when two spellings are one keyword. Pure recognition over text; opening, decoding and streaming the file is
//! the engine's part. Every tool renames, hides and reorders its columns, so a column is found by its name alone.

mod column;
mod header;
mod intent;
mod market;
mod name;
mod number;
mod plain;
mod row;
#[cfg(test)]
mod tests;
mod text;

pub use column::{Column, Field};
pub use header::{HEADER_ROWS_MAX, Header, recognise};
pub use intent::leading_intent;
pub use market::{country_code, country_in_file_name};
pub use number::{DecimalMark, Exactness, Price, Volume};
pub use plain::looks_like_keywords;
pub use row::{KeywordRow, RowIssue};
pub use text::{CleanKeyword, KEYWORD_CHARS_MAX, clean_keyword};

/// What a file was recognised as. Decides how a few of its columns are understood and which warnings it deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Semrush Keyword Magic.
    SemrushKeywordMagic,
    /// Semrush Keyword Manager or Strategy Builder.
    SemrushKeywordManager,
    /// Semrush Organic positions: one row for each ranking address.
    SemrushOrganicPositions,
    /// Semrush API or a regional export.
    SemrushApi,
    /// Ahrefs Keywords Explorer.
    AhrefsKeywords,
    /// Ahrefs Site Explorer, organic keywords.
    AhrefsOrganic,
    /// Google Keyword Planner.
    KeywordPlanner,
    /// Google Search Console, queries.
    SearchConsole,
    /// Bing Webmaster Tools.
    BingWebmaster,
    /// A table with a keyword column, by hand or by another tool.
    Table,
    /// One keyword on each line.
    PlainList,
}

impl FileKind {
    /// The stable word that is stored as a keyword's source.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SemrushKeywordMagic => "semrush_keyword_magic",
            Self::SemrushKeywordManager => "semrush_keyword_manager",
            Self::SemrushOrganicPositions => "semrush_organic_positions",
            Self::SemrushApi => "semrush_api",
            Self::AhrefsKeywords => "ahrefs_keywords",
            Self::AhrefsOrganic => "ahrefs_organic",
            Self::KeywordPlanner => "keyword_planner",
            Self::SearchConsole => "search_console",
            Self::BingWebmaster => "bing_webmaster",
            Self::Table => "table",
            Self::PlainList => "plain_list",
        }
    }
}
