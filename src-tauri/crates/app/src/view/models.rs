//! Vendors and the catalogue for the border.

use super::{day, figure, instant};
use crate::dto::models as dto;
use igny8_core::model::hours::Hours;
use igny8_core::model::tiers::Tier;
use igny8_core::model::{BUILTIN, Model, Price};
use igny8_core::status::{ModelMode, ModelType};
use igny8_core::time::UtcMs;
use igny8_store::table::provider::ProviderRow;

pub(crate) fn provider(row: ProviderRow) -> dto::ProviderView {
    dto::ProviderView {
        name: row.name,
        url: row.base_url,
        dialect: row.dialect.to_string(),
        has_key: row.has_secret,
        key_tail: row.secret_tail,
        concurrency: row.concurrency,
        per_minute: (row.per_minute > 0).then_some(row.per_minute),
    }
}

impl From<ModelMode> for dto::ModelModeView {
    fn from(mode: ModelMode) -> Self {
        match mode {
            ModelMode::Testing => Self::Testing,
            ModelMode::Live => Self::Live,
        }
    }
}

impl From<dto::ModelModeView> for ModelMode {
    fn from(mode: dto::ModelModeView) -> Self {
        match mode {
            dto::ModelModeView::Testing => Self::Testing,
            dto::ModelModeView::Live => Self::Live,
        }
    }
}

/// A model as it stands at `now`, with the vendors that are connected.
pub(crate) fn model(model: Model, connected: &[String], now: UtcMs) -> dto::ModelView {
    let (picture, thinking, tiers) = (picture(&model), thinking(&model), tiers(&model));
    dto::ModelView {
        id: model.id.to_string(),
        state: state(&model, connected, now),
        ends_soon: model.ends_soon(now),
        priced_at: instant(model.priced_at),
        provider: model.provider,
        model_name: model.model_name,
        display_name: model.display_name,
        model_type: model.model_type.to_string(),
        cost_per_1k_input: model.cost_per_1k_input.map(|p| p.to_text()),
        cost_per_1k_output: model.cost_per_1k_output.map(|p| p.to_text()),
        cost_per_1k_cached_input: model.cost_per_1k_cached_input.map(|p| p.to_text()),
        cost_per_1k_cache_write: model.cost_per_1k_cache_write.map(|p| p.to_text()),
        cost_per_1k_reasoning: model.cost_per_1k_reasoning.map(|p| p.to_text()),
        cost_per_1k_image_input: model.cost_per_1k_image_input.map(|p| p.to_text()),
        cost_per_1k_image_output: model.cost_per_1k_image_output.map(|p| p.to_text()),
        cost_per_image: model.cost_per_image.map(|p| p.to_text()),
        credits_per_image: model.credits_per_image.map(|c| c.to_string()),
        tokens_per_credit: model.tokens_per_credit.map(figure),
        min_credits: model.min_credits.to_string(),
        is_active: model.is_active,
        is_default: model.is_default,
        retires_on: model.retires_on.map(day),
        replaced_by: model.replaced_by,
        context_tokens: figure(model.context_tokens),
        max_output_tokens: figure(model.max_output_tokens),
        picture,
        thinking,
        hours: model.hours.into_iter().map(hours).collect(),
        tiers,
    }
}

/// What a picture costs in each quality.
fn tiers(model: &Model) -> Vec<dto::TierView> {
    let view = |tier: &Tier| dto::TierView {
        quality: tier.quality.clone(),
        pixels_max: tier.pixels_max.map(|pixels| u32::try_from(pixels).unwrap_or(u32::MAX)),
        cost_per_image: tier.cost_per_image.map(Price::to_text),
        image_tokens: tier.image_tokens,
        credits_per_image: tier.credits_per_image.to_string(),
        likely_cost: model.likely_cost_of(tier).map(|cost| cost.to_string()),
        is_asked: tier.quality == model.picture.quality,
    };
    model.tiers.iter().map(view).collect()
}

/// What a picture costs in each quality, as it would be entered.
pub(crate) fn tier_drafts(model: &Model) -> Vec<dto::TierDraft> {
    let draft = |tier: dto::TierView| dto::TierDraft {
        quality: tier.quality,
        pixels_max: tier.pixels_max,
        cost_per_image: tier.cost_per_image,
        image_tokens: tier.image_tokens,
        credits_per_image: Some(tier.credits_per_image),
    };
    tiers(model).into_iter().map(draft).collect()
}

/// How a text model thinks, as an object of JSON; nothing for an image model.
pub(crate) fn thinking(model: &Model) -> Option<String> {
    (model.model_type == ModelType::Text).then(|| serde_json::to_string(&model.thinking).unwrap_or_default())
}

fn hours(hours: Hours) -> dto::HoursView {
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    dto::HoursView { from: time(hours.from), until: time(hours.until), percent: hours.percent }
}

/// What an image model can be asked for, as an object of JSON; nothing for text.
pub(crate) fn picture(model: &Model) -> Option<String> {
    (model.model_type == ModelType::Image).then(|| serde_json::to_string(&model.picture).unwrap_or_default())
}

/// What keeps a model from being used; its end comes before everything that could be mended.
fn state(model: &Model, connected: &[String], now: UtcMs) -> dto::ModelState {
    if model.has_ended(now) {
        dto::ModelState::Ended
    } else if model.is_unpriced() {
        dto::ModelState::Unpriced
    } else if model.provider != BUILTIN && !connected.contains(&model.provider) {
        dto::ModelState::NoKey
    } else if !model.is_active {
        dto::ModelState::Off
    } else {
        dto::ModelState::Ready
    }
}
