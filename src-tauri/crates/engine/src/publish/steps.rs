//! The steps of one delivery, in their order.

use super::files::Placed;
use super::goal::Goal;
use super::known_terms::{Terms, lacks_terms};
use super::our_post::{MissingPost, OurPost};
use super::prove::{Delivery, Expected};
use super::tidying::note_drafts;
use super::{LostPost, Receipt};
use crate::{Engine, EngineError};
use igny8_core::agreed::Agreed;
use igny8_core::port::destination::{Article, DraftPost, PostUpdate, RemotePost, SiteProbe};
use igny8_core::port::{Destination, SiteError};
use igny8_core::receipt::ReceiptField;
use igny8_core::status::{ContentType, ImageType};
use igny8_core::time::UtcMs;
use igny8_store::StoreError;
use igny8_store::table::content::ContentRow;
use igny8_store::table::outbox::OutboxRow;
use igny8_store::table::site::SiteRow;

/// A step that did not succeed: on the site's side, or on ours.
pub(super) enum StepError {
    Site(SiteError),
    PostMissing(MissingPost),
    EditedThere(Vec<ReceiptField>),
    /// The site has moved on: the post is public already, or has another time there.
    Overtaken(Box<RemotePost>),
    PictureMissing,
    Engine(EngineError),
}

/// What a delivery has come to.
pub(super) enum Made {
    /// It is public, at this address, with this proof.
    Public { url: String, receipt: Receipt },
    /// The site has it for its time, or as a draft.
    Settled,
}

impl From<SiteError> for StepError {
    fn from(error: SiteError) -> Self {
        Self::Site(error)
    }
}

impl From<EngineError> for StepError {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}

impl From<StoreError> for StepError {
    fn from(error: StoreError) -> Self {
        Self::Engine(error.into())
    }
}

impl Engine {
    /// The delivery to this site: gone on with where its post is, or begun anew when it was begun elsewhere.
    pub(super) async fn deliver_to(
        &self,
        row: &SiteRow,
        outbox: &OutboxRow,
        article: &ContentRow,
        (goal, lost): (Goal, LostPost),
        site: &dyn Destination,
    ) -> Result<Made, StepError> {
        let outbox = self.bind(row, outbox, lost, site).await?;
        if goal == Goal::Draft {
            return self.take_back(&outbox, article, site).await.map(|()| Made::Settled);
        }
        self.deliver(row, &outbox, article, (goal, lost), site).await
    }

    /// Draft, media, terms, update, read back.
    async fn deliver(
        &self,
        row: &SiteRow,
        outbox: &OutboxRow,
        article: &ContentRow,
        (goal, lost): (Goal, LostPost),
        site: &dyn Destination,
    ) -> Result<Made, StepError> {
        let is_page = article.content_type == ContentType::Page;
        let (content, version) = (article.id, outbox.content_version);
        let (html, images) = self
            .store
            .read(move |r| Ok::<_, StoreError>((r.content_version(content, version)?.html, r.images_of(content)?)))
            .await?;
        self.need_pictures(&images).await?;
        let begun = images.iter().map(|image| image.updated_at).fold(article.updated_at, UtcMs::max);
        let (outbox, seen) = &self.see_after_post(outbox, article, (goal, lost), site).await?;
        let outbox = &self.adopt_of_original(outbox.clone(), (article, &html), lost, site).await?;
        let article = &self.under_their_address(outbox, article, seen.as_ref()).await?;
        let mut post = self.ensure_draft(outbox, article, is_page, site).await?;
        let media = self.place_media(outbox, article, &post.id, images, site).await?;
        let terms = self.terms(&outbox.destination, article, site).await?;
        // Sending files and asking for terms takes its time, in which somebody may have been at the post.
        let seen = seen.as_ref().filter(|_| !terms.is_asked && media.iter().all(|placed| placed.was_there));
        let update = build_update(article, &html, (&media, &terms), goal, site);
        let mut update = self.keeping_their_choice(article.id, update).await?;
        let probe = row.probe.as_ref();
        let mut set = self.set_all((outbox, article), goal, &mut post, &update, (probe, seen), site).await?;
        if terms.is_remembered && lacks_terms(&update, &set.post) {
            self.forget_terms(&outbox.destination).await?;
            let Terms { categories, tags, .. } = self.terms(&outbox.destination, article, site).await?;
            update = PostUpdate { categories, tags, ..update };
            set = self.set_all((outbox, article), goal, &mut post, &update, (probe, None), site).await?;
        }
        let SetPost { expected, read_back, .. } = set;
        let delivery = Delivery { outbox, article, goal, begun, sent: &update, expected, read_back, media, probe };
        self.prove(delivery, &post.id, site).await
    }

