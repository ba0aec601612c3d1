//! What an answer means. Status, shape and code decide together, because each alone lies: one status has two meanings
//! (too many requests, or no more money), a proxy's page comes with any of them. Nothing of a body ever enters an error
//! but a code made of letters.
//!
//! The line that matters is whether the vendor may have worked. A refusal is definite and releases the hold at once; an
//! answer of something in between leaves the outcome open.

use super::usage::unreadable;
use crate::http::Exchange;
use igny8_core::port::ProviderError;
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Longest code that is passed on: the longest of the vendor's own has 40 characters.
const CODE_CHARS_MAX: usize = 64;

/// Codes that mean the vendor account has no money or met its limit, whatever the status beside them.
const QUOTA_CODES: [&str; 5] = [
    "insufficient_quota",
    "credit_balance_exhausted",
    "billing_hard_limit_reached",
    "billing_not_active",
    "insufficient_balance",
];
/// Part of the codes that name a limit the account's owner set.
const SPEND_LIMIT: &str = "spend_limit";
/// Codes that mean the model is not there, whatever the status beside them.
const MODEL_CODES: [&str; 2] = ["model_not_found", "model_decommissioned"];
/// Codes that mean so beside the status 404, where an unknown address would be no code at all.
const MISSING_CODES: [&str; 2] = ["not_found_error", "NotFoundError"];
/// Codes that mean the content was not wanted.
const CONTENT_CODES: [&str; 3] = ["content_filter", "content_policy_violation", "moderation_blocked"];

/// What may be readable of an answer that is not as it should be.
#[derive(Deserialize)]
struct Remains {
    usage: Option<Value>,
}

/// Reads a success; `stated` reads what its kind says of its consumption.
///
/// # Errors
/// How it failed, see [`ProviderError`].
pub(super) fn accept<T: DeserializeOwned>(
    exchange: Exchange,
    stated: fn(&Value) -> Option<Usage>,
) -> Result<T, ProviderError> {
    if !exchange.is_success() {
        return Err(refusal(&exchange));
    }
    if exchange.is_page() {
        // A page in place of the answer: what stood behind it may have worked.
        return Err(ProviderError::Unknown);
    }
    if exchange.is_overlong {
        return Err(unreadable(None, stated));
    }
    let body = exchange.into_body();
    serde_json::from_slice(&body).map_err(|_| {
        let said = serde_json::from_slice(&body).ok().and_then(|remains: Remains| remains.usage);
        unreadable(said.as_ref(), stated)
    })
}

/// What a status that is no success means.
fn refusal(exchange: &Exchange) -> ProviderError {
    let codes = Codes::of(exchange.json().as_ref());
    match exchange.status {
        300..400 => ProviderError::Rejected { reason: "redirected".to_owned() },
        408 | 409 => ProviderError::Unknown,
        400..500 => definite(exchange, &codes),
        503 | 529 if !exchange.is_page() || exchange.retry_after_ms().is_some() => ProviderError::Overloaded,
        _ => ProviderError::Unknown,
    }
}

fn definite(exchange: &Exchange, codes: &Codes) -> ProviderError {
    let status = exchange.status;
    if codes.any(|code| QUOTA_CODES.contains(&code) || code.contains(SPEND_LIMIT)) {
        return ProviderError::Quota;
    }
    if codes.any(|code| MODEL_CODES.contains(&code) || (status == 404 && MISSING_CODES.contains(&code))) {
        return ProviderError::UnknownModel;
    }
    if codes.any(|code| CONTENT_CODES.contains(&code)) {
        return ProviderError::ContentRefused { usage: Usage::default() };
    }
    match status {
        401 | 403 => ProviderError::Auth,
        402 => ProviderError::Quota,
        404 if codes.is_about_the_model => ProviderError::UnknownModel,
        429 => ProviderError::RateLimited { retry_after_ms: exchange.retry_after_ms() },
        _ => ProviderError::Rejected { reason: codes.first().unwrap_or_else(|| format!("http_{status}")) },
    }
}

/// The codes of an error: the more exact one first.
struct Codes {
    words: Vec<String>,
    is_about_the_model: bool,
}

impl Codes {
    /// Reads `{"error":{"code","type","param"}}`, and the same fields without the wrapping, which some servers use.
    fn of(body: Option<&Value>) -> Self {
        let error = body.map(|body| body.get("error").filter(|error| error.is_object()).unwrap_or(body));
        let word = |name: &str| error.and_then(|error| error.get(name)).and_then(Value::as_str);
        let words = ["code", "type"].into_iter().filter_map(word).filter(|word| !word.is_empty());
        Self { words: words.map(str::to_owned).collect(), is_about_the_model: word("param") == Some("model") }
    }

    fn any(&self, means: impl Fn(&str) -> bool) -> bool {
        self.words.iter().any(|word| means(word))
    }

    fn first(&self) -> Option<String> {
        self.words.first().map(|word| plain_code(word))
    }
}

/// A code as it may be stored and shown: the characters codes are made of and no others.
fn plain_code(code: &str) -> String {
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
