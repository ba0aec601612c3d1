//! Asking a site who we are there. The answer, or the reason there is none, is kept with the site.

use crate::engine::OpenError;
use crate::operation::not_found;
use crate::{Engine, EngineError, notices};
use igny8_core::id::SiteId;
use igny8_core::outbox::SiteHealth;
use igny8_core::port::destination::SiteProbe;
use igny8_core::port::{Diagnosis, SiteError};
use igny8_core::status::DestinationKind;
use igny8_store::table::site::SiteRow;

impl Engine {
    /// Tests a site's connection.
    ///
    /// # Errors
    /// [`EngineError::Site`] with the reason; it is stored with the site.
    pub async fn test_site(&self, site: SiteId) -> Result<SiteProbe, EngineError> {
        let row = self.store.read(move |r| r.site(site)).await.map_err(|error| not_found(error, "site"))?;
        // It is looked for anew: since the last test it may have moved, or got other permalinks.
        let anew = SiteRow { api_url: String::new(), ..row.clone() };
        let probed = match self.destinations.open(&anew).await {
            Ok(destination) => destination.probe().await,
            Err(error) => Err(error),
        };
        let outcome = probed.as_ref().map_err(SiteError::code);
        self.keep_connection(site, outcome).await?;
        probed.map_err(|error| EngineError::Site { host: host_of(&row), error })
    }

    /// Looks closely at a site's connection, and keeps what came of it as a test does. Answers what the user knows the
    /// site by, and what was found.
    ///
    /// # Errors
    /// When there is no such site or the file fails; what is wrong with the site is no error.
    pub async fn examine_site(&self, site: SiteId) -> Result<(String, Diagnosis), EngineError> {
        let row = self.store.read(move |r| r.site(site)).await.map_err(|error| not_found(error, "site"))?;
        let diagnosis = self.destinations.examine(&row).await;
        let failure = diagnosis.failure().map_or("", |(verdict, _)| verdict.code());
        self.keep_connection(site, diagnosis.probe.as_ref().ok_or(failure)).await?;
        Ok((host_of(&row), diagnosis))
    }

    /// Takes the password of a site back there, so that it is of no use to anybody. Nothing changes here. Answers what the
    /// user knows the site by.
    ///
    /// # Errors
    /// [`EngineError::Site`] with the reason, when the password may still be of use.
    pub async fn sign_out(&self, site: SiteId) -> Result<String, EngineError> {
        let opened = self.open_destination(site).await;
        let row = self.store.read(move |r| r.site(site)).await.map_err(|error| not_found(error, "site"))?;
        let host = host_of(&row);
        let done = match opened {
            Ok((_, destination)) => destination.sign_out().await,
            Err(OpenError::Site(error)) => Err(error),
            Err(OpenError::Store(error)) => return Err(error.into()),
        };
        done.map(|()| host.clone()).map_err(|error| EngineError::Site { host, error })
    }

    async fn keep_connection(&self, site: SiteId, probed: Result<&SiteProbe, &'static str>) -> Result<(), EngineError> {
        let now = self.clock.now();
        match probed.cloned() {
            Ok(probe) => {
                // It answers: what waits for it need not wait longer.
                let connected = self.store.write(move |w| {
                    let before = w.site(site)?;
                    notices::tell_connection(w, (&before, &host_of(&before)), None, now)?;
                    w.site_connected(site, &probe, now)?;
                    w.set_site_health(site, SiteHealth::default())
                });
                connected.await?;
                self.outbox_wake.notify_one();
            }
            Err(code) => {
                let failed = self.store.write(move |w| {
                    let before = w.site(site)?;
                    notices::tell_connection(w, (&before, &host_of(&before)), Some(code), now)?;
                    w.site_connection_failed(site, code, now)
                });
                failed.await?;
            }
        }
        Ok(())
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
