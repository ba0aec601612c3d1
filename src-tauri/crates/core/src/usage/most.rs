//! The most that one call can have consumed. A vendor says what a call took, and its word is what is booked; but a word
//! that no request could have come to is a mistake, in the vendor's figures or in the proxy before it, and believing it
//! would spoil every sum it goes into. Such a word counts as the most that is possible, and as an estimate.
//!
//! What a call cost is another matter than what it took: the books say what the vendor bills, all of it, and only the vendor
//! knows that. Our price list may be behind by any factor (a price that rose, a dearer tier, a gateway's part), so that it
//! is no reason to book less than the bill: a cost that is many times what the list says is booked as it was said, and whoever
//! pays is told at once what was said and what was expected. Only beyond what no single call costs on any price list there
//! is ([`STATED_COST_MAX`]) it is taken for a mistake of units or of the program before the vendor, and counts as that most
//! and as an estimate, like tokens that cannot be. Two words say no cost at all, and then the price list counts: one below
//! nothing, and, of what is sold, nothing, which gateways that keep no prices say of every call.

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
/// Tokens written beyond the answer's room: what a model thinks before it answers is not bound by it everywhere, and the
/// longest thoughts that vendors sell have so many.
const OUTPUT_TOKENS_BEYOND: u64 = 131_072;
/// How many times the dearest reading of a call it may be said to have cost before whoever pays is told: a price that rose,
/// a dearer tier, a long prompt, and a gateway's part come to twice or three times each, and never all of them to more.
const STATED_COST_FACTOR: i64 = 10;
/// What it may cost beside its tokens unremarked, whatever those cost: vendors take some cents for looking something up.
const STATED_COST_BESIDE: Usd = Usd(NANO / 20);
/// The dearest price of a token that is sold today, six hundred dollars a million: what a token may be said to have cost of
/// a model that our table gives away, before that is remarked on.
const TOKEN_COST_MAX: i64 = NANO * 6 / 10_000;
/// What no request costs, whoever says so: the dearest models take some hundred dollars for all they can read and write at
/// once. It is the most that is booked for one call, and nine million such calls still sum up.
pub const STATED_COST_MAX: Usd = Usd(1_000 * NANO);
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
    /// What is doubtful about the vendor's word; `None` when nobody needs to hear of it.
    pub doubt: Option<Doubt>,
}

/// What is doubtful about what a vendor said of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// So much use, in tokens or, where those are possible, pictures, cannot be, and is not booked.
    Use(u64),
    /// This cost cannot be, and is not booked.
    Cost(StatedCost),
    /// This cost is hard to believe, and is booked.
    Dear(StatedCost),
    /// Something was said of a cost that cannot be read; the price list's is booked.
    Unreadable,
}

