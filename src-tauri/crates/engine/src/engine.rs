//! The engine's parts in one place, and what it reports while it works.

use crate::door::Door;
use crate::media::Media;
use crate::pipeline::{Pipelines, RunQueue};
use crate::publish::tidying::InUse;
use crate::room::Room;
use crate::sweeps::Sweeps;
use crate::unit::Lines;
use igny8_core::id::{ClientKey, SiteId};
use igny8_core::live::Writing;
use igny8_core::port::{Clock, Destination, Diagnosis, Ids, Offload, SiteError};
use igny8_core::progress::Progress;
use igny8_store::table::site::SiteRow;
use igny8_store::{Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use tokio::sync::{Notify, broadcast, oneshot, watch};
use uuid::Uuid;

/// Reports a slow listener may fall behind before the oldest are dropped. They are lossy by design.
const PROGRESS_MAX: usize = 256;
/// The same of growing texts, each of which has all of the text so far in it.
const WRITINGS_MAX: usize = 32;

/// Opens the destination behind a site: real adapters in the product, doubles in tests.
#[async_trait::async_trait]
pub trait Destinations: Send + Sync {
    /// Which place a site's articles go to: the same for all ways to write one address, another for another place. A
    /// delivery is bound to it.
    fn address(&self, site: &SiteRow) -> String;
    /// A destination ready for use, credentials included.
    async fn open(&self, site: &SiteRow) -> Result<Arc<dyn Destination>, SiteError>;
    /// Takes away what was published of a site that nobody can ask for any more, where that lies in a folder of our own.
    /// Nothing is touched anywhere else.
    async fn discard(&self, _: &SiteRow) -> Result<(), SiteError> {
        Ok(())
    }
    /// Looks closely at the connection to a site. What has no connection to look at is probed.
    async fn examine(&self, site: &SiteRow) -> Diagnosis {
        Diagnosis::of_folder(match self.open(site).await {
            Ok(destination) => destination.probe().await,
            Err(error) => Err(error),
        })
    }
}

/// The outside world.
pub struct Ports {
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Identity.
    pub ids: Arc<dyn Ids>,
    /// Threads for work that blocks.
    pub offload: Arc<dyn Offload>,
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
    offload: Arc<dyn Offload>,
    pub(crate) destinations: Arc<dyn Destinations>,
    pub(crate) door: Door,
    /// This process, as leases name it.
    pub(crate) instance: Uuid,
    pub(crate) pipelines: Pipelines,
    pub(crate) runs: RunQueue,
    pub(crate) wake: Notify,
    pub(crate) room: Room,
    pub(crate) lines: Lines,
    pub(crate) names_in_use: InUse,
    /// Something was put into the outbox.
    pub(crate) outbox_wake: Notify,
    /// Something has another time than before.
    pub(crate) schedule_wake: Notify,
    /// Somebody has the program open, so that things may begin by themselves.
    pub(crate) is_attended: AtomicBool,
    /// Cancelled operations of many units, which have not all been cancelled yet.
    pub(crate) sweeps: Sweeps,
    /// A delivery is in nobody's hands any more.
    pub(crate) delivery_ended: Notify,
    progress: broadcast::Sender<Progress>,
    pub(crate) writings: broadcast::Sender<Writing>,
    books_balance: AtomicBool,
    units_at_work: AtomicUsize,
    trouble: watch::Sender<Option<StoreError>>,
    /// The day, counted from 1970, on which the user was last told of models that end.
    pub(crate) endings_told_on: AtomicI64,
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
            offload: ports.offload,
            destinations: ports.destinations,
            door: ports.door,
            pipelines: Pipelines::default(),
            runs: RunQueue::default(),
            wake: Notify::new(),
            room: Room::default(),
            lines: Lines::default(),
            names_in_use: InUse::default(),
            outbox_wake: Notify::new(),
            schedule_wake: Notify::new(),
            is_attended: AtomicBool::new(false),
            sweeps: Sweeps::default(),
            delivery_ended: Notify::new(),
            progress,
            writings: broadcast::Sender::new(WRITINGS_MAX),
            books_balance: AtomicBool::new(false),
            units_at_work: AtomicUsize::new(0),
            trouble: watch::Sender::new(None),
            endings_told_on: AtomicI64::new(i64::MIN),
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

    /// Articles while they are written, from now on. As long as somebody listens, models that can are asked for their answers
    /// in pieces.
    #[must_use]
    pub fn writings(&self) -> broadcast::Receiver<Writing> {
        self.writings.subscribe()
    }

    /// A key for a command that is sent for the first time.
    #[must_use]
    pub fn new_client_key(&self) -> ClientKey {
        ClientKey(self.ids.next())
    }

    /// Whether the last audit found nothing; paid work waits until it does.
    #[must_use]
    pub fn books_balance(&self) -> bool {
        self.books_balance.load(Ordering::Acquire)
    }

    pub(crate) fn set_books_balance(&self, balance: bool) {
        self.books_balance.store(balance, Ordering::Release);
    }

    /// Counts a unit as at work for as long as the answer lives.
    pub(crate) fn unit_at_work(&self) -> AtWork<'_> {
        self.units_at_work.fetch_add(1, Ordering::Relaxed);
        AtWork(&self.units_at_work)
    }

    /// Whether paid work is under way, which long work of other kinds makes way for.
    pub(crate) fn is_paid_work_under_way(&self) -> bool {
        self.units_at_work.load(Ordering::Relaxed) > 0
    }

    /// What keeps work from going on, such as a full disk; `None` as soon as it does.
    pub(crate) fn trouble(&self) -> watch::Receiver<Option<StoreError>> {
        self.trouble.subscribe()
    }

    pub(crate) fn set_trouble(&self, trouble: Option<StoreError>) {
        self.trouble.send_if_modified(|known| {
            let is_news = *known != trouble;
            *known = trouble;
            is_news
        });
    }

    pub(crate) fn report(&self, progress: Progress) {
        // Nobody listening is no error.
        drop(self.progress.send(progress));
    }

    /// Does work that blocks where it holds up nothing else.
    ///
    /// # Errors
    /// [`StoreError::Closed`] when the work came to no end.
    pub(crate) async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        // Whoever stopped waiting needs no answer.
        self.offload.run(Box::new(move || drop(reply.send(work()))));
        answer.await.map_err(|_| StoreError::Closed)
    }

    /// The destination behind a site.
    pub(crate) async fn open_destination(&self, site: SiteId) -> Result<(SiteRow, Arc<dyn Destination>), OpenError> {
        let row = self.store.read(move |r| r.site(site)).await.map_err(OpenError::Store)?;
        let destination = self.destinations.open(&row).await.map_err(OpenError::Site)?;
        Ok((row, destination))
    }
}

/// A unit that is counted as at work.
pub(crate) struct AtWork<'e>(&'e AtomicUsize);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Why a destination could not be opened.
pub(crate) enum OpenError {
    Store(igny8_store::StoreError),
    Site(SiteError),
}
