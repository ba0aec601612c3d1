//! Where Runware has its codes: `{"errors":[{"code","message","parameter","type","taskUUID","taskType"}]}`, with any status.
//! Its own library sorts them by their letters, since there are many and more are added; so is done here.

use crate::lenient::{if_any, or_empty};
use crate::reply::{Said, plain_code};
use igny8_core::port::ProviderError;
use igny8_core::port::models::Wanted;
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::Value;

/// The code of a task that was sent before under the same id.
pub(super) const IS_KNOWN: &str = "conflictTaskUUID";

/// Codes of content that is not wanted.
const CONTENT: [&str; 9] = [
    "contentPolicyViolation",
    "providerContentPolicyViolation",
    "sensitiveContentDetected",
    "unsafeContentDetected",
    "nsfwContentDetected",
    "promptBlocked",
    "imageBlocked",
    "moderationFailed",
    "invalidProviderContent",
];
/// Codes of what an account that is let in may not do.
const NOT_ALLOWED: [&str; 2] = ["forbidden", "permissionDenied"];
/// Codes of a key or an account that is not let in.
const KEY: [&str; 6] = [
    "unauthorized",
    "authenticationFailed",
    "invalidCredentials",
    "missingAuthentication",
    "accountSuspended",
    "accountDisabled",
];
/// Codes of work that was not begun because nobody was there to do it.
const BUSY: [&str; 4] = ["noAvailableServer", "serviceUnavailable", "serverUnavailable", "modelNotReady"];
/// Codes of a model that is not there.
const MODEL: [&str; 4] = ["unknownModel", "modelNotFound", "invalidModel", "modelDisabled"];
/// Codes after which nobody knows what became of the work.
const OPEN: [&str; 5] = ["internalServerError", "standardError", "unknownError", "undefinedError", "defaultError"];

/// An error.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Refused {
    #[serde(deserialize_with = "or_empty")]
    pub(super) code: String,
    #[serde(rename = "taskUUID", deserialize_with = "if_any")]
    pub(super) task: Option<String>,
}

impl Refused {
    /// The status that means the same.
    pub(super) fn status(&self) -> u16 {
        let code = self.code.as_str();
        match code {
            _ if code.contains("RateLimit") || code == "rateLimitExceeded" => 429,
            _ if BUSY.contains(&code) => 503,
            _ if OPEN.contains(&code) || code.contains("Timeout") || code == "timeout" => 500,
            _ => 400,
        }
    }

    /// What it means of work that was taken on: it is over, and nothing is billed for it.
    pub(super) fn ended_work(&self) -> ProviderError {
        match common(&self.code) {
            Some("insufficient_quota") => ProviderError::Quota,
            Some("invalid_api_key") => ProviderError::Auth,
            Some("permission_error") => ProviderError::NotAllowed { wants: Wanted::Permission },
            Some("model_not_found") => ProviderError::UnknownModel,
            Some(_) => ProviderError::ContentRefused { usage: Usage::default() },
            None if self.status() == 400 => ProviderError::Rejected { reason: plain_code(&self.code) },
            None => ProviderError::Unknown,
        }
    }

    /// Whether it is about the work itself, and not about the question.
    pub(super) fn is_of_the_work(&self) -> bool {
        self.code != IS_KNOWN && matches!(self.status(), 400) && !is_of_the_account(&self.code)
    }
}

/// Reads a refusal.
pub(super) fn listen(body: &Value) -> Said {
    let code = body.pointer("/errors/0/code").and_then(Value::as_str);
    Said::of([code.and_then(common), code])
}

/// Whether a code is about who asks.
fn is_of_the_account(code: &str) -> bool {
    KEY.contains(&code) || NOT_ALLOWED.contains(&code)
}

/// The code under which others say the same.
fn common(code: &str) -> Option<&'static str> {
    if ["Credits", "Quota", "Balance"].iter().any(|part| code.contains(part)) || code == "paymentRequired" {
        return Some("insufficient_quota");
    }
    if KEY.contains(&code) || code.contains("ApiKey") {
        return Some("invalid_api_key");
    }
    if NOT_ALLOWED.contains(&code) {
        return Some("permission_error");
    }
    if MODEL.contains(&code) {
        return Some("model_not_found");
    }
    CONTENT.contains(&code).then_some("content_filter")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn codes_are_sorted_by_what_they_mean() {
        let words = |code: &str| listen(&json!({ "errors": [{ "code": code }] })).words;
        assert_eq!(words("insufficientCredits"), ["insufficient_quota", "insufficientCredits"]);
        assert_eq!(words("invalidApiKey"), ["invalid_api_key", "invalidApiKey"]);
        assert_eq!(words("permissionDenied"), ["permission_error", "permissionDenied"]);
        assert_eq!(words("promptBlocked"), ["content_filter", "promptBlocked"]);
        assert_eq!(words("invalidPositivePrompt"), ["invalidPositivePrompt"]);
        assert!(listen(&json!({ "errors": "no" })).words.is_empty());
        let status = |code: &str| Refused { code: code.to_owned(), task: None }.status();
        assert_eq!(
            ["providerRateLimitExceeded", "noAvailableServer", "inferenceTimeout", "inferenceError"].map(status),
            [429, 503, 500, 400]
        );
    }
}
