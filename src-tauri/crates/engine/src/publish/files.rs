//! The pictures of a delivery, each once on the site. A file's name has the hash of what is in it, so that one of which
//! nobody heard whether it arrived is found again by its name, and one that is there is not sent a second time.

use super::steps::StepError;
use crate::{Engine, EngineError};
use igny8_core::function::output::clean_line;
use igny8_core::on_site::LeftoverKind;
use igny8_core::port::destination::{MediaUpload, PlacedImage, RemoteMedia};
use igny8_core::port::{Destination, SiteError};
use igny8_store::table::content::ContentRow;
use igny8_store::table::image::ImageRow;
use igny8_store::table::leftover::NewLeftover;
use igny8_store::table::outbox::OutboxRow;

/// Hash characters in a media file's name: enough that no two pictures of a site share them.
const FILE_HASH_CHARS: usize = 16;
/// Longest text alternative that is taken over: as long as one that is typed here.
const ALT_CHARS_MAX: usize = 250;

impl Engine {
    /// Refuses an article whose picture was made and is gone since. It would go out without it, and nobody would know.
    pub(super) async fn need_pictures(&self, images: &[ImageRow]) -> Result<(), StepError> {
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
    pub(super) async fn place_media(
        &self,
        outbox: &OutboxRow,
        article: &ContentRow,
        post_id: &str,
        images: Vec<ImageRow>,
        site: &dyn Destination,
    ) -> Result<Vec<Placed>, StepError> {
        let mut uploads = Vec::with_capacity(images.len());
        for image in images {
            let (Some(hash), Some(media_type)) = (image.media_hash.clone(), image.media_type.clone()) else { continue };
            let bytes = self.media.read(&hash).map_err(EngineError::from)?;
            let upload = media_upload(outbox, article, post_id, &image, &hash, media_type, bytes);
            uploads.push((image, hash, upload));
        }
        let there = known_files(outbox, &uploads, site).await?;
        let mut placed = Vec::with_capacity(uploads.len());
        for ((mut image, _, mut upload), known) in uploads.into_iter().zip(there) {
            let was_there = matches!(known, Known::AsItIs(_));
            let (remote, has_twin) = match known {
                Known::AsItIs(remote) => (remote, false),
                Known::Reworded(remote) => {
                    self.take_wording(&mut image, &remote.alt).await?;
                    upload.alt.clone_from(&remote.alt);
                    (remote, false)
                }
                Known::Otherwise(remote) if remote.alt == upload.alt => (remote, false),
                // Its words were changed since.
                Known::Otherwise(remote) => (site.describe_media(&remote.id, &upload.alt).await?, false),
                Known::Not => upload_or_find(&upload, site).await?,
            };
            if !was_there {
                let (id, image, now, row) = (outbox.id, image.id, self.clock.now(), remote.clone());
                let twin = has_twin.then(|| NewLeftover {
                    site: outbox.site,
                    kind: LeftoverKind::Media,
                    name: upload.file_name.clone(),
                    keeps: remote.id.clone(),
                    parent: upload.post_id.clone(),
                });
                self.store
                    .write(move |w| {
                        w.outbox_placed(id, image, &row, now)?;
                        twin.as_ref().map_or(Ok(()), |twin| w.note_leftover(twin, now))
                    })
                    .await?;
            }
            placed.push(Placed { image, upload, remote, was_there });
        }
        Ok(placed)
    }

    /// The text alternative that somebody has given a picture on the site is ours as well.
    async fn take_wording(&self, image: &mut ImageRow, alt: &str) -> Result<(), StepError> {
        image.alt = clean_line(alt, ALT_CHARS_MAX);
        let (id, alt) = (image.id, image.alt.clone());
        Ok(self.store.write(move |w| w.image_seen_worded(id, &alt)).await?)
    }
}

/// A picture, as it was sent and as it is there.
pub(super) struct Placed {
    pub image: ImageRow,
    pub upload: MediaUpload,
    pub remote: RemoteMedia,
    /// It was there, and nothing was sent for it.
    pub was_there: bool,
}

impl Placed {
    pub fn in_article(&self) -> PlacedImage {
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

/// What is known of a file before it is sent.
enum Known {
    /// It is there as it is to be, and the delivery knows it.
    AsItIs(RemoteMedia),
    /// It is there, and somebody there has given it another text alternative, where nobody did here.
    Reworded(RemoteMedia),
    /// It is there, and the delivery does not know it yet, or its words are not as they are to be.
    Otherwise(RemoteMedia),
    /// It is not there, as far as is known.
    Not,
}

/// Which files are there, of all in one request: those that were placed earlier, unless they were removed since, or their
/// ids are of other files by now; and where this is not the first attempt, those of which nobody heard whether they arrived.
async fn known_files(
    outbox: &OutboxRow,
    uploads: &[(ImageRow, String, MediaUpload)],
    site: &dyn Destination,
) -> Result<Vec<Known>, SiteError> {
    // One that was made anew since is another file.
    let placed = |image: &ImageRow, hash: &str| outbox.placed.get(&image.id.0).filter(|known| is_file_of(known, hash));
    let ids: Vec<String> =
        uploads.iter().filter_map(|(image, hash, _)| placed(image, hash)).map(|known| known.id.clone()).collect();
    let there = if ids.is_empty() { Vec::new() } else { site.read_several_media(&ids).await? };
    let still = |known: &RemoteMedia| there.iter().find(|file| (&file.id, &file.url) == (&known.id, &known.url));
    let of_before: Vec<Option<&RemoteMedia>> =
        uploads.iter().map(|(image, hash, _)| placed(image, hash).and_then(still)).collect();
    let unheard = uploads.iter().zip(&of_before).filter(|(_, known)| known.is_none());
    let names: Vec<String> = unheard.map(|((.., upload), _)| upload.file_name.clone()).collect();
    let found =
        if outbox.attempts > 1 && !names.is_empty() { site.find_several_media(&names).await? } else { Vec::new() };
    let known = uploads.iter().zip(of_before).map(|((image, hash, upload), known)| match known {
        Some(known) if known.alt == upload.alt => Known::AsItIs(known.clone()),
        Some(known) if is_reworded(known, placed(image, hash), &upload.alt) => Known::Reworded(known.clone()),
        Some(known) => Known::Otherwise(known.clone()),
        None => match found.iter().find(|(name, _)| *name == upload.file_name) {
            Some((_, file)) => Known::Otherwise(file.clone()),
            None => Known::Not,
        },
    });
    Ok(known.collect())
}

/// Whether only somebody there has changed the text alternative of a file since it was placed. Nothing in its place is no
/// other one.
fn is_reworded(there: &RemoteMedia, placed: Option<&RemoteMedia>, ours: &str) -> bool {
    !there.alt.trim().is_empty() && placed.is_some_and(|placed| placed.alt == ours && placed.alt != there.alt)
}

/// Whether a placed file holds this picture: its name has the hash of the picture it was uploaded from, which is all
/// that sites keep of a name when they change it.
fn is_file_of(placed: &RemoteMedia, hash: &str) -> bool {
    placed.url.contains(short(hash))
}

/// Whether a site put a number behind the name that a file was sent under.
fn is_renamed(file_name: &str, url: &str) -> bool {
    let stem = |name: &str| name.rsplit_once('.').map_or(name.to_owned(), |(stem, _)| stem.to_owned());
    let served = stem(url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default());
    let end = served.strip_prefix(&stem(file_name)).and_then(|end| end.strip_prefix('-'));
    end.is_some_and(|end| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit()))
}

/// As much of a hash as file names carry.
fn short(hash: &str) -> &str {
    hash.get(..FILE_HASH_CHARS).unwrap_or(hash)
}

/// The file as it is there, and whether there may be another one of it: its name was taken, or two are found.
async fn upload_or_find(upload: &MediaUpload, site: &dyn Destination) -> Result<(RemoteMedia, bool), StepError> {
    match site.upload_media(upload).await {
        Ok(media) => {
            let is_renamed = is_renamed(&upload.file_name, &media.url);
            Ok((media, is_renamed))
        }
        Err(error) if error.may_have_happened() => {
            let there = site.media_named(&upload.file_name, &upload.post_id).await?;
            let has_twin = there.len() > 1;
            there.into_iter().next().map(|media| (media, has_twin)).ok_or(StepError::Site(error))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_behind_our_name_is_the_sites() {
        for (url, is_so) in [
            ("https://a.example/u/tea-ab12-1.webp", true),
            ("https://a.example/u/tea-ab12-2.webp?v=1", true),
            ("https://a.example/u/tea-ab12.webp", false),
            ("https://a.example/u/tea-ab12-scaled.webp", false),
            ("https://a.example/u/other-1.webp", false),
        ] {
            assert_eq!(is_renamed("tea-ab12.webp", url), is_so, "{url}");
        }
    }
}
