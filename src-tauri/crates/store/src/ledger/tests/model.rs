//! What the ledger must do, as a plain model in memory that knows the rules and no SQL, and one operation on both: they
//! must answer alike and show the same wallet. `histories` plays many.

mod histories;

use crate::fixture::{IMAGE, INSTANCE, NOW, call_id, operation_id, release, request, settlement, spaced};
use crate::ledger::{Grant, Lease, OpenCall, WalletView};
use crate::{LedgerError, StoreError, Write};
use igny8_core::id::{JobId, TransferId};
use igny8_core::money::{CREDITS_MAX, Credits};
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

/// Typical amounts, micro-credits: small against a grant, so that the wallet is neither always empty nor always full.
const AMOUNT_MAX: u64 = 50_000_000;

/// A linear congruential generator with Knuth's MMIX constants; its high bits are random enough to choose by.
#[derive(Clone)]
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn amount(&mut self) -> i64 {
        match self.below(40) {
            0 => -1,
            1 => CREDITS_MAX.0 + 1,
            2 => 0,
            _ => i64::try_from(self.below(AMOUNT_MAX)).unwrap(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Operation {
    Extra { n: u64, amount: i64 },
    Monthly { month: u64, amount: i64 },
    Hold { call: u64, amount: i64 },
    Settle { call: u64, charge: i64 },
    Release { call: u64 },
    Resume { call: u64 },
    Refuse,
    Tamper { call: u64 },
}

#[derive(Clone)]
struct Call {
    job: u64,
    amount: i64,
    month: Option<u64>,
    attempts: u32,
}

#[derive(Clone, Default)]
struct Model {
    grants: BTreeSet<u64>,
    months: BTreeSet<u64>,
    /// The month granted last.
    newest_month: Option<u64>,
    calls: BTreeMap<u64, Call>,
    /// Calls whose hold is not resolved, in no order.
    open: Vec<u64>,
    jobs_taken: u64,
    granted: i64,
    used: i64,
    lapsed: i64,
    held: i64,
    month_granted: i64,
    month_drawn: i64,
    month_used: i64,
    /// Granted and drawn, of months that have turned.
    turned: BTreeMap<Option<u64>, (i64, i64)>,
}

impl Model {
    fn available(&self) -> i64 {
        self.granted - self.used - self.lapsed - self.held
    }

    fn monthly_left(&self) -> i64 {
        (self.month_granted - self.month_drawn).max(0).min(self.available())
    }

    fn wallet(&self) -> WalletView {
        WalletView {
            available: Credits(self.available()),
            held: Credits(self.held),
            granted: Credits(self.granted),
            used: Credits(self.used),
            lapsed: Credits(self.lapsed),
            monthly_left: Credits(self.monthly_left()),
            month_granted: Credits(self.month_granted),
            month_drawn: Credits(self.month_drawn),
            used_this_month: Credits(self.month_used),
        }
    }

    /// What the books must do: true when something is posted or recorded.
    fn apply(&mut self, operation: Operation) -> bool {
        match operation {
            Operation::Extra { n, amount } => {
                let is_posted = in_range(amount) && self.grants.insert(n);
                self.granted += if is_posted { amount } else { 0 };
                is_posted
            }
            Operation::Monthly { month, amount } => {
                let is_posted = in_range(amount) && self.is_due(month);
                if is_posted {
                    self.months.insert(month);
                    self.turned.insert(self.newest_month, (self.month_granted, self.month_drawn));
                    self.lapsed += self.monthly_left();
                    self.granted += amount;
                    (self.newest_month, self.month_granted) = (Some(month), amount);
                    (self.month_drawn, self.month_used) = (0, 0);
                }
                is_posted
            }
            Operation::Hold { call, amount } => self.hold(call, amount),
            Operation::Settle { call, charge } => self.resolve(call, charge),
            Operation::Release { call } => self.resolve(call, 0),
            Operation::Resume { call } => {
                let is_open = self.open.contains(&call);
                let open = self.calls.get_mut(&call).filter(|_| is_open);
                open.map(|call| call.attempts += 1).is_some()
            }
            Operation::Refuse => true,
            Operation::Tamper { .. } => false,
        }
    }

    fn is_due(&self, month: u64) -> bool {
        self.months.first().is_none_or(|first| *first < month)
            && !self.months.contains(&month)
            && self.newest_month != Some(month + 1)
    }

    fn hold(&mut self, call: u64, amount: i64) -> bool {
        if !in_range(amount) || amount > self.available() || self.calls.contains_key(&call) {
            return false;
        }
        self.jobs_taken += 1;
        let month = self.newest_month;
        self.calls.insert(call, Call { job: self.jobs_taken, amount, month, attempts: 1 });
        self.open.push(call);
        self.held += amount;
        self.month_drawn += amount;
        true
    }

    fn resolve(&mut self, call: u64, charge: i64) -> bool {
        let Some(place) = self.open.iter().position(|open| *open == call) else { return false };
        self.open.swap_remove(place);
        let Some(call) = self.calls.get_mut(&call) else { return false };
        let taken = charge.min(call.amount);
        self.held -= call.amount;
        self.used += taken;
        self.month_used += taken;
        if call.month == self.newest_month {
            self.month_drawn -= call.amount - taken;
        } else if let Some((granted, drawn)) = self.turned.get_mut(&call.month) {
            let left = (*granted - *drawn).max(0);
            *drawn -= call.amount - taken;
            self.lapsed += (*granted - *drawn).max(0) - left;
        }
        true
    }

    fn choose(&self, dice: &mut Dice) -> Operation {
        let some_call = |dice: &mut Dice| dice.below(self.calls.len() as u64 + 1);
        // Mostly a call that is open, sometimes any, resolved or unknown.
        let call = match self.open.len() as u64 {
            0 => some_call(dice),
            n if dice.below(8) > 0 => self.open[usize::try_from(dice.below(n)).unwrap()],
            _ => some_call(dice),
        };
        match dice.below(100) {
            0..=7 => Operation::Extra { n: dice.below(self.grants.len() as u64 + 3), amount: dice.amount() * 4 },
            8..=10 => {
                let month = (self.newest_month.unwrap_or(3) + dice.below(5)).saturating_sub(2);
                Operation::Monthly { month, amount: dice.amount() * 8 }
            }
            11..=50 => {
                let is_known = dice.below(20) == 0;
                let call = if is_known { some_call(dice) } else { self.calls.len() as u64 };
                Operation::Hold { call, amount: dice.amount() }
            }
            51..=70 => Operation::Settle { call, charge: i64::try_from(dice.below(AMOUNT_MAX)).unwrap() },
            71..=82 => Operation::Release { call },
            83..=90 => Operation::Resume { call },
            91..=95 => Operation::Refuse,
            _ => Operation::Tamper { call },
        }
    }
}

fn in_range(amount: i64) -> bool {
    (0..=CREDITS_MAX.0).contains(&amount)
}

/// What the books do.
fn perform(write: &mut Write<'_>, model: &Model, operation: Operation) -> Result<bool, LedgerError> {
    match operation {
        Operation::Extra { n, amount } => {
            let id = TransferId(spaced(0x0E, n));
            write.grant(&Grant::Extra { id, memo: String::new() }, Credits(amount), NOW)
        }
        Operation::Monthly { month, amount } => {
            let month = format!("{:04}-{:02}", 2026 + month / 12, month % 12 + 1);
            write.grant(&Grant::Monthly { month }, Credits(amount), NOW)
        }
        Operation::Hold { call, amount } => {
            let lease = write.lease(job_id(model.jobs_taken + 1), INSTANCE)?;
            write.hold(&request(call, operation_id(1), lease, Credits(amount)), NOW).map(|_| true)
        }
        Operation::Settle { call, charge } => {
            let done = settlement(Credits(charge));
            write.settle(&open_call(model, call), &done, NOW).map(|_| true)
        }
        Operation::Release { call } => {
            write.release(&open_call(model, call), &release("cancelled"), NOW).map(|()| true)
        }
        Operation::Resume { call } => {
            let Some(known) = model.calls.get(&call) else { return Ok(false) };
            Ok(write.resume_hold(lease(known.job), NOW)?.is_some())
        }
        Operation::Refuse => write.refuse(operation_id(1), IMAGE, &release("insufficient_credits"), NOW).map(|()| true),
        Operation::Tamper { call } => {
            let statement = "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
                values (zeroblob(16), 'settle', 3, 4, ?2, ?1, ?1, 1)";
            let amount = model.calls.get(&call).map_or(0, |call| call.amount + 1);
            let done = write.conn.execute(statement, params![call_id(call).hold().as_bytes(), amount]);
            done.map(|_| true).map_err(|error| StoreError::from(error).into())
        }
    }
}

/// Permission for a call as a worker may still have it, resolved or not.
fn open_call(model: &Model, call: u64) -> OpenCall {
    let unknown = Call { job: 0, amount: 0, month: None, attempts: 1 };
    let known = model.calls.get(&call).unwrap_or(&unknown);
    OpenCall {
        call: call_id(call),
        operation: operation_id(1),
        lease: lease(known.job),
        model: IMAGE,
        amount: Credits(known.amount),
        attempts: known.attempts,
        request_hash: [7; 32],
        likely: None,
        earlier: None,
    }
}

fn lease(job: u64) -> Lease {
    Lease { job: job_id(job), instance: INSTANCE, token: 1 }
}

fn job_id(job: u64) -> JobId {
    JobId(i64::try_from(job).unwrap())
}

/// One operation on both sides, and the comparison. A refused one leaves no trace in the file.
fn step(write: &mut Write<'_>, model: &mut Model, dice: &mut Dice) -> bool {
    let operation = model.choose(dice);
    write.conn.execute_batch("savepoint one").unwrap();
    let done = perform(write, model, operation);
    if !matches!(done, Ok(true)) {
        write.conn.execute_batch("rollback to one").unwrap();
    }
    write.conn.execute_batch("release one").unwrap();
    let is_accepted = model.apply(operation);
    assert_eq!(matches!(done, Ok(true)), is_accepted, "{operation:?}: the books say {done:?}");
    assert_eq!(write.wallet().unwrap(), model.wallet(), "{operation:?}");
    is_accepted
}
