//! A history with everything in it, and what somebody with a plain `sqlite3` can do to it: each change is one that the
//! sums do not show, and must be found in the row that was changed.

use crate::audit::FindingKind::{
    self, Answer, Attempt, Call, Charge, Cost, Line, OpenHold, Price, Record, RunningBalance, Schema, Shortfall,
    Totals, Transfer, Units, Unpaid, Value,
};
use crate::fixture::{Bench, IMAGE, NOW, SITE, TEXT, call_id, lease_next, new_operation, operation_id, spaced, things};
use crate::ledger::{Grant, HoldRequest, Lease, PaidBody, Related, Release, Settlement};
use crate::table::notification::NewNotification;
use crate::table::operation::NewOperation;
use crate::{LedgerError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{ImageId, ModelId, OperationId, RunId, TransferId};
use igny8_core::money::{Credits, Usd};
use igny8_core::status::{Severity, Trigger};
use igny8_core::usage::Usage;

/// What a credit is worth at first.
const CENT: Usd = Usd(10_000_000);

/// A unit of work: the call it makes, with which model, and what the answer consumed.
struct Work {
    call: u64,
    operation: OperationId,
    function: AiFunction,
    model: ModelId,
    held: i64,
}

impl Work {
    fn begin(&self, write: &mut Write<'_>, lease: Lease) -> Result<crate::OpenCall, LedgerError> {
        let request = HoldRequest {
            call: call_id(self.call),
            lease,
            operation: self.operation,
            model: self.model,
            amount: Credits::whole(self.held),
            likely: Usd(700_000),
            request_hash: [u8::try_from(self.call).unwrap(); 32],
            day: NOW.day_in("UTC"),
        };
        Ok(write.hold(&request, NOW)?.spend())
    }

    fn settle(&self, write: &mut Write<'_>, usage: Usage, price: Usd) -> Result<i64, LedgerError> {
        let lease = lease_next(write)?;
        let open = self.begin(write, lease)?;
        self.settle_open(write, &open, usage, price)
    }

    fn settle_open(
        &self,
        write: &mut Write<'_>,
        open: &crate::OpenCall,
        usage: Usage,
        price: Usd,
    ) -> Result<i64, LedgerError> {
        let charge = write.model(self.model)?.charge(&usage).unwrap();
        let done = Settlement {
            function: self.function,
            site: SITE,
            related: self.related(),
            charge,
            usage,
            credit_price: price,
            provider_request_id: None,
        };
        let settled = write.settle(open, &done, NOW)?;
        write.keep_answer(open, settled.usage_id, &self.body(), NOW)?;
        if let Related::Image(id) = self.related() {
            write.image_paid_by(ImageId(id), settled.usage_id)?;
        }
        write.finish_unit(open.lease(), NOW)?;
        write.count_unit(self.operation, Ok(1))?;
        Ok(settled.usage_id)
    }

    /// Texts are for the task of their number, pictures for the one behind the texts' calls.
    fn related(&self) -> Related {
        let n = i64::try_from(self.call).unwrap();
        if self.model == TEXT { Related::Task(n) } else { Related::Image(n - 6) }
    }

    fn body(&self) -> PaidBody {
        if self.model == TEXT {
            return PaidBody::Text(format!("answer {}", self.call));
        }
        let (hash, media_type) = (format!("{:064x}", self.call), "image/png".to_owned());
        PaidBody::Picture { hash, media_type, width: 1_024, height: 768, bytes: 90_000 }
    }

    fn release(&self, code: &'static str, cost: Usd, usage: Usage) -> Release {
        Release {
            function: self.function,
            site: SITE,
            related: self.related(),
            code,
            cost,
            usage,
            credit_price: CENT,
            provider_request_id: None,
        }
    }

    fn fail(&self, write: &mut Write<'_>, lease: Lease, code: &'static str) -> Result<(), LedgerError> {
        write.fail_unit(lease, code, NOW)?;
        Ok(write.count_unit(self.operation, Err(code))?)
    }
}

fn texts(call: u64, held: i64) -> Work {
    Work { call, operation: operation_id(1), function: AiFunction::GenerateContent, model: TEXT, held }
}

fn pictures(call: u64) -> Work {
    Work { call, operation: operation_id(2), function: AiFunction::GenerateImages, model: IMAGE, held: 5 }
}

fn written(input_tokens: u32, output_tokens: u32) -> Usage {
    Usage { input_tokens, output_tokens, ..Usage::default() }
}

/// Months, extra credits, texts at two prices of a credit, a shortfall, a lost answer, a refused answer, a refusal, a
/// reused answer, pictures, an open hold.
pub(super) fn history() -> Bench {
    let mut bench = Bench::new();
    bench.write(things).unwrap();
    bench.write(texts_at_work).map_err(|error: LedgerError| error).unwrap();
    bench.write(pictures_at_work).map_err(|error: LedgerError| error).unwrap();
    bench
}

fn texts_at_work(w: &mut Write<'_>) -> Result<(), LedgerError> {
    w.note_credit_price(CENT)?;
    w.grant(&Grant::Monthly { month: "2026-10".to_owned() }, Credits::whole(50), NOW)?;
    w.grant(&Grant::Monthly { month: "2026-11".to_owned() }, Credits::whole(50), NOW)?;
    let extra = Grant::Extra { id: TransferId(spaced(0x0E, 1)), memo: "bought".to_owned() };
    w.grant(&extra, Credits::whole(100), NOW)?;
    let units = (1..=7).map(|item| vec![item]).collect();
    w.open_operation(&new_operation(1, AiFunction::GenerateContent, units), NOW)?;
    texts(1, 9).settle(w, written(2_000, 2_500), CENT)?;
    texts(2, 9).settle(w, written(1_000, 6_500), CENT)?;
    // Beyond its hold: 12 credits for which 9 were held.
    texts(3, 9).settle(w, written(4_000, 7_500), CENT)?;
    w.notify(&told_of_shortfall(), NOW)?;
    // Lost once, answered at the second attempt.
    let (lost, lease) = (texts(4, 9), lease_next(w)?);
    let open = lost.begin(w, lease)?;
    w.suspend(&open, "outcome_unknown", None, Usd(700_000), NOW)?;
    drop(open);
    let open = w.resume_hold(lease, NOW)?.unwrap().spend();
    lost.settle_open(w, &open, written(1_500, 1_000), CENT)?;
    // An answer that could not be read.
    let (unread, lease) = (texts(5, 9), lease_next(w)?);
    let open = unread.begin(w, lease)?;
    let usage = written(800, 100);
    let cost = w.model(TEXT)?.charge(&usage).unwrap().provider_cost;
    w.release(&open, &unread.release("bad_answer", cost, usage), NOW)?;
    unread.fail(w, lease, "bad_answer")?;
    // Refused.
    let (refused, lease) = (texts(6, 9), lease_next(w)?);
    w.refuse(operation_id(1), TEXT, &refused.release("cap_day", Usd::ZERO, Usage::default()), NOW)?;
    refused.fail(w, lease, "cap_day")?;
    // Reused.
    let lease = lease_next(w)?;
    w.reuse(operation_id(1), TEXT, &texts(7, 9).release("reused", Usd::ZERO, Usage::default()), 1, NOW)?;
    w.finish_unit(lease, NOW)?;
    w.count_unit(operation_id(1), Ok(1))?;
    w.close_operation_if_final(operation_id(1), NOW)?;
    w.notify(&told(), NOW)?;
    Ok(())
}

/// The notice of how the texts ended.
fn told() -> NewNotification {
    let params = [
        ("credits", "25"),
        ("results", "5"),
        ("units_done", "5"),
        ("units_failed", "2"),
        ("code", "bad_answer"),
        ("is_cancelled", "0"),
    ];
    NewNotification {
        notification_type: "ai_content_partial".to_owned(),
        severity: Severity::Warning,
        site: Some(SITE),
        operation: Some(operation_id(1)),
        related_type: "operation",
        related_id: 0,
        params: params.map(|(name, value)| (name, value.to_owned())).into(),
        dedupe: format!("operation:{}", operation_id(1)),
    }
}

/// The notice of what was taken beyond the third call's hold.
fn told_of_shortfall() -> NewNotification {
    NewNotification {
        notification_type: "credits_shortfall".to_owned(),
        severity: Severity::Warning,
        site: Some(SITE),
        operation: None,
        related_type: "",
        related_id: 0,
        params: [("credits", "3".to_owned())].into(),
        dedupe: format!("shortfall:{}", call_id(3)),
    }
}

fn pictures_at_work(w: &mut Write<'_>) -> Result<(), LedgerError> {
    let dearer = Usd(CENT.0 * 2);
    w.note_credit_price(dearer)?;
    let units = (1..=3).map(|item| vec![item]).collect();
    let run = RunId(spaced(0x0D, 1));
    w.open_run_cap(run, Credits::whole(50), &[(AiFunction::GenerateImages, Credits::whole(40))], NOW)?;
    let (trigger, estimate) = (igny8_core::status::RunTrigger::Manual, Credits::ZERO);
    w.open_run_of(&crate::table::run::NewRun { id: run, site: SITE, trigger, estimate, stages: Vec::new() }, NOW)?;
    let new = new_operation(2, AiFunction::GenerateImages, units);
    w.open_operation(&NewOperation { run: Some(run), started_by: Trigger::Automation, ..new }, NOW)?;
    let one = Usage { images: 1, ..Usage::default() };
    pictures(7).settle(w, one, dearer)?;
    pictures(8).settle(w, one, dearer)?;
    let lease = lease_next(w)?;
    drop(pictures(9).begin(w, lease)?);
    Ok(())
}

/// A change, the rule it breaks, and the table and row where that shows.
pub(super) type Tampering = (&'static str, FindingKind, &'static str, String);

pub(super) fn attempt(call: u64, n: u32) -> String {
    format!("{} {n}", call_id(call))
}

pub(super) fn row(n: i64) -> String {
    n.to_string()
}

/// On usage records, attempts and models.
fn of_records() -> Vec<Tampering> {
    let usage = "usage_log";
    vec![
        ("update usage_log set cost_nano = 0", Cost, usage, row(1)),
        ("update usage_log set cost_nano = cost_nano + 1 where id = 2", Cost, usage, row(2)),
        ("update usage_log set cost_nano = 0 where id = 5", Cost, usage, row(5)),
        (
            "update usage_log set credits = credits + case id when 1 then 1000000 else -1000000 end where id in (1, 2)",
            Record,
            usage,
            row(1),
        ),
        ("update usage_log set credit_value_nano = credit_value_nano * 10 where id = 1", Value, usage, row(1)),
        ("update usage_log set credit_value_nano = credit_value_nano * 10", Value, usage, row(1)),
        ("update usage_log set credit_value_nano = credit_value_nano / 4 where id = 8", Value, usage, row(8)),
        ("update usage_log set credit_value_nano = 1 where id = 5", Value, usage, row(5)),
        ("update usage_log set tokens_input = tokens_input * 3 where id = 1", Cost, usage, row(1)),
        ("update usage_log set tokens_output = 1 where id = 2", Charge, usage, row(2)),
        ("update usage_log set tokens_input = tokens_output, tokens_output = tokens_input where id = 1", Cost, usage, row(1)),
        ("update usage_log set images = 2 where id = 8", Cost, usage, row(8)),
        ("update usage_log set tokens_output = 900 where id = 5", Cost, usage, row(5)),
        ("update usage_log set credits = 1000000 where outcome = 'released'", Unpaid, usage, row(5)),
        ("update usage_log set credits = 1000000 where outcome = 'refused'", Unpaid, usage, row(6)),
        ("update usage_log set cost_nano = 1 where outcome = 'reused'", Unpaid, usage, row(7)),
        ("update usage_log set tokens_output = 1 where outcome = 'refused'", Unpaid, usage, row(6)),
        ("update usage_log set outcome = 'released', credits = 0, credit_value_nano = 0 where id = 1", Record, usage, row(1)),
        ("update usage_log set operation_type = 'clustering' where id = 1", Record, usage, row(1)),
        ("update usage_log set model_id = 2 where id = 1", Record, usage, row(1)),
        ("update usage_log set operation_id = (select id from operation order by id desc) where id = 1", Record, usage, row(1)),
        ("update usage_log set at = at - 86400000 where id = 1", Record, usage, row(1)),
        ("update usage_log set reused_from = 5 where outcome = 'reused'", Record, usage, row(7)),
        ("update usage_log set call_id = null where id = 2", Record, usage, row(2)),
        ("delete from usage_log where id = 5", Record, "call", call_id(5).to_string()),
        (
            "insert into usage_log (operation_id, operation_type, site_id, model_id, outcome, credits, cost_nano,
               credit_value_nano, at)
             select operation_id, operation_type, site_id, model_id, 'refused', 50000000, 0, 0, at from usage_log
             where id = 6",
            Unpaid,
            usage,
            row(10),
        ),
        (
            "insert into usage_log (operation_id, operation_type, site_id, model_id, outcome, credits, cost_nano,
               credit_value_nano, at)
             select operation_id, operation_type, site_id, model_id, 'refused', 0, 0, 0, at from usage_log where id = 6",
            Totals,
            "operation",
            operation_id(1).to_string(),
        ),
        ("update attempt set cost_nano = 0 where cost_nano = 700000", Cost, usage, row(4)),
        ("update attempt set cost_nano = 9 where outcome = 'bad_answer'", Attempt, "attempt", attempt(5, 1)),
        ("update attempt set n = 9 where outcome = 'bad_answer'", Attempt, "attempt", attempt(5, 1)),
        ("update model set cost_per_1k_output = '0.006' where id = 1", Price, "model", row(1)),
        ("update model set cost_per_image = '0.004' where id = 2", Price, "model", row(2)),
        ("update model set credits_per_image = 1000000 where id = 2", Price, "model", row(2)),
        ("update model set tokens_per_credit = 100 where id = 1", Charge, usage, row(1)),
    ]
}

