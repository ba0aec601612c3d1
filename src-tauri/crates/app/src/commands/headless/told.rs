//! What a command's own work told the user beside its result. The notices are on the pages; whoever works in a terminal
//! sees no page, and is told there.

use crate::{Fault, Igny8};

/// A place among the notices.
#[derive(Clone, Copy, Debug)]
pub struct Told(i64);

/// How far the notices are.
///
/// # Errors
/// When the database cannot be read.
pub async fn told_so_far(app: &Igny8) -> Result<Told, Fault> {
    Ok(Told(app.engine.store().read(|r| r.newest_notification()).await?))
}

/// Since then: credits that calls cost beyond what was held for them, call by call.
///
/// # Errors
/// When the database cannot be read.
pub async fn shortfalls_since(app: &Igny8, told: Told) -> Result<Vec<String>, Fault> {
    let notices = app.engine.store().read(move |r| r.notifications_since(told.0, "credits_shortfall")).await?;
    Ok(notices.into_iter().filter_map(|mut params| params.remove("credits")).collect())
}
