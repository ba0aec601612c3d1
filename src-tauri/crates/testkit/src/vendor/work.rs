//! Proper answers. The prompt holds the typed input as data between markers, and the schema says which function it is for,
//! so that the input can be read back and a real model can answer it. Pictures are plain: each prompt has its colour.

use super::bill::{Consumed, Tariff};
use super::orders::Known;
use super::reply::{Kind, Stated};
use super::{Seen, TEXT_MODEL, anthropic, bria, gemini, ollama, openai, runware};
use igny8_core::function::AiFunction;
use igny8_core::function::input::TextInput;
use igny8_core::hangup::Hangup;
use igny8_core::id::CallId;
use igny8_core::port::TextModel;
use igny8_core::port::models::TextRequest;
use igny8_core::status::Dialect;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::io::Cursor;

/// Bytes in a token: fewer than the clients' own count takes, so that the two never agree by accident, and more than
/// the least that a hold must cover.
const BYTES_PER_TOKEN: usize = 3;
/// Of a prompt, the part that comes from the cache, and the part that is written to it.
const CACHED_PART: u64 = 4;
const CACHE_WRITE_PART: u64 = 8;
/// Of a text, the part that is thought before it, on top.
const REASONING_PART: u64 = 10;

/// What a request asks for.
pub(super) enum Task {
    /// A text.
    Write(Asked),
    /// A picture.
    Paint(Wish),
}

/// A text that is asked for, whatever the language.
pub(super) struct Asked {
    pub(super) model: String,
    pub(super) system: String,
    pub(super) user: String,
    pub(super) schema: Value,
    /// Most tokens of the answer.
    pub(super) room: u64,
    /// What is read of it, where the request says so.
    pub(super) window: Option<Window>,
}

/// How much of a prompt is read.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub(super) tokens: u64,
    /// What is longer is cut without a word, and not refused.
    pub(super) cuts: bool,
}

/// A picture that is asked for.
pub(super) struct Wish {
    pub(super) prompt: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// What was made, as yet unwrapped.
pub(super) struct Made {
    pub(super) kind: Kind,
    /// The model's name.
    pub(super) model: String,
    /// The text, or the file.
    pub(super) bytes: Vec<u8>,
    pub(super) consumed: Consumed,
}

/// Why a request is not worked on: the status and the code of the refusal.
pub(super) type Refusal = (u16, &'static str);

/// How an answer is wrapped.
pub(super) struct Wrapping<'a> {
    pub(super) stated: &'a Stated,
    pub(super) ends: Option<&'a str>,
    pub(super) declines: bool,
    /// A picture's address in place of the file.
    pub(super) url: Option<String>,
    /// The list of answers holds none.
    pub(super) is_empty: bool,
    /// The vendor's id of the request.
    pub(super) request: &'a str,
}

/// What a request asks for, in its dialect.
fn task(dialect: Dialect, seen: &Seen) -> Result<Task, Refusal> {
    let (path, body) = (seen.path.as_str(), &seen.body);
    match dialect {
        Dialect::OpenAi => openai::task(path, body),
        Dialect::Anthropic => anthropic::task(path, seen.headers.get("anthropic-version"), body),
        Dialect::Gemini => gemini::task(path, body),
        Dialect::Ollama => ollama::task(path, body),
        Dialect::Runware => runware::task(path, body),
        Dialect::Bria => bria::task(path, body),
    }
}

/// The order that a request asks about; `None` for one that asks for something.
pub(super) fn question(dialect: Dialect, seen: &Seen) -> Option<String> {
    match dialect {
        Dialect::Runware => runware::is_question(&seen.body).then(|| runware::id(&seen.body).to_owned()),
        Dialect::Bria => bria::asked_about(&seen.path).map(str::to_owned),
        Dialect::OpenAi | Dialect::Anthropic | Dialect::Gemini | Dialect::Ollama => None,
    }
}

/// The id of what a request asks for, where its client names it.
pub(super) fn order_id(dialect: Dialect, seen: &Seen) -> Option<String> {
    (dialect == Dialect::Runware).then(|| runware::id(&seen.body).to_owned())
}

/// The answer to what is taken on, to be asked about; `None` where everything is answered at once.
pub(super) fn taken_on(dialect: Dialect, id: &str) -> Option<Value> {
    match dialect {
        Dialect::Runware => Some(runware::taken_on(id)),
        Dialect::Bria => Some(bria::taken_on(id)),
        Dialect::OpenAi | Dialect::Anthropic | Dialect::Gemini | Dialect::Ollama => None,
    }
}

/// The answer to a question about an order.
pub(super) fn told(dialect: Dialect, id: &str, known: Known) -> (u16, Value) {
    match dialect {
        Dialect::Bria => bria::told(id, known),
        _ => runware::told(id, known),
    }
}

/// Works on a request.
pub(super) async fn work(dialect: Dialect, seen: &Seen, real: &dyn TextModel) -> Result<Made, Refusal> {
    match task(dialect, seen)? {
        Task::Write(asked) => write(dialect, asked, real).await,
        Task::Paint(wish) => paint(dialect, &wish),
    }
}

/// The answer in its dialect, to what was asked, at what it costs.
pub(super) fn wrap(dialect: Dialect, made: &Made, wrapping: &Wrapping<'_>, (seen, tariff): (&Seen, &Tariff)) -> Value {
    match dialect {
        Dialect::OpenAi => openai::wrap(made, wrapping),
        Dialect::Anthropic => anthropic::wrap(made, wrapping),
        Dialect::Gemini => gemini::wrap(made, wrapping),
        Dialect::Ollama => ollama::wrap(made, wrapping),
        Dialect::Runware => runware::wrap(made, tariff.of(made.kind, &made.consumed), wrapping, &seen.body),
        Dialect::Bria => bria::wrap(made, wrapping, &seen.body),
    }
}

/// A refusal in its dialect.
pub(super) fn refusal(dialect: Dialect, seen: &Seen, (status, code): (u16, &str)) -> Value {
    match dialect {
        Dialect::OpenAi => openai::refusal(code),
        Dialect::Anthropic => anthropic::refusal(status),
        Dialect::Gemini => gemini::refusal(status),
        Dialect::Runware if code == "invalid_api_key" => runware::refusal("invalidApiKey", runware::id(&seen.body)),
        Dialect::Runware => runware::refusal(code, runware::id(&seen.body)),
        Dialect::Bria => bria::refusal(status),
        Dialect::Ollama => ollama::refusal(seen.body.get("model").and_then(Value::as_str).unwrap_or_default(), code),
    }
}

/// Which function a request is for.
pub(super) fn function(dialect: Dialect, seen: &Seen) -> Option<AiFunction> {
    match task(dialect, seen).ok()? {
        Task::Write(asked) => function_of(&asked),
        Task::Paint(_) => Some(AiFunction::GenerateImages),
    }
}

async fn write(dialect: Dialect, asked: Asked, real: &dyn TextModel) -> Result<Made, Refusal> {
    if asked.model != TEXT_MODEL {
        return Err((404, "model_not_found"));
    }
    let request = text_request(&asked).ok_or((400, "unreadable_request"))?;
    let answer = real.complete(&request).await.map_err(|_| (400, "context_length_exceeded"))?;
    let mut consumed = consumed(dialect, &asked, answer.text.len());
    if let Some(Window { tokens, cuts }) = asked.window.filter(|window| consumed.prompt > window.tokens) {
        if !cuts {
            return Err((400, "context_length_exceeded"));
        }
        consumed.prompt = tokens;
    }
    Ok(Made { kind: Kind::Text, model: asked.model, bytes: answer.text.into_bytes(), consumed })
}

/// What a text consumes, in the parts that its dialect has words for.
fn consumed(dialect: Dialect, asked: &Asked, text_bytes: usize) -> Consumed {
    let prompt_bytes = asked.system.len() + asked.user.len();
    let text = tokens(text_bytes);
    if dialect == Dialect::Ollama {
        return Consumed { prompt: tokens(prompt_bytes), completion: text, ..Consumed::default() };
    }
    let prompt = tokens(prompt_bytes + asked.schema.to_string().len());
    let reasoning = text / REASONING_PART;
    let cache_write = if dialect == Dialect::Gemini { 0 } else { prompt / CACHE_WRITE_PART };
    let cached = prompt / CACHED_PART;
    Consumed { prompt, cached, cache_write, completion: text + reasoning, reasoning, images: 0 }
}

/// The request as it was before it went over the wire.
fn text_request(asked: &Asked) -> Option<TextRequest> {
    Some(TextRequest {
        call: CallId(uuid::Uuid::nil()),
        model_name: real_name().to_owned(),
        input: typed(function_of(asked)?, &asked.user)?,
        system_prompt: asked.system.clone(),
        user_prompt: asked.user.clone(),
        schema: asked.schema.clone(),
        // Its tokens are shorter than the real model's and it thinks on top, so the real one gets less room.
        max_output_tokens: u32::try_from(asked.room * 2 / 3).ok()?,
        thinking: Map::new(),
        context_tokens: u32::MAX,
        listener: None,
        hangup: Hangup::default(),
    })
}

/// The name under which the built-in engine answers, which is what stands behind every vendor here.
const fn real_name() -> &'static str {
    "igny8-text-1"
}

