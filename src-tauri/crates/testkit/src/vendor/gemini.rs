//! Google's `generateContent`.

use super::IMAGE_MODEL;
use super::reply::{Kind, Stated};
use super::work::{Asked, Made, Refusal, Task, Wish, Wrapping, put};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
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
    /// It thinks as the model behind it does, whatever it is told.
    #[serde(rename = "thinkingConfig")]
    _thinking_config: Option<Value>,
}

/// A picture's request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PictureRequest {
    contents: [Content; 1],
    generation_config: PictureConfig,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct PictureConfig {
    response_modalities: Vec<String>,
    image_config: Option<ImageConfig>,
    seed: Option<i32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ImageConfig {
    aspect_ratio: Option<String>,
    image_size: Option<String>,
}

/// Shapes of pictures, and the pixels they have.
const SHAPES: [(&str, u32, u32); 5] =
    [("1:1", 1_024, 1_024), ("16:9", 1_344, 768), ("9:16", 768, 1_344), ("4:3", 1_184, 864), ("3:4", 864, 1_184)];

fn picture(model: &str, body: &Value) -> Result<Task, Refusal> {
    const UNREADABLE: Refusal = (400, "INVALID_ARGUMENT");
    let request = PictureRequest::deserialize(body).map_err(|_| UNREADABLE)?;
    if model != IMAGE_MODEL {
        return Err((404, "NOT_FOUND"));
    }
    let config = request.generation_config;
    let image = config.image_config.unwrap_or(ImageConfig { aspect_ratio: None, image_size: None });
    let shape = image.aspect_ratio.as_deref().unwrap_or("1:1");
    let (_, width, height) = SHAPES.iter().find(|(name, ..)| *name == shape).ok_or(UNREADABLE)?;
    let is_size = image.image_size.is_none_or(|size| ["1K", "2K", "4K"].contains(&size.as_str()));
    let is_asked = config.response_modalities.iter().any(|kind| kind == "IMAGE");
    if !is_size || !is_asked || config.seed.is_some_and(|seed| seed < 0) {
        return Err(UNREADABLE);
    }
    let [Content { parts: [prompt] }] = request.contents;
    Ok(Task::Paint(Wish { prompt: prompt.text, width: *width, height: *height }))
}

/// The request, from path and body.
pub(super) fn task(path: &str, body: &Value) -> Result<Task, Refusal> {
    let below = VERSIONS.iter().find_map(|version| path.strip_prefix(version));
    let verbs = [":generateContent", ":streamGenerateContent?alt=sse"];
    let below = below.and_then(|rest| rest.strip_prefix("/models/"));
    let named = below.and_then(|rest| verbs.iter().find_map(|verb| rest.strip_suffix(verb)));
    let model = named.ok_or((404, "NOT_FOUND"))?.to_owned();
    if body.pointer("/generationConfig/responseModalities").is_some() {
        return picture(&model, body);
    }
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
        let parts = match made.kind {
            Kind::Text => json!([{ "text": "First of all…", "thought": true }, { "text": text }]),
            Kind::Image => json!([
                { "text": "Here is your picture." },
                { "inlineData": { "mimeType": "image/png", "data": STANDARD.encode(&made.bytes) } },
            ]),
        };
        let mut candidate = json!({ "content": { "role": "model", "parts": parts }, "index": 0 });
        if let Some(reason) = wrapping.ends {
            put(&mut candidate, "finishReason", json!(reason));
        }
        put(&mut answer, "candidates", json!([candidate]));
    }
    let consumed = &made.consumed;
    let said = consumed.completion - consumed.reasoning;
    let kind = if made.kind == Kind::Image { "IMAGE" } else { "TEXT" };
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
            "candidatesTokensDetails": [{ "modality": kind, "tokenCount": said }],
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
