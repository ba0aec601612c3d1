//! Pictures: one generation, one picture. A server that makes several all the same bills them all: the first is kept, and
//! all are counted. The answer holds the file itself or says where it is; in either case it was
//! made and is billed, so that a file that cannot be had is an answer that was cut off, with its cost.

use super::OpenAi;
use super::errors::listen;
use super::usage::{Stated, of_images, stated_of_image};
use crate::base64::{file, is_data};
use crate::http::Exchange;
use crate::lenient::{if_any, or_null};
use crate::reply::{accept, unreadable};
use crate::tokens::{self, Counted};
use igny8_core::picture;
use igny8_core::port::models::{FailedCall, ImageAnswer, ImageModel, ImageRequest, ProviderError};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};

/// A generation, as far as it is read.
#[derive(Deserialize)]
struct Generation {
    #[serde(deserialize_with = "or_null")]
    data: Vec<Picture>,
    usage: Option<Value>,
}

#[derive(Deserialize)]
struct Picture {
    #[serde(default, deserialize_with = "if_any")]
    b64_json: Option<String>,
    #[serde(default, deserialize_with = "if_any")]
    url: Option<String>,
}

#[async_trait::async_trait]
impl ImageModel for OpenAi {
    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        let body = question(request);
        let (size, prompt) = (&request.ask.size, request.words());
        let most = self.connection.bounds.image_bytes_max;
        let exchange = self.post("images/generations", (request.call, &request.hangup), &body, most, None).await?;
        let provider_request_id = exchange.request_id();
        let made = picture::tokens(size.width, size.height);
        let counted = Counted { input: tokens::count(&prompt), output: made };
        match self.read(exchange, &counted).await {
            Ok((bytes, usage)) => Ok(ImageAnswer { bytes, seed: None, usage, provider_request_id }),
            Err(error) => Err(FailedCall::from(error).known_as(provider_request_id)),
        }
    }
}

impl OpenAi {
    /// The file of a complete answer and what it took.
    async fn read(&self, exchange: Exchange, counted: &Counted) -> Result<(Vec<u8>, Usage), ProviderError> {
        let Generation { data, usage: said } =
            accept(exchange, listen, |it: Stated| it.usage.as_ref().and_then(stated_of_image))?;
        let images = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let usage = of_images(said.as_ref(), counted, images);
        let nothing = || unreadable(said.as_ref().and_then(stated_of_image));
        let picture = data.into_iter().next().ok_or_else(nothing)?;
        let bytes = match picture {
            Picture { b64_json: Some(text), .. } => file(&text),
            Picture { url: Some(url), .. } if is_data(&url) => file(&url),
            Picture { url: Some(url), .. } => self.connection.fetch(&url).await.ok(),
            Picture { b64_json: None, url: None } => return Err(nothing()),
        };
        Ok((bytes.ok_or(ProviderError::CutOff { usage })?, usage))
    }
}

/// What a model can be told, in the order of what it must be told. Nothing is said about the form of the answer: the one
/// family of models refuses the word, and either form is understood here.
fn question(request: &ImageRequest) -> Value {
    let ask = &request.ask;
    let mut fields = ask.more.clone();
    let said = [
        ("model", Some(json!(request.model_name))),
        ("prompt", Some(json!(request.words()))),
        ("n", Some(json!(1))),
        ("size", Some(json!(ask.size.name()))),
        ("quality", (!ask.quality.is_empty()).then(|| json!(ask.quality))),
        ("output_format", (!ask.format.is_empty()).then(|| json!(ask.format))),
        ("negative_prompt", request.negative_field().map(|words| json!(words))),
        ("steps", ask.steps.map(|steps| json!(steps))),
        ("seed", ask.seed.map(|seed| json!(seed))),
    ];
    fields.extend(said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(fields)
}
