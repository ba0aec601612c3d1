//! The steps of one delivery, in their order.

use super::our_post::{MissingPost, OurPost};
use super::prove::{Delivery, Expected};
use super::{LostPost, Receipt};
use crate::{Engine, EngineError};
use igny8_core::agreed::Agreed;
use igny8_core::port::destination::{
    Article, DraftPost, MediaUpload, PlacedImage, PostUpdate, RemoteMedia, RemotePost, RemoteStatus, SiteProbe,
    Taxonomy,
};
use igny8_core::port::{Destination, SiteError};
use igny8_core::receipt::ReceiptField;
use igny8_core::status::{ContentType, ImageType};
use igny8_store::StoreError;
use igny8_store::table::content::ContentRow;
use igny8_store::table::image::ImageRow;
use igny8_store::table::outbox::OutboxRow;
use igny8_store::table::site::SiteRow;

/// Hash characters in a media file's name: enough that no two pictures of a site share them.
const FILE_HASH_CHARS: usize = 16;

/// A step that did not succeed: on the site's side, or on ours.
pub(super) enum StepError {
    Site(SiteError),
    PostMissing(MissingPost),
    EditedThere(Vec<ReceiptField>),
    PictureMissing,
    Engine(EngineError),
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
        lost: LostPost,
        site: &dyn Destination,
    ) -> Result<(String, Receipt), StepError> {
        let outbox = self.bind(row, outbox, lost, site).await?;
        self.deliver(row, &outbox, article, lost, site).await
    }

    /// Draft, media, terms, update, read back. Returns the address and the proof.
    async fn deliver(
        &self,
        row: &SiteRow,
        outbox: &OutboxRow,
        article: &ContentRow,
        lost: LostPost,
        site: &dyn Destination,
    ) -> Result<(String, Receipt), StepError> {
        let is_page = article.content_type == ContentType::Page;
        let (content, version) = (article.id, outbox.content_version);
        let (html, images) = self
            .store
            .read(move |r| Ok::<_, StoreError>((r.content_version(content, version)?.html, r.images_of(content)?)))
            .await?;
        self.need_pictures(&images).await?;
        let outbox = &self.see_after_post(outbox, is_page, lost, site).await?;
        let mut post = self.ensure_draft(outbox, article, is_page, site).await?;
        let media = self.place_media(outbox, article, &post.id, images, site).await?;
        let update = self.build_update(article, &html, &media, site).await?;
        let update = self.keeping_their_choice(article.id, update).await?;
        let probe = row.probe.as_ref();
        let expected = self.set_all(outbox, &mut post, &update, probe, site).await?;
        self.prove(Delivery { outbox, article, sent: &update, expected, media, probe }, &post.id, site).await
    }

    /// Sets everything by id, on our own post only. Answers what the place is to make of it.
    async fn set_all(
        &self,
        outbox: &OutboxRow,
        post: &mut OurPost,
        update: &PostUpdate,
        probe: Option<&SiteProbe>,
        site: &dyn Destination,
    ) -> Result<Expected, StepError> {
        let before = post.confirm(site).await?;
        self.see_no_edits(outbox, &before, site).await?;
        let expected = Expected::of(&before, &update.status, probe, self.clock.now());
        let (id, content, slug) = (outbox.id, outbox.content, update.slug.clone());
        let sent = Agreed::sent(update, super::receipt::hash(&update.content));
        self.store
            .write(move |w| {
                w.outbox_may_have_slug(id, &slug)?;
                w.site_post_sending(content, &sent)
            })
            .await?;
        post.slugs.push(update.slug.clone());
        let updated = match site.update_post(&post.id, post.is_page, update).await {
            Ok(updated) => updated,
            // Setting by id is repeatable: once more, and the read-back decides.
            Err(error) if error.may_have_happened() => {
                post.confirm(site).await?;
                site.update_post(&post.id, post.is_page, update).await?
            }
            Err(error) => return Err(error.into()),
        };
        let (remote, now) = (post.id.clone(), self.clock.now());
        self.store.write(move |w| w.outbox_updated(id, &remote, &updated.slug, now)).await?;
        Ok(expected)
    }

    /// The delivery with its post, as long as that is there. One that may have been public and is missing is not made a
    /// second time without a word: its site's people may have meant it.
    async fn see_after_post(
        &self,
        outbox: &OutboxRow,
        is_page: bool,
        lost: LostPost,
        site: &dyn Destination,
    ) -> Result<OutboxRow, StepError> {
        let known = OurPost::of(outbox, is_page);
        if known.id.is_empty() {
            return Ok(outbox.clone());
        }
        let missing = match known.look(site).await? {
            Ok(post) => {
                self.see_no_edits(outbox, &post, site).await?;
                return Ok(outbox.clone());
            }
            Err(missing) => missing,
        };
        if lost == LostPost::Tell && outbox.may_have_been_public() {
            self.forget_status(outbox.content).await?;
            return Err(StepError::PostMissing(missing));
        }
        let (row, now) = (outbox.clone(), self.clock.now());
        Ok(self.store.write(move |w| w.outbox_forget_post(&row, now)).await?)
    }

    /// Our post there: known, found by our slug, or made now.
    async fn ensure_draft(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        is_page: bool,
        site: &dyn Destination,
    ) -> Result<OurPost, StepError> {
        let known = OurPost::of(outbox, is_page);
        if !known.id.is_empty() {
            return Ok(known);
        }
        // A second attempt may follow a lost answer.
        let found = if outbox.attempts > 1 { site.find_post(&outbox.draft_slug, is_page).await? } else { None };
        let post = match found {
            Some(post) => post,
            None => {
                let draft = DraftPost { slug: outbox.draft_slug.clone(), title: article.title.clone(), is_page };
                self.create_or_adopt(&draft, site).await?
            }
        };
        let (row, now, made) = (outbox.clone(), self.clock.now(), post.clone());
        let agreed = Agreed::on(&post, super::receipt::hash(&post.content));
        self.store
            .write(move |w| {
                w.outbox_drafted(row.id, &made.id, &made.slug, now)?;
                w.site_post_agree((row.content, row.site), (&made.id, is_page), &agreed)
            })
            .await?;
        Ok(known.made_as(post))
    }

    async fn create_or_adopt(&self, draft: &DraftPost, site: &dyn Destination) -> Result<RemotePost, StepError> {
        match site.create_draft(draft).await {
            Ok(post) => Ok(post),
            Err(error) if error.may_have_happened() => {
                site.find_post(&draft.slug, draft.is_page).await?.ok_or(StepError::Site(error))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Refuses an article whose picture was made and is gone since. It would go out without it, and nobody would know.
    async fn need_pictures(&self, images: &[ImageRow]) -> Result<(), StepError> {
        let hashes = images.iter().filter_map(|image| image.media_hash.clone());
        let lost: Vec<String> = hashes.filter(|hash| !self.media.has(hash)).collect();
        let is_known = images.iter().any(|image| image.is_lost());
        if lost.is_empty() && !is_known {
            return Ok(());
        }
        let now = self.clock.now();
        self.store.write(move |w| w.image_files_lost(&lost, now).map(drop)).await?;
        Err(StepError::PictureMissing)
    }

    /// Every generated picture of the article, on the site.
    async fn place_media(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        post_id: &str,
        images: Vec<ImageRow>,
        site: &dyn Destination,
    ) -> Result<Vec<Placed>, StepError> {
        let mut placed = Vec::new();
        for image in images {
            let (Some(hash), Some(media_type)) = (image.media_hash.clone(), image.media_type.clone()) else { continue };
            let bytes = self.media.read(&hash).map_err(EngineError::from)?;
            let upload = media_upload(outbox, article, post_id, &image, &hash, media_type, bytes);
            let known = match outbox.placed.get(&image.id.0) {
                Some(known) if is_file_of(known, &hash) => still_there(known, site).await?,
                // The picture was made anew since.
                Some(_) | None => None,
            };
            let remote = match known {
                Some(remote) if remote.alt == upload.alt => remote,
                other => {
                    let remote = match other {
                        // Its words were changed since.
                        Some(remote) => site.describe_media(&remote.id, &upload.alt).await?,
                        None => upload_or_adopt(outbox, &upload, site).await?,
                    };
                    let (id, image, now, row) = (outbox.id, image.id, self.clock.now(), remote.clone());
                    self.store.write(move |w| w.outbox_placed(id, image, &row, now)).await?;
                    remote
                }
            };
            placed.push(Placed { image, upload, remote });
        }
        Ok(placed)
    }

    async fn build_update(
        &self,
        article: &ContentRow,
        html: &str,
        media: &[Placed],
        site: &dyn Destination,
    ) -> Result<PostUpdate, StepError> {
        let categories = site.ensure_terms(Taxonomy::Category, &article.categories).await?;
        let tags = site.ensure_terms(Taxonomy::Tag, &article.tags).await?;
        let body = Article {
            html: igny8_core::article::sanitize(html),
            images: media
                .iter()
                .filter(|p| p.image.image_type == ImageType::InArticle)
                .map(Placed::in_article)
                .collect(),
        };
        let featured = media.iter().find(|p| p.image.image_type == ImageType::Featured);
        Ok(PostUpdate {
            title: article.title.clone(),
            slug: article.slug.clone(),
            content: site.render(&body),
            excerpt: article.excerpt.clone(),
            meta_title: article.meta_title.clone(),
            meta_description: article.meta_description.clone(),
            categories,
            tags,
            featured_media: featured.map(|p| p.remote.id.clone()),
            status: RemoteStatus::Publish,
        })
    }
}

/// A picture, as it was sent and as it is there.
pub(super) struct Placed {
    image: ImageRow,
    pub upload: MediaUpload,
    pub remote: RemoteMedia,
}

impl Placed {
    fn in_article(&self) -> PlacedImage {
        PlacedImage {
            remote_id: self.remote.id.clone(),
            url: self.remote.url.clone(),
            alt: self.image.alt.clone(),
            heading: self.image.heading.clone(),
            width: self.image.width,
            height: self.image.height,
        }
    }
}

/// A file that was placed earlier, unless it was removed since, or its id is another file's by now.
async fn still_there(known: &RemoteMedia, site: &dyn Destination) -> Result<Option<RemoteMedia>, SiteError> {
    match site.read_media(&known.id).await {
        Ok(there) if there.url == known.url => Ok(Some(there)),
        Ok(_) | Err(SiteError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether a placed file holds this picture: its name has the hash of the picture it was uploaded from, which is all
/// that sites keep of a name when they change it.
fn is_file_of(placed: &RemoteMedia, hash: &str) -> bool {
    placed.url.contains(short(hash))
}

/// As much of a hash as file names carry.
fn short(hash: &str) -> &str {
    hash.get(..FILE_HASH_CHARS).unwrap_or(hash)
}

async fn upload_or_adopt(
    outbox: &OutboxRow,
    upload: &MediaUpload,
    site: &dyn Destination,
) -> Result<RemoteMedia, StepError> {
    if outbox.attempts > 1
        && let Some(found) = site.find_media(&upload.file_name).await?
    {
        return Ok(found);
    }
    match site.upload_media(upload).await {
        Ok(media) => Ok(media),
        Err(error) if error.may_have_happened() => {
            site.find_media(&upload.file_name).await?.ok_or(StepError::Site(error))
        }
        Err(error) => Err(error.into()),
    }
}

fn media_upload(
    outbox: &OutboxRow,
    article: &ContentRow,
    post_id: &str,
    image: &ImageRow,
    hash: &str,
    media_type: String,
    bytes: Vec<u8>,
) -> MediaUpload {
    let hash = short(hash);
    let extension = media_type.strip_prefix("image/").unwrap_or("bin");
    MediaUpload {
        post_id: post_id.to_owned(),
        file_name: format!("{}-{hash}.{extension}", super::asking::file_stem(&outbox.draft_slug)),
        media_type,
        bytes,
        alt: image.alt.clone(),
        // Above the text it would repeat the headline, where themes show it.
        caption: image.heading.clone(),
        title: if image.heading.is_empty() { article.title.clone() } else { image.heading.clone() },
    }
}
