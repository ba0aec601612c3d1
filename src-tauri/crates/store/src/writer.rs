//! The writer: the only read-write connection. Whatever waits is committed together, since a commit costs one sync
//! however much it holds: each request runs in a savepoint, so that one that is refused does not spoil the others, and
//! all are answered after the one commit. Paid work goes first; slices of long work are commits of their own, each after
//! a group, so that neither waits long for the other.
//!
//! After an error the writer never guesses. A failed statement may have ended the whole transaction (a full disk does):
//! then nobody's change was kept, the one at fault is told, and the others run again alone. A failed COMMIT may have
//! taken place all the same: the file is opened again and its mark, which each commit moves on, says whether it did; if
//! it did not, a commit of nothing but the mark is laid over its remains, so that they cannot come to life after a crash.

use crate::handle::{Changes, Write};
use crate::queue::{IDLE_WAIT, Rank, Step, WriteRequest};
use crate::{StoreError, connection, newest};
use igny8_core::topic::Topic;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeSet, VecDeque};
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use tokio::sync::broadcast;

/// Most requests of one commit: enough for every unit that runs at once, few enough to answer within milliseconds.
const GROUP_MAX: usize = 64;

/// A request and its rank.
pub(crate) type Waiting = (Rank, Box<dyn WriteRequest>);

/// The writer: the only read-write connection and its queue.
pub struct WriterLoop {
    conn: Connection,
    path: PathBuf,
    queue: Receiver<Waiting>,
    paid: VecDeque<Box<dyn WriteRequest>>,
    screen: VecDeque<Box<dyn WriteRequest>>,
    bulk: VecDeque<Box<dyn WriteRequest>>,
    /// A slice waited while the last group was committed: it goes next.
    is_bulk_due: bool,
    changes: broadcast::Sender<Changes>,
    seq: u64,
    /// The file's mark after the last commit that is known to stand.
    mark: u128,
    /// The remains of a failed commit may still be in the file.
    must_fence: bool,
    /// Set while the writer itself commits.
    may_commit: Arc<AtomicBool>,
}

/// A request that ran, whether it is to be kept, and what it touched.
struct Ran {
    request: Box<dyn WriteRequest>,
    keep: bool,
    topics: BTreeSet<Topic>,
}

impl WriterLoop {
    pub(crate) fn new(
        conn: Connection,
        path: PathBuf,
        queue: Receiver<Waiting>,
        changes: broadcast::Sender<Changes>,
    ) -> Result<Self, StoreError> {
        let may_commit = Arc::new(AtomicBool::new(false));
        let conn = guarded(conn, &may_commit)?;
        let mark = read_mark(&conn)?;
        Ok(Self {
            conn,
            path,
            queue,
            paid: VecDeque::new(),
            screen: VecDeque::new(),
            bulk: VecDeque::new(),
            is_bulk_due: false,
            changes,
            seq: 0,
            mark,
            must_fence: false,
            may_commit,
        })
    }

    /// Serves what waits with one commit, without waiting.
    pub fn step(&mut self) -> Step {
        let is_open = self.take_in();
        if let Some(group) = self.next_group() {
            self.serve(group);
            Step::Served
        } else if is_open {
            Step::Idle
        } else {
            Step::Closed
        }
    }

    /// Works until nothing can arrive any more, then waits until nobody holds the other end of `readers`: whoever closes the
    /// last connection takes the log away, and of two that close at the same moment neither is the last.
    pub(crate) fn run(mut self, readers: &Receiver<Infallible>) {
        loop {
            match self.step() {
                Step::Served => {}
                Step::Closed => break,
                Step::Idle => match self.queue.recv_timeout(IDLE_WAIT) {
                    Ok(request) => self.put(request),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                },
            }
        }
        while readers.recv().is_ok() {}
    }

    /// Sorts what has arrived by rank; false when nothing can arrive any more.
    fn take_in(&mut self) -> bool {
        loop {
            match self.queue.try_recv() {
                Ok(request) => self.put(request),
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => return false,
            }
        }
    }

    fn put(&mut self, (rank, request): Waiting) {
        match rank {
            Rank::Paid => self.paid.push_back(request),
            Rank::Screen => self.screen.push_back(request),
            Rank::Bulk => self.bulk.push_back(request),
        }
    }

