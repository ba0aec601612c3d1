//! A model as it is entered, made a row of the catalogue: what must be said is there, what need not be is filled in, and
//! nothing without a price goes in.

mod tiers;

pub(super) use tiers::{priced_in_tiers, with_tiers};

use crate::Fault;
use crate::catalogue::worth;
use crate::dto::models::ModelDraft;
use crate::view::list::{self, invalid};
use crate::view::{self, figure};
use igny8_core::id::ModelId;
use igny8_core::model::thinking::Thinking;
use igny8_core::model::{BUILTIN, Model, Price};
use igny8_core::money::Credits;
use igny8_core::picture::{Abilities, Unsound};
use igny8_core::status::{Dialect, ModelType};
use igny8_core::time::UtcMs;

/// Longest name of a model, in characters.
const MODEL_CHARS_MAX: usize = 200;

/// What is assumed of a text model of which only the prices are said: what the smaller ones of today can do.
const CONTEXT_TOKENS: u32 = 128_000;
const MAX_OUTPUT_TOKENS: u32 = 16_000;
/// Tokens one credit buys unless it is said otherwise, as of the built-in engine.
const TOKENS_PER_CREDIT: u32 = 1_000;

/// A draft with what it leaves unsaid as the catalogue knows it. Prices are filled in together or not at all: whoever says
/// one has a price list of their own.
pub(super) fn filled(draft: ModelDraft, known: Option<&Model>) -> ModelDraft {
    let Some(known) = known else { return draft };
    let draft = if has_price(&draft) { draft } else { priced_as(draft, known) };
    let limit = |said: Option<u32>, limit: i64| said.or((limit > 0).then(|| figure(limit)));
    ModelDraft {
        model_type: if draft.model_type.is_empty() { known.model_type.to_string() } else { draft.model_type },
        display_name: draft.display_name.or_else(|| Some(known.display_name.clone())),
        credits_per_image: draft.credits_per_image.or_else(|| known.credits_per_image.map(|c| c.to_string())),
        context_tokens: limit(draft.context_tokens, known.context_tokens),
        max_output_tokens: limit(draft.max_output_tokens, known.max_output_tokens),
        retires_on: draft.retires_on.or_else(|| known.retires_on.map(view::day)),
        replaced_by: draft.replaced_by.or_else(|| known.replaced_by.clone()),
        picture: draft.picture.or_else(|| view::models::picture(known)),
        thinking: draft.thinking.or_else(|| view::models::thinking(known)),
        ..draft
    }
}

/// Whether a draft names any price.
pub(super) fn has_price(draft: &ModelDraft) -> bool {
    [
        &draft.cost_per_1k_input,
        &draft.cost_per_1k_output,
        &draft.cost_per_1k_cached_input,
        &draft.cost_per_1k_cache_write,
        &draft.cost_per_1k_reasoning,
        &draft.cost_per_1k_image_input,
        &draft.cost_per_1k_image_output,
        &draft.cost_per_image,
    ]
    .into_iter()
    .any(Option::is_some)
}

fn priced_as(draft: ModelDraft, known: &Model) -> ModelDraft {
    let text = |price: Option<Price>| price.map(Price::to_text);
    ModelDraft {
        cost_per_1k_input: text(known.cost_per_1k_input),
        cost_per_1k_output: text(known.cost_per_1k_output),
        cost_per_1k_cached_input: text(known.cost_per_1k_cached_input),
        cost_per_1k_cache_write: text(known.cost_per_1k_cache_write),
        cost_per_1k_reasoning: text(known.cost_per_1k_reasoning),
        cost_per_1k_image_input: text(known.cost_per_1k_image_input),
        cost_per_1k_image_output: text(known.cost_per_1k_image_output),
        cost_per_image: text(known.cost_per_image),
        tokens_per_credit: draft.tokens_per_credit.or(known.tokens_per_credit.map(figure)),
        ..draft
    }
}

