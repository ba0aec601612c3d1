//! Runware: a list of tasks goes in, and each is known under an id that is ours. A task is taken on at once and asked about
//! until it is done. One that is sent again under its id is not begun anew: the vendor says that it has it, bills it once,
//! and gives the same picture to whoever asks. So a lost answer costs nothing but the time to ask again.
//!
//! It is the one vendor here that says with each picture what it costs. The file is asked for inside the answer, so that
//! nothing has to be fetched from elsewhere; an answer that names an address all the same is understood.

mod errors;

use crate::address::VendorAddress;
use crate::base64;
use crate::buckets::dollars;
use crate::check::Free;
use crate::connection::{Asking, BEARER, Connection, Sending};
use crate::fetch::NoFile;
use crate::http::Exchange;
use crate::lenient::{if_any, or_empty, or_null, whole};
use crate::reply::{accept, refusal, unreadable};
use crate::work::{Work, until_done};
use errors::{IS_KNOWN, Refused, listen};
use igny8_core::id::CallId;
use igny8_core::money::Usd;
use igny8_core::port::models::{FailedCall, ImageAnswer, ImageModel, ImageRequest, ProviderError};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

/// A vendor's image models.
pub struct Runware {
    connection: Connection,
}

/// An answer, as far as it is read.
#[derive(Deserialize)]
struct Tasks {
    #[serde(default, deserialize_with = "or_null")]
    data: Vec<Value>,
    #[serde(default, deserialize_with = "or_empty")]
    errors: Vec<Refused>,
}

/// What is said of one task.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    #[serde(rename = "taskUUID", default, deserialize_with = "if_any")]
    task: Option<String>,
    #[serde(default, deserialize_with = "if_any")]
    status: Option<String>,
    #[serde(rename = "imageURL", default, deserialize_with = "if_any")]
    url: Option<String>,
    #[serde(default, deserialize_with = "if_any")]
    image_base64_data: Option<String>,
    #[serde(rename = "imageDataURI", default, deserialize_with = "if_any")]
    data_uri: Option<String>,
    #[serde(rename = "NSFWContent", default)]
    is_unsafe: Value,
    #[serde(default, deserialize_with = "whole")]
    seed: Option<u64>,
    cost: Option<Value>,
    #[serde(default, deserialize_with = "if_any")]
    error: Option<Refused>,
}

/// A picture that is made, and where it is.
#[derive(Debug)]
struct Painted {
    at: Place,
    seed: Option<u64>,
    usage: Usage,
}

#[derive(Debug)]
enum Place {
    Base64(String),
    Url(String),
}

impl Runware {
    /// A vendor's models over its connection.
    #[must_use]
    pub const fn new(connection: Connection) -> Self {
        Self { connection }
    }

    async fn made(&self, request: &ImageRequest) -> Result<ImageAnswer, ProviderError> {
        let (task, bounds) = (request.call.to_string(), &self.connection.bounds);
        let body = json!([question(request, &task)]);
        let body_bytes_max = bounds.image_bytes_max;
        let sending = Sending {
            url: self.url(),
            call: request.call,
            key: BEARER,
            headers: &[],
            body: &body,
            body_bytes_max,
            streaming: None,
            hangup: &request.hangup,
        };
        let first = taken_on(self.connection.post(sending).await.map_err(|failed| failed.error)?, &task)?;
        let painted = until_done(bounds, &request.hangup, first, || self.asked(&task)).await?;
        self.fetched(painted, &task).await
    }

    /// How far a task is. An answer that is lost says nothing of it.
    async fn asked(&self, task: &str) -> Result<Work<Painted>, ProviderError> {
        let body = json!([{ "taskType": "getResponse", "taskUUID": task }]);
        let body_bytes_max = self.connection.bounds.image_bytes_max;
        let asking = Asking { url: self.url(), key: BEARER, headers: &[], body: Some(&body), body_bytes_max };
        match self.connection.ask(asking).await {
            Ok(exchange) => how_far(exchange, task),
            Err(_) => Ok(Work::UnderWay),
        }
    }

    /// The file of a picture.
    async fn fetched(&self, painted: Painted, task: &str) -> Result<ImageAnswer, ProviderError> {
        let Painted { at, seed, usage } = painted;
        let bytes = match at {
            Place::Base64(text) => base64::file(&text).ok_or(NoFile::Refused),
            Place::Url(url) => self.connection.fetch(&url).await,
        };
        let bytes = bytes.map_err(|failure| match failure {
            NoFile::Refused => ProviderError::CutOff { usage },
            // It is there to be asked for under the same id, for nothing.
            NoFile::Lost => ProviderError::Unknown,
        })?;
        Ok(ImageAnswer { bytes, seed, usage, provider_request_id: Some(task.to_owned()) })
    }

    fn url(&self) -> Url {
        url(&self.connection.address)
    }
}

#[async_trait::async_trait]
impl ImageModel for Runware {
    fn request_id(&self, call: CallId, _: Option<&str>) -> Option<String> {
        Some(call.to_string())
    }

    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        let failed = |error: ProviderError| FailedCall::from(error).known_as(self.request_id(request.call, None));
        self.made(request).await.map_err(failed)
    }
}

fn url(address: &VendorAddress) -> Url {
    address.endpoint_along("v1", "")
}