    /// Sets everything by id, on our own post only: as it was `seen` a moment ago, or as it is read now.
    async fn set_all(
        &self,
        (outbox, article): (&OutboxRow, &ContentRow),
        goal: Goal,
        post: &mut OurPost,
        update: &PostUpdate,
        (probe, seen): (Option<&SiteProbe>, Option<&RemotePost>),
        site: &dyn Destination,
    ) -> Result<SetPost, StepError> {
        let before = match seen {
            Some(seen) => seen.clone(),
            None => {
                let before = post.confirm(site).await?;
                if goal.is_overtaken(article, &before) {
                    return Err(StepError::Overtaken(Box::new(before)));
                }
                self.see_no_edits(outbox, &before, site).await?;
                before
            }
        };
        let expected = Expected::of(&before, &update.status, probe, self.clock.now());
        let (id, content, slug) = (outbox.id, outbox.content, update.slug.clone());
        let sent = Agreed::sent(update, super::receipt::hash(&update.content));
        let sending = sent.clone();
        self.store
            .write(move |w| {
                w.outbox_may_have_slug(id, &slug)?;
                w.site_post_sending(content, &sending)
            })
            .await?;
        post.slugs.push(update.slug.clone());
        let (updated, read_back) = match site.update_post(&post.id, post.is_page, update).await {
            Ok(updated) => (updated, None),
            // What arrived all the same is read back already. Else it is set once more, which by id makes nothing twice, as
            // long as nobody else was at it: the answer may have been waited for long.
            Err(error) if error.may_have_happened() => {
                let there = post.confirm(site).await?;
                if has_arrived(&sent, update, &there) {
                    (there.clone(), Some(there))
                } else {
                    self.see_no_edits(outbox, &there, site).await?;
                    let again = sent.clone();
                    self.store.write(move |w| w.site_post_sending(content, &again)).await?;
                    (site.update_post(&post.id, post.is_page, update).await?, None)
                }
            }
            Err(error) => return Err(error.into()),
        };
        let (remote, slug, now) = (post.id.clone(), updated.slug.clone(), self.clock.now());
        self.store.write(move |w| w.outbox_updated(id, &remote, &slug, now)).await?;
        Ok(SetPost { expected, post: updated, read_back })
    }

    /// The delivery with its post as it was read, as long as that is there. One that may have been public and is missing is
    /// not made a second time without a word: its site's people may have meant it.
    async fn see_after_post(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        (goal, lost): (Goal, LostPost),
        site: &dyn Destination,
    ) -> Result<(OutboxRow, Option<RemotePost>), StepError> {
        let known = self.our_post(outbox, article.content_type == ContentType::Page).await?;
        if known.id.is_empty() {
            return Ok((outbox.clone(), None));
        }
        let missing = match known.look(site).await? {
            Ok(post) if goal.is_overtaken(article, &post) => return Err(StepError::Overtaken(Box::new(post))),
            Ok(post) => {
                self.see_no_edits(outbox, &post, site).await?;
                return Ok((outbox.clone(), Some(post)));
            }
            Err(missing) => missing,
        };
        if lost == LostPost::Tell && outbox.may_have_been_public() {
            self.forget_status(outbox.content).await?;
            return Err(StepError::PostMissing(missing));
        }
        let (row, now) = (outbox.clone(), self.clock.now());
        Ok((self.store.write(move |w| w.outbox_forget_post(&row, now)).await?, None))
    }

