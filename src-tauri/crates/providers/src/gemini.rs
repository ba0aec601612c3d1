//! Google's `generateContent`. The answer is asked for in the function's schema, in the words its subset of the language
//! has. A prompt that is blocked comes back without any candidate: a refusal that cost what was read. An answer counts
//! only when it stopped by itself.

mod errors;
mod usage;

use crate::connection::{Connection, KeyHeader, Sending};
use crate::http::{Exchange, is_request_id};
use crate::reply::{accept, unreadable};
use crate::schema::{strict, without_const};
use crate::tokens::{self, Counted};
use errors::listen;
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};
use usage::stated;

/// How the key travels.
const KEY: KeyHeader = KeyHeader("x-goog-api-key", "");
/// Versions of the interface that speak as is spoken here: the one that is asked for, and the one an address may name.
const VERSION: &str = "v1beta";
const NAMED_VERSION: &str = "v1";
/// Reasons why an answer ended that are about its content.
const CONTENT_REASONS: [&str; 8] =
    ["SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "ESCALATION", "MODEL_ARMOR"];

/// A vendor's text models.
pub struct Gemini {
    connection: Connection,
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

/// A part of an answer: text, or thoughts, which are none of the answer.
#[derive(Deserialize)]
struct Part {
    text: Option<String>,
    #[serde(default)]
    thought: bool,
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
    pub const fn new(connection: Connection) -> Self {
        Self { connection }
    }
}

#[async_trait::async_trait]
impl TextModel for Gemini {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_most(request, &schema(request))
    }

    fn thinking_tokens(&self, model_name: &str) -> u32 {
        if thinking(model_name).is_some() { tokens::THINKING_TOKENS } else { 0 }
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let Connection { address, bounds, .. } = &self.connection;
        let version = if address.ends_with(NAMED_VERSION) { NAMED_VERSION } else { VERSION };
        let name = request.model_name.strip_prefix("models/").unwrap_or(&request.model_name);
        let sending = Sending {
            url: address.endpoint_of(version, "models", &format!("{name}:generateContent")),
            call: request.call,
            key: KEY,
            headers: &[],
            body: &question(request),
            body_bytes_max: bounds.text_bytes_max,
        };
        let exchange = self.connection.post(sending).await?;
        let in_header = exchange.request_id();
        match read(exchange, request) {
            Ok((text, usage, id)) => Ok(TextAnswer { text, usage, provider_request_id: in_header.or(id) }),
            Err(error) => Err(FailedCall { error, provider_request_id: in_header }),
        }
    }
}

/// How a model that thinks by itself is told how much; `None` for one that does not. Its thoughts count against the
/// answer's limit.
fn thinking(model_name: &str) -> Option<Value> {
    if model_name.contains("gemini-3") {
        return Some(json!({ "thinkingLevel": "low" }));
    }
    let is_by_budget = model_name.contains("gemini-2.5") && !model_name.contains("lite");
    is_by_budget.then(|| json!({ "thinkingBudget": tokens::THINKING_TOKENS }))
}

fn question(request: &TextRequest) -> Value {
    let mut config = json!({
        "maxOutputTokens": request.max_output_tokens,
        "responseMimeType": "application/json",
        "responseJsonSchema": schema(request),
    });
    if let (Some(thinking), Some(fields)) = (thinking(&request.model_name), config.as_object_mut()) {
        fields.insert("thinkingConfig".to_owned(), thinking);
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
fn read(exchange: Exchange, request: &TextRequest) -> Result<(String, Usage, Option<String>), ProviderError> {
    let remains = |remains: Remains| remains.usage_metadata.as_ref().and_then(stated);
    let answer: Generated = accept(exchange, listen, remains)?;
    let said = answer.usage_metadata.as_ref().and_then(stated);
    let is_blocked = answer.prompt_feedback.is_some_and(|feedback| feedback.block_reason.is_some());
    let Some(candidate) = answer.candidates.into_iter().next() else {
        let usage = said.unwrap_or_default();
        return Err(if is_blocked { ProviderError::ContentRefused { usage } } else { unreadable(said) });
    };
    let parts = candidate.content.unwrap_or_default().parts;
    let text: String = parts.into_iter().filter(|part| !part.thought).filter_map(|part| part.text).collect();
    let usage = said.unwrap_or_else(|| Counted::of(request, &schema(request), &text).usage());
    match candidate.finish_reason.as_deref() {
        Some("STOP") if text.is_empty() => Err(unreadable(said)),
        Some("STOP") => Ok((text, usage, answer.response_id.filter(|id| is_request_id(id)))),
        Some(reason) if CONTENT_REASONS.contains(&reason) => Err(ProviderError::ContentRefused { usage }),
        // Its room, a reason that is none of ours, or no word at all.
        _ => Err(ProviderError::CutOff { usage }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_that_think_are_told_how_much() {
        assert_eq!(thinking("gemini-2.5-pro"), Some(json!({ "thinkingBudget": 8_192 })));
        assert_eq!(thinking("models/gemini-3-pro"), Some(json!({ "thinkingLevel": "low" })));
        for name in ["gemini-2.5-flash-lite", "gemini-2.0-flash", "gemma-3-27b-it", "writer-1"] {
            assert_eq!(thinking(name), None, "{name}");
        }
    }
}
