//! What a call consumed, from the vendor's figures to disjoint buckets. Cached tokens are part of the prompt there and
//! reasoning is part of the completion; here each token stands once, and the buckets sum to the vendor's total.
//!
//! Figures that contradict each other do not cost the user the answer, which is complete and will be billed: the dearer
//! reading is taken, and the row says that it is an estimate.

use crate::buckets::{dollars, is_otherwise_served, measured, split, total};
use crate::figures::Tokens;
use crate::tokens::Counted;
use igny8_core::money::Usd;
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Chat {
    prompt_tokens: Tokens,
    completion_tokens: Tokens,
    total_tokens: Option<Tokens>,
    prompt_tokens_details: Option<PromptDetails>,
    completion_tokens_details: Option<CompletionDetails>,
}

/// What gateways say a call costs, in dollars, and whether a key of the user's own at somebody else's was used.
#[derive(Deserialize)]
struct Stating {
    cost: Option<Value>,
    #[serde(default)]
    is_byok: Value,
    cost_details: Option<CostDetails>,
}

#[derive(Default, Deserialize)]
struct CostDetails {
    upstream_inference_cost: Option<Value>,
}

#[derive(Default, Deserialize)]
struct PromptDetails {
    cached_tokens: Option<Tokens>,
    cache_write_tokens: Option<Tokens>,
    image_tokens: Option<Tokens>,
}

#[derive(Default, Deserialize)]
struct CompletionDetails {
    reasoning_tokens: Option<Tokens>,
}

#[derive(Deserialize)]
struct Image {
    input_tokens: Tokens,
    output_tokens: Tokens,
    total_tokens: Option<Tokens>,
    input_tokens_details: Option<InputDetails>,
    output_tokens_details: Option<OutputDetails>,
}

#[derive(Default, Deserialize)]
struct InputDetails {
    image_tokens: Option<Tokens>,
    cached_tokens: Option<Tokens>,
}

#[derive(Default, Deserialize)]
struct OutputDetails {
    text_tokens: Option<Tokens>,
}

/// What an answer says of its consumption, and on which tier it was served.
#[derive(Deserialize)]
pub(super) struct Stated {
    pub(super) usage: Option<Value>,
    pub(super) service_tier: Option<Value>,
}

impl Stated {
    /// The consumption of a text call, as far as the vendor says it.
    pub(super) fn of_chat(&self) -> Option<Usage> {
        let usage = self.usage.as_ref().and_then(stated_of_chat)?;
        let is_otherwise = usage.stated_cost.is_none() && is_otherwise_served(self.service_tier.as_ref());
        Some(Usage { is_estimated: usage.is_estimated || is_otherwise, ..usage })
    }
}

/// The consumption of a text call: what the vendor says, or our own count.
pub(super) fn of_chat(said: Option<Usage>, counted: &Counted) -> Usage {
    said.unwrap_or(Usage {
        input_tokens: counted.input,
        output_tokens: counted.output,
        is_estimated: true,
        ..Usage::default()
    })
}

/// The consumption of a generation that made so many pictures: what the vendor says, or our own count.
pub(super) fn of_images(said: Option<&Value>, counted: &Counted, images: u32) -> Usage {
    let usage = said.and_then(stated_of_image).unwrap_or_else(|| Usage {
        input_tokens: counted.input,
        image_output_tokens: counted.output.saturating_mul(images),
        // A cost without tokens is a cost all the same.
        stated_cost: said.and_then(|said| stated_cost(said).0),
        is_cost_unreadable: said.is_some_and(|said| stated_cost(said).1),
        is_estimated: true,
        ..Usage::default()
    });
    Usage { images, ..usage }
}

/// What a vendor says a text call consumed; `None` for figures that are none.
fn stated_of_chat(said: &Value) -> Option<Usage> {
    let (stated_cost, is_cost_unreadable) = stated_cost(said);
    let said = Chat::deserialize(said).ok()?;
    let (read, written) =
        (said.prompt_tokens_details.unwrap_or_default(), said.completion_tokens_details.unwrap_or_default());
    let (prompt, stated) = (said.prompt_tokens.0, said.completion_tokens.0);
    let all = said.total_tokens.map(|total| total.0);
    let input = split(prompt, [read.cached_tokens, read.cache_write_tokens, read.image_tokens].map(Tokens::of));
    // Most have what was thought inside the completion, some beside it: the total says which.
    let thought = Tokens::of(written.reasoning_tokens);
    let beside = stated.saturating_add(thought);
    let is_beside = all == Some(prompt.saturating_add(beside));
    let completion = if is_beside { beside } else { stated };
    let output = split(completion, [thought]);
    let total = total(all, prompt, completion);
    let [cached, cache_write, image] = input.parts;
    let [reasoning] = output.parts;
    let buckets = [input.rest, cached, cache_write, image, output.rest, reasoning.saturating_add(total.beyond)];
    let [input_tokens, cached_input_tokens, cache_write_tokens, image_input_tokens, output_tokens, reasoning_tokens] =
        measured(buckets)?;
    Some(Usage {
        input_tokens,
        cached_input_tokens,
        cache_write_tokens,
        image_input_tokens,
        output_tokens,
        reasoning_tokens,
        stated_cost,
        is_cost_unreadable,
        is_estimated: input.is_doubtful || output.is_doubtful || total.is_doubtful || is_cost_unreadable,
        ..Usage::default()
    })
}