    /// Our post there: known, found by our slug, or made now.
    async fn ensure_draft(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        is_page: bool,
        site: &dyn Destination,
    ) -> Result<OurPost, StepError> {
        let known = self.our_post(outbox, is_page).await?;
        if !known.id.is_empty() {
            return Ok(known);
        }
        // A second attempt may follow a lost answer.
        let is_again = outbox.attempts > 1;
        let mut there = if is_again { site.posts_named(&outbox.draft_slug, is_page).await? } else { Vec::new() };
        let was_there = !there.is_empty();
        if !was_there {
            let draft = DraftPost { slug: outbox.draft_slug.clone(), title: article.title.clone(), is_page };
            there = self.create_or_adopt(&draft, site).await?;
        }
        let is_doubled = there.len() > 1;
        let Some(post) = there.into_iter().next() else { return Err(SiteError::BadReply.into()) };
        // One whose slug was taken has a twin; one that was sent again may get one, should the first arrive after all.
        let may_be_two = is_doubled || post.slug != outbox.draft_slug || (is_again && !was_there);
        let (row, now, made) = (outbox.clone(), self.clock.now(), post.clone());
        let agreed = Agreed::on(&post, super::receipt::hash(&post.content));
        self.store
            .write(move |w| {
                w.outbox_drafted(row.id, &made.id, &made.slug, now)?;
                if may_be_two {
                    note_drafts(w, &row, is_page, &made.id, now)?;
                }
                w.site_post_agree((row.content, row.site), (&made.id, is_page), &agreed)
            })
            .await?;
        Ok(known.made_as(post))
    }

    /// The draft that was made, or all there are of its slug where nobody heard.
    async fn create_or_adopt(&self, draft: &DraftPost, site: &dyn Destination) -> Result<Vec<RemotePost>, StepError> {
        match site.create_draft(draft).await {
            Ok(post) => Ok(vec![post]),
            Err(error) if error.may_have_happened() => {
                let there = site.posts_named(&draft.slug, draft.is_page).await?;
                if there.is_empty() { Err(error.into()) } else { Ok(there) }
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Everything that is set of a post.
fn build_update(
    article: &ContentRow,
    html: &str,
    (media, terms): (&[Placed], &Terms),
    goal: Goal,
    site: &dyn Destination,
) -> PostUpdate {
    let inside = media.iter().filter(|p| p.image.image_type == ImageType::InArticle);
    let body = Article { html: igny8_core::article::sanitize(html), images: inside.map(Placed::in_article).collect() };
    let featured = media.iter().find(|p| p.image.image_type == ImageType::Featured);
    PostUpdate {
        title: article.title.clone(),
        slug: article.slug.clone(),
        content: site.render(&body),
        excerpt: article.excerpt.clone(),
        meta_title: article.meta_title.clone(),
        meta_description: article.meta_description.clone(),
        categories: terms.categories.clone(),
        tags: terms.tags.clone(),
        featured_media: featured.map(|p| p.remote.id.clone()),
        status: goal.status(),
    }
}

/// A post that was set.
struct SetPost {
    /// What the place is to make of it.
    expected: Expected,
    /// As the site answered, or as it was read.
    post: RemotePost,
    /// As it was read after it was set, where it was.
    read_back: Option<RemotePost>,
}

/// Whether an update of which nobody heard has arrived with all that it sets: a site may be asked while it is at it.
fn has_arrived(sent: &Agreed, update: &PostUpdate, there: &RemotePost) -> bool {
    let now = Agreed::on(there, super::receipt::hash(&there.content));
    let is_in = |field: &Option<String>, sent: &str| field.as_deref().is_none_or(|field| field == sent);
    let is_described = [&update.excerpt, &update.meta_description].contains(&&there.excerpt);
    (&sent.title, &sent.slug, &sent.body) == (&now.title, &now.slug, &now.body)
        && update.status == there.status
        && (&sent.categories, &sent.tags, &sent.featured_media) == (&now.categories, &now.tags, &now.featured_media)
        && is_described
        && is_in(&there.search.title, &update.meta_title)
        && is_in(&there.search.description, &update.meta_description)
}
