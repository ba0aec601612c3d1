//! The statement line by line, the usage records that no call stands behind, and what both add up to for each operation.

use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings};
use super::free::{FreeLine, FreeRecord};
use super::operations;
use super::seals::{Place, SealedFrom};
use crate::StoreError;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What the records of an operation add up to.
#[derive(Debug, Default)]
pub(super) struct Sums {
    pub(super) credits: i64,
    pub(super) cost: i64,
    pub(super) settled: i64,
    pub(super) reused: i64,
    pub(super) refused: i64,
    /// Lines of the statement for what was reused and refused.
    pub(super) reuse_lines: i64,
    pub(super) refusal_lines: i64,
    /// Records that no call stands behind.
    pub(super) free: Vec<FreeRecord>,
    /// Lines of the statement of the same.
    pub(super) free_lines: Vec<FreeLine>,
}

/// What the records of each operation add up to.
pub(super) type Operations = BTreeMap<[u8; 16], Sums>;

/// Checks all of them, and the operations against them.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(
    conn: &Connection,
    from: SealedFrom,
    findings: &mut Findings,
    sealed: &mut Findings,
) -> Result<(), StoreError> {
    let mut sums = Operations::new();
    statement(conn, findings, &mut sums)?;
    records(conn, from, findings, sealed, &mut sums)?;
    operations::check(conn, &sums, from, findings)
}

fn statement(conn: &Connection, findings: &mut Findings, sums: &mut Operations) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select s.id, s.transfer_id is not null, t.kind, s.operation_id, s.transaction_type, s.amount, s.balance_after,
           s.operation_type, s.memo, s.at, s.call_id is not null
         from credit_transaction s left join transfer t on t.id = s.transfer_id order by s.id",
    )?;
    let mut rows = statement.query([])?;
    let mut balance = 0_i64;
    while let Some(row) = rows.next()? {
        let mut next = Columns::of(row);
        let (id, has_transfer, moved): (i64, bool, Option<String>) = (next.take()?, next.take()?, next.take()?);
        let (operation, kind): (Option<[u8; 16]>, String) = (next.take()?, next.take()?);
        let (amount, after): (i64, i64) = (next.take()?, next.take()?);
        let mut differs = |kind, column, expected, found| {
            findings.add(Finding { kind, table: "credit_transaction", row: id.to_string(), column, expected, found });
        };
        let due = balance.saturating_add(amount);
        if due != after {
            let facts = (Fact::credits(due), Fact::credits(after));
            differs(FindingKind::RunningBalance, "balance_after", facts.0, facts.1);
        }
        // From what the line says on: one line that is wrong must not put all behind it in the wrong.
        balance = after;
        if has_transfer {
            if moved.as_deref().is_none_or(|kind| kind == "hold") {
                let found = Fact::or_nothing(moved, Fact::Text);
                differs(FindingKind::Line, "transfer_id", Fact::text("settle, release or post"), found);
            }
            continue;
        }
        if amount != 0 {
            differs(FindingKind::Unpaid, "amount", Fact::credits(0), Fact::credits(amount));
        }
        let line = FreeLine { id, operation_type: next.take()?, memo: next.take()?, at: next.take()? };
        if next.take()? {
            differs(FindingKind::Line, "call_id", Fact::Nothing, Fact::text("a call"));
        }
        let Some(operation) = operation else {
            differs(FindingKind::Line, "operation_id", Fact::text("an operation"), Fact::Nothing);
            continue;
        };
        let sum = sums.entry(operation).or_default();
        match kind.as_str() {
            "refusal" => sum.refusal_lines += 1,
            "deduction" => sum.reuse_lines += 1,
            _ => {
                differs(FindingKind::Line, "transaction_type", Fact::text("refusal"), Fact::Text(kind));
                continue;
            }
        }
        sum.free_lines.push(line);
    }
    Ok(())
}

