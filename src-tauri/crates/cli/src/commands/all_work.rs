//! All AI work at once: `run pause --all` and `run resume --all`.

use super::books::heard;
use super::work::warn_of_costs;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{self, Output, counted};
use crate::{fault_text, price_text};
use igny8_app::Igny8;
use igny8_app::commands::{all_work, headless};
use igny8_app::dto::automation::{AllPausedView, NotDoneView};
use serde_json::json;

/// `run pause --all`.
pub async fn pause(app: &Igny8, out: Output) -> Result<(), Failure> {
    let (obeyed, not_done) = headless::pause_all(app).await?;
    heard(obeyed)?;
    let all = all_work::all_paused(app).await?;
    out.object(&json!({ "all_paused": all }), |_| {
        format!("{} Nothing begins by itself until 'run resume --all'; publishing goes on.", held(&all))
    })?;
    say(not_done)
}

/// `run resume --all`.
pub async fn resume(app: &Igny8, interrupt: &Interrupt, out: Output) -> Result<(), Failure> {
    let before = all_work::all_paused(app).await?;
    if before.since.is_none() {
        return out.object(&json!({ "all_paused": before }), |_| "AI work is not paused as a whole.".to_owned());
    }
    let held = headless::held_runs(app).await?;
    if app.has_the_folder() {
        out.say(&format!("Going on with all: {}", price_text::all(&all_work::all_resume_estimate(app).await?)));
        app.start().await?;
    }
    let told = headless::told_so_far(app).await?;
    let (obeyed, not_done) = headless::resume_all(app).await?;
    heard(obeyed)?;
    let is_over = !app.has_the_folder() || headless::all_ended(app, interrupt.came()).await?;
    warn_of_costs(app, told).await?;
    let early = if app.has_the_folder() { headless::ended_early(app, held).await? } else { Vec::new() };
    let all = all_work::all_paused(app).await?;
    out.object(&json!({ "all_paused": all }), |_| match app.has_the_folder() {
        true => "What was paused as a whole has gone on.".to_owned(),
        false => "The program that has the folder goes on with what was paused as a whole.".to_owned(),
    })?;
    say(not_done)?;
    match (is_over, early.is_empty()) {
        (false, _) => Err(Failure::Paused),
        (true, true) => Ok(()),
        (true, false) => Err(Failure::EndedEarly { early }),
    }
}

fn held(all: &AllPausedView) -> String {
    let (runs, tasks) = (counted(all.runs, "run", "runs"), counted(all.tasks, "task", "tasks"));
    format!("All AI work is paused, {runs} and {tasks} after what is at hand.")
}

/// Names all that could not be done, and fails with the first of it.
fn say(not_done: Vec<NotDoneView>) -> Result<(), Failure> {
    for one in &not_done {
        let what = if one.function.is_empty() { "the run" } else { one.function.as_str() };
        output::warn(&format!("{}, {what}: {}", one.site, fault_text::sentence(&one.fault)));
    }
    not_done.into_iter().next().map_or(Ok(()), |first| Err(first.fault.into()))
}
