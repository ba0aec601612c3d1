//! A panel as desktops have one, on the session bus of a story: it takes the icons of programs in and shows their menus, by
//! the protocols of the real ones (StatusNotifierItem, com.canonical.dbusmenu).

use crate::Failure;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const WATCHER_PATH: &str = "/StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const ITEM_PATH: &str = "/StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// A line of a menu.
#[derive(Clone, Debug)]
pub struct Line {
    number: i32,
    pub label: String,
    pub is_enabled: bool,
}

/// The panel. Dropping it takes it away.
pub struct Panel {
    connection: Connection,
    items: Items,
}

type Items = Arc<Mutex<Vec<String>>>;
/// A node of a menu: its number, what is known of it, and its lines.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

struct Watcher(Items);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, _service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string);
        lock(&self.0).extend(sender);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        lock(&self.0).clone()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

impl Panel {
    /// Puts a panel on a session bus.
    ///
    /// # Errors
    /// When the bus does not take it.
    pub fn on(address: &str) -> Result<Self, Failure> {
        let items = Items::default();
        let connection = connection::Builder::address(address)
            .and_then(|builder| builder.serve_at(WATCHER_PATH, Watcher(Arc::clone(&items))))
            .and_then(|builder| builder.name(WATCHER))
            .and_then(connection::Builder::build)
            .map_err(said)?;
        Ok(Self { connection, items })
    }

    /// How many programs have put an icon up.
    pub fn icons(&self) -> usize {
        lock(&self.items).len()
    }

    /// The lines of the icon's menu that say something.
    ///
    /// # Errors
    /// When there is no icon, or it has no menu.
    pub fn menu(&self) -> Result<Vec<Line>, Failure> {
        let whole: &[&str] = &[];
        let (_, (_, _, children)): (u32, Node) =
            self.menu_proxy()?.call("GetLayout", &(0_i32, -1_i32, whole)).map_err(said)?;
        let mut lines = Vec::new();
        for child in children {
            let (number, known, _): Node = child.try_into().map_err(|error| said(zbus::Error::Variant(error)))?;
            let text = |name: &str| known.get(name).and_then(|value| <&str>::try_from(value).ok()).map(str::to_owned);
            let is_enabled = known.get("enabled").and_then(|value| bool::try_from(value).ok()).unwrap_or(true);
            lines.extend(text("label").map(|label| Line { number, label, is_enabled }));
        }
        Ok(lines)
    }

    /// Clicks a line of the menu.
    ///
    /// # Errors
    /// When there is none that says so, or it does nothing.
    pub fn click(&self, label: &str) -> Result<(), Failure> {
        let lines = self.menu()?;
        let line = lines.iter().find(|line| line.label == label && line.is_enabled);
        let line = line.ok_or_else(|| Failure::new(format!("{label:?} cannot be clicked: {lines:?}")))?;
        self.menu_proxy()?.call("Event", &(line.number, "clicked", Value::from(0_i32), 0_u32)).map_err(said)
    }

    fn menu_proxy(&self) -> Result<Proxy<'_>, Failure> {
        let item = lock(&self.items).last().cloned().ok_or_else(|| Failure::new("no icon was put up"))?;
        let icon = Proxy::new(&self.connection, item.clone(), ITEM_PATH, ITEM).map_err(said)?;
        let path: OwnedObjectPath = icon.get_property("Menu").map_err(said)?;
        Proxy::new(&self.connection, item, path, MENU).map_err(said)
    }
}

fn lock(items: &Items) -> MutexGuard<'_, Vec<String>> {
    items.lock().unwrap_or_else(PoisonError::into_inner)
}

fn said(error: zbus::Error) -> Failure {
    Failure::new(format!("the bus says {error}"))
}
