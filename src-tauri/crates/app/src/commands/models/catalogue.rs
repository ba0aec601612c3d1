//! The catalogue: what models there are, what they cost, which one is used. A price is never changed: a model that is added
//! again replaces its row, and calls keep the one they were held under.

use super::draft::{filled, has_price, model_of, priced_in_tiers, with_tiers};
use super::{is_there, no_model, no_vendor, usable};
use crate::catalogue::data;
use crate::dto::models::{ModelDraft, ModelView};
use crate::view;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::id::ModelId;
use igny8_core::model::Model;
use igny8_core::status::Dialect;
use igny8_core::time::UtcMs;
use igny8_engine::{EngineError, roles};
use igny8_store::{Read, StoreError, Write};

/// Every row of the catalogue, also those that another price has replaced.
///
/// # Errors
/// When the database cannot be read.
pub async fn models(app: &Igny8) -> Result<Vec<ModelView>, Fault> {
    let rows = app.engine.store().read(|r| Ok::<_, StoreError>((r.models()?, r.providers()?)));
    let (models, vendors) = rows.await?;
    let connected: Vec<String> = vendors.into_iter().map(|vendor| vendor.name).collect();
    let now = app.engine.clock().now();
    Ok(models.into_iter().map(|model| view::models::model(model, &connected, now)).collect())
}

/// Adds a model of a connected vendor to the catalogue and returns its id. One that is there already is replaced, also where
/// its vendor is not connected, since a price is not a call. What is left unsaid is filled in from the catalogue where it
/// knows the model: its prices when none is said, its limits and its end. Its successor comes with it where the catalogue has
/// that, so that whoever is told of it can switch to it.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`] for a vendor that is not connected; [`Fault::ModelEnded`] for one that is
/// to be used from now on and has ended.
pub async fn model_add(app: &Igny8, draft: ModelDraft) -> Result<String, Fault> {
    let now = app.engine.clock().now();
    let (provider, name) = (draft.provider.trim().to_owned(), draft.model_name.trim().to_owned());
    let read = app.engine.store().read(move |r| {
        let row =
            r.models()?.into_iter().find(|row| row.is_active && row.provider == provider && row.model_name == name);
        Ok::<_, StoreError>((known(r, &provider, &name, now)?, row, dialect(r, &provider)?))
    });
    let (known, row, dialect) = read.await?;
    let use_it = draft.is_default;
    let (is_own_price, is_unsaid) = (has_price(&draft), draft.thinking.is_none());
    let draft = with_tiers(filled(draft, known.as_ref()), row.as_ref(), known.as_ref());
    // Whoever says another price says it of every hour.
    let hours = known.filter(|_| !is_own_price).map(|known| known.hours).unwrap_or_default();
    let priced = priced_in_tiers(&draft, model_of(&draft, dialect, now)?, row.as_ref())?;
    let mut model = Model { hours, ..priced };
    let added = app.engine.store().write(move |w| {
        let known = w.models()?;
        let is_known = known.iter().any(|k| (&k.provider, &k.model_name) == (&model.provider, &model.model_name));
        if use_it || !is_known {
            is_there(w, &model.provider)?;
        }
        let same =
            known.iter().find(|k| k.is_active && (&k.provider, &k.model_name) == (&model.provider, &model.model_name));
        // Another price does not make it think otherwise than somebody has said of it.
        if let Some(same) = same.filter(|_| is_unsaid) {
            model.thinking.clone_from(&same.thinking);
        }
        // The prices that it has already are no other price, and the page sends them whatever else is changed.
        if let Some(same) = same.filter(|same| is_own_price && same.prices() == model.prices()) {
            model.hours.clone_from(&same.hours);
        }
        let id = match same {
            // A default of one kind must not become one of the other.
            Some(same) if same.model_type != model.model_type => return Err(EngineError::WrongState("model")),
            Some(same) => w.model_replace(same.id, &model, now)?,
            None => w.add_model(&model, now)?,
        };
        add_successor(w, &model, now)?;
        if use_it {
            roles::use_for_kind(w, &Model { id, ..model.clone() }, now)?;
        }
        Ok::<_, EngineError>(id)
    });
    Ok(added.await.map_err(no_vendor)?.to_string())
}

/// Makes a model the one that is used for its kind when nothing else is said.
///
/// # Errors
/// [`Fault::NotFound`] for an unknown model, or one that is off; [`Fault::NotConnected`]; [`Fault::ModelEnded`];
/// [`Fault::UnpricedModel`].
pub async fn model_default(app: &Igny8, model: &str) -> Result<(), Fault> {
    let (model, now) = (id::<ModelId>(model, "id")?, app.engine.clock().now());
    usable(app, model).await?;
    let set = app.engine.store().write(move |w| {
        let row = w.model(model)?;
        roles::use_for_kind(w, &row, now)
    });
    set.await.map_err(no_model)
}

/// What a draft of this vendor and name would be filled in with: as the model is now, else as the catalogue has it. Nothing
/// where nobody knows it.
///
/// # Errors
/// When the database cannot be read.
pub async fn model_known(app: &Igny8, provider: &str, model_name: &str) -> Result<Option<ModelView>, Fault> {
    let (provider, name) = (provider.trim().to_owned(), model_name.trim().to_owned());
    let now = app.engine.clock().now();
    let found = app.engine.store().read(move |r| match r.model_named(&provider, &name) {
        Ok(row) => Ok(Some(row)),
        Err(StoreError::NotFound) => known(r, &provider, &name, now),
        Err(error) => Err(error),
    });
    let vendors = app.engine.store().read(|r| r.providers()).await?;
    let connected: Vec<String> = vendors.into_iter().map(|vendor| vendor.name).collect();
    Ok(found.await?.map(|model| view::models::model(model, &connected, now)))
}

/// Adds the row of a model's successor, as the catalogue has it, where there is none.
fn add_successor(write: &mut Write<'_>, model: &Model, now: UtcMs) -> Result<(), StoreError> {
    let Some(name) = &model.replaced_by else { return Ok(()) };
    match write.model_named(&model.provider, name) {
        Err(StoreError::NotFound) => {}
        found => return found.map(drop),
    }
    let Some(successor) = known(write, &model.provider, name, now)? else { return Ok(()) };
    write.add_model(&Model { provider: model.provider.clone(), ..successor }, now).map(drop)
}

/// The language of a vendor; nothing for the built-in engine, and for one that is not connected, which is refused later.
fn dialect(read: &Read<'_>, provider: &str) -> Result<Option<Dialect>, StoreError> {
    match read.provider(provider) {
        Ok(row) => Ok(Some(row.dialect)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What the catalogue knows of a vendor's model, whatever the vendor is called here.
fn known(read: &Read<'_>, provider: &str, name: &str, now: UtcMs) -> Result<Option<Model>, StoreError> {
    let url = match read.provider(provider) {
        Ok(row) => row.base_url,
        Err(StoreError::NotFound) => String::new(),
        Err(error) => return Err(error),
    };
    let Some(vendor) = data::vendor_of(provider, &url) else { return Ok(None) };
    Ok(data::models(now).into_iter().find(|model| model.provider == vendor && model.model_name == name))
}
