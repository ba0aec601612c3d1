//! Models in use that end: what they are used for, and telling the user, once when an end is near and once when it has
//! come.

use super::{is_same, model_in};
use crate::{Engine, EngineError, settings};
use igny8_core::function::AiFunction;
use igny8_core::model::Model;
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
    /// What for, in which set.
    pub roles: Vec<(ModelMode, AiFunction)>,
    /// Sites whose functions ask it, or that it worked for lately, by name.
    pub sites: Vec<String>,
    /// Operations that ask it and are open, whether they are under way or were interrupted.
    pub open_operations: u32,
}

impl Engine {
    /// The models in use that have ended or end soon, the first to end first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn ending_models(&self) -> Result<Vec<InUse>, EngineError> {
        let now = self.clock.now();
        self.store
            .read(move |r| {
                let mut ending = used(r)?;
                ending.retain(|used| used.model.has_ended(now) || used.model.ends_soon(now));
                ending.sort_by_key(|used| used.model.retires_on);
                let mode = settings::model_mode(r)?;
                for used in &mut ending {
                    let (provider, name) = (&used.model.provider, &used.model.model_name);
                    // Functions are not any site's own, so that all sites ask what is asked at all.
                    let is_asked = used.roles.iter().any(|(set, _)| *set == mode);
                    used.sites = r.sites_using(provider, name, now.plus_ms(-LATELY_DAYS * DAY_MS), is_asked)?;
                    used.open_operations = r.open_operations_with(provider, name)?;
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
    let day = model.retires_on.map(|end| end.day_in("UTC").to_string()).unwrap_or_default();
    let dedupe = format!("{notification_type}:{}/{}:{day}", model.provider, model.model_name);
    let params = BTreeMap::from([
        ("model", model.display_name),
        ("day", day),
        ("successor", model.replaced_by.unwrap_or_default()),
    ]);
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
                None => {
                    all.push(InUse { model, roles: vec![(*mode, *function)], sites: Vec::new(), open_operations: 0 })
                }
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
            all.push(InUse { model, roles: Vec::new(), sites: Vec::new(), open_operations: 0 });
        }
    }
    Ok(all)
}
