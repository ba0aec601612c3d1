//! What a model's prices make of a consumption, reckoned once more. The catalogue's own arithmetic is not used here: a
//! bucket that it prices wrongly would be priced wrongly twice, and agree.

use crate::StoreError;
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;

/// Micro-credits in a credit.
const MICRO: i128 = 1_000_000;
/// Digits behind the point of a stored price; a price in these units, per 1,000 tokens, is one in 10^-12 dollars a token.
const PRICE_DIGITS: usize = 9;
/// 10^-12 dollars in a nano-dollar.
const PICO_IN_NANO: i128 = 1_000;

/// What a usage record says was consumed, in the order of [`BUCKETS`], and pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Consumed {
    pub(super) tokens: [i64; BUCKETS],
    pub(super) images: i64,
}

/// Buckets of tokens: input, read from the cache, written to it, pictures read, output, reasoning, pictures made.
pub(super) const BUCKETS: usize = 7;

/// A model's prices. Money in 10^-9 dollars, credits in micro-credits; `None` where nothing is stated.
#[derive(Clone, Debug)]
struct Prices {
    /// Whose it is, and what it is called there.
    named: (String, String),
    is_text: bool,
    buckets: [Option<i128>; BUCKETS],
    image: Option<i128>,
    credits_per_image: Option<i128>,
    tokens_per_credit: Option<i128>,
    min_credits: i128,
    /// Dollars and credits of a picture, in each quality and size that has a price of its own.
    tiers: Vec<(Option<i128>, Option<i128>)>,
}

/// The prices of all models.
#[derive(Debug)]
pub(super) struct Catalogue {
    models: BTreeMap<i64, Prices>,
}

impl Consumed {
    /// Whether anything is on record.
    pub(super) fn is_something(&self) -> bool {
        self.images > 0 || self.tokens.iter().any(|tokens| *tokens > 0)
    }
}

impl Catalogue {
    /// Reads all prices.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn of(conn: &Connection) -> Result<Self, StoreError> {
        let mut statement = conn.prepare_cached(
            "select id, model_type, cost_per_1k_input, cost_per_1k_cached_input, cost_per_1k_cache_write,
               cost_per_1k_image_input, cost_per_1k_output, cost_per_1k_reasoning, cost_per_1k_image_output,
               cost_per_image, credits_per_image, tokens_per_credit, min_credits, provider, model_name, tiers from model",
        )?;
        let mut rows = statement.query([])?;
        let mut models = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let price = |column| row.get::<_, String>(column).map(|text| units(&text));
            let stated = |column| row.get::<_, i64>(column).map(|value| (value >= 0).then_some(i128::from(value)));
            let [input, output] = [price(2)?, price(6)?];
            let buckets = [
                input,
                price(3)?.or(input),
                price(4)?.or(input),
                price(5)?.or(input),
                output,
                price(7)?.or(output),
                price(8)?.or(output),
            ];
            let prices = Prices {
                named: (row.get(13)?, row.get(14)?),
                is_text: row.get_ref(1)?.as_str().unwrap_or_default() == "text",
                buckets,
                image: price(9)?,
                credits_per_image: stated(10)?,
                tokens_per_credit: stated(11)?.filter(|tokens| *tokens > 0),
                min_credits: i128::from(row.get::<_, i64>(12)?),
                tiers: tiers(&row.get::<_, String>(15)?),
            };
            models.insert(row.get(0)?, prices);
        }
        Ok(Self { models })
    }

    /// Whether two rows are prices of one model.
    pub(super) fn are_one_model(&self, one: i64, other: i64) -> bool {
        let named = |id| self.models.get(id).map(|prices| &prices.named);
        named(&one).is_some() && named(&one) == named(&other)
    }

    /// What the vendor bills, nano-dollars; `None` where a price that is needed is not stated. Records do not say in which
    /// quality and size a picture was made: what is on record is due where it is the price of any that the model is sold in.
    pub(super) fn cost(&self, model: i64, consumed: &Consumed, found: i64) -> Option<i64> {
        let prices = self.models.get(&model)?;
        if let Some(image) = prices.image {
            let own = image * i128::from(consumed.images);
            return i64::try_from(due(own, consumed, prices.tiers.iter().map(|(usd, _)| *usd), found)).ok();
        }
        let mut pico = 0_i128;
        for (tokens, price) in consumed.tokens.iter().zip(prices.buckets) {
            if *tokens > 0 {
                pico += price? * i128::from(*tokens);
            }
        }
        i64::try_from((pico + PICO_IN_NANO / 2) / PICO_IN_NANO).ok()
    }

    /// What the user is asked for, micro-credits; as [`Catalogue::cost`].
    pub(super) fn credits(&self, model: i64, consumed: &Consumed, found: i64) -> Option<i64> {
        let prices = self.models.get(&model)?;
        let credits = if prices.is_text {
            let per_credit = prices.tokens_per_credit?;
            let tokens: i128 = consumed.tokens.iter().map(|tokens| i128::from(*tokens)).sum();
            ((tokens + per_credit - 1) / per_credit * MICRO).max(prices.min_credits)
        } else {
            let own = prices.credits_per_image? * i128::from(consumed.images);
            due(own, consumed, prices.tiers.iter().map(|(_, credits)| *credits), found)
        };
        i64::try_from(credits).ok()
    }
}

