//! Prompts, authors and voices, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::commands::prompts;
use igny8_app::dto::prompts::{
    AuthorDraft, AuthorView, PromptLibrary, PromptPreview, PromptTrialRequest, PromptTrialView, PromptUseView,
    PromptVersionView, SiteVoiceView,
};
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::prompts::prompts`].
#[tauri::command]
#[specta::specta]
pub async fn prompts(app: State<'_, Opened>, site_id: Option<String>) -> Result<PromptLibrary, Fault> {
    caught(async { prompts::prompts(&*app.get().await?, site_id.as_deref()).await }).await
}

/// See [`igny8_app::commands::prompts::prompt_versions`].
#[tauri::command]
#[specta::specta]
pub async fn prompt_versions(
    app: State<'_, Opened>,
    kind: String,
    site_id: Option<String>,
) -> Result<Vec<PromptVersionView>, Fault> {
    caught(async { prompts::prompt_versions(&*app.get().await?, &kind, site_id.as_deref()).await }).await
}

/// See [`igny8_app::commands::prompts::prompt_save`].
#[tauri::command]
#[specta::specta]
pub async fn prompt_save(
    app: State<'_, Opened>,
    kind: String,
    site_id: Option<String>,
    body: String,
) -> Result<String, Fault> {
    caught(async { prompts::prompt_save(&*app.get().await?, &kind, site_id.as_deref(), &body).await }).await
}

/// See [`igny8_app::commands::prompts::prompt_use_version`].
#[tauri::command]
#[specta::specta]
pub async fn prompt_use_version(app: State<'_, Opened>, version_id: String) -> Result<(), Fault> {
    caught(async { prompts::prompt_use_version(&*app.get().await?, &version_id).await }).await
}

/// See [`igny8_app::commands::prompts::prompt_reset`].
#[tauri::command]
#[specta::specta]
pub async fn prompt_reset(app: State<'_, Opened>, kind: String, site_id: Option<String>) -> Result<String, Fault> {
    caught(async { prompts::prompt_reset(&*app.get().await?, &kind, site_id.as_deref()).await }).await
}

/// See [`igny8_app::commands::prompts::prompt_preview`].
#[tauri::command]
#[specta::specta]
pub async fn prompt_preview(app: State<'_, Opened>, request: PromptTrialRequest) -> Result<PromptPreview, Fault> {
    caught(async { prompts::prompt_preview(&*app.get().await?, request).await }).await
}

/// See [`igny8_app::commands::prompts::prompt_try`].
#[tauri::command]
#[specta::specta]
pub async fn prompt_try(app: State<'_, Opened>, request: PromptTrialRequest, key: String) -> Result<String, Fault> {
    caught(async { prompts::prompt_try(&*app.get().await?, request, &key).await }).await
}

/// See [`igny8_app::commands::prompts::prompt_trial`].
#[tauri::command]
#[specta::specta]
pub async fn prompt_trial(app: State<'_, Opened>, operation_id: String) -> Result<PromptTrialView, Fault> {
    caught(async { prompts::prompt_trial(&*app.get().await?, &operation_id).await }).await
}

/// See [`igny8_app::commands::prompts::content_prompts`].
#[tauri::command]
#[specta::specta]
pub async fn content_prompts(app: State<'_, Opened>, content_id: String) -> Result<Vec<PromptUseView>, Fault> {
    caught(async { prompts::content_prompts(&*app.get().await?, &content_id).await }).await
}

/// See [`igny8_app::commands::prompts::authors`].
#[tauri::command]
#[specta::specta]
pub async fn authors(app: State<'_, Opened>) -> Result<Vec<AuthorView>, Fault> {
    caught(async { prompts::authors(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::prompts::author_save`].
#[tauri::command]
#[specta::specta]
pub async fn author_save(
    app: State<'_, Opened>,
    author_id: Option<String>,
    draft: AuthorDraft,
) -> Result<String, Fault> {
    caught(async { prompts::author_save(&*app.get().await?, author_id.as_deref(), draft).await }).await
}

/// See [`igny8_app::commands::prompts::author_remove`].
#[tauri::command]
#[specta::specta]
pub async fn author_remove(app: State<'_, Opened>, author_id: String) -> Result<(), Fault> {
    caught(async { prompts::author_remove(&*app.get().await?, &author_id).await }).await
}

/// See [`igny8_app::commands::prompts::author_restore`].
#[tauri::command]
#[specta::specta]
pub async fn author_restore(app: State<'_, Opened>, author_id: String) -> Result<(), Fault> {
    caught(async { prompts::author_restore(&*app.get().await?, &author_id).await }).await
}

/// See [`igny8_app::commands::prompts::site_voice`].
#[tauri::command]
#[specta::specta]
pub async fn site_voice(app: State<'_, Opened>, site_id: String) -> Result<SiteVoiceView, Fault> {
    caught(async { prompts::site_voice(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::prompts::site_voice_save`].
#[tauri::command]
#[specta::specta]
pub async fn site_voice_save(app: State<'_, Opened>, site_id: String, voice: SiteVoiceView) -> Result<(), Fault> {
    caught(async { prompts::site_voice_save(&*app.get().await?, &site_id, voice).await }).await
}
