//! A chat completion in pieces. Its consumption comes with the last of them, once it is asked for; the reason why it ended
//! comes before.

use crate::stream::Fold;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What a question has beside its fields for a whole answer.
pub(super) fn in_pieces() -> Map<String, Value> {
    let fields = [("stream", json!(true)), ("stream_options", json!({ "include_usage": true }))];
    fields.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()
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
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Chunk {
    id: Option<String>,
    #[serde(default)]
    choices: Vec<Choice>,
    usage: Option<Value>,
    service_tier: Option<Value>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    index: u32,
    delta: Option<Delta>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<String>,
    refusal: Option<String>,
}

impl Fold for Pieces {
    fn add(&mut self, event: &Value) -> Option<()> {
        let Chunk { id, choices, usage, service_tier, error } = Chunk::deserialize(event).ok()?;
        self.id = self.id.take().or(id);
        self.usage = usage.or(self.usage.take());
        self.service_tier = service_tier.or(self.service_tier.take());
        self.error = self.error.take().or(error);
        // Nobody was asked for a second choice.
        for Choice { delta, finish_reason, .. } in choices.into_iter().filter(|choice| choice.index == 0) {
            self.has_choice = true;
            self.ends = finish_reason.or(self.ends.take());
            if let Some(Delta { content, refusal }) = delta {
                self.text.push_str(&content.unwrap_or_default());
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
                })
            }
        }
    }

    fn remains(&self) -> Value {
        json!({ "choices": [], "usage": self.usage, "service_tier": self.service_tier })
    }
}
