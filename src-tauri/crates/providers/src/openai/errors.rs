//! Where OpenAI's language has its codes.

use crate::codes::Meaning;
use crate::reply::Said;
use crate::wording::{OF_OPENAI, meant};
use serde_json::Value;

/// What a gateway says of a text that a moderator flagged, beside the status of a wrong key: `{"error":{"code":403,"message",
/// "metadata":{"reasons":[…],"flagged_input","provider_name","model_slug"}}}` (openrouter.ai, "Errors and Debugging").
const FLAGGED: [&str; 2] = ["reasons", "flagged_input"];

/// Reads `{"error":{"code","type","param","metadata"}}`, and the same fields without the wrapping, which some servers use; at
/// Google's, in a list of one. At xAI the code stands outside and the error is its message; others have a message or a detail
/// in its place.
pub(super) fn listen(body: &Value) -> Said {
    let body = body.get(0).unwrap_or(body);
    let error = body.get("error").filter(|error| error.is_object()).unwrap_or(body);
    let word = |name: &str| error.get(name).and_then(Value::as_str);
    let message = ["message", "error", "detail"].iter().find_map(|name| word(name)).unwrap_or_default();
    let metadata = error.get("metadata");
    let is_flagged = FLAGGED.iter().any(|name| metadata.and_then(|all| all.get(*name)).is_some_and(is_something));
    let kind = metadata.and_then(|all| all.get("error_type")).and_then(Value::as_str);
    let sentence = word("code").filter(|code| code.contains(' ')).map(as_code);
    Said {
        is_about_the_model: word("param") == Some("model"),
        means: if is_flagged { Some(Meaning::Content) } else { meant(message, OF_OPENAI) },
        ..Said::of([sentence.as_deref().or(word("code")), word("type"), kind])
    }
}

/// A code that is a sentence, as xAI's are, in the form of others.
fn as_code(sentence: &str) -> String {
    sentence.trim_end_matches('.').to_ascii_lowercase().replace(' ', "_")
}

/// Whether a field holds anything.
fn is_something(value: &Value) -> bool {
    match value {
        Value::Array(all) => !all.is_empty(),
        Value::String(text) => !text.is_empty(),
        Value::Null => false,
        _ => true,
    }
}
