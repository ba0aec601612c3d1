//! As `tampering`, of what no sum depends on: what was done for what, how and when it ended, and what came of it.

use super::tampering::{Tampering, attempt, history, is_found, row};
use crate::audit::FindingKind::{Answer, Attempt, Line, Record, Seal, Shortfall, Standing, Task, Units, Unpaid};
use crate::fixture::{call_id, operation_id};

/// What usage records say beside amounts.
fn of_records() -> Vec<Tampering> {
    let usage = "usage_log";
    vec![
        ("update usage_log set related_id = 99 where id = 1", Record, usage, row(1)),
        ("update usage_log set related_type = 'content' where id = 1", Record, usage, row(1)),
        ("update usage_log set related_type = '', related_id = 0 where id = 5", Record, usage, row(5)),
        ("update usage_log set related_id = 99 where outcome = 'refused'", Record, usage, row(6)),
        ("update usage_log set related_id = 5 where outcome = 'refused'", Record, usage, row(6)),
        ("update usage_log set related_id = 1 where outcome = 'reused'", Record, usage, row(7)),
        ("update usage_log set is_estimated = 1 where id = 1", Seal, usage, row(1)),
        ("update usage_log set is_estimated = 0 where id = 4", Seal, usage, row(4)),
        ("update usage_log set is_estimated = 1 where outcome = 'refused'", Unpaid, usage, row(6)),
        ("update usage_log set is_cost_stated = 1 where id = 2", Seal, usage, row(2)),
    ]
}

/// What was refused and what was used again: records, lines of the statement, and both for nothing at all.
fn of_the_free() -> Vec<Tampering> {
    let (usage, line) = ("usage_log", "credit_transaction");
    let none = operation_id(9).to_string();
    vec![
        ("update usage_log set site_id = 2 where outcome = 'refused'", Record, usage, row(6)),
        ("update usage_log set model_id = 2 where outcome = 'reused'", Record, usage, row(7)),
        ("update usage_log set operation_type = 'clustering' where outcome = 'refused'", Record, usage, row(6)),
        ("update usage_log set at = at - 1 where outcome = 'refused'", Record, usage, row(6)),
        ("update usage_log set at = at + 1 where outcome = 'reused'", Record, usage, row(7)),
        ("update credit_transaction set operation_type = 'clustering' where id = 10", Line, line, row(10)),
        ("update credit_transaction set memo = 'cap_month' where id = 10", Line, line, row(10)),
        ("update credit_transaction set memo = '' where id = 11", Line, line, row(11)),
        ("update credit_transaction set memo = 'a gift' where id = 5", Line, line, row(5)),
        ("update credit_transaction set at = at - 1 where id = 10", Line, line, row(10)),
        ("update credit_transaction set call_id = (select min(id) from call) where id = 11", Line, line, row(11)),
        (
            "insert into usage_log (operation_id, operation_type, site_id, model_id, outcome, credits, cost_nano,
               credit_value_nano, at)
             select x'0b000000000000000000000000090000', operation_type, site_id, model_id, 'refused', 0, 0, 0, at
             from usage_log where id = 6",
            Record,
            usage,
            row(10),
        ),
        (
            "insert into credit_transaction (operation_id, transaction_type, operation_type, amount, balance_after, at)
             select x'0b000000000000000000000000090000', 'refusal', operation_type, 0, balance_after, at
             from credit_transaction order by id desc limit 1",
            Line,
            line,
            row(14),
        ),
        (
            "insert into usage_log (operation_id, operation_type, site_id, model_id, outcome, credits, cost_nano,
               credit_value_nano, at)
             select x'0b000000000000000000000000090000', operation_type, site_id, model_id, 'refused', 0, 0, 0, at
             from usage_log where id = 6",
            Standing,
            "operation",
            none,
        ),
    ]
}

