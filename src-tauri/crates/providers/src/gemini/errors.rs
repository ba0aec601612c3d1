//! Where Google's language has its codes: `{"error":{"code","status","details":[…]}}`, in a list of one at times.

use crate::codes::Meaning;
use crate::reply::Said;
use crate::waits::seconds_ms;
use crate::wording::{OF_GOOGLE, meant};
use serde_json::Value;

/// Part of the name of a quota that is only new the next day, so that waiting as told is of no use.
const OF_A_DAY: &str = "PerDay";

/// Reads a refusal.
pub(super) fn listen(body: &Value) -> Said {
    let body = body.get(0).unwrap_or(body);
    let word = |place: &str| body.pointer(place).and_then(Value::as_str);
    let details = || body.pointer("/error/details").and_then(Value::as_array).into_iter().flatten();
    let text = |detail: &'_ Value, name: &str| detail.get(name).and_then(Value::as_str).map(str::to_owned);
    let reason = details().find_map(|detail| text(detail, "reason"));
    let wait = details().find_map(|detail| text(detail, "retryDelay"));
    let mut violations = details().filter_map(|detail| detail.get("violations")?.as_array()).flatten();
    let is_of_a_day = |it: &Value| text(it, "quotaId").is_some_and(|id| id.contains(OF_A_DAY));
    let is_spent = violations.any(is_of_a_day);
    Said {
        means: if is_spent {
            Some(Meaning::Money)
        } else {
            meant(word("/error/message").unwrap_or_default(), OF_GOOGLE)
        },
        retry_after_ms: wait.and_then(|wait| seconds_ms(wait.trim().strip_suffix('s')?)),
        ..Said::of([reason.as_deref(), word("/error/status")])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_wait_stands_among_the_details() {
        let told = |delay: &str| {
            let details = json!([
                { "@type": "type.googleapis.com/google.rpc.QuotaFailure",
                  "violations": [{ "quotaId": "GenerateRequestsPerMinutePerProjectPerModel" }] },
                { "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay },
            ]);
            listen(&json!([{ "error": { "code": 429, "status": "RESOURCE_EXHAUSTED", "details": details } }]))
        };
        assert_eq!(told("13s").retry_after_ms, Some(13_000));
        assert_eq!(told("0.847655010s").retry_after_ms, Some(848));
        assert_eq!(told("13").retry_after_ms, None);
        assert_eq!((told("1s").words, told("1s").means), (vec!["RESOURCE_EXHAUSTED".to_owned()], None));
    }

    #[test]
    fn a_quota_of_the_day_is_not_waited_for() {
        let details = json!([{ "violations": [{ "quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier" }] }]);
        assert_eq!(listen(&json!({ "error": { "code": 429, "details": details } })).means, Some(Meaning::Money));
    }

    #[test]
    fn anything_else_says_nothing() {
        for body in
            [json!(null), json!([]), json!([[]]), json!({ "error": "no" }), json!({ "error": { "details": 1 } })]
        {
            assert!(listen(&body).words.is_empty(), "{body}");
        }
    }
}
