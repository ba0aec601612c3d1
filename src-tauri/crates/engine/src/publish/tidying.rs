//! Taking away what is of no use on a site: the second draft of a request that arrived twice, a file that was sent once
//! more, a draft that texts were tried with. Only what a row names is looked for, only under a name that nobody but us
//! gives, and only a draft without a text, so that nothing anybody has worked on can be among it.

use super::our_post::is_slug_of;
use crate::engine::OpenError;
use crate::{Engine, EngineError, host_of};
use igny8_core::id::SiteId;
use igny8_core::on_site::LeftoverKind;
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::port::{Destination, SiteError};
use igny8_core::time::UtcMs;
use igny8_store::table::leftover::{LeftoverRow, NewLeftover};
use igny8_store::table::outbox::OutboxRow;
use igny8_store::{StoreError, Write};
use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What slugs of drafts begin with that texts are tried with.
pub(super) const TRIED: &str = "igny8-tried-";

/// Names that somebody is working with: what bears one is of use as long as that lasts.
#[derive(Default)]
pub(crate) struct InUse(Mutex<BTreeSet<String>>);

impl InUse {
    pub(super) fn take(&self, name: &str) {
        self.lock().insert(name.to_owned());
    }

    pub(super) fn let_go(&self, name: &str) {
        self.lock().remove(name);
    }

    fn has(&self, name: &str) -> bool {
        self.lock().contains(name)
    }

    /// A poisoned lock only means that a thread ended while it held it; the set is still whole.
    fn lock(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Drafts.
    pub posts: u32,
    /// Files.
    pub media: u32,
}

impl Engine {
    /// Takes away what of ours is of no use on a site.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for an unknown site; [`EngineError::Site`] when it does not answer or does not let us: what
    /// was not taken away is looked for again the next time.
    pub async fn tidy_site(&self, site: SiteId) -> Result<Tidied, EngineError> {
        let row = self.store.read(move |r| r.site(site)).await.map_err(|_| EngineError::NotFound("site"))?;
        if self.store.read(move |r| r.leftovers(site)).await?.is_empty() {
            return Ok(Tidied::default());
        }
        let told = |error| EngineError::Site { host: host_of(&row), error };
        let (_, destination) = self.open_destination(site).await.map_err(|error| match error {
            OpenError::Site(error) => told(error),
            OpenError::Store(error) => error.into(),
        })?;
        self.tidy(site, destination.as_ref()).await.map_err(|error| match error {
            Untidy::Site(error) => told(error),
            Untidy::Engine(error) => error,
        })
    }

    /// The same after a delivery, which is as it is whatever comes of this.
    pub(crate) async fn tidy_quietly(&self, site: SiteId, destination: &dyn Destination) {
        match self.tidy(site, destination).await {
            Ok(_) => {}
            Err(Untidy::Site(error)) => {
                tracing::info!(%site, %error, "what is of no use there could not be taken away")
            }
            Err(Untidy::Engine(error)) => tracing::warn!(%site, %error, "what is of no use there is still noted"),
        }
    }

    async fn tidy(&self, site: SiteId, destination: &dyn Destination) -> Result<Tidied, Untidy> {
        let mut tidied = Tidied::default();
        let rows = self.store.read(move |r| r.leftovers(site)).await.map_err(EngineError::from)?;
        for row in rows.into_iter().filter(|row| !self.names_in_use.has(&row.name)) {
            let (site, id) = (row.site, row.id);
            let noted = self.store.read(move |r| r.leftovers(site)).await.map_err(EngineError::from)?;
            if noted.iter().all(|noted| noted.id != id) {
                // Somebody has use for it again.
                continue;
            }
            let taken = take_away(&row, destination).await.map_err(Untidy::Site)?;
            match row.kind {
                LeftoverKind::Post | LeftoverKind::Page => tidied.posts = tidied.posts.saturating_add(taken),
                LeftoverKind::Media => tidied.media = tidied.media.saturating_add(taken),
            }
            self.store.write(move |w| w.leftover_gone(row.id)).await.map_err(EngineError::from)?;
        }
        Ok(tidied)
    }
}

/// Why it came to no end.
enum Untidy {
    Site(SiteError),
    Engine(EngineError),
}

impl From<EngineError> for Untidy {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

/// Notes that there may be more drafts of a delivery's slug than its post.
pub(super) fn note_drafts(
    w: &mut Write<'_>,
    outbox: &OutboxRow,
    is_page: bool,
    keeps: &str,
    now: UtcMs,
) -> Result<(), StoreError> {
    let kind = if is_page { LeftoverKind::Page } else { LeftoverKind::Post };
    let (site, name) = (outbox.site, outbox.draft_slug.clone());
    w.note_leftover(&NewLeftover { site, kind, name, keeps: keeps.to_owned(), parent: String::new() }, now)
}

async fn take_away(row: &LeftoverRow, site: &dyn Destination) -> Result<u32, SiteError> {
    let mut taken = 0_u32;
    match row.kind {
        LeftoverKind::Post | LeftoverKind::Page => {
            let is_page = row.kind == LeftoverKind::Page;
            for post in site.posts_named(&row.name, is_page).await? {
                if post.id != row.keeps && is_unused(&row.name, &post) {
                    site.remove_draft(&post.id, is_page).await.or_else(gone)?;
                    taken = taken.saturating_add(1);
                }
            }
        }
        LeftoverKind::Media => {
            // Of another post it may be in use. Without the one that is kept nobody knows which of them is.
            let all = site.media_named(&row.name, &row.parent).await?;
            for file in all.iter().filter(|file| file.id != row.keeps && all.iter().any(|kept| kept.id == row.keeps)) {
                site.remove_media(&file.id).await.or_else(gone)?;
                taken = taken.saturating_add(1);
            }
        }
    }
    Ok(taken)
}

/// Whether a draft is one of ours that nobody has worked on.
fn is_unused(slug: &str, post: &RemotePost) -> bool {
    let is_empty = post.content.trim().is_empty() && post.featured_media.is_none();
    is_slug_of(slug, &post.slug) && post.status == RemoteStatus::Draft && (is_empty || slug.starts_with(TRIED))
}

/// Somebody else was faster.
fn gone(error: SiteError) -> Result<(), SiteError> {
    if error == SiteError::NotFound { Ok(()) } else { Err(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_empty_draft_of_our_own_slug_is_of_no_use() {
        let draft = |slug: &str| RemotePost { slug: slug.to_owned(), ..RemotePost::default() };
        let slug = "tea-0123456789";
        assert!(is_unused(slug, &draft(slug)) && is_unused(slug, &draft("tea-0123456789-2")));
        for other in ["tea", "tea-0123456789-two", "coffee", ""] {
            assert!(!is_unused(slug, &draft(other)), "{other}");
        }
        let public = RemotePost { status: RemoteStatus::Publish, ..draft(slug) };
        let written = RemotePost { content: "<p>Somebody's.</p>".to_owned(), ..draft(slug) };
        let pictured = RemotePost { featured_media: Some("7".to_owned()), ..draft(slug) };
        for post in [public, written.clone(), pictured] {
            assert!(!is_unused(slug, &post), "{post:?}");
        }
        let tried = format!("{TRIED}0123456789");
        assert!(is_unused(&tried, &RemotePost { slug: tried.clone(), ..written }), "what was tried with is no work");
    }
}
