//! Notices: one row for one cause, seen, hidden and shown again.

use super::{NewNotification, UNREAD};
use crate::fixture::{Bench, NOW, plan};
use igny8_core::id::NotificationId;
use igny8_core::status::Severity;
use std::collections::BTreeMap;

fn notice(dedupe: &str) -> NewNotification {
    NewNotification {
        notification_type: "ai_image_success".to_owned(),
        severity: Severity::Success,
        site: None,
        operation: None,
        related_type: "",
        related_id: 0,
        params: BTreeMap::new(),
        dedupe: dedupe.to_owned(),
    }
}

fn unread(bench: &mut Bench) -> u32 {
    bench.read(|read| read.unread_notifications())
}

fn three() -> Bench {
    let mut bench = Bench::new();
    for dedupe in ["a", "b", "c"] {
        assert_eq!(bench.write(move |write| write.notify(&notice(dedupe), NOW)), Ok(true));
    }
    bench
}

#[test]
fn the_same_cause_is_one_notice() {
    let mut bench = three();
    assert_eq!(bench.write(|write| write.notify(&notice("a"), NOW.plus_ms(1))), Ok(false));
    assert_eq!(unread(&mut bench), 3);
}

#[test]
fn notices_are_seen_one_by_one_or_all_at_once() {
    let mut bench = three();
    bench.write(|write| write.mark_notifications_read(&[NotificationId(2)], NOW)).unwrap();
    assert_eq!(unread(&mut bench), 2);
    bench.write(|write| write.mark_notifications_read(&[], NOW.plus_ms(1))).unwrap();
    assert_eq!(unread(&mut bench), 0);
}

#[test]
fn a_hidden_notice_comes_back_as_it_was() {
    let mut bench = three();
    bench.write(|write| write.mark_notifications_read(&[NotificationId(1)], NOW)).unwrap();
    let both = [NotificationId(1), NotificationId(2)];
    bench.write(move |write| write.remove_notifications(&both, NOW)).unwrap();
    assert_eq!(unread(&mut bench), 1);
    bench.write(|write| write.mark_notifications_read(&[], NOW)).unwrap();
    bench.write(move |write| write.restore_notifications(&both)).unwrap();
    assert_eq!(unread(&mut bench), 1, "what was hidden when all were marked had not been seen");
}

#[test]
fn unread_notices_are_counted_by_their_index() {
    let plan = plan(&mut Bench::new(), UNREAD);
    assert!(plan.contains("INDEX notification_unread"), "{plan}");
}
