//! The desktop around the window: the tray, the system's notifications, start at login, and what closing the window means.
//! Each is tried before it is relied on, and the app is whole without any of them. Nothing here waits for the main thread:
//! what the window is like is noted when it changes, and what is wanted of it is sent there.

mod login;
mod popups;
mod tray;
mod words;

pub use login::Login;

use crate::surface::{PopupEvent, SummonedEvent};
use igny8_app::dto::desktop::{DesktopView, Popup};
use igny8_app::{Desktop, Fault, Igny8};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tauri::{AppHandle, Manager, Runtime, WindowEvent};
use tauri_specta::Event;
use tray::Tray;

/// How long a start without a window waits for a tray: at login the panel may come after us. Then the window is shown, so
/// that nobody has a program that is nowhere.
const TRAY_WAIT: Duration = Duration::from_secs(15);

type Pop = dyn Fn(i32, &str, &str) + Send + Sync;

/// What a notification that stands for several leads to: the list.
const SEVERAL: i32 = 0;
/// The notification of where a closed window has gone; it leads to the window alone.
const IN_TRAY: i32 = -1;

/// How the window stands, as its own events tell it.
#[derive(Debug, Default)]
struct Sight {
    is_focused: AtomicBool,
    is_hidden: AtomicBool,
}

/// What commands know of the desktop.
pub struct Desk {
    desktop: Arc<dyn Desktop>,
    pop: Arc<Pop>,
    sight: Arc<Sight>,
    tray: Tray,
    /// Whether closing leaves the app in the tray, as it was last chosen: the main thread asks, and cannot wait for a file.
    closes_to_tray: AtomicBool,
    /// A page puts into words what is to be shown.
    has_page: AtomicBool,
    login: Option<Login>,
    /// The open folder, once there is one.
    app: Mutex<Weak<Igny8>>,
}

/// The window as the app's desktop.
struct Window<R: Runtime> {
    handle: AppHandle<R>,
    sight: Arc<Sight>,
}

impl<R: Runtime> Desktop for Window<R> {
    fn is_looked_at(&self) -> bool {
        self.sight.is_focused.load(Ordering::Acquire) && !self.sight.is_hidden.load(Ordering::Acquire)
    }

    fn show(&self, popup: &Popup) {
        // Where no page listens, the list has it.
        drop(PopupEvent(popup.clone()).emit(&self.handle));
    }

    fn come_forward(&self) {
        show(&self.handle, &self.sight);
    }
}

/// A desktop that has nothing.
struct NoDesktop;

impl Desktop for NoDesktop {
    fn is_looked_at(&self) -> bool {
        false
    }

    fn show(&self, _popup: &Popup) {}

    fn come_forward(&self) {}
}

impl Desk {
    /// A desk without a desktop, for tests of what can be called.
    #[must_use]
    pub fn without_desktop() -> Self {
        Self {
            desktop: Arc::new(NoDesktop),
            pop: Arc::new(|_, _, _| {}),
            sight: Arc::default(),
            tray: Tray::none(),
            closes_to_tray: AtomicBool::new(false),
            has_page: AtomicBool::new(false),
            login: None,
            app: Mutex::default(),
        }
    }

    /// The desk of an app. The tray is looked for behind it.
    pub(crate) fn of<R: Runtime>(handle: &AppHandle<R>, login: Option<Login>) -> Self {
        let sight: Arc<Sight> = Arc::default();
        sight.is_hidden.store(true, Ordering::Release);
        let desktop: Arc<dyn Desktop> = Arc::new(Window { handle: handle.clone(), sight: Arc::clone(&sight) });
        let (summoned, gone) = (handle.clone(), (handle.clone(), Arc::clone(&sight)));
        popups::when_clicked(handle, {
            let desktop = Arc::clone(&desktop);
            move |notice| {
                desktop.come_forward();
                if notice == IN_TRAY {
                    return;
                }
                let notice = (notice != SEVERAL).then(|| notice.to_string());
                drop(SummonedEvent { notice }.emit(&summoned));
            }
        });
        let pop = handle.clone();
        Self {
            tray: Tray::of(handle, Arc::clone(&desktop), move || {
                // A window that nobody could get back is shown.
                if gone.1.is_hidden.load(Ordering::Acquire) {
                    show(&gone.0, &gone.1);
                }
            }),
            desktop,
            pop: Arc::new(move |id, title, body| popups::show(&pop, id, title, body)),
            sight,
            closes_to_tray: AtomicBool::new(true),
            has_page: AtomicBool::new(false),
            login,
            app: Mutex::default(),
        }
    }

