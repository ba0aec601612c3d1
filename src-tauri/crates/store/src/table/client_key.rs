//! The keys of commands. A command that moves money or starts paid work carries one, made before it was first sent; its
//! row is written in the commit of what the command did, so that it is there exactly when that is.

use crate::{Read, StoreError, Write};
use igny8_core::id::ClientKey;
use igny8_core::time::UtcMs;
use rusqlite::{OptionalExtension, params};

/// A command that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// SHA-256 of the command and what was asked of it.
    pub request_hash: [u8; 32],
    /// What it answered, as JSON.
    pub answer: String,
}

impl Read<'_> {
    /// The command that came with this key; `None` when none has been carried out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn carried(&self, key: ClientKey) -> Result<Option<Carried>, StoreError> {
        let mut statement = self.conn.prepare_cached("select request_hash, answer from client_key where key = ?1")?;
        let found = statement
            .query_row(params![key.as_bytes()], |row| Ok(Carried { request_hash: row.get(0)?, answer: row.get(1)? }));
        Ok(found.optional()?)
    }
}

impl Write<'_> {
    /// Keeps what a command answered, in the commit of what it did.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the key has been carried out: the commit must be given up then.
    pub fn keep_carried(&mut self, key: ClientKey, carried: &Carried, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("insert into client_key (key, request_hash, answer, at) values (?1, ?2, ?3, ?4)")?
            .execute(params![key.as_bytes(), carried.request_hash, carried.answer, now.0])?;
        Ok(())
    }
}
