//! The store as the rest of the product sees it: `read`, `write`, and the announcements of what changed.

use crate::handle::{Changes, Read, Write};
use crate::queue::{QUEUE_MAX, Rank, ReadQueue, ReadRequest, ReaderLoop, TypedWrite, WriteQueue, unless_panicked};
use crate::writer::WriterLoop;
use crate::{Audit, BackupError, StoreError, backup, connection, migrate};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{TrySendError, channel, sync_channel};
use std::sync::{Arc, Mutex};
use tokio::sync::{broadcast, oneshot, watch};

/// Reader threads: enough for a screen's parallel queries, few enough to stay in cache.
const READERS: usize = 3;
/// Announcements a slow listener may fall behind before it is told that it missed some.
const CHANGES_MAX: usize = 1_024;

/// How many changes wait for the writer or have it, other than slices of long work.
#[derive(Clone, Debug, Default)]
pub struct Urgency(Arc<AtomicUsize>);

/// One of them, as long as it is under way.
struct Counted(Urgency);

impl Urgency {
    /// Whether a slice that has the writer is waited for.
    #[must_use]
    pub fn is_waited_for(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }

    fn count(&self) -> Counted {
        self.0.fetch_add(1, Ordering::Relaxed);
        Counted(self.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A handle on the open file. Cheap to clone; the threads end when the last handle is gone.
#[derive(Clone)]
pub struct Store {
    writer: WriteQueue,
    readers: ReadQueue,
    changes: broadcast::Sender<Changes>,
    /// Changes that are under way and are no slices of long work.
    urgent: Urgency,
    path: PathBuf,
    /// Where copies of the file are kept for their owner.
    copies: Option<PathBuf>,
    /// Ends with the last of its threads.
    threads: watch::Receiver<()>,
}

impl Store {
    /// Opens or makes the file at `path`, migrates it (with a copy in `backup_dir` first), and starts its threads.
    ///
    /// # Errors
    /// [`StoreError::TooNew`] for a newer app's file, [`StoreError::Corrupt`] for what is no database of ours,
    /// [`StoreError::Io`] when the file cannot be made or read.
    pub fn open(path: &Path, backup_dir: Option<&Path>) -> Result<Self, StoreError> {
        let (store, writer, readers) = Self::open_stepped(path, backup_dir, READERS)?;
        let (running, threads) = watch::channel(());
        let (reading, read) = channel();
        for reader in readers {
            let reading = reading.clone();
            spawn("igny8-reader", running.clone(), move || {
                reader.run();
                drop(reading);
            })?;
        }
        spawn("igny8-writer", running, move || writer.run(&read))?;
        Ok(Self { threads, ..store })
    }

    /// As [`Store::open`], but hands out the loops for the caller to step.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_stepped(
        path: &Path,
        backup_dir: Option<&Path>,
        readers: usize,
    ) -> Result<(Self, WriterLoop, Vec<ReaderLoop>), StoreError> {
        let mut conn = connection::open_writer(path)?;
        migrate::migrate(&mut conn, path, backup_dir)?;
        let (writer, write_queue) = sync_channel(QUEUE_MAX);
        let (read_sender, read_queue) = sync_channel::<ReadRequest>(QUEUE_MAX);
        let (changes, _) = broadcast::channel(CHANGES_MAX);
        let read_queue = Arc::new(Mutex::new(read_queue));
        let loops = (0..readers)
            .map(|_| Ok(ReaderLoop::new(connection::open_reader(path)?, Arc::clone(&read_queue))))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let writer_loop = WriterLoop::new(conn, path.to_owned(), write_queue, changes.clone())?;
        let (_, threads) = watch::channel(());
        let copies = backup_dir.map(Path::to_owned);
        let (path, urgent) = (path.to_owned(), Urgency::default());
        let store = Self { writer, readers: read_sender, changes, urgent, path, copies, threads };
        Ok((store, writer_loop, loops))
    }

    /// Opens an existing file for reading only, without migrating it: for a process that does not hold the data
    /// folder.
    ///
    /// # Errors
    /// As [`Store::open`]; [`StoreError::NotFound`] when there is no file.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            return Err(StoreError::NotFound);
        }
        let (writer, closed) = sync_channel(1);
        drop(closed);
        let (read_sender, read_queue) = sync_channel::<ReadRequest>(QUEUE_MAX);
        let (changes, _) = broadcast::channel(1);
        let conn = connection::open_reader(path)?;
        migrate::refuse_newer(&conn)?;
        let reader = ReaderLoop::new(conn, Arc::new(Mutex::new(read_queue)));
        let (running, threads) = watch::channel(());
        spawn("igny8-reader", running, move || reader.run())?;
        let (path, urgent) = (path.to_owned(), Urgency::default());
        Ok(Self { writer, readers: read_sender, changes, urgent, path, copies: None, threads })
    }

