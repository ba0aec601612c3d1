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

/// Pauses a site's run after the units at hand.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::WrongState`] when none is open; when the file fails.
pub async fn run_pause(app: &Igny8, site: &str) -> Result<Obeyed, Fault> {
    let site: SiteId = id(site, "siteId")?;
    if !app.has_the_folder() {
        return leave(app, Request::PauseRun(site)).await;
    }
    app.engine.pause_pipeline(site).await?;
    Ok(Obeyed::Done)
}

/// Asks the process that has the folder to go on with what of a site stands still. A process that has it itself carries the
/// run out: see [`super::run_pipeline`].
///
/// # Errors
/// [`Fault::InvalidField`]; why it was refused; when the file fails.
pub async fn run_resume_beside(app: &Igny8, site: &str) -> Result<Obeyed, Fault> {
    leave(app, Request::ResumeRun(id(site, "siteId")?)).await
}

/// Cancels a site's run, or whatever of a site was interrupted. What it made stays.
///
/// # Errors
/// [`Fault::InvalidField`]; when the file fails.
pub async fn run_cancel(app: &Igny8, site: &str) -> Result<Obeyed, Fault> {
    let site: SiteId = id(site, "siteId")?;
    if !app.has_the_folder() {
        return leave(app, Request::CancelRun(site)).await;
    }
    app.engine.cancel_run(site).await?;
    // No runner does it behind a command that is over in a moment.
    app.engine.sweep_cancelled().await?;
    Ok(Obeyed::Done)
}

pub(super) async fn leave(app: &Igny8, what: Request) -> Result<Obeyed, Fault> {
    let (store, clock) = (app.engine.store().clone(), app.engine.clock());
    let now = clock.now();
    // Leaving it waits for the file.
    let left = tokio::task::spawn_blocking(move || store.leave_request(what, now)).await;
    let request = left.map_err(|_| igny8_store::StoreError::Closed)??;
    let until = clock.monotonic_ms().saturating_add(WAIT_MS);
    loop {
        if let Some(refused) = app.engine.store().read(move |r| r.request_answer(request)).await? {
            return refusal(&refused).map_or(Ok(Obeyed::Done), Err);
        }
        if clock.monotonic_ms() >= until {
            return Ok(Obeyed::NotYet);
        }
        clock.sleep_ms(ASK_EVERY_MS).await;
    }
}

/// Why the other process has not obeyed; `None` where it has.
fn refusal(code: &str) -> Option<Fault> {
    Some(match code {
        "" => return None,
        "wrong_state" => Fault::WrongState { what: "pipeline".to_owned() },
        "spending_stopped" => Fault::SpendingStopped,
        "books_do_not_balance" => Fault::BooksDoNotBalance,
        reason => Fault::RunStopped { reason: reason.to_owned(), until: None, address: None },
    })
}
