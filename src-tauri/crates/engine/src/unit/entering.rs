//! The first commit of a unit: lease, hold, "sent". Or the reason why there is nothing to send. Where only open holds are
//! in its way, or another unit asks for the same at the moment, it is left as it was: see [`crate::room`].
//!
//! A unit whose call is still open goes on under that call and its hold, as long as it asks for the same: see `asking`. It
//! is asked for as often as [`Sends::are_spent`](igny8_core::retry::Sends::are_spent) lets it, whichever of its calls that
//! was under; then it fails.

use super::rest::{Rest, Short};
use super::unanswered::note_lost;
use super::{Cause, Entered, Unit, current, paid_answer};
use crate::door::Door;
use crate::function::{Failure, failed};
use crate::operation::close_if_final;
use crate::{Engine, EngineError};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, ModelId, OperationId};
use igny8_core::money::{Credits, Usd};
use igny8_core::port::ProviderError;
use igny8_core::status::Phase;
use igny8_core::time::{CalendarDay, UtcMs};
use igny8_core::usage::Usage;
use igny8_store::ledger::{HoldRequest, Lease, Release};
use igny8_store::table::job::ReadyUnit;
use igny8_store::{Held, LedgerError, OpenCall, StoreError, Write};
use uuid::Uuid;

/// Why a call is given up whose unit asks for something else by now.
const REQUEST_CHANGED: &str = "request_changed";

/// Why nothing is sent now.
enum Unsent {
    /// These calls' holds are in the way.
    Waits(Vec<CallId>),
    /// Another unit's call asks for the same, and its answer will serve here as well.
    Beside(CallId),
    /// It was prepared with what is not so any more: its model has another price, or its request was paid meanwhile.
    Outdated,
    /// What follows it could not be paid.
    Rest(LedgerError),
    /// The books or the file.
    Ledger(LedgerError),
}

impl From<LedgerError> for Unsent {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<StoreError> for Unsent {
    fn from(error: StoreError) -> Self {
        Self::Ledger(error.into())
    }
}

/// A unit about to be asked for.
struct Entering {
    ready: ReadyUnit,
    kind: AiFunction,
    operation: OperationId,
    /// The price version it was prepared with.
    model: ModelId,
    /// The one that its operation was begun with.
    begun_with: ModelId,
    /// The id of its next call, unless one is open.
    call: CallId,
    amount: Credits,
    likely: Usd,
    rest: Option<Rest>,
    request_hash: [u8; 32],
    /// The paid answer that was of no use when it was prepared.
    useless: Option<i64>,
    day: CalendarDay,
    /// What its request is made of again.
    kept: Option<(String, String)>,
    failure: Failure,
    /// How it ends once nothing more may be sent.
    unknown: Release,
    /// How an open call ends that asked for something else.
    changed: Release,
    instance: Uuid,
}

impl Engine {
    /// The first commit. With a lease, the unit is ours already and only a new call is held.
    pub(super) async fn enter(&self, unit: &Unit, lease: Option<Lease>) -> Result<Entered, EngineError> {
        let (now, door) = (self.clock.now(), self.door.clone());
        let call = if lease.is_some() { CallId(self.ids.next()) } else { unit.context.call };
        let entering = Entering {
            ready: unit.ready.clone(),
            kind: unit.operation.function,
            operation: unit.operation.id,
            model: unit.context.model.id,
            begun_with: unit.operation.model,
            call,
            amount: unit.worst.credits,
            likely: unit.likely.provider_cost,
            rest: unit.rest.clone(),
            request_hash: unit.request_hash,
            useless: unit.useless,
            day: unit.day(now),
            kept: unit.to_keep(),
            failure: unit.failure(ProviderError::Unknown.code()),
            unknown: unit.release(ProviderError::Unknown.code(), Usd::ZERO, Usage::default()),
            changed: unit.release(REQUEST_CHANGED, Usd::ZERO, Usage::default()),
            instance: self.instance,
        };
        let entered = self.store.write_paid(move |w| entering.commit(w, &door, lease, now)).await;
        let (refusal, cause) = match entered {
            Ok(entered) => return Ok(entered),
            Err(Unsent::Waits(in_the_way)) => {
                self.leave_waiting(unit, lease, in_the_way).await?;
                return Ok(Entered::Ended);
            }
            Err(Unsent::Beside(call)) => {
                self.room.wait_beside(unit.ready.job, call);
                self.leave_ready(lease).await?;
                return Ok(Entered::Ended);
            }
            Err(Unsent::Outdated) => {
                self.leave_ready(lease).await?;
                return Ok(Entered::Ended);
            }
            Err(Unsent::Rest(refusal)) => {
                let cause = Cause::of_rest(&refusal);
                (refusal, cause)
            }
            Err(Unsent::Ledger(refusal)) => {
                let cause = Cause::from(&refusal);
                (refusal, cause)
            }
        };
        match refusal {
            // Another step took it first, or it was cancelled in between.
            LedgerError::NotFree => Ok(Entered::Ended),
            LedgerError::InsufficientCredits { .. } | LedgerError::CapReached { .. } | LedgerError::Stopped => {
                self.end_refused(unit, lease, cause).await?;
                Ok(Entered::Ended)
            }
            LedgerError::Resolved | LedgerError::OutOfRange | LedgerError::Store(_) => Err(refusal.into()),
        }
    }

