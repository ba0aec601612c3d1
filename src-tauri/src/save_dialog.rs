//! The system's dialog for a new file, asked by the shell itself: a window that could name the file to be written could
//! overwrite any file of the user's.

use std::path::PathBuf;
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

    /// Waits for an answer; `None` when the dialog was left. Not for the main thread, which shows the dialog.
    pub fn ask(&self, name: &str, ending: &str) -> Option<PathBuf> {
        (self.ask)(name, ending)
    }
}
