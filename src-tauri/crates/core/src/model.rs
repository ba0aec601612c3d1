//! The model catalogue's row and the arithmetic of price. One type carries the price under the names the reports use,
//! so that a renamed field is a compile error and not a dead feature; formulas are pure, integer, rounded once.
//!
//! Prices stand as canonical decimal text in US dollars per 1,000 tokens (or per image) and become exact rationals
//! here: `tokens × price` is taken in `i128` of 10^-12 dollars per token and rounded half up to a nano-dollar.

pub mod ending;
pub mod hours;
pub mod thinking;
pub mod tiers;

use crate::id::ModelId;
use crate::money::{CREDITS_MAX, Credits, MICRO, USD_MAX, Usd, round_div};
use crate::picture::{self, Abilities};
use crate::status::ModelType;
use crate::time::UtcMs;
use crate::usage::Usage;
use hours::Hours;
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};
use thinking::Thinking;
use tiers::Tier;

/// The provider name of the engine that is always there.
pub const BUILTIN: &str = "builtin";
/// Decimals a stored price may have: 10^-9 dollars per 1,000 tokens is 10^-12 a token, the finest unit we compute in.
const PRICE_DECIMALS: u32 = 9;

/// A price in US dollars per 1,000 tokens or per image, at most nine decimals, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Price(Decimal);

/// Why a text is not a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a price")]
pub struct NotAPrice;

impl Price {
    /// Costs nothing.
    pub const FREE: Self = Self(Decimal::ZERO);

    /// Reads canonical decimal text such as `0.00015`.
    ///
    /// # Errors
    /// When it is no number, is negative, is above a million dollars, or has more than nine decimals.
    pub fn parse(text: &str) -> Result<Self, NotAPrice> {
        let decimal: Decimal = text.trim().parse().map_err(|_| NotAPrice)?;
        let fine = decimal.normalize().scale() > PRICE_DECIMALS;
        if (decimal.is_sign_negative() && !decimal.is_zero()) || fine || decimal > Decimal::from(1_000_000) {
            return Err(NotAPrice);
        }
        Ok(Self(decimal.normalize()))
    }

    /// The canonical text that is stored.
    #[must_use]
    pub fn to_text(self) -> String {
        self.0.to_string()
    }

    /// The price in 10^-9 dollars per 1,000 tokens, which is 10^-12 dollars per token.
    fn scaled(self) -> i128 {
        (self.0 * Decimal::from(1_000_000_000_i64)).to_i128().unwrap_or(i128::MAX / 4)
    }
}

impl TryFrom<String> for Price {
    type Error = NotAPrice;

    fn try_from(text: String) -> Result<Self, NotAPrice> {
        Self::parse(&text)
    }
}

impl From<Price> for String {
    fn from(price: Price) -> Self {
        price.to_text()
    }
}