/// A cost as it was said, and as the price list has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedCost {
    /// By the vendor.
    pub said: Usd,
    /// By the price list, for what the call took.
    pub expected: Usd,
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

    /// What is booked of what the vendor of `model` says. A side that is too much counts as the most it can be, at its plain
    /// rate; what the call cost is asked apart from that.
    #[must_use]
    pub fn believe(&self, said: &Usage, model: &Model) -> Believed {
        let (taken, doubt) = self.believe_use(said);
        let priced = Usage { stated_cost: None, is_estimated: taken.is_estimated || doubt.is_some(), ..taken };
        let Some(cost) = said.stated_cost else {
            let of_cost = said.is_cost_unreadable.then_some(Doubt::Unreadable);
            let is_estimated = priced.is_estimated || said.is_cost_unreadable || model.guesses_at(&priced);
            return Believed { usage: Usage { is_estimated, ..priced }, doubt: of_cost.or(doubt) };
        };
        let expected = model.charge(&priced).map_or(Usd::ZERO, |charge| charge.provider_cost);
        let stated = StatedCost { said: cost, expected };
        let reckoned = Usage { is_estimated: true, ..priced };
        let as_said = Usage { stated_cost: Some(cost), ..priced };
        let (usage, of_cost) = match cost.0 {
            0 if expected > Usd::ZERO => (reckoned, None),
            ..0 => (reckoned, Some(Doubt::Cost(stated))),
            _ if cost > STATED_COST_MAX => {
                (Usage { stated_cost: Some(STATED_COST_MAX), ..reckoned }, Some(Doubt::Cost(stated)))
            }
            _ if cost > dearest(&priced, model) => (as_said, Some(Doubt::Dear(stated))),
            _ => (as_said, None),
        };
        Believed { usage, doubt: of_cost.or(doubt) }
    }

    /// What is booked of what it says that the call took.
    fn believe_use(&self, said: &Usage) -> (Usage, Option<Doubt>) {
        let mut usage = *said;
        let mut doubt = None;
        if said.images > IMAGES_MAX {
            usage.images = IMAGES_MAX;
            doubt = Some(Doubt::Use(u64::from(said.images)));
        }
        if said.tokens_in() > u64::from(self.tokens_in) {
            usage.input_tokens = self.tokens_in;
            (usage.cached_input_tokens, usage.cache_write_tokens, usage.image_input_tokens) = (0, 0, 0);
            doubt = Some(Doubt::Use(said.tokens()));
        }
        if said.tokens_out() > u64::from(self.tokens_out) {
            let (text, picture) = self.written();
            (usage.output_tokens, usage.image_output_tokens, usage.reasoning_tokens) = (text, picture, 0);
            doubt = Some(Doubt::Use(said.tokens()));
        }
        (usage, doubt)
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

/// The most that what was consumed can be said to have cost unremarked.
fn dearest(consumed: &Usage, model: &Model) -> Usd {
    let charged = model.at_the_dearest().charge(consumed).map_or(0, |charge| charge.provider_cost.0);
    let by_table = charged.saturating_mul(STATED_COST_FACTOR);
    let most = if charged > 0 { by_table } else { given_away(consumed) };
    Usd(most.saturating_add(STATED_COST_BESIDE.0))
}

/// The same of a model without a price here: its tokens at the dearest there is.
fn given_away(consumed: &Usage) -> i64 {
    i64::try_from(consumed.tokens()).unwrap_or(i64::MAX).saturating_mul(TOKEN_COST_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ModelId;
    use crate::model::Price;
    use crate::model::thinking::Thinking;
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
            picture: picture::Abilities::default(),
            thinking: Thinking::default(),
            hours: Vec::new(),
            tiers: Vec::new(),
        }
    }

    /// A model with a price.
    fn sold(model_type: ModelType) -> Model {
        model(model_type, Price::parse("0.002").ok(), 1_000)
    }

    #[test]
    fn what_is_possible_is_believed_to_the_last_token() {
        let said = Usage { input_tokens: 900, cached_input_tokens: 300, output_tokens: 2_000, ..Usage::default() };
        for (kind, most) in [(ModelType::Text, Most::of_text(1_000, 2_000)), (ModelType::Image, Most::of_image())] {
            assert_eq!(most.believe(&said, &sold(kind)), Believed { usage: said, doubt: None });
        }
        let thinks = Usage { reasoning_tokens: 128_000, ..said };
        let believed = Most::of_text(1_000, 2_000).believe(&thinks, &sold(ModelType::Text));
        assert_eq!(believed.doubt, None, "models think at length");
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
        let believed = Most::of_text(1_000, 2_000).believe(&said, &sold(ModelType::Text));
        assert_eq!(believed.doubt, Some(Doubt::Use(4_000_000_112)));
        let usage = believed.usage;
        assert_eq!((usage.input_tokens, usage.cache_write_tokens, usage.is_estimated), (54_000, 0, true));
        assert_eq!((usage.output_tokens, usage.reasoning_tokens), (100, 5), "the other side is left as it is");
        let many = Usage { images: 4_000_000_000, ..Usage::default() };
        let pictures = Most::of_image().believe(&many, &sold(ModelType::Image));
        assert_eq!((pictures.usage.images, pictures.doubt), (10, Some(Doubt::Use(4_000_000_000))));
        let wordy = Usage { input_tokens: 900, output_tokens: 900_000, ..Usage::default() };
        let believed = Most::of_text(1_000, 4_880).believe(&wordy, &sold(ModelType::Text));
        assert_eq!((believed.usage.output_tokens, believed.usage.is_estimated), (4_880 + 131_072, true), "its room");
        assert_eq!(believed.doubt, Some(Doubt::Use(900_900)));
    }

    /// 900 tokens at two tenths of a cent a thousand.
    const WORTH: i64 = 1_800_000;

    fn costing(nano: i64) -> Usage {
        Usage { input_tokens: 900, stated_cost: Some(Usd(nano)), images: 1, ..Usage::default() }
    }

    #[test]
    fn a_cost_is_booked_as_it_is_said_and_remarked_on_when_it_is_many_times_the_expected() {
        let (sold, free) = (sold(ModelType::Text), model(ModelType::Text, Price::parse("0").ok(), 1_000));
        let most = Most::of_text(1_000, 2_000);
        let limit = WORTH * STATED_COST_FACTOR + STATED_COST_BESIDE.0;
        let free_limit = 900 * TOKEN_COST_MAX + STATED_COST_BESIDE.0;
        for (nano, model) in [(1, &sold), (3 * WORTH, &sold), (limit, &sold), (0, &free), (free_limit, &free)] {
            assert_eq!(most.believe(&costing(nano), model), Believed { usage: costing(nano), doubt: None }, "{nano}");
        }
        for (nano, model, expected) in [
            (limit + 1, &sold, WORTH),
            (999 * NANO, &sold, WORTH),
            (STATED_COST_MAX.0, &sold, WORTH),
            (free_limit + 1, &free, 0),
            (STATED_COST_MAX.0, &free, 0),
        ] {
            let stated = StatedCost { said: Usd(nano), expected: Usd(expected) };
            let booked = Believed { usage: costing(nano), doubt: Some(Doubt::Dear(stated)) };
            assert_eq!(most.believe(&costing(nano), model), booked, "{nano}: the bill is the bill");
        }
        let nothing = Usage { stated_cost: Some(Usd::ZERO), ..Usage::default() };
        assert_eq!(most.believe(&nothing, &sold).usage, nothing, "nothing costs nothing");
    }

    #[test]
    fn a_cost_that_cannot_be_meant_is_bounded_or_priced_here_and_marked() {
        let (sold, most) = (sold(ModelType::Text), Most::of_text(1_000, 2_000));
        let ours = Usage { stated_cost: None, is_estimated: true, ..costing(0) };
        let bounded = Usage { stated_cost: Some(STATED_COST_MAX), ..ours };
        let told = |nano| Some(Doubt::Cost(StatedCost { said: Usd(nano), expected: Usd(WORTH) }));
        for (nano, usage, doubt) in [
            (0, ours, None),
            (-1, ours, told(-1)),
            (i64::MIN, ours, told(i64::MIN)),
            (STATED_COST_MAX.0 + 1, bounded, told(STATED_COST_MAX.0 + 1)),
            (i64::MAX, bounded, told(i64::MAX)),
        ] {
            assert_eq!(most.believe(&costing(nano), &sold), Believed { usage, doubt }, "{nano}");
        }
    }

    #[test]
    fn tokens_at_a_rate_that_nobody_knows_are_marked_unless_their_cost_is_said() {
        let (sold, most) = (sold(ModelType::Text), Most::of_text(1_000, 2_000));
        let unknown = Model { cost_per_1k_cache_write: None, ..sold.clone() };
        let given_away = Model { cost_per_1k_cache_write: None, ..model(ModelType::Text, Some(Price::FREE), 1_000) };
        let written = Usage { input_tokens: 600, cache_write_tokens: 300, ..Usage::default() };
        let is_marked = |model: &Model, said: &Usage| most.believe(said, model).usage.is_estimated;
        assert!(is_marked(&unknown, &written), "written to a cache, at what price?");
        assert!(!is_marked(&sold, &written), "at a price that is known");
        assert!(!is_marked(&unknown, &Usage { cache_write_tokens: 0, ..written }), "nothing was written");
        assert!(!is_marked(&unknown, &Usage { stated_cost: Some(Usd(WORTH)), ..written }), "the vendor says its cost");
        assert!(!is_marked(&given_away, &written), "what costs nothing costs nothing");
    }

    #[test]
    fn a_cost_that_cannot_be_read_is_the_price_lists_and_told() {
        let said = Usage { is_cost_unreadable: true, input_tokens: 900, ..Usage::default() };
        let believed = Most::of_text(1_000, 2_000).believe(&said, &sold(ModelType::Text));
        assert_eq!(believed.doubt, Some(Doubt::Unreadable));
        assert_eq!((believed.usage.stated_cost, believed.usage.is_estimated), (None, true));
        assert_eq!(sold(ModelType::Text).charge(&believed.usage).unwrap().provider_cost, Usd(WORTH));
    }

    #[test]
    fn what_a_call_cost_is_believed_apart_from_what_it_took() {
        let said = Usage { input_tokens: 4_000_000_000, ..costing(3 * WORTH) };
        let believed = Most::of_text(1_000, 2_000).believe(&said, &sold(ModelType::Text));
        assert_eq!((believed.usage.input_tokens, believed.usage.is_estimated), (54_000, true));
        assert_eq!(believed.usage.stated_cost, Some(Usd(3 * WORTH)), "it is what is billed");
        assert_eq!(believed.doubt, Some(Doubt::Use(4_000_000_000)));
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
                is_cost_unreadable: false,
            };
            let believed = most.believe(&said, &model).usage;
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
