//! What happens on a site without us: looking now, and taking in the posts it had before. The taking in goes on in the
//! background; how far it is is a read, which each page that is stored makes stale.

use crate::dto::conflict::{SitePostView, SitePosts, SiteSynced, SiteTidied, TakingInState};
use crate::view;
use crate::view::list::id;
use crate::{Fault, Igny8, caught};
use igny8_core::id::{SectorId, SiteId};
use igny8_core::status::Severity;
use igny8_core::time::UtcMs;
use igny8_engine::Engine;
use igny8_engine::follow::{Taking, TakingIn};
use igny8_engine::publish::CUT_OFF;
use igny8_store::StoreError;
use igny8_store::table::content::ImportedRow;
use igny8_store::table::notification::NewNotification;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The last taking in of each site since the app was started.
#[derive(Clone, Default)]
pub(crate) struct TakingsIn(Arc<Mutex<BTreeMap<SiteId, Progress>>>);

#[derive(Clone, Default)]
struct Progress {
    posts: SitePosts,
    /// It is to end before the next page.
    is_to_end: bool,
}

impl TakingsIn {
    /// A poisoned lock only means that a thread ended while it held it; the map is still whole.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<SiteId, Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins, unless one is under way.
    fn begin(&self, site: SiteId) -> bool {
        let mut all = self.lock();
        let progress = all.entry(site).or_default();
        let is_free = progress.posts.state != TakingInState::Running;
        if is_free {
            *progress = Progress::default();
            progress.posts.state = TakingInState::Running;
        }
        is_free
    }

    /// Notes how far it is. Whether it goes on.
    fn goes_on(&self, site: SiteId, taking: Taking) -> bool {
        let mut all = self.lock();
        let progress = all.entry(site).or_default();
        (progress.posts.done, progress.posts.total) = (taking.done, taking.total);
        !progress.is_to_end
    }

    fn end(&self, site: SiteId, ended: &Result<TakingIn, Fault>) {
        let mut all = self.lock();
        let posts = &mut all.entry(site).or_default().posts;
        match ended {
            Ok(taken) => {
                posts.state = if taken.is_stopped { TakingInState::Stopped } else { TakingInState::Done };
                (posts.added, posts.updated) = (taken.added, taken.updated);
            }
            Err(fault) => {
                posts.state = TakingInState::Failed;
                posts.failure =
                    if let Fault::Site { failure, .. } = fault { failure.clone() } else { CUT_OFF.to_owned() };
            }
        }
    }
}

/// Looks at a site now.
///
/// # Errors
/// [`Fault::Site`] when it does not answer; what was seen until then stands.
pub async fn site_sync(app: &Igny8, site: &str) -> Result<SiteSynced, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let synced = app.engine.sync_site(site).await.map_err(Fault::from);
    match &synced {
        Ok(synced) => app.engine.tell_sync(site, Ok(synced.happened.len())).await?,
        Err(Fault::Site { failure, note, .. }) => {
            app.engine.tell_sync(site, Err((failure.clone(), note.clone()))).await?;
        }
        Err(_) => {}
    }
    Ok(view::conflict::synced(synced?))
}

/// The posts that a site had before, and how far the taking in of them is.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn site_posts(app: &Igny8, site: &str) -> Result<SitePosts, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let known = app.engine.store().read(move |r| r.imported_posts(site)).await?.len();
    let posts = app.takings_in.lock().get(&site).map(|progress| progress.posts.clone()).unwrap_or_default();
    Ok(SitePosts { known: u32::try_from(known).unwrap_or(u32::MAX), ..posts })
}

/// The posts themselves, the newest first.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn site_posts_list(app: &Igny8, site: &str) -> Result<Vec<SitePostView>, Fault> {
    let site: SiteId = id(site, "siteId")?;
    let posts = app.engine.store().read(move |r| r.imported_posts(site)).await?;
    let post = |post: ImportedRow| SitePostView {
        id: post.content.to_string(),
        title: post.title,
        url: post.url,
        word_count: post.word_count,
        published_at: view::instant(post.published_at),
    };
    Ok(posts.into_iter().map(post).collect())
}

