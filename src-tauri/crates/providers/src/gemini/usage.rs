//! From Google's figures to buckets. Its prompt has the cached part in it; thoughts stand beside the answer and are billed
//! like it; what tools gave back was read.

use crate::buckets::{measured, split, total};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Figures {
    /// An answer of nothing but thoughts leaves zeros out.
    #[serde(default)]
    prompt_token_count: u64,
    #[serde(default)]
    candidates_token_count: u64,
    #[serde(default)]
    cached_content_token_count: u64,
    #[serde(default)]
    thoughts_token_count: u64,
    #[serde(default)]
    tool_use_prompt_token_count: u64,
    total_token_count: Option<u64>,
    #[serde(default)]
    prompt_tokens_details: Vec<OfKind>,
    #[serde(default)]
    candidates_tokens_details: Vec<OfKind>,
}

/// Tokens of one kind.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfKind {
    modality: Option<String>,
    #[serde(default)]
    token_count: u64,
}

/// What it says a call consumed; `None` for figures that are none.
pub(super) fn stated(said: &Value) -> Option<Usage> {
    let said = Figures::deserialize(said).ok()?;
    let pictures_read = pictures(&said.prompt_tokens_details);
    let input = split(said.prompt_token_count, [said.cached_content_token_count, pictures_read]);
    let output = split(said.candidates_token_count, [pictures(&said.candidates_tokens_details)]);
    let read = said.prompt_token_count.saturating_add(said.tool_use_prompt_token_count);
    let written = said.candidates_token_count.saturating_add(said.thoughts_token_count);
    let total = total(said.total_token_count, read, written);
    let ([cached, image_in], [image_out]) = (input.parts, output.parts);
    let buckets = [
        input.rest.saturating_add(said.tool_use_prompt_token_count),
        cached,
        image_in,
        output.rest,
        said.thoughts_token_count.saturating_add(total.beyond),
        image_out,
    ];
    let [input_tokens, cached_input_tokens, image_input_tokens, output_tokens, reasoning_tokens, image_output_tokens] =
        measured(buckets)?;
    Some(Usage {
        input_tokens,
        cached_input_tokens,
        image_input_tokens,
        output_tokens,
        reasoning_tokens,
        image_output_tokens,
        is_estimated: input.is_doubtful || output.is_doubtful || total.is_doubtful,
        ..Usage::default()
    })
}

/// What it says a picture consumed. Where it does not say of what kind the answer's tokens are, they are the picture's.
pub(super) fn stated_of_picture(said: &Value) -> Option<Usage> {
    let usage = stated(said)?;
    let is_told = usage.image_output_tokens > 0;
    Some(Usage {
        output_tokens: if is_told { usage.output_tokens } else { 0 },
        image_output_tokens: if is_told { usage.image_output_tokens } else { usage.output_tokens },
        images: 1,
        ..usage
    })
}

/// Tokens of pictures among those of all kinds.
fn pictures(details: &[OfKind]) -> u64 {
    let pictures = details.iter().filter(|of| of.modality.as_deref() == Some("IMAGE"));
    pictures.fold(0, |sum, of| sum.saturating_add(of.token_count))
}