/// The row that a draft becomes, in the language of its vendor; the built-in engine has none. Its price is looked at by
/// [`priced_in_tiers`].
///
/// # Errors
/// [`Fault::InvalidField`].
pub(super) fn model_of(draft: &ModelDraft, dialect: Option<Dialect>, now: UtcMs) -> Result<Model, Fault> {
    let required = |text: &str| if text.is_empty() { "required" } else { "unknown" };
    let model_type: ModelType =
        draft.model_type.parse().map_err(|_| invalid("modelType", required(&draft.model_type)))?;
    if dialect.is_some_and(|dialect| !dialect.has(model_type)) {
        return Err(invalid("modelType", "dialect"));
    }
    let name = draft.model_name.trim();
    if name.is_empty() {
        return Err(invalid("modelName", "required"));
    }
    if name.chars().count() > MODEL_CHARS_MAX {
        return Err(invalid("modelName", "too_long"));
    }
    let is_text = model_type == ModelType::Text;
    for (said, field) in [(&draft.cost_per_image, "costPerImage"), (&draft.credits_per_image, "creditsPerImage")] {
        if is_text && said.is_some() {
            return Err(invalid(field, "image_only"));
        }
    }
    let context = i64::from(draft.context_tokens.unwrap_or(CONTEXT_TOKENS));
    let max_output = i64::from(draft.max_output_tokens.unwrap_or(MAX_OUTPUT_TOKENS));
    if is_text && (context == 0 || max_output == 0) {
        return Err(invalid("maxOutputTokens", "range"));
    }
    let is_free = draft.provider.trim() == BUILTIN;
    let price = |text: &Option<String>, field| {
        if is_free { free(text.as_deref(), field) } else { price(text.as_deref(), field) }
    };
    Ok(Model {
        id: ModelId(0),
        provider: draft.provider.trim().to_owned(),
        model_name: name.to_owned(),
        display_name: draft.display_name.clone().unwrap_or_else(|| name.to_owned()),
        model_type,
        is_active: true,
        is_default: false,
        cost_per_1k_input: price(&draft.cost_per_1k_input, "costPer1kInput")?,
        cost_per_1k_output: price(&draft.cost_per_1k_output, "costPer1kOutput")?,
        cost_per_1k_cached_input: price(&draft.cost_per_1k_cached_input, "costPer1kCachedInput")?,
        cost_per_1k_cache_write: price(&draft.cost_per_1k_cache_write, "costPer1kCacheWrite")?,
        cost_per_1k_reasoning: price(&draft.cost_per_1k_reasoning, "costPer1kReasoning")?,
        cost_per_1k_image_input: price(&draft.cost_per_1k_image_input, "costPer1kImageInput")?,
        cost_per_1k_image_output: price(&draft.cost_per_1k_image_output, "costPer1kImageOutput")?,
        cost_per_image: price(&draft.cost_per_image, "costPerImage")?,
        credits_per_image: credits(draft.credits_per_image.as_deref(), "creditsPerImage")?,
        tokens_per_credit: is_text.then(|| i64::from(draft.tokens_per_credit.unwrap_or(TOKENS_PER_CREDIT))),
        min_credits: credits(draft.min_credits.as_deref(), "minCredits")?.unwrap_or(if is_text {
            Credits::whole(1)
        } else {
            Credits::ZERO
        }),
        context_tokens: if is_text { context } else { 0 },
        max_output_tokens: if is_text { max_output } else { 0 },
        items_per_call: if is_text { worth::items_per_call(context, max_output) } else { 1 },
        retires_on: last_day(draft.retires_on.as_deref())?,
        replaced_by: successor(draft.replaced_by.as_deref())?,
        priced_at: now,
        picture: abilities(draft.picture.as_deref(), model_type, dialect)?,
        thinking: thinking(draft.thinking.as_deref(), (model_type, name), dialect)?,
        hours: Vec::new(),
        tiers: Vec::new(),
    })
}

/// What an image model can be asked for: what is said, or what is usual of its vendor's language. The built-in renderer
/// makes every size.
fn abilities(said: Option<&str>, model_type: ModelType, dialect: Option<Dialect>) -> Result<Abilities, Fault> {
    match (said, model_type) {
        (Some(_), ModelType::Text) => Err(invalid("picture", "image_only")),
        (None, ModelType::Text) => Ok(Abilities::default()),
        (None, ModelType::Image) => Ok(dialect.map(Abilities::usual).unwrap_or_default()),
        (Some(text), ModelType::Image) => {
            let able: Abilities = serde_json::from_str(text).map_err(|_| invalid("picture", "format"))?;
            able.check().map_err(|Unsound(part)| invalid("picture", part))?;
            Ok(able)
        }
    }
}

/// How a text model thinks: what is said, or what is usual of its name in the language of its vendor.
fn thinking(
    said: Option<&str>,
    (model_type, name): (ModelType, &str),
    dialect: Option<Dialect>,
) -> Result<Thinking, Fault> {
    match (said, model_type) {
        (Some(_), ModelType::Image) => Err(invalid("thinking", "text_only")),
        (None, ModelType::Image) => Ok(Thinking::default()),
        (None, ModelType::Text) => Ok(dialect.map(|dialect| Thinking::usual(dialect, name)).unwrap_or_default()),
        (Some(text), ModelType::Text) => {
            let thinking: Thinking = serde_json::from_str(text).map_err(|_| invalid("thinking", "format"))?;
            thinking.check().map_err(|_| invalid("thinking", "range"))?;
            Ok(thinking)
        }
    }
}

/// What a model costs must be known, in the vendor's money and in credits: at an unknown price nothing is called.
fn priced(model: &Model) -> Result<(), Fault> {
    let missing = match model.model_type {
        ModelType::Text if model.cost_per_1k_input.is_none() => Some("costPer1kInput"),
        ModelType::Text if model.cost_per_1k_output.is_none() => Some("costPer1kOutput"),
        ModelType::Text => None,
        ModelType::Image if model.credits_per_image.is_none() => Some("creditsPerImage"),
        ModelType::Image => model.one_image().err().map(|_| "costPerImage"),
    };
    if model.tokens_per_credit == Some(0) {
        return Err(invalid("tokensPerCredit", "range"));
    }
    missing.map_or(Ok(()), |field| Err(invalid(field, "required")))
}

