//! Bria: a picture is ordered, and its order asked about until it is done. All orders go to one place, which makes them with
//! the vendor's model of the day and is told of none; the catalogue's name for it is ours. The order has an id of the vendor's, which is
//! known from the moment it was accepted; from then on nothing is ordered any more, whatever happens to the answers: an
//! order whose outcome was lost is asked about under its id. Where the answer to the order itself was lost there is no id,
//! and a second attempt is a second order.
//!
//! The address that an order is asked at is built from its id and from the vendor's own address: the one that stands in the
//! answer could lead the key anywhere.

use crate::address::VendorAddress;
use crate::check::Free;
use crate::connection::{Asking, Connection, KeyHeader, Sending};
use crate::fetch::NoFile;
use crate::http::{Exchange, is_request_id};
use crate::lenient::{if_any, whole};
use crate::reply::{Said, accept, unreadable};
use crate::work::{Work, until_done};
use igny8_core::hangup::Hangup;
use igny8_core::id::CallId;
use igny8_core::port::models::{FailedCall, ImageAnswer, ImageModel, ImageRequest, ProviderError};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// How the key travels.
const KEY: KeyHeader = KeyHeader("api_token", "");
/// The version of the interface that is spoken here.
const VERSION: &str = "v2";
/// Where pictures are ordered, below the version.
const GENERATE: &str = "image/generate";
/// The status of an order that was not worked on for its content.
const CONTENT_STATUS: u64 = 422;

/// A vendor's image models.
pub struct Bria {
    connection: Connection,
}

/// An answer, as far as it is read.
///
/// Nothing in it is so needed that another kind of it could hide the word that the work is over: what has no readable picture
/// then is told at once.
#[derive(Deserialize)]
struct Order {
    #[serde(default, deserialize_with = "if_any")]
    request_id: Option<String>,
    #[serde(default, deserialize_with = "if_any")]
    status: Option<String>,
    #[serde(default, deserialize_with = "if_any")]
    result: Option<Made>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Made {
    #[serde(default, deserialize_with = "if_any")]
    image_url: Option<String>,
    #[serde(default, deserialize_with = "whole")]
    seed: Option<u64>,
}

/// A picture that is made: one, at the price of one.
#[derive(Debug)]
struct Painted {
    url: String,
    seed: Option<u64>,
}

/// What one picture consumes. It says so of none; a picture has its price.
const ONE: Usage = Usage {
    input_tokens: 0,
    cached_input_tokens: 0,
    cache_write_tokens: 0,
    output_tokens: 0,
    reasoning_tokens: 0,
    image_input_tokens: 0,
    image_output_tokens: 0,
    images: 1,
    stated_cost: None,
    is_cost_unreadable: false,
    is_estimated: false,
};

impl Bria {
    /// A vendor's models over its connection.
    #[must_use]
    pub const fn new(connection: Connection) -> Self {
        Self { connection }
    }

    /// Orders a picture; answers the order's id and how far it is.
    async fn ordered(&self, request: &ImageRequest) -> Result<(String, Work<Painted>), FailedCall> {
        let Connection { address, bounds, .. } = &self.connection;
        let sending = Sending {
            url: address.endpoint_along(VERSION, place(&request.model_name)),
            call: request.call,
            key: KEY,
            headers: &[],
            body: &question(request),
            body_bytes_max: bounds.text_bytes_max,
            streaming: None,
            hangup: &request.hangup,
        };
        let exchange = self.connection.post(sending).await?;
        let in_header = exchange.request_id();
        let failed = |error: ProviderError| FailedCall::from(error).known_as(in_header.clone());
        let order: Order = accept(exchange, listen, |_: Value| None).map_err(failed)?;
        let named = order.request_id.clone().filter(|id| is_request_id(id));
        let id = named.ok_or_else(|| failed(unreadable(None)))?;
        let work = how_far(order).map_err(|error| FailedCall::from(error).known_as(Some(id.clone())))?;
        Ok((id, work))
    }

    /// Waits until an order is done, and fetches its picture.
    async fn picture(&self, order: &str, work: Work<Painted>, hangup: &Hangup) -> Result<ImageAnswer, ProviderError> {
        let Painted { url, seed } = until_done(&self.connection.bounds, hangup, work, || self.asked(order)).await?;
        let bytes = self.connection.fetch(&url).await.map_err(|failure| match failure {
            NoFile::Refused => ProviderError::CutOff { usage: ONE },
            // It is there to be asked for under the same id, for nothing.
            NoFile::Lost => ProviderError::Unknown,
        })?;
        Ok(ImageAnswer { bytes, seed, usage: ONE, provider_request_id: Some(order.to_owned()) })
    }

