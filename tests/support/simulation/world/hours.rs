//! Time in a world: the clock that is set, the machine that sleeps, and the moments at which something is due, which it is
//! woken at more often than chance would have it.

use super::{DAY, HOUR, World};
use crate::simulation::user::TimeWish;
use igny8_core::port::Clock;

/// How often, of a thousand times, the machine sleeps over the next time that something is due at, where anything is.
const OVER_DUE: u32 = 500;
const MINUTE: i64 = 60_000;

/// Where the next time is that an article or a run has.
const NEXT: &str = "
    select min(at) from (
      select scheduled_publish_at as at from content where scheduled_publish_at > ?1 and removed_at = 0
      union all
      select ?1 - ?1 % 86400000 + minute_of_day * 60000
        + iif(minute_of_day * 60000 > ?1 % 86400000, 0, 86400000) from automation where is_enabled = 1)";

impl World {
    /// The wall clock moves by itself: sleep, daylight saving, a person who sets it.
    pub(super) fn jump(&mut self) {
        if self.around.keeps_times && self.chance.permille(OVER_DUE) {
            return self.sleep_over_due();
        }
        let ms = match self.chance.below(6) {
            0 => HOUR,
            1 => -HOUR,
            2 => self.chance.between(1, 40) * DAY,
            3 => -self.chance.between(1, 40) * DAY,
            4 => self.chance.between(1, 20) * HOUR,
            _ => self.chance.between(0, 5 * MINUTE),
        };
        let is_asleep = self.around.keeps_times && ms > 0 && self.chance.permille(500);
        self.note(|| format!("the clock {} by {ms} ms", if is_asleep { "goes on in sleep" } else { "jumps" }));
        match is_asleep {
            true => self.around.clock.sleep(ms),
            false => self.around.clock.jump(ms),
        }
    }

    /// The machine sleeps until just after the next time that something is due at, or for long behind it.
    fn sleep_over_due(&mut self) {
        let now = self.around.clock.now();
        let mut next = self.file.prepare_cached(NEXT).expect("a statement of ours");
        let due: Option<i64> = next.query_row([now.0], |row| row.get(0)).expect("times can be read");
        drop(next);
        let late = match self.chance.below(4) {
            0 => self.chance.between(0, 26) * HOUR,
            1 => self.chance.between(0, 90) * MINUTE,
            _ => self.chance.between(0, 2 * MINUTE),
        };
        let ms = due.map_or(late, |due| due - now.0 + late);
        self.note(|| format!("the machine sleeps for {ms} ms"));
        self.around.clock.sleep(ms);
        self.around.press.visit();
    }

    /// Something that the user wants of the calendar.
    pub(super) fn time_wish(&mut self) -> TimeWish {
        // The sites are in UTC.
        let minute = self.around.clock.now().minute_of_day_in("UTC");
        TimeWish::draw(&mut self.chance, &self.file, minute)
    }
}
