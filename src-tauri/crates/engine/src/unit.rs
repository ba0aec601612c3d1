//! The life of one paid unit. Two commits and one call: the first commit leases the unit, holds its worst case and
//! writes "sent"; then the request leaves, with no transaction open; the second stores the result, charges it, writes
//! its records, ends the unit and, with the last one, closes the operation and tells the user. Whatever goes wrong in
//! between leaves a hold that recovery finds.

use crate::door::{Answer, Outcome, Request};
use crate::function::{Output, Prepared, UnitContext, function};
use crate::operation::{close_if_final, likely_usage, release_suspended, unit_context};
use crate::{Engine, EngineError};
use igny8_core::function::output::AnswerError;
use igny8_core::id::CallId;
use igny8_core::model::{Charge, Model, PriceError};
use igny8_core::money::{Credits, Usd};
use igny8_core::port::ProviderError;
use igny8_core::port::models::Retry;
use igny8_core::progress::Progress;
use igny8_core::status::Phase;
use igny8_core::usage::Usage;
use igny8_store::ledger::{HoldRequest, Lease, Related, Release, Settlement};
use igny8_store::table::job::ReadyUnit;
use igny8_store::table::operation::OperationRow;
use igny8_store::{Held, LedgerError, OpenCall, StoreError, Write};
use sha2::{Digest, Sha256};

/// How often one call may be sent: a lost answer is asked for once more under the same hold, then given up.
const SENDS_MAX: u32 = 2;
/// How often a malformed answer is asked for anew, as a call of its own.
const REPAIRS_MAX: u32 = 1;
/// How often a unit may be started. One that ends the process each time must not be tried for ever.
const UNIT_ATTEMPTS_MAX: u32 = 5;

/// All that is known about the unit at hand.
struct Unit {
    ready: ReadyUnit,
    operation: OperationRow,
    context: UnitContext,
    prepared: Prepared,
    hold: Credits,
    credit_price: Usd,
}

/// How entering a unit went.
enum Entered {
    /// Credits are held; the call may be made.
    Go(Held),
    /// Nothing more to do for this unit.
    Ended,
}

/// What to do after a call.
enum Next {
    /// The unit is over, or waits in the queue.
    Leave,
    /// The answer was malformed: once more, as a new call.
    Repair(Lease),
}

impl Engine {
    /// Works on a unit to its end, or back into the queue when the vendor asks to wait.
    pub(crate) async fn run_unit(&self, ready: ReadyUnit) -> Result<(), EngineError> {
        let id = ready.operation;
        let operation = self.store.read(move |r| r.operation(id)).await?;
        let unit = match self.prepare(ready.clone(), operation.clone()).await? {
            Ok(unit) => unit,
            Err(code) => return self.end_unsent(&ready, &operation, code).await,
        };
        let mut entered = self.enter(&unit, None).await?;
        for repairs in 0..=REPAIRS_MAX {
            let Entered::Go(held) = entered else { return Ok(()) };
            self.report_phase(&unit, Phase::AiCall);
            let provider = unit.context.model.provider.clone();
            let outcome = self.door.call(held, &provider, &unit.prepared.request).await;
            match self.conclude(&unit, outcome, repairs < REPAIRS_MAX).await? {
                Next::Leave => break,
                Next::Repair(lease) => entered = self.enter(&unit, Some(lease)).await?,
            }
        }
        Ok(())
    }

