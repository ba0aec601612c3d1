//! Lists: one filter, one sort, one page shape and one way to select rows for every table of the window.
//!
//! Pages are keyset pages: the cursor is the place of the last row, never a count of rows to skip, so that a deep page
//! costs what the first one does and no row is seen twice or missed under equal values. Unknown values stand at the end
//! in both directions. Each list states its filter in its own literals; a filter field whose parameter does not occur
//! in them is refused, because a filter that does nothing shows rows nobody asked for.

mod literal;
#[cfg(test)]
mod tests;
mod walk;

pub(crate) use literal::{page_of_hits, sort_columns};
pub(crate) use walk::{Indexed, ListSql, Segments, bind, filter_params, page, selected};

use crate::StoreError;
use igny8_core::id::{ClusterId, ContentId, SectorId, SiteId};
use serde::Serialize;

/// Most rows on one page: more than any screen shows, few enough to cross to the window at once.
pub const PAGE_ROWS_MAX: u32 = 500;
/// Rows on a page when nobody says otherwise.
const PAGE_ROWS: u32 = 100;

/// What a list is narrowed to. A list always belongs to a site. Fields a list does not have are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListFilter {
    /// The site.
    pub site: SiteId,
    /// One sector of it.
    pub sector: Option<SectorId>,
    /// One cluster.
    pub cluster: Option<ClusterId>,
    /// One article.
    pub content: Option<ContentId>,
    /// Words of the list's own status vocabulary; empty means all.
    pub status: Vec<String>,
    /// Words of [`igny8_core::status::DeliveryStatus`]; empty means all.
    pub delivery: Vec<String>,
    /// Words of [`igny8_core::status::Intent`], or the empty word for unknown; empty means all.
    pub intent: Vec<String>,
    /// Markets, or the empty word for unknown; empty means all.
    pub country: Vec<String>,
    /// Words of [`igny8_core::status::ContentType`]; empty means all.
    pub content_type: Vec<String>,
    /// Words of [`igny8_core::status::ContentStructure`]; empty means all.
    pub content_structure: Vec<String>,
    /// Text to find anywhere in the name or title; ASCII letters match in either case.
    pub search: Option<String>,
    /// Only disabled rows, or only others.
    pub is_disabled: Option<bool>,
    /// Least monthly searches.
    pub volume_min: Option<i64>,
    /// Most monthly searches.
    pub volume_max: Option<i64>,
    /// Least difficulty, 0–100.
    pub difficulty_min: Option<i64>,
    /// Most difficulty, 0–100.
    pub difficulty_max: Option<i64>,
}

impl ListFilter {
    /// Everything of one site.
    #[must_use]
    pub fn of(site: SiteId) -> Self {
        Self {
            site,
            sector: None,
            cluster: None,
            content: None,
            status: Vec::new(),
            delivery: Vec::new(),
            intent: Vec::new(),
            country: Vec::new(),
            content_type: Vec::new(),
            content_structure: Vec::new(),
            search: None,
            is_disabled: None,
            volume_min: None,
            volume_max: None,
            difficulty_min: None,
            difficulty_max: None,
        }
    }
}

/// The columns a list can be sorted by.
pub trait SortColumn: Copy + Eq + Sized + 'static {
    /// Every column.
    const ALL: &'static [Self];
    /// The order of a list nobody has sorted.
    const DEFAULT: Sort<Self>;

    /// The column's name, which is the name of the row's field.
    fn word(self) -> &'static str;

    /// Reads a column's name.
    ///
    /// # Errors
    /// [`StoreError::BadQuery`] for a name the list does not have.
    fn parse(word: &str) -> Result<Self, StoreError> {
        let found = Self::ALL.iter().copied().find(|column| column.word() == word);
        found.ok_or_else(|| StoreError::BadQuery(word.to_owned()))
    }
}

/// A sort order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort<C> {
    /// What to sort by; rows with equal values follow in the order of their ids.
    pub column: C,
    /// Largest first. Unknown values stand at the end all the same.
    pub is_descending: bool,
}

/// A request for one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery<C> {
    /// Which rows.
    pub filter: ListFilter,
    /// In which order.
    pub sort: Sort<C>,
    /// [`Page::next_cursor`] of the page before; `None` for the first.
    pub cursor: Option<String>,
    /// Rows wanted, held between 1 and [`PAGE_ROWS_MAX`].
    pub limit: u32,
}

impl<C: SortColumn> ListQuery<C> {
    /// The first page under a filter, in the list's own order.
    #[must_use]
    pub fn first(filter: ListFilter) -> Self {
        Self { filter, sort: C::DEFAULT, cursor: None, limit: PAGE_ROWS }
    }
}

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its rows.
    pub rows: Vec<T>,
    /// For the next page; `None` on the last.
    pub next_cursor: Option<String>,
    /// Rows that match in all, counted when the first page was read.
    pub total: u32,
}

/// Which rows an action is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::large_enum_variant, reason = "an action has one selection: a box would save nothing")]
pub enum Selection {
    /// These.
    Ids(Vec<i64>),
    /// All that match, but for a few.
    Matching {
        /// What matches.
        filter: ListFilter,
        /// Row ids left out.
        except: Vec<i64>,
    },
}
