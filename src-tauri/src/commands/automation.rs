//! Automation, runs and what waits for a person, as commands of the window. Each is one line into the app.

use crate::Opened;
use crate::save_dialog::SaveDialog;
use igny8_app::commands::{all_work, automation};
use igny8_app::dto::automation::{
    AllDoneView, AllPausedView, AllResumeEstimate, AutomationFields, AutomationView, NeedList, RunEventPage, RunNow,
    RunPage, RunView,
};
use igny8_app::dto::books::ExportedFile;
use igny8_app::{Fault, caught};
use std::sync::Arc;
use tauri::State;

/// See [`igny8_app::commands::automation::automation`].
#[tauri::command]
#[specta::specta]
pub async fn automation(app: State<'_, Opened>, site_id: String) -> Result<AutomationView, Fault> {
    caught(async { automation::automation(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::automation::automation_save`].
#[tauri::command]
#[specta::specta]
pub async fn automation_save(app: State<'_, Opened>, site_id: String, fields: AutomationFields) -> Result<(), Fault> {
    caught(async { automation::automation_save(&*app.get().await?, &site_id, fields).await }).await
}

/// See [`igny8_app::commands::automation::automation_reset`].
#[tauri::command]
#[specta::specta]
pub async fn automation_reset(app: State<'_, Opened>, site_id: String) -> Result<(), Fault> {
    caught(async { automation::automation_reset(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::automation::runs`].
#[tauri::command]
#[specta::specta]
pub async fn runs(
    app: State<'_, Opened>,
    site_id: String,
    cursor: Option<String>,
    limit: u32,
) -> Result<RunPage, Fault> {
    caught(async { automation::runs(&*app.get().await?, &site_id, cursor.as_deref(), limit).await }).await
}

/// See [`igny8_app::commands::automation::run`].
#[tauri::command]
#[specta::specta]
pub async fn run(app: State<'_, Opened>, id: String) -> Result<RunView, Fault> {
    caught(async { automation::run(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::automation::run_events`].
#[tauri::command]
#[specta::specta]
pub async fn run_events(
    app: State<'_, Opened>,
    id: String,
    cursor: Option<String>,
    limit: u32,
) -> Result<RunEventPage, Fault> {
    caught(async { automation::run_events(&*app.get().await?, &id, cursor.as_deref(), limit).await }).await
}

/// See [`igny8_app::commands::automation::run_now`].
#[tauri::command]
#[specta::specta]
pub async fn run_now(app: State<'_, Opened>, site_id: String) -> Result<Option<RunNow>, Fault> {
    caught(async { automation::run_now(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::automation::run_log_export`]. Asks where to; answers nothing when the question was left.
#[tauri::command]
#[specta::specta]
pub async fn run_log_export(
    app: State<'_, Opened>,
    id: String,
    dialog: State<'_, Arc<SaveDialog>>,
) -> Result<Option<ExportedFile>, Fault> {
    caught(async {
        let igny8 = &*app.get().await?;
        match dialog.ask(automation::SUGGESTED_NAME).await {
            Some(path) => automation::run_log_export(igny8, &id, &path).await.map(Some),
            None => Ok(None),
        }
    })
    .await
}

/// See [`igny8_app::commands::automation::needs`].
#[tauri::command]
#[specta::specta]
pub async fn needs(app: State<'_, Opened>, site_id: String) -> Result<NeedList, Fault> {
    caught(async { automation::needs(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::all_work::all_paused`].
#[tauri::command]
#[specta::specta]
pub async fn all_paused(app: State<'_, Opened>) -> Result<AllPausedView, Fault> {
    caught(async { all_work::all_paused(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::all_work::all_resume_estimate`].
#[tauri::command]
#[specta::specta]
pub async fn all_resume_estimate(app: State<'_, Opened>) -> Result<AllResumeEstimate, Fault> {
    caught(async { all_work::all_resume_estimate(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::all_work::pause_all`].
#[tauri::command]
#[specta::specta]
pub async fn pause_all(app: State<'_, Opened>) -> Result<AllDoneView, Fault> {
    caught(async { all_work::pause_all(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::all_work::resume_all`].
#[tauri::command]
#[specta::specta]
pub async fn resume_all(app: State<'_, Opened>) -> Result<AllDoneView, Fault> {
    caught(async { all_work::resume_all(&*app.get().await?).await }).await
}
