//! What each vendor says when it does not answer, in its own shape and in its class.

use crate::dialects::{client_for, ended, vendor_of};
use igny8_core::port::ProviderError;
use igny8_core::port::models::Wanted;
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

/// Not for us until its vendor has what it wants.
const fn wanted(wants: Wanted) -> ProviderError {
    ProviderError::NotAllowed { wants }
}

const NO_PERMISSION: ProviderError = wanted(Wanted::Permission);

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
async fn a_moderator_before_a_model_refuses_the_text_and_not_the_key() {
    let error = |code: u16, message: &str, metadata: Value| json!({ "error": { "code": code, "message": message, "metadata": metadata } });
    let flagged = json!({
        "reasons": ["violence"], "flagged_input": "A cast iron", "provider_name": "OpenAI", "model_slug": "a/b",
    });
    let kind = |word: &str| json!({ "error_type": word, "provider_name": "Anthropic" });
    let limit = "Key limit exceeded (monthly limit). Manage it using https://openrouter.ai/settings/keys";
    let by_day = "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day";
    let cases = vec![
        (403, vec![], error(403, "Input was flagged.", flagged.clone()), refused()),
        (200, vec![], error(403, "Input was flagged.", flagged), refused()),
        (403, vec![], error(403, "No.", kind("content_policy_violation")), refused()),
        (403, vec![], error(403, "No.", kind("refusal")), refused()),
        (403, vec![], error(403, "Request blocked: prompt injection patterns detected", Value::Null), refused()),
        (403, vec![], json!({ "error": { "code": "content_policy_violation", "message": "No." } }), refused()),
        (403, vec![], error(403, limit, Value::Null), ProviderError::Quota),
        (200, vec![], error(403, limit, Value::Null), ProviderError::Quota),
        (429, vec![], error(429, by_day, Value::Null), ProviderError::Quota),
        (402, vec![], error(402, "Insufficient credits", Value::Null), ProviderError::Quota),
        (403, vec![], error(403, "No.", json!({ "reasons": [], "flagged_input": "" })), NO_PERMISSION),
        (404, vec![], error(404, "No endpoints found for a/b-7.", Value::Null), ProviderError::UnknownModel),
        (400, vec![], error(400, "a/b-7 is not a valid model ID", Value::Null), ProviderError::UnknownModel),
        (401, vec![], error(401, "No auth credentials found", Value::Null), ProviderError::Auth),
        (429, vec![], error(429, "Provider returned error", json!({ "raw": "…rate-limited upstream" })), limited(None)),
        (502, vec![], error(502, "Provider returned error", Value::Null), ProviderError::Unknown),
        (503, vec![], error(503, "No allowed providers are available", Value::Null), busy(None)),
    ];
    all_are(Dialect::OpenAi, cases).await;
}

