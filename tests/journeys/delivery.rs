//! Delivering an article to a site that refuses and loses answers: one post in the end, and a record of what happened.

use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::port::{Clock, SiteError};
use igny8_core::time::UtcMs;
use igny8_engine::EngineError;
use igny8_engine::operation::Items;
use igny8_engine::publish::{Delivered, LostPost, MissingPost};
use igny8_store::table::content::ContentFields;
use igny8_testkit::destination::{Mishap, Step};
use igny8_testkit::scripted::Reply;
use igny8_tests::stepped::Stepped;
use igny8_tests::world::World;

/// An approved article with its pictures.
pub(super) async fn approved() -> (World, ContentId) {
    let (world, contents) = crate::outbox::approved(1).await;
    (world, contents[0])
}

/// Deliveries that somebody works on.
const IN_HAND: &str = "select count(*) from outbox where lease <> x''";

fn failed(error: SiteError) -> Delivered {
    Delivered::Failed { host: "remembered.example".to_owned(), error }
}

pub(super) fn notices(world: &World, kind: &str) -> usize {
    let all: Vec<String> =
        world.books().rows("select notification_type from notification", [], |row| row.get::<_, String>(0));
    all.iter().filter(|each| *each == kind).count()
}

pub(super) async fn assert_published_once(world: &World, content: ContentId) {
    let delivered = world.engine.publish(content).await.unwrap();
    let Delivered::Published { receipt, .. } = delivered else { panic!("it is delivered: {delivered:?}") };
    assert!(receipt.is_as_sent(), "{receipt:?}");
    assert_stands_once(world);
    let again = world.engine.publish(content).await;
    assert!(matches!(again, Err(EngineError::WrongState("content"))), "nothing is published twice: {again:?}");
    assert_stands_once(world);
}

