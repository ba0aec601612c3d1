//! The app as a whole, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::commands::workspace;
use igny8_app::dto::site::Workspace;
use igny8_app::dto::work::Appearance;
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::workspace::workspace`].
#[tauri::command]
#[specta::specta]
pub async fn workspace(app: State<'_, Opened>) -> Result<Workspace, Fault> {
    caught(async { workspace::workspace(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::workspace::sample_create`].
#[tauri::command]
#[specta::specta]
pub async fn sample_create(app: State<'_, Opened>) -> Result<String, Fault> {
    caught(async { workspace::sample_create(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::workspace::sample_delete`].
#[tauri::command]
#[specta::specta]
pub async fn sample_delete(app: State<'_, Opened>) -> Result<(), Fault> {
    caught(async { workspace::sample_delete(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::workspace::appearance`].
#[tauri::command]
#[specta::specta]
pub async fn appearance(app: State<'_, Opened>) -> Result<Appearance, Fault> {
    caught(async { workspace::appearance(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::workspace::appearance_save`].
#[tauri::command]
#[specta::specta]
pub async fn appearance_save(app: State<'_, Opened>, appearance: Appearance) -> Result<(), Fault> {
    caught(async { workspace::appearance_save(&*app.get().await?, appearance).await }).await
}
