//! Whoever sends: takes deliveries from the outbox as they come due, a few at once, and goes on for as long as the program
//! runs. A delivery that is cut off by its end goes on at the next start where it was.

use super::{Delivered, Ended};
use crate::runner::is_over;
use crate::{Engine, EngineError};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use igny8_core::id::{OutboxId, SiteId};
use igny8_core::panicked;
use igny8_core::status::DestinationKind;
use igny8_core::topic::Topic;
use igny8_store::Changes;
use igny8_store::table::content::ContentRow;
use igny8_store::table::outbox::{Due, OutboxRow};
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use tokio::sync::{broadcast, watch};

/// How long it sleeps before it looks at the clock again. Short, because timers stand still while a laptop sleeps.
const IDLE_WAIT_MS: u64 = 30_000;
/// The wait after something failed as a whole (a full disk, say).
const FAILURE_WAIT_MS: u64 = 5_000;
/// Most deliveries at once over all sites: each has pictures in memory.
const DELIVERIES_MAX: usize = 8;

type Attempt<'e> = Pin<Box<dyn Future<Output = (OutboxId, Result<Ended, EngineError>)> + Send + 'e>>;

/// Deliveries under way.
#[derive(Default)]
struct UnderWay<'e> {
    attempts: FuturesUnordered<Attempt<'e>>,
    sites: BTreeMap<OutboxId, SiteId>,
    /// One of them may be in hand in the file, and is in nobody's.
    left_behind: bool,
}

impl UnderWay<'_> {
    /// Whether another one may go out beside these.
    fn has_room_for(&self, due: &Due) -> bool {
        let at_site = self.sites.values().filter(|site| **site == due.site).count();
        let at_once_max = match due.kind {
            DestinationKind::WordPress => due.health.at_once_max(),
            // Its files are written one after the other.
            DestinationKind::Folder => 1,
        };
        at_site < at_once_max && self.sites.len() < DELIVERIES_MAX && !self.sites.contains_key(&due.id)
    }
}

impl Engine {
    /// Sends what the outbox has, as it comes due, until `stop` turns true.
    pub async fn send(&self, mut stop: watch::Receiver<bool>) {
        let mut under_way = UnderWay::default();
        let mut changes = self.store.changes();
        while !is_over(&stop) {
            let wait_ms = match self.send_due(&mut under_way).await {
                Ok(wait_ms) => wait_ms,
                Err(error) => {
                    tracing::error!(%error, "nothing could be taken from the outbox");
                    FAILURE_WAIT_MS
                }
            };
            tokio::select! {
                biased;
                _ = stop.changed() => {}
                Some((id, ended)) = under_way.attempts.next() => {
                    under_way.sites.remove(&id);
                    if let Err(error) = ended {
                        tracing::error!(%error, "a delivery was cut off");
                        under_way.left_behind = true;
                    }
                }
                () = self.outbox_wake.notified() => {}
                () = articles_changed(&mut changes) => {}
                () = self.clock.sleep_ms(wait_ms) => {}
            }
        }
    }

    /// Sends what is due, one after the other, until nothing is. Returns how many were read back.
    ///
    /// # Errors
    /// The first error that is not a site's.
    pub async fn drain_outbox(&self) -> Result<u32, EngineError> {
        let mut published = 0;
        self.ask_for_unsent().await?;
        loop {
            let now = self.clock.now();
            let due = self.store.read(move |r| r.due_outbox(now)).await?;
            let Some(first) = due.first() else { return Ok(published) };
            let Some((outbox, article)) = self.take_due(first.id).await? else { continue };
            if let Ended::Delivered(Delivered::Published { .. }) = self.attempt(&outbox, &article).await? {
                published += 1;
            }
        }
    }

    /// Begins what is due and has room; returns how long to wait for more.
    async fn send_due<'e>(&'e self, under_way: &mut UnderWay<'e>) -> Result<u64, EngineError> {
        if under_way.left_behind {
            let (instance, held) = (self.instance, under_way.sites.keys().copied().collect::<Vec<_>>());
            self.store.write(move |w| w.void_deliveries(instance, &held)).await?;
            under_way.left_behind = false;
        }
        self.ask_for_unsent().await?;
        let now = self.clock.now();
        for due in self.store.read(move |r| r.due_outbox(now)).await? {
            if !under_way.has_room_for(&due) {
                continue;
            }
            let Some((outbox, article)) = self.take_due(due.id).await? else { continue };
            under_way.sites.insert(due.id, due.site);
            under_way.attempts.push(Box::pin(async move { (outbox.id, self.attempt_caught(&outbox, &article).await) }));
        }
        let next = self.store.read(move |r| r.next_outbox_after(now)).await?;
        let wait_ms = next.map_or(IDLE_WAIT_MS, |at| u64::try_from(at.0.saturating_sub(now.0)).unwrap_or(0));
        Ok(wait_ms.min(IDLE_WAIT_MS))
    }

    /// An attempt that panics ends as parked.
    async fn attempt_caught(&self, outbox: &OutboxRow, article: &ContentRow) -> Result<Ended, EngineError> {
        match AssertUnwindSafe(self.attempt(outbox, article)).catch_unwind().await {
            Ok(ended) => ended,
            Err(payload) => {
                tracing::error!(words = %panicked::words(payload.as_ref()), "a delivery panicked");
                self.end_panicked_delivery(outbox, article).await
            }
        }
    }
}

/// Ready when an article or a picture was changed: its site may have to hear of it. What was missed counts as such.
async fn articles_changed(changes: &mut broadcast::Receiver<Changes>) {
    loop {
        match changes.recv().await {
            Ok(change) if change.topics.iter().any(|topic| matches!(topic, Topic::Contents | Topic::Images)) => return,
            Ok(_) => {}
            Err(broadcast::error::RecvError::Lagged(_)) => return,
            // Nobody will change anything any more.
            Err(broadcast::error::RecvError::Closed) => std::future::pending::<()>().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::id::ContentId;
    use igny8_core::outbox::{AT_ONCE_MAX, FAILURES_MAX, SiteHealth};
    use uuid::Uuid;

    fn due(number: u8, site: i64, kind: DestinationKind, failures: u32) -> Due {
        let health = SiteHealth { failures, ..SiteHealth::default() };
        let (id, content) = (OutboxId(Uuid::from_u128(number.into())), ContentId(number.into()));
        Due { id, content, site: SiteId(site), kind, health }
    }

    fn begun(kind: DestinationKind, failures: u32, sites: impl Fn(u8) -> i64) -> usize {
        let mut under_way = UnderWay::default();
        for number in 0..20 {
            let one = due(number, sites(number), kind, failures);
            if under_way.has_room_for(&one) {
                under_way.sites.insert(one.id, one.site);
            }
        }
        under_way.sites.len()
    }

    #[test]
    fn a_site_gets_as_many_at_once_as_it_bears() {
        let one_site = |_: u8| 1;
        assert_eq!(begun(DestinationKind::WordPress, 0, one_site), AT_ONCE_MAX);
        assert_eq!(begun(DestinationKind::WordPress, FAILURES_MAX, one_site), 1, "one tells whether it is back");
        assert_eq!(begun(DestinationKind::Folder, 0, one_site), 1);
        assert_eq!(begun(DestinationKind::WordPress, 0, i64::from), DELIVERIES_MAX, "over all sites");
    }
}
