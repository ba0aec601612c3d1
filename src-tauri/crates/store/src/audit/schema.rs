//! The rules that stand in the file itself. Tables with their checks, indexes, views and triggers must be those that the
//! migrations make: they are held against a database that was just made by them, so that no list here has to be kept.
//!
//! What somebody adds for queries of their own (a view, an index, a table) does the books no harm; a trigger of theirs
//! does things that nobody sees, and is found.

use super::finding::{Fact, Finding, FindingKind, Findings};
use crate::{StoreError, migrate};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Kind and name of a piece of the schema.
type Piece = (String, String);

/// Compares the file's schema with that of the migrations it has been given.
///
/// # Errors
/// When the file cannot be read, or the migrations cannot be run in memory.
pub(super) fn check(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let (expected, mut found) = (pieces(&migrate::fresh(conn)?)?, pieces(conn)?);
    for (piece, sql) in expected {
        let there = found.remove(&piece);
        if there.as_ref() == Some(&sql) {
            continue;
        }
        findings.add(finding(piece, Fact::text(sql), Fact::or_nothing(there, Fact::text)));
    }
    for (piece, sql) in found {
        if piece.0 == "trigger" {
            findings.add(finding(piece, Fact::Nothing, Fact::text(sql)));
        }
    }
    Ok(())
}

fn finding((kind, name): Piece, expected: Fact, found: Fact) -> Finding {
    let row = format!("{kind} {name}");
    Finding { kind: FindingKind::Schema, table: "sqlite_schema", row, column: "sql", expected, found }
}

fn pieces(conn: &Connection) -> Result<BTreeMap<Piece, String>, StoreError> {
    // What SQLite keeps for itself (statistics, the counters of ids) comes and goes.
    let mut statement = conn.prepare(
        "select type, name, coalesce(sql, '') from sqlite_schema
         where name not glob 'sqlite_stat*' and name <> 'sqlite_sequence'",
    )?;
    let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
