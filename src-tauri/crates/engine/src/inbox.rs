//! What of a site waits for a person: what its lists show, and before that the models that its runs could not ask.

use crate::door::Door;
use crate::pause_all::{PausedAll, is_held};
use crate::pipeline::is_any_to_run;
use crate::{Engine, EngineError, roles, settings};
use igny8_core::automation::RunStage;
use igny8_core::id::{OperationId, SiteId};
use igny8_core::inbox::Need;
use igny8_core::model::Model;
use igny8_core::port::ProviderError;
use igny8_core::time::UtcMs;
use igny8_store::table::inbox::NeedRow;
use igny8_store::{Read, StoreError};
use std::collections::BTreeSet;

/// Things that are named at once; how many there are in all is said beside them.
const NEEDS_MAX: u32 = 200;

impl Engine {
    /// What of a site waits for a person, most pressing first, and how much does in all.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn needs(&self, site: SiteId) -> Result<(Vec<NeedRow>, u32), EngineError> {
        let (now, door) = (self.clock.now(), self.door.clone());
        let read = self.store.read(move |r| {
            let chosen = r.automation(site)?;
            let (mut rows, mut told) = (Vec::new(), BTreeSet::new());
            for function in RunStage::ALL.iter().filter_map(|stage| stage.function()) {
                if !chosen.of(function.into()).is_on {
                    continue;
                }
                let need = match roles::model_for(r, function) {
                    Ok(model) => out_of_use(r, &model, &door, now)?.map(|code| (model.display_name.clone(), code)),
                    Err(EngineError::NoModel(_)) => Some((String::new(), "no_model".to_owned())),
                    Err(error) => return Err(error),
                };
                let Some((title, code)) = need.filter(|need| told.insert(need.clone())) else { continue };
                let id = function.name().to_owned();
                rows.push(NeedRow { need: Need::Model, id, title, code, flaws: Vec::new(), at: now });
            }
            let (mut waiting, mut total) = r.needs(site, NEEDS_MAX)?;
            // One that would have nothing to do is missed by nobody.
            if waiting.iter().any(|row| row.need == Need::RunMissed) && !is_any_to_run(r, site, now)? {
                waiting.retain(|row| row.need != Need::RunMissed);
                total = total.saturating_sub(1);
            }
            if let Some(all) = settings::paused_all(r)? {
                name_held(r, &all, &mut waiting)?;
            }
            let models = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            rows.extend(waiting);
            Ok::<_, EngineError>((rows, total.saturating_add(models)))
        });
        read.await
    }
}

/// Why a model is of no use: what would refuse a run, or that its vendor did not know it when it was asked last, which ends
/// one at its first call.
fn out_of_use(read: &Read<'_>, model: &Model, door: &Door, now: UtcMs) -> Result<Option<String>, StoreError> {
    if let Some((cause, _)) = roles::out_of_reach(read, model, door, now)? {
        return Ok(Some(cause.code().to_owned()));
    }
    let is_unknown = read.is_unknown_to_its_vendor(&model.provider, &model.model_name)?;
    Ok(is_unknown.then(|| ProviderError::UnknownModel.code().to_owned()))
}

/// Calls what stands still because everything is paused by that name.
fn name_held(read: &Read<'_>, all: &PausedAll, waiting: &mut [NeedRow]) -> Result<(), StoreError> {
    for row in waiting.iter_mut().filter(|row| row.need == Need::Interrupted) {
        let Ok(task) = row.id.parse::<OperationId>() else { continue };
        if is_held(read, all, task)? {
            row.need = Need::Paused;
        }
    }
    Ok(())
}