/// What the user was told.
fn of_notices() -> Vec<Tampering> {
    let (operation, first) = ("operation", operation_id(1).to_string());
    let told = "notification";
    let shortfall = format!("shortfall:{}", call_id(3));
    vec![
        (
            "update notification set notification_type = 'ai_image_partial' where operation_id is not null",
            Task,
            operation,
            first.clone(),
        ),
        (
            "update notification set notification_type = 'ai_content_success' where operation_id is not null",
            Task,
            operation,
            first.clone(),
        ),
        ("update notification set severity = 'info' where operation_id is not null", Task, operation, first.clone()),
        (
            "update notification set params = json_set(params, '$.credits', '1') where operation_id is not null",
            Task,
            operation,
            first.clone(),
        ),
        ("update operation set phase = 'PREP' where units_failed > 0", Task, operation, first),
        (
            "update operation set started_by = 'manual' where run_id is not null",
            Task,
            operation,
            operation_id(2).to_string(),
        ),
        ("delete from notification where notification_type = 'credits_shortfall'", Shortfall, told, shortfall.clone()),
        (
            "update notification set params = json_set(params, '$.credits', '1')
             where notification_type = 'credits_shortfall'",
            Shortfall,
            told,
            shortfall,
        ),
        ("update transfer set at = at - 1 where debit_id = 6", Shortfall, "transfer", row(11)),
    ]
}

/// How attempts ended, when, at which cost, and under which number: of a call that was settled at once, of one whose answer
/// could not be read, and of one whose first answer was lost.
fn of_attempts() -> Vec<Tampering> {
    let table = "attempt";
    let (settled, unread, lost) = (attempt(1, 1), attempt(5, 1), attempt(4, 1));
    vec![
        (
            "update attempt set outcome = 'bad_answer' where call_id = (select min(id) from call)",
            Attempt,
            table,
            settled.clone(),
        ),
        ("update attempt set at = at - 1 where call_id = (select min(id) from call)", Attempt, table, settled.clone()),
        (
            "update attempt set provider_request_id = 'req_9' where call_id = (select min(id) from call)",
            Seal,
            table,
            settled,
        ),
        ("update attempt set outcome = 'rate_limited' where outcome = 'bad_answer'", Attempt, table, unread.clone()),
        ("update attempt set outcome = 'settled' where outcome = 'bad_answer'", Attempt, table, unread.clone()),
        ("update attempt set at = at + 1 where outcome = 'bad_answer'", Attempt, table, unread),
        ("update attempt set outcome = 'settled' where cost_nano = 700000", Attempt, table, lost.clone()),
        ("update attempt set outcome = 'rate_limited' where cost_nano = 700000", Seal, table, lost.clone()),
        ("update attempt set at = at + 1 where cost_nano = 700000", Seal, table, lost.clone()),
        (
            "update attempt set cost_nano = cost_nano - 600000 where cost_nano = 700000;
             update usage_log set cost_nano = cost_nano - 600000 where id = 4;
             update operation set cost_nano = cost_nano - 600000 where units_failed > 0",
            Seal,
            table,
            lost,
        ),
    ]
}

/// Operations, by what their units, their calls and the notice of their end say.
fn of_operations() -> Vec<Tampering> {
    let (texts, pictures) = (operation_id(1).to_string(), operation_id(2).to_string());
    let operation = "operation";
    let of_texts = [
        ("update operation set status = 'error' where units_failed > 0", Units),
        ("update operation set error_code = '' where units_failed > 0", Task),
        ("update operation set error_code = 'cap_month' where units_failed > 0", Task),
        ("update operation set error_code = 'cap_day' where units_failed > 0", Task),
        ("update operation set results = 99 where units_failed > 0", Task),
        ("update operation set results = 4 where units_failed > 0", Task),
        ("update operation set is_cancelled = 1 where units_failed > 0", Task),
        ("update operation set created_at = created_at - 1 where units_failed > 0", Task),
        ("update operation set ended_at = ended_at + 1 where units_failed > 0", Task),
        (
            "update operation set run_id = (select run_id from operation where run_id is not null) where run_id is null",
            Task,
        ),
        ("delete from notification", Task),
    ];
    let of_pictures = [
        ("update operation set run_id = null", Task),
        ("update operation set run_id = zeroblob(16) where run_id is not null", Task),
        ("update operation set results = 1 where status = 'pending'", Task),
        ("update operation set error_code = 'cap_day' where status = 'pending'", Task),
        ("update operation set created_at = 1 where status = 'pending'", Task),
        ("update operation set status = 'success', ended_at = created_at where status = 'pending'", Units),
    ];
    let named = |row: String| move |(change, kind)| (change, kind, operation, row.clone());
    of_texts.into_iter().map(named(texts)).chain(of_pictures.into_iter().map(named(pictures))).collect()
}

