//! What an earlier process began and did not end, as a command finds it: left alone, until it is gone on with.

use super::{Ended, ended};
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, SiteId};
use igny8_store::table::operation::OperationRow;

/// An operation that was interrupted and waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interrupted {
    /// Its function.
    pub function: AiFunction,
    site: SiteId,
    operation: OperationId,
}

impl Interrupted {
    /// Whether it is of this site.
    ///
    /// # Errors
    /// [`Fault::InvalidField`].
    pub fn is_of(&self, site: &str) -> Result<bool, Fault> {
        Ok(self.site == id(site, "siteId")?)
    }
}

/// What was interrupted and still waits, of all sites, oldest first.
///
/// # Errors
/// When the file cannot be read.
pub async fn interrupted(app: &Igny8) -> Result<Vec<Interrupted>, Fault> {
    let left = app.engine.interrupted().await?;
    let one = |operation: OperationRow| Interrupted {
        function: operation.function,
        site: operation.site,
        operation: operation.id,
    };
    Ok(left.into_iter().map(one).collect())
}

/// Goes on with what was interrupted, and waits for its end; once `stop` is ready, it ends after the unit at hand. The
/// background work must be running.
///
/// # Errors
/// When the file fails. What ends it early is a part of the result.
pub async fn go_on(app: &Igny8, left: &Interrupted, stop: impl Future<Output = ()>) -> Result<Ended, Fault> {
    app.engine.resume(left.operation);
    ended(app, (left.function, left.site, left.operation), stop).await
}