/// The account, of which nothing is kept: it has no list of models.
pub(crate) fn free(address: &VendorAddress, id: Uuid) -> Free {
    let body = json!([{ "taskType": "accountManagement", "taskUUID": id.to_string(), "operation": "getDetails" }]);
    Free { body: Some(body), is_list: false, ..Free::list(url(address), BEARER, "/data/0", listen) }
}

fn question(request: &ImageRequest, task: &str) -> Value {
    let ask = &request.ask;
    // A size that has a word is asked for by it, and by nothing else.
    let is_by_pixels = ask.size.word.is_empty();
    let mut fields = ask.more.clone();
    let said = [
        ("taskType", Some(json!("imageInference"))),
        ("taskUUID", Some(json!(task))),
        ("model", Some(json!(request.model_name))),
        ("positivePrompt", Some(json!(request.words()))),
        ("negativePrompt", request.negative_field().map(|words| json!(words))),
        ("width", is_by_pixels.then(|| json!(ask.size.width))),
        ("height", is_by_pixels.then(|| json!(ask.size.height))),
        ("resolution", (!is_by_pixels).then(|| json!(ask.size.word))),
        ("numberResults", Some(json!(1))),
        ("outputType", Some(json!("base64Data"))),
        ("outputFormat", (!ask.format.is_empty()).then(|| json!(ask.format))),
        ("outputQuality", ask.quality.parse().ok().map(|quality: u32| json!(quality))),
        ("steps", ask.steps.map(|steps| json!(steps))),
        ("seed", ask.seed.map(|seed| json!(seed))),
        ("includeCost", Some(json!(true))),
        ("deliveryMethod", Some(json!("async"))),
    ];
    fields.extend(said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(fields)
}

/// What the first answer says: the task is taken on, was so before, is done already, or is refused.
fn taken_on(exchange: Exchange, task: &str) -> Result<Work<Painted>, ProviderError> {
    if errors_of(&exchange).iter().any(|error| error.code == IS_KNOWN) {
        return Ok(Work::UnderWay);
    }
    if exchange.is_success()
        && let Some(error) = errors_of(&exchange).first()
    {
        return Err(refusal(&exchange, error.status(), listen));
    }
    let Tasks { data, .. } = accept(exchange, listen, |_: Value| None)?;
    read(&data, task).ok_or_else(|| unreadable(None))?
}

/// What an answer to a question says of a task. One that says nothing of it says nothing.
fn how_far(exchange: Exchange, task: &str) -> Result<Work<Painted>, ProviderError> {
    let of_task = |error: &&Refused| error.task.as_deref() == Some(task) && error.is_of_the_work();
    if let Some(error) = errors_of(&exchange).iter().find(of_task) {
        return Err(error.ended_work());
    }
    match accept::<Tasks, Value>(exchange, listen, |_| None) {
        Ok(Tasks { data, .. }) => read(&data, task).unwrap_or(Ok(Work::UnderWay)),
        Err(_) => Ok(Work::UnderWay),
    }
}

fn errors_of(exchange: &Exchange) -> Vec<Refused> {
    exchange.json().and_then(|body| Tasks::deserialize(body).ok()).map(|tasks| tasks.errors).unwrap_or_default()
}

/// What is said of the task; `None` when nothing is. Two pictures are one too many: the first counts, and both are billed.
fn read(data: &[Value], task: &str) -> Option<Result<Work<Painted>, ProviderError>> {
    let items = data.iter().filter_map(|item| Task::deserialize(item).ok());
    let ours: Vec<Task> = items.filter(|item| item.task.as_deref() == Some(task)).collect();
    let costs: Vec<Usd> = ours.iter().filter_map(|item| item.cost.as_ref().and_then(dollars)).collect();
    let stated_cost = (!costs.is_empty()).then(|| costs.iter().fold(Usd::ZERO, |sum, cost| sum.plus(*cost)));
    let is_cost_unreadable = ours.iter().any(|item| item.cost.as_ref().is_some_and(|said| dollars(said).is_none()));
    let is_estimated = stated_cost.is_none() || is_cost_unreadable;
    let usage = Usage { images: 1, stated_cost, is_cost_unreadable, is_estimated, ..Usage::default() };
    let is_made = |item: &&Task| item.url.is_some() || item.image_base64_data.is_some() || item.data_uri.is_some();
    let Some(made) = ours.iter().find(is_made) else {
        let first = ours.first()?;
        return Some(match (first.status.as_deref(), &first.error) {
            (Some("success"), _) => Err(unreadable(Some(usage))),
            (Some("error"), Some(error)) => Err(error.ended_work()),
            (Some("error"), None) => Err(Refused::default().ended_work()),
            (Some(_) | None, _) => Ok(Work::UnderWay),
        });
    };
    if made.is_unsafe == Value::Bool(true) {
        return Some(Err(ProviderError::ContentRefused { usage }));
    }
    let at = match made {
        Task { image_base64_data: Some(text), .. } => Place::Base64(text.clone()),
        Task { data_uri: Some(text), .. } => Place::Base64(text.clone()),
        Task { url, .. } => Place::Url(url.clone().unwrap_or_default()),
    };
    Some(Ok(Work::Done(Painted { at, seed: made.seed, usage })))
}
