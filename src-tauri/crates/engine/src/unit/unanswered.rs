//! Calls that were sent and whose answer never came. Whether the vendor has run them nobody knows, and it may bill them; so
//! each such attempt is on the books with what it will likely have cost. That was written down when the call was held: it
//! is the same whoever finds that the answer is lost (the unit that asks once more, a refusal, a cancellation, the start
//! after a crash), and whatever has become of the items meanwhile.

use super::release_of;
use crate::door::Door;
use crate::function::related;
use igny8_core::money::Usd;
use igny8_core::port::ProviderError;
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use igny8_store::table::operation::OperationRow;
use igny8_store::{LedgerError, OpenCall, Write};

/// An open call about to be given up because nobody will ask about it any more, and whose it is.
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
    note_lost(write, door, lost.open, now)?;
    let usage = Usage { is_estimated: is_unknown, ..Usage::default() };
    let related = related(lost.operation.function, lost.operation.is_trial, lost.items);
    let release = release_of(lost.operation, related, lost.code, Usd::ZERO, usage, lost.credit_price);
    write.release(lost.open, &release, now)
}

/// Puts on record that nobody knows how the last attempt at an open call ended, unless it is on record already. Of a call
/// from before its likely cost was kept, the most that could be had for what was held counts.
///
/// # Errors
/// When the file fails.
pub(super) fn note_lost(write: &mut Write<'_>, door: &Door, open: &OpenCall, now: UtcMs) -> Result<(), LedgerError> {
    let model = write.model(open.model())?;
    let cost = open.likely().unwrap_or_else(|| model.most_for(open.amount()));
    let known = door.request_id(&model.provider, model.model_type, (open.call(), open.earlier()));
    Ok(write.suspend(open, ProviderError::Unknown.code(), known.as_deref(), cost, now)?)
}
