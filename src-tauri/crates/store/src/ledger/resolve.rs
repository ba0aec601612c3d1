//! Resolving a hold: a settle charges what was used, a release charges nothing; either happens once. A cost above the
//! hold is not taken from the wallet: the excess is booked against the shortfall account in the same commit. What a hold
//! gives back of the budget of a month that has turned meanwhile lapses in it too.

use super::record::{StatementLine, UsageRow};
use super::seal::seal_of_post;
use super::{LedgerError, OpenCall, Related, account};
use crate::{StoreError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{ModelId, OperationId, SiteId, TransferId};
use igny8_core::model::Charge;
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use rusqlite::params;

/// A stored result and what it cost.
#[derive(Clone, Debug)]
pub struct Settlement {
    /// Function of the operation.
    pub function: AiFunction,
    /// Its site.
    pub site: SiteId,
    /// What it was for.
    pub related: Related,
    /// Credits and provider cost at the held price version.
    pub charge: Charge,
    /// What was consumed.
    pub usage: Usage,
    /// What a credit is worth.
    pub credit_price: Usd,
    /// The vendor's request id.
    pub provider_request_id: Option<String>,
}

/// What a settle did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Taken from the wallet.
    pub credits: Credits,
    /// Beyond the hold, booked as shortfall; usually none.
    pub shortfall: Credits,
    /// The usage row.
    pub usage_id: i64,
}

/// Credits that move without a hold: granted, lapsed, or taken beyond one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting<'m> {
    pub(super) id: TransferId,
    pub(super) debit: i64,
    pub(super) credit: i64,
    pub(super) amount: Credits,
    /// The word about it in the statement.
    pub(super) memo: &'m str,
}

/// A call that left no result.
#[derive(Clone, Debug)]
pub struct Release {
    /// Function of the operation.
    pub function: AiFunction,
    /// Its site.
    pub site: SiteId,
    /// What it was for.
    pub related: Related,
    /// Why, as a code.
    pub code: &'static str,
    /// What the vendor billed all the same.
    pub cost: Usd,
    /// What was consumed all the same.
    pub usage: Usage,
    /// What a credit is worth.
    pub credit_price: Usd,
    /// The vendor's request id, where it gave one before things went wrong.
    pub provider_request_id: Option<String>,
}

