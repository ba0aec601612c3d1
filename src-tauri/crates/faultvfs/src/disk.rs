//! A watched folder: what was done to its files, what is to go wrong there, and what is remembered of it. Each folder is
//! watched by itself, so that tests in other threads of the process notice nothing.

use crate::shim;
use crate::tape::{Event, Files, Tape};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a file is to SQLite. The index in shared memory is none: a power cut leaves nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// The database.
    Database,
    /// Its write-ahead log.
    Wal,
    /// A rollback journal: how a file is changed before it has a log.
    Journal,
    /// Anything else.
    Other,
}

/// What changes a file, or makes the change last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Call {
    /// Bytes.
    Write,
    /// A new size.
    Truncate,
    /// To the platter.
    Sync,
    /// Gone.
    Delete,
}

/// What a call that fails says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// An I/O error.
    InputOutput,
    /// The disk is full.
    Full,
}

/// Which calls fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The first that fails, counted from 1 since the fault was planted.
    pub at: u64,
    /// How many fail in a row; [`Fault::FOR_EVER`] for all from there on.
    pub calls: u64,
    /// How.
    pub trouble: Trouble,
}

/// How often each kind of file was called, by each call that was let through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    calls: BTreeMap<(FileKind, Call), u64>,
    commits: u64,
}

impl Fault {
    /// All calls, until the disk is mended.
    pub const FOR_EVER: u64 = u64::MAX;
}

/// A folder under watch, from this value on until it is dropped.
#[derive(Debug)]
pub struct Disk {
    watched: Arc<Watched>,
}

/// What the shim knows of a folder.
#[derive(Debug)]
pub(crate) struct Watched {
    folder: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    counts: Counts,
    fault: Option<Fault>,
    calls_since_planted: u64,
    struck: u64,
    /// Bytes by which files may still grow.
    space: Option<u64>,
    holds_syncs_back: bool,
    /// Logs with frames that were not synced.
    unsynced_logs: BTreeSet<Arc<str>>,
    tape: Option<Tape>,
}

/// A file of a watched folder, as the shim keeps it beside SQLite's own.
#[derive(Debug)]
pub(crate) struct Seat {
    pub(crate) watched: Arc<Watched>,
    pub(crate) name: Arc<str>,
    pub(crate) kind: FileKind,
}

/// A log begins with a header of this size; what lies beyond it are frames, which hold what was committed.
const LOG_HEADER: usize = 32;

impl Disk {
    /// Watches a folder and its files. Do so before they are opened: what is open already goes unseen.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn watch(folder: &Path) -> Result<Self, std::io::Error> {
        Self::begin(folder, State::default())
    }

    /// As [`Disk::watch`], with a tape running, and without waiting for the real disk: nothing is lost there.
    ///
    /// # Errors
    /// When the folder or one of its files cannot be read.
    pub fn record(folder: &Path) -> Result<Self, std::io::Error> {
        let mut start = Files::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                start.insert(entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?);
            }
        }
        let tape = Some(Tape { start, events: Vec::new() });
        Self::begin(folder, State { tape, holds_syncs_back: true, ..State::default() })
    }

    /// As [`Disk::watch`], without waiting for the real disk.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn without_syncs(folder: &Path) -> Result<Self, std::io::Error> {
        Self::begin(folder, State { holds_syncs_back: true, ..State::default() })
    }

    fn begin(folder: &Path, state: State) -> Result<Self, std::io::Error> {
        // SQLite names files by their true path.
        let watched = Arc::new(Watched { folder: folder.canonicalize()?, state: Mutex::new(state) });
        shim::watch(&watched);
        Ok(Self { watched })
    }

    /// What was done so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.watched.lock().counts.clone()
    }

    /// Lets calls fail from now on.
    pub fn plant(&self, fault: Fault) {
        let mut state = self.watched.lock();
        state.fault = Some(fault);
        state.calls_since_planted = 0;
        state.struck = 0;
    }

    /// Leaves room for files to grow by this much; beyond it the disk is full. What overwrites needs no room.
    pub fn leave_space(&self, bytes: u64) {
        self.watched.lock().space = Some(bytes);
    }

    /// Mends everything. Returns how many calls failed.
    pub fn mend(&self) -> u64 {
        let mut state = self.watched.lock();
        state.fault = None;
        state.space = None;
        std::mem::take(&mut state.struck)
    }

    /// How many calls failed since the fault was planted.
    #[must_use]
    pub fn struck(&self) -> u64 {
        self.watched.lock().struck
    }

    /// Notes on the tape that something has been promised.
    pub fn mark(&self, mark: u64) {
        self.watched.lock().note(Event::Mark(mark));
    }

    /// The tape as far as it has run.
    #[must_use]
    pub fn tape(&self) -> Tape {
        self.watched.lock().tape.clone().unwrap_or_default()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        shim::unwatch(&self.watched);
    }
}

