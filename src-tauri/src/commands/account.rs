//! Credits, notices and completion, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::commands::account;
use igny8_app::dto::account::{Balance, Completion, NotificationPage, Period, TransactionPage};
use igny8_app::dto::list::ListQuery;
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::account::balance`].
#[tauri::command]
#[specta::specta]
pub async fn balance(app: State<'_, Opened>) -> Result<Balance, Fault> {
    caught(async { account::balance(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::account::transactions`].
#[tauri::command]
#[specta::specta]
pub async fn transactions(app: State<'_, Opened>, query: ListQuery) -> Result<TransactionPage, Fault> {
    caught(async { account::transactions(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::account::credits_grant`].
#[tauri::command]
#[specta::specta]
pub async fn credits_grant(app: State<'_, Opened>, amount: String, memo: String, key: String) -> Result<(), Fault> {
    caught(async { account::credits_grant(&*app.get().await?, &amount, &memo, &key).await }).await
}

/// See [`igny8_app::commands::account::budget_set`].
#[tauri::command]
#[specta::specta]
pub async fn budget_set(app: State<'_, Opened>, amount: String) -> Result<(), Fault> {
    caught(async { account::budget_set(&*app.get().await?, &amount).await }).await
}

/// See [`igny8_app::commands::account::zone_set`].
#[tauri::command]
#[specta::specta]
pub async fn zone_set(app: State<'_, Opened>, zone: String) -> Result<(), Fault> {
    caught(async { account::zone_set(&*app.get().await?, &zone).await }).await
}

/// See [`igny8_app::commands::account::credit_price_set`].
#[tauri::command]
#[specta::specta]
pub async fn credit_price_set(app: State<'_, Opened>, price: String) -> Result<(), Fault> {
    caught(async { account::credit_price_set(&*app.get().await?, &price).await }).await
}

/// See [`igny8_app::commands::account::notifications`].
#[tauri::command]
#[specta::specta]
pub async fn notifications(app: State<'_, Opened>, query: ListQuery) -> Result<NotificationPage, Fault> {
    caught(async { account::notifications(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::account::notifications_mark_read`].
#[tauri::command]
#[specta::specta]
pub async fn notifications_mark_read(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { account::notifications_mark_read(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::account::notifications_remove`].
#[tauri::command]
#[specta::specta]
pub async fn notifications_remove(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { account::notifications_remove(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::account::notifications_restore`].
#[tauri::command]
#[specta::specta]
pub async fn notifications_restore(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { account::notifications_restore(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::account::completion`].
#[tauri::command]
#[specta::specta]
pub async fn completion(app: State<'_, Opened>, site_id: String, period: Period) -> Result<Completion, Fault> {
    caught(async { account::completion(&*app.get().await?, &site_id, period).await }).await
}
