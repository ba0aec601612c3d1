//! Opening the destination behind a site: the adapter of its kind, with its address and its secret.

use crate::folder::DataFolder;
use crate::folder_site::FolderSite;
use igny8_core::id::SiteId;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{Clock, Destination, Diagnosis, SiteError, Vault};
use igny8_core::status::DestinationKind;
use igny8_engine::Destinations;
use igny8_store::table::site::SiteRow;
use igny8_wordpress::{ApiBase, Authorities, BadAuthority, Credentials, Options, WordPressSite};
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Passwords a person gave for the time of this process, where no keyring can keep them.
#[derive(Clone, Default)]
pub(crate) struct LentPasswords {
    by_site: Arc<Mutex<BTreeMap<SiteId, SecretString>>>,
}

impl LentPasswords {
    pub(crate) fn lend(&self, site: SiteId, password: SecretString) {
        self.by_site.lock().unwrap_or_else(PoisonError::into_inner).insert(site, password);
    }

    pub(crate) fn forget(&self, site: SiteId) {
        self.by_site.lock().unwrap_or_else(PoisonError::into_inner).remove(&site);
    }

    fn of(&self, site: SiteId) -> Option<SecretString> {
        self.by_site.lock().unwrap_or_else(PoisonError::into_inner).get(&site).cloned()
    }
}

/// The adapters of this installation.
pub struct Adapters {
    folder: DataFolder,
    vault: Arc<dyn Vault>,
    lent: LentPasswords,
    clock: Arc<dyn Clock>,
}

impl Adapters {
    /// Adapters over a data folder and a vault.
    #[must_use]
    pub fn new(folder: DataFolder, vault: Arc<dyn Vault>, clock: Arc<dyn Clock>) -> Self {
        Self { folder, vault, lent: LentPasswords::default(), clock }
    }

    /// The same, with passwords that were lent for the time being.
    pub(crate) fn with_lent(self, lent: LentPasswords) -> Self {
        Self { lent, ..self }
    }

    /// What a site is signed in to with.
    async fn credentials(&self, site: &SiteRow) -> Result<Credentials, SiteError> {
        Ok(Credentials { user: site.user_name.clone(), password: self.password(site).await? })
    }

    /// The password of a site: one that was lent before the one that is kept.
    async fn password(&self, site: &SiteRow) -> Result<SecretString, SiteError> {
        if let Some(lent) = self.lent.of(site.id) {
            return Ok(lent);
        }
        if !site.has_secret {
            return Err(SiteError::NoCredentials);
        }
        self.vault.get(&site_secret(site.id)).await.map_err(SiteError::Keyring)
    }
}

/// How a site is spoken with.
fn options(site: &SiteRow) -> Result<Options, SiteError> {
    let authorities = Authorities::from_pem(&site.authority).map_err(|BadAuthority| SiteError::Tls)?;
    Ok(Options { authorities, ..Options::default() })
}

/// The name a site's password is kept under.
#[must_use]
pub fn site_secret(site: SiteId) -> SecretName {
    SecretName(format!("site:{site}"))
}

/// Where a folder site publishes: its own path, or a folder of its own under `published/`.
#[must_use]
pub fn folder_path(data: &DataFolder, site: &SiteRow) -> PathBuf {
    if site.url.is_empty() {
        let name = igny8_core::slug::latin_slug(&site.name, "site");
        data.published().join(format!("{name}-{}", site.id))
    } else {
        Path::new(&site.url).to_owned()
    }
}

#[async_trait::async_trait]
impl Destinations for Adapters {
    fn address(&self, site: &SiteRow) -> String {
        match site.kind {
            DestinationKind::Folder => {
                let path = folder_path(&self.folder, site);
                std::path::absolute(&path).unwrap_or(path).display().to_string()
            }
            DestinationKind::WordPress => igny8_wordpress::site_address(&site.url),
        }
    }

    async fn discard(&self, site: &SiteRow) -> Result<(), SiteError> {
        if site.kind != DestinationKind::Folder || !site.url.is_empty() {
            return Ok(());
        }
        let path = folder_path(&self.folder, site);
        let removed = tokio::task::spawn_blocking(move || std::fs::remove_dir_all(path)).await;
        match removed {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Ok(Err(_)) | Err(_) => Err(SiteError::Folder),
        }
    }

    async fn open(&self, site: &SiteRow) -> Result<Arc<dyn Destination>, SiteError> {
        match site.kind {
            DestinationKind::Folder => {
                let path = folder_path(&self.folder, site);
                Ok(Arc::new(FolderSite::new(path, &site.name, &site.language, Arc::clone(&self.clock))))
            }
            DestinationKind::WordPress => {
                let (credentials, options) = (self.credentials(site).await?, options(site)?);
                let api = if site.api_url.is_empty() {
                    ApiBase::parse(&igny8_wordpress::discover(&site.url, options.clone()).await?.api_url)?
                } else {
                    ApiBase::parse(&site.api_url)?
                };
                let ways = site.probe.as_ref().map(|probe| probe.offers.seo_paths.clone()).unwrap_or_default();
                let opened = WordPressSite::new(api, credentials, options)?.writing_for_searches(ways);
                Ok(Arc::new(opened.writing_as(site.body_form)))
            }
        }
    }

    async fn examine(&self, site: &SiteRow) -> Diagnosis {
        match site.kind {
            DestinationKind::Folder => Diagnosis::of_folder(match self.open(site).await {
                Ok(folder) => folder.probe().await,
                Err(error) => Err(error),
            }),
            DestinationKind::WordPress => {
                let credentials = self.credentials(site).await;
                // Authorities were read when they were set; with broken ones the site is looked at as one without.
                let options = options(site).unwrap_or_default();
                igny8_wordpress::examine(&site.url, credentials, options, self.clock.as_ref()).await
            }
        }
    }
}
