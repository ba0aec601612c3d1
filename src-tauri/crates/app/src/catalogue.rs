//! The models an installation starts with. The built-in engine is always there: it costs no money, but it costs credits,
//! so that a first start already shows how spending is counted. The vendors' models stand beside it with their prices, and
//! can be chosen as soon as their vendor is connected.

pub mod data;
pub mod worth;

use igny8_core::id::ModelId;
use igny8_core::model::{BUILTIN, Model, Price};
use igny8_core::money::Credits;
use igny8_core::picture::Abilities;
use igny8_core::status::ModelType;
use igny8_core::time::UtcMs;
use igny8_store::{Store, StoreError};

/// Name of the built-in text model.
pub const BUILTIN_TEXT: &str = "igny8-text-1";
/// Name of the built-in image model.
pub const BUILTIN_IMAGE: &str = "igny8-image-1";

/// Adds what is missing of the built-in engine and of the vendors' models. A row that is there, on or off, is left alone
/// with its price, whatever a newer catalogue says; that its vendor ends it is noted where nothing is, and so is what an
/// image model can be asked for where no more is said than what is usual of its vendor.
///
/// # Errors
/// When the file fails.
pub async fn seed(store: &Store, now: UtcMs) -> Result<(), StoreError> {
    let known = store.read(|r| r.models()).await?;
    let mut vendors = data::models(now);
    let missing = |model: &Model| !known.iter().any(|row| is_same(row, model));
    let ending: Vec<_> = known.iter().filter_map(|row| Some((row.id, end_of(row, &vendors)?))).collect();
    let able: Vec<_> = known.iter().filter_map(|row| Some((row.id, ability_of(row, &vendors)?))).collect();
    vendors.retain(missing);
    let builtin: Vec<_> = builtin(now).into_iter().filter(missing).collect();
    if builtin.is_empty() && vendors.is_empty() && ending.is_empty() && able.is_empty() {
        return Ok(());
    }
    let has_default = ModelType::ALL.iter().filter(|kind| known.iter().any(|k| k.is_default && k.model_type == **kind));
    let has_default: Vec<_> = has_default.copied().collect();
    store
        .write(move |w| {
            for model in &builtin {
                let is_default = !has_default.contains(&model.model_type);
                w.add_model(&Model { is_default, ..model.clone() }, now)?;
            }
            for model in &vendors {
                w.add_model(model, now)?;
            }
            for (id, end) in &ending {
                w.model_note_end(*id, end.retires_on, &end.replaced_by)?;
            }
            for (id, able) in &able {
                w.model_note_abilities(*id, able)?;
            }
            Ok(())
        })
        .await
}

fn is_same(one: &Model, other: &Model) -> bool {
    (&one.provider, &one.model_name) == (&other.provider, &other.model_name)
}

/// The end that the catalogue knows of a row which says nothing of one.
fn end_of(row: &Model, catalogue: &[Model]) -> Option<data::End> {
    if row.retires_on.is_some() || row.replaced_by.is_some() {
        return None;
    }
    let entry = catalogue.iter().find(|entry| is_same(row, entry))?;
    Some(data::End { retires_on: entry.retires_on, replaced_by: entry.replaced_by.clone()? })
}

/// What the catalogue knows of an image model's row that says no more than what is usual. One that a person changed stays.
fn ability_of(row: &Model, catalogue: &[Model]) -> Option<Abilities> {
    let entry = catalogue.iter().find(|entry| is_same(row, entry) && entry.model_type == ModelType::Image)?;
    let is_untouched = data::usual(&row.provider).is_some_and(|usual| usual == row.picture);
    (is_untouched && entry.picture != row.picture).then(|| entry.picture.clone())
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
        picture: Abilities::default(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::picture::Negative;

    #[test]
    fn what_a_row_can_be_asked_for_is_noted_unless_a_person_changed_it() {
        let catalogue = data::models(UtcMs(0));
        let of = |provider: &str, name: &str| {
            let is_it = |model: &&Model| (model.provider.as_str(), model.model_name.as_str()) == (provider, name);
            catalogue.iter().find(is_it).cloned().unwrap_or_else(|| panic!("no {name}"))
        };
        let seedream = of("runware", "bytedance:seedream@4.5");
        let before = Model { picture: data::usual("runware").unwrap(), ..seedream.clone() };
        assert_eq!(ability_of(&before, &catalogue), Some(seedream.picture.clone()));
        assert_eq!(ability_of(&seedream, &catalogue), None, "once");
        let changed = Abilities { negative: Negative::InPrompt, ..before.picture.clone() };
        assert_eq!(ability_of(&Model { picture: changed, ..before.clone() }, &catalogue), None);
        let strange = Model { model_name: "somebody:1@1".to_owned(), ..before };
        assert_eq!(ability_of(&strange, &catalogue), None, "of which the catalogue knows nothing");
        let text = of("openai", "gpt-4o");
        assert_eq!(ability_of(&text, &catalogue), None);
    }
}