/// Takes away what of ours is of no use on a site: drafts and files that were doubled on the way.
///
/// # Errors
/// [`Fault::Site`] when it does not answer, or does not let us; the rest is taken away the next time.
pub async fn site_tidy(app: &Igny8, site: &str) -> Result<SiteTidied, Fault> {
    let tidied = app.engine.tidy_site(id(site, "siteId")?).await?;
    Ok(SiteTidied { posts: tidied.posts, media: tidied.media })
}

/// Begins to take in the posts of a site, in the background.
///
/// # Errors
/// [`Fault::WrongState`] while it is under way; [`Fault::NotFound`] for a sector that is not the site's.
pub async fn site_posts_take_in(app: &Igny8, site: &str, sector: &str) -> Result<(), Fault> {
    let (site, sector): (SiteId, SectorId) = (id(site, "siteId")?, id(sector, "sectorId")?);
    let is_its = app.engine.store().read(move |r| Ok::<_, StoreError>(r.sector(sector)?.site == site)).await;
    if !matches!(is_its, Ok(true)) {
        return Err(Fault::NotFound { what: "sector".to_owned() });
    }
    if !app.takings_in.begin(site) {
        return Err(Fault::WrongState { what: "site".to_owned() });
    }
    let (engine, all) = (Arc::clone(&app.engine), app.takings_in.clone());
    app.begin(async move {
        let taken = caught(async {
            Ok::<_, Fault>(engine.take_in_posts(site, sector, |taking| all.goes_on(site, taking)).await?)
        });
        let ended = taken.await;
        all.end(site, &ended);
        if let Err(fault) = tell(&engine, site, &ended).await {
            tracing::error!(%fault, "the end of a taking in could not be told");
        }
    });
    Ok(())
}

/// Ends the taking in of a site's posts after the page at hand.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn site_posts_stop(app: &Igny8, site: &str) -> Result<(), Fault> {
    let site: SiteId = id(site, "siteId")?;
    if let Some(progress) = app.takings_in.lock().get_mut(&site) {
        progress.is_to_end = true;
    }
    Ok(())
}

/// Takes in the posts of a site and waits for the end. `is_to_end` is asked before each page, and `hears` how far it is.
///
/// # Errors
/// As [`site_posts_take_in`]; [`Fault::Site`] when the site does not answer.
pub async fn take_in_and_wait(
    app: &Igny8,
    site: &str,
    sector: &str,
    mut hears: impl FnMut(u32, u32) + Send,
    is_to_end: impl Fn() -> bool + Send,
) -> Result<TakingIn, Fault> {
    let (site, sector): (SiteId, SectorId) = (id(site, "siteId")?, id(sector, "sectorId")?);
    let goes_on = move |taking: Taking| {
        hears(taking.done, taking.total);
        !is_to_end()
    };
    Ok(app.engine.take_in_posts(site, sector, goes_on).await?)
}

async fn tell(engine: &Engine, site: SiteId, ended: &Result<TakingIn, Fault>) -> Result<(), Fault> {
    let now: UtcMs = engine.clock().now();
    let row = engine.store().read(move |r| r.site(site)).await?;
    let host = igny8_engine::host_of(&row);
    let (kind, severity, added) = match ended {
        Ok(taken) => ("posts_taken_in", Severity::Success, taken.added),
        Err(_) => ("posts_not_taken_in", Severity::Error, 0),
    };
    let code = match ended {
        Err(Fault::Site { failure, .. }) => failure.clone(),
        Ok(_) | Err(_) => String::new(),
    };
    let notice = NewNotification {
        notification_type: kind.to_owned(),
        severity,
        site: Some(site),
        operation: None,
        related_type: "site",
        related_id: site.0,
        params: BTreeMap::from([("host", host), ("count", added.to_string()), ("code", code)]),
        dedupe: format!("{kind}:{site}:{}", now.0),
    };
    engine.store().write(move |w| w.notify(&notice, now).map(drop)).await?;
    Ok(())
}
