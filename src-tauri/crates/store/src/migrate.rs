//! Bringing the file to this version's schema, all or nothing, with a copy of the old file beside it first.

use crate::StoreError;
use crate::backup;
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;

mod embedded {
    refinery::embed_migrations!("../../../migrations");
}

/// Applies what is missing in one transaction. A file that has content is backed up to `backup_dir` before.
///
/// # Errors
/// [`StoreError::TooNew`] when the file knows a migration this app does not: it is left untouched.
pub(crate) fn migrate(conn: &mut Connection, backup_dir: Option<&Path>) -> Result<(), StoreError> {
    let runner = embedded::migrations::runner();
    let known = runner.get_migrations().iter().map(refinery::Migration::version).max().unwrap_or(0);
    let found = applied(conn)?;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    if found == known {
        return Ok(());
    }
    if let Some(dir) = backup_dir.filter(|_| found > 0) {
        backup::copy_to(conn, &dir.join(format!("before-schema-{known}.db")))
            .map_err(|error| StoreError::Io(error.to_string()))?;
    }
    runner.set_grouped(true).run(conn).map_err(|error| StoreError::Statement(error.to_string()))?;
    Ok(())
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
