//! After the call: the second commit, or the way back. An answer in hand has been paid for at the vendor's, so its
//! commit is tried again for a while when the disk refuses it, before the unit is left for recovery.

use super::entering::fail;
use super::{Next, Unit, link_picture};
use crate::door::{Answer, Door, Outcome};
use crate::function::{Failure, Output, failed, function, save};
use crate::media::{MediaError, StoredMedia};
use crate::operation::{close_if_final, release_suspended};
use crate::{Engine, EngineError, books, notices};
use igny8_core::function::output::AnswerError;
use igny8_core::id::{OperationId, RunId};
use igny8_core::model::Model;
use igny8_core::money::{Credits, Usd};
use igny8_core::port::{FailedCall, ProviderError};
use igny8_core::retry::{Retry, Sends};
use igny8_core::status::Phase;
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use igny8_core::usage::most::{Believed, Doubt};
use igny8_store::ledger::{PaidBody, Release, Settlement};
use igny8_store::table::prompt::PromptUse;
use igny8_store::{LedgerError, OpenCall, StoreError, Write};
use std::sync::Arc;
use uuid::Uuid;

/// How often a commit that stores a paid answer is tried while the disk refuses it.
const STORE_TRIES_MAX: u32 = 12;
/// Between two tries: time for somebody to make room, short enough that closing the app does not hang.
const STORE_WAIT_MS: u64 = 5_000;

/// Why work stands still after a call that cost more than was held for it.
const SHORTFALL: &str = "shortfall";

/// Why an answer that nothing could be taken from is not charged.
const NOTHING_STORED: &str = "nothing_stored";

/// A paid answer on its way into the file.
struct PaidResult {
    output: Output,
    body: PaidBody,
    settlement: Settlement,
    /// What the vendor said instead of what is booked, when it was too much to be believed.
    doubt: Option<Doubt>,
    /// Whose words it was asked for with.
    prompts: Vec<PromptUse>,
}

/// Why an answer cannot be used.
struct Unusable {
    code: &'static str,
    /// What its model is told of it; `None` where that would change nothing.
    fault: Option<String>,
}

/// What is put on record of a call that left nothing to be used.
struct Useless {
    release: Release,
    /// What the user should know of what its vendor said.
    doubt: Option<Doubt>,
    /// What had been written when its answer broke off.
    partial: Option<String>,
    /// Until when its vendor asks to be left alone.
    until: Option<UtcMs>,
}

/// Why nothing more is asked of a vendor or a model.
struct Stop {
    instance: Uuid,
    code: &'static str,
    /// Until when it asks to be left alone; `None` where only a person can help.
    until: Option<UtcMs>,
}

/// How far a failure reaches beyond its unit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To all that waits for the same model.
    Model,
    /// To all that waits for the same vendor.
    Vendor,
}

/// What becomes of a unit whose answer cannot be used.
#[derive(Clone, PartialEq, Eq)]
enum Then {
    /// It fails.
    Fail,
    /// It is asked for anew, with what was wrong.
    Repair(String),
    /// It fails, and nothing more is asked of what would fail in the same way without a person.
    Stop(Reach),
}

