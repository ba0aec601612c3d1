//! Vendors and what is added to the catalogue.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A connected vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProviderView {
    /// Its name, as models and books name it.
    pub name: String,
    /// Address of its interface.
    pub url: String,
    /// The language it is asked in: `openai`, `anthropic`, `gemini` or `ollama`.
    pub dialect: String,
    /// It was connected with a key.
    pub has_key: bool,
    /// The key's last characters, to recognise it by; empty for a short key and for none.
    pub key_tail: String,
    /// Calls that may be under way at once.
    pub concurrency: u32,
}

/// Where the key of a vendor is that was just connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyKept {
    /// There is none.
    None,
    /// With the operating system.
    Keyring,
    /// In the memory of this process: there is no keyring.
    Memory,
}

/// A model to add to the catalogue. Prices are decimals in US dollars; an absent one is unknown, or that of the next
/// coarser bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelDraft {
    /// A connected vendor.
    pub provider: String,
    /// The vendor's model id.
    pub model_name: String,
    /// `text` or `image`.
    pub model_type: String,
    /// For 1,000 tokens read.
    pub cost_per_1k_input: Option<String>,
    /// For 1,000 tokens written; of pictures made as well, where those have no price of their own.
    pub cost_per_1k_output: Option<String>,
    /// For 1,000 tokens read from the vendor's cache.
    pub cost_per_1k_cached_input: Option<String>,
    /// For 1,000 tokens written to the vendor's cache.
    pub cost_per_1k_cache_write: Option<String>,
    /// For 1,000 tokens of reasoning.
    pub cost_per_1k_reasoning: Option<String>,
    /// For 1,000 tokens of pictures read.
    pub cost_per_1k_image_input: Option<String>,
    /// For 1,000 tokens of pictures made.
    pub cost_per_1k_image_output: Option<String>,
    /// For a picture.
    pub cost_per_image: Option<String>,
    /// Tokens one credit buys; 1,000 when absent.
    pub tokens_per_credit: Option<u32>,
    /// The least a text call costs in credits; 1 when absent.
    pub min_credits: Option<String>,
    /// What a picture costs in credits.
    pub credits_per_image: Option<String>,
    /// Most tokens the model reads.
    pub context_tokens: Option<u32>,
    /// Most tokens the model writes in one answer.
    pub max_output_tokens: Option<u32>,
    /// Use it for its kind from now on.
    pub is_default: bool,
}
