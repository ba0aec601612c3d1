//! A site's run: carried out and waited for, or as its rows show it to a process that does not run it itself.

use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::id::SiteId;
use igny8_engine::EngineError;
use igny8_store::StoreError;
use igny8_store::table::operation::{OperationFilter, OperationRow};
use serde::Serialize;

/// Newest tasks of a site among which its last run is looked for.
const TASKS_LOOKED_AT: u32 = 200;

/// What a run made from its start, or from where it went on, to its end: not what the site has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunMade {
    /// Articles written.
    pub articles: u32,
    /// Pictures made.
    pub images: u32,
    /// Credits charged.
    pub credits: String,
}

impl RunMade {
    /// There was nothing left to do.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.articles == 0 && self.images == 0 && self.credits == "0"
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEnded {
    /// What it made until then.
    pub made: RunMade,
    /// Why not all of it was made; absent when all was.
    pub unmade: Option<Fault>,
}

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

/// Takes a site all the way and returns what was made when there is nothing left to do, or after the unit at hand once
/// `stop` is ready. The background work must be running.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`]. What ends it early, or keeps it from beginning, is a part of the result.
pub async fn run_pipeline(
    app: &Igny8,
    site: &str,
    cap: Option<&str>,
    stop: impl Future<Output = ()>,
) -> Result<RunEnded, Fault> {
    let (site, cap) = (id::<SiteId>(site, "siteId")?, cap.map(crate::commands::spending::cap).transpose()?);
    let store = app.engine.store();
    let before = store.read(move |r| r.completion(site, None)).await?;
    let pipeline = app.engine.run_pipeline(app.engine.new_client_key(), site, cap);
    tokio::pin!(pipeline);
    let ended = tokio::select! {
        ended = &mut pipeline => ended,
        () = stop => match app.engine.cancel_pipeline(site).await {
            // It has just ended by itself.
            Ok(()) | Err(EngineError::WrongState(_)) => pipeline.await,
            Err(error) => return Err(error.into()),
        },
    };
    let after = store.read(move |r| r.completion(site, None)).await?;
    let made = RunMade {
        articles: after.contents.saturating_sub(before.contents),
        images: after.images_generated.saturating_sub(before.images_generated),
        credits: after.credits_used.minus(before.credits_used).to_string(),
    };
    Ok(RunEnded { made, unmade: ended.err().map(Fault::from) })
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
    // Whoever has the folder and is at work on nothing itself finds what others left, of a run or not.
    let open = open.into_iter().find(|row| row.run.is_some() || app.has_the_folder());
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
