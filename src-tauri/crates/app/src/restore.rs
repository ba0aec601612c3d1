//! Putting a copy of the database in the place of the present one. The copy is checked first; the present database is
//! kept beside it, never overwritten.

use crate::folder::DataFolder;
use crate::igny8::folder_of;
use crate::{Fault, OpenOptions};
use igny8_core::port::Ids;
use igny8_engine::EngineError;
use igny8_store::Store;
use std::path::{Path, PathBuf};

/// Replaces the database by `copy` and returns where the one before is kept.
///
/// # Errors
/// [`Fault::FolderInUse`] while the folder is open; [`Fault::NotFound`], [`Fault::Corrupt`] or [`Fault::TooNew`] for a
/// copy that cannot be used, in which case nothing was changed.
pub fn restore_database(options: &OpenOptions, copy: &Path) -> Result<Option<PathBuf>, Fault> {
    let folder: DataFolder = folder_of(options)?;
    folder.create()?;
    let _lock = folder.lock()?;
    if !copy.is_file() {
        return Err(Fault::NotFound { what: "file".to_owned() });
    }
    let beside = folder.root().join("restoring.db");
    Store::copy_untouched(copy, &beside).map_err(EngineError::from)?;
    let kept = keep_present(&folder)?;
    std::fs::rename(&beside, folder.database()).map_err(crate::folder::FolderError::Io)?;
    Ok(kept)
}

/// Copies the present database into `backups/`, through SQLite, so that what is still in its log comes along and the
/// log is gone when the copy is in place.
fn keep_present(folder: &DataFolder) -> Result<Option<PathBuf>, Fault> {
    let database = folder.database();
    if !database.exists() {
        return Ok(None);
    }
    let name = format!("before-restore-{}.db", crate::system::RandomIds.next().simple());
    let kept = folder.backups().join(name);
    Store::copy_closed(&database, &kept).map_err(EngineError::from)?;
    Ok(Some(kept))
}
