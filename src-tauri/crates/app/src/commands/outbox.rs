//! The outbox: what is on its way to its site, what waits and until when, and what a person does about it.

use crate::dto::list::{Changed, ListQuery};
use crate::dto::outbox::{OutboxPage, OutboxRow};
use crate::view::instant;
use crate::view::list::{changed, id, ids};
use crate::{Fault, Igny8};
use igny8_core::id::{OutboxId, SiteId};
use igny8_core::outbox::OutboxPlace;
use igny8_engine::host_of;
use igny8_engine::publish::is_post_missing;
use igny8_store::table::outbox::{OutboxEntry, OutboxFilter};
use igny8_store::{Read, StoreError};
use std::sync::Arc;

/// A page of the outbox, newest first. The filter takes a site, and states in `status`.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn outbox(app: &Igny8, query: ListQuery) -> Result<OutboxPage, Fault> {
    let filter = OutboxFilter {
        site: query.filter.site_id.as_deref().map(|text| id::<SiteId>(text, "siteId")).transpose()?,
        places: ids::<OutboxPlace>(&query.filter.status, "status")?,
    };
    let page = app.engine.store().read(move |r| {
        let page = r.outbox_page(&filter, query.cursor.as_deref(), query.limit)?;
        let rows = page.rows.into_iter().map(|entry| row(r, entry)).collect::<Result<_, StoreError>>()?;
        Ok::<_, StoreError>(OutboxPage { rows, next_cursor: page.next_cursor, total: page.total })
    });
    Ok(page.await?)
}

/// Tries deliveries now that wait or are parked, in the background. Answers the articles that go out.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn outbox_retry(app: &Igny8, deliveries: &[String]) -> Result<Changed, Fault> {
    Ok(changed(&app.engine.retry_deliveries(ids::<OutboxId>(deliveries, "ids")?).await?))
}

/// Takes deliveries out that wait or are parked. A draft that one has made is taken off its site in the background, where
/// that answers; what does not is asked again after the next delivery there. Answers which were.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn outbox_discard(app: &Igny8, deliveries: &[String]) -> Result<Changed, Fault> {
    let (deliveries, now) = (ids::<OutboxId>(deliveries, "ids")?, app.engine.clock().now());
    let discarded = app.engine.store().write(move |w| w.discard_outbox(&deliveries, now)).await?;
    let discarded: Vec<OutboxId> = discarded.into_iter().map(|(id, _)| id).collect();
    let ids = discarded.clone();
    for site in app.engine.store().read(move |r| r.sites_with_drafts_of(&ids)).await? {
        let engine = Arc::clone(&app.engine);
        app.begin(async move {
            if let Err(error) = engine.tidy_site(site).await {
                tracing::info!(%site, %error, "a draft of no use stays there for now");
            }
        });
    }
    Ok(changed(&discarded))
}

/// Sites on which drafts of deliveries that were taken out still are.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn outbox_drafts(app: &Igny8, deliveries: &[String]) -> Result<Vec<String>, Fault> {
    let deliveries = ids::<OutboxId>(deliveries, "ids")?;
    let sites = app.engine.store().read(move |r| r.sites_with_drafts_of(&deliveries)).await?;
    Ok(sites.into_iter().map(|site| site.to_string()).collect())
}

/// Puts discarded deliveries back, but for those that were asked for anew since.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn outbox_restore(app: &Igny8, deliveries: &[String]) -> Result<(), Fault> {
    Ok(app.engine.restore_deliveries(ids::<OutboxId>(deliveries, "ids")?).await?)
}

fn row(read: &Read<'_>, entry: OutboxEntry) -> Result<OutboxRow, StoreError> {
    let site = read.site(entry.site)?;
    Ok(OutboxRow {
        id: entry.id.to_string(),
        article_id: entry.content.to_string(),
        article: entry.title,
        site_id: site.id.to_string(),
        host: host_of(&site),
        site: site.name,
        state: entry.place.to_string(),
        is_update: entry.is_update,
        goal: entry.goal.to_string(),
        has_draft: entry.has_draft,
        attempts: entry.attempts,
        post_is_missing: is_post_missing(&entry.error_code),
        code: entry.error_code,
        note: entry.error_note,
        next_try_at: entry.next_try_at.map(instant),
        created_at: instant(entry.created_at),
    })
}
