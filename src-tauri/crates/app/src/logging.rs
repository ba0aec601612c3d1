//! The log: one file a day in the data folder, kept for two weeks. Errors are logged once, where they reach the border;
//! secrets, prompts and bodies never.

use crate::folder::DataFolder;
use igny8_core::panicked;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::EnvFilter;

/// Days of logs kept.
const LOG_FILES_MAX: usize = 14;

/// Starts logging to the folder, panics included. Keep the guard: dropping it writes what is still in memory. `None` when the folder
/// cannot be written, which must not keep the app from starting.
#[must_use]
pub fn start_logging(folder: &DataFolder) -> Option<WorkerGuard> {
    std::fs::create_dir_all(folder.logs()).ok()?;
    let appender = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("igny8")
        .filename_suffix("log")
        .max_log_files(LOG_FILES_MAX)
        .build(folder.logs())
        .ok()?;
    let (writer, guard) = tracing_appender::non_blocking(appender);
    let previous = std::panic::take_hook();
    let started = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new("info"))
        .with_ansi(false)
        .with_writer(writer)
        .try_init();
    if started.is_err() {
        std::panic::set_hook(previous);
        return None;
    }
    // Where it happened is known only here; whoever catches it says what it came to.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, words = panicked::words(panic.payload()), "panicked");
    }));
    Some(guard)
}
