//! An open data folder: the lock, the store, the engine with its adapters, and the background work.

use crate::commands::following::TakingsIn;
use crate::commands::passages::PassageSearches;
use crate::destinations::{Adapters, LentPasswords, site_secret};
use crate::fault::Fault;
use crate::folder::{DataFolder, FolderLock};
use crate::system::{BlockingThreads, RandomIds, SystemClock};
use crate::vault::KeyringVault;
use crate::vault::own::{FolderMark, FolderVault, Owned};
use crate::{catalogue, caught, notice, vendors};
use igny8_core::model::BUILTIN;
use igny8_core::port::{Clock, Ids, Vault};
use igny8_core::time::UtcMs;
use igny8_engine::door::Door;
use igny8_engine::media::Media;
use igny8_engine::{Engine, EngineError, Ports, settings};
use igny8_providers::builtin::{BuiltinImage, BuiltinText};
use igny8_store::{Audit, Read, Store, StoreError};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// How long an end waits for the database to be closed. Bringing a whole log in takes a fraction of that on a disk that
/// nobody else keeps busy; what is left to the next start is not lost.
const CLOSE_WAIT: Duration = Duration::from_secs(15);

/// How long an end waits for the units at hand. Most calls are answered within it; one that is not is cut off, as by the
/// end of the process, and waits at the next start where it was.
const PARK_WAIT: Duration = Duration::from_secs(30);

/// How long a start waits for secrets that are moved to the folder's own names, which happens once. A keyring that works
/// takes a fraction of it.
const TAKE_OVER_WAIT: Duration = Duration::from_secs(5);

/// How to open a data folder.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// The folder; the user's own when absent.
    pub data_dir: Option<PathBuf>,
}

impl OpenOptions {
    /// The folder that is meant.
    ///
    /// # Errors
    /// When none is named and the system names none for this user.
    pub fn folder(&self) -> Result<DataFolder, Fault> {
        match &self.data_dir {
            Some(dir) => Ok(DataFolder::at(dir)),
            None => Ok(DataFolder::of_user()?),
        }
    }
}

/// The last audit and when it was made.
type LastAudit = Option<(Audit, UtcMs)>;

/// An open data folder. Dropping it stops the background work after the unit at hand.
pub struct Igny8 {
    pub(crate) engine: Arc<Engine>,
    /// The engine's own door: vendors come to it while it works.
    pub(crate) door: Door,
    pub(crate) vault: Arc<dyn Vault>,
    pub(crate) lent: LentPasswords,
    pub(crate) takings_in: TakingsIn,
    pub(crate) passages: PassageSearches,
    pub(crate) folder: DataFolder,
    pub(crate) zone: String,
    audit: Arc<Mutex<LastAudit>>,
    /// The desktop is being told already.
    pub(crate) is_telling: AtomicBool,
    stop: watch::Sender<bool>,
    runner: Mutex<Option<JoinHandle<()>>>,
    /// What commands have begun and do not wait for.
    begun: Mutex<JoinSet<()>>,
    /// Held as long as the folder is ours to write; none beside another process that has it.
    lock: Option<Arc<FolderLock>>,
}

impl Igny8 {
    /// Opens a folder as its only writer. Why it could not be opened is in the log, which starts before: see
    /// [`crate::start_logging`]. In this order: lock, migrate, recover, audit. Call inside a tokio runtime.
    ///
    /// # Errors
    /// [`Fault::FolderInUse`] when another process has it; [`Fault::TooNew`], [`Fault::Corrupt`], [`Fault::DiskFull`].
    pub async fn open(options: OpenOptions) -> Result<Self, Fault> {
        let opened = async {
            let folder = options.folder()?;
            folder.create()?;
            let lock = folder.lock()?;
            let mark = FolderMark::of(&folder, RandomIds.next())?;
            let database = folder.database();
            Self::open_locked(folder, lock, mark).await.map_err(|error| cannot_open(error, &database))
        };
        opened.await.inspect_err(|fault| tracing::error!(%fault, "the data folder could not be opened"))
    }

    async fn open_locked(folder: DataFolder, lock: FolderLock, mark: FolderMark) -> Result<Self, EngineError> {
        folder.sweep(&lock, SystemClock::new().now());
        let store = Store::open(&folder.database(), Some(&folder.backups()))?;
        let place = lock.mark().map_err(|error| StoreError::Io(error.to_string()))?;
        let vault = Arc::new(FolderVault::new(Arc::new(KeyringVault::new()), Some(mark)));
        let app = Self::assemble(store, folder, Some(lock), Arc::<FolderVault>::clone(&vault))?;
        let (engine, zone) = (&app.engine, app.zone.clone());
        engine.store().write(move |w| settings::save_zone_once(w, &zone)).await?;
        catalogue::seed(engine.store(), engine.clock().now()).await?;
        vendors::register_all(&app).await?;
        let owned = engine.store().read(owned).await?;
        if tokio::time::timeout(TAKE_OVER_WAIT, vault.take_over(&owned)).await.is_err() {
            tracing::warn!("the keyring took too long to be tidied, which waits for a later start");
        }
        app.keep_audit(engine.recover().await?);
        engine.tell_version(env!("CARGO_PKG_VERSION")).await?;
        engine.settle_in(place, app.folder.restored_note().exists()).await?;
        tell_restored(engine, &app.folder).await?;
        Ok(app)
    }

