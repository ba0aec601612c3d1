//! The engine that is always there: provider `builtin`, no key, no network, no cost to anybody else. It runs the whole
//! pipeline by itself, from keywords to rendered images, so that a first start, a plane and a firewall are no obstacle.
//!
//! Everything it says follows from the request alone: the same request gives the same answer, on every machine and at
//! any time. Variation comes from the request too (`ContentInput::variation`, `ImageRequest::seed`). Texts are English,
//! whatever the site's language; keywords in other languages are grouped and woven in as they are.

mod cluster;
mod content;
mod domain;
mod grammar;
mod ideas;
mod image;
mod image_prompts;
mod names;
mod nouns;
mod phrase;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod words;

use crate::tokens;
use async_trait::async_trait;
use igny8_core::port::models::{
    FailedCall, ImageAnswer, ImageModel, ImageRequest, ProviderError, TextAnswer, TextModel, TextRequest,
};

pub use image::SIDE_PX;

/// The text model's id.
pub const TEXT_MODEL: &str = "igny8-text-1";
/// The image model's id.
pub const IMAGE_MODEL: &str = "igny8-image-1";

/// The built-in text model: clusters, ideas, outline drafts, image prompts.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltinText;

impl BuiltinText {
    /// The model. It holds nothing and can be made as often as needed.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

#[async_trait]
impl TextModel for BuiltinText {
    /// Counts the prompt, which is what the answer's usage reports as input: see [`tokens`].
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::count(&request.system_prompt).saturating_add(tokens::count(&request.user_prompt))
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        if request.model_name != TEXT_MODEL {
            return Err(ProviderError::UnknownModel.into());
        }
        let input_tokens = self.count_input_tokens(request);
        let (input, room) = (request.input.clone(), request.max_output_tokens);
        Ok(aside(move || text::answer(&input, input_tokens, room)).await?)
    }
}

/// The built-in image model: title cards and illustrated headings in the site's colour.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltinImage;

impl BuiltinImage {
    /// The model. It holds nothing and can be made as often as needed.
    #[must_use]
    pub const fn new() -> Self {
        Self
    }
}

#[async_trait]
impl ImageModel for BuiltinImage {
    async fn render(&self, request: &ImageRequest) -> Result<ImageAnswer, FailedCall> {
        if request.model_name != IMAGE_MODEL {
            return Err(ProviderError::UnknownModel.into());
        }
        let request = request.clone();
        Ok(aside(move || image::answer(&request)).await?)
    }
}

/// Runs work that keeps a core busy beside the runtime's own threads.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ProviderError> + Send + 'static,
) -> Result<T, ProviderError> {
    let done = tokio::task::spawn_blocking(work).await;
    // The work ends early only with the process or by a panic; either way nothing was made or spent.
    done.unwrap_or_else(|_| Err(ProviderError::Rejected { reason: "builtin_stopped".to_owned() }))
}

/// Drops the later half of a list, at least one item; false when there was none left to drop.
fn halve<T>(items: &mut Vec<T>) -> bool {
    let before = items.len();
    items.truncate(before / 2);
    before > 0
}
