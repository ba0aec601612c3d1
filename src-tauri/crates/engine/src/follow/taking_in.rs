//! Taking in the posts that a site had before, page after page. Each page is kept as it comes, so that what was taken in
//! when it is stopped stays, and the next time only what is new or has changed is done.

use crate::engine::OpenError;
use crate::operation::not_found;
use crate::publish::receipt::hash;
use crate::{Engine, EngineError, host_of};
use igny8_core::agreed::Agreed;
use igny8_core::article;
use igny8_core::function::output::{DESCRIPTION_CHARS_MAX, TITLE_CHARS_MAX, clean_line};
use igny8_core::id::{SectorId, SiteId};
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_store::StoreError;
use igny8_store::table::content::{ContentRow, ImportedPost, TakenIn};
use igny8_store::table::site_post::SitePostRow;

/// Pages that are asked for at most, of posts and of pages each: a site with more posts than that answers every page with
/// the same ones.
const PAGES_MAX: u32 = 4_000;

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taking {
    /// Posts looked at.
    pub done: u32,
    /// Posts there are, as far as the site has said.
    pub total: u32,
}

/// What it came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakingIn {
    /// Not known before.
    pub added: u32,
    /// Changed there since the last time.
    pub updated: u32,
    /// As they were, or articles of ours.
    pub unchanged: u32,
    /// It was stopped before its end.
    pub is_stopped: bool,
}

impl Engine {
    /// Takes in what a site has published, into a sector of it. Asked before each page, `goes_on` hears how far it is and
    /// may stop it.
    ///
    /// # Errors
    /// [`EngineError::NotFound`] for a sector that is not the site's; [`EngineError::Site`] when the site does not answer;
    /// what was taken in until then stays.
    pub async fn take_in_posts(
        &self,
        site: SiteId,
        sector: SectorId,
        mut goes_on: impl FnMut(Taking) -> bool + Send,
    ) -> Result<TakingIn, EngineError> {
        let place = self.store.read(move |r| Ok::<_, StoreError>((r.site(site)?, r.sector(sector)?.site == site)));
        let (row, is_its_sector) = place.await.map_err(|error| not_found(error, "sector"))?;
        if !is_its_sector {
            return Err(EngineError::NotFound("sector"));
        }
        let told = |error| EngineError::Site { host: host_of(&row), error };
        let (_, destination) = self.open_destination(site).await.map_err(|error| match error {
            OpenError::Site(error) => told(error),
            OpenError::Store(error) => error.into(),
        })?;
        let (mut taken, mut at) = (TakingIn::default(), Taking::default());
        for is_page in [false, true] {
            let before = at.total;
            for page in 1..=PAGES_MAX {
                if !goes_on(at) {
                    return Ok(TakingIn { is_stopped: true, ..taken });
                }
                let found = destination.list_posts(is_page, page).await.map_err(told)?;
                let posts: Vec<ImportedPost> = found.posts.iter().map(|post| imported(post, is_page)).collect();
                at.done = at.done.saturating_add(u32::try_from(posts.len()).unwrap_or(u32::MAX));
                at.total = at.done.max(before.saturating_add(found.total)).max(at.total);
                let now = self.clock.now();
                let TakenIn { added, updated, unchanged } =
                    self.store.write(move |w| w.content_import((site, sector), &posts, now)).await?;
                taken.added = taken.added.saturating_add(added);
                taken.updated = taken.updated.saturating_add(updated);
                taken.unchanged = taken.unchanged.saturating_add(unchanged);
                if !found.has_more {
                    break;
                }
            }
        }
        goes_on(at);
        Ok(taken)
    }

    /// Brings a post that was taken in to what the site has of it now; one that is not public any more is let go of.
    pub(super) async fn refresh_taken_in(
        &self,
        article: &ContentRow,
        row: &SitePostRow,
        post: Option<RemotePost>,
    ) -> Result<(), EngineError> {
        let (now, content, place) = (self.clock.now(), article.id, (article.site, article.sector));
        let (is_page, known) = (row.is_page, row.agreed.clone());
        let public = post.filter(|post| post.status == RemoteStatus::Publish);
        let kept = self.store.write(move |w| {
            match &public {
                Some(post) => {
                    w.content_import(place, &[imported(post, is_page)], now)?;
                }
                None => {
                    w.content_remove(&[content], now)?;
                    w.site_post_known(
                        content,
                        &Agreed { status: Some(RemoteStatus::GONE.to_owned()), ..known.clone() },
                    )?;
                }
            }
            Ok::<_, StoreError>(())
        });
        Ok(kept.await?)
    }
}

fn imported(post: &RemotePost, is_page: bool) -> ImportedPost {
    let pieces: Vec<String> = article::pieces(&post.content).into_iter().map(|piece| piece.html).collect();
    let html = article::whole(&pieces);
    let title = clean_line(&post.title, TITLE_CHARS_MAX);
    ImportedPost {
        post_id: post.id.clone(),
        is_page,
        // A post without a title is called by its address, as in most lists of posts.
        title: [title, clean_line(&post.slug, TITLE_CHARS_MAX), format!("#{}", post.id)]
            .into_iter()
            .find(|title| !title.is_empty())
            .unwrap_or_default(),
        slug: post.slug.clone(),
        url: post.url.clone(),
        excerpt: clean_line(&post.excerpt, DESCRIPTION_CHARS_MAX),
        word_count: article::word_count(&html),
        html,
        published_at: post.date.unwrap_or_default(),
        agreed: Agreed::on(post, hash(&post.content)),
    }
}
