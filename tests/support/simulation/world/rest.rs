//! The end of a world: the weather clears up, what waits for the user is gone on with, and everything must come to rest.

use super::{Wish, World, checks};
use igny8_core::id::SiteId;
use igny8_core::port::Clock;

/// How often the user goes on with what waits in any case: for a run that ends early leaves what else was interrupted.
const GO_ON_ROUNDS: u8 = 4;
/// How often at most, while something stands still: each dear call lets what comes after it do so.
const GO_ON_ROUNDS_MAX: u8 = 200;
/// Most moves that a world may take to come to rest: what a unit takes that waits for two days, looked at every half minute
/// by all that has a time.
const REST_MOVES_MAX: u64 = 200_000;
/// Most time that may pass while it does: a site whose line breaks as often as this one's is tried many times.
const REST_MS_MAX: u64 = 48 * 3_600_000;
/// How long the machine must have been awake for what came due while it slept to be looked at.
const LOOK_MS: u64 = 60_000;
/// What is due sooner is not given to its site any more.
const SOON_MS: i64 = 3 * 60_000;

/// Whether anything of the calendar is left to be done: an article whose time has come by both clocks, one of which its site
/// has another time than it is to have, or still has one, and a run whose turn it is. What is parked, or was missed, is left
/// to a person.
const TIMES_LEFT: &str = "
    select 'article ' || c.id || ' at ' || c.scheduled_publish_at || ', there ' || c.handed_for || ', ' || c.delivery
    from content c join site s on s.id = c.site_id and s.removed_at = 0
    where c.removed_at = 0 and c.missed_at = 0
      and not exists (select 1 from outbox o where o.content_id = c.id and o.state = 'failed')
      and ((c.delivery = 'scheduled' and c.scheduled_publish_at <= min(?1, ?2))
        or (c.delivery = 'scheduled' and c.scheduled_publish_at > ?1 + ?3 and s.hand_over = 'wordpress'
          and c.handed_for <> c.scheduled_publish_at)
        or (c.delivery = 'not_published' and c.handed_for > 0))
    union all
    select 'run of site ' || o.site_id || ' for ' || o.wall from occurrence o
      join site s on s.id = o.site_id and s.removed_at = 0
    where o.state = 'waiting' and o.starts_at <= ?1";

impl World {
    /// The weather clears up: no process ends, nobody wants anything new, and the world must come to rest.
    pub(super) fn rest(&mut self) -> Vec<String> {
        self.note(|| "the weather clears up".to_owned());
        self.around.vendor.calm();
        self.around.press.calm();
        let (mut moves, since) = (0, self.around.clock.awake_ms());
        let (mut is_asked, mut rounds) = (false, 0);
        loop {
            moves += 1;
            let is_quiet = !self.go_on();
            let broken = self.found();
            if let Some(broken) = broken {
                return broken;
            }
            let goes_on = rounds < GO_ON_ROUNDS || (rounds < GO_ON_ROUNDS_MAX && self.stands_still());
            if is_asked && goes_on && self.is_alone() && !self.is_driving() {
                rounds += 1;
                Wish::very_last().into_iter().for_each(|wish| self.ask(wish));
            }
            if self.was_recovered && !is_asked {
                is_asked = true;
                Wish::last().into_iter().for_each(|wish| self.ask(wish));
            }
            let has_looked = !self.around.keeps_times || self.around.clock.awake_ms() - since > LOOK_MS;
            if is_quiet && has_looked && rounds >= GO_ON_ROUNDS && self.has_ended() {
                break;
            }
            if moves > REST_MOVES_MAX || self.around.clock.awake_ms() - since > REST_MS_MAX {
                let (left, names) = (self.left(), self.process_now().tasks.names());
                return vec![format!("the world comes to rest: {names:?} after {moves} moves; left: {left:?}")];
            }
        }
        self.process_now().stop();
        for _ in 0..100 {
            self.go_on();
        }
        let mut broken = self.look(checks::always);
        broken.extend(self.look(checks::at_rest));
        if self.plant.is_none() {
            broken.extend(checks::audited(&self.around.folder.database()));
        }
        if !self.process_now().tasks.is_empty() {
            broken.push(format!("a process that is asked to end does: {:?}", self.process_now().tasks.names()));
        }
        broken
    }

    /// Units that are left: what they are for, how they stand, whether they are interrupted, and until when they wait.
    fn left(&self) -> Vec<String> {
        let mut left = self
            .file
            .prepare_cached(
                "select format('%s of site %d: %s, %s, %d', o.function_name, o.site_id, j.state,
                   iif(o.interrupted_at > 0, 'interrupted', 'at work'), j.run_at)
                 from job j join operation o on o.id = j.operation_id where j.state in ('ready', 'leased') order by j.id",
            )
            .expect("a statement of ours");
        let rows = left.query_map([], |row| row.get(0)).expect("jobs can be read");
        rows.map(|row| row.expect("a job")).chain(self.times_left()).collect()
    }

    /// What of the calendar is left to be done.
    fn times_left(&self) -> Vec<String> {
        if !self.around.keeps_times {
            return Vec::new();
        }
        let (now, right) = (self.around.clock.now(), self.around.clock.right());
        let mut left = self.file.prepare_cached(TIMES_LEFT).expect("a statement of ours");
        let rows = left.query_map([now.0, right.0, SOON_MS], |row| row.get(0)).expect("times can be read");
        rows.map(|row| row.expect("a time")).collect()
    }

    /// Nobody waits, and neither a unit nor a delivery is left.
    fn has_ended(&mut self) -> bool {
        let left = self.file.prepare_cached(
            "select exists (select 1 from job where state in ('ready', 'leased'))
               or exists (select 1 from outbox where state in ('pending', 'drafted', 'updated'))",
        );
        let is_left: bool =
            left.expect("a statement of ours").query_row([], |row| row.get(0)).expect("jobs can be read");
        !is_left && self.is_alone() && self.times_left().is_empty()
    }

    /// Whether work waits for the user.
    fn stands_still(&self) -> bool {
        let still = self.file.prepare_cached(
            "select exists (select 1 from operation where status = 'pending' and interrupted_at > 0)
               or exists (select 1 from run where ended_at = 0 and (paused_at > 0 or interrupted_at > 0))",
        );
        still.expect("a statement of ours").query_row([], |row| row.get(0)).expect("work can be read")
    }

    /// A run is at work, which went on by itself: whoever goes on with the site now says nothing new.
    fn is_driving(&mut self) -> bool {
        let engine = &self.process_now().engine;
        [SiteId(1), SiteId(2)].into_iter().any(|site| engine.is_driving(site))
    }

    /// Nobody waits for an answer: only the process itself is at work.
    fn is_alone(&mut self) -> bool {
        self.process_now().tasks.len() == 1
    }
}
