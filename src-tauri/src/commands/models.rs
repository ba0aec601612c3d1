//! Vendors and the catalogue, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::commands::models::{
    catalogue, ending, provider_connect as connect, provider_remove as remove, provider_test as test, roles, trial,
};
use igny8_app::dto::models::{
    EndingView, KeyKept, ModelDraft, ModelModeView, ModelRoles, ModelView, ProviderDraft, ProviderTest, ProviderView,
};
use igny8_app::dto::prompts::PromptPreview;
use igny8_app::dto::work::AiFunctionView;
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::models::providers`].
#[tauri::command]
#[specta::specta]
pub async fn providers(app: State<'_, Opened>) -> Result<Vec<ProviderView>, Fault> {
    caught(async { igny8_app::commands::models::providers(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::models::provider_connect`].
#[tauri::command]
#[specta::specta]
pub async fn provider_connect(app: State<'_, Opened>, draft: ProviderDraft) -> Result<KeyKept, Fault> {
    caught(async { connect(&*app.get().await?, draft).await }).await
}

/// See [`igny8_app::commands::models::provider_test`].
#[tauri::command]
#[specta::specta]
pub async fn provider_test(app: State<'_, Opened>, name: String) -> Result<ProviderTest, Fault> {
    caught(async { test(&*app.get().await?, &name).await }).await
}

/// See [`igny8_app::commands::models::provider_remove`].
#[tauri::command]
#[specta::specta]
pub async fn provider_remove(app: State<'_, Opened>, name: String) -> Result<(), Fault> {
    caught(async { remove(&*app.get().await?, &name).await }).await
}

/// See [`igny8_app::commands::models::catalogue::models`].
#[tauri::command]
#[specta::specta]
pub async fn models(app: State<'_, Opened>) -> Result<Vec<ModelView>, Fault> {
    caught(async { catalogue::models(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::models::catalogue::model_known`].
#[tauri::command]
#[specta::specta]
pub async fn model_known(
    app: State<'_, Opened>,
    provider: String,
    model_name: String,
) -> Result<Option<ModelView>, Fault> {
    caught(async { catalogue::model_known(&*app.get().await?, &provider, &model_name).await }).await
}

/// See [`igny8_app::commands::models::catalogue::model_add`].
#[tauri::command]
#[specta::specta]
pub async fn model_add(app: State<'_, Opened>, draft: ModelDraft) -> Result<String, Fault> {
    caught(async { catalogue::model_add(&*app.get().await?, draft).await }).await
}

/// See [`igny8_app::commands::models::catalogue::model_default`].
#[tauri::command]
#[specta::specta]
pub async fn model_default(app: State<'_, Opened>, model_id: String) -> Result<(), Fault> {
    caught(async { catalogue::model_default(&*app.get().await?, &model_id).await }).await
}

/// See [`igny8_app::commands::models::roles::model_roles`].
#[tauri::command]
#[specta::specta]
pub async fn model_roles(app: State<'_, Opened>) -> Result<ModelRoles, Fault> {
    caught(async { roles::model_roles(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::models::roles::model_role_set`].
#[tauri::command]
#[specta::specta]
pub async fn model_role_set(
    app: State<'_, Opened>,
    mode: ModelModeView,
    ai_function: AiFunctionView,
    model_id: Option<String>,
) -> Result<(), Fault> {
    caught(async { roles::model_role_set(&*app.get().await?, mode, ai_function, model_id.as_deref()).await }).await
}

/// See [`igny8_app::commands::models::roles::model_mode_set`].
#[tauri::command]
#[specta::specta]
pub async fn model_mode_set(app: State<'_, Opened>, mode: ModelModeView) -> Result<(), Fault> {
    caught(async { roles::model_mode_set(&*app.get().await?, mode).await }).await
}

/// See [`igny8_app::commands::models::ending::models_ending`].
#[tauri::command]
#[specta::specta]
pub async fn models_ending(app: State<'_, Opened>) -> Result<Vec<EndingView>, Fault> {
    caught(async { ending::models_ending(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::models::ending::model_switch`].
#[tauri::command]
#[specta::specta]
pub async fn model_switch(app: State<'_, Opened>, from: String, to: String) -> Result<u32, Fault> {
    caught(async { ending::model_switch(&*app.get().await?, &from, &to).await }).await
}

/// See [`igny8_app::commands::models::trial::model_trial_price`].
#[tauri::command]
#[specta::specta]
pub async fn model_trial_price(
    app: State<'_, Opened>,
    site_id: String,
    model_id: String,
) -> Result<PromptPreview, Fault> {
    caught(async { trial::model_trial_price(&*app.get().await?, &site_id, &model_id).await }).await
}

/// See [`igny8_app::commands::models::trial::model_try`].
#[tauri::command]
#[specta::specta]
pub async fn model_try(
    app: State<'_, Opened>,
    site_id: String,
    model_id: String,
    key: String,
) -> Result<String, Fault> {
    caught(async { trial::model_try(&*app.get().await?, &site_id, &model_id, &key).await }).await
}
