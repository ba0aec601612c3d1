//! A proper answer in pieces: the whole one, told as its dialect tells it while it is written.

use super::Seen;
use super::work::put;
use igny8_core::status::Dialect;
use serde_json::{Value, json};

/// Characters of a piece: few, so that an answer has many.
const PIECE_CHARS: usize = 24;

/// Whether a request asks for its answer in pieces.
pub(super) fn are_asked_for(dialect: Dialect, seen: &Seen) -> bool {
    match dialect {
        Dialect::Gemini => seen.path.ends_with(":streamGenerateContent?alt=sse"),
        Dialect::OpenAi | Dialect::Anthropic | Dialect::Ollama => seen.body.get("stream") == Some(&Value::Bool(true)),
        Dialect::Runware | Dialect::Bria => false,
    }
}

/// The kind of body that pieces are.
pub(super) const fn content_type(dialect: Dialect) -> &'static str {
    if matches!(dialect, Dialect::Ollama) { "application/x-ndjson" } else { "text/event-stream" }
}

/// The pieces of an answer, as they are sent.
pub(super) fn of(dialect: Dialect, whole: &Value, seen: &Seen) -> Vec<String> {
    match dialect {
        Dialect::OpenAi => {
            openai(whole, seen.body.pointer("/stream_options/include_usage") == Some(&Value::Bool(true)))
        }
        Dialect::Anthropic => anthropic(whole),
        Dialect::Gemini => gemini(whole),
        Dialect::Ollama => ollama(whole),
        Dialect::Runware | Dialect::Bria => Vec::new(),
    }
}

fn openai(whole: &Value, with_usage: bool) -> Vec<String> {
    let chunk = |choices: Value, usage: &Value| {
        let chunk = json!({
            "id": whole.get("id"), "object": "chat.completion.chunk", "created": whole.get("created"),
            "model": whole.get("model"),
            "choices": choices, "usage": usage,
        });
        event(&chunk)
    };
    let delta = |delta: Value, ends: &Value| {
        chunk(json!([{ "index": 0, "delta": delta, "finish_reason": ends, "logprobs": null }]), &Value::Null)
    };
    let mut pieces = Vec::new();
    if let Some(choice) = whole.pointer("/choices/0") {
        pieces.push(delta(json!({ "role": "assistant", "content": "", "refusal": null }), &Value::Null));
        for field in ["content", "refusal"] {
            let parts = parts(choice.pointer(&format!("/message/{field}"))).into_iter();
            pieces.extend(parts.map(|part| delta(json!({ field: part }), &Value::Null)));
        }
        if let Some(ends) = choice.get("finish_reason").filter(|ends| !ends.is_null()) {
            pieces.push(delta(json!({}), ends));
        }
    }
    if let Some(usage) = whole.get("usage").filter(|_| with_usage) {
        pieces.push(chunk(json!([]), usage));
    }
    pieces.push("data: [DONE]\n\n".to_owned());
    pieces
}

fn anthropic(whole: &Value) -> Vec<String> {
    let named = |event: Value| {
        let name = event.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        format!("event: {name}\ndata: {event}\n\n")
    };
    let mut begun = whole.clone();
    put(&mut begun, "content", json!([]));
    put(&mut begun, "stop_reason", Value::Null);
    // A figure that stands there and says nothing yet.
    change(&mut begun, "/usage/output_tokens", json!(1));
    let mut pieces =
        vec![named(json!({ "type": "message_start", "message": begun })), named(json!({ "type": "ping" }))];
    for (index, block) in whole.get("content").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let is_text = block.get("type") == Some(&json!("text"));
        let (field, kind) = if is_text { ("text", "text_delta") } else { ("thinking", "thinking_delta") };
        let start = json!({ "type": block.get("type"), field: "" });
        pieces.push(named(json!({ "type": "content_block_start", "index": index, "content_block": start })));
        pieces.extend(parts(block.get(field)).into_iter().map(|part| {
            let delta = json!({ "type": kind, field: part });
            named(json!({ "type": "content_block_delta", "index": index, "delta": delta }))
        }));
        pieces.push(named(json!({ "type": "content_block_stop", "index": index })));
    }
    let mut end = json!({ "type": "message_delta", "delta": {
        "stop_reason": whole.get("stop_reason"), "stop_sequence": null,
    } });
    if let Some(usage) = whole.get("usage") {
        put(&mut end, "usage", usage.clone());
    }
    pieces.push(named(end));
    pieces.push(named(json!({ "type": "message_stop" })));
    pieces
}

fn gemini(whole: &Value) -> Vec<String> {
    let Some(candidate) = whole.pointer("/candidates/0") else { return vec![event(whole)] };
    let mut pieces = Vec::new();
    for part in candidate.pointer("/content/parts").and_then(Value::as_array).into_iter().flatten() {
        for text in parts(part.get("text")) {
            let mut piece = part.clone();
            put(&mut piece, "text", json!(text));
            let content = json!({ "role": "model", "parts": [piece] });
            let mut chunk = whole.clone();
            put(&mut chunk, "candidates", json!([{ "content": content, "index": 0 }]));
            change(&mut chunk, "/usageMetadata/candidatesTokenCount", json!(1));
            pieces.push(event(&chunk));
        }
    }
    let mut last = whole.clone();
    change(&mut last, "/candidates/0/content", json!({ "role": "model", "parts": [{ "text": "" }] }));
    pieces.push(event(&last));
    pieces
}

fn ollama(whole: &Value) -> Vec<String> {
    let line = |content: &str| {
        let message = json!({ "role": "assistant", "content": content });
        let (model, at) = (whole.get("model"), whole.get("created_at"));
        let line = json!({ "model": model, "created_at": at, "message": message, "done": false });
        format!("{line}\n")
    };
    let mut last = whole.clone();
    change(&mut last, "/message/content", json!(""));
    let parts = parts(whole.pointer("/message/content"));
    parts.iter().map(|part| line(part)).chain([format!("{last}\n")]).collect()
}

fn event(data: &Value) -> String {
    format!("data: {data}\n\n")
}

/// Puts a value in the place of another, where there is one.
fn change(whole: &mut Value, place: &str, value: Value) {
    if let Some(there) = whole.pointer_mut(place) {
        *there = value;
    }
}

fn parts(text: Option<&Value>) -> Vec<String> {
    let chars: Vec<char> = text.and_then(Value::as_str).unwrap_or_default().chars().collect();
    chars.chunks(PIECE_CHARS).map(|part| part.iter().collect()).collect()
}
