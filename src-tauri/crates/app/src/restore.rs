//! Putting a copy of the database in the place of the present one. The copy is checked first, and its books are added up,
//! so that whoever asks for it knows what they get before anything is replaced; the present database is
//! kept in `backups/`, never overwritten: as a copy when it can be read, and else as it is, to the byte. As long as it is
//! kept there, the pictures it names are kept too.

use crate::dto::audit::AuditFindings;
use crate::folder::{DataFolder, FolderError, FolderLock};
use crate::{Fault, OpenOptions, view};
use igny8_core::port::Ids;
use igny8_store::{Audit, BackupError, Store, StoreError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What SQLite may have left beside a database. They go first: a log without its database is of no use, but a log beside
/// another database would be taken for its own.
const SIDE_FILES: [&str; 2] = ["-wal", "-shm"];

/// A copy that was looked at and stands ready to take the place of the database. Until it does, or is dropped, the folder
/// is this process's.
pub struct Restore {
    folder: DataFolder,
    _lock: FolderLock,
    audit: Audit,
    copy: PathBuf,
}

impl Restore {
    /// Looks at a copy: whether it is one of ours and whole, and whether its books balance. Nothing is replaced.
    ///
    /// # Errors
    /// [`Fault::FolderInUse`] while the folder is open; [`Fault::NotFound`], [`Fault::InvalidField`] or [`Fault::TooNew`] for
    /// a copy that cannot be used, or is the database itself.
    pub fn prepare(options: &OpenOptions, copy: &Path) -> Result<Self, Fault> {
        let folder = options.folder()?;
        folder.create()?;
        let lock = folder.lock()?;
        if copy.is_dir() {
            return Err(Fault::InvalidField { field: "file".to_owned(), rule: "folder".to_owned() });
        }
        if is_live(&folder, copy) {
            return Err(BackupError::Itself.into());
        }
        if !copy.is_file() {
            return Err(Fault::NotFound { what: "file".to_owned() });
        }
        let ready = folder.restoring();
        // A log that a killed process left there would be taken for this one's.
        for file in SIDE_FILES.map(|suffix| beside(&ready, suffix)) {
            unless_missing(&file, std::fs::remove_file(&file))?;
        }
        Store::copy_untouched(copy, &ready).map_err(unusable_copy)?;
        let audit = Store::audit_closed(&ready).map_err(|error| unusable_copy(error.into()))?;
        Ok(Self { folder, _lock: lock, audit, copy: copy.to_owned() })
    }

    /// Whether the books of the copy balance.
    #[must_use]
    pub fn books_balance(&self) -> bool {
        self.audit.is_ok()
    }

    /// What does not add up in them.
    #[must_use]
    pub fn findings(&self) -> AuditFindings {
        view::audit::findings(&self.audit)
    }

    /// Puts the copy in the place of the database and returns where the one before is kept.
    ///
    /// # Errors
    /// When the one before cannot be kept, in which case nothing was replaced, or the copy cannot be put in its place.
    pub fn put_in_place(self) -> Result<Option<PathBuf>, Fault> {
        // The copy stays as it was; that it was put back is for the next start to tell, and to hold back what the copy has
        // as open. So it is written down first: a copy that nobody knows for one could publish a second time.
        let note = self.folder.restored_note();
        std::fs::write(&note, self.copy.display().to_string()).map_err(FolderError::at(&note))?;
        let put = self.put_over();
        if put.is_err() {
            drop(std::fs::remove_file(&note));
        }
        put
    }

    fn put_over(&self) -> Result<Option<PathBuf>, Fault> {
        let kept = keep_present(&self.folder)?;
        let database = self.folder.database();
        std::fs::rename(self.folder.restoring(), &database).map_err(FolderError::at(&database))?;
        Ok(kept)
    }
}

impl Drop for Restore {
    fn drop(&mut self) {
        // Gone already when it was put in its place.
        drop(std::fs::remove_file(self.folder.restoring()));
    }
}

/// Whether a file, by whatever name, is the present database or belongs to it: what is restored is what was kept apart.
fn is_live(folder: &DataFolder, copy: &Path) -> bool {
    let database = folder.database();
    let side_files = SIDE_FILES.map(|suffix| beside(&database, suffix));
    let Ok(copy) = copy.canonicalize() else { return false };
    std::iter::once(database).chain(side_files).any(|file| file.canonicalize().is_ok_and(|file| file == copy))
}

/// A copy that is damaged is no fault of the database that is to be replaced.
fn unusable_copy(error: BackupError) -> Fault {
    match error {
        BackupError::Damaged | BackupError::Store(StoreError::Corrupt(_) | StoreError::Unreadable(_)) => {
            Fault::InvalidField { field: "file".to_owned(), rule: "damaged".to_owned() }
        }
        // The copy's own folder may be in use; this one is not.
        BackupError::Store(StoreError::Busy) => {
            Fault::InvalidField { field: "file".to_owned(), rule: "in_use".to_owned() }
        }
        other => other.into(),
    }
}

/// Keeps the present database in `backups/` and leaves nothing beside its place. What SQLite can read is copied, so that
/// what is still in its log comes along; what it cannot is moved with its log.
fn keep_present(folder: &DataFolder) -> Result<Option<PathBuf>, Fault> {
    let database = folder.database();
    if !database.exists() {
        return Ok(None);
    }
    let id = crate::system::RandomIds.next().simple();
    let kept = folder.backups().join(format!("before-restore-{id}.db"));
    match Store::copy_closed(&database, &kept) {
        Ok(()) => {
            for file in SIDE_FILES.map(|suffix| beside(&database, suffix)) {
                unless_missing(&file, std::fs::remove_file(&file))?;
            }
            Ok(Some(kept))
        }
        Err(
            error @ (BackupError::Write { .. }
            | BackupError::Itself
            | BackupError::Foreign
            | BackupError::Store(StoreError::Busy | StoreError::DiskFull)),
        ) => Err(error.into()),
        Err(error @ (BackupError::Damaged | BackupError::Store(_))) => {
            tracing::warn!(%error, "the database before the restore cannot be read and is kept as it is");
            let kept = folder.backups().join(format!("damaged-{id}.db"));
            move_as_it_is(folder, &database, &kept)?;
            Ok(Some(kept))
        }
    }
}

/// Moves a database and what is beside it. Within the data folder a move is a new name for the same bytes.
fn move_as_it_is(folder: &DataFolder, database: &Path, kept: &Path) -> Result<(), FolderError> {
    std::fs::create_dir_all(folder.backups()).map_err(FolderError::at(&folder.backups()))?;
    for suffix in SIDE_FILES {
        let file = beside(database, suffix);
        unless_missing(&file, std::fs::rename(&file, beside(kept, suffix)))?;
    }
    std::fs::rename(database, kept).map_err(FolderError::at(kept))
}

fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn unless_missing(file: &Path, done: std::io::Result<()>) -> Result<(), FolderError> {
    match done {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(FolderError::at(file)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