/// On calls and operations.
fn of_work() -> Vec<Tampering> {
    let transfer = "transfer";
    let (first, call) = (operation_id(1).to_string(), call_id(1).to_string());
    vec![
        ("update call set state = 'released' where id = (select min(id) from call)", Call, "call", call.clone()),
        ("update call set resolved_at = resolved_at + 1 where id = (select min(id) from call)", Call, "call", call),
        ("update call set model_id = 2 where id = (select min(id) from call)", Call, "call", call_id(1).to_string()),
        ("delete from call where state = 'sent'", OpenHold, transfer, call_id(9).to_string()),
        (
            "update operation set cost_nano = 0 where id = (select min(id) from operation)",
            Totals,
            "operation",
            first.clone(),
        ),
        ("update operation set credits = credits - 1 where units_failed > 0", Totals, "operation", first.clone()),
        ("update operation set units_done = units_done - 1 where units_failed > 0", Units, "operation", first.clone()),
        ("update job set state = 'cancelled' where id = 1", Units, "operation", first.clone()),
        ("update operation set status = 'pending', ended_at = 0 where units_failed > 0", Units, "operation", first),
    ]
}

/// On transfers.
fn of_transfers() -> Vec<Tampering> {
    let transfer = "transfer";
    vec![
        ("update transfer set memo = 'a gift' where seq = 6", Transfer, transfer, row(6)),
        ("update transfer set at = at - 1 where seq = 6", Transfer, transfer, row(6)),
        ("update transfer set at = at - 1 where seq = 5", Transfer, transfer, row(5)),
        ("update transfer set call_id = null where seq = 6", Transfer, transfer, row(6)),
        (
            "update transfer set debit_id = 2 where seq = 1;
             update account set debits_posted = debits_posted - 50000000 where id = 1;
             update account set debits_posted = debits_posted + 50000000 where id = 2",
            Transfer,
            transfer,
            row(1),
        ),
        (
            "update transfer set debit_id = 1 where seq = 4;
             update account set debits_posted = debits_posted + 100000000 where id = 1;
             update account set debits_posted = debits_posted - 100000000 where id = 2",
            Transfer,
            transfer,
            row(4),
        ),
        (
            "insert into transfer (id, kind, debit_id, credit_id, amount, at)
             values (zeroblob(16), 'post', 6, 4, 5000000, 1);
             update account set debits_posted = debits_posted + 5000000 where code = 'shortfall';
             update account set credits_posted = credits_posted + 5000000 where code = 'usage'",
            Shortfall,
            transfer,
            row(21),
        ),
        (
            "update transfer set amount = 1000000 where debit_id = 6;
             update account set debits_posted = debits_posted - 2000000 where code = 'shortfall';
             update account set credits_posted = credits_posted - 2000000 where code = 'usage'",
            Shortfall,
            transfer,
            row(11),
        ),
        (
            "delete from transfer where debit_id = 6;
             update account set debits_posted = 0 where code = 'shortfall';
             update account set credits_posted = credits_posted - 3000000 where code = 'usage'",
            Shortfall,
            "call",
            call_id(3).to_string(),
        ),
    ]
}

