//! The outbox, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::commands::{outbox, passages};
use igny8_app::dto::list::{Changed, ListQuery};
use igny8_app::dto::outbox::{OutboxPage, PassageSearch};
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::outbox::outbox`].
#[tauri::command]
#[specta::specta]
pub async fn outbox(app: State<'_, Opened>, query: ListQuery) -> Result<OutboxPage, Fault> {
    caught(async { outbox::outbox(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::outbox::outbox_retry`].
#[tauri::command]
#[specta::specta]
pub async fn outbox_retry(app: State<'_, Opened>, ids: Vec<String>) -> Result<Changed, Fault> {
    caught(async { outbox::outbox_retry(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::outbox::outbox_discard`].
#[tauri::command]
#[specta::specta]
pub async fn outbox_discard(app: State<'_, Opened>, ids: Vec<String>) -> Result<Changed, Fault> {
    caught(async { outbox::outbox_discard(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::outbox::outbox_restore`].
#[tauri::command]
#[specta::specta]
pub async fn outbox_restore(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { outbox::outbox_restore(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::passages::passages`].
#[tauri::command]
#[specta::specta]
pub async fn passages(app: State<'_, Opened>, id: String) -> Result<PassageSearch, Fault> {
    caught(async { passages::passages(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::passages::passages_find`].
#[tauri::command]
#[specta::specta]
pub async fn passages_find(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { passages::passages_find(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::passages::passages_stop`].
#[tauri::command]
#[specta::specta]
pub async fn passages_stop(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { passages::passages_stop(&*app.get().await?, &id).await }).await
}
