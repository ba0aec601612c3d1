//! Somebody else at our posts: nothing is written over them, both sides are laid beside each other, and what is kept is a
//! person's to say.

use crate::delivery::{approved, assert_published_once, notices, retitle, standing};
use igny8_core::id::{ContentId, ImageId};
use igny8_core::merge::{ChangedBy, Side};
use igny8_core::port::Clock;
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::receipt::ReceiptField;
use igny8_core::status::Origin;
use igny8_engine::EngineError;
use igny8_engine::follow::{Compared, Decision};
use igny8_engine::publish::Delivered;
use igny8_store::table::outbox::OutboxFilter;
use igny8_testkit::destination::{Mishap, Step};
use igny8_tests::world::World;
use std::collections::BTreeMap;

/// What somebody writes behind the first paragraph.
const NOTE: &str = "<p>A note of the house.</p>";

/// Another text for an article here, with a paragraph more at its end.
async fn write_more(world: &World, content: ContentId, more: &str) {
    world.around.clock.advance_ms(1_000);
    let (now, more) = (world.around.clock.now(), more.to_owned());
    let html = world.engine.store().read(move |r| r.content_html(content)).await.unwrap() + &more;
    let saved = world.engine.store().write(move |w| w.content_save_version(content, &html, 100, Origin::Person, now));
    saved.await.unwrap();
}

/// Lets somebody write a note behind the first paragraph of our post.
fn meddle(world: &World) {
    world.around.remote.meddle(|posts| {
        let at = posts[0].content.find("</p>").unwrap() + "</p>".len();
        posts[0].content.insert_str(at, NOTE);
    });
}

fn edited(fields: &[ReceiptField]) -> Delivered {
    Delivered::EditedThere { host: "remembered.example".to_owned(), fields: fields.to_vec() }
}

async fn html(world: &World, content: ContentId) -> String {
    world.engine.store().read(move |r| r.content_html(content)).await.unwrap()
}

async fn compared(world: &World, content: ContentId) -> Compared {
    world.engine.conflict(content).await.unwrap().expect("something is to be decided")
}

async fn decide(world: &World, content: ContentId, decision: Decision) {
    let known = compared(world, content).await;
    world.engine.decide(content, (known.conflict.found_at, known.version), decision).await.unwrap();
    assert_eq!(world.engine.conflict(content).await.unwrap(), None, "it is decided");
}

