//! The seals of calls: digests that the ledger wrote with the records, made anew here from the rows. They find what no
//! second row repeats. A call that was resolved before seals were kept has none; which those are is on record once, so
//! that a call cannot become one of them. That record is of one instant: its three places must lie where the rows
//! themselves turn from the one kind to the other.

use super::answers::Answers;
use super::attempts::named;
use super::calls::{AttemptRow, CallRecord, TransferRow, UsageFacts};
use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings};
use crate::StoreError;
use crate::digest::{DIGEST_BYTES, Digest};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

/// The last transfer and the last usage record of before.
#[derive(Clone, Copy, Debug)]
pub(super) struct SealedFrom {
    transfer: i64,
    usage: i64,
    cap: i64,
    /// As above, of postings, of what was free, and of the statement: these were sealed and numbered later.
    post: i64,
    free: i64,
    line: i64,
    /// As above, of settled calls that have an answer of their own.
    answer: i64,
}

/// What seals are held against, and what they have found.
pub(super) struct Seals {
    from: SealedFrom,
    answers: Answers,
    models: BTreeMap<i64, Model>,
    findings: Findings,
}

struct Model {
    /// Provider and name.
    named: String,
    digest: [u8; DIGEST_BYTES],
    is_reported: bool,
}

/// Rows that carry their seal themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A transfer that no hold stands for.
    Posting,
    /// The record of something used again or refused.
    Free,
}

/// Whether rows of a call still are as its seal says; nothing where it has none.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fits {
    pub(super) record: Option<bool>,
    pub(super) hold: Option<bool>,
}

impl Fits {
    /// Holds a call's record and its hold against its seal.
    pub(super) fn of(call: &CallRecord) -> Self {
        let Some((record, rest)) = call.seal.split_at_checked(DIGEST_BYTES) else { return Self::default() };
        let held = rest.get(DIGEST_BYTES..2 * DIGEST_BYTES).unwrap_or_default();
        Self {
            record: call.usage.as_ref().map(|usage| record == of_record(usage)),
            hold: call.hold.as_ref().map(|hold| held == of_hold(hold)),
        }
    }
}

impl SealedFrom {
    /// Reads since when rows are sealed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn of(conn: &Connection, findings: &mut Findings) -> Result<Self, StoreError> {
        let mut statement = conn.prepare_cached(
            "select transfer_seq, usage_id, cap_id, post_seq, free_id, line_id, answer_id from sealed_from where id = 1",
        )?;
        let read = |row: &rusqlite::Row<'_>| {
            let mut next = Columns::of(row);
            let (transfer, usage, cap) = (next.take()?, next.take()?, next.take()?);
            let (post, free, line) = (next.take()?, next.take()?, next.take()?);
            Ok(Self { transfer, usage, cap, post, free, line, answer: next.take()? })
        };
        let Some(found) = statement.query_row([], read).optional()? else {
            findings.add(of_marker("transfer_seq", Fact::text("the last transfer without a seal"), Fact::Nothing));
            let none = i64::MAX;
            return Ok(Self {
                transfer: none,
                usage: none,
                cap: none,
                post: none,
                free: none,
                line: none,
                answer: none,
            });
        };
        let mut statement = conn.prepare_cached(
            "select (select coalesce(max(seq), 0) from transfer), (select coalesce(max(id), 0) from usage_log),
               min((select coalesce(max(id), 0) from cap),
                 coalesce((select min(id) from cap where seal <> x'') - 1, 9223372036854775807)),
               (select coalesce(max(seq), 0) from transfer), (select coalesce(max(id), 0) from usage_log),
               (select coalesce(max(id), 0) from credit_transaction)",
        )?;
        let most: [i64; 6] = statement
            .query_row([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?]))?;
        let [.., records, _] = most;
        let most = most.into_iter().chain([records]);
        let places = [
            ("transfer_seq", found.transfer),
            ("usage_id", found.usage),
            ("cap_id", found.cap),
            ("post_seq", found.post),
            ("free_id", found.free),
            ("line_id", found.line),
            ("answer_id", found.answer),
        ];
        for ((column, place), most) in places.into_iter().zip(most).filter(|((_, place), most)| place > most) {
            findings.add(of_marker(column, Fact::Count(most), Fact::Count(place)));
        }
        Ok(found)
    }

    /// Whether a usage record was written by a version that keeps seals.
    pub(super) const fn covers_record(self, id: i64) -> bool {
        id > self.usage
    }

    /// Behind which transfer, which usage record and which line of the statement no number was left out.
    pub(super) const fn numbered(self) -> [i64; 3] {
        [self.post, self.free, self.line]
    }

    /// What is wrong with the seal of a posting or of the record of what was free, which it got under its own number.
    pub(super) fn of_row(self, place: Place, row: i64, seal: &[u8], digest: &[u8]) -> Option<Finding> {
        let (table, from) = match place {
            Place::Posting => ("transfer", self.post),
            Place::Free => ("usage_log", self.free),
        };
        let (is_due, is_sealed) = (row > from, !seal.is_empty());
        if is_sealed && !is_due {
            let column = if place == Place::Posting { "post_seq" } else { "free_id" };
            return Some(of_marker(column, Fact::Count(row - 1), Fact::Count(from)));
        }
        let (column, expected, found) = match (is_due, is_sealed) {
            (true, false) => ("seal", Fact::text("a seal"), Fact::Nothing),
            (true, true) if seal != digest => ("row", as_sealed(), changed()),
            _ => return None,
        };
        Some(Finding { kind: FindingKind::Seal, table, row: row.to_string(), column, expected, found })
    }

    /// As [`SealedFrom::covers_record`], of a limit.
    pub(super) const fn covers_cap(self, id: i64) -> bool {
        id > self.cap
    }

    /// As [`SealedFrom::covers_record`], of a transfer.
    pub(super) const fn covers_transfer(self, seq: i64) -> bool {
        seq > self.transfer
    }
}

