//! How many requests one site gets at a time from this process, whoever sends them: deliveries, looks at its posts, proofs
//! and tests each open a connection of their own, and know nothing of each other. A site is its origin, since what bears
//! the load is a server.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

/// Requests to one site at a time. WordPress hosting gives a site few workers, and firewalls count.
const IN_FLIGHT_MAX: usize = 2;

/// Sites that somebody has a request under way to, or waits to have. It is the process's, as the requests are.
static ASKED: LazyLock<Mutex<BTreeMap<String, Weak<Semaphore>>>> = LazyLock::new(Mutex::default);

/// Leave for one request to a site, for as long as it is held; waited for while others have theirs under way.
pub(crate) struct Permit {
    /// Nothing only where the semaphore was closed, which nobody does.
    _held: Option<OwnedSemaphorePermit>,
}

/// Waits for leave to ask a site.
pub(crate) async fn permit(url: &Url) -> Permit {
    let site = site(url.origin().ascii_serialization());
    Permit { _held: site.acquire_owned().await.ok() }
}

fn site(origin: String) -> Arc<Semaphore> {
    let mut asked = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = asked.get(&origin).and_then(Weak::upgrade) {
        return known;
    }
    // Whoever is asked nothing any more is forgotten.
    asked.retain(|_, site| site.strong_count() > 0);
    let new = Arc::new(Semaphore::new(IN_FLIGHT_MAX));
    asked.insert(origin, Arc::downgrade(&new));
    new
}
