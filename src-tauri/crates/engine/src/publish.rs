//! Delivering an article. Posting has no idempotency key on the other side, so the order is what protects: an outbox
//! row first; a draft under our own unique slug, found again by that slug when its answer was lost; everything later by
//! id and therefore repeatable; the public status last; and "published" only after the post was read back. What each
//! step made is committed with the step, so that a delivery that was cut off goes on where it was.
//!
//! An id means something at one place only. A delivery is therefore bound to the place it was begun at, and before each
//! write by id the post is read and must be ours: it has one of the slugs that this delivery gave it. A post that is gone
//! before it can have been public is made anew under the same slug. One that may have been public and is in the trash,
//! gone or at another place is not: that is told, and a second post is made only by who asks for it.

mod on_the_way;
mod our_post;
mod place;
mod prove;
mod receipt;
mod steps;

pub(crate) use on_the_way::OnTheWay;
pub use our_post::MissingPost;
pub use receipt::Receipt;

use crate::engine::OpenError;
use crate::once::Once;
use crate::{Engine, EngineError};
use igny8_core::id::{ClientKey, ContentId, OutboxId};
use igny8_core::port::SiteError;
use igny8_core::status::{ContentStatus, DeliveryStatus, Severity};
use igny8_store::StoreError;
use igny8_store::table::content::ContentRow;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::outbox::{OutboxRow, OutboxState};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The code of a delivery that failed on this side: the disk is full.
pub const CUT_OFF: &str = "cut_off";
/// The code of a delivery that was not begun because the file of one of its pictures is gone.
pub const PICTURE_MISSING: &str = "picture_missing";
/// The code of a post that took everything and is not public.
const NOT_PUBLIC: &str = "not_published";
/// Characters of the outbox id that make a draft's slug unique.
const SLUG_KEY_CHARS: usize = 10;

/// What is done about a post that may have been public and is missing on its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostPost {
    /// It is told, and nothing is made.
    Tell,
    /// Another post is made: the user knows.
    MakeAnew,
}

/// How a delivery ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// Read back from the site.
    Published {
        /// Its address.
        url: String,
        /// The proof.
        receipt: Receipt,
    },
    /// Not on the site, as far as we know; the reason is stored with the article.
    Failed {
        /// What the user knows the site by.
        host: String,
        /// Why.
        error: SiteError,
    },
    /// Not begun: its post may have been public, and is in the site's trash, gone or at another place.
    PostMissing {
        /// What the user knows the site by.
        host: String,
        /// What became of it.
        how: MissingPost,
    },
    /// Not begun: the file of one of its pictures is gone. The picture is marked as failed, so that it can be made again.
    PictureMissing {
        /// What the user knows the site by.
        host: String,
    },
}

/// How each of several deliveries ended, in their order.
pub type AllDelivered = Vec<(ContentId, Result<Delivered, EngineError>)>;

