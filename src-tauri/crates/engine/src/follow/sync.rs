//! Looking at the posts of a site: many at a glance, and only those that moved in full. A look that fails changes nothing
//! for the posts it did not come to.

use super::reflect::{Event, Look};
use crate::engine::OpenError;
use crate::operation::not_found;
use crate::publish::edits::read_theirs;
use crate::publish::receipt::hash;
use crate::publish::second::has_come_out;
use crate::runner::is_over;
use crate::{Engine, EngineError, host_of};
use igny8_core::agreed::{Agreed, SiteEvent};
use igny8_core::id::{ContentId, OutboxId, SiteId};
use igny8_core::port::destination::{GLANCES_MAX, RemoteGlance, RemoteStatus};
use igny8_core::port::{Destination, SiteError};
use igny8_core::status::{DestinationKind, Severity};
use igny8_core::time::UtcMs;
use igny8_store::StoreError;
use igny8_store::table::content::ContentRow;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::site_post::SitePostRow;
use std::collections::BTreeMap;
use tokio::sync::watch;

/// How often sites are looked at while the app is open: often enough that what somebody did there is known before it is
/// worked on here, and seldom enough that fifty sites are a request every twenty seconds.
const LOOK_EVERY_MS: i64 = 15 * 60 * 1_000;
/// How much earlier or later, in percent: many apps that were started at nine are not to ask a shared host in one second.
const JITTER_PERCENT: i64 = 20;
/// How long to sleep before the clock is looked at again. Short, because timers stand still while a laptop sleeps.
const TICK_MS: u64 = 30_000;
/// Notices of one look, each about one post. Of what is more, one notice tells how much.
const NOTICES_MAX: usize = 10;

/// Something that happened on a site without us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// The article.
    pub content: ContentId,
    /// What it is called here.
    pub title: String,
    /// What happened.
    pub event: SiteEvent,
    /// As it was: a title, an address or a time; empty for the rest.
    pub before: String,
    /// As it is; empty for the rest.
    pub after: String,
    /// The user was told of it in other words.
    pub is_told: bool,
}

/// What a look came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Synced {
    /// Posts looked at.
    pub looked: u32,
    /// What was news.
    pub happened: Vec<Happened>,
}