/// What is due for pictures: what is found where one of the tiers asks for so much, else what the row itself does.
fn due(own: i128, consumed: &Consumed, mut each: impl Iterator<Item = Option<i128>>, found: i64) -> i128 {
    let found = i128::from(found);
    let is_due = each.any(|each| each.is_some_and(|each| each * i128::from(consumed.images) == found));
    if is_due { found } else { own }
}

/// Dollars and credits of each tier.
fn tiers(text: &str) -> Vec<(Option<i128>, Option<i128>)> {
    let tiers: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    let of = |tier: Value| {
        let usd = tier.get("cost_per_image").and_then(Value::as_str).and_then(units);
        (usd, tier.get("credits_per_image").and_then(Value::as_i64).map(i128::from))
    };
    tiers.into_iter().map(of).collect()
}

/// A decimal text in units of its ninth digit; `None` for an empty one and for what is no price.
fn units(text: &str) -> Option<i128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || part.len() > PRICE_DIGITS {
        return None;
    }
    format!("{whole}{part:0<PRICE_DIGITS$}").parse().ok().filter(|units: &i128| *units >= 0)
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, Consumed, units};
    use crate::fixture::{Bench, IMAGE, TEXT};

    #[test]
    fn decimal_text_is_read_to_the_last_digit() {
        assert_eq!(units("0.000000001"), Some(1));
        assert_eq!(units("12.5"), Some(12_500_000_000));
        assert_eq!(units("3"), Some(3_000_000_000));
        for no_price in ["", ".", "x", "-1", "0.0000000001"] {
            assert_eq!(units(no_price), None, "{no_price}");
        }
    }

    #[test]
    fn it_agrees_with_what_the_catalogue_asks() {
        let mut bench = Bench::new();
        let (catalogue, model) = bench.read(|read| Ok((Catalogue::of(read.conn)?, read.model(TEXT)?)));
        for n in [1_u32, 7, 999, 1_000, 1_001, 123_457] {
            let tokens = [n, n / 2, n / 3, 0, n * 2, n / 5, 0];
            let usage = igny8_core::usage::Usage {
                input_tokens: tokens[0],
                cached_input_tokens: tokens[1],
                cache_write_tokens: tokens[2],
                output_tokens: tokens[4],
                reasoning_tokens: tokens[5],
                ..igny8_core::usage::Usage::default()
            };
            let consumed = Consumed { tokens: tokens.map(i64::from), images: 0 };
            let charge = model.charge(&usage).unwrap();
            assert_eq!(catalogue.cost(TEXT.0, &consumed, 0), Some(charge.provider_cost.0), "{n} tokens");
            assert_eq!(catalogue.credits(TEXT.0, &consumed, 0), Some(charge.credits.0), "{n} tokens");
        }
        let two = Consumed { images: 2, ..Consumed::default() };
        assert_eq!(
            (catalogue.cost(IMAGE.0, &two, 0), catalogue.credits(IMAGE.0, &two, 0)),
            (Some(80_000_000), Some(10_000_000))
        );
    }

    #[test]
    fn what_a_quality_costs_is_due_and_what_none_does_is_not() {
        let mut bench = Bench::new();
        bench
            .write(|w| {
                let usd = |text| igny8_core::model::Price::parse(text).ok();
                let tier = |quality: &str, usd, credits| igny8_core::model::tiers::Tier {
                    quality: quality.to_owned(),
                    pixels_max: None,
                    cost_per_image: usd,
                    image_tokens: None,
                    credits_per_image: igny8_core::money::Credits::whole(credits),
                };
                let own = w.model(IMAGE)?;
                let tiers = vec![tier("low", own.cost_per_image, 5), tier("high", usd("0.12"), 15)];
                w.model_replace(IMAGE, &igny8_core::model::Model { tiers, ..own }, crate::fixture::NOW)?;
                Ok::<_, crate::StoreError>(())
            })
            .unwrap();
        let (catalogue, id) = bench.read(|read| {
            let id = read.default_model(igny8_core::status::ModelType::Image)?.id.0;
            Ok((Catalogue::of(read.conn)?, id))
        });
        let two = Consumed { images: 2, ..Consumed::default() };
        let cost = |found| catalogue.cost(id, &two, found);
        let credits = |found| catalogue.credits(id, &two, found);
        assert_eq!((cost(240_000_000), credits(30_000_000)), (Some(240_000_000), Some(30_000_000)));
        assert_eq!((cost(80_000_000), credits(10_000_000)), (Some(80_000_000), Some(10_000_000)));
        assert_eq!((cost(100_000_000), credits(1)), (Some(80_000_000), Some(10_000_000)));
    }
}
