//! Rows that must be there: those that others speak of, those that the app makes once and never takes away, the fixed chart
//! of accounts. Whoever checks rows one by one does not miss the one that is gone.

use super::finding::{Fact, Finding, FindingKind, Findings, uuid};
use super::posts::account;
use crate::StoreError;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// The accounts' rows: from the first to the last.
const ACCOUNTS: std::ops::RangeInclusive<i64> = 1..=7;
/// The one account that cannot go below zero.
const WALLET: i64 = 3;
/// Tables that others refer to.
const PARENTS: [&str; 18] = [
    "account",
    "call",
    "cap",
    "cluster",
    "content",
    "idea",
    "job",
    "keyword",
    "model",
    "operation",
    "outbox",
    "prompt_version",
    "run",
    "sector",
    "site",
    "task",
    "transfer",
    "usage_log",
];

/// Limits on a site that name none, and limits on everything that name one.
const LIMITS: &str = "select scope || ' ' || site_id, case scope when 'site' then 'a site' else 'no site' end,
     'site ' || site_id
   from spending_limit where (scope = 'site') <> (site_id > 0)";
/// Notices whose particulars cannot be read.
const NOTICES: &str =
    "select dedupe, 'particulars that can be read', params from notification where not json_valid(params)";

/// A reference that leads nowhere: the table and column it stands in, and those it speaks of.
struct Broken {
    table: String,
    column: String,
    parent: &'static str,
    key: String,
}

/// The chart of accounts, row by row.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn accounts(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached("select id, code, no_overdraft from account order by id")?;
    let mut rows = statement.query([])?;
    let mut missing: BTreeSet<i64> = ACCOUNTS.collect();
    while let Some(row) = rows.next()? {
        let (id, code, is_guarded): (i64, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        missing.remove(&id);
        let (due, must_be_guarded) = (account(id), id == WALLET);
        if code != due {
            findings.add(gone("account", code.clone(), "code", Fact::text(due), Fact::text(code.clone())));
        }
        if is_guarded != must_be_guarded {
            let (expected, found) = (Fact::Count(must_be_guarded.into()), Fact::Count(is_guarded.into()));
            findings.add(gone("account", code, "no_overdraft", expected, found));
        }
    }
    for id in missing {
        let code = account(id);
        findings.add(gone("account", code.to_owned(), "code", Fact::text(code), Fact::Nothing));
    }
    Ok(())
}

/// The rows that stand once and for all, without which nothing paid is done.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn single(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    for (table, query) in [
        ("spending_switch", "select 1 from spending_switch where id = 1"),
        ("commit_mark", "select 1 from commit_mark where id = 1"),
    ] {
        if !conn.prepare_cached(query)?.exists([])? {
            findings.add(gone(table, "1".to_owned(), "id", Fact::Count(1), Fact::Nothing));
        }
    }
    Ok(())
}

/// Everything else that must be there.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(conn: &Connection, tables: &[String], findings: &mut Findings) -> Result<(), StoreError> {
    for table in tables {
        for broken in broken_references(conn, table)? {
            broken.name(conn, findings)?;
        }
    }
    let runs = "select distinct run_id from operation o
       where run_id is not null and not exists (select 1 from run r where r.id = o.run_id)";
    name_each(conn, runs, "run", "operation", findings)?;
    let calls = "select t.call_id from transfer t
       where t.kind = 'hold' and not exists (select 1 from call c where c.hold_id = t.id)";
    name_each(conn, calls, "call", "transfer", findings)?;
    for (table, query) in [("spending_limit", LIMITS), ("notification", NOTICES)] {
        let mut statement = conn.prepare_cached(query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (named, due, found): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let column = if table == "notification" { "params" } else { "site_id" };
            findings.add(gone(table, named, column, Fact::Text(due), Fact::Text(found)));
        }
    }
    Ok(())
}

/// What SQLite finds by itself, by reference. In this order of the two: it looks through the table once.
fn broken_references(conn: &Connection, table: &str) -> Result<Vec<Broken>, StoreError> {
    let mut statement = conn.prepare_cached(
        "select distinct c.parent, l.\"from\", coalesce(l.\"to\", (select name from pragma_table_info(c.parent) where pk = 1))
         from pragma_foreign_key_check(?1) c cross join pragma_foreign_key_list(?1) l on l.id = c.fkid",
    )?;
    let found = statement.query_map(params![table], |row| {
        let parent: String = row.get(0)?;
        let parent = PARENTS.into_iter().find(|known| *known == parent).unwrap_or("sqlite_schema");
        Ok(Broken { table: table.to_owned(), column: row.get(1)?, parent, key: row.get(2)? })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

impl Broken {
    /// Names each row that is spoken of and gone.
    fn name(&self, conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
        let Self { table, column, parent, key } = self;
        // Names cannot be bound. These are the schema's own, quoted, and no value is among them.
        let [child, named, owner, id] = [table.as_str(), column.as_str(), *parent, key.as_str()].map(quoted);
        let query = [
            "select distinct c.",
            &named,
            " from ",
            &child,
            " c where c.",
            &named,
            " is not null and not exists (select 1 from ",
            &owner,
            " p where p.",
            &id,
            " = c.",
            &named,
            ")",
        ]
        .concat();
        name_each(conn, &query, parent, table, findings)
    }
}

/// A name of the schema as SQL writes one.
fn quoted(name: &str) -> String {
    ["\"", &name.replace('"', "\"\""), "\""].concat()
}

fn name_each(
    conn: &Connection,
    query: &str,
    parent: &'static str,
    by: &str,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare(query)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let named = match row.get_ref(0)? {
            ValueRef::Integer(id) if parent == "account" => account(id).to_owned(),
            ValueRef::Integer(id) => id.to_string(),
            ValueRef::Blob(id) => id.try_into().map(uuid).unwrap_or_default(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        let is_known = |other: &Finding| other.table == parent && other.row == named && other.found == Fact::Nothing;
        if !findings.kept.iter().any(is_known) {
            findings.add(gone(parent, named, "row", Fact::text(format!("named in {by}")), Fact::Nothing));
        }
    }
    Ok(())
}

fn gone(table: &'static str, row: String, column: &'static str, expected: Fact, found: Fact) -> Finding {
    Finding { kind: FindingKind::Standing, table, row, column, expected, found }
}