/// On the statement, answers and the schema itself.
fn of_lines() -> Vec<Tampering> {
    let line = "credit_transaction";
    vec![
        (
            "update credit_transaction set amount = case id when 5 then -8000000 else -5000000 end where id in (5, 6)",
            Line,
            line,
            row(5),
        ),
        ("update credit_transaction set balance_after = balance_after + 1 where id = 5", RunningBalance, line, row(5)),
        ("update credit_transaction set operation_type = 'clustering' where id = 5", Line, line, row(5)),
        ("update credit_transaction set transaction_type = 'refusal', amount = 0 where id = 5", Line, line, row(5)),
        ("update credit_transaction set at = at + 1 where id = 5", Line, line, row(5)),
        ("update credit_transaction set memo = '2026-12' where id = 1", Line, line, row(1)),
        (
            "update credit_transaction set transaction_type = 'refusal' where transaction_type = 'release'",
            Line,
            line,
            row(9),
        ),
        (
            "delete from credit_transaction where transaction_type = 'refusal'",
            Totals,
            "operation",
            operation_id(1).to_string(),
        ),
        ("update answer set request_hash = zeroblob(32) where usage_id = 1", Answer, "answer", row(1)),
        ("drop trigger cap_hold", Schema, "sqlite_schema", "trigger cap_hold".to_owned()),
        (
            "create trigger quiet after insert on usage_log begin update usage_log set cost_nano = 0; end",
            Schema,
            "sqlite_schema",
            "trigger quiet".to_owned(),
        ),
        (
            "drop view igny8_ai_task_logs; create view igny8_ai_task_logs as select 0 as cost",
            Schema,
            "sqlite_schema",
            "view igny8_ai_task_logs".to_owned(),
        ),
        (
            "pragma writable_schema = on; update sqlite_schema set sql = replace(sql, 'check (credits >= 0)', '')
             where name = 'usage_log'",
            Schema,
            "sqlite_schema",
            "table usage_log".to_owned(),
        ),
    ]
}

