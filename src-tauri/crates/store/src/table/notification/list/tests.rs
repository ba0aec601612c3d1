//! Notices by pages.

use super::{NotificationFilter, PAGE};
use crate::fixture::{Bench, SITE, open_operation, operation_id, plan};
use crate::table::notification::NewNotification;
use igny8_core::id::NotificationId;
use igny8_core::status::Severity;
use igny8_core::time::UtcMs;
use std::collections::BTreeMap;

/// Notices 1 to 5, one an instant: 1 and 2 of the site, 2 and 4 errors, 3 seen, 5 hidden.
fn five() -> Bench {
    let mut bench = Bench::new();
    let done = bench.write(|write| {
        let operation = open_operation(write, 1, 1)?;
        for n in 1..=5 {
            let new = NewNotification {
                notification_type: "ai_image_failed".to_owned(),
                severity: if n % 2 == 0 { Severity::Error } else { Severity::Info },
                site: (n <= 2).then_some(SITE),
                operation: (n == 1).then_some(operation),
                related_type: if n == 1 { "content" } else { "" },
                related_id: if n == 1 { 7 } else { 0 },
                params: BTreeMap::from([("images", n.to_string())]),
                dedupe: n.to_string(),
            };
            write.notify(&new, UtcMs(n))?;
        }
        write.mark_notifications_read(&[NotificationId(3)], UtcMs(9))?;
        write.remove_notifications(&[NotificationId(5)], UtcMs(9))
    });
    assert_eq!(done, Ok(()));
    bench
}

fn ids(bench: &mut Bench, filter: &NotificationFilter) -> (Vec<i64>, u32) {
    let filter = filter.clone();
    let page = bench.read(move |read| read.notifications_page(&filter, None, 9));
    (page.rows.iter().map(|row| row.id.0).collect(), page.total)
}

#[test]
fn notices_are_paged_newest_first() {
    let mut bench = five();
    let first = bench.read(|read| read.notifications_page(&NotificationFilter::default(), None, 3));
    assert_eq!(first.rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), [4, 3, 2]);
    assert_eq!(first.total, 4, "hidden ones do not count");
    let cursor = first.next_cursor.unwrap();
    let last = bench.read(move |read| read.notifications_page(&NotificationFilter::default(), Some(&cursor), 3));
    assert_eq!((last.rows.len(), last.next_cursor, last.total), (1, None, 4));
    let row = &last.rows[0];
    assert_eq!((row.site, row.operation), (Some(SITE), Some(operation_id(1))));
    assert_eq!((row.related_type.as_str(), row.related_id), ("content", 7));
    assert_eq!(row.params, BTreeMap::from([("images".to_owned(), "1".to_owned())]));
    assert_eq!((row.severity, row.read_at, row.created_at), (Severity::Info, UtcMs(0), UtcMs(1)));
}

#[test]
fn notices_are_narrowed() {
    let mut bench = five();
    let all = NotificationFilter::default();
    assert_eq!(ids(&mut bench, &all), (vec![4, 3, 2, 1], 4));
    assert_eq!(ids(&mut bench, &NotificationFilter { site: Some(SITE), ..all.clone() }), (vec![2, 1], 2));
    let errors = NotificationFilter { severities: vec![Severity::Error], ..all.clone() };
    assert_eq!(ids(&mut bench, &errors), (vec![4, 2], 2));
    let unread = NotificationFilter { is_unread: true, ..all };
    assert_eq!(ids(&mut bench, &unread), (vec![4, 2, 1], 3));
}

#[test]
fn pages_walk_the_time_index() {
    let plan = plan(&mut Bench::new(), PAGE);
    assert!(plan.contains("USING INDEX notification_by_time") && !plan.contains("TEMP B-TREE"), "{plan}");
}
