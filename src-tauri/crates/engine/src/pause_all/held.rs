//! What a pause of everything holds and that still stands as it left it: what goes on at its end, and what that costs.

use super::{NotDone, PausedAll};
use crate::{EngineError, settings};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, SiteId};
use igny8_store::{Read, StoreError};

/// Part of it.
pub(super) struct Part {
    /// Whose.
    pub site: SiteId,
    /// Name of the site.
    name: String,
    /// The single task; `None` for the run of the site.
    pub task: Option<(OperationId, AiFunction)>,
    /// A task at a site whose run is held as well, in whose price it is.
    pub is_beside_a_run: bool,
}

impl Part {
    /// It could not be gone on with.
    pub fn not_done(self, error: EngineError) -> NotDone {
        NotDone { site: self.name, function: self.task.map(|(_, function)| function), error }
    }
}

/// The runs first, then the tasks. What has ended, and what somebody has gone on with since, or paused by itself after
/// that, is not of it; nor is what belongs to a removed site.
pub(super) fn parts(read: &Read<'_>) -> Result<Vec<Part>, StoreError> {
    let Some(PausedAll { runs, tasks, .. }) = settings::paused_all(read)? else { return Ok(Vec::new()) };
    let sites = read.sites()?;
    let name = |site: SiteId| sites.iter().find(|row| row.id == site).map(|row| row.name.clone());
    let mut parts = Vec::new();
    for (run, at) in runs {
        let Some(row) = if_there(read.run(run))? else { continue };
        let is_held = row.ended_at.0 == 0 && row.paused_at == at;
        if let Some(name) = name(row.site).filter(|_| is_held) {
            parts.push(Part { site: row.site, name, task: None, is_beside_a_run: false });
        }
    }
    let of_runs: Vec<SiteId> = parts.iter().map(|part| part.site).collect();
    for (task, at) in tasks {
        if read.task_still_since(task)? != Some(at) {
            continue;
        }
        let Some(row) = if_there(read.operation(task))? else { continue };
        if let Some(name) = name(row.site) {
            let is_beside_a_run = of_runs.contains(&row.site);
            parts.push(Part { site: row.site, name, task: Some((task, row.function)), is_beside_a_run });
        }
    }
    Ok(parts)
}

/// What is not there any more is nothing to go on with.
fn if_there<T>(found: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
