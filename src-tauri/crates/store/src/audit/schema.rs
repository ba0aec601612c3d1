//! The rules that stand in the file itself. Tables with their checks, indexes, views and triggers must be those that the
//! migrations make: they are held against a database that was just made by them, so that no list here has to be kept.
//!
//! What somebody adds for queries of their own (a view, an index, a table) does the books no harm; a trigger of theirs
//! does things that nobody sees, and is found.

use super::finding::{Fact, Finding, FindingKind, Findings};
use crate::{StoreError, migrate};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Words that are shown around those that differ.
const WORDS_AROUND: usize = 3;

/// Kind and name of a piece of the schema.
type Piece = (String, String);

/// Compares the file's schema with that of the migrations it has been given. Answers which tables these make.
///
/// # Errors
/// When the file cannot be read, or the migrations cannot be run in memory.
pub(super) fn check(conn: &Connection, findings: &mut Findings) -> Result<Vec<String>, StoreError> {
    let (expected, mut found) = (pieces(&migrate::fresh(conn)?)?, pieces(conn)?);
    let mut tables = Vec::new();
    for (piece, sql) in expected {
        if piece.0 == "table" {
            tables.push(piece.1.clone());
        }
        let there = found.remove(&piece);
        if there.as_ref() == Some(&sql) {
            continue;
        }
        let (sql, there) = match there {
            Some(there) => difference(&sql, &there).map_or((sql, Some(there)), |(sql, there)| (sql, Some(there))),
            None => (sql, None),
        };
        findings.add(finding(piece, Fact::text(sql), Fact::or_nothing(there, Fact::text)));
    }
    for (piece, sql) in found {
        if piece.0 == "trigger" {
            findings.add(finding(piece, Fact::Nothing, Fact::text(sql)));
        }
    }
    Ok(tables)
}

/// The words in which two texts differ, with some around them to find the place by; `None` when the words are the same.
fn difference(expected: &str, found: &str) -> Option<(String, String)> {
    let [expected, found] = [expected, found].map(|sql| sql.split_whitespace().collect::<Vec<_>>());
    let same = |(one, other): &(&&str, &&str)| one == other;
    let before = expected.iter().zip(&found).take_while(same).count();
    let left = expected.len().min(found.len()).saturating_sub(before);
    let after = expected.iter().rev().zip(found.iter().rev()).take_while(same).count().min(left);
    let differing = |words: &[&str]| {
        let (first, last) =
            (before.saturating_sub(WORDS_AROUND), (words.len() - after + WORDS_AROUND).min(words.len()));
        let shown = words.get(first..last).unwrap_or_default().join(" ");
        let (open, close) = (if first > 0 { "… " } else { "" }, if last < words.len() { " …" } else { "" });
        format!("{open}{shown}{close}")
    };
    (expected != found).then(|| (differing(&expected), differing(&found)))
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

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn of_two_definitions_only_what_differs_is_shown() {
        let table = "create table usage_log (id integer,\n  credits integer not null check (credits >= 0),\n  at integer not null)";
        let tampered = table.replace(" check (credits >= 0)", "");
        let (expected, found) = difference(table, &tampered).unwrap();
        assert_eq!(expected, "… credits integer not null check (credits >= 0), at integer not …");
        assert_eq!(found, "… credits integer not null, at integer not …");
        let (expected, found) = difference("select 1 as cost", "select 0 as cost").unwrap();
        assert_eq!((expected.as_str(), found.as_str()), ("select 1 as cost", "select 0 as cost"));
        assert_eq!(difference(table, &table.replace('\n', " ")), None, "only spaced otherwise");
    }
}
