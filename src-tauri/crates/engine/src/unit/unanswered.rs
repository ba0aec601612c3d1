//! Calls that were sent, whose answer never came, and that nobody will ask about any more: their unit is cancelled,
//! stopped or refused before it was its turn again. The vendor may have answered all the same and bill it; so such a call
//! is on the books with what it will likely have cost, like one whose outcome stayed unknown to the end.

use super::{context_of, price, release_of};
use crate::door::Door;
use crate::function::{Unprepared, function, related};
use igny8_core::money::Usd;
use igny8_core::port::ProviderError;
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use igny8_store::table::operation::OperationRow;
use igny8_store::{LedgerError, OpenCall, Read, StoreError, Write};

/// An open call about to be given up, and whose it is.
pub(crate) struct Unanswered<'a> {
    /// The call.
    pub open: &'a OpenCall,
    /// Its operation.
    pub operation: &'a OperationRow,
    /// The items of its unit.
    pub items: &'a [i64],
    /// Why it is given up, a code.
    pub code: &'static str,
    /// What a credit is worth.
    pub credit_price: Usd,
}

/// Gives a call's hold back and books what the vendor will likely bill for it, unless how it ended is on record already.
///
/// # Errors
/// As [`Write::release`].
pub(crate) fn give_back(
    write: &mut Write<'_>,
    door: &Door,
    lost: &Unanswered<'_>,
    now: UtcMs,
) -> Result<(), LedgerError> {
    let is_unknown = !write.is_attempt_noted(lost.open)?;
    if is_unknown {
        let (model, cost) = (write.model(lost.open.model())?, likely_cost(write, door, lost)?);
        let known = door.request_id(&model.provider, model.model_type, lost.open.call());
        write.suspend(lost.open, ProviderError::Unknown.code(), known.as_deref(), cost, now)?;
    }
    let usage = Usage { is_estimated: is_unknown, ..Usage::default() };
    let related = related(lost.operation.function, lost.operation.is_trial, lost.items);
    let release = release_of(lost.operation, related, lost.code, Usd::ZERO, usage, lost.credit_price);
    write.release(lost.open, &release, now)
}

/// The likely price of what the unit asks for. Of one that has nothing to ask any more the request is not known: then the
/// most that could be had for what was held.
fn likely_cost(read: &Read<'_>, door: &Door, lost: &Unanswered<'_>) -> Result<Usd, StoreError> {
    let model = read.model(lost.open.model())?;
    let most = model.most_for(lost.open.amount());
    let unit = match context_of(read, door, lost.operation, model, lost.open.call()) {
        Ok(unit) => unit,
        Err(StoreError::NotFound) => return Ok(most),
        Err(error) => return Err(error),
    };
    match function(lost.operation.function).prepare(read, &unit, lost.items) {
        Ok(Some(prepared)) => Ok(price(door, &unit.model, &prepared).map_or(most, |(likely, _)| likely.provider_cost)),
        Ok(None) | Err(Unprepared::Prompt(..) | Unprepared::Unfit(_) | Unprepared::Store(StoreError::NotFound)) => {
            Ok(most)
        }
        Err(Unprepared::Store(error)) => Err(error),
    }
}
