//! Texts of several lines on standard input.

use igny8_app::Fault;
use std::io::{IsTerminal, Read};

/// Longest text read from standard input, in bytes: far above the longest prompt, so that what is too long is told as
/// such.
const TEXT_BYTES_MAX: u64 = 1_000_000;

/// A text that must have been piped in.
///
/// # Errors
/// When there is none, and as [`from_stdin`].
pub fn required() -> Result<String, Fault> {
    from_stdin()?.ok_or_else(|| refused("required"))
}

/// A text piped in; a terminal is not waited for.
///
/// # Errors
/// When what was piped in is too long or no text.
pub fn from_stdin() -> Result<Option<String>, Fault> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() { Ok(None) } else { read(stdin.lock()) }
}

fn read(input: impl Read) -> Result<Option<String>, Fault> {
    let mut bytes = Vec::new();
    input.take(TEXT_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|_| refused("unreadable"))?;
    if bytes.len() as u64 > TEXT_BYTES_MAX {
        return Err(refused("too_long"));
    }
    let text = String::from_utf8(bytes).map_err(|_| refused("not_utf8"))?;
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}

fn refused(rule: &str) -> Fault {
    Fault::InvalidField { field: "body".to_owned(), rule: rule.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(read(&b"one\ntwo\n"[..]), Ok(Some("one\ntwo\n".to_owned())));
        assert_eq!(read(&b" \n"[..]), Ok(None));
        assert_eq!(read(&b"caf\xe9"[..]), Err(refused("not_utf8")));
    }
}
