//! The walk over the calls: each with its operation, hold, resolution, line of the statement, usage record, attempts, and
//! the run it counts against. The statement follows the calls in the order of their ids, which is nearly that of time, so that what is looked up for
//! the next one lies beside what was looked up for the last.

use super::beside::Beside;
use super::columns::Columns;
use super::finding::uuid;
use super::price::{BUCKETS, Consumed};
use crate::StoreError;
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// A call with everything that is on record about it.
pub(super) struct CallRecord {
    pub(super) id: [u8; 16],
    pub(super) state: String,
    pub(super) attempts: i64,
    pub(super) sent_at: i64,
    pub(super) resolved_at: i64,
    pub(super) model: i64,
    pub(super) operation: [u8; 16],
    /// What it asked for.
    pub(super) request_hash: [u8; 32],
    pub(super) seal: Vec<u8>,
    pub(super) is_answer_sealed: bool,
    pub(super) unit_operation: Option<[u8; 16]>,
    /// What its unit is about; nothing when that cannot be read.
    pub(super) items: Vec<i64>,
    pub(super) of: Option<OperationFacts>,
    pub(super) hold_id: [u8; 16],
    pub(super) hold: Option<TransferRow>,
    pub(super) resolution: Option<TransferRow>,
    pub(super) line: Option<LineRow>,
    pub(super) usage: Option<UsageFacts>,
    /// In their order.
    pub(super) noted: Vec<AttemptRow>,
    /// Keys of the runs whose caps it counts against.
    pub(super) runs: Vec<String>,
}

/// What an operation says of its calls.
pub(super) struct OperationFacts {
    pub(super) model: i64,
    pub(super) site: i64,
    pub(super) operation_type: String,
    pub(super) is_trial: bool,
    pub(super) run: Option<[u8; 16]>,
}

/// A hold or a resolution.
pub(super) struct TransferRow {
    pub(super) seq: i64,
    pub(super) id: [u8; 16],
    pub(super) kind: String,
    pub(super) debit: i64,
    pub(super) credit: i64,
    pub(super) amount: i64,
    pub(super) call: Option<[u8; 16]>,
    pub(super) at: i64,
    pub(super) memo: String,
}

/// A line of the statement.
pub(super) struct LineRow {
    pub(super) id: i64,
    pub(super) call: Option<[u8; 16]>,
    pub(super) operation: Option<[u8; 16]>,
    pub(super) transaction_type: String,
    pub(super) operation_type: String,
    pub(super) amount: i64,
    pub(super) at: i64,
    /// Why a hold was given back.
    pub(super) memo: String,
}

/// A usage record.
pub(super) struct UsageFacts {
    pub(super) id: i64,
    pub(super) operation: [u8; 16],
    pub(super) operation_type: String,
    pub(super) site: i64,
    pub(super) model: i64,
    pub(super) outcome: String,
    pub(super) credits: i64,
    pub(super) cost: i64,
    pub(super) value: i64,
    pub(super) at: i64,
    pub(super) consumed: Consumed,
    /// The cost is the vendor's word, and no product of tokens and prices.
    pub(super) is_cost_stated: bool,
    pub(super) related_type: String,
    pub(super) related_id: i64,
    pub(super) is_estimated: bool,
}

/// An attempt.
pub(super) struct AttemptRow {
    pub(super) n: i64,
    pub(super) outcome: String,
    pub(super) provider_request_id: String,
    pub(super) cost: i64,
    pub(super) at: i64,
}

