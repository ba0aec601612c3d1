//! What a ledger is asked to do in a life of work, each thing under an id of its own so that it can be asked again:
//! credits come in, units are leased and held for, results are stored and charged, holds are given back, months turn,
//! limits refuse. For tests that let the disk fail in between and then ask the file what it knows.

use crate::world;
use igny8_core::function::AiFunction;
use igny8_core::id::{CallId, ModelId, OperationId, SiteId, TransferId};
use igny8_core::model::Charge;
use igny8_core::money::{Credits, Usd};
use igny8_core::on_site::BodyForm;
use igny8_core::status::{DestinationKind, ImageFormat, Severity, Trigger};
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use igny8_store::ledger::{Grant, HoldRequest, Lease, PaidBody, Related, Release, Settlement, StandingLimit};
use igny8_store::table::notification::NewNotification;
use igny8_store::table::operation::NewOperation;
use igny8_store::table::site::{NewSite, SiteFields};
use igny8_store::{LedgerError, OpenCall, StoreError, Write};
use std::collections::BTreeMap;
use uuid::Uuid;

/// When everything happens.
pub const NOW: UtcMs = UtcMs(1_796_000_000_000);
/// The site of a prepared file.
const SITE: SiteId = SiteId(1);
/// What an answer is in bytes, and so a few pages of the file.
const ANSWER_BYTES: usize = 8_000;
/// What is asked for: work on many things at once, whose records name none of them.
const FUNCTION: AiFunction = AiFunction::AutoCluster;
/// Of each thousand tokens, which are a credit, those that were read.
const READ: i64 = 200;

/// A paid request, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call(pub u64);

/// One thing that is asked of the ledger. Credits are whole ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// The month's budget.
    Month(&'static str, i64),
    /// Extra credits, by number.
    Extra(u64, i64),
    /// A limit on each day, or none.
    DayLimit(Option<i64>),
    /// Paid work is stopped, or allowed again.
    Stop(bool),
    /// An operation of as many units, by number.
    Open(u64, u32),
    /// A unit of an operation is leased, and its call's worst case held.
    Begin(Call, u64, u32, i64),
    /// A call's result is stored and charged.
    Settle(Call, i64),
    /// A call's hold is given back.
    Release(Call),
    /// A call's answer was lost: it waits for another attempt.
    Suspend(Call),
    /// A unit is refused before anything is held.
    Refuse(u64, u32),
}

/// How an attempt ended whose answer was lost.
const LOST: &str = "outcome_unknown";