/// One row of the catalogue. Rows are never re-priced: a changed price is a new row, and a call keeps the row it was
/// held under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Row id; also the price version that calls copy.
    pub id: ModelId,
    /// Vendor, or [`BUILTIN`].
    pub provider: String,
    /// The vendor's model id.
    pub model_name: String,
    /// Name for people.
    pub display_name: String,
    /// Text or image.
    pub model_type: ModelType,
    /// May be chosen.
    pub is_active: bool,
    /// Chosen when nothing else is said.
    pub is_default: bool,
    /// Dollars per 1,000 input tokens; `None` means unknown, and unknown refuses.
    pub cost_per_1k_input: Option<Price>,
    /// Dollars per 1,000 output tokens.
    pub cost_per_1k_output: Option<Price>,
    /// Dollars per 1,000 input tokens served from the vendor's cache; `None` charges them as input.
    pub cost_per_1k_cached_input: Option<Price>,
    /// Dollars per 1,000 input tokens that the vendor writes to its cache; `None` charges them as input. Whoever states no
    /// such price bills none: by their price lists OpenAI before GPT-5.6, Google, DeepSeek, Mistral and xAI take what they
    /// cache for input read, and Anthropic and newer OpenAI models, which take a quarter more, are in the catalogue with it.
    /// See [`Model::guesses_at`] for a vendor that counts such tokens all the same.
    pub cost_per_1k_cache_write: Option<Price>,
    /// Dollars per 1,000 reasoning tokens; `None` charges them as output.
    pub cost_per_1k_reasoning: Option<Price>,
    /// Dollars per 1,000 tokens of pictures read; `None` charges them as input.
    pub cost_per_1k_image_input: Option<Price>,
    /// Dollars per 1,000 tokens of pictures made; `None` charges them as output.
    pub cost_per_1k_image_output: Option<Price>,
    /// Dollars per image; `None` on an image model that is priced by its tokens.
    pub cost_per_image: Option<Price>,
    /// Credits for one image; `None` means unpriced.
    pub credits_per_image: Option<Credits>,
    /// Tokens one credit buys, at least 1; `None` means unpriced.
    pub tokens_per_credit: Option<i64>,
    /// The least a text call costs.
    pub min_credits: Credits,
    /// Most tokens the model reads.
    pub context_tokens: i64,
    /// Most tokens the model writes in one answer.
    pub max_output_tokens: i64,
    /// Items one call may carry (keywords for clustering, clusters for ideas).
    pub items_per_call: i64,
    /// When the vendor ends it.
    pub retires_on: Option<UtcMs>,
    /// The model to use instead.
    pub replaced_by: Option<String>,
    /// When this price was true.
    pub priced_at: UtcMs,
    /// What it can be asked for, of an image model.
    pub picture: Abilities,
    /// How it thinks before it answers, of a text model.
    pub thinking: Thinking,
    /// When its tokens cost less than its prices say, which are those of the dearest hour.
    pub hours: Vec<Hours>,
    /// What a picture costs in each quality, of an image model that is sold in several.
    pub tiers: Vec<Tier>,
}

/// What a call costs both ways: in the user's credits and in the vendor's money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Charge {
    /// Taken from the wallet.
    pub credits: Credits,
    /// What the vendor bills.
    pub provider_cost: Usd,
}

/// Why a model cannot be priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// A price this call needs is not in the catalogue.
    #[error("the model has no price")]
    Unpriced,
    /// The product leaves the range of an amount.
    #[error("the price leaves the range of an amount")]
    OutOfRange,
}

impl Model {
    /// What it costs, of the dearest hour: in, out, read from a cache, written to one, reasoning, pictures read, pictures
    /// made, and an image as a whole.
    #[must_use]
    pub const fn prices(&self) -> [Option<Price>; 8] {
        [
            self.cost_per_1k_input,
            self.cost_per_1k_output,
            self.cost_per_1k_cached_input,
            self.cost_per_1k_cache_write,
            self.cost_per_1k_reasoning,
            self.cost_per_1k_image_input,
            self.cost_per_1k_image_output,
            self.cost_per_image,
        ]
    }

    /// Prices a consumption.
    ///
    /// Text: `max(min_credits, ceil(tokens / tokens_per_credit))` credits. Image: `images × credits_per_image`.
    /// Provider cost: each bucket's tokens times its price per 1,000, and `images × cost_per_image`, summed exactly and
    /// rounded half up once. A vendor that says itself what a call costs is believed instead.
    ///
    /// # Errors
    /// [`PriceError::Unpriced`] when a needed price is unknown, so that an unknown price means no call;
    /// [`PriceError::OutOfRange`] when it is more than a ledger line may carry.
    pub fn charge(&self, usage: &Usage) -> Result<Charge, PriceError> {
        let credits = match self.model_type {
            ModelType::Text => self.text_credits(usage)?,
            ModelType::Image => {
                let each = self.credits_per_image.ok_or(PriceError::Unpriced)?;
                Credits(each.0.checked_mul(i64::from(usage.images)).ok_or(PriceError::OutOfRange)?)
            }
        };
        let charge = Charge { credits, provider_cost: self.cost(usage)? };
        let fits = charge.credits <= CREDITS_MAX && charge.provider_cost <= USD_MAX;
        if fits { Ok(charge) } else { Err(PriceError::OutOfRange) }
    }

