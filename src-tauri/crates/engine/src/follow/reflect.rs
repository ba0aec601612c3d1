//! What was seen of one post, as it changes our side: in one transaction, with what is told of it. A delivery or a
//! decision that came between the look and this leaves it alone.

use crate::publish::Receipt;
use crate::publish::our_post::{MissingPost, OurPost};
use crate::publish::receipt::hash;
use crate::publish::second::Beside;
use igny8_core::agreed::{Agreed, SiteEvent, Theirs};
use igny8_core::function::output::{TITLE_CHARS_MAX, clean_line};
use igny8_core::id::OutboxId;
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::receipt::ReceiptField;
use igny8_core::schedule::ProofKind;
use igny8_core::status::{DeliveryStatus, Severity};
use igny8_core::time::UtcMs;
use igny8_store::table::content::ContentRow;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::outbox::OutboxRow;
use igny8_store::table::site_post::SitePostRow;
use igny8_store::{Read, StoreError, Write};
use std::collections::BTreeMap;

/// A post as it was looked at.
pub(crate) struct Look {
    /// As it was known.
    pub row: SitePostRow,
    /// As it is; nothing when it is not there.
    pub post: Option<RemotePost>,
    /// What is kept of it for a decision, when one is needed.
    pub theirs: Option<Theirs>,
    /// The id of a proof, should the look be one.
    pub proof: OutboxId,
    /// What is proven with it beside the post; nothing when nothing is to be proven.
    pub beside: Option<Beside>,
}

/// Something that happened, with its particulars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub event: SiteEvent,
    pub before: String,
    pub after: String,
    /// The user was told in other words.
    pub is_told: bool,
}

impl Event {
    fn of(event: SiteEvent) -> Self {
        Self { event, before: String::new(), after: String::new(), is_told: false }
    }
}

impl Look {
    /// What of a post a person is to decide about: what is not as both agreed, but for its state and for a title that
    /// nobody changed here.
    pub(super) fn to_decide(row: &SitePostRow, article: &ContentRow, now: &Agreed) -> Vec<ReceiptField> {
        let is_title_ours = row.agreed.title.as_ref().is_some_and(|title| *title == article.title);
        let left = |field: &ReceiptField| match field {
            ReceiptField::Status => false,
            ReceiptField::Title => !is_title_ours,
            _ => true,
        };
        row.agreed.edited(&row.sent, now).into_iter().filter(left).collect()
    }

    /// Makes our side the same and answers what was news.
    pub(crate) fn reflect(&self, w: &mut Write<'_>, at: UtcMs) -> Result<(Vec<Event>, Option<ContentRow>), StoreError> {
        let content = self.row.content;
        if w.site_post(content)?.as_ref() != Some(&self.row) {
            return Ok((Vec::new(), None));
        }
        let article = match w.content(content) {
            Ok(article) => article,
            Err(StoreError::NotFound) => return Ok((Vec::new(), None)),
            Err(error) => return Err(error),
        };
        if article.delivery == DeliveryStatus::Publishing {
            return Ok((Vec::new(), None));
        }
        let events = match &self.post {
            None => self.is_missing(w, MissingPost::Gone, at)?,
            Some(post) => match replaced(w, &self.row, post)? {
                Some(how) => self.is_missing(w, how, at)?,
                None => self.is_there(w, &article, post, at)?,
            },
        };
        Ok((events, Some(article)))
    }

    fn is_missing(&self, w: &mut Write<'_>, how: MissingPost, at: UtcMs) -> Result<Vec<Event>, StoreError> {
        let content = self.row.content;
        let is_news = w.content_seen_off(content, at)?;
        let (word, event) = match how {
            MissingPost::Trashed => (RemoteStatus::TRASHED, SiteEvent::Trashed),
            MissingPost::Gone | MissingPost::Replaced | MissingPost::Elsewhere | MissingPost::Namesake => {
                (RemoteStatus::GONE, SiteEvent::Deleted)
            }
        };
        w.site_post_settled(content)?;
        let modified = self.post.as_ref().map(|post| post.modified.clone()).unwrap_or_default();
        w.site_post_known(content, &Agreed { status: Some(word.to_owned()), modified, ..self.row.agreed.clone() })?;
        w.publication_stands(content, word)?;
        Ok(if is_news { vec![Event::of(event)] } else { Vec::new() })
    }

