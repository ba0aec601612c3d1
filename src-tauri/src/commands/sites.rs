//! Sites and sectors, as commands of the window. Each is one line into the app.

use crate::Opened;
use crate::save_dialog::SaveDialog;
use igny8_app::commands::{companion, sites};
use igny8_app::dto::site::{RemovedSite, SiteConsent, SiteDiagnosis, SiteDisconnected, SiteDraft, SiteView};
use igny8_app::{Fault, caught};
use std::sync::Arc;
use tauri::State;

/// See [`igny8_app::commands::sites::sites`].
#[tauri::command]
#[specta::specta]
pub async fn sites(app: State<'_, Opened>) -> Result<Vec<SiteView>, Fault> {
    caught(async { sites::sites(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::sites::removed_sites`].
#[tauri::command]
#[specta::specta]
pub async fn removed_sites(app: State<'_, Opened>) -> Result<Vec<RemovedSite>, Fault> {
    caught(async { sites::removed_sites(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::sites::site_add`].
#[tauri::command]
#[specta::specta]
pub async fn site_add(app: State<'_, Opened>, draft: SiteDraft) -> Result<String, Fault> {
    caught(async { sites::site_add(&*app.get().await?, draft).await }).await
}

/// See [`igny8_app::commands::sites::site_update`].
#[tauri::command]
#[specta::specta]
pub async fn site_update(app: State<'_, Opened>, id: String, draft: SiteDraft) -> Result<(), Fault> {
    caught(async { sites::site_update(&*app.get().await?, &id, draft).await }).await
}

/// See [`igny8_app::commands::sites::site_remove`].
#[tauri::command]
#[specta::specta]
pub async fn site_remove(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { sites::site_remove(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::sites::site_restore`].
#[tauri::command]
#[specta::specta]
pub async fn site_restore(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { sites::site_restore(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::sites::site_test`].
#[tauri::command]
#[specta::specta]
pub async fn site_test(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { sites::site_test(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::sites::site_doctor`].
#[tauri::command]
#[specta::specta]
pub async fn site_doctor(app: State<'_, Opened>, id: String) -> Result<SiteDiagnosis, Fault> {
    caught(async { sites::site_doctor(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::sites::site_consent`].
#[tauri::command]
#[specta::specta]
pub async fn site_consent(
    app: State<'_, Opened>,
    url: String,
    site_id: Option<String>,
    authority: Option<String>,
) -> Result<SiteConsent, Fault> {
    caught(async { sites::site_consent(&*app.get().await?, &url, site_id.as_deref(), authority.as_deref()).await })
        .await
}

/// See [`igny8_app::commands::sites::site_disconnect`].
#[tauri::command]
#[specta::specta]
pub async fn site_disconnect(app: State<'_, Opened>, id: String) -> Result<SiteDisconnected, Fault> {
    caught(async { sites::site_disconnect(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::sites::site_authority`].
#[tauri::command]
#[specta::specta]
pub async fn site_authority(app: State<'_, Opened>, id: String, path: Option<String>) -> Result<(), Fault> {
    caught(async { sites::site_authority(&*app.get().await?, &id, path.as_deref()).await }).await
}

/// See [`igny8_app::commands::companion::save`]. Asks where to; answers nothing when the question was left.
#[tauri::command]
#[specta::specta]
pub async fn companion_save(
    app: State<'_, Opened>,
    dialog: State<'_, Arc<SaveDialog>>,
) -> Result<Option<String>, Fault> {
    caught(async {
        let igny8 = &*app.get().await?;
        match dialog.ask(companion::SUGGESTED_NAME).await {
            Some(path) => companion::save(igny8, &path).await.map(Some),
            None => Ok(None),
        }
    })
    .await
}

/// See [`igny8_app::commands::sites::sector_add`].
#[tauri::command]
#[specta::specta]
pub async fn sector_add(app: State<'_, Opened>, site_id: String, name: String) -> Result<String, Fault> {
    caught(async { sites::sector_add(&*app.get().await?, &site_id, &name).await }).await
}

/// See [`igny8_app::commands::sites::sector_rename`].
#[tauri::command]
#[specta::specta]
pub async fn sector_rename(app: State<'_, Opened>, id: String, name: String) -> Result<(), Fault> {
    caught(async { sites::sector_rename(&*app.get().await?, &id, &name).await }).await
}

/// See [`igny8_app::commands::sites::sector_remove`].
#[tauri::command]
#[specta::specta]
pub async fn sector_remove(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { sites::sector_remove(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::sites::sector_restore`].
#[tauri::command]
#[specta::specta]
pub async fn sector_restore(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { sites::sector_restore(&*app.get().await?, &id).await }).await
}
