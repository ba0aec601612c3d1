//! Asking a site who we are there. The answer, or the reason there is none, is kept with the site.

use crate::engine::OpenError;
use crate::operation::not_found;
use crate::{Engine, EngineError};
use igny8_core::id::SiteId;
use igny8_core::port::SiteError;
use igny8_core::port::destination::SiteProbe;

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
                Err(EngineError::Site { host: host_of(&row.url, &error), error })
            }
        }
    }
}

/// What the user knows the site by.
fn host_of(url: &str, error: &SiteError) -> String {
    let without_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    match error {
        SiteError::Folder => url.to_owned(),
        SiteError::Unreachable
        | SiteError::Tls
        | SiteError::Unknown
        | SiteError::Busy { .. }
        | SiteError::Auth
        | SiteError::Forbidden { .. }
        | SiteError::HtmlInsteadOfJson { .. }
        | SiteError::NotWordPress
        | SiteError::Redirected { .. }
        | SiteError::NotFound
        | SiteError::Rejected { .. }
        | SiteError::BadReply
        | SiteError::NoCredentials => without_scheme.split('/').next().unwrap_or(without_scheme).to_owned(),
    }
}
