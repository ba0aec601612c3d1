//! The run of a site. It lives in the process that started it, which holds the folder: another one can tell how far the
//! run is and ask for its end, and once that process has ended it can go on with the run, or cancel what is left of it. So
//! it is with any work that was interrupted, of a run or not.

use super::books::heard;
use super::sites::find;
use super::work::{go_on_with, warn_of_costs};
use crate::args::RunCommand;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{Output, counted, pairs};
use crate::price_text;
use crate::reason_text::reason_text;
use igny8_app::commands::account;
use igny8_app::commands::headless::{self, RunEnded, RunMade, RunStatus};
use igny8_app::dto::account::Period;
use igny8_app::dto::work::PipelineStanding;
use igny8_app::{Fault, Igny8};
use serde_json::json;

/// `run …`.
pub async fn run(app: &Igny8, command: RunCommand, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    match command {
        RunCommand::Start { site, cap } => start(app, &site, cap.as_deref(), interrupt, out).await,
        RunCommand::Resume { site } => resume(app, &site, interrupt, out).await,
        RunCommand::Status { site } => {
            let site = find(app, &site).await?;
            let run = headless::run_status(app, &site.id).await?;
            out.object(&json!({ "run": run }), |_| described(&run))
        }
        RunCommand::Cancel { site } => {
            let site = find(app, &site).await?;
            let before = headless::run_status(app, &site.id).await?;
            if before.status == PipelineStanding::Idle {
                return Err(Failure::NoRun { site: site.name });
            }
            heard(headless::run_cancel(app, &site.id).await?)?;
            let run = headless::run_status(app, &site.id).await?;
            out.object(&json!({ "run": run }), |_| {
                let what = if before.id.is_some() { "The run" } else { "The work" };
                let when = match before.status {
                    PipelineStanding::Running | PipelineStanding::HeldBack => "ends after the unit at hand",
                    PipelineStanding::Interrupted | PipelineStanding::Idle => "is cancelled",
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
    let RunEnded { made, unmade, is_paused } = ended?;
    if unmade.is_none() || !made.is_nothing() {
        let all = account::completion(app, &site.id, Period::All).await?;
        let status = match (&unmade, is_paused) {
            (None, _) => "completed",
            (Some(_), true) => "paused",
            (Some(_), false) => "stopped",
        };
        out.object(&json!({ "run": { "site": site.id, "status": status, "made": made, "completion": all } }), |_| {
            made_words(&made, unmade.is_none())
        })?;
    }
    match unmade {
        None => Ok(()),
        Some(_) if is_paused => Err(Failure::Paused),
        // Also of one that was resumed: there is none any more to be resumed.
        Some(Fault::Cancelled) => Err(Failure::Cancelled { again: vec!["run start"] }),
        Some(fault) => Err(fault.into()),
    }
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
    go_on_with(app, &site.id, left, interrupt, out).await
}

/// What a run made, and what that cost.
fn made_words(made: &RunMade, is_all: bool) -> String {
    if made.is_nothing() {
        return "There was nothing to do.".to_owned();
    }
    format!(
        "{}: {}, {}, {}.",
        if is_all { "Done" } else { "Made before it ended" },
        counted(made.articles, "article", "articles"),
        counted(made.images, "image", "images"),
        counted(&made.credits, "credit", "credits")
    )
}

fn described(run: &RunStatus) -> String {
    let state = match run.status {
        PipelineStanding::Running => "under way".to_owned(),
        PipelineStanding::HeldBack => format!("held back ({})", reason_text("books_do_not_balance")),
        PipelineStanding::Interrupted => {
            "interrupted; 'run resume' goes on with it, 'run cancel' gives it up".to_owned()
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
    if run.status == PipelineStanding::Interrupted {
        lines.push(("Waiting", counted(run.units_waiting, "unit", "units")));
        lines.push(("Held", counted(&run.held, "credit", "credits")));
    }
    pairs(&lines)
}
