//! The catalogue as it comes with the app: what models cost and when they cost less, how they think, what image models can be
//! asked for, what they cost in each quality and when they end, read from seven tables beside this file.
//!
//! `text.csv` and `hours.json` are written by `scripts/prices.py`. `images.csv`, `pictures.json`, `tiers.json`,
//! `thinking.json` and `ends.csv` are kept by hand, from what vendors publish. A quality that nobody publishes a price of has
//! none here; one that leaves the choice to the vendor is taken for the dearest that it may choose. How a text model thinks is its own as well: of one vendor some
//! cannot be told not to, some are told by a word, and some do not think. What an image model can be asked for is its own and not its vendor's: one gateway has models that take
//! two sides, one that takes a word in their place, and one that makes nothing small.
//! A price that nobody publishes is left empty, and a model without one refuses; of Runware, whose answers say what they
//! cost, no price is known before. A successor is of the same vendor and kind, is not ending itself, and is the nearest
//! that is not dearer, where there is one.

use super::worth;
use igny8_core::id::ModelId;
use igny8_core::model::hours::Hours;
use igny8_core::model::thinking::Thinking;
use igny8_core::model::tiers::Tier;
use igny8_core::model::{Model, Price};
use igny8_core::money::Credits;
use igny8_core::picture::Abilities;
use igny8_core::status::{Dialect, ModelType};
use igny8_core::time::UtcMs;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

const TEXT: &str = include_str!("text.csv");
const IMAGES: &str = include_str!("images.csv");
const PICTURES: &str = include_str!("pictures.json");
const TIERS: &str = include_str!("tiers.json");
const THINKING: &str = include_str!("thinking.json");
const HOURS: &str = include_str!("hours.json");
const ENDS: &str = include_str!("ends.csv");

/// Vendors whose models are in the catalogue, each with the address of its own interface and its language. The names are fixed: under them
/// a vendor that is connected has its models at once.
const VENDORS: [(&str, &str, Dialect); 8] = [
    ("openai", "https://api.openai.com/v1", Dialect::OpenAi),
    ("anthropic", "https://api.anthropic.com", Dialect::Anthropic),
    ("google", "https://generativelanguage.googleapis.com", Dialect::Gemini),
    ("deepseek", "https://api.deepseek.com/v1", Dialect::OpenAi),
    ("mistral", "https://api.mistral.ai/v1", Dialect::OpenAi),
    ("x-ai", "https://api.x.ai/v1", Dialect::OpenAi),
    ("runware", "https://api.runware.ai/v1", Dialect::Runware),
    ("bria", "https://engine.prod.bria-api.com/v2", Dialect::Bria),
];

/// When a model ends, and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The first moment of the day it is not there any more; `None` when it has ended and nobody says when.
    pub retires_on: Option<UtcMs>,
    /// The model to use instead, of the same vendor.
    pub replaced_by: String,
}

#[derive(Deserialize)]
struct TextLine {
    provider: String,
    model_name: String,
    display_name: String,
    cost_per_1k_input: String,
    cost_per_1k_output: String,
    cost_per_1k_cached_input: String,
    cost_per_1k_cache_write: String,
    context_tokens: i64,
    max_output_tokens: i64,
    priced_on: String,
}

#[derive(Deserialize)]
struct ImageLine {
    provider: String,
    model_name: String,
    display_name: String,
    cost_per_1k_input: String,
    cost_per_1k_output: String,
    cost_per_1k_cached_input: String,
    cost_per_1k_image_input: String,
    cost_per_1k_image_output: String,
    cost_per_image: String,
    priced_on: String,
}

/// Image models that can be asked for the same, each as `vendor/name`.
#[derive(Deserialize)]
struct PictureLine {
    models: Vec<String>,
    picture: Abilities,
}

/// Image models that are sold in the same tiers, each as `vendor/name`.
#[derive(Deserialize)]
struct TiersLine {
    models: Vec<String>,
    tiers: Vec<TierLine>,
}

/// A tier as its vendor publishes it; its credits follow by a rule.
#[derive(Clone, Deserialize)]
struct TierLine {
    quality: String,
    cost_per_image: Option<Price>,
    image_tokens: Option<u32>,
}

/// Text models that think alike, each as `vendor/name`.
#[derive(Deserialize)]
struct ThinkingLine {
    models: Vec<String>,
    thinking: Thinking,
}

