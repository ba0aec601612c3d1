//! Whether a run may begin at all. A model that cannot be asked stops it before its first call and not at its last stage:
//! articles whose pictures cannot be made would be paid for and lead nowhere. And no run with a cap of its own takes the
//! place of what was interrupted.

use super::forecast::expected;
use crate::{Engine, EngineError, roles};
use igny8_core::id::SiteId;
use igny8_core::money::Credits;
use igny8_core::status::Trigger;
use igny8_store::StoreError;

impl Engine {
    /// Refuses a run one of whose stages would ask a model that has ended, has no price, or whose vendor is not connected.
    /// The refusal is on the books.
    ///
    /// # Errors
    /// [`EngineError::ModelEnded`]; [`EngineError::Unpriced`]; [`EngineError::RunStopped`] without a vendor;
    /// [`EngineError::NoModel`]; [`EngineError::NotFound`].
    pub(crate) async fn admit_run(&self, site: SiteId) -> Result<(), EngineError> {
        let waiting = self.count_waiting(site).await?;
        for (function, now, later) in expected(&waiting) {
            if now > 0 || later.max > 0 {
                let model = self.store.read(move |r| roles::model_for(r, function)).await?;
                let items = now.saturating_add(later.likely);
                self.refuse_out_of_reach((function, site, items), Trigger::Automation, &model).await?;
            }
        }
        Ok(())
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
            let is_run = r.open_run(site)?.is_some_and(|run| run.interrupted_at.0 > 0);
            Ok::<_, StoreError>(is_run || r.left_of(site)?.operations > 0)
        });
        if is_interrupted.await? { Err(EngineError::WrongState("interrupted")) } else { Ok(()) }
    }
}