    fn is_there(
        &self,
        w: &mut Write<'_>,
        article: &ContentRow,
        post: &RemotePost,
        at: UtcMs,
    ) -> Result<Vec<Event>, StoreError> {
        let (content, known) = (self.row.content, &self.row.agreed);
        if post.status == RemoteStatus::Other(RemoteStatus::TRASHED.to_owned()) {
            return self.is_missing(w, MissingPost::Trashed, at);
        }
        let mut events = self.stands(w, article, post, at)?;
        events.extend(self.is_named(w, article, post)?);
        let now = Agreed::on(post, hash(&post.content));
        match &self.theirs {
            Some(theirs) => {
                if w.site_post_edited(content, theirs, at)? {
                    events.push(Event::of(SiteEvent::Edited));
                }
                // What is to be decided stays as it was agreed on; the rest is known.
                let is_open = |field| theirs.fields.contains(&field);
                let title = if is_open(ReceiptField::Title) { known.title.clone() } else { now.title };
                let rest = Agreed {
                    title,
                    slug: now.slug,
                    status: now.status,
                    date: now.date,
                    modified: now.modified,
                    ..known.clone()
                };
                w.site_post_known(content, &rest)?;
            }
            None => {
                w.site_post_settled(content)?;
                w.site_post_known(content, &now)?;
            }
        }
        w.publication_stands(content, post.status.word())?;
        Ok(events)
    }

    /// Whether it is public, and when.
    fn stands(
        &self,
        w: &mut Write<'_>,
        article: &ContentRow,
        post: &RemotePost,
        at: UtcMs,
    ) -> Result<Vec<Event>, StoreError> {
        let (content, known) = (self.row.content, &self.row.agreed);
        // Also one that could not be published from here before its time comes there.
        let may_come = matches!(article.delivery, DeliveryStatus::Scheduled | DeliveryStatus::Failed);
        let handed_for = article.handed_for.filter(|_| may_come);
        let event = match &post.status {
            RemoteStatus::Publish => {
                if article.delivery == DeliveryStatus::Published {
                    let is_dated_anew = known.date.is_some() && post.date.is_some() && known.date != post.date;
                    return Ok(is_dated_anew.then(|| rescheduled(known, post)).into_iter().collect());
                }
                // It is public: what was still asked for is another matter.
                if let (Some(row), Some(_)) = (w.latest_outbox(content)?, handed_for) {
                    w.outbox_set_aside(&row, at)?;
                }
                // What never was delivered to its end is the delivery's to prove.
                if !w.outbox_seen_back(content)? {
                    return Ok(Vec::new());
                }
                let proven = w.latest_publication(content)?;
                let is_behind = article.is_behind || proven.as_ref().is_some_and(|p| p.version < article.version);
                let is_proven = proven.is_some_and(|publication| publication.external_id == post.id);
                let public_at = post.date.unwrap_or(at);
                if !w.content_seen_public(content, (&post.id, &post.url), is_behind, public_at, at)? {
                    return Ok(Vec::new());
                }
                // A hand-over of which nobody heard is one all the same, also of an article that has no time any more.
                let planned = article.scheduled_publish_at.filter(|_| article.delivery == DeliveryStatus::Scheduled);
                let unheard = planned.or((!is_proven).then_some(public_at)).filter(|_| handed_for.is_none());
                let is_told = match handed_for.or(unheard) {
                    Some(due) => {
                        let agreed = if unheard.is_some() { &self.row.sent } else { known };
                        self.keep_proof(w, article, agreed, (post, due), at)?
                    }
                    None => false,
                };
                Some(Event { is_told, ..Event::of(SiteEvent::Published) })
            }
            RemoteStatus::Future(due) => {
                // A move of ours that waits is no news of theirs.
                let is_known = article.delivery == DeliveryStatus::Scheduled
                    && (article.scheduled_publish_at == Some(*due) || handed_for == Some(*due));
                if !is_known && let (Some(row), Some(_)) = (w.latest_outbox(content)?, handed_for) {
                    w.outbox_set_aside(&row, at)?;
                }
                let is_news =
                    !is_known && w.outbox_seen_back(content)? && w.content_seen_scheduled(content, *due, at)?;
                is_news.then(|| rescheduled(known, post))
            }
            RemoteStatus::Draft | RemoteStatus::Other(_) => {
                w.content_seen_off(content, at)?.then(|| Event::of(SiteEvent::Unpublished))
            }
        };
        Ok(event.into_iter().collect())
    }

