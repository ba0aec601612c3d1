//! Whether a run may begin at all. A model that cannot be asked stops it before its first call and not at its last stage:
//! articles whose pictures cannot be made would be paid for and lead nowhere. And no run with a cap of its own takes the
//! place of what was interrupted.

use super::forecast::expected;
use crate::{Engine, EngineError, roles};
use igny8_core::function::AiFunction;
use igny8_core::id::SiteId;
use igny8_core::model::Model;
use igny8_core::money::Credits;
use igny8_core::status::{RunTrigger, Trigger};
use igny8_store::StoreError;

impl Engine {
    /// Refuses a run one of whose stages would ask a model that has ended, has no price, or whose vendor is not connected.
    /// The refusal is on the books.
    ///
    /// # Errors
    /// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; [`EngineError::RunStopped`] without a vendor;
    /// [`EngineError::NoModel`]; [`EngineError::NotFound`].
    pub(crate) async fn admit_run(&self, site: SiteId) -> Result<(), EngineError> {
        for (function, items, model) in self.asked_by_run(site).await? {
            self.refuse_out_of_reach((function, site, items), Trigger::Automation, &model).await?;
        }
        Ok(())
    }

    /// Whether every model can be asked that a run of a site would ask. Nothing is put on the books for asking.
    ///
    /// # Errors
    /// [`EngineError::NoModel`]; [`EngineError::NotFound`].
    pub(super) async fn is_run_in_reach(&self, site: SiteId) -> Result<bool, EngineError> {
        let (asked, door, now) = (self.asked_by_run(site).await?, self.door.clone(), self.clock.now());
        let found = self.store.read(move |r| {
            for (_, _, model) in &asked {
                if roles::out_of_reach(r, model, &door, now)?.is_some() {
                    return Ok(false);
                }
            }
            Ok::<_, StoreError>(true)
        });
        Ok(found.await?)
    }

    /// The functions that a run of a site would do, on how many items, and the model of each.
    async fn asked_by_run(&self, site: SiteId) -> Result<Vec<(AiFunction, u32, Model)>, EngineError> {
        let waiting = self.count_waiting(site, None).await?;
        let mut asked = Vec::new();
        for (function, now, later) in expected(&waiting) {
            if now > 0 || later.max > 0 {
                let model = self.store.read(move |r| roles::model_for(r, function)).await?;
                asked.push((function, now.saturating_add(later.likely), model));
            }
        }
        Ok(asked)
    }

    /// Refuses a run with a cap of its own while something of the site was interrupted. What that had sent may be billed, and
    /// is asked for once more under its own calls, which count against the limits they were held under; a run under another
    /// cap would have to give them up and pay for each a second time.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] of `interrupted`.
    pub(super) async fn admit_cap(&self, site: SiteId, cap: Option<Credits>) -> Result<(), EngineError> {
        if cap.is_none() {
            return Ok(());
        }
        let is_interrupted = self.store.read(move |r| {
            let is_run = r.open_run(site)?.is_some_and(|run| run.stands_still());
            Ok::<_, StoreError>(is_run || r.left_of(site)?.operations > 0)
        });
        if is_interrupted.await? { Err(EngineError::WrongState("interrupted")) } else { Ok(()) }
    }

    /// Refuses to let a run in while one is carried out, for a site that is not there, or while nothing may be spent.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; [`EngineError::WrongState`]; [`EngineError::BooksDoNotBalance`];
    /// [`EngineError::SpendingStopped`].
    pub(super) async fn admit_start(&self, site: SiteId) -> Result<(), EngineError> {
        let read = self.store.read(move |r| {
            r.site(site)?;
            r.spending_stopped_at()
        });
        let stopped = read.await.map_err(|error| crate::operation::not_found(error, "site"))?;
        if self.is_driving(site) {
            return Err(EngineError::WrongState("pipeline"));
        }
        if !self.books_balance() {
            return Err(EngineError::BooksDoNotBalance);
        }
        if stopped.is_some() { Err(EngineError::SpendingStopped) } else { Ok(()) }
    }

    /// Refuses a run whose time has come while one of the site is open, whatever it waits for.
    ///
    /// # Errors
    /// [`EngineError::WrongState`].
    pub(super) async fn admit_due(&self, site: SiteId, trigger: RunTrigger) -> Result<(), EngineError> {
        match trigger {
            RunTrigger::Manual => Ok(()),
            RunTrigger::Scheduled | RunTrigger::CatchUp => match self.store.read(move |r| r.open_run(site)).await? {
                Some(_) => Err(EngineError::WrongState("pipeline")),
                None => Ok(()),
            },
        }
    }
}
