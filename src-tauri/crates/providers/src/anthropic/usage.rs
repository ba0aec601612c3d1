//! From Anthropic's figures to buckets. Its input leaves the cache out, and its output has the thinking in it.

use crate::buckets::{is_otherwise_served, measured, split};
use crate::figures::Tokens;
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Figures {
    input_tokens: Tokens,
    output_tokens: Tokens,
    cache_read_input_tokens: Option<Tokens>,
    cache_creation_input_tokens: Option<Tokens>,
    cache_creation: Option<CacheCreation>,
    output_tokens_details: Option<OutputDetails>,
    service_tier: Option<Value>,
    speed: Option<Value>,
}

#[derive(Default, Deserialize)]
struct CacheCreation {
    ephemeral_1h_input_tokens: Option<Tokens>,
}

#[derive(Default, Deserialize)]
struct OutputDetails {
    thinking_tokens: Option<Tokens>,
}

/// What it says a call consumed; `None` for figures that are none. What was written to a cache for an hour is dearer than
/// the one price of writing that a model has, and so is marked; so is what was served otherwise than it is priced.
pub(super) fn stated(said: &Value) -> Option<Usage> {
    let said = Figures::deserialize(said).ok()?;
    let is_otherwise = [&said.service_tier, &said.speed].iter().any(|word| is_otherwise_served(word.as_ref()));
    let thinking = Tokens::of(said.output_tokens_details.unwrap_or_default().thinking_tokens);
    let output = split(said.output_tokens.0, [thinking]);
    let [reasoning] = output.parts;
    let long = Tokens::of(said.cache_creation.unwrap_or_default().ephemeral_1h_input_tokens);
    let buckets = [
        said.input_tokens.0,
        Tokens::of(said.cache_read_input_tokens),
        Tokens::of(said.cache_creation_input_tokens),
        output.rest,
        reasoning,
    ];
    let [input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens] = measured(buckets)?;
    Some(Usage {
        input_tokens,
        cached_input_tokens,
        cache_write_tokens,
        output_tokens,
        reasoning_tokens,
        is_estimated: output.is_doubtful || long > 0 || is_otherwise,
        ..Usage::default()
    })
}
