//! An answer in pieces: each is a whole answer of its shape with the next words in it, and figures for all so far.

use super::{Candidate, Generated};
use crate::stream::Fold;
use serde::Deserialize;
use serde_json::{Value, json};

/// What has come.
#[derive(Default)]
pub(super) struct Pieces {
    id: Option<String>,
    has_candidate: bool,
    text: String,
    ends: Option<String>,
    block_reason: Option<String>,
    usage: Option<Value>,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Failed {
    error: Option<Value>,
}

impl Fold for Pieces {
    fn add(&mut self, event: &Value) -> Option<()> {
        let Failed { error } = Failed::deserialize(event).ok()?;
        self.error = self.error.take().or(error);
        let Generated { candidates, prompt_feedback, usage_metadata, response_id } =
            Generated::deserialize(event).ok()?;
        self.id = self.id.take().or(response_id);
        self.usage = usage_metadata.or(self.usage.take());
        self.block_reason = self.block_reason.take().or(prompt_feedback.and_then(|feedback| feedback.block_reason));
        // Nobody was asked for a second candidate.
        if let Some(Candidate { content, finish_reason }) = candidates.into_iter().next() {
            self.has_candidate = true;
            self.ends = finish_reason.or(self.ends.take());
            let parts = content.unwrap_or_default().parts;
            self.text.extend(parts.into_iter().filter(|part| !part.thought).filter_map(|part| part.text));
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
            error => {
                let ends = self.ends.as_deref().filter(|_| error.is_none());
                let candidate = json!({ "content": { "parts": [{ "text": self.text }] }, "finishReason": ends });
                json!({
                    "candidates": self.has_candidate.then_some(candidate).into_iter().collect::<Vec<_>>(),
                    "promptFeedback": { "blockReason": self.block_reason },
                    "usageMetadata": self.usage,
                    "responseId": self.id,
                })
            }
        }
    }

    fn remains(&self) -> Value {
        json!({ "usageMetadata": self.usage })
    }
}
