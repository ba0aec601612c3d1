//! The log: one file a day in the data folder, kept for two weeks. Errors are logged once, where they reach the border;
//! secrets, prompts and bodies never.

use crate::folder::DataFolder;
use igny8_core::panicked;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{Builder, Rotation};
use tracing_subscriber::EnvFilter;

/// Where somebody says that more is to be logged, in the words of the library: `debug`, or `igny8_engine=trace`.
const LEVEL: &str = "IGNY8_LOG";
/// What is logged unless they do.
const LEVEL_USUAL: &str = "info";

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
        .with_env_filter(level(said().as_deref()))
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

/// What somebody says of it.
#[allow(clippy::disallowed_methods, reason = "logging starts before anything is there that could hand it in")]
fn said() -> Option<String> {
    std::env::var(LEVEL).ok()
}

/// What is logged. A word that means nothing is as good as none.
fn level(said: Option<&str>) -> EnvFilter {
    let said = said.map(str::trim).filter(|said| !said.is_empty());
    said.and_then(|said| EnvFilter::try_new(said).ok()).unwrap_or_else(|| EnvFilter::new(LEVEL_USUAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_logged_can_be_said_and_is_usual_where_it_is_not() {
        assert_eq!(level(Some("trace")).to_string(), "trace");
        assert_eq!(level(Some("info,igny8_engine=debug")).to_string(), "igny8_engine=debug,info");
        for nothing in [None, Some(" "), Some("a=b=c=loud")] {
            assert_eq!(level(nothing).to_string(), LEVEL_USUAL, "{nothing:?}");
        }
    }
}
