//! The most that one call can have consumed. A vendor says what a call took, and its word is what is booked; but a word
//! that no request could have come to is a mistake, in the vendor's figures or in the proxy before it, and believing it
//! would spoil every sum it goes into. Such a word counts as the most that is possible, and as an estimate.

use super::Usage;
use crate::model::{Model, PriceError};
use crate::money::{NANO, Usd};
use crate::picture;
use crate::status::ModelType;

/// Tokens read for each that was counted: counts of another tokenizer differ by a factor of two or three for scripts it
/// was not made for.
const INPUT_FACTOR: u64 = 4;
/// Tokens read beside the request: what a vendor puts before every one of them.
const INPUT_TOKENS_BESIDE: u64 = 50_000;
/// Tokens written beyond the answer's room: what a model thinks before it answers is not bound by it everywhere. No model
/// writes a million tokens in one go.
const OUTPUT_TOKENS_BEYOND: u64 = 1_000_000;
/// What a request may be said to have cost: the dearest models of today take some hundred dollars for all they can read
/// and write at once.
const STATED_COST_MAX: Usd = Usd(1_000 * NANO);
/// Pictures of a request for one: the most that vendors make in one go.
const IMAGES_MAX: u32 = 10;

/// The most that a call can have consumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    model_type: ModelType,
    tokens_in: u32,
    tokens_out: u32,
}

/// What is booked of what a vendor said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Believed {
    /// What is booked.
    pub usage: Usage,
    /// How much the vendor said, in tokens or, where those are possible, pictures; `None` when all of it is believed.
    pub instead_of: Option<u64>,
}

impl Most {
    /// Of a text request with so many tokens counted and so much room for its answer.
    #[must_use]
    pub fn of_text(input_tokens: u32, max_output_tokens: u32) -> Self {
        Self::of(ModelType::Text, input_tokens, max_output_tokens)
    }

    /// Of a request for one picture.
    #[must_use]
    pub fn of_image() -> Self {
        let most = picture::most();
        Self::of(ModelType::Image, most.input_tokens, most.image_output_tokens)
    }

    fn of(model_type: ModelType, counted: u32, room: u32) -> Self {
        let bound = |tokens: u64| u32::try_from(tokens).unwrap_or(u32::MAX);
        Self {
            model_type,
            tokens_in: bound(u64::from(counted) * INPUT_FACTOR + INPUT_TOKENS_BESIDE),
            tokens_out: bound(u64::from(room) + OUTPUT_TOKENS_BEYOND),
        }
    }

    /// What is booked of what the vendor says. A side that is too much counts as the most it can be, at its plain rate.
    #[must_use]
    pub fn believe(&self, said: &Usage) -> Believed {
        let mut usage = *said;
        let mut instead_of = None;
        if said.images > IMAGES_MAX {
            usage.images = IMAGES_MAX;
            instead_of = Some(u64::from(said.images));
        }
        if said.tokens_in() > u64::from(self.tokens_in) {
            usage.input_tokens = self.tokens_in;
            (usage.cached_input_tokens, usage.cache_write_tokens, usage.image_input_tokens) = (0, 0, 0);
            instead_of = Some(said.tokens());
        }
        if said.tokens_out() > u64::from(self.tokens_out) {
            let (text, picture) = self.written();
            (usage.output_tokens, usage.image_output_tokens, usage.reasoning_tokens) = (text, picture, 0);
            instead_of = Some(said.tokens());
        }
        // Whoever is wrong about what it took is not asked what that cost.
        if instead_of.is_some() || said.stated_cost.is_some_and(|cost| cost.0 < 0 || cost > STATED_COST_MAX) {
            usage.stated_cost = None;
        }
        usage.is_estimated |= instead_of.is_some();
        Believed { usage, instead_of }
    }

    /// Refuses a model at whose prices the most would not fit the books, before anything is asked of it.
    ///
    /// # Errors
    /// [`PriceError::OutOfRange`]; [`PriceError::Unpriced`].
    pub fn check_range(&self, model: &Model) -> Result<(), PriceError> {
        let (output_tokens, image_output_tokens) = self.written();
        let images = if self.model_type == ModelType::Image { IMAGES_MAX } else { 0 };
        let input_tokens = self.tokens_in;
        let most = Usage { input_tokens, output_tokens, image_output_tokens, images, ..Usage::default() };
        model.at_the_dearest().charge(&most).map(drop)
    }

