//! A data folder under the app itself, with a site whose articles go to a folder: nothing here leaves the machine.

use igny8_app::{Igny8, OpenOptions};
use igny8_core::id::{ModelId, SectorId, SiteId};
use igny8_core::model::BUILTIN;
use igny8_core::status::{DestinationKind, ModelType};
use igny8_store::StoreError;
use igny8_store::table::site::NewSite;
use igny8_tests::world::fields_in;
use std::path::Path;

/// Runs something that the app does, in a runtime as the app has it.
pub fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime can be made").block_on(work)
}

/// Opens the app on a folder.
pub async fn open(folder: &Path) -> Igny8 {
    let options = OpenOptions { data_dir: Some(folder.to_owned()) };
    Igny8::open(options).await.expect("the folder can be opened")
}

/// Adds a site with a sector; answers both, and the model that writes.
pub async fn add_site(app: &Igny8) -> (SiteId, SectorId, ModelId) {
    let now = app.engine().clock().now();
    let added = app.engine().store().write(move |w| {
        let new = NewSite { kind: DestinationKind::Folder, is_sample: false, fields: fields_in("Garden", "UTC") };
        let site = w.site_add(&new, now)?;
        let sector = w.sector_add(site, "Tea", now)?;
        let models = w.models()?;
        let writes = models.iter().find(|model| model.provider == BUILTIN && model.model_type == ModelType::Text);
        Ok::<_, StoreError>((site, sector, writes.ok_or(StoreError::NotFound)?.id))
    });
    added.await.expect("a site can be added")
}
