//! Idempotency as vendors keep it that do: what was answered under a key is answered again and billed once, and a key that
//! comes with another body is a mistake of the client's. A refusal is no answer; the same may be asked again.

use super::Seen;
use serde_json::Value;
use std::collections::BTreeMap;

/// What came under each key, and what was answered.
#[derive(Default)]
pub(super) struct Keys(BTreeMap<String, Kept>);

struct Kept {
    body: Value,
    answer: Option<Vec<u8>>,
}

/// What a request is to whoever remembers.
pub(super) enum Under {
    /// To be worked on.
    New,
    /// Answered before, in these bytes.
    Again(Vec<u8>),
    /// Something else under a key that was used.
    Misused,
}

impl Keys {
    /// Looks a request's key up, and remembers what came under it.
    pub(super) fn take(&mut self, seen: &Seen) -> Under {
        let kept = self.0.entry(seen.key().to_owned());
        let kept = kept.or_insert_with(|| Kept { body: seen.body.clone(), answer: None });
        match &kept.answer {
            _ if kept.body != seen.body => Under::Misused,
            Some(answer) => Under::Again(answer.clone()),
            None => Under::New,
        }
    }

    /// Remembers what a request was answered.
    pub(super) fn keep(&mut self, seen: &Seen, answer: &[u8]) {
        if let Some(kept) = self.0.get_mut(seen.key()) {
            kept.answer = Some(answer.to_owned());
        }
    }
}
