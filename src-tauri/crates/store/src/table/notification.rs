//! Notices to the user. A row has a type and the numbers of its sentence; the sentence belongs to the screen. The
//! dedupe key makes the same cause one row, however often it is reported. How far a row reaches is settled when it is
//! written, by what was chosen for its type then.

mod choice;
mod list;
mod telling;

pub use list::{NotificationFilter, NotificationRow};
pub use telling::Untold;

use crate::{Read, StoreError, Write};
use igny8_core::id::{NotificationId, OperationId, SiteId};
use igny8_core::notice::{self, Channel};
use igny8_core::status::Severity;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::params;
use std::collections::BTreeMap;

/// A notice to write.
#[derive(Clone, Debug)]
pub struct NewNotification {
    /// Type, such as `ai_image_success`.
    pub notification_type: String,
    /// How much it matters.
    pub severity: Severity,
    /// Site it is about.
    pub site: Option<SiteId>,
    /// Operation it is about.
    pub operation: Option<OperationId>,
    /// What it is about: `content`, `site` … or empty.
    pub related_type: &'static str,
    /// Row of that, 0 for none.
    pub related_id: i64,
    /// Numbers and names of the sentence.
    pub params: BTreeMap<&'static str, String>,
    /// The same key is the same notice.
    pub dedupe: String,
}

/// What is there at all: neither hidden nor about a sample that was removed, with which all that was made in it goes, and
/// comes back when it is had back in time.
macro_rules! at_hand {
    () => {
        "removed_at = 0 and site_id not in (select id from site where is_sample = 1 and removed_at > 0)"
    };
}
pub(crate) use at_hand;

/// What counts: at hand, and not written for nobody.
macro_rules! shown {
    () => {
        concat!("is_silent = 0 and ", crate::table::notification::at_hand!())
    };
}
pub(crate) use shown;

/// Said which index: the planner takes either of the two, and one is of all notices there ever were.
const UNREAD: &str =
    concat!("select count(*) from notification indexed by notification_unread where read_at = 0 and ", shown!());

impl Read<'_> {
    /// Notices not seen yet.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn unread_notifications(&self) -> Result<u32, StoreError> {
        let mut statement = self.conn.prepare_cached(UNREAD)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The newest notice by its place; 0 before the first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_notification(&self) -> Result<i64, StoreError> {
        let mut statement = self.conn.prepare_cached("select coalesce(max(id), 0) from notification")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The particulars of the notices of a type behind a place, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn notifications_since(
        &self,
        place: i64,
        notification_type: &str,
    ) -> Result<Vec<BTreeMap<String, String>>, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select params from notification where id > ?1 and notification_type = ?2 order by id")?;
        let rows = statement.query_map(params![place, notification_type], |row| super::json(row, "params"))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write<'_> {
    /// Writes a notice; a known dedupe key changes nothing. Returns whether it is new. One that was chosen to reach nobody
    /// is kept as seen.
    ///
    /// # Errors
    /// When the file fails.
    pub fn notify(&mut self, new: &NewNotification, now: UtcMs) -> Result<bool, StoreError> {
        let chosen = self.notice_choice(&new.notification_type)?;
        let channel = chosen.unwrap_or_else(|| notice::channel_unless_chosen(&new.notification_type, new.severity));
        let (is_silent, settled) = (channel == Channel::None, now.0.max(1));
        let params = serde_json::to_string(&new.params).map_err(|error| StoreError::Statement(error.to_string()))?;
        let added = self
            .conn
            .prepare_cached(
                "insert into notification (notification_type, severity, site_id, operation_id, related_type, related_id,
                   params, dedupe, created_at, is_silent, read_at, told_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 on conflict (dedupe) do nothing",
            )?
            .execute(params![
                new.notification_type,
                new.severity.as_str(),
                new.site.map_or(0, |s| s.0),
                new.operation.as_ref().map(OperationId::as_bytes),
                new.related_type,
                new.related_id,
                params,
                new.dedupe,
                now.0,
                is_silent,
                if is_silent { settled } else { 0 },
                if channel == Channel::System { 0 } else { settled },
            ])?;
        self.touch(Topic::Notifications);
        Ok(added == 1)
    }

    /// Marks notices as seen; an empty list means all.
    ///
    /// # Errors
    /// When the file fails.
    pub fn mark_notifications_read(&mut self, ids: &[NotificationId], now: UtcMs) -> Result<(), StoreError> {
        if ids.is_empty() {
            self.conn
                .prepare_cached(concat!("update notification set read_at = ?1 where read_at = 0 and ", shown!()))?
                .execute(params![now.0])?;
        } else {
            let mut update =
                self.conn.prepare_cached("update notification set read_at = ?2 where id = ?1 and read_at = 0")?;
            for id in ids {
                update.execute(params![id.0, now.0])?;
            }
        }
        self.touch(Topic::Notifications);
        Ok(())
    }

    /// Hides notices.
    ///
    /// # Errors
    /// When the file fails.
    pub fn remove_notifications(&mut self, ids: &[NotificationId], now: UtcMs) -> Result<(), StoreError> {
        self.set_notifications_removed(ids, now)
    }

    /// Shows hidden notices again.
    ///
    /// # Errors
    /// When the file fails.
    pub fn restore_notifications(&mut self, ids: &[NotificationId]) -> Result<(), StoreError> {
        self.set_notifications_removed(ids, UtcMs(0))
    }

    fn set_notifications_removed(&mut self, ids: &[NotificationId], at: UtcMs) -> Result<(), StoreError> {
        let mut update = self.conn.prepare_cached("update notification set removed_at = ?2 where id = ?1")?;
        for id in ids {
            update.execute(params![id.0, at.0])?;
        }
        drop(update);
        self.touch(Topic::Notifications);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
