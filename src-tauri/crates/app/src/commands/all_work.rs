//! All AI work at once: paused, and gone on with.

use crate::dto::automation::{AllDoneView, AllPausedView, AllResumeEstimate, NotDoneView};
use crate::{Fault, Igny8, view};
use igny8_engine::pause_all::{AllDone, NotDone};

/// Whether all AI work is paused, since when, and what that held.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_paused(app: &Igny8) -> Result<AllPausedView, Fault> {
    let all = app.engine.all_paused().await?;
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    Ok(AllPausedView {
        since: all.as_ref().map(|all| view::instant(all.since)),
        runs: all.as_ref().map_or(0, |all| count(all.runs.len())),
        tasks: all.as_ref().map_or(0, |all| count(all.tasks.len())),
    })
}

/// What [`resume_all`] would cost now, each part of it by itself and all in all.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_resume_estimate(app: &Igny8) -> Result<AllResumeEstimate, Fault> {
    let rest = app.engine.rest_of_all().await?;
    Ok(AllResumeEstimate {
        credits_min: rest.credits.min.to_string(),
        credits_max: rest.credits.max.to_string(),
        cost_min: rest.cost.min.to_string(),
        cost_max: rest.cost.max.to_string(),
        balance_after_min: rest.available.minus(rest.credits.max).to_string(),
        balance_after_max: rest.available.minus(rest.credits.min).to_string(),
        is_affordable: rest.is_affordable,
        unpriced: rest.unpriced.into_iter().map(not_done).collect(),
    })
}

/// Pauses all AI work after the units at hand, and holds what would begin by itself. Answers what could not be paused;
/// everything else was.
///
/// # Errors
/// When the database fails before anything was paused.
pub async fn pause_all(app: &Igny8) -> Result<AllDoneView, Fault> {
    Ok(done(app.engine.pause_all().await?))
}

/// Goes on with what [`pause_all`] held, and with nothing else. Answers what could not be gone on with, which stays paused.
///
/// # Errors
/// When the database fails; all is still paused then.
pub async fn resume_all(app: &Igny8) -> Result<AllDoneView, Fault> {
    Ok(done(app.engine.resume_all().await?))
}

fn done(all: AllDone) -> AllDoneView {
    let parts = all.not_done.into_iter().map(not_done);
    AllDoneView { runs: all.runs, tasks: all.tasks, not_done: parts.collect() }
}

fn not_done(one: NotDone) -> NotDoneView {
    NotDoneView {
        site: one.site,
        function: one.function.map(|function| function.name().to_owned()).unwrap_or_default(),
        fault: one.error.into(),
    }
}
