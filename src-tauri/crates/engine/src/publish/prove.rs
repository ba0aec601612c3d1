//! Reading everything back. Only then is an article published, and what was read is its receipt.

use super::files::Placed;
use super::goal::Goal;
use super::receipt::{Found, Receipt, Sent};
use super::steps::{Made, StepError};
use crate::Engine;
use igny8_core::agreed::Agreed;
use igny8_core::outbox::SiteHealth;
use igny8_core::port::destination::{
    MediaUpload, Named, PostUpdate, RemoteMedia, RemotePost, RemoteStatus, RemoteTerm, SiteProbe, Taxonomy,
};
use igny8_core::port::{Destination, SiteError};
use igny8_core::schedule::ProofKind;
use igny8_core::status::{ContentType, Severity};
use igny8_core::time::UtcMs;
use igny8_store::table::content::ContentRow;
use igny8_store::table::notification::NewNotification;
use igny8_store::table::outbox::OutboxRow;
use std::collections::BTreeMap;

/// What a post is to be beside what is sent: the place decides it, and is not to decide it otherwise than it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expected {
    /// When it is to have become public.
    date: UtcMs,
    /// Id of who is to sign it.
    author: String,
}

impl Expected {
    /// An article that is public keeps its date and its author, whoever gave it those. Another one is dated by its
    /// publication and signed by us.
    pub fn of(before: &RemotePost, status: &RemoteStatus, probe: Option<&SiteProbe>, now: UtcMs) -> Self {
        let is_public = before.status == RemoteStatus::Publish;
        let date = match status {
            RemoteStatus::Future(at) => *at,
            RemoteStatus::Publish | RemoteStatus::Draft | RemoteStatus::Other(_) => {
                // One whose time has passed there keeps that time.
                let was_due = matches!(before.status, RemoteStatus::Future(at) if at <= now);
                before.date.filter(|_| is_public || was_due).unwrap_or(now)
            }
        };
        let us = probe.map(|probe| probe.user_id.clone()).filter(|id| !id.is_empty() && !is_public);
        Self { date, author: us.unwrap_or_else(|| before.author.clone()) }
    }
}

/// A delivery that was sent.
pub(super) struct Delivery<'a> {
    pub outbox: &'a OutboxRow,
    pub article: &'a ContentRow,
    pub goal: Goal,
    /// The article as it was last changed when it was read for this.
    pub begun: UtcMs,
    pub sent: &'a PostUpdate,
    pub expected: Expected,
    /// The post, where it was read after it was set.
    pub read_back: Option<RemotePost>,
    pub media: Vec<Placed>,
    pub probe: Option<&'a SiteProbe>,
}

impl Engine {
    /// Reads everything back, keeps the proof and says so.
    pub(super) async fn prove(
        &self,
        delivery: Delivery<'_>,
        post_id: &str,
        site: &dyn Destination,
    ) -> Result<Made, StepError> {
        let Delivery { outbox, article, .. } = delivery;
        let is_page = article.content_type == ContentType::Page;
        let (post, mut receipt) = delivery.read_back(post_id, site).await?;
        let agreed = Agreed::on(&post, super::receipt::hash(&post.content));
        let was_due = match (delivery.goal, &post.status) {
            (Goal::At(_), RemoteStatus::Future(at)) => {
                let at = *at;
                return self.handed_over(&delivery, (post, receipt), at).await.map(|()| Made::Settled);
            }
            // It came due on the way, and this proves it.
            (Goal::At(at), _) => {
                receipt = receipt.at_its_time_already(&post, at);
                true
            }
            (Goal::Public | Goal::Draft, _) => false,
        };
        let (url, begun) = (post.url.clone(), delivery.begun);
        let row = OutboxRow { remote_id: post_id.to_owned(), ..outbox.clone() };
        let (address, now, content) = (url.clone(), self.clock.now(), article.id);
        let public_at = post.date.unwrap_or(now);
        let notice = NewNotification {
            notification_type: "content_published".to_owned(),
            severity: if receipt.is_as_sent() { Severity::Success } else { Severity::Warning },
            site: Some(article.site),
            operation: None,
            related_type: "content",
            related_id: content.0,
            params: BTreeMap::from([("title", article.title.clone()), ("url", url.clone())]),
            dedupe: format!("published:{}", outbox.id),
        };
        let fields = receipt.fields.clone();
        self.store
            .write(move |w| {
                w.outbox_done(&row, ProofKind::Published, &address, &fields, now)?;
                w.set_site_health(row.site, SiteHealth::default())?;
                match was_due {
                    true => {
                        let is_behind = w.content(content).is_ok_and(|row| row.updated_at > begun);
                        w.content_seen_public(content, (&row.remote_id, &address), is_behind, public_at, now)?;
                    }
                    false => w.content_published(content, (&row.remote_id, &address), public_at, now)?,
                }
                w.site_post_agree((content, row.site), (&row.remote_id, is_page), &agreed)?;
                w.publication_stands(content, post.status.word())?;
                w.notify(&notice, now).map(drop)
            })
            .await?;
        Ok(Made::Public { url, receipt })
    }
}

