//! Which post on a site is ours. An id alone does not say: the site behind an address can have been set up anew, and
//! then the number is somebody else's post. Ours has a slug that this delivery gave it, or, where somebody gave it another
//! address there, still the title or the text that both sides agreed on.

use super::receipt::hash;
use igny8_core::agreed::Agreed;
use igny8_core::port::destination::{RemotePost, RemoteStatus};
use igny8_core::port::{Destination, SiteError};
use igny8_store::table::outbox::OutboxRow;
use igny8_store::table::site_post::SitePostRow;

/// What WordPress puts behind the slug of a post that was thrown away.
const TRASHED_SUFFIX: &str = "__trashed";

/// Why a post that we made is not to be had any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPost {
    /// It lies in the site's trash, from where it can be put back.
    Trashed,
    /// There is none of its number.
    Gone,
    /// Its number has a post without any of our slugs and with nothing of ours in it: somebody else's.
    Replaced,
    /// It was made at another address, and the site that is here now is not known to be that one.
    Elsewhere,
    /// Under its address stands a post with another text, and whether that is the article is not known: what a copy of the
    /// database has of it may be older than what was published.
    Namesake,
}

impl MissingPost {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Trashed, Self::Gone, Self::Replaced, Self::Elsewhere, Self::Namesake];

    /// The stable code that is stored and shown.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trashed => "post_trashed",
            Self::Gone => "post_gone",
            Self::Replaced => "post_replaced",
            Self::Elsewhere => "post_elsewhere",
            Self::Namesake => "post_namesake",
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
    /// What both sides agreed on of it; nothing before that.
    pub agreed: Agreed,
}

impl OurPost {
    /// As the outbox knows it, with what is `known` of the post of the article.
    pub fn of(outbox: &OutboxRow, is_page: bool, known: Option<&SitePostRow>) -> Self {
        let slugs = std::iter::once(&outbox.draft_slug).chain(&outbox.post_slugs).cloned().collect();
        let agreed = known.filter(|known| known.post_id == outbox.remote_id).map(|known| known.agreed.clone());
        Self { id: outbox.remote_id.clone(), is_page, slugs, agreed: agreed.unwrap_or_default() }
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
        let is_trashed = is_trashed(post);
        match (self.has_slug(post) || self.has_ours(post), is_trashed) {
            (true, false) => None,
            (true, true) => Some(MissingPost::Trashed),
            (false, _) => Some(MissingPost::Replaced),
        }
    }

    /// Whether a post stands under an address that we gave it.
    pub fn has_slug(&self, post: &RemotePost) -> bool {
        let kept = post.slug.strip_suffix(TRASHED_SUFFIX).filter(|_| is_trashed(post));
        let slug = kept.unwrap_or(&post.slug);
        self.slugs.iter().any(|ours| is_slug_of(ours, slug))
    }

    /// Whether the title or the text of a post is as both sides agreed. Its date says nothing, for two posts of one second
    /// have the same, and neither does a text that is not there.
    fn has_ours(&self, post: &RemotePost) -> bool {
        let (agreed, now) = (&self.agreed, Agreed::on(post, hash(&post.content)));
        let is_same = |is_known: bool, is_same: bool| is_known && is_same;
        is_same(agreed.title.is_some(), agreed.title == now.title)
            || is_same(agreed.body.is_some() && !post.content.is_empty(), agreed.body == now.body)
    }
}

fn is_trashed(post: &RemotePost) -> bool {
    matches!(&post.status, RemoteStatus::Other(word) if word == RemoteStatus::TRASHED)
}

/// Whether a site may have stored `slug` as `stored`: as it is, or with a number when it was taken.
pub(crate) fn is_slug_of(slug: &str, stored: &str) -> bool {
    let Some(rest) = stored.strip_prefix(slug).filter(|_| !slug.is_empty()) else { return false };
    let number = rest.strip_prefix('-').unwrap_or("x");
    rest.is_empty() || (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::time::UtcMs;

    #[test]
    fn a_post_is_ours_by_a_slug_we_gave_it_and_not_from_the_trash() {
        let slugs = vec!["tea-0123456789".to_owned(), "tea".to_owned(), String::new()];
        let ours = OurPost { id: "7".to_owned(), is_page: false, slugs, agreed: Agreed::default() };
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

    #[test]
    fn a_post_under_an_address_of_somebody_elses_choice_is_ours_while_something_is_as_agreed() {
        let post = |title: &str, body: &str, day: i64| RemotePost {
            slug: "green-tea".to_owned(),
            title: title.to_owned(),
            content: body.to_owned(),
            date: Some(UtcMs(day)),
            status: RemoteStatus::Publish,
            ..RemotePost::default()
        };
        let agreed = Agreed::on(&post("Tea", "<p>Tea</p>", 1), hash("<p>Tea</p>"));
        let ours = OurPost { id: "7".to_owned(), is_page: false, slugs: vec!["tea".to_owned()], agreed };
        for (title, body) in [("Tea", ""), ("", "<p>Tea</p>")] {
            assert_eq!(ours.missing_as(&post(title, body, 2)), None, "{title} {body}");
        }
        assert_eq!(ours.missing_as(&post("Coffee", "<p>Coffee</p>", 1)), Some(MissingPost::Replaced), "of one second");
        let agreed = Agreed::on(&post("Tea", "", 1), hash(""));
        let drafted = OurPost { id: "7".to_owned(), is_page: false, slugs: vec!["tea".to_owned()], agreed };
        assert_eq!(drafted.missing_as(&post("Coffee", "", 2)), Some(MissingPost::Replaced), "as empty as ours was");
        let trashed = RemotePost {
            slug: "green-tea__trashed".to_owned(),
            status: RemoteStatus::Other("trash".to_owned()),
            ..post("Tea", "", 2)
        };
        assert_eq!(ours.missing_as(&trashed), Some(MissingPost::Trashed));
        assert!(!ours.has_slug(&trashed));
    }
}
