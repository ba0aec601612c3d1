//! Pictures: the same `generateContent`, told to answer with one. The file stands among the parts of the answer, beside
//! words that nobody asked for. A shape is asked for by its name, and the number of pixels by a word of quality.

use super::errors::listen;
use super::usage::{stated_of_none, stated_of_picture};
use super::{CONTENT_REASONS, Gemini, Generated, Part, Remains};
use crate::base64;
use crate::http::{Exchange, is_request_id};
use crate::reply::{accept, unreadable};
use crate::tokens::{self, Counted};
use igny8_core::picture;
use igny8_core::port::models::{FailedCall, ImageAnswer, ImageModel, ImageRequest, ProviderError};
use igny8_core::usage::Usage;
use serde_json::{Map, Value, json};

/// The largest seed it takes, which is a number of 32 bits with a sign.
const SEED_MAX: u64 = i32::MAX as u64;

#[async_trait::async_trait]
impl ImageModel for Gemini {
    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        let most = self.connection.bounds.image_bytes_max;
        let exchange =
            self.post((&request.model_name, request.call, &request.hangup), &question(request), most, None).await?;
        let in_header = exchange.request_id();
        match read(exchange, request) {
            Ok((bytes, usage, id)) => {
                Ok(ImageAnswer { bytes, seed: None, usage, provider_request_id: in_header.or(id) })
            }
            Err(error) => Err(FailedCall::from(error).known_as(in_header)),
        }
    }
}

fn question(request: &ImageRequest) -> Value {
    let ask = &request.ask;
    let mut image = Map::new();
    if !ask.size.word.is_empty() {
        image.insert("aspectRatio".to_owned(), json!(ask.size.word));
    }
    if !ask.quality.is_empty() {
        image.insert("imageSize".to_owned(), json!(ask.quality));
    }
    let mut config = ask.more.clone();
    config.insert("responseModalities".to_owned(), json!(["IMAGE"]));
    if !image.is_empty() {
        config.insert("imageConfig".to_owned(), Value::Object(image));
    }
    if let Some(seed) = ask.seed {
        config.insert("seed".to_owned(), json!(seed.min(SEED_MAX)));
    }
    json!({
        "contents": [{ "role": "user", "parts": [{ "text": request.words() }] }],
        "generationConfig": config,
    })
}

/// The file of a complete answer, what it took, and the id it bears.
fn read(exchange: Exchange, request: &ImageRequest) -> Result<(Vec<u8>, Usage, Option<String>), ProviderError> {
    let remains = |remains: Remains| remains.usage_metadata.as_ref().and_then(stated_of_picture);
    let answer: Generated = accept(exchange, listen, remains)?;
    let without = answer.usage_metadata.as_ref().and_then(stated_of_none);
    let refused = || ProviderError::ContentRefused { usage: without.unwrap_or_default() };
    let is_blocked = answer.prompt_feedback.is_some_and(|feedback| feedback.block_reason.is_some());
    let Some(candidate) = answer.candidates.into_iter().next() else {
        return Err(if is_blocked { refused() } else { unreadable(without) });
    };
    match candidate.finish_reason.as_deref() {
        Some("STOP") => {}
        Some(reason) if CONTENT_REASONS.contains(&reason) => return Err(refused()),
        Some("NO_IMAGE") => return Err(unreadable(without)),
        _ => return Err(ProviderError::CutOff { usage: without.unwrap_or_else(|| counted(request)) }),
    }
    let said = answer.usage_metadata.as_ref().and_then(stated_of_picture);
    let usage = said.unwrap_or_else(|| counted(request));
    let parts = candidate.content.unwrap_or_default().parts;
    let file = parts.into_iter().filter(|part| !part.thought).find_map(file).ok_or_else(|| unreadable(said))?;
    let bytes = base64::file(&file).ok_or(ProviderError::CutOff { usage })?;
    Ok((bytes, usage, answer.response_id.filter(|id| is_request_id(id))))
}

/// The file of a part that holds a picture.
fn file(part: Part) -> Option<String> {
    let inline = part.inline_data?;
    let is_picture = inline.mime_type.is_none_or(|kind| kind.starts_with("image/"));
    is_picture.then_some(inline.data)
}

/// One picture by our own count.
fn counted(request: &ImageRequest) -> Usage {
    let size = &request.ask.size;
    let counted = Counted { input: tokens::count(&request.words()), output: picture::tokens(size.width, size.height) };
    Usage {
        input_tokens: counted.input,
        image_output_tokens: counted.output,
        images: 1,
        is_estimated: true,
        ..Usage::default()
    }
}
