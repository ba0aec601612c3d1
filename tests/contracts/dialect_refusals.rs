//! What each vendor says when it does not answer, in its own shape and in its class.

use crate::dialects::{client_for, ended, vendor_of};
use igny8_core::port::ProviderError;
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use igny8_testkit::vendor::Reply;
use serde_json::{Value, json};

/// A dialect's refusal: its status, header lines, body, and what it means.
type Case = (u16, Vec<(&'static str, &'static str)>, Value, ProviderError);

async fn all_are(dialect: Dialect, cases: Vec<Case>) {
    let vendor = vendor_of(dialect);
    let client = client_for(&vendor);
    for (status, headers, body, expected) in cases {
        let headers = headers.into_iter().map(|(name, value)| (name, value.to_owned()));
        let headers = headers.chain([("content-type", "application/json".to_owned())]).collect();
        let failed = ended(&*client, &vendor, Reply::Raw(status, headers, body.to_string())).await.unwrap_err();
        assert_eq!(failed.error, expected, "{dialect}: {status} {body}");
    }
    assert!(vendor.bill().lines.is_empty(), "{dialect}: nothing is billed");
}

fn rejected(reason: &str) -> ProviderError {
    ProviderError::Rejected { reason: reason.to_owned() }
}

/// Refused at a look, with nothing made.
fn refused() -> ProviderError {
    ProviderError::ContentRefused { usage: Usage::default() }
}

const fn limited(retry_after_ms: Option<u64>) -> ProviderError {
    ProviderError::RateLimited { retry_after_ms }
}

/// Too busy for everybody.
const fn busy(retry_after_ms: Option<u64>) -> ProviderError {
    ProviderError::Overloaded { retry_after_ms }
}

#[tokio::test]
async fn openai_says_whether_to_come_again() {
    let error = |code: &str| json!({ "error": { "message": "No.", "type": "requests", "param": null, "code": code } });
    let cases = vec![
        (
            429,
            vec![("retry-after-ms", "1500"), ("retry-after", "2")],
            error("rate_limit_exceeded"),
            limited(Some(1_500)),
        ),
        (429, vec![("retry-after", "1.5")], error("rate_limit_exceeded"), limited(Some(1_500))),
        (429, vec![("x-should-retry", "true")], error("insufficient_quota"), ProviderError::Quota),
        (429, vec![("x-should-retry", "false")], error("rate_limit_exceeded"), ProviderError::Quota),
        (400, vec![("x-should-retry", "true")], error("server_is_starting"), busy(None)),
        (400, vec![("x-should-retry", "false")], error("bad"), rejected("bad")),
        (401, vec![("x-should-retry", "true")], error("invalid_api_key"), ProviderError::Auth),
        (500, vec![("x-should-retry", "false")], error("server_error"), ProviderError::Unknown),
    ];
    all_are(Dialect::OpenAi, cases).await;
}

#[tokio::test]
async fn a_gateway_may_refuse_inside_a_success() {
    let inside = |code: Value| json!({ "error": { "code": code, "message": "Provider returned error" } });
    let cases = vec![
        (200, vec![], inside(json!(402)), ProviderError::Quota),
        (200, vec![], inside(json!(429)), limited(None)),
        (200, vec![], inside(json!(503)), busy(None)),
        (200, vec![], inside(json!(502)), ProviderError::Unknown),
        (200, vec![], inside(json!("server_error")), ProviderError::Unknown),
        (200, vec![], inside(json!("insufficient_quota")), ProviderError::Quota),
        (200, vec![], inside(json!("billing_hard_limit_reached")), ProviderError::Quota),
        (200, vec![], inside(json!("enforced_spend_limit_reached")), ProviderError::Quota),
        (200, vec![("retry-after", "7")], inside(json!("rate_limit_exceeded")), limited(Some(7_000))),
        (200, vec![], inside(json!("invalid_api_key")), ProviderError::Auth),
        (200, vec![], inside(json!("model_not_found")), ProviderError::UnknownModel),
        (200, vec![], inside(json!("content_policy_violation")), refused()),
        (200, vec![], inside(json!("moderation_blocked")), refused()),
        (200, vec![], inside(json!("context_length_exceeded")), rejected("context_length_exceeded")),
        (200, vec![], json!({ "error": { "type": "insufficient_quota", "code": null } }), ProviderError::Quota),
        (200, vec![], inside(json!(200)), ProviderError::Unknown),
        (402, vec![], inside(json!(402)), ProviderError::Quota),
    ];
    all_are(Dialect::OpenAi, cases).await;
}

