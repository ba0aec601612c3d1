//! Opening connections the same way every time: settings that make a commit survive a power cut, and an authorizer on
//! the writer that leaves the ledger's balances to the ledger's triggers and its history to nobody.

use crate::StoreError;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a statement waits for another process's lock. Only one process writes, so a wait means a checkpoint or a
/// backup tool; five seconds outlast both.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Statements kept prepared per connection: more than all hot statements together.
const STATEMENT_CACHE: usize = 128;
/// Pages the log holds before they are brought into the database, 16 MB. A page that many commits changed is brought
/// there once, and it takes two syncs however many there are; a start reads a log four times that long within 0.1 s.
const LOG_PAGES: u32 = 4_000;
/// Marks the file as ours: "IGN8".
pub(crate) const APPLICATION_ID: u32 = 0x4947_4E38;
/// The triggers that move balances.
const BALANCE_TRIGGERS: [&str; 8] = [
    "transfer_post",
    "transfer_hold",
    "transfer_resolve",
    "cap_hold",
    "cap_resolve",
    "month_grant",
    "month_hold",
    "month_resolve",
];
/// What could be switched off to get around the schema's rules or a commit's durability.
const GUARDED_PRAGMAS: [&str; 10] = [
    "checkpoint_fullfsync",
    "foreign_keys",
    "fullfsync",
    "ignore_check_constraints",
    "journal_mode",
    "locking_mode",
    "recursive_triggers",
    "synchronous",
    "trusted_schema",
    "writable_schema",
];

/// The one read-write connection. The authorizer is installed separately, after the migrations.
pub(crate) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open(path)?;
    common(&conn)?;
    let is_ours = is_ours(&conn)?;
    let tables: i64 = conn.query_row("select count(*) from sqlite_schema", [], |row| row.get(0))?;
    if !is_ours && tables > 0 {
        return Err(not_ours());
    }
    conn.pragma_update(None, "journal_mode", "wal")?;
    survive_power_cuts(&conn)?;
    conn.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    // Without it `insert or replace` removes a row past its delete trigger.
    conn.pragma_update(None, "recursive_triggers", true)?;
    if !is_ours {
        conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(conn)
}

/// A connection that cannot write, whatever it is asked.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    common(&conn)?;
    conn.pragma_update(None, "query_only", true)?;
    if is_ours(&conn)? { Ok(conn) } else { Err(not_ours()) }
}

/// A connection for reading a file that no process has open. It keeps the index of the log in memory and leaves the log
/// where it is when it is closed, so that the files stay as they are, to the byte.
pub(crate) fn open_still(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    common(&conn)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.pragma_update(None, "locking_mode", "exclusive")?;
    conn.pragma_update(None, "query_only", true)?;
    if is_ours(&conn)? { Ok(conn) } else { Err(not_ours()) }
}

/// A connection to a file that nobody changes meanwhile: it makes no files beside it and takes no locks.
pub(crate) fn open_immutable(path: &Path) -> Result<Connection, StoreError> {
    let mut address = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' => address.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(*byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(address, flags)?;
    common(&conn)?;
    if is_ours(&conn)? { Ok(conn) } else { Err(not_ours()) }
}

/// A connection for leaving a request beside the process that has the folder: see [`guard_requests`]. It leaves the log
/// alone, which is that process's to bring in.
pub(crate) fn open_beside(path: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    common(&conn)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    conn.pragma_update(None, "wal_autocheckpoint", 0)?;
    survive_power_cuts(&conn)?;
    if is_ours(&conn)? { Ok(conn) } else { Err(not_ours()) }
}

/// What is committed is on the disk when the commit returns.
fn survive_power_cuts(conn: &Connection) -> Result<(), StoreError> {
    conn.pragma_update(None, "synchronous", "full")?;
    // On macOS a sync leaves the data in the drive's own cache, where a power cut takes it; with these it waits until the
    // drive has written it down. Elsewhere a sync does so by itself and they change nothing.
    conn.pragma_update(None, "fullfsync", true)?;
    conn.pragma_update(None, "checkpoint_fullfsync", true)?;
    Ok(())
}

