//! The writer's and the readers' loops: plain functions over a queue. The product runs each on a thread of its own; a
//! test may own them and step them in place, so that it decides when a commit happens.

use crate::handle::{Changes, Read, Write};
use crate::{StoreError, connection};
use rusqlite::Connection;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{broadcast, oneshot};

/// Requests that may wait for the writer. A full queue makes callers wait, which is the back-pressure we want.
pub(crate) const QUEUE_MAX: usize = 1_024;
/// How long an idle loop sleeps before it looks whether the store is gone.
const IDLE_WAIT: Duration = Duration::from_secs(1);

/// What one step of a loop did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It served a request.
    Served,
    /// There was none.
    Idle,
    /// The store is closed and nothing waits.
    Closed,
}

/// A change waiting for the writer.
pub(crate) trait WriteRequest: Send {
    /// Runs inside the transaction; false rolls it back.
    fn run(&mut self, write: &mut Write<'_>) -> bool;
    /// Tells the caller how it ended. `commit` is the transaction's own outcome.
    fn answer(self: Box<Self>, commit: Result<(), StoreError>);
}

/// A query waiting for a reader.
pub(crate) type ReadRequest = Box<dyn FnOnce(Result<&Read<'_>, StoreError>) + Send>;

/// A change with its answer's types.
pub(crate) struct TypedWrite<T, E, F> {
    work: Option<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> TypedWrite<T, E, F> {
    pub(crate) fn new(work: F, reply: oneshot::Sender<Result<T, E>>) -> Self {
        Self { work: Some(work), outcome: None, reply }
    }
}

impl<T, E, F> WriteRequest for TypedWrite<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: FnOnce(&mut Write<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, write: &mut Write<'_>) -> bool {
        let outcome = self.work.take().map(|work| work(write));
        let keep = matches!(outcome, Some(Ok(_)));
        self.outcome = outcome;
        keep
    }

    fn answer(self: Box<Self>, commit: Result<(), StoreError>) {
        let outcome = match (self.outcome, commit) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Closed.into()),
        };
        // A caller that stopped waiting does not undo what was committed.
        drop(self.reply.send(outcome));
    }
}

/// The writer: the only read-write connection and its queue.
pub struct WriterLoop {
    conn: Connection,
    path: PathBuf,
    queue: Receiver<Box<dyn WriteRequest>>,
    changes: broadcast::Sender<Changes>,
    seq: u64,
    /// Set while the writer itself commits.
    may_commit: Arc<AtomicBool>,
}

impl WriterLoop {
    pub(crate) fn new(
        conn: Connection,
        path: PathBuf,
        queue: Receiver<Box<dyn WriteRequest>>,
        changes: broadcast::Sender<Changes>,
    ) -> Result<Self, StoreError> {
        let may_commit = Arc::new(AtomicBool::new(false));
        let conn = guarded(conn, &may_commit)?;
        Ok(Self { conn, path, queue, changes, seq: 0, may_commit })
    }

    /// Serves what waits, without waiting.
    pub fn step(&mut self) -> Step {
        match self.queue.try_recv() {
            Ok(request) => self.serve(request),
            Err(TryRecvError::Empty) => Step::Idle,
            Err(TryRecvError::Disconnected) => Step::Closed,
        }
    }

    pub(crate) fn run(mut self) {
        loop {
            match self.queue.recv_timeout(IDLE_WAIT) {
                Ok(request) => {
                    self.serve(request);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    /// One transaction. Announces only after the commit; after a failure that may have left the connection in doubt,
    /// opens a new one.
    fn serve(&mut self, mut request: Box<dyn WriteRequest>) -> Step {
        if let Err(error) = self.conn.execute_batch("begin immediate") {
            let error = StoreError::from(error);
            self.reopen_after(&error);
            request.answer(Err(error));
            return Step::Served;
        }
        let mut write = Write::new(&self.conn);
        let keep = request.run(&mut write);
        let topics = write.into_topics();
        let ended = if self.conn.is_autocommit() {
            // SQLite has already rolled all of it back (disk full, I/O error).
            if keep { Err(StoreError::DiskFull) } else { Ok(()) }
        } else if keep {
            self.commit()
        } else {
            self.conn.execute_batch("rollback").map_err(StoreError::from)
        };
        if ended.is_err() && !self.conn.is_autocommit() {
            drop(self.conn.execute_batch("rollback"));
        }
        if let Err(error) = &ended {
            self.reopen_after(error);
        }
        if keep && ended.is_ok() && !topics.is_empty() {
            self.seq += 1;
            // No listener is no error: the command line has none.
            drop(self.changes.send(Changes { seq: self.seq, topics: topics.into_iter().collect() }));
        }
        request.answer(ended);
        Step::Served
    }

    fn commit(&self) -> Result<(), StoreError> {
        self.may_commit.store(true, Ordering::Relaxed);
        let done = self.conn.execute_batch("commit");
        self.may_commit.store(false, Ordering::Relaxed);
        Ok(done?)
    }

    /// A connection that failed to read or write may hold a wrong picture of the file: take a new one.
    fn reopen_after(&mut self, error: &StoreError) {
        if matches!(error, StoreError::Io(_) | StoreError::Corrupt(_))
            && let Ok(conn) = connection::open_writer(&self.path)
            && let Ok(conn) = guarded(conn, &self.may_commit)
        {
            self.conn = conn;
        }
    }
}

/// A writer's connection with its guards, which must not be there while it migrates.
fn guarded(mut conn: Connection, may_commit: &Arc<AtomicBool>) -> Result<Connection, StoreError> {
    connection::guard_ledger(&mut conn)?;
    connection::guard_commits(&mut conn, Arc::clone(may_commit))?;
    Ok(conn)
}

/// A reader: one `query_only` connection and the readers' shared queue.
pub struct ReaderLoop {
    conn: Connection,
    queue: Arc<Mutex<Receiver<ReadRequest>>>,
}

impl ReaderLoop {
    pub(crate) fn new(conn: Connection, queue: Arc<Mutex<Receiver<ReadRequest>>>) -> Self {
        Self { conn, queue }
    }

    /// Serves what waits, without waiting.
    pub fn step(&mut self) -> Step {
        let next = match self.queue.lock() {
            Ok(queue) => queue.try_recv(),
            Err(_) => return Step::Closed,
        };
        match next {
            Ok(request) => self.serve(request),
            Err(TryRecvError::Empty) => Step::Idle,
            Err(TryRecvError::Disconnected) => Step::Closed,
        }
    }

    pub(crate) fn run(mut self) {
        loop {
            let next = match self.queue.lock() {
                Ok(queue) => queue.recv_timeout(IDLE_WAIT),
                Err(_) => break,
            };
            match next {
                Ok(request) => {
                    self.serve(request);
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
    }

    /// One read transaction, so that all queries of one request see the same state.
    fn serve(&mut self, request: ReadRequest) -> Step {
        match self.conn.execute_batch("begin") {
            Ok(()) => {
                request(Ok(&Read::new(&self.conn)));
                drop(self.conn.execute_batch("commit"));
            }
            Err(error) => request(Err(error.into())),
        }
        Step::Served
    }
}

pub(crate) type WriteQueue = SyncSender<Box<dyn WriteRequest>>;
pub(crate) type ReadQueue = SyncSender<ReadRequest>;
