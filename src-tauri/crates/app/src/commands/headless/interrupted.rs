//! What an earlier process began and did not end, as a command finds it: left alone until it is gone on with, unless its
//! site's switch lets it go on by itself.

use super::{Ended, ended};
use crate::dto::work::Estimate;
use crate::view;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, SiteId};
use igny8_store::table::operation::OperationRow;

/// An operation that this command has not begun and that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its function.
    pub function: AiFunction,
    /// Its units that wait.
    pub units: u32,
    site: SiteId,
    operation: OperationId,
}

/// What of a site is open before a command begins anything, oldest first.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn begun(app: &Igny8, site: &str) -> Result<Vec<Begun>, Fault> {
    let open = app.engine.open_of(id(site, "siteId")?).await?;
    let one = |row: OperationRow| Begun {
        function: row.function,
        units: row.units_total.saturating_sub(row.units_done + row.units_failed),
        site: row.site,
        operation: row.id,
    };
    Ok(open.into_iter().map(one).collect())
}

/// How many operations were interrupted and wait, of all sites.
///
/// # Errors
/// When the file cannot be read.
pub async fn interrupted_count(app: &Igny8) -> Result<usize, Fault> {
    Ok(app.engine.interrupted().await?.len())
}

/// What it will cost to go on with what was begun; `None` where it would be refused, for which going on with it has the
/// reason.
pub async fn begun_price(app: &Igny8, begun: &Begun) -> Option<Estimate> {
    app.engine.estimate_begun(begun.operation).await.ok().map(view::work::estimate)
}

/// Goes on with what was begun, and waits for its end; once `stop` is ready, it ends after the unit at hand. The
/// background work must be running.
///
/// # Errors
/// When the file fails. What ends it early is a part of the result.
pub async fn go_on(app: &Igny8, begun: &Begun, stop: impl Future<Output = ()>) -> Result<Ended, Fault> {
    app.engine.resume(begun.operation).await?;
    ended(app, (begun.function, begun.site, begun.operation), stop).await
}
