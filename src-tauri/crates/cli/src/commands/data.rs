//! Copies of the database.

use crate::failure::Failure;
use crate::output::{Output, warn};
use igny8_app::commands::headless;
use igny8_app::{Igny8, OpenOptions, restore_database};
use serde_json::json;
use std::path::{Path, PathBuf};

/// `backup FILE`.
pub async fn backup(app: &Igny8, file: PathBuf, out: Output) -> Result<(), Failure> {
    if !headless::backup(app, &file).await? {
        warn("The books in this copy do not balance: 'credits audit' says why. Keep an older copy as well.");
    }
    out.object(&json!({ "file": file.display().to_string() }), |_| format!("Copied to {}.", file.display()))
}

/// `restore FILE`.
pub fn restore(options: OpenOptions, file: &Path, out: Output) -> Result<(), Failure> {
    let kept = restore_database(&options, file)?;
    let kept = kept.map(|path| path.display().to_string());
    out.object(&json!({ "restored": file.display().to_string(), "kept": kept }), |_| {
        let before = kept.as_ref().map(|path| format!(" The database before is kept as {path}.")).unwrap_or_default();
        format!("Restored {}.{before}", file.display())
    })
}
