//! A second start brings the first window to the front. Where there is no session bus this guards nothing; the lock on
//! the data folder does.

use tauri::Manager;
use tauri::plugin::TauriPlugin;

/// The plugin.
pub fn plugin() -> TauriPlugin<tauri::Wry> {
    tauri_plugin_single_instance::init(|app, _args, _dir| {
        if let Some(window) = app.get_webview_window("main") {
            // Neither can fail in a way the user could act on.
            drop(window.unminimize());
            drop(window.set_focus());
        }
    })
}
