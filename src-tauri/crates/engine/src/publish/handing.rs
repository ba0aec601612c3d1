//! Deliveries that make nothing public at once: handing an article over to its site, which publishes it at its time, taking
//! it back, and what is done when the site has moved on meanwhile.

use super::prove::Delivery;
use super::receipt::{Receipt, hash};
use super::second::{Beside, has_come_out};
use super::steps::StepError;
use crate::follow::Look;
use crate::{Engine, EngineError};
use igny8_core::agreed::Agreed;
use igny8_core::id::OutboxId;
use igny8_core::outbox::SiteHealth;
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::port::{Destination, SiteError};
use igny8_core::schedule::ProofKind;
use igny8_core::status::{ContentType, DeliveryStatus};
use igny8_core::time::UtcMs;
use igny8_store::StoreError;
use igny8_store::table::content::ContentRow;
use igny8_store::table::outbox::{OutboxRow, OutboxState};

/// The code of a post that took everything and is no draft.
const NOT_A_DRAFT: &str = "not_a_draft";

impl Engine {
    /// Asks for the deliveries of articles of which their sites are to have something else than they have: a time, a move,
    /// an edit since, or nothing any more.
    ///
    /// # Errors
    /// When the file fails.
    pub(crate) async fn ask_for_unsent(&self) -> Result<(), EngineError> {
        let now = self.clock.now();
        let soon = now.plus_ms(super::goal::LEAD_MS);
        let unsent = self.store.read(move |r| r.unsent_contents(soon)).await?;
        for content in unsent {
            let id = OutboxId(self.ids.next());
            let asked = self.store.write(move |w| {
                let Ok(article) = w.content(content) else { return Ok(()) };
                // It may have been thought better of since it was found.
                let is_wanted = article.delivery == DeliveryStatus::Scheduled || article.handed_for.is_some();
                if !is_wanted || w.site(article.site).is_err() {
                    return Ok(());
                }
                match w.latest_outbox(content)? {
                    Some(row) if row.state == OutboxState::Done => {
                        w.follow_outbox_entry(&row, id, article.version, now).map(drop)
                    }
                    Some(row) if row.is_set_aside() => w.hurry_outbox(&row, false, now),
                    Some(_) => Ok(()),
                    None => {
                        let slug = super::asking::draft_slug(&article.slug, id);
                        w.open_outbox_entry(id, content, article.site, article.version, &slug, now).map(drop)
                    }
                }
            });
            asked.await?;
        }
        Ok(())
    }

    /// Keeps the proof that the site has an article for its time.
    pub(super) async fn handed_over(
        &self,
        delivery: &Delivery<'_>,
        (post, receipt): (RemotePost, Receipt),
        at: UtcMs,
    ) -> Result<(), StepError> {
        let (content, begun, now) = (delivery.article.id, delivery.begun, self.clock.now());
        let is_page = delivery.article.content_type == ContentType::Page;
        let row = OutboxRow { remote_id: post.id.clone(), ..delivery.outbox.clone() };
        let (agreed, fields) = (Agreed::on(&post, hash(&post.content)), receipt.fields.clone());
        let planned = delivery.article.scheduled_publish_at;
        let kept = self.store.write(move |w| {
            w.outbox_done(&row, ProofKind::HandedOver, &post.url, &fields, now)?;
            w.set_site_health(row.site, SiteHealth::default())?;
            w.content_handed_over(content, at, begun)?;
            let is_still_so = w.content(content).is_ok_and(|row| row.scheduled_publish_at == planned);
            if is_still_so && planned.is_some_and(|planned| planned != at) {
                // The site dates it otherwise than it was asked to, and the receipt says so: asking again would not end.
                w.content_seen_scheduled(content, at, begun)?;
            }
            w.site_post_agree((content, row.site), (&row.remote_id, is_page), &agreed)?;
            w.publication_stands(content, post.status.word())
        });
        kept.await?;
        self.schedule_wake.notify_one();
        Ok(())
    }

    /// Makes a draft of a post again that was handed over. Nothing else of it is touched, whatever somebody made of it.
    pub(super) async fn take_back(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        site: &dyn Destination,
    ) -> Result<(), StepError> {
        let is_page = article.content_type == ContentType::Page;
        let ours = self.our_post(outbox, is_page).await?;
        let taken = match ours.look(site).await? {
            // Whatever became of it, it does not go out.
            Err(_) => None,
            Ok(before) if before.status == RemoteStatus::Publish => {
                return Err(StepError::Overtaken(Box::new(before)));
            }
            Ok(before) if before.status == RemoteStatus::Draft => Some(before),
            Ok(_) => {
                site.take_back(&ours.id, is_page).await?;
                Some(site.read_post(&ours.id, is_page).await?)
            }
        };
        match &taken {
            Some(post) if post.status == RemoteStatus::Publish => {
                return Err(StepError::Overtaken(Box::new(post.clone())));
            }
            Some(post) if matches!(post.status, RemoteStatus::Future(_)) => {
                return Err(SiteError::Rejected { status: 200, code: NOT_A_DRAFT.to_owned() }.into());
            }
            Some(_) | None => {}
        }
        let (row, content, now) = (outbox.clone(), article.id, self.clock.now());
        let kept = self.store.write(move |w| {
            w.outbox_over(&row, now)?;
            w.set_site_health(row.site, SiteHealth::default())?;
            w.content_taken_back(content)?;
            let Some(post) = &taken else { return Ok::<_, StoreError>(()) };
            w.site_post_agree((content, row.site), (&post.id, is_page), &Agreed::on(post, hash(&post.content)))?;
            w.publication_stands(content, post.status.word())
        });
        Ok(kept.await?)
    }

    /// Ends a delivery whose post is public already, or has another time, by what somebody or the site itself did: that is
    /// what it is here from now on.
    pub(super) async fn end_overtaken(&self, outbox: &OutboxRow, post: RemotePost) -> Result<(), EngineError> {
        // The post may have been made in this very attempt.
        let row = OutboxRow { remote_id: post.id.clone(), ..outbox.clone() };
        let (content, now) = (outbox.content, self.clock.now());
        let ended = self.store.write(move |w| {
            w.outbox_over(&row, now)?;
            w.site_post(content)
        });
        let Some(known) = ended.await? else { return Ok(()) };
        let beside = self.beside_overtaken(outbox, &post).await?;
        let look = Look { row: known, post: Some(post), theirs: None, proof: OutboxId(self.ids.next()), beside };
        let (events, article) = self.store.write(move |w| look.reflect(w, now)).await?;
        if let Some(article) = article {
            self.tell_events(&article, events).await?;
        }
        Ok(())
    }

    /// What is proven beside a post that has come out; a place that cannot be opened by now is told in the proof.
    async fn beside_overtaken(&self, outbox: &OutboxRow, post: &RemotePost) -> Result<Option<Beside>, EngineError> {
        let content = outbox.content;
        let article = match self.store.read(move |r| r.content(content)).await {
            Ok(article) if has_come_out(&article, post) => article,
            Ok(_) | Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let opened = self.open_destination(article.site).await.ok();
        let site = opened.as_ref().map(|(_, site)| site.as_ref());
        self.read_beside(&article, post, site).await.map(Some)
    }

    /// Lets go of a delivery that has nothing to do any more.
    pub(super) async fn let_lapse(&self, outbox: &OutboxRow) -> Result<(), EngineError> {
        let (row, now) = (OutboxRow { is_in_hand: false, ..outbox.clone() }, self.clock.now());
        Ok(self.store.write(move |w| w.outbox_set_aside(&row, now)).await?)
    }
}
