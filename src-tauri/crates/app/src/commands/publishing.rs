//! How a site's articles go forward by themselves: its settings, what they would do, and the next free times.

use crate::dto::publishing::{NextFreeView, PublishingPreview, PublishingSettingsView};
use crate::view;
use crate::view::list::{id, ids};
use crate::{Fault, Igny8};
use igny8_core::id::{ContentId, SiteId};

/// The settings of a site; those that are usual when nobody has made any.
///
/// # Errors
/// [`Fault::NotFound`].
pub async fn settings(app: &Igny8, site: &str) -> Result<PublishingSettingsView, Fault> {
    let site: SiteId = id(site, "siteId")?;
    Ok(view::publishing::settings(&app.engine.publishing_settings(site).await?))
}

/// Stores the settings of a site. They count from now on, also for what waits in review.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`].
pub async fn save(app: &Igny8, site: &str, settings: PublishingSettingsView) -> Result<(), Fault> {
    let site: SiteId = id(site, "siteId")?;
    Ok(app.engine.set_publishing_settings(site, view::publishing::settings_of(&settings)?).await?)
}

/// What settings would do in the next thirty days; those that the site has when none are given. Nothing is kept.
///
/// # Errors
/// [`Fault::InvalidField`]; [`Fault::NotFound`].
pub async fn preview(
    app: &Igny8,
    site: &str,
    settings: Option<PublishingSettingsView>,
) -> Result<PublishingPreview, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let settings = settings.as_ref().map(view::publishing::settings_of).transpose()?;
    Ok(view::publishing::preview(app.engine.preview_times(site, settings).await?))
}

/// Gives articles the next free times by the rules of their site: those named, in their order, or without names all that
/// are approved and have none. Undone by giving back how each stood before.
///
/// # Errors
/// [`Fault::NotApproved`]; [`Fault::WrongState`]; [`Fault::NotFound`]; [`Fault::InvalidField`].
pub async fn schedule_next(app: &Igny8, site: &str, contents: &[String]) -> Result<NextFreeView, Fault> {
    let (site, contents) = (id::<SiteId>(site, "siteId")?, ids::<ContentId>(contents, "ids")?);
    let named = (!contents.is_empty()).then_some(contents);
    Ok(view::publishing::next_free(app.engine.schedule_next_free(site, named).await?))
}