    /// Whether a price is missing that each of its calls needs.
    #[must_use]
    pub fn is_unpriced(&self) -> bool {
        let least = match self.model_type {
            ModelType::Text => self.charge(&Usage::default()),
            ModelType::Image => self.one_image(),
        };
        least == Err(PriceError::Unpriced)
    }

    /// The dearest a text call with `input_tokens` counted tokens can become: all of the answer's room used, and every
    /// token at the highest rate its side has.
    ///
    /// # Errors
    /// As [`Model::charge`].
    pub fn worst_case_text(&self, input_tokens: u32, max_output_tokens: u32) -> Result<Charge, PriceError> {
        let usage = Usage { input_tokens, output_tokens: max_output_tokens, ..Usage::default() };
        let input = self.cost_per_1k_input.max(self.cost_per_1k_cache_write).max(self.cost_per_1k_cached_input);
        let output = self.cost_per_1k_output.max(self.cost_per_1k_reasoning);
        self.charge(&usage)?;
        let dearest = Self { cost_per_1k_input: input, cost_per_1k_output: output, ..self.clone() };
        dearest.charge(&usage)
    }

    /// What one image will likely cost. Its credits are certain; the vendor's money is certain where an image has a price
    /// of its own, and otherwise that of the tokens an image usually takes in the quality that is asked for.
    ///
    /// # Errors
    /// As [`Model::charge`].
    pub fn one_image(&self) -> Result<Charge, PriceError> {
        self.at_quality(&self.picture.quality).charge(&self.likely_of(&self.picture.quality, None))
    }

    /// The dearest one image can become: its prompt as long and its quality as high as vendors have them, and every token
    /// at the highest rate its side has.
    ///
    /// # Errors
    /// As [`Model::charge`].
    pub fn worst_case_image(&self) -> Result<Charge, PriceError> {
        self.at_quality(&self.picture.quality).worst_case_of(&picture::most())
    }

    fn worst_case_of(&self, most: &Usage) -> Result<Charge, PriceError> {
        self.charge(most)?;
        let output = self.cost_per_1k_image_output.or(self.cost_per_1k_output);
        let dearest = Self {
            cost_per_1k_input: self.cost_per_1k_input.max(self.cost_per_1k_cache_write),
            cost_per_1k_image_output: output.max(self.cost_per_1k_output).max(self.cost_per_1k_reasoning),
            ..self.clone()
        };
        dearest.charge(most)
    }

    /// Whether a consumption has tokens in it whose rate is a guess: some that its vendor says it wrote to a cache, of a
    /// model that costs something and of which no price for that is known. Their cost may be higher than it is booked.
    #[must_use]
    pub fn guesses_at(&self, usage: &Usage) -> bool {
        usage.cache_write_tokens > 0
            && self.cost_per_1k_cache_write.is_none()
            && self.cost_per_1k_input.is_some_and(|input| input > Price::FREE)
            && !(self.model_type == ModelType::Image && self.cost_per_image.is_some())
    }

    /// The most a vendor can have billed for a call of which nothing is known but what was held for it: as many tokens as
    /// that buys and the model can read and write, all at the highest rate it has. Nothing for a model without a price.
    #[must_use]
    pub fn most_for(&self, held: Credits) -> Usd {
        let most = match self.model_type {
            ModelType::Image => self.worst_case_image(),
            ModelType::Text => {
                let bought = i128::from(held.0) * i128::from(self.tokens_per_credit.unwrap_or(0)) / i128::from(MICRO);
                let tokens = bought.min(i128::from(self.context_tokens) + i128::from(self.max_output_tokens));
                let output_tokens = u32::try_from(tokens).unwrap_or(u32::MAX);
                self.at_the_dearest().charge(&Usage { output_tokens, ..Usage::default() })
            }
        };
        most.map_or(Usd::ZERO, |most| most.provider_cost)
    }