/// What an errand is for whoever carries it out.
pub type Work = Box<dyn FnMut(&mut Write<'_>) -> Result<Option<Lease>, LedgerError> + Send>;

/// Who carries errands out: one process, with what it remembers of the calls it has begun.
#[derive(Clone)]
pub struct Clerk {
    instance: Uuid,
    leases: BTreeMap<Call, Lease>,
    units: BTreeMap<Call, (u64, u32)>,
}

impl Clerk {
    /// A process of its own. `script` says which call is about which unit.
    pub fn new(instance: u128, script: &[Vec<Errand>]) -> Self {
        let units = script.iter().flatten().filter_map(|errand| match errand {
            Errand::Begin(call, operation, unit, _) => Some((*call, (*operation, *unit))),
            _ => None,
        });
        Self { instance: Uuid::from_u128(instance), leases: BTreeMap::new(), units: units.collect() }
    }

    /// What a start does first: void what another process held.
    pub fn recovery(&self) -> Work {
        let instance = self.instance;
        Box::new(move |w| Ok(w.void_foreign_leases(instance).map(|_| None)?))
    }

    /// An errand as work for the store.
    pub fn work(&self, errand: &Errand) -> Work {
        let (errand, instance) = (errand.clone(), self.instance);
        let call = errand.call();
        let lease = call.and_then(|call| self.leases.get(&call).copied());
        let unit = call.and_then(|call| self.units.get(&call).copied()).unwrap_or_default();
        Box::new(move |w| carry_out(w, &errand, instance, lease, unit))
    }

    /// Remembers how an errand ended.
    pub fn note(&mut self, errand: &Errand, lease: Option<Lease>) {
        match (errand, lease) {
            (Errand::Begin(call, ..), Some(lease)) => drop(self.leases.insert(*call, lease)),
            (Errand::Suspend(call), _) => drop(self.leases.remove(call)),
            _ => {}
        }
    }
}

impl Errand {
    /// The call it is about.
    pub const fn call(&self) -> Option<Call> {
        match self {
            Self::Begin(call, ..) | Self::Settle(call, _) | Self::Release(call) | Self::Suspend(call) => Some(*call),
            _ => None,
        }
    }
}

impl Call {
    /// Its id.
    pub fn id(self) -> CallId {
        CallId(spaced(0x0C, self.0))
    }
}

/// The id of an operation.
pub fn operation_id(number: u64) -> OperationId {
    OperationId(spaced(0x0B, number))
}

/// The id of extra credits.
pub fn extra_id(number: u64) -> TransferId {
    TransferId(spaced(0x0E, number))
}

/// The last two bytes stay free: ids derived from a call's differ from it there.
fn spaced(kind: u8, number: u64) -> Uuid {
    Uuid::from_u128((u128::from(kind) << 120) | (u128::from(number) << 16))
}

/// A site and the scripted models.
pub fn prepare(w: &mut Write<'_>) -> Result<(), StoreError> {
    let fields = SiteFields {
        name: "Garden".to_owned(),
        url: "https://garden.example".to_owned(),
        user_name: "editor".to_owned(),
        language: "en".to_owned(),
        zone: "UTC".to_owned(),
        brand_color: "#2a6f4b".to_owned(),
        in_article_images: 2,
        image_format: ImageFormat::WebP,
        body_form: BodyForm::Blocks,
        has_contents: false,
        goes_on_by_itself: false,
    };
    let site = w.site_add(&NewSite { kind: DestinationKind::WordPress, is_sample: false, fields }, NOW)?;
    assert_eq!(site, SITE, "the first site of a file");
    for model in world::models(NOW) {
        w.add_model(&model, NOW)?;
    }
    Ok(())
}

fn carry_out(
    w: &mut Write<'_>,
    errand: &Errand,
    instance: Uuid,
    lease: Option<Lease>,
    unit: (u64, u32),
) -> Result<Option<Lease>, LedgerError> {
    match errand {
        Errand::Month(month, credits) => {
            w.grant(&Grant::Monthly { month: (*month).to_owned() }, Credits::whole(*credits), NOW)?;
        }
        Errand::Extra(number, credits) => {
            let grant = Grant::Extra { id: extra_id(*number), memo: "extra".to_owned() };
            w.grant(&grant, Credits::whole(*credits), NOW)?;
        }
        Errand::DayLimit(credits) => w.set_limit(StandingLimit::Day, credits.map(Credits::whole))?,
        Errand::Stop(is_stopped) => w.set_spending_stopped(*is_stopped, NOW)?,
        Errand::Open(number, units) => w.open_operation(&operation(*number, *units, text_model(w)?), NOW)?,
        Errand::Begin(call, number, unit, credits) => {
            let lease = lease_unit(w, (*number, *unit), instance)?;
            let _held = w.hold(&hold(*call, *number, lease, *credits, text_model(w)?), NOW)?;
            return Ok(Some(lease));
        }
        Errand::Settle(call, credits) => {
            let open = take_up(w, lease, unit, instance)?;
            settle(w, &open, *call, *credits, ANSWER_BYTES)?;
        }
        Errand::Release(_) => {
            let open = take_up(w, lease, unit, instance)?;
            w.release(&open, &release("bad_answer"), NOW)?;
            end(w.fail_unit(open.lease(), "bad_answer", NOW)?)?;
            w.count_unit(open.operation(), Err("bad_answer"))?;
            close_if_final(w, open.operation())?;
        }
        Errand::Suspend(_) => {
            let open = take_up(w, lease, unit, instance)?;
            w.suspend(&open, LOST, None, Usd(500), NOW)?;
            end(w.requeue_unit(open.lease(), NOW)?)?;
        }
        Errand::Refuse(number, unit) => {
            let lease = lease_unit(w, (*number, *unit), instance)?;
            let model = text_model(w)?;
            w.refuse(operation_id(*number), model, &release("unpriced"), NOW)?;
            end(w.fail_unit(lease, "unpriced", NOW)?)?;
            w.count_unit(operation_id(*number), Err("unpriced"))?;
            close_if_final(w, operation_id(*number))?;
        }
    }
    Ok(None)
}

/// A result and everything that is written with it, as the engine writes it; its answer has about so many bytes.
pub fn settle(
    w: &mut Write<'_>,
    open: &OpenCall,
    call: Call,
    credits: i64,
    answer_bytes: usize,
) -> Result<(), LedgerError> {
    let settled = w.settle(open, &settlement(call, credits), NOW)?;
    if settled.shortfall > Credits::ZERO {
        tell_shortfall(w, open, settled.shortfall)?;
    }
    w.keep_answer(open, settled.usage_id, &PaidBody::Text("word ".repeat(answer_bytes / 5)), NOW)?;
    end(w.finish_unit(open.lease(), NOW)?)?;
    w.count_unit(open.operation(), Ok(1))?;
    close_if_final(w, open.operation())?;
    Ok(())
}

/// What a call came to: its credits are those of its tokens, and its cost is by the prices of the model.
fn settlement(call: Call, credits: i64) -> Settlement {
    let tokens = |of_thousand: i64| u32::try_from(credits * of_thousand).expect("few tokens");
    let usage = Usage {
        input_tokens: tokens(READ),
        output_tokens: tokens(world::TOKENS_PER_CREDIT - READ),
        ..Usage::default()
    };
    Settlement {
        function: FUNCTION,
        site: SITE,
        related: Related::None,
        charge: Charge { credits: Credits::whole(credits), provider_cost: cost_of(&usage) },
        usage,
        credit_price: Usd(10_000_000),
        provider_request_id: Some(format!("req_{}", call.0)),
    }
}

fn cost_of(usage: &Usage) -> Usd {
    let (read, written) = world::NANO_PER_TOKEN;
    Usd(i64::from(usage.input_tokens) * read + i64::from(usage.output_tokens) * written)
}

/// The notice of what a call cost beyond its hold.
fn tell_shortfall(w: &mut Write<'_>, open: &OpenCall, excess: Credits) -> Result<(), StoreError> {
    let notice = NewNotification {
        notification_type: "credits_shortfall".to_owned(),
        severity: Severity::Warning,
        site: Some(SITE),
        operation: None,
        related_type: "",
        related_id: 0,
        params: BTreeMap::from([("credits", excess.to_string())]),
        dedupe: format!("shortfall:{}", open.call()),
    };
    w.notify(&notice, NOW).map(drop)
}

/// The end of an operation whose last unit has ended, with its notice.
fn close_if_final(w: &mut Write<'_>, id: OperationId) -> Result<(), StoreError> {
    let Some(row) = w.close_operation_if_final(id, NOW)? else { return Ok(()) };
    let (ending, severity) = match (row.units_done, row.units_done == row.units_total) {
        (0, _) => ("failed", Severity::Error),
        (_, true) => ("success", Severity::Success),
        (_, false) => ("partial", Severity::Warning),
    };
    let params = BTreeMap::from([
        ("results", row.results.to_string()),
        ("joined", row.joined.to_string()),
        ("credits", row.credits.to_string()),
        ("units_total", row.units_total.to_string()),
        ("units_done", row.units_done.to_string()),
        ("units_failed", row.units_failed.to_string()),
        ("code", row.error_code.clone()),
        ("is_cancelled", "0".to_owned()),
        ("unanswered", w.unanswered_calls(id)?.to_string()),
        ("until", String::new()),
    ]);
    let notice = NewNotification {
        notification_type: format!("{}_{ending}", FUNCTION.notification_stem()),
        severity,
        site: Some(SITE),
        operation: Some(id),
        related_type: "operation",
        related_id: 0,
        params,
        dedupe: format!("operation:{id}"),
    };
    w.notify(&notice, NOW).map(drop)
}

/// The open call of a unit: under the lease it was begun with, or taken up again by whoever finds it.
fn take_up(w: &mut Write<'_>, lease: Option<Lease>, unit: (u64, u32), instance: Uuid) -> Result<OpenCall, LedgerError> {
    if let Some(lease) = lease {
        return w.open_call(lease)?.ok_or(LedgerError::Resolved);
    }
    let lease = lease_unit(w, unit, instance)?;
    Ok(w.resume_hold(lease, NOW)?.ok_or(LedgerError::NotFree)?.spend())
}

fn lease_unit(w: &mut Write<'_>, (number, unit): (u64, u32), instance: Uuid) -> Result<Lease, LedgerError> {
    let ready = w.ready_units(NOW, &[], usize::MAX)?;
    let found = ready.iter().find(|ready| ready.operation == operation_id(number) && ready.ordinal == unit);
    w.lease(found.ok_or(LedgerError::NotFree)?.job, instance)
}

/// A unit that is no longer ours gives the whole change up.
fn end(is_ours: bool) -> Result<(), LedgerError> {
    if is_ours { Ok(()) } else { Err(LedgerError::NotFree) }
}

/// The scripted text model of a prepared file.
pub fn text_model(w: &Write<'_>) -> Result<ModelId, StoreError> {
    let models = w.models()?;
    let found = models.iter().find(|model| model.provider == world::PROVIDER && model.tokens_per_credit.is_some());
    Ok(found.ok_or(StoreError::NotFound)?.id)
}

/// An operation of as many units of one item each.
pub fn operation(number: u64, units: u32, model: ModelId) -> NewOperation {
    NewOperation {
        id: operation_id(number),
        function: FUNCTION,
        site: SITE,
        model,
        started_by: Trigger::Manual,
        run: None,
        is_anew: false,
        items_total: units,
        units: (1..=i64::from(units)).map(|item| vec![item]).collect(),
    }
}

/// A call's worst case.
pub fn hold(call: Call, operation: u64, lease: Lease, credits: i64, model: ModelId) -> HoldRequest {
    let mut request_hash = [0; 32];
    request_hash[..8].copy_from_slice(&call.0.to_be_bytes());
    HoldRequest {
        call: call.id(),
        lease,
        operation: operation_id(operation),
        model,
        amount: Credits::whole(credits),
        likely: Usd(500),
        request_hash,
        day: NOW.day_in("UTC"),
    }
}

/// An answer that was none, and was billed.
fn release(code: &'static str) -> Release {
    let usage = Usage { input_tokens: 1_000, output_tokens: 2_000, ..Usage::default() };
    Release {
        function: FUNCTION,
        site: SITE,
        related: Related::None,
        code,
        cost: cost_of(&usage),
        usage,
        credit_price: Usd(10_000_000),
        provider_request_id: None,
    }
}
