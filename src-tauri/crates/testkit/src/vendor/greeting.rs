//! Questions that cost nothing: for the list of models, or for the account where there is no list. An order that nobody
//! made is asked about like any other.

use super::{IMAGE_MODEL, Seen, TEXT_MODEL};
use igny8_core::status::Dialect;
use serde_json::{Value, json};

/// Where Google's models are listed, in each version of its interface.
const GEMINI_LISTS: [&str; 2] = ["/v1beta/models", "/v1/models"];

/// The answer to a question that is for nothing; `None` for a request that is another.
pub(super) fn greeting(dialect: Dialect, seen: &Seen) -> Option<Value> {
    let (path, query) = seen.path.split_once('?').unwrap_or((&seen.path, ""));
    let is_get = seen.method == "GET";
    match dialect {
        Dialect::OpenAi if is_get && path == "/v1/models" => {
            let model =
                |id: &str| json!({ "id": id, "object": "model", "created": 1_700_000_000, "owned_by": "igny8" });
            Some(json!({ "object": "list", "data": [model(TEXT_MODEL), model(IMAGE_MODEL)] }))
        }
        Dialect::Anthropic if is_get && path == "/v1/models" && has_version(seen) && is_page(query, "limit") => {
            let created_at = "2026-01-01T00:00:00Z";
            let model =
                json!({ "type": "model", "id": TEXT_MODEL, "display_name": "Writer 1", "created_at": created_at });
            let (first_id, last_id) = (TEXT_MODEL, TEXT_MODEL);
            Some(json!({ "data": [model], "has_more": false, "first_id": first_id, "last_id": last_id }))
        }
        Dialect::Gemini if is_get && GEMINI_LISTS.contains(&path) && is_page(query, "pageSize") => {
            let model = |name: &str| json!({ "name": format!("models/{name}"), "displayName": name, "version": "1" });
            Some(json!({ "models": [model(TEXT_MODEL), model(IMAGE_MODEL)] }))
        }
        Dialect::Ollama if is_get && path == "/api/tags" => {
            let modified_at = "2026-01-01T00:00:00Z";
            let model = json!({ "name": TEXT_MODEL, "model": TEXT_MODEL, "modified_at": modified_at, "size": 1 });
            Some(json!({ "models": [model] }))
        }
        Dialect::Runware => {
            let task = seen.body.as_array().filter(|tasks| tasks.len() == 1)?.first()?;
            let word = |name: &str| task.get(name).and_then(Value::as_str);
            let is_account = word("taskType") == Some("accountManagement") && word("operation") == Some("getDetails");
            let id = word("taskUUID").filter(|id| is_account && uuid::Uuid::parse_str(id).is_ok())?;
            let details = json!({ "taskType": "accountManagement", "taskUUID": id, "operation": "getDetails" });
            Some(json!({ "data": [details] }))
        }
        Dialect::OpenAi | Dialect::Anthropic | Dialect::Gemini | Dialect::Ollama | Dialect::Bria => None,
    }
}

fn has_version(seen: &Seen) -> bool {
    seen.headers.contains_key("anthropic-version")
}

/// Whether a query asks for nothing but a size of the page, which is at most 1,000.
fn is_page(query: &str, name: &str) -> bool {
    let size = query.strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
    query.is_empty() || size.is_some_and(|size| size.parse().is_ok_and(|size: u32| (1..=1_000).contains(&size)))
}