    /// What the next commit holds; `None` when nothing waits.
    fn next_group(&mut self) -> Option<Vec<Box<dyn WriteRequest>>> {
        if self.is_bulk_due
            && let Some(slice) = self.bulk.pop_front()
        {
            self.is_bulk_due = false;
            return Some(vec![slice]);
        }
        let mut group: Vec<_> = Vec::new();
        for waiting in [&mut self.paid, &mut self.screen] {
            let room = GROUP_MAX.saturating_sub(group.len()).min(waiting.len());
            group.extend(waiting.drain(..room));
        }
        if group.is_empty() {
            return self.bulk.pop_front().map(|slice| vec![slice]);
        }
        self.is_bulk_due = !self.bulk.is_empty();
        Some(group)
    }

    /// One transaction for the whole group. Announces only after the commit.
    fn serve(&mut self, group: Vec<Box<dyn WriteRequest>>) {
        let begun = self.fence().and_then(|()| self.begin());
        let were_as_left = match begun {
            Ok(were_as_left) => were_as_left,
            Err(error) => {
                self.reopen_after(&error);
                group.into_iter().for_each(|request| request.answer(Err(error.clone())));
                return;
            }
        };
        let before = self.conn.total_changes();
        let is_alone = group.len() == 1;
        let mut waiting: VecDeque<_> = group.into();
        let mut done = Vec::with_capacity(waiting.len());
        while let Some(request) = waiting.pop_front() {
            let ran = self.run_one(request, is_alone);
            if self.conn.is_autocommit() {
                self.serve_again(ran, done, waiting);
                return;
            }
            done.push(ran);
        }
        let has_changes = self.conn.total_changes() != before;
        let is_kept = done.iter().any(|ran| ran.keep);
        let ended = if is_kept { self.commit(has_changes, were_as_left) } else { self.roll_back() };
        if ended.is_ok() {
            self.announce(&done);
        }
        for ran in done {
            ran.request.answer(ended.clone());
        }
    }

    /// Runs a request in a savepoint of its own; alone it has the transaction to itself.
    fn run_one(&mut self, mut request: Box<dyn WriteRequest>, is_alone: bool) -> Ran {
        let opened = is_alone || connection::run(&self.conn, "savepoint member").is_ok();
        let mut write = Write::new(&self.conn);
        let keep = opened && request.run(&mut write);
        let topics = write.into_topics();
        if !is_alone && !self.conn.is_autocommit() {
            let undone = if keep { Ok(()) } else { connection::run(&self.conn, "rollback to member") };
            if undone.and_then(|()| connection::run(&self.conn, "release member")).is_err() {
                // A savepoint that cannot be ended leaves nothing to build on.
                drop(self.conn.execute_batch("rollback"));
            }
        }
        Ran { request, keep, topics }
    }

    /// SQLite has ended the transaction of a group (disk full, I/O error): nothing of it was kept. The request at fault
    /// is told, the others are served one by one.
    fn serve_again(&mut self, at_fault: Ran, done: Vec<Ran>, waiting: VecDeque<Box<dyn WriteRequest>>) {
        self.reopen();
        at_fault.request.answer(if at_fault.keep { Err(StoreError::DiskFull) } else { Ok(()) });
        for request in done.into_iter().map(|ran| ran.request).chain(waiting) {
            self.serve(vec![request]);
        }
    }

    /// Commits and says for certain whether it took place, or that nobody can know yet.
    fn commit(&mut self, has_changes: bool, were_as_left: bool) -> Result<(), StoreError> {
        let next = self.mark.wrapping_add(1);
        let committed = if has_changes { self.commit_marked(next, were_as_left) } else { self.commit_unmarked() };
        let Err(error) = committed else {
            self.mark = if has_changes { next } else { self.mark };
            return Ok(());
        };
        drop(self.conn.execute_batch("rollback"));
        if !has_changes {
            self.reopen_after(&error);
            return Err(error);
        }
        self.must_fence = true;
        self.reopen();
        match read_mark(&self.conn) {
            Ok(found) if found == next => {
                // It stands, but a sync failed: what the file holds is written down once more.
                self.mark = next;
                write_down(&self.conn).map_err(unknown)?;
                self.must_fence = false;
                Ok(())
            }
            _ => match self.fence() {
                Ok(()) => Err(error),
                Err(fence) => Err(unknown(fence)),
            },
        }
    }

