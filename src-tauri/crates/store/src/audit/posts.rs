//! Postings: credits that come in, lapse, or were taken beyond a hold. Each says by its id what it is: a month's grant and
//! its lapse carry ids made from the month, a shortfall and what lapsed late ones made from their calls; so that a source that was exchanged
//! together with the balances is found all the same.

use super::columns::Columns;
use super::finding::{Fact, Finding, FindingKind, Findings, uuid};
use super::seals::{Place, SealedFrom, as_sealed, changed};
use crate::StoreError;
use crate::digest::{DIGEST_BYTES, Digest};
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Namespace of the ids that are made from months.
const MONTH_NAMESPACE: u128 = 0x6967_6e79_3800_4d6f_8e74_6800_0000_0001;
/// The prime of the 128-bit FNV hash.
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013B;

/// Names of the accounts by their rows, as the schema inserts them.
const ACCOUNTS: [&str; 8] = ["", "budget", "extra", "wallet", "usage", "lapsed", "shortfall", "lost"];

/// A posting beyond a hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Excess {
    pub(super) seq: i64,
    pub(super) amount: i64,
    pub(super) at: i64,
}

/// Postings beyond a hold, by their ids.
pub(super) type Shortfalls = BTreeMap<[u8; 16], Excess>;

/// A posting and its line in the statement.
struct Post {
    seq: i64,
    id: [u8; 16],
    debit: i64,
    credit: i64,
    amount: i64,
    has_call: bool,
    at: i64,
    memo: String,
    seal: Vec<u8>,
    line: Option<Line>,
}

struct Line {
    id: i64,
    kind: String,
    amount: i64,
    memo: String,
    at: i64,
    /// Nothing: no function brings credits in.
    operation_type: String,
    has_operation: bool,
    /// The call that it names, and the place of that call's hold in the ledger.
    call: Option<[u8; 16]>,
    hold: Option<i64>,
}

/// The grants of months so far: their places in the ledger and their names.
type Months = Vec<(i64, String)>;

