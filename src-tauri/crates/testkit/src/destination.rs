//! A site that is only remembered, and that loses answers when it is told to: the effect happens, and nobody hears of
//! it. What a real site says stands in the contract tests; this one is for what we do next.

use crate::clock::START;
use async_trait::async_trait;
use igny8_core::port::destination::{
    Article, DraftPost, MediaUpload, PostUpdate, RemoteMedia, RemotePost, RemoteStatus, RemoteTerm, SearchFields,
    SiteProbe, Taxonomy,
};
use igny8_core::port::{Destination, SiteError};
use igny8_core::time::UtcMs;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How one step goes wrong.
#[derive(Clone, Debug)]
pub enum Mishap {
    /// It is refused and not done.
    Refused(SiteError),
    /// It is done, and the answer is lost.
    AnswerLost,
    /// It is lost with its answer, and meanwhile somebody adds this to the text of the first post.
    LostWhileSomebodyWrote(&'static str),
}

/// Steps that a delivery takes on the site, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// `create_draft`.
    Draft,
    /// `upload_media`.
    Media,
    /// `update_post`.
    Update,
    /// `take_back`.
    TakeBack,
    /// `nudge`.
    Nudge,
    /// `find_post` and `find_media`.
    Look,
}

#[derive(Debug, Default)]
struct Contents {
    posts: Vec<RemotePost>,
    /// How many posts were ever made: no number is given twice.
    made: usize,
    media: Vec<(String, RemoteMedia)>,
    terms: Vec<(Taxonomy, String)>,
    mishaps: VecDeque<(Step, Mishap)>,
    steps: Vec<Step>,
    /// What time it is there; absent where it goes by ours.
    clock: Option<UtcMs>,
    /// It publishes what is due when it is poked.
    is_diligent: bool,
}

/// The site.
#[derive(Debug, Default)]
pub struct RememberedSite {
    contents: Mutex<Contents>,
}

impl RememberedSite {
    /// Says how the next such step goes wrong.
    pub fn mishap(&self, step: Step, mishap: Mishap) {
        self.lock().mishaps.push_back((step, mishap));
    }

    /// Forgets all mishaps that have not happened yet.
    pub fn recover(&self) {
        self.lock().mishaps.clear();
    }

    /// Its posts, oldest first.
    #[must_use]
    pub fn posts(&self) -> Vec<RemotePost> {
        self.lock().posts.clone()
    }

    /// Lets somebody else at its posts: thrown away, deleted, renamed.
    pub fn meddle(&self, with: impl FnOnce(&mut Vec<RemotePost>)) {
        with(&mut self.lock().posts);
    }

    /// Sets its clock, which goes by ours before.
    pub fn set_clock(&self, now: UtcMs) {
        self.lock().clock = Some(now);
    }

    /// From now on it publishes what is due when it is poked.
    pub fn be_diligent(&self) {
        self.lock().is_diligent = true;
    }

    /// The text alternatives of its files, oldest first.
    #[must_use]
    pub fn alts(&self) -> Vec<String> {
        self.lock().media.iter().map(|(_, media)| media.alt.clone()).collect()
    }

    /// Lets somebody else give a file another text alternative, by its place among [`RememberedSite::alts`].
    pub fn reword(&self, nth: usize, alt: &str) {
        if let Some((_, media)) = self.lock().media.get_mut(nth) {
            alt.clone_into(&mut media.alt);
        }
    }

    /// How many files it has.
    #[must_use]
    pub fn media_count(&self) -> usize {
        self.lock().media.len()
    }

    /// Every step it was asked for, in order.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        self.lock().steps.clone()
    }

    /// A test that panicked while it held the lock leaves the contents whole.
    fn lock(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does a step, unless a mishap keeps it from happening or its answer from arriving.
    fn step<T>(&self, step: Step, done: impl FnOnce(&mut Contents) -> Result<T, SiteError>) -> Result<T, SiteError> {
        let mut contents = self.lock();
        contents.steps.push(step);
        let mishap = match contents.mishaps.front() {
            Some((at, _)) if *at == step => contents.mishaps.pop_front().map(|(_, mishap)| mishap),
            Some(_) | None => None,
        };
        match mishap {
            Some(Mishap::Refused(error)) => Err(error),
            Some(Mishap::AnswerLost) => {
                done(&mut contents)?;
                Err(SiteError::Unknown)
            }
            Some(Mishap::LostWhileSomebodyWrote(words)) => {
                contents.posts.iter_mut().take(1).for_each(|post| post.content.push_str(words));
                Err(SiteError::Unknown)
            }
            None => done(&mut contents),
        }
    }
}

#[async_trait]
impl Destination for RememberedSite {
    async fn probe(&self) -> Result<SiteProbe, SiteError> {
        Ok(SiteProbe { name: "Remembered".to_owned(), can_publish: true, can_upload: true, ..SiteProbe::default() })
    }

