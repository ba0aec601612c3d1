//! What a vendor says when it does not answer: every status and code in its class, for texts and pictures alike. The
//! class decides whether the hold is released at once, whether somebody may try again, and what the user is told.

use crate::vendor::{both, both_fail, client, unreadable, vendor};
use igny8_core::port::ProviderError;
use igny8_core::port::models::Wanted;
use igny8_core::usage::Usage;
use igny8_testkit::vendor::{Reply, Vendor};

fn rejected(reason: &str) -> ProviderError {
    ProviderError::Rejected { reason: reason.to_owned() }
}

/// Refused at a look, with nothing made.
fn refused() -> ProviderError {
    ProviderError::ContentRefused { usage: Usage::default() }
}

/// Too busy for everybody.
const fn busy(retry_after_ms: Option<u64>) -> ProviderError {
    ProviderError::Overloaded { retry_after_ms }
}

async fn all_fail(table: &[(Reply, ProviderError)]) {
    let vendor = vendor();
    let client = client(&vendor);
    for (reply, expected) in table {
        both_fail(&client, &vendor, reply, expected).await;
    }
    assert!(billed_nothing(&vendor), "and none of it is billed");
}

fn billed_nothing(vendor: &Vendor) -> bool {
    vendor.bill().nano() == 0
}

#[tokio::test]
async fn too_many_requests_and_no_money_are_two_things_with_one_status() {
    let limited = |retry_after_ms| ProviderError::RateLimited { retry_after_ms };
    let dated = [("date", "Mon, 23 Nov 2026 04:00:00 GMT"), ("retry-after", "Mon, 23 Nov 2026 04:00:07 GMT")];
    let spent = [
        ("x-ratelimit-remaining-requests", "59"),
        ("x-ratelimit-reset-requests", "1h"),
        ("x-ratelimit-remaining-tokens", "0"),
        ("x-ratelimit-reset-tokens", "6m0s"),
    ];
    let anthropics = [
        ("date", "Mon, 23 Nov 2026 04:00:00 GMT"),
        ("anthropic-ratelimit-output-tokens-remaining", "0"),
        ("anthropic-ratelimit-output-tokens-reset", "2026-11-23T04:00:41Z"),
    ];
    let table = [
        (Reply::rate_limited(&[]), limited(None)),
        (Reply::rate_limited(&[("retry-after", "7")]), limited(Some(7_000))),
        (Reply::rate_limited(&[("retry-after-ms", "250")]), limited(Some(250))),
        (Reply::rate_limited(&dated), limited(Some(7_000))),
        (Reply::rate_limited(&[("retry-after", "999999999999")]), limited(Some(30 * 86_400_000))),
        (Reply::rate_limited(&[("retry-after", "soon")]), limited(None)),
        (Reply::rate_limited(&spent), limited(Some(360_000))),
        (Reply::rate_limited(&[&spent[..], &[("retry-after", "7")]].concat()), limited(Some(7_000))),
        (Reply::rate_limited(&anthropics), limited(Some(41_000))),
        (Reply::page(429), limited(None)),
        (Reply::out_of_money(), ProviderError::Quota),
        (Reply::error(429, "insufficient_quota", None), ProviderError::Quota),
        (Reply::error(429, "billing_error", Some("credit_balance_exhausted")), ProviderError::Quota),
        (Reply::error(400, "invalid_request_error", Some("enforced_spend_limit_reached")), ProviderError::Quota),
        (Reply::error(403, "access_terminated", Some("billing_not_active")), ProviderError::Quota),
        (Reply::error(402, "payment_required", None), ProviderError::Quota),
    ];
    all_fail(&table).await;
}