    /// The same model with every token at the highest rate it has for any.
    pub(crate) fn at_the_dearest(&self) -> Self {
        let top = self
            .cost_per_1k_input
            .max(self.cost_per_1k_output)
            .max(self.cost_per_1k_cached_input)
            .max(self.cost_per_1k_cache_write)
            .max(self.cost_per_1k_reasoning)
            .max(self.cost_per_1k_image_input)
            .max(self.cost_per_1k_image_output);
        Self {
            cost_per_1k_input: top,
            cost_per_1k_output: top,
            cost_per_1k_cached_input: top,
            cost_per_1k_cache_write: top,
            cost_per_1k_reasoning: top,
            cost_per_1k_image_input: top,
            cost_per_1k_image_output: top,
            ..self.clone()
        }
    }

    fn text_credits(&self, usage: &Usage) -> Result<Credits, PriceError> {
        let per_credit = self.tokens_per_credit.filter(|t| *t > 0).ok_or(PriceError::Unpriced)?;
        let tokens = i64::try_from(usage.tokens()).map_err(|_| PriceError::OutOfRange)?;
        let whole = tokens.checked_add(per_credit - 1).ok_or(PriceError::OutOfRange)? / per_credit;
        let credits = Credits(whole.checked_mul(MICRO).ok_or(PriceError::OutOfRange)?);
        Ok(credits.max(self.min_credits))
    }

    /// Provider cost in one rounding: 10^-12 dollars until the end.
    fn cost(&self, usage: &Usage) -> Result<Usd, PriceError> {
        let (input, output) = (self.cost_per_1k_input, self.cost_per_1k_output);
        if self.model_type == ModelType::Text && (input.is_none() || output.is_none()) {
            return Err(PriceError::Unpriced);
        }
        if self.model_type == ModelType::Image && self.cost_per_image.is_none() && !self.is_priced_by_image_tokens() {
            return Err(PriceError::Unpriced);
        }
        if let Some(stated) = usage.stated_cost {
            return Ok(stated);
        }
        // A picture with a price of its own costs that price, whatever tokens its vendor counts beside it.
        if let (ModelType::Image, Some(each)) = (self.model_type, self.cost_per_image) {
            return Ok(Usd(round_div(each.scaled() * i128::from(usage.images), 1)));
        }
        Ok(Usd(round_div(self.token_cost(usage)?, 1_000)))
    }

    /// What the tokens cost at the dearest hour, in 10^-12 dollars.
    fn token_cost(&self, usage: &Usage) -> Result<i128, PriceError> {
        let (input, output) = (self.cost_per_1k_input, self.cost_per_1k_output);
        let buckets = [
            (usage.input_tokens, input),
            (usage.cached_input_tokens, self.cost_per_1k_cached_input.or(input)),
            (usage.cache_write_tokens, self.cost_per_1k_cache_write.or(input)),
            (usage.image_input_tokens, self.cost_per_1k_image_input.or(input)),
            (usage.output_tokens, output),
            (usage.reasoning_tokens, self.cost_per_1k_reasoning.or(output)),
            (usage.image_output_tokens, self.cost_per_1k_image_output.or(output)),
        ];
        let mut pico = 0_i128;
        for (tokens, price) in buckets {
            if tokens > 0 {
                pico += price.ok_or(PriceError::Unpriced)?.scaled() * i128::from(tokens);
            }
        }
        Ok(pico)
    }

    fn is_priced_by_image_tokens(&self) -> bool {
        self.cost_per_1k_input.is_some() && self.cost_per_1k_image_output.or(self.cost_per_1k_output).is_some()
    }
}

#[cfg(test)]
pub(crate) mod tests;
