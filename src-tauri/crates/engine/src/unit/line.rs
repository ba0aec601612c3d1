//! The lines over which units ask their vendors, by their operations, so that whoever cancels one can hang up on them.
//! The sign is given after the commit that cancels: what finds it finds its operation cancelled. It lives in memory like
//! the connection that it closes; a process that ends closes those as well.

use igny8_core::hangup::{Caller, Hangup, Over};
use igny8_core::id::OperationId;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Operations that have units at work.
#[derive(Default)]
pub(crate) struct Lines {
    open: Mutex<BTreeMap<OperationId, Shared>>,
}

/// What the units of an operation share.
struct Shared {
    units: usize,
    is_cut: watch::Sender<bool>,
}

/// A unit's place on its operation's line, for as long as it is at work.
pub(crate) struct Line<'e> {
    lines: &'e Lines,
    operation: OperationId,
    is_cut: watch::Receiver<bool>,
}

/// The caller as an adapter knows it.
struct OnLine(watch::Receiver<bool>);

impl Lines {
    /// Takes a place on an operation's line.
    pub fn join(&self, operation: OperationId) -> Line<'_> {
        let mut open = self.lock();
        let shared = open.entry(operation).or_insert_with(|| Shared { units: 0, is_cut: watch::Sender::new(false) });
        shared.units += 1;
        let is_cut = shared.is_cut.subscribe();
        Line { lines: self, operation, is_cut }
    }

    /// Hangs up for all units of an operation.
    pub fn hang_up(&self, operation: OperationId) {
        if let Some(shared) = self.lock().get(&operation) {
            shared.is_cut.send_replace(true);
        }
    }

    /// A poisoned lock only means that a thread ended while it held it; the map is still whole.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<OperationId, Shared>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Line<'_> {
    /// What an adapter is told of it.
    pub fn hangup(&self) -> Hangup {
        Hangup::of(Arc::new(OnLine(self.is_cut.clone())))
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        let mut open = self.lines.lock();
        if let Some(shared) = open.get_mut(&self.operation) {
            shared.units = shared.units.saturating_sub(1);
            if shared.units == 0 {
                open.remove(&self.operation);
            }
        }
    }
}

impl Caller for OnLine {
    fn is_gone(&self) -> bool {
        *self.0.borrow()
    }

    fn gone(&self) -> Over<'_> {
        Box::pin(async {
            if self.0.clone().wait_for(|is_cut| *is_cut).await.is_err() {
                // The line was given up with its unit, and nobody can hang up any more.
                std::future::pending::<()>().await;
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use uuid::Uuid;

    #[test]
    fn hanging_up_is_heard_by_the_units_of_the_operation_alone() {
        let [one, other] = [1, 2].map(|n| OperationId(Uuid::from_u128(n)));
        let lines = Lines::default();
        let (first, second, third) = (lines.join(one), lines.join(one), lines.join(other));
        let [first_heard, second_heard, third_heard] = [&first, &second, &third].map(Line::hangup);
        drop(first);
        lines.hang_up(one);
        for heard in [&first_heard, &second_heard] {
            assert!(heard.has_come() && heard.came().now_or_never().is_some());
        }
        assert!(!third_heard.has_come() && third_heard.came().now_or_never().is_none());
        drop((second, third));
        assert!(lines.lock().is_empty(), "nothing is kept of what is over");
        lines.hang_up(one);
        assert!(!lines.join(one).hangup().has_come(), "whoever comes later is not hung up on");
    }
}
