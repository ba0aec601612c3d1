//! What was free: units that were used again or refused. Each leaves a record and a line of the statement in the commit that
//! ends it, so that the three say the same of it, and all of them what its operation says.

use super::finding::{Fact, Finding, FindingKind, Findings, uuid};
use super::totals::Sums;
use crate::digest::{DIGEST_BYTES, Digest};
use std::collections::BTreeSet;

/// A record of something that was reused or refused.
#[derive(Debug)]
pub(super) struct FreeRecord {
    pub(super) id: i64,
    pub(super) operation: [u8; 16],
    pub(super) outcome: &'static str,
    pub(super) related_type: String,
    pub(super) related_id: i64,
    pub(super) operation_type: String,
    pub(super) site: i64,
    pub(super) model: i64,
    pub(super) at: i64,
    pub(super) is_estimated: bool,
    pub(super) is_cost_stated: bool,
    /// The record it was paid with; 0 where it was refused.
    pub(super) reused_from: i64,
    pub(super) seal: Vec<u8>,
}

impl FreeRecord {
    /// What its seal must be.
    pub(super) fn digest(&self) -> [u8; DIGEST_BYTES] {
        let digest = Digest::of("free").number(self.id).text(&uuid(self.operation)).text(&self.operation_type);
        let digest = digest.number(self.site).number(self.model).text(&self.related_type).number(self.related_id);
        digest.text(self.outcome).number(self.reused_from).number(self.at).finish()
    }
}

/// A line of the statement about such a thing.
#[derive(Debug)]
pub(super) struct FreeLine {
    pub(super) id: i64,
    pub(super) operation_type: String,
    pub(super) memo: String,
    pub(super) at: i64,
}

/// What an operation and its units say.
pub(super) struct Of<'o> {
    pub(super) operation_type: &'o str,
    pub(super) site: i64,
    pub(super) model: i64,
    /// When its units ended, and with which code; empty for those that were done.
    pub(super) endings: BTreeSet<(i64, &'o str)>,
}

impl Of<'_> {
    /// Checks the records and the lines of the operation.
    pub(super) fn check(&self, sums: &Sums, findings: &mut Findings) {
        for record in &sums.free {
            let mut differs = |column, expected, found| {
                differ(findings, FindingKind::Record, "usage_log", record.id, column, expected, found);
            };
            let (due, found) = (Fact::text(self.operation_type), Fact::text(&*record.operation_type));
            differs("operation_type", due, found);
            differs("site_id", Fact::Count(self.site), Fact::Count(record.site));
            differs("model_id", Fact::Count(self.model), Fact::Count(record.model));
        }
        for line in &sums.free_lines {
            let (due, found) = (Fact::text(self.operation_type), Fact::text(&*line.operation_type));
            differ(findings, FindingKind::Line, "credit_transaction", line.id, "operation_type", due, found);
        }
        // Both are written one behind the other, so that the first belongs to the first.
        if sums.free.len() == sums.free_lines.len() {
            sums.free.iter().zip(&sums.free_lines).for_each(|(record, line)| self.pair(record, line, findings));
        }
    }

    fn pair(&self, record: &FreeRecord, line: &FreeLine, findings: &mut Findings) {
        let is_ending = |at: i64| self.endings.iter().any(|(ended, _)| *ended == at);
        if record.at != line.at {
            let (kind, table, id, due, found) = if is_ending(record.at) {
                (FindingKind::Line, "credit_transaction", line.id, record.at, line.at)
            } else {
                (FindingKind::Record, "usage_log", record.id, line.at, record.at)
            };
            differ(findings, kind, table, id, "at", Fact::Time(due), Fact::Time(found));
        }
        let at = if is_ending(line.at) { line.at } else { record.at };
        let of_then = self.endings.range((at, "")..).take_while(|(ended, _)| *ended == at);
        let mut codes = of_then.map(|(_, code)| *code).filter(|code| !code.is_empty()).peekable();
        let due = match record.outcome {
            "reused" => Some("reused"),
            _ => codes.peek().copied().filter(|_| !codes.any(|code| code == line.memo)),
        };
        if let Some(due) = due {
            let found = Fact::text(&*line.memo);
            differ(findings, FindingKind::Line, "credit_transaction", line.id, "memo", Fact::text(due), found);
        }
    }
}

/// Records and lines of an operation that does not exist.
pub(super) fn of_none(operation: [u8; 16], sums: &Sums, findings: &mut Findings) {
    let named = || Fact::Text(uuid(operation));
    for record in &sums.free {
        let (kind, table) = (FindingKind::Record, "usage_log");
        differ(findings, kind, table, record.id, "operation_id", Fact::text("an operation"), named());
    }
    for line in &sums.free_lines {
        let (kind, table) = (FindingKind::Line, "credit_transaction");
        differ(findings, kind, table, line.id, "operation_id", Fact::text("an operation"), named());
    }
}

fn differ(
    findings: &mut Findings,
    kind: FindingKind,
    table: &'static str,
    id: i64,
    column: &'static str,
    expected: Fact,
    found: Fact,
) {
    if expected != found {
        findings.add(Finding { kind, table, row: id.to_string(), column, expected, found });
    }
}
