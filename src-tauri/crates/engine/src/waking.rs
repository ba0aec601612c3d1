//! Waking up. Timers stand still while a computer sleeps, and a person or a time server may set its clock: whoever waits
//! for a time of day then waits too long. This loop compares the two clocks in short steps, and has what waits looked at
//! as soon as they have moved apart.

use crate::Engine;
use crate::runner::is_over;
use igny8_core::time::UtcMs;
use tokio::sync::watch;

/// How long after waking it is noticed at the most.
const LOOK_EVERY_MS: u64 = 5_000;
/// How far the clocks move apart before it counts: more than a time server corrects at once, less than anything waits for.
const APART_MS: u64 = 10_000;

/// Both clocks at one moment.
#[derive(Clone, Copy, Debug)]
struct Moment {
    wall: UtcMs,
    monotonic_ms: u64,
}

impl Moment {
    /// How far the wall clock has moved since without time passing, in either direction.
    fn jump_ms(self, since: Self) -> u64 {
        let passed = self.monotonic_ms.saturating_sub(since.monotonic_ms);
        self.wall.0.saturating_sub(since.wall.0).abs_diff(i64::try_from(passed).unwrap_or(i64::MAX))
    }
}

impl Engine {
    /// Has what waits looked at when the computer has slept or its clock was set, until `stop` turns true.
    pub async fn notice_jumps(&self, mut stop: watch::Receiver<bool>) {
        let mut before = self.moment();
        while !is_over(&stop) {
            tokio::select! {
                biased;
                _ = stop.changed() => {}
                () = self.clock.sleep_ms(LOOK_EVERY_MS) => {}
            }
            let now = self.moment();
            let jump_ms = now.jump_ms(before);
            if jump_ms >= APART_MS {
                tracing::info!(seconds = jump_ms / 1_000, "the clock has jumped: what waits is looked at");
                self.wake.notify_one();
                self.outbox_wake.notify_one();
            }
            before = now;
        }
    }

    fn moment(&self) -> Moment {
        Moment { wall: self.clock.now(), monotonic_ms: self.clock.monotonic_ms() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_what_the_clocks_move_apart() {
        let before = Moment { wall: UtcMs(1_000_000), monotonic_ms: 500 };
        let after = |wall, monotonic_ms| Moment { wall: UtcMs(wall), monotonic_ms }.jump_ms(before);
        assert_eq!(after(1_005_000, 5_500), 0, "time passed");
        assert_eq!(after(8_205_000, 5_500), 7_200_000, "it slept for two hours");
        assert_eq!(after(940_000, 500), 60_000, "it was set back");
    }
}
