//! All AI work paused at one word, and gone on with at another. What is at hand is finished; then runs and single tasks
//! stand still, and none begins because its time has come. What a person begins meanwhile goes on, since they have said
//! so, and so does publishing, which costs nothing and which readers wait for.
//!
//! What the pause held is kept in a setting, each with the instant at which it was held, in the commit that held it. So
//! the end of the pause takes up just that, in whichever process it comes, and nothing that somebody had paused before or
//! has paused by itself since.

mod held;
mod rest;

pub use rest::RestOfAll;

use crate::settings;
use crate::{Engine, EngineError};
use igny8_core::function::AiFunction;
use igny8_core::id::{OperationId, RunId, SiteId};
use igny8_core::status::{OperationStatus, RunTrigger, Severity};
use igny8_core::time::UtcMs;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::operation::OperationRow;
use igny8_store::{Read, StoreError, Write};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Everything is paused: since when, and what that held, each since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PausedAll {
    /// Since when.
    pub since: UtcMs,
    /// Runs that were under way.
    pub runs: Vec<(RunId, UtcMs)>,
    /// Tasks of no run that were under way.
    pub tasks: Vec<(OperationId, UtcMs)>,
}

/// What came of pausing everything, or of going on with it.
#[derive(Debug, Default)]
pub struct AllDone {
    /// Runs that were paused, or go on.
    pub runs: u32,
    /// Single tasks, the same.
    pub tasks: u32,
    /// What could not be; everything else was.
    pub not_done: Vec<NotDone>,
}

/// Something that could not be paused, or gone on with.
#[derive(Debug)]
pub struct NotDone {
    /// Name of its site.
    pub site: String,
    /// What a single task does; `None` for a run, and for all of a site.
    pub function: Option<AiFunction>,
    /// Why.
    pub error: EngineError,
}

impl AllDone {
    /// The first failure, for whoever has room for one.
    ///
    /// # Errors
    /// Why the first of what could not be done could not.
    pub fn into_result(self) -> Result<(), EngineError> {
        self.not_done.into_iter().next().map_or(Ok(()), |first| Err(first.error))
    }
}

impl Engine {
    /// Whether all AI work is paused, and what that held.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn all_paused(&self) -> Result<Option<PausedAll>, EngineError> {
        Ok(self.store.read(settings::paused_all).await?)
    }

    /// Pauses all AI work after the units at hand, and holds what would begin by itself, until [`Engine::resume_all`]. Goes
    /// on past what cannot be paused, which is told. Said again, it also holds what was begun since.
    ///
    /// # Errors
    /// When the file fails before anything was paused.
    pub async fn pause_all(&self) -> Result<AllDone, EngineError> {
        let now = self.clock.now();
        let begun = self.store.write(move |w| {
            let all = settings::paused_all(w)?;
            settings::save_paused_all(w, Some(&all.unwrap_or(PausedAll { since: now, runs: vec![], tasks: vec![] })))
        });
        begun.await?;
        let mut done = AllDone::default();
        for site in self.store.read(|r| r.sites()).await? {
            self.hold_unborn(site.id);
            let (id, now) = (site.id, self.clock.now());
            match self.store.write(move |w| hold_site(w, id, now)).await {
                Ok((runs, tasks)) => {
                    done.runs = done.runs.saturating_add(runs);
                    done.tasks = done.tasks.saturating_add(tasks);
                }
                Err(error) => done.not_done.push(NotDone { site: site.name, function: None, error: error.into() }),
            }
        }
        self.tell_not_done("work_not_paused", &done).await?;
        Ok(done)
    }

    /// Goes on with what [`Engine::pause_all`] held, in [`Engine::drive_runs`]; what is due by now is begun or made up for by
    /// the rule of its site. Goes on past what cannot be gone on with, which is told and stays paused.
    ///
    /// # Errors
    /// When the file fails; all is still paused then.
    pub async fn resume_all(&self) -> Result<AllDone, EngineError> {
        if self.all_paused().await?.is_none() {
            return Ok(AllDone::default());
        }
        let mut done = AllDone::default();
        for part in self.store.read(held::parts).await? {
            let gone_on = match part.task {
                None => self.resume_run(part.site).await,
                Some((task, _)) => self.take_up_operation(task).await.map(drop),
            };
            match gone_on {
                Ok(()) if part.task.is_none() => done.runs = done.runs.saturating_add(1),
                Ok(()) => done.tasks = done.tasks.saturating_add(1),
                // It has ended, or somebody has gone on with it.
                Err(EngineError::WrongState(_) | EngineError::NotFound(_)) => {}
                Err(error) => done.not_done.push(part.not_done(error)),
            }
        }
        // What was not gone on with stays paused by itself.
        self.store.write(|w| settings::save_paused_all(w, None)).await?;
        for site in self.store.read(|r| r.sites()).await? {
            self.held_mark(site.id).store(false, Ordering::Release);
        }
        self.tell_not_done("work_not_resumed", &done).await?;
        self.schedule_wake.notify_one();
        Ok(done)
    }

    /// Has a run of a site held as soon as it is there, which somebody is about to begin.
    fn hold_unborn(&self, site: SiteId) {
        let pipelines = self.pipelines.lock();
        if let Some(driven) = pipelines.get(&site).filter(|driven| driven.is_running && driven.run.is_none()) {
            driven.is_held.store(true, Ordering::Release);
        }
    }

    /// Whether a run that this process begins at a site is to be held: true from the moment that everything is paused.
    pub(crate) fn held_mark(&self, site: SiteId) -> Arc<AtomicBool> {
        self.pipelines.lock().get(&site).map(|driven| Arc::clone(&driven.is_held)).unwrap_or_default()
    }

    async fn tell_not_done(&self, kind: &'static str, done: &AllDone) -> Result<(), EngineError> {
        let Some(first) = done.not_done.first() else { return Ok(()) };
        let code = crate::pipeline::stopped_code_of(&first.error);
        let mut sites: Vec<String> = done.not_done.iter().map(|one| one.site.clone()).collect();
        sites.dedup();
        let now = self.clock.now();
        let notice = NewNotification {
            notification_type: kind.to_owned(),
            severity: Severity::Warning,
            site: None,
            operation: None,
            related_type: "",
            related_id: 0,
            params: BTreeMap::from([
                ("sites", sites.join(", ")),
                ("count", done.not_done.len().to_string()),
                ("code", code),
            ]),
            dedupe: format!("{kind}:{}", now.0),
        };
        Ok(self.store.write(move |w| w.notify(&notice, now).map(drop)).await?)
    }
}

