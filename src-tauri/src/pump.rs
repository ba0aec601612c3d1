//! Commits and progress of the app as events of the window.

use crate::surface::{ChangedEvent, Progress};
use igny8_app::{Notice, Notices};
use tauri::{AppHandle, Runtime};
use tauri_specta::Event;

/// Passes notices on until the store is closed.
pub fn start<R: Runtime>(handle: AppHandle<R>, mut notices: Notices) {
    tauri::async_runtime::spawn(async move {
        while let Some(notice) = notices.next().await {
            let sent = match notice {
                Notice::Changed { seq, topics, is_lagged } => ChangedEvent::new(seq, topics, is_lagged).emit(&handle),
                Notice::Progress(progress) => Progress(progress).emit(&handle),
            };
            if sent.is_err() {
                // The window is going away.
                break;
            }
        }
    });
}
