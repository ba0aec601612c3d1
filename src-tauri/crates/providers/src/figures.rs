//! Vendors' figures as they come, whatever their size. A number that no program can hold is a vendor's mistake, or that of a
//! gateway before it; it must not cost the user an answer that is complete and was paid for, nor be passed over: what cannot
//! be is told to whoever pays, by whoever books it.

use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// A number of tokens. One beyond all that can be counted is the largest there is.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tokens(pub(crate) u64);

impl<'de> Deserialize<'de> for Tokens {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsTokens)
    }
}

impl Tokens {
    /// None where nothing is said.
    pub(crate) fn of(said: Option<Self>) -> u64 {
        said.unwrap_or_default().0
    }
}

struct AsTokens;

impl Visitor<'_> for AsTokens {
    type Value = Tokens;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number of tokens")
    }

    fn visit_u64<E: Error>(self, tokens: u64) -> Result<Tokens, E> {
        Ok(Tokens(tokens))
    }

    fn visit_i64<E: Error>(self, tokens: i64) -> Result<Tokens, E> {
        u64::try_from(tokens).map(Tokens).map_err(E::custom)
    }

    /// What is too large for a whole number comes as this, and from some languages every number does; a part of a token is
    /// none.
    fn visit_f64<E: Error>(self, tokens: f64) -> Result<Tokens, E> {
        if tokens >= TOO_LARGE {
            return Ok(Tokens(u64::MAX));
        }
        // Its shortest text has no point where it has no part, however large it is.
        format!("{tokens}").parse().map(Tokens).map_err(|_| E::custom("a part of a token"))
    }

    /// What is too large for any number comes as this, see [`from_json`].
    fn visit_str<E: Error>(self, text: &str) -> Result<Tokens, E> {
        if is_beyond(text) { Ok(Tokens(u64::MAX)) } else { Err(E::custom("not a number")) }
    }
}

/// The first number that no whole number of 64 bits is.
const TOO_LARGE: f64 = 18_446_744_073_709_551_616.0;

/// Whether a text is a number that is beyond every number here.
fn is_beyond(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit()) && text.parse().is_ok_and(f64::is_infinite)
}

/// Reads JSON in which a number may be beyond every number here: such a one is read as its text.
///
/// # Errors
/// As `serde_json::from_slice`.
pub(crate) fn from_json<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(body).or_else(|error| match with_texts(body) {
        Some(body) => serde_json::from_slice(&body),
        None => Err(error),
    })
}

/// The same JSON with each number as text that is beyond every number here; `None` when there is none.
fn with_texts(body: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest, mut has_any) = (Vec::with_capacity(body.len() + 2), body, false);
    while let Some(first) = rest.first().copied() {
        let length = match first {
            b'"' => string_length(rest),
            b'-' | b'0'..=b'9' => rest.iter().take_while(|byte| is_of_number(**byte)).count(),
            _ => 1,
        };
        let (token, behind) = rest.split_at_checked(length.max(1))?;
        let is_number = first.is_ascii_digit() || first == b'-';
        let is_beyond =
            is_number && std::str::from_utf8(token).is_ok_and(|text| is_beyond(text.trim_start_matches('-')));
        if is_beyond {
            out.push(b'"');
        }
        out.extend_from_slice(token);
        if is_beyond {
            out.push(b'"');
        }
        (rest, has_any) = (behind, has_any || is_beyond);
    }
    has_any.then_some(out)
}

const fn is_of_number(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E')
}

/// Bytes of a string from its quote to its quote, or to the end of what is there.
fn string_length(text: &[u8]) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.iter().enumerate().skip(1) {
        match (is_escaped, byte) {
            (false, b'"') => return at + 1,
            (false, b'\\') => is_escaped = true,
            _ => is_escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_number_beyond_all_numbers_is_read_as_its_text_and_nothing_else_is_touched() {
        let body = br#"{"text":"costs 1e400 \" {9e999}","cost":1e400,"below":[-1e400,2],"n":18446744073709551616}"#;
        assert!(serde_json::from_slice::<Value>(body).is_err(), "it is why this is here");
        let read: Value = from_json(body).unwrap();
        assert_eq!(read["text"], "costs 1e400 \" {9e999}");
        assert_eq!((&read["cost"], &read["below"]), (&json!("1e400"), &json!(["-1e400", 2])));
        assert!(read["n"].is_f64(), "what fits a number is one");
        for broken in ["{\"a\":1e400", "1e400,", "\"1e400", "{\"a\":tru}", ""] {
            assert!(from_json::<Value>(broken.as_bytes()).is_err(), "{broken}");
        }
    }

    #[test]
    fn tokens_are_counted_as_far_as_anybody_counts() {
        let tokens = |said: &str| from_json::<Tokens>(said.as_bytes()).ok().map(|tokens| tokens.0);
        assert_eq!([tokens("0"), tokens("5000000000")], [Some(0), Some(5_000_000_000)]);
        for beyond in ["18446744073709551616", "1e20", "1e400"] {
            assert_eq!(tokens(beyond), Some(u64::MAX), "{beyond}");
        }
        assert_eq!(
            [tokens("100.0"), tokens("1e3"), tokens("0.0")],
            [Some(100), Some(1_000), Some(0)],
            "whole all the same"
        );
        for none in ["-1", "-1.0", "-1e400", "1.5", "\"12\"", "\"inf\"", "true", "null", "[1]"] {
            assert_eq!(tokens(none), None, "{none}");
        }
    }
}
