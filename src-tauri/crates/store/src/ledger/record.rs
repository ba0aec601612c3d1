//! The records that go with a movement of money: the statement's line, the usage row, the attempt, the operation's
//! totals. They are written by the ledger alone, in the commit of the movement itself.

use super::OpenCall;
use super::seal::seal_of_free;
use crate::{StoreError, Write};
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, ModelId, OperationId, SiteId, TransferId};
use igny8_core::money::{Credits, Usd};
use igny8_core::time::UtcMs;
use igny8_core::topic::Topic;
use igny8_core::usage::Usage;
use rusqlite::params;

/// The most an operation's total says: beyond it the sum would not be an integer any more, and no result could be stored.
const TOTAL_NANO_MAX: i64 = 9_000_000_000_000_000_000;

/// What a unit was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Related {
    /// Several items at once, or none.
    None,
    /// A cluster.
    Cluster(i64),
    /// A task.
    Task(i64),
    /// An article.
    Content(i64),
    /// An image slot.
    Image(i64),
}

impl Related {
    pub(super) fn columns(self) -> (&'static str, i64) {
        match self {
            Self::None => ("", 0),
            Self::Cluster(id) => ("cluster", id),
            Self::Task(id) => ("task", id),
            Self::Content(id) => ("content", id),
            Self::Image(id) => ("image", id),
        }
    }
}

/// A usage row about to be written.
pub(super) struct UsageRow<'a> {
    pub call: Option<CallId>,
    pub operation: OperationId,
    pub site: SiteId,
    pub function: AiFunction,
    pub model: ModelId,
    pub related: Related,
    pub outcome: &'static str,
    pub credits: Credits,
    pub cost: Usd,
    pub credit_price: Usd,
    pub usage: &'a Usage,
    pub reused_from: Option<i64>,
}

/// A line of the statement about to be written.
pub(super) struct StatementLine<'a> {
    pub transfer: Option<TransferId>,
    pub operation: Option<OperationId>,
    pub call: Option<CallId>,
    pub transaction_type: &'static str,
    pub operation_type: &'static str,
    pub amount: Credits,
    pub memo: &'a str,
}

impl Write<'_> {
    pub(super) fn write_usage(&mut self, row: &UsageRow<'_>, now: UtcMs) -> Result<i64, StoreError> {
        let (related_type, related_id) = row.related.columns();
        // The number of what is free goes into its seal. What a call consumed is sealed with the call.
        let numbered = if row.call.is_none() { Some(self.next_usage()?) } else { None };
        let seal = numbered.map(|id| seal_of_free(row, id, now));
        self.conn
            .prepare_cached(
                "insert into usage_log (call_id, operation_id, operation_type, site_id, model_id, related_type, related_id,
                   outcome, credits, cost_nano, credit_value_nano, tokens_input, tokens_cached, tokens_cache_write,
                   tokens_output, tokens_reasoning, tokens_image_input, tokens_image_output, images, is_estimated,
                   reused_from, at, is_cost_stated, id, seal)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
                   ?19, ?20, ?21, ?22, ?23, ?24, coalesce(?25, x''))",
            )?
            .execute(params![
                row.call.as_ref().map(CallId::as_bytes),
                row.operation.as_bytes(),
                row.function.operation_type(),
                row.site.0,
                row.model.0,
                related_type,
                related_id,
                row.outcome,
                row.credits.0,
                row.cost.0,
                row.credits.value_at(row.credit_price).0,
                row.usage.input_tokens,
                row.usage.cached_input_tokens,
                row.usage.cache_write_tokens,
                row.usage.output_tokens,
                row.usage.reasoning_tokens,
                row.usage.image_input_tokens,
                row.usage.image_output_tokens,
                row.usage.images,
                row.usage.is_estimated,
                row.reused_from,
                now.0,
                row.usage.stated_cost.is_some(),
                numbered,
                seal,
            ])?;
        Ok(self.conn.last_insert_rowid())
    }

    fn next_usage(&self) -> Result<i64, StoreError> {
        let mut statement = self.conn.prepare_cached("select coalesce(max(id), 0) + 1 from usage_log")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    pub(super) fn write_statement(&mut self, line: &StatementLine<'_>, now: UtcMs) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into credit_transaction (transfer_id, operation_id, call_id, transaction_type, operation_type,
                   amount, balance_after, memo, at)
                 select ?1, ?2, ?3, ?4, ?5, ?6, credits_posted - debits_posted, ?7, ?8 from account where code = 'wallet'",
            )?
            .execute(params![
                line.transfer.as_ref().map(TransferId::as_bytes),
                line.operation.as_ref().map(OperationId::as_bytes),
                line.call.as_ref().map(CallId::as_bytes),
                line.transaction_type,
                line.operation_type,
                line.amount.0,
                line.memo,
                now.0,
            ])?;
        self.touch(Topic::Credits);
        Ok(())
    }

    pub(super) fn write_attempt(
        &mut self,
        open: &OpenCall,
        outcome: &str,
        provider_request_id: Option<&str>,
        cost: Usd,
        now: UtcMs,
    ) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into attempt (call_id, n, outcome, provider_request_id, cost_nano, at)
                 values (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                open.call.as_bytes(),
                open.attempts,
                outcome,
                provider_request_id.unwrap_or_default(),
                cost.0,
                now.0
            ])?;
        Ok(())
    }

    /// Keeps what a model had written when the answer to the call's last attempt broke off, beside that attempt, which is on
    /// record already. It is no answer, and nothing is made of it.
    ///
    /// # Errors
    /// When the file fails.
    pub fn keep_partial(&mut self, open: &OpenCall, text: &str) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "insert into attempt_text (call_id, n, text) values (?1, ?2, ?3) on conflict (call_id, n) do nothing",
            )?
            .execute(params![open.call.as_bytes(), open.attempts, text])?;
        Ok(())
    }

    /// What the attempts on record without a result cost, each request of the vendor's counted once.
    pub(super) fn lost_cost(&self, open: &OpenCall) -> Result<Usd, StoreError> {
        let mut statement =
            self.conn.prepare_cached("select coalesce(sum(billed_nano), 0) from attempt_billed where call_id = ?1")?;
        Ok(Usd(statement.query_row(params![open.call.as_bytes()], |row| row.get(0))?))
    }

    /// Whether how the call's last attempt ended was written down.
    ///
    /// # Errors
    /// When the file fails.
    pub fn is_attempt_noted(&self, open: &OpenCall) -> Result<bool, StoreError> {
        let mut statement = self.conn.prepare_cached("select 1 from attempt where call_id = ?1 and n = ?2")?;
        Ok(statement.exists(params![open.call.as_bytes(), open.attempts])?)
    }

    /// Adds to the totals of the operation, which is its line in the task log.
    pub(super) fn charge_operation(&mut self, id: OperationId, credits: Credits, cost: Usd) -> Result<(), StoreError> {
        self.conn
            .prepare_cached(
                "update operation set credits = credits + ?2, cost_nano = min(cost_nano + ?3, ?4) where id = ?1",
            )?
            .execute(params![id.as_bytes(), credits.0, cost.0, TOTAL_NANO_MAX])?;
        self.touch(Topic::Operations);
        Ok(())
    }
}
