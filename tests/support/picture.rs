//! What a database file says about the ledger, read by statements of our own from a connection of our own.

use crate::errands::{Call, Errand, extra_id, operation_id};
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;
use std::path::Path;

/// The ledger in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    transfers: BTreeSet<Vec<u8>>,
    operations: BTreeSet<Vec<u8>>,
    months: BTreeSet<String>,
    suspended: BTreeSet<Vec<u8>>,
    refused: BTreeSet<(Vec<u8>, u32)>,
    day_limit: Option<i64>,
    is_stopped: bool,
    /// Everything that must be the same whenever the same work was done, as lines.
    books: Vec<String>,
}

/// Each row as one line. What counts how often something was tried is left out: a failure adds to it.
const BOOKS: [&str; 10] = [
    "select 'account ' || code || ' ' || debits_pending || ' ' || debits_posted || ' ' || credits_pending || ' '
       || credits_posted from account order by id",
    "select 'transfer ' || hex(id) || ' ' || kind || ' ' || debit_id || '>' || credit_id || ' ' || amount || ' '
       || coalesce(hex(hold_id), '') from transfer order by id",
    "select 'line ' || coalesce(hex(transfer_id), hex(operation_id)) || ' ' || transaction_type || ' ' || operation_type
       || ' ' || amount || ' ' || memo from credit_transaction order by 1",
    "select 'usage ' || coalesce(hex(call_id), hex(operation_id)) || ' ' || outcome || ' ' || credits || ' ' || cost_nano
       || ' ' || tokens_input || ' ' || tokens_output from usage_log order by 1",
    "select 'cap ' || key || ' ' || wanted || ' ' || held || ' ' || used from cap order by key",
    "select 'call ' || hex(id) || ' ' || state from call order by id",
    "select 'unit ' || hex(operation_id) || ' ' || ordinal || ' ' || state || ' ' || error_code from job
       order by operation_id, ordinal",
    "select 'answer ' || hex(request_hash) || ' ' || length(body) from answer order by request_hash",
    "select 'operation ' || hex(id) || ' ' || units_done || ' ' || units_failed || ' ' || results || ' ' || credits || ' '
       || cost_nano from operation order by id",
    "select 'limit ' || scope || ' ' || site_id || ' ' || amount from spending_limit order by scope, site_id",
];

impl Picture {
    /// Reads a file, which must be whole.
    pub fn of(database: &Path) -> Self {
        let conn = Connection::open(database).unwrap_or_else(|error| panic!("{}: {error}", database.display()));
        let verdict: String = one(&conn, "pragma integrity_check");
        assert_eq!(verdict, "ok", "the file is whole");
        let line = |row: &Row<'_>| row.get::<_, String>(0);
        Self {
            transfers: rows(&conn, "select id from transfer", |row| row.get(0)),
            operations: rows(&conn, "select id from operation", |row| row.get(0)),
            months: rows(
                &conn,
                "select s.memo from credit_transaction s join transfer t on t.id = s.transfer_id
                   join account a on a.id = t.debit_id where a.code = 'budget'",
                line,
            ),
            suspended: rows(&conn, "select call_id from attempt where outcome = 'outcome_unknown'", |row| row.get(0)),
            refused: rows(
                &conn,
                "select operation_id, ordinal from job where state = 'failed' and error_code = 'unpriced'",
                |row| Ok((row.get(0)?, row.get(1)?)),
            ),
            day_limit: rows(&conn, "select amount from spending_limit where scope = 'day'", |row| row.get(0))
                .pop_first(),
            is_stopped: one(&conn, "select stopped_at > 0 from spending_switch"),
            books: BOOKS.iter().flat_map(|sql| list(&conn, sql, line)).collect(),
        }
    }

    /// Whether an errand has been carried out. Settings are what they were set to last, so that only the newest can be
    /// told by its value.
    pub fn shows(&self, errand: &Errand) -> bool {
        match errand {
            Errand::Month(month, _) => self.months.contains(*month),
            Errand::Extra(number, _) => self.transfers.contains(extra_id(*number).as_bytes().as_slice()),
            Errand::DayLimit(credits) => self.day_limit == credits.map(|credits| credits * 1_000_000),
            Errand::Stop(is_stopped) => self.is_stopped == *is_stopped,
            Errand::Open(number, _) => self.operations.contains(operation_id(*number).as_bytes().as_slice()),
            Errand::Begin(call, ..) => self.transfers.contains(call.id().hold().as_bytes().as_slice()),
            Errand::Settle(call, _) | Errand::Release(call) => self.is_resolved(*call),
            Errand::Suspend(call) => self.suspended.contains(call.id().as_bytes().as_slice()),
            Errand::Refuse(number, unit) => self.refused.contains(&(operation_id(*number).as_bytes().to_vec(), *unit)),
        }
    }

    /// Whether a call's hold was settled or given back.
    pub fn is_resolved(&self, call: Call) -> bool {
        self.transfers.contains(call.id().resolution().as_bytes().as_slice())
    }

    /// The books as lines, for comparing.
    pub fn books(&self) -> &[String] {
        &self.books
    }

    /// Calls that hold credits.
    pub fn open_calls(&self) -> usize {
        let is_open = |line: &&String| {
            line.starts_with("call ") && ["held", "sent", "unknown"].iter().any(|state| line.ends_with(state))
        };
        self.books.iter().filter(is_open).count()
    }
}

fn one<T: rusqlite::types::FromSql>(conn: &Connection, sql: &str) -> T {
    conn.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn list<T>(conn: &Connection, sql: &str, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Vec<T> {
    let mut statement = conn.prepare(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    let rows = statement.query_map([], read).unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn rows<T: Ord>(conn: &Connection, sql: &str, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> BTreeSet<T> {
    list(conn, sql, read).into_iter().collect()
}