    /// Opens a folder for reading beside the process that holds it. Every write fails.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when there is no database yet.
    pub async fn open_for_reading(options: OpenOptions) -> Result<Self, Fault> {
        let folder = options.folder()?;
        let database = folder.database();
        let store = Store::open_read_only(&database)?;
        let opened = async {
            let vault = FolderVault::new(Arc::new(KeyringVault::new()), FolderMark::read(&folder));
            let app = Self::assemble(store, folder, None, Arc::new(vault))?;
            app.keep_audit(app.engine.audit().await?);
            Ok(app)
        };
        opened.await.map_err(|error| cannot_open(error, &database))
    }

    /// Wires the real adapters to an engine over `store`.
    fn assemble(
        store: Store,
        folder: DataFolder,
        lock: Option<FolderLock>,
        vault: Arc<dyn Vault>,
    ) -> Result<Self, EngineError> {
        install_crypto();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let zone = jiff::tz::TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
        let door = Door::new()
            .with_text(BUILTIN, Arc::new(BuiltinText::new()))
            .with_image(BUILTIN, Arc::new(BuiltinImage::new()));
        let lent = LentPasswords::default();
        let adapters = Adapters::new(folder.clone(), Arc::clone(&vault), Arc::clone(&clock));
        let ports = Ports {
            destinations: Arc::new(adapters.with_lent(lent.clone())),
            ids: Arc::new(RandomIds),
            offload: Arc::new(BlockingThreads),
            clock: Arc::clone(&clock),
            door: door.clone(),
        };
        let media = Media::open(&folder.media())?;
        let (stop, _) = watch::channel(false);
        Ok(Self {
            engine: Arc::new(Engine::new(store, media, ports)),
            door,
            vault,
            lent,
            takings_in: TakingsIn::default(),
            passages: PassageSearches::default(),
            folder,
            zone,
            audit: Arc::default(),
            is_telling: AtomicBool::new(false),
            stop,
            runner: Mutex::new(None),
            begun: Mutex::default(),
            lock: lock.map(Arc::new),
        })
    }

    /// Whether this process has the folder for itself, so that no other is at work on it.
    #[must_use]
    pub const fn has_the_folder(&self) -> bool {
        self.lock.is_some()
    }

    fn keep_audit(&self, audit: Audit) {
        keep(&self.audit, audit, self.engine.clock().now());
    }

    /// Starts the background work: the runner, whoever carries out runs and sends what is in the outbox, the ear for what
    /// other processes ask, and the audit in full, which a start does not wait for. Paid work that an earlier process left is left alone, with a
    /// notice, unless its site's switch says that it goes on by itself.
    ///
    /// # Errors
    /// When the file fails.
    pub async fn start(&self) -> Result<(), Fault> {
        // Before the runner looks for work.
        let runs = self.engine.go_on_by_itself().await?;
        let (engine, kept) = (Arc::clone(&self.engine), Arc::clone(&self.audit));
        let stop = self.stop.subscribe();
        let task = tokio::spawn(async move {
            let audit = async {
                audit_behind(&engine, &kept).await;
                std::future::pending::<()>().await
            };
            tokio::select! {
                // The work goes on when the audit is over; when the work ends, nobody waits for the audit.
                () = engine.live(stop) => {}
                () = audit => {}
            }
        });
        *self.runner.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        for site in runs {
            self.engine.take_run_further(site);
        }
        Ok(())
    }

    /// Begins to follow what happens on the sites without us, for as long as the app is open.
    pub fn follow_sites(&self) {
        let (engine, stop) = (Arc::clone(&self.engine), self.stop.subscribe());
        self.begin(async move { engine.follow_sites(stop).await });
    }

    /// Somebody has the app open: what its schedules and settings say happens by itself from now on.
    pub fn attend(&self) {
        self.engine.attend();
    }

    /// Goes on with work that a command has begun and does not wait for. What is not over when the app stops is cut off,
    /// as by the end of the process, and waits at the next start where it was.
    pub(crate) fn begin(&self, work: impl Future<Output = ()> + Send + 'static) {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        // What is over is let go of.
        while begun.try_join_next().is_some() {}
        begun.spawn(work);
    }

