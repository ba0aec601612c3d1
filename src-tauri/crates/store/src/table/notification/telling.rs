//! Notices that the system still has to be given. Each waits in the file until that is settled, so that one that was
//! written while no window was there, or while it was quiet, is not lost to the system either. Given twice after a crash
//! is harmless.

use super::list::{NotificationRow, read_notification};
use super::shown;
use crate::{Read, StoreError, Write};
use igny8_core::id::NotificationId;
use igny8_core::time::UtcMs;
use rusqlite::params;

/// What waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untold {
    /// The oldest, as many as were asked for.
    pub rows: Vec<NotificationRow>,
    /// How many there are in all.
    pub count: u32,
    /// The newest of them by its place; what comes behind it was not looked at.
    pub through: NotificationId,
}

const UNTOLD: &str = concat!(
    "select id, notification_type, severity, site_id, operation_id, related_type, related_id, params, read_at, is_silent,
       created_at
     from notification indexed by notification_untold
     where told_at = 0 and read_at = 0 and ",
    shown!(),
    " order by id limit ?1"
);

const COUNT: &str = concat!(
    "select count(*), coalesce(max(id), 0) from notification indexed by notification_untold
     where told_at = 0 and read_at = 0 and ",
    shown!()
);

impl Read<'_> {
    /// Notices that the system still has to be given, `most` of them at the most. What was seen in the list needs no more
    /// telling.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn untold_notifications(&self, most: u32) -> Result<Untold, StoreError> {
        let mut counted = self.conn.prepare_cached(COUNT)?;
        let (count, through) = counted.query_row([], |row| Ok((row.get(0)?, NotificationId(row.get(1)?))))?;
        let mut statement = self.conn.prepare_cached(UNTOLD)?;
        let rows = statement.query_map(params![most], read_notification)?.collect::<Result<_, _>>()?;
        Ok(Untold { rows, count, through })
    }
}

impl Write<'_> {
    /// Settles that all notices up to a place were given to the system, or need not be. No screen shows it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn notifications_told(&mut self, through: NotificationId, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update notification indexed by notification_untold set told_at = ?2 where told_at = 0 and id <= ?1",
            )?
            .execute(params![through.0, now.0.max(1)])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Bench, NOW, plan};
    use crate::table::notification::{NewNotification, NotificationFilter};
    use igny8_core::notice::Channel;
    use igny8_core::status::Severity;
    use std::collections::BTreeMap;

    fn notify(bench: &mut Bench, notification_type: &'static str, severity: Severity) {
        let dedupe = format!("{notification_type}:{}", bench.read(|read| read.newest_notification()));
        let new = NewNotification {
            notification_type: notification_type.to_owned(),
            severity,
            site: None,
            operation: None,
            related_type: "",
            related_id: 0,
            params: BTreeMap::new(),
            dedupe,
        };
        assert_eq!(bench.write(move |write| write.notify(&new, NOW)), Ok(true));
    }

    fn untold(bench: &mut Bench) -> Vec<String> {
        let untold = bench.read(|read| read.untold_notifications(9));
        assert_eq!(untold.rows.len(), untold.count as usize);
        untold.rows.into_iter().map(|row| row.notification_type).collect()
    }

    fn listed(bench: &mut Bench, is_silent: bool) -> Vec<String> {
        let filter = NotificationFilter { is_silent, ..NotificationFilter::default() };
        let page = bench.read(move |read| read.notifications_page(&filter, None, 9));
        page.rows.into_iter().map(|row| row.notification_type).collect()
    }

    #[test]
    fn each_kind_reaches_as_far_as_was_chosen_or_as_its_severity_says() {
        let mut bench = Bench::new();
        notify(&mut bench, "publish_failed", Severity::Error);
        notify(&mut bench, "content_published", Severity::Success);
        assert_eq!(untold(&mut bench), ["publish_failed"]);

        bench.write(|write| write.choose_channel("publish_failed", Some(Channel::None))).unwrap();
        bench.write(|write| write.choose_channel("content_published", Some(Channel::System))).unwrap();
        notify(&mut bench, "publish_failed", Severity::Error);
        notify(&mut bench, "content_published", Severity::Success);
        assert_eq!(
            untold(&mut bench),
            ["publish_failed", "content_published"],
            "the first of each kind stays as it was"
        );
        assert_eq!(listed(&mut bench, false), ["content_published", "content_published", "publish_failed"]);
        assert_eq!(listed(&mut bench, true), ["publish_failed"], "it is kept");
        assert_eq!(bench.read(|read| read.unread_notifications()), 3, "and does not count");

        bench.write(|write| write.choose_channel("publish_failed", None)).unwrap();
        assert_eq!(bench.read(|read| read.notice_choices()).len(), 1);
        notify(&mut bench, "publish_failed", Severity::Error);
        assert_eq!(bench.read(|read| read.unread_notifications()), 4);
    }

    #[test]
    fn what_was_told_or_seen_waits_no_longer_and_what_came_since_does() {
        let mut bench = Bench::new();
        (0..3).for_each(|_| notify(&mut bench, "publish_failed", Severity::Error));
        let seen = bench.read(|read| read.untold_notifications(2));
        assert_eq!((seen.rows.len(), seen.count), (2, 3));
        notify(&mut bench, "publish_failed", Severity::Error);
        bench.write(move |write| write.notifications_told(seen.through, NOW)).unwrap();
        assert_eq!(bench.read(|read| read.untold_notifications(9)).count, 1);
        bench.write(|write| write.mark_notifications_read(&[], NOW)).unwrap();
        assert!(untold(&mut bench).is_empty(), "it was seen in the list");
    }

    #[test]
    fn what_waits_is_found_by_its_index() {
        for query in [UNTOLD, COUNT] {
            let plan = plan(&mut Bench::new(), query);
            assert!(plan.contains("INDEX notification_untold"), "{plan}");
        }
    }
}
