//! Placing a hold: claiming the unit, keeping the worst case back and writing "sent", in one commit.

use super::{Held, LedgerError, OpenCall, account};
use crate::{Read, StoreError, Write};
use igny8_core::id::{CallId, JobId, ModelId, OperationId};
use igny8_core::money::{CREDITS_MAX, Credits, Usd};
use igny8_core::time::{CalendarDay, UtcMs};
use igny8_core::topic::Topic;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

const HELD_FOR: &str = "select coalesce(sum(t.amount), 0)
   from call c indexed by call_open cross join transfer t on t.id = c.hold_id
   where c.state in ('held', 'sent', 'unknown') and c.operation_id = ?1";

/// A unit as one worker of one process holds it. The token rises with each lease, so that a worker whose lease was
/// taken away cannot finish the unit any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The unit.
    pub job: JobId,
    /// The process that works on it.
    pub instance: Uuid,
    /// The fencing token.
    pub token: i64,
}

/// What is needed to hold.
#[derive(Clone, Copy, Debug)]
pub struct HoldRequest {
    /// Id made before the attempt.
    pub call: CallId,
    /// The leased unit.
    pub lease: Lease,
    /// Its operation.
    pub operation: OperationId,
    /// Price version.
    pub model: ModelId,
    /// The worst case, 0 or more.
    pub amount: Credits,
    /// What it will likely cost at its vendor's: what an attempt is booked with whose answer is lost.
    pub likely: Usd,
    /// SHA-256 of function, model and input.
    pub request_hash: [u8; 32],
    /// Today, where the user lives: what daily and monthly caps go by.
    pub day: CalendarDay,
}

impl Read<'_> {
    /// What the wallet can spend now: posted, less open holds.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn available(&self) -> Result<Credits, StoreError> {
        let mut statement = self
            .conn
            .prepare_cached("select credits_posted - debits_posted - debits_pending from account where id = ?1")?;
        Ok(Credits(statement.query_row(params![account::WALLET], |row| row.get(0))?))
    }

    /// What the wallet has, with what open holds keep back: they take less of it in the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn posted(&self) -> Result<Credits, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select credits_posted - debits_posted from account where id = ?1")?;
        Ok(Credits(statement.query_row(params![account::WALLET], |row| row.get(0))?))
    }

    /// What is kept back by the open calls of an operation.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn held_for(&self, operation: OperationId) -> Result<Credits, StoreError> {
        let mut statement = self.conn.prepare_cached(HELD_FOR)?;
        Ok(Credits(statement.query_row(params![operation.as_bytes()], |row| row.get(0))?))
    }

    /// Whether nothing is left: neither to spend nor kept back by holds, which may come back.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_wallet_empty(&self) -> Result<bool, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select credits_posted = debits_posted from account where id = ?1")?;
        Ok(statement.query_row(params![account::WALLET], |row| row.get(0))?)
    }
}

