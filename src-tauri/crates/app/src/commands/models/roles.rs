//! Which model each function asks, in the set to try things with and in the one that counts, and the switch between them.

use super::{no_model, usable};
use crate::dto::models::{ModelModeView, ModelRoles, RoleView};
use crate::dto::work::AiFunctionView;
use crate::view;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::function::AiFunction;
use igny8_core::id::ModelId;
use igny8_core::status::ModelMode;
use igny8_engine::{EngineError, roles, settings};

/// Every function's model in both sets.
///
/// # Errors
/// When the database cannot be read.
pub async fn model_roles(app: &Igny8) -> Result<ModelRoles, Fault> {
    let now = app.engine.clock().now();
    let read = app.engine.store().read(move |r| {
        let vendors = r.providers()?;
        let connected: Vec<String> = vendors.into_iter().map(|vendor| vendor.name).collect();
        let mut all = Vec::new();
        for mode in ModelMode::ALL {
            for function in AiFunction::ALL {
                let model = match roles::model_in(r, *mode, *function) {
                    Ok(model) => Some(view::models::model(model, &connected, now)),
                    Err(EngineError::NoModel(_)) => None,
                    Err(error) => return Err(error),
                };
                let is_own = r.model_role(*mode, *function)?.is_some();
                all.push(RoleView { mode: (*mode).into(), function: (*function).into(), is_own, model });
            }
        }
        Ok(ModelRoles { mode: settings::model_mode(r)?.into(), roles: all })
    });
    Ok(read.await?)
}

/// Gives a function a model of its own in one of the sets; none takes it away again.
///
/// # Errors
/// [`Fault::NotFound`] for an unknown model; [`Fault::NotConnected`]; [`Fault::InvalidField`] for one of another kind;
/// [`Fault::ModelEnded`]; [`Fault::UnpricedModel`].
pub async fn model_role_set(
    app: &Igny8,
    mode: ModelModeView,
    function: AiFunctionView,
    model: Option<&str>,
) -> Result<(), Fault> {
    let model = model.map(|text| id::<ModelId>(text, "id")).transpose()?;
    if let Some(model) = model {
        usable(app, model).await?;
    }
    let now = app.engine.clock().now();
    let set = app.engine.store().write(move |w| {
        let row = model.map(|id| w.model(id)).transpose()?;
        roles::assign(w, mode.into(), function.into(), row.as_ref(), now)
    });
    set.await.map_err(no_model)
}

/// Switches between the sets.
///
/// # Errors
/// When the file fails.
pub async fn model_mode_set(app: &Igny8, mode: ModelModeView) -> Result<(), Fault> {
    Ok(app.engine.store().write(move |w| settings::save_model_mode(w, mode.into())).await?)
}
