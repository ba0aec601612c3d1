//! The system's notifications, asked from here alone: the page has no right to them. They go over the session bus, where
//! nobody may be listening; nothing is lost by that, since each points to a notice that stands in the list.

use tauri::{AppHandle, Runtime};
use tauri_plugin_notification::NotificationExt;

/// Shows one. What the server says of it is not waited for.
pub(super) fn show<R: Runtime>(handle: &AppHandle<R>, notice: i32, title: &str, body: &str) {
    let popup = handle.notification().builder().id(notice).title(title).body(body);
    // One that cannot be prepared is in the list all the same.
    drop(popup.show());
}

/// Calls `opened` with the notice of each that the user clicks on.
pub(super) fn when_clicked<R: Runtime>(handle: &AppHandle<R>, opened: impl Fn(i32) + Send + Sync + 'static) {
    let added = handle.notification().on_action(move |action| {
        if action.action_id() == "tap"
            && let Some(notice) = action.notification()
        {
            opened(notice.id());
        }
    });
    // Only a phone refuses it.
    drop(added);
}

/// Whether somebody shows them, or would be started to; `None` where that cannot be asked.
#[cfg(target_os = "linux")]
pub(super) async fn are_there() -> Option<bool> {
    tauri::async_runtime::spawn_blocking(bus::has_server).await.unwrap_or(Some(false))
}

/// Elsewhere the system itself shows them, and does not say whether the user lets it.
#[cfg(not(target_os = "linux"))]
pub(super) async fn are_there() -> Option<bool> {
    None
}

#[cfg(target_os = "linux")]
mod bus {
    use std::time::Duration;
    use zbus::blocking::{connection, fdo::DBusProxy};

    const SERVER: &str = "org.freedesktop.Notifications";
    /// A bus that hangs is none.
    const ANSWER_WAIT: Duration = Duration::from_secs(2);

    pub(super) fn has_server() -> Option<bool> {
        Some(ask().unwrap_or(false))
    }

    fn ask() -> zbus::Result<bool> {
        let connection = connection::Builder::session()?.method_timeout(ANSWER_WAIT).build()?;
        let bus = DBusProxy::new(&connection)?;
        if bus.name_has_owner(SERVER.try_into()?)? {
            return Ok(true);
        }
        Ok(bus.list_activatable_names()?.iter().any(|name| name.as_str() == SERVER))
    }
}
