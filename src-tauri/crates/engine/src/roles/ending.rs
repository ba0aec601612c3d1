//! Models in use that end, or that their vendor does not know: what they are used for, and telling the user, once when an end is near and once when it has
//! come.

use super::{is_same, model_in};
use crate::{Engine, EngineError, settings};
use igny8_core::function::AiFunction;
use igny8_core::model::Model;
use igny8_core::prompt::PromptKind;
use igny8_core::status::{ModelMode, Severity};
use igny8_core::time::UtcMs;
use igny8_store::table::notification::NewNotification;
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

const DAY_MS: i64 = 86_400_000;
/// How far back a site counts as using a model.
const LATELY_DAYS: i64 = 30;

/// A model that something asks: a function, or work that was begun with it and is not over.
#[derive(Clone, Debug)]
pub struct InUse {
    /// Which.
    pub model: Model,
    /// Its vendor did not know it when it was asked for it last. Whether it has ended, nobody said.
    pub is_unknown: bool,
    /// What for, in which set.
    pub roles: Vec<(ModelMode, AiFunction)>,
    /// Sites whose functions ask it, or that it worked for lately, by name.
    pub sites: Vec<String>,
    /// Sites whose runs begin by themselves and ask it, by name.
    pub automations: Vec<String>,
    /// Wordings of the user's own that it is asked with, each with the name of its site; without one for all sites.
    pub prompts: Vec<(PromptKind, Option<String>)>,
    /// Operations that ask it and are open, whether they are under way or were interrupted.
    pub open_operations: u32,
}

impl InUse {
    fn of(model: Model, roles: Vec<(ModelMode, AiFunction)>) -> Self {
        let (sites, automations, prompts) = (Vec::new(), Vec::new(), Vec::new());
        Self { model, is_unknown: false, roles, sites, automations, prompts, open_operations: 0 }
    }
}

impl Engine {
    /// The models in use that have ended, end soon, or are not known to their vendor, these first and then the first to end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn ending_models(&self) -> Result<Vec<InUse>, EngineError> {
        let now = self.clock.now();
        self.store
            .read(move |r| {
                let mut ending = used(r)?;
                for used in &mut ending {
                    used.is_unknown = r.is_unknown_to_its_vendor(&used.model.provider, &used.model.model_name)?;
                }
                ending.retain(|used| used.is_unknown || used.model.has_ended(now) || used.model.ends_soon(now));
                ending.sort_by_key(|used| (!used.is_unknown, used.model.retires_on));
                let mode = settings::model_mode(r)?;
                for used in &mut ending {
                    let (provider, name) = (&used.model.provider, &used.model.model_name);
                    // Functions are not any site's own, so that all sites ask what is asked at all.
                    let is_asked = used.roles.iter().any(|(set, _)| *set == mode);
                    used.sites = r.sites_using(provider, name, now.plus_ms(-LATELY_DAYS * DAY_MS), is_asked)?;
                    used.open_operations = r.open_operations_with(provider, name)?;
                    used.prompts = r.own_prompts()?;
                    let roles = &used.roles;
                    let live = |function| roles.contains(&(mode, function));
                    used.automations = automations(r, live)?;
                    used.prompts.retain(|(kind, _)| roles.iter().any(|(_, function)| kind.function() == *function));
                }
                Ok(ending)
            })
            .await
    }

    /// Tells the user of ends that are near or have come, at most once a day: an end comes with a day.
    pub(crate) async fn look_for_endings(&self) -> Result<(), EngineError> {
        let now = self.clock.now();
        let today = now.0.div_euclid(DAY_MS);
        if self.endings_told_on.swap(today, Ordering::Relaxed) == today {
            return Ok(());
        }
        Ok(self.store.write(move |w| tell(w, now)).await?)
    }
}

/// Tells the user of the models in use whose end is near or has come, once of each.
///
/// # Errors
/// When the file fails.
pub(super) fn tell(write: &mut Write<'_>, now: UtcMs) -> Result<(), StoreError> {
    used(write)?.into_iter().try_for_each(|InUse { model, .. }| tell_end(write, model, now))
}

/// Tells the user of a model's end that is near or has come, and what follows it, once.
///
/// # Errors
/// When the file fails.
pub(crate) fn tell_end(write: &mut Write<'_>, model: Model, now: UtcMs) -> Result<(), StoreError> {
    let (notification_type, severity) = match (model.has_ended(now), model.ends_soon(now)) {
        (true, _) => ("model_ended", Severity::Error),
        (false, true) => ("model_ends_soon", Severity::Warning),
        (false, false) => return Ok(()),
    };
    let successor = super::successor(write, &model, now)?.unwrap_or_default();
    let day = model.retires_on.map(|end| end.day_in("UTC").to_string()).unwrap_or_default();
    let dedupe = format!("{notification_type}:{}/{}:{day}", model.provider, model.model_name);
    let params = BTreeMap::from([("model", model.display_name), ("day", day), ("successor", successor)]);
    let notice = NewNotification {
        notification_type: notification_type.to_owned(),
        severity,
        site: None,
        operation: None,
        related_type: "",
        related_id: 0,
        params,
        dedupe,
    };
    write.notify(&notice, now)?;
    Ok(())
}

/// Sites whose runs begin by themselves and have a stage on of which `is_asked` says that it asks.
fn automations(read: &Read<'_>, is_asked: impl Fn(AiFunction) -> bool) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::new();
    for (site, chosen) in read.automations_enabled()? {
        let asks = |function: &AiFunction| is_asked(*function) && chosen.of((*function).into()).is_on;
        if AiFunction::ALL.iter().any(asks) {
            names.push(read.site(site)?.name);
        }
    }
    names.sort();
    Ok(names)
}

/// The models that functions or open work ask, each once.
fn used(read: &Read<'_>) -> Result<Vec<InUse>, StoreError> {
    let mut all: Vec<InUse> = Vec::new();
    for mode in ModelMode::ALL {
        for function in AiFunction::ALL {
            let model = match model_in(read, *mode, *function) {
                Ok(model) => model,
                Err(EngineError::Store(error)) => return Err(error),
                // None is chosen, and none can end.
                Err(_) => continue,
            };
            match all.iter_mut().find(|used| is_same(&used.model, &model)) {
                Some(used) => used.roles.push((*mode, *function)),
                None => all.push(InUse::of(model, vec![(*mode, *function)])),
            }
        }
    }
    for operation in read.open_operations()? {
        // It was begun under a row that may be off by now; the newest of the name knows when the model ends.
        let begun = read.model(operation.model)?;
        let model = match read.model_named(&begun.provider, &begun.model_name) {
            Err(StoreError::NotFound) => begun,
            model => model?,
        };
        if !all.iter().any(|used| is_same(&used.model, &model)) {
            all.push(InUse::of(model, Vec::new()));
        }
    }
    Ok(all)
}
