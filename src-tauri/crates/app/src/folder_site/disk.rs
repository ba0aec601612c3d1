//! Files and names. Every name is checked before it becomes part of a path, no link is followed below the site's own
//! folder, and a file appears whole or not at all.

use igny8_core::port::SiteError;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// Longest name of a post's folder, in bytes: a slug with the suffixes of its uniqueness.
const SLUG_BYTES_MAX: usize = 120;

/// Longest name of a media file, in bytes; file systems take 255, and the write needs a few for itself.
const FILE_NAME_BYTES_MAX: usize = 200;

/// Largest file of ours that is read back, 16 MiB: a hundred times the longest article.
const TEXT_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// Endings of files that may stand beside a post. Nothing that a browser or a desktop would run.
const MEDIA_ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "gif", "avif"];

/// Names that Windows gives to devices, in any folder.
const DEVICE_NAMES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Whether `slug` can name a folder: lower-case ASCII letters, digits and hyphens, a letter or digit first.
pub(super) fn is_slug(slug: &str) -> bool {
    let plain = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    plain && !slug.starts_with('-') && (1..=SLUG_BYTES_MAX).contains(&slug.len())
}

/// Whether Windows would open a device instead of a folder of this name.
pub(super) fn is_device_name(slug: &str) -> bool {
    let stem = slug.trim_end_matches(|c: char| c.is_ascii_digit());
    DEVICE_NAMES.contains(&stem) && slug.len() - stem.len() <= 1
}

/// Whether `name` can name an image beside a post.
pub(super) fn is_media_name(name: &str) -> bool {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let is_visible = name.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric());
    plain && is_visible && name.len() <= FILE_NAME_BYTES_MAX && MEDIA_ENDINGS.contains(&ending.as_str())
}

/// Writes a file so that under its name there is the old content or the new, whatever happens: into a file beside it,
/// synced, renamed, and the folder synced. A link of that name is replaced, not followed.
pub(super) fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), SiteError> {
    let (part, target) = (folder.join(format!(".{name}.part")), folder.join(name));
    let written = write_part(&part, bytes).and_then(|()| fs::rename(&part, &target)).and_then(|()| sync_folder(folder));
    written.map_err(|error| {
        // What is left of an attempt is in nobody's way: the next one removes it first.
        let _ = fs::remove_file(&part);
        refused(&error)
    })
}

fn write_part(part: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) | Ok(()) => {}
    }
    // A new file only: a link planted here in the meantime must not be written through.
    let mut file = OpenOptions::new().write(true).create_new(true).open(part)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes the names inside a folder survive a power cut.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be synced here; the file system keeps its own journal of names.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Reads a text file of ours. A link, a folder or an oversized file in its place is not one.
pub(super) fn read_text(path: &Path) -> Result<String, SiteError> {
    let bytes = read_bytes(path, TEXT_BYTES_MAX)?;
    String::from_utf8(bytes).map_err(|_| SiteError::BadReply)
}

/// Reads a file of at most `bytes_max` bytes without following a link.
pub(super) fn read_bytes(path: &Path, bytes_max: u64) -> Result<Vec<u8>, SiteError> {
    let metadata = fs::symlink_metadata(path).map_err(|error| absent_or_refused(&error))?;
    if !metadata.is_file() || metadata.len() > bytes_max {
        return Err(SiteError::BadReply);
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| absent_or_refused(&error))?;
    file.take(bytes_max).read_to_end(&mut bytes).map_err(|error| refused(&error))?;
    Ok(bytes)
}

/// Whether a real folder, no link to one, stands here.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

/// Whether anything has this name.
pub(super) fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// A full disk, a missing permission, a vanished drive: whoever looks after the folder must act.
pub(super) fn refused(error: &io::Error) -> SiteError {
    tracing::warn!(kind = ?error.kind(), "the published folder refused a step");
    SiteError::Folder
}

fn absent_or_refused(error: &io::Error) -> SiteError {
    if error.kind() == io::ErrorKind::NotFound { SiteError::NotFound } else { refused(error) }
}
