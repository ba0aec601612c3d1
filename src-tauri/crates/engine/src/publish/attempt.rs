//! One attempt at a delivery that is in hand, and what is written when it has ended: the proof, a later try, or why it is
//! not tried again without a person.

use super::goal::Goal;
use super::our_post::MissingPost;
use super::steps::{Made, StepError};
use super::{CUT_OFF, Delivered, Ended, LostPost, NOT_PUBLIC, PICTURE_MISSING, edited_code};
use crate::engine::OpenError;
use crate::{Engine, EngineError, host_of};
use igny8_core::id::{ContentId, SiteId};
use igny8_core::outbox::{self, Next};
use igny8_core::port::SiteError;
use igny8_core::receipt::ReceiptField;
use igny8_core::status::{ContentType, DeliveryStatus, Severity};
use igny8_core::time::UtcMs;
use igny8_store::table::content::ContentRow;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::outbox::OutboxRow;
use igny8_store::{StoreError, Write};
use std::collections::BTreeMap;

impl Engine {
    /// Takes a delivery as far as its site lets it.
    ///
    /// # Errors
    /// What went wrong on this side; the delivery waits.
    pub(super) async fn attempt(&self, outbox: &OutboxRow, article: &ContentRow) -> Result<Ended, EngineError> {
        let ended = self.attempt_once(outbox, article).await;
        self.delivery_ended.notify_waiters();
        ended
    }

    async fn attempt_once(&self, outbox: &OutboxRow, article: &ContentRow) -> Result<Ended, EngineError> {
        let Some(goal) = Goal::of(article, outbox, self.clock.now()) else {
            self.let_lapse(outbox).await?;
            return Ok(Ended::Lapsed);
        };
        let lost = if outbox.makes_anew { LostPost::MakeAnew } else { LostPost::Tell };
        let delivered = match self.open_to_publish(article.site).await {
            Ok((row, destination)) => {
                let goal = goal.at(&row, article);
                if goal == Goal::Draft && article.handed_for.is_none() && !outbox.may_have_been_public() {
                    // Its time is this computer's to keep by now, and the site has nothing of it.
                    self.let_lapse(outbox).await?;
                    return Ok(Ended::Lapsed);
                }
                let delivered = self.deliver_to(&row, outbox, article, (goal, lost), destination.as_ref()).await;
                if delivered.is_ok() {
                    self.tidy_quietly(article.site, destination.as_ref()).await;
                }
                delivered
            }
            Err(OpenError::Site(error)) => Err(StepError::Site(error)),
            // Removed meanwhile: nothing more goes out, and nothing waits for its return.
            Err(OpenError::Store(StoreError::NotFound)) => Err(StepError::Site(SiteError::NotFound)),
            Err(OpenError::Store(error)) => Err(StepError::Engine(error.into())),
        };
        let failed = match delivered {
            Ok(Made::Public { url, receipt }) => return Ok(Ended::Delivered(Delivered::Published { url, receipt })),
            Ok(Made::Settled) => return Ok(Ended::Settled),
            Err(failed) => failed,
        };
        self.end_unmade(outbox, article, failed).await
    }

