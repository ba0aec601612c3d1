//! What an answer means, in any dialect. Status, shape and code decide together, because each alone lies: one status has
//! two meanings (too many requests, or no more money), a proxy's page comes with any of them. A dialect only says where
//! its codes stand; nothing of a body ever enters an error but a code made of letters.
//!
//! The line that matters is whether the vendor may have worked. A refusal is definite and releases the hold at once; an
//! answer of something in between leaves the outcome open.

use crate::codes::{Meaning, meaning};
use crate::figures::from_json;
use crate::http::{Exchange, Inside};
use igny8_core::port::ProviderError;
use igny8_core::port::models::Wanted;
use igny8_core::usage::Usage;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Longest code that is passed on: the longest of vendors' own have 40 characters.
const CODE_CHARS_MAX: usize = 64;

/// Codes that mean the model is not there beside the status 404, where an unknown address would be no code at all.
const MISSING_CODES: [&str; 4] =
    ["not_found_error", "NotFoundError", "NOT_FOUND", "some_requested_entity_was_not_found"];

/// Where a web server's own refusal has its words, and the words.
const PLACES_OF_WORDS: [&str; 4] = ["/detail", "/error/message", "/error", "/message"];
const NO_PLACE: [&str; 2] = ["not found", "method not allowed"];

/// The status of an error of which nothing is known: it leaves the outcome open.
const OPEN_STATUS: u16 = 500;

/// What a refusal says in its dialect.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Its codes, the more exact one first.
    pub(crate) words: Vec<String>,
    /// It is about the model that was named.
    pub(crate) is_about_the_model: bool,
    /// What its words or its further fields mean, whatever its codes say.
    pub(crate) means: Option<Meaning>,
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

    fn says(&self, what: Meaning) -> bool {
        self.means == Some(what) || self.words.iter().any(|word| meaning(word) == Some(what))
    }

    /// What its vendor wants first; by its words before its codes, which are of many things.
    fn wants(&self) -> Option<Wanted> {
        let wanted = |meaning| if let Meaning::Wants(wanted) = meaning { Some(wanted) } else { None };
        let by_code = || self.words.iter().find_map(|word| meaning(word).and_then(wanted));
        self.means.and_then(wanted).or_else(by_code)
    }

    /// The status that an error says of itself by its codes, the more exact one first.
    fn status(&self) -> Option<u16> {
        let by_code = || self.words.iter().find_map(|word| meaning(word));
        self.means.or_else(by_code).map(Meaning::status)
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
    from_json(&body).map_err(|_| unreadable(from_json(&body).ok().and_then(stated)))
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
    let said = body.as_ref().map(listen).unwrap_or_default();
    let is_of_a_model = said.is_about_the_model || said.says(Meaning::Model);
    let is_no_place = body.is_none_or(|body| !is_of_a_model && is_of_no_place(&body));
    match status {
        300..400 => ProviderError::Rejected { reason: "redirected".to_owned() },
        // A firewall, or whoever else keeps us from the vendor, which has not seen the key.
        403 if is_page => ProviderError::Page,
        // Whoever serves models says in a form that can be read what is not there: nothing of a vendor's is at the address.
        404 | 405 if is_no_place => ProviderError::Page,
        408 | 409 => ProviderError::Unknown,
        400..500 => definite(exchange, status, &said),
        503 | 529 if !is_page || exchange.retry_after_ms().is_some() => busy(exchange, &said),
        500.. if said.is_definite => definite(exchange, status, &said),
        _ => ProviderError::Unknown,
    }
}

/// Whether a refusal says only that there is nothing at an address, as web servers say it of themselves: FastAPI's as
/// `{"detail":"Not Found"}`, Spring's as `{"error":"Not Found"}`, Anthropic's own as the message of an error.
fn is_of_no_place(body: &Value) -> bool {
    let words = PLACES_OF_WORDS.iter().find_map(|place| body.pointer(place)?.as_str());
    words.is_some_and(|words| NO_PLACE.iter().any(|none| words.eq_ignore_ascii_case(none)))
}

fn definite(exchange: &Exchange, status: u16, said: &Said) -> ProviderError {
    if said.says(Meaning::Money) {
        return ProviderError::Quota;
    }
    if said.says(Meaning::Address) {
        return ProviderError::Page;
    }
    if said.says(Meaning::Form) {
        return ProviderError::BadForm;
    }
    if said.says(Meaning::Content) {
        return ProviderError::ContentRefused { usage: Usage::default() };
    }
    if said.says(Meaning::Key) {
        return ProviderError::Auth;
    }
    // Before the model: one that is not for everybody is told as one that is not there.
    if let Some(wants) = said.wants() {
        return ProviderError::NotAllowed { wants };
    }
    let is_missing = || status == 404 && said.words.iter().any(|word| MISSING_CODES.contains(&word.as_str()));
    if said.says(Meaning::Model) || is_missing() {
        return ProviderError::UnknownModel;
    }
    match (status, exchange.should_retry()) {
        (401, _) => ProviderError::Auth,
        // Who is let in and may not is known by the key: it is the model, or what it is asked with, that is not allowed.
        (403, _) => ProviderError::NotAllowed { wants: Wanted::Permission },
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
