//! Articles that are handed over to a site for their time, moved, edited and taken back there, and proven twice; and what is
//! done when a time passes without them.

use crate::delivery::notices;
use crate::outbox::approved;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::port::{Clock, SiteError};
use igny8_core::schedule::{GuardOutcome, HandOver, MissedRule};
use igny8_core::time::UtcMs;
use igny8_engine::publish::Delivered;
use igny8_engine::schedule::{NUDGE_WAIT_MS, Placement, When};
use igny8_store::table::content::ContentFields;
use igny8_store::table::list::Selection;
use igny8_testkit::destination::{Mishap, Step};
use igny8_tests::world::World;

const HOUR_MS: i64 = 3_600_000;

/// An approved article.
async fn desk() -> (World, ContentId) {
    let (world, contents) = approved(1).await;
    (world, contents[0])
}

fn site(world: &World) -> SiteId {
    SiteId(world.books().number("select id from site"))
}

/// So many hours from now, in whole seconds.
fn ahead(world: &World, hours: i64) -> UtcMs {
    world.around.clock.now().plus_ms(hours * HOUR_MS)
}

async fn set(world: &World, content: ContentId, at: Option<UtcMs>) {
    world.engine.schedule(vec![Placement { content, at: at.map(When::Instant) }]).await.unwrap();
}

async fn send(world: &World) {
    world.engine.drain_outbox().await.unwrap();
}

/// An article that its site has for an hour from now.
async fn handed_over() -> (World, ContentId, UtcMs) {
    let (world, content) = desk().await;
    let due = ahead(&world, 1);
    set(&world, content, Some(due)).await;
    send(&world).await;
    assert_eq!(post(&world).status, RemoteStatus::Future(due), "the site has it for its time");
    (world, content, due)
}

fn post(world: &World) -> RemotePost {
    let posts = world.around.remote.posts();
    assert_eq!(posts.len(), 1, "one post, whatever happens: {posts:?}");
    posts[0].clone()
}

/// Delivery, time here, and time there.
fn stands(world: &World) -> (String, i64, i64) {
    let all = "select delivery, scheduled_publish_at, handed_for from content";
    world.books().rows(all, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).remove(0)
}

fn proofs(world: &World) -> Vec<String> {
    world.books().rows("select kind from publication order by id", [], |row| row.get(0))
}

async fn retitle(world: &World, content: ContentId, title: &str) {
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    let fields = ContentFields {
        title: title.to_owned(),
        slug: row.slug,
        excerpt: row.excerpt,
        meta_title: row.meta_title,
        meta_description: row.meta_description,
        tags: row.tags,
        categories: row.categories,
    };
    world.around.clock.advance_ms(1_000);
    let now = world.around.clock.now();
    world.engine.store().write(move |w| w.content_update(content, &fields, now)).await.unwrap();
}

