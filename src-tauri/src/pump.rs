//! Commits, progress and growing texts of the app as events of the window.

use crate::surface::{ChangedEvent, Progress, Writing};
use igny8_app::{Notice, Notices};
use tauri::{AppHandle, Runtime};
use tauri_specta::Event;

/// Passes notices on until the store is closed. The first says that everything may have changed: what the window asked
/// for while the folder could not be opened is not known to it.
pub fn start<R: Runtime>(handle: AppHandle<R>, mut notices: Notices) {
    tauri::async_runtime::spawn(async move {
        // No window is there yet at an ordinary start.
        drop(ChangedEvent::new(0, Vec::new(), true).emit(&handle));
        while let Some(notice) = notices.next().await {
            let sent = match notice {
                Notice::Changed { seq, topics, is_lagged } => ChangedEvent::new(seq, topics, is_lagged).emit(&handle),
                Notice::Progress(progress) => Progress(progress).emit(&handle),
                Notice::Writing(writing) => Writing(writing).emit(&handle),
            };
            if sent.is_err() {
                // The window is going away.
                break;
            }
        }
    });
}
