//! The site itself: posts, files and terms as WordPress keeps them. It publishes what is due when somebody visits it, as
//! WordPress does, or only when it is poked, or never; and it goes by the time that it really is, whatever the clock of the
//! computer shows that writes to it.

use crate::simulation::clock::VirtualClock;
use igny8_core::port::SiteError;
use igny8_core::port::destination::{
    DraftPost, PostUpdate, RemoteMedia, RemotePost, RemoteStatus, RemoteTerm, Taxonomy,
};
use igny8_core::time::UtcMs;

/// What is due sooner than that WordPress publishes at once.
const SOON_MS: i64 = 60_000;

/// How a site keeps the times of its posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// It publishes what is due at the next visit.
    Punctual,
    /// Nobody visits it, and it publishes what is due when it is poked.
    WhenPoked,
    /// What does that is broken.
    Never,
}

/// A post and the slug it was begun under, which is its article's key.
#[derive(Clone, Debug)]
pub struct Post {
    /// The first slug.
    pub key: String,
    /// As it is now.
    pub now: RemotePost,
}

/// All that the site has.
pub(super) struct Contents {
    clock: VirtualClock,
    habit: Habit,
    posts: Vec<Post>,
    media: Vec<(String, RemoteMedia)>,
    terms: Vec<(Taxonomy, String)>,
}

impl Contents {
    /// An empty site.
    pub fn new(clock: VirtualClock, habit: Habit) -> Self {
        Self { clock, habit, posts: Vec::new(), media: Vec::new(), terms: Vec::new() }
    }

    /// What time it is there.
    pub fn time(&self) -> UtcMs {
        self.clock.right()
    }

    /// Every post.
    pub fn posts(&self) -> &[Post] {
        &self.posts
    }

    /// Somebody visits it.
    pub fn visited(&mut self) {
        if self.habit == Habit::Punctual {
            self.publish_due();
        }
    }

    /// It is asked to do what is due.
    pub fn poked(&mut self) {
        if self.habit != Habit::Never {
            self.publish_due();
        }
    }

    fn publish_due(&mut self) {
        let now = self.time();
        for post in &mut self.posts {
            if matches!(post.now.status, RemoteStatus::Future(at) if at <= now) {
                post.now.status = RemoteStatus::Publish;
            }
        }
    }

    /// A slug as WordPress keeps it: one that is taken gets a number.
    fn free_slug(&self, wanted: &str, besides: &str) -> String {
        let is_taken = |slug: &str| self.posts.iter().any(|post| post.now.id != besides && post.now.slug == slug);
        let numbered = (2..).map(|n| format!("{wanted}-{n}"));
        std::iter::once(wanted.to_owned()).chain(numbered).find(|slug| !is_taken(slug)).unwrap_or_default()
    }

    pub fn create(&mut self, post: &DraftPost, status: RemoteStatus) -> RemotePost {
        let id = (self.posts.len() + 1).to_string();
        let now = RemotePost {
            url: format!("https://press.example/?p={id}"),
            slug: self.free_slug(&post.slug, &id),
            id,
            title: post.title.clone(),
            status,
            ..RemotePost::default()
        };
        self.posts.push(Post { key: post.slug.clone(), now: now.clone() });
        now
    }

    pub fn find(&self, slug: &str) -> Option<RemotePost> {
        let mut names = std::iter::once(slug.to_owned()).chain((2..4).map(|n| format!("{slug}-{n}")));
        names.find_map(|name| self.posts.iter().find(|post| post.now.slug == name)).map(|post| post.now.clone())
    }

    pub fn post(&self, id: &str) -> Result<RemotePost, SiteError> {
        let found = self.posts.iter().find(|post| post.now.id == id);
        found.map(|post| post.now.clone()).ok_or(SiteError::NotFound)
    }

    fn post_mut(&mut self, id: &str) -> Result<&mut RemotePost, SiteError> {
        let found = self.posts.iter_mut().find(|post| post.now.id == id);
        found.map(|post| &mut post.now).ok_or(SiteError::NotFound)
    }

    pub fn update(&mut self, id: &str, update: &PostUpdate) -> Result<RemotePost, SiteError> {
        let (slug, now) = (self.free_slug(&update.slug, id), self.time());
        let post = self.post_mut(id)?;
        let ids = |terms: &[RemoteTerm]| terms.iter().map(|term| term.id.clone()).collect();
        let (status, date) = match &update.status {
            RemoteStatus::Future(at) if at.0 - now.0 < SOON_MS => (RemoteStatus::Publish, Some(*at)),
            RemoteStatus::Future(at) => (RemoteStatus::Future(*at), Some(*at)),
            RemoteStatus::Publish => {
                let was_due = matches!(post.status, RemoteStatus::Future(at) if at <= now);
                let is_dated = was_due || post.status == RemoteStatus::Publish;
                (RemoteStatus::Publish, post.date.filter(|_| is_dated).or(Some(now)))
            }
            other => (other.clone(), None),
        };
        *post = RemotePost {
            slug,
            title: update.title.clone(),
            status,
            date,
            content: update.content.clone(),
            excerpt: update.excerpt.clone(),
            categories: ids(&update.categories),
            tags: ids(&update.tags),
            featured_media: update.featured_media.clone(),
            ..post.clone()
        };
        Ok(post.clone())
    }

    pub fn take_back(&mut self, id: &str) -> Result<RemotePost, SiteError> {
        let post = self.post_mut(id)?;
        (post.status, post.date) = (RemoteStatus::Draft, None);
        Ok(post.clone())
    }

    pub fn upload(&mut self, name: String, alt: String) -> RemoteMedia {
        let id = (self.media.len() + 1).to_string();
        let made = RemoteMedia { id, url: format!("https://press.example/{name}"), alt };
        self.media.push((name, made.clone()));
        made
    }

    pub fn file_named(&self, name: &str) -> Option<RemoteMedia> {
        self.media.iter().find(|(known, _)| known == name).map(|(_, media)| media.clone())
    }

    pub fn file(&self, id: &str) -> Result<RemoteMedia, SiteError> {
        let found = self.media.iter().find(|(_, media)| media.id == id);
        found.map(|(_, media)| media.clone()).ok_or(SiteError::NotFound)
    }

    pub fn describe(&mut self, id: &str, alt: String) -> Result<RemoteMedia, SiteError> {
        let found = self.media.iter_mut().find(|(_, media)| media.id == id).ok_or(SiteError::NotFound)?;
        found.1.alt = alt;
        Ok(found.1.clone())
    }

    pub fn term(&mut self, taxonomy: Taxonomy, name: &str) -> RemoteTerm {
        let term = (taxonomy, name.to_owned());
        let place = self.terms.iter().position(|known| *known == term).unwrap_or_else(|| {
            self.terms.push(term);
            self.terms.len() - 1
        });
        RemoteTerm { id: (place + 1).to_string(), name: name.to_owned() }
    }
}
