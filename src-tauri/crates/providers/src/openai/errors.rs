//! Where OpenAI's language has its codes.

use crate::reply::Said;
use serde_json::Value;

/// Reads `{"error":{"code","type","param"}}`, and the same fields without the wrapping, which some servers use.
pub(super) fn listen(body: &Value) -> Said {
    let error = body.get("error").filter(|error| error.is_object()).unwrap_or(body);
    let word = |name: &str| error.get(name).and_then(Value::as_str);
    Said { is_about_the_model: word("param") == Some("model"), ..Said::of(["code", "type"].map(word)) }
}
