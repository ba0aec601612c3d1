//! A site's run: carried out and waited for, or as its rows show it to a process that does not run it itself.

use crate::dto::spending::RunRestEstimate;
use crate::dto::work::PipelineStanding;
use crate::view;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::id::SiteId;
use igny8_engine::EngineError;
use igny8_store::StoreError;
use serde::Serialize;

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

/// What of a run failed for one cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunFailed {
    /// The stage: name of the function.
    pub function: String,
    /// Why, a code.
    pub code: String,
    /// Units that failed for it.
    pub units: u32,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunEnded {
    /// What it made until then.
    pub made: RunMade,
    /// What failed until then, by stage and cause: a run goes on without it.
    pub failed: Vec<RunFailed>,
    /// Why not all of it was made; absent when all was.
    pub unmade: Option<Fault>,
    /// It waits where it was: it was asked to stop, and goes on when somebody says so.
    pub is_paused: bool,
}

/// How far a site's run is; once none is under way, how the last one ended.
#[derive(Clone, Debug, Serialize)]
pub struct RunStatus {
    /// Id of the run; absent when there was none.
    pub id: Option<String>,
    /// Site id.
    pub site: String,
    /// Whether it is under way.
    pub status: PipelineStanding,
    /// What began the run: `manual`, `scheduled`, `catch_up`; empty when there was none.
    pub trigger: String,
    /// Stage at hand, or the last one; empty when there was none.
    pub stage: String,
    /// Units of that function in all.
    pub units_total: u32,
    /// Units that stored their result.
    pub units_done: u32,
    /// Units that did not.
    pub units_failed: u32,
    /// Credits charged for that function.
    pub credits: String,
    /// Units of all functions that were interrupted and wait.
    pub units_waiting: u32,
    /// Credits held for them.
    pub held: String,
    /// The run was cancelled, and what of it is at hand has no end yet.
    pub is_cancelling: bool,
    /// Why the last run stopped early, or why what is open was paused by nobody, a code; empty otherwise.
    pub stopped_code: String,
}

/// What [`run_pipeline`] will cost, before anything is begun; `None` where there is nothing to do or it would be refused,
/// for which it has the reason itself, and beside the process that has the folder, which refuses it.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn run_price(app: &Igny8, site: &str, cap: Option<&str>) -> Result<Option<RunRestEstimate>, Fault> {
    let (site, cap) = (id::<SiteId>(site, "siteId")?, cap.map(crate::commands::spending::cap).transpose()?);
    if !app.has_the_folder() || !app.engine.is_run_let(site, cap).await {
        return Ok(None);
    }
    Ok(app.engine.rest_of_run(site, cap).await.ok().map(|run| view::spending::rest_of_run(&run)))
}

/// Takes a site all the way and returns what was made when there is nothing left to do. Once `stop` is ready it pauses
/// after the units at hand, and so does all background work, which must be running before.
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
    let (store, since) = (app.engine.store(), app.engine.clock().now());
    let before = store.read(move |r| r.completion(site, None)).await?;
    let pipeline = async {
        match app.engine.run_pipeline(app.engine.new_client_key(), site, cap).await {
            // It went on by itself when the folder was opened, under the cap it has.
            Err(EngineError::WrongState("pipeline")) if cap.is_none() => app.engine.wait_for_run(site).await,
            ended => ended,
        }
    };
    let ended = tokio::select! {
        ended = pipeline => Some(ended),
        () = stop => None,
    };
    if ended.is_none() {
        app.stop().await;
    }
    let has_let_go = matches!(ended, None | Some(Err(EngineError::Paused)));
    let is_paused = has_let_go && store.read(move |r| r.open_run(site)).await?.is_some();
    let ended = ended.unwrap_or(Err(EngineError::Cancelled));
    let after = store.read(move |r| r.completion(site, None)).await?;
    let made = RunMade {
        articles: after.contents.saturating_sub(before.contents),
        images: after.images_generated.saturating_sub(before.images_generated),
        credits: after.credits_used.minus(before.credits_used).to_string(),
    };
    let failed = store.read(move |r| r.failed_since(site, since)).await?.into_iter().filter(|of| !is_refusal(&of.code));
    let failed = failed.map(|of| RunFailed { function: of.function.name().to_owned(), code: of.code, units: of.units });
    Ok(RunEnded { made, failed: failed.collect(), unmade: ended.err().map(Fault::from), is_paused })
}

/// Codes of what was refused before anything was asked, beside those of caps.
const REFUSALS: &[&str] = &[
    "insufficient_credits",
    "spending_stopped",
    "books_do_not_balance",
    "model_ended",
    "unpriced",
    "no_model",
    "no_provider",
];

/// It was let through by nobody: what was refused waits as before and did not fail, and the run says why it ended.
fn is_refusal(code: &str) -> bool {
    code.starts_with("cap_") || REFUSALS.contains(&code)
}

/// Whether a site has a run that has not ended: one that is under way, or was interrupted.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn is_run_open(app: &Igny8, site: &str) -> Result<bool, Fault> {
    let site: SiteId = id(site, "siteId")?;
    Ok(app.engine.store().read(move |r| r.open_run(site)).await?.is_some())
}

/// Whether work of a site is at hand or waits, also that of a run which has been cancelled.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn is_work_open(app: &Igny8, site: &str) -> Result<bool, Fault> {
    let site: SiteId = id(site, "siteId")?;
    Ok(!app.engine.store().read(move |r| r.open_operations_of(site)).await?.is_empty())
}

/// How far a site's run is.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn run_status(app: &Igny8, site: &str) -> Result<RunStatus, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let state = app.engine.pipeline(site).await?;
    let (operation, run) = (state.operation, state.run);
    let read = app.engine.store().read(move |r| {
        let row = operation.map(|operation| r.operation(operation)).transpose()?;
        Ok::<_, StoreError>((row, run.map(|run| r.run(run)).transpose()?))
    });
    let (row, run) = read.await?;
    let row = row.as_ref();
    Ok(RunStatus {
        id: state.run.map(|run| run.to_string()),
        site: site.to_string(),
        status: state.standing.into(),
        trigger: run.map(|run| run.trigger.to_string()).unwrap_or_default(),
        stage: state.stage.map(|stage| stage.to_string()).unwrap_or_default(),
        units_total: row.map_or(0, |row| row.units_total),
        units_done: row.map_or(0, |row| row.units_done),
        units_failed: row.map_or(0, |row| row.units_failed),
        credits: row.map_or_else(|| "0".to_owned(), |row| row.credits.to_string()),
        units_waiting: state.left.units,
        held: state.left.held.to_string(),
        is_cancelling: state.is_cancelling,
        stopped_code: state.stopped_code,
    })
}
