//! Which passage of an article its site refuses. The search goes on in the background; how far it is is a read, which each
//! text that is tried makes stale.

use crate::dto::outbox::{PassageSearch, PassageView, SearchState};
use crate::view::list::id;
use crate::{Fault, Igny8, caught};
use igny8_core::id::ContentId;
use igny8_engine::publish::{CUT_OFF, Searched, Searching};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The last search of each article since the app was started.
#[derive(Clone, Default)]
pub(crate) struct PassageSearches(Arc<Mutex<BTreeMap<ContentId, Progress>>>);

#[derive(Clone, Default)]
struct Progress {
    search: PassageSearch,
    /// It is to end before the next text.
    is_to_end: bool,
}

impl PassageSearches {
    /// A poisoned lock only means that a thread ended while it held it; the map is still whole.
    fn lock(&self) -> MutexGuard<'_, BTreeMap<ContentId, Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins, unless one is under way.
    fn begin(&self, content: ContentId) -> bool {
        let mut all = self.lock();
        let progress = all.entry(content).or_default();
        let is_free = progress.search.state != SearchState::Running;
        if is_free {
            *progress = Progress::default();
            progress.search.state = SearchState::Running;
        }
        is_free
    }

    /// Notes how far it is. Whether it goes on.
    fn goes_on(&self, content: ContentId, at: Searching) -> bool {
        let mut all = self.lock();
        let progress = all.entry(content).or_default();
        (progress.search.tried, progress.search.found) = (at.tried, at.found);
        !progress.is_to_end
    }

    fn end(&self, content: ContentId, ended: Result<Searched, Fault>) {
        let mut all = self.lock();
        let search = &mut all.entry(content).or_default().search;
        *search = match ended {
            Ok(searched) => view(searched),
            Err(Fault::Site { failure, note, host }) => {
                PassageSearch { state: SearchState::Failed, failure, note, host, ..search.clone() }
            }
            Err(_) => PassageSearch { state: SearchState::Failed, failure: CUT_OFF.to_owned(), ..search.clone() },
        };
    }
}

/// How far the search in an article is, and what it found.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn passages(app: &Igny8, content: &str) -> Result<PassageSearch, Fault> {
    let content: ContentId = id(content, "id")?;
    Ok(app.passages.lock().get(&content).map(|progress| progress.search.clone()).unwrap_or_default())
}

/// Begins to search an article for passages that its site refuses, in the background.
///
/// # Errors
/// [`Fault::WrongState`] while it is under way; [`Fault::InvalidField`].
pub async fn passages_find(app: &Igny8, content: &str) -> Result<(), Fault> {
    let content: ContentId = id(content, "id")?;
    if !app.passages.begin(content) {
        return Err(Fault::WrongState { what: "content".to_owned() });
    }
    let (engine, all) = (Arc::clone(&app.engine), app.passages.clone());
    app.begin(async move {
        let found =
            caught(async { Ok::<_, Fault>(engine.find_refused(content, |at| all.goes_on(content, at)).await?) });
        all.end(content, found.await);
        // Whoever looks hears of the end.
        if let Err(error) = engine.passages_ended().await {
            tracing::error!(%error, "the end of a search could not be told");
        }
    });
    Ok(())
}

/// Ends the search in an article after the text at hand.
///
/// # Errors
/// [`Fault::InvalidField`].
pub async fn passages_stop(app: &Igny8, content: &str) -> Result<(), Fault> {
    if let Some(progress) = app.passages.lock().get_mut(&id::<ContentId>(content, "id")?) {
        progress.is_to_end = true;
    }
    Ok(())
}

/// Searches an article and waits for the end. `is_to_end` is asked before each text, and `hears` how many were tried and how
/// many passages are found.
///
/// # Errors
/// [`Fault::NotFound`]; [`Fault::WrongState`] for an article of a folder, and one that the site had before; [`Fault::Site`].
pub async fn find_and_wait(
    app: &Igny8,
    content: &str,
    mut hears: impl FnMut(u32, u32) + Send,
    is_to_end: impl Fn() -> bool + Send,
) -> Result<PassageSearch, Fault> {
    let goes_on = move |at: Searching| {
        hears(at.tried, at.found);
        !is_to_end()
    };
    Ok(view(app.engine.find_refused(id::<ContentId>(content, "id")?, goes_on).await?))
}

fn view(searched: Searched) -> PassageSearch {
    let Searched { passages, tried, is_stopped, is_cut_short } = searched;
    let found = u32::try_from(passages.len()).unwrap_or(u32::MAX);
    let passages = passages.into_iter().map(|passage| PassageView {
        place: passage.place.to_string(),
        text: passage.text,
        is_markup: passage.is_markup,
    });
    PassageSearch {
        state: if is_stopped { SearchState::Stopped } else { SearchState::Done },
        tried,
        found,
        passages: passages.collect(),
        is_cut_short,
        ..PassageSearch::default()
    }
}
