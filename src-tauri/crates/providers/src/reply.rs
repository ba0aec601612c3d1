//! What an answer means, in any dialect. Status, shape and code decide together, because each alone lies: one status has
//! two meanings (too many requests, or no more money), a proxy's page comes with any of them. A dialect only says where
//! its codes stand; nothing of a body ever enters an error but a code made of letters.
//!
//! The line that matters is whether the vendor may have worked. A refusal is definite and releases the hold at once; an
//! answer of something in between leaves the outcome open.

use crate::codes::{Meaning, meaning};
use crate::http::{Exchange, Inside};
use igny8_core::port::ProviderError;
use igny8_core::usage::Usage;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Longest code that is passed on: the longest of vendors' own have 40 characters.
const CODE_CHARS_MAX: usize = 64;

/// Codes that mean the model is not there beside the status 404, where an unknown address would be no code at all.
const MISSING_CODES: [&str; 3] = ["not_found_error", "NotFoundError", "NOT_FOUND"];

/// The status of an error of which nothing is known: it leaves the outcome open.
const OPEN_STATUS: u16 = 500;

/// What a refusal says in its dialect.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Its codes, the more exact one first.
    pub(crate) words: Vec<String>,
    /// It is about the model that was named.
    pub(crate) is_about_the_model: bool,
    /// The account's money is meant, though no code says so.
    pub(crate) is_about_money: bool,
    /// How long to wait, where the body says it and no header does, in milliseconds.
    pub(crate) retry_after_ms: Option<u64>,
    /// It came from the model's own server, which did not work, whatever the status.
    pub(crate) is_definite: bool,
}

impl Said {
    /// Only codes; empty ones are none.
    pub(crate) fn of<'a>(words: impl IntoIterator<Item = Option<&'a str>>) -> Self {
        let words = words.into_iter().flatten().filter(|word| !word.is_empty()).map(str::to_owned);
        Self { words: words.collect(), ..Self::default() }
    }

    fn means(&self, what: Meaning) -> bool {
        self.words.iter().any(|word| meaning(word) == Some(what))
    }

    /// The status that an error says of itself by its codes, the more exact one first.
    fn status(&self) -> Option<u16> {
        let by_code = self.words.iter().find_map(|word| meaning(word));
        self.is_about_money.then_some(Meaning::Money).or(by_code).map(Meaning::status)
    }

    fn first(&self) -> Option<String> {
        self.words.first().map(|word| plain_code(word))
    }
}

/// How a dialect reads refusals.
pub(crate) type Listen = fn(&Value) -> Said;

/// Reads a success as `T`. Where that cannot be done, `stated` reads what remains of it for what was consumed.
///
/// # Errors
/// How it failed, see [`ProviderError`].
pub(crate) fn accept<T: DeserializeOwned, R: DeserializeOwned>(
    exchange: Exchange,
    listen: Listen,
    stated: fn(R) -> Option<Usage>,
) -> Result<T, ProviderError> {
    if !exchange.is_success() {
        return Err(refusal(&exchange, exchange.status, listen));
    }
    if exchange.is_page() {
        // No model's server says "done" with a page: whoever answered is somebody else, and asking again changes nothing.
        return Err(ProviderError::Page);
    }
    if exchange.is_overlong {
        return Err(unreadable(None));
    }
    if let Some(error) = refused_inside(&exchange, listen) {
        return Err(error);
    }
    let body = exchange.into_body();
    serde_json::from_slice(&body).map_err(|_| unreadable(serde_json::from_slice(&body).ok().and_then(stated)))
}

/// What an error means that came inside a success, as gateways send it when their own vendor refuses or fails late, and
/// streams before their first word. It says its status in numbers or by its code; what says neither leaves open whether
/// anything was done.
pub(crate) fn refused_inside(exchange: &Exchange, listen: Listen) -> Option<ProviderError> {
    let Inside { status } = exchange.error_inside()?;
    let by_code = || exchange.json().and_then(|body| listen(&body).status());
    Some(refusal(exchange, status.or_else(by_code).unwrap_or(OPEN_STATUS), listen))
}

/// An answer that holds nothing to be used. What its vendor says it consumed is billed all the same; where it says
/// nothing, nothing is known, since there is no answer to be counted.
pub(crate) fn unreadable(stated: Option<Usage>) -> ProviderError {
    ProviderError::BadReply { usage: stated.unwrap_or_default() }
}

/// What a status that is no success means.
pub(crate) fn refusal(exchange: &Exchange, status: u16, listen: Listen) -> ProviderError {
    let body = exchange.json();
    let is_page = body.is_none() && exchange.is_page();
    let said = body.map(|body| listen(&body)).unwrap_or_default();
    match status {
        300..400 => ProviderError::Rejected { reason: "redirected".to_owned() },
        // A firewall, or whoever else keeps us from the vendor, which has not seen the key.
        403 if is_page => ProviderError::Page,
        408 | 409 => ProviderError::Unknown,
        400..500 => definite(exchange, status, &said),
        503 | 529 if !is_page || exchange.retry_after_ms().is_some() => busy(exchange, &said),
        500.. if said.is_definite => definite(exchange, status, &said),
        _ => ProviderError::Unknown,
    }
}

fn definite(exchange: &Exchange, status: u16, said: &Said) -> ProviderError {
    if said.is_about_money || said.means(Meaning::Money) {
        return ProviderError::Quota;
    }
    if said.means(Meaning::Key) {
        return ProviderError::Auth;
    }
    let is_missing = || status == 404 && said.words.iter().any(|word| MISSING_CODES.contains(&word.as_str()));
    if said.means(Meaning::Model) || is_missing() {
        return ProviderError::UnknownModel;
    }
    if said.means(Meaning::Content) {
        return ProviderError::ContentRefused { usage: Usage::default() };
    }
    match (status, exchange.should_retry()) {
        (401 | 403, _) => ProviderError::Auth,
        (402, _) => ProviderError::Quota,
        (404, _) if said.is_about_the_model => ProviderError::UnknownModel,
        // Too many requests, and waiting will not help: a limit that only a person lifts.
        (429, Some(false)) => ProviderError::Quota,
        (429, _) => ProviderError::RateLimited { retry_after_ms: wait_ms(exchange, said) },
        (_, Some(true)) => busy(exchange, said),
        _ => ProviderError::Rejected { reason: said.first().unwrap_or_else(|| format!("http_{status}")) },
    }
}

/// What a vendor means that is too busy to work, whoever asks. One that says when to come again is left alone until then.
fn busy(exchange: &Exchange, said: &Said) -> ProviderError {
    ProviderError::Overloaded { retry_after_ms: wait_ms(exchange, said) }
}

/// How long a vendor asks to wait, in a header or in the body.
fn wait_ms(exchange: &Exchange, said: &Said) -> Option<u64> {
    exchange.retry_after_ms().or(said.retry_after_ms)
}

/// A code as it may be stored and shown: the characters codes are made of and no others.
pub(crate) fn plain_code(code: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if code.len() <= CODE_CHARS_MAX && code.chars().all(plain) { code.to_owned() } else { "unreadable_code".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_letters_or_nothing() {
        assert_eq!(plain_code("context_length_exceeded"), "context_length_exceeded");
        for text in ["<script>", "two words", &"x".repeat(65)] {
            assert_eq!(plain_code(text), "unreadable_code");
        }
    }
}
