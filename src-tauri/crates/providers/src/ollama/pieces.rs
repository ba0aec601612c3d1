//! A chat in pieces: a line for each, the last with the figures and the reason why it ended.

use crate::stream::Fold;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A server says in words alone why it goes on no further.
const STATUS: u16 = 500;

/// What has come.
#[derive(Default)]
pub(super) struct Pieces {
    text: String,
    /// All of the last piece but its words.
    last: Option<Map<String, Value>>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Piece {
    message: Option<Message>,
    #[serde(default)]
    done: bool,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    content: String,
}

impl Fold for Pieces {
    fn add(&mut self, event: &Value) -> Option<()> {
        let Piece { message, done, error } = Piece::deserialize(event).ok()?;
        self.text.push_str(&message.map(|message| message.content).unwrap_or_default());
        self.error = self.error.take().or(error);
        if done {
            self.last = event.as_object().cloned();
        }
        Some(())
    }

    fn text(&self) -> &str {
        &self.text
    }

    fn is_over(&self) -> bool {
        self.last.is_some()
    }

    /// Before its first word an error is a refusal like any other; after it the answer broke off.
    fn whole(&self) -> Value {
        if let Some(error) = self.error.as_ref().filter(|_| self.text.is_empty()) {
            return json!({ "error": { "code": STATUS, "message": error } });
        }
        let mut whole = self.last.clone().filter(|_| self.error.is_none()).unwrap_or_default();
        whole.insert("message".to_owned(), json!({ "content": self.text }));
        Value::Object(whole)
    }

    fn remains(&self) -> Value {
        let mut remains = self.last.clone().unwrap_or_default();
        remains.remove("message");
        Value::Object(remains)
    }
}
