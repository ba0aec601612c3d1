//! A chat in pieces: a line for each, the last with the figures and the reason why it ended.

use crate::lenient::or_null;
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
    error: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default, deserialize_with = "or_null")]
    content: String,
}

impl Fold for Pieces {
    fn add(&mut self, event: &Value) -> Option<()> {
        // What it says of its consumption counts also where its words cannot be read.
        let last = event.as_object().filter(|fields| fields.get("done") == Some(&Value::Bool(true)));
        self.last = last.cloned().or(self.last.take());
        let Piece { message, error } = Piece::deserialize(event).ok()?;
        self.text.push_str(&message.map(|message| message.content).unwrap_or_default());
        self.error = self.error.take().or(error);
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
