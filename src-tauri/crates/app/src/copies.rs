//! The copies of the database that are kept, and whether their books balance: whoever has to go back to one wants the newest
//! that does. Each is looked at in a copy of its own, which is brought up to this version's schema; the kept ones stay as
//! they are, to the byte.

use crate::dto::audit::{BooksOfCopy, CopyView};
use crate::folder::{DataFolder, FolderError};
use crate::{Fault, view};
use igny8_core::port::Ids;
use igny8_core::time::UtcMs;
use igny8_store::Store;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Copies that are looked at, from the newest on: each is added up row by row, which takes seconds for a large one, and
/// nobody goes back further than a few.
const COPIES_MAX: usize = 12;
/// What the names of copies end with.
const EXTENSION: &str = "db";

/// Looks through the copies, the newest first.
///
/// # Errors
/// When their folder cannot be read.
pub(crate) fn look_through(folder: &DataFolder) -> Result<Vec<CopyView>, Fault> {
    let kept = folder.backups();
    let found = match std::fs::read_dir(&kept) {
        Ok(found) => found,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(FolderError::at(&kept)(error).into()),
    };
    let files = found.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut copies: Vec<(SystemTime, PathBuf)> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
        .filter_map(|path| Some((path.metadata().ok()?.modified().ok()?, path)))
        .collect();
    copies.sort_unstable_by(|one, other| other.cmp(one));
    let look = |(made, path): &(SystemTime, PathBuf)| CopyView {
        file: path.display().to_string(),
        made_at: view::instant(since_epoch(*made)),
        books: books_of(folder, path),
    };
    Ok(copies.iter().take(COPIES_MAX).map(look).collect())
}

fn books_of(folder: &DataFolder, copy: &Path) -> BooksOfCopy {
    let mut scratch = folder.restoring().into_os_string();
    scratch.push(format!(".look-{}", crate::system::RandomIds.next().simple()));
    let scratch = PathBuf::from(scratch);
    let audited = Store::copy_untouched(copy, &scratch).map_err(|error| error.to_string());
    let audited = audited.and_then(|()| Store::audit_closed(&scratch).map_err(|error| error.to_string()));
    // It is nobody's; the next start sweeps what could not be removed.
    drop(std::fs::remove_file(&scratch));
    match audited {
        Ok(audit) if audit.is_ok() => BooksOfCopy::Balance,
        Ok(_) => BooksOfCopy::Off,
        Err(error) => {
            tracing::warn!(%error, copy = %copy.display(), "a copy of the database cannot be used");
            BooksOfCopy::Unusable
        }
    }
}

fn since_epoch(at: SystemTime) -> UtcMs {
    let ms = at.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    UtcMs(i64::try_from(ms).unwrap_or(i64::MAX))
}
