//! Tiers: what a picture costs in each quality that a vendor sells, and up to which size, as data beside a model's prices.
//!
//! A row's own price of a picture is that of the tier that is asked for, in the dearest of its sizes: that is what stands on
//! a button. What is held and booked for one picture is the price of its own tier and size, see [`Model::as_asked`]. A tier
//! that a row has no price of is unpriced, however well the others are known.

use super::{Charge, Model, Price, PriceError};
use crate::money::{Credits, Usd};
use crate::picture::{self, Ask};
use crate::usage::Usage;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// Most tiers of a model: some more than there are words for qualities, since each may be sold in several sizes.
pub const TIERS_MAX: usize = 60;

/// The price of a picture in one quality.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The vendor's word for it; empty where none is said.
    pub quality: String,
    /// Most pixels of a picture at this price; absent for every size that no other price of the quality is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pixels_max: Option<u64>,
    /// Dollars for a picture; absent where it is paid by its tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_per_image: Option<Price>,
    /// Tokens of a picture of 1,024 × 1,024, where it is paid by its tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_tokens: Option<u32>,
    /// Credits for a picture.
    pub credits_per_image: Credits,
}

/// Whether tiers can be told from each other, and each has a price.
#[must_use]
pub fn are_sound(tiers: &[Tier]) -> bool {
    let is_twice = |at: usize, tier: &Tier| {
        tiers.iter().skip(at + 1).any(|other| (&other.quality, other.pixels_max) == (&tier.quality, tier.pixels_max))
    };
    tiers.len() <= TIERS_MAX
        && tiers.iter().enumerate().all(|(at, tier)| {
            let is_some = tier.pixels_max != Some(0) && tier.image_tokens != Some(0);
            is_some && tier.credits_per_image >= Credits::ZERO && !is_twice(at, tier)
        })
}

impl Model {
    /// The price of a quality in a size of so many pixels, or in its dearest size.
    #[must_use]
    pub fn tier(&self, quality: &str, pixels: Option<u64>) -> Option<&Tier> {
        let of_quality = || self.tiers.iter().filter(|tier| tier.quality == quality);
        let has_room = |tier: &&Tier| pixels.is_some_and(|pixels| tier.pixels_max.is_none_or(|max| pixels <= max));
        let fitting = of_quality().filter(has_room).min_by_key(|tier| tier.pixels_max.unwrap_or(u64::MAX));
        let dearest =
            || of_quality().max_by_key(|tier| (tier.cost_per_image, tier.image_tokens, tier.credits_per_image));
        fitting.or_else(dearest)
    }

    /// The row with the price that a quality has in its dearest size as its own. One that is not sold in tiers is as it is;
    /// of a quality that has no price here it is unpriced.
    #[must_use]
    pub fn at_quality(&self, quality: &str) -> Self {
        self.at_tier(quality, None)
    }

    /// The row with the price of what one picture is asked for as its own, and of no other.
    #[must_use]
    pub fn as_asked(&self, ask: &Ask) -> Self {
        self.at_tier(&ask.quality, Some(pixels(ask)))
    }

    /// What one picture will likely cost that is asked for so: the price of its tier, and where it is paid by its tokens
    /// those of its size.
    ///
    /// # Errors
    /// As [`Model::charge`].
    pub fn one_image_as(&self, ask: &Ask) -> Result<Charge, PriceError> {
        self.as_asked(ask).charge(&self.likely_of(&ask.quality, Some(pixels(ask))))
    }

    /// The dearest one picture can become that is asked for so, as [`Model::worst_case_image`] has it of its tier.
    ///
    /// # Errors
    /// As [`Model::charge`].
    pub fn worst_case_image_as(&self, ask: &Ask) -> Result<Charge, PriceError> {
        let likely = self.likely_of(&ask.quality, Some(pixels(ask)));
        let most = picture::most();
        let image_output_tokens = most.image_output_tokens.max(likely.image_output_tokens);
        self.as_asked(ask).worst_case_of(&Usage { image_output_tokens, ..most })
    }

    /// What one picture of a quality will likely consume, in a size of so many pixels or in the largest of the usual ones.
    pub(super) fn likely_of(&self, quality: &str, pixels: Option<u64>) -> Usage {
        let tokens = self.tier(quality, pixels).and_then(|tier| tier.image_tokens);
        picture::likely_of(tokens, pixels.filter(|_| !self.tiers.is_empty()))
    }

    /// What a picture of a tier likely costs, in the largest size that it is the price of. `None` when it has no price.
    #[must_use]
    pub fn likely_cost_of(&self, tier: &Tier) -> Option<Usd> {
        let only = Self { tiers: vec![tier.clone()], ..self.clone() }.at_quality(&tier.quality);
        let usage = picture::likely_of(tier.image_tokens, tier.pixels_max);
        only.charge(&usage).ok().map(|charge| charge.provider_cost)
    }

    fn at_tier(&self, quality: &str, pixels: Option<u64>) -> Self {
        if self.tiers.is_empty() {
            return self.clone();
        }
        let tier = self.tier(quality, pixels);
        Self {
            cost_per_image: tier.and_then(|tier| tier.cost_per_image),
            credits_per_image: tier.map(|tier| tier.credits_per_image),
            ..self.clone()
        }
    }

    /// Puts the tiers in order: as the qualities stand, and of each the smallest first.
    pub fn order_tiers(&mut self) {
        let qualities = self.picture.qualities.clone();
        let place = |tier: &Tier| qualities.iter().position(|quality| *quality == tier.quality);
        self.tiers.sort_by_key(|tier| {
            let at = place(tier);
            (Reverse(at.is_some()), at, tier.pixels_max.unwrap_or(u64::MAX))
        });
    }
}

