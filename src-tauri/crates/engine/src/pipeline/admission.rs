//! Whether a run may begin at all. A model that cannot be asked stops it before its first call and not at its last stage:
//! articles whose pictures cannot be made would be paid for and lead nowhere.

use super::forecast::expected;
use crate::{Engine, EngineError, roles};
use igny8_core::id::SiteId;
use igny8_core::status::Trigger;

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
}