    /// Leaves a unit in the queue until one of the calls in its way is resolved. One that was to be repaired begins anew
    /// then.
    async fn leave_waiting(
        &self,
        unit: &Unit,
        lease: Option<Lease>,
        in_the_way: Vec<CallId>,
    ) -> Result<(), EngineError> {
        tracing::debug!(operation = %unit.operation.id, calls = in_the_way.len(), "a unit waits for room");
        self.room.wait_for(unit.operation.id, in_the_way);
        self.leave_ready(lease).await
    }

    /// Leaves a unit in the queue, to be prepared anew.
    async fn leave_ready(&self, lease: Option<Lease>) -> Result<(), EngineError> {
        if let Some(lease) = lease {
            let now = self.clock.now();
            self.store.write_paid(move |w| w.requeue_unit(lease, now)).await?;
        }
        Ok(())
    }
}

impl Entering {
    fn commit(&self, write: &mut Write<'_>, door: &Door, lease: Option<Lease>, now: UtcMs) -> Result<Entered, Unsent> {
        let lease = match lease {
            Some(lease) => lease,
            // Paused since it was taken up.
            None if write.stands_still(self.operation)? => return Err(LedgerError::NotFree.into()),
            None => write.lease(self.ready.job, self.instance)?,
        };
        let open = write.open_call(lease)?;
        if let Some(open) = &open {
            // Noted already, unless the process ended while the answer was under way.
            note_lost(write, door, open, now)?;
        }
        let at_hand = open.as_ref().map_or(self.call, OpenCall::call);
        if write.sends(self.ready.job, at_hand)?.are_spent() {
            failed(self.kind, write, &self.ready.items, &self.failure, now)?;
            self.give_up(write, open.as_ref(), lease, now)?;
            return Ok(Entered::Ended);
        }
        self.look_beside(write, open.is_some())?;
        let may_wait = open.is_none();
        if let Some(open) = open {
            if write.spending_stopped_at()?.is_some() {
                return Err(LedgerError::Stopped.into());
            }
            if *open.request_hash() == self.request_hash {
                let held = write.resume_hold(lease, now)?;
                return Ok(held.map_or(Entered::Ended, Entered::Go));
            }
            // Something else is asked for by now, and under one id a vendor is asked for one thing.
            write.release(&open, &self.changed, now)?;
        }
        write.set_operation_phase(self.operation, Phase::AiCall)?;
        let held = self.hold(write, lease, now, may_wait)?;
        if let Some((siblings, fault)) = &self.kept {
            write.keep_asked(held.call(), siblings, fault)?;
        }
        Ok(Entered::Go(held))
    }

    /// Looks whether somebody else asks for the same now, or has paid for it since this was prepared: nobody pays twice for
    /// one request. Of two that have an open call for it, as a process leaves them that ended, the first goes on.
    fn look_beside(&self, write: &Write<'_>, is_open: bool) -> Result<(), Unsent> {
        if let Some(call) = write.asked_beside(&self.request_hash, self.ready.job, is_open)? {
            return Err(Unsent::Beside(call));
        }
        match paid_answer(write, &self.request_hash)? {
            Some(paid) if Some(paid.usage_id) != self.useless => Err(Unsent::Outdated),
            Some(_) | None => Ok(()),
        }
    }

    /// Holds for the call, when what follows it of its article can be paid as well. A unit that gives a hold of its own back
    /// for it does not wait for others: two of those would wait for each other.
    fn hold(&self, write: &mut Write<'_>, lease: Lease, now: UtcMs, may_wait: bool) -> Result<Held, Unsent> {
        // A call is held at the price that is known in the commit that holds it, and at no other.
        if current(write, self.model)?.id != self.model {
            return Err(Unsent::Outdated);
        }
        let request = self.request(lease);
        let short = match &self.rest {
            Some(rest) => rest.check(write, self.amount, self.day)?,
            None => None,
        };
        let (at_best, unsent) = match short {
            Some(Short { refusal, at_best }) => (at_best, Unsent::Rest(refusal)),
            None => match write.hold(&request, now) {
                Ok(held) => return Ok(held),
                Err(refusal) => (refusal.clone(), refusal.into()),
            },
        };
        let in_the_way = if may_wait { write.holds_in_the_way(&at_best, &request)? } else { Vec::new() };
        Err(if in_the_way.is_empty() { unsent } else { Unsent::Waits(in_the_way) })
    }

    fn request(&self, lease: Lease) -> HoldRequest {
        HoldRequest {
            call: self.call,
            lease,
            operation: self.operation,
            model: self.model,
            amount: self.amount,
            likely: self.likely,
            request_hash: self.request_hash,
            day: self.day,
        }
    }

    /// Nothing more may be sent: what is open is released, and the unit fails.
    fn give_up(
        &self,
        write: &mut Write<'_>,
        open: Option<&OpenCall>,
        lease: Lease,
        now: UtcMs,
    ) -> Result<(), LedgerError> {
        match open {
            Some(open) => write.release(open, &self.unknown, now)?,
            None => write.refuse(self.operation, self.begun_with, &self.unknown, now)?,
        }
        fail(write, lease, &self.unknown, now)?;
        write.count_unit(self.operation, Err(self.unknown.code))?;
        close_if_final(write, self.operation, now)?;
        Ok(())
    }
}

/// Ends a unit as failed; a lost lease gives the whole commit up.
pub(super) fn fail(write: &mut Write<'_>, lease: Lease, release: &Release, now: UtcMs) -> Result<(), LedgerError> {
    if write.fail_unit(lease, release.code, now)? { Ok(()) } else { Err(LedgerError::NotFree) }
}
