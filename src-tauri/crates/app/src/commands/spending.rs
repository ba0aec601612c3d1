//! Limits on spending, the switch that stops all paid work, and what a run will cost.

use crate::dto::audit::{AuditFindings, CopyView};
use crate::dto::spending::{LimitScope, PipelineEstimate, Spending};
use crate::view;
use crate::view::list::{self, id, invalid};
use crate::{Fault, Igny8, copies};
use igny8_core::id::SiteId;
use igny8_core::money::Credits;
use igny8_store::StoreError;
use igny8_store::ledger::StandingLimit;

/// What limits spending now.
///
/// # Errors
/// When the database cannot be read.
pub async fn spending(app: &Igny8) -> Result<Spending, Fault> {
    Ok(view::spending::spending(&app.engine.spending().await?))
}

/// Sets a limit, or clears it when no amount is given. A limit of a site names the site.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`].
pub async fn spending_limit_set(
    app: &Igny8,
    scope: LimitScope,
    site: Option<&str>,
    amount: Option<&str>,
) -> Result<(), Fault> {
    let of = match (scope, site) {
        (LimitScope::Month, None) => StandingLimit::Month,
        (LimitScope::Day, None) => StandingLimit::Day,
        (LimitScope::Site, Some(site)) => StandingLimit::Site(id::<SiteId>(site, "siteId")?),
        (LimitScope::Month | LimitScope::Day, Some(_)) => return Err(invalid("siteId", "unknown")),
        (LimitScope::Site, None) => return Err(invalid("siteId", "required")),
    };
    let amount = amount.map(|text| list::credits(text, "amount")).transpose()?;
    Ok(app.engine.set_limit(of, amount).await?)
}

/// Sets below which part of what was granted the balance counts as low, in percent; 0 never tells.
///
/// # Errors
/// [`Fault::InvalidField`] above 100.
pub async fn low_percent_set(app: &Igny8, percent: u8) -> Result<(), Fault> {
    Ok(app.engine.set_low_percent(percent).await?)
}

/// Stops all paid work. Answers under way are still stored and charged.
///
/// # Errors
/// When the file fails.
pub async fn spending_stop(app: &Igny8) -> Result<(), Fault> {
    Ok(app.engine.stop_spending().await?)
}

/// Allows paid work again.
///
/// # Errors
/// When the file fails.
pub async fn spending_resume(app: &Igny8) -> Result<(), Fault> {
    Ok(app.engine.allow_spending().await?)
}

/// What the last audit found; nothing was written for it.
///
/// # Errors
/// None at present.
pub async fn books_findings(app: &Igny8) -> Result<AuditFindings, Fault> {
    Ok(app.last_audit().map(|(audit, _)| view::audit::findings(&audit)).unwrap_or_default())
}

/// Recomputes the books now; the workspace says how it went.
///
/// # Errors
/// When the file cannot be read.
pub async fn books_check(app: &Igny8) -> Result<(), Fault> {
    app.audit().await?;
    Ok(app.engine.announce_audit().await?)
}

/// The newest copies of the database that are kept, and whether the books in each balance.
///
/// # Errors
/// When they cannot be looked at.
pub async fn books_of_copies(app: &Igny8) -> Result<Vec<CopyView>, Fault> {
    let folder = app.folder().clone();
    let looked = tokio::task::spawn_blocking(move || copies::look_through(&folder)).await;
    looked.unwrap_or_else(|_| Err(StoreError::Closed.into()))
}

/// What a run of a site's pipeline would cost now.
///
/// # Errors
/// [`Fault::NothingToDo`]; [`Fault::NoModel`]; [`Fault::UnpricedModel`]; [`Fault::NotFound`].
pub async fn pipeline_estimate(app: &Igny8, site: &str) -> Result<PipelineEstimate, Fault> {
    Ok(view::spending::forecast(&app.engine.forecast(id::<SiteId>(site, "siteId")?).await?))
}

/// Reads the cap a user gives a run.
pub(super) fn cap(text: &str) -> Result<Credits, Fault> {
    let cap = list::credits(text, "cap")?;
    if cap > Credits::ZERO { Ok(cap) } else { Err(invalid("cap", "range")) }
}