impl Engine {
    /// The second commit, or the way back.
    pub(super) async fn conclude(&self, unit: &Unit, outcome: Outcome) -> Result<Next, EngineError> {
        let Outcome { open, result } = outcome;
        let answer = match result {
            Ok(answer) => answer,
            Err(failed) => return self.conclude_failure(unit, open, failed).await,
        };
        self.report_phase(unit, Phase::Parse);
        let (said, provider_request_id) = match &answer {
            Answer::Text(text) => (text.usage, text.provider_request_id.clone()),
            Answer::Image(image) => (image.usage, image.provider_request_id.clone()),
        };
        let Believed { usage, doubt } = unit.most.believe(&said, &unit.priced());
        let (charge, usage) = unit.booked(usage, self.clock.now());
        let (output, body) = match self.read_answer(unit, answer).await {
            Ok(read) => read,
            Err(Unusable { code, fault }) => {
                let release = Release { provider_request_id, ..unit.release(code, charge.provider_cost, usage) };
                let may_repair = self.sends_of(&open).await?.leave_a_repair();
                let then = fault.filter(|_| may_repair).map_or(Then::Fail, Then::Repair);
                let useless = Useless { release, doubt, partial: None, until: None };
                return self.conclude_unusable(unit, open, useless, then).await;
            }
        };
        self.report_phase(unit, Phase::Save);
        let settlement = Settlement {
            function: unit.operation.function,
            site: unit.operation.site,
            related: unit.prepared.related,
            charge,
            usage,
            credit_price: unit.context.settings.credit_price,
            provider_request_id,
        };
        let prompts = unit.prepared.prompts.clone();
        self.store_result(unit, open, PaidResult { output, body, settlement, doubt, prompts }).await?;
        self.report_done(unit).await;
        Ok(Next::Leave)
    }

