//! What was to happen at a time: articles that go out at theirs and no sooner, at one place and once; runs that come back,
//! each for its time on the wall, and none left out without a word. The file's witnesses say which times there ever were;
//! which had to be is worked out here, from what the user was told.

use super::{Outside, Rule};
use crate::simulation::truth::Daily;
use igny8_core::port::destination::RemoteStatus;
use igny8_core::time::UtcMs;
use rusqlite::{Connection, params};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// What came due this lately may not have been looked at yet.
const LATELY_MS: i64 = 2 * MINUTE_MS;
/// What is due sooner than that is not given to its site any more, and is this computer's to publish.
const SOON_MS: i64 = 3 * MINUTE_MS;

/// Rules that hold at every commit.
pub(super) const ALWAYS: &[Rule] = &[
    (
        "a time on the wall begins one run",
        "select w.site_id || ' ' || w.wall from witness_due w join client_key k on k.key = w.key
         group by w.site_id, w.wall having count(*) > 1",
    ),
    (
        "what was missed of an article's time is told",
        "select c.id from content c where c.missed_at > 0 and not exists (select 1 from notification n
           where n.notification_type = 'publish_missed' and n.related_type = 'content' and n.related_id = c.id)",
    ),
    (
        "a run that was missed, or refused, is told",
        "select o.site_id || ' ' || o.wall || ' ' || o.state from occurrence o
         where (o.state = 'refused' and not exists (select 1 from notification n
             where n.dedupe = 'automation_skipped:' || o.site_id || ':' || o.wall)
           and not exists (select 1 from witness_removed w where w.site_id = o.site_id))
           or ((o.state = 'missed' or o.is_made_up = 1) and not exists (select 1 from notification n
             where n.notification_type = 'automation_missed' and n.site_id = o.site_id
               and n.dedupe >= 'automation_missed:' || o.site_id || ':' || o.wall))",
    ),
    (
        "an article with a time is approved, and nothing else is kept of a time that is over",
        "select id || ' ' || status || ' ' || delivery from content
         where (delivery = 'scheduled') <> (scheduled_publish_at > 0 and delivery <> 'publishing' and delivery <> 'failed')
           or (delivery = 'scheduled' and status <> 'approved')
           or (delivery = 'published' and handed_for > 0)",
    ),
];

/// Rules that hold besides where times are kept: what begins by itself begins by them alone.
const KEPT: &[Rule] = &[(
    "a run that begins by itself is on record with its time",
    "select hex(r.id) || ' ' || r.trigger from run r where r.trigger <> 'manual' and not exists (select 1
       from witness_due w join client_key k on k.key = w.key
       where w.site_id = r.site_id and replace(trim(k.answer, '\"'), '-', '') = lower(hex(r.id)))",
)];

/// What does not hold at every commit.
pub(super) fn broken(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    if !outside.keeps_times {
        return;
    }
    broken.extend(super::broken(file, KEPT));
    dated(file, outside, broken);
    early(file, outside, broken);
}

/// What a site is to publish by itself it publishes at a time that was chosen for that article, at some time.
fn dated(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    let mut statement = file
        .prepare_cached(
            "select exists (select 1 from witness_planned w join outbox o on o.content_id = w.content_id
               where o.draft_slug = ?1 and w.at = ?2)",
        )
        .expect("a statement of ours");
    for post in outside.posts {
        let RemoteStatus::Future(at) = post.now.status else { continue };
        let is_planned: bool = statement.query_row(params![post.key, at.0], |row| row.get(0)).expect("an answer");
        if !is_planned {
            broken.push(format!("a site dates an article by a time it was given: {} at {}", post.key, at.0));
        }
    }
}

/// What goes out by itself goes out when its time has come.
fn early(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    let mut statement = file
        .prepare_cached("select content_id, due, at from witness_begun where due > at")
        .expect("a statement of ours");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    for row in rows.expect("witnesses can be read") {
        let (content, due, at): (i64, i64, i64) = row.expect("a witness");
        if !outside.truth.wanted_now.contains(&content) {
            broken.push(format!("no article goes out before its time: {content}, {} ms early", due - at));
        }
    }
}

/// What does not hold once there is nothing left to do.
pub(super) fn at_rest(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    if !outside.keeps_times {
        return;
    }
    outside.truth.daily.certain().iter().for_each(|daily| passed_over(file, daily, outside.now, broken));
    handed(file, outside, broken);
    public(file, outside, broken);
}

/// Every time at which runs of a site were to come back is on record.
fn passed_over(file: &Connection, daily: &Daily, now: UtcMs, broken: &mut Vec<String>) {
    let mut known = file
        .prepare_cached("select exists (select 1 from witness_due where site_id = ?1 and due_at = ?2)")
        .expect("a statement of ours");
    let first = daily.since.0.div_euclid(DAY_MS) * DAY_MS + i64::from(daily.minute) * MINUTE_MS;
    let mut due = if first > daily.since.0 { first } else { first + DAY_MS };
    while due <= now.0 - LATELY_MS {
        let is_known: bool = known.query_row(params![daily.site.0, due], |row| row.get(0)).expect("an answer");
        if !is_known {
            broken.push(format!(
                "no time on the wall is passed over: site {}, {}",
                daily.site,
                UtcMs(due).to_rfc3339()
            ));
        }
        due += DAY_MS;
    }
}

