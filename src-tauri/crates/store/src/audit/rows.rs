//! What a call's rows must say of each other. One call at a time: everything about it is in hand.

use super::amount::Charged;
use super::attempts::named;
use super::calls::{CallRecord, LineRow, TransferRow, UsageFacts};
use super::finding::{Fact, Finding, FindingKind, Findings, uuid};
use super::operations::shown;
use super::posts::{Shortfalls, account};
use super::price::Catalogue;
use super::related;
use super::seals::{Fits, Seals};
use super::worth::Worth;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Records of a model that must all be wrong before its prices are, and not the records.
const REPRICED_MIN: u64 = 2;

/// What calls are checked against, and what is learned from them.
pub(super) struct Checker {
    catalogue: Catalogue,
    worth: Worth,
    seals: Seals,
    /// Postings beyond holds that no call has explained yet.
    shortfalls: Shortfalls,
    findings: Findings,
    /// For each model, how many of its records were priced again, and what came of it.
    priced: BTreeMap<i64, Repriced>,
    /// Operations of which a call has said already that they belong to another run.
    of_other_runs: BTreeSet<[u8; 16]>,
}

/// The records of a model that were priced again.
#[derive(Debug, Default)]
struct Repriced {
    records: u64,
    records_wrong: u64,
    /// What is wrong with them.
    wrong: Findings,
}

/// Of two rows that say otherwise, which is believed.
#[derive(Clone, Copy, Debug)]
struct Verdict {
    is_settled: bool,
    charged: Charged,
    fits: Fits,
}

/// A row to compare, column by column.
pub(super) struct RowOf<'f> {
    findings: &'f mut Findings,
    pub(super) kind: FindingKind,
    table: &'static str,
    row: String,
}

impl RowOf<'_> {
    pub(super) fn same(&mut self, column: &'static str, expected: Fact, found: Fact) {
        if expected != found {
            let (kind, table, row) = (self.kind, self.table, self.row.clone());
            self.findings.add(Finding { kind, table, row, column, expected, found });
        }
    }
}

impl Checker {
    pub(super) fn new(
        catalogue: Catalogue,
        worth: Worth,
        seals: Seals,
        shortfalls: Shortfalls,
        findings: Findings,
    ) -> Self {
        let (priced, of_other_runs) = (BTreeMap::new(), BTreeSet::new());
        Self { catalogue, worth, seals, shortfalls, findings, priced, of_other_runs }
    }

    /// All findings, with those about totals. Where no record of a model costs what its prices make it cost, and the
    /// totals agree with the records, it is the prices that were changed.
    pub(super) fn finish(mut self, totals: Findings, sealed: Findings) -> Findings {
        for excess in self.shortfalls.values() {
            let (expected, found) = (Fact::Nothing, Fact::credits(excess.amount));
            let row = excess.seq.to_string();
            let kind = FindingKind::Shortfall;
            self.findings.add(Finding { kind, table: "transfer", row, column: "amount", expected, found });
        }
        let totals_agree = totals.kept.iter().all(|finding| finding.kind != FindingKind::Totals);
        for (model, priced) in self.priced {
            let is_repriced = priced.records >= REPRICED_MIN && priced.records == priced.records_wrong && totals_agree;
            if !is_repriced {
                self.findings.append(priced.wrong);
                continue;
            }
            if let Some(first) = priced.wrong.kept.into_iter().next() {
                let Finding { column, expected, found, .. } = first;
                let (kind, row) = (FindingKind::Price, model.to_string());
                self.findings.add(Finding { kind, table: "model", row, column, expected, found });
            }
        }
        self.findings.append(totals);
        let sealed = self.seals.findings(sealed, &self.findings);
        self.findings.append(sealed);
        self.findings
    }

