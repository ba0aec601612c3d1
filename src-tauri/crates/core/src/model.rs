//! The model catalogue's row and the arithmetic of price. One type carries the price under the names the reports use,
//! so that a renamed field is a compile error and not a dead feature; formulas are pure, integer, rounded once.
//!
//! Prices stand as canonical decimal text in US dollars per 1,000 tokens (or per image) and become exact rationals
//! here: `tokens × price` is taken in `i128` of 10^-12 dollars per token and rounded half up to a nano-dollar.

pub mod ending;

use crate::id::ModelId;
use crate::money::{CREDITS_MAX, Credits, MICRO, USD_MAX, Usd, round_div};
use crate::picture::{self, Abilities};
use crate::status::ModelType;
use crate::time::UtcMs;
use crate::usage::Usage;
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// The provider name of the engine that is always there.
pub const BUILTIN: &str = "builtin";
/// Decimals a stored price may have: 10^-9 dollars per 1,000 tokens is 10^-12 a token, the finest unit we compute in.
const PRICE_DECIMALS: u32 = 9;

/// A price in US dollars per 1,000 tokens or per image, at most nine decimals, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Dollars per 1,000 input tokens that the vendor writes to its cache; `None` charges them as input.
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
    /// of its own, and otherwise that of the tokens an image usually takes.
    ///
    /// # Errors
    /// As [`Model::charge`].
    pub fn one_image(&self) -> Result<Charge, PriceError> {
        self.charge(&picture::likely())
    }

    /// The dearest one image can become: its prompt as long and its quality as high as vendors have them, and every token
    /// at the highest rate its side has.
    ///
    /// # Errors
    /// As [`Model::charge`].
    pub fn worst_case_image(&self) -> Result<Charge, PriceError> {
        self.charge(&picture::most())?;
        let output = self.cost_per_1k_image_output.or(self.cost_per_1k_output);
        let dearest = Self {
            cost_per_1k_input: self.cost_per_1k_input.max(self.cost_per_1k_cache_write),
            cost_per_1k_image_output: output.max(self.cost_per_1k_output).max(self.cost_per_1k_reasoning),
            ..self.clone()
        };
        dearest.charge(&picture::most())
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
        Ok(Usd(round_div(pico, 1_000)))
    }

    fn is_priced_by_image_tokens(&self) -> bool {
        self.cost_per_1k_input.is_some() && self.cost_per_1k_image_output.or(self.cost_per_1k_output).is_some()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub fn text_model() -> Model {
        Model {
            id: ModelId(1),
            provider: "openai".to_owned(),
            model_name: "m".to_owned(),
            display_name: "M".to_owned(),
            model_type: ModelType::Text,
            is_active: true,
            is_default: true,
            cost_per_1k_input: Some(Price::parse("0.00015").unwrap()),
            cost_per_1k_output: Some(Price::parse("0.0006").unwrap()),
            cost_per_1k_cached_input: None,
            cost_per_1k_cache_write: None,
            cost_per_1k_reasoning: None,
            cost_per_1k_image_input: None,
            cost_per_1k_image_output: None,
            cost_per_image: None,
            credits_per_image: None,
            tokens_per_credit: Some(1_000),
            min_credits: Credits::whole(1),
            context_tokens: 128_000,
            max_output_tokens: 16_000,
            items_per_call: 100,
            retires_on: None,
            replaced_by: None,
            priced_at: UtcMs(0),
            picture: Abilities::default(),
        }
    }

    #[test]
    fn text_is_priced_by_tokens_with_a_floor() {
        let model = text_model();
        let usage = Usage { input_tokens: 2_500, output_tokens: 3_501, ..Usage::default() };
        let charge = model.charge(&usage).unwrap();
        assert_eq!(charge.credits, Credits::whole(7), "6,001 tokens round up to 7 credits");
        assert_eq!(charge.provider_cost.to_string(), "0.0024756");
        assert_eq!(model.charge(&Usage::default()).unwrap().credits, Credits::whole(1), "the floor");
    }

    #[test]
    fn a_hold_says_what_its_call_can_have_cost() {
        let model = text_model();
        assert_eq!(model.most_for(Credits::whole(7)).to_string(), "0.0042", "7,000 tokens at the rate of the output");
        let small = Model { tokens_per_credit: Some(10_000_000), ..text_model() };
        assert_eq!(small.most_for(Credits::whole(1)).to_string(), "0.0864", "no more than the model reads and writes");
        let dear_to_read = Model { cost_per_1k_input: Some(Price::parse("0.006").unwrap()), ..text_model() };
        assert_eq!(dear_to_read.most_for(Credits::whole(7)).to_string(), "0.042");
        assert_eq!(
            Model { cost_per_1k_output: None, cost_per_1k_input: None, ..model }.most_for(Credits(1)),
            Usd::ZERO
        );
    }

    #[test]
    fn an_unknown_price_refuses() {
        let unpriced = Model { cost_per_1k_output: None, ..text_model() };
        assert_eq!(unpriced.charge(&Usage::default()), Err(PriceError::Unpriced));
        assert_eq!((unpriced.is_unpriced(), text_model().is_unpriced()), (true, false));
        let image = Model { model_type: ModelType::Image, ..text_model() };
        assert_eq!(image.one_image(), Err(PriceError::Unpriced));
        assert!(image.is_unpriced());
    }

    #[test]
    fn an_image_costs_its_credits() {
        let image = Model {
            model_type: ModelType::Image,
            credits_per_image: Some(Credits::whole(5)),
            cost_per_image: Some(Price::parse("0.04").unwrap()),
            ..text_model()
        };
        let charge = image.charge(&Usage { images: 3, ..Usage::default() }).unwrap();
        assert_eq!((charge.credits, charge.provider_cost.to_string().as_str()), (Credits::whole(15), "0.12"));
        assert_eq!(image.one_image().unwrap().provider_cost.to_string(), "0.04", "whatever tokens it takes");
        assert_eq!(image.worst_case_image(), image.one_image(), "and never more");
    }

    #[test]
    fn text_is_not_paid_by_the_picture() {
        let model = Model { cost_per_image: Some(Price::parse("0.5").unwrap()), ..text_model() };
        let usage = Usage { input_tokens: 1_000, output_tokens: 1_000, ..Usage::default() };
        assert_eq!(model.charge(&usage), text_model().charge(&usage));
        assert_eq!(model.worst_case_text(1_000, 1_000), text_model().worst_case_text(1_000, 1_000));
    }

    #[test]
    fn every_bucket_has_its_price_and_a_missing_one_falls_back() {
        let price = |text| Some(Price::parse(text).unwrap());
        let model = Model {
            cost_per_1k_input: price("0.002"),
            cost_per_1k_output: price("0.008"),
            cost_per_1k_cached_input: price("0.0005"),
            cost_per_1k_cache_write: price("0.0025"),
            cost_per_1k_reasoning: None,
            ..text_model()
        };
        let usage = Usage {
            input_tokens: 1_000,
            cached_input_tokens: 2_000,
            cache_write_tokens: 400,
            output_tokens: 500,
            reasoning_tokens: 250,
            ..Usage::default()
        };
        let charge = model.charge(&usage).unwrap();
        assert_eq!(charge.provider_cost.to_string(), "0.01", "0.002 + 0.001 + 0.001 + 0.004 + 0.002");
        assert_eq!(charge.credits, Credits::whole(5), "4,150 tokens");
        let worst = model.worst_case_text(1_000, 1_000).unwrap();
        assert_eq!(worst.provider_cost.to_string(), "0.0105", "input at the dearer rate of a cache write");
    }

    #[test]
    fn a_vendor_that_states_its_cost_is_believed_and_credits_follow_the_tokens() {
        let usage = Usage { input_tokens: 2_500, stated_cost: Some(Usd(1_230)), ..Usage::default() };
        let charge = text_model().charge(&usage).unwrap();
        assert_eq!((charge.credits, charge.provider_cost), (Credits::whole(3), Usd(1_230)));
        let unpriced = Model { cost_per_1k_output: None, ..text_model() };
        assert_eq!(unpriced.charge(&usage), Err(PriceError::Unpriced), "its own word is no price before the call");
    }

    #[test]
    fn a_picture_may_be_priced_by_its_tokens() {
        let image = Model {
            model_type: ModelType::Image,
            credits_per_image: Some(Credits::whole(5)),
            cost_per_1k_input: Some(Price::parse("0.005").unwrap()),
            cost_per_1k_output: None,
            cost_per_1k_image_output: Some(Price::parse("0.04").unwrap()),
            ..text_model()
        };
        let usage = Usage { input_tokens: 100, image_output_tokens: 1_000, images: 1, ..Usage::default() };
        let charge = image.charge(&usage).unwrap();
        assert_eq!((charge.credits, charge.provider_cost.to_string().as_str()), (Credits::whole(5), "0.0405"));
        assert_eq!(image.charge(&Usage { reasoning_tokens: 1, images: 1, ..usage }), Err(PriceError::Unpriced));
    }

    #[test]
    fn a_picture_that_is_priced_by_its_tokens_has_a_price_before_it_is_made() {
        let price = |text| Some(Price::parse(text).unwrap());
        let image = Model {
            model_type: ModelType::Image,
            credits_per_image: Some(Credits::whole(5)),
            cost_per_1k_input: price("0.005"),
            cost_per_1k_output: price("0.04"),
            ..text_model()
        };
        let (likely, worst) = (image.one_image().unwrap(), image.worst_case_image().unwrap());
        assert_eq!(likely.provider_cost.to_string(), "0.06536", "1,584 tokens made and 400 read");
        assert_eq!(worst.provider_cost.to_string(), "0.32096", "7,024 tokens made and 8,000 read");
        assert_eq!((likely.credits, worst.credits), (Credits::whole(5), Credits::whole(5)), "a picture is a picture");
        let dear = Model { cost_per_1k_image_output: price("0.01"), cost_per_1k_cache_write: price("0.01"), ..image };
        assert_eq!(dear.one_image().unwrap().provider_cost.to_string(), "0.01784");
        assert_eq!(dear.worst_case_image().unwrap().provider_cost.to_string(), "0.36096", "at the highest rates");
    }

    proptest! {
        #[test]
        fn no_reading_of_a_call_costs_more_than_its_worst_case(
            prices in proptest::array::uniform5(proptest::option::of(0_u32..50_000)),
            (counted, cached, written) in (0_u32..200_000, 0_u32..=100, 0_u32..=100),
            (room, thought) in (1_u32..32_000, 0_u32..=100),
        ) {
            let price = |at: usize| prices[at].map(|micro| Price(Decimal::new(i64::from(micro), 6)));
            let model = Model {
                cost_per_1k_input: price(0).or(Some(Price::FREE)),
                cost_per_1k_output: price(1).or(Some(Price::FREE)),
                cost_per_1k_cached_input: price(2),
                cost_per_1k_cache_write: price(3),
                cost_per_1k_reasoning: price(4),
                ..text_model()
            };
            // All that was counted and all of the room, in whichever buckets the vendor puts it.
            let part = |of: u32, percent: u32| of / 100 * percent;
            let (cached, thought) = (part(counted, cached), part(room, thought));
            let written = part(counted - cached, written);
            let usage = Usage {
                input_tokens: counted - cached - written,
                cached_input_tokens: cached,
                cache_write_tokens: written,
                output_tokens: room - thought,
                reasoning_tokens: thought,
                ..Usage::default()
            };
            let (charge, worst) = (model.charge(&usage).unwrap(), model.worst_case_text(counted, room).unwrap());
            prop_assert!(charge.credits <= worst.credits, "{charge:?} {worst:?}");
            prop_assert!(charge.provider_cost <= worst.provider_cost, "{charge:?} {worst:?}");
        }
    }

    #[test]
    fn prices_outside_the_rule_are_refused() {
        for bad in ["-1", "x", "0.0000000001", "2000000"] {
            assert_eq!(Price::parse(bad), Err(NotAPrice), "{bad}");
        }
        assert_eq!(Price::parse("0.000150").unwrap().to_text(), "0.00015");
    }
}
