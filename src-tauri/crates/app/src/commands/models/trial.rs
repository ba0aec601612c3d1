//! Trying a model: one small real call for something of a site, held and charged like any other, whose answer is shown and
//! changes nothing. A text model groups some keywords, an image model makes one picture.

use super::no_model;
use crate::dto::prompts::PromptPreview;
use crate::view;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::id::ModelId;
use igny8_core::prompt::PromptKind;
use igny8_core::status::{ImageType, ModelType};
use igny8_engine::prompt::Trial;

/// What a trial would send, and what it would cost. No model is asked.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::UnpricedModel`]; [`Fault::InvalidField`].
pub async fn model_trial_price(app: &Igny8, site: &str, model: &str) -> Result<PromptPreview, Fault> {
    let preview = app.engine.prompt_preview(trial(app, site, model).await?).await?;
    let funds = app.engine.store().read(|r| r.funds(None)).await?;
    Ok(view::prompts::preview(preview, funds))
}

/// Asks a model once and returns the operation's id at once; [`super::super::prompts::prompt_trial`] says how it stands.
///
/// # Errors
/// As [`model_trial_price`]; [`Fault::ModelEnded`]; [`Fault::NothingToDo`] when the site has nothing to try it on;
/// [`Fault::SpendingStopped`]; [`Fault::BooksDoNotBalance`].
pub async fn model_try(app: &Igny8, site: &str, model: &str, key: &str) -> Result<String, Fault> {
    let trial = trial(app, site, model).await?;
    Ok(app.engine.prompt_try(id(key, "key")?, trial).await?.to_string())
}

async fn trial(app: &Igny8, site: &str, model: &str) -> Result<Trial, Fault> {
    let (site, model) = (id(site, "siteId")?, id::<ModelId>(model, "id")?);
    let row = app.engine.store().read(move |r| r.model(model)).await.map_err(no_model)?;
    let kind = match row.model_type {
        ModelType::Text => PromptKind::Clustering,
        ModelType::Image => PromptKind::Image(ImageType::Featured),
    };
    Ok(Trial { kind, site, body: None, model: Some(model) })
}
