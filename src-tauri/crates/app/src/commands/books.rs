//! The books for others to check: exports, and comparing a vendor's usage file with them.

use crate::dto::books::{ExportKind, ExportedFile, Reconciliation};
use crate::view;
use crate::{Fault, Igny8};
use igny8_engine::export::{Export, ExportError};
use std::io::Write;
use std::path::Path;

/// Writes the books to a file, which is replaced when all of it is written.
///
/// # Errors
/// [`Fault::InvalidField`] for a file that cannot be written; [`Fault::DiskFull`].
pub async fn export(app: &Igny8, kind: ExportKind, path: &Path) -> Result<ExportedFile, Fault> {
    let is_own = app.folder.holds(path).and_then(|is_held| Ok(is_held || app.engine.store().is_live(path)?));
    if is_own.map_err(ExportError::Write)? {
        return Err(Fault::InvalidField { field: "file".to_owned(), rule: "live".to_owned() });
    }
    let entries = app.engine.export_to(what(kind), path).await?;
    Ok(ExportedFile { path: path.display().to_string(), entries: view::usage::lines(entries) })
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
