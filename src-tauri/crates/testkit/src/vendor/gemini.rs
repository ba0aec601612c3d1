//! Google's `generateContent`.

use super::reply::Stated;
use super::work::{Asked, Made, Refusal, Task, Wrapping, put};
use serde::Deserialize;
use serde_json::{Value, json};

/// Versions of its interface in which what is spoken here is the same.
const VERSIONS: [&str; 2] = ["/v1beta", "/v1"];

/// A request, as far as it is read. A field more would be one that nobody has thought about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Request {
    system_instruction: Content,
    contents: [Content; 1],
    generation_config: GenerationConfig,
}

#[derive(Deserialize)]
struct Content {
    parts: [Part; 1],
}

#[derive(Deserialize)]
struct Part {
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct GenerationConfig {
    max_output_tokens: u64,
    response_mime_type: String,
    response_json_schema: Value,
}

/// The request, from path and body.
pub(super) fn task(path: &str, body: &Value) -> Result<Task, Refusal> {
    let below = VERSIONS.iter().find_map(|version| path.strip_prefix(version));
    let named = below.and_then(|rest| rest.strip_prefix("/models/")?.strip_suffix(":generateContent"));
    let model = named.ok_or((404, "NOT_FOUND"))?.to_owned();
    const UNREADABLE: Refusal = (400, "INVALID_ARGUMENT");
    let request = Request::deserialize(body).map_err(|_| UNREADABLE)?;
    let config = request.generation_config;
    // What its subset of the language does not know, it refuses.
    if config.response_mime_type != "application/json" || config.response_json_schema.to_string().contains("\"const\"")
    {
        return Err(UNREADABLE);
    }
    let ([system], [Content { parts: [user] }]) = (request.system_instruction.parts, request.contents);
    Ok(Task::Write(Asked {
        model,
        system: system.text,
        user: user.text,
        schema: config.response_json_schema,
        room: config.max_output_tokens,
        window: None,
    }))
}

/// The answer.
pub(super) fn wrap(made: &Made, wrapping: &Wrapping<'_>) -> Value {
    let text = String::from_utf8_lossy(&made.bytes);
    let mut answer = json!({ "modelVersion": made.model, "responseId": wrapping.request });
    if wrapping.declines {
        put(&mut answer, "promptFeedback", json!({ "blockReason": "PROHIBITED_CONTENT" }));
    } else if !wrapping.is_empty {
        let parts = json!([{ "text": "First of all…", "thought": true }, { "text": text }]);
        let mut candidate = json!({ "content": { "role": "model", "parts": parts }, "index": 0 });
        if let Some(reason) = wrapping.ends {
            put(&mut candidate, "finishReason", json!(reason));
        }
        put(&mut answer, "candidates", json!([candidate]));
    }
    let consumed = &made.consumed;
    let said = consumed.completion - consumed.reasoning;
    let usage = match wrapping.stated {
        Stated::Plain => json!({
            "promptTokenCount": consumed.prompt, "candidatesTokenCount": consumed.completion,
            "totalTokenCount": consumed.prompt + consumed.completion,
        }),
        Stated::InParts => json!({
            "promptTokenCount": consumed.prompt,
            "cachedContentTokenCount": consumed.cached,
            "candidatesTokenCount": said,
            "thoughtsTokenCount": consumed.reasoning,
            "totalTokenCount": consumed.prompt + consumed.completion,
            "promptTokensDetails": [{ "modality": "TEXT", "tokenCount": consumed.prompt }],
            "candidatesTokensDetails": [{ "modality": "TEXT", "tokenCount": said }],
        }),
        Stated::Nothing => return answer,
        Stated::As(usage) => usage.clone(),
    };
    put(&mut answer, "usageMetadata", usage);
    answer
}

/// A refusal.
pub(super) fn refusal(status: u16) -> Value {
    let word = match status {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        429 => "RESOURCE_EXHAUSTED",
        500 => "INTERNAL",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        _ => "INVALID_ARGUMENT",
    };
    json!({ "error": { "code": status, "message": "Refused.", "status": word } })
}
