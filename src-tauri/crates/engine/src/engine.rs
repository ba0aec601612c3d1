//! The engine's parts in one place, and what it reports while it works.

use crate::door::Door;
use crate::media::Media;
use crate::pipeline::Pipelines;
use igny8_core::id::SiteId;
use igny8_core::port::{Clock, Destination, Ids, SiteError};
use igny8_core::progress::Progress;
use igny8_store::Store;
use igny8_store::table::site::SiteRow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{Notify, broadcast};
use uuid::Uuid;

/// Reports a slow listener may fall behind before the oldest are dropped. They are lossy by design.
const PROGRESS_MAX: usize = 256;

/// Opens the destination behind a site: real adapters in the product, doubles in tests.
#[async_trait::async_trait]
pub trait Destinations: Send + Sync {
    /// A destination ready for use, credentials included.
    async fn open(&self, site: &SiteRow) -> Result<Arc<dyn Destination>, SiteError>;
}

/// The outside world.
pub struct Ports {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Identity.
    pub ids: Arc<dyn Ids>,
    /// Sites.
    pub destinations: Arc<dyn Destinations>,
    /// Providers.
    pub door: Door,
}

/// Everything a use case needs.
pub struct Engine {
    pub(crate) store: Store,
    pub(crate) media: Media,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) destinations: Arc<dyn Destinations>,
    pub(crate) door: Door,
    /// This process, as leases name it.
    pub(crate) instance: Uuid,
    pub(crate) pipelines: Pipelines,
    /// Serialises deliveries, so that two clicks do not race for the same post.
    pub(crate) delivery: tokio::sync::Mutex<()>,
    pub(crate) wake: Notify,
    progress: broadcast::Sender<Progress>,
    books_balance: AtomicBool,
}

impl Engine {
    /// An engine over an open store. Call [`Engine::recover`] before anything else.
    #[must_use]
    pub fn new(store: Store, media: Media, ports: Ports) -> Self {
        let (progress, _) = broadcast::channel(PROGRESS_MAX);
        Self {
            store,
            media,
            instance: ports.ids.next(),
            clock: ports.clock,
            ids: ports.ids,
            destinations: ports.destinations,
            door: ports.door,
            pipelines: Pipelines::default(),
            delivery: tokio::sync::Mutex::new(()),
            wake: Notify::new(),
            progress,
            books_balance: AtomicBool::new(false),
        }
    }

    /// The store, for reads.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The media folder.
    #[must_use]
    pub fn media(&self) -> &Media {
        &self.media
    }

    /// The clock everything here goes by.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    /// Where new ids come from.
    #[must_use]
    pub fn ids(&self) -> &dyn Ids {
        self.ids.as_ref()
    }

    /// Reports of running operations from now on.
    #[must_use]
    pub fn progress(&self) -> broadcast::Receiver<Progress> {
        self.progress.subscribe()
    }

    /// Whether the last audit found nothing; paid work waits until it does.
    #[must_use]
    pub fn books_balance(&self) -> bool {
        self.books_balance.load(Ordering::Acquire)
    }

    pub(crate) fn set_books_balance(&self, balance: bool) {
        self.books_balance.store(balance, Ordering::Release);
    }

    pub(crate) fn report(&self, progress: Progress) {
        // Nobody listening is no error.
        drop(self.progress.send(progress));
    }

    /// The destination behind a site.
    pub(crate) async fn open_destination(&self, site: SiteId) -> Result<(SiteRow, Arc<dyn Destination>), OpenError> {
        let row = self.store.read(move |r| r.site(site)).await.map_err(OpenError::Store)?;
        let destination = self.destinations.open(&row).await.map_err(OpenError::Site)?;
        Ok((row, destination))
    }
}

/// Why a destination could not be opened.
pub(crate) enum OpenError {
    Store(igny8_store::StoreError),
    Site(SiteError),
}
