//! Tasks, articles and images, as commands of the window. Each is one line into the app.

use crate::Opened;
use crate::save_dialog::SaveDialog;
use igny8_app::commands::receipts::{self, ReceiptForm, ReceiptsOf};
use igny8_app::commands::writer;
use igny8_app::dto::books::ExportedFile;
use igny8_app::dto::list::{Changed, ListQuery, Selection};
use igny8_app::dto::schedule::SentBack;
use igny8_app::dto::writer::{ContentEdit, ContentEdited, ContentPage, ContentView, ImageSetPage, TaskPage};
use igny8_app::{Fault, caught};
use std::sync::Arc;
use tauri::State;

/// See [`igny8_app::commands::writer::tasks`].
#[tauri::command]
#[specta::specta]
pub async fn tasks(app: State<'_, Opened>, query: ListQuery) -> Result<TaskPage, Fault> {
    caught(async { writer::tasks(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::writer::tasks_remove`].
#[tauri::command]
#[specta::specta]
pub async fn tasks_remove(app: State<'_, Opened>, selection: Selection) -> Result<Changed, Fault> {
    caught(async { writer::tasks_remove(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::writer::tasks_restore`].
#[tauri::command]
#[specta::specta]
pub async fn tasks_restore(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { writer::tasks_restore(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::writer::contents`].
#[tauri::command]
#[specta::specta]
pub async fn contents(app: State<'_, Opened>, query: ListQuery) -> Result<ContentPage, Fault> {
    caught(async { writer::contents(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::writer::content`].
#[tauri::command]
#[specta::specta]
pub async fn content(app: State<'_, Opened>, id: String) -> Result<ContentView, Fault> {
    caught(async { writer::content(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::writer::content_update`].
#[tauri::command]
#[specta::specta]
pub async fn content_update(app: State<'_, Opened>, id: String, edit: ContentEdit) -> Result<ContentEdited, Fault> {
    caught(async { writer::content_update(&*app.get().await?, &id, edit).await }).await
}

/// See [`igny8_app::commands::writer::contents_send_to_review`].
#[tauri::command]
#[specta::specta]
pub async fn contents_send_to_review(app: State<'_, Opened>, selection: Selection) -> Result<Changed, Fault> {
    caught(async { writer::contents_send_to_review(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::writer::contents_approve`].
#[tauri::command]
#[specta::specta]
pub async fn contents_approve(app: State<'_, Opened>, selection: Selection) -> Result<Changed, Fault> {
    caught(async { writer::contents_approve(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::writer::contents_send_back`].
#[tauri::command]
#[specta::specta]
pub async fn contents_send_back(app: State<'_, Opened>, selection: Selection) -> Result<SentBack, Fault> {
    caught(async { writer::contents_send_back(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::writer::contents_remove`].
#[tauri::command]
#[specta::specta]
pub async fn contents_remove(app: State<'_, Opened>, selection: Selection) -> Result<Changed, Fault> {
    caught(async { writer::contents_remove(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::writer::contents_restore`].
#[tauri::command]
#[specta::specta]
pub async fn contents_restore(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { writer::contents_restore(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::writer::contents_publish`].
#[tauri::command]
#[specta::specta]
pub async fn contents_publish(
    app: State<'_, Opened>,
    selection: Selection,
    anew: bool,
    key: String,
) -> Result<Changed, Fault> {
    caught(async { writer::contents_publish(&*app.get().await?, selection, anew, &key).await }).await
}

/// See [`igny8_app::commands::writer::image_sets`].
#[tauri::command]
#[specta::specta]
pub async fn image_sets(app: State<'_, Opened>, query: ListQuery) -> Result<ImageSetPage, Fault> {
    caught(async { writer::image_sets(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::writer::image_update`].
#[tauri::command]
#[specta::specta]
pub async fn image_update(app: State<'_, Opened>, id: String, prompt: String, alt: String) -> Result<(), Fault> {
    caught(async { writer::image_update(&*app.get().await?, &id, &prompt, &alt).await }).await
}

/// See [`igny8_app::commands::writer::images_remove`].
#[tauri::command]
#[specta::specta]
pub async fn images_remove(app: State<'_, Opened>, ids: Vec<String>) -> Result<Changed, Fault> {
    caught(async { writer::images_remove(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::writer::images_restore`].
#[tauri::command]
#[specta::specta]
pub async fn images_restore(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { writer::images_restore(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::receipts::export`]. Asks where to; answers nothing when the question was left.
#[tauri::command]
#[specta::specta]
pub async fn receipt_export(
    app: State<'_, Opened>,
    content: String,
    dialog: State<'_, Arc<SaveDialog>>,
) -> Result<Option<ExportedFile>, Fault> {
    caught(async {
        let igny8 = &*app.get().await?;
        match dialog.ask(receipts::SUGGESTED_NAME).await {
            Some(path) => {
                receipts::export(igny8, ReceiptsOf::Article(&content), ReceiptForm::Csv, &path).await.map(Some)
            }
            None => Ok(None),
        }
    })
    .await
}
