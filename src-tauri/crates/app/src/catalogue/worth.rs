//! What a model costs in credits unless the user says otherwise, and how much is asked of it at once: rules over its price
//! and its limits.
//!
//! A credit is sold for a cent until the user says otherwise, and of that cent the vendor may take four fifths. The rule
//! gives what the web system charged: 1,000 tokens of GPT-4o for a credit, 10,000 of GPT-4o mini, and 5 credits for a
//! picture of four cents.

use igny8_core::model::Model;
use igny8_core::model::tiers::Tier;
use igny8_core::money::{Credits, Usd};
use igny8_core::usage::Usage;

/// What the vendor may take for one credit, in nano-dollars: four fifths of a cent.
const TAKEN_MAX: i64 = 8_000_000;
/// What a usual article reads and writes, 2,500 and 3,500 tokens, twice over.
const READ: u32 = 5_000;
const WRITTEN: u32 = 7_000;
/// Tokens a credit may buy, so that people can count with them.
const STEPS: [i64; 10] = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];
/// Most tokens one more item takes of a call: a cluster with thirty keywords to read, its ideas with their briefs to
/// write. So many items are sent at once as have room, and no more than a model keeps in mind.
const TOKENS_PER_ITEM: (i64, i64) = (1_500, 640);
const ITEMS_MAX: i64 = 100;

/// Tokens one credit buys of a text model, the fewest of [`STEPS`] for one that is dearer than all of them. `None` when it
/// has no price.
#[must_use]
pub fn tokens_per_credit(model: &Model) -> Option<i64> {
    let usage = Usage { input_tokens: READ, output_tokens: WRITTEN, ..Usage::default() };
    let priced = Model { tokens_per_credit: Some(1), ..model.clone() }.charge(&usage).ok()?;
    let tokens = i64::from(READ) + i64::from(WRITTEN);
    let fits = |step: &&i64| i128::from(priced.provider_cost.0) * i128::from(**step) <= i128::from(TAKEN_MAX * tokens);
    STEPS.iter().rev().find(fits).or(STEPS.first()).copied()
}

/// Credits for one picture, at least 1. `None` when it has no price.
#[must_use]
pub fn credits_per_image(model: &Model) -> Option<Credits> {
    let Usd(cost) = Model { credits_per_image: Some(Credits::ZERO), ..model.clone() }.one_image().ok()?.provider_cost;
    Some(Credits::whole((cost.max(1) - 1) / TAKEN_MAX + 1))
}

/// Credits for one picture of a tier, by the prices of its model. `None` when it has no price.
#[must_use]
pub fn credits_of_tier(model: &Model, tier: &Tier) -> Option<Credits> {
    let mut picture = model.picture.clone();
    picture.quality.clone_from(&tier.quality);
    let tiers = vec![Tier { credits_per_image: Credits::ZERO, ..tier.clone() }];
    credits_per_image(&Model { picture, tiers, ..model.clone() })
}

/// Items one call of a text model has room for.
#[must_use]
pub fn items_per_call(context_tokens: i64, max_output_tokens: i64) -> i64 {
    let (to_read, to_write) = TOKENS_PER_ITEM;
    (context_tokens / to_read).min(max_output_tokens / to_write).clamp(1, ITEMS_MAX)
}
