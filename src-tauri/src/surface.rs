//! The one list of what the window can call and hear. The handler, the generated bindings, the permissions file and the
//! reachability test all follow from it.

use crate::commands;
use igny8_app::PROVIDES;
use igny8_app::dto::list::Topic;
use igny8_app::dto::work::{ProgressView, WritingView};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Typescript;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use tauri::Runtime;
use tauri_specta::{Builder, Event, collect_commands, collect_events};

/// Where the generated bindings stand, from the repository's root.
pub const BINDINGS: &str = "ui/src/bindings.ts";
/// Where the generated permissions stand, from the repository's root.
pub const PERMISSIONS: &str = "src-tauri/permissions/commands.toml";

/// Something was committed.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "changed")]
pub struct ChangedEvent {
    /// Number of the newest commit.
    seq: u32,
    /// What changed, each once.
    topics: Vec<Topic>,
    /// Some commits were missed: everything may have changed.
    lagged: bool,
}

/// An operation moved.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(transparent)]
#[tauri_specta(event_name = "progress")]
pub struct Progress(pub ProgressView);

/// An article has grown, or is written no longer.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(transparent)]
#[tauri_specta(event_name = "writing")]
pub struct Writing(pub WritingView);

/// Every command, event and constant.
#[must_use]
pub fn surface<R: Runtime>() -> Builder<R> {
    Builder::<R>::new()
        .commands(collect_commands! {
            commands::workspace::workspace, commands::workspace::sample_create, commands::workspace::sample_delete,
            commands::workspace::appearance, commands::workspace::appearance_save,
            commands::sites::sites, commands::sites::removed_sites, commands::sites::site_add, commands::sites::site_update,
            commands::sites::site_remove, commands::sites::site_restore, commands::sites::site_test,
            commands::sites::site_doctor, commands::sites::site_consent, commands::sites::site_disconnect,
            commands::sites::site_authority, commands::sites::companion_save,
            commands::sites::sector_add, commands::sites::sector_rename, commands::sites::sector_remove,
            commands::sites::sector_restore,
            commands::planner::keywords, commands::planner::keyword_file_preview, commands::planner::keywords_import,
            commands::planner::keywords_add, commands::planner::keyword_update, commands::planner::keywords_remove,
            commands::planner::keywords_restore, commands::planner::keywords_set_disabled,
            commands::planner::keywords_move, commands::planner::clusters, commands::planner::cluster_update,
            commands::planner::clusters_remove, commands::planner::clusters_restore,
            commands::planner::clusters_set_disabled, commands::planner::ideas, commands::planner::idea_update,
            commands::planner::ideas_queue, commands::planner::ideas_remove, commands::planner::ideas_restore,
            commands::planner::facets,
            commands::writer::tasks, commands::writer::tasks_remove, commands::writer::tasks_restore,
            commands::writer::contents, commands::writer::content,
            commands::writer::content_update, commands::writer::contents_send_to_review,
            commands::writer::contents_approve, commands::writer::contents_send_back,
            commands::writer::contents_remove, commands::writer::contents_restore,
            commands::writer::contents_publish, commands::writer::image_sets, commands::writer::image_update,
            commands::writer::images_remove, commands::writer::images_restore, commands::writer::receipt_export,
            commands::outbox::outbox, commands::outbox::outbox_retry, commands::outbox::outbox_discard,
            commands::outbox::outbox_restore,
            commands::following::conflicts, commands::following::conflict, commands::following::conflict_decide,
            commands::following::site_sync, commands::following::site_posts, commands::following::site_posts_take_in,
            commands::following::site_posts_stop,
            commands::work::estimate, commands::work::operation_start, commands::work::operation_cancel,
            commands::work::operation_resume, commands::work::operations, commands::work::operation,
            commands::work::pipeline, commands::work::pipeline_start, commands::work::pipeline_resume, commands::work::pipeline_cancel,
            commands::work::pipeline_resume_estimate, commands::work::operation_resume_estimate,
            commands::spending::spending, commands::spending::spending_limit_set, commands::spending::low_percent_set,
            commands::spending::spending_stop, commands::spending::spending_resume, commands::spending::books_findings,
            commands::spending::books_check, commands::spending::books_of_copies,
            commands::spending::pipeline_estimate,
            commands::account::balance, commands::account::transactions, commands::account::credits_grant,
            commands::account::budget_set, commands::account::credit_price_set, commands::account::zone_set,
            commands::account::notifications,
            commands::account::notifications_mark_read, commands::account::notifications_remove,
            commands::account::notifications_restore, commands::account::completion,
            commands::models::providers, commands::models::provider_connect, commands::models::provider_test,
            commands::models::provider_remove, commands::models::models, commands::models::model_known, commands::models::model_add,
            commands::models::model_default, commands::models::model_roles, commands::models::model_role_set,
            commands::models::model_mode_set, commands::models::models_ending, commands::models::model_switch,
            commands::models::model_trial_price, commands::models::model_try,
            commands::usage::usage_summary, commands::usage::usage_articles, commands::usage::content_cost,
            commands::usage::books_export, commands::usage::reconcile,
            commands::prompts::prompts, commands::prompts::prompt_versions, commands::prompts::prompt_save,
            commands::prompts::prompt_use_version, commands::prompts::prompt_reset,
            commands::prompts::prompt_preview, commands::prompts::prompt_try, commands::prompts::prompt_trial,
            commands::prompts::content_prompts,
            commands::prompts::authors, commands::prompts::author_save, commands::prompts::author_remove,
            commands::prompts::author_restore, commands::prompts::site_voice, commands::prompts::site_voice_save,
        })
        .events(collect_events![ChangedEvent, Progress, Writing])
        .constant("PROVIDES", provides())
        .disable_serde_phases()
}

