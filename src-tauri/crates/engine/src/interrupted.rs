//! Work that an earlier process began and did not end: it crashed, or was closed. A start marks whatever is open, and what
//! is marked is left alone, with what is held for it: nobody is to find credits spent while they were not looking. It goes
//! on when somebody says so, for a piece of work or for all of a site, or where the site's switch says it always may.
//!
//! A run that somebody has paused is gone on with in the same way, but never by itself.
//!
//! The marks are rows, so that the window, the command line and a process that only reads tell the same of it.

use crate::operation::{close_if_final, not_found, release_suspended};
use crate::pipeline::Standing;
use crate::{Engine, EngineError, settings};
use igny8_core::id::{OperationId, SiteId};
use igny8_core::status::{OperationStatus, Severity};
use igny8_core::time::UtcMs;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::operation::OperationRow;
use igny8_store::{LedgerError, StoreError, Write};
use std::collections::BTreeMap;

/// Why what is given up ends.
const GIVEN_UP: &str = "cancelled";

impl Engine {
    /// Goes on with the work of sites whose switch says that it goes on by itself, and tells of the rest, once for each
    /// time that something was left. What a start does before the runner works. Returns the sites whose run is to be taken
    /// further: see [`Engine::resume_pipeline`].
    ///
    /// While the books do not balance, or all AI work is paused, nothing goes on by itself, and no run one of whose models cannot be asked.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn go_on_by_itself(&self) -> Result<Vec<SiteId>, EngineError> {
        let now = self.clock.now();
        if self.store.read(|r| r.sites_left()).await?.is_empty() {
            return Ok(Vec::new());
        }
        let going_on = self.sites_going_on().await?;
        let runs = self.store.write(move |w| {
            let (mut runs, all) = (Vec::new(), settings::paused_all(w)?);
            for site in going_on.iter().copied() {
                if take_up(w, site, Word::Switch, now)? == Some(Taken::Run) {
                    runs.push(site);
                }
            }
            for (site, at) in w.sites_left()? {
                // Nobody has to be told of what they have paused themselves.
                if !all.as_ref().is_some_and(|all| all.tasks.iter().any(|(_, held_at)| *held_at == at)) {
                    tell_interrupted(w, site, at, now)?;
                }
            }
            Ok::<_, StoreError>(runs)
        });
        let runs = runs.await?;
        self.wake.notify_one();
        Ok(runs)
    }

    /// The sites whose work may go on by itself now.
    async fn sites_going_on(&self) -> Result<Vec<SiteId>, EngineError> {
        if self.check_paid_work().await.is_err() || self.all_paused().await?.is_some() {
            return Ok(Vec::new());
        }
        let mut going_on = Vec::new();
        for site in self.store.read(|r| r.sites_going_on()).await? {
            match self.admit_open_run(site).await {
                Ok(()) => going_on.push(site),
                // It is told of with the rest, and says why when somebody goes on with it.
                Err(error) => tracing::info!(%site, %error, "a run does not go on by itself"),
            }
        }
        Ok(going_on)
    }

    /// Refuses the run of a site that is open while one of its models cannot be asked: it stays as it is.
    async fn admit_open_run(&self, site: SiteId) -> Result<(), EngineError> {
        match self.store.read(move |r| r.open_run(site)).await? {
            Some(_) => self.admit_run(site).await,
            None => Ok(()),
        }
    }

    /// What was interrupted and waits, of all sites, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn interrupted(&self) -> Result<Vec<OperationRow>, EngineError> {
        let open = self.store.read(|r| r.open_operations()).await?;
        Ok(open.into_iter().filter(|row| row.status == OperationStatus::Interrupted).collect())
    }

    /// What of a site is open, whoever began it, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn open_of(&self, site: SiteId) -> Result<Vec<OperationRow>, EngineError> {
        Ok(self.store.read(move |r| r.open_operations_of(site)).await?)
    }

    /// Goes on with an operation that was interrupted; one that goes on already does so.
    ///
    /// # Errors
    /// [`EngineError::SpendingStopped`] for one that was interrupted, which goes on waiting; when the file fails.
    pub async fn resume(&self, id: OperationId) -> Result<(), EngineError> {
        let resumed = self.store.write(move |w| {
            let is_stopped = w.spending_stopped_at()?.is_some();
            if w.go_on_with_operation(id)? && is_stopped { Err(EngineError::SpendingStopped) } else { Ok(()) }
        });
        resumed.await?;
        self.wake.notify_one();
        Ok(())
    }

    /// Refuses to go on with what of a site was interrupted while paid work is stopped: it would end refused.
    pub(crate) async fn admit_what_waits(&self, site: SiteId) -> Result<(), EngineError> {
        let read = self.store.read(move |r| {
            let is_interrupted = r.open_run(site)?.is_some() || r.left_of(site)?.operations > 0;
            Ok::<_, StoreError>(is_interrupted && r.spending_stopped_at()?.is_some())
        });
        if read.await? { Err(EngineError::SpendingStopped) } else { Ok(()) }
    }

    /// Lets what of a site was interrupted go on: its run, which is then to be taken further by
    /// [`Engine::resume_pipeline`], or where there was none its operations. Whether there is a run. Sent twice, it does
    /// nothing the second time.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when nothing was interrupted; [`EngineError::BooksDoNotBalance`];
    /// [`EngineError::SpendingStopped`]; [`EngineError::ModelEnded`], [`EngineError::Unpriced`] and
    /// [`EngineError::RunStopped`] for a run one of whose models cannot be asked, which goes on waiting.
    pub async fn take_up_site(&self, site: SiteId) -> Result<bool, EngineError> {
        let standing = self.pipeline(site).await?.standing;
        self.check_paid_work().await?;
        if matches!(standing, Standing::Interrupted | Standing::Paused) {
            self.admit_open_run(site).await?;
        }
        let now = self.clock.now();
        let taken = self
            .store
            .write(move |w| Ok::<_, StoreError>((take_up(w, site, Word::Person, now)?, w.open_run(site)?.is_some())));
        let (taken, has_run) = taken.await?;
        self.wake.notify_one();
        match taken {
            Some(taken) => Ok(taken == Taken::Run),
            // A second click, which is late.
            None if self.is_driving(site) => Ok(false),
            // Nobody takes it further: what became of it could not be written.
            None if has_run => Ok(true),
            None if standing == Standing::Running => Ok(false),
            None => Err(EngineError::WrongState("pipeline")),
        }
    }

    /// Lets an operation go on that was interrupted; of a run that was interrupted in it, the run, as
    /// [`Engine::take_up_site`] does. Whether it is a run.
    ///
    /// # Errors
    /// As [`Engine::take_up_site`]; [`EngineError::NotFound`].
    pub async fn take_up_operation(&self, id: OperationId) -> Result<bool, EngineError> {
        let found = self.store.read(move |r| {
            let row = r.operation(id)?;
            Ok::<_, StoreError>((r.open_run(row.site)?, row))
        });
        let (run, row) = found.await.map_err(|error| not_found(error, "operation"))?;
        if run.is_some_and(|run| run.stands_still() && row.run == Some(run.id)) {
            return self.take_up_site(row.site).await;
        }
        if row.status != OperationStatus::Interrupted {
            return if row.status == OperationStatus::Pending {
                Ok(false)
            } else {
                Err(EngineError::WrongState("operation"))
            };
        }
        self.check_paid_work().await?;
        self.resume(id).await?;
        Ok(false)
    }

    async fn check_paid_work(&self) -> Result<(), EngineError> {
        if !self.books_balance() {
            return Err(EngineError::BooksDoNotBalance);
        }
        match self.store.read(|r| r.spending_stopped_at()).await? {
            Some(_) => Err(EngineError::SpendingStopped),
            None => Ok(()),
        }
    }

    /// Removes a site from every list. What of it was interrupted is given up: nobody would see any more that it waits, nor
    /// what is held for it. What is at work ends where it would have ended.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; when the file fails.
    pub async fn remove_site(&self, site: SiteId) -> Result<(), EngineError> {
        let now = self.clock.now();
        self.store.write(move |w| w.site_remove(site, now)).await.map_err(|error| not_found(error, "site"))?;
        if !self.is_driving(site) {
            self.give_up_site(site).await?;
        }
        Ok(())
    }

    /// Brings a removed site back with all that belongs to it. What came due of it meanwhile was nobody's to do: its runs are
    /// watched from now on, and of an article whose time has passed a person says what becomes of it.
    ///
    /// # Errors
    /// As [`Write::site_restore`](igny8_store::Write::site_restore).
    pub async fn restore_site(&self, site: SiteId) -> Result<(), StoreError> {
        let now = self.clock.now();
        let restored = self.store.write(move |w| {
            w.site_restore(site)?;
            w.pass_over_runs(site, now)?;
            w.contents_passed_over(site, now)
        });
        restored.await?;
        self.wake_for_times();
        Ok(())
    }

    /// Gives up what of a site was interrupted, and a run of its that nobody takes further. What was made stays; what is
    /// held is given back. Whether there was anything.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn give_up_site(&self, site: SiteId) -> Result<bool, EngineError> {
        let (instance, now, door) = (self.instance, self.clock.now(), self.door.clone());
        let given_up = self.store.write_paid(move |w| {
            let run = w.open_run(site)?;
            let (mut was_there, mut given_up) = (false, Vec::new());
            for row in w.open_operations_of(site)? {
                let is_of_run = row.run.is_some() && row.run == run.as_ref().map(|run| run.id);
                if row.status == OperationStatus::Interrupted || is_of_run {
                    release_suspended(w, &door, row.id, instance, GIVEN_UP, now)?;
                    w.cancel_operation(row.id, now)?;
                    given_up.push((row.id, close_if_final(w, row.id, now)?));
                    was_there = true;
                }
            }
            if let Some(run) = run {
                was_there |= w.end_run(run.id, GIVEN_UP, now)?;
            }
            Ok::<_, LedgerError>((was_there, given_up))
        });
        let (was_there, given_up) = given_up.await?;
        for (id, is_closed) in given_up {
            self.lines.hang_up(id);
            self.sweeps.want((!is_closed).then_some(id));
        }
        // Others may have waited for what was held.
        self.wake.notify_one();
        Ok(was_there)
    }
}

