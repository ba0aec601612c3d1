//! Operations, each beside its units, its records and the notice of how it ended. Operations, units and notices come in the
//! same order, so that each table is walked once.

use super::beside::Beside;
use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings, uuid};
use super::free::{self, FreeRecord};
use super::related;
use super::seals::SealedFrom;
use super::totals::{Operations, Sums};
use super::units::{self, Unit};
use crate::StoreError;
use igny8_core::money::Credits;
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What the key of a notice about an operation begins with.
const NOTICE_KEY: &str = "operation:";
/// What an operation says that did less than it was to do because a call cost more than was held for it.
const SHORTFALL: &str = "shortfall";
const CANCELLED: &str = "cancelled";

const OPERATIONS: &str =
    "select id, credits, cost_nano, units_total, units_done, units_failed, status, is_cancelled, results,
     error_code, created_at, ended_at, is_trial,
     case function_name when 'auto_cluster' then 'clustering' when 'generate_ideas' then 'idea_generation'
       when 'generate_content' then 'content_generation' when 'generate_image_prompts' then 'image_prompt_extraction'
       when 'generate_images' then 'image_generation' else '' end,
     site_id, model_id, phase, started_by, run_id is not null, is_anew, joined
   from operation order by id";
const NOTICES: &str = "select dedupe, notification_type, severity, site_id, params, created_at from notification
   where dedupe >= 'operation:' and dedupe < 'operation;' order by dedupe";

struct Operation {
    id: [u8; 16],
    credits: i64,
    cost: i64,
    total: i64,
    done: i64,
    failed: i64,
    status: String,
    is_cancelled: bool,
    results: i64,
    error_code: String,
    created_at: i64,
    ended_at: i64,
    is_trial: bool,
    operation_type: String,
    site: i64,
    model: i64,
    phase: String,
    started_by: String,
    is_of_run: bool,
    is_anew: bool,
    joined: i64,
}

struct Notice {
    notification_type: String,
    severity: String,
    site: i64,
    params: BTreeMap<String, String>,
    at: i64,
}

/// Findings about one operation.
struct Of<'f> {
    findings: &'f mut Findings,
    row: String,
}

/// Checks all operations, and the records of what was free against their units.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(
    conn: &Connection,
    sums: &Operations,
    from: SealedFrom,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let (mut units, mut notices) = (conn.prepare_cached(units::ALL)?, conn.prepare_cached(NOTICES)?);
    let mut units = Beside::over(units.query([])?, units::read)?;
    let mut notices = Beside::over(notices.query([])?, read_notice)?;
    let mut statement = conn.prepare_cached(OPERATIONS)?;
    let mut rows = statement.query([])?;
    let none = Sums::default();
    let mut missing: BTreeMap<[u8; 16], &Sums> = sums.iter().map(|(id, sums)| (*id, sums)).collect();
    while let Some(row) = rows.next()? {
        let operation = read(row)?;
        let (units, notices) = (units.of(operation.id)?, notices.of(operation.id)?);
        let sums = sums.get(&operation.id).unwrap_or(&none);
        let mut of = Of { findings, row: uuid(operation.id) };
        of.totals(&operation, &units, sums);
        of.units(&operation, &units);
        of.notice(&operation, notices.first());
        of.free_records(&operation, &units, &sums.free, from);
        of.begun(&operation);
        units.iter().for_each(|unit| unit.check(sums, of.findings));
        let ended = units.iter().filter(|unit| matches!(&*unit.state, "done" | "failed"));
        let endings = ended.map(|unit| (unit.ended_at, if unit.state == "done" { "" } else { &*unit.error_code }));
        let (site, model, endings) = (operation.site, operation.model, endings.collect());
        free::Of { operation_type: &operation.operation_type, site, model, endings }.check(sums, findings);
        missing.remove(&operation.id);
    }
    missing.into_iter().for_each(|(id, sums)| free::of_none(id, sums, findings));
    Ok(())
}

