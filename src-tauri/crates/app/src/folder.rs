//! The data folder: what stands where, and the lock that makes this process its only writer. The lock is a file of its
//! own, because opening the database file itself would drop SQLite's locks when it is closed again.

use igny8_core::time::UtcMs;
use igny8_store::leftover;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The app's identifier, which also names its folder.
pub const IDENTIFIER: &str = "com.igny8.desktop";

/// A database that is about to take the place of the present one. What else begins with its name belongs to it.
const RESTORING: &str = "restoring.db";
/// The folder's own mark.
const MARK: &str = "folder.id";
/// What names the copy that was put in its place.
const RESTORED: &str = "restored.txt";

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process has it open.
    #[error("in use")]
    InUse,
    /// The system names no folder for app data.
    #[error("no folder for app data")]
    NoHome,
    /// Its database is a link to somewhere else, where another folder's lock is the one that counts.
    #[error("{path} is a link", path = path.display())]
    Linked {
        /// The link.
        path: PathBuf,
    },
    /// It, or something in it, cannot be made or written.
    #[error("{path}: {error}", path = path.display())]
    Io {
        /// What cannot be used.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

impl FolderError {
    /// What an error of the system is about.
    pub(crate) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |error| Self::Io { path, error }
    }
}

/// A data folder.
#[derive(Clone, Debug)]
pub struct DataFolder {
    root: PathBuf,
}

/// The lock on a data folder; released when dropped or when the process ends.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
}

impl FolderLock {
    /// By what the folder is known: its lock is a file that no copy of the folder has, whatever else it has. Where the
    /// system numbers files, by that, and where it says when a file was made, by that as well. On a disk whose numbers do
    /// not last the folder seems to be a copy too often, and never too seldom.
    pub(crate) fn mark(&self) -> io::Result<String> {
        let found = self.file.metadata()?;
        let made = found.created().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        Ok(format!("{}-{}", number(&found), made.map_or(0, |since| since.as_nanos())))
    }
}

#[cfg(unix)]
fn number(found: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(found)
}

/// Elsewhere the standard library does not tell a file's number.
#[cfg(not(unix))]
fn number(_: &std::fs::Metadata) -> u64 {
    0
}

impl DataFolder {
    /// The folder of this user.
    ///
    /// # Errors
    /// [`FolderError::NoHome`] when the system names none.
    pub fn of_user() -> Result<Self, FolderError> {
        let base = dirs::data_dir().ok_or(FolderError::NoHome)?;
        Ok(Self { root: base.join(IDENTIFIER) })
    }

    /// A folder by path.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Makes the folder, for this user only, and the one for pictures in it. One that was there keeps its rights: it may be
    /// somebody else's as well.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create(&self) -> Result<(), FolderError> {
        let is_new = !self.root.exists();
        std::fs::create_dir_all(&self.root).map_err(FolderError::at(&self.root))?;
        #[cfg(unix)]
        if is_new {
            use std::os::unix::fs::PermissionsExt;
            let only_user = std::fs::Permissions::from_mode(0o700);
            std::fs::set_permissions(&self.root, only_user).map_err(FolderError::at(&self.root))?;
        }
        std::fs::create_dir_all(self.media()).map_err(FolderError::at(&self.media()))
    }

    /// Takes the lock. A folder that is reached through a link has the same lock. A database that is itself a link has not:
    /// each of two folders would have one of its own, and the one file two writers.
    ///
    /// # Errors
    /// [`FolderError::InUse`] when another process has it; [`FolderError::Linked`].
    pub fn lock(&self) -> Result<FolderLock, FolderError> {
        let database = self.database();
        if std::fs::symlink_metadata(&database).is_ok_and(|found| found.is_symlink()) {
            return Err(FolderError::Linked { path: database });
        }
        let path = self.root.join("lock");
        let opened = File::options().create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(FolderError::at(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(FolderLock { file }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse),
            Err(TryLockError::Error(error)) => Err(FolderError::Io { path, error }),
        }
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.root.join("igny8.db")
    }

    /// What tells this folder from all others, see [`crate::vault`].
    pub(crate) fn mark(&self) -> PathBuf {
        self.root.join(MARK)
    }

    /// Pictures.
    #[must_use]
    pub fn media(&self) -> PathBuf {
        self.root.join("media")
    }

    /// Where sites of kind "folder" publish by default.
    #[must_use]
    pub fn published(&self) -> PathBuf {
        self.root.join("published")
    }

    /// Copies of the database.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    /// Logs.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// Removes what killed processes left half written: copies of the database, and what a restore prepared. The lock must
    /// be held, which is also what a restore holds.
    pub(crate) fn sweep(&self, _: &FolderLock, now: UtcMs) {
        let copies = leftover::sweep(&self.backups(), now, |name| leftover::copy_begun_by(name).is_some());
        let prepared = leftover::sweep(&self.root, now, |name| name.starts_with(RESTORING));
        if copies + prepared > 0 {
            tracing::info!(files = copies + prepared, "files that were never finished are removed");
        }
    }

    /// Where a copy is prepared that is to take the place of the database.
    pub(crate) fn restoring(&self) -> PathBuf {
        self.root.join(RESTORING)
    }

    /// Where a restore leaves the name of the copy that it put in place, until the next start has told of it.
    pub(crate) fn restored_note(&self) -> PathBuf {
        self.root.join(RESTORED)
    }

    /// Whether `path` lies in this folder, however it is spelled. What stands here is the app's own, so that nothing is
    /// written here because somebody named it: a lock that was replaced would let a second writer in.
    ///
    /// # Errors
    /// When the path cannot be looked at.
    pub fn holds(&self, path: &Path) -> io::Result<bool> {
        is_within(path, &self.root)
    }

    /// Whether `path` lies where the copies of the database are.
    ///
    /// # Errors
    /// As [`DataFolder::holds`].
    pub fn holds_as_copy(&self, path: &Path) -> io::Result<bool> {
        is_within(path, &self.backups())
    }
}