/// What goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Run,
    Operations,
}

/// Who says that something goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    /// The site's switch, at a start.
    Switch,
    /// Somebody.
    Person,
}

/// Takes the marks from what of a site stands still: where there is a run, from it and what it was at alone, for a run
/// takes up whatever else is open at the stage it comes to. A run that is paused waits for a person; what is not of it
/// goes on beside it.
fn take_up(write: &mut Write<'_>, site: SiteId, word: Word, now: UtcMs) -> Result<Option<Taken>, StoreError> {
    match write.open_run(site)? {
        Some(run) if word == Word::Person || run.paused_at.0 == 0 => {
            return Ok(write.go_on_with_run(run.id, now)?.then_some(Taken::Run));
        }
        Some(_) | None => {}
    }
    let mut is_any = false;
    for row in write.open_operations_of(site)? {
        is_any |= write.go_on_with_operation(row.id)?;
    }
    Ok(is_any.then_some(Taken::Operations))
}

/// Tells that work of a site waits since `at`; told once.
fn tell_interrupted(write: &mut Write<'_>, site: SiteId, at: UtcMs, now: UtcMs) -> Result<(), StoreError> {
    let left = write.left_of(site)?;
    let params = BTreeMap::from([
        ("site", write.site(site)?.name),
        ("units", left.units.to_string()),
        ("held", left.held.to_string()),
    ]);
    let notice = NewNotification {
        notification_type: "interrupted".to_owned(),
        severity: Severity::Warning,
        site: Some(site),
        operation: None,
        related_type: "",
        related_id: 0,
        params,
        dedupe: format!("interrupted:{site}:{}", at.0),
    };
    write.notify(&notice, now).map(drop)
}
