//! What an answer means, in any dialect. Status, shape and code decide together, because each alone lies: one status has
//! two meanings (too many requests, or no more money), a proxy's page comes with any of them. A dialect only says where
//! its codes stand; nothing of a body ever enters an error but a code made of letters.
//!
//! The line that matters is whether the vendor may have worked. A refusal is definite and releases the hold at once; an
//! answer of something in between leaves the outcome open.

use crate::http::Exchange;
use igny8_core::port::ProviderError;
use igny8_core::usage::Usage;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Longest code that is passed on: the longest of vendors' own have 40 characters.
const CODE_CHARS_MAX: usize = 64;

/// Codes that mean the vendor account has no money or met its limit, whatever the status beside them.
const QUOTA_CODES: [&str; 8] = [
    "insufficient_quota",
    "credit_balance_exhausted",
    "billing_hard_limit_reached",
    "billing_not_active",
    "insufficient_balance",
    "billing_error",
    "linked_organization_billing_unavailable",
    "BILLING_DISABLED",
];
/// Part of the codes that name a limit the account's owner or the vendor set on spending.
const SPEND_LIMIT: &str = "spend_limit";
/// Codes that mean the key, whatever the status beside them.
const KEY_CODES: [&str; 2] = ["API_KEY_INVALID", "invalid_api_key"];
/// Codes that mean the model is not there, whatever the status beside them.
const MODEL_CODES: [&str; 2] = ["model_not_found", "model_decommissioned"];
/// Codes that mean so beside the status 404, where an unknown address would be no code at all.
const MISSING_CODES: [&str; 3] = ["not_found_error", "NotFoundError", "NOT_FOUND"];
/// Codes that mean the content was not wanted.
const CONTENT_CODES: [&str; 3] = ["content_filter", "content_policy_violation", "moderation_blocked"];

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

    fn any(&self, means: impl Fn(&str) -> bool) -> bool {
        self.words.iter().any(|word| means(word))
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
        // A page in place of the answer: what stood behind it may have worked.
        return Err(ProviderError::Unknown);
    }
    if exchange.is_overlong {
        return Err(unreadable(None));
    }
    if let Some(status) = exchange.refused_inside() {
        return Err(refusal(&exchange, status, listen));
    }
    let body = exchange.into_body();
    serde_json::from_slice(&body).map_err(|_| unreadable(serde_json::from_slice(&body).ok().and_then(stated)))
}

/// An answer that holds nothing to be used. What its vendor says it consumed is billed all the same; where it says
/// nothing, nothing is known, since there is no answer to be counted.
pub(crate) fn unreadable(stated: Option<Usage>) -> ProviderError {
    ProviderError::BadReply { usage: stated.unwrap_or_default() }
}

/// What a status that is no success means.
fn refusal(exchange: &Exchange, status: u16, listen: Listen) -> ProviderError {
    let said = exchange.json().map(|body| listen(&body)).unwrap_or_default();
    match status {
        300..400 => ProviderError::Rejected { reason: "redirected".to_owned() },
        408 | 409 => ProviderError::Unknown,
        400..500 => definite(exchange, status, &said),
        503 | 529 if !exchange.is_page() || exchange.retry_after_ms().is_some() => ProviderError::Overloaded,
        500.. if said.is_definite => definite(exchange, status, &said),
        _ => ProviderError::Unknown,
    }
}

fn definite(exchange: &Exchange, status: u16, said: &Said) -> ProviderError {
    if said.is_about_money || said.any(|code| QUOTA_CODES.contains(&code) || code.contains(SPEND_LIMIT)) {
        return ProviderError::Quota;
    }
    if said.any(|code| KEY_CODES.contains(&code)) {
        return ProviderError::Auth;
    }
    if said.any(|code| MODEL_CODES.contains(&code) || (status == 404 && MISSING_CODES.contains(&code))) {
        return ProviderError::UnknownModel;
    }
    if said.any(|code| CONTENT_CODES.contains(&code)) {
        return ProviderError::ContentRefused { usage: Usage::default() };
    }
    match (status, exchange.should_retry()) {
        (401 | 403, _) => ProviderError::Auth,
        (402, _) => ProviderError::Quota,
        (404, _) if said.is_about_the_model => ProviderError::UnknownModel,
        // Too many requests, and waiting will not help: a limit that only a person lifts.
        (429, Some(false)) => ProviderError::Quota,
        (429, _) => ProviderError::RateLimited { retry_after_ms: exchange.retry_after_ms().or(said.retry_after_ms) },
        (_, Some(true)) => ProviderError::Overloaded,
        _ => ProviderError::Rejected { reason: said.first().unwrap_or_else(|| format!("http_{status}")) },
    }
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
