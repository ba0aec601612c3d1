//! What a unit asks for, and how that is told from anything else.
//!
//! A request names more than its items: ideas name the titles that are there already, clusters the names, articles what
//! they could link to. Each of these grows with every sibling that is stored, so that a request which is made anew after
//! its answer was lost would be another one: another call with another hold, for which nothing was lost yet, as often as
//! the unit may be tried. Leaving such names out of the hash is no way: asking again once they are there asks for more,
//! and must not be answered with what is there.
//!
//! So as long as its call is open, a unit's request is made with what it named when it was sent, which is kept with the
//! call. If it comes out as it was, word by word, it is the same request and goes on under its own id and its own hold.
//! If it does not, somebody has changed an item, a prompt or a setting: then it is another wish with a call of its own,
//! made with what is there now. How often the unit was asked for counts on over both.

use super::Unit;
use super::repairing::hash_of;
use crate::door::Request;
use crate::function::{Prepared, UnitContext, Unprepared, function};
use igny8_core::function::AiFunction;
use igny8_core::function::input::Siblings;
use igny8_core::id::JobId;
use igny8_core::model::Model;
use igny8_core::picture::{Ask, Size};
use igny8_store::Read;
use igny8_store::ledger::Asked;
use sha2::{Digest, Sha256};

/// A unit's request.
pub(super) struct Asking {
    pub prepared: Prepared,
    /// Its hash; of a repair, that of what it repairs.
    pub request_hash: [u8; 32],
    /// What was wrong with the answer that its open call repairs.
    pub fault: Option<String>,
}

/// A unit's request: that of its open call with the model as that was held under, as long as it would be made so today, or
/// the one for what is wished now with the model as it was given. `None` when none of its items needs it any more.
pub(super) fn ask(
    read: &Read<'_>,
    kind: AiFunction,
    context: &mut UnitContext,
    (job, items): (JobId, &[i64]),
) -> Result<Option<Asking>, Unprepared> {
    let Some(open) = read.asked(job)? else {
        context.siblings = None;
        return made(read, kind, context, items);
    };
    context.siblings = Some(siblings_of(&open));
    // What it was held under is what it is charged by.
    let of_now = std::mem::replace(&mut context.model, read.model(open.model)?);
    let Some(asking) = made(read, kind, context, items)? else { return Ok(None) };
    if open.request_hash == asking.request_hash {
        return Ok(Some(asking));
    }
    if open.request_hash == hash_of(&asking.request_hash) && !open.fault.is_empty() {
        return Ok(Some(Asking { fault: Some(open.fault), ..asking }));
    }
    (context.siblings, context.model) = (None, of_now);
    made(read, kind, context, items)
}

/// What an open call named. One from before this was kept named it too, and is another request by now.
fn siblings_of(open: &Asked) -> Siblings {
    serde_json::from_str(&open.siblings).unwrap_or_default()
}

fn made(read: &Read<'_>, kind: AiFunction, context: &UnitContext, items: &[i64]) -> Result<Option<Asking>, Unprepared> {
    let prepared = function(kind).prepare(read, context, items)?;
    Ok(prepared.map(|prepared| {
        let request_hash = request_hash(kind, &context.model, &prepared.request);
        Asking { prepared, request_hash, fault: None }
    }))
}

impl Unit {
    /// What has to be kept of its request with its call: what it names, as JSON, and what was wrong with the answer that it
    /// repairs. `None` for a request that can be made again from its items alone.
    pub(super) fn to_keep(&self) -> Option<(String, String)> {
        let siblings = match &self.prepared.request {
            Request::Text(request) => request.input.siblings(),
            Request::Image(_) => Siblings::default(),
        };
        let is_needed = !siblings.is_empty() || !self.fault.is_empty();
        is_needed.then(|| (serde_json::to_string(&siblings).unwrap_or_default(), self.fault.clone()))
    }
}

/// SHA-256 over function, model, prompt and what is wished for. A prompt counts by its words and not by its number: another
/// wording asks another question, and the same words saved again do not. The model counts by its name, not by its price: an
/// answer stays paid when the price changes.
pub(crate) fn request_hash(kind: AiFunction, model: &Model, request: &Request) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(bytes);
    };
    part(kind.name().as_bytes());
    part(model.provider.as_bytes());
    part(model.model_name.as_bytes());
    match request {
        Request::Text(request) => {
            // The prompt of the data is the input once more.
            part(request.system_prompt.as_bytes());
            part(&serde_json::to_vec(&request.input.wish()).unwrap_or_default());
        }
        Request::Image(request) => {
            part(request.prompt.as_bytes());
            part(request.negative_prompt.as_bytes());
            part(format!("{:?}", request.brief).as_bytes());
            part(format!("{}x{} {:?} {}", request.width, request.height, request.format, request.seed).as_bytes());
            // Of a model of which nothing is known, all of its request has been said.
            if request.ask != (Ask { size: Size::of(request.width, request.height), ..Ask::default() }) {
                part(&serde_json::to_vec(&request.ask).unwrap_or_default());
            }
        }
    }
    hash.finalize().into()
}
