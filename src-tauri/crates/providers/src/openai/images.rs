//! Pictures: one generation, one picture. The answer holds the file itself or says where it is; in either case it was
//! made and is billed, so that a file that cannot be had is an answer that was cut off, with its cost.

use super::OpenAi;
use super::errors::{Remains, listen};
use super::usage::{of_image, stated_of_image};
use crate::http::{Exchange, exchange, public_client};
use crate::public::allows;
use crate::reply::{accept, unreadable};
use crate::tokens::{self, Counted};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use igny8_core::picture::{self, SIZES};
use igny8_core::port::models::{FailedCall, ImageAnswer, ImageModel, ImageRequest, ProviderError};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

/// A generation, as far as it is read.
#[derive(Deserialize)]
struct Generation {
    data: Vec<Picture>,
    usage: Option<Value>,
}

#[derive(Deserialize)]
struct Picture {
    b64_json: Option<String>,
    url: Option<String>,
}

#[async_trait::async_trait]
impl ImageModel for OpenAi {
    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        let (width, height) = size_for(request.width, request.height);
        let prompt = request.prompt_with_negative();
        // Nothing is said about the form of the answer: the one family of models refuses the word, and either form is
        // understood here.
        let body = json!({
            "model": request.model_name, "prompt": prompt, "n": 1, "size": format!("{width}x{height}"),
        });
        let most = self.connection.bounds.image_bytes_max;
        let exchange = self.post("images/generations", request.call, &body, most).await?;
        let provider_request_id = exchange.request_id();
        let counted = Counted { input: tokens::count(&prompt), output: picture::tokens(width, height) };
        match self.read(exchange, &counted).await {
            Ok((bytes, usage)) => Ok(ImageAnswer { bytes, usage, provider_request_id }),
            Err(error) => Err(FailedCall { error, provider_request_id }),
        }
    }
}

impl OpenAi {
    /// The file of a complete answer and what it took.
    async fn read(&self, exchange: Exchange, counted: &Counted) -> Result<(Vec<u8>, Usage), ProviderError> {
        let Generation { data, usage: said } =
            accept(exchange, listen, |it: Remains| it.usage.as_ref().and_then(stated_of_image))?;
        let usage = of_image(said.as_ref(), counted);
        let nothing = || unreadable(said.as_ref().and_then(stated_of_image));
        let picture = data.into_iter().next().ok_or_else(nothing)?;
        let bytes = match picture {
            Picture { b64_json: Some(text), .. } => STANDARD.decode(text.as_bytes()).ok(),
            Picture { url: Some(url), .. } => self.fetch(&url).await,
            Picture { b64_json: None, url: None } => return Err(nothing()),
        };
        Ok((bytes.ok_or(ProviderError::CutOff { usage })?, usage))
    }

    /// Fetches a file from where the vendor says it is, without the key: from itself, or from a public place.
    async fn fetch(&self, url: &str) -> Option<Vec<u8>> {
        let (url, bounds) = (Url::parse(url).ok()?, &self.connection.bounds);
        let client = match self.connection.address.same_origin(&url) {
            true => &self.connection.client,
            false if allows(&url) => self.public.get_or_init(|| public_client(bounds).ok()).as_ref()?,
            false => return None,
        };
        let request = client.get(url).build().ok()?;
        let exchange = exchange(client, request, bounds, bounds.image_bytes_max).await.ok()?;
        let whole = exchange.is_success() && !exchange.is_overlong && !exchange.is_page();
        whole.then(|| exchange.into_body())
    }
}

/// The size whose shape is nearest to the wished one. The picture is kept in the size it comes in.
fn size_for(width: u32, height: u32) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    // Shapes compare by the logarithm of their ratio, which for three sizes comes to these two borders: a ratio of
    // about 1.22, the root of three halves, lies between the square and the long ones.
    let is_long = |long: u64, short: u64| long * long * 2 > short * short * 3;
    let [square, wide, high] = SIZES;
    if is_long(width, height) {
        wide
    } else if is_long(height, width) {
        high
    } else {
        square
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_shape_is_asked_for() {
        assert_eq!(size_for(1_200, 675), (1_536, 1_024), "a featured image");
        assert_eq!(size_for(1_024, 768), (1_536, 1_024), "an image inside the text");
        assert_eq!(size_for(800, 800), (1_024, 1_024));
        assert_eq!(size_for(600, 900), (1_024, 1_536));
        assert_eq!(size_for(0, 0), (1_024, 1_024));
    }
}