fn pixels(ask: &Ask) -> u64 {
    u64::from(ask.size.width) * u64::from(ask.size.height)
}

#[cfg(test)]
mod tests {
    use super::super::tests::text_model;
    use super::*;
    use crate::picture::{Abilities, Size};
    use crate::status::ModelType;

    fn price(text: &str) -> Option<Price> {
        Price::parse(text).ok()
    }

    fn tier(quality: &str, usd: Option<&str>, tokens: Option<u32>, credits: i64) -> Tier {
        Tier {
            quality: quality.to_owned(),
            pixels_max: None,
            cost_per_image: usd.and_then(price),
            image_tokens: tokens,
            credits_per_image: Credits::whole(credits),
        }
    }

    fn asked(quality: &str, (width, height): (u32, u32)) -> Ask {
        Ask { quality: quality.to_owned(), size: Size::of(width, height), ..Ask::default() }
    }

    fn painter(quality: &str, tiers: Vec<Tier>) -> Model {
        let picture = Abilities { quality: quality.to_owned(), ..Abilities::default() };
        let (model_type, cost_per_1k_input) = (ModelType::Image, price("0.005"));
        Model { model_type, cost_per_1k_input, cost_per_1k_output: price("0.04"), picture, tiers, ..text_model() }
    }

    #[test]
    fn a_picture_that_is_paid_by_its_tokens_costs_those_of_its_quality_and_size() {
        let tiers = vec![tier("low", None, Some(272), 2), tier("high", None, Some(4_160), 32)];
        let model = painter("high", tiers).at_quality("high");
        let high = model.one_image().unwrap();
        assert_eq!((high.credits, high.provider_cost.to_string().as_str()), (Credits::whole(32), "0.2516"));
        let low = model.one_image_as(&asked("low", (1_024, 1_024))).unwrap();
        assert_eq!((low.credits, low.provider_cost.to_string().as_str()), (Credits::whole(2), "0.01288"));
        let wide = model.one_image_as(&asked("low", (1_536, 1_024))).unwrap();
        assert_eq!(wide.provider_cost.to_string(), "0.01832", "408 tokens made and 400 read");
        let poster = asked("high", (3_840, 2_160));
        let (likely, worst) = (model.one_image_as(&poster).unwrap(), model.worst_case_image_as(&poster).unwrap());
        assert_eq!(likely.provider_cost.to_string(), "1.31828", "as many tokens as so many pixels have");
        assert!(worst.provider_cost > likely.provider_cost);
    }

    #[test]
    fn a_picture_with_a_price_of_its_own_costs_that_of_its_quality_and_size() {
        let square = Tier { pixels_max: Some(1_024 * 1_024), ..tier("hd", Some("0.08"), None, 10) };
        let tiers = vec![tier("standard", Some("0.04"), None, 5), tier("hd", Some("0.12"), None, 15), square];
        let model = painter("standard", tiers).at_quality("standard");
        let cost = |quality: &str, size| {
            let charge = model.one_image_as(&asked(quality, size))?;
            assert_eq!(model.worst_case_image_as(&asked(quality, size))?, charge, "and never more");
            let one = Usage { images: 1, ..Usage::default() };
            assert_eq!(model.as_asked(&asked(quality, size)).charge(&one)?, charge, "and is booked so");
            Ok::<_, PriceError>((charge.credits, charge.provider_cost.to_string()))
        };
        assert_eq!(cost("standard", (1_792, 1_024)), Ok((Credits::whole(5), "0.04".to_owned())));
        assert_eq!(cost("hd", (1_024, 1_024)), Ok((Credits::whole(10), "0.08".to_owned())));
        assert_eq!(cost("hd", (1_792, 1_024)), Ok((Credits::whole(15), "0.12".to_owned())));
        assert_eq!(cost("max", (1_024, 1_024)), Err(PriceError::Unpriced), "nobody says what that costs");
        let dear = model.at_quality("hd");
        assert_eq!((dear.cost_per_image, dear.credits_per_image), (price("0.12"), Some(Credits::whole(15))), "dearest");
        let one = Usage { images: 1, ..Usage::default() };
        assert_eq!(model.at_quality("max").charge(&one), Err(PriceError::Unpriced));
    }

    #[test]
    fn a_model_that_is_not_sold_in_tiers_costs_the_same_in_each() {
        let model = Model { credits_per_image: Some(Credits::whole(7)), ..painter("medium", Vec::new()) };
        let ask = asked("high", (1_024, 1_024));
        assert_eq!((model.at_quality("high"), model.as_asked(&ask)), (model.clone(), model.clone()));
        assert_eq!(model.one_image_as(&ask), model.one_image());
        assert_eq!(model.worst_case_image_as(&ask), model.worst_case_image());
    }

    #[test]
    fn tiers_that_cannot_be_told_apart_are_none() {
        let low = tier("low", None, Some(272), 2);
        assert!(are_sound(&[low.clone(), Tier { pixels_max: Some(9), ..low.clone() }, tier("high", None, None, 9)]));
        assert!(!are_sound(&[low.clone(), low.clone()]));
        assert!(!are_sound(&[Tier { image_tokens: Some(0), ..low.clone() }]));
        assert!(!are_sound(&[Tier { pixels_max: Some(0), ..low.clone() }]));
        assert!(!are_sound(&[Tier { credits_per_image: Credits(-1), ..low }]));
    }
}
