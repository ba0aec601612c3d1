//! What a process beside the one that has the folder may want of it: it leaves a request and waits until that process has
//! obeyed. A process that has the folder itself just does it.

use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::id::SiteId;
use igny8_store::table::run_request::Request;

/// How long an answer is waited for: the other process looks once a second, and may be at work on a large commit.
const WAIT_MS: u64 = 15_000;
/// How often the file is asked meanwhile.
const ASK_EVERY_MS: u64 = 100;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obeyed {
    /// It is done.
    Done,
    /// Nobody has obeyed yet. It stays in the file, for whoever opens the folder next at the latest.
    NotYet,
}

/// Stops all paid work, or allows it again.
///
/// # Errors
/// When the file fails.
pub async fn set_spending_stopped(app: &Igny8, is_stopped: bool) -> Result<Obeyed, Fault> {
    if !app.has_the_folder() {
        return leave(app, if is_stopped { Request::StopSpending } else { Request::AllowSpending }).await;
    }
    match is_stopped {
        true => super::super::spending::spending_stop(app).await?,
        false => super::super::spending::spending_resume(app).await?,
    }
    Ok(Obeyed::Done)
}

/// Cancels a site's run after the unit at hand, or whatever of a site was interrupted. What it made stays.
///
/// # Errors
/// [`Fault::InvalidField`]; when the file fails.
pub async fn run_cancel(app: &Igny8, site: &str) -> Result<Obeyed, Fault> {
    let site: SiteId = id(site, "siteId")?;
    if !app.has_the_folder() {
        return leave(app, Request::CancelRun(site)).await;
    }
    app.engine.cancel_run(site).await?;
    Ok(Obeyed::Done)
}

async fn leave(app: &Igny8, what: Request) -> Result<Obeyed, Fault> {
    let (store, clock) = (app.engine.store().clone(), app.engine.clock());
    let now = clock.now();
    // Leaving it waits for the file.
    let left = tokio::task::spawn_blocking(move || store.leave_request(what, now)).await;
    let request = left.map_err(|_| igny8_store::StoreError::Closed)??;
    let until = clock.monotonic_ms().saturating_add(WAIT_MS);
    loop {
        if app.engine.store().read(move |r| r.is_request_served(request)).await? {
            return Ok(Obeyed::Done);
        }
        if clock.monotonic_ms() >= until {
            return Ok(Obeyed::NotYet);
        }
        clock.sleep_ms(ASK_EVERY_MS).await;
    }
}