/// Runs a statement as somebody who takes the ledger's own triggers away and puts them back.
pub(super) fn tamper(bench: &Bench, damage: &str) {
    let outsider = bench.outsider();
    outsider.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
    let mut statement = outsider
        .prepare(
            "select sql from sqlite_schema where type = 'trigger' and (name glob 'transfer_*' or name glob 'credit_*')",
        )
        .unwrap();
    let triggers: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    drop(statement);
    outsider.execute_batch("pragma foreign_keys = off").unwrap();
    outsider
        .execute_batch(
            "drop trigger transfer_is_immutable; drop trigger transfer_is_permanent;
             drop trigger transfer_resolves_a_hold; drop trigger transfer_post; drop trigger transfer_hold;
             drop trigger transfer_resolve; drop trigger credit_transaction_is_immutable;
             drop trigger credit_transaction_is_permanent;",
        )
        .unwrap();
    outsider.execute_batch(damage).unwrap_or_else(|error| panic!("{damage}: {error}"));
    for sql in &triggers {
        outsider.execute_batch(sql).unwrap();
    }
}

pub(super) fn is_found(tamperings: Vec<Tampering>) {
    is_found_in(history, tamperings);
}

pub(super) fn is_found_in(made: fn() -> Bench, tamperings: Vec<Tampering>) {
    let mut missed = Vec::new();
    for (damage, kind, table, row) in tamperings {
        let mut bench = made();
        tamper(&bench, damage);
        let found = bench.read(|read| read.audit_in_full()).findings;
        if !found.iter().any(|f| f.kind == kind && f.table == table && f.row == row) {
            let seen: Vec<_> = found.iter().map(|f| (f.kind, f.table, f.row.clone(), f.column)).collect();
            missed.push(format!("{damage}\nis not found as {kind:?} in {table} {row}, but as {seen:?}"));
        }
        assert!(found.iter().all(|finding| finding.expected != finding.found), "each says what differs: {found:#?}");
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}

#[test]
fn a_history_with_everything_in_it_is_clean() {
    let audit = history().read(|read| read.audit_in_full());
    assert_eq!(audit.findings, Vec::new());
    assert_eq!((audit.lapsed, audit.held), (Credits::whole(50), Credits::whole(5)), "a lapse and an open hold");
}

#[test]
fn what_is_changed_in_the_records_is_found_and_named() {
    is_found(of_records());
}

#[test]
fn what_is_changed_in_the_movements_is_found_and_named() {
    is_found(of_work());
    is_found(of_transfers());
    is_found(of_lines());
}
