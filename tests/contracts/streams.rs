//! Answers in pieces: the same answer comes of them as comes whole, with the same figures and the same failures, and
//! whoever listens hears it grow.

use crate::dialects::{models_at, vendor_of};
use crate::vendor::{frugal, impatient, text_request, unreadable};
use igny8_core::live::Listener;
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest};
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use igny8_providers::Bounds;
use igny8_testkit::vendor::{Reply, Stated, Vendor};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// How a text ends.
pub type Ended = Result<TextAnswer, FailedCall>;

/// A request in pieces, and what is heard of its answer.
fn listening() -> (TextRequest, UnboundedReceiver<String>) {
    let (tell, heard) = unbounded_channel();
    let listener = Listener::new(move |written| drop(tell.send(written.to_owned())));
    (TextRequest { listener: Some(listener), ..text_request() }, heard)
}

/// How an answer in pieces ends at a new vendor that does this, and all that was heard of it.
pub async fn in_pieces(dialect: Dialect, reply: Reply, bounds: Bounds) -> (Ended, Vec<String>) {
    let vendor = vendor_of(dialect);
    vendor.then(reply);
    let (request, mut heard) = listening();
    let ended = client(&vendor, bounds).complete(&request).await;
    assert_eq!(vendor.seen().len(), 1, "{dialect}: nothing is sent twice");
    drop(request);
    let mut all = Vec::new();
    while let Some(written) = heard.recv().await {
        all.push(written);
    }
    (ended, all)
}

async fn whole(dialect: Dialect, reply: Reply) -> Ended {
    let vendor = vendor_of(dialect);
    vendor.then(reply);
    client(&vendor, Bounds::default()).complete(&text_request()).await
}

fn client(vendor: &Vendor, bounds: Bounds) -> Arc<dyn TextModel> {
    models_at(vendor.dialect(), &vendor.base_url(), bounds).text.expect("models of texts")
}

/// A success of these pieces, ended as it should be or not.
fn stream(dialect: Dialect, pieces: &[&str]) -> Reply {
    let kind = if dialect == Dialect::Ollama { "application/x-ndjson" } else { "text/event-stream" };
    Reply::Raw(200, vec![("content-type", kind.to_owned())], pieces.concat())
}

/// A piece with a word in it, and what must come before the first.
fn word(dialect: Dialect) -> (&'static str, &'static str) {
    match dialect {
        Dialect::OpenAi => ("", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n"),
        Dialect::Anthropic => (
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n",
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"word \"}}\n\n",
        ),
        Dialect::Gemini => ("", "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"word \"}]}}]}\n\n"),
        _ => ("", "{\"message\":{\"content\":\"word \"},\"done\":false}\n"),
    }
}

/// The event of an error, as an overloaded vendor sends it.
fn overload(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::OpenAi => {
            "data: {\"error\":{\"message\":\"Later.\",\"code\":503},\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n"
        }
        Dialect::Anthropic => {
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Later.\"}}\n\n"
        }
        Dialect::Gemini => "data: {\"error\":{\"code\":503,\"message\":\"Later.\",\"status\":\"UNAVAILABLE\"}}\n\n",
        _ => "{\"error\":\"model requires more system memory\"}\n",
    }
}

fn texts() -> impl Iterator<Item = Dialect> {
    Dialect::OF_TEXTS.iter().copied()
}