impl Write<'_> {
    /// Leases a ready unit to `instance`, counting the attempt before any work is done.
    ///
    /// # Errors
    /// [`LedgerError::NotFree`] when it is not ready.
    pub fn lease(&mut self, job: JobId, instance: Uuid) -> Result<Lease, LedgerError> {
        let token: Option<i64> = self
            .conn
            .prepare_cached(
                "update job set state = 'leased', lease_instance = ?2, lease_token = lease_token + 1,
                   attempts = attempts + 1
                 where id = ?1 and state = 'ready' returning lease_token",
            )
            .map_err(StoreError::from)?
            .query_row(params![job.0, instance.as_bytes()], |row| row.get(0))
            .optional()
            .map_err(StoreError::from)?;
        token.map(|token| Lease { job, instance, token }).ok_or(LedgerError::NotFree)
    }

    /// Holds the worst case of a call and records that it is about to be sent. A repeated request with the same call
    /// id is refused by the id's uniqueness.
    ///
    /// # Errors
    /// [`LedgerError::NotFree`] when the lease was taken away, [`LedgerError::InsufficientCredits`] when the wallet does
    /// not cover it, [`LedgerError::CapReached`] when a cap does not, [`LedgerError::Stopped`] while paid work is
    /// stopped; nothing may be kept then.
    pub fn hold(&mut self, request: &HoldRequest, now: UtcMs) -> Result<Held, LedgerError> {
        if request.amount < Credits::ZERO || request.amount > CREDITS_MAX || request.likely < Usd::ZERO {
            return Err(LedgerError::OutOfRange);
        }
        self.check_lease(request.lease)?;
        let available = self.available()?;
        if request.amount > available {
            return Err(LedgerError::InsufficientCredits { needed: request.amount, available });
        }
        self.count_against_caps(request, now)?;
        let hold = request.call.hold();
        self.conn
            .prepare_cached(
                "insert into transfer (id, kind, debit_id, credit_id, amount, call_id, at)
                 values (?1, 'hold', ?2, ?3, ?4, ?5, ?6)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    hold.as_bytes(),
                    account::WALLET,
                    account::USAGE,
                    request.amount.0,
                    request.call.as_bytes(),
                    now.0
                ])
            })
            .map_err(StoreError::from)?;
        self.conn
            .prepare_cached(
                "insert into call (id, job_id, operation_id, state, hold_id, model_id, request_hash, sent_at, likely_nano)
                 values (?1, ?2, ?3, 'sent', ?4, ?5, ?6, ?7, ?8)",
            )
            .and_then(|mut s| {
                s.execute(params![
                    request.call.as_bytes(),
                    request.lease.job.0,
                    request.operation.as_bytes(),
                    hold.as_bytes(),
                    request.model.0,
                    request.request_hash,
                    now.0,
                    request.likely.0
                ])
            })
            .map_err(StoreError::from)?;
        self.touch(Topic::Credits);
        Ok(Held::new(OpenCall {
            call: request.call,
            operation: request.operation,
            lease: request.lease,
            model: request.model,
            amount: request.amount,
            attempts: 1,
            request_hash: request.request_hash,
            likely: Some(request.likely),
            earlier: None,
        }))
    }

    /// Takes up the unresolved call of a unit again, under the same id and the same hold, as its next attempt.
    /// `None` when the unit has no open call.
    ///
    /// # Errors
    /// [`LedgerError::NotFree`] when the lease was taken away.
    pub fn resume_hold(&mut self, lease: Lease, now: UtcMs) -> Result<Option<Held>, LedgerError> {
        self.check_lease(lease)?;
        let open = self.open_call(lease)?;
        let Some(mut open) = open else { return Ok(None) };
        self.conn
            .prepare_cached("update call set state = 'sent', attempts = attempts + 1, sent_at = ?2 where id = ?1")
            .and_then(|mut s| s.execute(params![open.call.as_bytes(), now.0]))
            .map_err(StoreError::from)?;
        open.attempts += 1;
        Ok(Some(Held::new(open)))
    }

    /// The unresolved call of a unit, for releasing it without another attempt.
    ///
    /// # Errors
    /// When the file fails.
    pub fn open_call(&self, lease: Lease) -> Result<Option<OpenCall>, LedgerError> {
        let mut statement = self
            .conn
            .prepare_cached(
                "select c.id, c.operation_id, c.model_id, t.amount, c.attempts, c.request_hash,
                   (select a.provider_request_id from attempt a
                    where a.call_id = c.id and a.provider_request_id <> '' order by a.n desc limit 1),
                   nullif(c.likely_nano, -1)
                 from call c join transfer t on t.id = c.hold_id
                 where c.job_id = ?1 and c.resolved_at = 0",
            )
            .map_err(StoreError::from)?;
        let found = statement
            .query_row(params![lease.job.0], |row| {
                Ok(OpenCall {
                    call: CallId(row.get::<_, crate::table::UuidColumn>(0)?.0),
                    operation: OperationId(row.get::<_, crate::table::UuidColumn>(1)?.0),
                    lease,
                    model: ModelId(row.get(2)?),
                    amount: Credits(row.get(3)?),
                    attempts: row.get(4)?,
                    request_hash: row.get(5)?,
                    earlier: row.get(6)?,
                    likely: row.get::<_, Option<i64>>(7)?.map(Usd),
                })
            })
            .optional()
            .map_err(StoreError::from)?;
        Ok(found)
    }

    /// Refuses a worker whose lease was taken away: what it would pay for nobody would store.
    fn check_lease(&self, lease: Lease) -> Result<(), LedgerError> {
        let mut statement = self
            .conn
            .prepare_cached(
                "select 1 from job where id = ?1 and state = 'leased' and lease_instance = ?2 and lease_token = ?3",
            )
            .map_err(StoreError::from)?;
        let is_held =
            statement.exists(params![lease.job.0, lease.instance.as_bytes(), lease.token]).map_err(StoreError::from)?;
        if is_held { Ok(()) } else { Err(LedgerError::NotFree) }
    }
}
