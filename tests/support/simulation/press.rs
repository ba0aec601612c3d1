//! The line to the WordPress outside, and that it breaks. A request may not arrive, may be served with its answer lost on the
//! way, or may be answered with a web page; the site does not know, and neither do we. The site itself stands in
//! `contents`: it lives on when a process ends, and goes by a clock of its own.

mod contents;

use crate::simulation::chance::Chance;
use crate::simulation::clock::VirtualClock;
use async_trait::async_trait;
use contents::Contents;
pub use contents::{Habit, Post};
use igny8_core::port::destination::{
    Article, DraftPost, MediaUpload, PostUpdate, RemoteMedia, RemotePost, RemoteStatus, RemoteTerm, SiteProbe, Taxonomy,
};
use igny8_core::port::{Destination, SiteError};
use igny8_core::time::UtcMs;
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
    /// An empty site that keeps the times of its posts as it is its habit. A careless one stands for a client that begins
    /// posts in public and never looks whether one is there already.
    pub fn new(clock: VirtualClock, habit: Habit, is_careless: bool) -> Self {
        let contents = Contents::new(clock, habit);
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
        state.contents.visited();
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

    /// Somebody reads it, at which it does what is due.
    pub fn visit(&self) {
        self.lock().contents.visited();
    }

    /// Every post.
    pub fn posts(&self) -> Vec<Post> {
        self.lock().contents.posts().to_vec()
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
        self.ask(move |contents| Ok(contents.file_named(&name))).await
    }

    async fn upload_media(&self, media: &MediaUpload) -> Result<RemoteMedia, SiteError> {
        let (name, alt) = (media.file_name.clone(), media.alt.clone());
        self.ask(move |contents| Ok(contents.upload(name, alt))).await
    }

    async fn describe_media(&self, id: &str, alt: &str) -> Result<RemoteMedia, SiteError> {
        let (id, alt) = (id.to_owned(), alt.to_owned());
        self.ask(move |contents| contents.describe(&id, alt)).await
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

    async fn take_back(&self, id: &str, _: bool) -> Result<RemotePost, SiteError> {
        let id = id.to_owned();
        self.ask(move |contents| contents.take_back(&id)).await
    }

    async fn clock(&self) -> Result<Option<UtcMs>, SiteError> {
        self.ask(|contents| Ok(Some(contents.time()))).await
    }

    async fn nudge(&self) -> Result<(), SiteError> {
        self.ask(|contents| {
            contents.poked();
            Ok(())
        })
        .await
    }

    async fn read_post(&self, id: &str, _: bool) -> Result<RemotePost, SiteError> {
        let id = id.to_owned();
        self.ask(move |contents| contents.post(&id)).await
    }

    async fn read_media(&self, id: &str) -> Result<RemoteMedia, SiteError> {
        let id = id.to_owned();
        self.ask(move |contents| contents.file(&id)).await
    }
}
