//! The models an installation starts with. The built-in engine is always there: it costs no money, but it costs credits,
//! so that a first start already shows how spending is counted. The vendors' models stand beside it with their prices, and
//! can be chosen as soon as their vendor is connected.

pub mod data;
pub mod worth;

use igny8_core::id::ModelId;
use igny8_core::model::thinking::Thinking;
use igny8_core::model::{BUILTIN, Model, Price};
use igny8_core::money::Credits;
use igny8_core::picture::Abilities;
use igny8_core::status::ModelType;
use igny8_core::time::UtcMs;
use igny8_store::table::provider::ProviderRow;
use igny8_store::{Store, StoreError};

/// Name of the built-in text model.
pub const BUILTIN_TEXT: &str = "igny8-text-1";
/// Name of the built-in image model.
pub const BUILTIN_IMAGE: &str = "igny8-image-1";

/// Adds what is missing of the built-in engine and of the vendors' models. A row that is there, on or off, is left alone
/// with its price, whatever a newer catalogue says; that its vendor ends it is noted where nothing is, and so is what an
/// image model can be asked for where no more is said than what is usual of its vendor. How a model thinks is noted where
/// nobody has said it yet, and what it costs in each quality where it has the price and the abilities of the catalogue: as a
/// row of the same price in the place of the one before, since rows are never priced anew.
///
/// # Errors
/// When the file fails.
pub async fn seed(store: &Store, now: UtcMs) -> Result<(), StoreError> {
    let known = store.read(|r| Ok::<_, StoreError>((r.models()?, r.models_unsaid()?, r.providers()?)));
    let (known, unsaid, connected) = known.await?;
    let mut vendors = data::models(now);
    let missing = |model: &Model| !known.iter().any(|row| is_same(row, model));
    let own = under_own_names(&known, &vendors, &connected);
    let ending: Vec<_> = known.iter().filter_map(|row| Some((row.id, end_of(row, &own)?))).collect();
    let able: Vec<_> = known.iter().filter_map(|row| Some((row.id, ability_of(row, &vendors)?))).collect();
    let unsaid: Vec<_> = known.iter().filter(|row| unsaid.contains(&row.id)).collect();
    let thinking: Vec<_> = unsaid.into_iter().map(|row| (row.id, thinking_of(row, &vendors, &connected))).collect();
    let tiered: Vec<_> = known.iter().filter_map(|row| in_tiers(row, &own)).collect();
    let ends = |row: &Model| {
        let noted = ending.iter().find(|(id, _)| *id == row.id).map(|(_, end)| end.replaced_by.clone());
        noted.or_else(|| row.replaced_by.clone())
    };
    let following: Vec<Model> =
        known.iter().filter_map(|row| named(&own, &row.provider, &ends(row)?).cloned()).collect();
    vendors.extend(following);
    vendors.retain(missing);
    vendors.sort_by(|one, other| key(one).cmp(&key(other)));
    vendors.dedup_by(|one, other| is_same(one, other));
    let builtin: Vec<_> = builtin(now).into_iter().filter(missing).collect();
    let has_news = [ending.is_empty(), able.is_empty(), thinking.is_empty(), tiered.is_empty()].contains(&false);
    if builtin.is_empty() && vendors.is_empty() && !has_news {
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
            for (id, thinking) in &thinking {
                w.model_note_thinking(*id, thinking)?;
            }
            for model in &tiered {
                let ended = w.model(model.id)?;
                let (retires_on, replaced_by) = (ended.retires_on, ended.replaced_by);
                w.model_replace(model.id, &Model { retires_on, replaced_by, ..model.clone() }, now)?;
            }
            Ok(())
        })
        .await
}