/// The function whose answers have this schema, or that of the prompt where there is no other: each has a field that no other
/// has.
fn function_of(Asked { schema, system, .. }: &Asked) -> Option<AiFunction> {
    let has = |field: &str| match schema {
        Value::Null => system.contains(&format!("\"{field}\": ")),
        schema => schema.pointer(&format!("/properties/{field}")).is_some(),
    };
    let fields = [
        ("clusters", AiFunction::AutoCluster),
        ("ideas", AiFunction::GenerateIdeas),
        ("body_markdown", AiFunction::GenerateContent),
        ("featured", AiFunction::GenerateImagePrompts),
    ];
    fields.into_iter().find(|(field, _)| has(field)).map(|(_, function)| function)
}

/// The typed input, from the data between the markers.
fn typed(function: AiFunction, user_prompt: &str) -> Option<TextInput> {
    let data = user_prompt.split_once("<data>")?.1.split_once("</data>")?.0;
    Some(match function {
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

/// Tokens of a picture at Google, whatever its shape.
const GEMINI_PICTURE_TOKENS: u64 = 1_290;

fn paint(dialect: Dialect, wish: &Wish) -> Result<Made, Refusal> {
    let (width, height) = (wish.width, wish.height);
    let sum = wish.prompt.bytes().fold(17_u32, |sum, b| sum.wrapping_mul(31) + u32::from(b));
    let [red, green, blue, _] = sum.to_be_bytes();
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([red, green, blue])));
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(|_| (400, "unreadable_request"))?;
    let consumed = Consumed {
        prompt: tokens(wish.prompt.len()),
        completion: match dialect {
            Dialect::Gemini => GEMINI_PICTURE_TOKENS,
            _ => u64::from(width) * u64::from(height) / 993,
        },
        images: 1,
        ..Consumed::default()
    };
    Ok(Made { kind: Kind::Image, model: super::IMAGE_MODEL.to_owned(), bytes, consumed })
}

fn tokens(bytes: usize) -> u64 {
    u64::try_from(bytes.div_ceil(BYTES_PER_TOKEN)).unwrap_or(u64::MAX)
}

pub(super) fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}
