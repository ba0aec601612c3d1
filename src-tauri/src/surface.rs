//! The one list of what the window can call and hear. The handler, the generated bindings, the permissions file and the
//! reachability test all follow from it.

use crate::commands::{
    account, automation, desktop, following, models, outbox, planner, prompts, publishing, schedule, sites, spending,
    usage, work, workspace, writer,
};
use igny8_app::PROVIDES;
use igny8_app::dto::desktop::Popup;
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

/// The system is to show something, which the page puts into words.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(transparent)]
#[tauri_specta(event_name = "popup")]
pub struct PopupEvent(pub Popup);

/// The user came from outside the window: from a notification of the system, or from the tray.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
#[tauri_specta(event_name = "summoned")]
pub struct SummonedEvent {
    /// The notice they clicked on; absent for all of them.
    pub notice: Option<String>,
}

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
            workspace::workspace, workspace::sample_create, workspace::sample_delete, workspace::appearance,
            workspace::appearance_save, sites::sites, sites::removed_sites, sites::site_add, sites::site_update,
            sites::site_remove, sites::site_restore, sites::site_test, sites::site_doctor, sites::site_consent,
            sites::site_disconnect, sites::site_authority, sites::companion_save, sites::sector_add,
            sites::sector_rename, sites::sector_remove, sites::sector_restore, planner::keywords,
            planner::keyword_file_preview, planner::keywords_import, planner::keywords_add, planner::keyword_update,
            planner::keywords_remove, planner::keywords_restore, planner::keywords_set_disabled,
            planner::keywords_move, planner::clusters, planner::cluster_update, planner::clusters_remove,
            planner::clusters_restore, planner::clusters_set_disabled, planner::ideas, planner::idea_update,
            planner::ideas_queue, planner::ideas_remove, planner::ideas_restore, planner::facets,
            planner::topic_repeats, writer::tasks, writer::tasks_remove, writer::tasks_restore, writer::contents,
            writer::content, writer::content_update, writer::contents_send_to_review, writer::contents_approve,
            writer::contents_send_back, writer::contents_remove, writer::contents_restore, writer::contents_publish,
            writer::image_sets, writer::image_update, writer::images_remove, writer::images_restore,
            writer::receipt_export, schedule::contents_schedule, schedule::contents_schedule_undo, schedule::calendar,
            schedule::site_publishing_set, schedule::calendar_export, publishing::publishing_settings,
            publishing::publishing_settings_save, publishing::publishing_preview, publishing::contents_schedule_next,
            outbox::outbox, outbox::outbox_retry, outbox::outbox_discard, outbox::outbox_restore, outbox::passages,
            outbox::passages_find, outbox::passages_stop, following::conflicts, following::conflict,
            following::conflict_decide, following::site_sync, following::site_posts, following::site_posts_take_in,
            following::site_posts_stop, following::site_posts_list, following::site_tidy, work::estimate,
            work::operation_start, work::operation_cancel, work::operation_resume, work::operations, work::operation,
            work::pipeline, work::pipeline_start, work::pipeline_pause, work::pipeline_resume, work::pipeline_cancel,
            work::pipeline_resume_estimate, work::operation_resume_estimate, automation::automation,
            automation::automation_save, automation::automation_reset, automation::runs, automation::run,
            automation::run_events, automation::run_now, automation::run_log_export, automation::needs,
            automation::all_paused, automation::all_resume_estimate, automation::pause_all, automation::resume_all,
            spending::spending, spending::spending_limit_set, spending::low_percent_set, spending::spending_stop,
            spending::spending_resume, spending::books_findings, spending::books_check, spending::books_of_copies,
            spending::pipeline_estimate, account::balance, account::transactions, account::credits_grant,
            account::budget_set, account::credit_price_set, account::zone_set, account::notifications,
            account::notifications_mark_read, account::notifications_remove, account::notifications_restore,
            account::completion, desktop::desktop, desktop::closes_to_tray_set, desktop::starts_at_login_set,
            desktop::popups_begin, desktop::popup_show, desktop::notice_choices, desktop::notice_choice_set,
            desktop::quiet_hours, desktop::quiet_hours_set, models::providers, models::provider_connect,
            models::provider_test, models::provider_remove, models::models, models::model_known, models::model_add,
            models::model_default, models::model_roles, models::model_role_set, models::model_mode_set,
            models::models_ending, models::model_switch, models::model_trial_price, models::model_try,
            usage::usage_summary, usage::usage_articles, usage::content_cost, usage::books_export, usage::reconcile,
            prompts::prompts, prompts::prompt_versions, prompts::prompt_save, prompts::prompt_use_version,
            prompts::prompt_reset, prompts::prompt_preview, prompts::prompt_try, prompts::prompt_trial,
            prompts::content_prompts, prompts::authors, prompts::author_save, prompts::author_remove,
            prompts::author_restore, prompts::site_voice, prompts::site_voice_save,
        })
        .events(collect_events![ChangedEvent, Progress, Writing, PopupEvent, SummonedEvent])
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
