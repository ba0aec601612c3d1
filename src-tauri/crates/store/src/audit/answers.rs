//! The kept answers: each is that of a settled call, is what that call was answered, and was kept when it was paid.

use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings};
use crate::StoreError;
use crate::digest::Digest;
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;

/// Which answers there are: the hash of the request, and the record that each was paid with.
#[derive(Default)]
pub(super) struct Answers(BTreeSet<([u8; 32], i64)>);

impl Answers {
    /// Whether the answer is there that this record paid for.
    pub(super) fn has(&self, request_hash: [u8; 32], usage: i64) -> bool {
        self.0.contains(&(request_hash, usage))
    }

    /// Whether one is there that was paid for before this record.
    pub(super) fn has_older(&self, request_hash: [u8; 32], usage: i64) -> bool {
        self.0.range((request_hash, i64::MIN)..(request_hash, usage)).next().is_some()
    }
}

/// Checks all of them, and hands out which there are.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(conn: &Connection, findings: &mut Findings) -> Result<Answers, StoreError> {
    let mut statement = conn.prepare_cached(
        "select a.request_hash, a.usage_id, u.outcome, c.request_hash is a.request_hash, coalesce(c.answer_seal, x''),
           a.body, a.media_hash, a.media_type, a.width, a.height, a.bytes, a.at, u.at
         from answer a not indexed left join usage_log u on u.id = a.usage_id left join call c on c.id = u.call_id",
    )?;
    let mut rows = statement.query([])?;
    let mut answers = Answers::default();
    while let Some(row) = rows.next()? {
        let mut next = Columns::of(row);
        let (hash, usage): ([u8; 32], i64) = (next.take()?, next.take()?);
        let (outcome, is_of_call): (Option<String>, bool) = (next.take()?, next.take()?);
        let seal: Vec<u8> = next.take()?;
        answers.0.insert((hash, usage));
        let (kind, table, row_named) = (FindingKind::Answer, "answer", usage.to_string());
        let (kept_at, paid_at): (i64, Option<i64>) = (row.get(11)?, row.get(12)?);
        if outcome.as_deref() != Some("settled") || !is_of_call {
            let (expected, found) = (Fact::text("that of a settled call"), Fact::or_nothing(outcome, Fact::Text));
            findings.add(Finding { kind, table, row: row_named, column: "request_hash", expected, found });
        } else if !seal.is_empty() && seal != digest(row)? {
            let (expected, found) = (Fact::text("what the call was answered"), Fact::text("something else"));
            findings.add(Finding { kind, table, row: row_named, column: "body", expected, found });
        } else if let Some(at) = paid_at.filter(|at| *at != kept_at) {
            let (expected, found) = (Fact::Time(at), Fact::Time(kept_at));
            findings.add(Finding { kind, table, row: row_named, column: "at", expected, found });
        }
    }
    Ok(answers)
}

fn digest(row: &Row<'_>) -> rusqlite::Result<[u8; 16]> {
    let picture = row.get_ref(6)?.as_str().unwrap_or_default();
    if picture.is_empty() {
        return Ok(Digest::of("text").text(row.get_ref(5)?.as_str().unwrap_or_default()).finish());
    }
    let named = Digest::of("picture").text(picture).text(row.get_ref(7)?.as_str().unwrap_or_default());
    Ok(named.number(row.get(8)?).number(row.get(9)?).number(row.get(10)?).finish())
}