/// The catalogue as it is for the vendors that are connected, each under the name it has here as well.
fn under_own_names(known: &[Model], catalogue: &[Model], connected: &[ProviderRow]) -> Vec<Model> {
    let named = connected.iter().filter(|vendor| known.iter().any(|row| row.provider == vendor.name));
    let own = named.flat_map(|vendor| {
        let theirs = data::vendor_of(&vendor.name, &vendor.base_url).filter(|theirs| *theirs != vendor.name);
        let models = catalogue.iter().filter(move |model| Some(model.provider.as_str()) == theirs);
        models.map(|model| Model { provider: vendor.name.clone(), ..model.clone() })
    });
    catalogue.iter().cloned().chain(own).collect()
}

/// A vendor's model in a catalogue.
fn named<'c>(catalogue: &'c [Model], provider: &str, name: &str) -> Option<&'c Model> {
    catalogue.iter().find(|model| model.provider == provider && model.model_name == name)
}

fn key(model: &Model) -> (&str, &str) {
    (&model.provider, &model.model_name)
}

fn is_same(one: &Model, other: &Model) -> bool {
    (&one.provider, &one.model_name) == (&other.provider, &other.model_name)
}

/// The end that the catalogue knows of a row which says nothing of one, or not its day.
fn end_of(row: &Model, catalogue: &[Model]) -> Option<data::End> {
    if row.retires_on.is_some() {
        return None;
    }
    let entry = catalogue.iter().find(|entry| is_same(row, entry))?;
    let is_news = row.replaced_by.is_none() || (row.replaced_by == entry.replaced_by && entry.retires_on.is_some());
    let replaced_by = entry.replaced_by.clone().filter(|_| is_news)?;
    Some(data::End { retires_on: entry.retires_on, replaced_by })
}

/// What the catalogue knows of an image model's row that says no more than what is usual. One that a person changed stays.
fn ability_of(row: &Model, catalogue: &[Model]) -> Option<Abilities> {
    let entry = catalogue.iter().find(|entry| is_same(row, entry) && entry.model_type == ModelType::Image)?;
    let is_untouched = data::usual(&row.provider).is_some_and(|usual| usual == row.picture);
    (is_untouched && entry.picture != row.picture).then(|| entry.picture.clone())
}

/// A row that is on with what it costs in each quality, as the catalogue knows it. `None` where that would change what is
/// asked for or what it costs, and where nobody knows more than the row says.
fn in_tiers(row: &Model, catalogue: &[Model]) -> Option<Model> {
    let entry = named(catalogue, &row.provider, &row.model_name).filter(|entry| !entry.tiers.is_empty())?;
    let is_untouched = row.is_active && row.tiers.is_empty() && entry.picture == row.picture;
    let tiered = Model { tiers: entry.tiers.clone(), ..row.clone() }.at_quality(&row.picture.quality);
    let costs = |model: &Model| (model.prices(), model.credits_per_image);
    (is_untouched && costs(&tiered) == costs(row) && entry.prices() == row.prices()).then_some(tiered)
}

