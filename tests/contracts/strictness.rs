//! A server that refuses the field for the schema: no answer was made, the same call may be sent again without it, and its
//! model reads the shape of the answer in its prompt from then on.

use crate::dialects::{client_for, ended, vendor_of};
use crate::vendor::text_request;
use igny8_core::function::output::{ClusterOutput, read};
use igny8_core::port::models::{ProviderError, TextRequest};
use igny8_core::status::Dialect;
use igny8_testkit::vendor::Reply;
use serde_json::{Value, json};

/// A refusal, in the shape that every dialect's reader knows.
fn refusal(status: u16, message: &str) -> Reply {
    let body = json!({ "error": { "message": message, "type": "invalid_request_error" } });
    Reply::Raw(status, vec![("content-type", "application/json".to_owned())], body.to_string())
}

/// Where the field stands, and where the instructions do.
const fn places(dialect: Dialect) -> (&'static str, &'static str) {
    match dialect {
        Dialect::OpenAi => ("/response_format", "/messages/0/content"),
        Dialect::Anthropic => ("/output_config", "/system"),
        Dialect::Gemini => ("/generationConfig/responseJsonSchema", "/systemInstruction/parts/0/text"),
        Dialect::Ollama => ("/format", "/messages/0/content"),
        Dialect::Runware | Dialect::Bria => ("", ""),
    }
}

#[tokio::test]
async fn a_server_that_takes_no_schema_is_asked_without_one_from_then_on() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let (vendor, (field, told)) = (vendor_of(dialect), places(dialect));
        let client = client_for(&vendor);
        let counted = client.count_input_tokens(&text_request());
        let refused =
            ended(&*client, &vendor, refusal(400, "structured outputs (`json_schema`) are not supported")).await;
        assert_eq!(refused.unwrap_err().error, ProviderError::FormRefused, "{dialect}");
        let again = client.complete(&text_request()).await;
        let seen = vendor.seen();
        assert!(seen[0].body.pointer(field).is_some(), "{dialect}: it was asked for");
        assert_eq!(seen[1].body.pointer(field), None, "{dialect}: and is no more");
        let words = seen[1].body.pointer(told).and_then(Value::as_str).unwrap_or_default();
        assert!(words.contains("\"clusters\": [{"), "{dialect}: the prompt has it: {words}");
        assert_eq!(seen[0].call(), seen[1].call(), "{dialect}: one call");
        assert_eq!(client.count_input_tokens(&text_request()), counted, "{dialect}: what is held stays what it was");
        if dialect == Dialect::OpenAi {
            let answer = again.unwrap();
            assert!(!read::<ClusterOutput>(&answer.text).unwrap().clusters.is_empty(), "{}", answer.text);
            assert!(client.complete(&text_request()).await.is_ok());
            assert_eq!(vendor.seen().len(), 3, "further items pay no detour");
            assert_eq!(vendor.bill().lines.len(), 2, "and nothing was billed for the refusal");
            assert!(u64::from(counted) >= answer.usage.tokens_in(), "the hold covers it: {counted} {:?}", answer.usage);
        }
    }
}

/// A success with nothing in it but an error.
fn inside(error: &Value) -> Reply {
    let body = json!({ "error": error }).to_string();
    Reply::Raw(200, vec![("content-type", "application/json".to_owned())], body)
}

#[tokio::test]
async fn a_refusal_of_the_field_inside_a_success_is_one() {
    let upstream = json!({ "raw": "{\"error\":{\"message\":\"response_format is not supported\"}}" });
    let refusals = [
        json!({ "code": 400, "message": "Provider returned error", "metadata": upstream }),
        json!({ "code": "invalid_request", "message": "`json_schema` is not available for this model" }),
        json!({ "message": "structured outputs are not supported" }),
        json!({ "code": 500, "message": "failed to parse grammar" }),
        json!("failed to load model vocabulary required for grammar"),
    ];
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        for error in &refusals {
            let (vendor, (field, told)) = (vendor_of(dialect), places(dialect));
            let client = client_for(&vendor);
            let refused = ended(&*client, &vendor, inside(error)).await.unwrap_err().error;
            assert_eq!(refused, ProviderError::FormRefused, "{dialect}: {error}");
            drop(client.complete(&text_request()).await);
            let seen = vendor.seen();
            assert_eq!(seen[1].body.pointer(field), None, "{dialect}: {error}");
            let words = seen[1].body.pointer(told).and_then(Value::as_str).unwrap_or_default();
            assert!(words.contains("\"clusters\": [{"), "{dialect}: the prompt has it: {words}");
        }
        for (error, code) in [
            (json!({ "code": 402, "message": "json_schema costs more" }), "quota"),
            (json!({ "code": 429, "message": "json_schema is limited" }), "rate_limited"),
            (json!({ "code": 502, "message": "json_schema: the upstream is gone" }), "outcome_unknown"),
            (json!({ "code": 503, "message": "json_schema: later" }), "overloaded"),
            (json!({ "message": "Something else." }), "outcome_unknown"),
            (json!("Something else."), "outcome_unknown"),
        ] {
            let vendor = vendor_of(dialect);
            let failed = ended(&*client_for(&vendor), &vendor, inside(&error)).await.unwrap_err().error;
            assert_eq!(failed.code(), code, "{dialect}: {error}");
        }
    }
    let vendor = vendor_of(Dialect::OpenAi);
    let said = ended(&*client_for(&vendor), &vendor, Reply::Says("response_format, json_schema".to_owned())).await;
    assert!(said.is_ok(), "an answer may speak of it: {said:?}");
}

#[tokio::test]
async fn only_a_refusal_of_the_field_is_one() {
    let vendor = vendor_of(Dialect::OpenAi);
    let client = client_for(&vendor);
    for (status, message) in
        [(400, "max_tokens is too large"), (404, "no response_format"), (400, "unknown field stop")]
    {
        let error = ended(&*client, &vendor, refusal(status, message)).await.unwrap_err().error;
        assert!(matches!(error, ProviderError::Rejected { .. }), "{status} {message}: {error:?}");
    }
    let money = json!({ "error": { "message": "json_schema", "code": "insufficient_quota" } }).to_string();
    let error = ended(&*client, &vendor, Reply::Raw(400, Vec::new(), money)).await.unwrap_err().error;
    assert_eq!(error, ProviderError::Quota, "a code says more than words");
    let refused = ended(&*client, &vendor, refusal(422, "response_format.type: unsupported")).await.unwrap_err().error;
    assert_eq!(refused, ProviderError::FormRefused);
    let other = TextRequest { model_name: "writer-2".to_owned(), ..text_request() };
    assert!(client.complete(&other).await.is_err(), "a model that is not here");
    let seen = vendor.seen().pop().unwrap();
    assert!(seen.body.get("response_format").is_some(), "another model is asked for it");
    let error = ended(&*client, &vendor, refusal(400, "response_format is unknown")).await.unwrap_err().error;
    assert!(matches!(error, ProviderError::Rejected { .. }), "what was not sent was not refused: {error:?}");
}
