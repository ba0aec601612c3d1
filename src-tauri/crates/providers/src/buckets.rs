//! The arithmetic of vendors' figures: parts out of their whole, a total held against its parts, and what a vendor says a
//! call costs. Figures that contradict each other do not cost the user the answer, which is complete and will be billed:
//! the dearer reading is taken, and marked as doubtful.

use igny8_core::money::{NANO, Usd};
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde_json::Value;

/// An amount of dollars as a vendor states it, a number or a text, rounded half up to the nano-dollar. `None` for what is
/// none, is negative, or has more digits than an amount here. Whether it can be meant is for whoever books it, and tells of
/// it, to say.
pub(crate) fn dollars(said: &Value) -> Option<Usd> {
    let text = match said {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    // The shortest text of a number is what was written, unless more digits were than a number can have.
    let amount = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&text)).ok()?;
    if amount.is_sign_negative() && !amount.is_zero() {
        return None;
    }
    let nano = amount.checked_mul(Decimal::from(NANO))?;
    nano.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().map(Usd)
}

/// The tiers of service at whose prices the catalogue is, by vendors' words for it.
const PRICED_TIERS: [&str; 3] = ["default", "standard", "auto"];

/// Whether a call was served on another tier than the priced one: of it no price is known, about half or twice the plain
/// one is all that is said. What it cost is then an estimate, unless its vendor says what it cost.
pub(crate) fn is_otherwise_served(tier: Option<&Value>) -> bool {
    tier.and_then(Value::as_str).is_some_and(|tier| !tier.is_empty() && !PRICED_TIERS.contains(&tier))
}

/// A figure and those that are part of it.
pub(crate) struct Split<const N: usize> {
    pub(crate) rest: u64,
    pub(crate) parts: [u64; N],
    pub(crate) is_doubtful: bool,
}

/// Takes the parts out of the whole. Parts that are more than it say nothing about it: then all of it is at full price.
pub(crate) fn split<const N: usize>(whole: u64, parts: [u64; N]) -> Split<N> {
    let sum = parts.iter().fold(0_u64, |sum, part| sum.saturating_add(*part));
    match whole.checked_sub(sum) {
        Some(rest) => Split { rest, parts, is_doubtful: false },
        None => Split { rest: whole, parts: [0; N], is_doubtful: true },
    }
}

/// What the total has that no figure names, and whether the figures can be believed.
pub(crate) struct Total {
    pub(crate) beyond: u64,
    pub(crate) is_doubtful: bool,
}

/// Some gateways count thinking in the total and nowhere else; it is billed as output. A total below its parts is wrong
/// in one of the two, and the parts are what is billed. No total is no contradiction.
pub(crate) fn total(said: Option<u64>, input: u64, output: u64) -> Total {
    let parts = input.saturating_add(output);
    let said = said.filter(|total| *total > 0).unwrap_or(parts);
    Total { beyond: said.saturating_sub(parts), is_doubtful: said != parts }
}

/// Numbers of tokens as we count them, a larger one as the largest, which is more than any call can have taken. Nothing at all
/// is no measurement: something was read.
pub(crate) fn measured<const N: usize>(buckets: [u64; N]) -> Option<[u32; N]> {
    let mut small = [0; N];
    for (place, tokens) in small.iter_mut().zip(buckets) {
        *place = u32::try_from(tokens).unwrap_or(u32::MAX);
    }
    small.iter().any(|tokens| *tokens > 0).then_some(small)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_priced_tier_costs_what_the_catalogue_says() {
        for plain in [json!("default"), json!("standard"), json!("auto"), json!(""), json!(null), json!(7)] {
            assert!(!is_otherwise_served(Some(&plain)), "{plain}");
        }
        assert!(!is_otherwise_served(None));
        for other in ["priority", "flex", "batch", "scale", "fast"] {
            assert!(is_otherwise_served(Some(&json!(other))), "{other}");
        }
    }

    #[test]
    fn a_stated_cost_is_dollars_or_nothing() {
        let nano = |said: Value| dollars(&said).map(|usd| usd.0);
        assert_eq!(nano(json!(0.00014)), Some(140_000));
        assert_eq!(nano(json!(1e-7)), Some(100));
        assert_eq!(nano(json!("0.0000000005")), Some(1), "half a nano-dollar rounds up");
        assert_eq!(nano(json!(0)), Some(0));
        assert_eq!(nano(json!(1_001)), Some(1_001_000_000_000), "however dear");
        for said in
            [json!(-1), json!(1e300), json!(9_300_000_000_u64), json!("NaN"), json!(null), json!([1]), json!("")]
        {
            assert_eq!(nano(said.clone()), None, "{said}");
        }
    }
}
