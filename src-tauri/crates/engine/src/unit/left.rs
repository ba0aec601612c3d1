//! Units that were hung up on: their operation was cancelled while their vendor was at work. What the vendor has done of it
//! nobody knows, and what it likely bills is on the books; the hold is given back, and the item did not fail: it waits as
//! if it had never begun. An answer that was in hand before is taken in like any other.

use super::Unit;
use crate::operation::{close_if_final, release_suspended};
use crate::{Engine, EngineError};
use igny8_core::money::Usd;
use igny8_core::port::{FailedCall, ProviderError};
use igny8_store::ledger::Lease;
use igny8_store::{LedgerError, OpenCall};

/// Why what was cancelled ends.
const CANCELLED: &str = "cancelled";

impl Engine {
    /// Ends a unit whose call came to no answer after its operation was cancelled. `cost` is what its vendor likely bills.
    pub(super) async fn leave_call(
        &self,
        unit: &Unit,
        open: OpenCall,
        failed: FailedCall,
        cost: Usd,
    ) -> Result<(), EngineError> {
        let FailedCall { error, provider_request_id, partial } = failed;
        let (now, instance, door, id) = (self.clock.now(), self.instance, self.door.clone(), unit.operation.id);
        self.store
            .write_paid(move |w| {
                w.suspend(&open, error.code(), provider_request_id.as_deref(), cost, now)?;
                if let Some(text) = &partial {
                    w.keep_partial(&open, text)?;
                }
                w.requeue_unit(open.lease(), now)?;
                release_suspended(w, &door, id, instance, CANCELLED, now)?;
                w.cancel_ready_units(id, CANCELLED, now)?;
                close_if_final(w, id, now)?;
                Ok::<_, LedgerError>(())
            })
            .await?;
        self.report_done(unit).await;
        Ok(())
    }

    /// Ends a unit that has no call open, and would have asked once more.
    pub(super) async fn leave(&self, unit: &Unit, lease: Lease) -> Result<(), EngineError> {
        let (now, id) = (self.clock.now(), unit.operation.id);
        self.store
            .write_paid(move |w| {
                w.requeue_unit(lease, now)?;
                w.cancel_ready_units(id, CANCELLED, now)?;
                close_if_final(w, id, now)?;
                Ok::<_, LedgerError>(())
            })
            .await?;
        self.report_done(unit).await;
        Ok(())
    }
}

impl Unit {
    /// Whether what a call came to ends the unit because nobody waits for it any more: it would be asked for again, or
    /// nobody knows how it ended.
    pub(super) fn is_left(&self, error: &ProviderError, is_asked_again: bool) -> bool {
        self.hangup.has_come() && (is_asked_again || *error == ProviderError::Unknown)
    }
}
