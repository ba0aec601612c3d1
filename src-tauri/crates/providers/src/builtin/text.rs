//! The text side of the engine: from a typed input to the JSON of the answer types, within the room that was asked for.

use super::{cluster, content, ideas, image_prompts};
use crate::tokens;
use igny8_core::function::input::TextInput;
use igny8_core::port::models::{ProviderError, TextAnswer};
use igny8_core::usage::Usage;
use serde::Serialize;

/// Answers `input` in at most `max_output_tokens`. An answer that is too long loses whole items, the weakest first;
/// JSON is never cut.
///
/// # Errors
/// [`ProviderError::CutOff`] when not even the smallest answer fits.
pub(super) fn answer(
    input: &TextInput,
    input_tokens: u32,
    max_output_tokens: u32,
) -> Result<TextAnswer, ProviderError> {
    let text = match input {
        TextInput::AutoCluster(i) => fitting(cluster::cluster(i), max_output_tokens, cluster::shorten),
        TextInput::GenerateIdeas(i) => fitting(ideas::ideas(i), max_output_tokens, ideas::shorten),
        TextInput::GenerateContent(i) => fitting(content::draft(i), max_output_tokens, content::shorten),
        TextInput::GenerateImagePrompts(i) => {
            fitting(image_prompts::prompts(i), max_output_tokens, image_prompts::shorten)
        }
    };
    let usage = |output_tokens| Usage { input_tokens, output_tokens, is_estimated: true, ..Usage::default() };
    let text = text.ok_or(ProviderError::CutOff { usage: usage(0) })?;
    let usage = usage(tokens::count(&text));
    Ok(TextAnswer { text, usage, provider_request_id: None })
}

fn fitting<T: Serialize>(mut output: T, max_output_tokens: u32, shorten: fn(&mut T) -> bool) -> Option<String> {
    loop {
        let text = serde_json::to_string(&output).ok()?;
        if tokens::count(&text) <= max_output_tokens {
            return Some(text);
        }
        if !shorten(&mut output) {
            return None;
        }
    }
}
