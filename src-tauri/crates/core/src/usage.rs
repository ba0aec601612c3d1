//! What a call consumed, in disjoint buckets. Every vendor counts differently: some include cached tokens in the input,
//! some reasoning in the output. An adapter splits its vendor's figures so that each token stands in one bucket and the
//! buckets sum to the vendor's total; only then is a price put on them.

pub mod calendar;
pub mod most;
pub mod outlier;
pub mod projection;

use crate::money::Usd;
use serde::{Deserialize, Serialize};

/// What a call consumed. The buckets are disjoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Input tokens at full price.
    pub input_tokens: u32,
    /// Input tokens read from the vendor's cache.
    pub cached_input_tokens: u32,
    /// Input tokens written to the vendor's cache.
    pub cache_write_tokens: u32,
    /// Output tokens, without reasoning.
    pub output_tokens: u32,
    /// Tokens the model thought with.
    pub reasoning_tokens: u32,
    /// Tokens of pictures read.
    pub image_input_tokens: u32,
    /// Tokens of pictures made.
    pub image_output_tokens: u32,
    /// Images made.
    pub images: u32,
    /// What the call costs where its row's plain prices do not say it: what the vendor itself says, or, of a model that is
    /// cheaper at times, what its hour asks. Then no table is asked.
    pub stated_cost: Option<Usd>,
    /// It said something of it that cannot be read, so that the table is asked after all.
    #[serde(default)]
    pub is_cost_unreadable: bool,
    /// Counted here because the vendor did not say; on the books also where the cost of a lost attempt is a guess.
    pub is_estimated: bool,
}

impl Usage {
    /// All tokens read.
    #[must_use]
    pub fn tokens_in(&self) -> u64 {
        [self.input_tokens, self.cached_input_tokens, self.cache_write_tokens, self.image_input_tokens]
            .map(u64::from)
            .iter()
            .sum()
    }

    /// All tokens written.
    #[must_use]
    pub fn tokens_out(&self) -> u64 {
        [self.output_tokens, self.reasoning_tokens, self.image_output_tokens].map(u64::from).iter().sum()
    }

    /// All tokens.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.tokens_in() + self.tokens_out()
    }
}
