//! A real item of a site to show a prompt with: one that waits where there is one, else any. What is shown is what would be
//! sent, and nothing about the item changes.

use igny8_core::id::SiteId;
use igny8_core::prompt::PromptKind;
use igny8_core::status::ContentStructure;
use igny8_store::{Read, StoreError};

/// Keywords of a trial: enough to see how they are grouped, few enough to cost little.
const KEYWORDS: u32 = 20;

/// The items of one unit of a kind's function; none when the site has nothing of the sort.
pub(super) fn specimen(read: &Read<'_>, site: SiteId, kind: PromptKind) -> Result<Vec<i64>, StoreError> {
    let one = |id: Option<i64>| id.into_iter().collect();
    Ok(match kind {
        PromptKind::Clustering => read.specimen_keywords(site, KEYWORDS)?.into_iter().map(|id| id.0).collect(),
        PromptKind::Ideas => one(read.specimen_cluster(site)?.map(|id| id.0)),
        PromptKind::Content => one(read.specimen_task(site, None)?.map(|id| id.0)),
        PromptKind::Structure(structure) => one(read.specimen_task(site, Some(structure))?.map(|id| id.0)),
        PromptKind::ImagePrompts => one(read.specimen_content(site)?.map(|id| id.0)),
        PromptKind::Image(place) => one(read.specimen_image(site, Some(place))?.map(|id| id.0)),
        PromptKind::NegativePrompt => one(read.specimen_image(site, None)?.map(|id| id.0)),
    })
}

/// The kinds that one call of a kind's function is asked with.
pub(super) fn asked_with(kind: PromptKind) -> Vec<PromptKind> {
    match kind {
        // The base is never sent alone; the plainest structure stands for the one an article has.
        PromptKind::Content => vec![PromptKind::Content, PromptKind::Structure(ContentStructure::Article)],
        PromptKind::Structure(_) => vec![PromptKind::Content, kind],
        PromptKind::Clustering
        | PromptKind::Ideas
        | PromptKind::ImagePrompts
        | PromptKind::Image(_)
        | PromptKind::NegativePrompt => vec![kind],
    }
}
