//! Opening the destination behind a site: the adapter of its kind, with its address and its secret.

use crate::folder::DataFolder;
use crate::folder_site::FolderSite;
use igny8_core::id::SiteId;
use igny8_core::port::vault::SecretName;
use igny8_core::port::{Clock, Destination, SiteError, Vault};
use igny8_core::status::DestinationKind;
use igny8_engine::Destinations;
use igny8_store::table::site::SiteRow;
use igny8_wordpress::{ApiBase, Credentials, Options, WordPressSite};
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

/// The name a site's password is kept under.
#[must_use]
pub fn site_secret(site: SiteId) -> SecretName {
    SecretName(format!("site:{site}"))
}

/// Where a folder site publishes: its own path, or a folder of its own under `published/`.
#[must_use]
pub fn folder_path(data: &DataFolder, site: &SiteRow) -> PathBuf {
    if site.url.is_empty() {
        let name = igny8_core::slug::slug(&site.name, "site");
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

    async fn open(&self, site: &SiteRow) -> Result<Arc<dyn Destination>, SiteError> {
        match site.kind {
            DestinationKind::Folder => {
                let path = folder_path(&self.folder, site);
                Ok(Arc::new(FolderSite::new(path, &site.name, &site.language, Arc::clone(&self.clock))))
            }
            DestinationKind::WordPress => {
                let password = self.password(site).await?;
                let api = if site.api_url.is_empty() {
                    ApiBase::parse(&igny8_wordpress::discover(&site.url, Options::default()).await?.api_url)?
                } else {
                    ApiBase::parse(&site.api_url)?
                };
                let credentials = Credentials { user: site.user_name.clone(), password };
                Ok(Arc::new(WordPressSite::new(api, credentials, Options::default())?))
            }
        }
    }
}