impl Delivery<'_> {
    async fn read_back(&self, post_id: &str, site: &dyn Destination) -> Result<(RemotePost, Receipt), StepError> {
        let is_page = self.article.content_type == ContentType::Page;
        let post = match &self.read_back {
            Some(post) => post.clone(),
            None => site.read_post(post_id, is_page).await?,
        };
        let is_planned = matches!((self.goal, &post.status), (Goal::At(_), RemoteStatus::Future(_)));
        if post.status != RemoteStatus::Publish && !is_planned {
            return Err(SiteError::Rejected { status: 200, code: super::NOT_PUBLIC.to_owned() }.into());
        }
        let mut media: Vec<(MediaUpload, RemoteMedia)> = Vec::with_capacity(self.media.len());
        let ids: Vec<String> = self.media.iter().map(|placed| placed.remote.id.clone()).collect();
        let there = if ids.is_empty() { Vec::new() } else { site.read_several_media(&ids).await? };
        for placed in &self.media {
            let there = there.iter().find(|file| file.id == placed.remote.id).ok_or(SiteError::NotFound)?;
            media.push((placed.upload.clone(), there.clone()));
        }
        let terms = strange_terms(self.sent, &post, site).await;
        let search = site.read_search(&post, is_page, self.sent).await.ok();
        let author = |id: &str| named_author(id, self.probe);
        let is_described_in_excerpt = site.describes_in_excerpt(is_page);
        let sent = Sent {
            update: self.sent,
            is_page,
            is_described_in_excerpt,
            date: self.expected.date,
            author: author(&self.expected.author),
        };
        let found =
            Found { post: &post, search: search.as_ref(), author: author(&post.author), media: &media, terms: &terms };
        let receipt = Receipt::compare(&sent, &found);
        Ok((post, receipt))
    }
}

/// The terms that a post has and nobody sent, such as the category of what has none. Only their names are asked for, and
/// a place that does not tell them keeps nobody from publishing.
async fn strange_terms(sent: &PostUpdate, post: &RemotePost, site: &dyn Destination) -> Vec<RemoteTerm> {
    let mut names = Vec::new();
    for (taxonomy, sent, found) in
        [(Taxonomy::Category, &sent.categories, &post.categories), (Taxonomy::Tag, &sent.tags, &post.tags)]
    {
        let is_strange = |id: &&String| sent.iter().all(|term| term.id != **id);
        let strange: Vec<String> = found.iter().filter(is_strange).cloned().collect();
        if !strange.is_empty() {
            names.extend(site.term_names(taxonomy, &strange).await.unwrap_or_default());
        }
    }
    names
}

/// An author by the name that the site told at its last test.
pub(super) fn named_author(id: &str, probe: Option<&SiteProbe>) -> Named {
    let known = probe.and_then(|probe| {
        let us = (probe.user_id == id).then_some(&probe.user_name);
        us.or_else(|| probe.offers.authors.iter().find(|author| author.id == id).map(|author| &author.name))
    });
    let name = known.cloned().unwrap_or_else(|| if id.is_empty() { String::new() } else { format!("#{id}") });
    Named { id: id.to_owned(), name }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcMs = UtcMs(1_795_424_400_000);

    fn post(status: RemoteStatus) -> RemotePost {
        RemotePost { status, date: Some(UtcMs(5_000)), author: "4".to_owned(), ..RemotePost::default() }
    }

    #[test]
    fn a_public_post_keeps_what_it_has_and_a_new_one_is_ours_from_now_on() {
        let probe = SiteProbe { user_id: "7".to_owned(), ..SiteProbe::default() };
        let expected = |before: RemoteStatus, status: RemoteStatus, probe| {
            let Expected { date, author } = Expected::of(&post(before), &status, probe, NOW);
            (date, author)
        };
        let (draft, public) = (RemoteStatus::Draft, RemoteStatus::Publish);
        assert_eq!(expected(draft.clone(), public.clone(), Some(&probe)), (NOW, "7".to_owned()));
        assert_eq!(expected(public.clone(), public.clone(), Some(&probe)), (UtcMs(5_000), "4".to_owned()));
        assert_eq!(expected(draft.clone(), public, None), (NOW, "4".to_owned()), "nobody said who we are");
        let later = RemoteStatus::Future(UtcMs(9_000));
        assert_eq!(expected(draft, later, Some(&probe)), (UtcMs(9_000), "7".to_owned()));
    }

    #[test]
    fn an_author_is_known_by_name_or_else_by_number() {
        let mut probe = SiteProbe { user_id: "7".to_owned(), user_name: "ann".to_owned(), ..SiteProbe::default() };
        probe.offers.authors = vec![Named { id: "8".to_owned(), name: "Bob".to_owned() }];
        for (id, name) in [("7", "ann"), ("8", "Bob"), ("9", "#9"), ("", "")] {
            assert_eq!(named_author(id, Some(&probe)).name, name, "{id}");
        }
    }
}
