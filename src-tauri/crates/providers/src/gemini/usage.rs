//! From Google's figures to buckets. Its prompt has the cached part in it; thoughts stand beside the answer and are billed
//! like it; what tools gave back was read.

use crate::buckets::{measured, split, total};
use crate::figures::Tokens;
use crate::lenient::or_null;
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Figures {
    /// An answer of nothing but thoughts leaves zeros out.
    #[serde(default, deserialize_with = "or_null")]
    prompt_token_count: Tokens,
    #[serde(default, deserialize_with = "or_null")]
    candidates_token_count: Tokens,
    #[serde(default, deserialize_with = "or_null")]
    cached_content_token_count: Tokens,
    #[serde(default, deserialize_with = "or_null")]
    thoughts_token_count: Tokens,
    #[serde(default, deserialize_with = "or_null")]
    tool_use_prompt_token_count: Tokens,
    total_token_count: Option<Tokens>,
    #[serde(default, deserialize_with = "or_null")]
    prompt_tokens_details: Vec<OfKind>,
    #[serde(default, deserialize_with = "or_null")]
    candidates_tokens_details: Vec<OfKind>,
}

/// Tokens of one kind.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfKind {
    modality: Option<String>,
    #[serde(default, deserialize_with = "or_null")]
    token_count: Tokens,
}

/// What it says a call consumed; `None` for figures that are none.
pub(super) fn stated(said: &Value) -> Option<Usage> {
    let said = Figures::deserialize(said).ok()?;
    let pictures_read = pictures(&said.prompt_tokens_details);
    let (prompt, by_tools) = (said.prompt_token_count.0, said.tool_use_prompt_token_count.0);
    let (candidates, thoughts) = (said.candidates_token_count.0, said.thoughts_token_count.0);
    let input = split(prompt, [said.cached_content_token_count.0, pictures_read]);
    let output = split(candidates, [pictures(&said.candidates_tokens_details)]);
    let (read, written) = (prompt.saturating_add(by_tools), candidates.saturating_add(thoughts));
    let total = total(said.total_token_count.map(|total| total.0), read, written);
    let ([cached, image_in], [image_out]) = (input.parts, output.parts);
    let buckets = [
        input.rest.saturating_add(by_tools),
        cached,
        image_in,
        output.rest,
        thoughts.saturating_add(total.beyond),
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

/// What it says an answer without a picture consumed. One that was made and held back is billed like any; otherwise a picture's
/// price is not asked, and what its words cost in its place no price list says.
pub(super) fn stated_of_none(said: &Value) -> Option<Usage> {
    let usage = stated(said)?;
    let is_made = usage.image_output_tokens > 0;
    let is_estimated = usage.is_estimated || (!is_made && usage.tokens() > 0);
    Some(Usage { images: u32::from(is_made), is_estimated, ..usage })
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
    pictures.fold(0, |sum, of| sum.saturating_add(of.token_count.0))
}
