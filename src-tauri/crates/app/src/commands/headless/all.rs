//! All AI work at once, also from beside the program that has the folder.

use super::request::{Obeyed, leave};
use crate::commands::all_work;
use crate::dto::automation::NotDoneView;
use crate::{Fault, Igny8};
use igny8_core::id::RunId;
use igny8_core::status::OperationStatus;
use igny8_store::StoreError;
use igny8_store::table::run_request::Request;

/// Pauses all AI work, and answers what could not be. Beside the program that has the folder, that one does it, and the first
/// of what it could not pause is a fault.
///
/// # Errors
/// As [`all_work::pause_all`].
pub async fn pause_all(app: &Igny8) -> Result<(Obeyed, Vec<NotDoneView>), Fault> {
    if !app.has_the_folder() {
        return Ok((leave(app, Request::PauseAll).await?, Vec::new()));
    }
    Ok((Obeyed::Done, all_work::pause_all(app).await?.not_done))
}

/// A run that was held by a pause of everything, and how it ended since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedEarly {
    /// Name of its site.
    pub site: String,
    /// Why, a code.
    pub code: String,
}

/// Runs that a pause of everything holds, for [`ended_early`].
///
/// # Errors
/// When the database cannot be read.
pub async fn held_runs(app: &Igny8) -> Result<Vec<RunId>, Fault> {
    let all = app.engine.all_paused().await?;
    Ok(all.map(|all| all.runs.into_iter().map(|(run, _)| run).collect()).unwrap_or_default())
}

/// Which of these runs ended before all of it was made, and why.
///
/// # Errors
/// When the database cannot be read.
pub async fn ended_early(app: &Igny8, runs: Vec<RunId>) -> Result<Vec<EndedEarly>, Fault> {
    let read = app.engine.store().read(move |r| {
        let sites = r.sites()?;
        let mut early = Vec::new();
        for run in runs {
            let row = match r.run(run) {
                Ok(row) => row,
                Err(StoreError::NotFound) => continue,
                Err(error) => return Err(error),
            };
            let site = sites.iter().find(|site| site.id == row.site).map(|site| site.name.clone());
            if let Some(site) = site.filter(|_| row.ended_at.0 > 0 && !row.stopped_code.is_empty()) {
                early.push(EndedEarly { site, code: row.stopped_code });
            }
        }
        Ok(early)
    });
    Ok(read.await?)
}

/// Goes on with what a pause of everything held, as [`pause_all`]. In a process that has the folder it is carried out in
/// the background, which must be running: see [`all_ended`].
///
/// # Errors
/// As [`all_work::resume_all`].
pub async fn resume_all(app: &Igny8) -> Result<(Obeyed, Vec<NotDoneView>), Fault> {
    if !app.has_the_folder() {
        return Ok((leave(app, Request::ResumeAll).await?, Vec::new()));
    }
    Ok((Obeyed::Done, all_work::resume_all(app).await?.not_done))
}

/// Waits until no AI work is under way. Once `stop` is ready the units at hand are finished, and the rest waits for the next
/// start. Whether it came to its end.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_ended(app: &Igny8, stop: impl Future<Output = ()>) -> Result<bool, Fault> {
    let ended = async {
        let mut changes = app.engine.store().changes();
        while is_any_under_way(app).await? {
            // A lagged listener has missed some and looks again, which is what it would do anyway.
            drop(changes.recv().await);
        }
        Ok(true)
    };
    tokio::select! {
        ended = ended => ended,
        () = stop => {
            app.stop().await;
            Ok(false)
        }
    }
}

async fn is_any_under_way(app: &Igny8) -> Result<bool, Fault> {
    let read = app.engine.store().read(|r| Ok::<_, StoreError>((r.sites()?, r.open_operations()?)));
    let (sites, open) = read.await?;
    let is_at_work = open.iter().any(|row| row.status == OperationStatus::Pending);
    let has_open_run = async {
        for site in sites {
            let id = site.id;
            let run = app.engine.store().read(move |r| r.open_run(id)).await?;
            if app.engine.is_driving(id) || run.is_some_and(|run| !run.stands_still()) {
                return Ok::<_, Fault>(true);
            }
        }
        Ok(false)
    };
    Ok(is_at_work || has_open_run.await?)
}
