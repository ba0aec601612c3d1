//! The life of one paid unit. Two commits and one call: the first commit leases the unit, holds its worst case and
//! writes "sent"; then the request leaves, with no transaction open; the second stores the result, charges it, writes
//! its records, ends the unit and, with the last one, closes the operation and tells the user. Whatever goes wrong in
//! between leaves a hold that recovery finds. A request that was paid before is answered from the books instead.
//!
//! This file takes a unit in; `asking` says what it asks for, `entering` is the first commit, `reusing` the way round the
//! call, `concluding` the second commit, `repairing` what is asked after an answer that could not be read, `rest` what must
//! be affordable beside a call, `line` how somebody hangs up and `left` what becomes of a unit that was hung up on, `ending` what becomes of units that never got as far as a call, and `unanswered` what becomes
//! of calls that nobody asks about any more.

mod aloud;
mod asking;
mod concluding;
mod ending;
mod entering;
mod left;
mod line;
mod repairing;
mod rest;
mod reusing;
mod unanswered;

pub(crate) use asking::request_hash;
pub(crate) use line::Lines;
pub(crate) use repairing::paid_answer;
pub(crate) use rest::needed_at_once;
pub(crate) use unanswered::{Unanswered, give_back};

pub(crate) use ending::{Cause, Refusal, refuse};

use crate::door::{Door, Request};
use crate::function::{Aim, Failure, Painted, Prepared, UnitContext, Unprepared, related};
use crate::media::StoredMedia;
use crate::operation::{likely_usage, unit_context};
use crate::{Engine, EngineError};
use asking::{Asking, ask};
use igny8_core::hangup::Hangup;
use igny8_core::id::{CallId, ImageId, ModelId};
use igny8_core::model::{Charge, Model, PriceError};
use igny8_core::money::Usd;
use igny8_core::picture::Fit;
use igny8_core::progress::Progress;
use igny8_core::status::Phase;
use igny8_core::time::{CalendarDay, UtcMs};
use igny8_core::usage::Usage;
use igny8_core::usage::most::Most;
use igny8_store::ledger::{Lease, PaidAnswer, Related, Release};
use igny8_store::table::job::ReadyUnit;
use igny8_store::table::operation::OperationRow;
use igny8_store::{Held, Read, StoreError, Write};
use rest::Rest;
use std::borrow::Cow;

/// Of what a model may think with at the most, the part it likely does.
const THINKING_USED_PART: u32 = 4;
/// Why nothing is sent that the model cannot read to its end.
const PROMPT_TOO_LONG: &str = "prompt_too_long";
/// How often a unit may be started. One that ends the process each time must not be tried for ever.
const UNIT_ATTEMPTS_MAX: u32 = 5;

/// All that is known about the unit at hand.
struct Unit {
    ready: ReadyUnit,
    operation: OperationRow,
    context: UnitContext,
    prepared: Prepared,
    /// What the call will likely and what it can at most cost.
    likely: Charge,
    worst: Charge,
    /// The most that its vendor is believed.
    most: Most,
    /// The model by its name, as it is known now: the row that an open call was held under may be older.
    known: Model,
    /// What else has to be affordable before its call.
    rest: Option<Rest>,
    request_hash: [u8; 32],
    /// The record of the paid answer to it, which is of no use wherever the unit gets past it.
    useless: Option<i64>,
    /// What was wrong with the answer that it repairs; empty while it repairs none.
    fault: String,
    /// Whether its operation was cancelled, and nobody waits for its answer any more.
    hangup: Hangup,
    /// When its call was sent last: what it costs may depend on the hour.
    sent_at: UtcMs,
}

/// How entering a unit went.
enum Entered {
    /// Credits are held; the call may be made.
    Go(Held),
    /// Nothing more to do for this unit, or nothing yet: it waits in the queue.
    Ended,
}

/// What to do after a call.
enum Next {
    /// The unit is over, or waits in the queue.
    Leave,
    /// The answer was malformed, and this is what was wrong with it: once more, as a new call.
    Repair(Lease, String),
}