/// How many of them were read back.
///
/// # Errors
/// The first error that is neither the site's nor the article's.
pub fn count_published(delivered: AllDelivered) -> Result<u32, EngineError> {
    let mut published = 0;
    for (_, ended) in delivered {
        match ended {
            Ok(Delivered::Published { .. }) => published += 1,
            Ok(Delivered::Failed { .. } | Delivered::PostMissing { .. } | Delivered::PictureMissing { .. })
            | Err(EngineError::WrongState(_) | EngineError::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(published)
}

impl Engine {
    /// Publishes one approved article now and reads it back. One that the site has in an older state is brought up to
    /// date there, in the same post.
    ///
    /// # Errors
    /// [`EngineError::WrongState`] when it is not approved or is on the site as it is here;
    /// [`EngineError::NotFound`] when it or its site is not there. A site's failure is a result, not an error: see
    /// [`Delivered::Failed`].
    pub async fn publish(&self, content: ContentId) -> Result<Delivered, EngineError> {
        self.publish_as(content, LostPost::Tell).await
    }

    async fn publish_as(&self, content: ContentId, lost: LostPost) -> Result<Delivered, EngineError> {
        let _on_the_way = self.on_the_way.enter(content);
        let _one_at_a_time = self.delivery.lock().await;
        let (outbox, article) = self.begin_delivery(content).await?;
        let site = article.site;
        let delivered = match self.open_to_publish(site).await {
            Ok((row, destination)) => self.deliver_to(&row, &outbox, &article, lost, destination.as_ref()).await,
            Err(OpenError::Site(error)) => Err(steps::StepError::Site(error)),
            // Removed meanwhile: nothing more goes out, and nothing waits for its return.
            Err(OpenError::Store(StoreError::NotFound)) => Err(steps::StepError::Site(SiteError::NotFound)),
            Err(OpenError::Store(error)) => Err(steps::StepError::Engine(error.into())),
        };
        match delivered {
            Ok((url, receipt)) => Ok(Delivered::Published { url, receipt }),
            Err(steps::StepError::Engine(error)) => {
                // Should this not be stored either, the article stays as it is, and can be taken up all the same.
                if let Err(unmarked) = self.end_failed_delivery(&outbox, &article, Why::of(CUT_OFF)).await {
                    tracing::warn!(%unmarked, "a delivery that was cut off could not be marked as failed");
                }
                Err(error)
            }
            Err(steps::StepError::PictureMissing) => {
                let host = self.end_failed_delivery(&outbox, &article, Why::of(PICTURE_MISSING)).await?;
                Ok(Delivered::PictureMissing { host })
            }
            Err(steps::StepError::PostMissing(how)) => {
                let why = Why { is_off: true, ..Why::of(how.code()) };
                let host = self.end_failed_delivery(&outbox, &article, why).await?;
                Ok(Delivered::PostMissing { host, how })
            }
            Err(steps::StepError::Site(error)) => {
                let is_off = matches!(&error, SiteError::Rejected { code, .. } if code == NOT_PUBLIC);
                let why = Why { code: error.code(), note: error.note(), is_off };
                let host = self.end_failed_delivery(&outbox, &article, why).await?;
                Ok(Delivered::Failed { host, error })
            }
        }
    }

    /// Writes down that these articles are to be published because of a command, which asked for `asked`. The same command
    /// again is answered with those of the first. Publishing itself needs no key: an article that is on the site in this
    /// version is not sent there again.
    ///
    /// # Errors
    /// [`EngineError::NothingToDo`] for no articles; [`EngineError::InvalidField`] for a key that came with something else.
    pub async fn take_on(
        &self,
        key: ClientKey,
        asked: &impl Serialize,
        ready: Vec<ContentId>,
    ) -> Result<Vec<ContentId>, EngineError> {
        let (once, now) = (Once::new(key, "contents_publish", asked)?, self.clock.now());
        let taken = self.store.write(move |w| {
            let ready = ready.clone();
            once.run(w, now, |_| if ready.is_empty() { Err(EngineError::NothingToDo) } else { Ok(ready) })
        });
        taken.await
    }

    /// Publishes articles in the order given, one after the other; all of them are on their way from now on. One that
    /// fails, for whatever reason, keeps no other waiting. `lost` says what is done for those whose post is missing.
    pub async fn publish_all(&self, contents: &[ContentId], lost: LostPost) -> AllDelivered {
        let _on_the_way: Vec<_> = contents.iter().map(|content| self.on_the_way.enter(*content)).collect();
        let mut delivered = Vec::with_capacity(contents.len());
        for content in contents {
            delivered.push((*content, self.publish_as(*content, lost).await));
        }
        delivered
    }

    /// Goes on with deliveries that an earlier process left open. Returns how many were read back.
    ///
    /// # Errors
    /// As [`count_published`].
    pub async fn resume_deliveries(&self) -> Result<u32, EngineError> {
        let open = self.store.read(|r| r.open_outbox()).await?;
        let contents: Vec<_> = open.iter().map(|row| row.content).collect();
        count_published(self.publish_all(&contents, LostPost::Tell).await)
    }

    /// Articles that this process is about to deliver or is delivering. What says that it is being published and is not
    /// among them was cut off.
    #[must_use]
    pub fn on_the_way(&self) -> BTreeSet<ContentId> {
        self.on_the_way.all()
    }

    /// Writes the intent: the article is publishing, and the outbox says what goes out. The row that is given back counts
    /// this attempt, by which the steps know whether an earlier one may have reached the site.
    async fn begin_delivery(&self, content: ContentId) -> Result<(OutboxRow, ContentRow), EngineError> {
        let (id, now) = (OutboxId(self.ids.next()), self.clock.now());
        self.store
            .write(move |w| {
                let article = w.content(content).map_err(|error| crate::operation::not_found(error, "content"))?;
                if article.status != ContentStatus::Approved {
                    return Err(EngineError::WrongState("content"));
                }
                let latest = w.latest_outbox(content)?;
                // To a removed site nothing is begun; what was open is taken up to be ended.
                if !latest.as_ref().is_some_and(|row| row.state.is_open()) {
                    w.site(article.site).map_err(|error| crate::operation::not_found(error, "site"))?;
                }
                let outbox = match latest {
                    Some(row) if row.state == OutboxState::Done && !article.is_behind => {
                        return Err(EngineError::WrongState("content"));
                    }
                    Some(row) if row.state == OutboxState::Done => {
                        w.follow_outbox_entry(&row, id, article.version, now)?
                    }
                    Some(row) if row.state == OutboxState::Failed => {
                        w.reopen_outbox_entry(row.id, article.version, now)?;
                        w.latest_outbox(content)?.ok_or(StoreError::NotFound)?
                    }
                    Some(_) | None => {
                        let slug = draft_slug(&article.slug, id);
                        w.open_outbox_entry(id, content, article.site, article.version, &slug, now)?
                    }
                };
                if article.delivery != DeliveryStatus::Publishing {
                    w.content_start_publishing(content, now)?;
                }
                w.count_outbox_attempt(outbox.id, now)?;
                Ok((OutboxRow { attempts: outbox.attempts + 1, ..outbox }, article))
            })
            .await
    }

    /// Stores why a delivery failed and tells the user; answers what the user knows the site by. What is on the site from
    /// an earlier delivery is still published, and the user is told that only the update failed.
    async fn end_failed_delivery(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        why: Why,
    ) -> Result<String, EngineError> {
        let (now, content, site, outbox) = (self.clock.now(), article.id, article.site, outbox.id);
        let title = article.title.clone();
        let ended = self
            .store
            .write(move |w| {
                w.outbox_failed(outbox, why.code, &why.note, now)?;
                let is_live = if why.is_off {
                    w.content_post_missing(content, now)?;
                    false
                } else {
                    w.content_publish_failed(content, now)?
                };
                let host = match w.site(site) {
                    Ok(row) => crate::host_of(&row),
                    Err(StoreError::NotFound) => String::new(),
                    Err(error) => return Err(error),
                };
                let params = BTreeMap::from([
                    ("title", title.clone()),
                    ("host", host.clone()),
                    ("code", why.code.to_owned()),
                    ("note", why.note.clone()),
                ]);
                let (kind, severity) =
                    if is_live { ("update_failed", Severity::Warning) } else { ("publish_failed", Severity::Error) };
                let notice = NewNotification {
                    notification_type: kind.to_owned(),
                    severity,
                    site: Some(site),
                    operation: None,
                    related_type: "content",
                    related_id: content.0,
                    params,
                    dedupe: format!("publish_failed:{outbox}:{}", now.0),
                };
                w.notify(&notice, now)?;
                Ok(host)
            })
            .await;
        Ok(ended?)
    }
}

/// Why a delivery failed.
struct Why {
    code: &'static str,
    /// What the site said beside it.
    note: String,
    /// What the site had of the article is not public there any more.
    is_off: bool,
}

impl Why {
    fn of(code: &'static str) -> Self {
        Self { code, note: String::new(), is_off: false }
    }
}

/// The slug a draft is made under: the clean one with a key that no other post has.
fn draft_slug(slug: &str, id: OutboxId) -> String {
    let hex = id.0.simple().to_string();
    // The end of a time-ordered id is its random part.
    let key = hex.get(hex.len() - SLUG_KEY_CHARS..).unwrap_or(&hex);
    format!("{slug}-{key}")
}
