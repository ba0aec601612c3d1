//! Usage and the books for others to check, as commands of the window. Each is one line into the app, but for the
//! export: the shell asks where to, so that the window never names a file to be written.

use crate::Opened;
use crate::save_dialog::SaveDialog;
use igny8_app::commands::{books, usage};
use igny8_app::dto::books::{ExportKind, ExportedFile, Reconciliation};
use igny8_app::dto::list::ListQuery;
use igny8_app::dto::usage::{ContentCost, UsageArticlePage, UsageQuery, UsageSummary};
use igny8_app::{Fault, caught};
use std::path::Path;
use std::sync::Arc;
use tauri::State;

/// See [`igny8_app::commands::usage::usage_summary`].
#[tauri::command]
#[specta::specta]
pub async fn usage_summary(app: State<'_, Opened>, query: UsageQuery) -> Result<UsageSummary, Fault> {
    caught(async { usage::usage_summary(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::usage::usage_articles`].
#[tauri::command]
#[specta::specta]
pub async fn usage_articles(app: State<'_, Opened>, query: ListQuery) -> Result<UsageArticlePage, Fault> {
    caught(async { usage::usage_articles(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::usage::content_cost`].
#[tauri::command]
#[specta::specta]
pub async fn content_cost(app: State<'_, Opened>, content_id: String) -> Result<ContentCost, Fault> {
    caught(async { usage::content_cost(&*app.get().await?, &content_id).await }).await
}

/// See [`igny8_app::commands::books::export`]. Asks where to; answers nothing when the question was left.
#[tauri::command]
#[specta::specta]
pub async fn books_export(
    app: State<'_, Opened>,
    kind: ExportKind,
    dialog: State<'_, Arc<SaveDialog>>,
) -> Result<Option<ExportedFile>, Fault> {
    caught(async {
        let igny8 = &*app.get().await?;
        match dialog.ask(books::suggested_name(kind)).await {
            Some(path) => books::export(igny8, kind, &path).await.map(Some),
            None => Ok(None),
        }
    })
    .await
}

/// See [`igny8_app::commands::books::reconcile`].
#[tauri::command]
#[specta::specta]
pub async fn reconcile(
    app: State<'_, Opened>,
    path: String,
    provider: Option<String>,
) -> Result<Reconciliation, Fault> {
    caught(async { books::reconcile(&*app.get().await?, Path::new(&path), provider.as_deref()).await }).await
}
