//! A file that is a copy: what the original made after the copy was made is found on the site and taken over, nothing that
//! was open in it goes out before a person has looked, and what cannot be told is not made.

use crate::outbox::approved;
use igny8_core::id::{ContentId, OutboxId};
use igny8_core::port::SiteError;
use igny8_core::port::destination::RemoteStatus;
use igny8_engine::publish::{Delivered, LostPost, MissingPost};
use igny8_store::table::outbox::OutboxFilter;
use igny8_testkit::destination::{Mishap, Step};
use igny8_tests::world::{Surroundings, World};
use std::sync::Arc;

async fn ask(world: &World, contents: &[ContentId]) {
    let key = world.engine.new_client_key();
    world.engine.take_on(key, &contents, contents.to_vec(), LostPost::Tell).await.unwrap();
}

/// A world with so many approved articles, at work in its folder.
async fn at_home(articles: u32) -> (World, Vec<ContentId>) {
    let (world, contents) = approved(articles).await;
    world.engine.settle_in("here".to_owned(), false).await.unwrap();
    (world, contents)
}

/// A copy of a world, for the same site; what opens it is yet to notice.
fn copy_of(world: &World) -> Surroundings {
    let mut copy = world.fork();
    copy.remote = Arc::clone(&world.around.remote);
    copy
}

async fn opened_elsewhere(copy: Surroundings) -> World {
    let world = World::open(copy);
    world.recover().await;
    world.engine.settle_in("elsewhere".to_owned(), false).await.unwrap();
    world
}

async fn parked(world: &World) -> Vec<(OutboxId, String)> {
    let page = world.engine.store().read(|r| r.outbox_page(&OutboxFilter::default(), None, 100)).await.unwrap();
    page.rows.into_iter().map(|row| (row.id, row.error_code)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_original_published_since_is_taken_over_and_not_made_again() {
    let (world, contents) = at_home(2).await;
    ask(&world, &contents[..1]).await;
    let copy = copy_of(&world);
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 1);
    assert!(matches!(world.engine.publish(contents[1]).await.unwrap(), Delivered::Published { .. }));
    let (posts, files) = (world.around.remote.posts(), world.around.remote.media_count());
    assert_eq!(posts.len(), 2);

    let copy = opened_elsewhere(copy).await;
    let held = parked(&copy).await;
    assert_eq!(held.iter().map(|(_, code)| code.as_str()).collect::<Vec<_>>(), ["from_copy"]);
    copy.around.clock.advance_ms(86_400_000);
    assert_eq!(copy.engine.drain_outbox().await.unwrap(), 0, "it waits for a person");
    let told = "select params from notification where notification_type = 'deliveries_held'";
    let told: Vec<String> = copy.books().rows(told, [], |row| row.get(0));
    assert_eq!(told, [r#"{"count":"1"}"#], "who is told");

    copy.engine.retry_deliveries(held.into_iter().map(|(id, _)| id).collect()).await.unwrap();
    assert_eq!(copy.engine.drain_outbox().await.unwrap(), 1);
    // The copy had not asked for this one.
    assert!(matches!(copy.engine.publish(contents[1]).await.unwrap(), Delivered::Published { .. }));
    assert_eq!(copy.around.remote.posts().len(), 2, "each once: {:?}", copy.around.remote.posts());
    assert_eq!(copy.around.remote.media_count(), files, "and so their files");
    let ids: Vec<String> = copy.books().rows("select external_id from content order by id", [], |row| row.get(0));
    assert_eq!(ids, posts.iter().map(|post| post.id.clone()).collect::<Vec<_>>(), "each has its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_the_original_began_is_gone_on_with() {
    let (world, contents) = at_home(1).await;
    ask(&world, &contents).await;
    let copy = copy_of(&world);
    world.around.remote.mishap(Step::Media, Mishap::Refused(SiteError::Unreachable));
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0);
    assert_eq!(world.around.remote.posts().len(), 1, "a draft");
    let copy = opened_elsewhere(copy).await;
    assert!(matches!(copy.engine.publish(contents[0]).await.unwrap(), Delivered::Published { .. }));
    let posts = copy.around.remote.posts();
    assert_eq!((posts.len(), &posts[0].status), (1, &RemoteStatus::Publish));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_of_another_text_under_the_address_is_told_and_left_alone() {
    let (world, contents) = at_home(1).await;
    let copy = copy_of(&world);
    assert!(matches!(world.engine.publish(contents[0]).await.unwrap(), Delivered::Published { .. }));
    world.around.remote.meddle(|posts| posts[0].content = "<p>Written since.</p>".to_owned());
    let copy = opened_elsewhere(copy).await;
    let told = copy.engine.publish(contents[0]).await.unwrap();
    assert!(matches!(told, Delivered::PostMissing { how: MissingPost::Namesake, .. }), "{told:?}");
    let posts = copy.around.remote.posts();
    assert_eq!((posts.len(), posts[0].content.as_str()), (1, "<p>Written since.</p>"), "nothing is written over it");
    let anew = copy.engine.publish_all(&contents, LostPost::MakeAnew).await;
    assert!(matches!(anew[0].1, Ok(Delivered::Published { .. })), "who says that it is another one: {anew:?}");
    assert_eq!(copy.around.remote.posts().len(), 2);
    assert_eq!(copy.around.remote.posts()[0].content, "<p>Written since.</p>");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_stays_where_it_is_is_no_copy_and_one_that_was_put_back_is() {
    let (world, contents) = at_home(1).await;
    ask(&world, &contents).await;
    let world = world.restart().await;
    world.engine.settle_in("here".to_owned(), false).await.unwrap();
    assert_eq!(parked(&world).await[0].1, "", "it goes out by itself");
    let steps = world.around.remote.steps().len();
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 1);
    let looks = world.around.remote.steps().into_iter().skip(steps).filter(|step| *step == Step::Look).count();
    assert_eq!(looks, 0, "and nobody is asked for what can only be ours");

    let (world, contents) = at_home(1).await;
    ask(&world, &contents).await;
    let world = world.restart().await;
    world.engine.settle_in("here".to_owned(), true).await.unwrap();
    assert_eq!(parked(&world).await[0].1, "from_copy");
}
