//! Vendors of models that are not built in. The row says where a vendor is asked; its key is in the keyring, and only the
//! key's end stands here, to be recognised by. A removed vendor's row stays: books and catalogue name it.

#[cfg(test)]
mod tests;

use super::column::{changes_one, instant};
use crate::{Read, StoreError, Write};
use igny8_core::status::Dialect;
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use rusqlite::{Row, params};

/// A vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderRow {
    /// Its name, as models and books name it.
    pub name: String,
    /// The language it speaks.
    pub dialect: Dialect,
    /// Address of its interface.
    pub base_url: String,
    /// The keyring has, or had, a key for it.
    pub has_secret: bool,
    /// The key's last characters; empty for a short key and for none.
    pub secret_tail: String,
    /// Calls that may be under way at once, 1–64.
    pub concurrency: u32,
    /// Requests in a minute at the most, up to 100,000; 0 is as many as the vendor takes.
    pub per_minute: u32,
    /// Until when it has asked to be left alone; 0 where it has not.
    pub rests_until: UtcMs,
    /// When it was first connected.
    pub created_at: UtcMs,
    /// When it was last connected anew.
    pub updated_at: UtcMs,
}

/// A vendor to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProvider {
    /// Its name, 1–100 characters.
    pub name: String,
    /// The language it speaks.
    pub dialect: Dialect,
    /// Address of its interface, 1–2,000 characters.
    pub base_url: String,
    /// The last characters of its key, at most 4; absent when it takes none.
    pub secret_tail: Option<String>,
    /// Calls that may be under way at once, 1–64.
    pub concurrency: u32,
    /// Requests in a minute at the most, up to 100,000; 0 is as many as the vendor takes.
    pub per_minute: u32,
}

impl Read<'_> {
    /// The vendors that are connected, by name.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn providers(&self) -> Result<Vec<ProviderRow>, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select name, dialect, base_url, has_secret, secret_tail, concurrency, per_minute, rests_until,
               created_at, updated_at
             from provider where removed_at = 0 order by lower(name), name",
        )?;
        let rows = statement.query_map([], read_provider)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One vendor that is connected.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for any other name.
    pub fn provider(&self, name: &str) -> Result<ProviderRow, StoreError> {
        let mut statement = self.conn.prepare_cached(
            "select name, dialect, base_url, has_secret, secret_tail, concurrency, per_minute, rests_until,
               created_at, updated_at
             from provider where name = ?1 and removed_at = 0",
        )?;
        Ok(statement.query_row(params![name], read_provider)?)
    }
}

impl Write<'_> {
    /// Connects a vendor. One of this name, removed or not, is connected anew: all but its beginning is replaced.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a field breaks a rule of the schema.
    pub fn provider_add(&mut self, provider: &NewProvider, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into provider (name, kind, dialect, base_url, has_secret, secret_tail, created_at, updated_at,
                   concurrency, per_minute)
                 values (?1, 'openai_compatible', ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8)
                 on conflict (name) do update set dialect = excluded.dialect, base_url = excluded.base_url,
                   has_secret = excluded.has_secret, secret_tail = excluded.secret_tail,
                   updated_at = excluded.updated_at, concurrency = excluded.concurrency,
                   per_minute = excluded.per_minute, rests_until = 0, removed_at = 0",
            )?
            .execute(params![
                provider.name,
                provider.dialect.as_str(),
                provider.base_url,
                provider.secret_tail.is_some(),
                provider.secret_tail.as_deref().unwrap_or_default(),
                now.0,
                provider.concurrency,
                provider.per_minute,
            ])?;
        self.touch(Topic::Models);
        Ok(())
    }

    /// Notes until when a vendor asks to be left alone; an earlier moment than it has asked for before changes nothing. The
    /// built-in engine has no row and asks for nothing.
    ///
    /// # Errors
    /// When the file fails.
    pub fn provider_rests(&mut self, name: &str, until: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached("update provider set rests_until = ?2 where name = ?1 and rests_until < ?2")?
            .execute(params![name, until.0])?;
        Ok(())
    }

    /// Disconnects a vendor. Its models stay as they are.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for one that is not connected.
    pub fn provider_remove(&mut self, name: &str, now: UtcMs) -> Result<(), StoreError> {
        let sql = "update provider set removed_at = ?2 where name = ?1 and removed_at = 0";
        let changed = changes_one(self.conn, sql, params![name, now.0])?;
        self.touch(Topic::Models);
        if changed { Ok(()) } else { Err(StoreError::NotFound) }
    }
}

fn read_provider(row: &Row<'_>) -> rusqlite::Result<ProviderRow> {
    Ok(ProviderRow {
        name: row.get("name")?,
        dialect: super::word(row, "dialect")?,
        base_url: row.get("base_url")?,
        has_secret: row.get("has_secret")?,
        secret_tail: row.get("secret_tail")?,
        concurrency: row.get("concurrency")?,
        per_minute: row.get("per_minute")?,
        rests_until: instant(row, "rests_until")?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
    })
}