fn records(
    conn: &Connection,
    from: SealedFrom,
    findings: &mut Findings,
    sealed: &mut Findings,
    sums: &mut Operations,
) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select u.id, u.operation_id, u.outcome, u.credits, u.cost_nano, u.credit_value_nano,
           u.tokens_input + u.tokens_cached + u.tokens_cache_write + u.tokens_image_input + u.tokens_output
             + u.tokens_reasoning + u.tokens_image_output + u.images,
           u.call_id is not null, c.id is not null, u.reused_from is not null,
           (select p.outcome = 'settled' and p.operation_type = u.operation_type from usage_log p
             where p.id = u.reused_from), u.related_type, u.related_id, u.operation_type, u.site_id, u.model_id, u.at,
           u.is_estimated, u.is_cost_stated, u.reused_from, u.seal
         from usage_log u left join call c on c.id = u.call_id order by u.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut next = Columns::of(row);
        let (id, operation, outcome): (i64, [u8; 16], String) = (next.take()?, next.take()?, next.take()?);
        let (credits, cost, value): (i64, i64, i64) = (next.take()?, next.take()?, next.take()?);
        let consumed: i64 = next.take()?;
        let (names_call, has_call, names_paid): (bool, bool, bool) = (next.take()?, next.take()?, next.take()?);
        let is_paid: Option<bool> = next.take()?;
        let sum = sums.entry(operation).or_default();
        sum.credits = sum.credits.saturating_add(credits);
        sum.cost = sum.cost.saturating_add(cost);
        let mut differs = |kind, column, expected, found| {
            findings.add(Finding { kind, table: "usage_log", row: id.to_string(), column, expected, found });
        };
        let is_free = matches!(outcome.as_str(), "refused" | "reused");
        if is_free == names_call || names_call != has_call {
            let (expected, found) = if is_free { (Fact::Nothing, "a call") } else { (Fact::text("a call"), "none") };
            differs(FindingKind::Record, "call_id", expected, Fact::text(found));
        }
        match outcome.as_str() {
            "settled" => sum.settled += 1,
            "reused" => sum.reused += 1,
            "refused" => sum.refused += 1,
            _ => {}
        }
        if (outcome == "reused") != names_paid || (outcome == "reused" && is_paid != Some(true)) {
            let (expected, found) = paid_facts(outcome == "reused", is_paid);
            differs(FindingKind::Record, "reused_from", expected, found);
        }
        if is_free {
            let record = read_free(id, operation, &outcome, &mut next)?;
            from.of_row(Place::Free, id, &record.seal, &record.digest())
                .into_iter()
                .for_each(|wrong| sealed.add(wrong));
            for (column, expected, found) in [
                ("credits", Fact::credits(0), Fact::credits(credits)),
                ("cost_nano", Fact::money(0), Fact::money(cost)),
                ("credit_value_nano", Fact::money(0), Fact::money(value)),
                ("tokens", Fact::Count(0), Fact::Count(consumed)),
                ("is_estimated", Fact::Count(0), Fact::Count(record.is_estimated.into())),
                ("is_cost_stated", Fact::Count(0), Fact::Count(record.is_cost_stated.into())),
            ] {
                if expected != found {
                    differs(FindingKind::Unpaid, column, expected, found);
                }
            }
            sum.free.push(record);
        }
    }
    Ok(())
}

/// The record of something free, from the column on that says what it is for.
fn read_free(id: i64, operation: [u8; 16], outcome: &str, next: &mut Columns<'_, '_>) -> rusqlite::Result<FreeRecord> {
    Ok(FreeRecord {
        id,
        operation,
        outcome: if outcome == "reused" { "reused" } else { "refused" },
        related_type: next.take()?,
        related_id: next.take()?,
        operation_type: next.take()?,
        site: next.take()?,
        model: next.take()?,
        at: next.take()?,
        is_estimated: next.take()?,
        is_cost_stated: next.take()?,
        reused_from: next.take::<Option<i64>>()?.unwrap_or_default(),
        seal: next.take()?,
    })
}

/// What a record says of the one that it was paid with, and what it should.
fn paid_facts(is_reused: bool, is_paid: Option<bool>) -> (Fact, Fact) {
    let expected = if is_reused { Fact::text("a settled record of the same function") } else { Fact::Nothing };
    let found = match is_paid {
        None => Fact::Nothing,
        Some(true) => Fact::text("a settled record"),
        Some(false) => Fact::text("a record that was not settled, or one of another function"),
    };
    (expected, found)
}
