//! Settings: one JSON value per key. What a key means and which values it takes is the engine's business.

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
        self.touch(Topic::Settings);
        Ok(())
    }
}