const CALLS: &str =
    "select c.id, c.state, c.attempts, c.sent_at, c.resolved_at, c.model_id, c.operation_id, c.request_hash,
     c.seal, length(c.answer_seal) > 0, j.operation_id, j.item_ids, o.model_id, o.site_id,
     case o.function_name when 'auto_cluster' then 'clustering' when 'generate_ideas' then 'idea_generation'
       when 'generate_content' then 'content_generation' when 'generate_image_prompts' then 'image_prompt_extraction'
       when 'generate_images' then 'image_generation' else '' end,
     o.is_trial, o.run_id, c.hold_id,
     h.seq, h.id, h.kind, h.debit_id, h.credit_id, h.amount, h.call_id, h.at, h.memo,
     r.seq, r.id, r.kind, r.debit_id, r.credit_id, r.amount, r.call_id, r.at, r.memo,
     s.id, s.call_id, s.operation_id, s.transaction_type, s.operation_type, s.amount, s.at, s.memo,
     u.id, u.operation_id, u.operation_type, u.site_id, u.model_id, u.outcome, u.credits, u.cost_nano,
     u.credit_value_nano, u.at, u.tokens_input, u.tokens_cached, u.tokens_cache_write, u.tokens_image_input,
     u.tokens_output, u.tokens_reasoning, u.tokens_image_output, u.images,
     u.is_cost_stated, u.related_type, u.related_id, u.is_estimated
   from call c left join job j on j.id = c.job_id left join operation o on o.id = c.operation_id
     left join transfer h on h.id = c.hold_id left join transfer r on r.hold_id = c.hold_id
     left join credit_transaction s on s.transfer_id = r.id left join usage_log u on u.call_id = c.id
   order by c.id";
const ATTEMPTS: &str =
    "select call_id, n, outcome, provider_request_id, cost_nano, at from attempt order by call_id, n";
const CAPS: &str = "select call_id, cap_id from call_cap order by call_id, cap_id";

/// Hands every call to `see`.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn each(conn: &Connection, mut see: impl FnMut(&CallRecord)) -> Result<(), StoreError> {
    let (mut attempts, mut caps) = (conn.prepare_cached(ATTEMPTS)?, conn.prepare_cached(CAPS)?);
    let mut attempts = Beside::over(attempts.query([])?, read_attempt)?;
    let mut caps = Beside::over(caps.query([])?, |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    let run_caps = run_caps(conn)?;
    let mut statement = conn.prepare_cached(CALLS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let mut call = read(row)?;
        call.noted = attempts.of(call.id)?;
        call.runs = caps.of(call.id)?.iter().filter_map(|cap| run_caps.get(cap).cloned()).collect();
        see(&call);
    }
    Ok(())
}

