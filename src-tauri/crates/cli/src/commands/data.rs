//! Copies of the database.

use crate::failure::Failure;
use crate::finding_text;
use crate::output::{Output, warn};
use igny8_app::commands::headless;
use igny8_app::{Igny8, OpenOptions, Restore};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Of a copy that is about to be put in the place of the database, or only looked at.
const OFF: &str = "The books in this copy do not balance.";

/// `backup FILE`.
pub async fn backup(app: &Igny8, file: PathBuf, out: Output) -> Result<(), Failure> {
    if !headless::backup(app, &file).await? {
        warn("The books in this copy do not balance: 'credits audit' says why. Keep an older copy as well.");
    }
    out.object(&json!({ "file": file.display().to_string() }), |_| format!("Copied to {}.", file.display()))
}

/// `restore FILE [--check]`. Whether the books of the copy balance is said before anything is replaced.
pub fn restore(options: OpenOptions, file: &Path, is_check: bool, out: Output) -> Result<(), Failure> {
    let copy = Restore::prepare(&options, file)?;
    let balance = copy.books_balance();
    if is_check {
        return check(&copy, file, out);
    }
    warn(if balance { "The books in this copy balance." } else { OFF });
    let kept = copy.put_in_place()?;
    let kept = kept.map(|path| path.display().to_string());
    let done = json!({ "restored": file.display().to_string(), "kept": kept, "books_balance": balance });
    out.object(&done, |_| {
        let before = kept.as_ref().map(|path| format!(" The database before is kept as {path}.")).unwrap_or_default();
        format!("Restored {}.{before}", file.display())
    })
}

/// What differs in the books of a copy.
fn check(copy: &Restore, file: &Path, out: Output) -> Result<(), Failure> {
    let (found, balance) = (copy.findings(), copy.books_balance());
    let checked = json!({
        "copy": file.display().to_string(), "books_balance": balance, "findings": found.findings, "more": found.more,
    });
    out.object(&checked, |_| {
        let mut lines = vec![if balance { "The books in this copy balance." } else { OFF }.to_owned()];
        lines.extend(found.findings.iter().map(finding_text::line));
        lines.join("\n")
    })?;
    if balance { Ok(()) } else { Err(Failure::CopyOff) }
}
