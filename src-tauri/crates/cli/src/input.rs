//! What is piped in on standard input. It is read in a thread of its own that nobody waits for: a pipe that stays open and
//! says nothing keeps no program from ending when it is told to.

use igny8_app::Fault;
use std::io::{IsTerminal, Read};
use tokio::sync::oneshot;

/// A text of at most `bytes_max` bytes that was piped in, as it came; a terminal is not waited for. It is told of as
/// `field`.
///
/// # Errors
/// When what was piped in is too long or no text: half of it, or none in its place, would only fail later.
pub async fn piped(field: &'static str, bytes_max: u64) -> Result<Option<String>, Fault> {
    if std::io::stdin().is_terminal() {
        return Ok(None);
    }
    let (tell, told) = oneshot::channel();
    // Nobody listens any more once the program is ending.
    std::thread::spawn(move || drop(tell.send(read(std::io::stdin().lock(), field, bytes_max))));
    told.await.unwrap_or_else(|_| Err(refused(field, "unreadable"))).map(Some)
}

/// A field that cannot be taken as it came.
pub fn refused(field: &str, rule: &str) -> Fault {
    Fault::InvalidField { field: field.to_owned(), rule: rule.to_owned() }
}

fn read(input: impl Read, field: &str, bytes_max: u64) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    input.take(bytes_max + 1).read_to_end(&mut bytes).map_err(|_| refused(field, "unreadable"))?;
    if bytes.len() as u64 > bytes_max {
        return Err(refused(field, "too_long"));
    }
    String::from_utf8(bytes).map_err(|_| refused(field, "not_utf8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_whole_or_refused() {
        let taken = |bytes: &[u8]| read(bytes, "body", 4);
        assert_eq!(taken(b"a\nb\n"), Ok("a\nb\n".to_owned()));
        assert_eq!(taken(b""), Ok(String::new()));
        assert_eq!(taken(b"abcde"), Err(refused("body", "too_long")));
        assert_eq!(taken(b"af\xe9"), Err(refused("body", "not_utf8")));
    }
}
