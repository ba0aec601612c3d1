//! What waits for the writer and the readers, and the readers' loop. The loops are plain functions over a queue: the
//! product runs each on a thread of its own; a test may own them and step them in place, so that it decides when a
//! commit happens.

use crate::handle::{Read, Write};
use crate::{StoreError, connection, writer};
use igny8_core::panicked;
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::oneshot;

/// Requests that may wait for the writer. A full queue makes callers wait, which is the back-pressure we want.
pub(crate) const QUEUE_MAX: usize = 1_024;
/// How long an idle loop sleeps before it looks whether the store is gone.
pub(crate) const IDLE_WAIT: Duration = Duration::from_secs(1);

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

/// Which changes go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// Money and the end of paid work: somebody else's clock is running.
    Paid,
    /// What a person just did.
    Screen,
    /// Slices of long work, each a commit of its own.
    Bulk,
}

/// Runs what may panic. The thread it runs on serves everybody and goes on; a change that panicked is taken back like
/// any other that failed.
pub(crate) fn unless_panicked<T, E: From<StoreError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|payload| Err(StoreError::Panicked(panicked::words(payload.as_ref())).into()))
}

/// A change waiting for the writer. It may be run more than once: when a neighbour's failure ended the transaction they
/// shared, it is run again alone.
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
    work: F,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> TypedWrite<T, E, F> {
    pub(crate) fn new(work: F, reply: oneshot::Sender<Result<T, E>>) -> Self {
        Self { work, outcome: None, reply }
    }
}

impl<T, E, F> WriteRequest for TypedWrite<T, E, F>
where
    T: Send,
    E: From<StoreError> + Send,
    F: FnMut(&mut Write<'_>) -> Result<T, E> + Send,
{
    fn run(&mut self, write: &mut Write<'_>) -> bool {
        let outcome = unless_panicked(|| (self.work)(write));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
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
        match connection::run(&self.conn, "begin") {
            Ok(()) => {
                request(Ok(&Read::new(&self.conn)));
                drop(connection::run(&self.conn, "commit"));
            }
            Err(error) => request(Err(error.into())),
        }
        Step::Served
    }
}

pub(crate) type WriteQueue = SyncSender<writer::Waiting>;
pub(crate) type ReadQueue = SyncSender<ReadRequest>;
