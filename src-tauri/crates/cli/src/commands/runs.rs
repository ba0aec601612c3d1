//! What became of runs: their history, one of them, and its log.

use super::exchange::Watched;
use super::sites::find;
use crate::args::stage_word;
use crate::failure::Failure;
use crate::output::{Output, counted, headed, pairs};
use crate::reason_text::reason_text;
use igny8_app::Igny8;
use igny8_app::commands::automation;
use igny8_app::dto::automation::{RunRow, RunStageView, RunState, RunView};
use igny8_app::dto::books::ExportedFile;
use serde_json::json;
use std::path::Path;

/// `run history`.
pub async fn history(app: &Igny8, site: &str, limit: u32, out: Output) -> Result<(), Failure> {
    let site = find(app, site).await?;
    let page = automation::runs(app, &site.id, None, limit).await?;
    out.object(&json!({ "runs": page.rows, "total": page.total }), |_| {
        if page.rows.is_empty() {
            return format!("{} has had no run yet. 'run start --site SITE' begins one.", site.name);
        }
        let rows: Vec<Vec<String>> = page.rows.iter().map(cells).collect();
        headed(&["Run", "Began", "By", "State", "Articles", "Images", "Failed", "Credits"], rows)
    })
}

/// `run show`.
pub async fn show(app: &Igny8, run: &str, out: Output) -> Result<(), Failure> {
    let view = automation::run(app, run).await?;
    out.object(&json!({ "run": view }), |_| described(&view))
}

/// `run log`. Without a file the log itself is the output, with or without `--json`.
pub async fn log(app: &Igny8, run: &str, file: Option<&Path>, out: Output) -> Result<(), Failure> {
    let Some(file) = file else {
        let mut stdout = Watched::stdout();
        let written = automation::run_log_stream(app, run, &mut stdout).await;
        return written.map_err(|fault| stdout.cause_of(fault));
    };
    let written = automation::run_log_export_unasked(app, run, file).await?;
    out.object(&written, |ExportedFile { path, entries }| {
        format!("Wrote {path}: {}.", counted(entries, "line", "lines"))
    })
}

fn cells(row: &RunRow) -> Vec<String> {
    vec![
        row.id.clone(),
        row.created_at.get(.."2026-11-23T09:30".len()).unwrap_or(&row.created_at).replace('T', " "),
        row.trigger.clone(),
        state_words(row),
        row.articles.to_string(),
        row.images.to_string(),
        row.units_failed.to_string(),
        row.credits.clone(),
    ]
}

fn state_words(row: &RunRow) -> String {
    match row.state {
        RunState::Running => "under way".to_owned(),
        RunState::Paused => "paused".to_owned(),
        RunState::Interrupted => "interrupted".to_owned(),
        RunState::Completed => "completed".to_owned(),
        RunState::Cancelling => "being cancelled".to_owned(),
        RunState::Cancelled => "cancelled".to_owned(),
        RunState::Stopped => format!("stopped ({})", reason_text(&row.stopped_code)),
    }
}

fn described(view: &RunView) -> String {
    let RunView { row, stages, cap, before, .. } = view;
    let mut facts = vec![
        ("Run", row.id.clone()),
        ("State", state_words(row)),
        ("Began", row.created_at.clone()),
        ("By", row.trigger.clone()),
        ("Credits", row.credits.clone()),
        ("Estimate", row.estimate.clone()),
    ];
    if let Some(ended) = &row.ended_at {
        facts.push(("Ended", ended.clone()));
    }
    if let Some(cap) = cap {
        facts.push(("Cap", cap.clone()));
    }
    if let Some(before) = before {
        let was =
            format!("{} credits, {} articles, {} images", before.row.credits, before.row.articles, before.row.images);
        facts.push(("Run before", was));
    }
    let rows: Vec<Vec<String>> = stages.iter().map(stage_cells).collect();
    format!("{}\n\n{}", pairs(&facts), headed(&["Stage", "Waited", "Took", "Failed", "Made", "Credits"], rows))
}

fn stage_cells(row: &RunStageView) -> Vec<String> {
    let name = stage_word(&row.stage);
    vec![
        if row.is_on { name.to_owned() } else { format!("{name} (off)") },
        row.waiting.to_string(),
        row.taken.to_string(),
        row.failed.to_string(),
        row.made.to_string(),
        row.credits.clone(),
    ]
}