impl Of<'_> {
    fn same(&mut self, kind: FindingKind, column: &'static str, expected: Fact, found: Fact) {
        if expected != found {
            let row = self.row.clone();
            self.findings.add(Finding { kind, table: "operation", row, column, expected, found });
        }
    }

    fn totals(&mut self, operation: &Operation, units: &[Unit], sums: &Sums) {
        let in_state = |state: &str| count(units.iter().filter(|unit| unit.state == state).count());
        let is_open = units.iter().any(|unit| matches!(&*unit.state, "ready" | "leased"));
        let (totals, counts) = (FindingKind::Totals, FindingKind::Units);
        let status = match (is_open, in_state("done")) {
            (true, _) => "pending",
            (false, Fact::Count(0)) if !units.is_empty() => "error",
            (false, _) => "success",
        };
        self.same(totals, "credits", Fact::credits(sums.credits), Fact::credits(operation.credits));
        self.same(totals, "cost_nano", Fact::money(sums.cost), Fact::money(operation.cost));
        self.same(totals, "refusals", Fact::Count(sums.refusal_lines), Fact::Count(sums.refused));
        self.same(totals, "reuses", Fact::Count(sums.reuse_lines), Fact::Count(sums.reused));
        self.same(counts, "units_total", count(units.len()), Fact::Count(operation.total));
        self.same(counts, "units_done", in_state("done"), Fact::Count(operation.done));
        self.same(counts, "units_failed", in_state("failed"), Fact::Count(operation.failed));
        self.same(counts, "paid or reused", Fact::Count(operation.done), Fact::Count(sums.settled + sums.reused));
        self.same(counts, "status", Fact::text(status), Fact::text(&*operation.status));
    }

    /// What its units say of it beside their number.
    fn units(&mut self, operation: &Operation, units: &[Unit]) {
        let created_at = units.iter().map(|unit| unit.created_at).min().unwrap_or(operation.created_at);
        self.same(FindingKind::Task, "created_at", Fact::Time(created_at), Fact::Time(operation.created_at));
        let least = if operation.done == 0 { 0 } else { operation.results.max(operation.done) };
        self.same(FindingKind::Task, "results", Fact::Count(least), Fact::Count(operation.results));
        let ended = units.iter().filter(|unit| matches!(&*unit.state, "failed" | "cancelled"));
        let codes: BTreeSet<&str> = ended.map(|unit| &*unit.error_code).filter(|code| !code.is_empty()).collect();
        let is_cancelled = codes.contains(CANCELLED) || operation.is_cancelled;
        self.same(
            FindingKind::Task,
            "is_cancelled",
            Fact::Count(is_cancelled.into()),
            Fact::Count(operation.is_cancelled.into()),
        );
        let said = &*operation.error_code;
        let is_known = codes.contains(said)
            || (said.is_empty() && operation.failed == 0 && !(is_cancelled && operation.ended_at > 0))
            || said == SHORTFALL
            || (said == CANCELLED && is_cancelled && codes.is_empty());
        if !is_known {
            let due = codes.first().copied().unwrap_or(if is_cancelled { CANCELLED } else { "" });
            self.same(FindingKind::Task, "error_code", Fact::text(due), Fact::text(said));
        }
    }

    /// What it says of how it began, and how far it is.
    fn begun(&mut self, operation: &Operation) {
        if operation.is_of_run {
            self.same(FindingKind::Task, "started_by", Fact::text("automation"), Fact::text(&*operation.started_by));
        }
        // Only pictures are made anew, and only clusters are joined.
        if operation.is_anew && operation.operation_type != "image_generation" {
            self.same(FindingKind::Task, "is_anew", Fact::Count(0), Fact::Count(1));
        }
        if operation.joined != 0 && operation.operation_type != "clustering" {
            self.same(FindingKind::Task, "joined", Fact::Count(0), Fact::Count(operation.joined));
        }
        let is_over = operation.status == "success";
        if is_over != (operation.phase == "DONE") {
            let due = if is_over { "DONE" } else { "a phase before DONE" };
            self.same(FindingKind::Task, "phase", Fact::text(due), Fact::text(&*operation.phase));
        }
    }

    /// What the user was told when it ended.
    fn notice(&mut self, operation: &Operation, notice: Option<&Notice>) {
        let Some(notice) = notice else {
            if operation.ended_at > 0 {
                self.same(FindingKind::Task, "notification", Fact::text("how it ended"), Fact::Nothing);
            }
            return;
        };
        let ending = notice.notification_type.rsplit_once('_').map_or("", |(_, ending)| ending);
        if operation.ended_at > 0 {
            self.same(FindingKind::Task, "ended_at", Fact::Time(notice.at.max(1)), Fact::Time(operation.ended_at));
        }
        let is_whole = operation.done == operation.total && !operation.is_cancelled;
        let (due, severity) = match (&*operation.status, is_whole) {
            ("error", _) => ("failed", "error"),
            (_, true) => ("success", "success"),
            (_, false) => ("partial", "warning"),
        };
        let due =
            format!("{}_{due}", if operation.is_trial { "prompt_trial" } else { stem(&operation.operation_type) });
        self.same(FindingKind::Task, "notification_type", Fact::Text(due), Fact::text(&*notice.notification_type));
        self.same(FindingKind::Task, "severity", Fact::text(severity), Fact::text(&*notice.severity));
        self.same(FindingKind::Task, "site_id", Fact::Count(operation.site), Fact::Count(notice.site));
        let told = if ending == "failed" { "error" } else { "success" };
        self.same(FindingKind::Task, "status", Fact::text(told), Fact::text(&*operation.status));
        let has_all = operation.done == operation.total;
        let is_cancelled = match (ending, notice.params.get("is_cancelled")) {
            (_, Some(told)) => told == "1",
            ("success", None) => false,
            ("partial", None) if has_all => true,
            (_, None) => operation.is_cancelled,
        };
        self.same(
            FindingKind::Task,
            "is_cancelled",
            Fact::Count(is_cancelled.into()),
            Fact::Count(operation.is_cancelled.into()),
        );
        for (column, found) in [
            ("credits", Credits(operation.credits).to_string()),
            ("results", operation.results.to_string()),
            ("joined", operation.joined.to_string()),
            ("units_total", operation.total.to_string()),
            ("units_done", operation.done.to_string()),
            ("units_failed", operation.failed.to_string()),
        ] {
            if let Some(told) = notice.params.get(column) {
                self.same(FindingKind::Task, column, Fact::text(&**told), Fact::Text(found));
            }
        }
        if let Some(told) = notice.params.get("code") {
            self.same(FindingKind::Task, "error_code", Fact::text(&**told), Fact::text(&*operation.error_code));
        }
    }

    /// Records without a call: each is for one of the units that were used again or refused.
    fn free_records(&mut self, operation: &Operation, units: &[Unit], records: &[FreeRecord], from: SealedFrom) {
        if records.is_empty() {
            return;
        }
        let due = |unit: &Unit| related::due(&operation.operation_type, operation.is_trial, &unit.items);
        let reused = units.iter().filter(|unit| unit.state == "done" && !unit.is_charged);
        let (mut reused, mut refused) = (Places::of(reused.map(due)), Places::default());
        // One whose answer was bad may have been refused the second call; all others must have been refused.
        let mut refused_later = Places::default();
        for unit in units.iter().filter(|unit| unit.state == "failed") {
            if unit.has_call { refused_later.add(due(unit)) } else { refused.add(due(unit)) }
        }
        let mut late = Vec::new();
        for record in records {
            let named = (&*record.related_type, record.related_id);
            let was_written_before = |unit: &Unit| related::was_written_before(record.outcome, &unit.items, named);
            if !from.covers_record(record.id) && units.iter().any(was_written_before) {
                continue;
            }
            let places = if record.outcome == "reused" { &mut reused } else { &mut refused };
            if places.take(named) {
                continue;
            }
            if record.outcome == "refused" && refused_later.take(named) {
                late.push(record);
                continue;
            }
            self.stray(record, places);
        }
        if !refused.is_empty() {
            late.into_iter().for_each(|record| self.stray(record, &refused));
        }
    }

    /// A record of another thing than any that is without one.
    fn stray(&mut self, record: &FreeRecord, places: &Places<'_>) {
        let (kind, table, row, column) = (FindingKind::Record, "usage_log", record.id.to_string(), "related_id");
        let (expected, found) = (places.first(), shown((&*record.related_type, record.related_id)));
        let expected = if expected == found { Fact::Nothing } else { expected };
        self.findings.add(Finding { kind, table, row, column, expected, found });
    }
}