async fn guard(world: &World) -> Vec<GuardOutcome> {
    world.engine.guard_site(site(world)).await.unwrap().into_iter().map(|one| one.outcome).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_is_proven_then_and_again_once_it_is_public() {
    let (world, _, due) = handed_over().await;
    assert_eq!(stands(&world), ("scheduled".to_owned(), due.0, due.0));
    assert_eq!(proofs(&world), ["handed_over"]);
    let first = "select count(*) from receipt_field where verdict = 'as_sent' and
        ((field = 'status' and found = 'future') or (field = 'date' and found <> ''))";
    assert_eq!(world.books().number(first), 2, "status and date as they were read back");
    assert_eq!(notices(&world, "content_published"), 0, "it is not public yet");
    assert_eq!(guard(&world).await, [], "nor due");

    world.around.clock.advance_ms(HOUR_MS);
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Publish);
    assert_eq!(guard(&world).await, [GuardOutcome::Published]);
    assert_eq!(stands(&world), ("published".to_owned(), 0, 0));
    assert_eq!(proofs(&world), ["handed_over", "published"]);
    let second = "select count(*) from receipt_field f join publication p on p.id = f.publication_id
        where p.kind = 'published' and f.verdict = 'as_sent' and (f.field <> 'status' or f.found = 'publish')";
    let fields = "select count(*) from receipt_field f join publication p on p.id = f.publication_id
        where p.kind = 'published'";
    assert_eq!(world.books().number(second), world.books().number(fields));
    assert_eq!(world.books().number(fields), world.books().number(&fields.replace("'published'", "'handed_over'")));
    assert_eq!(world.books().number("select public_at from content"), due.0, "dated by its time");
    assert_eq!((notices(&world, "content_published"), notices(&world, "post_published")), (1, 0), "told once");
    assert_eq!(guard(&world).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_proof_names_what_was_changed_meanwhile_beside_the_text() {
    let (world, _, _) = handed_over().await;
    world.around.clock.advance_ms(HOUR_MS);
    world.around.remote.reword(0, "Worded there");
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Publish);
    assert_eq!(guard(&world).await, [GuardOutcome::Published]);
    let amiss = "select f.field || ' ' || f.found from receipt_field f join publication p on p.id = f.publication_id
        where p.kind = 'published' and f.verdict <> 'as_sent'";
    assert_eq!(world.books().rows(amiss, [], |row| row.get::<_, String>(0)), ["alt Worded there"]);
    let warned =
        "select count(*) from notification where notification_type = 'content_published' and severity = 'warning'";
    assert_eq!(world.books().number(warned), 1, "and it is said");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_an_edit_and_a_change_of_mind_reach_the_site_and_collapse_while_it_is_away() {
    let (world, content, due) = handed_over().await;
    let later = ahead(&world, 5);
    set(&world, content, Some(later)).await;
    assert_eq!(stands(&world), ("scheduled".to_owned(), later.0, due.0), "not yet on the site");
    send(&world).await;
    assert_eq!(post(&world).status, RemoteStatus::Future(later), "and then it is, read back");
    assert_eq!(stands(&world), ("scheduled".to_owned(), later.0, later.0));

    retitle(&world, content, "Said anew").await;
    send(&world).await;
    assert_eq!((post(&world).title.as_str(), post(&world).status), ("Said anew", RemoteStatus::Future(later)));
    let sent = world.around.remote.steps().len();
    send(&world).await;
    assert_eq!(world.around.remote.steps().len(), sent, "nothing is sent for what the site has");

    // Without a network: three moves and an edit are one request in the end.
    for _ in 0..9 {
        world.around.remote.mishap(Step::Update, Mishap::Refused(SiteError::Unreachable));
    }
    for hours in [6, 7, 8] {
        set(&world, content, Some(ahead(&world, hours))).await;
        send(&world).await;
    }
    retitle(&world, content, "Said once more").await;
    let last = world.engine.store().read(move |r| r.content(content)).await.unwrap().scheduled_publish_at.unwrap();
    world.around.remote.recover();
    world.around.clock.advance_ms(120_000);
    let before = world.around.remote.steps().iter().filter(|step| **step == Step::Update).count();
    send(&world).await;
    let after = world.around.remote.steps().iter().filter(|step| **step == Step::Update).count();
    assert_eq!(after - before, 1, "one update");
    assert_eq!((post(&world).title.as_str(), post(&world).status), ("Said once more", RemoteStatus::Future(last)));

    set(&world, content, None).await;
    assert_eq!(stands(&world).0, "not_published");
    assert!(stands(&world).2 > 0, "it is still to be taken back");
    send(&world).await;
    assert_eq!((post(&world).status, stands(&world).2), (RemoteStatus::Draft, 0));
    set(&world, content, Some(last)).await;
    send(&world).await;
    assert_eq!(post(&world).status, RemoteStatus::Future(last), "the same post, again");
}

#[tokio::test(flavor = "multi_thread")]
async fn back_to_review_makes_it_a_draft_there_whatever_its_pictures_are() {
    let (world, content, _) = handed_over().await;
    let sent = world.engine.send_back(Selection::Ids(vec![content.0]), 10).await.unwrap();
    assert_eq!((sent.moved, sent.times.len()), (vec![content], 1));
    let (now, hash) = (world.around.clock.now(), "select media_hash from image where media_hash <> '' limit 1");
    let hash: String = world.books().rows(hash, [], |row| row.get(0)).remove(0);
    world.engine.store().write(move |w| w.image_files_lost(std::slice::from_ref(&hash), now).map(drop)).await.unwrap();
    assert!(
        world.engine.store().write(move |w| w.content_remove(&[content], now)).await.unwrap().is_empty(),
        "it cannot be removed while the site would publish it"
    );
    send(&world).await;
    assert_eq!(post(&world).status, RemoteStatus::Draft);
    assert_eq!(world.books().number("select count(*) from content where status = 'review' and handed_for = 0"), 1);
    assert_eq!(world.books().number("select count(*) from outbox where state <> 'done'"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn back_to_review_is_undone_with_the_time_it_had_there_and_here() {
    for is_sent in [false, true] {
        let (world, content, due) = handed_over().await;
        let sent = world.engine.send_back(Selection::Ids(vec![content.0]), 10).await.unwrap();
        if is_sent {
            send(&world).await;
            assert_eq!(post(&world).status, RemoteStatus::Draft);
        }
        let now = world.around.clock.now();
        world.engine.store().write(move |w| w.content_approve(&[content], now)).await.unwrap();
        world.engine.schedule(sent.times).await.unwrap();
        send(&world).await;
        assert_eq!(
            post(&world).status,
            RemoteStatus::Future(due),
            "as before, whether the site had heard of it or not"
        );
        assert_eq!(stands(&world), ("scheduled".to_owned(), due.0, due.0));
    }
    // A time that has passed is none to give back.
    let (world, content, _) = handed_over().await;
    world.around.clock.advance_ms(2 * HOUR_MS);
    let sent = world.engine.send_back(Selection::Ids(vec![content.0]), 10).await.unwrap();
    assert_eq!((sent.moved, sent.times), (vec![content], vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_does_on_the_site_after_the_hand_over_counts() {
    // Another time, while a move of ours waits: theirs.
    let (world, content, _) = handed_over().await;
    let theirs = ahead(&world, 30);
    world.around.remote.meddle(|posts| {
        (posts[0].status, posts[0].date) = (RemoteStatus::Future(theirs), Some(theirs));
    });
    set(&world, content, Some(ahead(&world, 9))).await;
    send(&world).await;
    assert_eq!(post(&world).status, RemoteStatus::Future(theirs), "not written over");
    assert_eq!(stands(&world), ("scheduled".to_owned(), theirs.0, theirs.0));
    assert_eq!(notices(&world, "post_rescheduled"), 1, "and told");

    // Thrown away, and then it is due.
    let (world, _, _) = handed_over().await;
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Other("trash".to_owned()));
    world.around.clock.advance_ms(HOUR_MS);
    guard(&world).await;
    assert_eq!((stands(&world).0.as_str(), notices(&world, "post_trashed")), ("not_published", 1));
    send(&world).await;
    assert_eq!(
        post(&world).status,
        RemoteStatus::Other("trash".to_owned()),
        "nothing is done about it without a person"
    );

    // Public there before its time, while an edit of ours waits: it is published, and behind.
    let (world, content, _) = handed_over().await;
    retitle(&world, content, "Said anew").await;
    world.around.remote.meddle(|posts| posts[0].status = RemoteStatus::Publish);
    send(&world).await;
    let row = world.engine.store().read(move |r| r.content(content)).await.unwrap();
    assert_eq!((stands(&world).0.as_str(), row.is_behind), ("published", true));
    assert_eq!(proofs(&world), ["handed_over", "published"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_to_be_sooner_goes_out_from_here_when_its_site_did_not_hear_of_it() {
    let (world, content, _) = handed_over().await;
    set(&world, content, Some(world.around.clock.now().plus_ms(HOUR_MS / 2))).await;
    world.around.remote.mishap(Step::Update, Mishap::Refused(SiteError::Unreachable));
    send(&world).await;
    world.around.clock.advance_ms(HOUR_MS / 2);
    assert_eq!(guard(&world).await, [GuardOutcome::Publishing], "and not as late as its site has it");
    send(&world).await;
    assert_eq!((stands(&world), post(&world).status), (("published".to_owned(), 0, 0), RemoteStatus::Publish));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_missed_it_is_poked_looked_at_again_and_then_the_rule_decides() {
    // Poked, it does what was due.
    let (world, _, _) = handed_over().await;
    world.around.remote.be_diligent();
    world.around.clock.advance_ms(HOUR_MS + 1);
    assert_eq!(guard(&world).await, [GuardOutcome::Published]);
    assert_eq!(world.around.remote.steps().iter().filter(|step| **step == Step::Nudge).count(), 1);
    assert_eq!(notices(&world, "publish_missed"), 0);

    for (rule, outcome) in [
        (MissedRule::Publish, GuardOutcome::Publishing),
        (MissedRule::NextSlot, GuardOutcome::Moved),
        (MissedRule::Tell, GuardOutcome::Told),
    ] {
        let (world, _, due) = handed_over().await;
        world.engine.set_publishing(site(&world), HandOver::WordPress, rule).await.unwrap();
        world.around.clock.advance_ms(HOUR_MS + 1);
        let next = world.engine.preview_times(site(&world), None).await.unwrap().times[0].0.at;
        assert_eq!(guard(&world).await, [GuardOutcome::Nudged], "{rule}");
        assert_eq!(guard(&world).await, [GuardOutcome::Nudged], "{rule}: it is given time, and poked once");
        world.around.clock.advance_ms(NUDGE_WAIT_MS);
        assert_eq!(guard(&world).await, [outcome], "{rule}");
        assert_eq!(notices(&world, "publish_missed"), 1, "{rule}: with a word about it");
        send(&world).await;
        match rule {
            MissedRule::Publish => {
                assert_eq!((stands(&world).0.as_str(), post(&world).status), ("published", RemoteStatus::Publish));
            }
            MissedRule::NextSlot => {
                assert_eq!(stands(&world), ("scheduled".to_owned(), next.0, next.0), "the first that its rules leave");
                assert!(next > due, "which is to come");
                assert_eq!(post(&world).status, RemoteStatus::Future(next));
            }
            MissedRule::Tell => {
                assert_eq!(world.books().number("select count(*) from content where missed_at > 0"), 1);
                assert_eq!(post(&world).status, RemoteStatus::Future(due), "nothing is done");
            }
        }
        assert_eq!(guard(&world).await, [], "{rule}: once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_that_were_missed_one_goes_out_and_the_others_take_the_next_free_times() {
    let (world, contents) = approved(2).await;
    world.engine.set_publishing(site(&world), HandOver::Computer, MissedRule::Publish).await.unwrap();
    for (hours, content) in (1..).zip(&contents) {
        set(&world, *content, Some(ahead(&world, hours))).await;
    }
    world.around.clock.advance_ms(100 * HOUR_MS);
    assert_eq!(guard(&world).await, [GuardOutcome::Publishing, GuardOutcome::Moved]);
    let waiting = world.books().number("select scheduled_publish_at from content where delivery = 'scheduled'");
    assert!(waiting > world.around.clock.now().0, "the other has a time of its own: {waiting}");
    send(&world).await;
    let told = (world.around.remote.posts().len(), notices(&world, "publish_missed"));
    assert_eq!(told, (1, 2), "each with a word about it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_its_site_says_nothing_of_does_not_hold_up_those_after_it() {
    let (world, contents) = approved(2).await;
    for (hours, content) in (1..).zip(&contents) {
        set(&world, *content, Some(ahead(&world, hours))).await;
    }
    send(&world).await;
    world.around.clock.advance_ms(3 * HOUR_MS);
    world.around.remote.meddle(|posts| posts[1].status = RemoteStatus::Publish);
    world.around.remote.mishap(Step::Nudge, Mishap::Refused(SiteError::BadReply));
    assert_eq!(guard(&world).await, [GuardOutcome::Published], "the second, whatever the first is");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_not_late_before_its_time_by_the_clock_of_its_site() {
    let (world, _, due) = handed_over().await;
    world.around.clock.advance_ms(HOUR_MS + 60_000);
    world.around.remote.set_clock(due.plus_ms(-60_000));
    assert_eq!(guard(&world).await, [GuardOutcome::Waiting]);
    assert!(!world.around.remote.steps().contains(&Step::Nudge));
    world.around.remote.set_clock(due);
    assert_eq!(guard(&world).await, [GuardOutcome::Nudged]);
}

#[tokio::test(flavor = "multi_thread")]
async fn this_computer_publishes_what_is_due_and_what_it_slept_over_goes_by_the_rule() {
    let (world, content) = desk().await;
    world.engine.set_publishing(site(&world), HandOver::Computer, MissedRule::Tell).await.unwrap();
    set(&world, content, Some(ahead(&world, 1))).await;
    send(&world).await;
    assert!(world.around.remote.posts().is_empty(), "the site has nothing before");
    world.around.clock.advance_ms(HOUR_MS + 20 * 60_000);
    assert_eq!(guard(&world).await, [GuardOutcome::Publishing], "a little late is on time");
    send(&world).await;
    assert_eq!((stands(&world).0.as_str(), notices(&world, "publish_missed")), ("published", 0));
    assert_eq!(proofs(&world), ["published"]);

    let (world, content) = desk().await;
    world.engine.set_publishing(site(&world), HandOver::Computer, MissedRule::Tell).await.unwrap();
    set(&world, content, Some(ahead(&world, 1))).await;
    world.around.clock.advance_ms(5 * HOUR_MS);
    assert_eq!(guard(&world).await, [GuardOutcome::Told]);
    assert!(world.around.remote.posts().is_empty());
    // A time to come makes good for it.
    set(&world, content, Some(ahead(&world, 1))).await;
    assert_eq!(world.books().number("select missed_at from content"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_site_has_for_later_is_published_now_in_the_same_post_and_not_again_at_its_time() {
    let (world, content, _) = handed_over().await;
    let Delivered::Published { .. } = world.engine.publish(content).await.unwrap() else { panic!("it goes out now") };
    assert_eq!((stands(&world), post(&world).status), (("published".to_owned(), 0, 0), RemoteStatus::Publish));
    assert_eq!(proofs(&world), ["handed_over", "published"]);
    world.around.clock.advance_ms(2 * HOUR_MS);
    assert_eq!(guard(&world).await, []);
    send(&world).await;
    assert_eq!(
        (proofs(&world).len(), notices(&world, "content_published"), notices(&world, "publish_missed")),
        (2, 1, 0)
    );

    // While a move of it waits: the move has nothing to do any more.
    let (world, content, _) = handed_over().await;
    set(&world, content, Some(ahead(&world, 9))).await;
    let Delivered::Published { .. } = world.engine.publish(content).await.unwrap() else { panic!("it goes out now") };
    send(&world).await;
    assert_eq!((stands(&world), post(&world).status), (("published".to_owned(), 0, 0), RemoteStatus::Publish));
    assert_eq!(world.books().number("select count(*) from outbox where state <> 'done'"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_this_computer_publishes_from_now_on_is_taken_back_from_its_site() {
    let (world, content, due) = handed_over().await;
    world.engine.set_publishing(site(&world), HandOver::Computer, MissedRule::Publish).await.unwrap();
    let goal = world.engine.store().read(|r| r.unsent_contents(UtcMs(0))).await.unwrap();
    assert_eq!(goal, [content], "its site would still publish it");
    send(&world).await;
    assert_eq!(post(&world).status, RemoteStatus::Draft, "a draft there");
    assert_eq!(stands(&world), ("scheduled".to_owned(), due.0, 0), "with its time here");
    let steps = world.around.remote.steps().len();
    send(&world).await;
    assert_eq!(world.around.remote.steps().len(), steps, "once");
    world.around.clock.advance_ms(HOUR_MS);
    assert_eq!(guard(&world).await, [GuardOutcome::Publishing]);
    send(&world).await;
    assert_eq!((stands(&world).0.as_str(), post(&world).status), ("published", RemoteStatus::Publish), "the same post");

    // And handed over again, when it is the site's once more.
    let (world, _, due) = handed_over().await;
    for (who, there) in [(HandOver::Computer, RemoteStatus::Draft), (HandOver::WordPress, RemoteStatus::Future(due))] {
        world.engine.set_publishing(site(&world), who, MissedRule::Publish).await.unwrap();
        send(&world).await;
        assert_eq!(post(&world).status, there, "{who}");
    }

    // A time that was chosen on the site is the site's.
    let (world, _, _) = handed_over().await;
    let theirs = ahead(&world, 30);
    world.around.remote.meddle(|posts| {
        (posts[0].status, posts[0].date) = (RemoteStatus::Future(theirs), Some(theirs));
    });
    world.engine.sync_site(site(&world)).await.unwrap();
    world.engine.set_publishing(site(&world), HandOver::Computer, MissedRule::Publish).await.unwrap();
    send(&world).await;
    assert_eq!(post(&world).status, RemoteStatus::Future(theirs), "it stays there");
    assert_eq!(stands(&world), ("scheduled".to_owned(), theirs.0, theirs.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_handed_over_in_time_is_never_sent_as_a_post_of_the_future() {
    let (world, content) = desk().await;
    for _ in 0..50 {
        world.around.remote.mishap(Step::Draft, Mishap::Refused(SiteError::Unreachable));
    }
    set(&world, content, Some(ahead(&world, 1))).await;
    send(&world).await;
    assert_eq!(world.books().number("select count(*) from outbox where state = 'pending'"), 1, "it waits");
    world.around.clock.advance_ms(HOUR_MS);
    world.around.remote.recover();
    send(&world).await;
    assert!(world.around.remote.posts().is_empty(), "its time has passed: nothing is handed over");
    assert_eq!(guard(&world).await, [GuardOutcome::Publishing]);
    send(&world).await;
    assert_eq!((stands(&world).0.as_str(), post(&world).status), ("published", RemoteStatus::Publish));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_on_the_way_is_looked_up_and_a_refusal_is_told() {
    for step in [Step::Draft, Step::Media, Step::Update] {
        let (world, content) = desk().await;
        let due = ahead(&world, 2);
        world.around.remote.mishap(step, Mishap::AnswerLost);
        set(&world, content, Some(due)).await;
        send(&world).await;
        assert_eq!(post(&world).status, RemoteStatus::Future(due), "{step:?}");
    }
    let (world, content) = desk().await;
    world.around.remote.mishap(Step::Update, Mishap::Refused(SiteError::Rejected { status: 400, code: String::new() }));
    set(&world, content, Some(ahead(&world, 2))).await;
    send(&world).await;
    assert_eq!((stands(&world).0.as_str(), notices(&world, "hand_over_failed")), ("scheduled", 1), "it keeps its time");
    send(&world).await;
    assert_eq!(notices(&world, "hand_over_failed"), 1, "and is not tried again without a person");
    let deliveries = world.engine.store().read(|r| r.outbox_page(&Default::default(), None, 10)).await.unwrap().rows;
    world.engine.retry_deliveries(deliveries.iter().map(|row| row.id).collect()).await.unwrap();
    send(&world).await;
    assert!(matches!(post(&world).status, RemoteStatus::Future(_)), "tried again, it is handed over and not published");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timer_publishes_at_the_time_and_ends_when_told() {
    let (world, content) = desk().await;
    world.engine.set_publishing(site(&world), HandOver::Computer, MissedRule::Publish).await.unwrap();
    set(&world, content, Some(ahead(&world, 1))).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let story = async {
        // In steps, as an open program sees time pass; the last one is a sleep of a laptop.
        for step_ms in [30_000, 30_000, 2 * HOUR_MS - 60_000] {
            tokio::task::yield_now().await;
            world.around.clock.advance_ms(step_ms);
        }
        while stands(&world).0 != "published" {
            tokio::task::yield_now().await;
            world.around.clock.advance_ms(1_000);
        }
        stop.send_replace(true);
    };
    tokio::join!(world.engine.keep_times(stopped.clone()), world.engine.send(stopped), story);
    assert_eq!(post(&world).status, RemoteStatus::Publish);
}
