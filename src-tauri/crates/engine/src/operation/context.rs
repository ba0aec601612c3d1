//! What the units of an operation are made of beside their items: the site as it is when they are prepared.

use crate::function::{Aim, UnitContext};
use crate::prompt::Prompts;
use crate::settings;
use igny8_core::function::input::SiteContext;
use igny8_core::id::{CallId, SiteId};
use igny8_core::model::Model;
use igny8_store::{Read, StoreError};

/// What the units of a site's operation share.
pub(crate) fn unit_context(
    read: &Read<'_>,
    site_id: SiteId,
    model: Model,
    call: CallId,
    aim: Aim,
) -> Result<UnitContext, StoreError> {
    let site = read.site(site_id)?;
    Ok(UnitContext {
        site_id,
        operation: None,
        site: SiteContext {
            name: site.name,
            sector: String::new(),
            language: site.language,
            brand_color: site.brand_color,
        },
        model,
        in_article_images: site.in_article_images,
        has_contents: site.has_contents,
        image_format: site.image_format,
        prompts: Prompts::of_site(read, site_id)?,
        settings: settings::load(read)?,
        call,
        aim,
        siblings: None,
    })
}