    /// Keeps the second proof of an article that was handed over: it is public, at its time. Answers whether the user is
    /// told by that.
    fn keep_proof(
        &self,
        w: &mut Write<'_>,
        article: &ContentRow,
        agreed: &Agreed,
        (post, due): (&RemotePost, UtcMs),
        at: UtcMs,
    ) -> Result<bool, StoreError> {
        let Some(outbox) = w.latest_outbox(article.id)? else { return Ok(false) };
        let first = w.latest_proof(article.id, Some(ProofKind::HandedOver))?;
        let first = first.map(|proof| proof.receipt).unwrap_or_default();
        let beside = self.beside.clone().unwrap_or_default();
        let receipt = Receipt::at_its_time(&first, agreed, (post, &beside), due);
        let outbox = w.follow_outbox_entry(&outbox, self.proof, outbox.content_version, at)?;
        let outbox = OutboxRow { remote_id: post.id.clone(), ..outbox };
        w.outbox_done(&outbox, ProofKind::Published, &post.url, &receipt.fields, at)?;
        let notice = NewNotification {
            notification_type: "content_published".to_owned(),
            severity: if receipt.is_as_sent() { Severity::Success } else { Severity::Warning },
            site: Some(article.site),
            operation: None,
            related_type: "content",
            related_id: article.id.0,
            params: BTreeMap::from([("title", article.title.clone()), ("url", post.url.clone())]),
            dedupe: format!("published:{}:{}", outbox.id, due.0),
        };
        w.notify(&notice, at)?;
        Ok(true)
    }

    /// What it is called, and where it stands.
    fn is_named(&self, w: &mut Write<'_>, article: &ContentRow, post: &RemotePost) -> Result<Vec<Event>, StoreError> {
        let (content, known) = (self.row.content, &self.row.agreed);
        let mut events = Vec::new();
        let title = clean_line(&post.title, TITLE_CHARS_MAX);
        let is_ours = known.title.as_ref().is_some_and(|title| *title == article.title);
        if is_ours && !title.is_empty() && title != article.title && w.content_seen_retitled(content, &title)? {
            events.push(Event { before: article.title.clone(), after: title, ..Event::of(SiteEvent::Retitled) });
        }
        let is_moved = known.slug.as_ref().is_some_and(|slug| *slug != post.slug) && !post.slug.is_empty();
        if is_moved {
            if let Some(outbox) = w.latest_outbox(content)? {
                w.outbox_may_have_slug(outbox.id, &post.slug)?;
            }
            let slug = if known.slug.as_ref() == Some(&article.slug) { &post.slug } else { &article.slug };
            w.content_seen_moved(content, slug, &post.url)?;
        }
        // The address of what is not public is nobody's news.
        if is_moved && post.status == RemoteStatus::Publish {
            events.push(Event {
                before: article.external_url.clone().unwrap_or_default(),
                after: post.url.clone(),
                ..Event::of(SiteEvent::Moved)
            });
        }
        Ok(events)
    }
}

fn rescheduled(known: &Agreed, post: &RemotePost) -> Event {
    let shown = |at: Option<UtcMs>| at.map(UtcMs::to_rfc3339).unwrap_or_default();
    Event { before: shown(known.date), after: shown(post.date), ..Event::of(SiteEvent::Rescheduled) }
}

/// Whether the number is somebody else's post by now. A post that only was given another address is ours.
fn replaced(read: &Read<'_>, row: &SitePostRow, post: &RemotePost) -> Result<Option<MissingPost>, StoreError> {
    let Some(outbox) = read.latest_outbox(row.content)? else { return Ok(None) };
    Ok(OurPost::of(&outbox, row.is_page, Some(row)).missing_as(post))
}