    /// Writes why a delivery did not come to its end.
    async fn end_unmade(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        failed: StepError,
    ) -> Result<Ended, EngineError> {
        let delivered = match failed {
            StepError::Overtaken(post) => {
                self.end_overtaken(outbox, *post).await?;
                return Ok(Ended::Lapsed);
            }
            StepError::Engine(error) => {
                // Should this not be stored either, the delivery stays in hand until whoever sends looks after it.
                if let Err(unmarked) = self.end_cut_off(outbox, article).await {
                    tracing::warn!(%unmarked, "a delivery that was cut off could not be put back");
                }
                Err(error)
            }
            StepError::PictureMissing => {
                let host = self.end_failed(outbox, article, Why::of(PICTURE_MISSING)).await?;
                Ok(Delivered::PictureMissing { host })
            }
            StepError::PostMissing(how) => {
                // Of one that only may be there, nothing is known to be gone.
                let why = Why { is_off: how != MissingPost::Namesake, ..Why::of(how.code()) };
                let host = self.end_failed(outbox, article, why).await?;
                Ok(Delivered::PostMissing { host, how })
            }
            StepError::EditedThere(fields) => {
                let is_off = fields == [ReceiptField::Status];
                let why = Why { is_off, ..Why::of(edited_code(&fields)) };
                let host = self.end_failed(outbox, article, why).await?;
                Ok(Delivered::EditedThere { host, fields })
            }
            StepError::Site(error) => self.end_at_site(outbox, article, error).await,
        };
        delivered.map(Ended::Delivered)
    }

    /// Ends a delivery whose steps panicked: it is parked, and takes nothing else with it.
    pub(super) async fn end_panicked_delivery(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
    ) -> Result<Ended, EngineError> {
        let ended = self.end_failed(outbox, article, Why::of(CUT_OFF)).await;
        self.delivery_ended.notify_waiters();
        ended.map(|host| Ended::Delivered(Delivered::Failed { host, error: SiteError::Unknown }))
    }

    async fn end_cut_off(&self, outbox: &OutboxRow, article: &ContentRow) -> Result<(), EngineError> {
        let (now, next) = (self.clock.now(), outbox::next_cut_off(outbox.setbacks, self.clock.now(), self.chance()));
        let (outbox, article) = (outbox.clone(), article.clone());
        let ended = self.store.write(move |w| match next {
            Next::Again { at, setbacks } => w.postpone_outbox(outbox.id, (CUT_OFF, ""), setbacks, at, now),
            Next::Park { .. } => park(w, &outbox, &article, &Why::of(CUT_OFF), now),
        });
        Ok(ended.await?)
    }

    /// Stores why a delivery is parked and tells the user; answers what the user knows the site by.
    async fn end_failed(&self, outbox: &OutboxRow, article: &ContentRow, why: Why) -> Result<String, EngineError> {
        let (now, outbox, article) = (self.clock.now(), outbox.clone(), article.clone());
        let ended = self.store.write(move |w| {
            park(w, &outbox, &article, &why, now)?;
            host(w, article.site)
        });
        Ok(ended.await?)
    }

    /// What a failure of the site means for this delivery, for the others that wait for the site, and for the site.
    async fn end_at_site(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        error: SiteError,
    ) -> Result<Delivered, EngineError> {
        let (now, chance) = (self.clock.now(), self.chance());
        let (outbox, article, failed) = (outbox.clone(), article.clone(), error.clone());
        let ended = self.store.write(move |w| {
            let site = article.site;
            let before = w.site_health(site)?;
            let health = before.after(&failed, now, chance);
            w.set_site_health(site, health)?;
            let host = host(w, site)?;
            match outbox::next(&failed, outbox.setbacks, health, now, chance) {
                Next::Again { at, setbacks } => {
                    let note = failed.note();
                    w.postpone_outbox(outbox.id, (failed.code(), &note), setbacks, at, now)?;
                    if health.is_down() && !before.is_down() {
                        tell_down(w, site, &host, now)?;
                    }
                    Ok((host, Some(at.max(health.rests_until))))
                }
                Next::Park { with_all } => {
                    let is_off = matches!(&failed, SiteError::Rejected { code, .. } if code == NOT_PUBLIC);
                    park(w, &outbox, &article, &Why { code: failed.code(), note: failed.note(), is_off }, now)?;
                    if with_all {
                        park_the_others(w, &article, &failed, now)?;
                    }
                    Ok::<_, StoreError>((host, None))
                }
            }
        });
        Ok(match ended.await? {
            (host, Some(until)) => Delivered::Waiting { host, error, until },
            (host, None) => Delivered::Failed { host, error },
        })
    }

