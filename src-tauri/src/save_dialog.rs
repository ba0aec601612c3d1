//! The system's dialog for a new file, asked by the shell itself: a window that could name the file to be written could
//! overwrite any file of the user's.

use std::path::PathBuf;
use std::sync::Arc;
use tauri::{AppHandle, Runtime};
use tauri_plugin_dialog::DialogExt;

type Ask = dyn Fn(&str, &str) -> Option<PathBuf> + Send + Sync;

/// Asks the user where a new file is to stand.
pub struct SaveDialog {
    ask: Box<Ask>,
}

impl SaveDialog {
    /// The dialog of an app.
    pub fn of<R: Runtime>(handle: AppHandle<R>) -> Self {
        let ask = move |name: &str, ending: &str| {
            let dialog = handle.dialog().file().set_file_name(name).add_filter(ending, &[ending]);
            dialog.blocking_save_file()?.into_path().ok()
        };
        Self { ask: Box::new(ask) }
    }

    /// Waits for an answer, away from the main thread, which shows the dialog; `None` when the dialog was left.
    pub async fn ask(self: &Arc<Self>, (name, ending): (&'static str, &'static str)) -> Option<PathBuf> {
        let dialog = Arc::clone(self);
        let asked = tauri::async_runtime::spawn_blocking(move || (dialog.ask)(name, ending));
        asked.await.unwrap_or(None)
    }
}
