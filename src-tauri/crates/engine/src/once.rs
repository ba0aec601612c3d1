//! Commands that may be sent twice: by a double click, by a form that is sent again, by whoever did not hear how the
//! first ended. Each that moves money or starts paid work carries a key made before it was first sent. The key is kept
//! with the answer, in the commit of what the command did; so the same key again is answered from the books and does
//! nothing, and after a commit of unknown outcome asking once more is safe. A key that comes with something else is a
//! mistake and refused. Keys never expire: a row is small, and nobody knows how late a copy arrives.

use crate::EngineError;
use igny8_core::id::ClientKey;
use igny8_core::time::UtcMs;
use igny8_store::table::client_key::Carried;
use igny8_store::{StoreError, Write};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// A command with its key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Once {
    key: ClientKey,
    request_hash: [u8; 32],
}

impl Once {
    /// `command` names it, `asked` is all that it was asked for.
    ///
    /// # Errors
    /// When what was asked for cannot be written down.
    pub fn new(key: ClientKey, command: &str, asked: &impl Serialize) -> Result<Self, StoreError> {
        let asked = serde_json::to_vec(&(command, asked)).map_err(unwritable)?;
        Ok(Self { key, request_hash: Sha256::digest(asked).into() })
    }

    /// Does the work and keeps its answer, or answers as the first did.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] when the key came with something else before; whatever the work returns, which is
    /// then not kept.
    pub fn run<T: Serialize + DeserializeOwned, E: From<EngineError>>(
        &self,
        write: &mut Write<'_>,
        now: UtcMs,
        work: impl FnOnce(&mut Write<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(first) = self.first_answer(write)? {
            return Ok(first);
        }
        let done = work(write)?;
        self.keep(write, now, &done)?;
        Ok(done)
    }

    fn first_answer<T: DeserializeOwned>(&self, write: &Write<'_>) -> Result<Option<T>, EngineError> {
        let Some(first) = write.carried(self.key)? else { return Ok(None) };
        if first.request_hash != self.request_hash {
            return Err(EngineError::InvalidField { field: "key", rule: "taken" });
        }
        let answer = serde_json::from_str(&first.answer);
        Ok(Some(answer.map_err(|error| StoreError::Unreadable(error.to_string()))?))
    }

    fn keep(&self, write: &mut Write<'_>, now: UtcMs, done: &impl Serialize) -> Result<(), EngineError> {
        let answer = serde_json::to_string(done).map_err(unwritable)?;
        Ok(write.keep_carried(self.key, &Carried { request_hash: self.request_hash, answer }, now)?)
    }
}

fn unwritable(error: serde_json::Error) -> StoreError {
    StoreError::Statement(error.to_string())
}