impl Seals {
    /// Reads the names of the models.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn of(conn: &Connection, from: SealedFrom, answers: Answers) -> Result<Self, StoreError> {
        let mut statement = conn.prepare_cached("select id, provider, model_name from model")?;
        let models = statement.query_map([], |row| {
            let (provider, name): (String, String) = (row.get(1)?, row.get(2)?);
            let digest = Digest::of("model").text(&provider).text(&name).finish();
            Ok((row.get(0)?, Model { named: format!("{provider} {name}"), digest, is_reported: false }))
        })?;
        Ok(Self { from, answers, models: models.collect::<Result<_, _>>()?, findings: Findings::default() })
    }

    pub(super) const fn from(&self) -> SealedFrom {
        self.from
    }

    /// Checks a resolved call.
    pub(super) fn check(&mut self, call: &CallRecord, hold: &TransferRow, resolution: &TransferRow, fits: Fits) {
        self.record_of_marker(call, resolution);
        let is_due = self.from.covers_transfer(resolution.seq);
        let (Some((_, rest)), false) = (call.seal.split_at_checked(DIGEST_BYTES), call.seal.is_empty()) else {
            if is_due {
                self.add("call", call.shown(), "seal", Fact::text("a seal"), Fact::Nothing);
            }
            return;
        };
        if !is_due {
            self.from.transfer = resolution.seq - 1;
            let (expected, found) = (Fact::Count(resolution.seq - 1), Fact::Count(resolution.seq));
            self.findings.add(of_marker("transfer_seq", expected, found));
        }
        if let (Some(usage), Some(false)) = (&call.usage, fits.record) {
            self.add("usage_log", usage.id.to_string(), "row", as_sealed(), changed());
        }
        let (model, rest) = rest.split_at_checked(DIGEST_BYTES).unwrap_or_default();
        let attempts = rest.get(DIGEST_BYTES..).unwrap_or_default();
        if fits.hold == Some(false) {
            self.add("transfer", hold.seq.to_string(), "row", as_sealed(), changed());
        }
        self.attempts(call, attempts.chunks(DIGEST_BYTES));
        if let Some(known) = self.models.get_mut(&call.model)
            && !known.is_reported
            && model != known.digest
        {
            known.is_reported = true;
            let named = Fact::text(&*known.named);
            self.add("model", call.model.to_string(), "model_name", Fact::text("the name it was called by"), named);
        }
        if let (Some(usage), "settle") = (&call.usage, &*resolution.kind) {
            self.answer(call, usage);
        }
    }

    /// A call's resolution and its usage record were written in one commit, before seals were kept or since.
    fn record_of_marker(&mut self, call: &CallRecord, resolution: &TransferRow) {
        let is_due = self.from.covers_transfer(resolution.seq) || !call.seal.is_empty();
        let Some(usage) = call.usage.as_ref().filter(|usage| self.from.covers_record(usage.id) != is_due) else {
            return;
        };
        let last = if is_due { usage.id - 1 } else { usage.id };
        self.findings.add(of_marker("usage_id", Fact::Count(last), Fact::Count(self.from.usage)));
        // Said once: the rows behind it would all say the same.
        self.from.usage = last;
    }

    /// What was found, with `others` of rows that carry their seals themselves, and without what is known of the same row
    /// already.
    pub(super) fn findings(self, others: Findings, known: &Findings) -> Findings {
        let mut new = Findings { kept: Vec::new(), more: self.findings.more + others.more };
        for finding in self.findings.kept.into_iter().chain(others.kept) {
            let mut so_far = known.kept.iter().chain(&new.kept);
            if !so_far.any(|other| (other.table, &other.row) == (finding.table, &finding.row)) {
                new.add(finding);
            }
        }
        new
    }

    fn attempts<'s>(&mut self, call: &CallRecord, sealed: impl ExactSizeIterator<Item = &'s [u8]> + Clone) {
        for attempt in &call.noted {
            let digest = of_attempt(attempt);
            if !sealed.clone().any(|seal| seal == digest) {
                self.add("attempt", named(call, attempt.n), "row", as_sealed(), changed());
            }
        }
        if sealed.len() > call.noted.len() {
            self.add("attempt", call.shown(), "n", count(sealed.len()), count(call.noted.len()));
        }
    }

    /// A settled call has its answer kept; one of before may have that of an older call that asked for the same.
    fn answer(&mut self, call: &CallRecord, usage: &UsageFacts) {
        if !call.is_answer_sealed {
            self.add("call", call.shown(), "answer_seal", Fact::text("a seal"), Fact::Nothing);
        }
        let has_own = self.answers.has(call.request_hash, usage.id);
        let has_older = self.answers.has_older(call.request_hash, usage.id);
        if has_own && has_older && usage.id <= self.from.answer {
            self.findings.add(of_marker("answer_id", Fact::Count(usage.id - 1), Fact::Count(self.from.answer)));
        }
        if !has_own && (usage.id > self.from.answer || !has_older) {
            let (row, expected) = (usage.id.to_string(), Fact::text("what the call was answered"));
            let (kind, found) = (FindingKind::Answer, Fact::Nothing);
            self.findings.add(Finding { kind, table: "answer", row, column: "body", expected, found });
        }
    }

    fn add(&mut self, table: &'static str, row: String, column: &'static str, expected: Fact, found: Fact) {
        self.findings.add(Finding { kind: FindingKind::Seal, table, row, column, expected, found });
    }
}

