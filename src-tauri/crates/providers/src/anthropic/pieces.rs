//! A message in pieces. It begins with what was read; what was written stands beside the reason why it ended, and until then
//! its figures say nothing of the answer.

use crate::stream::Fold;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The status that an error's word has where it comes instead of an answer. Any other leaves open what was done.
const STATUSES: [(&str, u16); 9] = [
    ("invalid_request_error", 400),
    ("authentication_error", 401),
    ("billing_error", 402),
    ("permission_error", 403),
    ("not_found_error", 404),
    ("request_too_large", 413),
    ("rate_limit_error", 429),
    ("timeout_error", 504),
    ("overloaded_error", 529),
];

/// The figure without which those of the end say nothing: at the beginning it is a figure of one, of an answer not yet written.
const WRITTEN: &str = "output_tokens";

/// What has come.
#[derive(Default)]
pub(super) struct Pieces {
    has_begun: bool,
    text: String,
    ends: Option<String>,
    usage: Map<String, Value>,
    /// The figures are those of the end.
    is_counted: bool,
    is_over: bool,
    error: Option<Value>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Event {
    MessageStart {
        message: Start,
    },
    ContentBlockStart {
        content_block: Piece,
    },
    ContentBlockDelta {
        delta: Piece,
    },
    MessageDelta {
        delta: End,
        usage: Option<Map<String, Value>>,
    },
    MessageStop,
    Error {
        error: Value,
    },
    /// A sign of life, the end of a block, and what is new.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Start {
    usage: Option<Map<String, Value>>,
}

/// Text, or thinking and the like, which is none of the answer.
#[derive(Deserialize)]
struct Piece {
    r#type: String,
    text: Option<String>,
}

#[derive(Deserialize)]
struct End {
    stop_reason: Option<String>,
}

impl Pieces {
    /// Later figures stand for earlier ones, unless they are none.
    fn count(&mut self, usage: Option<Map<String, Value>>) {
        self.usage.extend(usage.into_iter().flatten().filter(|(_, figure)| !figure.is_null()));
    }

    fn said(&self) -> Option<&Map<String, Value>> {
        Some(&self.usage).filter(|_| self.is_counted)
    }
}

impl Fold for Pieces {
    fn add(&mut self, event: &Value) -> Option<()> {
        match Event::deserialize(event).ok()? {
            Event::MessageStart { message } => {
                self.has_begun = true;
                self.count(message.usage);
            }
            Event::ContentBlockStart { content_block: piece } | Event::ContentBlockDelta { delta: piece } => {
                if matches!(piece.r#type.as_str(), "text" | "text_delta") {
                    self.text.push_str(&piece.text.unwrap_or_default());
                }
            }
            Event::MessageDelta { delta, usage } => {
                self.ends = delta.stop_reason.or(self.ends.take());
                let written = usage.as_ref().and_then(|usage| usage.get(WRITTEN));
                self.is_counted |= written.is_some_and(|figure| !figure.is_null());
                self.count(usage);
            }
            Event::MessageStop => self.is_over = true,
            Event::Error { error } => self.error = Some(error),
            Event::Other => {}
        }
        Some(())
    }

    fn text(&self) -> &str {
        &self.text
    }

    fn is_over(&self) -> bool {
        self.is_over
    }

    /// Before its first word an error is a refusal like any other; after it the answer broke off.
    fn whole(&self) -> Value {
        match &self.error {
            Some(error) if self.text.is_empty() => json!({ "error": with_status(error) }),
            _ if !self.has_begun => self.remains(),
            error => {
                let ends = self.ends.as_deref().filter(|_| error.is_none());
                let content = json!([{ "type": "text", "text": self.text }]);
                json!({ "content": content, "stop_reason": ends, "usage": self.said() })
            }
        }
    }

    fn remains(&self) -> Value {
        json!({ "usage": self.said() })
    }
}

/// An error with the status under which it would have come.
fn with_status(error: &Value) -> Value {
    let word = error.get("type").and_then(Value::as_str).unwrap_or_default();
    let status = STATUSES.iter().find(|(name, _)| *name == word).map(|(_, status)| *status);
    let fields = error.as_object().cloned().unwrap_or_default();
    fields.into_iter().chain([("code".to_owned(), json!(status))]).collect()
}