    /// A number that nobody can foretell.
    fn chance(&self) -> u64 {
        // The end of a time-ordered id is its random part.
        self.ids.next().as_u64_pair().1
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

/// Parks a delivery. What is on the site from an earlier delivery is still published, and the user is told that only the
/// update failed.
fn park(w: &mut Write<'_>, outbox: &OutboxRow, article: &ContentRow, why: &Why, now: UtcMs) -> Result<(), StoreError> {
    w.outbox_failed(outbox.id, why.code, &why.note, now)?;
    let (kind, severity) = match delivery_of(w, article.id)? {
        Some(DeliveryStatus::Scheduled) => {
            if why.is_off {
                w.content_seen_off(article.id, now)?;
            }
            ("hand_over_failed", Severity::Warning)
        }
        // It is still going to be public there, which nobody wants any more.
        Some(DeliveryStatus::NotPublished) => ("take_back_failed", Severity::Error),
        Some(DeliveryStatus::Publishing | DeliveryStatus::Published | DeliveryStatus::Failed) | None if why.is_off => {
            w.content_post_missing(article.id, now)?;
            ("publish_failed", Severity::Error)
        }
        Some(DeliveryStatus::Publishing | DeliveryStatus::Published | DeliveryStatus::Failed) | None => {
            let is_live = w.content_publish_failed(article.id, now)?;
            if is_live { ("update_failed", Severity::Warning) } else { ("publish_failed", Severity::Error) }
        }
    };
    let params = BTreeMap::from([
        ("title", article.title.clone()),
        ("host", host(w, article.site)?),
        ("code", why.code.to_owned()),
        ("note", why.note.clone()),
    ]);
    let dedupe = format!("publish_failed:{}:{}", outbox.id, now.0);
    w.notify(&notice(kind, severity, article.site, ("content", article.id.0), params, dedupe), now).map(drop)
}

/// Parks what else waits for a site that refuses everything: asking it again and again gets people banned. They are told
/// once, of the one that was tried.
fn park_the_others(w: &mut Write<'_>, article: &ContentRow, error: &SiteError, now: UtcMs) -> Result<(), StoreError> {
    let pages = error.is_of_type().then_some(article.content_type == ContentType::Page);
    for content in w.park_outbox_of((article.site, pages), error.code(), &error.note(), now)? {
        if delivery_of(w, content)? == Some(DeliveryStatus::Publishing) {
            w.content_publish_failed(content, now)?;
        }
    }
    Ok(())
}

/// How an article stands now; nothing for one that was removed.
fn delivery_of(w: &Write<'_>, content: ContentId) -> Result<Option<DeliveryStatus>, StoreError> {
    match w.content(content) {
        Ok(row) => Ok(Some(row.delivery)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn tell_down(w: &mut Write<'_>, site: SiteId, host: &str, now: UtcMs) -> Result<(), StoreError> {
    let params = BTreeMap::from([("host", host.to_owned())]);
    let dedupe = format!("site_down:{site}:{}", now.0);
    w.notify(&notice("site_down", Severity::Warning, site, ("site", site.0), params, dedupe), now).map(drop)
}

fn notice(
    kind: &str,
    severity: Severity,
    site: SiteId,
    about: (&'static str, i64),
    params: BTreeMap<&'static str, String>,
    dedupe: String,
) -> NewNotification {
    NewNotification {
        notification_type: kind.to_owned(),
        severity,
        site: Some(site),
        operation: None,
        related_type: about.0,
        related_id: about.1,
        params,
        dedupe,
    }
}

/// What the user knows a site by; nothing for one that was removed.
fn host(w: &Write<'_>, site: SiteId) -> Result<String, StoreError> {
    match w.site(site) {
        Ok(row) => Ok(host_of(&row)),
        Err(StoreError::NotFound) => Ok(String::new()),
        Err(error) => Err(error),
    }
}
