//! Copies of the live file, made through SQLite and never by copying bytes: written beside, synced, checked, renamed.

use crate::{StoreError, connection, migrate};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::fs::File;
use std::path::Path;
use std::time::Duration;

/// Pages copied between two looks at the lock; at 4 KiB a page that is 4 MiB, a few milliseconds.
const PAGES_PER_STEP: i32 = 1_024;

/// Why a copy was not made. An older copy of the same name is still there.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database could not be read.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The copy could not be written.
    #[error("the copy could not be written: {0}")]
    Write(#[from] std::io::Error),
    /// The copy does not pass its check.
    #[error("the copy is damaged")]
    Damaged,
}

/// Copies the database behind `conn` to `target`, replacing an older copy only when the new one is whole and synced.
pub(crate) fn copy_to(conn: &Connection, target: &Path) -> Result<(), BackupError> {
    let parent = target.parent().ok_or_else(|| std::io::Error::other("no folder"))?;
    std::fs::create_dir_all(parent)?;
    let beside = target.with_extension("partial");
    if beside.exists() {
        std::fs::remove_file(&beside)?;
    }
    {
        let mut copy = Connection::open(&beside).map_err(StoreError::from)?;
        Backup::new(conn, &mut copy)
            .and_then(|b| b.run_to_completion(PAGES_PER_STEP, Duration::ZERO, None))
            .map_err(StoreError::from)?;
        let verdict: String =
            copy.query_row("pragma integrity_check", [], |row| row.get(0)).map_err(StoreError::from)?;
        if verdict != "ok" {
            return Err(BackupError::Damaged);
        }
    }
    // Opened for writing, because Windows syncs no file that was opened for reading only.
    File::options().write(true).open(&beside)?.sync_all()?;
    std::fs::rename(&beside, target)?;
    sync_folder(parent)?;
    Ok(())
}

/// Copies a database file that no process has open, after looking whether it is one of ours and whole.
pub(crate) fn copy_closed(from: &Path, to: &Path) -> Result<(), BackupError> {
    let conn = connection::open_reader(from)?;
    copy_ours(&conn, to)
}

/// As [`copy_closed`], for a file that must not be touched at all, not even by the side files of a reader.
pub(crate) fn copy_untouched(from: &Path, to: &Path) -> Result<(), BackupError> {
    let conn = connection::open_immutable(from)?;
    copy_ours(&conn, to)
}

fn copy_ours(conn: &Connection, to: &Path) -> Result<(), BackupError> {
    migrate::refuse_newer(conn)?;
    copy_to(conn, to)
}

/// Makes the rename survive a power cut. Windows cannot open a folder and needs no such step.
fn sync_folder(folder: &Path) -> Result<(), std::io::Error> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
