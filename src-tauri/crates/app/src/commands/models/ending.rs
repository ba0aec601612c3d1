//! Models in use that end, or that their vendors do not know: what they are used for, the one step to another, and whether a run would be refused.

use super::{no_model, usable};
use crate::commands::models::catalogue;
use crate::commands::models::roles::model_roles;
use crate::dto::models::{EndingView, ModelState, ModelView, OwnPromptView, RoleUse, RoleView};
use crate::vendors::vendor_secret;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::id::ModelId;
use igny8_core::model::BUILTIN;
use igny8_core::port::VaultError;
use igny8_engine::roles;
use std::collections::BTreeSet;

/// What is wrong with the models in use.
#[derive(Clone, Debug)]
pub struct ModelCheck {
    /// Every function's model in both sets, and whether the set is the one that is asked.
    pub roles: Vec<(RoleView, bool)>,
    /// Vendors in use whose key is gone: it was in the memory of an earlier process, or the keyring forgot it.
    pub keyless: BTreeSet<String>,
    /// Models in use that have ended, end soon, or are not known to their vendors, with all that uses them.
    pub ending: Vec<EndingView>,
}

impl ModelCheck {
    /// Whether a role's model could not be asked.
    #[must_use]
    pub fn is_refused(&self, role: &RoleView) -> bool {
        role.model.as_ref().is_none_or(|model| {
            model.state != ModelState::Ready || self.keyless.contains(&model.provider) || self.is_unknown(model)
        })
    }

    /// Whether its vendor did not know a model when it was asked for it last.
    #[must_use]
    pub fn is_unknown(&self, model: &ModelView) -> bool {
        self.ending.iter().any(|used| used.is_unknown && used.model.id == model.id)
    }

    /// Whether a run would be refused, could not go on, or would fail for want of a key or of the model.
    #[must_use]
    pub fn refuses_a_run(&self) -> bool {
        self.roles.iter().any(|(role, is_asked)| *is_asked && self.is_refused(role)) || self.refuses_to_go_on()
    }

    /// Whether work that is open asks a model that has ended.
    fn refuses_to_go_on(&self) -> bool {
        self.ending.iter().any(|used| used.open_operations > 0 && used.model.state == ModelState::Ended)
    }
}

/// The models in use that have ended, end within thirty days, or were not known to their vendors when asked last.
///
/// # Errors
/// When the database cannot be read.
pub async fn models_ending(app: &Igny8) -> Result<Vec<EndingView>, Fault> {
    let (ending, all) = (app.engine.ending_models().await?, catalogue::models(app).await?);
    let view = |used: roles::InUse| {
        let model = all.iter().find(|model| model.id == used.model.id.to_string()).cloned()?;
        let successor = successor(&all, &model).cloned();
        let uses =
            used.roles.into_iter().map(|(mode, function)| RoleUse { mode: mode.into(), function: function.into() });
        let prompts = used.prompts.into_iter().map(|(kind, site)| OwnPromptView { kind: kind.to_string(), site });
        Some(EndingView {
            model,
            is_unknown: used.is_unknown,
            successor,
            uses: uses.collect(),
            sites: used.sites,
            automations: used.automations,
            prompts: prompts.collect(),
            open_operations: used.open_operations,
        })
    };
    Ok(ending.into_iter().filter_map(view).collect())
}

/// Puts one model in the place of another, wherever it is asked, and answers in how many places that was.
///
/// # Errors
/// [`Fault::NotFound`] for an unknown model, or one that is off; [`Fault::NotConnected`]; [`Fault::InvalidField`] for one of
/// another kind; [`Fault::ModelEnded`]; [`Fault::UnpricedModel`].
pub async fn model_switch(app: &Igny8, from: &str, to: &str) -> Result<u32, Fault> {
    let (from, to, now) = (id::<ModelId>(from, "from")?, id::<ModelId>(to, "to")?, app.engine.clock().now());
    usable(app, to).await?;
    let switched = app.engine.store().write(move |w| {
        let (from, to) = (w.model(from)?, w.model(to)?);
        roles::switch(w, &from, &to, now)
    });
    switched.await.map_err(no_model)
}

/// Looks at every model in use, and at the keys of their vendors.
///
/// # Errors
/// When the database cannot be read.
pub async fn models_check(app: &Igny8) -> Result<ModelCheck, Fault> {
    let found = model_roles(app).await?;
    let providers = app.engine.store().read(|r| r.providers()).await?;
    let used: BTreeSet<String> =
        found.roles.iter().filter_map(|role| Some(role.model.as_ref()?.provider.clone())).collect();
    let mut keyless = BTreeSet::new();
    for row in providers.into_iter().filter(|row| row.has_secret && row.name != BUILTIN && used.contains(&row.name)) {
        let kept = app.vault.get(&vendor_secret(&row.name)).await;
        if matches!(kept, Err(VaultError::NotFound | VaultError::Absent)) {
            keyless.insert(row.name);
        }
    }
    let mode = found.mode;
    let roles = found.roles.into_iter().map(|role| {
        let is_asked = role.mode == mode;
        (role, is_asked)
    });
    Ok(ModelCheck { roles: roles.collect(), keyless, ending: models_ending(app).await? })
}

/// The row that a model's successor has, as far as there is one that can be used, now or once its vendor is connected.
#[must_use]
pub fn successor<'a>(all: &'a [ModelView], of: &ModelView) -> Option<&'a ModelView> {
    let name = of.replaced_by.as_deref()?;
    let is_meant = |model: &&ModelView| model.provider == of.provider && model.model_name == name;
    // Active rows come first.
    all.iter().find(is_meant).filter(|model| model.is_active && model.state != ModelState::Ended)
}
