//! A chat completion in pieces. Its consumption comes with the last of them, once it is asked for; the reason why it ended
//! comes before.

use super::chat::Content;
use crate::http::Exchange;
use crate::lenient::{if_any, or_null};
use crate::stream::Fold;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What a question has beside its fields for a whole answer.
pub(super) fn in_pieces() -> Map<String, Value> {
    let fields = [("stream", json!(true)), ("stream_options", json!({ "include_usage": true }))];
    fields.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
}

/// Words of a refusal that is about the fields themselves, and not about what else a message has of streams.
const REFUSING: [&str; 11] = [
    "verified to stream",
    "not support",
    "unsupported",
    "not available",
    "unavailable",
    "disabled",
    "unrecognized",
    "unknown",
    "extra",
    "not allowed",
    "not permitted",
];

/// Whether a refusal is about the wish for pieces and not about the rest: it names a field of it as what is wrong, as OpenAI
/// does by `param` and others by the place among what they were sent, or says in words that there are none.
pub(super) fn are_refused(exchange: &Exchange) -> bool {
    let body = exchange.json().filter(|_| matches!(exchange.status, 400 | 422));
    body.is_some_and(|body| is_about_pieces(&body))
}

fn is_about_pieces(body: &Value) -> bool {
    let error = body.get("error").unwrap_or(body);
    if let Some(param) = error.get("param").and_then(Value::as_str) {
        return is_field(param);
    }
    let details = ["detail", "details"].iter().find_map(|name| body.get(*name)?.as_array()).into_iter().flatten();
    let mut places = details.filter_map(|detail| detail.get("loc")?.as_array()).flatten();
    if places.any(|place| place.as_str().is_some_and(is_field)) {
        return true;
    }
    let message = ["message", "detail"].iter().find_map(|name| error.get(*name)?.as_str()).or(error.as_str());
    let message = message.unwrap_or_default().to_ascii_lowercase();
    let mut words = message.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words.any(|word| is_field(word) || word == "streaming") && REFUSING.iter().any(|word| message.contains(word))
}

fn is_field(name: &str) -> bool {
    matches!(name, "stream" | "stream_options" | "include_usage" | "stream_options.include_usage")
}

/// What has come.
#[derive(Default)]
pub(super) struct Pieces {
    id: Option<String>,
    has_choice: bool,
    text: String,
    refusal: String,
    ends: Option<String>,
    usage: Option<Value>,
    service_tier: Option<Value>,
    fingerprint: Option<Value>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Chunk {
    #[serde(default, deserialize_with = "if_any")]
    id: Option<String>,
    #[serde(default, deserialize_with = "or_null")]
    choices: Vec<Choice>,
    usage: Option<Value>,
    service_tier: Option<Value>,
    system_fingerprint: Option<Value>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default, deserialize_with = "or_null")]
    index: u32,
    delta: Option<Delta>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<Content>,
    #[serde(default, deserialize_with = "if_any")]
    refusal: Option<String>,
}

impl Fold for Pieces {
    fn add(&mut self, event: &Value) -> Option<()> {
        let Chunk { id, choices, usage, service_tier, system_fingerprint, error } = Chunk::deserialize(event).ok()?;
        self.id = self.id.take().or(id);
        self.usage = usage.or(self.usage.take());
        self.service_tier = service_tier.or(self.service_tier.take());
        self.fingerprint = system_fingerprint.or(self.fingerprint.take());
        self.error = self.error.take().or(error);
        // Nobody was asked for a second choice.
        for Choice { delta, finish_reason, .. } in choices.into_iter().filter(|choice| choice.index == 0) {
            self.has_choice = true;
            self.ends = finish_reason.or(self.ends.take());
            if let Some(Delta { content, refusal }) = delta {
                self.text.push_str(&content.map(Content::into_text).unwrap_or_default());
                self.refusal.push_str(&refusal.unwrap_or_default());
            }
        }
        Some(())
    }

    fn text(&self) -> &str {
        &self.text
    }

    /// Before its first word an error is a refusal like any other; after it the answer broke off.
    fn whole(&self) -> Value {
        match &self.error {
            Some(error) if self.text.is_empty() => json!({ "error": error }),
            _ if !self.has_choice => self.remains(),
            error => {
                let message = json!({ "content": self.text, "refusal": self.refusal });
                let ends = if error.is_some() { Some("error") } else { self.ends.as_deref() };
                let choices = json!([{ "message": message, "finish_reason": ends }]);
                json!({
                    "id": self.id, "choices": choices, "usage": self.usage, "service_tier": self.service_tier,
                    "system_fingerprint": self.fingerprint,
                })
            }
        }
    }

    fn remains(&self) -> Value {
        json!({ "choices": [], "usage": self.usage, "service_tier": self.service_tier })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_names_the_wish_for_pieces_as_wrong_is_about_it() {
        let said = |message: &str| is_about_pieces(&json!({ "error": { "message": message } }));
        for message in [
            "Your organization must be verified to stream this model.",
            "This model does not support streaming",
            "Unrecognized request argument supplied: stream_options",
            "stream_options: Extra inputs are not permitted",
        ] {
            assert!(said(message), "{message}");
        }
        for message in [
            "Upstream error",
            "max_tokens is too large for a stream",
            "unknown upstream",
            "Write of streams: not allowed?",
        ] {
            assert!(!said(message), "{message}");
        }
        assert!(is_about_pieces(&json!({ "error": { "message": "No.", "param": "stream" } })));
        assert!(!is_about_pieces(&json!({ "error": { "message": "stream: unknown", "param": "model" } })));
        assert!(is_about_pieces(&json!({ "detail": [{ "loc": ["body", "stream_options"], "msg": "Extra inputs" }] })));
        assert!(is_about_pieces(&json!({ "error": "streaming is not supported" })));
    }
}