/// An article whose post somebody has changed, and which was changed here too: published, and refused since.
async fn refused() -> (World, ContentId) {
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    meddle(&world);
    let theirs = world.around.remote.posts();
    write_more(&world, content, "<p>A paragraph more.</p>").await;
    for tried in 1..=2 {
        assert_eq!(world.engine.publish(content).await.unwrap(), edited(&[ReceiptField::Body]));
        assert_eq!(world.around.remote.posts(), theirs, "nothing is written over it");
        assert_eq!(standing(&world), ("published".to_owned(), 1), "what was published stands");
        assert_eq!(notices(&world, "update_failed"), tried, "and the user is told");
        world.around.clock.advance_ms(1_000);
    }
    (world, content)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_wrote_on_the_site_is_not_written_over_until_somebody_says_so() {
    let (world, content) = refused().await;
    let known = compared(&world, content).await;
    let told: Vec<ChangedBy> = known.runs.iter().map(|run| run.by).filter(|by| *by != ChangedBy::Nobody).collect();
    assert_eq!(told, [ChangedBy::Them, ChangedBy::Us], "each difference says who made it: {:?}", known.runs);
    assert!(known.fields.is_empty() && known.left_out.is_empty(), "{known:?}");
    let ours = html(&world, content).await;

    decide(&world, content, Decision::Mine).await;
    assert_eq!(html(&world, content).await, ours, "it stays as it is");
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    let posts = world.around.remote.posts();
    assert!(posts[0].content.contains("A paragraph more.") && !posts[0].content.contains("A note"), "{posts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_wrote_while_an_update_was_lost_is_not_written_over_by_the_next() {
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    write_more(&world, content, "<p>A paragraph more.</p>").await;
    world.around.remote.mishap(Step::Update, Mishap::LostWhileSomebodyWrote(NOTE));
    assert_eq!(world.engine.publish(content).await.unwrap(), edited(&[ReceiptField::Body]));
    let posts = world.around.remote.posts();
    assert!(posts[0].content.ends_with(NOTE) && !posts[0].content.contains("A paragraph more."), "{posts:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_wrote_on_the_site_can_be_taken_over_as_a_version_of_its_own() {
    let (world, content) = refused().await;
    let before = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    decide(&world, content, Decision::Theirs).await;
    let text = html(&world, content).await;
    assert!(text.contains("A note of the house.") && !text.contains("A paragraph more."), "{text}");
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert_eq!(row.version, before.version + 1, "what was here is kept as a version");
    assert!(!row.is_behind, "the site has it like this already");
    let again = world.engine.publish(content).await;
    assert!(matches!(again, Err(EngineError::WrongState("content"))), "nothing is to be sent: {again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_are_merged_piece_by_piece_and_the_result_goes_out() {
    let (world, content) = refused().await;
    let known = compared(&world, content).await;
    let (seen, version) = (known.conflict.found_at, known.version);
    let short = Decision::Merged { fields: BTreeMap::new(), runs: vec![Side::Ours] };
    let refusal = world.engine.decide(content, (seen, version), short).await;
    assert!(
        matches!(refusal, Err(EngineError::InvalidField { field: "runs", .. })),
        "nothing is left open: {refusal:?}"
    );

    let runs = known.runs.iter().map(|run| run.by.suggests().expect("each has one author")).collect();
    let merged = Decision::Merged { fields: BTreeMap::new(), runs };
    let stale = world.engine.decide(content, (seen, version - 1), merged.clone()).await;
    assert!(matches!(stale, Err(EngineError::WrongState("conflict"))), "another text was decided about: {stale:?}");
    world.engine.decide(content, (seen, version), merged).await.unwrap();
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    let posts = world.around.remote.posts();
    assert!(posts[0].content.contains("A note of the house.") && posts[0].content.contains("A paragraph more."));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_changes_it_once_more_after_the_decision_is_not_written_over_either() {
    let (world, content) = refused().await;
    decide(&world, content, Decision::Mine).await;
    world.around.remote.meddle(|posts| posts[0].content.push_str("<p>Once more.</p>"));
    assert_eq!(world.engine.publish(content).await.unwrap(), edited(&[ReceiptField::Body]));
    assert!(world.around.remote.posts()[0].content.contains("Once more."));
    // Put back as it was when it was decided about, it is nobody's edit.
    world.around.remote.meddle(|posts| posts[0].content = posts[0].content.replace("<p>Once more.</p>", ""));
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    assert_eq!(world.engine.conflict(content).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_field_that_somebody_changed_is_named_and_kept_as_it_was_decided() {
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    world.around.remote.meddle(|posts| {
        posts[0].title = "Their title".to_owned();
        posts[0].excerpt = "Their summary.".to_owned();
        posts[0].featured_media = None;
    });
    retitle(&world, content, "Our title").await;
    use ReceiptField::{Excerpt, FeaturedImage, Title};
    assert_eq!(world.engine.publish(content).await.unwrap(), edited(&[Title, Excerpt, FeaturedImage]));
    let known = compared(&world, content).await;
    let title = &known.fields[0];
    assert_eq!((title.by, title.ours.as_str(), title.theirs.as_str()), (ChangedBy::Both, "Our title", "Their title"));
    assert_eq!(known.fields[1].by, ChangedBy::Them, "{:?}", known.fields);

    let fields = BTreeMap::from([(Excerpt, Side::Theirs), (FeaturedImage, Side::Theirs)]);
    let runs = vec![Side::Ours; known.runs.len()];
    decide(&world, content, Decision::Merged { fields, runs }).await;
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    let RemotePost { title, excerpt, featured_media, .. } = world.around.remote.posts()[0].clone();
    assert_eq!((title.as_str(), excerpt.as_str()), ("Our title", "Their summary."));
    assert_eq!(featured_media, None, "the site keeps to do without");

    // A picture that is made anew is what is wanted now.
    world.around.clock.advance_ms(1_000);
    let now = world.around.clock.now();
    let image = world.engine.store().read(move |r| r.images_of(content)).await.unwrap()[0].clone();
    let (id, prompt) = (image.id, image.prompt);
    world.engine.store().write(move |w| w.image_update(id, &prompt, "Another cup", now)).await.unwrap();
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    assert!(world.around.remote.posts()[0].featured_media.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_of_ours_of_which_nobody_heard_is_no_edit_of_anybody_elses() {
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    retitle(&world, content, "Another title for tea").await;
    write_more(&world, content, "<p>A paragraph more.</p>").await;
    // It arrives, and its answer does not: what is read afterwards says that it is ours.
    world.around.remote.mishap(Step::Update, Mishap::AnswerLost);
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    assert_eq!(world.around.remote.posts()[0].title, "Another title for tea", "it is there");
    let world = world.restart().await;
    let site = world.engine.store().read(move |r| r.content(content)).await.unwrap().site;
    world.engine.sync_site(site).await.unwrap();
    let conflict = world.engine.store().read(move |r| r.conflict(content)).await.unwrap();
    assert_eq!(conflict, None, "nobody has edited it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_taken_off_the_site_goes_back_only_for_who_was_told() {
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Other("private".to_owned()));
    retitle(&world, content, "Another title for tea").await;
    assert_eq!(world.engine.publish(content).await.unwrap(), edited(&[ReceiptField::Status]));
    let kept = RemoteStatus::Other("private".to_owned());
    assert_eq!(world.around.remote.posts()[0].status, kept, "it is not made public again without a word");
    assert_eq!(standing(&world), ("failed".to_owned(), 0), "it is not on the site");
    assert_eq!(notices(&world, "publish_failed"), 1);
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "knowingly: {sent:?}");
    assert_eq!(world.around.remote.posts()[0].status, RemoteStatus::Publish);
}

/// Why deliveries are parked.
async fn parked(world: &World) -> Vec<String> {
    let page = world.engine.store().read(|r| r.outbox_page(&OutboxFilter::default(), None, 10)).await.unwrap();
    page.rows.into_iter().map(|row| row.error_code).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_decided_takes_the_delivery_that_met_the_change_out_of_the_outbox() {
    for decision in [Decision::Mine, Decision::Theirs] {
        let (world, content) = refused().await;
        assert_eq!(parked(&world).await, ["post_edited"]);
        let entries = world.engine.store().read(|r| r.outbox_page(&OutboxFilter::default(), None, 10)).await.unwrap();
        let ids = entries.rows.iter().map(|row| row.id).collect();
        assert_eq!(world.engine.retry_deliveries(ids).await.unwrap(), [content]);
        let before = world.around.remote.posts();
        world.engine.drain_outbox().await.unwrap();
        assert_eq!(
            (parked(&world).await, world.around.remote.posts()),
            (vec!["post_edited".to_owned()], before.clone())
        );

        decide(&world, content, decision.clone()).await;
        assert_eq!(parked(&world).await, Vec::<String>::new(), "nothing waits there for what is decided");
        world.engine.drain_outbox().await.unwrap();
        assert_eq!(world.around.remote.posts(), before, "nor goes out by it");
        let published = world.engine.publish(content).await;
        match decision {
            Decision::Mine => {
                assert!(matches!(published, Ok(Delivered::Published { .. })), "{published:?}");
                assert!(!world.around.remote.posts()[0].content.contains(NOTE));
            }
            Decision::Theirs => assert!(matches!(published, Err(EngineError::WrongState("content"))), "{published:?}"),
            Decision::Merged { .. } => {}
        }
        assert_eq!(world.around.remote.posts().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_wrote_there_for_searchers_and_for_who_cannot_see_is_not_written_over() {
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    world.around.remote.meddle(|posts| posts[0].search.title = Some("Their title".to_owned()));
    retitle(&world, content, "Said anew").await;
    assert_eq!(world.engine.publish(content).await.unwrap(), edited(&[ReceiptField::MetaTitle]));
    let known = compared(&world, content).await;
    let field = &known.fields[0];
    assert_eq!(
        (field.field, field.by, field.theirs.as_str()),
        (ReceiptField::MetaTitle, ChangedBy::Them, "Their title")
    );
    decide(&world, content, Decision::Theirs).await;
    let Delivered::Published { receipt, .. } = world.engine.publish(content).await.unwrap() else {
        panic!("nothing is in the way any more")
    };
    assert!(receipt.is_as_sent(), "{receipt:?}");
    assert_eq!(world.around.remote.posts()[0].search.title.as_deref(), Some("Their title"));

    // A picture that was given other words there has them here; one that was given some here as well has ours.
    world.around.remote.reword(0, "Their words");
    retitle(&world, content, "Said once more").await;
    assert!(matches!(world.engine.publish(content).await.unwrap(), Delivered::Published { .. }));
    assert_eq!(world.around.remote.alts()[0], "Their words");
    assert_eq!(world.books().number("select count(*) from image where alt = 'Their words' and alt_origin = 'own'"), 1);
    world.around.remote.reword(0, "Their last words");
    let image = world.books().number("select id from image where alt = 'Their words'");
    world.around.clock.advance_ms(1_000);
    let now = world.around.clock.now();
    let reworded = world.engine.store().write(move |w| {
        let row = w.image(ImageId(image))?;
        w.image_update(ImageId(image), &row.prompt, "Our words", now)
    });
    reworded.await.unwrap();
    assert!(matches!(world.engine.publish(content).await.unwrap(), Delivered::Published { .. }));
    assert_eq!(world.around.remote.alts()[0], "Our words");
}
