//! Which post on a site is ours. An id alone does not say: the site behind an address can have been set up anew, and
//! then the number is somebody else's post. Ours has a slug that this delivery gave it.

use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::port::{Destination, SiteError};
use igny8_store::table::outbox::OutboxRow;

/// WordPress's word for a post that was thrown away. It can still be read and written by id.
const TRASHED: &str = "trash";

/// The post of a delivery.
pub(super) struct OurPost {
    /// Its id there; empty before the draft.
    pub id: String,
    /// Page or post.
    pub is_page: bool,
    /// Slugs it may have.
    pub slugs: Vec<String>,
}

impl OurPost {
    /// As the outbox knows it.
    pub fn of(outbox: &OutboxRow, is_page: bool) -> Self {
        let slugs = std::iter::once(&outbox.draft_slug).chain(&outbox.post_slugs).cloned().collect();
        Self { id: outbox.remote_id.clone(), is_page, slugs }
    }

    /// The same with what the site has just made or found under our slug.
    pub fn made_as(mut self, post: RemotePost) -> Self {
        self.id = post.id;
        self.slugs.push(post.slug);
        self
    }

    /// Whether it is there and ours.
    ///
    /// # Errors
    /// When the site does not say.
    pub async fn is_there(&self, site: &dyn Destination) -> Result<bool, SiteError> {
        match site.read_post(&self.id, self.is_page).await {
            Ok(post) => Ok(self.is_same(&post)),
            Err(SiteError::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The same before a write: nothing is written to a post that is not ours.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] when it is gone or not ours; as [`OurPost::is_there`].
    pub async fn confirm(&self, site: &dyn Destination) -> Result<(), SiteError> {
        if self.is_there(site).await? { Ok(()) } else { Err(SiteError::NotFound) }
    }

    fn is_same(&self, post: &RemotePost) -> bool {
        let is_trashed = matches!(&post.status, RemoteStatus::Other(word) if word == TRASHED);
        !is_trashed && self.slugs.iter().any(|slug| is_slug_of(slug, &post.slug))
    }
}

/// Whether a site may have stored `slug` as `stored`: as it is, or with a number when it was taken.
fn is_slug_of(slug: &str, stored: &str) -> bool {
    let Some(rest) = stored.strip_prefix(slug).filter(|_| !slug.is_empty()) else { return false };
    let number = rest.strip_prefix('-').unwrap_or("x");
    rest.is_empty() || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_is_ours_by_a_slug_we_gave_it_and_not_from_the_trash() {
        let slugs = vec!["tea-0123456789".to_owned(), "tea".to_owned(), String::new()];
        let ours = OurPost { id: "7".to_owned(), is_page: false, slugs };
        let is_same = |slug: &str, status: RemoteStatus| {
            ours.is_same(&RemotePost { slug: slug.to_owned(), status, ..RemotePost::default() })
        };
        for slug in ["tea-0123456789", "tea", "tea-2", "tea-0123456789-2"] {
            assert!(is_same(slug, RemoteStatus::Draft), "{slug}");
        }
        for slug in ["coffee", "teapot", "tea-", "tea-two", "", "tea-0123456789__trashed"] {
            assert!(!is_same(slug, RemoteStatus::Publish), "{slug}");
        }
        assert!(!is_same("tea", RemoteStatus::Other("trash".to_owned())));
        assert!(is_same("tea", RemoteStatus::Other("pending".to_owned())), "somebody looks at it before it is public");
    }
}