/// The price of what the built-in engine does: nobody bills it, whatever it costs in credits.
fn free(text: Option<&str>, field: &str) -> Result<Option<Price>, Fault> {
    match price(text, field)? {
        Some(price) if price != Price::FREE => Err(invalid(field, "builtin")),
        Some(_) | None => Ok(Some(Price::FREE)),
    }
}

/// The first moment of the day a model is gone on; an empty text says that no end is known.
fn last_day(text: Option<&str>) -> Result<Option<UtcMs>, Fault> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let day = UtcMs::from_rfc3339(&format!("{text}T00:00:00Z"));
    day.map(Some).ok_or_else(|| invalid("retiresOn", "format"))
}

fn successor(name: Option<&str>) -> Result<Option<String>, Fault> {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    match name {
        Some(name) if name.chars().count() > MODEL_CHARS_MAX => Err(invalid("replacedBy", "too_long")),
        name => Ok(name.map(str::to_owned)),
    }
}

fn price(text: Option<&str>, field: &str) -> Result<Option<Price>, Fault> {
    text.map(|text| Price::parse(text).map_err(|_| invalid(field, "format"))).transpose()
}

fn credits(text: Option<&str>, field: &str) -> Result<Option<Credits>, Fault> {
    let credits = text.map(|text| list::credits(text, field)).transpose()?;
    if credits.is_some_and(|credits| credits < Credits::ZERO) { Err(invalid(field, "range")) } else { Ok(credits) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_engine_is_billed_by_nobody() {
        let draft = |input: Option<&str>| ModelDraft {
            provider: BUILTIN.to_owned(),
            model_name: "igny8-text-1".to_owned(),
            model_type: "text".to_owned(),
            cost_per_1k_input: input.map(str::to_owned),
            ..ModelDraft::default()
        };
        for input in [None, Some("0"), Some("0.00")] {
            let model = model_of(&draft(input), None, UtcMs(0)).unwrap();
            assert_eq!((model.cost_per_1k_input, model.cost_per_1k_output), (Some(Price::FREE), Some(Price::FREE)));
        }
        assert_eq!(model_of(&draft(Some("1")), None, UtcMs(0)), Err(invalid("costPer1kInput", "builtin")));
    }

    #[test]
    fn a_call_carries_what_its_answer_has_room_for() {
        let items = |context_tokens, max_output_tokens| {
            let draft = ModelDraft {
                provider: "v".to_owned(),
                model_name: "m".to_owned(),
                model_type: "text".to_owned(),
                cost_per_1k_input: Some("0.001".to_owned()),
                cost_per_1k_output: Some("0.002".to_owned()),
                context_tokens,
                max_output_tokens,
                ..ModelDraft::default()
            };
            model_of(&draft, Some(Dialect::OpenAi), UtcMs(0)).unwrap().items_per_call
        };
        assert_eq!((items(None, None), items(Some(8_000), None)), (25, 5));
        assert_eq!((items(Some(1_000), Some(100)), items(Some(1_000_000), Some(1_000_000))), (1, 100));
    }

    #[test]
    fn what_is_left_unsaid_is_as_in_the_catalogue_and_what_is_said_stands() {
        let now = UtcMs::from_rfc3339("2026-11-23T00:00:00Z").unwrap();
        let known = crate::catalogue::data::models(now).into_iter().find(|m| m.model_name == "gpt-5-mini").unwrap();
        let bare =
            ModelDraft { provider: "mine".to_owned(), model_name: "gpt-5-mini".to_owned(), ..Default::default() };
        let model = model_of(&filled(bare.clone(), Some(&known)), Some(Dialect::OpenAi), now).unwrap();
        let taken = Model { provider: "openai".to_owned(), priced_at: known.priced_at, ..model };
        assert_eq!(taken, known, "all of it");

        let own = ModelDraft {
            model_type: "text".to_owned(),
            cost_per_1k_input: Some("1".to_owned()),
            cost_per_1k_output: Some("2".to_owned()),
            retires_on: Some(String::new()),
            ..bare.clone()
        };
        let model = model_of(&filled(own, Some(&known)), Some(Dialect::OpenAi), now).unwrap();
        assert_eq!((model.cost_per_1k_cached_input, model.retires_on), (None, None), "no mixture of two price lists");
        assert_eq!((model.tokens_per_credit, model.context_tokens), (Some(1_000), known.context_tokens));
        assert_eq!(
            model_of(&bare, Some(Dialect::OpenAi), now),
            Err(invalid("modelType", "required")),
            "nobody knows it"
        );
        let bad = ModelDraft { retires_on: Some("soon".to_owned()), ..filled(bare, Some(&known)) };
        assert_eq!(model_of(&bad, Some(Dialect::OpenAi), now), Err(invalid("retiresOn", "format")));
    }
}
