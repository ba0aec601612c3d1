//! How articles go forward by themselves, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::commands::publishing;
use igny8_app::dto::publishing::{NextFreeView, PublishingPreview, PublishingSettingsView};
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::publishing::settings`].
#[tauri::command]
#[specta::specta]
pub async fn publishing_settings(app: State<'_, Opened>, site_id: String) -> Result<PublishingSettingsView, Fault> {
    caught(async { publishing::settings(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::publishing::save`].
#[tauri::command]
#[specta::specta]
pub async fn publishing_settings_save(
    app: State<'_, Opened>,
    site_id: String,
    settings: PublishingSettingsView,
) -> Result<(), Fault> {
    caught(async { publishing::save(&*app.get().await?, &site_id, settings).await }).await
}

/// See [`igny8_app::commands::publishing::preview`].
#[tauri::command]
#[specta::specta]
pub async fn publishing_preview(
    app: State<'_, Opened>,
    site_id: String,
    settings: Option<PublishingSettingsView>,
) -> Result<PublishingPreview, Fault> {
    caught(async { publishing::preview(&*app.get().await?, &site_id, settings).await }).await
}

/// See [`igny8_app::commands::publishing::schedule_next`].
#[tauri::command]
#[specta::specta]
pub async fn contents_schedule_next(
    app: State<'_, Opened>,
    site_id: String,
    ids: Vec<String>,
) -> Result<NextFreeView, Fault> {
    caught(async { publishing::schedule_next(&*app.get().await?, &site_id, &ids).await }).await
}
