//! What a site has chosen for its runs, what became of them, and what of a site waits for a person.

use crate::commands::books;
use crate::dto::automation::{
    AutomationFields, AutomationView, NeedList, RunBefore, RunEventPage, RunNow, RunPage, RunStageView, RunView,
};
use crate::dto::books::ExportedFile;
use crate::view;
use crate::view::list::id;
use crate::{Fault, Igny8};
use igny8_core::automation::Automation;
use igny8_core::id::{RunId, SiteId};
use igny8_engine::export::Export;
use igny8_store::table::run::RunStageRow;
use igny8_store::{Read, StoreError};
use std::io::Write;
use std::path::Path;

/// The file name to suggest for the log of a run, and its ending.
pub const SUGGESTED_NAME: (&str, &str) = ("igny8-run.csv", "csv");

/// What a site has chosen for its runs.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn automation(app: &Igny8, site: &str) -> Result<AutomationView, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let chosen = app.engine.automation(site).await?;
    let row = app.engine.store().read(move |r| r.site(site)).await?;
    Ok(AutomationView {
        fields: view::automation::fields(&chosen, row.goes_on_by_itself),
        is_default: chosen == Automation::default() && !row.goes_on_by_itself,
        site_zone: row.zone,
        next_run_at: app.engine.next_run_of(site).await?.map(view::instant),
    })
}

/// Chooses for the runs of a site.
///
/// # Errors
/// [`Fault::InvalidField`] for what cannot be; [`Fault::NotFound`].
pub async fn automation_save(app: &Igny8, site: &str, fields: AutomationFields) -> Result<(), Fault> {
    let site: SiteId = id(site, "siteId")?;
    let chosen = view::automation::chosen(&fields)?;
    Ok(app.engine.set_automation(site, chosen, fields.goes_on_by_itself).await?)
}

/// Takes a site back to the defaults.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn automation_reset(app: &Igny8, site: &str) -> Result<(), Fault> {
    Ok(app.engine.reset_automation(id::<SiteId>(site, "siteId")?).await?)
}

/// The runs of a site, newest first.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn runs(app: &Igny8, site: &str, cursor: Option<&str>, limit: u32) -> Result<RunPage, Fault> {
    let (site, cursor) = (id::<SiteId>(site, "siteId")?, cursor.map(str::to_owned));
    let page = app.engine.store().read(move |r| r.runs_page(site, cursor.as_deref(), limit)).await?;
    Ok(RunPage {
        rows: page.rows.iter().map(view::automation::run).collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// A run with its stages, and the one before it.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn run(app: &Igny8, run: &str) -> Result<RunView, Fault> {
    let run: RunId = id(run, "id")?;
    let found = app.engine.store().read(move |r| {
        let summary = r.run_summary(run)?;
        let site = match r.site(summary.row.site) {
            Ok(site) => site.name,
            Err(StoreError::NotFound) => String::new(),
            Err(error) => return Err(error),
        };
        let before = r.whole_run_before(run)?;
        let before_stages = before.as_ref().map_or(Ok(Vec::new()), |before| r.run_stages(before.row.id))?;
        Ok::<_, StoreError>((summary, site, r.run_stages(run)?, cap_of(r, run)?, before, before_stages))
    });
    let (summary, site, rows, cap, before, before_stages) = found.await.map_err(|error| match error {
        StoreError::NotFound => Fault::NotFound { what: "run".to_owned() },
        other => other.into(),
    })?;
    Ok(RunView {
        row: view::automation::run(&summary),
        site,
        stages: stages(&rows),
        cap: cap.map(|(cap, _)| cap),
        before: before.map(|before| RunBefore { row: view::automation::run(&before), stages: stages(&before_stages) }),
    })
}

/// A page of a run's log, newest first.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn run_events(app: &Igny8, run: &str, cursor: Option<&str>, limit: u32) -> Result<RunEventPage, Fault> {
    let (run, cursor) = (id::<RunId>(run, "id")?, cursor.map(str::to_owned));
    let page = app.engine.store().read(move |r| r.run_events(run, cursor.as_deref(), limit)).await?;
    let rows = page.rows.into_iter().map(view::automation::event).collect();
    Ok(RunEventPage { rows, next_cursor: page.next_cursor, total: page.total })
}

/// The run of a site that has not ended, or was cancelled and is not over, as the panel shows it; nothing without one.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn run_now(app: &Igny8, site: &str) -> Result<Option<RunNow>, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let state = app.engine.pipeline(site).await?;
    let cancelled = state.run.filter(|_| state.is_cancelling);
    let found = app.engine.store().read(move |r| {
        let Some(run) = r.open_run(site)?.map(|run| run.id).or(cancelled) else { return Ok(None) };
        Ok::<_, StoreError>(Some((r.run_summary(run)?, r.run_stages(run)?, r.run_items(run)?, cap_of(r, run)?)))
    });
    let Some((summary, rows, items, cap)) = found.await? else { return Ok(None) };
    let named = |items: Vec<_>| items.into_iter().map(view::automation::item).collect();
    let (cap, cap_left) = cap.unzip();
    Ok(Some(RunNow {
        row: view::automation::run(&summary),
        standing: state.standing.into(),
        stages: stages(&rows),
        now: named(items.now),
        next: named(items.next),
        next_total: items.next_total,
        done: named(items.done),
        done_total: items.done_total,
        cap,
        cap_left,
    }))
}

/// Writes the log of a run to a file, which is replaced when all of it is written.
///
/// # Errors
/// As [`books::export`].
pub async fn run_log_export(app: &Igny8, run: &str, path: &Path) -> Result<ExportedFile, Fault> {
    books::write_to(app, Export::Run(id(run, "id")?), path).await
}

/// As [`run_log_export`], where nobody was asked: only an earlier file of a log is replaced.
///
/// # Errors
/// As [`books::export_unasked`].
pub async fn run_log_export_unasked(app: &Igny8, run: &str, path: &Path) -> Result<ExportedFile, Fault> {
    books::write_to_unasked(app, Export::Run(id(run, "id")?), path).await
}

/// Writes the log of a run to wherever the command line sends it.
///
/// # Errors
/// As [`run_log_export`]; what was written until then stands.
pub async fn run_log_stream(app: &Igny8, run: &str, out: &mut (dyn Write + Send)) -> Result<(), Fault> {
    app.engine.export(Export::Run(id(run, "id")?), out).await?;
    Ok(())
}

/// What of a site waits for a person, the most pressing first.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn needs(app: &Igny8, site: &str) -> Result<NeedList, Fault> {
    let (rows, total) = app.engine.needs(id::<SiteId>(site, "siteId")?).await?;
    Ok(NeedList { rows: rows.into_iter().map(view::automation::need).collect(), total })
}

fn stages(rows: &[RunStageRow]) -> Vec<RunStageView> {
    rows.iter().map(view::automation::stage).collect()
}

/// A run's cap and what is left of it. What is held under it is left: it was not spent yet.
fn cap_of(read: &Read<'_>, run: RunId) -> Result<Option<(String, String)>, StoreError> {
    let cap = read.run_cap(run)?;
    Ok(cap.and_then(|cap| {
        let wanted = cap.wanted?;
        let left = wanted.minus(cap.used).max(igny8_core::money::Credits::ZERO);
        Some((wanted.to_string(), left.to_string()))
    }))
}
