//! The numbers of rows. The tables that the books are made of give each row the next number and take none away, so that a
//! number without a row was one once. What an earlier version wrote is not looked at: of that nobody promised it. Which
//! numbers are the newest each commit notes under a seal, so that they cannot be taken away from the end either.

use super::finding::{Fact, Finding, FindingKind, Findings};
use super::seals::{SealedFrom, as_sealed, changed};
use crate::StoreError;
use crate::digest::Digest;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::cmp::Ordering;

/// A table, the column of its numbers, how many rows are behind one of them and how many numbers were given out since, and
/// the numbers behind which one is missing.
type Numbered = (&'static str, &'static str, &'static str, &'static str);

const TABLES: [Numbered; 3] = [
    (
        "transfer",
        "seq",
        "select count(*), coalesce((select seq from sqlite_sequence where name = 'transfer'), 0) - ?1,
           coalesce(max(seq), ?1)
         from transfer where seq > ?1",
        "select seq from (select ?1 as seq union all select seq from transfer where seq > ?1) t
         where not exists (select 1 from transfer n where n.seq = t.seq + 1) order by seq",
    ),
    (
        "usage_log",
        "id",
        "select count(*), coalesce((select seq from sqlite_sequence where name = 'usage_log'), 0) - ?1,
           coalesce(max(id), ?1)
         from usage_log where id > ?1",
        "select id from (select ?1 as id union all select id from usage_log where id > ?1) t
         where not exists (select 1 from usage_log n where n.id = t.id + 1) order by id",
    ),
    (
        "credit_transaction",
        "id",
        "select count(*), coalesce((select seq from sqlite_sequence where name = 'credit_transaction'), 0) - ?1,
           coalesce(max(id), ?1)
         from credit_transaction where id > ?1",
        "select id from (select ?1 as id union all select id from credit_transaction where id > ?1) t
         where not exists (select 1 from credit_transaction n where n.id = t.id + 1) order by id",
    ),
];

/// Checks all of them.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(conn: &Connection, from: SealedFrom, findings: &mut Findings) -> Result<(), StoreError> {
    for ((table, column, counts, gaps), from) in TABLES.into_iter().zip(from.numbered()) {
        // A place that is beyond every row is named itself.
        let (rows, given, newest): (i64, i64, i64) =
            conn.prepare_cached(counts)?.query_row(params![from], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        if rows == given.max(0) && newest == from + rows {
            continue;
        }
        let mut statement = conn.prepare_cached(gaps)?;
        let before = statement.query_map(params![from], |row| row.get::<_, i64>(0))?;
        let before = before.collect::<Result<Vec<_>, _>>()?;
        for number in before.into_iter().map(|last| last.saturating_add(1)).filter(|number| *number <= from + given) {
            let (kind, row) = (FindingKind::Standing, number.to_string());
            let (expected, found) = (Fact::text("a row of this number"), Fact::Nothing);
            findings.add(Finding { kind, table, row, column, expected, found });
        }
        if rows > given {
            let (kind, row) = (FindingKind::Standing, table.to_owned());
            let (expected, found) = (Fact::Count(from + rows), Fact::Count(from + given));
            findings.add(Finding { kind, table: "sqlite_sequence", row, column: "seq", expected, found });
        }
    }
    Ok(())
}

/// Whether the newest rows are those that the last commit noted.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn newest(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select newest_transfer, newest_usage, newest_line, seal,
           coalesce((select max(seq) from transfer), 0), coalesce((select max(id) from usage_log), 0),
           coalesce((select max(id) from credit_transaction), 0)
         from commit_mark where id = 1",
    )?;
    let read = |row: &Row<'_>| {
        let noted: [i64; 3] = [row.get(0)?, row.get(1)?, row.get(2)?];
        Ok((noted, row.get::<_, Vec<u8>>(3)?, [row.get(4)?, row.get(5)?, row.get(6)?]))
    };
    // That the mark itself is gone is said with the rows that must be there.
    let Some((noted, seal, found)): Option<([i64; 3], Vec<u8>, [i64; 3])> = statement.query_row([], read).optional()?
    else {
        return Ok(());
    };
    let digest = noted.into_iter().fold(Digest::of("newest"), Digest::number).finish();
    if seal != digest {
        let (kind, row) = (FindingKind::Seal, "1".to_owned());
        let (expected, found) = (as_sealed(), changed());
        findings.add(Finding { kind, table: "commit_mark", row, column: "seal", expected, found });
        return Ok(());
    }
    for ((table, column, ..), (noted, found)) in TABLES.into_iter().zip(noted.into_iter().zip(found)) {
        let (row, expected, found) = match found.cmp(&noted) {
            Ordering::Equal => continue,
            Ordering::Less => (noted, Fact::text("a row of this number"), Fact::Nothing),
            Ordering::Greater => (found, Fact::Nothing, Fact::text("a row that no commit left")),
        };
        let (kind, row) = (FindingKind::Standing, row.to_string());
        findings.add(Finding { kind, table, row, column, expected, found });
    }
    Ok(())
}