    /// Runs queries that all see the same state.
    ///
    /// # Errors
    /// Whatever the queries return; [`StoreError::Closed`] when the store is closing.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnOnce(&Read<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let request: ReadRequest = Box::new(move |read| {
            let outcome = match read {
                Ok(read) => unless_panicked(|| work(read)),
                Err(error) => Err(error.into()),
            };
            drop(reply.send(outcome));
        });
        send(&self.readers, request).await?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Runs changes in one transaction: all of them are kept and announced, or none. They may be run more than once,
    /// so that what they do outside the file must bear it.
    ///
    /// # Errors
    /// Whatever the changes return, in which case nothing was kept; [`StoreError::OutcomeUnknown`] when the commit
    /// failed and the file cannot say yet whether it took place. After every other error of the store nothing was kept.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnMut(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        self.write_as(Rank::Screen, work).await
    }

    /// As [`Store::write`], ahead of everything that is not paid work: holds, results and what ends them.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_paid<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnMut(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        self.write_as(Rank::Paid, work).await
    }

    /// As [`Store::write`], for a slice of long work: a commit of its own that waits for what is more urgent. Callers
    /// keep slices short.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn write_slice<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnMut(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        self.write_as(Rank::Bulk, work).await
    }

    /// Whether anybody waits for the writer, for a slice to look at while it has it.
    #[must_use]
    pub fn urgency(&self) -> Urgency {
        self.urgent.clone()
    }

    async fn write_as<T, E, F>(&self, rank: Rank, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: FnMut(&mut Write<'_>) -> Result<T, E> + Send + 'static,
    {
        let _counted = (rank != Rank::Bulk).then(|| self.urgent.count());
        let (reply, answer) = oneshot::channel();
        send(&self.writer, (rank, Box::new(TypedWrite::new(work, reply)) as _)).await?;
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Announcements of commits from now on.
    #[must_use]
    pub fn changes(&self) -> broadcast::Receiver<Changes> {
        self.changes.subscribe()
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives this handle up and waits until the other ones are gone and the file is closed. The last connection brings
    /// what is in the log into the file and takes the log away; a process that ends before leaves that to the next one.
    pub async fn close(self) {
        let mut threads = self.threads.clone();
        drop(self);
        while threads.changed().await.is_ok() {}
    }

    /// Whether copies of the file are kept in the folder it was opened with; they name what this file may not name any
    /// more. A folder that cannot be read may have some.
    #[must_use]
    pub fn has_copies(&self) -> bool {
        self.copies.as_deref().is_some_and(|folder| match std::fs::read_dir(folder) {
            Ok(mut found) => found.next().is_some(),
            Err(error) => error.kind() != std::io::ErrorKind::NotFound,
        })
    }

    /// Copies the whole file to `target` while it stays in use.
    ///
    /// # Errors
    /// When the copy could not be written or checked, and [`BackupError::Itself`] or [`BackupError::Foreign`] for a
    /// target that is no older copy of ours: what stands there is untouched.
    pub fn backup_to(&self, target: &Path) -> Result<(), BackupError> {
        let conn = connection::open_reader(&self.path)?;
        backup::copy_to(&conn, &self.path, target)
    }

    /// Whether `path` names the file itself, through links or however it is spelled, or one that SQLite keeps beside it.
    ///
    /// # Errors
    /// When the path cannot be looked at.
    pub fn is_live(&self, path: &Path) -> Result<bool, std::io::Error> {
        backup::is_live(&self.path, path)
    }

    /// Copies a database that no process has open; it and what is beside it stay as they are, to the byte.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] or [`StoreError::TooNew`] for what is not a database this app can open.
    pub fn copy_closed(from: &Path, to: &Path) -> Result<(), BackupError> {
        backup::copy_closed(from, to)
    }

    /// Brings a database that no process has open to this version's schema and adds its books up in full. It is one file
    /// before and after.
    ///
    /// # Errors
    /// When it cannot be read or brought up.
    pub fn audit_closed(path: &Path) -> Result<Audit, StoreError> {
        let mut conn = connection::open_writer(path)?;
        migrate::migrate(&mut conn, path, None)?;
        conn.pragma_update(None, "journal_mode", "delete")?;
        Read::new(&conn).audit_in_full()
    }

    /// Copies a database file, with what a log beside it holds, without touching them or their folder.
    ///
    /// # Errors
    /// As [`Store::copy_closed`]; [`StoreError::Busy`] when another program changes it meanwhile.
    pub fn copy_untouched(from: &Path, to: &Path) -> Result<(), BackupError> {
        backup::copy_untouched(from, to)
    }
}

/// Puts a request in a queue; a full queue yields until there is room.
async fn send<R>(queue: &std::sync::mpsc::SyncSender<R>, mut request: R) -> Result<(), StoreError> {
    loop {
        match queue.try_send(request) {
            Ok(()) => return Ok(()),
            Err(TrySendError::Disconnected(_)) => return Err(StoreError::Closed),
            Err(TrySendError::Full(back)) => {
                request = back;
                tokio::task::yield_now().await;
            }
        }
    }
}

/// Starts a thread, which lets go of `running` when its work is over and its connection closed.
fn spawn(name: &str, running: watch::Sender<()>, work: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
    let work = move || {
        work();
        drop(running);
    };
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
        .map_err(|error| StoreError::Io(error.to_string()))
}

#[cfg(test)]
mod tests;
