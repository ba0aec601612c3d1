//! Settings: one JSON value per key. What a key means and which values it takes is the engine's business.

use crate::digest::{DIGEST_BYTES, Digest};
use crate::{Read, StoreError, Write};
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};

impl Read<'_> {
    /// The stored JSON of a setting, or `None` when it was never set.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.conn.prepare_cached("select value from setting where key = ?1")?;
        Ok(statement.query_row(params![key], |row| row.get(0)).optional()?)
    }
}

impl Read<'_> {
    /// Whether a setting is as it was set, or was never set. What somebody has changed or taken away past the app must stay
    /// for the auditor to see, so the app writes nothing over it by itself.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_setting_sound(&self, key: &str) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached("select seal from setting_seal where key = ?1")?;
        let seal: Option<Vec<u8>> = statement.query_row(params![key], |row| row.get(0)).optional()?;
        Ok(match (seal, self.setting(key)?) {
            (None, value) => value.is_none(),
            (Some(_), None) => false,
            // Of before settings were sealed.
            (Some(seal), Some(_)) if seal.is_empty() => true,
            (Some(seal), Some(json)) => seal == seal_of(key, &json),
        })
    }
}

impl Write<'_> {
    /// Stores a setting's JSON.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when `json` is no JSON.
    pub fn set_setting(&mut self, key: &str, json: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into setting (key, value) values (?1, ?2) on conflict (key) do update set value = excluded.value",
            )?
            .execute(params![key, json])?;
        // Beside its digest, so that one that is taken away does not read as one that was never made.
        let seal = seal_of(key, json);
        self.conn
            .prepare_cached(
                "insert into setting_seal (key, seal) values (?1, ?2) on conflict (key) do update set seal = excluded.seal",
            )?
            .execute(params![key, seal])?;
        self.touch(Topic::Settings);
        Ok(())
    }
}

fn seal_of(key: &str, json: &str) -> [u8; DIGEST_BYTES] {
    Digest::of("setting").text(key).text(json).finish()
}
