//! What a site has chosen for its runs: read, changed, and taken back to the defaults.

use crate::operation::not_found;
use crate::{Engine, EngineError};
use igny8_core::automation::Automation;
use igny8_core::id::SiteId;

impl Engine {
    /// What a site has chosen for its runs; the defaults where it has chosen nothing.
    ///
    /// # Errors
    /// [`EngineError::NotFound`].
    pub async fn automation(&self, site: SiteId) -> Result<Automation, EngineError> {
        let read = self.store.read(move |r| {
            r.site(site)?;
            r.automation(site)
        });
        read.await.map_err(|error| not_found(error, "site"))
    }

    /// Chooses for the runs of a site, and whether its interrupted work goes on by itself. A run that is under way looks at what is chosen when it begins, or goes on.
    ///
    /// # Errors
    /// [`EngineError::InvalidField`] for what cannot be; [`EngineError::NotFound`].
    pub async fn set_automation(
        &self,
        site: SiteId,
        chosen: Automation,
        goes_on_by_itself: bool,
    ) -> Result<(), EngineError> {
        chosen.check().map_err(|bad| EngineError::InvalidField { field: bad.field, rule: bad.rule })?;
        let now = self.clock.now();
        let stored = self.store.write(move |w| {
            w.site(site)?;
            w.set_site_goes_on(site, goes_on_by_itself, now)?;
            w.set_automation(site, &chosen, now)
        });
        stored.await.map_err(|error| not_found(error, "site"))
    }

    /// Takes a site back to the defaults.
    ///
    /// # Errors
    /// [`EngineError::NotFound`].
    pub async fn reset_automation(&self, site: SiteId) -> Result<(), EngineError> {
        let now = self.clock.now();
        let reset = self.store.write(move |w| {
            w.site(site)?;
            w.set_site_goes_on(site, false, now)?;
            w.reset_automation(site)
        });
        reset.await.map_err(|error| not_found(error, "site"))
    }
}
