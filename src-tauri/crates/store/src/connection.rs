//! Opening connections the same way every time: settings that make a commit survive a power cut, and an authorizer on
//! the writer that leaves the ledger's tables to the ledger's triggers.

use crate::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long a statement waits for another process's lock. Only one process writes, so a wait means a checkpoint or a
/// backup tool; five seconds outlast both.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Statements kept prepared per connection: more than all hot statements together.
const STATEMENT_CACHE: usize = 128;
/// Marks the file as ours: "IGN8".
const APPLICATION_ID: i64 = 0x4947_4E38;

/// The one read-write connection. The authorizer is installed separately, after the migrations.
pub(crate) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open(path)?;
    common(&conn)?;
    let found: i64 = conn.query_row("pragma application_id", [], |row| row.get(0))?;
    let tables: i64 = conn.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    if found != APPLICATION_ID && tables > 0 {
        return Err(StoreError::Corrupt("another program's database".to_owned()));
    }
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    if found != APPLICATION_ID {
        conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(conn)
}

/// A connection that cannot write, whatever it is asked.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    common(&conn)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

/// Refuses to the writer what only the schema's own triggers may do.
pub(crate) fn guard_ledger(conn: &mut Connection) -> Result<(), StoreError> {
    conn.authorizer(Some(authorize))?;
    Ok(())
}

fn common(conn: &Connection) -> Result<(), StoreError> {
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    Ok(())
}

fn authorize(context: AuthContext<'_>) -> Authorization {
    let by_trigger = context.accessor.is_some();
    match context.action {
        AuthAction::Update { table_name: "account", .. } if !by_trigger => Authorization::Deny,
        AuthAction::Update { table_name: "transfer" | "credit_transaction", .. }
        | AuthAction::Delete { table_name: "account" | "transfer" | "credit_transaction" }
        | AuthAction::Insert { table_name: "account" } => Authorization::Deny,
        AuthAction::DropTable { .. }
        | AuthAction::DropTrigger { .. }
        | AuthAction::DropIndex { .. }
        | AuthAction::DropView { .. }
        | AuthAction::AlterTable { .. }
        | AuthAction::Attach { .. } => Authorization::Deny,
        _ => Authorization::Allow,
    }
}