/// Keys of runs by the rows of their caps.
fn run_caps(conn: &Connection) -> Result<BTreeMap<i64, String>, StoreError> {
    let mut statement = conn.prepare_cached("select id, key from cap where scope = 'run'")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_attempt(row: &Row<'_>) -> rusqlite::Result<([u8; 16], AttemptRow)> {
    let mut next = Columns::of(row);
    let call = next.take()?;
    Ok((
        call,
        AttemptRow {
            n: next.take()?,
            outcome: next.take()?,
            provider_request_id: next.take()?,
            cost: next.take()?,
            at: next.take()?,
        },
    ))
}

fn read(row: &Row<'_>) -> rusqlite::Result<CallRecord> {
    let mut next = Columns::of(row);
    Ok(CallRecord {
        id: next.take()?,
        state: next.take()?,
        attempts: next.take()?,
        sent_at: next.take()?,
        resolved_at: next.take()?,
        model: next.take()?,
        operation: next.take()?,
        request_hash: next.take()?,
        seal: next.take()?,
        is_answer_sealed: next.take()?,
        unit_operation: next.take()?,
        items: read_items(next.take()?),
        of: read_operation(&mut next)?,
        hold_id: next.take()?,
        hold: read_transfer(&mut next)?,
        resolution: read_transfer(&mut next)?,
        line: read_line(&mut next)?,
        usage: read_usage(&mut next)?,
        noted: Vec::new(),
        runs: Vec::new(),
    })
}

/// The items of a unit.
pub(super) fn read_items(json: Option<String>) -> Vec<i64> {
    json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default()
}

fn read_operation(next: &mut Columns<'_, '_>) -> rusqlite::Result<Option<OperationFacts>> {
    let Some(model) = next.take()? else {
        next.skip(4);
        return Ok(None);
    };
    Ok(Some(OperationFacts {
        model,
        site: next.take()?,
        operation_type: next.take()?,
        is_trial: next.take()?,
        run: next.take()?,
    }))
}

fn read_transfer(next: &mut Columns<'_, '_>) -> rusqlite::Result<Option<TransferRow>> {
    let Some(seq) = next.take()? else {
        next.skip(8);
        return Ok(None);
    };
    Ok(Some(TransferRow {
        seq,
        id: next.take()?,
        kind: next.take()?,
        debit: next.take()?,
        credit: next.take()?,
        amount: next.take()?,
        call: next.take()?,
        at: next.take()?,
        memo: next.take()?,
    }))
}

fn read_line(next: &mut Columns<'_, '_>) -> rusqlite::Result<Option<LineRow>> {
    let Some(id) = next.take()? else {
        next.skip(7);
        return Ok(None);
    };
    Ok(Some(LineRow {
        id,
        call: next.take()?,
        operation: next.take()?,
        transaction_type: next.take()?,
        operation_type: next.take()?,
        amount: next.take()?,
        at: next.take()?,
        memo: next.take()?,
    }))
}

fn read_usage(next: &mut Columns<'_, '_>) -> rusqlite::Result<Option<UsageFacts>> {
    let Some(id) = next.take()? else {
        next.skip(9 + BUCKETS + 5);
        return Ok(None);
    };
    let mut usage = UsageFacts {
        id,
        operation: next.take()?,
        operation_type: next.take()?,
        site: next.take()?,
        model: next.take()?,
        outcome: next.take()?,
        credits: next.take()?,
        cost: next.take()?,
        value: next.take()?,
        at: next.take()?,
        consumed: Consumed::default(),
        is_cost_stated: false,
        related_type: String::new(),
        related_id: 0,
        is_estimated: false,
    };
    for tokens in &mut usage.consumed.tokens {
        *tokens = next.take()?;
    }
    usage.consumed.images = next.take()?;
    usage.is_cost_stated = next.take()?;
    usage.related_type = next.take()?;
    usage.related_id = next.take()?;
    usage.is_estimated = next.take()?;
    Ok(Some(usage))
}

impl CallRecord {
    /// Its id as it is shown.
    pub(super) fn shown(&self) -> String {
        uuid(self.id)
    }

    /// What its attempts cost that left no result. Those that the vendor has under one id were one request there, whose
    /// cost the last of them bears.
    pub(super) fn lost(&self) -> i64 {
        let is_same = |one: &AttemptRow, later: &AttemptRow| {
            later.n > one.n
                && later.provider_request_id == one.provider_request_id
                && (later.outcome == "settled" || later.cost > 0)
        };
        let is_asked_again = |one: &AttemptRow| {
            !one.provider_request_id.is_empty() && self.noted.iter().any(|later| is_same(one, later))
        };
        self.noted.iter().filter(|one| !is_asked_again(one)).fold(0, |sum, one| sum.saturating_add(one.cost))
    }

    /// The last attempt, when it is on record.
    pub(super) fn last(&self) -> Option<&AttemptRow> {
        self.noted.iter().find(|attempt| attempt.n == self.attempts)
    }

    /// The id that its resolution must have: its own, with the last byte flipped.
    pub(super) fn resolution_id(&self) -> [u8; 16] {
        flipped(self.id, 15)
    }

    /// The id that what was taken beyond its hold must have.
    pub(super) fn shortfall_id(&self) -> [u8; 16] {
        flipped(self.id, 14)
    }
}

fn flipped(mut id: [u8; 16], at: usize) -> [u8; 16] {
    if let Some(byte) = id.get_mut(at) {
        *byte ^= 0xFF;
    }
    id
}
