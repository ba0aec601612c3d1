//! Asking a site who we are there. The answer, or the reason there is none, is kept with the site.

use crate::engine::OpenError;
use crate::operation::not_found;
use crate::{Engine, EngineError};
use igny8_core::id::SiteId;
use igny8_core::port::destination::SiteProbe;
use igny8_core::status::DestinationKind;
use igny8_store::table::site::SiteRow;

impl Engine {
    /// Tests a site's connection.
    ///
    /// # Errors
    /// [`EngineError::Site`] with the reason; it is stored with the site.
    pub async fn test_site(&self, site: SiteId) -> Result<SiteProbe, EngineError> {
        let row = self.store.read(move |r| r.site(site)).await.map_err(|error| not_found(error, "site"))?;
        let probed = match self.open_destination(site).await {
            Ok((_, destination)) => destination.probe().await,
            Err(OpenError::Site(error)) => Err(error),
            Err(OpenError::Store(error)) => return Err(error.into()),
        };
        let now = self.clock.now();
        match probed {
            Ok(probe) => {
                let stored = probe.clone();
                self.store.write(move |w| w.site_connected(site, &stored, now)).await?;
                Ok(probe)
            }
            Err(error) => {
                let code = error.code();
                self.store.write(move |w| w.site_connection_failed(site, code, now)).await?;
                Err(EngineError::Site { host: host_of(&row), error })
            }
        }
    }
}

/// What the user knows a site by: its host, or its folder.
#[must_use]
pub fn host_of(site: &SiteRow) -> String {
    if site.url.is_empty() {
        return site.name.clone();
    }
    match site.kind {
        DestinationKind::Folder => site.url.clone(),
        DestinationKind::WordPress => {
            let without_scheme = site.url.split_once("://").map_or(site.url.as_str(), |(_, rest)| rest);
            without_scheme.split('/').next().unwrap_or(without_scheme).to_owned()
        }
    }
}
