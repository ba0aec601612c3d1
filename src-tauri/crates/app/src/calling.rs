//! A second start on a data folder that a window has already: it asks that window to come forward, through the file, and
//! ends. So one folder has one window, with or without a session bus, and two folders may have one each.

use crate::folder::{DataFolder, FolderError};
use crate::system::SystemClock;
use igny8_core::port::Clock;
use igny8_store::table::window_request::Caller;
use std::thread;
use std::time::Duration;

/// How often the folder is asked about, and how long between: ten seconds in all. A window looks twice a second, and
/// later on a machine that is busy; one that is being closed lets go of the folder meanwhile.
const ASKED_MAX: usize = 100;
const BETWEEN: Duration = Duration::from_millis(100);
/// How long that is in milliseconds: who asked longer ago has ended.
pub(crate) const CALL_MS: i64 = 10_000;

/// Whose a data folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Nobody's, or it cannot be told: whoever opens it learns why.
    Not,
    /// A window's, which has come forward.
    ByWindow,
    /// Somebody's who shows no window.
    BySilent,
}

/// Asks whoever has a data folder to come forward. Blocks for some seconds where nobody answers.
#[must_use]
pub fn call_window(folder: &DataFolder) -> Taken {
    let mut caller = None;
    for _ in 0..ASKED_MAX {
        // Tried and let go of at once: the app takes it for good a moment later.
        match folder.lock() {
            Err(FolderError::InUse) => {}
            Ok(_) | Err(FolderError::NoHome | FolderError::Linked { .. } | FolderError::Io { .. }) => {
                return Taken::Not;
            }
        }
        if caller.is_none() {
            // A file that is only just being made or brought up to date takes a call a moment later.
            caller = Caller::call(&folder.database(), SystemClock::new().now()).ok();
        }
        if caller.as_ref().is_some_and(|caller| caller.is_answered().unwrap_or(false)) {
            return Taken::ByWindow;
        }
        thread::sleep(BETWEEN);
    }
    Taken::BySilent
}