    /// Shows the window, or with `in_tray` only where no tray appears.
    pub(crate) fn begin(self: &Arc<Self>, in_tray: bool) {
        if !in_tray {
            return self.desktop.come_forward();
        }
        let desk = Arc::clone(self);
        tauri::async_runtime::spawn(async move {
            desk.tray.appears_within(TRAY_WAIT).await;
            if !desk.tray.is_there() {
                desk.desktop.come_forward();
            }
        });
    }

    /// Begins what the desktop does for an open folder: it heeds other starts and keeps the tray as things are.
    pub(crate) async fn attend(&self, app: &Arc<Igny8>) {
        *self.app.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(app);
        app.heed_callers(Arc::clone(&self.desktop));
        self.tray.follow(app);
        if self.has_page.load(Ordering::Acquire) {
            app.tell_desktop(Arc::clone(&self.desktop));
        }
        if let Ok(closes) = igny8_app::commands::desktop::closes_to_tray(app).await {
            self.closes_to_tray.store(closes, Ordering::Release);
        }
    }

    /// A page listens from now on: what is to be shown can be put into words, also of a folder that is opened later.
    pub(crate) fn listen(&self) {
        self.has_page.store(true, Ordering::Release);
    }

    /// Begins to give the system's notifications what is to be shown.
    pub(crate) fn tell(&self, app: &Igny8) {
        app.tell_desktop(Arc::clone(&self.desktop));
    }

    /// Shows a notification of the system.
    pub(crate) fn pop(&self, notice: Option<&str>, title: &str, body: &str) {
        let notice = notice.and_then(|id| id.parse().ok()).unwrap_or(SEVERAL);
        (self.pop)(notice, title, body);
    }

    /// What the desktop offers, and what was chosen of it.
    pub(crate) async fn view(&self, app: &Igny8) -> Result<DesktopView, Fault> {
        let closes_to_tray = igny8_app::commands::desktop::closes_to_tray(app).await?;
        Ok(DesktopView {
            has_tray: self.tray.is_there(),
            closes_to_tray,
            starts_at_login: self.login.as_ref().is_some_and(Login::is_on),
            can_start_at_login: self.login.is_some(),
            has_popups: popups::are_there().await,
        })
    }

    /// Chooses what closing the window means.
    pub(crate) async fn set_closes_to_tray(&self, app: &Igny8, closes: bool) -> Result<(), Fault> {
        igny8_app::commands::desktop::closes_to_tray_set(app, closes).await?;
        self.closes_to_tray.store(closes, Ordering::Release);
        Ok(())
    }

    /// Chooses whether the app starts when the user signs in.
    pub(crate) async fn set_starts_at_login(&self, app: &Igny8, starts: bool) -> Result<(), Fault> {
        let Some(login) = &self.login else { return Err(Fault::WrongState { what: "login".to_owned() }) };
        login.set(starts)?;
        // What the system keeps is the truth; that it changed is told like any other change.
        igny8_app::commands::desktop::announce(app).await
    }

    /// Notes what happens to the window. Closing it only hides it, where a tray keeps the app at hand.
    pub(crate) fn heed<R: Runtime>(&self, window: &tauri::Window<R>, event: &WindowEvent) {
        match event {
            WindowEvent::Focused(is_focused) => self.sight.is_focused.store(*is_focused, Ordering::Release),
            WindowEvent::CloseRequested { api, .. }
                if self.tray.is_there() && self.closes_to_tray.load(Ordering::Acquire) =>
            {
                api.prevent_close();
                self.sight.is_hidden.store(true, Ordering::Release);
                // A window that cannot be hidden stays, which is no harm.
                drop(window.hide());
                self.tell_where_it_went();
            }
            _ => {}
        }
    }

    /// Says for the first time, where somebody shows it, that a window which was closed is in the tray: it looks like a
    /// program that has ended.
    fn tell_where_it_went(&self) {
        let app = self.app.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
        let (Some(app), pop) = (app, Arc::clone(&self.pop)) else { return };
        tauri::async_runtime::spawn(async move {
            if popups::are_there().await == Some(false) {
                return;
            }
            // A file that fails is told by whatever is asked of it next.
            if igny8_app::commands::desktop::meets_tray(&app).await.is_ok_and(|is_first| is_first) {
                pop(IN_TRAY, words::IN_TRAY, words::GOES_ON);
            }
        });
    }
}

fn show<R: Runtime>(handle: &AppHandle<R>, sight: &Arc<Sight>) {
    sight.is_hidden.store(false, Ordering::Release);
    let window = handle.clone();
    // An app that is ending has no window to show, and none of the rest can fail in a way the user could act on.
    drop(handle.run_on_main_thread(move || {
        if let Some(window) = window.get_webview_window("main") {
            drop(window.show());
            drop(window.unminimize());
            drop(window.set_focus());
        }
    }));
}
