//! The one repair of an answer that could not be read: the model is told what was wrong and asked for all of it again. It is
//! another request than the first, with a price and a hash of its own, so that neither is ever taken for the other; but
//! its answer is one to the first, and is found again by whoever asks that. What was wrong is kept with its call, so that a
//! repair whose answer was lost is asked for once more as that repair.

use super::Unit;
use crate::door::Request;
use crate::{Engine, EngineError};
use igny8_core::prompt::repair;
use igny8_store::ledger::PaidAnswer;
use igny8_store::{Read, StoreError};
use sha2::{Digest, Sha256};

/// What tells the hash of a repair from that of its request.
const OF_REPAIR: &[u8] = b"repair";

impl Engine {
    /// Makes a unit's request the one for its repair.
    ///
    /// # Errors
    /// When that cannot be priced.
    pub(super) fn ask_for_repair(&self, unit: &mut Unit, fault: &str) -> Result<(), EngineError> {
        let mut prepared = unit.prepared.clone();
        if let Request::Text(request) = &mut prepared.request {
            (request.system_prompt, request.user_prompt) = repair(&request.system_prompt, &request.user_prompt, fault);
        }
        (unit.likely, unit.worst) = self.price(&unit.context.model, &prepared)?;
        unit.most = super::most(&self.door, &unit.context.model, &prepared);
        (unit.prepared, unit.request_hash) = (prepared, hash_of(&unit.request_hash));
        fault.clone_into(&mut unit.fault);
        Ok(())
    }
}

/// The paid answer to a request, to itself or to its repair.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn paid_answer(read: &Read<'_>, request_hash: &[u8; 32]) -> Result<Option<PaidAnswer>, StoreError> {
    match read.paid_answer(request_hash)? {
        None => read.paid_answer(&hash_of(request_hash)),
        paid => Ok(paid),
    }
}

/// The hash of the repair of a request with this hash, whatever was wrong.
pub(super) fn hash_of(request_hash: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(request_hash);
    hash.update(OF_REPAIR);
    hash.finalize().into()
}
