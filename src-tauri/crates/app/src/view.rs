//! Domain rows as the DTOs of the border.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod automation;
pub(crate) mod books;
pub(crate) mod conflict;
pub(crate) mod list;
pub(crate) mod models;
pub(crate) mod planner;
pub(crate) mod prompts;
pub(crate) mod publishing;
pub(crate) mod schedule;
pub(crate) mod site;
pub(crate) mod spending;
pub(crate) mod usage;
pub(crate) mod work;
pub(crate) mod writer;

pub(crate) use work::{progress, writing};

use igny8_core::time::UtcMs;

/// An instant as RFC 3339.
pub(crate) fn instant(at: UtcMs) -> String {
    at.to_rfc3339()
}

/// The day of an instant in UTC, such as `2026-12-01`: vendors name a day, and no hour.
pub(crate) fn day(at: UtcMs) -> String {
    at.day_in("UTC").to_string()
}

/// An instant that may be absent, as it stands in rows that use 0 for "not yet".
pub(crate) fn instant_or_none(at: UtcMs) -> Option<String> {
    (at.0 > 0).then(|| at.to_rfc3339())
}

/// A count or figure as the border has it. What does not fit is shown as the largest that does.
pub(crate) fn figure(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(if value < 0 { 0 } else { u32::MAX })
}