    /// The most written, as text and as a picture.
    const fn written(&self) -> (u32, u32) {
        match self.model_type {
            ModelType::Text => (self.tokens_out, 0),
            ModelType::Image => (0, self.tokens_out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ModelId;
    use crate::model::Price;
    use crate::money::{CREDITS_MAX, Credits, USD_MAX};
    use crate::time::UtcMs;
    use proptest::prelude::*;

    fn model(model_type: ModelType, price: Option<Price>, tokens_per_credit: i64) -> Model {
        Model {
            id: ModelId(1),
            provider: "vendor".to_owned(),
            model_name: "m".to_owned(),
            display_name: "M".to_owned(),
            model_type,
            is_active: true,
            is_default: true,
            cost_per_1k_input: price,
            cost_per_1k_output: price,
            cost_per_1k_cached_input: price,
            cost_per_1k_cache_write: price,
            cost_per_1k_reasoning: price,
            cost_per_1k_image_input: price,
            cost_per_1k_image_output: price,
            cost_per_image: None,
            credits_per_image: Some(Credits::whole(5)),
            tokens_per_credit: Some(tokens_per_credit),
            min_credits: Credits::whole(1),
            context_tokens: 128_000,
            max_output_tokens: 16_000,
            items_per_call: 100,
            retires_on: None,
            replaced_by: None,
            priced_at: UtcMs(0),
        }
    }

    #[test]
    fn what_is_possible_is_believed_to_the_last_token() {
        let said = Usage { input_tokens: 900, cached_input_tokens: 300, output_tokens: 2_000, ..Usage::default() };
        for most in [Most::of_text(1_000, 2_000), Most::of_image()] {
            assert_eq!(most.believe(&said), Believed { usage: said, instead_of: None });
        }
        let thinks = Usage { reasoning_tokens: 700_000, ..said };
        assert_eq!(Most::of_text(1_000, 2_000).believe(&thinks).instead_of, None, "models think at length");
    }

    #[test]
    fn what_is_impossible_counts_as_the_most_there_is() {
        let said = Usage {
            input_tokens: 4_000_000_000,
            cache_write_tokens: 7,
            output_tokens: 100,
            reasoning_tokens: 5,
            ..Usage::default()
        };
        let believed = Most::of_text(1_000, 2_000).believe(&said);
        assert_eq!(believed.instead_of, Some(4_000_000_112));
        let usage = believed.usage;
        assert_eq!((usage.input_tokens, usage.cache_write_tokens, usage.is_estimated), (54_000, 0, true));
        assert_eq!((usage.output_tokens, usage.reasoning_tokens), (100, 5), "the other side is left as it is");
        let pictures = Most::of_image().believe(&Usage { images: 4_000_000_000, ..Usage::default() });
        assert_eq!((pictures.usage.images, pictures.instead_of), (10, Some(4_000_000_000)));
    }

    proptest! {
        #[test]
        fn what_is_believed_always_fits_the_books_of_a_model_that_may_be_asked(
            tokens in any::<[u32; 7]>(),
            images in any::<u32>(),
            (counted, room) in any::<(u32, u32)>(),
            nano in 0_i64..=1_000_000_000_000_000,
            tokens_per_credit in 1_i64..10_000,
            is_image in any::<bool>(),
            stated in any::<Option<i64>>(),
        ) {
            let price = Price::parse(&rust_decimal::Decimal::new(nano, 9).to_string()).ok();
            let (model_type, most) = match is_image {
                true => (ModelType::Image, Most::of_image()),
                false => (ModelType::Text, Most::of_text(counted, room)),
            };
            let model = model(model_type, price, tokens_per_credit);
            let [input, cached, write, output, reasoning, image_input, image_output] = tokens;
            let said = Usage {
                input_tokens: input,
                cached_input_tokens: cached,
                cache_write_tokens: write,
                output_tokens: output,
                reasoning_tokens: reasoning,
                image_input_tokens: image_input,
                image_output_tokens: image_output,
                images,
                is_estimated: false,
                stated_cost: stated.map(Usd),
            };
            let believed = most.believe(&said).usage;
            prop_assert!(believed.tokens_in() <= u64::from(most.tokens_in));
            prop_assert!(believed.tokens_out() <= u64::from(most.tokens_out));
            if most.check_range(&model).is_ok() {
                let charge = model.charge(&believed);
                prop_assert!(
                    charge.is_ok_and(|c| c.credits <= CREDITS_MAX && c.provider_cost <= USD_MAX && c.provider_cost.0 >= 0)
                );
            }
        }
    }
}
