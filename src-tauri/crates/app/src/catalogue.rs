//! The models an installation starts with. The built-in engine is always there: it costs no money, but it costs credits,
//! so that a first start already shows how spending is counted.

use igny8_core::id::ModelId;
use igny8_core::model::{BUILTIN, Model, Price};
use igny8_core::money::Credits;
use igny8_core::status::ModelType;
use igny8_core::time::UtcMs;
use igny8_store::{Store, StoreError};

/// Name of the built-in text model.
pub const BUILTIN_TEXT: &str = "igny8-text-1";
/// Name of the built-in image model.
pub const BUILTIN_IMAGE: &str = "igny8-image-1";

/// Adds what is missing of the built-in engine. Rows a user has changed are left alone.
///
/// # Errors
/// When the file fails.
pub async fn seed(store: &Store, now: UtcMs) -> Result<(), StoreError> {
    store
        .write(move |w| {
            let known = w.models()?;
            for model in builtin(now) {
                if known.iter().any(|k| k.provider == model.provider && k.model_name == model.model_name) {
                    continue;
                }
                let has_default = known.iter().any(|k| k.is_default && k.model_type == model.model_type);
                w.add_model(&Model { is_default: !has_default, ..model }, now)?;
            }
            Ok(())
        })
        .await
}

fn builtin(now: UtcMs) -> [Model; 2] {
    let text = Model {
        id: ModelId(0),
        provider: BUILTIN.to_owned(),
        model_name: BUILTIN_TEXT.to_owned(),
        display_name: "Built-in text".to_owned(),
        model_type: ModelType::Text,
        is_active: true,
        is_default: true,
        cost_per_1k_input: Some(Price::FREE),
        cost_per_1k_output: Some(Price::FREE),
        cost_per_1k_cached_input: Some(Price::FREE),
        cost_per_1k_cache_write: None,
        cost_per_1k_reasoning: None,
        cost_per_1k_image_input: None,
        cost_per_1k_image_output: None,
        cost_per_image: None,
        credits_per_image: None,
        tokens_per_credit: Some(1_000),
        min_credits: Credits::whole(1),
        context_tokens: 1_000_000,
        max_output_tokens: 200_000,
        items_per_call: 2_000,
        retires_on: None,
        replaced_by: None,
        priced_at: now,
    };
    let image = Model {
        model_name: BUILTIN_IMAGE.to_owned(),
        display_name: "Built-in images".to_owned(),
        model_type: ModelType::Image,
        cost_per_1k_input: None,
        cost_per_1k_output: None,
        cost_per_1k_cached_input: None,
        cost_per_image: Some(Price::FREE),
        credits_per_image: Some(Credits::whole(1)),
        tokens_per_credit: None,
        min_credits: Credits::ZERO,
        context_tokens: 0,
        max_output_tokens: 0,
        items_per_call: 1,
        ..text.clone()
    };
    [text, image]
}