impl Engine {
    /// Works on a unit to its end, or back into the queue when the vendor asks to wait.
    pub(crate) async fn run_unit(&self, ready: ReadyUnit) -> Result<(), EngineError> {
        let _counted = self.unit_at_work();
        let id = ready.operation;
        // Before anything is held: whoever cancels from then on is heard.
        let line = self.lines.join(id);
        let operation = self.store.read(move |r| r.operation(id)).await?;
        let (mut unit, paid) = match self.prepare(ready.clone(), operation.clone(), line.hangup()).await? {
            Ok(prepared) => prepared,
            Err(code) => return self.end_unsent(&ready, &operation, code).await,
        };
        if let Some(paid) = paid
            && self.reuse(&unit, paid).await?
        {
            return Ok(());
        }
        if self.has_ended(&unit) {
            return self.end_refused(&unit, None, Cause::MODEL_ENDED).await;
        }
        let provider = unit.context.model.provider.clone();
        if self.door.take_turn(&provider, self.clock.monotonic_ms()).is_err() {
            // It was not leased: it stays ready, and is found again once the provider is asked again.
            return Ok(());
        }
        let mut entered = self.enter(&unit, None).await?;
        loop {
            let Entered::Go(held) = entered else { return Ok(()) };
            self.report_phase(&unit, Phase::AiCall);
            unit.sent_at = self.clock.now();
            let aloud = self.aloud(&unit);
            let request = aloud.as_ref().map_or(&unit.prepared.request, |aloud| &aloud.request);
            let outcome = self.door.call(held, &provider, request, &unit.hangup).await;
            drop(aloud);
            match self.conclude(&unit, outcome).await? {
                Next::Leave => return Ok(()),
                Next::Repair(lease, fault) => {
                    self.price_anew(&mut unit).await?;
                    if self.has_ended(&unit) {
                        return self.end_refused(&unit, Some(lease), Cause::MODEL_ENDED).await;
                    }
                    if self.ask_for_repair(&mut unit, &fault).is_err() {
                        return self.end_refused(&unit, Some(lease), Cause::UNPRICED).await;
                    }
                    self.await_turn(&provider, &unit.hangup).await;
                    if unit.hangup.has_come() {
                        return self.leave(&unit, lease).await;
                    }
                    entered = self.enter(&unit, Some(lease)).await?;
                }
            }
        }
    }

    /// Whether a unit's model is not there to be asked any more: by the row that it was priced with, or by the one that has
    /// taken its place since, which may be the one that says when it ends.
    fn has_ended(&self, unit: &Unit) -> bool {
        let now = self.clock.now();
        unit.context.model.is_past_its_end(now) || unit.known.has_ended(now)
    }

    /// Takes the model of a unit as it is now, for a call that is held anew.
    async fn price_anew(&self, unit: &mut Unit) -> Result<(), EngineError> {
        let id = unit.context.model.id;
        unit.known = self.store.read(move |r| current(r, id)).await?;
        unit.context.model = unit.known.clone();
        Ok(())
    }

    /// Waits for a turn at a provider, for a unit that is ours already, as long as anybody waits for its answer.
    async fn await_turn(&self, provider: &str, hangup: &Hangup) {
        while let Err(wait_ms) = self.door.take_turn(provider, self.clock.monotonic_ms()) {
            tokio::select! {
                biased;
                () = hangup.came() => return,
                () = self.clock.sleep_ms(wait_ms) => {}
            }
        }
    }