/// What a gateway says a call costs, and whether it said something of it that cannot be read: then it is reckoned here, and
/// may not be what is billed. With the user's own key at the model's vendor, that one bills as well.
fn stated_cost(said: &Value) -> (Option<Usd>, bool) {
    let Ok(said) = Stating::deserialize(said) else { return (None, false) };
    let cost = own_cost(&said);
    (cost, said.cost.is_some() && cost.is_none())
}

fn own_cost(said: &Stating) -> Option<Usd> {
    let own = said.cost.as_ref().and_then(dollars)?;
    let upstream = said.cost_details.as_ref().and_then(|details| details.upstream_inference_cost.as_ref());
    let upstream = upstream.filter(|_| said.is_byok == Value::Bool(true)).and_then(dollars).unwrap_or_default();
    Some(Usd(own.0.saturating_add(upstream.0)))
}

/// What a vendor says one picture consumed; `None` for figures that are none.
pub(super) fn stated_of_image(said: &Value) -> Option<Usage> {
    let (stated_cost, is_cost_unreadable) = stated_cost(said);
    let said = Image::deserialize(said).ok()?;
    let (read, written) =
        (said.input_tokens_details.unwrap_or_default(), said.output_tokens_details.unwrap_or_default());
    let input = split(said.input_tokens.0, [read.cached_tokens, read.image_tokens].map(Tokens::of));
    // Without details all that was made is picture.
    let output = split(said.output_tokens.0, [Tokens::of(written.text_tokens)]);
    let total = total(said.total_tokens.map(|total| total.0), said.input_tokens.0, said.output_tokens.0);
    let [cached, image_in] = input.parts;
    let [text_out] = output.parts;
    let buckets = [input.rest, cached, image_in, text_out, output.rest.saturating_add(total.beyond)];
    let [input_tokens, cached_input_tokens, image_input_tokens, output_tokens, image_output_tokens] =
        measured(buckets)?;
    Some(Usage {
        input_tokens,
        cached_input_tokens,
        image_input_tokens,
        output_tokens,
        image_output_tokens,
        images: 1,
        stated_cost,
        is_cost_unreadable,
        is_estimated: input.is_doubtful || output.is_doubtful || total.is_doubtful || is_cost_unreadable,
        ..Usage::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const COUNTED: Counted = Counted { input: 11, output: 7 };

    fn chat(said: Value) -> Usage {
        of_chat(Stated { usage: Some(said), service_tier: None }.of_chat(), &COUNTED)
    }

    fn image(said: Value) -> Usage {
        of_images(Some(&said), &COUNTED, 1)
    }

    #[test]
    fn each_token_of_a_text_stands_in_one_bucket() {
        let usage = chat(json!({
            "prompt_tokens": 2_006, "completion_tokens": 300, "total_tokens": 2_306,
            "prompt_tokens_details": { "cached_tokens": 1_920, "cache_write_tokens": 40, "audio_tokens": 0 },
            "completion_tokens_details": {
                "reasoning_tokens": 128, "audio_tokens": 0, "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 12,
            },
        }));
        let expected = Usage {
            input_tokens: 46,
            cached_input_tokens: 1_920,
            cache_write_tokens: 40,
            output_tokens: 172,
            reasoning_tokens: 128,
            ..Usage::default()
        };
        assert_eq!(usage, expected);
        assert_eq!(usage.tokens(), 2_306, "the buckets sum to the vendor's total");
    }

    #[test]
    fn plain_figures_and_absent_details_are_all_at_full_price() {
        let expected = Usage { input_tokens: 19, output_tokens: 10, ..Usage::default() };
        assert_eq!(chat(json!({ "prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29 })), expected);
        assert_eq!(chat(json!({ "prompt_tokens": 19, "completion_tokens": 10 })), expected, "no total");
        let empty = json!({
            "prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29, "prompt_tokens_details": null,
            "completion_tokens_details": { "reasoning_tokens": null },
        });
        assert_eq!(chat(empty), expected);
    }

    #[test]
    fn what_the_vendor_does_not_say_is_counted_and_marked() {
        let counted = Usage { input_tokens: 11, output_tokens: 7, is_estimated: true, ..Usage::default() };
        assert_eq!(of_chat(None, &COUNTED), counted);
        let unreadable = [
            json!(null),
            json!("none"),
            json!({}),
            json!({ "prompt_tokens": 1.5, "completion_tokens": 2 }),
            json!({ "prompt_tokens": -3, "completion_tokens": 2 }),
            json!({ "prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0 }),
        ];
        for said in unreadable {
            assert_eq!(chat(said.clone()), counted, "{said}");
        }
    }

    #[test]
    fn tokens_beyond_all_counting_are_the_most_there_is_and_not_passed_over() {
        for beyond in [json!(5_000_000_000_u64), json!(u64::MAX), json!(1e20), json!("1e400")] {
            let usage = chat(json!({ "prompt_tokens": beyond, "completion_tokens": 2 }));
            assert_eq!((usage.input_tokens, usage.output_tokens), (u32::MAX, 2), "{beyond}");
            let whole = chat(json!({ "prompt_tokens": 1, "completion_tokens": 2, "total_tokens": beyond }));
            assert_eq!(
                (whole.input_tokens, whole.reasoning_tokens, whole.is_estimated),
                (1, u32::MAX, true),
                "{beyond}"
            );
        }
    }

    #[test]
    fn a_cost_that_cannot_be_read_is_marked_whatever_it_is_made_of() {
        for cost in [json!(1e12), json!(1e300), json!("1e400"), json!(-1), json!("free"), json!([1]), json!(true)] {
            let usage = chat(json!({ "prompt_tokens": 19, "completion_tokens": 10, "cost": cost }));
            assert_eq!((usage.stated_cost, usage.is_cost_unreadable, usage.is_estimated), (None, true, true), "{cost}");
            assert_eq!((usage.input_tokens, usage.output_tokens), (19, 10), "{cost}: what it took is as it was said");
            let picture = image(json!({ "cost": cost }));
            assert_eq!((picture.is_cost_unreadable, picture.images), (true, 1), "{cost}");
        }
        let none = chat(json!({ "prompt_tokens": 19, "completion_tokens": 10, "cost": null }));
        assert!(!none.is_cost_unreadable, "nothing is said");
    }

    #[test]
    fn contradictions_take_the_dearer_reading_and_are_marked() {
        let beyond = chat(json!({ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 40 }));
        let expected = Usage { input_tokens: 10, output_tokens: 5, reasoning_tokens: 25, ..Usage::default() };
        assert_eq!(beyond, Usage { is_estimated: true, ..expected }, "thinking that only the total has");
        let below = chat(json!({ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 3 }));
        assert_eq!((below.tokens(), below.is_estimated), (15, true), "a total below its parts");
        let cached = chat(json!({
            "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15,
            "prompt_tokens_details": { "cached_tokens": 11 },
            "completion_tokens_details": { "reasoning_tokens": 6 },
        }));
        let whole = Usage { input_tokens: 10, output_tokens: 5, is_estimated: true, ..Usage::default() };
        assert_eq!(cached, whole, "parts above their whole");
    }

    #[test]
    fn each_token_of_a_picture_stands_in_one_bucket() {
        let usage = image(json!({
            "input_tokens": 50, "output_tokens": 1_056, "total_tokens": 1_106,
            "input_tokens_details": { "text_tokens": 40, "image_tokens": 10 },
        }));
        let expected = Usage {
            input_tokens: 40,
            image_input_tokens: 10,
            image_output_tokens: 1_056,
            images: 1,
            ..Usage::default()
        };
        assert_eq!(usage, expected, "without details all that was made is picture");
        let thinking = image(json!({
            "input_tokens": 50, "output_tokens": 1_100, "total_tokens": 1_150,
            "output_tokens_details": { "image_tokens": 1_056, "text_tokens": 44 },
        }));
        assert_eq!((thinking.output_tokens, thinking.image_output_tokens), (44, 1_056));
        assert_eq!(thinking.tokens(), 1_150, "the buckets sum to the vendor's total");
    }

    #[test]
    fn a_picture_without_figures_is_one_picture_all_the_same() {
        let counted = Counted { input: 9, output: 1_056 };
        let usage = of_images(None, &counted, 1);
        assert_eq!((usage.images, usage.input_tokens, usage.image_output_tokens), (1, 9, 1_056));
        assert!(usage.is_estimated);
        let two = of_images(None, &counted, 2);
        assert_eq!((two.images, two.input_tokens, two.image_output_tokens), (2, 9, 2_112), "made from one prompt");
    }

    #[test]
    fn what_a_gateway_says_a_picture_costs_is_its_cost_with_tokens_and_without() {
        let tokens = json!({ "input_tokens": 50, "output_tokens": 1_056, "cost": 0.0421 });
        let usage = image(tokens);
        assert_eq!((usage.stated_cost, usage.tokens(), usage.is_estimated), (Some(Usd(42_100_000)), 1_106, false));
        let alone = image(json!({ "cost": "0.03" }));
        assert_eq!((alone.stated_cost, alone.images, alone.is_estimated), (Some(Usd(30_000_000)), 1, true));
        let own = json!({
            "input_tokens": 50, "output_tokens": 1_056, "cost": 0.001, "is_byok": true,
            "cost_details": { "upstream_inference_cost": 0.04 },
        });
        assert_eq!(image(own).stated_cost, Some(Usd(41_000_000)), "two bills");
        let none = image(json!({ "input_tokens": 50, "output_tokens": 1_056, "cost": "free" }));
        assert_eq!((none.stated_cost, none.is_estimated), (None, true), "no cost, and what it bills is not known");
    }
}
