//! Secrets come on standard input, where no list of processes and no history of commands shows them.

use crate::input::{piped, refused};
use igny8_app::Fault;
use std::io::{IsTerminal, Read};
use std::sync::mpsc;
use std::time::Duration;

/// Longest secret read from standard input, in bytes.
const SECRET_BYTES_MAX: u64 = 4_096;

/// What a secret is called in a refusal.
const FIELD: &str = "password";

/// How long an input that is not wanted is looked at: what `echo` pipes in is there by then.
const GLANCE: Duration = Duration::from_millis(200);

/// A password that must have been piped in.
///
/// # Errors
/// When there is none, and as [`from_stdin`].
pub async fn required() -> Result<String, Fault> {
    from_stdin().await?.ok_or_else(|| refused(FIELD, "required"))
}

/// A secret piped in.
///
/// # Errors
/// As [`piped`].
pub async fn from_stdin() -> Result<Option<String>, Fault> {
    Ok(piped(FIELD, SECRET_BYTES_MAX).await?.and_then(|text| secret(&text)))
}

/// Whether something was piped in where no secret is wanted. An input that stays open and says nothing is not waited for.
#[must_use]
pub fn is_piped_in() -> bool {
    if std::io::stdin().is_terminal() {
        return false;
    }
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(std::io::stdin().lock().read(&mut [0]).is_ok_and(|bytes| bytes > 0)));
    told.recv_timeout(GLANCE).unwrap_or(false)
}

/// The secret in a text, without the line's end that programs put behind it.
fn secret(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|secret| !secret.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_without_what_stands_around_it() {
        assert_eq!(secret(" abcd efgh \n").as_deref(), Some("abcd efgh"));
        assert_eq!(secret("\n"), None);
    }
}
