//! Notices: one row for one cause, seen, hidden and shown again.

use super::{NewNotification, NotificationFilter, UNREAD};
use crate::fixture::{Bench, NOW, plan};
use crate::table::site::{NewSite, SiteFields};
use igny8_core::id::NotificationId;
use igny8_core::on_site::BodyForm;
use igny8_core::status::{DestinationKind, ImageFormat, Severity};
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

fn sample() -> NewSite {
    let fields = SiteFields {
        name: "Morning Cup".to_owned(),
        url: String::new(),
        user_name: String::new(),
        language: "en".to_owned(),
        zone: "UTC".to_owned(),
        brand_color: "#102030".to_owned(),
        in_article_images: 1,
        image_format: ImageFormat::WebP,
        body_form: BodyForm::Blocks,
        has_contents: false,
        goes_on_by_itself: false,
    };
    NewSite { kind: DestinationKind::Folder, is_sample: true, fields }
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
fn the_notices_of_a_sample_go_with_it_and_come_back_with_it() {
    let mut bench = three();
    let sample = bench.write(|write| write.site_add(&sample(), NOW)).unwrap();
    let of_sample = NewNotification { site: Some(sample), ..notice("d") };
    bench.write(move |write| write.notify(&of_sample, NOW)).unwrap();
    let shown = |bench: &mut Bench| {
        let page = bench.read(|read| read.notifications_page(&NotificationFilter::default(), None, 9));
        (unread(bench), page.rows.len(), page.total)
    };
    assert_eq!(shown(&mut bench), (4, 4, 4));
    bench.write(move |write| write.site_remove(sample, NOW)).unwrap();
    assert_eq!(shown(&mut bench), (3, 3, 3), "at once, and not at the next start");
    bench.write(|write| write.mark_notifications_read(&[], NOW)).unwrap();
    bench.write(move |write| write.site_restore(sample)).unwrap();
    assert_eq!(shown(&mut bench), (1, 4, 4), "what was out of sight when all were marked had not been seen");
}

#[test]
fn unread_notices_are_counted_by_their_index() {
    let plan = plan(&mut Bench::new(), UNREAD);
    assert!(plan.contains("INDEX notification_unread"), "{plan}");
}
