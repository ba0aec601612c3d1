//! What a model that is entered costs in each quality. The row's own price of a picture is that of the quality that is asked
//! for: another quality is another price, and never keeps the one that stood there before.

use super::{credits, has_price, price, priced};
use crate::Fault;
use crate::catalogue::worth;
use crate::dto::models::{ModelDraft, TierDraft};
use crate::view::list::invalid;
use crate::view::models::tier_drafts;
use igny8_core::model::Model;
use igny8_core::model::tiers::{Tier, are_sound};
use igny8_core::money::Credits;
use igny8_core::status::ModelType;

/// A draft with the tiers that it leaves unsaid: those of the model as it stands, or as the catalogue knows it. Whoever says
/// other prices has a price list of their own, of which only what they said is known.
pub(in crate::commands::models) fn with_tiers(
    draft: ModelDraft,
    row: Option<&Model>,
    known: Option<&Model>,
) -> ModelDraft {
    let Some(standing) = row.filter(|row| !row.tiers.is_empty()).or(known) else { return draft };
    let is_of_images = standing.model_type == ModelType::Image && !standing.tiers.is_empty();
    if draft.tiers.is_some() || !is_of_images || (has_price(&draft) && !is_priced_as(&draft, standing)) {
        return draft;
    }
    let before = row.unwrap_or(standing);
    let mut tiers = tier_drafts(standing);
    let mut say = |quality: &str, credits: &str| {
        for tier in tiers.iter_mut().filter(|tier| tier.quality == quality) {
            tier.credits_per_image = Some(credits.to_owned());
        }
    };
    // A row from before it was sold in tiers has the credits of the one that it asked for, and of no other.
    if let (true, Some(credits)) = (before.tiers.is_empty(), before.credits_per_image) {
        say(&before.picture.quality, &credits.to_string());
    }
    // Credits that are news are those of the quality that is asked for.
    let is_news = |said: &String| Credits::parse(said).ok() != before.credits_per_image;
    if let Some(said) = draft.credits_per_image.clone().filter(is_news) {
        say(&asked_of(&draft).unwrap_or_else(|| before.picture.quality.clone()), &said);
    }
    ModelDraft { tiers: Some(tiers), ..draft }
}

/// The model at the price of the quality that is asked for. `row` is what it replaces.
///
/// # Errors
/// [`Fault::InvalidField`] for tiers that are none, and for a quality that nobody has said the price of.
pub(in crate::commands::models) fn priced_in_tiers(
    draft: &ModelDraft,
    model: Model,
    row: Option<&Model>,
) -> Result<Model, Fault> {
    let said = draft.tiers.as_deref().unwrap_or_default();
    if said.is_empty() {
        let model = priced_alike(model, row)?;
        return priced(&model).map(|()| model);
    }
    if model.model_type == ModelType::Text {
        return Err(invalid("tiers", "image_only"));
    }
    let tiers = said.iter().map(|tier| tier_of(tier, &model)).collect::<Result<Vec<_>, _>>()?;
    if !are_sound(&tiers) {
        return Err(invalid("tiers", "format"));
    }
    let mut model = Model { tiers, ..model };
    model.order_tiers();
    let quality = model.picture.quality.clone();
    let asked = model.at_quality(&quality);
    if asked.one_image().is_err() { Err(invalid("tiers", "quality_unpriced")) } else { Ok(asked) }
}

/// One whose qualities have no prices of their own: another quality is not asked for at the price of the one before.
fn priced_alike(model: Model, row: Option<&Model>) -> Result<Model, Fault> {
    let is_as_before = |row: &&Model| {
        let is_other = row.picture.quality != model.picture.quality;
        let costs = |model: &Model| (model.prices(), model.credits_per_image);
        row.model_type == ModelType::Image && is_other && costs(row) == costs(&model)
    };
    if row.filter(is_as_before).is_some() { Err(invalid("tiers", "quality_unpriced")) } else { Ok(model) }
}

/// Whether a draft says the prices that a model has. That of a picture may be left out, or be of the quality before.
fn is_priced_as(draft: &ModelDraft, model: &Model) -> bool {
    let said = [
        &draft.cost_per_1k_input,
        &draft.cost_per_1k_output,
        &draft.cost_per_1k_cached_input,
        &draft.cost_per_1k_cache_write,
        &draft.cost_per_1k_reasoning,
        &draft.cost_per_1k_image_input,
        &draft.cost_per_1k_image_output,
        &draft.cost_per_image,
    ];
    said.iter().zip(model.prices()).all(|(said, own)| price(said.as_deref(), "").ok() == Some(own))
}

/// The quality that a draft asks for; `None` when it says nothing of what the model can be asked for.
fn asked_of(draft: &ModelDraft) -> Option<String> {
    let able: igny8_core::picture::Abilities = serde_json::from_str(draft.picture.as_deref()?).ok()?;
    Some(able.quality)
}

