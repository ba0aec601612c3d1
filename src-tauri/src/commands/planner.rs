//! Keywords, clusters and ideas, as commands of the window. Each is one line into the app.

use crate::Opened;
use igny8_app::commands::{planner, repeats};
use igny8_app::dto::list::{Changed, Facet, ListFilter, ListName, ListQuery, Selection};
use igny8_app::dto::planner::{
    ClusterPage, IdeaEdit, IdeaPage, ImportSummary, KeywordEdit, KeywordFilePreview, KeywordPage, TopicRepeat,
};
use igny8_app::{Fault, caught};
use tauri::State;

/// See [`igny8_app::commands::planner::keywords`].
#[tauri::command]
#[specta::specta]
pub async fn keywords(app: State<'_, Opened>, query: ListQuery) -> Result<KeywordPage, Fault> {
    caught(async { planner::keywords(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::planner::keyword_file_preview`].
#[tauri::command]
#[specta::specta]
pub async fn keyword_file_preview(app: State<'_, Opened>, path: String) -> Result<KeywordFilePreview, Fault> {
    caught(async { planner::keyword_file_preview(&*app.get().await?, &path).await }).await
}

/// See [`igny8_app::commands::planner::keywords_import`].
#[tauri::command]
#[specta::specta]
pub async fn keywords_import(
    app: State<'_, Opened>,
    path: String,
    site_id: String,
    sector_id: String,
) -> Result<ImportSummary, Fault> {
    caught(async { planner::keywords_import(&*app.get().await?, &path, &site_id, &sector_id).await }).await
}

/// See [`igny8_app::commands::planner::keywords_add`].
#[tauri::command]
#[specta::specta]
pub async fn keywords_add(
    app: State<'_, Opened>,
    site_id: String,
    sector_id: String,
    text: String,
) -> Result<ImportSummary, Fault> {
    caught(async { planner::keywords_add(&*app.get().await?, &site_id, &sector_id, &text).await }).await
}

/// See [`igny8_app::commands::planner::keyword_update`].
#[tauri::command]
#[specta::specta]
pub async fn keyword_update(app: State<'_, Opened>, id: String, edit: KeywordEdit) -> Result<(), Fault> {
    caught(async { planner::keyword_update(&*app.get().await?, &id, edit).await }).await
}

/// See [`igny8_app::commands::planner::keywords_remove`].
#[tauri::command]
#[specta::specta]
pub async fn keywords_remove(app: State<'_, Opened>, selection: Selection) -> Result<Changed, Fault> {
    caught(async { planner::keywords_remove(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::planner::keywords_restore`].
#[tauri::command]
#[specta::specta]
pub async fn keywords_restore(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { planner::keywords_restore(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::planner::keywords_set_disabled`].
#[tauri::command]
#[specta::specta]
pub async fn keywords_set_disabled(
    app: State<'_, Opened>,
    selection: Selection,
    disabled: bool,
) -> Result<Changed, Fault> {
    caught(async { planner::keywords_set_disabled(&*app.get().await?, selection, disabled).await }).await
}

/// See [`igny8_app::commands::planner::keywords_move`].
#[tauri::command]
#[specta::specta]
pub async fn keywords_move(app: State<'_, Opened>, selection: Selection, cluster_id: String) -> Result<Changed, Fault> {
    caught(async { planner::keywords_move(&*app.get().await?, selection, &cluster_id).await }).await
}

/// See [`igny8_app::commands::planner::clusters`].
#[tauri::command]
#[specta::specta]
pub async fn clusters(app: State<'_, Opened>, query: ListQuery) -> Result<ClusterPage, Fault> {
    caught(async { planner::clusters(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::planner::cluster_update`].
#[tauri::command]
#[specta::specta]
pub async fn cluster_update(
    app: State<'_, Opened>,
    id: String,
    name: String,
    description: String,
) -> Result<(), Fault> {
    caught(async { planner::cluster_update(&*app.get().await?, &id, &name, &description).await }).await
}

/// See [`igny8_app::commands::planner::clusters_remove`].
#[tauri::command]
#[specta::specta]
pub async fn clusters_remove(app: State<'_, Opened>, selection: Selection) -> Result<Changed, Fault> {
    caught(async { planner::clusters_remove(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::planner::clusters_restore`].
#[tauri::command]
#[specta::specta]
pub async fn clusters_restore(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { planner::clusters_restore(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::planner::clusters_set_disabled`].
#[tauri::command]
#[specta::specta]
pub async fn clusters_set_disabled(
    app: State<'_, Opened>,
    selection: Selection,
    disabled: bool,
) -> Result<Changed, Fault> {
    caught(async { planner::clusters_set_disabled(&*app.get().await?, selection, disabled).await }).await
}

/// See [`igny8_app::commands::planner::ideas`].
#[tauri::command]
#[specta::specta]
pub async fn ideas(app: State<'_, Opened>, query: ListQuery) -> Result<IdeaPage, Fault> {
    caught(async { planner::ideas(&*app.get().await?, query).await }).await
}

/// See [`igny8_app::commands::planner::idea_update`].
#[tauri::command]
#[specta::specta]
pub async fn idea_update(app: State<'_, Opened>, id: String, edit: IdeaEdit) -> Result<(), Fault> {
    caught(async { planner::idea_update(&*app.get().await?, &id, edit).await }).await
}

/// See [`igny8_app::commands::planner::ideas_queue`].
#[tauri::command]
#[specta::specta]
pub async fn ideas_queue(app: State<'_, Opened>, selection: Selection) -> Result<Changed, Fault> {
    caught(async { planner::ideas_queue(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::planner::ideas_remove`].
#[tauri::command]
#[specta::specta]
pub async fn ideas_remove(app: State<'_, Opened>, selection: Selection) -> Result<Changed, Fault> {
    caught(async { planner::ideas_remove(&*app.get().await?, selection).await }).await
}

/// See [`igny8_app::commands::planner::ideas_restore`].
#[tauri::command]
#[specta::specta]
pub async fn ideas_restore(app: State<'_, Opened>, ids: Vec<String>) -> Result<(), Fault> {
    caught(async { planner::ideas_restore(&*app.get().await?, &ids).await }).await
}

/// See [`igny8_app::commands::repeats::topic_repeats`].
#[tauri::command]
#[specta::specta]
pub async fn topic_repeats(app: State<'_, Opened>, site_id: String) -> Result<Vec<TopicRepeat>, Fault> {
    caught(async { repeats::topic_repeats(&*app.get().await?, &site_id).await }).await
}

/// See [`igny8_app::commands::planner::facets`].
#[tauri::command]
#[specta::specta]
pub async fn facets(app: State<'_, Opened>, list: ListName, filter: ListFilter) -> Result<Vec<Facet>, Fault> {
    caught(async { planner::facets(&*app.get().await?, list, filter).await }).await
}
