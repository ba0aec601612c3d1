//! What a model's prices make of a consumption, reckoned once more. The catalogue's own arithmetic is not used here: a
//! bucket that it prices wrongly would be priced wrongly twice, and agree.

use crate::StoreError;
use rusqlite::Connection;
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
               cost_per_image, credits_per_image, tokens_per_credit, min_credits, provider, model_name from model",
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

    /// What the vendor bills, nano-dollars; `None` where a price that is needed is not stated.
    pub(super) fn cost(&self, model: i64, consumed: &Consumed) -> Option<i64> {
        let prices = self.models.get(&model)?;
        if let Some(image) = prices.image {
            return i64::try_from(image * i128::from(consumed.images)).ok();
        }
        let mut pico = 0_i128;
        for (tokens, price) in consumed.tokens.iter().zip(prices.buckets) {
            if *tokens > 0 {
                pico += price? * i128::from(*tokens);
            }
        }
        i64::try_from((pico + PICO_IN_NANO / 2) / PICO_IN_NANO).ok()
    }

    /// What the user is asked for, micro-credits; `None` as for [`Catalogue::cost`].
    pub(super) fn credits(&self, model: i64, consumed: &Consumed) -> Option<i64> {
        let prices = self.models.get(&model)?;
        let credits = if prices.is_text {
            let per_credit = prices.tokens_per_credit?;
            let tokens: i128 = consumed.tokens.iter().map(|tokens| i128::from(*tokens)).sum();
            ((tokens + per_credit - 1) / per_credit * MICRO).max(prices.min_credits)
        } else {
            prices.credits_per_image? * i128::from(consumed.images)
        };
        i64::try_from(credits).ok()
    }
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
            assert_eq!(catalogue.cost(TEXT.0, &consumed), Some(charge.provider_cost.0), "{n} tokens");
            assert_eq!(catalogue.credits(TEXT.0, &consumed), Some(charge.credits.0), "{n} tokens");
        }
        let two = Consumed { images: 2, ..Consumed::default() };
        assert_eq!(
            (catalogue.cost(IMAGE.0, &two), catalogue.credits(IMAGE.0, &two)),
            (Some(80_000_000), Some(10_000_000))
        );
    }
}