#[tokio::test]
async fn an_answer_in_pieces_is_the_answer_that_would_have_come_whole() {
    for dialect in texts() {
        let replies = [
            Reply::Answer,
            Reply::InOne,
            Reply::Stating(Stated::Plain),
            Reply::Stating(Stated::Nothing),
            Reply::Says("Grün \"tea\" 🍵\n\\ and no JSON".to_owned()),
            Reply::Says(String::new()),
            Reply::Ends(None),
            Reply::Ends(Some("length")),
            Reply::Ends(Some("refusal")),
            Reply::Ends(Some("SAFETY")),
            Reply::Declines,
            Reply::Empty,
            Reply::error(400, "invalid_request_error", Some("context_length_exceeded")),
            Reply::rate_limited(&[("retry-after", "7")]),
            Reply::page(200),
            Reply::page(502),
        ];
        for reply in replies {
            let (streamed, _) = in_pieces(dialect, reply.clone(), Bounds::default()).await;
            assert_eq!(streamed, whole(dialect, reply.clone()).await, "{dialect}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn what_is_written_is_heard_in_order_while_it_is_written() {
    for dialect in texts() {
        let vendor = vendor_of(dialect);
        let let_go = Arc::new(Notify::new());
        vendor.then(Reply::HalfUntil(Arc::clone(&let_go)));
        let (request, mut heard) = listening();
        let client = client(&vendor, Bounds::default());
        let answer = tokio::spawn(async move { client.complete(&request).await });
        let mut last = heard.recv().await.expect("a first piece, of an answer that has no end yet");
        assert!(vendor.answered().is_empty() && !answer.is_finished(), "{dialect}: it is heard before its end");
        let_go.notify_one();
        let mut times = 1;
        while let Some(written) = heard.recv().await {
            assert!(written.len() > last.len() && written.starts_with(&last), "{dialect}: it grows at its end");
            (last, times) = (written, times + 1);
        }
        let answer = answer.await.unwrap().unwrap_or_else(|failed| panic!("{dialect}: {failed:?}"));
        assert_eq!(last, answer.text, "{dialect}: all of it was heard");
        assert!(times > 1, "{dialect}: in more pieces than one");
    }
}

#[tokio::test]
async fn each_dialect_asks_for_pieces_in_its_words_and_only_where_somebody_listens() {
    for dialect in texts() {
        let vendor = vendor_of(dialect);
        let client = client(&vendor, Bounds::default());
        client.complete(&listening().0).await.unwrap();
        client.complete(&text_request()).await.unwrap();
        let [piecewise, whole] = vendor.seen().try_into().expect("two requests");
        let kind = if dialect == Dialect::Ollama { "application/x-ndjson" } else { "text/event-stream" };
        assert_eq!(piecewise.headers["accept"], format!("{kind}, application/json"), "{dialect}: or whole, if need be");
        assert_eq!(whole.headers["accept"], "application/json", "{dialect}");
        match dialect {
            Dialect::OpenAi => {
                assert_eq!(piecewise.body["stream_options"], json!({ "include_usage": true }));
                assert_eq!(whole.body.get("stream_options"), None);
                assert_eq!((&piecewise.body["stream"], whole.body.get("stream")), (&json!(true), None));
            }
            Dialect::Gemini => {
                assert_eq!(piecewise.path, "/v1beta/models/writer-1:streamGenerateContent?alt=sse");
                assert_eq!(piecewise.body, whole.body);
            }
            _ => {
                assert_eq!(piecewise.body["stream"], json!(true), "{dialect}");
                assert_ne!(whole.body.get("stream"), Some(&json!(true)), "{dialect}");
            }
        }
    }
}

/// Silence between two pieces after which a stream counts as broken off here.
const IDLE: Duration = Duration::from_secs(1);

/// Bytes that reach beyond the first words of an answer in pieces, in any dialect.
const IN_THE_WORDS: usize = 1_500;

#[tokio::test]
async fn a_stream_that_breaks_off_or_falls_silent_leaves_the_outcome_open() {
    for dialect in texts() {
        for reply in [Reply::Cut(IN_THE_WORDS), Reply::Stall(IN_THE_WORDS), Reply::Cut(20), Reply::Never] {
            let is_silent = matches!(reply, Reply::Never);
            // The first words come late where a machine has much to do.
            let bounds = if is_silent { impatient() } else { Bounds { idle: IDLE, ..Bounds::default() } };
            let (ended, heard) = in_pieces(dialect, reply.clone(), bounds).await;
            let is_in_the_words = matches!(reply, Reply::Cut(IN_THE_WORDS) | Reply::Stall(IN_THE_WORDS));
            assert_eq!(is_in_the_words, !heard.is_empty(), "{dialect}: {reply:?}");
            assert_eq!(ended.unwrap_err().error, ProviderError::Unknown, "{dialect}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn a_stream_that_ends_without_a_reason_is_no_result_and_costs_what_was_written() {
    for dialect in texts() {
        let (before, word) = word(dialect);
        let (ended, heard) = in_pieces(dialect, stream(dialect, &[before, word, word]), Bounds::default()).await;
        let error = ended.unwrap_err().error;
        let ProviderError::CutOff { usage } = error else { panic!("{dialect}: {error:?}") };
        assert!(usage.is_estimated && usage.input_tokens > 9 && usage.output_tokens == 3, "{dialect}: {usage:?}");
        assert_eq!(heard.last().map(String::as_str), Some("word word "), "{dialect}");
    }
    let said =
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":900,\"completion_tokens\":2,\"total_tokens\":902}}\n\n";
    let (_, word) = word(Dialect::OpenAi);
    let (ended, _) = in_pieces(Dialect::OpenAi, stream(Dialect::OpenAi, &[word, said]), Bounds::default()).await;
    let usage = Usage { input_tokens: 900, output_tokens: 2, ..Usage::default() };
    assert_eq!(ended.unwrap_err().error, ProviderError::CutOff { usage }, "and what the vendor said where it did");
}

#[tokio::test]
async fn figures_that_are_none_are_not_measured_and_nothing_in_place_of_a_list_spoils_nothing() {
    let (before, word) = word(Dialect::Anthropic);
    for usage in [json!({}), json!(null), json!({ "output_tokens": null }), json!({ "input_tokens": 9 })] {
        let end = json!({ "type": "message_delta", "delta": { "stop_reason": "end_turn" }, "usage": usage });
        let end = format!("data: {end}\n\ndata: {{\"type\":\"message_stop\"}}\n\n");
        let reply = stream(Dialect::Anthropic, &[before, word, word, &end]);
        let usage = in_pieces(Dialect::Anthropic, reply, Bounds::default()).await.0.unwrap().usage;
        assert!(
            usage.is_estimated && usage.output_tokens == 3,
            "the figure of the beginning is none of the end: {usage:?}"
        );
    }
    let piece = |choices: Value, usage: Value| format!("data: {}\n\n", json!({ "choices": choices, "usage": usage }));
    let figures = json!({ "prompt_tokens": 9_000, "completion_tokens": 2, "total_tokens": 9_002 });
    let pieces = [
        piece(json!(null), json!(null)),
        piece(json!([{ "index": null, "delta": { "content": "word", "refusal": false } }]), json!(null)),
        piece(json!([{ "index": 0, "delta": {}, "finish_reason": "stop" }]), json!(null)),
        piece(json!(null), figures),
    ];
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    let (ended, _) = in_pieces(Dialect::OpenAi, stream(Dialect::OpenAi, &pieces), Bounds::default()).await;
    let answer = ended.unwrap();
    assert_eq!((answer.text.as_str(), answer.usage.tokens(), answer.usage.is_estimated), ("word", 9_002, false));
}

#[tokio::test]
async fn how_far_an_answer_came_is_kept_beside_its_failure_as_far_as_is_worth_it() {
    const KEPT_BYTES_MAX: usize = 16 * 1024;
    for dialect in texts() {
        let (before, word) = word(dialect);
        let written = |ended: Ended| ended.unwrap_err().partial;
        let (ended, _) = in_pieces(dialect, stream(dialect, &[before, word, word]), Bounds::default()).await;
        assert_eq!(written(ended).as_deref(), Some("word word "), "{dialect}: it ended without a reason");
        let (ended, _) = in_pieces(dialect, stream(dialect, &[before, &word.repeat(9_000)]), Bounds::default()).await;
        let kept = written(ended).unwrap_or_default();
        assert!(kept.starts_with("word word ") && kept.len() <= KEPT_BYTES_MAX, "{dialect}: {}", kept.len());
        for reply in [Reply::Cut(IN_THE_WORDS), Reply::Stall(IN_THE_WORDS)] {
            let (ended, heard) = in_pieces(dialect, reply.clone(), impatient()).await;
            let last = heard.last().cloned().unwrap_or_default();
            assert_eq!(written(ended), Some(last), "{dialect}: {reply:?}: what was heard");
        }
        for reply in [Reply::Cut(20), Reply::Never, Reply::page(502), Reply::rate_limited(&[])] {
            let (ended, _) = in_pieces(dialect, reply.clone(), impatient()).await;
            assert_eq!(written(ended), None, "{dialect}: {reply:?}: nothing was written");
        }
    }
}

#[tokio::test]
async fn an_error_in_a_stream_is_a_refusal_before_the_first_word_and_an_end_after_it() {
    for dialect in texts() {
        let (before, word) = word(dialect);
        let (refused, heard) =
            in_pieces(dialect, stream(dialect, &[before, overload(dialect)]), Bounds::default()).await;
        let expected = match dialect {
            Dialect::Ollama => ProviderError::Rejected { reason: "out_of_memory".to_owned() },
            _ => ProviderError::Overloaded { retry_after_ms: None },
        };
        assert_eq!((refused.unwrap_err().error, heard.len()), (expected, 0), "{dialect}");
        let reply = stream(dialect, &[before, word, overload(dialect)]);
        let (ended, _) = in_pieces(dialect, reply, Bounds::default()).await;
        assert_eq!(ended.unwrap_err().error.code(), "cut_off", "{dialect}");
    }
    for (code, expected) in [
        ("insufficient_quota", ProviderError::Quota),
        ("rate_limit_exceeded", ProviderError::RateLimited { retry_after_ms: None }),
        ("invalid_api_key", ProviderError::Auth),
    ] {
        let event = format!("data: {{\"error\":{{\"message\":\"No.\",\"code\":\"{code}\"}}}}\n\n");
        let (ended, _) = in_pieces(Dialect::OpenAi, stream(Dialect::OpenAi, &[&event]), Bounds::default()).await;
        assert_eq!(ended.unwrap_err().error, expected, "{code} means in a stream what it means alone");
    }
    let odd = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"?\"}}\n\n";
    let (ended, _) = in_pieces(Dialect::Anthropic, stream(Dialect::Anthropic, &[odd]), Bounds::default()).await;
    assert_eq!(ended.unwrap_err().error, ProviderError::Unknown, "an error that is about nothing leaves it open");
}

#[tokio::test]
async fn an_event_that_nobody_can_read_spoils_the_answer() {
    let of_usage = |said: Value| Some(said.to_string());
    for dialect in texts() {
        let (before, word) = word(dialect);
        let garbage = if dialect == Dialect::Ollama { "{\"message\":\n" } else { "data: {\"choi\n\n" };
        let (ended, _) = in_pieces(dialect, stream(dialect, &[before, word, garbage, word]), Bounds::default()).await;
        assert_eq!(ended.unwrap_err().error, unreadable(), "{dialect}");
        let end = match dialect {
            Dialect::OpenAi => {
                of_usage(json!({ "choices": [], "usage": { "prompt_tokens": 5, "completion_tokens": 2 } }))
            }
            Dialect::Anthropic => of_usage(json!({
                "type": "message_delta", "delta": { "stop_reason": "end_turn" }, "usage": { "output_tokens": 2 },
            })),
            Dialect::Gemini => {
                of_usage(json!({ "usageMetadata": { "promptTokenCount": 5, "candidatesTokenCount": 2 } }))
            }
            _ => None,
        };
        let end = end.map_or_else(
            || "{\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":5,\"eval_count\":2}\n".to_owned(),
            |end| format!("data: {end}\n\n"),
        );
        let reply = stream(dialect, &[before, word, garbage, &end]);
        let (ended, _) = in_pieces(dialect, reply, Bounds::default()).await;
        let ProviderError::BadReply { usage } = ended.unwrap_err().error else { panic!("{dialect}") };
        let read = if dialect == Dialect::Anthropic { 9 } else { 5 };
        assert_eq!((usage.input_tokens, usage.output_tokens), (read, 2), "{dialect}: and costs what was said");
    }
}

#[tokio::test]
async fn a_stream_without_end_is_stopped_at_the_cap() {
    const KIND: &str = "text/event-stream";
    let endless = [
        (KIND, ": still here\n\n"),
        (KIND, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n"),
        (KIND, "data: nonsense\n\n"),
        (KIND, "data: a line without end"),
        (KIND, "\n"),
        ("application/x-ndjson", "{\"message\":{\"content\":\"word \"},\"done\":false}\n"),
    ];
    for dialect in texts() {
        for (kind, text) in endless {
            let vendor = vendor_of(dialect);
            vendor.then(Reply::Over(kind, text));
            let (request, _heard) = listening();
            let error = client(&vendor, frugal()).complete(&request).await.unwrap_err().error;
            assert_eq!(error, unreadable(), "{dialect}: {text}");
            assert!(vendor.taken() < 32 * 1024 * 1024, "{dialect}: {} bytes were taken", vendor.taken());
        }
    }
}

#[tokio::test]
async fn a_model_that_is_not_given_in_pieces_is_asked_for_whole_answers() {
    let refusal = json!({ "error": {
        "message": "Your organization must be verified to stream this model.", "type": "invalid_request_error",
        "param": "stream", "code": "unsupported_value",
    } });
    let data = || vec![("content-type", "application/json".to_owned())];
    let vendor = vendor_of(Dialect::OpenAi);
    let client = client(&vendor, Bounds::default());
    vendor.then(Reply::Raw(400, data(), refusal.to_string()));
    let refused = client.complete(&listening().0).await.unwrap_err().error;
    assert_eq!((refused, vendor.seen().len()), (ProviderError::FormRefused, 1), "it is not sent twice behind our back");
    for asked in [2, 3] {
        client.complete(&listening().0).await.expect("a whole answer");
        assert_eq!(vendor.seen().len(), asked, "and later ones are not asked for in pieces first");
    }
    let calls: Vec<String> = vendor.seen().iter().map(|seen| seen.call().to_owned()).collect();
    assert!(calls.iter().all(|call| *call == calls[0]), "it is one call");
    assert_eq!(vendor.bill().lines.len(), 2, "and billed once");
    vendor.forget();
    for (asked, message) in (1..).zip(["Upstream error", "max_tokens is too large to stream"]) {
        vendor.then(Reply::Raw(400, data(), json!({ "error": { "message": message } }).to_string()));
        let other = TextRequest { model_name: "writer-2".to_owned(), ..listening().0 };
        let error = client.complete(&other).await.unwrap_err().error;
        assert_eq!((error.code(), vendor.seen().len()), ("rejected", asked), "any other refusal is one: {message}");
    }
}

#[tokio::test]
async fn a_key_that_comes_back_in_pieces_is_neither_heard_nor_kept() {
    use crate::vendor::{SECRET, client_at};
    use igny8_testkit::vault::RememberedVault;
    let vendor = vendor_of(Dialect::OpenAi);
    let piece = |text: &str| {
        format!(
            "data: {}\n\n",
            json!({ "choices": [{ "index": 0, "delta": { "content": text }, "finish_reason": null }] })
        )
    };
    let end = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    let pieces = [piece("Your key sk-cana"), piece("ry-4142434445 is "), piece("fine."), end.to_owned()];
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    vendor.then(stream(Dialect::OpenAi, &pieces));
    let vault = Arc::new(RememberedVault::with(SECRET, "sk-canary-4142434445"));
    let client = client_at(&vendor.base_url(), Some(SECRET), vault, Bounds::default());
    let heard = Arc::new(Mutex::new(String::new()));
    let last = Arc::clone(&heard);
    let listener = Listener::new(move |written| last.lock().unwrap().push_str(written));
    let answer = client.complete(&TextRequest { listener: Some(listener), ..text_request() }).await.unwrap();
    assert_eq!(answer.text, "Your key ******************** is fine.");
    assert!(!heard.lock().unwrap().contains("sk-"), "{heard:?}");
}
