//! The run of a site. It lives in the process that started it, which holds the folder: another one can tell how far the
//! run is and ask for its end, and once that process has ended it can go on with the run, or cancel what is left of it. So
//! it is with any work that was interrupted, of a run or not.

use super::all_work;
use super::books::heard;
use super::runs;
use super::sites::find;
use super::work::{go_on_with, warn_of_costs};
use crate::args::RunCommand;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{Output, counted, pairs};
use crate::price_text;
use crate::reason_text::reason_text;
use igny8_app::commands::account;
use igny8_app::commands::headless::{self, RunEnded, RunFailed, RunMade, RunStatus};
use igny8_app::dto::account::Period;
use igny8_app::dto::work::PipelineStanding;
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// `run …`.
pub async fn run(app: &Igny8, command: RunCommand, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    match command {
        RunCommand::Start { site, cap } => start(app, &site, cap.as_deref(), interrupt, out).await,
        RunCommand::Resume { site: Some(site), .. } if !app.has_the_folder() => resume_beside(app, &site, out).await,
        RunCommand::Resume { site: Some(site), .. } => resume(app, &site, interrupt, out).await,
        RunCommand::Resume { site: None, .. } => all_work::resume(app, interrupt, out).await,
        RunCommand::Pause { site: Some(site), .. } => pause(app, &site, out).await,
        RunCommand::Pause { site: None, .. } => all_work::pause(app, out).await,
        RunCommand::History { site, limit } => runs::history(app, &site, limit, out).await,
        RunCommand::Show { run } => runs::show(app, &run, out).await,
        RunCommand::Log { run, out: file } => runs::log(app, &run, file.as_deref(), out).await,
        RunCommand::Status { site } => {
            let site = find(app, &site).await?;
            let run = headless::run_status(app, &site.id).await?;
            out.object(&json!({ "run": run }), |_| described(&run))
        }
        RunCommand::Cancel { site } => {
            let site = find(app, &site).await?;
            let before = headless::run_status(app, &site.id).await?;
            // A run that was cancelled has ended, and what of it is at hand has not.
            if before.status == PipelineStanding::Idle && !headless::is_work_open(app, &site.id).await? {
                return Err(Failure::NoRun { site: site.name });
            }
            heard(headless::run_cancel(app, &site.id).await?)?;
            let run = headless::run_status(app, &site.id).await?;
            out.object(&json!({ "run": run }), |_| {
                let what = if before.id.is_some() { "The run" } else { "The work" };
                let when = match before.status {
                    _ if before.is_cancelling => "ends now: the requests that are under way are closed",
                    PipelineStanding::Running | PipelineStanding::HeldBack | PipelineStanding::Pausing => {
                        "ends after the unit at hand; cancelled again, the requests that are under way are closed"
                    }
                    PipelineStanding::Idle => "ends now: the requests that are under way are closed",
                    PipelineStanding::Paused | PipelineStanding::Interrupted => "is cancelled",
                };
                format!("{what} of {} {when}. What it made stays.", site.name)
            })
        }
    }
}

async fn start(app: &Igny8, site: &str, cap: Option<&str>, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    let site = find(app, site).await?;
    if let Some(price) = headless::run_price(app, &site.id, cap).await? {
        out.say(&format!("Running {}: {}", site.name, price_text::run(&price)));
    }
    let told = headless::told_so_far(app).await?;
    app.start().await?;
    let ended = headless::run_pipeline(app, &site.id, cap, interrupt.came()).await;
    warn_of_costs(app, told).await?;
    let RunEnded { made, failed, unmade, is_paused } = ended?;
    if unmade.is_none() || !made.is_nothing() || !failed.is_empty() {
        let all = account::completion(app, &site.id, Period::All).await?;
        let (site, status) = (&site.id, status(&failed, unmade.as_ref(), is_paused));
        let run = json!({ "site": site, "status": status, "made": made, "failed": failed, "completion": all });
        out.object(&json!({ "run": run }), |_| made_words(&made, &failed, unmade.is_none()))?;
    }
    match unmade {
        None if failed.is_empty() => Ok(()),
        None => Err(Failure::Incomplete { failed }),
        Some(_) if is_paused => Err(Failure::Paused),
        // Also of one that was resumed: there is none any more to be resumed.
        Some(Fault::Cancelled) => Err(Failure::Cancelled { again: vec!["run start"] }),
        Some(fault) => Err(fault.into()),
    }
}

