//! Proper answers. The prompt holds the typed input as data between markers, and the request names the function, so
//! that the input can be read back and a real model can answer it. Pictures are plain: each prompt has its colour.

use super::bill::Consumed;
use super::reply::{Kind, Stated};
use super::{IMAGE_MODEL, Seen, TEXT_MODEL};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use igny8_core::function::AiFunction;
use igny8_core::function::input::TextInput;
use igny8_core::id::CallId;
use igny8_core::port::TextModel;
use igny8_core::port::models::TextRequest;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::io::Cursor;

/// Bytes in a token: fewer than the clients' own count takes, so that the two never agree by accident, and more than
/// the least that a hold must cover.
const BYTES_PER_TOKEN: usize = 3;
/// Of a prompt, the part that comes from the cache, and the part that is written to it.
const CACHED_PART: u64 = 4;
const CACHE_WRITE_PART: u64 = 8;
/// Of a text, the part that is thought before it, on top.
const REASONING_PART: u64 = 10;

/// What was made, as yet unwrapped.
pub(super) struct Made {
    pub(super) kind: Kind,
    /// The text, or the file.
    pub(super) bytes: Vec<u8>,
    pub(super) consumed: Consumed,
}

/// Why a request is not worked on: the status and the code of the refusal.
pub(super) type Refusal = (u16, &'static str);

/// A chat completion's request, as far as it is read.
#[derive(Deserialize)]
struct Chat {
    messages: [Message; 2],
    response_format: ResponseFormat,
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
    name: String,
    schema: Value,
}

/// A picture's request. A field more would be one that the newer models refuse.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    #[serde(rename = "model")]
    _model: String,
    prompt: String,
    n: u32,
    size: String,
}

/// Works on a request.
pub(super) async fn work(seen: &Seen, real: &dyn TextModel) -> Result<Made, Refusal> {
    let model = seen.body.get("model").and_then(Value::as_str).unwrap_or_default();
    match (seen.path.as_str(), model) {
        ("/v1/chat/completions", TEXT_MODEL) => write(&seen.body, real).await,
        ("/v1/images/generations", IMAGE_MODEL) => paint(&seen.body),
        ("/v1/chat/completions" | "/v1/images/generations", _) => Err((404, "model_not_found")),
        _ => Err((404, "unknown_url")),
    }
}

async fn write(body: &Value, real: &dyn TextModel) -> Result<Made, Refusal> {
    let request = text_request(body).ok_or((400, "unreadable_request"))?;
    let answer = real.complete(&request).await.map_err(|_| (400, "context_length_exceeded"))?;
    let schema = request.schema.to_string();
    let prompt = tokens(request.system_prompt.len() + request.user_prompt.len() + schema.len());
    let text = tokens(answer.text.len());
    let reasoning = text / REASONING_PART;
    let consumed = Consumed {
        prompt,
        cached: prompt / CACHED_PART,
        cache_write: prompt / CACHE_WRITE_PART,
        completion: text + reasoning,
        reasoning,
        images: 0,
    };
    Ok(Made { kind: Kind::Text, bytes: answer.text.into_bytes(), consumed })
}

/// The request as it was before it went over the wire.
fn text_request(body: &Value) -> Option<TextRequest> {
    let chat = Chat::deserialize(body).ok()?;
    let [system, user] = chat.messages;
    if system.role != "system" || user.role != "user" || chat.response_format.r#type != "json_schema" {
        return None;
    }
    let Schema { name, schema } = chat.response_format.json_schema;
    let room = chat.max_completion_tokens.or(chat.max_tokens)?;
    Some(TextRequest {
        call: CallId(uuid::Uuid::nil()),
        model_name: real_name().to_owned(),
        input: typed(&name, &user.content)?,
        system_prompt: system.content,
        user_prompt: user.content,
        schema,
        // Its tokens are shorter than the real model's and it thinks on top, so the real one gets less room.
        max_output_tokens: u32::try_from(room * 2 / 3).ok()?,
    })
}

/// The name under which the built-in engine answers, which is what stands behind every vendor here.
const fn real_name() -> &'static str {
    "igny8-text-1"
}

/// The typed input, from the data between the markers.
fn typed(function: &str, user_prompt: &str) -> Option<TextInput> {
    let data = user_prompt.split_once("<data>")?.1.rsplit_once("</data>")?.0;
    Some(match function.parse().ok()? {
        AiFunction::AutoCluster => TextInput::AutoCluster(read(data)?),
        AiFunction::GenerateIdeas => TextInput::GenerateIdeas(read(data)?),
        AiFunction::GenerateContent => TextInput::GenerateContent(Box::new(read(data)?)),
        AiFunction::GenerateImagePrompts => TextInput::GenerateImagePrompts(Box::new(read(data)?)),
        AiFunction::GenerateImages => return None,
    })
}

fn read<T: DeserializeOwned>(data: &str) -> Option<T> {
    serde_json::from_str(data).ok()
}

fn paint(body: &Value) -> Result<Made, Refusal> {
    let refused = (400, "unreadable_request");
    let Wish { prompt, n, size, .. } = Wish::deserialize(body).map_err(|_| (400, "unknown_parameter"))?;
    let (width, height) = size.split_once('x').filter(|_| n == 1).ok_or(refused)?;
    let (width, height) = width.parse().ok().zip(height.parse().ok()).ok_or(refused)?;
    let [red, green, blue, _] = prompt.bytes().fold(17_u32, |sum, b| sum.wrapping_mul(31) + u32::from(b)).to_be_bytes();
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([red, green, blue])));
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(|_| refused)?;
    let consumed = Consumed {
        prompt: tokens(prompt.len()),
        completion: u64::from(width) * u64::from(height) / 993,
        images: 1,
        ..Consumed::default()
    };
    Ok(Made { kind: Kind::Image, bytes, consumed })
}

fn tokens(bytes: usize) -> u64 {
    u64::try_from(bytes.div_ceil(BYTES_PER_TOKEN)).unwrap_or(u64::MAX)
}

/// How an answer is wrapped.
pub(super) struct Wrapping<'a> {
    pub(super) stated: &'a Stated,
    pub(super) ends: Option<&'a str>,
    pub(super) declines: bool,
    /// A picture's address in place of the file.
    pub(super) url: Option<String>,
    /// The list of answers holds none.
    pub(super) is_empty: bool,
}

/// The answer as the vendor's interface has it.
pub(super) fn wrap(made: &Made, wrapping: &Wrapping<'_>) -> Value {
    let mut answer = match made.kind {
        Kind::Text => {
            let text = String::from_utf8_lossy(&made.bytes);
            let message = match wrapping.declines {
                true => json!({ "role": "assistant", "content": null, "refusal": "I cannot help with that." }),
                false => json!({ "role": "assistant", "content": text, "refusal": null }),
            };
            let choice = json!({ "index": 0, "message": message, "finish_reason": wrapping.ends, "logprobs": null });
            json!({ "id": "chatcmpl-1", "object": "chat.completion", "model": TEXT_MODEL, "choices": [choice] })
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

fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}
