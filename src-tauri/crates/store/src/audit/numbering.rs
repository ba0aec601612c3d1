//! The numbers of rows. The tables that the books are made of give each row the next number and take none away, so that a
//! number without a row was one once. What an earlier version wrote is not looked at: of that nobody promised it.

use super::finding::{Fact, Finding, FindingKind, Findings};
use super::seals::SealedFrom;
use crate::StoreError;
use rusqlite::{Connection, params};

/// A table, the column of its numbers, how many rows are behind one of them and how many numbers were given out since, and
/// the numbers behind which one is missing.
type Numbered = (&'static str, &'static str, &'static str, &'static str);

const TABLES: [Numbered; 3] = [
    (
        "transfer",
        "seq",
        "select count(*), coalesce((select seq from sqlite_sequence where name = 'transfer'), 0) - ?1
         from transfer where seq > ?1",
        "select seq from (select ?1 as seq union all select seq from transfer where seq > ?1) t
         where not exists (select 1 from transfer n where n.seq = t.seq + 1) order by seq",
    ),
    (
        "usage_log",
        "id",
        "select count(*), coalesce((select seq from sqlite_sequence where name = 'usage_log'), 0) - ?1
         from usage_log where id > ?1",
        "select id from (select ?1 as id union all select id from usage_log where id > ?1) t
         where not exists (select 1 from usage_log n where n.id = t.id + 1) order by id",
    ),
    (
        "credit_transaction",
        "id",
        "select count(*), coalesce((select seq from sqlite_sequence where name = 'credit_transaction'), 0) - ?1
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
        let (rows, given): (i64, i64) =
            conn.prepare_cached(counts)?.query_row(params![from], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if rows == given.max(0) {
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
