//! Anthropic's Messages.

use super::reply::Stated;
use super::work::{Asked, Made, Refusal, Task, Wrapping, put};
use serde::Deserialize;
use serde_json::{Value, json};

/// Versions of its interface in which what is spoken here is the same: the first, and that of its own library.
const VERSIONS: [&str; 2] = ["2023-06-01", "2026-10-21"];

/// A request, as far as it is read. A field more would be one that nobody has thought about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    model: String,
    max_tokens: u64,
    system: String,
    messages: [Message; 1],
    output_config: OutputConfig,
    #[serde(default, rename = "stream")]
    _stream: bool,
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: String,
}

#[derive(Deserialize)]
struct OutputConfig {
    format: Format,
}

#[derive(Deserialize)]
struct Format {
    r#type: String,
    schema: Value,
}

/// The request, from path and body.
pub(super) fn task(path: &str, version: Option<&String>, body: &Value) -> Result<Task, Refusal> {
    if path != "/v1/messages" {
        return Err((404, "not_found_error"));
    }
    const UNREADABLE: Refusal = (400, "invalid_request_error");
    let request = Request::deserialize(body).map_err(|_| UNREADABLE)?;
    let [message] = request.messages;
    let format = request.output_config.format;
    let is_known = version.is_some_and(|version| VERSIONS.contains(&version.as_str()));
    if !is_known || message.role != "user" || format.r#type != "json_schema" {
        return Err(UNREADABLE);
    }
    Ok(Task::Write(Asked {
        model: request.model,
        system: request.system,
        user: message.content,
        schema: format.schema,
        room: request.max_tokens,
        window: None,
    }))
}

/// The answer.
pub(super) fn wrap(made: &Made, wrapping: &Wrapping<'_>) -> Value {
    let text = String::from_utf8_lossy(&made.bytes);
    let content = match wrapping.declines || wrapping.is_empty {
        true => json!([]),
        false => json!([
            { "type": "thinking", "thinking": "First of all…", "signature": "c2lnbmF0dXJl" },
            { "type": "text", "text": text, "citations": null },
        ]),
    };
    let stop_reason = if wrapping.declines { Some("refusal") } else { wrapping.ends };
    let mut answer = json!({
        "id": "msg_1", "type": "message", "role": "assistant", "model": made.model, "content": content,
        "stop_reason": stop_reason, "stop_sequence": null,
    });
    let usage = match wrapping.stated {
        Stated::Plain => json!({ "input_tokens": made.consumed.prompt, "output_tokens": made.consumed.completion }),
        Stated::InParts => in_parts(made),
        Stated::Nothing => return answer,
        Stated::As(usage) => usage.clone(),
    };
    put(&mut answer, "usage", usage);
    answer
}

fn in_parts(made: &Made) -> Value {
    let consumed = &made.consumed;
    json!({
        "input_tokens": consumed.prompt - consumed.cached - consumed.cache_write,
        "cache_read_input_tokens": consumed.cached,
        "cache_creation_input_tokens": consumed.cache_write,
        "cache_creation": { "ephemeral_5m_input_tokens": consumed.cache_write, "ephemeral_1h_input_tokens": 0 },
        "output_tokens": consumed.completion,
        "output_tokens_details": { "thinking_tokens": consumed.reasoning },
        "server_tool_use": null,
        "service_tier": "standard",
    })
}

/// A refusal.
pub(super) fn refusal(status: u16) -> Value {
    let word = match status {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        500 => "api_error",
        504 => "timeout_error",
        529 => "overloaded_error",
        _ => "invalid_request_error",
    };
    json!({ "type": "error", "error": { "type": word, "message": "Refused." }, "request_id": "req_of_a_refusal" })
}
