//! The one timer of the program: what happens because its time has come happens from here. Timers stand still while a
//! laptop sleeps, and wall clocks are set; so it sleeps in short steps, and compares. It also looks when something was
//! written that may have something to do now: an article that is finished, a schedule that was made otherwise.

use crate::runner::is_over;
use crate::schedule::Patience;
use crate::{Engine, EngineError};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use igny8_store::Changes;
use std::sync::atomic::Ordering;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

/// The longest sleep: a clock that was set, or a computer that woke up, is noticed that late.
const SLEEP_MS_MAX: u64 = 30_000;
/// How long it waits after something was written, so that a busy minute is looked at sixty times and not a thousand.
const SETTLE_MS: u64 = 1_000;
/// How often times are held against the rules of their zones, which change a few times a year.
const WALLS_EVERY_MS: i64 = 3_600 * 1_000;
/// How long it waits after a look that failed, on a full disk say.
const FAILURE_WAIT_MS: u64 = 5_000;

impl Engine {
    /// Somebody has the program open: from now on runs begin by themselves when their time has come, and articles go
    /// forward. A command that is over in a minute begins nothing of that.
    pub fn attend(&self) {
        self.is_attended.store(true, Ordering::Release);
        self.schedule_wake.notify_one();
    }

    /// Looks after all that comes due, at its time, until `stop` turns true.
    pub async fn keep_times(&self, mut stop: watch::Receiver<bool>) {
        let mut changes = self.store.changes();
        let (mut patience, mut walls_from) = (Patience::default(), None);
        while !is_over(&stop) {
            let wait_ms = tokio::select! {
                biased;
                wait_ms = self.look_at_the_clock(&mut patience, &mut walls_from) => wait_ms,
                _ = stop.changed() => continue,
            };
            let is_attended = self.is_attended.load(Ordering::Acquire);
            tokio::select! {
                biased;
                _ = stop.changed() => {}
                () = self.schedule_wake.notified() => {}
                () = self.clock.sleep_ms(wait_ms) => {}
                has_site_moved = self.something_moved(&mut changes), if is_attended => {
                    walls_from = walls_from.filter(|_| !has_site_moved);
                }
            }
        }
    }

    /// Does what is to be done by now; how long to wait for more.
    async fn look_at_the_clock(&self, patience: &mut Patience, walls_from: &mut Option<UtcMs>) -> u64 {
        let mut wait_ms = SLEEP_MS_MAX;
        if self.is_attended.load(Ordering::Acquire) {
            let now = self.clock.now();
            // A clock that was set back looks at once.
            if walls_from.is_none_or(|from| !(0..WALLS_EVERY_MS).contains(&now.0.saturating_sub(from.0))) {
                *walls_from = self.keep_walls().await.is_ok().then_some(now);
            }
            wait_ms = match self.keep_appointments().await {
                Ok(next) => self.until(next),
                Err(error) => {
                    tracing::error!(%error, "what is due could not be looked at");
                    FAILURE_WAIT_MS
                }
            };
        }
        self.keep_due(patience).await.min(wait_ms)
    }

    /// Does what is to be done by now, and says when there is something next; `None` when nothing is planned. While all AI
    /// work is paused no run begins: what was due then is looked at once it goes on.
    ///
    /// # Errors
    /// When the file fails; what was not done is done at the next look.
    pub async fn keep_appointments(&self) -> Result<Option<UtcMs>, EngineError> {
        if self.all_paused().await?.is_some() {
            self.all_go_forward().await?;
            return Ok(None);
        }
        for due in self.due_runs().await? {
            self.begin_due_run(due).await?;
        }
        self.all_go_forward().await?;
        self.next_run_due().await
    }

    fn until(&self, next: Option<UtcMs>) -> u64 {
        let left = next.map(|next| next.0.saturating_sub(self.clock.now().0));
        left.map_or(SLEEP_MS_MAX, |left| u64::try_from(left).unwrap_or(0).min(SLEEP_MS_MAX))
    }

    /// Waits until something was written that may have something to do, and until the writing settles. Whether a site was
    /// among it, which may have another zone now.
    async fn something_moved(&self, changes: &mut Receiver<Changes>) -> bool {
        let mut topics = loop {
            match changes.recv().await {
                Ok(change) if change.topics.iter().any(|topic| has_something_to_do(*topic)) => break change.topics,
                Ok(_) => {}
                // What was missed may have been such.
                Err(RecvError::Lagged(_)) => break vec![Topic::Sites],
                Err(RecvError::Closed) => return std::future::pending().await,
            }
        };
        self.clock.sleep_ms(SETTLE_MS).await;
        while let Ok(change) = changes.try_recv() {
            topics.extend(change.topics);
        }
        topics.contains(&Topic::Sites)
    }
}

/// Whether what happens by itself depends on it.
fn has_something_to_do(topic: Topic) -> bool {
    match topic {
        Topic::Contents | Topic::Images | Topic::Settings | Topic::Sites | Topic::Operations => true,
        Topic::Keywords
        | Topic::Clusters
        | Topic::Ideas
        | Topic::Tasks
        | Topic::Credits
        | Topic::Notifications
        | Topic::Publications
        | Topic::Models
        | Topic::Prompts => false,
    }
}