    /// Stops the background work after the unit at hand and waits for it, within a limit.
    pub async fn stop(&self) {
        // Nobody listening means that nothing runs.
        self.stop.send_replace(true);
        let mut begun = std::mem::take(&mut *self.begun.lock().unwrap_or_else(PoisonError::into_inner));
        begun.shutdown().await;
        let task = self.runner.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut task) = task else { return };
        match tokio::time::timeout(PARK_WAIT, &mut task).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => tracing::error!("the runner ended badly"),
            Err(_) => {
                tracing::warn!("work at hand took too long to end, and waits for the next start");
                task.abort();
                // Until it is gone, so that it writes nothing to a file that is being closed.
                drop(task.await);
            }
        }
    }

    /// Stops the background work and closes the database, so that its log is brought into it and a copy of the one file
    /// is a copy of everything. Whoever else still has the app is waited for, within a limit. The folder is let go of last.
    pub async fn close(self: Arc<Self>) {
        self.stop().await;
        let (store, lock) = (self.engine.store().clone(), self.lock.clone());
        drop(self);
        if tokio::time::timeout(CLOSE_WAIT, store.close()).await.is_err() {
            tracing::warn!("something still uses the database; its log stays for the next start");
        }
        drop(lock);
    }

    /// What committed and what moved, for a screen.
    #[must_use]
    pub fn notices(&self) -> notice::Notices {
        notice::Notices::new(self.engine.store().changes(), self.engine.progress(), self.engine.writings())
    }

    /// The last audit and when it was made; there is one since the folder was opened.
    #[must_use]
    pub fn last_audit(&self) -> Option<(Audit, UtcMs)> {
        self.audit.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Recomputes the books now, row by row.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn audit(&self) -> Result<Audit, Fault> {
        let audit = self.engine.audit_in_full().await?;
        self.keep_audit(audit.clone());
        Ok(audit)
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &DataFolder {
        &self.folder
    }

    /// The engine, for the command line's own commands.
    #[must_use]
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }
}

/// The secrets that a folder has by its database.
fn owned(read: &Read<'_>) -> Result<Vec<Owned>, StoreError> {
    let vendors = read.providers()?.into_iter().filter(|row| row.has_secret);
    let keys = vendors.map(|row| Owned { name: vendors::vendor_secret(&row.name), tail: row.secret_tail });
    let sites = read.sites()?.into_iter().filter(|site| site.has_secret);
    let passwords = sites.map(|site| Owned { name: site_secret(site.id), tail: String::new() });
    Ok(keys.chain(passwords).collect())
}

/// Tells of a copy that was put in the place of the database before this start.
async fn tell_restored(engine: &Engine, folder: &DataFolder) -> Result<(), EngineError> {
    let note = folder.restored_note();
    let Ok(copy) = std::fs::read_to_string(&note) else { return Ok(()) };
    engine.tell_restore(copy).await?;
    if let Err(error) = std::fs::remove_file(&note) {
        tracing::warn!(%error, "that a copy was put back will be told again");
    }
    Ok(())
}

fn keep(last: &Mutex<LastAudit>, audit: Audit, now: UtcMs) {
    *last.lock().unwrap_or_else(PoisonError::into_inner) = Some((audit, now));
}

/// Audits in full, and lets screens know when something was found.
async fn audit_behind(engine: &Engine, kept: &Mutex<LastAudit>) {
    let audited = caught(async {
        let audit = engine.audit_in_full().await?;
        let is_ok = audit.is_ok();
        keep(kept, audit, engine.clock().now());
        if is_ok { Ok(()) } else { Ok::<_, Fault>(engine.announce_audit().await?) }
    });
    if let Err(fault) = audited.await {
        tracing::error!(%fault, "the books could not be audited in full");
    }
}

/// Why a folder cannot be opened. While it is opened, the same statements run on every computer: rows that are not there
/// or cannot be read, rules that do not hold and tables that are missing mean a damaged file. What the system refuses is
/// told as the system tells it.
fn cannot_open(error: EngineError, database: &Path) -> Fault {
    match error {
        EngineError::Store(StoreError::Io(note)) => {
            Fault::Unusable { path: database.display().to_string(), problem: "failed".to_owned(), note }
        }
        EngineError::WrongState(_)
        | EngineError::NotFound(_)
        | EngineError::Store(
            StoreError::NotFound
            | StoreError::WrongState(_)
            | StoreError::Conflict(_)
            | StoreError::Unreadable(_)
            | StoreError::Statement(_),
        ) => {
            tracing::error!(%error, "the database cannot be used as it is");
            Fault::Corrupt
        }
        error => error.into(),
    }
}

/// The TLS provider of the whole process. Installing it twice is no error: the first one stays.
fn install_crypto() {
    drop(rustls::crypto::ring::default_provider().install_default());
}