fn is_ours(conn: &Connection) -> Result<bool, StoreError> {
    let found: i64 = conn.query_row("pragma application_id", [], |row| row.get(0))?;
    Ok(found == i64::from(APPLICATION_ID))
}

fn not_ours() -> StoreError {
    StoreError::Corrupt("another program's database".to_owned())
}

/// Refuses to the writer what only the schema's own triggers may do.
pub(crate) fn guard_ledger(conn: &mut Connection) -> Result<(), StoreError> {
    conn.authorizer(Some(authorize))?;
    Ok(())
}

/// Lets nothing through but reading and a new row among the requests.
pub(crate) fn guard_requests(conn: &mut Connection) -> Result<(), StoreError> {
    conn.authorizer(Some(|context: AuthContext<'_>| {
        let is_allowed = matches!(
            context.action,
            AuthAction::Select
                | AuthAction::Read { .. }
                | AuthAction::Transaction { .. }
                | AuthAction::Insert { table_name: "run_request" | "window_request" }
        );
        if is_allowed { Authorization::Allow } else { Authorization::Deny }
    }))?;
    Ok(())
}

/// Lets a transaction end in a commit only while `is_allowed` is set. After a full disk SQLite has already ended the
/// transaction: what a caller that overlooked it writes next would otherwise be kept line by line.
pub(crate) fn guard_commits(conn: &mut Connection, is_allowed: Arc<AtomicBool>) -> Result<(), StoreError> {
    let refuse = move || !is_allowed.load(Ordering::Relaxed);
    conn.commit_hook(Some(refuse))?;
    Ok(())
}

/// Begins, ends or divides a transaction. These statements frame every other one, so that they are kept prepared as well.
pub(crate) fn run(conn: &Connection, statement: &'static str) -> rusqlite::Result<()> {
    conn.prepare_cached(statement)?.execute([]).map(drop)
}

fn common(conn: &Connection) -> Result<(), StoreError> {
    conn.busy_timeout(BUSY_TIMEOUT)?;
    conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // A statement is planned once, and not again for every value it is asked with.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Balances, caps and months move by their triggers alone; transfers, the statement, usage records, attempts, paid answers
/// and the keys of commands are never changed or removed; the schema and the settings that enforce it stay as they are.
fn authorize(context: AuthContext<'_>) -> Authorization {
    let moves_balances = context.accessor.is_some_and(|trigger| BALANCE_TRIGGERS.contains(&trigger));
    let touches_balance = matches!(
        context.action,
        AuthAction::Update { table_name: "account" | "budget_month", .. }
            | AuthAction::Insert { table_name: "budget_month" }
            | AuthAction::Update { table_name: "cap", column_name: "held" | "used" }
    );
    let guarded = |name: &str| GUARDED_PRAGMAS.contains(&name);
    let loosens_rules =
        matches!(context.action, AuthAction::Pragma { pragma_name, pragma_value: Some(_) } if guarded(pragma_name));
    let is_denied = is_never_allowed(context.action) || loosens_rules || (touches_balance && !moves_balances);
    if is_denied { Authorization::Deny } else { Authorization::Allow }
}

fn is_never_allowed(action: AuthAction<'_>) -> bool {
    matches!(
        action,
        AuthAction::Insert { table_name: "account" }
            | AuthAction::Update {
                table_name: "transfer"
                    | "credit_transaction"
                    | "usage_log"
                    | "attempt"
                    | "call_cap"
                    | "answer"
                    | "client_key"
                    | "sealed_from",
                ..
            }
            | AuthAction::Delete {
                table_name: "account"
                    | "transfer"
                    | "credit_transaction"
                    | "usage_log"
                    | "attempt"
                    | "call"
                    | "cap"
                    | "call_cap"
                    | "answer"
                    | "budget_month"
                    | "client_key"
                    | "commit_mark"
                    | "sealed_from"
                    | "model"
                    | "setting"
                    | "setting_seal",
            }
            | AuthAction::CreateTrigger { .. }
            | AuthAction::CreateTempTrigger { .. }
            | AuthAction::DropTable { .. }
            | AuthAction::DropTrigger { .. }
            | AuthAction::DropIndex { .. }
            | AuthAction::DropView { .. }
            | AuthAction::AlterTable { .. }
            | AuthAction::Attach { .. }
    )
}
