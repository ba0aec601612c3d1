//! The WordPress outside: posts, files and terms, and a line that breaks. A request may not arrive, may be served with
//! its answer lost on the way, or may be answered with a web page; the site does not know, and neither do we. It lives on
//! when a process ends, and it counts how often an article became public.

use crate::simulation::chance::Chance;
use async_trait::async_trait;
use igny8_core::port::destination::{
    Article, DraftPost, MediaUpload, PostUpdate, RemoteMedia, RemotePost, RemoteStatus, RemoteTerm, SiteProbe, Taxonomy,
};
use igny8_core::port::{Destination, SiteError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Served,
    ServedAndLost,
    ServedAndGarbled,
    Lost,
    Busy,
    Unreachable,
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
#[derive(Debug, Default)]
struct Contents {
    posts: Vec<Post>,
    media: Vec<(String, RemoteMedia)>,
    terms: Vec<(Taxonomy, String)>,
}

/// A request that waits to be served.
type Waiting = Box<dyn FnOnce(&mut Contents, Option<Fate>) + Send>;

struct State {
    contents: Contents,
    waiting: Vec<Waiting>,
    is_calm: bool,
    is_offline: bool,
    /// The planted way of publishing: at once, and again when in doubt.
    is_careless: bool,
}

/// The site of one world.
#[derive(Clone)]
pub struct Press {
    state: Arc<Mutex<State>>,
}

impl Press {
    /// An empty site. A careless one stands for a client that begins posts in public and never looks whether one is
    /// there already.
    pub fn new(is_careless: bool) -> Self {
        let contents = Contents::default();
        let state = State { contents, waiting: Vec::new(), is_calm: false, is_offline: false, is_careless };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// From now on the site stays on the net. Its line breaks ten times less often, so that what waits arrives in the end.
    pub fn calm(&self) {
        let mut state = self.lock();
        state.is_calm = true;
        state.is_offline = false;
    }

    /// Takes the site off the net, or back.
    pub fn toggle(&self) {
        let mut state = self.lock();
        state.is_offline = !state.is_offline && !state.is_calm;
    }

    /// How many requests wait.
    pub fn waiting(&self) -> usize {
        self.lock().waiting.len()
    }

    /// Serves one of the requests, one way or another.
    pub fn serve(&self, chance: &mut Chance) {
        let mut state = self.lock();
        let nth = chance.below(state.waiting.len());
        if state.waiting.is_empty() {
            return;
        }
        let waiting = state.waiting.remove(nth);
        let fate = state.fate(chance);
        waiting(&mut state.contents, Some(fate));
    }

    /// The process ended. What was on its way may still be served; nobody hears of it.
    pub fn hang_up(&self, chance: &mut Chance) {
        let mut state = self.lock();
        let waiting = std::mem::take(&mut state.waiting);
        for request in waiting {
            if chance.permille(500) {
                request(&mut state.contents, None);
            }
        }
    }

    /// Every post.
    pub fn posts(&self) -> Vec<Post> {
        self.lock().contents.posts.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a request and waits for what comes back.
    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Contents) -> Result<T, SiteError> + Send + 'static,
    ) -> Result<T, SiteError> {
        let (to, answer) = oneshot::channel();
        self.lock().waiting.push(Box::new(move |contents, fate| {
            let reply = match fate {
                None => return drop(work(contents)),
                Some(Fate::Served) => work(contents),
                Some(Fate::ServedAndLost) => work(contents).and(Err(SiteError::Unknown)),
                Some(Fate::ServedAndGarbled) => work(contents).and(Err(SiteError::HtmlInsteadOfJson { status: 200 })),
                Some(Fate::Lost) => Err(SiteError::Unknown),
                Some(Fate::Busy) => Err(SiteError::Busy { retry_after_ms: None }),
                Some(Fate::Unreachable) => Err(SiteError::Unreachable),
            };
            drop(to.send(reply));
        }));
        answer.await.unwrap_or(Err(SiteError::Unknown))
    }
}

impl State {
    fn fate(&self, chance: &mut Chance) -> Fate {
        if self.is_offline {
            return Fate::Unreachable;
        }
        let served = if self.is_calm { 700 } else { 70 };
        chance.weighed(&[
            (served, Fate::Served),
            (8, Fate::ServedAndLost),
            (4, Fate::ServedAndGarbled),
            (6, Fate::Lost),
            (3, Fate::Busy),
            (3, Fate::Unreachable),
        ])
    }
}

impl Contents {
    /// A slug as WordPress keeps it: one that is taken gets a number.
    fn free_slug(&self, wanted: &str, besides: &str) -> String {
        let is_taken = |slug: &str| self.posts.iter().any(|post| post.now.id != besides && post.now.slug == slug);
        let numbered = (2..).map(|n| format!("{wanted}-{n}"));
        std::iter::once(wanted.to_owned()).chain(numbered).find(|slug| !is_taken(slug)).unwrap_or_default()
    }

    fn create(&mut self, post: &DraftPost, status: RemoteStatus) -> RemotePost {
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

    fn find(&self, slug: &str) -> Option<RemotePost> {
        let mut names = std::iter::once(slug.to_owned()).chain((2..4).map(|n| format!("{slug}-{n}")));
        names.find_map(|name| self.posts.iter().find(|post| post.now.slug == name)).map(|post| post.now.clone())
    }

    fn update(&mut self, id: &str, update: &PostUpdate) -> Result<RemotePost, SiteError> {
        let slug = self.free_slug(&update.slug, id);
        let post = self.posts.iter_mut().find(|post| post.now.id == id).ok_or(SiteError::NotFound)?;
        let ids = |terms: &[RemoteTerm]| terms.iter().map(|term| term.id.clone()).collect();
        post.now = RemotePost {
            slug,
            title: update.title.clone(),
            status: update.status.clone(),
            content: update.content.clone(),
            excerpt: update.excerpt.clone(),
            categories: ids(&update.categories),
            tags: ids(&update.tags),
            featured_media: update.featured_media.clone(),
            ..post.now.clone()
        };
        Ok(post.now.clone())
    }

    fn upload(&mut self, name: String, alt: String) -> RemoteMedia {
        let id = (self.media.len() + 1).to_string();
        let made = RemoteMedia { id, url: format!("https://press.example/{name}"), alt };
        self.media.push((name, made.clone()));
        made
    }

    fn term(&mut self, taxonomy: Taxonomy, name: &str) -> RemoteTerm {
        let term = (taxonomy, name.to_owned());
        let place = self.terms.iter().position(|known| *known == term).unwrap_or_else(|| {
            self.terms.push(term);
            self.terms.len() - 1
        });
        RemoteTerm { id: (place + 1).to_string(), name: name.to_owned() }
    }
}

#[async_trait]
impl Destination for Press {
    async fn probe(&self) -> Result<SiteProbe, SiteError> {
        self.ask(|_| Ok(SiteProbe { can_publish: true, can_upload: true, ..SiteProbe::default() })).await
    }

    async fn create_draft(&self, post: &DraftPost) -> Result<RemotePost, SiteError> {
        let status = if self.lock().is_careless { RemoteStatus::Publish } else { RemoteStatus::Draft };
        let post = post.clone();
        self.ask(move |contents| Ok(contents.create(&post, status))).await
    }

    async fn find_post(&self, slug: &str, _: bool) -> Result<Option<RemotePost>, SiteError> {
        let (slug, is_careless) = (slug.to_owned(), self.lock().is_careless);
        self.ask(move |contents| Ok(contents.find(&slug).filter(|_| !is_careless))).await
    }

    async fn find_media(&self, file_name: &str) -> Result<Option<RemoteMedia>, SiteError> {
        let name = file_name.to_owned();
        self.ask(move |contents| {
            Ok(contents.media.iter().find(|(known, _)| *known == name).map(|(_, media)| media.clone()))
        })
        .await
    }

    async fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError> {
        let (name, alt) = (media.file_name.clone(), media.alt.clone());
        self.ask(move |contents| Ok(contents.upload(name, alt))).await
    }

    async fn describe_media(&self, id: &str, alt: &str) -> Result<RemoteMedia, SiteError> {
        let (id, alt) = (id.to_owned(), alt.to_owned());
        self.ask(move |contents| {
            let found = contents.media.iter_mut().find(|(_, media)| media.id == id).ok_or(SiteError::NotFound)?;
            found.1.alt = alt;
            Ok(found.1.clone())
        })
        .await
    }

    async fn ensure_terms(&self, taxonomy: Taxonomy, names: &[String]) -> Result<Vec<RemoteTerm>, SiteError> {
        let names = names.to_vec();
        self.ask(move |contents| Ok(names.iter().map(|name| contents.term(taxonomy, name)).collect())).await
    }

    fn render(&self, article: &Article) -> String {
        article.html.clone()
    }

    async fn update_post(&self, id: &str, _: bool, update: &PostUpdate) -> Result<RemotePost, SiteError> {
        let (id, update) = (id.to_owned(), update.clone());
        self.ask(move |contents| contents.update(&id, &update)).await
    }

    async fn read_post(&self, id: &str, _: bool) -> Result<RemotePost, SiteError> {
        let id = id.to_owned();
        self.ask(move |contents| {
            contents.posts.iter().find(|post| post.now.id == id).map(|post| post.now.clone()).ok_or(SiteError::NotFound)
        })
        .await
    }

    async fn read_media(&self, id: &str) -> Result<RemoteMedia, SiteError> {
        let id = id.to_owned();
        self.ask(move |contents| {
            let found = contents.media.iter().find(|(_, media)| media.id == id).map(|(_, media)| media.clone());
            found.ok_or(SiteError::NotFound)
        })
        .await
    }
}
