//! Which passage of an article a site refuses. Firewalls in front of a site say no to a whole request and not why. On
//! request, the text is tried in parts: as the text of one draft that is never public and is taken away afterwards, with as
//! few requests as the search takes, since whoever is refused too often is shut out.

use super::tidying::TRIED;
use crate::engine::OpenError;
use crate::operation::not_found;
use crate::{Engine, EngineError, host_of};
use igny8_core::article;
use igny8_core::bisect::Bisection;
use igny8_core::id::{ContentId, SiteId};
use igny8_core::on_site::{LeftoverKind, PassagePlace};
use igny8_core::port::destination::{Article, DraftPost};
use igny8_core::port::{Destination, SiteError};
use igny8_core::status::DestinationKind;
use igny8_store::StoreError;
use igny8_store::table::leftover::NewLeftover;
use std::ops::Range;

/// Requests at most. Each passage takes about two dozen in the longest article; what is not found by then is told as it is.
const QUESTIONS_MAX: u32 = 90;
/// Characters of a passage that are shown.
const PASSAGE_CHARS_MAX: usize = 600;
/// Random characters of the slug of the draft.
const SLUG_KEY_CHARS: usize = 10;

/// How far the search is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Searching {
    /// Texts tried.
    pub tried: u32,
    /// Passages found.
    pub found: u32,
}

/// A passage that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub place: PassagePlace,
    /// Its words, or the markup where words alone are taken.
    pub text: String,
    /// It is the markup that is refused, a link or a piece of code say.
    pub is_markup: bool,
}

/// What the search came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// Passages that are refused, in their order. None where the whole text is taken.
    pub passages: Vec<Passage>,
    /// Texts tried.
    pub tried: u32,
    /// It was stopped before its end.
    pub is_stopped: bool,
    /// There may be more passages.
    pub is_cut_short: bool,
}

/// A text that can be tried by itself.
struct Part {
    place: PassagePlace,
    html: String,
}

impl Engine {
    /// Searches an article for passages that its site refuses. Asked before each request, `goes_on` hears how far it is and
    /// may stop it.
    ///
    /// # Errors
    /// [`EngineError::NotFound`]; [`EngineError::WrongState`] for an article of a folder, and one that the site had before;
    /// [`EngineError::Site`] when the site fails otherwise than by refusing.
    pub async fn find_refused(
        &self,
        content: ContentId,
        mut goes_on: impl FnMut(Searching) -> bool + Send,
    ) -> Result<Searched, EngineError> {
        let read = self.store.read(move |r| {
            let row = r.content(content)?;
            Ok::<_, StoreError>((r.site(row.site)?, r.content_html(content)?, row))
        });
        let (site, html, row) = read.await.map_err(|error| not_found(error, "content"))?;
        if site.kind == DestinationKind::Folder || row.is_imported {
            return Err(EngineError::WrongState("content"));
        }
        let told = |error| EngineError::Site { host: host_of(&site), error };
        let (_, destination) = self.open_destination(site.id).await.map_err(|error| match error {
            OpenError::Site(error) => told(error),
            OpenError::Store(error) => error.into(),
        })?;
        let parts = parts([&row.title, &row.excerpt, &row.meta_title, &row.meta_description], &html);
        let hex = self.ids.next().simple().to_string();
        let slug = format!("{TRIED}{}", hex.get(hex.len() - SLUG_KEY_CHARS..).unwrap_or(&hex));
        self.names_in_use.take(&slug);
        let begun = self.begin_trying(site.id, &slug, destination.as_ref()).await;
        let searched = Searched::default();
        let (searched, ended) = match begun {
            Ok(draft) => {
                let place = (site.id, destination.as_ref());
                let mut search = Search { engine: self, place, draft: (draft, slug.clone()), searched };
                let ended = search.all(&parts, &mut goes_on).await;
                (search.searched, ended)
            }
            Err(stopped) => (searched, Err(stopped)),
        };
        self.names_in_use.let_go(&slug);
        // Also when it failed: what it was tried with goes in any case, now or later.
        self.tidy_quietly(site.id, destination.as_ref()).await;
        match ended {
            Ok(()) => Ok(searched),
            Err(Stopped::User) => Ok(Searched { is_stopped: true, ..searched }),
            Err(Stopped::Site(error)) => Err(told(error)),
            Err(Stopped::Ours(error)) => Err(error),
        }
    }

    /// A search has ended: what is read of it is stale.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn passages_ended(&self) -> Result<(), EngineError> {
        let ended = self.store.write(|w| {
            w.passages_ended();
            Ok::<_, StoreError>(())
        });
        Ok(ended.await?)
    }

    /// The draft that texts are tried with: its id. It is noted before it can be there.
    async fn begin_trying(&self, site: SiteId, slug: &str, destination: &dyn Destination) -> Result<String, Stopped> {
        let (note, now) = (note(site, slug), self.clock.now());
        self.store.write(move |w| w.note_leftover(&note, now)).await.map_err(|error| Stopped::Ours(error.into()))?;
        let draft = DraftPost { slug: slug.to_owned(), title: slug.to_owned(), is_page: false };
        let made = match destination.create_draft(&draft).await {
            Err(error) if error.may_have_happened() => match destination.find_post(slug, false).await {
                Ok(found) => found.ok_or(error),
                Err(error) => Err(error),
            },
            made => made,
        };
        made.map(|post| post.id).map_err(Stopped::Site)
    }
}

