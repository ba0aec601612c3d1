//! Typed progress of an operation. It lives in memory only and may be lost: what must not be lost is a row.

use crate::function::AiFunction;
use crate::id::{OperationId, SiteId};
use crate::money::Credits;
use crate::status::Phase;

/// One report of a running operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which operation.
    pub operation: OperationId,
    /// Its site.
    pub site: SiteId,
    /// Its function.
    pub function: AiFunction,
    /// How far the current unit is.
    pub phase: Phase,
    /// Units finished, stored or not.
    pub done: u32,
    /// Units in all.
    pub total: u32,
    /// Name of the item being worked on.
    pub item: String,
    /// Credits charged so far.
    pub credits: Credits,
}