/// Pauses a site's run, whoever carries it out.
async fn pause(app: &Igny8, name: &str, out: Output) -> Result<(), Failure> {
    let site = find(app, name).await?;
    if !headless::is_run_open(app, &site.id).await? {
        return Err(Failure::NoRun { site: site.name });
    }
    heard(headless::run_pause(app, &site.id).await?)?;
    let run = headless::run_status(app, &site.id).await?;
    out.object(&json!({ "run": run }), |_| {
        let when = if run.status == PipelineStanding::Paused { "is paused" } else { "pauses after the units at hand" };
        format!("The run of {} {when}. 'run resume' goes on with it, 'run cancel' gives it up.", site.name)
    })
}

/// Lets the program that has the folder go on with what of a site stands still.
async fn resume_beside(app: &Igny8, name: &str, out: Output) -> Result<(), Failure> {
    let site = find(app, name).await?;
    heard(headless::run_resume_beside(app, &site.id).await?)?;
    let run = headless::run_status(app, &site.id).await?;
    out.object(&json!({ "run": run }), |_| {
        format!("The program that has the folder goes on with the work of {}.", site.name)
    })
}

/// Goes on with a site's run, or where it has none with what else of it was interrupted.
async fn resume(app: &Igny8, name: &str, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    let site = find(app, name).await?;
    if headless::is_run_open(app, &site.id).await? {
        return start(app, name, None, interrupt, out).await;
    }
    let left = headless::begun(app, &site.id).await?;
    if left.is_empty() {
        return Err(Failure::NothingInterrupted { site: site.name });
    }
    app.start().await?;
    go_on_with(app, &site, left, interrupt, out).await
}

/// How a run ended, in a word for programs.
fn status(failed: &[RunFailed], unmade: Option<&Fault>, is_paused: bool) -> &'static str {
    match (unmade, is_paused, failed.is_empty()) {
        (None, _, true) => "completed",
        (None, _, false) => "partial",
        (Some(_), true, _) => "paused",
        (Some(_), false, _) => "stopped",
    }
}

/// What a run made, and what that cost.
fn made_words(made: &RunMade, failed: &[RunFailed], is_to_its_end: bool) -> String {
    if made.is_nothing() && failed.is_empty() {
        return "There was nothing to do.".to_owned();
    }
    let units: u32 = failed.iter().map(|of| of.units).sum();
    let without = if units == 0 { String::new() } else { format!("; {units} failed") };
    format!(
        "{}: {}, {}, {}{without}.",
        match (is_to_its_end, units) {
            (true, 0) => "Done",
            (true, _) => "Made",
            (false, _) => "Made before it ended",
        },
        counted(made.articles, "article", "articles"),
        counted(made.images, "image", "images"),
        counted(&made.credits, "credit", "credits")
    )
}

fn described(run: &RunStatus) -> String {
    let why = match &*run.stopped_code {
        "" => String::new(),
        code => format!(" ({})", reason_text(code)),
    };
    let state = match run.status {
        PipelineStanding::Interrupted if run.is_cancelling => {
            "interrupted while it was being cancelled; 'run cancel' gives up what was at hand".to_owned()
        }
        _ if run.is_cancelling => "being cancelled; the units at hand are finished first".to_owned(),
        PipelineStanding::Running => "under way".to_owned(),
        PipelineStanding::HeldBack => format!("held back ({})", reason_text("books_do_not_balance")),
        PipelineStanding::Pausing => "paused; the units at hand are finished first".to_owned(),
        PipelineStanding::Paused => format!("paused{why}; 'run resume' goes on with it, 'run cancel' gives it up"),
        PipelineStanding::Interrupted => {
            format!("interrupted{why}; 'run resume' goes on with it, 'run cancel' gives it up")
        }
        PipelineStanding::Idle if run.id.is_none() => "none".to_owned(),
        PipelineStanding::Idle if run.stopped_code.is_empty() => "none; the last one has ended".to_owned(),
        PipelineStanding::Idle => format!("none; the last one ended early ({})", reason_text(&run.stopped_code)),
    };
    let mut lines = vec![("Run", state)];
    if run.status != PipelineStanding::Idle {
        lines.push(("Stage", run.stage.clone()));
        lines.push(("Done", format!("{} of {}", run.units_done, run.units_total)));
        lines.push(("Failed", run.units_failed.to_string()));
        lines.push(("Credits", run.credits.clone()));
    }
    if matches!(run.status, PipelineStanding::Interrupted | PipelineStanding::Paused) {
        lines.push(("Waiting", counted(run.units_waiting, "unit", "units")));
        lines.push(("Held", counted(&run.held, "credit", "credits")));
    }
    pairs(&lines)
}
