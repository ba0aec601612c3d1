//! The books for others to check: exports, and comparing a vendor's usage file with them.

use crate::dto::books::{ExportKind, ExportedFile, Reconciliation};
use crate::view;
use crate::{Fault, Igny8};
use igny8_engine::Engine;
use igny8_engine::export::{Export, ExportError};
use std::io::Write;
use std::path::Path;

/// Writes the books to a file, which is replaced when all of it is written, whatever it was: the window's dialog has asked.
///
/// # Errors
/// [`Fault::InvalidField`] for a file that cannot be written; [`Fault::DiskFull`].
pub async fn export(app: &Igny8, kind: ExportKind, path: &Path) -> Result<ExportedFile, Fault> {
    write_to(app, what(kind), path).await
}

/// As [`export`], where nobody was asked: only an earlier export of the same kind is replaced.
///
/// # Errors
/// As [`export`], and [`Fault::InvalidField`] for a file that is anything else.
pub async fn export_unasked(app: &Igny8, kind: ExportKind, path: &Path) -> Result<ExportedFile, Fault> {
    write_to_unasked(app, what(kind), path).await
}

/// [`export`] for anything that is exported.
///
/// # Errors
/// As [`export`].
pub(super) async fn write_to(app: &Igny8, what: Export, path: &Path) -> Result<ExportedFile, Fault> {
    refuse_own(app, path)?;
    let entries = app.engine.export_to(what, path).await?;
    Ok(ExportedFile { path: path.display().to_string(), entries: view::usage::lines(entries) })
}

/// [`export_unasked`] for anything that is exported.
///
/// # Errors
/// As [`export_unasked`].
pub(super) async fn write_to_unasked(app: &Igny8, what: Export, path: &Path) -> Result<ExportedFile, Fault> {
    // Before anything is opened: closing a second handle on the database would drop SQLite's locks on it.
    refuse_own(app, path)?;
    refuse_foreign(path, |path| Engine::is_export(what, path).unwrap_or(false))?;
    write_to(app, what, path).await
}

/// Refuses to write over a file that is not an earlier one of the same kind. A folder is refused as a target like any other
/// that cannot be written.
///
/// # Errors
/// [`Fault::InvalidField`].
pub(super) fn refuse_foreign(path: &Path, is_earlier: impl FnOnce(&Path) -> bool) -> Result<(), Fault> {
    let is_free = match path.symlink_metadata() {
        Ok(found) => found.is_dir() || (found.is_file() && is_earlier(path)),
        Err(_) => true,
    };
    if is_free { Ok(()) } else { Err(Fault::InvalidField { field: "out".to_owned(), rule: "foreign".to_owned() }) }
}

/// Refuses to write over what the app lives on.
///
/// # Errors
/// [`Fault::InvalidField`]; also for a path that cannot be looked at.
pub(super) fn refuse_own(app: &Igny8, path: &Path) -> Result<(), Fault> {
    let is_own = app.folder.holds(path).and_then(|is_held| Ok(is_held || app.engine.store().is_live(path)?));
    if is_own.map_err(ExportError::Write)? {
        return Err(Fault::InvalidField { field: "file".to_owned(), rule: "live".to_owned() });
    }
    Ok(())
}

/// Writes the books to wherever the command line sends them.
///
/// # Errors
/// As [`export`]; what was written until then stands.
pub async fn export_stream(app: &Igny8, kind: ExportKind, out: &mut (dyn Write + Send)) -> Result<(), Fault> {
    app.engine.export(what(kind), out).await?;
    Ok(())
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
/// provider, those are compared whose models or requests the file names.
///
/// # Errors
/// [`Fault::UsageFile`]; [`Fault::NotFound`] for a provider that no model is of.
pub async fn reconcile(app: &Igny8, path: &Path, provider: Option<&str>) -> Result<Reconciliation, Fault> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let found = app.engine.reconcile(path.to_owned(), provider.map(str::to_owned)).await?;
    Ok(view::books::reconciliation(&found, name))
}

fn what(kind: ExportKind) -> Export {
    match kind {
        ExportKind::Journal => Export::Journal,
        ExportKind::Statement => Export::Statement,
        ExportKind::Usage => Export::Usage,
    }
}
