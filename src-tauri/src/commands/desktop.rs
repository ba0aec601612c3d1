//! The desktop around the window, as commands of the window. What the app keeps is one line into the app; what the desktop
//! does is one line into the desk.

use crate::Opened;
use crate::desktop::Desk;
use igny8_app::commands::desktop;
use igny8_app::dto::desktop::{DesktopView, NoticeChoice, QuietHoursView};
use igny8_app::{Fault, caught};
use std::sync::Arc;
use tauri::State;

/// What the desktop offers, and what was chosen of it.
#[tauri::command]
#[specta::specta]
pub async fn desktop(app: State<'_, Opened>, desk: State<'_, Arc<Desk>>) -> Result<DesktopView, Fault> {
    caught(async { desk.view(&*app.get().await?).await }).await
}

/// Chooses whether closing the window leaves the app at work in the tray.
#[tauri::command]
#[specta::specta]
pub async fn closes_to_tray_set(app: State<'_, Opened>, desk: State<'_, Arc<Desk>>, closes: bool) -> Result<(), Fault> {
    caught(async { desk.set_closes_to_tray(&*app.get().await?, closes).await }).await
}

/// Chooses whether the app starts when the user signs in.
#[tauri::command]
#[specta::specta]
pub async fn starts_at_login_set(
    app: State<'_, Opened>,
    desk: State<'_, Arc<Desk>>,
    starts: bool,
) -> Result<(), Fault> {
    caught(async { desk.set_starts_at_login(&*app.get().await?, starts).await }).await
}

/// Begins to give the page what the system is to show, for it to put into words.
#[tauri::command]
#[specta::specta]
pub async fn popups_begin(app: State<'_, Opened>, desk: State<'_, Arc<Desk>>) -> Result<(), Fault> {
    desk.listen();
    caught(async {
        desk.tell(&*app.get().await?);
        Ok(())
    })
    .await
}

/// Shows a notification of the system; `notice` is what a click on it leads to, absent where it stands for several.
#[tauri::command]
#[specta::specta]
pub async fn popup_show(
    app: State<'_, Opened>,
    desk: State<'_, Arc<Desk>>,
    notice: Option<String>,
    title: String,
    body: String,
) -> Result<(), Fault> {
    caught(async {
        app.get().await?;
        desk.pop(notice.as_deref(), &title, &body);
        Ok(())
    })
    .await
}

/// See [`igny8_app::commands::desktop::notice_choices`].
#[tauri::command]
#[specta::specta]
pub async fn notice_choices(app: State<'_, Opened>) -> Result<Vec<NoticeChoice>, Fault> {
    caught(async { desktop::notice_choices(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::desktop::notice_choice_set`].
#[tauri::command]
#[specta::specta]
pub async fn notice_choice_set(app: State<'_, Opened>, kind: String, channel: Option<String>) -> Result<(), Fault> {
    caught(async { desktop::notice_choice_set(&*app.get().await?, &kind, channel.as_deref()).await }).await
}

/// See [`igny8_app::commands::desktop::quiet_hours`].
#[tauri::command]
#[specta::specta]
pub async fn quiet_hours(app: State<'_, Opened>) -> Result<QuietHoursView, Fault> {
    caught(async { desktop::quiet_hours(&*app.get().await?).await }).await
}

/// See [`igny8_app::commands::desktop::quiet_hours_set`].
#[tauri::command]
#[specta::specta]
pub async fn quiet_hours_set(app: State<'_, Opened>, is_on: bool, from: String, until: String) -> Result<(), Fault> {
    caught(async { desktop::quiet_hours_set(&*app.get().await?, is_on, &from, &until).await }).await
}
