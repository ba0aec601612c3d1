//! Time as the world has it: a wall clock that people and daylight saving move about, timers that only know how long the
//! machine was awake, and the time that it really is, which other computers go by. A laptop that sleeps for a week moves the
//! first and the last and not the timers; a person who sets its clock moves the first alone.

use async_trait::async_trait;
use igny8_core::port::Clock;
use igny8_core::time::UtcMs;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

#[derive(Debug)]
struct State {
    wall_ms: i64,
    right_ms: i64,
    awake_ms: u64,
    /// By due time and order of asking.
    timers: BTreeMap<(u64, u64), Waker>,
    asked: u64,
    passed_ms: i64,
}

/// The clock of one world; it outlives every process in it.
#[derive(Clone, Debug)]
pub struct VirtualClock {
    state: Arc<Mutex<State>>,
}

impl VirtualClock {
    /// A clock that stands at `start`.
    pub fn at(start: UtcMs) -> Self {
        let state =
            State { wall_ms: start.0, right_ms: start.0, awake_ms: 0, timers: BTreeMap::new(), asked: 0, passed_ms: 0 };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// Lets time pass up to the next timer and wakes whoever waits for it. False when nobody waits.
    pub fn to_next_timer(&self) -> bool {
        let next = self.lock().timers.keys().next().map(|(due, _)| *due);
        let Some(due) = next else { return false };
        let ms = due.saturating_sub(self.lock().awake_ms);
        self.pass(ms);
        true
    }

    /// Lets time pass while the machine is awake.
    pub fn pass(&self, ms: u64) {
        let due = {
            let mut state = self.lock();
            state.awake_ms += ms;
            state.wall_ms += i64::try_from(ms).unwrap_or(0);
            state.right_ms += i64::try_from(ms).unwrap_or(0);
            state.passed_ms += i64::try_from(ms).unwrap_or(0);
            let after = (state.awake_ms + 1, 0);
            let later = state.timers.split_off(&after);
            std::mem::replace(&mut state.timers, later)
        };
        due.into_values().for_each(Waker::wake);
    }

    /// Moves the wall clock alone: daylight saving, or a person who sets it.
    pub fn jump(&self, ms: i64) {
        let mut state = self.lock();
        state.wall_ms += ms;
        state.passed_ms += ms.abs();
    }

    /// Lets time pass while the machine sleeps.
    pub fn sleep(&self, ms: i64) {
        self.lock().right_ms += ms;
        self.jump(ms);
    }

    /// What time it is where nobody has set the clock.
    pub fn right(&self) -> UtcMs {
        UtcMs(self.lock().right_ms)
    }

    /// How far the wall clock went in all, in either direction, in milliseconds.
    pub fn passed_ms(&self) -> i64 {
        self.lock().passed_ms
    }

    /// How long the machine was awake.
    pub fn awake_ms(&self) -> u64 {
        self.lock().awake_ms
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Clock for VirtualClock {
    fn now(&self) -> UtcMs {
        UtcMs(self.lock().wall_ms)
    }

    fn monotonic_ms(&self) -> u64 {
        self.lock().awake_ms
    }

    async fn sleep_ms(&self, ms: u64) {
        let due = self.lock().awake_ms + ms;
        Timer { clock: self, due, place: None }.await;
    }
}

/// One wait. Whoever gives it up leaves no timer behind.
struct Timer<'a> {
    clock: &'a VirtualClock,
    due: u64,
    place: Option<(u64, u64)>,
}

impl Future for Timer<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.lock();
        if let Some(place) = self.place {
            state.timers.remove(&place);
        }
        if state.awake_ms >= self.due {
            return Poll::Ready(());
        }
        state.asked += 1;
        let place = (self.due, state.asked);
        state.timers.insert(place, context.waker().clone());
        drop(state);
        self.place = Some(place);
        Poll::Pending
    }
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        if let Some(place) = self.place {
            self.clock.lock().timers.remove(&place);
        }
    }
}