/// Checks all postings, and hands out those that a call has to explain.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn check(
    conn: &Connection,
    from: SealedFrom,
    findings: &mut Findings,
    sealed: &mut Findings,
) -> Result<Shortfalls, StoreError> {
    let mut statement = conn.prepare_cached(
        "select t.seq, t.id, t.debit_id, t.credit_id, t.amount, t.call_id is not null, t.at, t.memo,
           t.seal, s.id, s.transaction_type, s.amount, s.memo, s.at, s.operation_type, s.operation_id is not null, s.call_id,
           (select h.seq from transfer h where h.id = s.call_id and h.kind = 'hold')
         from transfer t left join credit_transaction s on s.transfer_id = t.id where t.kind = 'post' order by t.seq",
    )?;
    let mut rows = statement.query([])?;
    let (mut shortfalls, mut months) = (Shortfalls::new(), Months::new());
    while let Some(row) = rows.next()? {
        let post = read(row)?;
        let is_sound = post.seals(from, sealed);
        post.check(&months, is_sound, findings);
        if let (1, Some(line)) = (post.debit, &post.line) {
            months.push((post.seq, line.memo.clone()));
        }
        if (post.debit, post.credit) == (6, 4) {
            shortfalls.insert(post.id, Excess { seq: post.seq, amount: post.amount, at: post.at });
        }
    }
    Ok(shortfalls)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Post> {
    let mut columns = Columns::of(row);
    let mut post = Post {
        seq: columns.take()?,
        id: columns.take()?,
        debit: columns.take()?,
        credit: columns.take()?,
        amount: columns.take()?,
        has_call: columns.take()?,
        at: columns.take()?,
        memo: columns.take()?,
        seal: columns.take()?,
        line: None,
    };
    if let Some(id) = columns.take()? {
        let (kind, amount, memo, at) = (columns.take()?, columns.take()?, columns.take()?, columns.take()?);
        let (operation_type, has_operation) = (columns.take()?, columns.take()?);
        let (call, hold) = (columns.take()?, columns.take()?);
        post.line = Some(Line { id, kind, amount, memo, at, operation_type, has_operation, call, hold });
    }
    Ok(post)
}

impl Post {
    /// Holds it and the word in its line against their seals. Answers whether the posting itself is as it was made, as
    /// far as anybody can tell.
    fn seals(&self, from: SealedFrom, findings: &mut Findings) -> bool {
        let (moved, memo) = self.seal.split_at_checked(DIGEST_BYTES).unwrap_or_default();
        let digest = Digest::of("post").number(self.seq).text(&uuid(self.id));
        let digest = digest.number(self.debit).number(self.credit).number(self.amount).number(self.at).finish();
        let wrong = from.of_row(Place::Posting, self.seq, moved, &digest);
        let is_sound = wrong.is_none();
        wrong.into_iter().for_each(|finding| findings.add(finding));
        if let (Some(line), false) = (&self.line, memo.is_empty())
            && memo != Digest::of("memo").number(self.seq).text(&line.memo).finish()
        {
            let (kind, table, row) = (FindingKind::Seal, "credit_transaction", line.id.to_string());
            findings.add(Finding { kind, table, row, column: "memo", expected: as_sealed(), found: changed() });
        }
        is_sound
    }

    fn check(&self, months: &Months, is_sound: bool, findings: &mut Findings) {
        let (line, amount) = match (self.debit, self.credit) {
            (1 | 2, 3) => (Some("grant"), self.amount),
            (3, 5) => (Some("lapse"), -self.amount),
            (6, 4) => (None, 0),
            _ => {
                let between = format!("{} to {}", account(self.debit), account(self.credit));
                return findings.add(self.finding("debit_id", Fact::Nothing, Fact::Text(between)));
            }
        };
        if self.has_call {
            findings.add(self.finding("call_id", Fact::Nothing, Fact::text("a call")));
        }
        if !self.memo.is_empty() {
            findings.add(self.finding("memo", Fact::Nothing, Fact::text(&*self.memo)));
        }
        let Some(kind) = line else {
            if let Some(line) = &self.line {
                findings.add(line.finding("amount", Fact::Nothing, Fact::credits(line.amount)));
            }
            return;
        };
        let Some(line) = &self.line else {
            return findings
                .add(Finding { kind: FindingKind::Line, ..self.finding("id", Fact::credits(amount), Fact::Nothing) });
        };
        // Of two that disagree, the one that is not as it was sealed is named, and the other is not.
        if is_sound {
            line.check(findings, kind, amount, self.at);
        }
        match line.call {
            Some(call) if self.debit == 3 => self.check_late(months, findings, line, call),
            _ => self.check_month(findings, line),
        }
    }

    /// Whether what lapsed late is of the call that its line names, and names the month at whose turn it was held.
    fn check_late(&self, months: &Months, findings: &mut Findings, line: &Line, call: [u8; 16]) {
        let of_call = lapse_id(call);
        if of_call != self.id || line.hold.is_none() {
            let (expected, found) = (Fact::text(uuid(lapse_id(self.id))), Fact::text(uuid(call)));
            return findings.add(line.finding("call_id", expected, found));
        }
        let turn = months.iter().find(|(seq, _)| line.hold.is_some_and(|hold| hold < *seq));
        let named = turn.map_or("", |(_, name)| name);
        if line.memo != named {
            findings.add(line.finding("memo", Fact::text(named), Fact::text(&*line.memo)));
        }
    }

    /// Whether it is a month's grant or lapse exactly when its id says so.
    fn check_month(&self, findings: &mut Findings, line: &Line) {
        let is_of_month = self.id == month_id(&line.memo, &line.kind);
        if is_of_month == (self.debit != 2) {
            return;
        }
        if self.debit == 2 {
            return findings.add(self.finding("debit_id", Fact::text("budget"), Fact::text("extra")));
        }
        let names_month = line.memo.len() == 7 && line.memo.as_bytes().get(4) == Some(&b'-');
        if self.debit == 1 && !names_month {
            return findings.add(self.finding("debit_id", Fact::text("extra"), Fact::text("budget")));
        }
        findings.add(line.finding("memo", Fact::Nothing, Fact::text(&*line.memo)));
    }

    fn finding(&self, column: &'static str, expected: Fact, found: Fact) -> Finding {
        let row = self.seq.to_string();
        Finding { kind: FindingKind::Transfer, table: "transfer", row, column, expected, found }
    }
}

impl Line {
    fn check(&self, findings: &mut Findings, kind: &str, amount: i64, at: i64) {
        let facts = [
            ("transaction_type", Fact::text(kind), Fact::text(&*self.kind)),
            ("amount", Fact::credits(amount), Fact::credits(self.amount)),
            ("at", Fact::Time(at), Fact::Time(self.at)),
            ("operation_type", Fact::text(""), Fact::text(&*self.operation_type)),
            ("operation_id", Fact::Count(0), Fact::Count(self.has_operation.into())),
        ];
        for (column, expected, found) in facts {
            if expected != found {
                findings.add(self.finding(column, expected, found));
            }
        }
    }

    fn finding(&self, column: &'static str, expected: Fact, found: Fact) -> Finding {
        let row = self.id.to_string();
        Finding { kind: FindingKind::Line, table: "credit_transaction", row, column, expected, found }
    }
}

pub(super) fn account(id: i64) -> &'static str {
    usize::try_from(id).ok().and_then(|at| ACCOUNTS.get(at)).copied().unwrap_or_default()
}

/// The id of what lapses late of a call, and the other way round.
fn lapse_id(id: [u8; 16]) -> [u8; 16] {
    (u128::from_be_bytes(id) ^ 0xFFFF).to_be_bytes()
}

/// The id that a month's grant or lapse must have.
fn month_id(month: &str, word: &str) -> [u8; 16] {
    let hashed = |value: u128, byte: u8| (value ^ u128::from(byte)).wrapping_mul(FNV_PRIME);
    Uuid::from_u128(month.bytes().chain(word.bytes()).fold(MONTH_NAMESPACE, hashed)).into_bytes()
}