/// Text models that are cheaper at the same hours, each as `vendor/name`.
#[derive(Deserialize)]
struct HoursLine {
    models: Vec<String>,
    hours: Vec<Hours>,
}

#[derive(Deserialize)]
struct EndLine {
    provider: String,
    model_name: String,
    retires_on: String,
    replaced_by: String,
}

/// Every model of the catalogue but the built-in engine's. One that has ended by `now`, or has no price, is off.
#[must_use]
pub fn models(now: UtcMs) -> Vec<Model> {
    let ends = ends();
    let (thinking, hours) = (thinking(), hours());
    let texts = lines::<TextLine>(TEXT).into_iter().map(|line| text(line, &thinking, &hours));
    let (pictures, tiers) = (pictures(), tiers());
    let images = lines::<ImageLine>(IMAGES).into_iter().map(|line| image(line, &pictures, &tiers));
    let all = texts.chain(images).map(|model| {
        let end = ends.get(&(model.provider.clone(), model.model_name.clone())).cloned();
        let (retires_on, replaced_by) = end.map_or((None, None), |end| (end.retires_on, Some(end.replaced_by)));
        let has_ended = replaced_by.is_some() && retires_on.is_none_or(|end| end <= now);
        Model { is_active: !has_ended && !model.is_unpriced(), retires_on, replaced_by, ..model }
    });
    all.collect()
}

/// The vendor whose models a connected one has: the one of this name, or the one whose own address it was given.
#[must_use]
pub fn vendor_of(name: &str, url: &str) -> Option<&'static str> {
    let host = |url: &str| url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let named = VENDORS.iter().find(|(vendor, ..)| *vendor == name);
    let found = named.or_else(|| {
        let asked = host(url)?;
        VENDORS.iter().find(|(_, own, _)| host(own).is_some_and(|own| own == asked))
    });
    found.map(|(vendor, ..)| *vendor)
}

fn ends() -> BTreeMap<(String, String), End> {
    let ends = lines::<EndLine>(ENDS).into_iter().map(|line| {
        let end = End { retires_on: day(&line.retires_on), replaced_by: line.replaced_by };
        ((line.provider, line.model_name), end)
    });
    ends.collect()
}

/// The lines of a table. A test reads every one; what could not be read would be missing and hold up nothing.
fn lines<T: DeserializeOwned>(table: &str) -> Vec<T> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().filter_map(Result::ok).collect()
}

fn text(line: TextLine, thinking: &BTreeMap<String, Thinking>, hours: &BTreeMap<String, Vec<Hours>>) -> Model {
    let name = format!("{}/{}", line.provider, line.model_name);
    let model = Model {
        thinking: thinking.get(&name).cloned().unwrap_or_default(),
        hours: hours.get(&name).cloned().unwrap_or_default(),
        model_type: ModelType::Text,
        cost_per_1k_input: price(&line.cost_per_1k_input),
        cost_per_1k_output: price(&line.cost_per_1k_output),
        cost_per_1k_cached_input: price(&line.cost_per_1k_cached_input),
        cost_per_1k_cache_write: price(&line.cost_per_1k_cache_write),
        min_credits: Credits::whole(1),
        context_tokens: line.context_tokens,
        max_output_tokens: line.max_output_tokens,
        items_per_call: worth::items_per_call(line.context_tokens, line.max_output_tokens),
        ..unpriced(line.provider, line.model_name, line.display_name, &line.priced_on)
    };
    Model { tokens_per_credit: worth::tokens_per_credit(&model), ..model }
}

fn image(line: ImageLine, pictures: &BTreeMap<String, Abilities>, tiers: &BTreeMap<String, Vec<TierLine>>) -> Model {
    let name = format!("{}/{}", line.provider, line.model_name);
    let picture = pictures.get(&name).cloned().unwrap_or_default();
    let model = Model {
        cost_per_1k_input: price(&line.cost_per_1k_input),
        cost_per_1k_output: price(&line.cost_per_1k_output),
        cost_per_1k_cached_input: price(&line.cost_per_1k_cached_input),
        cost_per_1k_image_input: price(&line.cost_per_1k_image_input),
        cost_per_1k_image_output: price(&line.cost_per_1k_image_output),
        cost_per_image: price(&line.cost_per_image),
        picture,
        ..unpriced(line.provider, line.model_name, line.display_name, &line.priced_on)
    };
    let Some(tiers) = tiers.get(&name) else {
        return Model { credits_per_image: worth::credits_per_image(&model), ..model };
    };
    let priced = tiers.iter().filter_map(|line| {
        let TierLine { quality, cost_per_image, image_tokens } = line.clone();
        let tier = Tier { quality, pixels_max: None, cost_per_image, image_tokens, credits_per_image: Credits::ZERO };
        Some(Tier { credits_per_image: worth::credits_of_tier(&model, &tier)?, ..tier })
    });
    let quality = model.picture.quality.clone();
    Model { tiers: priced.collect(), ..model }.at_quality(&quality)
}