impl ChangedEvent {
    /// The event of a commit. Sequence numbers above `u32` wrap: the window only compares neighbours.
    #[must_use]
    pub fn new(seq: u64, topics: Vec<Topic>, lagged: bool) -> Self {
        Self { seq: (seq & u64::from(u32::MAX)) as u32, topics, lagged }
    }
}

/// The bindings as text. They pass through a file, which is all that the exporter writes to: one for each call, since
/// several may be under way.
///
/// # Errors
/// When a type cannot be expressed, or the file cannot be written.
pub fn bindings() -> Result<String, String> {
    let builder = surface::<tauri::Wry>();
    static CALLS: AtomicUsize = AtomicUsize::new(0);
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("igny8-bindings-{}-{call}.ts", std::process::id()));
    builder.export(Typescript::default(), &file).map_err(|error| error.to_string())?;
    let text = std::fs::read_to_string(&file).map_err(|error| error.to_string());
    drop(std::fs::remove_file(&file));
    text
}

/// The permissions file as text: the one permission that names every command.
///
/// # Errors
/// When the bindings cannot be made.
pub fn permissions() -> Result<String, String> {
    let names: Vec<String> = command_names()?.into_iter().map(|name| format!("  \"{name}\",")).collect();
    Ok(format!(
        "# Generated from the command list in src-tauri/src/surface.rs; a test compares.\n\n[[permission]]\n\
         identifier = \"commands\"\ndescription = \"Every command of the app.\"\ncommands.allow = [\n{}\n]\n",
        names.join("\n")
    ))
}

/// Names of all commands, as they are invoked.
///
/// # Errors
/// When the bindings cannot be made.
pub fn command_names() -> Result<Vec<String>, String> {
    let text = bindings()?;
    let mut names: Vec<String> = text
        .split("__TAURI_INVOKE(\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(name, _)| name.to_owned()))
        .collect();
    names.sort();
    Ok(names)
}

/// Reads and their topics as one object.
fn provides() -> BTreeMap<&'static str, &'static [Topic]> {
    PROVIDES.iter().map(|read| (read.command, read.topics)).collect()
}