impl Engine {
    /// Looks at all posts of a site that are known here, makes our side the same, and tells what was news.
    ///
    /// # Errors
    /// [`EngineError::Site`] with the reason when the site does not answer; what was seen until then stands.
    pub async fn sync_site(&self, site: SiteId) -> Result<Synced, EngineError> {
        let row = self.store.read(move |r| r.site(site)).await.map_err(|error| not_found(error, "site"))?;
        let posts = self.store.read(move |r| r.site_posts(site)).await?;
        let posts: Vec<SitePostRow> =
            posts.into_iter().filter(|post| post.agreed.status.as_deref() != Some(RemoteStatus::GONE)).collect();
        if posts.is_empty() {
            return Ok(Synced::default());
        }
        let told = |error| EngineError::Site { host: host_of(&row), error };
        let (_, destination) = self.open_destination(site).await.map_err(|error| match error {
            OpenError::Site(error) => told(error),
            OpenError::Store(error) => error.into(),
        })?;
        let (mut synced, mut failure) = (Synced::default(), None);
        'kinds: for is_page in [false, true] {
            let of_kind: Vec<&SitePostRow> = posts.iter().filter(|post| post.is_page == is_page).collect();
            for some in of_kind.chunks(GLANCES_MAX) {
                if let Err(error) = self.look_at(some, is_page, destination.as_ref(), &mut synced).await {
                    failure = Some(error);
                    break 'kinds;
                }
            }
        }
        self.tell(site, &host_of(&row), &synced.happened).await?;
        if failure.is_none() {
            self.tidy_quietly(site, destination.as_ref()).await;
        }
        match failure {
            None => Ok(synced),
            Some(LookError::Site(error)) => Err(told(error)),
            Some(LookError::Engine(error)) => Err(error),
        }
    }

    /// Tells what happened to the post of one article.
    pub(crate) async fn tell_events(&self, article: &ContentRow, events: Vec<Event>) -> Result<(), EngineError> {
        let happened: Vec<Happened> = events.into_iter().map(|event| happened(article, event)).collect();
        let site = article.site;
        let row = self.store.read(move |r| r.site(site)).await.map_err(|error| not_found(error, "site"))?;
        self.tell(site, &host_of(&row), &happened).await
    }

    /// Looks at every site that has posts of ours, until `stop` turns true. The first look is at once. A site that does not
    /// answer keeps no other waiting, and is looked at again with the others.
    pub async fn follow_sites(&self, mut stop: watch::Receiver<bool>) {
        let mut due = self.clock.now();
        while !is_over(&stop) {
            let now = self.clock.now();
            // A clock that was set back leaves the next look far ahead.
            let is_far = due.0.saturating_sub(now.0) > LOOK_EVERY_MS * 2;
            if now >= due || is_far {
                tokio::select! {
                    biased;
                    () = self.sync_all() => {}
                    _ = stop.changed() => continue,
                }
                due = self.next_look(self.clock.now());
            }
            tokio::select! {
                biased;
                _ = stop.changed() => {}
                () = self.clock.sleep_ms(TICK_MS) => {}
            }
        }
    }

    /// A look at every site.
    async fn sync_all(&self) {
        let sites = match self.store.read(|r| r.sites()).await {
            Ok(sites) => sites,
            Err(error) => return tracing::error!(%error, "the sites to look at could not be read"),
        };
        for site in sites.into_iter().filter(|site| site.kind == DestinationKind::WordPress) {
            if let Err(error) = self.sync_site(site.id).await {
                tracing::info!(site = %site.id, %error, "a site could not be looked at");
            }
        }
    }

    fn next_look(&self, now: UtcMs) -> UtcMs {
        let spread = LOOK_EVERY_MS * JITTER_PERCENT / 100;
        let chance = i64::try_from(self.ids.next().as_u128() & u128::from(u32::MAX)).unwrap_or_default();
        now.plus_ms(LOOK_EVERY_MS - spread + chance % (2 * spread + 1))
    }

    async fn look_at(
        &self,
        posts: &[&SitePostRow],
        is_page: bool,
        site: &dyn Destination,
        synced: &mut Synced,
    ) -> Result<(), LookError> {
        let ids: Vec<String> = posts.iter().map(|post| post.post_id.clone()).collect();
        let glances = site.glance(&ids, is_page).await?;
        for row in posts {
            let glance = glances.iter().find(|glance| glance.id == row.post_id);
            synced.looked = synced.looked.saturating_add(1);
            if glance.is_some_and(|glance| is_as_known(row, glance)) {
                continue;
            }
            let Some(look) = self.read_in_full(row, site).await? else { continue };
            let at = self.clock.now();
            let (events, article) = self.store.write(move |w| look.reflect(w, at)).await.map_err(EngineError::from)?;
            let Some(article) = article else { continue };
            synced.happened.extend(events.into_iter().map(|event| happened(&article, event)));
        }
        Ok(())
    }

    /// A post that moved, with what is to be decided about it. Nothing for an article that was removed meanwhile.
    pub(crate) async fn read_in_full(
        &self,
        row: &SitePostRow,
        site: &dyn Destination,
    ) -> Result<Option<Look>, LookError> {
        let row = row.clone();
        // What is not among the glances may only not have been told.
        let post = match site.read_post(&row.post_id, row.is_page).await {
            Ok(post) => Some(post),
            Err(SiteError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let content = row.content;
        let article = match self.store.read(move |r| r.content(content)).await {
            Ok(article) => article,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(EngineError::from(error).into()),
        };
        if article.is_imported {
            self.refresh_taken_in(&article, &row, post).await?;
            return Ok(None);
        }
        let theirs = match &post {
            None => None,
            Some(post) => {
                let fields = Look::to_decide(&row, &article, &Agreed::on(post, hash(&post.content)));
                if fields.is_empty() { None } else { Some(read_theirs(post, fields, row.is_page, site).await) }
            }
        };
        let beside = match &post {
            Some(post) if has_come_out(&article, post) => Some(self.read_beside(&article, post, Some(site)).await?),
            Some(_) | None => None,
        };
        Ok(Some(Look { row, post, theirs, proof: OutboxId(self.ids.next()), beside }))
    }

    /// Tells what happened: each for itself, or how much it is when it is too much to be told so.
    async fn tell(&self, site: SiteId, host: &str, happened: &[Happened]) -> Result<(), EngineError> {
        let happened: Vec<&Happened> = happened.iter().filter(|one| !one.is_told).collect();
        let now = self.clock.now();
        let notices: Vec<NewNotification> = if happened.len() > NOTICES_MAX {
            vec![NewNotification {
                notification_type: "site_changed".to_owned(),
                severity: Severity::Warning,
                site: Some(site),
                operation: None,
                related_type: "site",
                related_id: site.0,
                params: BTreeMap::from([("host", host.to_owned()), ("count", happened.len().to_string())]),
                dedupe: format!("site_changed:{site}:{}", now.0),
            }]
        } else {
            happened.into_iter().map(|one| notice(site, host, one, now)).collect()
        };
        let told = self.store.write(move |w| {
            for notice in &notices {
                w.notify(notice, now)?;
            }
            Ok::<_, StoreError>(())
        });
        Ok(told.await?)
    }
}

/// A look that did not come to its end.
pub(crate) enum LookError {
    Site(SiteError),
    Engine(EngineError),
}

impl From<SiteError> for LookError {
    fn from(error: SiteError) -> Self {
        Self::Site(error)
    }
}

impl From<EngineError> for LookError {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

/// Whether a glance shows a post as it is known. A place that says nothing of its last change is read in full.
fn is_as_known(row: &SitePostRow, glance: &RemoteGlance) -> bool {
    let known = &row.agreed;
    !glance.modified.is_empty()
        && known.modified == glance.modified
        && known.status.as_deref() == Some(glance.status.word())
        && known.title.as_deref() == Some(glance.title.trim())
        && known.slug.as_deref() == Some(glance.slug.as_str())
        && known.date == glance.date
}

fn happened(article: &ContentRow, Event { event, before, after, is_told }: Event) -> Happened {
    Happened { content: article.id, title: article.title.clone(), event, before, after, is_told }
}

fn notice(site: SiteId, host: &str, one: &Happened, now: UtcMs) -> NewNotification {
    let severity = match one.event {
        SiteEvent::Published | SiteEvent::Retitled | SiteEvent::Moved | SiteEvent::Rescheduled => Severity::Info,
        SiteEvent::Unpublished | SiteEvent::Trashed | SiteEvent::Deleted | SiteEvent::Edited => Severity::Warning,
    };
    NewNotification {
        notification_type: format!("post_{}", one.event),
        severity,
        site: Some(site),
        operation: None,
        related_type: "content",
        related_id: one.content.0,
        params: BTreeMap::from([
            ("title", one.title.clone()),
            ("host", host.to_owned()),
            ("before", one.before.clone()),
            ("after", one.after.clone()),
        ]),
        dedupe: format!("post_{}:{}:{}", one.event, one.content, now.0),
    }
}