fn unpriced(provider: String, model_name: String, display_name: String, priced_on: &str) -> Model {
    Model {
        id: ModelId(0),
        provider,
        model_name,
        display_name,
        model_type: ModelType::Image,
        is_active: false,
        is_default: false,
        cost_per_1k_input: None,
        cost_per_1k_output: None,
        cost_per_1k_cached_input: None,
        cost_per_1k_cache_write: None,
        cost_per_1k_reasoning: None,
        cost_per_1k_image_input: None,
        cost_per_1k_image_output: None,
        cost_per_image: None,
        credits_per_image: None,
        tokens_per_credit: None,
        min_credits: Credits::ZERO,
        context_tokens: 0,
        max_output_tokens: 0,
        items_per_call: 1,
        retires_on: None,
        replaced_by: None,
        priced_at: day(priced_on).unwrap_or_default(),
        picture: Abilities::default(),
        thinking: Thinking::default(),
        hours: Vec::new(),
        tiers: Vec::new(),
    }
}

/// What each image model can be asked for. A test reads them all, and finds every model among them.
fn pictures() -> BTreeMap<String, Abilities> {
    let lines: Vec<PictureLine> = serde_json::from_str(PICTURES).unwrap_or_default();
    let each = lines.into_iter().flat_map(|line| line.models.into_iter().map(move |name| (name, line.picture.clone())));
    each.collect()
}

/// What image models cost in each quality. A test reads them all.
fn tiers() -> BTreeMap<String, Vec<TierLine>> {
    let lines: Vec<TiersLine> = serde_json::from_str(TIERS).unwrap_or_default();
    let each = lines.into_iter().flat_map(|line| line.models.into_iter().map(move |name| (name, line.tiers.clone())));
    each.collect()
}

/// How each text model thinks. A test reads them all, and finds every model among them.
fn thinking() -> BTreeMap<String, Thinking> {
    let lines: Vec<ThinkingLine> = serde_json::from_str(THINKING).unwrap_or_default();
    let each =
        lines.into_iter().flat_map(|line| line.models.into_iter().map(move |name| (name, line.thinking.clone())));
    each.collect()
}

/// When text models are cheaper.
fn hours() -> BTreeMap<String, Vec<Hours>> {
    let lines: Vec<HoursLine> = serde_json::from_str(HOURS).unwrap_or_default();
    let each = lines.into_iter().flat_map(|line| line.models.into_iter().map(move |name| (name, line.hours.clone())));
    each.collect()
}

/// What image models usually can in the language of their vendor, as catalogues said of every model before they knew more.
#[must_use]
pub fn usual(provider: &str) -> Option<Abilities> {
    VENDORS.iter().find(|(name, ..)| *name == provider).map(|(.., dialect)| Abilities::usual(*dialect))
}

fn price(text: &str) -> Option<Price> {
    Price::parse(text).ok()
}

/// The first moment of a day such as `2026-05-12`, in UTC.
fn day(text: &str) -> Option<UtcMs> {
    UtcMs::from_rfc3339(&format!("{text}T00:00:00Z"))
}

#[cfg(test)]
mod pictures_tests;
#[cfg(test)]
mod thinking_tests;

#[cfg(test)]
mod tests {
    use super::*;

    /// The day the tables are of.
    fn today() -> UtcMs {
        day("2026-11-23").unwrap()
    }

    fn named(name: &str) -> Model {
        models(today()).into_iter().find(|model| model.model_name == name).unwrap_or_else(|| panic!("no {name}"))
    }

