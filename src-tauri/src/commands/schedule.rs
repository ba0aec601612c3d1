//! The schedule, as commands of the window. Each is one line into the app.

use crate::Opened;
use crate::save_dialog::SaveDialog;
use igny8_app::commands::calendar::{self as exported, CalendarPart};
use igny8_app::commands::schedule;
use igny8_app::dto::books::ExportedFile;
use igny8_app::dto::schedule::{
    CalendarFormat, CalendarQuery, CalendarView, SchedulePlacement, ScheduleUndo, Scheduled,
};
use igny8_app::dto::site::{HandOverView, MissedRuleView};
use igny8_app::{Fault, caught};
use std::sync::Arc;
use tauri::State;

/// See [`igny8_app::commands::schedule::contents_schedule`].
#[tauri::command]
#[specta::specta]
pub async fn contents_schedule(app: State<'_, Opened>, placements: Vec<SchedulePlacement>) -> Result<Scheduled, Fault> {
    caught(async { schedule::contents_schedule(&*app.get().await?, placements).await }).await
}

/// See [`igny8_app::commands::schedule::contents_schedule_undo`].
#[tauri::command]
#[specta::specta]
pub async fn contents_schedule_undo(app: State<'_, Opened>, articles: Vec<ScheduleUndo>) -> Result<(), Fault> {
    caught(async { schedule::contents_schedule_undo(&*app.get().await?, articles).await }).await
}

/// See [`igny8_app::commands::schedule::site_publishing_set`].
#[tauri::command]
#[specta::specta]
pub async fn site_publishing_set(
    app: State<'_, Opened>,
    id: String,
    hand_over: HandOverView,
    missed_rule: MissedRuleView,
) -> Result<(), Fault> {
    caught(async { schedule::site_publishing_set(&*app.get().await?, &id, hand_over, missed_rule).await }).await
}

/// See [`igny8_app::commands::schedule::calendar`].
#[tauri::command]
#[specta::specta]
pub async fn calendar(app: State<'_, Opened>, query: CalendarQuery) -> Result<CalendarView, Fault> {
    caught(async { schedule::calendar(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::calendar::export`]. Asks where to; answers nothing when the question was left.
#[tauri::command]
#[specta::specta]
pub async fn calendar_export(
    app: State<'_, Opened>,
    site_id: Option<String>,
    format: CalendarFormat,
    dialog: State<'_, Arc<SaveDialog>>,
) -> Result<Option<ExportedFile>, Fault> {
    caught(async {
        let igny8 = &*app.get().await?;
        let part = CalendarPart { site: site_id.as_deref(), ..CalendarPart::default() };
        match dialog.ask(exported::suggested_name(format)).await {
            Some(path) => exported::export(igny8, part, format, &path).await.map(Some),
            None => Ok(None),
        }
    })
    .await
}