fn of_marker(column: &'static str, expected: Fact, found: Fact) -> Finding {
    let (kind, row) = (FindingKind::Seal, "1".to_owned());
    Finding { kind, table: "sealed_from", row, column, expected, found }
}

pub(super) fn as_sealed() -> Fact {
    Fact::text("as it was written")
}

pub(super) fn changed() -> Fact {
    Fact::text("changed since")
}

fn of_record(usage: &UsageFacts) -> [u8; DIGEST_BYTES] {
    let digest = Digest::of("usage").text(&usage.operation_type).number(usage.site).number(usage.model);
    let digest = digest.text(&usage.related_type).number(usage.related_id).text(&usage.outcome);
    let digest = digest.number(usage.credits).number(usage.cost).number(usage.value);
    let digest = usage.consumed.tokens.iter().fold(digest, |digest, tokens| digest.number(*tokens));
    let digest = digest.number(usage.consumed.images).number(usage.is_estimated.into());
    digest.number(usage.is_cost_stated.into()).number(usage.at).finish()
}

fn of_hold(hold: &TransferRow) -> [u8; DIGEST_BYTES] {
    Digest::of("hold").number(hold.amount).number(hold.at).finish()
}

fn of_attempt(attempt: &AttemptRow) -> [u8; DIGEST_BYTES] {
    let digest = Digest::of("attempt").number(attempt.n).text(&attempt.outcome).text(&attempt.provider_request_id);
    digest.number(attempt.cost).number(attempt.at).finish()
}

fn count(rows: usize) -> Fact {
    Fact::Count(i64::try_from(rows).unwrap_or(i64::MAX))
}
