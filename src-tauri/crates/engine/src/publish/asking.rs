//! Asking for deliveries: which article, whether a missing post is made anew, and putting what waits or is parked first in
//! line again. Nothing is sent here.

use super::{Engine, EngineError, LostPost};
use crate::once::Once;
use crate::operation::not_found;
use igny8_core::id::{ClientKey, ContentId, OutboxId, SiteId};
use igny8_core::status::{ContentStatus, DeliveryStatus};
use igny8_core::time::UtcMs;
use igny8_store::table::content::ContentRow;
use igny8_store::table::outbox::{OutboxRow, OutboxState};
use igny8_store::{StoreError, Write};
use serde::Serialize;

/// Characters of the outbox id that make a draft's slug unique.
const SLUG_KEY_CHARS: usize = 10;

impl Engine {
    /// Puts articles into the outbox because of a command, which asked for `asked`: they go out as soon as their sites take
    /// them. The same command again is answered with those of the first. What cannot go out is left out.
    ///
    /// # Errors
    /// [`EngineError::NothingToDo`] when none can go out; [`EngineError::InvalidField`] for a key that came with something
    /// else.
    pub async fn take_on(
        &self,
        key: ClientKey,
        asked: &impl Serialize,
        ready: Vec<ContentId>,
        lost: LostPost,
    ) -> Result<Vec<ContentId>, EngineError> {
        let (once, now) = (Once::new(key, "contents_publish", asked)?, self.clock.now());
        let ids: Vec<OutboxId> = ready.iter().map(|_| OutboxId(self.ids.next())).collect();
        let taken = self.store.write(move |w| {
            once.run(w, now, |w| {
                let taken = ask_for_all(w, ready.iter().copied().zip(ids.iter().copied()), lost, now)?;
                if taken.is_empty() { Err(EngineError::NothingToDo) } else { Ok(taken) }
            })
        });
        let taken = taken.await?;
        self.outbox_wake.notify_one();
        Ok(taken)
    }

    /// Asks anew for deliveries that wait or are parked: they are tried at once, whatever their sites said. Answers whose
    /// they are; one that somebody works on, or that cannot go out, is left out.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn retry_deliveries(&self, deliveries: Vec<OutboxId>) -> Result<Vec<ContentId>, EngineError> {
        let now = self.clock.now();
        let asked = self.store.write(move |w| {
            let mut contents = Vec::with_capacity(deliveries.len());
            for id in deliveries.iter().copied() {
                match w.outbox_entry(id) {
                    Ok(row) if row.state == OutboxState::Done || row.is_discarded => {}
                    Ok(row) => contents.push((row.content, id)),
                    Err(StoreError::NotFound) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            let (publishing, settling) = split(w, contents)?;
            let mut asked = ask_for_all(w, publishing.into_iter(), LostPost::Tell, now)?;
            for (content, row) in settling {
                w.rouse_site(row.site)?;
                w.hurry_outbox(&row, false, now)?;
                asked.push(content);
            }
            Ok::<_, EngineError>(asked)
        });
        let asked = asked.await?;
        self.outbox_wake.notify_one();
        Ok(asked)
    }

    /// Asks anew for what is parked of a site because nobody was let in: it has another password by now. Answers whose they are.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn retry_locked_out(&self, site: SiteId) -> Result<Vec<ContentId>, EngineError> {
        let parked = self.store.read(move |r| r.locked_out_outbox(site)).await?;
        if parked.is_empty() { Ok(Vec::new()) } else { self.retry_deliveries(parked).await }
    }

    /// Puts discarded deliveries back where they stood, but for those that were asked for anew since.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn restore_deliveries(&self, deliveries: Vec<OutboxId>) -> Result<(), EngineError> {
        let now = self.clock.now();
        self.store.write(move |w| w.restore_outbox(&deliveries, now)).await?;
        self.outbox_wake.notify_one();
        Ok(())
    }

    /// Asks for an article and takes it in hand, in one commit: nobody else gets it in between. The row that is given back
    /// counts this attempt, by which the steps know whether an earlier one may have reached the site. Nothing while
    /// somebody else has it in hand.
    pub(super) async fn ask_and_take(
        &self,
        content: ContentId,
        lost: LostPost,
    ) -> Result<Option<(OutboxRow, ContentRow)>, EngineError> {
        let (id, now, instance) = (OutboxId(self.ids.next()), self.clock.now(), self.instance);
        let taken = self.store.write(move |w| match ask_for(w, content, id, lost, now)? {
            Some(asked) => take(w, asked, instance, now),
            None => Ok(None),
        });
        taken.await
    }

    /// Takes a delivery in hand, if it is still to be had.
    pub(super) async fn take_due(&self, id: OutboxId) -> Result<Option<(OutboxRow, ContentRow)>, EngineError> {
        let (now, instance) = (self.clock.now(), self.instance);
        self.store.write(move |w| take(w, id, instance, now)).await
    }
}