#[tokio::test]
async fn refusals_are_definite() {
    let table = [
        (Reply::wrong_key(), ProviderError::Auth),
        (Reply::error(403, "forbidden", None), ProviderError::NotAllowed { wants: Wanted::Permission }),
        (Reply::page(403), ProviderError::Page),
        (Reply::page(401), ProviderError::Auth),
        (Reply::unknown_model(), ProviderError::UnknownModel),
        (Reply::error(403, "invalid_request_error", Some("model_not_found")), ProviderError::UnknownModel),
        (Reply::error(404, "NotFoundError", None), ProviderError::UnknownModel),
        (Reply::error(404, "invalid_request_error", None), rejected("invalid_request_error")),
        (Reply::page(404), ProviderError::Page),
        (Reply::page(405), ProviderError::Page),
        (Reply::error(404, "invalid_request_error", Some("unknown_url")), ProviderError::Page),
        (
            Reply::error(400, "invalid_request_error", Some("context_length_exceeded")),
            rejected("context_length_exceeded"),
        ),
        (Reply::error(422, "invalid_request_error", None), rejected("invalid_request_error")),
        (Reply::error(413, "two words, and <b>more</b>", None), rejected("unreadable_code")),
        (Reply::Raw(400, vec![], r#"{"error":"bad request"}"#.to_owned()), rejected("http_400")),
        (
            Reply::Raw(400, vec![], r#"{"object":"error","type":"BadRequestError"}"#.to_owned()),
            rejected("BadRequestError"),
        ),
        (Reply::error(400, "invalid_request_error", Some("content_policy_violation")), refused()),
        (Reply::error(400, "image_generation_user_error", Some("moderation_blocked")), refused()),
        (Reply::EndlessError(401), ProviderError::Auth),
        (Reply::page(200), ProviderError::Page),
    ];
    all_fail(&table).await;
}

#[tokio::test]
async fn an_overloaded_vendor_has_not_worked_and_a_broken_one_may_have() {
    let busy_page = || match Reply::page(503) {
        Reply::Raw(status, headers, body) => {
            Reply::Raw(status, [headers, vec![("retry-after", "5".to_owned())]].concat(), body)
        }
        other => other,
    };
    let in_seven = |status| Reply::Raw(status, vec![("retry-after", "7".to_owned())], "{}".to_owned());
    let table = [
        (Reply::error(503, "server_error", None), busy(None)),
        (Reply::error(529, "overloaded_error", None), busy(None)),
        (in_seven(503), busy(Some(7_000))),
        (in_seven(529), busy(Some(7_000))),
        (busy_page(), busy(Some(5_000))),
        (Reply::page(503), ProviderError::Unknown),
        (Reply::error(500, "server_error", None), ProviderError::Unknown),
        (Reply::error(500, "insufficient_quota", Some("model_not_found")), ProviderError::Unknown),
        (Reply::page(500), ProviderError::Unknown),
        (Reply::page(502), ProviderError::Unknown),
        (Reply::page(504), ProviderError::Unknown),
        (Reply::page(524), ProviderError::Unknown),
        (Reply::error(408, "timeout", None), ProviderError::Unknown),
        (Reply::error(409, "conflict", None), ProviderError::Unknown),
        (Reply::EndlessError(502), ProviderError::Unknown),
    ];
    all_fail(&table).await;
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_the_request_goes_nowhere_else() {
    let elsewhere = vendor();
    let location = format!("{}/chat/completions", elsewhere.base_url());
    let table = [301, 302, 303, 307, 308].map(|status| (Reply::redirect(status, &location), rejected("redirected")));
    all_fail(&table).await;
    assert!(elsewhere.seen().is_empty(), "nobody else was asked");
}

#[tokio::test]
async fn a_success_that_is_none_is_no_answer() {
    let vendor = vendor();
    let client = client(&vendor);
    let bodies = ["", "{", "null", "[]", "{}", "ok", r#"{"choices":[],"data":[]}"#, r#"{"choices":{},"data":{}}"#];
    for body in bodies {
        let reply = Reply::Raw(200, vec![("content-type", "application/json".to_owned())], body.to_owned());
        both_fail(&client, &vendor, &reply, &unreadable()).await;
    }
    let nothing_made = r#"{"choices":[{"message":{}}],"data":[{"revised_prompt":"a teapot"}]}"#;
    let reply = Reply::Raw(200, vec![("content-type", "application/json".to_owned())], nothing_made.to_owned());
    let (text, image) = both(&client, &vendor, &reply).await;
    assert!(matches!(text.unwrap_err().error, ProviderError::CutOff { .. }), "no reason for its end");
    let ended = |word: &str| {
        let message = r#"{"content":"","reasoning":"A pot …"}"#;
        let usage = r#"{"prompt_tokens":700,"completion_tokens":50}"#;
        let body = format!(r#"{{"choices":[{{"message":{message},"finish_reason":"{word}"}}],"usage":{usage}}}"#);
        Reply::Raw(200, vec![("content-type", "application/json".to_owned())], body)
    };
    let (text, _) = both(&client, &vendor, &ended("stop")).await;
    let Err(ProviderError::BadReply { usage }) = text.map_err(|failed| failed.error) else {
        panic!("a text without a letter is no answer to be mended")
    };
    assert_eq!((usage.input_tokens, usage.output_tokens), (700, 50), "and is billed as its vendor says");
    for word in ["length", "max_tokens", "MAX_TOKENS", "model_length"] {
        let (text, _) = both(&client, &vendor, &ended(word)).await;
        assert!(matches!(text.unwrap_err().error, ProviderError::CutOff { .. }), "{word}: its room was used up");
    }
    assert_eq!(image.unwrap_err().error, unreadable());
}
