//! The plugin that lets a site's fields for search results be written, as a file to put on the site.

use crate::commands::books;
use crate::{Fault, Igny8};
use igny8_engine::export::ExportError;
use std::path::Path;

/// The file name to suggest, and its ending. WordPress knows the plugin by the name.
pub const SUGGESTED_NAME: (&str, &str) = ("igny8-companion.php", "php");

/// Lines of the plugin in which nothing changes from one version to the next: up to its name.
const HEAD_LINES: usize = 3;

/// Writes the plugin to a file. Answers where it stands.
///
/// # Errors
/// As [`books::export`].
pub async fn save(app: &Igny8, path: &Path) -> Result<String, Fault> {
    books::refuse_own(app, path)?;
    write(path).await
}

/// As [`save`], where nobody was asked: only the plugin itself, of whatever version, is replaced.
///
/// # Errors
/// As [`books::export_unasked`].
pub async fn save_unasked(app: &Igny8, path: &Path) -> Result<String, Fault> {
    // Before the file is opened: closing a second handle on the database would drop SQLite's locks on it.
    books::refuse_own(app, path)?;
    books::refuse_foreign(path, is_earlier)?;
    write(path).await
}

/// Whether a file begins as the plugin does.
fn is_earlier(path: &Path) -> bool {
    let head = igny8_wordpress::COMPANION.lines().take(HEAD_LINES).collect::<Vec<_>>().join("\n");
    std::fs::read_to_string(path).is_ok_and(|text| text.starts_with(&head))
}

async fn write(path: &Path) -> Result<String, Fault> {
    let to = path.to_owned();
    let written = tokio::task::spawn_blocking(move || std::fs::write(to, igny8_wordpress::COMPANION)).await;
    written.unwrap_or_else(|_| Err(std::io::ErrorKind::Other.into())).map_err(ExportError::Write)?;
    Ok(path.display().to_string())
}
