//! Google's `generateContent`. The answer is asked for in the function's schema, in the words its subset of the language
//! has. A prompt that is blocked comes back without any candidate: a refusal that cost what was read. An answer counts
//! only when it stopped by itself.

mod errors;
mod images;
mod pieces;
mod usage;

use crate::address::VendorAddress;
use crate::check::Free;
use crate::connection::{Connection, KeyHeader, Sending};
use crate::http::{Exchange, is_request_id};
use crate::lenient::{if_any, or_null};
use crate::reply::{accept, unreadable};
use crate::schema::{strict, without_const};
use crate::stream::{Framing, Streaming};
use crate::strictness::{Strictness, is_about_the_schema};
use crate::thinking::lay_in;
use crate::tokens::{self, Counted};
use errors::listen;
use igny8_core::hangup::Hangup;
use igny8_core::id::CallId;
use igny8_core::live::Listener;
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest};
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use pieces::Pieces;
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use usage::stated;

/// How the key travels.
const KEY: KeyHeader = KeyHeader("x-goog-api-key", "");
/// Versions of the interface that speak as is spoken here: the one that is asked for, and the one an address may name.
const VERSION: &str = "v1beta";
const NAMED_VERSION: &str = "v1";
/// Reasons why an answer ended that are about its content.
const CONTENT_REASONS: [&str; 12] = [
    "SAFETY",
    "RECITATION",
    "LANGUAGE",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "ESCALATION",
    "MODEL_ARMOR",
    "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT",
    "IMAGE_RECITATION",
    "IMAGE_OTHER",
];

/// A vendor's text and image models.
pub struct Gemini {
    connection: Connection,
    strictness: Strictness,
}

/// An answer, as far as it is read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Generated {
    #[serde(default, deserialize_with = "or_null")]
    candidates: Vec<Candidate>,
    prompt_feedback: Option<Feedback>,
    usage_metadata: Option<Value>,
    #[serde(default, deserialize_with = "if_any")]
    response_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Candidate {
    content: Option<Content>,
    finish_reason: Option<String>,
}

#[derive(Default, Deserialize)]
struct Content {
    #[serde(default, deserialize_with = "or_null")]
    parts: Vec<Part>,
}

/// A part of an answer: text, a file, or thoughts, which are none of the answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    text: Option<String>,
    #[serde(default, deserialize_with = "or_null")]
    thought: bool,
    inline_data: Option<Inline>,
}

/// A file inside an answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inline {
    #[serde(default, deserialize_with = "if_any")]
    mime_type: Option<String>,
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Feedback {
    block_reason: Option<String>,
}

/// What may be readable of an answer that is not as it should be.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remains {
    usage_metadata: Option<Value>,
}

impl Gemini {
    /// A vendor's models over its connection.
    #[must_use]
    pub fn new(connection: Connection) -> Self {
        let strictness = Strictness::of(Dialect::Gemini, &connection.address);
        Self { connection, strictness }
    }

    /// Asks for a whole answer, or for one in pieces where somebody listens.
    async fn post(
        &self,
        (model, call, hangup): (&str, CallId, &Hangup),
        body: &Value,
        body_bytes_max: usize,
        listener: Option<&Listener>,
    ) -> Result<Exchange, FailedCall> {
        let address = &self.connection.address;
        let name = model.strip_prefix("models/").unwrap_or(model);
        let verb = if listener.is_some() { "streamGenerateContent" } else { "generateContent" };
        let mut url = address.endpoint_of(version(address), "models", &format!("{name}:{verb}"));
        if listener.is_some() {
            url.set_query(Some("alt=sse"));
        }
        let streaming =
            listener.map(|listener| Streaming { framing: Framing::Events, fold: Box::<Pieces>::default(), listener });
        let sending = Sending { url, call, key: KEY, headers: &[], body, body_bytes_max, streaming, hangup };
        self.connection.post(sending).await
    }
}

#[async_trait::async_trait]
impl TextModel for Gemini {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_most(&self.strictness.at_most(request), &schema(request))
    }

    fn least_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_least(request)
    }

    fn as_sent<'r>(&self, request: &'r TextRequest) -> Cow<'r, TextRequest> {
        self.strictness.told(request)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let request = &*self.as_sent(request);
        let most = self.connection.bounds.text_bytes_max;
        let asked = (request.model_name.as_str(), request.call, &request.hangup);
        let listener = request.listener.as_ref();
        let exchange = self.post(asked, &question(request), most, listener).await?;
        let (in_header, is_about_it) = (exchange.request_id(), is_about_the_schema(&exchange));
        match read(exchange, request) {
            Ok((text, usage, id)) => Ok(TextAnswer { text, usage, provider_request_id: in_header.or(id) }),
            Err(failed) => Err(self.strictness.learn(request, is_about_it, failed).known_as(in_header)),
        }
    }
}

/// The version that is asked.
fn version(address: &VendorAddress) -> &'static str {
    if address.ends_with(NAMED_VERSION) { NAMED_VERSION } else { VERSION }
}

/// Its models, as many as it lists at once.
pub(crate) fn free(address: &VendorAddress) -> Free {
    let mut url = address.endpoint_below(version(address), "models");
    url.set_query(Some("pageSize=1000"));
    Free::list(url, KEY, "/models", listen)
}

fn question(request: &TextRequest) -> Value {
    let mut config = json!({ "maxOutputTokens": request.max_output_tokens });
    let is_held = !request.schema.is_null();
    let more = [
        is_held.then(|| ("responseMimeType", json!("application/json"))),
        is_held.then(|| ("responseJsonSchema", schema(request))),
    ];
    if let Some(fields) = config.as_object_mut() {
        fields.extend(more.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)));
    }
    let mut question = json!({
        "systemInstruction": { "parts": [{ "text": request.system_prompt }] },
        "contents": [{ "role": "user", "parts": [{ "text": request.user_prompt }] }],
        "generationConfig": config,
    });
    lay_in(&mut question, &request.thinking);
    question
}

fn schema(request: &TextRequest) -> Value {
    without_const(&strict(&request.schema))
}

/// The text of a complete answer, what it took, and the id it bears.
fn read(exchange: Exchange, request: &TextRequest) -> Result<(String, Usage, Option<String>), FailedCall> {
    let remains = |remains: Remains| remains.usage_metadata.as_ref().and_then(stated);
    let answer: Generated = accept(exchange, listen, remains)?;
    let said = answer.usage_metadata.as_ref().and_then(stated);
    let is_blocked = answer.prompt_feedback.is_some_and(|feedback| feedback.block_reason.is_some());
    let Some(candidate) = answer.candidates.into_iter().next() else {
        let usage = said.unwrap_or_default();
        let error = if is_blocked { ProviderError::ContentRefused { usage } } else { unreadable(said) };
        return Err(error.into());
    };
    let parts = candidate.content.unwrap_or_default().parts;
    let text: String = parts.into_iter().filter(|part| !part.thought).filter_map(|part| part.text).collect();
    let usage = said.unwrap_or_else(|| Counted::of(request, &schema(request), &text).usage());
    match candidate.finish_reason.as_deref() {
        Some("STOP") if text.is_empty() => Err(unreadable(said).into()),
        Some("STOP") => Ok((text, usage, answer.response_id.filter(|id| is_request_id(id)))),
        Some(reason) if CONTENT_REASONS.contains(&reason) => Err(ProviderError::ContentRefused { usage }.into()),
        // Its room, a reason that is none of ours, or no word at all.
        _ => Err(FailedCall::from(ProviderError::CutOff { usage }).after(&text)),
    }
}
