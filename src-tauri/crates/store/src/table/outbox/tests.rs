//! The outbox as a queue: what may be tried, whose hands it is in, and how it is found again.

use super::*;
use crate::fixture::{Bench, INSTANCE, NOW, SITE};
use crate::table::sample::{bench, content};
use igny8_core::outbox::{AT_ONCE_MAX, LONGEST_WAIT_MS, OutboxPlace, SiteHealth};
use uuid::Uuid;

fn id(number: u128) -> OutboxId {
    OutboxId(Uuid::from_u128(number))
}

/// Approved articles whose deliveries were asked for, oldest first, under ids from 1.
fn asked(count: u128) -> (Bench, Vec<ContentId>) {
    let (mut bench, sector) = bench();
    let contents = (1..=count).map(|number| {
        bench.write(move |write| {
            let at = NOW.plus_ms(i64::try_from(number).unwrap_or(0));
            let content = write.content_add(&content(sector, &format!("Tea {number}")), at)?;
            write.content_send_to_review(&[content], at)?;
            write.content_approve(&[content], at)?;
            write.open_outbox_entry(id(number), content, SITE, 1, &format!("tea-{number}-0123456789"), at)?;
            write.content_start_publishing(content, at)?;
            Ok::<_, StoreError>(content)
        })
    });
    let contents = contents.collect::<Result<_, _>>().unwrap();
    (bench, contents)
}

fn due(bench: &mut Bench, now: UtcMs) -> Vec<OutboxId> {
    bench.read(move |read| read.due_outbox(now)).into_iter().map(|due| due.id).collect()
}

fn take(bench: &mut Bench, number: u128) -> bool {
    bench.write(move |write| write.take_outbox(id(number), INSTANCE, 1, NOW)).unwrap()
}

#[test]
fn the_oldest_go_first_and_what_is_in_hand_is_nobody_elses() {
    let (mut bench, _) = asked(4);
    assert_eq!(due(&mut bench, NOW), [id(1), id(2)], "of one site as many as go out at once: {AT_ONCE_MAX}");
    assert!(take(&mut bench, 1) && !take(&mut bench, 1), "once");
    assert_eq!(due(&mut bench, NOW), [id(2), id(3)]);
    let row = bench.read(|read| read.outbox_entry(id(1)));
    assert!(row.is_in_hand && row.attempts == 1, "{row:?}");
    // A process that ended holds nothing.
    assert_eq!(bench.write(|write| write.void_deliveries(INSTANCE, &[id(1)])), Ok(0), "it is ours, and at work");
    assert_eq!(bench.write(|write| write.void_deliveries(INSTANCE, &[])), Ok(1), "it was left behind");
    assert!(take(&mut bench, 1));
    assert_eq!(bench.write(|write| write.void_deliveries(Uuid::from_u128(7), &[id(1)])), Ok(1), "of another process");
    assert_eq!(due(&mut bench, NOW), [id(1), id(2)]);
}

#[test]
fn what_waits_is_due_at_its_time_and_no_site_that_rests_is_asked() {
    let (mut bench, _) = asked(2);
    let later = NOW.plus_ms(30_000);
    bench.write(move |write| write.postpone_outbox(id(1), ("unreachable", ""), 2, later, NOW)).unwrap();
    assert_eq!(due(&mut bench, NOW), [id(2)]);
    assert_eq!(bench.read(|read| read.next_outbox_after(NOW)), Some(later));
    assert_eq!(bench.read(|read| read.outbox_waits_until(id(1))), Some(later));
    assert_eq!(due(&mut bench, later), [id(1), id(2)]);
    let rests = SiteHealth { failures: 4, rests_until: later.plus_ms(60_000) };
    bench.write(move |write| write.set_site_health(SITE, rests)).unwrap();
    assert_eq!(due(&mut bench, later), []);
    assert_eq!(bench.read(move |read| read.next_outbox_after(later)), Some(rests.rests_until));
    let back = bench.read(move |read| read.due_outbox(rests.rests_until));
    assert_eq!((back.len(), back[0].health), (2, rests), "it is due with how its site fares");
    assert_eq!(due(&mut bench, later.plus_ms(-40 * LONGEST_WAIT_MS)), [id(1), id(2)], "the clock was set back");
    // Whoever asks is heard at once.
    let row = bench.read(|read| read.outbox_entry(id(1)));
    bench.write(move |write| write.hurry_outbox(&row, false, NOW)).unwrap();
    assert_eq!(due(&mut bench, NOW), [], "but the site rests");
    bench.write(|write| write.rouse_site(SITE)).unwrap();
    assert_eq!(due(&mut bench, NOW), [id(1), id(2)]);
    let row = bench.read(|read| read.outbox_entry(id(1)));
    assert_eq!((row.setbacks, row.error_code.as_str()), (0, ""));
}

#[test]
fn the_list_says_where_each_stands_and_leaves_out_what_is_over() {
    let (mut bench, contents) = asked(4);
    assert!(take(&mut bench, 1));
    let later = NOW.plus_ms(30_000);
    let parked = contents[2];
    bench
        .write(move |write| {
            write.postpone_outbox(id(2), ("busy", ""), 0, later, NOW)?;
            write.outbox_failed(id(3), "auth", "", NOW)?;
            write.content_publish_failed(parked, NOW)
        })
        .unwrap();
    let all = OutboxFilter::default();
    let page = bench.read(move |read| read.outbox_page(&all, None, 100));
    let places: Vec<_> = page.rows.iter().map(|row| (row.id, row.place, row.next_try_at)).collect();
    let expected = [
        (id(4), OutboxPlace::Queued, None),
        (id(3), OutboxPlace::Parked, None),
        (id(2), OutboxPlace::Waiting, Some(later)),
        (id(1), OutboxPlace::InHand, None),
    ];
    assert_eq!((places.as_slice(), page.total), (&expected[..], 4));
    let first = bench.read(|read| read.outbox_page(&OutboxFilter::default(), None, 3));
    let rest = bench.read(move |read| read.outbox_page(&OutboxFilter::default(), first.next_cursor.as_deref(), 3));
    assert_eq!(rest.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id(1)]);
    let filter = OutboxFilter { places: vec![OutboxPlace::Parked], ..OutboxFilter::default() };
    assert_eq!(bench.read(move |read| read.outbox_count(&filter)), 1);

    let gone = bench.write(|write| write.discard_outbox(&[id(1), id(2), id(3)], NOW)).unwrap();
    assert_eq!(gone.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id(2), id(3)], "nobody takes out what is in hand");
    assert_eq!(bench.read(|read| read.outbox_count(&OutboxFilter::default())), 2);
    assert_eq!(bench.write(|write| write.restore_outbox(&[id(2), id(3)], NOW)), Ok(vec![id(2), id(3)]));
    let back = bench.read(|read| read.outbox_page(&OutboxFilter::default(), None, 100));
    assert_eq!(back.rows[1].place, OutboxPlace::Parked, "as it stood");
    let mut park = |pages| bench.write(move |w| w.park_outbox_of((SITE, pages), "auth", "", NOW)).unwrap().len();
    assert_eq!(park(Some(true)), 0, "none of them is a page");
    assert_eq!(park(Some(false)), 2, "but what is in hand");
}
