//! Bringing the file to this version's schema, all or nothing, with a copy of the old file beside it first.

use crate::backup;
use crate::digest::Digest;
use crate::{BackupError, StoreError};
use refinery::Target;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};
use std::error::Error;
use std::path::Path;

mod embedded {
    refinery::embed_migrations!("../../../migrations");
}

/// Applies what is missing to the file at `path` in one transaction. A file that has content is backed up to
/// `backup_dir` before.
///
/// # Errors
/// [`StoreError::TooNew`] when the file knows a migration this app does not: it is left untouched.
pub(crate) fn migrate(conn: &mut Connection, path: &Path, backup_dir: Option<&Path>) -> Result<(), StoreError> {
    let found = refuse_newer(conn)?;
    let known = known();
    if found == known {
        return Ok(());
    }
    if let Some(dir) = backup_dir.filter(|_| found > 0) {
        let copy = dir.join(format!("before-schema-{known}.db"));
        backup::copy_to(conn, path, &copy).map_err(|error| match error {
            BackupError::Store(error) => error,
            BackupError::Damaged => StoreError::Corrupt(error.to_string()),
            BackupError::Write { .. } | BackupError::Itself | BackupError::Foreign => StoreError::Io(error.to_string()),
        })?;
    }
    let runner = embedded::migrations::runner().set_grouped(true);
    lend_digest(conn)?;
    runner.run(conn).map_err(|error| cause(&error))?;
    Ok(conn.remove_function(DIGEST, DIGEST_ARGUMENTS)?)
}

/// The digest as migrations call it, with as many parts as they like.
const DIGEST: &str = "digest";
const DIGEST_ARGUMENTS: std::ffi::c_int = -1;

/// Lets migrations seal rows that were written before they were sealed, in the transaction that makes the place for it:
/// done behind them, a crash between the two would leave rows that look as if somebody had taken their seals away.
fn lend_digest(conn: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    Ok(conn.create_scalar_function(DIGEST, DIGEST_ARGUMENTS, flags, digest)?)
}

fn digest(arguments: &Context<'_>) -> rusqlite::Result<[u8; 16]> {
    let mut digest = Digest::new();
    for at in 0..arguments.len() {
        digest = match arguments.get_raw(at) {
            ValueRef::Integer(number) => digest.number(number),
            other => digest.text(other.as_str()?),
        };
    }
    Ok(digest.finish())
}

/// A database in memory, made by the migrations that `like` has been given and no later ones.
///
/// # Errors
/// When the file cannot be read, or a migration fails.
pub(crate) fn fresh(like: &Connection) -> Result<Connection, StoreError> {
    let mut conn = Connection::open_in_memory()?;
    lend_digest(&conn)?;
    let runner = embedded::migrations::runner().set_grouped(true).set_target(Target::Version(applied(like)?));
    runner.run(&mut conn).map_err(|error| cause(&error))?;
    Ok(conn)
}

/// What stopped a migration: a full disk is told apart from a wrong statement.
fn cause(error: &refinery::Error) -> StoreError {
    match error.source().and_then(|source| source.downcast_ref::<rusqlite::Error>()) {
        Some(rusqlite::Error::SqliteFailure(code, text)) => rusqlite::Error::SqliteFailure(*code, text.clone()).into(),
        Some(_) | None => StoreError::Statement(error.to_string()),
    }
}

/// Newest migration in the file.
///
/// # Errors
/// As [`migrate`].
pub(crate) fn refuse_newer(conn: &Connection) -> Result<i32, StoreError> {
    let (found, known) = (applied(conn)?, known());
    if found > known { Err(StoreError::TooNew { found, known }) } else { Ok(found) }
}

/// Whether the file has just the schema that this app knows.
///
/// # Errors
/// As [`migrate`].
pub(crate) fn is_current(conn: &Connection) -> Result<bool, StoreError> {
    Ok(refuse_newer(conn)? == known())
}

/// Newest migration of this app.
fn known() -> i32 {
    embedded::migrations::runner().get_migrations().iter().map(refinery::Migration::version).max().unwrap_or(0)
}

/// Newest migration in the file; 0 for a new file.
fn applied(conn: &Connection) -> Result<i32, StoreError> {
    let has_history: Option<i64> = conn
        .query_row("select 1 from sqlite_schema where name = 'refinery_schema_history'", [], |row| row.get(0))
        .optional()?;
    if has_history.is_none() {
        return Ok(0);
    }
    Ok(conn.query_row("select coalesce(max(version), 0) from refinery_schema_history", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests;
