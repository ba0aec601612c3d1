//! What happens on sites without us, and what is decided about it, as commands of the window. Each is one line into the
//! app.

use crate::Opened;
use igny8_app::commands::{conflicts, following};
use igny8_app::dto::conflict::{
    ConflictDecision, ConflictRow, ConflictView, SitePostView, SitePosts, SiteSynced, SiteTidied,
};
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::conflicts::conflicts`].
#[tauri::command]
#[specta::specta]
pub async fn conflicts(app: State<'_, Opened>, site_id: Option<String>) -> Result<Vec<ConflictRow>, Fault> {
    caught(async { conflicts::conflicts(&*app.get().await?, site_id.as_deref()).await }).await
}

/// See [`igny8_app::commands::conflicts::conflict`].
#[tauri::command]
#[specta::specta]
pub async fn conflict(app: State<'_, Opened>, id: String) -> Result<ConflictView, Fault> {
    caught(async { conflicts::conflict(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::conflicts::conflict_decide`].
#[tauri::command]
#[specta::specta]
pub async fn conflict_decide(app: State<'_, Opened>, id: String, decision: ConflictDecision) -> Result<(), Fault> {
    caught(async { conflicts::conflict_decide(&*app.get().await?, &id, decision).await }).await
}

/// See [`igny8_app::commands::following::site_sync`].
#[tauri::command]
#[specta::specta]
pub async fn site_sync(app: State<'_, Opened>, id: String) -> Result<SiteSynced, Fault> {
    caught(async { following::site_sync(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::following::site_posts`].
#[tauri::command]
#[specta::specta]
pub async fn site_posts(app: State<'_, Opened>, id: String) -> Result<SitePosts, Fault> {
    caught(async { following::site_posts(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::following::site_posts_take_in`].
#[tauri::command]
#[specta::specta]
pub async fn site_posts_take_in(app: State<'_, Opened>, id: String, sector_id: String) -> Result<(), Fault> {
    caught(async { following::site_posts_take_in(&*app.get().await?, &id, &sector_id).await }).await
}

/// See [`igny8_app::commands::following::site_posts_stop`].
#[tauri::command]
#[specta::specta]
pub async fn site_posts_stop(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { following::site_posts_stop(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::following::site_posts_list`].
#[tauri::command]
#[specta::specta]
pub async fn site_posts_list(app: State<'_, Opened>, id: String) -> Result<Vec<SitePostView>, Fault> {
    caught(async { following::site_posts_list(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::following::site_tidy`].
#[tauri::command]
#[specta::specta]
pub async fn site_tidy(app: State<'_, Opened>, id: String) -> Result<SiteTidied, Fault> {
    caught(async { following::site_tidy(&*app.get().await?, &id).await }).await
}
