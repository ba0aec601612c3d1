//! What the app wants of the desktop it runs on. The desktop shows and brings forward; what is shown and when is decided
//! here, so that it is the same whatever the desktop is, and nothing fails where there is none: the list of notices is the
//! record, and the desktop only points to it.

use crate::calling::CALL_MS;
use crate::dto::desktop::Popup;
use crate::{Fault, Igny8, caught, view};
use igny8_core::notice::{BURST, Pace, Tell, Waiting};
use igny8_core::topic::Topic;
use igny8_engine::{Engine, settings};
use igny8_store::{Changes, StoreError};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// How long quiet hours are slept through at once. Short, because timers stand still while a laptop sleeps.
const QUIET_WAIT_MS: u64 = 30_000;
/// The wait after something failed as a whole (a full disk, say).
const FAILURE_WAIT_MS: u64 = 5_000;
/// How long whoever starts the app a second time waits at the most. One look is one step into an index that is empty.
const LOOK_FOR_CALLERS_MS: u64 = 500;
/// Rows to read: one more than are ever shown one by one tells that there are more.
const ROWS: u32 = BURST as u32 + 1;

/// The desktop.
pub trait Desktop: Send + Sync {
    /// Whether the user has the window before them, where the bell says what is new.
    fn is_looked_at(&self) -> bool;
    /// Shows a notification of the system. Where nobody shows one, nothing happens.
    fn show(&self, popup: &Popup);
    /// Brings the window to the front, out of the tray as well.
    fn come_forward(&self);
}

impl Igny8 {
    /// Begins to give the desktop what it is to show, as long as the app is open; once, however often it is asked.
    pub fn tell_desktop(&self, desktop: Arc<dyn Desktop>) {
        if !self.is_telling.swap(true, Ordering::AcqRel) {
            let engine = Arc::clone(&self.engine);
            self.begin(async move { tell(&engine, desktop.as_ref()).await });
        }
    }

    /// Begins to bring the window forward when another start asks for it.
    pub fn heed_callers(&self, desktop: Arc<dyn Desktop>) {
        let engine = Arc::clone(&self.engine);
        self.begin(async move { heed_callers(&engine, desktop.as_ref()).await });
    }
}

/// Gives the desktop what it is to show until the store is closed.
async fn tell(engine: &Engine, desktop: &dyn Desktop) {
    let mut changes = engine.store().changes();
    let mut pace = Pace::default();
    loop {
        let passed = caught(async { pass(engine, desktop, &mut pace).await });
        let wait_ms = passed.await.unwrap_or_else(|fault| {
            tracing::error!(%fault, "the desktop could not be told");
            Some(FAILURE_WAIT_MS)
        });
        tokio::select! {
            is_open = something_to_tell(&mut changes) => if !is_open { return },
            () = sleep(engine, wait_ms) => {}
        }
    }
}

/// Brings the window forward whenever another start asks for it.
async fn heed_callers(engine: &Engine, desktop: &dyn Desktop) {
    // One that calls while we begin is answered.
    let before = engine.clock().now().plus_ms(-CALL_MS);
    if let Err(error) = engine.store().write(move |w| w.forget_window_requests(before)).await {
        tracing::warn!(%error, "what earlier starts have asked stays");
    }
    loop {
        match engine.store().read(|r| r.is_window_called()).await {
            Ok(false) => {}
            Ok(true) => {
                desktop.come_forward();
                let now = engine.clock().now();
                if let Err(error) = engine.store().write(move |w| w.window_came(now)).await {
                    tracing::error!(%error, "another start could not be answered");
                }
            }
            Err(StoreError::Closed) => return,
            Err(error) => tracing::error!(%error, "other starts could not be looked for"),
        }
        engine.clock().sleep_ms(LOOK_FOR_CALLERS_MS).await;
    }
}

/// Tells what can be told now; how long to wait for the rest, `None` for what comes next.
async fn pass(engine: &Engine, desktop: &dyn Desktop, pace: &mut Pace) -> Result<Option<u64>, Fault> {
    let read = engine.store().read(|r| {
        let untold = r.untold_notifications(ROWS)?;
        Ok::<_, StoreError>((untold, settings::quiet_hours(r)?, settings::load(r)?.zone))
    });
    let (untold, quiet, zone) = read.await?;
    let (now, now_ms) = (engine.clock().now(), engine.clock().monotonic_ms());
    if untold.count == 0 {
        return Ok(None);
    }
    if quiet.hold_at(now, &zone) {
        let left = quiet.over_at(now, &zone).0.saturating_sub(now.0);
        return Ok(Some(u64::try_from(left).unwrap_or(0).clamp(1, QUIET_WAIT_MS)));
    }
    if !desktop.is_looked_at() {
        let waiting: Vec<Waiting> = untold.rows.iter().map(|row| Waiting { at: row.created_at }).collect();
        match pace.decide(&waiting, now, now_ms) {
            Tell::Nothing => return Ok(None),
            Tell::Later(wait_ms) => return Ok(Some(wait_ms)),
            Tell::Each => {
                for row in untold.rows {
                    desktop.show(&Popup { notice: Some(view::account::notification(row)), count: 1 });
                    pace.shown(now_ms);
                }
            }
            Tell::Together => {
                desktop.show(&Popup { notice: None, count: untold.count });
                pace.shown(now_ms);
            }
        }
    }
    let through = untold.through;
    engine.store().write(move |w| w.notifications_told(through, now)).await?;
    Ok(None)
}

/// Waits for a commit that may have left something to tell, or may allow it. Whether the store is still open.
async fn something_to_tell(changes: &mut Receiver<Changes>) -> bool {
    loop {
        match changes.recv().await {
            Ok(change) if change.topics.iter().any(|topic| matches!(topic, Topic::Notifications | Topic::Settings)) => {
                return true;
            }
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return true,
            Err(RecvError::Closed) => return false,
        }
    }
}

async fn sleep(engine: &Engine, wait_ms: Option<u64>) {
    match wait_ms {
        Some(wait_ms) => engine.clock().sleep_ms(wait_ms).await,
        None => std::future::pending().await,
    }
}
