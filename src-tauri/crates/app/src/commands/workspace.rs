//! The app as a whole: its state, the sample workspace, how the window looks.

use crate::dto::site::Workspace;
use crate::dto::work::{Appearance, ColorScheme, Density};
use crate::view;
use crate::{Fault, Igny8};
use igny8_engine::settings;
use igny8_store::StoreError;

/// The state of the app.
///
/// # Errors
/// When the database cannot be read.
pub async fn workspace(app: &Igny8) -> Result<Workspace, Fault> {
    let read =
        app.engine.store().read(|r| Ok::<_, StoreError>((r.sites()?, r.sample_site()?, settings::load(r)?.zone)));
    let (sites, sample, zone) = read.await?;
    let audit = app.last_audit();
    Ok(Workspace {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: app.folder.root().display().to_string(),
        is_empty: sites.is_empty(),
        sample_site_id: sample.map(|id| id.to_string()),
        vault: view::site::vault(app.vault.state().await),
        books_balance: audit.as_ref().is_some_and(|(audit, _)| audit.is_ok()),
        audited_at: audit.map(|(_, at)| view::instant(at)).unwrap_or_default(),
        zone,
    })
}

/// Makes the sample workspace and returns its site.
///
/// # Errors
/// When the database fails.
pub async fn sample_create(app: &Igny8) -> Result<String, Fault> {
    Ok(app.engine.create_sample(&app.zone).await?.to_string())
}

/// Removes the sample workspace; `site_restore` brings it back.
///
/// # Errors
/// [`Fault::NotFound`] when there is none.
pub async fn sample_delete(app: &Igny8) -> Result<(), Fault> {
    app.engine.delete_sample().await?;
    Ok(())
}

/// How the window looks.
///
/// # Errors
/// When the database cannot be read.
pub async fn appearance(app: &Igny8) -> Result<Appearance, Fault> {
    let stored: Option<Appearance> = app.engine.store().read(settings::appearance).await?;
    Ok(stored.unwrap_or(Appearance {
        color_scheme: ColorScheme::Auto,
        density: Density::Normal,
        sidebar_collapsed: false,
    }))
}

/// Keeps how the window looks.
///
/// # Errors
/// When the database fails.
pub async fn appearance_save(app: &Igny8, appearance: Appearance) -> Result<(), Fault> {
    Ok(app.engine.store().write(move |w| settings::save_appearance(w, &appearance)).await?)
}
