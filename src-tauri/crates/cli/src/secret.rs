//! Secrets come on standard input, where no list of processes and no history of commands shows them.

use igny8_app::Fault;
use std::io::{IsTerminal, Read};

/// Longest secret read from standard input, in bytes.
const SECRET_BYTES_MAX: u64 = 4_096;

/// A password that must have been piped in.
///
/// # Errors
/// When there is none.
pub fn required() -> Result<String, Fault> {
    from_stdin().ok_or_else(|| Fault::InvalidField { field: "password".to_owned(), rule: "required".to_owned() })
}

/// A secret piped in; a terminal is not waited for.
#[must_use]
pub fn from_stdin() -> Option<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        return None;
    }
    let mut text = String::new();
    stdin.lock().take(SECRET_BYTES_MAX).read_to_string(&mut text).ok()?;
    Some(text.trim().to_owned()).filter(|secret| !secret.is_empty())
}
