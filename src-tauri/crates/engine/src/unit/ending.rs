//! Units that end without a call: their item is gone, their model has no price, or the books refuse.

use super::entering::fail;
use super::unanswered::note_lost;
use super::{Unanswered, Unit, give_back, release_of};
use crate::door::Door;
use crate::function::{Failure, failed, related};
use crate::operation::{close_if_final, release_suspended};
use crate::roles::tell_end;
use crate::settings::Settings;
use crate::{Engine, EngineError, books, settings};
use igny8_core::id::{ModelId, OperationId, RunId};
use igny8_core::money::Usd;
use igny8_core::port::ProviderError;
use igny8_core::status::{CapScope, Phase};
use igny8_core::time::{CalendarDay, UtcMs};
use igny8_core::usage::Usage;
use igny8_store::ledger::{Lease, Related, Release};
use igny8_store::table::job::ReadyUnit;
use igny8_store::table::operation::OperationRow;
use igny8_store::{LedgerError, Write};

impl Engine {
    /// Ends a unit that never got as far as a hold.
    pub(super) async fn end_unsent(
        &self,
        ready: &ReadyUnit,
        operation: &OperationRow,
        code: &'static str,
    ) -> Result<(), EngineError> {
        let (now, instance, job) = (self.clock.now(), self.instance, ready.job);
        let (kind, items, id, model) = (operation.function, ready.items.clone(), operation.id, operation.model);
        let (failure, door, operation) = (
            Failure { code, is_anew: operation.is_anew, is_trial: operation.is_trial },
            self.door.clone(),
            operation.clone(),
        );
        let related = related(kind, operation.is_trial, &items);
        let release = release_of(&operation, related, code, Usd::ZERO, Usage::default(), Usd::ZERO);
        self.store
            .write_paid(move |w| {
                let lease = match w.lease(job, instance) {
                    Err(LedgerError::NotFree) => return Ok(()),
                    lease => lease?,
                };
                w.set_operation_phase(id, Phase::Prep)?;
                if let Some(open) = w.open_call(lease)? {
                    let (open, operation, items) = (&open, &operation, &items[..]);
                    let credit_price = settings::load(w)?.credit_price;
                    give_back(w, &door, &Unanswered { open, operation, items, code, credit_price }, now)?;
                } else {
                    w.refuse(id, model, &release, now)?;
                }
                failed(kind, w, &items, &failure, now)?;
                fail(w, lease, &release, now)?;
                w.count_unit(id, Err(code))?;
                close_if_final(w, id, now)?;
                Ok::<_, LedgerError>(())
            })
            .await?;
        Ok(())
    }

    /// Ends a unit whose work panicked. Whatever it had sent is not asked about: nothing of it can be stored.
    pub(crate) async fn end_panicked(&self, ready: &ReadyUnit, words: &str) -> Result<(), EngineError> {
        let (incident, job, id, instance) = (self.ids.next().simple(), ready.job, ready.operation, self.instance);
        tracing::error!(%incident, operation = %id, words, "a unit panicked");
        self.store.write_paid(move |w| w.return_unit(job, instance)).await?;
        let operation = self.store.read(move |r| r.operation(id)).await?;
        self.end_unsent(ready, &operation, "internal").await
    }

    /// This unit is not let through, by the books or by what its model is.
    pub(super) async fn end_refused(&self, unit: &Unit, lease: Option<Lease>, cause: Cause) -> Result<(), EngineError> {
        let (now, instance, job) = (self.clock.now(), self.instance, unit.ready.job);
        let refused = Refusal::of(&unit.operation, unit.prepared.related, cause, &unit.context.settings, now);
        let door = self.door.clone();
        self.store
            .write_paid(move |w| match lease.map_or_else(|| w.lease(job, instance), Ok) {
                // Cancelled between the refusal and this.
                Err(LedgerError::NotFree) => Ok(()),
                Err(error) => Err(error),
                Ok(lease) => {
                    if let Some(open) = w.open_call(lease)? {
                        // It was to be asked about once more. Whether it was answered nobody knows.
                        note_lost(w, &door, &open, now)?;
                    }
                    refuse(w, &door, lease, &refused, now)
                }
            })
            .await?;
        Ok(())
    }
}

/// What is not let through, and why.
pub(crate) struct Refusal {
    operation: OperationId,
    model: ModelId,
    run: Option<RunId>,
    /// The limit that was reached, if it was one.
    scope: Option<CapScope>,
    day: CalendarDay,
    release: Release,
}

