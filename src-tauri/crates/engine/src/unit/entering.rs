//! The first commit of a unit: lease, hold, "sent". Or the reason why there is nothing to send.

use super::{Entered, Unit};
use crate::function::failed;
use crate::operation::close_if_final;
use crate::{Engine, EngineError};
use igny8_core::id::CallId;
use igny8_core::money::{Credits, Usd};
use igny8_core::port::ProviderError;
use igny8_core::status::Phase;
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use igny8_store::ledger::{HoldRequest, Lease, Release};
use igny8_store::{LedgerError, OpenCall, Write};

/// Why a call is given up whose unit asks for something else by now.
const REQUEST_CHANGED: &str = "request_changed";

impl Engine {
    /// The first commit. With a lease, the unit is ours already and only a new call is held.
    pub(super) async fn enter(&self, unit: &Unit, lease: Option<Lease>) -> Result<Entered, EngineError> {
        let now = self.clock.now();
        let call = if lease.is_some() { CallId(self.ids.next()) } else { unit.context.call };
        let (operation, model) = (unit.operation.id, unit.context.model.id);
        let (amount, request_hash, day, rest) = (unit.worst.credits, unit.request_hash, unit.day(now), unit.rest);
        let (kind, items, job) = (unit.operation.function, unit.ready.items.clone(), unit.ready.job);
        let instance = self.instance;
        let (lost, door, model_row) = (unit.likely.provider_cost, self.door.clone(), unit.context.model.clone());
        let failure = unit.failure(ProviderError::Unknown.code());
        let unknown = unit.release(ProviderError::Unknown.code(), Usd::ZERO, Usage::default());
        let changed = unit.release(REQUEST_CHANGED, Usd::ZERO, Usage::default());
        let entered = self
            .store
            .write_paid(move |w| {
                let lease = match lease {
                    Some(lease) => lease,
                    None => w.lease(job, instance)?,
                };
                if let Some(open) = w.open_call(lease)? {
                    // Noted already, unless the process ended while the answer was under way.
                    let known = door.request_id(&model_row.provider, model_row.model_type, open.call());
                    w.suspend(&open, unknown.code, known.as_deref(), lost, now)?;
                    if w.sends(open.call(), open.attempts())?.are_spent() {
                        failed(kind, w, &items, &failure, now)?;
                        give_up(w, &open, lease, &unknown, now)?;
                        return Ok(Entered::Ended);
                    }
                    if w.spending_stopped_at()?.is_some() {
                        return Err(LedgerError::Stopped);
                    }
                    if *open.request_hash() == request_hash {
                        let held = w.resume_hold(lease, now)?;
                        return Ok(held.map_or(Entered::Ended, Entered::Go));
                    }
                    // Something else is asked for by now, and under one id a vendor is asked for one thing.
                    w.release(&open, &changed, now)?;
                }
                w.set_operation_phase(operation, Phase::AiCall)?;
                check_rest(w, amount, rest)?;
                let held = w.hold(&HoldRequest { call, lease, operation, model, amount, request_hash, day }, now)?;
                Ok::<_, LedgerError>(Entered::Go(held))
            })
            .await;
        match entered {
            Ok(entered) => Ok(entered),
            // Another step took it first, or it was cancelled in between.
            Err(LedgerError::NotFree) => Ok(Entered::Ended),
            Err(
                refusal @ (LedgerError::InsufficientCredits { .. }
                | LedgerError::CapReached { .. }
                | LedgerError::Stopped),
            ) => {
                self.end_refused(unit, lease, (&refusal).into()).await?;
                Ok(Entered::Ended)
            }
            Err(error @ (LedgerError::Resolved | LedgerError::OutOfRange | LedgerError::Store(_))) => Err(error.into()),
        }
    }
}

/// An article is not begun when what follows its writing cannot be paid any more.
fn check_rest(write: &Write<'_>, amount: Credits, rest: Credits) -> Result<(), LedgerError> {
    if rest == Credits::ZERO {
        return Ok(());
    }
    let (needed, available) = (amount.plus(rest), write.available()?);
    if needed > available {
        return Err(LedgerError::InsufficientCredits { needed, available });
    }
    Ok(())
}

/// A call whose outcome stayed unknown: released, and the unit failed.
fn give_up(
    write: &mut Write<'_>,
    open: &OpenCall,
    lease: Lease,
    release: &Release,
    now: UtcMs,
) -> Result<(), LedgerError> {
    let id = open.operation();
    write.release(open, release, now)?;
    fail(write, lease, release, now)?;
    write.count_unit(id, Err(release.code))?;
    close_if_final(write, id, now)?;
    Ok(())
}

/// Ends a unit as failed; a lost lease gives the whole commit up.
pub(super) fn fail(write: &mut Write<'_>, lease: Lease, release: &Release, now: UtcMs) -> Result<(), LedgerError> {
    if write.fail_unit(lease, release.code, now)? { Ok(()) } else { Err(LedgerError::NotFree) }
}