fn take(
    w: &mut Write<'_>,
    id: OutboxId,
    by: uuid::Uuid,
    now: UtcMs,
) -> Result<Option<(OutboxRow, ContentRow)>, EngineError> {
    let content = match w.outbox_entry(id) {
        Ok(entry) => entry.content,
        // It was thought better of since it was found, and had tried nothing.
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let article = match w.content(content) {
        Ok(article) => article,
        // Nothing is left that could go out.
        Err(StoreError::NotFound) => {
            return w.outbox_failed(id, super::CUT_OFF, "", now).map(|()| None).map_err(Into::into);
        }
        Err(error) => return Err(error.into()),
    };
    if !w.take_outbox(id, by, article.version, now)? {
        return Ok(None);
    }
    Ok(Some((w.outbox_entry(id)?, article)))
}

/// Deliveries that are to make their articles public, and those that hand over or take back.
type Split = (Vec<(ContentId, OutboxId)>, Vec<(ContentId, OutboxRow)>);

fn split(w: &Write<'_>, contents: Vec<(ContentId, OutboxId)>) -> Result<Split, EngineError> {
    let (mut publishing, mut settling) = (Vec::new(), Vec::new());
    for (content, id) in contents {
        let article = match w.content(content) {
            Ok(article) => article,
            Err(StoreError::NotFound) => continue,
            Err(error) => return Err(error.into()),
        };
        let row = w.outbox_entry(id)?;
        let is_settling = match article.delivery {
            DeliveryStatus::Scheduled => true,
            DeliveryStatus::NotPublished => article.handed_for.is_some(),
            DeliveryStatus::Publishing | DeliveryStatus::Published | DeliveryStatus::Failed => false,
        };
        match (is_settling, row.is_in_hand) {
            (true, true) => {}
            (true, false) => settling.push((content, row)),
            (false, _) => publishing.push((content, id)),
        }
    }
    Ok((publishing, settling))
}

/// Asks for each that can go out. The ids are for those that have no delivery of their own yet.
fn ask_for_all(
    w: &mut Write<'_>,
    contents: impl Iterator<Item = (ContentId, OutboxId)>,
    lost: LostPost,
    now: UtcMs,
) -> Result<Vec<ContentId>, EngineError> {
    let mut asked = Vec::new();
    for (content, id) in contents {
        match ask_for(w, content, id, lost, now) {
            Ok(Some(_)) => asked.push(content),
            Ok(None) | Err(EngineError::WrongState(_) | EngineError::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(asked)
}

/// Writes the intent: the article is publishing, and the outbox says what goes out. Nothing while it is in somebody's hands.
pub(crate) fn ask_for(
    w: &mut Write<'_>,
    content: ContentId,
    id: OutboxId,
    lost: LostPost,
    now: UtcMs,
) -> Result<Option<OutboxId>, EngineError> {
    let article = w.content(content).map_err(|error| not_found(error, "content"))?;
    if article.status != ContentStatus::Approved || article.is_imported {
        return Err(EngineError::WrongState("content"));
    }
    let latest = w.latest_outbox(content)?;
    // To a removed site nothing is begun; what was open is taken up to be ended.
    if !latest.as_ref().is_some_and(|row| row.state.is_open()) {
        w.site(article.site).map_err(|error| not_found(error, "site"))?;
    }
    let outbox = match latest {
        Some(row) if row.is_in_hand => return Ok(None),
        // What was taken off the site there goes out again as it is.
        Some(row)
            if row.state == OutboxState::Done
                && article.delivery == DeliveryStatus::Published
                && !article.is_behind =>
        {
            return Err(EngineError::WrongState("content"));
        }
        Some(row) if row.state == OutboxState::Done => w.follow_outbox_entry(&row, id, article.version, now)?,
        Some(row) => {
            // It was tried before, and whoever asks again means now.
            w.rouse_site(row.site)?;
            row
        }
        None => {
            let slug = draft_slug(&article.slug, id);
            w.open_outbox_entry(id, content, article.site, article.version, &slug, now)?
        }
    };
    w.hurry_outbox(&outbox, lost == LostPost::MakeAnew, now)?;
    if article.delivery != DeliveryStatus::Publishing {
        w.content_start_publishing(content, now)?;
    }
    Ok(Some(outbox.id))
}

/// The slug a draft is made under: the clean one with a key that no other post has.
pub(super) fn draft_slug(slug: &str, id: OutboxId) -> String {
    let hex = id.0.simple().to_string();
    // The end of a time-ordered id is its random part.
    let key = hex.get(hex.len() - SLUG_KEY_CHARS..).unwrap_or(&hex);
    format!("{slug}-{key}")
}

/// The slug without the key: what files of this delivery are named by, whatever becomes of the article's own slug while it
/// waits. A file whose answer was lost is looked for by its name.
pub(super) fn file_stem(draft_slug: &str) -> &str {
    draft_slug.rsplit_once('-').map_or(draft_slug, |(slug, _)| slug)
}