#[tokio::test]
async fn anthropic_says_money_in_five_ways() {
    let error = |kind: &str, message: &str, code: &str| {
        let details = if code.is_empty() { Value::Null } else { json!({ "error_code": code }) };
        let error = json!({ "type": kind, "message": message, "details": details });
        json!({ "type": "error", "error": error, "request_id": "req_1" })
    };
    let plain = |kind: &str| error(kind, "No.", "");
    let low = "Your credit balance is too low to access the Anthropic API.";
    let spent = "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.";
    let cases = vec![
        (402, vec![], plain("billing_error"), ProviderError::Quota),
        (400, vec![], error("invalid_request_error", low, ""), ProviderError::Quota),
        (400, vec![], error("invalid_request_error", spent, ""), ProviderError::Quota),
        (200, vec![], error("invalid_request_error", low, ""), ProviderError::Quota),
        (400, vec![], error("invalid_request_error", "No.", "contract_spend_limit_reached"), ProviderError::Quota),
        (429, vec![], error("rate_limit_error", "No.", "enforced_spend_limit_reached"), ProviderError::Quota),
        (429, vec![("retry-after", "7")], plain("rate_limit_error"), limited(Some(7_000))),
        (429, vec![], error("rate_limit_error", "No.", "ramp_limit_exceeded"), limited(None)),
        (401, vec![], plain("authentication_error"), ProviderError::Auth),
        (403, vec![], plain("permission_error"), ProviderError::Auth),
        (404, vec![], plain("not_found_error"), ProviderError::UnknownModel),
        (400, vec![], plain("invalid_request_error"), rejected("invalid_request_error")),
        (413, vec![], plain("request_too_large"), rejected("request_too_large")),
        (529, vec![], plain("overloaded_error"), busy(None)),
        (529, vec![("retry-after", "7")], plain("overloaded_error"), busy(Some(7_000))),
        (500, vec![], plain("api_error"), ProviderError::Unknown),
        (504, vec![], plain("timeout_error"), ProviderError::Unknown),
    ];
    all_are(Dialect::Anthropic, cases).await;
}

#[tokio::test]
async fn gemini_says_its_wait_in_the_body_and_wraps_it_at_times() {
    let error = |code: u16, status: &str, details: Value| json!({ "error": { "code": code, "message": "No.", "status": status, "details": details } });
    let wait = json!([{ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "41.5s" }]);
    let wait_three = json!([{ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "3s" }]);
    let quota = |id: &str| json!([{ "@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [{ "quotaId": id }] }]);
    let reason = |word: &str| json!([{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": word }]);
    let exhausted = "RESOURCE_EXHAUSTED";
    let cases = vec![
        (429, vec![], error(429, exhausted, wait.clone()), limited(Some(41_500))),
        (429, vec![], json!([error(429, exhausted, wait.clone())]), limited(Some(41_500))),
        (429, vec![("retry-after", "3")], error(429, exhausted, wait), limited(Some(3_000))),
        (429, vec![], error(429, exhausted, Value::Null), limited(None)),
        (429, vec![], error(429, exhausted, quota("RequestsPerMinutePerProjectPerModel")), limited(None)),
        (429, vec![], error(429, exhausted, quota("RequestsPerDayPerProjectPerModel-FreeTier")), ProviderError::Quota),
        (402, vec![], error(402, "PAYMENT_REQUIRED", Value::Null), ProviderError::Quota),
        (400, vec![], json!([error(400, "INVALID_ARGUMENT", reason("API_KEY_INVALID"))]), ProviderError::Auth),
        (403, vec![], error(403, "PERMISSION_DENIED", reason("BILLING_DISABLED")), ProviderError::Quota),
        (403, vec![], error(403, "PERMISSION_DENIED", Value::Null), ProviderError::Auth),
        (404, vec![], error(404, "NOT_FOUND", Value::Null), ProviderError::UnknownModel),
        (400, vec![], error(400, "INVALID_ARGUMENT", Value::Null), rejected("INVALID_ARGUMENT")),
        (503, vec![], error(503, "UNAVAILABLE", Value::Null), busy(None)),
        (503, vec![], error(503, "UNAVAILABLE", wait_three), busy(Some(3_000))),
        (500, vec![], json!([error(500, "INTERNAL", Value::Null)]), ProviderError::Unknown),
        (504, vec![], error(504, "DEADLINE_EXCEEDED", Value::Null), ProviderError::Unknown),
        (200, vec![], json!({ "promptFeedback": { "blockReason": "SAFETY" } }), refused()),
    ];
    all_are(Dialect::Gemini, cases).await;
}

#[tokio::test]
async fn ollama_says_it_in_words() {
    let error = |words: &str| json!({ "error": words });
    let memory = "model requires more system memory (17.0 GiB) than is available (8.1 GiB)";
    let cases = vec![
        (404, vec![], error("model 'gone' not found"), ProviderError::UnknownModel),
        (404, vec![], error("model \"gone\" not found, try pulling it first"), ProviderError::UnknownModel),
        (500, vec![], error(memory), rejected("out_of_memory")),
        (400, vec![], error("\"embedder\" does not support chat"), rejected("not_supported")),
        (400, vec![], error("the input length exceeds the context length"), rejected("context_length_exceeded")),
        (400, vec![], error("anything else"), rejected("http_400")),
        (503, vec![], error("server busy, please try again. maximum pending requests exceeded"), busy(None)),
        (500, vec![], error("llama runner process has terminated: exit status 2"), ProviderError::Unknown),
        (401, vec![], error("unauthorized"), ProviderError::Auth),
    ];
    all_are(Dialect::Ollama, cases).await;
}
