//! What AI work consumed.

mod anomalies;
mod summary;

use crate::dto::list::{ListFilter, ListQuery};
use crate::dto::usage::{ContentCost, UsageArticlePage, UsageQuery, UsageSummary};
use crate::view;
use crate::view::list::{id, invalid, searched, snake};
use crate::{Fault, Igny8};
use igny8_core::id::{ContentId, SiteId};
use igny8_store::StoreError;
use igny8_store::table::list::{Sort, SortColumn};
use igny8_store::table::usage::UsageFigures;
use igny8_store::table::usage::article::{ArticleColumn, ArticleFilter};

/// Sums, breakdowns, the month's projection and what stands out, over a period and a site or all of them.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`] for an unknown site.
pub async fn usage_summary(app: &Igny8, query: UsageQuery) -> Result<UsageSummary, Fault> {
    let site = query.site_id.as_deref().map(|text| id::<SiteId>(text, "siteId")).transpose()?;
    let (period, now) = (view::usage::period(query.period), app.engine.clock().now());
    let summary = app.engine.store().read(move |r| summary::read(r, site, period, now));
    summary.await?.ok_or_else(|| Fault::NotFound { what: "site".to_owned() })
}

/// A page of articles with what each consumed, of a site or all of them. Sorts by `credits`, `cost`, `creditValue`,
/// `lastUsedAt` and `title`; the dearest first when nothing is said. The filter takes a site and a search.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn usage_articles(app: &Igny8, query: ListQuery) -> Result<UsageArticlePage, Fault> {
    let ListQuery { filter, sort, cursor, limit } = query;
    let (site_id, search) = (filter.site_id.clone(), filter.search.clone());
    if (ListFilter { site_id: None, search: None, ..filter }) != ListFilter::default() {
        return Err(invalid("filter", "unknown"));
    }
    let filter = ArticleFilter {
        site: site_id.as_deref().map(|text| id::<SiteId>(text, "siteId")).transpose()?,
        search: searched(search)?,
    };
    let sort = match sort {
        Some(sort) => Sort { column: ArticleColumn::parse(&snake(&sort.column))?, is_descending: sort.descending },
        None => ArticleColumn::DEFAULT,
    };
    let page = app.engine.store().read(move |r| r.article_usage_page(&filter, sort, cursor.as_deref(), limit)).await?;
    Ok(UsageArticlePage {
        rows: page.rows.into_iter().map(view::usage::article).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// What one article cost, part by part. An article that was removed still has its cost.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn content_cost(app: &Igny8, content: &str) -> Result<ContentCost, Fault> {
    let content: ContentId = id(content, "contentId")?;
    let read = app.engine.store().read(move |r| {
        let parts = r.content_parts(content)?;
        if parts.is_empty() {
            // Nothing was consumed for it; then it must at least be there.
            r.content(content)?;
        }
        Ok::<_, StoreError>((parts, r.content_usage_lines(content)?))
    });
    let (parts, lines) = read.await.map_err(|error| match error {
        StoreError::NotFound => Fault::NotFound { what: "content".to_owned() },
        other => other.into(),
    })?;
    let whole = parts.iter().fold(UsageFigures::default(), |sum, (_, figures)| sum.plus(figures));
    Ok(ContentCost {
        content_id: content.to_string(),
        figures: view::usage::figures(&whole),
        parts: view::usage::parts(&parts),
        lines: lines.into_iter().map(view::usage::line).collect(),
    })
}
