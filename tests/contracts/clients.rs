//! Every client there is, and what its answers look like: a dialect's texts, whole or with somebody who listens, or its
//! pictures.

use crate::dialects::models_at;
use crate::vendor::{call, image_request_in, text_request};
use igny8_core::id::CallId;
use igny8_core::live::Listener;
use igny8_core::money::Usd;
use igny8_core::port::models::{FailedCall, ImageRequest, TextRequest};
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use igny8_providers::Bounds;
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{Reply, Stated, Terms, Vendor};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// A client: a dialect's texts, whole or with somebody who listens, or its pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    Text(Dialect),
    Heard(Dialect),
    Picture(Dialect),
}

impl Client {
    pub fn all() -> Vec<Self> {
        let texts = Dialect::OF_TEXTS.iter().flat_map(|dialect| [Self::Text(*dialect), Self::Heard(*dialect)]);
        texts.chain(Dialect::OF_PICTURES.iter().map(|dialect| Self::Picture(*dialect))).collect()
    }

    pub const fn dialect(self) -> Dialect {
        match self {
            Self::Text(dialect) | Self::Heard(dialect) | Self::Picture(dialect) => dialect,
        }
    }

    /// The one that is told the same answers whole.
    pub const fn whole(self) -> Self {
        match self {
            Self::Heard(dialect) => Self::Text(dialect),
            other => other,
        }
    }

    pub async fn ask(self, vendor: &Vendor, reply: Reply, bounds: Bounds) -> Result<Usage, FailedCall> {
        let models = models_at(self.dialect(), &vendor.base_url(), bounds);
        // What is worked on is worked on once under one id.
        let call = match reply {
            Reply::Answer | Reply::Cut(_) | Reply::Stall(_) => CallId(Uuid::from_u128(vendor.seen().len() as u128 + 1)),
            _ => call(),
        };
        vendor.then(reply);
        match self {
            Self::Text(_) | Self::Heard(_) => {
                let listener = matches!(self, Self::Heard(_)).then(|| Listener::new(|_| {}));
                let request = TextRequest { call, listener, ..text_request() };
                models.text.unwrap().complete(&request).await.map(|answer| answer.usage)
            }
            Self::Picture(dialect) => {
                let request = ImageRequest { call, ..image_request_in(dialect) };
                models.image.unwrap().render(&request).await.map(|answer| answer.usage)
            }
        }
    }

    /// A vendor for it that answers at once.
    pub fn vendor(self) -> Vendor {
        let terms = Terms { dialect: self.dialect(), stated: Stated::InParts, is_prompt: true, ..Terms::default() };
        Vendor::start_on(terms, Arc::new(BuiltinText::new()))
    }

    /// A figure that it believes.
    pub fn figure(self) -> Value {
        if self == Self::Picture(Dialect::Runware) { json!(0.04) } else { json!(7_000) }
    }

    /// Whether a usage holds what good figures say.
    pub fn has_figures(self, usage: &Usage) -> bool {
        match self {
            Self::Picture(Dialect::Runware) => usage.stated_cost == Some(Usd(40_000_000)) && usage.images == 1,
            Self::Picture(Dialect::Bria) => usage.images == 1,
            Self::Text(_) | Self::Heard(_) | Self::Picture(_) => usage.tokens() == 14_000,
        }
    }

    /// A whole answer that says this in place of each number of tokens, or of dollars, with its picture at this place.
    pub fn answer(self, text: &str, tokens: &Value, place: &str) -> Value {
        match self.whole() {
            Self::Text(Dialect::OpenAi) => json!({
                "choices": [{ "message": { "content": text }, "finish_reason": "stop" }],
                "usage": { "prompt_tokens": tokens, "completion_tokens": tokens },
            }),
            Self::Text(Dialect::Anthropic) => json!({
                "content": [{ "type": "text", "text": text }], "stop_reason": "end_turn",
                "usage": { "input_tokens": tokens, "output_tokens": tokens },
            }),
            Self::Text(Dialect::Gemini) => json!({
                "candidates": [{ "content": { "parts": [{ "text": text }] }, "finishReason": "STOP" }],
                "usageMetadata": { "promptTokenCount": tokens, "candidatesTokenCount": tokens },
            }),
            Self::Text(Dialect::Ollama) => json!({
                "message": { "role": "assistant", "content": text }, "done": true, "done_reason": "stop",
                "prompt_eval_count": tokens, "eval_count": tokens,
            }),
            Self::Picture(Dialect::OpenAi) => json!({
                "data": [{ "b64_json": "aGVsbG8=" }],
                "usage": { "input_tokens": tokens, "output_tokens": tokens },
            }),
            Self::Picture(Dialect::Gemini) => json!({
                "candidates": [{
                    "content": { "parts": [{ "inlineData": { "mimeType": "image/png", "data": "aGVsbG8=" } }] },
                    "finishReason": "STOP",
                }],
                "usageMetadata": { "promptTokenCount": tokens, "candidatesTokenCount": tokens },
            }),
            Self::Picture(Dialect::Runware) => json!({
                "data": [{
                    "taskType": "imageInference", "taskUUID": call(), "status": "success", "cost": tokens,
                    "imageBase64Data": "aGVsbG8=",
                }],
            }),
            Self::Picture(Dialect::Bria) => json!({
                "request_id": "order-1", "status": "COMPLETED", "result": { "image_url": place },
            }),
            Self::Text(_) | Self::Heard(_) | Self::Picture(_) => panic!("{self:?} is no client"),
        }
    }

    /// What its answers begin with: a list, or the message itself.
    pub fn empty(self) -> Value {
        match self.whole() {
            Self::Text(Dialect::OpenAi) => json!({ "choices": [] }),
            Self::Text(Dialect::Anthropic) => json!({ "content": [], "stop_reason": "end_turn" }),
            Self::Text(Dialect::Gemini) => json!({ "candidates": [] }),
            Self::Text(Dialect::Ollama) => json!({ "message": {}, "done": true, "done_reason": "stop" }),
            Self::Picture(Dialect::OpenAi | Dialect::Runware) => json!({ "data": [] }),
            Self::Picture(Dialect::Gemini) => json!({ "candidates": [] }),
            Self::Picture(_) | Self::Text(_) | Self::Heard(_) => json!({}),
        }
    }

    /// The name of the first field that an answer cannot be without.
    pub const fn field(self) -> &'static str {
        match self.whole() {
            Self::Text(Dialect::OpenAi) => "choices",
            Self::Text(Dialect::Anthropic) => "content",
            Self::Text(Dialect::Gemini) | Self::Picture(Dialect::Gemini) => "candidates",
            Self::Text(Dialect::Ollama) => "message",
            Self::Picture(Dialect::Bria) => "request_id",
            Self::Text(_) | Self::Heard(_) | Self::Picture(_) => "data",
        }
    }
}
