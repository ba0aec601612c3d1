//! What waits for its site: over restarts and days, each article once and as it is then, no site asked more than it
//! takes, and nothing tried again that a person must see to first.

use igny8_core::function::AiFunction;
use igny8_core::id::{ContentId, OutboxId, SiteId};
use igny8_core::port::destination::RemoteStatus;
use igny8_core::port::{Clock, SiteError};
use igny8_engine::operation::Items;
use igny8_engine::publish::{Delivered, LostPost};
use igny8_store::table::content::ContentFields;
use igny8_store::table::outbox::OutboxFilter;
use igny8_testkit::destination::{Mishap, Step};
use igny8_tests::world::World;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Approved articles with their pictures.
pub async fn approved(articles: u32) -> (World, Vec<ContentId>) {
    let world = World::new().await;
    let site = world.add_tea_site().await;
    world.prepare_for(AiFunction::GenerateContent, site).await;
    world.run(AiFunction::GenerateContent, site, Items::First(articles)).await;
    world.run(AiFunction::GenerateImagePrompts, site, Items::Waiting).await;
    world.run(AiFunction::GenerateImages, site, Items::Waiting).await;
    let contents: Vec<ContentId> =
        world.books().rows("select id from content order by id", [], |row| row.get(0).map(ContentId));
    assert_eq!(contents.len(), articles as usize, "so many were written");
    let (now, all) = (world.around.clock.now(), contents.clone());
    world.engine.store().write(move |w| w.content_approve(&all, now)).await.unwrap();
    (world, contents)
}

async fn ask(world: &World, contents: &[ContentId]) {
    let key = world.engine.new_client_key();
    let asked = world.engine.take_on(key, &contents, contents.to_vec(), LostPost::Tell).await.unwrap();
    assert_eq!(asked, contents, "all of them are in the outbox");
}

/// Requests to the site fail so, as often as anybody asks.
fn break_down(world: &World, error: &SiteError) {
    for _ in 0..200 {
        world.around.remote.mishap(Step::Draft, Mishap::Refused(error.clone()));
    }
}

fn attempts(world: &World) -> i64 {
    world.books().number("select sum(attempts) from outbox")
}

fn notices(world: &World, kind: &str) -> usize {
    let all: Vec<String> = world.books().rows("select notification_type from notification", [], |row| row.get(0));
    all.iter().filter(|each| *each == kind).count()
}

fn states(world: &World) -> Vec<(String, String)> {
    world
        .books()
        .rows("select state, error_code from outbox order by created_at, id", [], |row| Ok((row.get(0)?, row.get(1)?)))
}

async fn entries(world: &World) -> Vec<OutboxId> {
    let page = world.engine.store().read(|r| r.outbox_page(&OutboxFilter::default(), None, 100)).await.unwrap();
    page.rows.into_iter().map(|row| row.id).collect()
}

