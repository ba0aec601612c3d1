//! What was seen of one post, as it changes our side: in one transaction, with what is told of it. A delivery or a
//! decision that came between the look and this leaves it alone.

use crate::publish::our_post::{MissingPost, OurPost};
use crate::publish::receipt::hash;
use igny8_core::agreed::{Agreed, SiteEvent, Theirs};
use igny8_core::function::output::{TITLE_CHARS_MAX, clean_line};
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::receipt::ReceiptField;
use igny8_core::status::DeliveryStatus;
use igny8_core::time::UtcMs;
use igny8_store::table::content::ContentRow;
use igny8_store::table::site_post::SitePostRow;
use igny8_store::{Read, StoreError, Write};

/// A post as it was looked at.
pub(super) struct Look {
    /// As it was known.
    pub row: SitePostRow,
    /// As it is; nothing when it is not there.
    pub post: Option<RemotePost>,
    /// What is kept of it for a decision, when one is needed.
    pub theirs: Option<Theirs>,
}

/// Something that happened, with its particulars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub event: SiteEvent,
    pub before: String,
    pub after: String,
}

impl Event {
    fn of(event: SiteEvent) -> Self {
        Self { event, before: String::new(), after: String::new() }
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
    pub(super) fn reflect(&self, w: &mut Write<'_>, at: UtcMs) -> Result<(Vec<Event>, Option<ContentRow>), StoreError> {
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
            MissingPost::Gone | MissingPost::Replaced | MissingPost::Elsewhere => {
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
        let event = match &post.status {
            RemoteStatus::Publish => {
                if article.delivery == DeliveryStatus::Published {
                    let is_dated_anew = known.date.is_some() && post.date.is_some() && known.date != post.date;
                    return Ok(is_dated_anew.then(|| rescheduled(known, post)).into_iter().collect());
                }
                // What never was delivered to its end is the delivery's to prove.
                if !w.outbox_seen_back(content)? {
                    return Ok(Vec::new());
                }
                let proven = w.latest_publication(content)?.map(|publication| publication.version);
                let is_behind = proven.is_some_and(|version| version < article.version);
                w.content_seen_public(content, (&post.id, &post.url), is_behind, at)?
                    .then(|| Event::of(SiteEvent::Published))
            }
            RemoteStatus::Future(due) => {
                let is_known =
                    article.delivery == DeliveryStatus::Scheduled && article.scheduled_publish_at == Some(*due);
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

    /// What it is called, and where it stands.
    fn is_named(&self, w: &mut Write<'_>, article: &ContentRow, post: &RemotePost) -> Result<Vec<Event>, StoreError> {
        let (content, known) = (self.row.content, &self.row.agreed);
        let mut events = Vec::new();
        let title = clean_line(&post.title, TITLE_CHARS_MAX);
        let is_ours = known.title.as_ref().is_some_and(|title| *title == article.title);
        if is_ours && !title.is_empty() && title != article.title && w.content_seen_retitled(content, &title)? {
            events.push(Event { event: SiteEvent::Retitled, before: article.title.clone(), after: title });
        }
        let is_moved = known.slug.as_ref().is_some_and(|slug| *slug != post.slug) && !post.slug.is_empty();
        if is_moved && post.status == RemoteStatus::Publish {
            if let Some(outbox) = w.latest_outbox(content)? {
                w.outbox_may_have_slug(outbox.id, &post.slug)?;
            }
            let slug = if known.slug.as_ref() == Some(&article.slug) { &post.slug } else { &article.slug };
            w.content_seen_moved(content, slug, &post.url)?;
            events.push(Event {
                event: SiteEvent::Moved,
                before: article.external_url.clone().unwrap_or_default(),
                after: post.url.clone(),
            });
        }
        Ok(events)
    }
}

fn rescheduled(known: &Agreed, post: &RemotePost) -> Event {
    let shown = |at: Option<UtcMs>| at.map(UtcMs::to_rfc3339).unwrap_or_default();
    Event { event: SiteEvent::Rescheduled, before: shown(known.date), after: shown(post.date) }
}

/// Whether the number is somebody else's post by now: without any of our slugs, and with nothing of ours in it. A post
/// that only was given another address is ours.
fn replaced(read: &Read<'_>, row: &SitePostRow, post: &RemotePost) -> Result<Option<MissingPost>, StoreError> {
    let Some(outbox) = read.latest_outbox(row.content)? else { return Ok(None) };
    let how = OurPost::of(&outbox, row.is_page).missing_as(post);
    let now = Agreed::on(post, hash(&post.content));
    let is_same = |known: bool, same: bool| known && same;
    let is_ours = is_same(row.agreed.date.is_some(), row.agreed.date == now.date)
        || is_same(row.agreed.title.is_some(), row.agreed.title == now.title)
        || is_same(row.agreed.body.is_some(), row.agreed.body == now.body);
    Ok(how.filter(|how| *how != MissingPost::Replaced || !is_ours))
}
