//! Sums over usage records, as every breakdown has them.

use igny8_core::money::{Credits, Usd};
use rusqlite::Row;

/// Tokens by bucket. The buckets are disjoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenSums {
    /// Read at full price.
    pub input: i64,
    /// Read from the vendor's cache.
    pub cached_input: i64,
    /// Written to the vendor's cache.
    pub cache_write: i64,
    /// Written, without reasoning.
    pub output: i64,
    /// Thought with.
    pub reasoning: i64,
    /// Of pictures read.
    pub image_input: i64,
    /// Of pictures made.
    pub image_output: i64,
}

/// Sums over usage records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsageFigures {
    /// Records, whatever became of them: the sum of the four that follow.
    pub records: u32,
    /// Stored and charged.
    pub settled: u32,
    /// Sent, and left no result.
    pub released: u32,
    /// Refused before anything was sent.
    pub refused: u32,
    /// Answered with what was paid for before.
    pub reused: u32,
    /// Images made.
    pub images: u32,
    /// Charged.
    pub credits: Credits,
    /// What vendors bill, lost attempts included.
    pub cost: Usd,
    /// Credits times the credit's price at the time.
    pub credit_value: Usd,
    /// The part of the cost that bought no result.
    pub lost_cost: Usd,
    /// Tokens.
    pub tokens: TokenSums,
}

impl TokenSums {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> i64 {
        let buckets = [
            self.input,
            self.cached_input,
            self.cache_write,
            self.output,
            self.reasoning,
            self.image_input,
            self.image_output,
        ];
        buckets.iter().fold(0, |sum, bucket| sum.saturating_add(*bucket))
    }
}

impl UsageFigures {
    /// Both together, held at the ends of the range.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let (one, two) = (&self.tokens, &other.tokens);
        Self {
            records: self.records.saturating_add(other.records),
            settled: self.settled.saturating_add(other.settled),
            released: self.released.saturating_add(other.released),
            refused: self.refused.saturating_add(other.refused),
            reused: self.reused.saturating_add(other.reused),
            images: self.images.saturating_add(other.images),
            credits: self.credits.plus(other.credits),
            cost: self.cost.plus(other.cost),
            credit_value: self.credit_value.plus(other.credit_value),
            lost_cost: self.lost_cost.plus(other.lost_cost),
            tokens: TokenSums {
                input: one.input.saturating_add(two.input),
                cached_input: one.cached_input.saturating_add(two.cached_input),
                cache_write: one.cache_write.saturating_add(two.cache_write),
                output: one.output.saturating_add(two.output),
                reasoning: one.reasoning.saturating_add(two.reasoning),
                image_input: one.image_input.saturating_add(two.image_input),
                image_output: one.image_output.saturating_add(two.image_output),
            },
        }
    }
}

/// Reads the sums of a row that names them as the fields are named.
pub(super) fn read_figures(row: &Row<'_>) -> rusqlite::Result<UsageFigures> {
    Ok(UsageFigures {
        records: row.get("records")?,
        settled: row.get("settled")?,
        released: row.get("released")?,
        refused: row.get("refused")?,
        reused: row.get("reused")?,
        images: row.get("images")?,
        credits: Credits(row.get("credits")?),
        cost: Usd(row.get("cost")?),
        credit_value: Usd(row.get("credit_value")?),
        lost_cost: Usd(row.get("lost_cost")?),
        tokens: TokenSums {
            input: row.get("tokens_input")?,
            cached_input: row.get("tokens_cached")?,
            cache_write: row.get("tokens_cache_write")?,
            output: row.get("tokens_output")?,
            reasoning: row.get("tokens_reasoning")?,
            image_input: row.get("tokens_image_input")?,
            image_output: row.get("tokens_image_output")?,
        },
    })
}