    /// Builds the request, prices it and looks whether it is paid already. The inner error is the code under which the
    /// unit is refused.
    async fn prepare(
        &self,
        ready: ReadyUnit,
        operation: OperationRow,
        hangup: Hangup,
    ) -> Result<Result<(Unit, Option<PaidAnswer>), &'static str>, EngineError> {
        if ready.attempts >= UNIT_ATTEMPTS_MAX {
            return Ok(Err("too_many_attempts"));
        }
        let call = CallId(self.ids.next());
        let (kind, model, job, items) = (operation.function, operation.model, ready.job, ready.items.clone());
        let of = operation.clone();
        let built = self
            .store
            .read(move |r| {
                let known = current(r, model)?;
                let mut context = context_of(r, &of, known.clone(), call)?;
                let Some(mut asking) = ask(r, kind, &mut context, (job, &items[..]))? else { return Ok(None) };
                asking.prepared.related = related(kind, of.is_trial, &items);
                let rest = Rest::of(r, kind, of.run.map(|run| (run, of.site)))?;
                let paid = paid_answer(r, &asking.request_hash)?;
                Ok::<_, Unprepared>(Some((context, asking, known, paid, rest)))
            })
            .await;
        let (context, asking, known, paid, rest) = match built {
            Ok(Some(built)) => built,
            // Removed meanwhile, by itself or with its sector or site. Other work must not wait for it.
            Ok(None) | Err(Unprepared::Store(StoreError::NotFound)) => return Ok(Err("item_gone")),
            Err(Unprepared::Prompt(kind, error)) => {
                tracing::warn!(%kind, %error, "a prompt could not be used");
                return Ok(Err("prompt_failed"));
            }
            Err(Unprepared::Unfit(unfit)) => return Ok(Err(unfit.code())),
            Err(Unprepared::Store(error)) => return Err(error.into()),
        };
        let Asking { prepared, request_hash, fault } = asking;
        if let Request::Text(request) = &prepared.request
            && !self.door.fits(&context.model.provider, request)
        {
            return Ok(Err(PROMPT_TOO_LONG));
        }
        let (likely, worst) = match self.price(&context.model, &prepared) {
            Ok(prices) => prices,
            Err(EngineError::Unpriced { .. }) => return Ok(Err("unpriced")),
            Err(_) => return Ok(Err("price_out_of_range")),
        };
        let most = most(&self.door, &context.model, &prepared);
        let mut unit = Unit {
            ready,
            operation,
            context,
            prepared,
            likely,
            worst,
            most,
            known,
            rest,
            request_hash,
            useless: paid.as_ref().map(|paid| paid.usage_id),
            fault: String::new(),
            hangup,
            sent_at: UtcMs(0),
        };
        match fault.map_or(Ok(()), |fault| self.ask_for_repair(&mut unit, &fault)) {
            Ok(()) => Ok(Ok((unit, paid))),
            Err(_) => Ok(Err("unpriced")),
        }
    }

    /// Likely and worst price of a prepared unit.
    pub(crate) fn price(&self, model: &Model, prepared: &Prepared) -> Result<(Charge, Charge), EngineError> {
        price(&self.door, model, prepared)
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

/// The row that stands for a model now. What was begun with it goes on at the price it has when each of its calls is held.
///
/// # Errors
/// As [`Read::model`].
pub(crate) fn current(read: &Read<'_>, model: ModelId) -> Result<Model, StoreError> {
    let begun = read.model(model)?;
    read.model_named(&begun.provider, &begun.model_name)
}

/// Likely and worst price of a prepared unit.
pub(crate) fn price(door: &Door, model: &Model, prepared: &Prepared) -> Result<(Charge, Charge), EngineError> {
    let priced = match &prepared.request {
        Request::Text(request) => {
            let input = door.count_input_tokens(&model.provider, request);
            let thought = likely_thought(model);
            let likely = likely_usage(input, prepared.expected_output_tokens.saturating_add(thought));
            let worst = model.worst_case_text(input, request.max_output_tokens);
            worst.and_then(|worst| Ok((model.charge(&likely)?, worst)))
        }
        Request::Image(request) => {
            model.one_image_as(&request.ask).and_then(|likely| Ok((likely, model.worst_case_image_as(&request.ask)?)))
        }
    };
    let fitting = priced.and_then(|prices| most(door, model, prepared).check_range(model).map(|()| prices));
    fitting.map_err(|error| match error {
        PriceError::Unpriced => EngineError::unpriced(model),
        PriceError::OutOfRange => EngineError::InvalidField { field: "price", rule: "range" },
    })
}

/// Tokens that a call of a model likely thinks with before it answers.
pub(crate) fn likely_thought(model: &Model) -> u32 {
    model.thinking.tokens / THINKING_USED_PART
}

/// The most a prepared unit's call can consume.
fn most(door: &Door, model: &Model, prepared: &Prepared) -> Most {
    match &prepared.request {
        Request::Text(request) => {
            Most::of_text(door.count_input_tokens(&model.provider, request), request.max_output_tokens)
        }
        Request::Image(_) => Most::of_image(),
    }
}

impl Unit {
    /// The day of an instant where the user lives. Taken when the books are written and not before: between preparing a
    /// unit and holding for it lie a queue, a slow vendor's first answer, or a night's sleep of the laptop.
    fn day(&self, now: UtcMs) -> CalendarDay {
        now.day_in(&self.context.settings.zone)
    }

    /// A kept picture with what it was asked for in. Without a word of its vendor's about the seed it is the one that was
    /// asked for.
    fn painted(&self, media: StoredMedia, seed: Option<u64>) -> Painted {
        match &self.prepared.request {
            Request::Image(request) => Painted { media, made_from: request.words(), seed: seed.or(request.ask.seed) },
            Request::Text(_) => Painted { media, made_from: String::new(), seed },
        }
    }

    /// The size its picture is cut to; `None` where it is kept as it comes.
    fn fit(&self) -> Option<(u32, u32)> {
        match (&self.prepared.request, self.context.model.picture.fit) {
            (Request::Image(request), Fit::Crop) => Some((request.width, request.height)),
            (Request::Image(_), Fit::Keep) | (Request::Text(_), _) => None,
        }
    }

    /// What is booked of what its call consumed, answered at `now`: at the price of its hour, or of its picture's quality.
    fn booked(&self, usage: Usage, now: UtcMs) -> (Charge, Usage) {
        self.priced().charge_at(usage, (self.sent_at, now)).unwrap_or((self.worst, usage))
    }

    /// Its model at the prices of what is asked for.
    fn priced(&self) -> Cow<'_, Model> {
        match &self.prepared.request {
            Request::Image(request) => Cow::Owned(self.context.model.as_asked(&request.ask)),
            Request::Text(_) => Cow::Borrowed(&self.context.model),
        }
    }

    fn failure(&self, code: &'static str) -> Failure {
        Failure { code, is_anew: self.operation.is_anew, is_trial: self.operation.is_trial }
    }

    fn release(&self, code: &'static str, cost: Usd, usage: Usage) -> Release {
        release_of(&self.operation, self.prepared.related, code, cost, usage, self.context.settings.credit_price)
    }
}