#[tokio::test]
async fn those_who_speak_openais_language_refuse_in_their_own_words() {
    let xai = |code: &str, error: &str| json!({ "code": code, "error": error });
    let exhausted = "Some resource has been exhausted";
    let spent = "Your team 16f2 has either used all available credits or reached its monthly spending limit. To continue making \
                 API requests, please purchase more credits or raise your spending limit.";
    let (invalid, denied) = ("Client specified an invalid argument", "The caller does not have permission");
    let key = "Incorrect API key provided: sk***gA. You can obtain an API key from https://console.x.ai.";
    let deepseek = |message: &str, kind: &str| json!({ "error": { "message": message, "type": kind, "param": null, "code": "invalid_request_error" } });
    let mistral = |kind: &str, code: &str| json!({ "object": "error", "message": "No.", "type": kind, "param": null, "code": code });
    let google = "Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.";
    let cases = vec![
        (429, vec![], xai(exhausted, spent), ProviderError::Quota),
        (403, vec![], xai(denied, spent), ProviderError::Quota),
        (429, vec![("retry-after", "2")], xai(exhausted, "Too many requests for team 16f2."), limited(Some(2_000))),
        (400, vec![], xai(invalid, key), ProviderError::Auth),
        (
            400,
            vec![],
            xai(invalid, "Maximum prompt length is 131072."),
            rejected("client_specified_an_invalid_argument"),
        ),
        (403, vec![], xai(denied, "Content violates usage guidelines. Failed check: SAFETY_CHECK_TYPE_BIO"), refused()),
        (403, vec![], xai(denied, "No."), NO_PERMISSION),
        (
            404,
            vec![],
            xai("Some requested entity was not found", "The model x does not exist"),
            ProviderError::UnknownModel,
        ),
        (402, vec![], deepseek("Insufficient Balance", "unknown_error"), ProviderError::Quota),
        (200, vec![], deepseek("Insufficient Balance", "unknown_error"), ProviderError::Quota),
        (401, vec![], deepseek("Authentication Fails", "authentication_error"), ProviderError::Auth),
        (400, vec![], deepseek("Content Exists Risk", "invalid_request_error"), refused()),
        (422, vec![], deepseek("Invalid parameter", "invalid_request_error"), rejected("invalid_request_error")),
        (503, vec![], deepseek("Server overloaded", "server_error"), busy(None)),
        (401, vec![], json!({ "detail": "Unauthorized" }), ProviderError::Auth),
        (401, vec![], json!({ "message": "Unauthorized", "request_id": "8f" }), ProviderError::Auth),
        (400, vec![], mistral("invalid_model", "1500"), ProviderError::UnknownModel),
        (404, vec![], mistral("invalid_request_error", "unknown_model"), ProviderError::UnknownModel),
        (429, vec![], json!({ "message": "Requests rate limit exceeded" }), limited(None)),
        (
            422,
            vec![],
            json!({ "detail": [{ "loc": ["body", "stop"], "msg": "Field required" }] }),
            rejected("http_422"),
        ),
        (
            429,
            vec![],
            json!([{ "error": { "code": 429, "message": google, "status": "RESOURCE_EXHAUSTED" } }]),
            ProviderError::Quota,
        ),
    ];
    all_are(Dialect::OpenAi, cases).await;
}

#[tokio::test]
async fn a_model_that_is_not_for_us_is_told_from_a_key_that_is_wrong() {
    let error = |code: Value, message: &str| json!({ "error": { "message": message, "type": "invalid_request_error", "code": code } });
    let verify =
        "Your organization must be verified to use the model `gpt-image-2`. Please go to: https://platform.openai.com";
    let scopes = "You have insufficient permissions for this operation. Missing scopes: model.request.";
    let cases = vec![
        (403, vec![], error(Value::Null, verify), wanted(Wanted::Verification)),
        (404, vec![], error(json!("model_not_found"), verify), wanted(Wanted::Verification)),
        (403, vec![], error(json!("model_permission_blocked_org"), "No."), NO_PERMISSION),
        (403, vec![], error(Value::Null, "Project `p` does not have access to model `m`"), NO_PERMISSION),
        (403, vec![], error(json!("model_not_found"), "No."), ProviderError::UnknownModel),
        (401, vec![], error(Value::Null, scopes), ProviderError::Auth),
        (403, vec![], error(json!("invalid_api_key"), "No."), ProviderError::Auth),
    ];
    all_are(Dialect::OpenAi, cases).await;
}

#[tokio::test]
async fn an_answer_that_its_vendor_finds_malformed_is_no_refusal_of_the_schema() {
    let error = |code: Value, message: &str| {
        let error = json!({
            "message": message, "type": "invalid_request_error", "code": code,
            "failed_generation": "The json_schema and its grammar: {\"response_format\"",
        });
        json!({ "error": error })
    };
    let code = json!("json_validate_failed");
    let cases = vec![
        (
            400,
            vec![],
            error(code.clone(), "Failed to validate JSON. Please adjust your prompt."),
            ProviderError::BadForm,
        ),
        (200, vec![], error(code, "No."), ProviderError::BadForm),
        (
            400,
            vec![],
            error(Value::Null, "Failed to generate JSON. Please adjust your prompt."),
            ProviderError::BadForm,
        ),
        (
            400,
            vec![],
            error(Value::Null, "Generated JSON does not match the expected schema. Please adjust your prompt."),
            ProviderError::BadForm,
        ),
        (400, vec![], error(json!("other"), "No."), rejected("other")),
    ];
    all_are(Dialect::OpenAi, cases).await;
}

