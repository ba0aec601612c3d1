//! The arithmetic of price.

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
        thinking: Thinking::default(),
        hours: Vec::new(),
        tiers: Vec::new(),
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
    assert_eq!(Model { cost_per_1k_output: None, cost_per_1k_input: None, ..model }.most_for(Credits(1)), Usd::ZERO);
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