    /// Stores, charges, records, ends and closes in one commit; again while the disk refuses. The same commit a second
    /// time finds its call resolved.
    async fn store_result(&self, unit: &Unit, open: OpenCall, result: PaidResult) -> Result<(), EngineError> {
        let (kind, items, context) = (unit.operation.function, unit.ready.items.clone(), unit.context.clone());
        let (id, run) = (unit.operation.id, unit.operation.run);
        let (failure, settlement) = (unit.failure(NOTHING_STORED), &result.settlement);
        let nothing = Release {
            provider_request_id: settlement.provider_request_id.clone(),
            ..unit.release(NOTHING_STORED, settlement.charge.provider_cost, settlement.usage)
        };
        let shared = Arc::new((open, result, nothing, items, context));
        for tries in 1.. {
            let now = self.clock.now();
            let shared = Arc::clone(&shared);
            let stored = self.store.write_paid(move |w| {
                let (open, result, nothing, items, context) = &*shared;
                let made = save(kind, w, context, items, result.output.clone(), now)?;
                if made == 0 {
                    return end_with_nothing(w, kind, open, items, (nothing, &failure), now);
                }
                let settled = w.settle(open, &result.settlement, now)?;
                w.keep_answer(open, settled.usage_id, &result.body, now)?;
                w.note_prompts(settled.usage_id, &result.prompts)?;
                link_picture(w, result.settlement.related, settled.usage_id)?;
                if !w.finish_unit(open.lease(), now)? {
                    return Err(LedgerError::NotFree);
                }
                w.count_unit(id, Ok(made))?;
                if let Some(doubt) = result.doubt {
                    let booked = (&result.settlement.usage, result.settlement.charge.provider_cost);
                    let of = (open, result.settlement.site);
                    books::tell_doubt(w, of, booked, doubt, now)?;
                }
                if settled.shortfall > Credits::ZERO {
                    let waits = stand_still(w, id, run, now)?;
                    books::tell_shortfall(w, open.call(), result.settlement.site, (settled.shortfall, waits), now)?;
                }
                books::tell_balance(w, now)?;
                close_if_final(w, id, now)?;
                Ok(())
            });
            match stored.await {
                Ok(()) => return Ok(()),
                // A try whose outcome was unknown took place.
                Err(LedgerError::Resolved) if tries > 1 => return Ok(()),
                Err(LedgerError::Store(error)) if tries < STORE_TRIES_MAX && may_pass(&error) => {
                    tracing::warn!(%error, tries, "a paid answer could not be stored yet");
                    self.set_trouble(Some(error));
                    self.clock.sleep_ms(STORE_WAIT_MS).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Turns an answer into what can be stored, and into what is kept of it.
    async fn read_answer(&self, unit: &Unit, answer: Answer) -> Result<(Output, PaidBody), Unusable> {
        match answer {
            Answer::Text(answer) => {
                let asked = unit.operation.function;
                // Cleaning a long article takes longer than others should wait.
                let read = self.off_thread(move || (function(asked).parse(&answer.text), answer.text));
                match read.await.map_err(|_| Unusable { code: "bad_answer", fault: None })? {
                    (Ok(output), text) => Ok((output, PaidBody::Text(text))),
                    (Err(error), _) => {
                        tracing::debug!(%error, "an answer was refused");
                        Err(Unusable { code: "bad_answer", fault: Some(error.fault()) })
                    }
                }
            }
            Answer::Image(image) => {
                let kept = self.keep_picture(unit, image.bytes).await;
                let kept = kept.map_err(|code| Unusable { code, fault: None })?;
                let seed = image.seed;
                let body = PaidBody::Picture {
                    hash: kept.hash.clone(),
                    media_type: kept.media_type.to_owned(),
                    width: kept.width,
                    height: kept.height,
                    bytes: kept.bytes,
                };
                Ok((Output::Image(Box::new(unit.painted(kept, seed))), body))
            }
        }
    }

    /// Puts a picture into the media folder; again while the disk is full, since it has been paid for.
    async fn keep_picture(&self, unit: &Unit, bytes: Vec<u8>) -> Result<StoredMedia, &'static str> {
        let bytes = Arc::new(bytes);
        for tries in 1.. {
            let (media, bytes) = (self.media.clone(), Arc::clone(&bytes));
            let (format, fit) = (unit.context.image_format, unit.fit());
            match self.off_thread(move || media.keep(&bytes, format, fit)).await {
                Ok(Ok(kept)) => return Ok(kept),
                Ok(Err(MediaError::DiskFull)) if tries < STORE_TRIES_MAX => {
                    self.set_trouble(Some(StoreError::DiskFull));
                    self.clock.sleep_ms(STORE_WAIT_MS).await;
                }
                Ok(Err(MediaError::NotAnImage | MediaError::TooLarge)) => return Err("bad_image"),
                Ok(Err(MediaError::DiskFull | MediaError::Io | MediaError::NotFound)) | Err(_) => break,
            }
        }
        Err("media_failed")
    }

    async fn conclude_failure(&self, unit: &Unit, open: OpenCall, failed: FailedCall) -> Result<Next, EngineError> {
        let now = self.clock.now();
        let likely = open.likely().unwrap_or(unit.likely.provider_cost);
        let (Believed { usage, doubt }, cost) = billed_all_the_same(unit, likely, &failed.error, now);
        let until = failed.error.wait_asked_ms().map(|ms| now.plus_ms(i64::try_from(ms).unwrap_or(i64::MAX)));
        if let Some(until) = until {
            self.leave_alone(&unit.context.model.provider, until);
        }
        let sends = self.sends_of(&open).await?;
        let retry = failed.error.retry(sends.ended(&failed.error));
        if unit.is_left(&failed.error, retry != Retry::Never) {
            self.leave_call(unit, open, failed, cost).await?;
            return Ok(Next::Leave);
        }
        let FailedCall { error, provider_request_id, partial } = failed;
        if let Retry::After(ms) = retry {
            let lease = open.lease();
            let run_at = now.plus_ms(i64::try_from(ms).unwrap_or(i64::MAX));
            let code = error.code();
            let (rests, provider) = (error.rests_the_vendor(), unit.context.model.provider.clone());
            if rests {
                self.leave_alone(&provider, run_at);
            }
            self.store
                .write_paid(move |w| {
                    w.suspend(&open, code, provider_request_id.as_deref(), cost, now)?;
                    if let Some(text) = &partial {
                        w.keep_partial(&open, text)?;
                    }
                    if rests {
                        w.note_wait(open.operation(), run_at)?;
                        w.provider_rests(&provider, run_at)?;
                    }
                    w.requeue_unit(lease, run_at)
                })
                .await?;
            return Ok(Next::Leave);
        }
        let then = if error == ProviderError::BadForm && sends.leave_a_repair() {
            Then::Repair(AnswerError::NotJson.fault())
        } else if error.stops_the_vendor() {
            Then::Stop(Reach::Vendor)
        } else if error.stops_the_model() {
            Then::Stop(Reach::Model)
        } else {
            Then::Fail
        };
        let release = Release { provider_request_id, ..unit.release(error.code(), cost, usage) };
        self.conclude_unusable(unit, open, Useless { release, doubt, partial, until }, then).await
    }

    /// How often a call's unit was asked for, the last time among the lost ones: it is not on record yet.
    async fn sends_of(&self, open: &OpenCall) -> Result<Sends, EngineError> {
        let (job, call) = (open.lease().job, open.call());
        Ok(self.store.read(move |r| r.sends(job, call)).await?)
    }

    /// Releases the hold; the unit fails, alone or with all that the same vendor would do, or stays ours for a repair.
    async fn conclude_unusable(
        &self,
        unit: &Unit,
        open: OpenCall,
        useless: Useless,
        then: Then,
    ) -> Result<Next, EngineError> {
        let (now, lease, id) = (self.clock.now(), open.lease(), unit.operation.id);
        let (kind, items) = (unit.operation.function, unit.ready.items.clone());
        let failure = unit.failure(useless.release.code);
        let (model, instance) = (unit.context.model.clone(), self.instance);
        let (door, is_repaired) = (self.door.clone(), matches!(then, Then::Repair(_)));
        let stops = if let Then::Stop(reach) = then { Some(reach) } else { None };
        self.store
            .write_paid(move |w| {
                let Useless { release, doubt, partial, until } = &useless;
                w.release(&open, release, now)?;
                if let Some(text) = partial {
                    w.keep_partial(&open, text)?;
                }
                if let Some(doubt) = *doubt {
                    books::tell_doubt(w, (&open, release.site), (&release.usage, release.cost), doubt, now)?;
                }
                if is_repaired {
                    return Ok(());
                }
                failed(kind, w, &items, &failure, now)?;
                fail(w, lease, release, now)?;
                w.count_unit(id, Err(release.code))?;
                if let Some(until) = *until {
                    w.note_wait(id, until)?;
                    w.provider_rests(&model.provider, until)?;
                }
                if let Some(reach) = stops {
                    notices::tell_vendor(w, &model.provider, release.code, now)?;
                    // Also when nothing waits, or something else failed before: what comes next would ask the same.
                    w.note_stop(id, release.code)?;
                    let stop = Stop { instance, code: release.code, until: *until };
                    stop_asking(w, &door, (&model, reach), &stop, now)?;
                }
                close_if_final(w, id, now)?;
                Ok::<_, LedgerError>(())
            })
            .await?;
        if let Then::Repair(fault) = then {
            return Ok(Next::Repair(lease, fault));
        }
        self.report_done(unit).await;
        Ok(Next::Leave)
    }
}

/// What a failed call consumed, and what its vendor bills for it: what it says itself, or, where nobody knows whether it
/// ran, what it would likely have cost.
fn billed_all_the_same(unit: &Unit, likely: Usd, error: &ProviderError, now: UtcMs) -> (Believed, Usd) {
    let all_of = |usage| Believed { usage, doubt: None };
    let guessed = (all_of(Usage { is_estimated: true, ..Usage::default() }), likely);
    match error {
        ProviderError::CutOff { usage } | ProviderError::PromptCut { usage } | ProviderError::BadReply { usage }
            if *usage == Usage::default() =>
        {
            guessed
        }
        ProviderError::ContentRefused { usage } if *usage == Usage::default() => (all_of(*usage), Usd::ZERO),
        ProviderError::CutOff { usage }
        | ProviderError::PromptCut { usage }
        | ProviderError::BadReply { usage }
        | ProviderError::ContentRefused { usage } => {
            let Believed { usage, doubt } = unit.most.believe(usage, &unit.priced());
            let (charge, usage) = unit.booked(usage, now);
            (Believed { usage, doubt }, charge.provider_cost)
        }
        // It was written, and what it took is kept back with it.
        ProviderError::Unknown | ProviderError::BadForm => guessed,
        ProviderError::NotSent
        | ProviderError::RateLimited { .. }
        | ProviderError::Overloaded { .. }
        | ProviderError::FormRefused
        | ProviderError::Auth
        | ProviderError::NoKey
        | ProviderError::NotAllowed { .. }
        | ProviderError::Quota
        | ProviderError::UnknownModel
        | ProviderError::Rejected { .. }
        | ProviderError::Page
        | ProviderError::NoSuchProvider => (all_of(Usage::default()), Usd::ZERO),
    }
}

/// The answer held nothing that could be stored: nothing is charged for it.
fn end_with_nothing(
    write: &mut Write<'_>,
    kind: igny8_core::function::AiFunction,
    open: &OpenCall,
    items: &[i64],
    (nothing, failure): (&Release, &Failure),
    now: UtcMs,
) -> Result<(), LedgerError> {
    write.release(open, nothing, now)?;
    failed(kind, write, items, failure, now)?;
    fail(write, open.lease(), nothing, now)?;
    write.count_unit(open.operation(), Err(nothing.code))?;
    close_if_final(write, open.operation(), now)?;
    Ok(())
}

/// Nothing more is asked of a vendor that takes no key of ours or has no money left, or of a model that is not there or not
/// for us: what waits for it is left as it was, and did not fail. Each operation that had something waiting is told so once.
fn stop_asking(
    write: &mut Write<'_>,
    door: &Door,
    (model, reach): (&Model, Reach),
    stop: &Stop,
    now: UtcMs,
) -> Result<(), LedgerError> {
    let models = write.models()?;
    // A model's rows are one model at several prices.
    let is_reached =
        |row: &Model| row.provider == model.provider && (reach == Reach::Vendor || row.model_name == model.model_name);
    let theirs = |id| models.iter().any(|row| row.id == id && is_reached(row));
    for operation in write.open_operations()?.into_iter().filter(|operation| theirs(operation.model)) {
        if let Some(until) = stop.until {
            write.note_wait(operation.id, until)?;
        }
        release_suspended(write, door, operation.id, stop.instance, stop.code, now)?;
        if write.cancel_ready_units(operation.id, stop.code, now)? > 0 {
            write.note_stop(operation.id, stop.code)?;
        }
        close_if_final(write, operation.id, now)?;
    }
    Ok(())
}

/// A call cost more than was held for it: its price is not understood, so what waits behind it stands still until somebody
/// lets it go on, and with it the run that it is of. Whether anything waits for that.
fn stand_still(
    write: &mut Write<'_>,
    operation: OperationId,
    run: Option<RunId>,
    now: UtcMs,
) -> Result<bool, StoreError> {
    match run {
        Some(run) => {
            write.pause_run(run, SHORTFALL, now)?;
            Ok(write.run(run)?.stands_still())
        }
        None => {
            write.hold_task(operation, SHORTFALL, now)?;
            write.has_unit_waiting(operation)
        }
    }
}

/// Whether the same commit may go through later.
const fn may_pass(error: &StoreError) -> bool {
    match error {
        StoreError::DiskFull | StoreError::Io(_) | StoreError::OutcomeUnknown(_) | StoreError::Busy => true,
        StoreError::NotFound
        | StoreError::Conflict(_)
        | StoreError::WrongState(_)
        | StoreError::BadQuery(_)
        | StoreError::TooNew { .. }
        | StoreError::Corrupt(_)
        | StoreError::Unreadable(_)
        | StoreError::Statement(_)
        | StoreError::Panicked(_)
        | StoreError::Closed => false,
    }
}
