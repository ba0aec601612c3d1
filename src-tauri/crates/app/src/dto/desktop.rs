//! What the desktop is given, and what the user chose about it.

use crate::dto::account::NotificationRow;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What the system is to show. The screen words it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Popup {
    /// The notice; absent where several are told together.
    pub notice: Option<NotificationRow>,
    /// How many it stands for.
    pub count: u32,
}

/// How far notices of a kind reach.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NoticeChoice {
    /// The kind, as notices name it.
    pub kind: String,
    /// What it is about: `work`, `articles`, `publishing`, `automation`, `credits`, `sites`, `models` or `system`.
    pub group: String,
    /// How much it matters as a rule: `info`, `success`, `warning` or `error`.
    pub severity: String,
    /// `none`: it is kept, and nobody is told; `app`: it stands in the list; `system`: the system shows it as well.
    pub channel: String,
    /// What it is when nothing is chosen.
    pub unless_chosen: String,
}

/// When the system shows nothing of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuietHoursView {
    /// Whether they are kept.
    pub is_on: bool,
    /// Time of day they begin, such as `22:00`.
    pub from: String,
    /// Time of day they end; before `from` when they last over midnight.
    pub until: String,
    /// The IANA zone whose clocks are meant: the user's, which is set elsewhere.
    pub zone: String,
}

/// What the desktop offers and what the user chose of it.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DesktopView {
    /// The system has a tray, and the app stands in it.
    pub has_tray: bool,
    /// Closing the window leaves the app at work in the tray, where there is one.
    pub closes_to_tray: bool,
    /// The app starts when the user signs in.
    pub starts_at_login: bool,
    /// The app can be set to start when the user signs in.
    pub can_start_at_login: bool,
    /// Somebody shows notifications of the system; absent where that cannot be asked.
    pub has_popups: Option<bool>,
}

/// What the tray says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrayFacts {
    /// The next publication.
    pub next: Option<TrayNext>,
    /// Sites at which a run is at work, by name.
    pub running: Vec<String>,
    /// Sites whose run is paused, by name.
    pub paused: Vec<String>,
    /// All AI work is paused, and none begins by itself.
    pub is_all_paused: bool,
    /// Notices not seen yet.
    pub unread: u32,
}

/// The next publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrayNext {
    /// Title of the article.
    pub title: String,
    /// What the clocks of its site show then, such as `2026-12-01T09:00`.
    pub wall: String,
}
