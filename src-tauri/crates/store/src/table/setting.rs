//! Settings: one JSON value per key. What a key means and which values it takes is the engine's business.
//!
//! What was set stands beside its digest: settings, and under names of their own limits on spending and the switch that
//! stops it. What the names of all of them are is sealed as well, since one that is taken away together with its seal
//! would read as one that was never made.

use crate::digest::{DIGEST_BYTES, Digest};
use crate::{Read, StoreError, Write};
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};

/// Under what the seal of all names stands: no setting has an empty name.
const NAMES: &str = "";

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
        Ok(match (self.seal_of_name(key)?, self.setting(key)?) {
            // Gone with its seal is not never made: made again, it would be on the list of names as before.
            (None, value) => value.is_none() && self.are_names_sound()?,
            (Some(_), None) => false,
            (Some(seal), Some(json)) => seal == seal_of(key, &json),
        })
    }

    /// Whether the names of what was set are those that the app has sealed.
    fn are_names_sound(&self) -> Result<bool, StoreError> {
        let sealed = self.seal_of_name(NAMES)?;
        let names = self.digest_of_names()?;
        Ok(sealed.is_some_and(|sealed| sealed == names))
    }

    fn seal_of_name(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.conn.prepare_cached("select seal from setting_seal where key = ?1")?;
        Ok(statement.query_row(params![name], |row| row.get(0)).optional()?)
    }

    fn digest_of_names(&self) -> Result<[u8; DIGEST_BYTES], StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select coalesce(group_concat(key, char(10) order by key), '') from setting_seal where key <> ''",
        )?;
        let names: String = statement.query_row([], |row| row.get(0))?;
        Ok(Digest::of("names").text(&names).finish())
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
        self.seal_what_was_set(key, seal_of(key, json))?;
        self.touch(Topic::Settings);
        Ok(())
    }

    /// Seals something that was set under its name. A new name joins the sealed list of names, unless that is not as the
    /// app left it: what somebody took away stays missed.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn seal_what_was_set(&mut self, name: &str, seal: [u8; DIGEST_BYTES]) -> Result<(), StoreError> {
        let joins = self.seal_of_name(name)?.is_none() && self.are_names_sound()?;
        self.write_seal(name, seal)?;
        if joins { self.write_seal(NAMES, self.digest_of_names()?) } else { Ok(()) }
    }

    fn write_seal(&self, name: &str, seal: [u8; DIGEST_BYTES]) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into setting_seal (key, seal) values (?1, ?2) on conflict (key) do update set seal = excluded.seal",
            )?
            .execute(params![name, seal])?;
        Ok(())
    }
}

fn seal_of(key: &str, json: &str) -> [u8; DIGEST_BYTES] {
    Digest::of("setting").text(key).text(json).finish()
}