    async fn create_draft(&self, post: &DraftPost) -> Result<RemotePost, SiteError> {
        self.step(Step::Draft, |contents| {
            contents.made += 1;
            let id = contents.made.to_string();
            let made = RemotePost {
                url: format!("https://remembered.example/?p={id}"),
                id,
                slug: post.slug.clone(),
                title: post.title.clone(),
                ..RemotePost::default()
            };
            contents.posts.push(made.clone());
            Ok(made)
        })
    }

    async fn find_post(&self, slug: &str, _: bool) -> Result<Option<RemotePost>, SiteError> {
        self.step(Step::Look, |contents| Ok(contents.posts.iter().find(|post| post.slug == slug).cloned()))
    }

    async fn remove_draft(&self, id: &str, _: bool) -> Result<(), SiteError> {
        self.lock().posts.retain(|post| post.id != id);
        Ok(())
    }

    async fn find_media(&self, file_name: &str) -> Result<Option<RemoteMedia>, SiteError> {
        self.step(Step::Look, |contents| {
            Ok(contents.media.iter().find(|(name, _)| name == file_name).map(|(_, media)| media.clone()))
        })
    }

    async fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError> {
        self.step(Step::Media, |contents| {
            let id = (contents.media.len() + 1).to_string();
            let url = format!("https://remembered.example/{}", media.file_name);
            let made = RemoteMedia { id, url, alt: media.alt.clone() };
            contents.media.push((media.file_name.clone(), made.clone()));
            Ok(made)
        })
    }

    async fn describe_media(&self, id: &str, alt: &str) -> Result<RemoteMedia, SiteError> {
        self.step(Step::Media, |contents| {
            let found = contents.media.iter_mut().find(|(_, media)| media.id == id).ok_or(SiteError::NotFound)?;
            alt.clone_into(&mut found.1.alt);
            Ok(found.1.clone())
        })
    }

    async fn ensure_terms(&self, taxonomy: Taxonomy, names: &[String]) -> Result<Vec<RemoteTerm>, SiteError> {
        let mut contents = self.lock();
        let found = names.iter().map(|name| {
            let term = (taxonomy, name.clone());
            let place = contents.terms.iter().position(|known| *known == term).unwrap_or_else(|| {
                contents.terms.push(term);
                contents.terms.len() - 1
            });
            RemoteTerm { id: (place + 1).to_string(), name: name.clone() }
        });
        Ok(found.collect())
    }

    fn render(&self, article: &Article) -> String {
        article.html.clone()
    }

    async fn update_post(&self, id: &str, _: bool, update: &PostUpdate) -> Result<RemotePost, SiteError> {
        self.step(Step::Update, |contents| {
            let ids = |terms: &[RemoteTerm]| terms.iter().map(|term| term.id.clone()).collect();
            let post = contents.posts.iter_mut().find(|post| post.id == id).ok_or(SiteError::NotFound)?;
            *post = RemotePost {
                slug: update.slug.clone(),
                title: update.title.clone(),
                status: update.status.clone(),
                content: update.content.clone(),
                excerpt: update.excerpt.clone(),
                categories: ids(&update.categories),
                tags: ids(&update.tags),
                featured_media: update.featured_media.clone(),
                date: match update.status {
                    RemoteStatus::Future(at) => Some(at),
                    RemoteStatus::Publish => Some(post.date.unwrap_or(START)),
                    RemoteStatus::Draft | RemoteStatus::Other(_) => None,
                },
                search: SearchFields {
                    title: Some(update.meta_title.clone()),
                    description: Some(update.meta_description.clone()),
                },
                ..post.clone()
            };
            Ok(post.clone())
        })
    }

    async fn take_back(&self, id: &str, _: bool) -> Result<RemotePost, SiteError> {
        self.step(Step::TakeBack, |contents| {
            let post = contents.posts.iter_mut().find(|post| post.id == id).ok_or(SiteError::NotFound)?;
            (post.status, post.date) = (RemoteStatus::Draft, None);
            Ok(post.clone())
        })
    }

    async fn clock(&self) -> Result<Option<UtcMs>, SiteError> {
        Ok(self.lock().clock)
    }

    async fn nudge(&self) -> Result<(), SiteError> {
        self.step(Step::Nudge, |contents| {
            let is_diligent = contents.is_diligent;
            for post in contents.posts.iter_mut().filter(|_| is_diligent) {
                if let RemoteStatus::Future(_) = post.status {
                    post.status = RemoteStatus::Publish;
                }
            }
            Ok(())
        })
    }

    async fn read_post(&self, id: &str, _: bool) -> Result<RemotePost, SiteError> {
        self.lock().posts.iter().find(|post| post.id == id).cloned().ok_or(SiteError::NotFound)
    }

    async fn read_media(&self, id: &str) -> Result<RemoteMedia, SiteError> {
        let contents = self.lock();
        let found = contents.media.iter().find(|(_, media)| media.id == id).map(|(_, media)| media.clone());
        found.ok_or(SiteError::NotFound)
    }
}
