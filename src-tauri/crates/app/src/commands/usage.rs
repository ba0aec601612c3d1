//! What AI work consumed.

use crate::dto::list::ListQuery;
use crate::dto::usage::{ContentCost, UsageArticlePage, UsageQuery, UsageSummary};
use crate::{Fault, Igny8};

/// Sums, breakdowns, the month's projection and what stands out, over a period and a site or all of them.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn usage_summary(_app: &Igny8, _query: UsageQuery) -> Result<UsageSummary, Fault> {
    Err(Fault::NothingToDo)
}

/// A page of articles with what each consumed, of a site or all of them. Sorts by `credits`, `cost`, `creditValue`,
/// `lastUsedAt` and `title`; the dearest first when nothing is said. The filter takes a site and a search.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn usage_articles(_app: &Igny8, _query: ListQuery) -> Result<UsageArticlePage, Fault> {
    Err(Fault::NothingToDo)
}

/// What one article cost, part by part.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn content_cost(_app: &Igny8, _content: &str) -> Result<ContentCost, Fault> {
    Err(Fault::NothingToDo)
}
