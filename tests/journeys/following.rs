//! What happens on a site without us is the same here after a look, and told.

use crate::delivery::{approved, assert_published_once, notices, retitle, reword, standing};
use igny8_core::agreed::SiteEvent;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::time::UtcMs;
use igny8_engine::publish::{Delivered, LostPost};
use igny8_tests::world::World;

/// What a look at the article's site found.
async fn look(world: &World) -> Vec<SiteEvent> {
    world.around.clock.advance_ms(1_000);
    let site = SiteId(world.books().number("select site_id from content limit 1"));
    let synced = world.engine.sync_site(site).await.unwrap();
    assert_eq!(synced.looked, 1, "its one post");
    synced.happened.into_iter().map(|one| one.event).collect()
}

/// A published article, and what somebody does to its post.
async fn after(meddle: impl FnOnce(&mut Vec<RemotePost>)) -> (World, ContentId) {
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    assert_eq!(look(&world).await, [], "nothing has happened yet");
    world.around.remote.meddle(meddle);
    (world, content)
}

fn remote_status(world: &World) -> String {
    world.books().rows("select remote_status from publication", [], |row| row.get(0)).remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_thrown_away_or_deleted_is_on_the_site_no_more_and_is_told_once() {
    let trash: fn(&mut Vec<RemotePost>) = |posts| {
        posts[0].status = RemoteStatus::Other("trash".to_owned());
        posts[0].slug.push_str("__trashed");
    };
    let delete: fn(&mut Vec<RemotePost>) = |posts| posts[0].id = "999".to_owned();
    for (meddle, event, kind, word) in
        [(trash, SiteEvent::Trashed, "post_trashed", "trash"), (delete, SiteEvent::Deleted, "post_deleted", "gone")]
    {
        let (world, content) = after(meddle).await;
        assert_eq!(look(&world).await, [event]);
        assert_eq!(standing(&world), ("not_published".to_owned(), 0), "{kind}: it is not on the site");
        assert_eq!((notices(&world, kind), remote_status(&world).as_str()), (1, word));
        let site = SiteId(world.books().number("select site_id from content"));
        assert_eq!(world.engine.sync_site(site).await.unwrap().happened, [], "{kind}: it is told once");
        // Publishing makes no second post without a word.
        let told = world.engine.publish(content).await.unwrap();
        assert!(matches!(told, Delivered::PostMissing { .. }), "{kind}: {told:?}");
        assert_eq!(world.around.remote.posts().len(), 1, "{kind}");
        let anew = world.engine.publish_all(&[content], LostPost::MakeAnew).await;
        assert!(matches!(anew[0].1, Ok(Delivered::Published { .. })), "{kind}: {anew:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_is_taken_off_and_put_back_is_the_same_here() {
    let (world, content) = after(|posts| posts[0].status = RemoteStatus::Draft).await;
    assert_eq!(look(&world).await, [SiteEvent::Unpublished]);
    assert_eq!(standing(&world), ("not_published".to_owned(), 0));
    assert_eq!((notices(&world, "post_unpublished"), remote_status(&world).as_str()), (1, "draft"));
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Publish);
    assert_eq!(look(&world).await, [SiteEvent::Published]);
    assert_eq!(standing(&world), ("published".to_owned(), 1));
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert!(!row.is_behind, "the site has it as it is here");

    // From the trash too, and then it is brought up to date in the same post.
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Other("trash".to_owned()));
    assert_eq!(look(&world).await, [SiteEvent::Trashed]);
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Publish);
    assert_eq!(look(&world).await, [SiteEvent::Published]);
    retitle(&world, content, "Another title for tea").await;
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    assert_eq!(world.around.remote.posts().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_was_taken_off_goes_out_again_as_it_is_when_it_is_published_here() {
    let (world, content) = after(|posts| posts[0].status = RemoteStatus::Draft).await;
    assert_eq!(look(&world).await, [SiteEvent::Unpublished]);
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    let posts = world.around.remote.posts();
    assert_eq!((posts.len(), &posts[0].status), (1, &RemoteStatus::Publish), "the same post");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_title_there_is_the_title_here_unless_it_was_changed_here_as_well() {
    let (world, content) = after(|posts| posts[0].title = "Their title".to_owned()).await;
    assert_eq!(look(&world).await, [SiteEvent::Retitled]);
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert_eq!((row.title.as_str(), row.is_behind), ("Their title", false), "and nothing is to be sent for it");
    assert_eq!(notices(&world, "post_retitled"), 1);

    retitle(&world, content, "Our title").await;
    world.around.remote.meddle(|posts| posts[0].title = "Their other title".to_owned());
    assert_eq!(look(&world).await, [SiteEvent::Edited]);
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert_eq!(row.title, "Our title", "who is right is a person's to say");
    assert!(world.engine.conflict(content).await.unwrap().is_some());
    assert_eq!(look(&world).await, [], "it is told once");
    assert_eq!(notices(&world, "post_edited"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_date_and_another_address_there_are_known_here() {
    let later = UtcMs(1_796_000_000_000);
    let (world, content) = after(|posts| posts[0].date = Some(later)).await;
    assert_eq!(look(&world).await, [SiteEvent::Rescheduled]);
    assert_eq!(standing(&world).0, "published");

    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Future(later));
    assert_eq!(look(&world).await, [SiteEvent::Rescheduled]);
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert_eq!((standing(&world).0.as_str(), row.scheduled_publish_at), ("scheduled", Some(later)));
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Publish);
    assert_eq!(look(&world).await, [SiteEvent::Published], "its time has come there");

    world.around.remote.meddle(|posts| posts[0].slug = "another-address".to_owned());
    assert_eq!(look(&world).await, [SiteEvent::Moved]);
    retitle(&world, content, "Another title for tea").await;
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert_eq!(row.slug, "another-address", "the address is the one the site chose");
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "it is still ours: {sent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_meets_another_address_there_and_keeps_it_unless_one_was_chosen_here_too() {
    let (world, content) = after(|posts| posts[0].slug = "their-address".to_owned()).await;
    retitle(&world, content, "Another title for tea").await;
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "it is ours before anybody has looked: {sent:?}");
    let posts = world.around.remote.posts();
    assert_eq!((posts.len(), posts[0].slug.as_str()), (1, "their-address"));
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert_eq!(row.slug, "their-address");

    world.around.remote.meddle(|posts| posts[0].slug = "their-other-address".to_owned());
    reword(&world, content, |fields| fields.slug = "our-address".to_owned()).await;
    let sent = world.engine.publish(content).await.unwrap();
    assert!(matches!(sent, Delivered::Published { .. }), "{sent:?}");
    assert_eq!(world.around.remote.posts()[0].slug, "our-address");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_somebody_elses_post_by_now_is_not_ours() {
    let (world, _) = after(|posts| {
        posts[0] = RemotePost {
            id: posts[0].id.clone(),
            slug: "somebody-elses".to_owned(),
            title: "Somebody else's".to_owned(),
            content: "<p>Theirs.</p>".to_owned(),
            status: RemoteStatus::Publish,
            date: Some(UtcMs(1)),
            ..RemotePost::default()
        };
    })
    .await;
    let before = world.books().number("select count(*) from content where title = 'Somebody else''s'");
    assert_eq!(look(&world).await, [SiteEvent::Deleted]);
    let after = world.books().number("select count(*) from content where title = 'Somebody else''s'");
    assert_eq!((before, after), (0, 0), "nothing of it is taken over");
    assert_eq!(standing(&world).0, "not_published");
}

/// Lets half an hour pass at most, in steps as long as the app sleeps, until the post is known to stand like this.
async fn half_an_hour_until(world: &World, status: &str) -> bool {
    const STEPS: usize = 60;
    const LOOKS_A_STEP: usize = 500;
    for _ in 0..STEPS {
        for _ in 0..LOOKS_A_STEP {
            if remote_status(world) == status {
                return true;
            }
            tokio::task::yield_now().await;
        }
        world.around.clock.advance_ms(30_000);
    }
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn sites_are_looked_at_when_the_app_starts_and_again_and_again_whatever_the_clock_does() {
    const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
    let (world, content) = approved().await;
    assert_published_once(&world, content).await;
    let put = |status: RemoteStatus| world.around.remote.meddle(|posts| posts[0].status = status);
    put(RemoteStatus::Draft);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let engine = std::sync::Arc::clone(&world.engine);
    let following = tokio::spawn(async move { engine.follow_sites(stopped).await });
    let begun = world.engine.clock().now();
    assert!(half_an_hour_until(&world, "draft").await, "the first look is made at once");
    put(RemoteStatus::Publish);
    assert!(half_an_hour_until(&world, "publish").await, "and the next without anybody asking");
    let passed = world.engine.clock().now().0 - begun.0;
    assert!(passed >= 12 * 60_000, "though not before it is time: {passed}");
    // A clock that is set back by a day keeps nobody waiting for a day.
    world.around.clock.set(UtcMs(world.engine.clock().now().0 - DAY_MS));
    put(RemoteStatus::Draft);
    assert!(half_an_hour_until(&world, "draft").await, "it is looked at soon");
    stop.send_replace(true);
    following.await.expect("it ends when it is told to");
}
