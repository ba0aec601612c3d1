//! Texts of several lines on standard input.

use crate::input::{piped, refused};
use igny8_app::Fault;

/// Longest text read from standard input, in bytes: far above the longest prompt, so that what is too long is told as
/// such.
const TEXT_BYTES_MAX: u64 = 1_000_000;

/// What a text is called in a refusal.
const FIELD: &str = "body";

/// A text that must have been piped in.
///
/// # Errors
/// When there is none, and as [`from_stdin`].
pub async fn required() -> Result<String, Fault> {
    from_stdin().await?.ok_or_else(|| refused(FIELD, "required"))
}

/// A text piped in, with its lines; nothing where there are only blanks.
///
/// # Errors
/// As [`piped`].
pub async fn from_stdin() -> Result<Option<String>, Fault> {
    Ok(piped(FIELD, TEXT_BYTES_MAX).await?.filter(|text| !text.trim().is_empty()))
}
