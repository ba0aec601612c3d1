//! Which post on a site is ours. An id alone does not say: the site behind an address can have been set up anew, and
//! then the number is somebody else's post. Ours has a slug that this delivery gave it.

use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::port::{Destination, SiteError};
use igny8_store::table::outbox::OutboxRow;

/// What WordPress puts behind the slug of a post that was thrown away.
const TRASHED_SUFFIX: &str = "__trashed";

/// Why a post that we made is not to be had any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPost {
    /// It lies in the site's trash, from where it can be put back.
    Trashed,
    /// There is none of its number.
    Gone,
    /// Its number has a post without any of our slugs: somebody else's, or ours under an address of somebody else's choice.
    Replaced,
    /// It was made at another address, and the site that is here now is not known to be that one.
    Elsewhere,
}

impl MissingPost {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Trashed, Self::Gone, Self::Replaced, Self::Elsewhere];

    /// The stable code that is stored and shown.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trashed => "post_trashed",
            Self::Gone => "post_gone",
            Self::Replaced => "post_replaced",
            Self::Elsewhere => "post_elsewhere",
        }
    }
}

/// Whether this is the code of a post that is not to be had any more.
#[must_use]
pub fn is_post_missing(code: &str) -> bool {
    MissingPost::ALL.iter().any(|how| how.code() == code)
}

/// What became of a post that a look at its site has found off it, by the word that is kept of its state.
#[must_use]
pub fn missing_by_status(word: &str) -> Option<MissingPost> {
    match word {
        RemoteStatus::TRASHED => Some(MissingPost::Trashed),
        RemoteStatus::GONE => Some(MissingPost::Gone),
        _ => None,
    }
}

/// The post of a delivery.
pub(crate) struct OurPost {
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

    /// The post when it is there and ours, or why it is not.
    ///
    /// # Errors
    /// When the site does not say.
    pub async fn look(&self, site: &dyn Destination) -> Result<Result<RemotePost, MissingPost>, SiteError> {
        match site.read_post(&self.id, self.is_page).await {
            Ok(post) => Ok(self.missing_as(&post).map_or(Ok(post), Err)),
            Err(SiteError::NotFound) => Ok(Err(MissingPost::Gone)),
            Err(error) => Err(error),
        }
    }

    /// The post as it is before a write: nothing is written to a post that is not ours.
    ///
    /// # Errors
    /// [`SiteError::NotFound`] when it is gone or not ours; as [`OurPost::look`].
    pub async fn confirm(&self, site: &dyn Destination) -> Result<RemotePost, SiteError> {
        let post = site.read_post(&self.id, self.is_page).await?;
        if self.missing_as(&post).is_none() { Ok(post) } else { Err(SiteError::NotFound) }
    }

    /// Why a post is not ours to write.
    pub fn missing_as(&self, post: &RemotePost) -> Option<MissingPost> {
        let is_trashed = matches!(&post.status, RemoteStatus::Other(word) if word == RemoteStatus::TRASHED);
        let slug = if is_trashed { post.slug.strip_suffix(TRASHED_SUFFIX).unwrap_or(&post.slug) } else { &post.slug };
        let is_ours = self.slugs.iter().any(|ours| is_slug_of(ours, slug));
        match (is_ours, is_trashed) {
            (true, false) => None,
            (true, true) => Some(MissingPost::Trashed),
            (false, _) => Some(MissingPost::Replaced),
        }
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
        let missing = |slug: &str, status: RemoteStatus| {
            ours.missing_as(&RemotePost { slug: slug.to_owned(), status, ..RemotePost::default() })
        };
        for slug in ["tea-0123456789", "tea", "tea-2", "tea-0123456789-2"] {
            assert_eq!(missing(slug, RemoteStatus::Draft), None, "{slug}");
        }
        for slug in ["coffee", "teapot", "tea-", "tea-two", "", "tea-0123456789__trashed"] {
            assert_eq!(missing(slug, RemoteStatus::Publish), Some(MissingPost::Replaced), "{slug}");
        }
        let trash = || RemoteStatus::Other("trash".to_owned());
        for slug in ["tea", "tea__trashed", "tea-2__trashed"] {
            assert_eq!(missing(slug, trash()), Some(MissingPost::Trashed), "{slug}");
        }
        assert_eq!(missing("coffee__trashed", trash()), Some(MissingPost::Replaced));
        let pending = RemoteStatus::Other("pending".to_owned());
        assert_eq!(missing("tea", pending), None, "somebody looks at it before it is public");
    }
}