/// Notes on a picture the record that says what it cost.
fn link_picture(write: &mut Write<'_>, related: Related, usage: i64) -> Result<(), StoreError> {
    match related {
        Related::Image(id) => write.image_paid_by(ImageId(id), usage),
        Related::None | Related::Cluster(_) | Related::Task(_) | Related::Content(_) => Ok(()),
    }
}

/// What the units of an operation share; a trial has its own wording in it.
pub(crate) fn context_of(
    read: &Read<'_>,
    operation: &OperationRow,
    model: Model,
    call: CallId,
) -> Result<UnitContext, StoreError> {
    let mut context = unit_context(read, operation.site, model, call, aim_of(operation))?;
    context.operation = Some(operation.id);
    if let Some(trial) = read.trial(operation.id)? {
        context.prompts = context.prompts.trying(trial.kind, trial.body);
    }
    Ok(context)
}

const fn aim_of(operation: &OperationRow) -> Aim {
    match (operation.is_trial, operation.is_anew) {
        (true, _) => Aim::Trial,
        (false, true) => Aim::Anew,
        (false, false) => Aim::Waiting,
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
    Release {
        function: operation.function,
        site: operation.site,
        related,
        code,
        cost,
        usage,
        credit_price,
        provider_request_id: None,
    }
}
