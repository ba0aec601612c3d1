//! Limits, the switch that stops all paid work and the estimate of a run, as commands of the window. Each is one line
//! into the app.

use crate::Opened;
use igny8_app::commands::spending;
use igny8_app::dto::audit::{AuditFindings, CopyView};
use igny8_app::dto::spending::{LimitScope, PipelineEstimate, Spending};
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::spending::spending`].
#[tauri::command]
#[specta::specta]
pub async fn spending(app: State<'_, Opened>) -> Result<Spending, Fault> {
    caught(async { spending::spending(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::spending::spending_limit_set`].
#[tauri::command]
#[specta::specta]
pub async fn spending_limit_set(
    app: State<'_, Opened>,
    scope: LimitScope,
    site_id: Option<String>,
    amount: Option<String>,
) -> Result<(), Fault> {
    caught(async {
        spending::spending_limit_set(&*app.get().await?, scope, site_id.as_deref(), amount.as_deref()).await
    })
    .await
}

/// See [`igny8_app::commands::spending::low_percent_set`].
#[tauri::command]
#[specta::specta]
pub async fn low_percent_set(app: State<'_, Opened>, percent: u8) -> Result<(), Fault> {
    caught(async { spending::low_percent_set(&*app.get().await?, percent).await }).await
}

/// See [`igny8_app::commands::spending::spending_stop`].
#[tauri::command]
#[specta::specta]
pub async fn spending_stop(app: State<'_, Opened>) -> Result<(), Fault> {
    caught(async { spending::spending_stop(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::spending::spending_resume`].
#[tauri::command]
#[specta::specta]
pub async fn spending_resume(app: State<'_, Opened>) -> Result<(), Fault> {
    caught(async { spending::spending_resume(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::spending::books_findings`].
#[tauri::command]
#[specta::specta]
pub async fn books_findings(app: State<'_, Opened>) -> Result<AuditFindings, Fault> {
    caught(async { spending::books_findings(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::spending::books_check`].
#[tauri::command]
#[specta::specta]
pub async fn books_check(app: State<'_, Opened>) -> Result<(), Fault> {
    caught(async { spending::books_check(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::spending::books_of_copies`].
#[tauri::command]
#[specta::specta]
pub async fn books_of_copies(app: State<'_, Opened>) -> Result<Vec<CopyView>, Fault> {
    caught(async { spending::books_of_copies(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::spending::pipeline_estimate`].
#[tauri::command]
#[specta::specta]
pub async fn pipeline_estimate(app: State<'_, Opened>, site_id: String) -> Result<PipelineEstimate, Fault> {
    caught(async { spending::pipeline_estimate(&*app.get().await?, &site_id).await }).await
}
