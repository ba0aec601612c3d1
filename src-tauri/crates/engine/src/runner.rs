//! The runner: works on as many units at once as their providers have room for. A plain step for tests, a loop around
//! it for the product; all units run inside the one future of [`Engine::run`], so that whoever drops it ends them all.
//! The loop also turns the month and looks once a day for models that end, which no other part of a program that stays open
//! would notice.

use crate::{Engine, EngineError};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use igny8_core::id::JobId;
use igny8_core::panicked;
use igny8_core::retry::{DELAY_MS_MAX, REST_MS_MAX};
use igny8_core::time::UtcMs;
use igny8_store::StoreError;
use igny8_store::table::job::ReadyUnit;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use tokio::sync::watch;

/// How long an idle runner sleeps before it looks at the clock again. Short, because timers stand still while a laptop
/// sleeps. A month that turns while it sleeps is turned that late.
const IDLE_WAIT_MS: u64 = 30_000;
/// How long the runner waits after a step that failed as a whole (a full disk, say) before it tries again.
const FAILURE_WAIT_MS: u64 = 5_000;
/// Most units at work at once, whatever their providers allow: each is a connection and an answer in memory.
const UNITS_MAX: usize = 32;

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// Worked on a unit.
    Unit,
    /// Nothing was ready.
    Idle,
}

type Work<'e> = Pin<Box<dyn Future<Output = (JobId, Result<(), EngineError>)> + Send + 'e>>;

/// Units at work.
#[derive(Default)]
struct AtWork<'e> {
    units: FuturesUnordered<Work<'e>>,
    providers: BTreeMap<JobId, String>,
    /// Units whose step failed as a whole: still leased to us, and nobody works on them.
    left_behind: Vec<JobId>,
    /// Nothing is taken up before this moment of the monotonic clock: a step has just failed as a whole.
    not_before_ms: u64,
}

impl Engine {
    /// Works on the next ready unit, to its end.
    ///
    /// # Errors
    /// When the database fails; the unit stays as it is and recovery finds it.
    pub async fn step(&self) -> Result<Ran, EngineError> {
        if !self.books_balance() {
            return Ok(Ran::Idle);
        }
        let Some(unit) = self.ready_unit(self.resting(), &BTreeMap::new()).await? else { return Ok(Ran::Idle) };
        self.run_unit(unit).await?;
        Ok(Ran::Unit)
    }