/// How a row's model thinks: as the catalogue has it, or as models of its name usually do in the language of its vendor.
fn thinking_of(row: &Model, catalogue: &[Model], connected: &[ProviderRow]) -> Thinking {
    if row.model_type != ModelType::Text {
        return Thinking::default();
    }
    if let Some(entry) = catalogue.iter().find(|entry| is_same(row, entry)) {
        return entry.thinking.clone();
    }
    let vendor = connected.iter().find(|vendor| vendor.name == row.provider);
    vendor.map(|vendor| Thinking::usual(vendor.dialect, &row.model_name)).unwrap_or_default()
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
        thinking: Thinking::default(),
        hours: Vec::new(),
        tiers: Vec::new(),
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
    use igny8_core::status::Dialect;

    #[test]
    fn a_day_that_a_newer_catalogue_knows_is_noted_once() {
        let catalogue = data::models(UtcMs(0));
        let opus = catalogue.iter().find(|model| model.model_name == "claude-3-opus").unwrap();
        let end = data::End { retires_on: opus.retires_on, replaced_by: "claude-opus-5-5".to_owned() };
        assert!(end.retires_on.is_some());
        let before = Model { retires_on: None, ..opus.clone() };
        assert_eq!(end_of(&before, &catalogue), Some(end.clone()), "a row of a catalogue that knew no day");
        assert_eq!(end_of(&Model { replaced_by: None, ..before.clone() }, &catalogue), Some(end));
        let own = Model { replaced_by: Some("mine".to_owned()), ..before };
        assert_eq!(end_of(&own, &catalogue), None, "what a person said stays");
        assert_eq!(end_of(opus, &catalogue), None);
    }

    #[test]
    fn a_vendor_under_another_name_has_its_models_successors() {
        let catalogue = data::models(UtcMs(0));
        let old = named(&catalogue, "openai", "gpt-5").unwrap();
        let mine = Model { provider: "mine".to_owned(), retires_on: None, replaced_by: None, ..old.clone() };
        let connected = |url: &str| ProviderRow {
            name: "mine".to_owned(),
            dialect: Dialect::OpenAi,
            base_url: url.to_owned(),
            has_secret: true,
            secret_tail: String::new(),
            concurrency: 4,
            per_minute: 0,
            rests_until: UtcMs(0),
            created_at: UtcMs(0),
            updated_at: UtcMs(0),
        };
        let own = under_own_names(std::slice::from_ref(&mine), &catalogue, &[connected("https://api.openai.com/v1")]);
        let end = end_of(&mine, &own).expect("its end is known by its vendor's address");
        let follows = named(&own, "mine", &end.replaced_by).expect("and what follows it is there");
        assert!(follows.is_active && follows.retires_on.is_none(), "{follows:?}");
        let other =
            under_own_names(std::slice::from_ref(&mine), &catalogue, &[connected("https://gateway.example/v1")]);
        assert_eq!(end_of(&mine, &other), None, "of a vendor nobody knows nothing is known");
    }

    #[test]
    fn a_row_of_before_has_its_qualities_priced_where_that_changes_no_price() {
        let catalogue = data::models(UtcMs(0));
        let entry = named(&catalogue, "openai", "gpt-image-2").unwrap();
        let before = Model { tiers: Vec::new(), ..entry.clone() };
        assert_eq!(in_tiers(&before, &catalogue).as_ref(), Some(entry));
        assert_eq!(in_tiers(entry, &catalogue), None, "once");
        let dearer = Model { credits_per_image: Some(Credits::whole(9)), ..before.clone() };
        let mut other = before.clone();
        other.picture.quality = "high".to_owned();
        let own = Model { cost_per_1k_output: Some(Price::FREE), ..before.clone() };
        for row in [dearer, other, own, Model { is_active: false, ..before }] {
            assert_eq!(in_tiers(&row, &catalogue), None, "{row:?}");
        }
    }

    #[test]
    fn how_a_row_thinks_is_known_by_the_catalogue_or_by_its_name() {
        let catalogue = data::models(UtcMs(0));
        let of = |provider: &str, name: &str| {
            let row = Model { provider: provider.to_owned(), model_name: name.to_owned(), ..catalogue[0].clone() };
            let vendor = ProviderRow {
                name: "gateway".to_owned(),
                dialect: Dialect::OpenAi,
                base_url: "https://gateway.example/v1".to_owned(),
                has_secret: false,
                secret_tail: String::new(),
                concurrency: 4,
                per_minute: 0,
                rests_until: UtcMs(0),
                created_at: UtcMs(0),
                updated_at: UtcMs(0),
            };
            thinking_of(&row, &catalogue, &[vendor])
        };
        assert!(of("deepseek", "deepseek-v4-pro").ask.contains_key("thinking"), "it is told not to");
        let gateways = of("gateway", "deepseek/deepseek-v4-pro");
        assert!(gateways.tokens > 0 && gateways.ask.is_empty(), "whose words are others");
        assert_eq!(of("nobody", "gpt-6.1-terra"), Thinking::default());
    }

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