#[tokio::test]
async fn an_address_where_nothing_of_a_vendors_is_is_no_fault_of_what_was_asked() {
    let url = json!({ "error": { "message": "Invalid URL (POST /chat/completions)", "type": "invalid_request_error", "code": null } });
    let llama = json!({ "error": { "code": 404, "message": "File Not Found", "type": "not_found_error" } });
    let cases = vec![
        (404, vec![], url, ProviderError::Page),
        (
            404,
            vec![],
            json!({ "error": { "type": "invalid_request_error", "code": "unknown_url" } }),
            ProviderError::Page,
        ),
        (404, vec![], json!({ "detail": "Not Found" }), ProviderError::Page),
        (405, vec![], json!({ "detail": "Method Not Allowed" }), ProviderError::Page),
        (404, vec![], json!({ "status": 404, "error": "Not Found", "path": "/chat/completions" }), ProviderError::Page),
        (404, vec![], llama, ProviderError::Page),
        (
            200,
            vec![],
            json!({ "error": "Unexpected endpoint or method. (POST /chat/completions)" }),
            ProviderError::Page,
        ),
        (
            404,
            vec![],
            json!({ "error": { "message": "No such fine-tune", "type": "invalid_request_error" } }),
            rejected("invalid_request_error"),
        ),
    ];
    all_are(Dialect::OpenAi, cases).await;
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = vendor_of(dialect);
        for status in [404, 405] {
            let reply =
                Reply::Raw(status, vec![("content-type", "text/plain".to_owned())], "404 page not found".to_owned());
            let failed = ended(&*client_for(&vendor), &vendor, reply).await.unwrap_err();
            assert_eq!(failed.error, ProviderError::Page, "{dialect}: {status}");
        }
    }
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
        (403, vec![], plain("permission_error"), NO_PERMISSION),
        (200, vec![], plain("permission_error"), NO_PERMISSION),
        (404, vec![], plain("not_found_error"), ProviderError::UnknownModel),
        (404, vec![], error("not_found_error", "Not Found", ""), ProviderError::Page),
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
    let denied = |message: &str| json!({ "error": { "code": 403, "message": message, "status": "PERMISSION_DENIED" } });
    let disabled = "Generative Language API has not been used in project 41 before or it is disabled. Enable it.";
    let exhausted = "RESOURCE_EXHAUSTED";
    let depleted =
        "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage it.";
    let cases = vec![
        (429, vec![], error(429, exhausted, wait.clone()), limited(Some(41_500))),
        (429, vec![], json!([error(429, exhausted, wait.clone())]), limited(Some(41_500))),
        (429, vec![("retry-after", "3")], error(429, exhausted, wait), limited(Some(3_000))),
        (429, vec![], error(429, exhausted, Value::Null), limited(None)),
        (429, vec![], error(429, exhausted, quota("RequestsPerMinutePerProjectPerModel")), limited(None)),
        (429, vec![], error(429, exhausted, quota("RequestsPerDayPerProjectPerModel-FreeTier")), ProviderError::Quota),
        (
            429,
            vec![],
            json!({ "error": { "code": 429, "message": depleted, "status": exhausted } }),
            ProviderError::Quota,
        ),
        (402, vec![], error(402, "PAYMENT_REQUIRED", Value::Null), ProviderError::Quota),
        (400, vec![], json!([error(400, "INVALID_ARGUMENT", reason("API_KEY_INVALID"))]), ProviderError::Auth),
        (403, vec![], error(403, "PERMISSION_DENIED", reason("BILLING_DISABLED")), ProviderError::Quota),
        (403, vec![], error(403, "PERMISSION_DENIED", Value::Null), NO_PERMISSION),
        (403, vec![], error(403, "PERMISSION_DENIED", reason("SERVICE_DISABLED")), wanted(Wanted::Service)),
        (403, vec![], denied(disabled), wanted(Wanted::Service)),
        (403, vec![], denied("Your API key was reported as leaked. Please use another API key."), ProviderError::Auth),
        (403, vec![], denied("Method doesn't allow unregistered callers."), ProviderError::Auth),
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