fn assert_stands_once(world: &World) {
    let posts = world.around.remote.posts();
    assert_eq!(posts.len(), 1, "one post: {posts:?}");
    assert_eq!(posts[0].status, RemoteStatus::Publish);
    let pictures = world.books().number("select count(*) from image where status = 'generated'");
    assert_eq!(world.around.remote.media_count(), usize::try_from(pictures).unwrap(), "each picture once");
    assert_eq!(world.books().number("select count(*) from publication"), 1, "one proof");
    assert_eq!(notices(world, "content_published"), 1, "one notice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_at_any_step_leaves_one_post() {
    for step in [Step::Draft, Step::Media, Step::Update] {
        let (world, content) = approved().await;
        world.around.remote.mishap(step, Mishap::AnswerLost);
        assert_published_once(&world, content).await;
        let tried = world.around.remote.steps().iter().filter(|each| **each == step).count();
        assert!(tried >= 1, "{step:?} was tried");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_that_cannot_be_looked_up_at_once_is_looked_up_at_the_next_try() {
    for step in [Step::Draft, Step::Media] {
        let (world, content) = approved().await;
        world.around.remote.mishap(step, Mishap::AnswerLost);
        world.around.remote.mishap(Step::Look, Mishap::Refused(SiteError::Unreachable));
        let delivered = world.engine.publish(content).await.unwrap();
        let Delivered::Waiting { error, .. } = delivered else { panic!("{step:?}: nobody knows yet: {delivered:?}") };
        assert_eq!(error, SiteError::Unreachable, "{step:?}");
        let sent = |step| world.around.remote.steps().iter().filter(|each| **each == step).count();
        let sent_before = sent(step);
        assert_published_once(&world, content).await;
        let pictures = world.around.remote.media_count();
        let left = if step == Step::Draft { 0 } else { pictures - sent_before };
        assert_eq!(sent(step), sent_before + left, "{step:?}: what is there is not sent a second time");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_at_any_step_is_told_and_the_next_try_goes_on_from_there() {
    for step in [Step::Draft, Step::Media, Step::Update] {
        let (world, content) = approved().await;
        world.around.remote.mishap(step, Mishap::Refused(SiteError::Auth));
        let delivered = world.engine.publish(content).await.unwrap();
        assert_eq!(delivered, failed(SiteError::Auth), "{step:?}");
        assert_eq!(notices(&world, "publish_failed"), 1, "{step:?}: the user is told");
        let state: Vec<(String, String)> = world.books().rows(
            "select delivery, error_code from content join outbox on content_id = content.id",
            [],
            |r| Ok((r.get(0)?, r.get(1)?)),
        );
        assert_eq!(state, [("failed".to_owned(), "auth".to_owned())], "{step:?}: and the article says why");
        assert_eq!(world.books().number("select count(*) from publication"), 0);
        assert_published_once(&world, content).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_its_process_did_not_end_is_ended_by_the_next() {
    /// More steps of the store than a delivery takes; the last run must get past them all.
    const STEPS_MAX: usize = 60;
    let (begun, content) = approved().await;
    for steps in 1..STEPS_MAX {
        let mut process = Stepped::open(begun.fork()).await;
        let engine = process.engine.clone();
        let ended = process.drive(async move { engine.publish(content).await.map(drop) }, steps).await;
        let world = process.restart().await;
        assert_eq!(world.books().number(IN_HAND), 0, "nobody has taken it up yet");
        // The start takes it up, or the user does who asks for it again.
        if steps % 2 == 0 {
            world.engine.drain_outbox().await.unwrap();
        }
        // Ended before the intent was on the disk, nothing goes out by itself.
        if world.books().number("select count(*) from content where delivery <> 'published'") > 0 {
            let may_go = world.engine.store().read(move |r| r.content(content)).await.unwrap();
            assert!(may_go.is_publishable(), "after {steps} steps it may still go out");
            world.engine.publish(content).await.unwrap();
        }
        assert_stands_once(&world);
        if ended.is_some() {
            assert!(steps > 6, "a delivery takes more than {steps} steps");
            return;
        }
    }
    panic!("a delivery never ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_site_said_is_kept_with_the_article_and_told() {
    let (world, content) = approved().await;
    let refusal = SiteError::Rejected { status: 400, code: "rest_invalid_param".to_owned() };
    world.around.remote.mishap(Step::Update, Mishap::Refused(refusal.clone()));
    assert_eq!(world.engine.publish(content).await.unwrap(), failed(refusal));
    let told: Vec<String> =
        world
            .books()
            .rows("select params from notification where notification_type = 'publish_failed'", [], |row| row.get(0));
    for word in ["remembered.example", "rejected", "rest_invalid_param"] {
        assert!(told[0].contains(word), "{word}: {told:?}");
    }
    let kept = "select count(*) from outbox where error_code = 'rejected' and error_note = 'rest_invalid_param'";
    assert_eq!(world.books().number(kept), 1);
    assert_published_once(&world, content).await;
    assert_eq!(world.books().number("select count(*) from outbox where error_note <> ''"), 0, "it is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_does_not_go_out_without_a_picture_that_was_lost() {
    let (world, content) = approved().await;
    let file: Vec<String> =
        world.books().rows("select media_hash from image where media_hash <> '' limit 1", [], |row| row.get(0));
    let (path, aside) = (world.around.media_file(&file[0]), world.around.media_file("aside"));
    std::fs::rename(&path, &aside).unwrap();
    let missing = Delivered::PictureMissing { host: "remembered.example".to_owned() };
    for tried in 1..=2 {
        assert_eq!(world.engine.publish(content).await.unwrap(), missing, "it does not go out without its picture");
        assert_eq!(world.books().number("select count(*) from content where delivery = 'failed'"), 1, "it says so");
        assert_eq!(world.books().number("select count(*) from outbox where error_code = 'picture_missing'"), 1);
        assert_eq!(notices(&world, "publish_failed"), tried, "and the user is told");
        world.around.clock.advance_ms(1_000);
    }
    assert!(world.around.remote.posts().is_empty(), "nothing was begun");
    assert_eq!(world.books().number(IN_HAND), 0);
    // The file is back, and what was paid for is not paid again.
    std::fs::rename(&aside, &path).unwrap();
    let (site, wallet) = (SiteId(world.books().number("select site_id from content")), world.books().wallet());
    world.run(AiFunction::GenerateImages, site, Items::AllFailed(10)).await;
    assert_eq!(world.books().wallet(), wallet);
    assert_published_once(&world, content).await;
}

/// Gives a published article another title, so that its site is behind.
pub(super) async fn retitle(world: &World, content: ContentId, title: &str) {
    reword(world, content, |fields| fields.title = title.to_owned()).await;
}

/// Changes what an article is called and described by, a second later.
pub(super) async fn reword(world: &World, content: ContentId, change: impl FnOnce(&mut ContentFields)) {
    world.around.clock.advance_ms(1_000);
    let now = world.around.clock.now();
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    let mut fields = ContentFields {
        title: row.title,
        slug: row.slug,
        excerpt: row.excerpt,
        meta_title: row.meta_title,
        meta_description: row.meta_description,
        tags: row.tags,
        categories: row.categories,
    };
    change(&mut fields);
    world.engine.store().write(move |w| w.content_update(content, &fields, now)).await.unwrap();
}

pub(super) fn standing(world: &World) -> (String, i64) {
    let found: Vec<(String, i64)> =
        world.books().rows("select delivery, published_at > 0 from content", [], |row| Ok((row.get(0)?, row.get(1)?)));
    found[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_fails_leaves_the_article_published_and_is_told_as_what_it_is() {
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    retitle(&world, content, "Another title for tea").await;
    world.around.remote.mishap(Step::Update, Mishap::Refused(SiteError::Auth));
    assert_eq!(world.engine.publish(content).await.unwrap(), failed(SiteError::Auth));
    assert_eq!(standing(&world), ("published".to_owned(), 1), "its post is there as it was");
    assert_eq!((notices(&world, "update_failed"), notices(&world, "publish_failed")), (1, 0));
    let site = SiteId(world.books().number("select site_id from content"));
    let done = world.engine.store().read(move |r| r.completion(site, None)).await.unwrap();
    assert_eq!((done.published, done.approved), (1, 0));

    let Delivered::Published { .. } = world.engine.publish(content).await.unwrap() else { panic!("it goes out now") };
    let posts = world.around.remote.posts();
    assert_eq!((posts.len(), posts[0].title.as_str()), (1, "Another title for tea"));
    assert_eq!(standing(&world), ("published".to_owned(), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_missing_on_its_site_is_told_and_made_anew_only_for_who_asks_for_it() {
    type Meddle = fn(&mut Vec<RemotePost>);
    let ways: [(MissingPost, Meddle); 3] = [
        (MissingPost::Trashed, |posts| {
            posts[0].status = RemoteStatus::Other("trash".to_owned());
            posts[0].slug.push_str("__trashed");
        }),
        (MissingPost::Gone, |posts| posts[0].id = "999".to_owned()),
        (MissingPost::Replaced, |posts| {
            let theirs = ("somebody-elses".to_owned(), "Somebody else's".to_owned(), "<p>Theirs.</p>".to_owned());
            (posts[0].slug, posts[0].title, posts[0].content) = theirs;
            posts[0].date = Some(UtcMs(1));
        }),
    ];
    for (how, meddle) in ways {
        let (world, content) = approved().await;
        assert_published_once(&world, content).await;
        world.around.remote.meddle(meddle);
        retitle(&world, content, "Another title for tea").await;
        let missing = Delivered::PostMissing { host: "remembered.example".to_owned(), how };
        for tried in 1..=2 {
            assert_eq!(world.engine.publish(content).await.unwrap(), missing, "{how:?}");
            assert_eq!(world.around.remote.posts().len(), 1, "{how:?}: no second post, however often it is tried");
            assert_eq!(standing(&world), ("failed".to_owned(), 0), "{how:?}: it is not on the site");
            assert_eq!(notices(&world, "publish_failed"), tried, "{how:?}: and the user is told");
            world.around.clock.advance_ms(1_000);
        }
        let world = world.restart().await;
        world.engine.drain_outbox().await.unwrap();
        assert_eq!(world.around.remote.posts().len(), 1, "{how:?}: nor by a start");

        let told = world.engine.publish_all(&[content], LostPost::MakeAnew).await;
        assert!(matches!(told[0].1, Ok(Delivered::Published { .. })), "{how:?}: {told:?}");
        let posts = world.around.remote.posts();
        assert_eq!((posts.len(), &posts[1].status), (2, &RemoteStatus::Publish), "{how:?}: knowingly");
        assert_eq!(standing(&world), ("published".to_owned(), 1), "{how:?}");
        let again = world.engine.publish(content).await;
        assert!(matches!(again, Err(EngineError::WrongState("content"))), "{how:?}: {again:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_put_back_is_brought_up_to_date_even_by_who_asked_for_a_new_one() {
    for lost in [LostPost::Tell, LostPost::MakeAnew] {
        let (world, content) = approved().await;
        assert_published_once(&world, content).await;
        world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Other("trash".to_owned()));
        retitle(&world, content, "Another title for tea").await;
        let _ = world.engine.publish(content).await.unwrap();
        // WordPress brings a post back as a draft.
        world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Draft);
        let told = world.engine.publish_all(&[content], lost).await;
        assert!(matches!(told[0].1, Ok(Delivered::Published { .. })), "{lost:?}: {told:?}");
        let posts = world.around.remote.posts();
        assert_eq!((posts.len(), posts[0].title.as_str()), (1, "Another title for tea"), "{lost:?}: the same post");
        assert_eq!(posts[0].status, RemoteStatus::Publish, "{lost:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alternative_that_is_worded_anew_is_changed_on_the_site_with_the_same_files() {
    let (world, content) = approved().await;
    let now = world.around.clock.now();
    let title = world.engine.store().read(move |r| r.content(content)).await.unwrap().title;
    let images = world.engine.store().read(move |r| r.images_of(content)).await.unwrap();
    assert!(images[0].alt.contains(&title), "the featured picture is called after the article: {}", images[0].alt);
    let own = images[1].id;
    world.engine.store().write(move |w| w.image_update(own, "A cup", "A cup, my own words", now)).await.unwrap();
    assert_published_once(&world, content).await;
    let files = world.around.remote.media_count();
    retitle(&world, content, "Another title for tea").await;
    world.engine.store().write(move |w| w.image_update(own, "A cup", "A cup, in better words", now)).await.unwrap();
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert!(row.is_behind && row.is_publishable());
    let Delivered::Published { receipt, .. } = world.engine.publish(content).await.unwrap() else {
        panic!("it goes out")
    };
    assert!(receipt.is_as_sent(), "{receipt:?}");
    let alts = world.around.remote.alts();
    assert!(alts.iter().any(|alt| alt.contains(&title)), "the picture shows the title it was made with: {alts:?}");
    assert!(alts.contains(&"A cup, in better words".to_owned()), "{alts:?}");
    assert!(!alts.contains(&"A cup, my own words".to_owned()), "{alts:?}");
    assert_eq!(world.around.remote.media_count(), files, "no file is sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_whose_site_was_removed_ends_and_keeps_no_other_waiting() {
    let (world, content) = approved().await;
    let site = SiteId(world.books().number("select site_id from content"));
    let mut process = Stepped::open(world.fork()).await;
    let engine = process.engine.clone();
    // The intent is on the disk, and the process ends.
    process.drive(async move { engine.publish(content).await.map(drop) }, 1).await;
    let world = process.restart().await;
    let now = world.around.clock.now();
    world.engine.store().write(move |w| w.site_remove(site, now)).await.unwrap();

    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0, "what cannot go out is passed over");
    assert_eq!(world.books().number("select count(*) from content where delivery = 'failed'"), 1, "and says so");
    let begun = world.engine.publish(content).await;
    assert!(matches!(begun, Err(EngineError::NotFound(_))), "nothing is begun on a removed site: {begun:?}");

    world.engine.store().write(move |w| w.site_restore(site)).await.unwrap();
    assert_published_once(&world, content).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_of_the_same_title_have_addresses_of_their_own() {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    let article = serde_json::json!({
        "title": "All about tea", "meta_title": "All about tea", "meta_description": "Tea.", "excerpt": "Tea.",
        "body_markdown": "## Leaves\n\nTwo grams a cup.\n", "primary_keyword": "tea", "secondary_keywords": [],
        "tags": ["tea"], "categories": ["Drinks"], "faq": [], "internal_links": [], "is_outline": true,
    });
    for _ in 0..2 {
        world.around.script.then(Reply::Says(article.to_string()));
    }
    world.run(AiFunction::GenerateContent, site, Items::Waiting).await;
    let slugs: Vec<String> = world.books().rows("select slug from content order by id", [], |row| row.get(0));
    assert_eq!(slugs.len(), 2);
    assert_eq!(slugs[0], "all-about-tea");
    assert!(slugs[1].starts_with("all-about-tea-"), "{slugs:?}");
}