    /// Checks one call.
    pub(super) fn call(&mut self, call: &CallRecord) {
        let fits = Fits::of(call);
        let verdict = Verdict { is_settled: is_settled(call, fits), charged: self.charged(call, fits), fits };
        self.call_itself(call, verdict);
        let Some(hold) = &call.hold else { return };
        self.transfer(call, hold, "hold");
        self.run(call);
        if call.attempts == 1 {
            self.of(FindingKind::Transfer, "transfer", hold.seq.to_string()).same(
                "at",
                Fact::Time(call.sent_at),
                Fact::Time(hold.at),
            );
        }
        let Some(resolution) = &call.resolution else {
            if let Some(usage) = &call.usage {
                let (found, row) = (Fact::text(&*usage.outcome), usage.id.to_string());
                self.of(FindingKind::Record, "usage_log", row).same("outcome", Fact::Nothing, found);
            }
            return;
        };
        self.resolution(call, hold, resolution, verdict);
        self.line(call, resolution, verdict);
        self.record(call, resolution, verdict);
        self.dispute(call, verdict.charged);
        self.attempts(call, resolution, verdict.is_settled);
        self.seals.check(call, hold, resolution, fits);
        if let Some(usage) = &call.usage {
            self.price(call, hold, resolution, usage, verdict);
            if let Some(value) = self.worth.missed(usage.credits, usage.value, hold.seq, resolution.seq) {
                self.of(FindingKind::Value, "usage_log", usage.id.to_string()).same(
                    "credit_value_nano",
                    Fact::money(value),
                    Fact::money(usage.value),
                );
            }
        }
    }

    /// What the model of a record asks for what was consumed.
    pub(super) fn credits_for(&self, model: i64, usage: &UsageFacts) -> Option<i64> {
        self.catalogue.credits(model, &usage.consumed, usage.credits)
    }