    /// How far an order is. An answer that is lost says nothing of it.
    async fn asked(&self, order: &str) -> Result<Work<Painted>, ProviderError> {
        let Connection { address, bounds, .. } = &self.connection;
        let url = address.endpoint_along(VERSION, &format!("status/{order}"));
        let asking = Asking { url, key: KEY, headers: &[], body: None, body_bytes_max: bounds.text_bytes_max };
        match self.connection.ask(asking).await {
            Ok(exchange) => asked(exchange),
            Err(_) => Ok(Work::UnderWay),
        }
    }
}

#[async_trait::async_trait]
impl ImageModel for Bria {
    fn request_id(&self, _: CallId, earlier: Option<&str>) -> Option<String> {
        earlier.filter(|id| is_request_id(id)).map(str::to_owned)
    }

    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        let (order, work) = match request.earlier.clone().filter(|id| is_request_id(id)) {
            Some(earlier) => (earlier, Work::UnderWay),
            None => self.ordered(request).await?,
        };
        let failed = |error: ProviderError| FailedCall::from(error).known_as(Some(order.clone()));
        self.picture(&order, work, &request.hangup).await.map_err(failed)
    }
}

/// An order that nobody made: it has no list of models.
pub(crate) fn free(address: &VendorAddress, id: Uuid) -> Free {
    let url = address.endpoint_along(VERSION, &format!("status/{}", id.simple()));
    Free { is_list: false, is_of_nothing: true, ..Free::list(url, KEY, "/status", listen) }
}

/// Where a model's pictures are ordered. A row that a person named by a path, as those of the vendor's other places are, is
/// ordered there and nowhere else: its price is of there.
fn place(model_name: &str) -> &str {
    if model_name.contains('/') { model_name } else { GENERATE }
}

fn question(request: &ImageRequest) -> Value {
    let ask = &request.ask;
    let mut fields = ask.more.clone();
    let said = [
        ("prompt", Some(json!(request.words()))),
        ("negative_prompt", request.negative_field().map(|words| json!(words))),
        ("aspect_ratio", (!ask.size.word.is_empty()).then(|| json!(ask.size.word))),
        ("steps_num", ask.steps.map(|steps| json!(steps))),
        ("seed", ask.seed.map(|seed| json!(seed))),
        ("sync", Some(json!(false))),
    ];
    fields.extend(said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(fields)
}

/// What an answer about an order says. One that is none of it says nothing.
fn asked(exchange: Exchange) -> Result<Work<Painted>, ProviderError> {
    let order = exchange.is_success().then(|| exchange.json()).flatten().and_then(|body| Order::deserialize(body).ok());
    order.map_or(Ok(Work::UnderWay), how_far)
}

/// How far an order is. One that is accepted has no status yet.
fn how_far(order: Order) -> Result<Work<Painted>, ProviderError> {
    match (order.status.as_deref(), order.result) {
        (Some("ERROR"), _) => Err(failed(order.error.as_ref())),
        (Some("UNKNOWN"), _) => Err(ProviderError::Unknown),
        (Some("COMPLETED") | None, Some(Made { image_url: Some(url), seed })) => Ok(Work::Done(Painted { url, seed })),
        (Some("COMPLETED"), _) | (None, Some(_)) => Err(unreadable(Some(ONE))),
        (Some(_) | None, _) => Ok(Work::UnderWay),
    }
}

/// Why an order was not done. Nothing is billed for it.
fn failed(error: Option<&Value>) -> ProviderError {
    match error.and_then(|error| error.get("code")).and_then(Value::as_u64) {
        Some(CONTENT_STATUS) => ProviderError::ContentRefused { usage: Usage::default() },
        Some(status) => ProviderError::Rejected { reason: format!("http_{status}") },
        None => ProviderError::Rejected { reason: "failed".to_owned() },
    }
}

/// Where it has its codes: `{"error":{"code","message","details"}}`, with the status once more as the code.
fn listen(body: &Value) -> Said {
    let status = body.pointer("/error/code").and_then(Value::as_u64);
    // It is told of no model: a place that is not there is a model that is not.
    let is_about_the_model = status == Some(404);
    Said { is_about_the_model, ..Said::of([(status == Some(CONTENT_STATUS)).then_some("content_filter")]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_is_ordered_where_the_vendor_takes_orders() {
        for name in ["bria-3.2", "painter-1", "image/generate"] {
            assert_eq!(place(name), "image/generate", "{name}");
        }
        assert_eq!(place("image/generate/lite"), "image/generate/lite");
    }
}