/// Why a search ends before its end.
enum Stopped {
    /// By who asked for it.
    User,
    /// By what the site answered.
    Site(SiteError),
    /// By what failed here.
    Ours(EngineError),
}

struct Search<'a> {
    engine: &'a Engine,
    place: (SiteId, &'a dyn Destination),
    /// Its id and its slug.
    draft: (String, String),
    searched: Searched,
}

impl Search<'_> {
    async fn all(
        &mut self,
        parts: &[Part],
        goes_on: &mut (impl FnMut(Searching) -> bool + Send),
    ) -> Result<(), Stopped> {
        let mut search = Bisection::over(parts.len());
        while let Some(question) = search.question() {
            let known = search.found().len();
            let html = joined(parts.get(question).unwrap_or_default());
            search.told(self.is_refused(&html, goes_on).await?);
            if let Some(found) = search.found().get(known) {
                let passage = self.narrowed(parts.get(found.clone()).unwrap_or_default(), goes_on).await?;
                self.searched.passages.push(passage);
            }
        }
        self.searched.is_cut_short |= search.is_cut_short();
        Ok(())
    }

    /// The words of a passage that are refused; of several paragraphs together all of them.
    async fn narrowed(
        &mut self,
        parts: &[Part],
        goes_on: &mut (impl FnMut(Searching) -> bool + Send),
    ) -> Result<Passage, Stopped> {
        let place = parts.first().map_or(PassagePlace::Body, |part| part.place);
        let html = joined(parts);
        let plain = article::plain_text(&html);
        let words: Vec<&str> = plain.split(' ').collect();
        let mut search = Bisection::over(words.len());
        while let Some(question) = search.question().filter(|_| search.found().is_empty()) {
            let text = words_of(&words, question);
            search.told(self.is_refused(&format!("<p>{}</p>", escaped(&text)), goes_on).await?);
        }
        Ok(match search.found().first() {
            Some(found) => Passage { place, text: shown(&words_of(&words, found.clone())), is_markup: false },
            None => Passage { place, text: shown(&html), is_markup: true },
        })
    }

    /// Whether the site refuses a text.
    async fn is_refused(
        &mut self,
        html: &str,
        goes_on: &mut (impl FnMut(Searching) -> bool + Send),
    ) -> Result<bool, Stopped> {
        let found = u32::try_from(self.searched.passages.len()).unwrap_or(u32::MAX);
        if self.searched.tried >= QUESTIONS_MAX {
            self.searched.is_cut_short = true;
            return Ok(false);
        }
        if !goes_on(Searching { tried: self.searched.tried, found }) {
            return Err(Stopped::User);
        }
        let (site, destination) = self.place;
        let text = destination.render(&Article { html: html.to_owned(), images: Vec::new() });
        let mut answer = destination.try_text(&self.draft.0, &text).await;
        if answer == Err(SiteError::Unknown) {
            // Trying it twice is the same as once.
            answer = destination.try_text(&self.draft.0, &text).await;
        }
        self.searched.tried = self.searched.tried.saturating_add(1);
        let (note, now) = (note(site, &self.draft.1), self.engine.clock.now());
        let noted = self.engine.store.write(move |w| w.note_leftover(&note, now));
        noted.await.map_err(|error| Stopped::Ours(error.into()))?;
        match answer {
            Ok(()) => Ok(false),
            Err(error) if is_refusal(&error) => Ok(true),
            Err(error) => Err(Stopped::Site(error)),
        }
    }
}

/// What is noted of the draft, so that it is taken away whatever happens.
fn note(site: SiteId, slug: &str) -> NewLeftover {
    let (keeps, parent) = (String::new(), String::new());
    NewLeftover { site, kind: LeftoverKind::Post, name: slug.to_owned(), keeps, parent }
}

/// Whether somebody says no to what was sent, and not to who sends it. A text that is only too long has no passage.
fn is_refusal(error: &SiteError) -> bool {
    match error {
        SiteError::HtmlInsteadOfJson { status: 300..500 } | SiteError::Forbidden { .. } => true,
        SiteError::Rejected { status, .. } => *status != 413,
        _ => false,
    }
}

/// What of an article goes to its site as text, in the order in which it is tried.
fn parts([title, excerpt, meta_title, meta_description]: [&str; 4], html: &str) -> Vec<Part> {
    let lines = [
        (PassagePlace::Title, title),
        (PassagePlace::Excerpt, excerpt),
        (PassagePlace::MetaTitle, meta_title),
        (PassagePlace::MetaDescription, meta_description),
    ];
    let lines = lines.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let lines = lines.map(|(place, text)| Part { place, html: format!("<p>{}</p>", escaped(text)) });
    let body = article::pieces(html).into_iter().map(|piece| Part { place: PassagePlace::Body, html: piece.html });
    lines.chain(body).collect()
}

fn joined(parts: &[Part]) -> String {
    parts.iter().map(|part| part.html.as_str()).collect::<Vec<_>>().join("\n")
}

fn words_of(words: &[&str], which: Range<usize>) -> String {
    words.get(which).unwrap_or_default().join(" ")
}

fn shown(text: &str) -> String {
    text.chars().take(PASSAGE_CHARS_MAX).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
