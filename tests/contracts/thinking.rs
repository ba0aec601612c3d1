//! How a model is told to think: what its row says is laid into its request in every language, beside what stands in the same
//! place, and nothing is said for one whose row says nothing.

use crate::dialects::{client_for, ended, vendor_of};
use crate::vendor::text_request;
use igny8_core::live::Listener;
use igny8_core::model::thinking::Thinking;
use igny8_core::port::models::TextRequest;
use igny8_core::status::Dialect;
use igny8_testkit::vendor::Reply;
use serde_json::{Value, json};

/// A language, a model of it that thinks, where its words stand in the request, and what stands beside them.
const CASES: [(Dialect, &str, &str, &str, &str); 3] = [
    (Dialect::OpenAi, "gpt-6.1-terra", "/reasoning_effort", "low", "/response_format"),
    (Dialect::Anthropic, "claude-opus-5-5", "/output_config/effort", "low", "/output_config/format"),
    (
        Dialect::Gemini,
        "gemini-4-argon",
        "/generationConfig/thinkingConfig/thinkingLevel",
        "low",
        "/generationConfig/responseJsonSchema",
    ),
];

/// The body that is sent for a request which says this of thinking.
async fn sent(dialect: Dialect, thinking: Thinking) -> Value {
    let vendor = vendor_of(dialect);
    let request = TextRequest { thinking: thinking.ask, ..text_request() };
    client_for(&vendor).complete(&request).await.unwrap_or_else(|error| panic!("{dialect}: {error:?}"));
    vendor.seen().remove(0).body
}

#[tokio::test]
async fn what_a_models_row_says_of_thinking_is_in_its_request() {
    for (dialect, name, place, word, beside) in CASES {
        let body = sent(dialect, Thinking::usual(dialect, name)).await;
        assert_eq!(body.pointer(place).and_then(Value::as_str), Some(word), "{dialect}: {body}");
        assert!(body.pointer(beside).is_some_and(|schema| !schema.is_null()), "{dialect}: beside its schema: {body}");
        let silent = sent(dialect, Thinking::default()).await;
        assert_eq!(silent.pointer(place), None, "{dialect}: nothing is said where nothing is known");
    }
}

#[tokio::test]
async fn ollamas_are_told_not_to_unless_their_row_says_otherwise() {
    let body = sent(Dialect::Ollama, Thinking::default()).await;
    assert_eq!(body["think"], false);
}

#[tokio::test]
async fn thoughts_that_come_as_blocks_of_the_answer_are_none_of_it() {
    let said = json!({
        "id": "chatcmpl-1",
        "choices": [{ "finish_reason": "stop", "message": { "content": [
            { "type": "thinking", "thinking": [{ "type": "text", "text": "Two groups, I think." }] },
            { "type": "text", "text": "{\"clusters\":" },
            { "type": "text", "text": "[]}" },
        ] } }],
        "usage": { "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15 },
    });
    let vendor = vendor_of(Dialect::OpenAi);
    let answer = ended(&*client_for(&vendor), &vendor, Reply::Raw(200, Vec::new(), said.to_string())).await.unwrap();
    assert_eq!(answer.text, "{\"clusters\":[]}");

    let piece = |content: Value| json!({ "choices": [{ "index": 0, "delta": { "content": content } }] });
    let thoughts = json!([{ "type": "thinking", "thinking": [{ "type": "text", "text": "Hm." }] }]);
    let last = json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }] });
    let pieces = [piece(thoughts), piece(json!("{\"clusters\":")), piece(json!("[]}")), last];
    let body: String = pieces.iter().map(|piece| format!("data: {piece}\n\n")).collect();
    let kind = vec![("content-type", "text/event-stream".to_owned())];
    vendor.then(Reply::Raw(200, kind, format!("{body}data: [DONE]\n\n")));
    let request = TextRequest { listener: Some(Listener::new(|_| {})), ..text_request() };
    let answer = client_for(&vendor).complete(&request).await.unwrap();
    assert_eq!(answer.text, "{\"clusters\":[]}");
}
