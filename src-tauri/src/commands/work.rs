//! AI operations and the pipeline, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::commands::work;
use igny8_app::dto::list::ListQuery;
use igny8_app::dto::spending::ResumeEstimate;
use igny8_app::dto::work::{Estimate, OperationPage, OperationRequest, OperationView, PipelineView};
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::work::estimate`].
#[tauri::command]
#[specta::specta]
pub async fn estimate(app: State<'_, Opened>, request: OperationRequest) -> Result<Estimate, Fault> {
    caught(async { work::estimate(&*app.get().await?, request).await }).await
}

/// See [`igny8_app::commands::work::operation_start`].
#[tauri::command]
#[specta::specta]
pub async fn operation_start(app: State<'_, Opened>, request: OperationRequest, key: String) -> Result<String, Fault> {
    caught(async { work::operation_start(&*app.get().await?, request, &key).await }).await
}

/// See [`igny8_app::commands::work::operation_cancel`].
#[tauri::command]
#[specta::specta]
pub async fn operation_cancel(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { work::operation_cancel(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::work::operation_resume`].
#[tauri::command]
#[specta::specta]
pub async fn operation_resume(app: State<'_, Opened>, id: String) -> Result<(), Fault> {
    caught(async { work::operation_resume(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::work::operations`].
#[tauri::command]
#[specta::specta]
pub async fn operations(app: State<'_, Opened>, query: ListQuery) -> Result<OperationPage, Fault> {
    caught(async { work::operations(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::work::operation`].
#[tauri::command]
#[specta::specta]
pub async fn operation(app: State<'_, Opened>, id: String) -> Result<OperationView, Fault> {
    caught(async { work::operation(&*app.get().await?, &id).await }).await
}

/// See [`igny8_app::commands::work::pipeline`].
#[tauri::command]
#[specta::specta]
pub async fn pipeline(app: State<'_, Opened>, site_id: String) -> Result<PipelineView, Fault> {
    caught(async { work::pipeline(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::work::pipeline_start`].
#[tauri::command]
#[specta::specta]
pub async fn pipeline_start(
    app: State<'_, Opened>,
    site_id: String,
    cap: Option<String>,
    key: String,
) -> Result<(), Fault> {
    caught(async { work::pipeline_start(&*app.get().await?, &site_id, cap.as_deref(), &key).await }).await
}

/// See [`igny8_app::commands::work::pipeline_pause`].
#[tauri::command]
#[specta::specta]
pub async fn pipeline_pause(app: State<'_, Opened>, site_id: String) -> Result<(), Fault> {
    caught(async { work::pipeline_pause(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::work::pipeline_resume`].
#[tauri::command]
#[specta::specta]
pub async fn pipeline_resume(app: State<'_, Opened>, site_id: String) -> Result<(), Fault> {
    caught(async { work::pipeline_resume(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::work::pipeline_cancel`].
#[tauri::command]
#[specta::specta]
pub async fn pipeline_cancel(app: State<'_, Opened>, site_id: String) -> Result<(), Fault> {
    caught(async { work::pipeline_cancel(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::work::pipeline_resume_estimate`].
#[tauri::command]
#[specta::specta]
pub async fn pipeline_resume_estimate(app: State<'_, Opened>, site_id: String) -> Result<ResumeEstimate, Fault> {
    caught(async { work::pipeline_resume_estimate(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::work::operation_resume_estimate`].
#[tauri::command]
#[specta::specta]
pub async fn operation_resume_estimate(app: State<'_, Opened>, id: String) -> Result<ResumeEstimate, Fault> {
    caught(async { work::operation_resume_estimate(&*app.get().await?, &id).await }).await
}