fn is_within(path: &Path, folder: &Path) -> io::Result<bool> {
    Ok(resolved(path)?.starts_with(resolved(folder)?))
}

/// A path from the root and without links, as far as it exists.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for existing in path.ancestors() {
        let Ok(real) = existing.canonicalize() else { continue };
        let rest = path.strip_prefix(existing).map_err(|_| ErrorKind::InvalidInput)?;
        // Where "the folder above" of a folder that is not there will be is anybody's guess.
        if rest.components().any(|part| part == Component::ParentDir) {
            return Err(ErrorKind::InvalidInput.into());
        }
        return Ok(real.join(rest));
    }
    Err(ErrorKind::NotFound.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(&dir.path().join("data"));
        folder.create().unwrap();
        let lock = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(FolderError::InUse)));
        drop(lock);
        folder.lock().unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_new_folder_is_for_its_user_alone_and_one_that_was_there_keeps_its_rights() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        let new = dir.path().join("new");
        DataFolder::at(&new).create().unwrap();
        assert_eq!(mode(&new), 0o700);
        let shared = dir.path().join("shared");
        std::fs::create_dir(&shared).unwrap();
        std::fs::set_permissions(&shared, std::fs::Permissions::from_mode(0o1777)).unwrap();
        DataFolder::at(&shared).create().unwrap();
        assert_eq!(mode(&shared), 0o1777);
    }

    #[test]
    fn it_knows_its_own_however_they_are_spelled() {
        let dir = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(&dir.path().join("data"));
        folder.create().unwrap();
        for own in ["data", "data/lock", "data/media/new/file", "data/../data/./lock", "data/backups/copy.db"] {
            assert!(folder.holds(&dir.path().join(own)).unwrap(), "{own}");
        }
        for other in ["lock", "data.csv", "data/../books.csv", "new/data/lock"] {
            assert!(!folder.holds(&dir.path().join(other)).unwrap(), "{other}");
        }
        assert!(folder.holds_as_copy(&dir.path().join("data/backups/copy.db")).unwrap());
        assert!(!folder.holds_as_copy(&dir.path().join("data/backups/../lock")).unwrap_or(false));
        assert!(folder.holds(&dir.path().join("new/../data/lock")).is_err(), "nobody can tell");
    }

    #[cfg(unix)]
    #[test]
    fn a_linked_folder_has_the_same_lock_and_a_linked_database_none() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(&dir.path().join("data"));
        folder.create().unwrap();
        File::create(folder.database()).unwrap();
        symlink(folder.root(), dir.path().join("link")).unwrap();
        let other = DataFolder::at(&dir.path().join("other"));
        other.create().unwrap();
        symlink(folder.database(), other.database()).unwrap();

        let lock = folder.lock().unwrap();
        assert!(matches!(DataFolder::at(&dir.path().join("link")).lock(), Err(FolderError::InUse)));
        drop(lock);
        assert!(matches!(other.lock(), Err(FolderError::Linked { path }) if path == other.database()), "locked or not");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_it_leads_into_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = DataFolder::at(&dir.path().join("data"));
        folder.create().unwrap();
        std::os::unix::fs::symlink(folder.root(), dir.path().join("link")).unwrap();
        assert!(folder.holds(&dir.path().join("link/media/new")).unwrap());
        assert!(DataFolder::at(&dir.path().join("link")).holds(&folder.database()).unwrap());
    }
}