    /// Begins a transaction. Answers whether the newest rows of the books are those that the last commit left.
    fn begin(&self) -> Result<bool, StoreError> {
        connection::run(&self.conn, "begin immediate")?;
        newest::are_as_left(&self.conn).inspect_err(|_| drop(self.conn.execute_batch("rollback")))
    }

    fn commit_marked(&self, mark: u128, were_as_left: bool) -> Result<(), StoreError> {
        newest::mark(&self.conn, mark, were_as_left)?;
        self.commit_unmarked()
    }

    fn commit_unmarked(&self) -> Result<(), StoreError> {
        self.may_commit.store(true, Ordering::Relaxed);
        let done = connection::run(&self.conn, "commit");
        self.may_commit.store(false, Ordering::Relaxed);
        Ok(done?)
    }

    fn roll_back(&mut self) -> Result<(), StoreError> {
        let done = self.conn.execute_batch("rollback").map_err(StoreError::from);
        if let Err(error) = &done {
            self.reopen_after(error);
        }
        done
    }

    /// Lays a commit of the mark alone over what a failed commit may have left in the log. Nothing else is written
    /// before that has worked.
    fn fence(&mut self) -> Result<(), StoreError> {
        if !self.must_fence {
            return Ok(());
        }
        let found = read_mark(&self.conn)?;
        let next = found.max(self.mark).wrapping_add(2);
        let were_as_left = self.begin()?;
        let laid = self.commit_marked(next, were_as_left);
        if let Err(error) = laid {
            drop(self.conn.execute_batch("rollback"));
            self.reopen_after(&error);
            return Err(error);
        }
        self.mark = next;
        self.must_fence = false;
        Ok(())
    }

    fn announce(&mut self, done: &[Ran]) {
        let topics: BTreeSet<Topic> = done.iter().filter(|ran| ran.keep).flat_map(|ran| ran.topics.clone()).collect();
        if topics.is_empty() {
            return;
        }
        self.seq += 1;
        // No listener is no error: the command line has none.
        drop(self.changes.send(Changes { seq: self.seq, topics: topics.into_iter().collect() }));
    }

    /// A connection that failed to read or write may hold a wrong picture of the file: take a new one.
    fn reopen_after(&mut self, error: &StoreError) {
        if matches!(error, StoreError::Io(_) | StoreError::Corrupt(_)) {
            self.reopen();
        }
    }

    /// Takes a new connection; the old one stays when there is none to be had.
    fn reopen(&mut self) {
        if let Ok(conn) = connection::open_writer(&self.path)
            && let Ok(conn) = guarded(conn, &self.may_commit)
        {
            self.conn = conn;
        }
    }
}

fn unknown(error: StoreError) -> StoreError {
    StoreError::OutcomeUnknown(Box::new(error))
}

/// Brings all of the log into the database and syncs it. One that a reader stands in the way of has not done so, which
/// is no error of the statement but a word in its row.
fn write_down(conn: &Connection) -> Result<(), StoreError> {
    let is_blocked: bool = conn.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get("busy"))?;
    if is_blocked { Err(StoreError::Busy) } else { Ok(()) }
}

/// The file's mark; 0 for one that has lost it, which gets the next one with its next commit.
fn read_mark(conn: &Connection) -> Result<u128, StoreError> {
    let token = conn.query_row("select token from commit_mark where id = 1", [], |row| row.get(0)).optional()?;
    Ok(token.map_or(0, u128::from_be_bytes))
}

/// A writer's connection with its guards, which must not be there while it migrates.
fn guarded(mut conn: Connection, may_commit: &Arc<AtomicBool>) -> Result<Connection, StoreError> {
    connection::guard_ledger(&mut conn)?;
    connection::guard_commits(&mut conn, Arc::clone(may_commit))?;
    Ok(conn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_log_that_a_reader_keeps_is_not_written_down() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("igny8.db");
        let conn = connection::open_writer(&path).unwrap();
        conn.busy_timeout(Duration::ZERO).unwrap();
        conn.execute_batch("create table t (a); insert into t values (1)").unwrap();
        let reader = connection::open_reader(&path).unwrap();
        reader.execute_batch("begin; select * from t").unwrap();
        conn.execute_batch("insert into t values (2)").unwrap();
        assert_eq!(write_down(&conn), Err(StoreError::Busy), "what the reader does not see is not in the database");
        reader.execute_batch("rollback").unwrap();
        assert_eq!(write_down(&conn), Ok(()));
    }
}
