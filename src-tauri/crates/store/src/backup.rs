//! Copies of the live file, made through SQLite and never by copying bytes: written beside, synced, checked, renamed.

use crate::{StoreError, connection, migrate};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::ffi::OsString;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied between two looks at the lock; at 4 KiB a page that is 4 MiB, a few milliseconds.
const PAGES_PER_STEP: i32 = 1_024;
/// What the name of an unfinished copy ends with, or with a digit behind it.
pub(crate) const PARTIAL: &str = ".partial";
/// Unfinished copies of one name that killed processes may leave before a new one is refused: enough for bad luck, few
/// enough not to fill the disk.
const LEFTOVERS_MAX: u32 = 9;
/// What every database file begins with.
const SQLITE_MAGIC: &[u8] = b"SQLite format 3\0";
/// Where the header says how the file is written: 1 with a rollback journal, 2 with a log beside it.
const WRITE_VERSION_AT: usize = 18;
/// Where the header has the mark of the program that made it.
const APPLICATION_ID_AT: usize = 68;
/// Bytes of the header.
const HEADER_BYTES: usize = 100;
/// What SQLite puts behind a database's name for its log.
const LOG: &str = "-wal";
/// And for all of the files beside it.
const SIDE_FILES: [&str; 3] = [LOG, "-shm", "-journal"];

/// Why a copy was not made. An older copy of the same name is still there.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database could not be read.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The copy could not be written.
    #[error("{path} could not be written: {error}", path = path.display())]
    Write {
        /// The copy.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The copy does not pass its check.
    #[error("the copy is damaged")]
    Damaged,
    /// The target is the database itself under some name, or one of the files beside it.
    #[error("the target is the database itself")]
    Itself,
    /// What stands at the target is no copy of ours.
    #[error("the target is another file")]
    Foreign,
}

/// Copies the database at `live`, which `conn` reads, to `target`. An older copy of ours is replaced when the new one is
/// whole and synced; anything else that stands there is left alone.
pub(crate) fn copy_to(conn: &Connection, live: &Path, target: &Path) -> Result<(), BackupError> {
    let unwritable = |error| BackupError::Write { path: target.to_owned(), error };
    let target = real_target(live, target)?;
    let parent = target.parent().ok_or(ErrorKind::InvalidInput).map_err(|kind| unwritable(kind.into()))?;
    std::fs::create_dir_all(parent).map_err(unwritable)?;
    let part = Part::beside(&target).map_err(unwritable)?;
    write_copy(conn, &part.path)?;
    // Opened for writing, because Windows syncs no file that was opened for reading only.
    File::options().write(true).open(&part.path).and_then(|file| file.sync_all()).map_err(unwritable)?;
    // Once more, for what came there meanwhile.
    let target = real_target(live, &target)?;
    std::fs::rename(&part.path, &target).and_then(|()| sync_folder(parent)).map_err(unwritable)
}

fn write_copy(conn: &Connection, path: &Path) -> Result<(), BackupError> {
    let mut copy = Connection::open(path).map_err(StoreError::from)?;
    Backup::new(conn, &mut copy)
        .and_then(|b| b.run_to_completion(PAGES_PER_STEP, Duration::ZERO, None))
        .map_err(StoreError::from)?;
    // One file, with nothing beside it: this is also what tells a copy from a database that is worked on.
    copy.pragma_update(None, "journal_mode", "delete").map_err(StoreError::from)?;
    let verdict: String = copy.query_row("pragma integrity_check", [], |row| row.get(0)).map_err(StoreError::from)?;
    if verdict == "ok" { Ok(()) } else { Err(BackupError::Damaged) }
}

/// Copies a database file that no process has open, after looking whether it is one of ours and whole. The file and
/// what is beside it stay as they are, to the byte.
pub(crate) fn copy_closed(from: &Path, to: &Path) -> Result<(), BackupError> {
    copy_ours(&connection::open_still(from)?, from, to)
}

/// As [`copy_closed`], for a file in a folder that may not be written. What a killed process left in a log beside it
/// belongs to it: then both are brought beside the copy first and read there. A copy of ours has no log, whatever stands
/// beside it.
pub(crate) fn copy_untouched(from: &Path, to: &Path) -> Result<(), BackupError> {
    let log = beside(from, LOG);
    let has_log = log.metadata().is_ok_and(|found| found.len() > 0);
    if has_log && !is_copy_of_ours(from).map_err(|error| StoreError::Io(error.to_string()))? {
        let raw = RawCopy::of(from, &log, to)?;
        return copy_ours(&connection::open_still(&raw.database)?, from, to);
    }
    copy_ours(&connection::open_immutable(from)?, from, to)
}

fn copy_ours(conn: &Connection, from: &Path, to: &Path) -> Result<(), BackupError> {
    migrate::refuse_newer(conn)?;
    copy_to(conn, from, to)
}