/// An article that waits for a time as far as the books go.
struct Planned {
    content: i64,
    at: i64,
    handed_for: i64,
    is_sites: bool,
}

/// What is scheduled here is a post of the future there, for the same time, or this computer's to publish; and the other way
/// round. What is parked until a person has done something is neither.
fn handed(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    let mut waiting = file
        .prepare_cached(
            "select c.id, c.scheduled_publish_at, c.handed_for, s.hand_over = 'wordpress'
             from content c join site s on s.id = c.site_id
             where c.delivery = 'scheduled' and c.removed_at = 0 and c.missed_at = 0 and s.removed_at = 0
               and not exists (select 1 from outbox o where o.content_id = c.id and o.state = 'failed')",
        )
        .expect("a statement of ours");
    let planned = waiting.query_map([], |row| {
        Ok(Planned { content: row.get(0)?, at: row.get(1)?, handed_for: row.get(2)?, is_sites: row.get(3)? })
    });
    let planned: Vec<Planned> = planned.expect("articles can be read").map(|row| row.expect("an article")).collect();
    for one in &planned {
        let is_due = one.at <= outside.now.0 + SOON_MS;
        if one.is_sites && !is_due && one.handed_for != one.at {
            broken.push(format!("what is scheduled is on its site: {}, {} there", one.content, one.handed_for));
        }
        let there: Vec<&RemoteStatus> = posts_of(file, outside, one.content).map(|post| &post.now.status).collect();
        let is_there = there.iter().any(|status| match status {
            RemoteStatus::Future(at) => at.0 == one.handed_for,
            // It has come, by the clock of the site.
            RemoteStatus::Publish => one.handed_for <= outside.right.0 + MINUTE_MS,
            RemoteStatus::Draft | RemoteStatus::Other(_) => false,
        });
        if (one.handed_for > 0) != is_there {
            broken.push(format!("a hand-over is what the site has: {}, {there:?}", one.content));
        }
    }
    let mut of_post = file
        .prepare_cached(
            "select exists (select 1 from content c join outbox o on o.content_id = c.id
               where o.draft_slug = ?1 and (c.handed_for = ?2 or o.state = 'failed'))",
        )
        .expect("a statement of ours");
    for post in outside.posts {
        let RemoteStatus::Future(at) = post.now.status else { continue };
        let is_ours: bool = of_post.query_row(params![post.key, at.0], |row| row.get(0)).expect("an answer");
        if !is_ours {
            broken.push(format!("nothing waits on a site that is not to go out: {} at {}", post.key, at.0));
        }
    }
}

/// What is published here is public there; and what is public there is published here, unless its delivery is parked, or its
/// time has not come here yet.
fn public(file: &Connection, outside: &Outside<'_>, broken: &mut Vec<String>) {
    let mut published =
        file.prepare_cached("select id from content where delivery = 'published'").expect("a statement of ours");
    let ids = published.query_map([], |row| row.get(0)).expect("articles can be read");
    for content in ids.map(|row| row.expect("an article")) {
        if posts_of(file, outside, content).all(|post| post.now.status != RemoteStatus::Publish) {
            broken.push(format!("what is published is public: {content}"));
        }
    }
    let mut known = file
        .prepare_cached(
            "select exists (select 1 from content c join outbox o on o.content_id = c.id where o.draft_slug = ?1
               and (c.delivery = 'published' or c.removed_at > 0 or o.state = 'failed' or o.error_code <> ''
                 or (c.delivery = 'scheduled' and c.handed_for > ?2)
                 or exists (select 1 from outbox d where d.content_id = c.id and d.discarded_from <> '')))",
        )
        .expect("a statement of ours");
    for post in outside.posts.iter().filter(|post| post.now.status == RemoteStatus::Publish) {
        let is_known: bool = known.query_row(params![post.key, outside.now.0], |row| row.get(0)).expect("an answer");
        if !is_known {
            broken.push(format!("what is public is published: {}", post.key));
        }
    }
}

fn posts_of<'a>(
    file: &Connection,
    outside: &Outside<'a>,
    content: i64,
) -> impl Iterator<Item = &'a crate::simulation::press::Post> {
    let mut keys = file
        .prepare_cached("select distinct draft_slug from outbox where content_id = ?1")
        .expect("a statement of ours");
    let keys = keys.query_map([content], |row| row.get(0)).expect("deliveries can be read");
    let keys: Vec<String> = keys.map(|row| row.expect("a slug")).collect();
    outside.posts.iter().filter(move |post| keys.contains(&post.key))
}
