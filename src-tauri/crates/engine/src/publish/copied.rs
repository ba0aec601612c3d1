//! What a copy of the database does not know. A file that was put back, or a data folder that was copied, says of each
//! delivery how it stood when the copy was made; the original may have gone on since. So what was open is parked with a
//! reason of its own, and is let go on by a person; and each article that the copy had already is looked for on its site
//! before a post of it is made. The draft's slug finds what the original began; what it brought to its end has the
//! article's own slug, and is known by its text: a post with another text under it may be anybody's, and is told.

use super::LostPost;
use super::our_post::MissingPost;
use super::receipt::hash;
use super::steps::StepError;
use crate::{Engine, EngineError, notices, settings};
use igny8_core::agreed::Agreed;
use igny8_core::port::Destination;
use igny8_core::port::destination::{Article, RemotePost};
use igny8_core::status::{ContentType, DeliveryStatus};
use igny8_core::time::UtcMs;
use igny8_store::table::content::ContentRow;
use igny8_store::table::outbox::{OutboxRow, OutboxState};
use igny8_store::{StoreError, Write};

/// The code of a delivery that was open in a copy.
pub const FROM_COPY: &str = "from_copy";
/// An article that was tried so often may be on its site without our knowing: so may one that a copy had.
const ATTEMPTS_OF_OTHERS: u32 = 2;
/// Longest entity, such as `&thetasym;`. An ampersand with no semicolon within it is a sign of the text.
const ENTITY_BYTES_MAX: usize = 12;

impl Engine {
    /// Says where the file is at work, by a `mark` that no copy of the folder has; and whether a copy was put in its place
    /// there since the last start. What may have gone on without it is parked, until a person lets it go on.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn settle_in(&self, mark: String, was_put_back: bool) -> Result<(), EngineError> {
        let now = self.clock.now();
        let settled = self.store.write(move |w| {
            let is_elsewhere = settings::exchange_mark(w, &mark)?;
            if is_elsewhere || was_put_back { park_what_was_open(w, now) } else { Ok::<_, StoreError>(()) }
        });
        Ok(settled.await?)
    }

    /// The delivery of an article that a copy had: with the post that the original made of it, if it did; else as one that
    /// was tried before. Any other is as it was.
    pub(super) async fn adopt_of_original(
        &self,
        outbox: OutboxRow,
        (article, html): (&ContentRow, &str),
        lost: LostPost,
        site: &dyn Destination,
    ) -> Result<OutboxRow, StepError> {
        let copied = self.store.read(settings::copied_up_to).await?;
        if !outbox.remote_id.is_empty() || copied.is_none_or(|last| article.id > last) {
            return Ok(outbox);
        }
        let is_page = article.content_type == ContentType::Page;
        let outbox = OutboxRow { attempts: outbox.attempts.max(ATTEMPTS_OF_OTHERS), ..outbox };
        let named = site.posts_named(&article.slug, is_page).await?;
        let named = self.without_those_of_others(&outbox, named).await?;
        let ours = site.render(&Article { html: igny8_core::article::sanitize(html), images: Vec::new() });
        let is_any_there = !named.is_empty();
        let Some(post) = named.into_iter().find(|post| is_same_text(&ours, &post.content)) else {
            let is_unsure = is_any_there && lost == LostPost::Tell;
            return if is_unsure { Err(StepError::PostMissing(MissingPost::Namesake)) } else { Ok(outbox) };
        };
        let (row, agreed, now) = (outbox.clone(), Agreed::on(&post, hash(&post.content)), self.clock.now());
        let (id, slug) = (post.id.clone(), post.slug.clone());
        let adopted = self.store.write(move |w| {
            w.outbox_drafted(row.id, &id, &slug, now)?;
            w.site_post_agree((row.content, row.site), (&id, is_page), &agreed)
        });
        adopted.await?;
        let post_slugs = outbox.post_slugs.iter().cloned().chain([post.slug]).collect();
        Ok(OutboxRow { state: OutboxState::Drafted, remote_id: post.id, post_slugs, ..outbox })
    }

    /// Posts but those that are known to be another article's.
    async fn without_those_of_others(
        &self,
        outbox: &OutboxRow,
        posts: Vec<RemotePost>,
    ) -> Result<Vec<RemotePost>, StoreError> {
        let (content, place) = (outbox.content, outbox.destination.clone());
        let sorted = self.store.read(move |r| {
            let mut left = Vec::with_capacity(posts.len());
            for post in posts {
                if !r.is_post_of_other(&place, &post.id, content)? {
                    left.push(post);
                }
            }
            Ok(left)
        });
        sorted.await
    }
}

fn park_what_was_open(w: &mut Write<'_>, now: UtcMs) -> Result<(), StoreError> {
    let parked = w.park_all_outbox(FROM_COPY, now)?;
    for content in &parked {
        let is_publishing = w.content(*content).is_ok_and(|row| row.delivery == DeliveryStatus::Publishing);
        if is_publishing {
            w.content_publish_failed(*content, now)?;
        }
    }
    let last = w.last_content()?;
    settings::save_copied_up_to(w, last)?;
    notices::tell_held(w, parked.len(), now)
}

/// Whether two bodies say the same, whatever they are marked up with: letters and digits count, which no site rewrites.
fn is_same_text(ours: &str, theirs: &str) -> bool {
    let ours = letters(ours);
    !ours.is_empty() && ours == letters(theirs)
}

fn letters(body: &str) -> String {
    let mut letters = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '<' => rest.find('>').map(|end| end + 1),
            '&' => rest.bytes().take(ENTITY_BYTES_MAX).position(|byte| byte == b';').map(|end| end + 1),
            _ => None,
        };
        if skipped.is_none() && c.is_alphanumeric() {
            letters.push(c);
        }
        rest = rest.get(skipped.unwrap_or(c.len_utf8())..).unwrap_or_default();
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_whatever_it_is_marked_up_with() {
        let ours = "<!-- wp:paragraph -->\n<p>Tea &amp; milk, 3 cups: “good”.</p>\n<!-- /wp:paragraph -->";
        for theirs in [
            "<p>Tea & milk, 3 cups: &#8220;good&#8221;.</p>",
            "<p>Tea &amp; milk,</p><figure><img alt=\"x\" class=\"wp-image-7\"/></figure> 3 cups: good",
        ] {
            assert!(is_same_text(ours, theirs), "{theirs}");
        }
        for theirs in ["<p>Tea & milk, 4 cups: good.</p>", "", "<p>Tea & milk, 3 cups: good. More.</p>"] {
            assert!(!is_same_text(ours, theirs), "{theirs}");
        }
        assert!(!is_same_text("<p></p>", "<h2></h2>"), "nothing is nobody's");
    }
}
