//! Posts as both sides know them, and the posts that a site had before.

use super::*;
use crate::fixture::{Bench, INSTANCE, NOW, SITE};
use crate::table::content::{ImportedPost, TakenIn, TakenOver};
use crate::table::sample::{bench, content};
use igny8_core::id::{OutboxId, SectorId};
use igny8_core::port::destination::RemotePost;
use igny8_core::receipt::ReceiptField;
use igny8_core::status::DeliveryStatus;

fn agreed(title: &str) -> Agreed {
    Agreed { title: Some(title.to_owned()), ..Agreed::default() }
}

fn theirs(title: &str) -> Theirs {
    let post = RemotePost { title: title.to_owned(), ..RemotePost::default() };
    Theirs { post, fields: vec![ReceiptField::Title], ..Theirs::default() }
}

/// A published article whose post is known.
fn known(bench: &mut Bench, sector: SectorId) -> ContentId {
    bench
        .write(move |w| {
            let id = w.content_add(&content(sector, "One"), NOW)?;
            w.content_send_to_review(&[id], NOW)?;
            w.content_approve(&[id], NOW)?;
            w.content_start_publishing(id, NOW)?;
            w.content_published(id, ("7", "https://garden.example/7"), NOW, NOW)?;
            w.site_post_agree((id, SITE), ("7", false), &agreed("One"))?;
            Ok::<_, StoreError>(id)
        })
        .unwrap()
}

#[test]
fn what_somebody_changed_is_kept_until_it_is_decided_or_agreed_on() {
    let (mut bench, sector) = bench();
    let id = known(&mut bench, sector);
    assert!(bench.write(move |w| w.site_post_edited(id, &theirs("Two"), NOW)).unwrap());
    assert!(!bench.write(move |w| w.site_post_edited(id, &theirs("Two"), NOW.plus_ms(5))).unwrap(), "no news");
    let found = bench.read(move |r| Ok((r.conflict(id)?, r.conflicts(Some(SITE))?, r.conflicts(Some(SiteId(9)))?)));
    let row = found.0.expect("it is to be decided");
    assert_eq!((row.theirs.clone(), row.found_at), (theirs("Two"), NOW));
    assert_eq!((found.1, found.2), (vec![row], vec![]));
    bench.write(move |w| w.site_post_settled(id)).unwrap();
    assert_eq!(bench.read(move |r| r.conflict(id)), None);

    bench.write(move |w| w.site_post_edited(id, &theirs("Three"), NOW).map(drop)).unwrap();
    bench.write(move |w| w.site_post_sending(id, &agreed("Ours"))).unwrap();
    bench.write(move |w| w.site_post_keep_featured(id, Some("9"), NOW)).unwrap();
    bench.write(move |w| w.site_post_agree((id, SITE), ("7", false), &agreed("Three"))).unwrap();
    let post = bench.read(move |r| r.site_post(id)).unwrap();
    assert_eq!((post.agreed, post.sent, post.found_at), (agreed("Three"), Agreed::default(), None));
    assert_eq!(post.kept_featured, Some(("9".to_owned(), NOW)), "the choice stays with the post");
    bench.write(move |w| w.site_post_agree((id, SITE), ("8", false), &agreed("Three"))).unwrap();
    assert_eq!(bench.read(move |r| r.site_post(id)).unwrap().kept_featured, None, "another post is another choice");
}

#[test]
fn what_is_seen_on_the_site_moves_the_delivery_and_an_article_on_its_way_is_left_alone() {
    let (mut bench, sector) = bench();
    let id = known(&mut bench, sector);
    let delivery = |bench: &mut Bench| bench.read(move |r| r.content(id)).delivery;
    assert!(bench.write(move |w| w.content_seen_off(id, NOW)).unwrap());
    assert_eq!(delivery(&mut bench), DeliveryStatus::NotPublished);
    let waits = |bench: &mut Bench, is_all| bench.read(move |r| r.without_date(SITE, is_all, 9));
    assert_eq!(waits(&mut bench, false), [], "somebody took it off: it gets no time by itself");
    assert_eq!(waits(&mut bench, true), [id]);
    assert!(!bench.write(move |w| w.content_seen_off(id, NOW)).unwrap(), "it is off already");
    let due = NOW.plus_ms(1_000);
    assert!(bench.write(move |w| w.content_seen_scheduled(id, due, NOW)).unwrap());
    assert_eq!(bench.read(move |r| r.content(id)).scheduled_publish_at, Some(due));
    assert!(bench.write(move |w| w.content_seen_public(id, ("7", "u"), true, NOW, NOW)).unwrap());
    let row = bench.read(move |r| r.content(id));
    assert_eq!((row.delivery, row.is_behind), (DeliveryStatus::Published, true));

    let (delivery_of, taken) =
        (OutboxId(uuid::Uuid::from_u128(1)), TakenOver { title: "Two".to_owned(), ..TakenOver::default() });
    bench
        .write(move |w| {
            w.open_outbox_entry(delivery_of, id, SITE, 1, "one-0123456789", NOW)?;
            w.content_start_publishing(id, NOW)
        })
        .unwrap();
    assert!(!bench.write(move |w| w.content_seen_off(id, NOW)).unwrap());
    assert!(!bench.write(move |w| w.content_seen_retitled(id, "Two")).unwrap());
    let waits = taken.clone();
    assert_eq!(bench.write(move |w| w.content_take_over(id, &waits, NOW)), Ok(()), "it only waits to be sent");
    assert!(bench.write(move |w| w.take_outbox(delivery_of, INSTANCE, 1, NOW)).unwrap());
    let refused = bench.write(move |w| w.content_take_over(id, &taken, NOW));
    assert_eq!(refused, Err(StoreError::WrongState("content")));
    assert_eq!(delivery(&mut bench), DeliveryStatus::Publishing);
}