/// Answers, names of models, and the seals themselves.
fn of_answers_and_seals() -> Vec<Tampering> {
    let (answer, call) = ("answer", call_id(1).to_string());
    vec![
        ("update answer set body = 'another answer' where usage_id = 1", Answer, answer, row(1)),
        ("update answer set media_hash = 'ab' where media_hash <> ''", Answer, answer, row(8)),
        ("update answer set width = 9 where usage_id = 8", Answer, answer, row(8)),
        ("delete from answer where usage_id = 1", Answer, answer, row(1)),
        ("delete from answer", Answer, answer, row(4)),
        ("update model set model_name = 'another' where id = 1", Seal, "model", row(1)),
        ("update model set provider = 'another' where id = 2", Seal, "model", row(2)),
        ("update call set seal = x'' where id = (select min(id) from call)", Seal, "call", call.clone()),
        ("update call set seal = x'', answer_seal = x''", Seal, "call", call.clone()),
        ("update call set answer_seal = x'' where id = (select min(id) from call)", Seal, "call", call.clone()),
        ("update call set seal = zeroblob(64) where id = (select min(id) from call)", Seal, "usage_log", row(1)),
        ("update call set seal = substr(seal, 1, 64) where attempts = 2", Seal, "attempt", attempt(4, 2)),
        ("update sealed_from set transfer_seq = 99", Seal, "sealed_from", row(1)),
        ("update call set seal = x''; update sealed_from set transfer_seq = 15", Seal, "call", call_id(8).to_string()),
        ("delete from sealed_from", Seal, "sealed_from", row(1)),
        ("update sealed_from set usage_id = 2", Seal, "sealed_from", row(1)),
        ("update sealed_from set usage_id = 999", Seal, "sealed_from", row(1)),
        ("update sealed_from set cap_id = 1", Seal, "sealed_from", row(1)),
        ("update sealed_from set cap_id = 999; update cap set seal = x''", Seal, "sealed_from", row(1)),
        ("update sealed_from set usage_id = (select max(id) from usage_log)", Seal, "sealed_from", row(1)),
    ]
}

#[test]
fn what_a_record_was_for_is_found_and_named() {
    is_found(of_records());
}

#[test]
fn what_was_free_is_found_and_named() {
    is_found(of_the_free());
}

#[test]
fn what_the_user_was_told_is_found_and_named() {
    is_found(of_notices());
}

#[test]
fn how_an_attempt_ended_is_found_and_named() {
    is_found(of_attempts());
}

#[test]
fn what_an_operation_says_of_itself_is_found_and_named() {
    is_found(of_operations());
}

#[test]
fn what_was_answered_and_by_whom_is_found_and_named() {
    is_found(of_answers_and_seals());
}

#[test]
fn a_row_that_is_found_by_its_neighbours_is_not_named_again_for_its_seal() {
    let mut bench = history();
    bench.outsider().execute_batch("update usage_log set related_id = 5 where id = 1").unwrap();
    let found = bench.read(|read| read.audit_in_full()).findings;
    assert_eq!(found.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [Record], "{found:?}");
}

#[test]
fn calls_of_before_seals_were_kept_need_none() {
    let mut bench = history();
    let of_before = "update call set seal = x'', answer_seal = x'';
        update usage_log set seal = x'';
        update sealed_from set transfer_seq = (select max(seq) from transfer), usage_id = (select max(id) from usage_log),
          free_id = (select max(id) from usage_log)";
    bench.outsider().execute_batch(of_before).unwrap();
    assert_eq!(bench.read(|read| read.audit_in_full()).findings, Vec::new());
    let as_then = "update usage_log set related_type = '', related_id = 0 where outcome in ('released', 'refused')";
    bench.outsider().execute_batch(as_then).unwrap();
    assert_eq!(bench.read(|read| read.audit_in_full()).findings, Vec::new(), "records of before name nothing there");
}