impl Write<'_> {
    /// Charges a stored result. Must stand in the commit that stores it. Credits are those of the result alone; the
    /// provider cost holds what earlier attempts at the same call were billed with as well, which is a guess. An attempt
    /// that the vendor knows under the id of the result was the same request there, and is not billed beside it.
    ///
    /// # Errors
    /// [`LedgerError::Resolved`] when the hold was resolved before; the commit must be given up then.
    pub fn settle(&mut self, open: &OpenCall, done: &Settlement, now: UtcMs) -> Result<Settled, LedgerError> {
        let credits = done.charge.credits.min(open.amount);
        let shortfall = done.charge.credits.minus(credits);
        self.resolve(open, "settle", credits, now)?;
        if shortfall > Credits::ZERO {
            let excess = Posting {
                id: open.call.shortfall(),
                debit: account::SHORTFALL,
                credit: account::USAGE,
                amount: shortfall,
                memo: "",
            };
            self.post(&excess, now)?;
        }
        self.write_attempt(open, "settled", done.provider_request_id.as_deref(), Usd::ZERO, now)?;
        let lost = self.lost_cost(open)?;
        self.write_statement(
            &StatementLine {
                transfer: Some(open.call.resolution()),
                operation: Some(open.operation),
                call: Some(open.call),
                transaction_type: "deduction",
                operation_type: done.function.operation_type(),
                amount: Credits(-credits.0),
                memo: "",
            },
            now,
        )?;
        let record = UsageRow {
            call: Some(open.call),
            operation: open.operation,
            site: done.site,
            function: done.function,
            model: open.model,
            related: done.related,
            outcome: "settled",
            credits,
            cost: done.charge.provider_cost.plus(lost),
            credit_price: done.credit_price,
            usage: &estimated_if(lost > Usd::ZERO, done.usage),
            reused_from: None,
        };
        let usage_id = self.write_usage(&record, now)?;
        self.seal(open, &record, now)?;
        self.charge_operation(open.operation, credits, done.charge.provider_cost.plus(lost))?;
        self.lapse_late(open, open.amount.minus(credits), now)?;
        Ok(Settled { credits, shortfall, usage_id })
    }

    /// Gives a hold back. The usage row says what the vendor billed all the same, at 0 credits, earlier attempts
    /// included.
    ///
    /// # Errors
    /// As [`Write::settle`].
    pub fn release(&mut self, open: &OpenCall, why: &Release, now: UtcMs) -> Result<(), LedgerError> {
        self.resolve(open, "release", Credits::ZERO, now)?;
        // An attempt that was suspended is on record already, with how it ended.
        let is_noted = self.is_attempt_noted(open)?;
        if !is_noted {
            self.write_attempt(open, why.code, why.provider_request_id.as_deref(), why.cost, now)?;
        }
        let cost = self.lost_cost(open)?;
        let of_this = if is_noted { Usd::ZERO } else { why.cost };
        self.write_statement(
            &StatementLine {
                transfer: Some(open.call.resolution()),
                operation: Some(open.operation),
                call: Some(open.call),
                transaction_type: "release",
                operation_type: why.function.operation_type(),
                amount: Credits::ZERO,
                memo: why.code,
            },
            now,
        )?;
        let record = UsageRow {
            call: Some(open.call),
            operation: open.operation,
            site: why.site,
            function: why.function,
            model: open.model,
            related: why.related,
            outcome: "released",
            credits: Credits::ZERO,
            cost,
            credit_price: why.credit_price,
            usage: &estimated_if(cost > of_this, why.usage),
            reused_from: None,
        };
        self.write_usage(&record, now)?;
        self.seal(open, &record, now)?;
        self.charge_operation(open.operation, Credits::ZERO, cost)?;
        self.lapse_late(open, open.amount, now)?;
        Ok(())
    }

    /// Notes an attempt that left no answer, with what the vendor probably bills for it, and leaves the hold as it is:
    /// the same call may be sent again.
    ///
    /// # Errors
    /// When the file fails.
    pub fn suspend(
        &mut self,
        open: &OpenCall,
        code: &str,
        provider_request_id: Option<&str>,
        cost: Usd,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        // Written down once: whoever takes the call up again finds it noted.
        if !self.is_attempt_noted(open)? {
            self.write_attempt(open, code, provider_request_id, cost, now)?;
        }
        self.conn
            .prepare_cached("update call set state = 'unknown' where id = ?1 and state = 'sent'")?
            .execute(params![open.call.as_bytes()])?;
        Ok(())
    }

    /// Records a unit that was refused before anything was held or sent: rows of 0, so that the refusal is on the
    /// books like everything else.
    ///
    /// # Errors
    /// When the file fails.
    pub fn refuse(
        &mut self,
        operation: OperationId,
        model: ModelId,
        why: &Release,
        now: UtcMs,
    ) -> Result<(), LedgerError> {
        self.write_statement(
            &StatementLine {
                transfer: None,
                operation: Some(operation),
                call: None,
                transaction_type: "refusal",
                operation_type: why.function.operation_type(),
                amount: Credits::ZERO,
                memo: why.code,
            },
            now,
        )?;
        self.write_usage(
            &UsageRow {
                call: None,
                operation,
                site: why.site,
                function: why.function,
                model,
                related: why.related,
                outcome: "refused",
                credits: Credits::ZERO,
                cost: Usd::ZERO,
                credit_price: why.credit_price,
                usage: &Usage::default(),
                reused_from: None,
            },
            now,
        )?;
        Ok(())
    }

    fn resolve(&mut self, open: &OpenCall, kind: &'static str, amount: Credits, now: UtcMs) -> Result<(), LedgerError> {
        let state = if kind == "settle" { "settled" } else { "released" };
        let changed = self
            .conn
            .prepare_cached("update call set state = ?2, resolved_at = ?3 where id = ?1 and resolved_at = 0")
            .and_then(|mut s| s.execute(params![open.call.as_bytes(), state, now.0.max(1)]))
            .map_err(StoreError::from)?;
        if changed == 0 {
            return Err(LedgerError::Resolved);
        }
        self.conn
            .prepare_cached(
                "insert into transfer (id, kind, debit_id, credit_id, amount, hold_id, call_id, at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    open.call.resolution().as_bytes(),
                    kind,
                    account::WALLET,
                    account::USAGE,
                    amount.0,
                    open.call.hold().as_bytes(),
                    open.call.as_bytes(),
                    now.0
                ])
            })
            .map_err(StoreError::from)?;
        self.forget_asked(open)?;
        Ok(())
    }

    /// Moves credits that no hold stands for. Sealed under the number that it gets.
    pub(super) fn post(&mut self, posting: &Posting<'_>, now: UtcMs) -> Result<(), StoreError> {
        let mut statement = self.conn.prepare_cached("select coalesce(max(seq), 0) + 1 from transfer")?;
        let seq: i64 = statement.query_row([], |row| row.get(0))?;
        drop(statement);
        let Posting { id, debit, credit, amount, .. } = posting;
        self.conn
            .prepare_cached(
                "insert into transfer (seq, id, kind, debit_id, credit_id, amount, at, seal)
                 values (?1, ?2, 'post', ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![seq, id.as_bytes(), debit, credit, amount.0, now.0, seal_of_post(posting, seq, now)])?;
        Ok(())
    }
}

/// What a row says was consumed. Nobody knows what an attempt consumed whose answer was lost, so that a row which holds
/// the cost of one is an estimate, whatever the vendor says of the last.
fn estimated_if(is_guessed: bool, usage: Usage) -> Usage {
    Usage { is_estimated: usage.is_estimated || is_guessed, ..usage }
}