/// Moves the clock on in steps and sends what comes due, as the program does that is open all the time.
async fn pass(world: &World, ms: i64) -> u32 {
    const STEP_MS: i64 = 5 * MINUTE_MS;
    let mut published = 0;
    for _ in 0..ms / STEP_MS {
        world.around.clock.advance_ms(STEP_MS);
        published += world.engine.drain_outbox().await.unwrap();
    }
    published
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_site_does_not_take_now_waits_and_goes_out_by_itself() {
    let (world, contents) = approved(1).await;
    world.around.remote.mishap(Step::Draft, Mishap::Refused(SiteError::Unreachable));
    let Delivered::Waiting { host, error, until } = world.engine.publish(contents[0]).await.unwrap() else {
        panic!("it waits")
    };
    assert_eq!((host.as_str(), error), ("remembered.example", SiteError::Unreachable));
    let waited = until.0 - world.around.clock.now().0;
    assert!((15_000..=30_000).contains(&waited), "half a minute at most: {waited}");
    assert_eq!(notices(&world, "publish_failed"), 0, "nothing has failed yet");
    assert_eq!(world.books().number("select count(*) from content where delivery = 'publishing'"), 1);

    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0);
    assert_eq!(attempts(&world), 1, "nor is it tried before");
    let world = world.restart().await;
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0);
    assert_eq!(attempts(&world), 1, "nor by a start");
    world.around.clock.advance_ms(waited);
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 1, "and then it is");
    assert_eq!(world.around.remote.posts().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_without_a_network_cost_few_tries_and_lose_and_double_nothing() {
    let (world, contents) = approved(2).await;
    break_down(&world, &SiteError::Unreachable);
    ask(&world, &contents).await;
    let mut world = world;
    for _ in 0..3 {
        assert_eq!(pass(&world, DAY_MS / 4).await, 0, "the site is not there");
        world = world.restart().await;
        let all = states(&world);
        assert!(all.iter().all(|(state, _)| state == "pending"), "they go on waiting: {all:?}");
    }
    let tried = attempts(&world);
    assert!((20..=160).contains(&tried), "four times an hour at most, once it is known to be down: {tried}");
    assert_eq!(notices(&world, "site_down"), 1, "and the user was told once");
    assert_eq!(notices(&world, "publish_failed"), 0);

    world.around.remote.recover();
    assert_eq!(pass(&world, HOUR_MS / 2).await, 2, "soon after it is back");
    let posts = world.around.remote.posts();
    assert_eq!(posts.len(), 2, "each once: {posts:?}");
    assert!(posts.iter().all(|post| post.status == RemoteStatus::Publish));
    assert_eq!(world.books().number("select count(*) from site_health"), 0, "and it counts as well again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_is_down_is_tried_with_one_delivery_before_all() {
    let (world, contents) = approved(2).await;
    break_down(&world, &SiteError::Unreachable);
    ask(&world, &contents).await;
    pass(&world, HOUR_MS).await;
    let before = attempts(&world);
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0);
    assert_eq!(attempts(&world), before, "it is left alone");
    world.around.clock.advance_ms(15 * MINUTE_MS);
    world.engine.drain_outbox().await.unwrap();
    assert_eq!(attempts(&world), before + 1, "one is enough to see that it is still down");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wait_that_the_site_asks_for_is_kept_for_all_that_goes_there() {
    let (world, contents) = approved(2).await;
    ask(&world, &contents).await;
    world.around.remote.mishap(Step::Draft, Mishap::Refused(SiteError::Busy { retry_after_ms: Some(7_200_000) }));
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0);
    assert_eq!(pass(&world, 2 * HOUR_MS - 5 * MINUTE_MS).await, 0, "not before");
    assert_eq!(attempts(&world), 1, "nobody asks it");
    assert_eq!(pass(&world, 5 * MINUTE_MS).await, 2);
    // A clock that is set back must not make anybody wait for ever.
    let (world, contents) = approved(1).await;
    world.around.remote.mishap(Step::Draft, Mishap::Refused(SiteError::Unreachable));
    world.around.clock.advance_ms(40 * DAY_MS);
    let _ = world.engine.publish(contents[0]).await.unwrap();
    world.around.clock.set(world.around.clock.now().plus_ms(-30 * DAY_MS));
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_everything_parks_all_that_waits_and_is_told_once() {
    let (world, contents) = approved(2).await;
    ask(&world, &contents).await;
    world.around.remote.mishap(Step::Draft, Mishap::Refused(SiteError::Auth));
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0);
    let parked = ("failed".to_owned(), "auth".to_owned());
    assert_eq!(states(&world), [parked.clone(), parked], "the second one was not even tried");
    assert_eq!((attempts(&world), notices(&world, "publish_failed")), (1, 1));
    assert_eq!(pass(&world, DAY_MS).await, 0, "and not without a person");
    let again = world.engine.retry_deliveries(entries(&world).await).await.unwrap();
    assert_eq!(again.len(), 2);
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 2);

    // What only one article is refused for keeps no other.
    let (world, contents) = approved(2).await;
    ask(&world, &contents).await;
    let refusal = SiteError::Rejected { status: 400, code: "rest_invalid_param".to_owned() };
    world.around.remote.mishap(Step::Update, Mishap::Refused(refusal));
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 1);
    assert_eq!(
        world.books().number("select count(*) from outbox where state = 'failed' and error_code = 'rejected'"),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_for_its_own_fault_is_parked_in_the_end() {
    let (world, contents) = approved(1).await;
    break_down(&world, &SiteError::ServerError { status: 500 });
    ask(&world, &contents).await;
    assert_eq!(pass(&world, DAY_MS).await, 0);
    assert_eq!(states(&world), [("failed".to_owned(), "server_error".to_owned())]);
    assert_eq!((attempts(&world), notices(&world, "publish_failed")), (8, 1), "told once, after so many tries");
    assert!(world.around.remote.posts().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_of_what_waits_go_out_as_one() {
    let (world, contents) = approved(1).await;
    world.around.remote.mishap(Step::Media, Mishap::AnswerLost);
    world.around.remote.mishap(Step::Look, Mishap::Refused(SiteError::Unreachable));
    let content = contents[0];
    assert!(matches!(world.engine.publish(content).await.unwrap(), Delivered::Waiting { .. }), "a file may be there");
    for title in ["Said anew", "Said once more"] {
        let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
        let fields = ContentFields {
            title: title.to_owned(),
            slug: title.to_owned(),
            excerpt: row.excerpt,
            meta_title: row.meta_title,
            meta_description: row.meta_description,
            tags: row.tags,
            categories: row.categories,
        };
        let now = world.around.clock.now();
        world.engine.store().write(move |w| w.content_update(content, &fields, now)).await.expect("it only waits");
    }
    ask(&world, &contents).await;
    assert_eq!(world.books().number("select count(*) from outbox"), 1, "one delivery");
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 1);
    let posts = world.around.remote.posts();
    assert_eq!((posts.len(), posts[0].title.as_str(), posts[0].slug.as_str()), (1, "Said once more", "said-once-more"));
    let pictures = world.books().number("select count(*) from image where status = 'generated'");
    let files = i64::try_from(world.around.remote.media_count()).unwrap();
    assert_eq!(files, pictures, "the file whose answer was lost is found under the name it was sent with");
    let behind = world.engine.store().read(move |r| r.content(content)).await.unwrap().is_behind;
    assert!(!behind, "the site has it all");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_out_is_not_sent_and_can_be_put_back() {
    let (world, contents) = approved(2).await;
    break_down(&world, &SiteError::Unreachable);
    ask(&world, &contents).await;
    world.engine.drain_outbox().await.unwrap();
    let all = entries(&world).await;
    let discard = |ids: Vec<OutboxId>| {
        let (engine, now) = (world.engine.clone(), world.around.clock.now());
        async move { engine.store().write(move |w| w.discard_outbox(&ids, now)).await.unwrap().len() }
    };
    assert_eq!(discard(all.clone()).await, 2);
    assert_eq!(discard(all.clone()).await, 0, "they are out");
    assert!(entries(&world).await.is_empty());
    assert_eq!(world.books().number("select count(*) from content where delivery = 'not_published'"), 2);
    world.around.remote.recover();
    assert_eq!(pass(&world, HOUR_MS).await, 0, "nothing is sent");

    world.engine.restore_deliveries(vec![all[0]]).await.unwrap();
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 1, "what was put back is");
    assert_eq!(world.engine.store().read(|r| r.outbox_count(&OutboxFilter::default())).await.unwrap(), 0);

    // Whoever asks for the other one again begins where it was.
    let other = world.books().number("select id from content where delivery = 'not_published'");
    assert!(matches!(world.engine.publish(ContentId(other)).await.unwrap(), Delivered::Published { .. }));
    world.engine.restore_deliveries(all).await.unwrap();
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0, "nothing comes back that is on the site");
    assert_eq!(world.around.remote.posts().len(), 2);

    // What was parked comes back parked.
    let (world, contents) = approved(1).await;
    world.around.remote.mishap(Step::Draft, Mishap::Refused(SiteError::Auth));
    let _ = world.engine.publish(contents[0]).await.unwrap();
    let (all, now) = (entries(&world).await, world.around.clock.now());
    let ids = all.clone();
    world.engine.store().write(move |w| w.discard_outbox(&ids, now)).await.unwrap();
    world.engine.restore_deliveries(all).await.unwrap();
    assert_eq!(world.engine.drain_outbox().await.unwrap(), 0);
    assert_eq!(world.books().number("select count(*) from content where delivery = 'failed'"), 1);
    assert_eq!(entries(&world).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_draft_of_what_is_taken_out_goes_too_unless_somebody_has_use_for_it() {
    let drafted = || async {
        let (world, contents) = approved(1).await;
        ask(&world, &contents).await;
        world.around.remote.mishap(Step::Media, Mishap::Refused(SiteError::Unreachable));
        assert_eq!(world.engine.drain_outbox().await.unwrap(), 0);
        assert_eq!(world.around.remote.posts().len(), 1, "a draft");
        let (ids, now) = (entries(&world).await, world.around.clock.now());
        let out = ids.clone();
        world.engine.store().write(move |w| w.discard_outbox(&out, now)).await.unwrap();
        (world, contents, ids)
    };
    let site = |world: &World| SiteId(world.books().number("select id from site"));

    let (world, contents, ids) = drafted().await;
    assert_eq!(world.engine.tidy_site(site(&world)).await.unwrap().posts, 1);
    assert!(world.around.remote.posts().is_empty(), "nothing is left of it");
    assert_eq!(world.engine.tidy_site(site(&world)).await.unwrap().posts, 0, "and nobody looks for it again");
    world.engine.restore_deliveries(ids).await.unwrap();
    assert!(matches!(world.engine.publish(contents[0]).await.unwrap(), Delivered::Published { .. }), "made anew");
    assert_eq!(world.around.remote.posts().len(), 1);

    let (world, contents, ids) = drafted().await;
    world.engine.restore_deliveries(ids).await.unwrap();
    assert_eq!(world.engine.tidy_site(site(&world)).await.unwrap().posts, 0, "what was put back keeps its own");
    assert!(matches!(world.engine.publish(contents[0]).await.unwrap(), Delivered::Published { .. }));

    let (world, contents, _) = drafted().await;
    ask(&world, &contents).await;
    assert_eq!(world.engine.tidy_site(site(&world)).await.unwrap().posts, 0, "and so does what is asked for again");

    let (world, ..) = drafted().await;
    world.around.remote.meddle(|posts| posts[0].content = "<p>Somebody's.</p>".to_owned());
    assert_eq!(world.engine.tidy_site(site(&world)).await.unwrap().posts, 0, "nor is anybody's work taken away");
    assert_eq!(world.around.remote.posts().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_takes_what_is_asked_for_at_once_and_ends_when_told() {
    let (world, contents) = approved(2).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let site = SiteId(world.books().number("select id from site"));
    let story = async {
        ask(&world, &contents).await;
        loop {
            let done = world.engine.store().read(move |r| r.completion(site, None)).await.unwrap();
            if done.published == 2 {
                break;
            }
            tokio::task::yield_now().await;
        }
        stop.send_replace(true);
    };
    tokio::join!(world.engine.send(stopped), story);
    assert_eq!(world.around.remote.posts().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_computer_that_slept_looks_at_what_waits_as_soon_as_it_wakes() {
    let (world, contents) = approved(1).await;
    world.around.remote.mishap(Step::Draft, Mishap::Refused(SiteError::Unreachable));
    let Delivered::Waiting { until, .. } = world.engine.publish(contents[0]).await.unwrap() else { panic!("it waits") };
    let clock = &world.around.clock;
    assert!(until.0 - clock.now().0 > 5_000, "longer than the next look at the clocks: {until:?}");
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let story = async {
        for _ in 0..100 {
            // Both are asleep before the computer is.
            tokio::task::yield_now().await;
        }
        clock.set(until.plus_ms(2 * HOUR_MS));
        clock.advance_ms(5_000);
        for _ in 0..1_000 {
            if world.around.remote.posts().len() == 1 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        stop.send(true).unwrap();
    };
    tokio::join!(world.engine.send(stopped.clone()), world.engine.notice_jumps(stopped), story);
    assert_eq!(world.around.remote.posts().len(), 1, "five seconds after it woke");
}
