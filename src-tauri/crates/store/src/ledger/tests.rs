//! The ledger under test: one call's life, credits coming in, many workers at once, what may not be touched, and a long
//! random history against a model.

mod admission;
mod answers;
mod caps;
mod grants;
mod guards;
mod life;
mod model;
mod recovery;
mod room;

use crate::fixture::{Bench, NOW, lease_next, open_operation, request, spaced, things};
use crate::ledger::{Grant, OpenCall};
use crate::{LedgerError, Write};
use igny8_core::id::TransferId;
use igny8_core::money::Credits;
use rusqlite::Connection;

/// A store whose wallet has this many whole credits that do not expire.
fn funded(credits: i64) -> Bench {
    let mut bench = Bench::new();
    bench.write(things).unwrap();
    bench.write(move |write| extra(write, 1, Credits::whole(credits))).unwrap();
    bench
}

/// The n-th grant of extra credits.
fn extra(write: &mut Write<'_>, n: u64, amount: Credits) -> Result<bool, LedgerError> {
    write.grant(&Grant::Extra { id: TransferId(spaced(0x0E, n)), memo: "extra".to_owned() }, amount, NOW)
}

/// Opens the n-th operation with one unit and places its hold; the call has the same number.
fn held(bench: &mut Bench, n: u64, amount: Credits) -> Result<OpenCall, LedgerError> {
    bench.write(move |write| {
        let operation = open_operation(write, n, 1)?;
        let lease = lease_next(write)?;
        write.hold(&request(n, operation, lease, amount), NOW).map(crate::Held::spend)
    })
}

/// A second permission for the same call, as a bug could make one.
fn twin(open: &OpenCall) -> OpenCall {
    OpenCall { earlier: open.earlier.clone(), ..*open }
}

/// Everything the books hold, as text: equal before and after when nothing was kept.
fn books(conn: &Connection) -> Vec<String> {
    let mut lines = Vec::new();
    for query in [
        "select id || ':' || debits_pending || ':' || debits_posted || ':' || credits_pending || ':' || credits_posted
           from account order by id",
        "select seq || ':' || hex(id) || kind || debit_id || '>' || credit_id || ':' || amount from transfer order by seq",
        "select id || transaction_type || amount || ':' || balance_after from credit_transaction order by id",
        "select id || outcome || credits || ':' || cost_nano from usage_log order by id",
        "select hex(id) || state || attempts from call order by id",
        "select hex(call_id) || n || outcome from attempt order by call_id, n",
        "select id || state || attempts || ':' || lease_token from job where attempts > 0 order by id",
        "select hex(id) || status || credits || ':' || cost_nano from operation order by id",
    ] {
        let mut statement = conn.prepare(query).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        lines.extend(rows.map(Result::unwrap));
    }
    lines
}