    #[test]
    fn every_line_is_read_and_every_price_is_exact() {
        let written = |table: &str| table.lines().count() - 1;
        assert_eq!(lines::<TextLine>(TEXT).len(), written(TEXT));
        assert_eq!(lines::<ImageLine>(IMAGES).len(), written(IMAGES));
        assert_eq!(lines::<EndLine>(ENDS).len(), written(ENDS));
        assert_eq!(ends().len(), written(ENDS), "no model ends twice");
        for table in [TEXT, IMAGES] {
            for line in csv::Reader::from_reader(table.as_bytes()).into_records() {
                let line = line.unwrap();
                let prices = line.iter().skip(3).filter(|field| field.contains('.'));
                assert!(prices.clone().all(|text| price(text).is_some_and(|p| p.to_text() == text)), "{line:?}");
                assert!(day(&line[line.len() - 1]).is_some(), "{line:?} has a date");
            }
        }
    }

    #[test]
    fn no_model_is_there_twice_and_each_is_of_a_known_vendor() {
        let all = models(today());
        let names: std::collections::BTreeSet<_> = all.iter().map(|m| (&m.provider, &m.model_name)).collect();
        assert_eq!(names.len(), all.len());
        assert!(all.iter().all(|model| VENDORS.iter().any(|(name, ..)| *name == model.provider)));
    }

    #[test]
    fn what_is_on_has_a_price_and_what_is_off_says_why() {
        for model in models(today()) {
            let priced = match model.model_type {
                ModelType::Text => model.worst_case_text(10_000, 16_000),
                ModelType::Image => model.worst_case_image(),
            };
            let name = &model.model_name;
            assert_eq!(model.is_unpriced(), priced.is_err(), "{name}");
            assert_eq!(model.is_active, priced.is_ok() && !model.has_ended(today()), "{name}");
        }
    }

    #[test]
    fn each_successor_is_of_the_same_vendor_and_kind_and_stays() {
        for ((provider, name), end) in ends() {
            let all = models(today());
            let of = |name: &str| all.iter().find(|m| m.provider == provider && m.model_name == name);
            let (ending, successor) = (of(&name).unwrap(), of(&end.replaced_by).unwrap());
            assert_eq!(ending.model_type, successor.model_type, "{name}");
            assert!(successor.is_active && successor.replaced_by.is_none(), "{name} is followed by what stays");
        }
    }

    #[test]
    fn an_announced_end_comes_with_its_day() {
        let before = named("claude-sonnet-4-5");
        assert!(before.is_active && !before.has_ended(today()));
        let end = day("2026-11-30").unwrap();
        let after = models(end).into_iter().find(|model| model.model_name == "claude-sonnet-4-5").unwrap();
        assert!(!after.is_active && after.has_ended(end) && !after.has_ended(end.plus_ms(-1)));
        assert!(["dall-e-3", "dall-e-2", "gpt-image-1", "claude-3-opus"].iter().all(|name| !named(name).is_active));
    }

    #[test]
    fn vendors_that_bill_what_they_write_to_their_cache_have_a_price_for_it() {
        let dearer = |model: &Model| model.cost_per_1k_cache_write > model.cost_per_1k_input;
        let all = models(today());
        let of = |provider: &'static str| all.iter().filter(move |m| m.provider == provider);
        assert!(of("anthropic").count() > 0 && of("anthropic").all(dearer), "each of Anthropic's");
        let since = ["gpt-5.6-", "gpt-6"];
        let mut newer = of("openai").filter(|model| since.iter().any(|begins| model.model_name.starts_with(begins)));
        assert!(newer.by_ref().next().is_some_and(dearer) && newer.all(dearer), "and OpenAI's since GPT-5.6");
    }

    #[test]
    fn credits_follow_the_price_as_they_did_on_the_web() {
        assert_eq!(named("gpt-4o").tokens_per_credit, Some(1_000));
        assert_eq!(named("gpt-4o-mini").tokens_per_credit, Some(10_000));
        assert_eq!(named("claude-3-opus").tokens_per_credit, Some(100));
        assert_eq!(named("gpt-image-2").credits_per_image, Some(Credits::whole(7)));
        assert_eq!(named("bria-3.2").credits_per_image, Some(Credits::whole(5)));
        assert_eq!(named("runware:97@1").credits_per_image, None);
    }

    #[test]
    fn a_vendor_is_known_by_its_name_or_by_its_own_address() {
        assert_eq!(vendor_of("openai", "http://127.0.0.1:1/v1"), Some("openai"));
        assert_eq!(vendor_of("mine", "https://api.anthropic.com/v1"), Some("anthropic"));
        assert_eq!(vendor_of("mine", "https://api.openai.com.evil.example/v1"), None);
        assert_eq!(vendor_of("mine", "http://127.0.0.1:11434"), None);
    }
}