/// What units are for, as often as there are such units.
#[derive(Default)]
struct Places<'u>(BTreeMap<(i64, &'u str), u32>);

impl<'u> Places<'u> {
    fn of(units: impl Iterator<Item = (&'u str, i64)>) -> Self {
        let mut places = Self::default();
        units.for_each(|unit| places.add(unit));
        places
    }

    fn add(&mut self, (named, id): (&'u str, i64)) {
        *self.0.entry((id, named)).or_default() += 1;
    }

    fn take(&mut self, (named, id): (&str, i64)) -> bool {
        let mut of_row = self.0.range_mut((id, "")..).take_while(|((row, _), _)| *row == id);
        let Some((_, left)) = of_row.find(|((_, place), left)| *place == named && **left > 0) else {
            return false;
        };
        *left -= 1;
        true
    }

    fn is_empty(&self) -> bool {
        self.0.values().all(|left| *left == 0)
    }

    fn first(&self) -> Fact {
        let left = self.0.iter().find(|(_, left)| **left > 0);
        left.map_or(Fact::Nothing, |((id, named), _)| shown((named, *id)))
    }
}

/// What a record is for, as it is shown.
pub(super) fn shown((related_type, id): (&str, i64)) -> Fact {
    if related_type.is_empty() && id == 0 {
        Fact::text("no single item")
    } else {
        Fact::Text(format!("{related_type} {id}"))
    }
}

/// What the types of notices about a function begin with.
fn stem(operation_type: &str) -> &'static str {
    match operation_type {
        "clustering" => "ai_cluster",
        "idea_generation" => "ai_ideas",
        "content_generation" => "ai_content",
        "image_prompt_extraction" => "ai_prompts",
        _ => "ai_image",
    }
}

fn count(rows: usize) -> Fact {
    Fact::Count(i64::try_from(rows).unwrap_or(i64::MAX))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Operation> {
    let mut next = Columns::of(row);
    Ok(Operation {
        id: next.take()?,
        credits: next.take()?,
        cost: next.take()?,
        total: next.take()?,
        done: next.take()?,
        failed: next.take()?,
        status: next.take()?,
        is_cancelled: next.take()?,
        results: next.take()?,
        error_code: next.take()?,
        created_at: next.take()?,
        ended_at: next.take()?,
        is_trial: next.take()?,
        operation_type: next.take()?,
        site: next.take()?,
        model: next.take()?,
        phase: next.take()?,
        started_by: next.take()?,
        is_of_run: next.take()?,
        is_anew: next.take()?,
        joined: next.take()?,
    })
}

fn read_notice(row: &Row<'_>) -> rusqlite::Result<([u8; 16], Notice)> {
    let mut next = Columns::of(row);
    let (key, notification_type, severity): (String, String, String) = (next.take()?, next.take()?, next.take()?);
    let (site, params): (i64, String) = (next.take()?, next.take()?);
    let id = key.strip_prefix(NOTICE_KEY).and_then(|id| Uuid::try_parse(id).ok()).unwrap_or_default();
    let params = serde_json::from_str(&params).unwrap_or_default();
    Ok((id.into_bytes(), Notice { notification_type, severity, site, params, at: next.take()? }))
}