impl Counts {
    /// Calls of a kind.
    #[must_use]
    pub fn of(&self, kind: FileKind, call: Call) -> u64 {
        self.calls.get(&(kind, call)).copied().unwrap_or(0)
    }

    /// Syncs of the log that brought frames to the platter: what commits cost. The others belong to checkpoints.
    #[must_use]
    pub const fn commits(&self) -> u64 {
        self.commits
    }

    /// All calls.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.calls.values().sum()
    }

    /// What came on top of an earlier count.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let rest = self.calls.iter().map(|(key, count)| {
            let before = earlier.calls.get(key).copied().unwrap_or(0);
            (*key, count.saturating_sub(before))
        });
        Self { calls: rest.collect(), commits: self.commits.saturating_sub(earlier.commits) }
    }
}

impl Watched {
    /// The name of a file in this folder; `None` for files elsewhere.
    pub(crate) fn name_of(&self, path: &Path) -> Option<Arc<str>> {
        let inside = path.strip_prefix(&self.folder).ok()?;
        inside.to_str().map(Arc::from)
    }

    /// A test that panicked while it held the lock leaves the values whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a file that came into being.
    pub(crate) fn created(&self, name: &Arc<str>) {
        self.lock().note(Event::Create { file: Arc::clone(name) });
    }

    /// Removes a file, or fails to.
    pub(crate) fn delete(
        &self,
        name: &Arc<str>,
        kind: FileKind,
        is_folder_synced: bool,
        delete: impl FnOnce() -> Result<(), i32>,
    ) -> Result<(), i32> {
        let mut state = self.lock();
        state.admit(kind, Call::Delete, 0)?;
        delete()?;
        state.count(kind, Call::Delete);
        state.note(Event::Delete { file: Arc::clone(name), is_folder_synced });
        Ok(())
    }
}

impl Seat {
    /// Writes, or fails after the first half, as a disk may. `grow` is by how much the file gets longer.
    pub(crate) fn write(
        &self,
        offset: usize,
        bytes: &[u8],
        grow: u64,
        write: impl FnOnce(&[u8]) -> Result<(), i32>,
    ) -> Result<(), i32> {
        let mut state = self.watched.lock();
        let verdict = state.admit(self.kind, Call::Write, grow);
        let written = match verdict {
            Ok(()) => bytes,
            Err(_) => bytes.get(..bytes.len() / 2).unwrap_or_default(),
        };
        write(written)?;
        if self.kind == FileKind::Wal && offset >= LOG_HEADER {
            state.unsynced_logs.insert(Arc::clone(&self.name));
        }
        state.note(Event::Write { file: Arc::clone(&self.name), offset, bytes: Arc::from(written) });
        verdict?;
        state.count(self.kind, Call::Write);
        Ok(())
    }

    /// Changes the size, or fails to.
    pub(crate) fn truncate(&self, size: usize, truncate: impl FnOnce() -> Result<(), i32>) -> Result<(), i32> {
        let mut state = self.watched.lock();
        state.admit(self.kind, Call::Truncate, 0)?;
        truncate()?;
        state.count(self.kind, Call::Truncate);
        state.note(Event::Truncate { file: Arc::clone(&self.name), size });
        Ok(())
    }

    /// Syncs, or fails to; or only says so.
    pub(crate) fn sync(&self, sync: impl FnOnce() -> Result<(), i32>) -> Result<(), i32> {
        let mut state = self.watched.lock();
        let done = state.admit(self.kind, Call::Sync, 0);
        let done = if state.holds_syncs_back { done } else { done.and_then(|()| sync()) };
        if let Err(code) = done {
            state.note(Event::SyncFailed { file: Arc::clone(&self.name) });
            return Err(code);
        }
        state.count(self.kind, Call::Sync);
        if state.unsynced_logs.remove(&self.name) {
            state.counts.commits += 1;
        }
        let is_with_folder = matches!(self.kind, FileKind::Wal | FileKind::Journal);
        state.note(Event::Sync { file: Arc::clone(&self.name), is_with_folder });
        Ok(())
    }
}

impl State {
    /// Whether a call may go through; the error is SQLite's code for why not.
    fn admit(&mut self, kind: FileKind, call: Call, grow: u64) -> Result<(), i32> {
        self.calls_since_planted += 1;
        if let Some(fault) = self.fault
            && self.calls_since_planted.checked_sub(fault.at).is_some_and(|since| since < fault.calls)
        {
            self.struck += 1;
            return Err(shim::code(fault.trouble, call));
        }
        if let Some(space) = &mut self.space
            && kind != FileKind::Other
        {
            let Some(left) = space.checked_sub(grow) else {
                self.struck += 1;
                return Err(shim::code(Trouble::Full, call));
            };
            *space = left;
        }
        Ok(())
    }

    fn count(&mut self, kind: FileKind, call: Call) {
        *self.counts.calls.entry((kind, call)).or_default() += 1;
    }

    fn note(&mut self, event: Event) {
        if let Some(tape) = &mut self.tape {
            tape.events.push(event);
        }
    }
}