/// Whether `path` names the file at `live`, however it is spelled, or a file that SQLite keeps beside it. Nothing is
/// opened: closing a second handle on a database would drop SQLite's locks on it.
pub(crate) fn is_live(live: &Path, path: &Path) -> Result<bool, std::io::Error> {
    let (live, path) = (resolved(live)?, resolved(path)?);
    let is_beside = SIDE_FILES.iter().any(|suffix| beside(&live, suffix) == path);
    Ok(path == live || is_beside || is_same_file(&live, &path)?)
}

fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The target without links, when a copy may be put there.
fn real_target(live: &Path, target: &Path) -> Result<PathBuf, BackupError> {
    let unwritable = |error| BackupError::Write { path: target.to_owned(), error };
    let target = resolved(target).map_err(unwritable)?;
    if is_live(live, &target).map_err(unwritable)? {
        return Err(BackupError::Itself);
    }
    match target.symlink_metadata() {
        Ok(found) if found.is_file() && is_copy_of_ours(&target).map_err(unwritable)? => Ok(target),
        // A link is what is left of one that leads nowhere.
        Ok(_) => Err(BackupError::Foreign),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(target),
        Err(error) => Err(unwritable(error)),
    }
}

/// A path from the root and without links; what does not exist yet stands in its folder.
fn resolved(path: &Path) -> Result<PathBuf, std::io::Error> {
    let path = std::path::absolute(path)?;
    if let Ok(real) = path.canonicalize() {
        return Ok(real);
    }
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    Ok(match (folder, path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path,
    })
}

#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> Result<bool, std::io::Error> {
    use std::os::unix::fs::MetadataExt;
    let identity = |path: &Path| match path.metadata() {
        Ok(found) => Ok(Some((found.dev(), found.ino()))),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    };
    Ok(match (identity(one)?, identity(other)?) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    })
}

/// Windows does not let a file be replaced while a database has it open, whatever its name.
#[cfg(not(unix))]
fn is_same_file(_one: &Path, _other: &Path) -> Result<bool, std::io::Error> {
    Ok(false)
}

/// Whether a file is a copy of ours, which is written with no log beside it; a database of another data folder is ours,
/// but no copy.
fn is_copy_of_ours(path: &Path) -> Result<bool, std::io::Error> {
    let mut header = Vec::with_capacity(HEADER_BYTES);
    File::open(path)?.take(HEADER_BYTES as u64).read_to_end(&mut header)?;
    let mark = header.get(APPLICATION_ID_AT..APPLICATION_ID_AT + 4);
    Ok(header.starts_with(SQLITE_MAGIC)
        && header.get(WRITE_VERSION_AT) == Some(&1)
        && mark == Some(&connection::APPLICATION_ID.to_be_bytes()))
}

/// A copy that is not whole yet. It goes when it is dropped before it was put in its place.
struct Part {
    path: PathBuf,
}

impl Part {
    /// Makes an empty file that was not there, so that nobody's file is written over.
    fn beside(target: &Path) -> Result<Self, std::io::Error> {
        let name = target.file_name().ok_or(ErrorKind::InvalidInput)?;
        for number in 0..LEFTOVERS_MAX {
            let mut part = OsString::from(name);
            part.push(if number == 0 { PARTIAL.to_owned() } else { format!("{PARTIAL}{number}") });
            let path = target.with_file_name(part);
            match File::options().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok(Self { path }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::Error::other("unfinished copies stand beside it"))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Gone already when it was put in its place.
        drop(std::fs::remove_file(&self.path));
    }
}

/// A database and its log, copied by their bytes to where they may be opened. They go when it is dropped.
struct RawCopy {
    database: PathBuf,
}

impl RawCopy {
    /// Copies them beside `to`. A database that somebody works on meanwhile is refused: its halves would not fit.
    fn of(from: &Path, log: &Path, to: &Path) -> Result<Self, BackupError> {
        let unreadable = |error: std::io::Error| StoreError::Io(error.to_string());
        let unwritable = |error| BackupError::Write { path: to.to_owned(), error };
        let state = |path: &Path| path.metadata().and_then(|found| Ok((found.len(), found.modified()?)));
        let states = || Ok::<_, std::io::Error>((state(from)?, state(log)?));
        let before = states().map_err(unreadable)?;
        let raw = Self { database: beside(to, ".raw") };
        // A log that an earlier try left would be taken for this one's.
        raw.remove();
        std::fs::copy(from, &raw.database).map_err(unwritable)?;
        std::fs::copy(log, beside(&raw.database, LOG)).map_err(unwritable)?;
        if states().map_err(unreadable)? == before { Ok(raw) } else { Err(StoreError::Busy.into()) }
    }

    fn remove(&self) {
        for suffix in SIDE_FILES.iter().chain([&""]) {
            // Mostly there is none.
            drop(std::fs::remove_file(beside(&self.database, suffix)));
        }
    }
}

impl Drop for RawCopy {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Makes the rename survive a power cut. Windows cannot open a folder and needs no such step.
fn sync_folder(folder: &Path) -> Result<(), std::io::Error> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
