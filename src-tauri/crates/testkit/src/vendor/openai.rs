//! OpenAI's language: chat completions, and pictures.

use super::IMAGE_MODEL;
use super::bill::Consumed;
use super::reply::{Kind, Stated};
use super::work::{Asked, Made, Refusal, Task, Wish, Wrapping, put};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

/// A chat completion's request, as far as it is read.
#[derive(Deserialize)]
struct Chat {
    model: String,
    messages: [Message; 2],
    response_format: Option<ResponseFormat>,
    max_completion_tokens: Option<u64>,
    max_tokens: Option<u64>,
}

#[derive(Deserialize)]
struct Message {
    role: String,
    content: String,
}

#[derive(Deserialize)]
struct ResponseFormat {
    r#type: String,
    json_schema: Schema,
}

#[derive(Deserialize)]
struct Schema {
    schema: Value,
}

/// A picture's request. A field more would be one that the newer models refuse.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Generation {
    model: String,
    prompt: String,
    n: u32,
    size: String,
    quality: Option<String>,
    output_format: Option<String>,
}

/// The tiers and formats that the family knows.
const QUALITIES: [&str; 6] = ["low", "medium", "high", "auto", "xhigh", "max"];
const FORMATS: [&str; 3] = ["png", "jpeg", "webp"];

/// The request, from path and body.
pub(super) fn task(path: &str, body: &Value) -> Result<Task, Refusal> {
    match path {
        "/v1/chat/completions" => chat(body).map(Task::Write),
        "/v1/images/generations" => picture(body).map(Task::Paint),
        _ => Err((404, "unknown_url")),
    }
}

fn chat(body: &Value) -> Result<Asked, Refusal> {
    const UNREADABLE: Refusal = (400, "unreadable_request");
    let chat = Chat::deserialize(body).map_err(|_| UNREADABLE)?;
    let [system, user] = chat.messages;
    let is_known = chat.response_format.as_ref().is_none_or(|format| format.r#type == "json_schema");
    if system.role != "system" || user.role != "user" || !is_known {
        return Err(UNREADABLE);
    }
    Ok(Asked {
        model: chat.model,
        system: system.content,
        user: user.content,
        schema: chat.response_format.map(|format| format.json_schema.schema).unwrap_or_default(),
        room: chat.max_completion_tokens.or(chat.max_tokens).ok_or(UNREADABLE)?,
        window: None,
    })
}

fn picture(body: &Value) -> Result<Wish, Refusal> {
    let refused = (400, "unreadable_request");
    let Generation { model, prompt, n, size, quality, output_format } =
        Generation::deserialize(body).map_err(|_| (400, "unknown_parameter"))?;
    let is_known = |word: Option<String>, words: &[&str]| word.is_none_or(|word| words.contains(&word.as_str()));
    if !is_known(quality, &QUALITIES) || !is_known(output_format, &FORMATS) {
        return Err((400, "invalid_value"));
    }
    if model != IMAGE_MODEL {
        return Err((404, "model_not_found"));
    }
    let (width, height) = size.split_once('x').filter(|_| n == 1).ok_or(refused)?;
    let (width, height) = width.parse().ok().zip(height.parse().ok()).ok_or(refused)?;
    Ok(Wish { prompt, width, height })
}

/// The answer.
pub(super) fn wrap(made: &Made, wrapping: &Wrapping<'_>) -> Value {
    let mut answer = match made.kind {
        Kind::Text => {
            let text = String::from_utf8_lossy(&made.bytes);
            let message = match wrapping.declines {
                true => json!({ "role": "assistant", "content": null, "refusal": "I cannot help with that." }),
                false => json!({ "role": "assistant", "content": text, "refusal": null }),
            };
            let choice = json!({ "index": 0, "message": message, "finish_reason": wrapping.ends, "logprobs": null });
            json!({
                "id": "chatcmpl-1", "object": "chat.completion", "created": 1_796_000_000, "model": made.model,
                "choices": [choice],
            })
        }
        Kind::Image => {
            let picture = match &wrapping.url {
                Some(url) => json!({ "url": url }),
                None => json!({ "b64_json": STANDARD.encode(&made.bytes) }),
            };
            json!({ "created": 1_796_000_000, "data": [picture] })
        }
    };
    if wrapping.is_empty {
        put(&mut answer, if made.kind == Kind::Text { "choices" } else { "data" }, json!([]));
    }
    let usage = match wrapping.stated {
        Stated::Plain => whole(made.kind, &made.consumed),
        Stated::InParts => in_parts(made.kind, &made.consumed),
        Stated::Nothing => return answer,
        Stated::As(usage) => usage.clone(),
    };
    put(&mut answer, "usage", usage);
    answer
}

fn whole(kind: Kind, consumed: &Consumed) -> Value {
    let (read, written) = (consumed.prompt, consumed.completion);
    match kind {
        Kind::Text => json!({ "prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written }),
        Kind::Image => json!({ "input_tokens": read, "output_tokens": written, "total_tokens": read + written }),
    }
}

fn in_parts(kind: Kind, consumed: &Consumed) -> Value {
    let mut usage = whole(kind, consumed);
    let read =
        json!({ "cached_tokens": consumed.cached, "cache_write_tokens": consumed.cache_write, "audio_tokens": 0 });
    let written = json!({ "reasoning_tokens": consumed.reasoning, "rejected_prediction_tokens": 0 });
    match kind {
        Kind::Text => {
            put(&mut usage, "prompt_tokens_details", read);
            put(&mut usage, "completion_tokens_details", written);
        }
        Kind::Image => {
            put(&mut usage, "input_tokens_details", json!({ "text_tokens": consumed.prompt, "image_tokens": 0 }));
        }
    }
    usage
}

/// A refusal.
pub(super) fn refusal(code: &str) -> Value {
    json!({ "error": { "message": "Refused.", "type": "invalid_request_error", "param": null, "code": code } })
}