fn tier_of(draft: &TierDraft, model: &Model) -> Result<Tier, Fault> {
    let quality = draft.quality.trim().to_owned();
    if !quality.is_empty() && !model.picture.qualities.contains(&quality) {
        return Err(invalid("tiers", "quality"));
    }
    let tier = Tier {
        quality,
        pixels_max: draft.pixels_max.map(u64::from),
        cost_per_image: price(draft.cost_per_image.as_deref(), "tiers")?,
        image_tokens: draft.image_tokens,
        credits_per_image: Credits::ZERO,
    };
    let credits_per_image = match credits(draft.credits_per_image.as_deref(), "tiers")? {
        Some(said) => said,
        None => worth::credits_of_tier(model, &tier).ok_or_else(|| invalid("tiers", "quality_unpriced"))?,
    };
    Ok(Tier { credits_per_image, ..tier })
}

#[cfg(test)]
mod tests {
    use super::super::{filled, model_of};
    use super::*;
    use crate::catalogue::data;
    use igny8_core::status::Dialect;
    use igny8_core::time::UtcMs;

    fn known(name: &str) -> Model {
        let now = UtcMs::from_rfc3339("2026-11-23T00:00:00Z").unwrap();
        data::models(now).into_iter().find(|model| model.model_name == name).unwrap()
    }

    /// A draft as a page sends it that changes nothing but the quality.
    fn asking(row: &Model, quality: &str) -> ModelDraft {
        let mut picture = row.picture.clone();
        picture.quality = quality.to_owned();
        let bare =
            ModelDraft { provider: row.provider.clone(), model_name: row.model_name.clone(), ..Default::default() };
        let picture = Some(serde_json::to_string(&picture).unwrap());
        ModelDraft { picture, ..filled(bare, Some(row)) }
    }

    fn saved(draft: ModelDraft, row: Option<&Model>) -> Result<Model, Fault> {
        let known = known(&draft.model_name);
        let draft = with_tiers(draft, row, Some(&known));
        priced_in_tiers(&draft, model_of(&draft, Some(Dialect::OpenAi), UtcMs(0))?, row)
    }

    #[test]
    fn another_quality_is_another_price() {
        let row = known("gpt-image-2");
        let credits = |quality: &str| saved(asking(&row, quality), Some(&row)).map(|model| model.credits_per_image);
        assert_eq!(credits("medium"), Ok(Some(Credits::whole(7))));
        assert_eq!(credits("low"), Ok(Some(Credits::whole(2))));
        assert_eq!(credits("high"), Ok(Some(Credits::whole(24))));
        let row = known("gemini-3-pro-image");
        let large = saved(asking(&row, "4K"), Some(&row)).unwrap();
        assert_eq!(large.cost_per_image.map(igny8_core::model::Price::to_text).as_deref(), Some("0.24"));
        assert_eq!(
            (row.credits_per_image, large.credits_per_image),
            (Some(Credits::whole(17)), Some(Credits::whole(30)))
        );
    }

    #[test]
    fn a_quality_without_a_price_is_refused_until_somebody_says_one() {
        let row = known("gpt-image-2.5-flare");
        let draft = asking(&row, "max");
        assert_eq!(saved(draft.clone(), Some(&row)), Err(invalid("tiers", "quality_unpriced")));
        let mut tiers = tier_drafts(&row);
        tiers.push(TierDraft { quality: "max".to_owned(), image_tokens: Some(9_000), ..TierDraft::default() });
        let model = saved(ModelDraft { tiers: Some(tiers), ..draft }, Some(&row)).unwrap();
        assert_eq!(model.credits_per_image, Some(Credits::whole(51)), "by the rule of the catalogue");
        let own = Model { tiers: Vec::new(), ..known("gpt-image-2") };
        let draft = ModelDraft { tiers: Some(Vec::new()), ..asking(&own, "high") };
        assert_eq!(
            saved(draft.clone(), Some(&own)),
            Err(invalid("tiers", "quality_unpriced")),
            "not at the price of before"
        );
        let dearer = ModelDraft { credits_per_image: Some("24".to_owned()), ..draft };
        assert_eq!(saved(dearer, Some(&own)).unwrap().credits_per_image, Some(Credits::whole(24)));
    }

    #[test]
    fn a_row_of_before_there_were_tiers_keeps_the_credits_of_its_own() {
        let row = Model { tiers: Vec::new(), credits_per_image: Some(Credits::whole(9)), ..known("gpt-image-2") };
        let of = |quality: &str| saved(asking(&row, quality), Some(&row)).map(|model| model.credits_per_image);
        assert_eq!(of("medium"), Ok(Some(Credits::whole(9))));
        assert_eq!(of("high"), Ok(Some(Credits::whole(24))));
    }

    #[test]
    fn credits_that_are_said_are_those_of_the_quality_that_is_asked_for() {
        let row = known("gpt-image-2");
        let draft = ModelDraft { credits_per_image: Some("30".to_owned()), ..asking(&row, "high") };
        let model = saved(draft, Some(&row)).unwrap();
        let of = |quality: &str| model.tier(quality, None).unwrap().credits_per_image;
        assert_eq!((of("high"), of("medium")), (Credits::whole(30), Credits::whole(7)));
        assert_eq!(model.credits_per_image, Some(Credits::whole(30)));
    }

    #[test]
    fn whoever_says_other_prices_has_no_tiers_of_another_price_list() {
        let row = known("gpt-image-2");
        let own = ModelDraft { cost_per_image: Some("0.02".to_owned()), ..asking(&row, "medium") };
        assert!(saved(own, Some(&row)).unwrap().tiers.is_empty());
    }
}