impl Refusal {
    /// An operation's work on something, refused for this reason.
    pub(crate) fn of(
        operation: &OperationRow,
        related: Related,
        cause: Cause,
        settings: &Settings,
        now: UtcMs,
    ) -> Self {
        let credit_price = settings.credit_price;
        Self {
            operation: operation.id,
            model: operation.model,
            run: operation.run,
            scope: cause.scope,
            day: now.day_in(&settings.zone),
            release: release_of(operation, related, cause.code, Usd::ZERO, Usage::default(), credit_price),
        }
    }
}

/// Ends a unit as refused. It and all that wait behind it are given up, the operation ends with what it has, and the user
/// is told why, once for each cause.
pub(crate) fn refuse(
    write: &mut Write<'_>,
    door: &Door,
    lease: Lease,
    refused: &Refusal,
    now: UtcMs,
) -> Result<(), LedgerError> {
    let (id, release) = (refused.operation, &refused.release);
    write.set_operation_phase(id, Phase::Prep)?;
    match write.open_call(lease)? {
        Some(open) => write.release(&open, release, now)?,
        None => write.refuse(id, refused.model, release, now)?,
    }
    fail(write, lease, release, now)?;
    write.count_unit(id, Err(release.code))?;
    // Those behind it were not tried: they are left, and did not fail.
    release_suspended(write, door, id, lease.instance, release.code, now)?;
    write.cancel_ready_units(id, release.code, now)?;
    match refused.scope {
        Some(scope) => books::tell_cap_reached(write, scope, release.site, refused.run, refused.day, now)?,
        None if release.code == INSUFFICIENT => books::tell_exhausted(write, now)?,
        None if release.code == Cause::MODEL_ENDED.code() => {
            let model = write.model(refused.model)?;
            tell_end(write, write.model_named(&model.provider, &model.model_name)?, now)?;
        }
        None => {}
    }
    close_if_final(write, id, now)?;
    Ok(())
}

const INSUFFICIENT: &str = "insufficient_credits";

/// Why work is not let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    /// The code under which it is on record.
    code: &'static str,
    /// The limit that was reached, if it was one.
    scope: Option<CapScope>,
}

impl Cause {
    /// The model has no price.
    pub(crate) const UNPRICED: Self = Self { code: "unpriced", scope: None };
    /// The model's vendor has ended it.
    pub(crate) const MODEL_ENDED: Self = Self { code: "model_ended", scope: None };
    /// The model's vendor is not connected.
    pub(crate) const NO_PROVIDER: Self = Self { code: ProviderError::NoSuchProvider.code(), scope: None };

    /// The model's vendor has asked to be left alone.
    pub(crate) const LEFT_ALONE: Self = Self { code: "rate_limited", scope: None };

    /// What follows a call could not be paid, which would fit by itself.
    pub(super) fn of_rest(refusal: &LedgerError) -> Self {
        match refusal {
            LedgerError::CapReached { scope: CapScope::Run, .. } => {
                Self { code: "cap_run_rest", scope: Some(CapScope::Run) }
            }
            other => Self::from(other),
        }
    }

    /// The code under which it is on record.
    pub(crate) const fn code(self) -> &'static str {
        self.code
    }
}

impl From<&LedgerError> for Cause {
    fn from(refusal: &LedgerError) -> Self {
        match refusal {
            LedgerError::CapReached { scope, .. } => Self { code: cap_code(*scope), scope: Some(*scope) },
            LedgerError::Stopped => Self { code: "spending_stopped", scope: None },
            LedgerError::InsufficientCredits { .. }
            | LedgerError::NotFree
            | LedgerError::Resolved
            | LedgerError::OutOfRange
            | LedgerError::Store(_) => Self { code: INSUFFICIENT, scope: None },
        }
    }
}

const fn cap_code(scope: CapScope) -> &'static str {
    match scope {
        CapScope::Month => "cap_month",
        CapScope::Day => "cap_day",
        CapScope::Site => "cap_site",
        CapScope::Run => "cap_run",
        CapScope::Share => "cap_share",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::money::Credits;

    #[test]
    fn what_the_books_refuse_is_no_items_fault() {
        let (needed, left) = (Credits::whole(2), Credits::ZERO);
        let capped = [CapScope::Month, CapScope::Day, CapScope::Site, CapScope::Run, CapScope::Share]
            .map(|scope| LedgerError::CapReached { scope, needed, left });
        let poor = LedgerError::InsufficientCredits { needed, available: left };
        let refused = capped.iter().chain([&poor, &LedgerError::Stopped]).map(Cause::from);
        let refused = refused.chain(capped.iter().map(Cause::of_rest));
        for cause in refused.chain([Cause::UNPRICED, Cause::MODEL_ENDED, Cause::NO_PROVIDER, Cause::LEFT_ALONE]) {
            let failure = Failure { code: cause.code(), is_anew: false, is_trial: false };
            assert!(!failure.is_the_items(), "{cause:?}");
        }
    }
}
