//! The item itself: its picture, its menu and what a click does. It lives on a thread of its own, which never waits for
//! the window's.

use super::super::words;
use crate::surface::SummonedEvent;
use igny8_app::dto::desktop::TrayFacts;
use igny8_app::{Desktop, Igny8};
use ksni::blocking::{Handle, TrayMethods};
use ksni::menu::{MenuItem, StandardItem};
use ksni::{Icon, OfflineReason, ToolTip};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tauri::{AppHandle, Runtime};
use tauri_specta::Event;
use tokio::sync::watch;

/// What a click asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Open,
    Notifications,
    /// Pauses all AI work, or goes on with it.
    Pause(bool),
    Quit,
}

/// Where the item is, once it is there, and the open folder that it acts on.
#[derive(Default)]
pub(super) struct Slot {
    handle: Mutex<Option<Handle<Item>>>,
    app: Mutex<Weak<Igny8>>,
}

/// The item.
struct Item {
    facts: TrayFacts,
    picture: Vec<Icon>,
    act: Box<dyn Fn(Act) + Send>,
    is_there: Arc<watch::Sender<bool>>,
    is_offline: Arc<AtomicBool>,
    gone: Box<dyn Fn() + Send>,
}

impl Slot {
    /// The folder that clicks are about from now on.
    pub(super) fn own(&self, app: &Arc<Igny8>) {
        *self.app.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(app);
    }

    /// Draws the item anew.
    pub(super) async fn say(&self, facts: TrayFacts) {
        let handle = self.handle.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(handle) = handle {
            // It waits for the item's own thread.
            let said = tauri::async_runtime::spawn_blocking(move || handle.update(|item| item.facts = facts));
            drop(said.await);
        }
    }

    fn app(&self) -> Option<Arc<Igny8>> {
        self.app.lock().unwrap_or_else(PoisonError::into_inner).upgrade()
    }
}

/// Puts the item up, behind the start: a bus that hangs holds nobody up.
pub(super) fn appear<R: Runtime>(
    handle: &AppHandle<R>,
    desktop: Arc<dyn Desktop>,
    slot: Arc<Slot>,
    is_there: watch::Sender<bool>,
    gone: impl Fn() + Send + Sync + 'static,
) {
    let (is_there, is_offline) = (Arc::new(is_there), Arc::new(AtomicBool::new(false)));
    let item = Item {
        facts: TrayFacts::default(),
        picture: handle.default_window_icon().map(|icon| vec![picture(icon)]).unwrap_or_default(),
        act: act(handle.clone(), desktop, Arc::downgrade(&slot)),
        is_there: Arc::clone(&is_there),
        is_offline: Arc::clone(&is_offline),
        gone: Box::new(gone),
    };
    std::thread::spawn(move || {
        // Without a panel it waits for one; without a bus there is no tray.
        let Ok(handle) = item.assume_sni_available(true).spawn() else { return };
        *slot.handle.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
        if !is_offline.load(Ordering::Acquire) {
            is_there.send_replace(true);
        }
    });
}

fn act<R: Runtime>(handle: AppHandle<R>, desktop: Arc<dyn Desktop>, slot: Weak<Slot>) -> Box<dyn Fn(Act) + Send> {
    Box::new(move |act| match act {
        Act::Open => desktop.come_forward(),
        Act::Notifications => {
            desktop.come_forward();
            // A page that is not there yet shows what it shows at first.
            drop(SummonedEvent { notice: None }.emit(&handle));
        }
        // What goes on costs something: the window says what, above every page, beside the button.
        Act::Pause(false) => desktop.come_forward(),
        Act::Pause(true) => {
            let Some(app) = slot.upgrade().and_then(|slot| slot.app()) else { return };
            tauri::async_runtime::spawn(async move {
                // What did not become so has a notice of its own, and is not said to be: the item is drawn from what is stored.
                drop(igny8_app::commands::all_work::pause_all(&app).await);
            });
        }
        Act::Quit => handle.exit(0),
    })
}

/// The app's picture as the protocol wants it: alpha first, in network order.
fn picture(icon: &tauri::image::Image<'_>) -> Icon {
    let data = icon.rgba().chunks_exact(4).flat_map(|pixel| match pixel {
        [red, green, blue, alpha] => [*alpha, *red, *green, *blue],
        _ => [0; 4],
    });
    Icon {
        width: i32::try_from(icon.width()).unwrap_or(0),
        height: i32::try_from(icon.height()).unwrap_or(0),
        data: data.collect(),
    }
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "igny8".to_owned()
    }

    fn title(&self) -> String {
        words::NAME.to_owned()
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        self.picture.clone()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: words::NAME.to_owned(),
            description: format!("{}\n{}", words::running(&self.facts), words::next(&self.facts)),
            ..ToolTip::default()
        }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        (self.act)(Act::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let (switch, pauses) = words::switch(&self.facts);
        vec![
            line(words::OPEN, Some(Act::Open)),
            MenuItem::Separator,
            line(&words::next(&self.facts), None),
            line(&words::running(&self.facts), None),
            line(&words::unread(&self.facts), (self.facts.unread > 0).then_some(Act::Notifications)),
            MenuItem::Separator,
            line(switch, Some(Act::Pause(pauses))),
            line(words::QUIT, Some(Act::Quit)),
        ]
    }

    fn watcher_online(&self) {
        self.is_offline.store(false, Ordering::Release);
        self.is_there.send_replace(true);
    }

    fn watcher_offline(&self, _reason: OfflineReason) -> bool {
        self.is_offline.store(true, Ordering::Release);
        if self.is_there.send_replace(false) {
            (self.gone)();
        }
        // It may come back.
        true
    }
}

/// A line of the menu; one that does nothing only says something. An underscore would mark a key.
fn line(label: &str, act: Option<Act>) -> MenuItem<Item> {
    StandardItem {
        label: label.replace('_', "__"),
        enabled: act.is_some(),
        activate: Box::new(move |item: &mut Item| {
            if let Some(act) = act {
                (item.act)(act);
            }
        }),
        ..StandardItem::default()
    }
    .into()
}