    pub(super) fn of(&mut self, kind: FindingKind, table: &'static str, row: String) -> RowOf<'_> {
        RowOf { findings: &mut self.findings, kind, table, row }
    }

    /// Its state, its hold, and what it says of its operation and unit.
    fn call_itself(&mut self, call: &CallRecord, verdict: Verdict) {
        let priced_by = self.price_version(call, verdict.fits);
        let mut row = self.of(FindingKind::Call, "call", call.shown());
        let is_open = matches!(call.state.as_str(), "held" | "sent" | "unknown");
        let state = match (call.resolution.is_some(), verdict.is_settled) {
            (true, true) => "settled",
            (true, false) => "released",
            (false, _) if is_open => &*call.state,
            (false, _) => "sent",
        };
        row.same("state", Fact::text(state), Fact::text(&*call.state));
        row.same("hold_id", Fact::text(uuid(call.id)), Fact::text(uuid(call.hold_id)));
        if call.hold.is_none() {
            row.same("hold_id", Fact::text(uuid(call.hold_id)), Fact::Nothing);
        }
        row.same("model_id", Fact::Count(priced_by), Fact::Count(call.model));
        let of_unit = Fact::or_nothing(call.unit_operation, |id| Fact::text(uuid(id)));
        row.same("operation_id", of_unit, Fact::text(uuid(call.operation)));
    }

    /// The row of the catalogue that a call was held under: any row of the model that its operation was begun with, since each
    /// call is held at the price of its time; which of them a sealed record says.
    fn price_version(&self, call: &CallRecord, fits: Fits) -> i64 {
        let Some(of) = &call.of else { return call.model };
        let sealed = call.usage.as_ref().filter(|_| fits.record == Some(true)).map(|usage| usage.model);
        let mut said = [sealed, Some(call.model)].into_iter().flatten();
        said.find(|model| self.catalogue.are_one_model(of.model, *model)).unwrap_or(of.model)
    }

    /// What a hold and its resolution have in common.
    fn transfer(&mut self, call: &CallRecord, transfer: &TransferRow, kind: &str) {
        let mut row = self.of(FindingKind::Transfer, "transfer", transfer.seq.to_string());
        row.same("kind", Fact::text(kind), Fact::text(&*transfer.kind));
        row.same("debit_id", Fact::text("wallet"), Fact::text(account(transfer.debit)));
        row.same("credit_id", Fact::text("usage"), Fact::text(account(transfer.credit)));
        let of_call = Fact::or_nothing(transfer.call, |id| Fact::text(uuid(id)));
        row.same("call_id", Fact::text(call.shown()), of_call);
        if !transfer.memo.is_empty() {
            row.same("memo", Fact::Nothing, Fact::text(&*transfer.memo));
        }
    }

    fn resolution(&mut self, call: &CallRecord, hold: &TransferRow, resolution: &TransferRow, verdict: Verdict) {
        let kind = if verdict.is_settled { "settle" } else { "release" };
        self.transfer(call, resolution, kind);
        // Three rows name the instant: where two of them say otherwise, the transfer is the odd one.
        let line_at = call.line.as_ref().map(|line| line.at);
        let is_odd = line_at.is_some_and(|at| at != resolution.at && call.usage.as_ref().is_some_and(|u| u.at == at));
        let at = if is_odd { line_at.unwrap_or(resolution.at) } else { resolution.at };
        let mut row = self.of(FindingKind::Transfer, "transfer", resolution.seq.to_string());
        row.same("id", Fact::text(uuid(call.resolution_id())), Fact::text(uuid(resolution.id)));
        row.same("at", Fact::Time(at), Fact::Time(resolution.at));
        // A hold that is not as it was sealed is named itself, and says nothing of what could be taken.
        let most = if verdict.fits.hold == Some(false) { i64::MAX } else { hold.amount };
        let due = verdict.charged.due(resolution.amount).min(most);
        row.same("amount", Fact::credits(due), Fact::credits(resolution.amount));
        let mut row = self.of(FindingKind::Call, "call", call.shown());
        row.same("resolved_at", Fact::Time(at.max(1)), Fact::Time(call.resolved_at));
        if let Some(LineRow { id, at: found, .. }) = &call.line {
            let mut row = self.of(FindingKind::Line, "credit_transaction", id.to_string());
            row.same("at", Fact::Time(at), Fact::Time(*found));
        }
        if let Some(UsageFacts { id, at: found, .. }) = &call.usage {
            self.of(FindingKind::Record, "usage_log", id.to_string()).same("at", Fact::Time(at), Fact::Time(*found));
        }
    }

    fn line(&mut self, call: &CallRecord, resolution: &TransferRow, verdict: Verdict) {
        let Some(line) = &call.line else {
            let due = Fact::credits(-verdict.charged.due(resolution.amount));
            let mut row = self.of(FindingKind::Line, "transfer", resolution.seq.to_string());
            return row.same("credit_transaction", due, Fact::Nothing);
        };
        let mut row = self.of(FindingKind::Line, "credit_transaction", line.id.to_string());
        let kind = if verdict.is_settled { "deduction" } else { "release" };
        row.same("transaction_type", Fact::text(kind), Fact::text(&*line.transaction_type));
        row.same("amount", Fact::credits(-verdict.charged.due(-line.amount)), Fact::credits(line.amount));
        if kind == "deduction" && !line.memo.is_empty() {
            row.same("memo", Fact::Nothing, Fact::text(&*line.memo));
        }
        let shown = |id: Option<[u8; 16]>| Fact::or_nothing(id, |id| Fact::text(uuid(id)));
        row.same("call_id", Fact::text(call.shown()), shown(line.call));
        row.same("operation_id", Fact::text(uuid(call.operation)), shown(line.operation));
        if let Some(of) = &call.of {
            row.same("operation_type", Fact::text(&*of.operation_type), Fact::text(&*line.operation_type));
        }
    }

    fn record(&mut self, call: &CallRecord, resolution: &TransferRow, verdict: Verdict) {
        let Some(usage) = &call.usage else {
            let due = Fact::credits(verdict.charged.due(resolution.amount));
            return self.of(FindingKind::Record, "call", call.shown()).same("usage_log", due, Fact::Nothing);
        };
        let is_sealed = self.seals.from().covers_record(usage.id);
        let mut row = self.of(FindingKind::Record, "usage_log", usage.id.to_string());
        let outcome = if verdict.is_settled { "settled" } else { "released" };
        row.same("outcome", Fact::text(outcome), Fact::text(&*usage.outcome));
        row.same("operation_id", Fact::text(uuid(call.operation)), Fact::text(uuid(usage.operation)));
        row.same("model_id", Fact::Count(call.model), Fact::Count(usage.model));
        if let Some(of) = &call.of {
            row.same("operation_type", Fact::text(&*of.operation_type), Fact::text(&*usage.operation_type));
            row.same("site_id", Fact::Count(of.site), Fact::Count(usage.site));
            let due = related::due(&of.operation_type, of.is_trial, &call.items);
            let named = (&*usage.related_type, usage.related_id);
            if is_sealed || !related::was_written_before(outcome, &call.items, named) {
                row.same("related_id", shown(due), shown(named));
            }
        }
        row.kind = if outcome == "released" { FindingKind::Unpaid } else { FindingKind::Record };
        row.same("credits", Fact::credits(verdict.charged.due(usage.credits)), Fact::credits(usage.credits));
    }

    /// A call of a run counts against the cap that the run was begun under, and no other call does.
    fn run(&mut self, call: &CallRecord) {
        let Some(of) = &call.of else { return };
        let due = of.run.map(|run| format!("run:{}", Uuid::from_bytes(run).simple()));
        if call.runs.iter().eq(due.as_ref()) || !self.of_other_runs.insert(call.operation) {
            return;
        }
        let expected = Fact::or_nothing(call.runs.first().cloned(), Fact::Text);
        let mut row = self.of(FindingKind::Task, "operation", uuid(call.operation));
        row.same("run_id", expected, Fact::or_nothing(due, Fact::Text));
    }

    /// Cost and credits, from what was consumed and the prices of the model.
    fn price(
        &mut self,
        call: &CallRecord,
        hold: &TransferRow,
        resolution: &TransferRow,
        usage: &UsageFacts,
        verdict: Verdict,
    ) {
        let is_settled = verdict.is_settled;
        let (lost, last) = (call.lost(), call.last().map(|last| last.cost));
        let on_record = if is_settled { usage.cost.saturating_sub(lost) } else { last.unwrap_or(0) };
        let cost = self.catalogue.cost(call.model, &usage.consumed, on_record).filter(|_| !usage.is_cost_stated);
        let row = usage.id.to_string();
        let found = |kind, column, expected, found| Finding {
            kind,
            table: "usage_log",
            row: row.clone(),
            column,
            expected,
            found,
        };
        let mut wrong = Vec::new();
        let due = if is_settled { cost.map(|cost| cost.saturating_add(lost)) } else { Some(lost) };
        if let Some(due) = due.filter(|due| *due != usage.cost) {
            wrong.push(found(FindingKind::Cost, "cost_nano", Fact::money(due), Fact::money(usage.cost)));
            if lost > 0 || !is_settled {
                let booked = usage.cost.saturating_sub(if is_settled { cost.unwrap_or(0) } else { 0 });
                self.of(FindingKind::Attempt, "attempt", named(call, call.attempts)).same(
                    "cost_nano",
                    Fact::money(booked),
                    Fact::money(lost),
                );
            }
        }
        // A release that says what was consumed says it of its last attempt.
        let last = last.filter(|last| Some(*last) != cost);
        if let (false, true, Some(cost), Some(last)) = (is_settled, usage.consumed.is_something(), cost, last) {
            wrong.push(found(FindingKind::Cost, "cost_nano", Fact::money(cost), Fact::money(last)));
        }
        let asked = self.credits_for(call.model, usage).filter(|_| verdict.fits.hold != Some(false));
        if is_settled && let Some(charge) = asked {
            let due = charge.min(hold.amount);
            if let Charged::Known(charged) = verdict.charged
                && due != charged
            {
                let facts = (Fact::credits(due), Fact::credits(charged));
                wrong.push(found(FindingKind::Charge, "credits", facts.0, facts.1));
            }
            self.shortfall(call, resolution, charge.saturating_sub(hold.amount).max(0));
        } else if is_settled {
            self.shortfalls.remove(&call.shortfall_id());
        }
        if is_settled || usage.consumed.is_something() {
            let priced = self.priced.entry(call.model).or_default();
            priced.records += 1;
            priced.records_wrong += u64::from(!wrong.is_empty());
            wrong.into_iter().for_each(|finding| priced.wrong.add(finding));
        } else {
            wrong.into_iter().for_each(|finding| self.findings.add(finding));
        }
    }

    fn shortfall(&mut self, call: &CallRecord, resolution: &TransferRow, due: i64) {
        let booked = self.shortfalls.remove(&call.shortfall_id());
        if let Some(excess) = booked {
            let mut row = self.of(FindingKind::Shortfall, "transfer", excess.seq.to_string());
            row.same("at", Fact::Time(resolution.at), Fact::Time(excess.at));
        }
        let amount = booked.map_or(0, |excess| excess.amount);
        if amount == due {
            return;
        }
        let (table, row) = booked.map_or_else(|| ("call", call.shown()), |excess| ("transfer", excess.seq.to_string()));
        let (expected, found) = (
            if due == 0 { Fact::Nothing } else { Fact::credits(due) },
            Fact::or_nothing(booked, |excess| Fact::credits(excess.amount)),
        );
        self.of(FindingKind::Shortfall, table, row).same("amount", expected, found);
    }
}

/// Whether a call's result was paid for: by its record, where that is as it was sealed, else by what resolved its hold.
fn is_settled(call: &CallRecord, fits: Fits) -> bool {
    match (&call.usage, &call.resolution) {
        (Some(usage), Some(_)) if fits.record == Some(true) => usage.outcome == "settled",
        (_, resolution) => resolution.as_ref().is_some_and(|resolution| resolution.kind == "settle"),
    }
}