/// Holds what of a site is under way: its run, and tasks of none. How many of each.
fn hold_site(write: &mut Write<'_>, site: SiteId, now: UtcMs) -> Result<(u32, u32), StoreError> {
    let (mut runs, mut tasks) = (0, 0_u32);
    if let Some(run) = write.open_run(site)?.filter(|run| !run.stands_still()) {
        runs = u32::from(hold_run(write, run.id, now)?);
    }
    let at = UtcMs(now.0.max(1));
    let mut held = Vec::new();
    for task in write.tasks_under_way(site)? {
        if write.hold_task(task, "", at)? {
            held.push((task, at));
            tasks = tasks.saturating_add(1);
        }
    }
    if let Some(mut all) = settings::paused_all(write)?.filter(|_| !held.is_empty()) {
        all.tasks.extend(held);
        settings::save_paused_all(write, Some(&all))?;
    }
    Ok((runs, tasks))
}

/// Pauses a run because everything is, and keeps that. Whether it was not paused before.
fn hold_run(write: &mut Write<'_>, run: RunId, now: UtcMs) -> Result<bool, StoreError> {
    let at = UtcMs(now.0.max(1));
    let is_held = write.pause_run(run, "", at)?;
    if let Some(mut all) = settings::paused_all(write)?.filter(|_| is_held) {
        all.runs.push((run, at));
        settings::save_paused_all(write, Some(&all))?;
    }
    Ok(is_held)
}

/// Holds a run that was just opened: everything was paused while it was about to be, or is, and nobody asked for this one.
///
/// # Errors
/// When the file fails.
pub(crate) fn hold_new_run(
    write: &mut Write<'_>,
    run: RunId,
    trigger: RunTrigger,
    mark: &AtomicBool,
    now: UtcMs,
) -> Result<(), StoreError> {
    let begins_by_itself = trigger != RunTrigger::Manual;
    if mark.load(Ordering::Acquire) || (begins_by_itself && settings::paused_all(write)?.is_some()) {
        hold_run(write, run, now)?;
    }
    Ok(())
}

/// Of what stands still of a site without a run: whether all of it is held by a pause of everything, and if so whether a
/// unit of it is still at work; `None` where something stands still for another reason, or nothing does.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn held_of(read: &Read<'_>, open: &[OperationRow]) -> Result<Option<bool>, StoreError> {
    let mut still = open.iter().filter(|row| row.status == OperationStatus::Interrupted).peekable();
    if still.peek().is_none() {
        return Ok(None);
    }
    let Some(all) = settings::paused_all(read)? else { return Ok(None) };
    let mut is_at_work = false;
    for row in still {
        if !is_held(read, &all, row.id)? {
            return Ok(None);
        }
        is_at_work |= read.is_task_at_work(row.id)?;
    }
    Ok(Some(is_at_work))
}

/// Whether a task stands still because everything is paused, and for no other reason.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn is_held(read: &Read<'_>, all: &PausedAll, task: OperationId) -> Result<bool, StoreError> {
    let Some((_, at)) = all.tasks.iter().rev().find(|(held, _)| *held == task) else { return Ok(false) };
    Ok(read.task_still_since(task)? == Some(*at))
}
