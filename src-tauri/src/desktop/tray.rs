//! The tray: an item of the freedesktop protocol, spoken over the session bus by ourselves, so that no library has to be
//! there for it. Where no bus, no panel or no place for it is, there is no tray and nothing else is missing; a panel that
//! comes later finds the item, and one that goes away gives the window back.

#[cfg(target_os = "linux")]
mod item;

use igny8_app::dto::list::Topic;
use igny8_app::{Desktop, Igny8, Notice};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tauri::{AppHandle, Runtime};
use tokio::sync::watch;

/// What the tray's lines are made of.
const TOPICS: &[Topic] = &[
    Topic::Contents,
    Topic::Publications,
    Topic::Notifications,
    Topic::Operations,
    Topic::Credits,
    Topic::Sites,
    Topic::Settings,
];

/// The tray is a glance: it is drawn anew this often at the most, however much happens.
const REDRAW_EVERY: Duration = Duration::from_secs(1);

/// The app's item in the tray.
pub(super) struct Tray {
    is_there: watch::Receiver<bool>,
    #[cfg(target_os = "linux")]
    item: Arc<item::Slot>,
    /// One follower at a time; a folder is opened once in the life of a window.
    is_followed: AtomicBool,
}

impl Tray {
    /// No tray.
    pub(super) fn none() -> Self {
        Self {
            is_there: watch::channel(false).1,
            #[cfg(target_os = "linux")]
            item: Arc::default(),
            is_followed: AtomicBool::new(false),
        }
    }

    /// Looks for a tray, and puts the app into it wherever and whenever there is one. `gone` is called when it goes away.
    #[cfg(target_os = "linux")]
    pub(super) fn of<R: Runtime>(
        handle: &AppHandle<R>,
        desktop: Arc<dyn Desktop>,
        gone: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let (sender, is_there) = watch::channel(false);
        let slot: Arc<item::Slot> = Arc::default();
        item::appear(handle, desktop, Arc::clone(&slot), sender, gone);
        Self { is_there, item: slot, is_followed: AtomicBool::new(false) }
    }

    /// Elsewhere there is none yet.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn of<R: Runtime>(
        _handle: &AppHandle<R>,
        _desktop: Arc<dyn Desktop>,
        _gone: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self::none()
    }

    /// Whether the app stands in a tray now.
    pub(super) fn is_there(&self) -> bool {
        *self.is_there.borrow()
    }

    /// Waits until it does, or until that has taken too long.
    pub(super) async fn appears_within(&self, wait: Duration) {
        let mut is_there = self.is_there.clone();
        // Late, or never: whoever waited asks.
        drop(tokio::time::timeout(wait, is_there.wait_for(|is_there| *is_there)).await);
    }

    /// Keeps what the tray says as things are in an open folder.
    #[cfg(target_os = "linux")]
    pub(super) fn follow(&self, app: &Arc<Igny8>) {
        if self.is_followed.swap(true, Ordering::AcqRel) {
            return;
        }
        let (mut notices, app, slot) = (app.notices(), Arc::downgrade(app), Arc::clone(&self.item));
        let mut is_there = self.is_there.clone();
        tauri::async_runtime::spawn(async move {
            loop {
                {
                    let Some(app) = app.upgrade() else { return };
                    slot.own(&app);
                    let is_up = *is_there.borrow_and_update();
                    if is_up && let Ok(facts) = igny8_app::commands::desktop::tray(&app).await {
                        slot.say(facts).await;
                    }
                }
                tokio::time::sleep(REDRAW_EVERY).await;
                tokio::select! {
                    goes_on = something_to_say(&mut notices) => if !goes_on { return },
                    changed = is_there.changed() => if changed.is_err() { return },
                }
            }
        });
    }

    #[cfg(not(target_os = "linux"))]
    pub(super) fn follow(&self, _app: &Arc<Igny8>) {}
}

/// Waits for a commit that the tray may tell of. Whether the folder is still open.
#[cfg(target_os = "linux")]
async fn something_to_say(notices: &mut igny8_app::Notices) -> bool {
    loop {
        match notices.next().await {
            None => return false,
            Some(Notice::Changed { topics, is_lagged, .. })
                if is_lagged || topics.iter().any(|topic| TOPICS.contains(topic)) =>
            {
                return true;
            }
            Some(Notice::Changed { .. } | Notice::Progress(_) | Notice::Writing(_)) => {}
        }
    }
}
