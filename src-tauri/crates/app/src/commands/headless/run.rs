//! A site's run as its rows show it, to a process that does not run it itself.

use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::id::SiteId;
use igny8_store::StoreError;
use igny8_store::table::operation::{OperationFilter, OperationRow};
use serde::Serialize;

/// Newest tasks of a site among which its last run is looked for.
const TASKS_LOOKED_AT: u32 = 200;

/// Whether a run is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// The process that has the folder is at work on it.
    Running,
    /// The process that was at work on it has ended before it was done.
    Interrupted,
    /// None is under way.
    Idle,
}

/// How far a site's run is; once none is under way, how the last one ended.
#[derive(Clone, Debug, Serialize)]
pub struct RunStatus {
    /// Id of the run; absent when there was none.
    pub id: Option<String>,
    /// Site id.
    pub site: String,
    /// Whether it is under way.
    pub status: RunState,
    /// Function at hand, or the last one; empty when there was none.
    pub stage: String,
    /// Units of that function in all.
    pub units_total: u32,
    /// Units that stored their result.
    pub units_done: u32,
    /// Units that did not.
    pub units_failed: u32,
    /// Credits charged for that function.
    pub credits: String,
    /// Why that function did less than it was to do, a code; empty otherwise.
    pub stopped_code: String,
}

/// How far a site's run is.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn run_status(app: &Igny8, site: &str) -> Result<RunStatus, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let filter = OperationFilter { site: Some(site), ..OperationFilter::default() };
    let rows = app.engine.store().read(move |r| {
        let newest = r.operations_page(&filter, None, TASKS_LOOKED_AT)?.rows;
        Ok::<_, StoreError>((r.open_operations_of(site)?, newest))
    });
    let (open, newest) = rows.await?;
    let open = open.into_iter().find(|row| row.run.is_some());
    let status = match (&open, app.has_the_folder()) {
        (None, _) => RunState::Idle,
        (Some(_), true) => RunState::Interrupted,
        (Some(_), false) => RunState::Running,
    };
    let row = open.or_else(|| newest.into_iter().find(|row| row.run.is_some()));
    Ok(view(site, status, row))
}

fn view(site: SiteId, status: RunState, row: Option<OperationRow>) -> RunStatus {
    let run = row.as_ref().and_then(|row| row.run).map(|run| run.to_string());
    let of = |count: fn(&OperationRow) -> u32| row.as_ref().map_or(0, count);
    RunStatus {
        id: run,
        site: site.to_string(),
        status,
        stage: row.as_ref().map(|row| row.function.name().to_owned()).unwrap_or_default(),
        units_total: of(|row| row.units_total),
        units_done: of(|row| row.units_done),
        units_failed: of(|row| row.units_failed),
        credits: row.as_ref().map_or_else(|| "0".to_owned(), |row| row.credits.to_string()),
        stopped_code: row.map(|row| row.error_code).unwrap_or_default(),
    }
}
