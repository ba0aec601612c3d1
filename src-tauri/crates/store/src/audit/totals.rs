//! The statement line by line, the usage records that no call stands behind, and the totals of operations.

use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings, uuid};
use crate::StoreError;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// What the records of an operation add up to.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    credits: i64,
    cost: i64,
    settled: i64,
    reused: i64,
    refused: i64,
    /// Lines of the statement for what was reused and refused.
    reuse_lines: i64,
    refusal_lines: i64,
}

type Operations = BTreeMap<[u8; 16], Sums>;

/// Checks all three.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut sums = Operations::new();
    statement(conn, findings, &mut sums)?;
    records(conn, findings, &mut sums)?;
    operations(conn, findings, &sums)?;
    answers(conn, findings)
}

fn statement(conn: &Connection, findings: &mut Findings, sums: &mut Operations) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select s.id, s.transfer_id is not null, t.kind, s.operation_id, s.transaction_type, s.amount, s.balance_after
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
        match (operation, kind.as_str()) {
            (Some(operation), "refusal") => sums.entry(operation).or_default().refusal_lines += 1,
            (Some(operation), "deduction") => sums.entry(operation).or_default().reuse_lines += 1,
            _ => differs(FindingKind::Line, "transaction_type", Fact::text("refusal"), Fact::Text(kind)),
        }
    }
    Ok(())
}

fn records(conn: &Connection, findings: &mut Findings, sums: &mut Operations) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select u.id, u.operation_id, u.outcome, u.credits, u.cost_nano, u.credit_value_nano,
           u.tokens_input + u.tokens_cached + u.tokens_cache_write + u.tokens_image_input + u.tokens_output
             + u.tokens_reasoning + u.tokens_image_output + u.images,
           u.call_id is not null, c.id is not null, u.reused_from is not null,
           (select p.outcome = 'settled' and p.operation_type = u.operation_type from usage_log p
             where p.id = u.reused_from)
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
            differs(FindingKind::Record, "reused_from", Fact::text("a paid record"), Fact::text(outcome.as_str()));
        }
        if is_free {
            for (column, expected, found) in [
                ("credits", Fact::credits(0), Fact::credits(credits)),
                ("cost_nano", Fact::money(0), Fact::money(cost)),
                ("credit_value_nano", Fact::money(0), Fact::money(value)),
                ("tokens", Fact::Count(0), Fact::Count(consumed)),
            ] {
                if expected != found {
                    differs(FindingKind::Unpaid, column, expected, found);
                }
            }
        }
    }
    Ok(())
}

fn operations(conn: &Connection, findings: &mut Findings, sums: &Operations) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select o.id, o.credits, o.cost_nano, o.units_total, o.units_done, o.units_failed, o.status <> 'pending',
           (select count(*) from job j where j.operation_id = o.id),
           (select count(*) from job j where j.operation_id = o.id and j.state = 'done'),
           (select count(*) from job j where j.operation_id = o.id and j.state = 'failed'),
           (select count(*) from job j where j.operation_id = o.id and j.state in ('ready', 'leased'))
         from operation o order by o.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut next = Columns::of(row);
        let id: [u8; 16] = next.take()?;
        let (credits, cost): (i64, i64) = (next.take()?, next.take()?);
        let (total, done, failed): (i64, i64, i64) = (next.take()?, next.take()?, next.take()?);
        let is_closed: bool = next.take()?;
        let (units, units_done, units_failed, open): (i64, i64, i64, i64) =
            (next.take()?, next.take()?, next.take()?, next.take()?);
        let of = sums.get(&id).copied().unwrap_or_default();
        let ended = |is_closed| Fact::text(if is_closed { "ended" } else { "pending" });
        let (totals, counts) = (FindingKind::Totals, FindingKind::Units);
        for (kind, column, expected, found) in [
            (totals, "credits", Fact::credits(of.credits), Fact::credits(credits)),
            (totals, "cost_nano", Fact::money(of.cost), Fact::money(cost)),
            (totals, "refusals", Fact::Count(of.refusal_lines), Fact::Count(of.refused)),
            (totals, "reuses", Fact::Count(of.reuse_lines), Fact::Count(of.reused)),
            (counts, "units_total", Fact::Count(units), Fact::Count(total)),
            (counts, "units_done", Fact::Count(units_done), Fact::Count(done)),
            (counts, "units_failed", Fact::Count(units_failed), Fact::Count(failed)),
            (counts, "paid or reused", Fact::Count(done), Fact::Count(of.settled + of.reused)),
            (counts, "status", ended(open == 0), ended(is_closed)),
        ] {
            if expected != found {
                findings.add(Finding { kind, table: "operation", row: uuid(id), column, expected, found });
            }
        }
    }
    Ok(())
}

fn answers(conn: &Connection, findings: &mut Findings) -> Result<(), StoreError> {
    let mut statement = conn.prepare_cached(
        "select a.usage_id, u.outcome from answer a left join usage_log u on u.id = a.usage_id
           left join call c on c.id = u.call_id
         where u.outcome is not 'settled' or c.request_hash is not a.request_hash",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let outcome: Option<String> = row.get(1)?;
        findings.add(Finding {
            kind: FindingKind::Answer,
            table: "answer",
            row: row.get::<_, i64>(0)?.to_string(),
            column: "request_hash",
            expected: Fact::text("that of a settled call"),
            found: Fact::or_nothing(outcome, Fact::Text),
        });
    }
    Ok(())
}
