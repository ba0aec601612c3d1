//! Secrets come on standard input, where no list of processes and no history of commands shows them.

use igny8_app::Fault;
use std::io::{IsTerminal, Read};
use std::sync::mpsc;
use std::time::Duration;

/// Longest secret read from standard input, in bytes.
const SECRET_BYTES_MAX: u64 = 4_096;

/// How long an input that is not wanted is looked at: what `echo` pipes in is there by then.
const GLANCE: Duration = Duration::from_millis(200);

/// A password that must have been piped in.
///
/// # Errors
/// When there is none, and as [`from_stdin`].
pub fn required() -> Result<String, Fault> {
    from_stdin()?.ok_or_else(|| refused("required"))
}

/// A secret piped in; a terminal is not waited for.
///
/// # Errors
/// When what was piped in is too long or no text: half a secret, or none in its place, would only fail later.
pub fn from_stdin() -> Result<Option<String>, Fault> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() { Ok(None) } else { read(stdin.lock()) }
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

fn read(input: impl Read) -> Result<Option<String>, Fault> {
    let mut bytes = Vec::new();
    input.take(SECRET_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|_| refused("unreadable"))?;
    if bytes.len() as u64 > SECRET_BYTES_MAX {
        return Err(refused("too_long"));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused("not_utf8"))?;
    Ok(Some(text.trim().to_owned()).filter(|secret| !secret.is_empty()))
}

fn refused(rule: &str) -> Fault {
    Fault::InvalidField { field: "password".to_owned(), rule: rule.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_taken_whole_or_refused() {
        let longest = "k".repeat(4_096);
        assert_eq!(read(&b" abcd efgh \n"[..]), Ok(Some("abcd efgh".to_owned())));
        assert_eq!(read(longest.as_bytes()), Ok(Some(longest.clone())));
        assert_eq!(read(format!("{longest}k").as_bytes()), Err(refused("too_long")));
        assert_eq!(read(&b"caf\xe9 abcd"[..]), Err(refused("not_utf8")));
        assert_eq!(read(&b"\n"[..]), Ok(None));
    }
}
