//! Writing over nobody. Before a post is written it is read, and compared with what both sides agreed on. What somebody
//! else has changed is kept for a decision, and nothing is written until there is one. An update of ours of which nobody
//! heard whether it arrived is no change of anybody else's.

use super::our_post::OurPost;
use super::receipt::hash;
use super::steps::StepError;
use crate::{Engine, EngineError};
use igny8_core::agreed::{Agreed, Theirs};
use igny8_core::id::ContentId;
use igny8_core::port::Destination;
use igny8_core::port::destination::{PostUpdate, RemotePost, RemoteStatus, Taxonomy};
use igny8_core::receipt::ReceiptField;
use igny8_core::status::{ContentType, ImageType};
use igny8_store::StoreError;
use igny8_store::table::content::ContentRow;
use igny8_store::table::outbox::OutboxRow;

/// The word for a post of the future.
const PLANNED: &str = "future";
/// What stands for the choice of no picture above the text, where an id would.
pub(crate) const NO_PICTURE: &str = "0";

impl Engine {
    /// Refuses a post that somebody else has changed since both sides agreed on it.
    pub(super) async fn see_no_edits(
        &self,
        outbox: &OutboxRow,
        post: &RemotePost,
        site: &dyn Destination,
    ) -> Result<(), StepError> {
        let content = outbox.content;
        let known = self.store.read(move |r| r.site_post(content)).await?;
        let Some(known) = known.filter(|known| known.post_id == post.id) else { return Ok(()) };
        let now = Agreed::on(post, hash(&post.content));
        // What became public at the time it was handed over for was changed by nobody.
        let is_its_time = known.agreed.status.as_deref() == Some(PLANNED) && post.status == RemoteStatus::Publish;
        let mut fields = known.agreed.edited(&known.sent, &now);
        fields.retain(|field| *field != ReceiptField::Status || !is_its_time);
        if fields.is_empty() {
            self.store.write(move |w| w.site_post_settled(content)).await?;
            return Ok(());
        }
        if fields == [ReceiptField::Status] {
            // Who is told of it may publish again.
            let told = Agreed { status: now.status, ..known.agreed };
            self.store.write(move |w| w.site_post_known(content, &told)).await?;
        } else {
            let theirs = read_theirs(post, fields.clone(), known.is_page, site).await;
            let at = self.clock.now();
            self.store.write(move |w| w.site_post_edited(content, &theirs, at)).await?;
        }
        Err(StepError::EditedThere(fields))
    }

    /// The update with the picture that the site chose itself, where that was decided and ours was not made anew since.
    pub(super) async fn keeping_their_choice(
        &self,
        content: ContentId,
        update: PostUpdate,
    ) -> Result<PostUpdate, EngineError> {
        let known = self.store.read(move |r| Ok::<_, StoreError>((r.site_post(content)?, r.images_of(content)?)));
        let (post, images) = known.await?;
        let Some((kept, since)) = post.and_then(|post| post.kept_featured) else { return Ok(update) };
        let ours = images.iter().find(|image| image.image_type == ImageType::Featured);
        if ours.is_some_and(|image| image.updated_at > since) {
            return Ok(update);
        }
        Ok(PostUpdate { featured_media: Some(kept).filter(|kept| kept != NO_PICTURE), ..update })
    }

    /// The post of a delivery, by what is known of it.
    pub(super) async fn our_post(&self, outbox: &OutboxRow, is_page: bool) -> Result<OurPost, EngineError> {
        let content = outbox.content;
        let known = self.store.read(move |r| r.site_post(content)).await?;
        Ok(OurPost::of(outbox, is_page, known.as_ref()))
    }

    /// The article under the address that somebody gave its post on the site since both agreed on one, unless another was
    /// chosen here as well. Links to it are out in the world.
    pub(super) async fn under_their_address(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        seen: Option<&RemotePost>,
    ) -> Result<ContentRow, EngineError> {
        let Some(post) = seen.filter(|post| !post.slug.is_empty()) else { return Ok(article.clone()) };
        let ours = self.our_post(outbox, article.content_type == ContentType::Page).await?;
        if ours.has_slug(post) {
            return Ok(article.clone());
        }
        let is_chosen_here = ours.agreed.slug.as_ref() != Some(&article.slug);
        let (id, content, post) = (outbox.id, article.id, post.clone());
        let known = Agreed { slug: Some(post.slug.clone()), ..ours.agreed };
        let slug = self.store.write(move |w| {
            w.outbox_may_have_slug(id, &post.slug)?;
            if !is_chosen_here {
                w.content_seen_moved(content, &post.slug, &post.url)?;
            }
            w.site_post_known(content, &known)?;
            Ok::<_, StoreError>(w.content(content)?.slug)
        });
        Ok(ContentRow { slug: slug.await?, ..article.clone() })
    }

    /// A post that was missing may stand in any state once it is back: whoever was told of it decides.
    pub(super) async fn forget_status(&self, content: ContentId) -> Result<(), EngineError> {
        let forgotten = self.store.write(move |w| {
            let Some(known) = w.site_post(content)? else { return Ok::<_, StoreError>(()) };
            w.site_post_known(content, &Agreed { status: None, ..known.agreed })
        });
        Ok(forgotten.await?)
    }
}

/// What is kept of a post for the decision. Names that a place does not tell keep nobody from deciding.
pub(crate) async fn read_theirs(
    post: &RemotePost,
    fields: Vec<ReceiptField>,
    is_page: bool,
    site: &dyn Destination,
) -> Theirs {
    let featured = match &post.featured_media {
        None => String::new(),
        Some(id) => match site.read_media(id).await {
            Ok(media) => media.url.rsplit('/').next().unwrap_or_default().to_owned(),
            Err(_) => format!("#{id}"),
        },
    };
    Theirs {
        fields,
        categories: names(site, Taxonomy::Category, &post.categories).await,
        tags: names(site, Taxonomy::Tag, &post.tags).await,
        featured,
        is_described_in_excerpt: site.describes_in_excerpt(is_page),
        post: post.clone(),
    }
}

/// Terms by name. Where ids are names, or a place tells none, the ids stand for them.
async fn names(site: &dyn Destination, taxonomy: Taxonomy, ids: &[String]) -> Vec<String> {
    if ids.is_empty() {
        return Vec::new();
    }
    let known = site.term_names(taxonomy, ids).await.unwrap_or_default();
    let name = |id: &String| known.iter().find(|term| term.id == *id).map_or_else(|| id.clone(), |t| t.name.clone());
    ids.iter().map(name).collect()
}
