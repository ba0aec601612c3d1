//! Ollama's own interface. It reads as much of a prompt as it was given room for, and refuses or cuts the rest as it was
//! told.

use super::reply::Stated;
use super::work::{Asked, Made, Refusal, Task, Window, Wrapping, put};
use serde::Deserialize;
use serde_json::{Value, json};

/// A request, as far as it is read. A field more would be one that nobody has thought about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    model: String,
    messages: [Message; 2],
    #[serde(rename = "stream")]
    _stream: bool,
    #[serde(rename = "think")]
    _think: bool,
    format: Value,
    truncate: Option<bool>,
    #[serde(rename = "shift")]
    _shift: Option<bool>,
    /// None, in a list of none.
    #[serde(default, rename = "tools")]
    _tools: [(); 0],
    options: Options,
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    num_ctx: u64,
    num_predict: u64,
}

/// The request, from path and body.
pub(super) fn task(path: &str, body: &Value) -> Result<Task, Refusal> {
    if path != "/api/chat" {
        return Err((404, "404 page not found"));
    }
    const UNREADABLE: Refusal = (400, "invalid request");
    let request = Request::deserialize(body).map_err(|_| UNREADABLE)?;
    let [system, user] = request.messages;
    if system.role != "system" || user.role != "user" {
        return Err(UNREADABLE);
    }
    Ok(Task::Write(Asked {
        model: request.model,
        system: system.content,
        user: user.content,
        schema: request.format,
        room: request.options.num_predict,
        window: Some(Window { tokens: request.options.num_ctx, cuts: request.truncate.unwrap_or(true) }),
    }))
}

/// The answer.
pub(super) fn wrap(made: &Made, wrapping: &Wrapping<'_>) -> Value {
    let text = String::from_utf8_lossy(&made.bytes);
    let content = if wrapping.declines || wrapping.is_empty { "" } else { &*text };
    let mut answer = json!({
        "model": made.model, "created_at": "2026-11-23T04:00:00.123456789Z",
        "message": { "role": "assistant", "content": content }, "done": true,
        "total_duration": 5_191_566_416_u64, "load_duration": 2_154_458, "prompt_eval_duration": 383_809_000,
        "eval_duration": 4_799_921_000_u64,
    });
    if let Some(reason) = wrapping.ends {
        put(&mut answer, "done_reason", json!(reason));
    }
    let said = match wrapping.stated {
        Stated::Plain | Stated::InParts => {
            json!({ "prompt_eval_count": made.consumed.prompt, "eval_count": made.consumed.completion })
        }
        Stated::Nothing => return answer,
        Stated::As(said) => said.clone(),
    };
    for (name, count) in said.as_object().into_iter().flatten() {
        put(&mut answer, name, count.clone());
    }
    answer
}

/// A refusal: words, and nothing else.
pub(super) fn refusal(model: &str, code: &str) -> Value {
    let words = match code {
        "model_not_found" => format!("model '{model}' not found"),
        "context_length_exceeded" => "the input length exceeds the context length".to_owned(),
        other => other.to_owned(),
    };
    json!({ "error": words })
}