    /// Steps until nothing is ready.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub async fn drain(&self) -> Result<(), EngineError> {
        while self.step().await? == Ran::Unit {}
        Ok(())
    }

    /// Works until `stop` turns true, finishing the units at hand.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        let mut at_work = AtWork::default();
        loop {
            let is_stopping = is_over(&stop);
            if is_stopping && at_work.units.is_empty() {
                return;
            }
            let wait = if is_stopping { IDLE_WAIT_MS } else { self.take_up(&mut at_work).await };
            tokio::select! {
                biased;
                Some((job, ended)) = at_work.units.next() => {
                    at_work.providers.remove(&job);
                    if let Err(error) = ended {
                        tracing::error!(%error, "a unit could not be worked on");
                        self.set_trouble(of_the_disk(error));
                        at_work.left_behind.push(job);
                        at_work.not_before_ms = self.clock.monotonic_ms().saturating_add(FAILURE_WAIT_MS);
                    } else {
                        self.set_trouble(None);
                    }
                }
                () = self.wake.notified(), if !is_stopping => {}
                _ = stop.changed(), if !is_stopping => {}
                () = self.clock.sleep_ms(wait), if !is_stopping => {}
            }
        }
    }

    /// Works on a unit. One that panics ends as failed and takes nothing else with it: what it held is given back.
    async fn run_unit_caught(&self, unit: ReadyUnit) -> Result<(), EngineError> {
        match AssertUnwindSafe(self.run_unit(unit.clone())).catch_unwind().await {
            Ok(Err(EngineError::Store(StoreError::Panicked(words)))) => self.end_panicked(&unit, &words).await,
            Ok(ended) => ended,
            Err(payload) => self.end_panicked(&unit, &panicked::words(payload.as_ref())).await,
        }
    }

    /// Starts what is ready and has room; returns how long to wait for more.
    async fn take_up<'e>(&'e self, at_work: &mut AtWork<'e>) -> u64 {
        let early_ms = at_work.not_before_ms.saturating_sub(self.clock.monotonic_ms());
        if early_ms > 0 {
            return early_ms;
        }
        let started = async {
            // First of all: what is taken up now is paid from the new month.
            self.turn_month().await?;
            self.look_for_endings().await?;
            self.sweep_cancelled().await?;
            self.return_left_behind(at_work).await?;
            while self.books_balance() {
                let Some(unit) = self.next_unit(&at_work.providers).await? else { break };
                let job = unit.job;
                at_work.providers.insert(job, unit.provider.clone());
                at_work.units.push(Box::pin(async move { (job, self.run_unit_caught(unit).await) }));
            }
            Ok::<_, EngineError>(())
        };
        match started.await {
            Ok(()) => self.idle_wait_ms().await,
            Err(error) => {
                tracing::error!(%error, "no unit could be taken up");
                self.set_trouble(of_the_disk(error));
                FAILURE_WAIT_MS
            }
        }
    }

    /// The next unit that nobody works on and whose provider has room.
    async fn next_unit(&self, at_work: &BTreeMap<JobId, String>) -> Result<Option<ReadyUnit>, EngineError> {
        let taken = at_work.len();
        if taken >= UNITS_MAX {
            return Ok(None);
        }
        let mut calls: BTreeMap<&str, usize> = BTreeMap::new();
        for provider in at_work.values() {
            *calls.entry(provider).or_default() += 1;
        }
        let full = calls.into_iter().filter(|(provider, count)| *count >= self.door.concurrency(provider));
        let full: Vec<String> = full.map(|(provider, _)| provider.to_owned()).chain(self.resting()).collect();
        self.ready_unit(full, at_work).await
    }

    /// The next unit that is ready, nobody works on and waits for nothing, but for those of some providers.
    async fn ready_unit(
        &self,
        busy: Vec<String>,
        at_work: &BTreeMap<JobId, String>,
    ) -> Result<Option<ReadyUnit>, EngineError> {
        let (now, waiting, beside) = (self.clock.now(), self.waiting_for_room().await?, self.waiting_beside().await?);
        // A unit stays ready until its first commit: look past those that are only just taken up, or wait.
        let most = at_work.len() + beside.len() + 1;
        let ready = self.store.read(move |r| r.ready_units_but(now, &busy, &waiting, most)).await?;
        Ok(ready.into_iter().find(|unit| !at_work.contains_key(&unit.job) && !beside.contains(&unit.job)))
    }

    /// Leaves a provider alone until a moment, as it has asked. One that has passed, or that no vendor can have named, asks for
    /// nothing.
    pub fn leave_alone(&self, provider: &str, until: UtcMs) {
        let wait_ms = u64::try_from(until.0.saturating_sub(self.clock.now().0)).unwrap_or(0);
        if wait_ms <= REST_MS_MAX {
            self.door.rest(provider, self.clock.monotonic_ms().saturating_add(wait_ms));
        }
    }

    /// Providers that are left alone now.
    fn resting(&self) -> Vec<String> {
        let resting = self.door.resting(self.clock.monotonic_ms());
        resting.into_iter().map(|(provider, _)| provider).collect()
    }

    /// Gives units back to the queue that a failed step left leased.
    async fn return_left_behind(&self, at_work: &mut AtWork<'_>) -> Result<(), EngineError> {
        while let Some(job) = at_work.left_behind.last().copied() {
            let instance = self.instance;
            self.store.write_paid(move |w| w.return_unit(job, instance)).await?;
            at_work.left_behind.pop();
        }
        Ok(())
    }

    /// Until the next delayed unit, at most [`IDLE_WAIT_MS`].
    async fn idle_wait_ms(&self) -> u64 {
        let now = self.clock.now();
        let ms = match self.store.read(move |r| r.next_unit_after(now)).await {
            Ok(Some(at)) => u64::try_from(at.0.saturating_sub(now.0)).unwrap_or(0),
            Ok(None) | Err(_) => IDLE_WAIT_MS,
        };
        // No unit is told to wait that long: the clock was set back since.
        if ms > DELAY_MS_MAX && self.store.write(move |w| w.recall_units(now)).await.is_ok() {
            return 0;
        }
        let rests = self.door.resting(self.clock.monotonic_ms()).into_iter().map(|(_, ms)| ms);
        rests.fold(ms.min(IDLE_WAIT_MS), u64::min)
    }
}

/// Whether the background work is to end: it was told so, or nobody is there any more who could tell it.
pub(crate) fn is_over(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow() || stop.has_changed().is_err()
}

/// The failures of the file that whoever waits for work must hear of; others are a bug's and are in the log.
fn of_the_disk(error: EngineError) -> Option<StoreError> {
    if let EngineError::Store(error) = error { Some(error) } else { None }
}