    /// Builds the request and prices it. The inner error is the code under which the unit is refused.
    async fn prepare(
        &self,
        ready: ReadyUnit,
        operation: OperationRow,
    ) -> Result<Result<Unit, &'static str>, EngineError> {
        if ready.attempts >= UNIT_ATTEMPTS_MAX {
            return Ok(Err("too_many_attempts"));
        }
        let call = CallId(self.ids.next());
        let (kind, site, model, items) = (operation.function, operation.site, operation.model, ready.items.clone());
        let built = self
            .store
            .read(move |r| {
                let context = unit_context(r, site, r.model(model)?, call)?;
                let prepared = function(kind).prepare(r, &context, &items)?;
                Ok::<_, StoreError>((context, prepared))
            })
            .await;
        let (context, prepared) = match built {
            Ok((context, Some(prepared))) => (context, prepared),
            // Removed meanwhile, by itself or with its sector or site. Other work must not wait for it.
            Ok((_, None)) | Err(StoreError::NotFound) => return Ok(Err("item_gone")),
            Err(error) => return Err(error.into()),
        };
        let hold = match self.price(&context.model, &prepared) {
            Ok((_, worst)) => worst.credits,
            Err(_) => return Ok(Err("unpriced")),
        };
        let credit_price = context.settings.credit_price;
        Ok(Ok(Unit { ready, operation, context, prepared, hold, credit_price }))
    }

    /// Likely and worst price of a prepared unit.
    pub(crate) fn price(&self, model: &Model, prepared: &Prepared) -> Result<(Charge, Charge), EngineError> {
        let priced = match &prepared.request {
            Request::Text(request) => {
                let input = self.door.count_input_tokens(&model.provider, request);
                model
                    .worst_case_text(input, request.max_output_tokens)
                    .and_then(|worst| Ok((model.charge(&likely_usage(input, prepared.expected_output_tokens))?, worst)))
            }
            Request::Image(_) => model.one_image().map(|charge| (charge, charge)),
        };
        priced.map_err(|error| match error {
            PriceError::Unpriced => EngineError::Unpriced(model.display_name.clone()),
            PriceError::OutOfRange => EngineError::InvalidField { field: "price", rule: "range" },
        })
    }

    /// The first commit. With a lease, the unit is ours already and only a new call is held.
    async fn enter(&self, unit: &Unit, lease: Option<Lease>) -> Result<Entered, EngineError> {
        let now = self.clock.now();
        let request = (unit.ready.job, unit.operation.id, unit.context.model.id, unit.hold, fingerprint(unit));
        let (kind, items) = (unit.operation.function, unit.ready.items.clone());
        let call = if lease.is_some() { CallId(self.ids.next()) } else { unit.context.call };
        let (instance, release) = (self.instance, unit.release("outcome_unknown", Usd::ZERO, Usage::default()));
        let entered = self
            .store
            .write(move |w| {
                let (job, operation, model, amount, request_hash) = request;
                let lease = match lease {
                    Some(lease) => lease,
                    None => w.lease(job, instance)?,
                };
                if let Some(open) = w.open_call(lease)? {
                    if open.attempts() >= SENDS_MAX {
                        function(kind).failed(w, &items, release.code, now)?;
                        give_up(w, open, lease, &release, now)?;
                        return Ok(Entered::Ended);
                    }
                    let held = w.resume_hold(lease, now)?;
                    return Ok(held.map_or(Entered::Ended, Entered::Go));
                }
                w.set_operation_phase(operation, Phase::AiCall)?;
                let held = w.hold(&HoldRequest { call, lease, operation, model, amount, request_hash }, now)?;
                Ok::<_, LedgerError>(Entered::Go(held))
            })
            .await;
        match entered {
            Ok(entered) => Ok(entered),
            // Another step took it first, or it was cancelled in between.
            Err(LedgerError::NotFree) => Ok(Entered::Ended),
            Err(LedgerError::InsufficientCredits { .. }) => {
                self.end_for_lack_of_credits(unit, lease).await?;
                Ok(Entered::Ended)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The second commit, or the way back.
    async fn conclude(&self, unit: &Unit, outcome: Outcome, may_repair: bool) -> Result<Next, EngineError> {
        let Outcome { open, result } = outcome;
        let answer = match result {
            Ok(answer) => answer,
            Err(error) => return self.conclude_failure(unit, open, &error).await,
        };
        self.report_phase(unit, Phase::Parse);
        let (usage, provider_request_id) = match &answer {
            Answer::Text(text) => (text.usage, text.provider_request_id.clone()),
            Answer::Image(image) => (image.usage, image.provider_request_id.clone()),
        };
        let charge = unit.context.model.charge(&usage).unwrap_or_default();
        let output = match self.read_answer(unit, answer).await {
            Ok(output) => output,
            Err(code) => {
                let release = unit.release(code, charge.provider_cost, usage);
                return self.conclude_unusable(unit, open, release, may_repair && code == "bad_answer").await;
            }
        };
        self.report_phase(unit, Phase::Save);
        let settlement = Settlement {
            function: unit.operation.function,
            site: unit.operation.site,
            related: unit.prepared.related,
            charge,
            usage,
            credit_price: unit.credit_price,
            provider_request_id,
        };
        self.store_result(unit, open, output, settlement).await?;
        self.report_done(unit).await;
        Ok(Next::Leave)
    }

    /// Stores, charges, records, ends and closes in one commit.
    async fn store_result(
        &self,
        unit: &Unit,
        open: OpenCall,
        output: Output,
        settlement: Settlement,
    ) -> Result<(), EngineError> {
        let now = self.clock.now();
        let (kind, items, context) = (unit.operation.function, unit.ready.items.clone(), unit.context.clone());
        let lease = open.lease();
        let nothing = unit.release("nothing_stored", settlement.charge.provider_cost, settlement.usage);
        let id = unit.operation.id;
        self.store
            .write(move |w| {
                let made = function(kind).save(w, &context, &items, output, now)?;
                if made == 0 {
                    w.release(open, &nothing, now)?;
                    function(kind).failed(w, &items, nothing.code, now)?;
                    fail(w, lease, &nothing, now)?;
                    w.count_unit(id, Err(nothing.code))?;
                } else {
                    w.settle(open, &settlement, now)?;
                    if !w.finish_unit(lease, now)? {
                        return Err(LedgerError::NotFree);
                    }
                    w.count_unit(id, Ok(made))?;
                }
                close_if_final(w, id, now)?;
                Ok(())
            })
            .await?;
        Ok(())
    }

    /// Turns an answer into what can be stored; the error is a code.
    async fn read_answer(&self, unit: &Unit, answer: Answer) -> Result<Output, &'static str> {
        match answer {
            Answer::Text(text) => function(unit.operation.function).parse(&text.text).map_err(|error: AnswerError| {
                tracing::debug!(%error, "an answer was refused");
                "bad_answer"
            }),
            Answer::Image(image) => {
                let (media, format) = (self.media.clone(), unit.context.settings.image_format.into());
                let kept = tokio::task::spawn_blocking(move || media.keep(&image.bytes, format)).await;
                kept.map_err(|_| "media_failed")?.map(Output::Image).map_err(|error| {
                    tracing::warn!(%error, "a picture was not kept");
                    "bad_image"
                })
            }
        }
    }

    async fn conclude_failure(&self, unit: &Unit, open: OpenCall, error: &ProviderError) -> Result<Next, EngineError> {
        let now = self.clock.now();
        if let Retry::After(ms) = error.retry()
            && open.attempts() < SENDS_MAX
        {
            let lease = open.lease();
            let run_at = now.plus_ms(i64::try_from(ms).unwrap_or(i64::MAX));
            let code = error.code();
            self.store
                .write(move |w| {
                    w.suspend(&open, code, now)?;
                    w.requeue_unit(lease, run_at)
                })
                .await?;
            return Ok(Next::Leave);
        }
        let usage = match error {
            ProviderError::CutOff { usage } => *usage,
            ProviderError::NotSent
            | ProviderError::RateLimited { .. }
            | ProviderError::Overloaded
            | ProviderError::Auth
            | ProviderError::Quota
            | ProviderError::UnknownModel
            | ProviderError::Rejected { .. }
            | ProviderError::ContentRefused
            | ProviderError::Unknown
            | ProviderError::BadReply
            | ProviderError::NoSuchProvider => Usage::default(),
        };
        let cost = unit.context.model.charge(&usage).map(|c| c.provider_cost).unwrap_or_default();
        let cost = if usage == Usage::default() { Usd::ZERO } else { cost };
        self.conclude_unusable(unit, open, unit.release(error.code(), cost, usage), false).await
    }

    /// Releases the hold; the unit fails, or stays ours for a repair.
    async fn conclude_unusable(
        &self,
        unit: &Unit,
        open: OpenCall,
        release: Release,
        repair: bool,
    ) -> Result<Next, EngineError> {
        let (now, lease, id) = (self.clock.now(), open.lease(), unit.operation.id);
        let (kind, items) = (unit.operation.function, unit.ready.items.clone());
        self.store
            .write(move |w| {
                w.release(open, &release, now)?;
                if !repair {
                    function(kind).failed(w, &items, release.code, now)?;
                    fail(w, lease, &release, now)?;
                    w.count_unit(id, Err(release.code))?;
                    close_if_final(w, id, now)?;
                }
                Ok::<_, LedgerError>(())
            })
            .await?;
        if repair {
            return Ok(Next::Repair(lease));
        }
        self.report_done(unit).await;
        Ok(Next::Leave)
    }

    /// Ends a unit that never got as far as a hold.
    async fn end_unsent(
        &self,
        ready: &ReadyUnit,
        operation: &OperationRow,
        code: &'static str,
    ) -> Result<(), EngineError> {
        let (now, instance, job) = (self.clock.now(), self.instance, ready.job);
        let (kind, items, id, model) = (operation.function, ready.items.clone(), operation.id, operation.model);
        let release = release_of(operation, Related::None, code, Usd::ZERO, Usage::default(), Usd::ZERO);
        self.store
            .write(move |w| {
                let lease = match w.lease(job, instance) {
                    Err(LedgerError::NotFree) => return Ok(()),
                    lease => lease?,
                };
                w.set_operation_phase(id, Phase::Prep)?;
                if let Some(open) = w.open_call(lease)? {
                    w.release(open, &release, now)?;
                } else {
                    w.refuse(id, model, &release, now)?;
                }
                function(kind).failed(w, &items, code, now)?;
                fail(w, lease, &release, now)?;
                w.count_unit(id, Err(code))?;
                close_if_final(w, id, now)?;
                Ok::<_, LedgerError>(())
            })
            .await?;
        Ok(())
    }

    /// The wallet does not cover this unit: it and all that wait behind it are refused, and the operation ends with
    /// what it has.
    async fn end_for_lack_of_credits(&self, unit: &Unit, lease: Option<Lease>) -> Result<(), EngineError> {
        const CODE: &str = "insufficient_credits";
        let (now, instance, job) = (self.clock.now(), self.instance, unit.ready.job);
        let (id, model) = (unit.operation.id, unit.context.model.id);
        let release = unit.release(CODE, Usd::ZERO, Usage::default());
        self.store
            .write(move |w| {
                let lease = match lease {
                    Some(lease) => lease,
                    None => w.lease(job, instance)?,
                };
                w.set_operation_phase(id, Phase::Prep)?;
                w.refuse(id, model, &release, now)?;
                fail(w, lease, &release, now)?;
                w.count_unit(id, Err(CODE))?;
                release_suspended(w, id, instance, CODE, now)?;
                for _ in 0..w.cancel_ready_units(id, CODE, now)? {
                    w.count_unit(id, Err(CODE))?;
                }
                close_if_final(w, id, now)?;
                Ok::<_, LedgerError>(())
            })
            .await?;
        Ok(())
    }

    fn report_phase(&self, unit: &Unit, phase: Phase) {
        self.report(Progress {
            operation: unit.operation.id,
            site: unit.operation.site,
            function: unit.operation.function,
            phase,
            done: unit.operation.units_done + unit.operation.units_failed,
            total: unit.operation.units_total,
            item: unit.prepared.item.clone(),
            credits: unit.operation.credits,
        });
    }

    /// Reports the finished unit with the operation's new totals.
    async fn report_done(&self, unit: &Unit) {
        let id = unit.operation.id;
        if let Ok(row) = self.store.read(move |r| r.operation(id)).await {
            self.report(Progress {
                operation: row.id,
                site: row.site,
                function: row.function,
                phase: Phase::Done,
                done: row.units_done + row.units_failed,
                total: row.units_total,
                item: unit.prepared.item.clone(),
                credits: row.credits,
            });
        }
    }
}

impl Unit {
    fn release(&self, code: &'static str, cost: Usd, usage: Usage) -> Release {
        release_of(&self.operation, self.prepared.related, code, cost, usage, self.credit_price)
    }
}

fn release_of(
    operation: &OperationRow,
    related: Related,
    code: &'static str,
    cost: Usd,
    usage: Usage,
    credit_price: Usd,
) -> Release {
    Release { function: operation.function, site: operation.site, related, code, cost, usage, credit_price }
}

/// A call whose outcome stayed unknown: released, and the unit failed.
fn give_up(
    write: &mut Write<'_>,
    open: OpenCall,
    lease: Lease,
    release: &Release,
    now: igny8_core::time::UtcMs,
) -> Result<(), LedgerError> {
    let id = open.operation();
    write.release(open, release, now)?;
    fail(write, lease, release, now)?;
    write.count_unit(id, Err(release.code))?;
    close_if_final(write, id, now)?;
    Ok(())
}

/// Ends a unit as failed; a lost lease gives the whole commit up.
fn fail(
    write: &mut Write<'_>,
    lease: Lease,
    release: &Release,
    now: igny8_core::time::UtcMs,
) -> Result<(), LedgerError> {
    if write.fail_unit(lease, release.code, now)? { Ok(()) } else { Err(LedgerError::NotFree) }
}

/// SHA-256 over function, model and input.
fn fingerprint(unit: &Unit) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(unit.operation.function.name());
    hash.update(unit.context.model.id.0.to_be_bytes());
    match &unit.prepared.request {
        Request::Text(request) => {
            hash.update(serde_json::to_vec(&request.input).unwrap_or_default());
            hash.update(&request.system_prompt);
        }
        Request::Image(request) => {
            hash.update(&request.prompt);
            hash.update(request.seed.to_be_bytes());
            hash.update(request.width.to_be_bytes());
            hash.update(request.height.to_be_bytes());
        }
    }
    hash.finalize().into()
}
