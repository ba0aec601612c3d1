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
use crate::reply::{accept, unreadable};
use crate::schema::{strict, without_const};
use crate::stream::{Framing, Streaming};
use crate::strictness::{Strictness, is_about_the_schema};
use crate::tokens::{self, Counted};
use errors::listen;
use igny8_core::id::CallId;
use igny8_core::live::Listener;
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest};
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use pieces::Pieces;
use serde::Deserialize;
use serde_json::{Value, json};
use usage::stated;

/// How the key travels.
const KEY: KeyHeader = KeyHeader("x-goog-api-key", "");
/// Versions of the interface that speak as is spoken here: the one that is asked for, and the one an address may name.
const VERSION: &str = "v1beta";
const NAMED_VERSION: &str = "v1";
/// The generation from which on a model is told a level and not a number of tokens.
const LEVELS_FROM: u32 = 3;
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
    #[serde(default)]
    candidates: Vec<Candidate>,
    prompt_feedback: Option<Feedback>,
    usage_metadata: Option<Value>,
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
    #[serde(default)]
    parts: Vec<Part>,
}

/// A part of an answer: text, a file, or thoughts, which are none of the answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Part {
    text: Option<String>,
    #[serde(default)]
    thought: bool,
    inline_data: Option<Inline>,
}

/// A file inside an answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Inline {
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
        (model, call): (&str, CallId),
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
        self.connection.post(Sending { url, call, key: KEY, headers: &[], body, body_bytes_max, streaming }).await
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

    fn thinking_tokens(&self, model_name: &str) -> u32 {
        if thinking(model_name).is_some() { tokens::THINKING_TOKENS } else { 0 }
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let request = &*self.strictness.told(request);
        let most = self.connection.bounds.text_bytes_max;
        let (asked, listener) = ((request.model_name.as_str(), request.call), request.listener.as_ref());
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

/// How a model that thinks by itself is told how much; `None` for one that does not. Its thoughts count against the
/// answer's limit.
fn thinking(model_name: &str) -> Option<Value> {
    if generation(model_name).is_some_and(|generation| generation >= LEVELS_FROM) {
        return Some(json!({ "thinkingLevel": "low" }));
    }
    let is_by_budget = model_name.contains("gemini-2.5") && !model_name.contains("lite");
    is_by_budget.then(|| json!({ "thinkingBudget": tokens::THINKING_TOKENS }))
}

/// The first number of a name such as `gemini-4-argon`; none for what is not of that family.
fn generation(model_name: &str) -> Option<u32> {
    let behind = model_name.split_once("gemini-")?.1;
    let digits = behind.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn question(request: &TextRequest) -> Value {
    let mut config = json!({ "maxOutputTokens": request.max_output_tokens });
    let is_held = !request.schema.is_null();
    let more = [
        is_held.then(|| ("responseMimeType", json!("application/json"))),
        is_held.then(|| ("responseJsonSchema", schema(request))),
        thinking(&request.model_name).map(|thinking| ("thinkingConfig", thinking)),
    ];
    if let Some(fields) = config.as_object_mut() {
        fields.extend(more.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)));
    }
    json!({
        "systemInstruction": { "parts": [{ "text": request.system_prompt }] },
        "contents": [{ "role": "user", "parts": [{ "text": request.user_prompt }] }],
        "generationConfig": config,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_that_think_are_told_how_much() {
        assert_eq!(thinking("gemini-2.5-pro"), Some(json!({ "thinkingBudget": 8_192 })));
        for name in ["models/gemini-3-pro", "gemini-3.8-flash", "gemini-4-argon", "google/gemini-10-pro"] {
            assert_eq!(thinking(name), Some(json!({ "thinkingLevel": "low" })), "{name}");
        }
        for name in ["gemini-pro", "gemini-2.5-flash-lite", "gemini-2.0-flash", "gemma-3-27b-it", "writer-1"] {
            assert_eq!(thinking(name), None, "{name}");
        }
    }
}