#[test]
fn what_was_taken_over_whole_is_on_the_site_and_the_rest_is_to_be_sent() {
    let (mut bench, sector) = bench();
    let id = known(&mut bench, sector);
    let before = bench.read(move |r| r.content(id));
    for (is_all, html) in [(true, Some(("<p>Theirs.</p>".to_owned(), 1))), (false, None)] {
        let taken = TakenOver { title: "Two".to_owned(), html: html.clone(), is_all, ..TakenOver::default() };
        bench.write(move |w| w.content_take_over(id, &taken, NOW)).unwrap();
        let row = bench.read(move |r| r.content(id));
        assert_eq!((row.title.as_str(), row.is_behind), ("Two", !is_all));
        assert_eq!(row.version, before.version + 1, "another text is another version, and the same text is none");
    }
    assert_eq!(bench.read(move |r| r.content_html(id)), "<p>Theirs.</p>");
}

fn post(id: &str, title: &str) -> ImportedPost {
    ImportedPost {
        post_id: id.to_owned(),
        is_page: false,
        title: title.to_owned(),
        slug: "old".to_owned(),
        url: format!("https://garden.example/{id}"),
        excerpt: String::new(),
        html: format!("<p>{title}</p>"),
        word_count: 1,
        published_at: NOW,
        agreed: Agreed { body: Some(title.to_owned()), ..agreed(title) },
    }
}

#[test]
fn posts_that_a_site_had_are_taken_in_once_brought_up_to_date_and_are_nobodys_work() {
    let (mut bench, sector) = bench();
    let ours = known(&mut bench, sector);
    let before = bench.read(|r| r.completion(SITE, None));
    let take_in = |bench: &mut Bench, posts: Vec<ImportedPost>| {
        bench.write(move |w| w.content_import((SITE, sector), &posts, NOW)).unwrap()
    };
    let first = take_in(&mut bench, vec![post("7", "Ours"), post("8", "Old"), post("9", "Older")]);
    assert_eq!(first, TakenIn { added: 2, updated: 0, unchanged: 1 }, "what is ours is not taken in");
    let again = take_in(&mut bench, vec![post("8", "Old"), post("9", "Renamed")]);
    assert_eq!(again, TakenIn { added: 0, updated: 1, unchanged: 1 });
    let rows = bench.read(|r| r.imported_posts(SITE));
    let titles: Vec<&str> = rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["Renamed", "Old"]);
    let renamed = rows[0].content;
    assert_eq!(bench.read(move |r| r.content_html(renamed)), "<p>Renamed</p>");
    let row = bench.read(move |r| r.content(renamed));
    assert!(row.is_imported && !row.is_behind && !row.is_publishable(), "{row:?}");

    assert_eq!(bench.read(|r| r.completion(SITE, None)), before, "no count of work has them");
    assert_eq!(bench.read(|r| r.completion(SITE, Some(UtcMs(1)))).published, before.published);
    let linked = bench.read(move |r| r.related_articles(SITE, None, Some(ours), 10));
    assert_eq!(linked.len(), 2, "links may lead to them");

    // One that was let go of comes back with the next taking in.
    bench.write(move |w| w.content_remove(&[renamed], NOW)).unwrap();
    assert_eq!(take_in(&mut bench, vec![post("9", "Renamed")]), TakenIn { added: 0, updated: 1, unchanged: 0 });
    assert_eq!(bench.read(|r| r.imported_posts(SITE)).len(), 2);
}
