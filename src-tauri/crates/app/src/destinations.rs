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
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The adapters of this installation.
pub struct Adapters {
    folder: DataFolder,
    vault: Arc<dyn Vault>,
    clock: Arc<dyn Clock>,
}

impl Adapters {
    /// Adapters over a data folder and a vault.
    #[must_use]
    pub fn new(folder: DataFolder, vault: Arc<dyn Vault>, clock: Arc<dyn Clock>) -> Self {
        Self { folder, vault, clock }
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
    async fn open(&self, site: &SiteRow) -> Result<Arc<dyn Destination>, SiteError> {
        match site.kind {
            DestinationKind::Folder => {
                let path = folder_path(&self.folder, site);
                Ok(Arc::new(FolderSite::new(path, &site.name, &site.language, Arc::clone(&self.clock))))
            }
            DestinationKind::WordPress => {
                let password = self.vault.get(&site_secret(site.id)).await.map_err(|_| SiteError::NoCredentials)?;
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
