//! Sites and sectors, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::Fault;
use igny8_app::commands::sites;
use igny8_app::dto::site::{SiteDraft, SiteView};
use tauri::State;

/// See [`igny8_app::commands::sites::sites`].
#[tauri::command]
#[specta::specta]
pub async fn sites(app: State<'_, Opened>) -> Result<Vec<SiteView>, Fault> {
    sites::sites(app.get()?).await
}

/// See [`igny8_app::commands::sites::site_add`].
#[tauri::command]
#[specta::specta]
pub async fn site_add(app: State<'_, Opened>, draft: SiteDraft) -> Result<String, Fault> {
    sites::site_add(app.get()?, draft).await
}

/// See [`igny8_app::commands::sites::site_update`].
#[tauri::command]
#[specta::specta]
pub async fn site_update(app: State<'_, Opened>, id: String, draft: SiteDraft) -> Result<(), Fault> {
    sites::site_update(app.get()?, &id, draft).await
}

/// See [`igny8_app::commands::sites::site_remove`].
#[tauri::command]
#[specta::specta]
pub async fn site_remove(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    sites::site_remove(app.get()?, &id).await
}

/// See [`igny8_app::commands::sites::site_restore`].
#[tauri::command]
#[specta::specta]
pub async fn site_restore(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    sites::site_restore(app.get()?, &id).await
}

/// See [`igny8_app::commands::sites::site_test`].
#[tauri::command]
#[specta::specta]
pub async fn site_test(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    sites::site_test(app.get()?, &id).await
}

/// See [`igny8_app::commands::sites::sector_add`].
#[tauri::command]
#[specta::specta]
pub async fn sector_add(app: State<'_, Opened>, site_id: String, name: String) -> Result<String, Fault> {
    sites::sector_add(app.get()?, &site_id, &name).await
}

/// See [`igny8_app::commands::sites::sector_rename`].
#[tauri::command]
#[specta::specta]
pub async fn sector_rename(app: State<'_, Opened>, id: String, name: String) -> Result<(), Fault> {
    sites::sector_rename(app.get()?, &id, &name).await
}

/// See [`igny8_app::commands::sites::sector_remove`].
#[tauri::command]
#[specta::specta]
pub async fn sector_remove(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    sites::sector_remove(app.get()?, &id).await
}

/// See [`igny8_app::commands::sites::sector_restore`].
#[tauri::command]
#[specta::specta]
pub async fn sector_restore(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    sites::sector_restore(app.get()?, &id).await
}
