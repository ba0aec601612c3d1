//! Hostile answers, every one of them to every client: nothing panics, everything ends, each is of its class, what is
//! known to have been consumed is billed, and no answer takes more memory than it may.

use crate::dialects::models_at;
use crate::vendor::{call, frugal, image_request_in, impatient, text_request};
use igny8_core::id::CallId;
use igny8_core::money::Usd;
use igny8_core::port::models::{FailedCall, ImageRequest, ProviderError, TextRequest};
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use igny8_providers::Bounds;
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{Reply, Stated, Terms, Vendor};
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

/// A client: a dialect's texts, or its pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Client {
    Text(Dialect),
    Picture(Dialect),
}

impl Client {
    fn all() -> Vec<Self> {
        let texts = Dialect::OF_TEXTS.iter().map(|dialect| Self::Text(*dialect));
        texts.chain(Dialect::OF_PICTURES.iter().map(|dialect| Self::Picture(*dialect))).collect()
    }

    const fn dialect(self) -> Dialect {
        match self {
            Self::Text(dialect) | Self::Picture(dialect) => dialect,
        }
    }

    async fn ask(self, vendor: &Vendor, reply: Reply, bounds: Bounds) -> Result<Usage, FailedCall> {
        let models = models_at(self.dialect(), &vendor.base_url(), bounds);
        // What is worked on is worked on once under one id.
        let call = match reply {
            Reply::Answer | Reply::Cut(_) | Reply::Stall(_) => CallId(Uuid::from_u128(vendor.seen().len() as u128 + 1)),
            _ => call(),
        };
        vendor.then(reply);
        match self {
            Self::Text(_) => {
                models.text.unwrap().complete(&TextRequest { call, ..text_request() }).await.map(|answer| answer.usage)
            }
            Self::Picture(dialect) => {
                let request = ImageRequest { call, ..image_request_in(dialect) };
                models.image.unwrap().render(&request).await.map(|answer| answer.usage)
            }
        }
    }

    /// A vendor for it that answers at once.
    fn vendor(self) -> Vendor {
        let terms = Terms { dialect: self.dialect(), stated: Stated::InParts, is_prompt: true, ..Terms::default() };
        Vendor::start_on(terms, Arc::new(BuiltinText::new()))
    }

    /// A figure that it believes.
    fn figure(self) -> Value {
        if self == Self::Picture(Dialect::Runware) { json!(0.04) } else { json!(7_000) }
    }

    /// Whether a usage holds what good figures say.
    fn has_figures(self, usage: &Usage) -> bool {
        match self {
            Self::Picture(Dialect::Runware) => usage.stated_cost == Some(Usd(40_000_000)) && usage.images == 1,
            Self::Picture(Dialect::Bria) => usage.images == 1,
            Self::Text(_) | Self::Picture(_) => usage.tokens() == 14_000,
        }
    }

    /// A whole answer that says this in place of each number of tokens, or of dollars, with its picture at this place.
    fn answer(self, text: &str, tokens: &Value, place: &str) -> Value {
        match self {
            Self::Text(Dialect::OpenAi) => json!({
                "choices": [{ "message": { "content": text }, "finish_reason": "stop" }],
                "usage": { "prompt_tokens": tokens, "completion_tokens": tokens },
            }),
            Self::Text(Dialect::Anthropic) => json!({
                "content": [{ "type": "text", "text": text }], "stop_reason": "end_turn",
                "usage": { "input_tokens": tokens, "output_tokens": tokens },
            }),
            Self::Text(Dialect::Gemini) => json!({
                "candidates": [{ "content": { "parts": [{ "text": text }] }, "finishReason": "STOP" }],
                "usageMetadata": { "promptTokenCount": tokens, "candidatesTokenCount": tokens },
            }),
            Self::Text(Dialect::Ollama) => json!({
                "message": { "role": "assistant", "content": text }, "done": true, "done_reason": "stop",
                "prompt_eval_count": tokens, "eval_count": tokens,
            }),
            Self::Picture(Dialect::OpenAi) => json!({
                "data": [{ "b64_json": "aGVsbG8=" }],
                "usage": { "input_tokens": tokens, "output_tokens": tokens },
            }),
            Self::Picture(Dialect::Gemini) => json!({
                "candidates": [{
                    "content": { "parts": [{ "inlineData": { "mimeType": "image/png", "data": "aGVsbG8=" } }] },
                    "finishReason": "STOP",
                }],
                "usageMetadata": { "promptTokenCount": tokens, "candidatesTokenCount": tokens },
            }),
            Self::Picture(Dialect::Runware) => json!({
                "data": [{
                    "taskType": "imageInference", "taskUUID": call(), "status": "success", "cost": tokens,
                    "imageBase64Data": "aGVsbG8=",
                }],
            }),
            Self::Picture(Dialect::Bria) => json!({
                "request_id": "order-1", "status": "COMPLETED", "result": { "image_url": place },
            }),
            Self::Text(Dialect::Runware | Dialect::Bria) | Self::Picture(_) => panic!("{self:?} is no client"),
        }
    }

    /// What its answers begin with: a list, or the message itself.
    fn empty(self) -> Value {
        match self {
            Self::Text(Dialect::OpenAi) => json!({ "choices": [] }),
            Self::Text(Dialect::Anthropic) => json!({ "content": [], "stop_reason": "end_turn" }),
            Self::Text(Dialect::Gemini) => json!({ "candidates": [] }),
            Self::Text(Dialect::Ollama) => json!({ "message": {}, "done": true, "done_reason": "stop" }),
            Self::Picture(Dialect::OpenAi | Dialect::Runware) => json!({ "data": [] }),
            Self::Picture(Dialect::Gemini) => json!({ "candidates": [] }),
            Self::Picture(_) | Self::Text(_) => json!({}),
        }
    }

    /// The name of the first field that an answer cannot be without.
    const fn field(self) -> &'static str {
        match self {
            Self::Text(Dialect::OpenAi) => "choices",
            Self::Text(Dialect::Anthropic) => "content",
            Self::Text(Dialect::Gemini) | Self::Picture(Dialect::Gemini) => "candidates",
            Self::Text(Dialect::Ollama) => "message",
            Self::Picture(Dialect::Bria) => "request_id",
            Self::Text(_) | Self::Picture(_) => "data",
        }
    }
}

/// What a hostile answer may come to.
#[derive(Clone, Copy, Debug)]
enum Class {
    /// An answer all the same, with what it consumed as said.
    Answer,
    /// An answer all the same, with what it consumed counted here.
    Estimated,
    /// One of these failures.
    Fails(&'static [&'static str]),
}

const UNKNOWN: Class = Class::Fails(&["outcome_unknown"]);
const BAD: Class = Class::Fails(&["bad_reply"]);
const PAGE: Class = Class::Fails(&["page_instead_of_answer"]);

/// A head and a body, with a length that need not be true.
fn bytes(head: &str, length: Option<&str>, body: &[u8]) -> Reply {
    let length = length.map(|length| format!("content-length: {length}\r\n")).unwrap_or_default();
    Reply::Bytes([head.as_bytes(), length.as_bytes(), b"\r\n", body].concat())
}

/// A success with these bytes.
fn body(body: &[u8]) -> Reply {
    bytes("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n", Some(&body.len().to_string()), body)
}

fn data(value: &Value) -> Reply {
    body(value.to_string().as_bytes())
}

fn nested(opening: &str, closing: &str) -> String {
    const DEEP: usize = 100_000;
    [opening.repeat(DEEP), closing.repeat(DEEP)].concat()
}

/// In silence, which only our own patience ends.
fn silences() -> Vec<(&'static str, Reply, Class)> {
    vec![
        ("never answers", Reply::Never, UNKNOWN),
        ("a drip without end", Reply::Drip, UNKNOWN),
        ("stalls in its head", Reply::Stall(20), UNKNOWN),
        ("stalls in its body", Reply::Stall(300), UNKNOWN),
    ]
}

/// On the connection: it breaks, or says nonsense before any answer.
fn connections(client: Client, place: &str) -> Vec<(&'static str, Reply, Class)> {
    const OK: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let whole = client.answer("{}", &client.figure(), place).to_string();
    let whole = whole.as_bytes();
    let long = (whole.len() + 50).to_string();
    let short = (whole.len() - 20).to_string();
    let many: String = (0..1_000).map(|number| format!("x-{number}: y\r\n")).collect();
    let packed = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n";
    vec![
        ("reset before it was read", Reply::ResetUnread, UNKNOWN),
        ("reset after it was read", Reply::ResetRead, UNKNOWN),
        ("hangs up", Reply::HangUp, UNKNOWN),
        ("cut in its head", Reply::Cut(20), UNKNOWN),
        ("cut in its body", Reply::Cut(300), UNKNOWN),
        ("longer than it says", bytes(OK, Some(&short), whole), BAD),
        ("shorter than it says", bytes(OK, Some(&long), whole), UNKNOWN),
        ("a length below zero", bytes(OK, Some("-5"), whole), UNKNOWN),
        ("a length beyond numbers", bytes(OK, Some("99999999999999999999999999"), whole), UNKNOWN),
        ("two lengths", bytes(&format!("{OK}content-length: 3\r\n"), Some(&long), whole), UNKNOWN),
        ("no length", bytes(OK, None, whole), Class::Answer),
        ("a chunk without a size", bytes(chunked, None, b"zz\r\n{}"), UNKNOWN),
        ("a chunk larger than memory", bytes(chunked, None, b"FFFFFFFFFFFFFFFF\r\n{}"), UNKNOWN),
        ("no protocol", Reply::Bytes(b"hello\n".to_vec()), UNKNOWN),
        ("another protocol", Reply::Bytes(b"HTTP/9.9 200 OK\r\n\r\n".to_vec()), UNKNOWN),
        ("a status beyond numbers", Reply::Bytes(b"HTTP/1.1 99999 OK\r\n\r\n".to_vec()), UNKNOWN),
        ("a thousand header lines", bytes(&format!("{OK}{many}"), Some("2"), b"{}"), UNKNOWN),
        ("a head without end", Reply::EndlessHead, UNKNOWN),
        ("a zero byte in its head", bytes(&format!("{OK}x: \0\r\n"), Some("2"), b"{}"), UNKNOWN),
        ("announced twice", bytes("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\n", Some("2"), b"{}"), BAD),
        ("packed, it says", bytes(packed, Some(&whole.len().to_string()), whole), UNKNOWN),
        ("packed many times over", Reply::Bomb, BAD),
        ("a body without end", Reply::Endless, BAD),
        ("an error without end", Reply::EndlessError(502), UNKNOWN),
    ]
}

/// In the answer: it is not what it should be, or says what cannot be.
fn answers(client: Client, place: &str) -> Vec<(&'static str, Reply, Class)> {
    let good = client.answer("{}", &client.figure(), place);
    let text = good.to_string();
    let field = client.field();
    let deep = text.replacen('{', &format!("{{\"deep\":{},", nested("[", "]")), 1);
    let twice = text.replacen('{', &format!("{{\"{field}\":{},", good[field]), 1);
    let broken = text.replace("\"{}\"", "\"@@\"").replace("aGVsbG8=", "@@").replace(place, "@@");
    let broken: Vec<u8> = broken.bytes().map(|byte| if byte == b'@' { 0xFF } else { byte }).collect();
    let plain =
        bytes("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n", Some(&text.len().to_string()), text.as_bytes());
    let with = |value: Value| {
        let mut answer = good.clone();
        answer[field] = value;
        data(&answer)
    };
    let words = "x ".repeat(100_000);
    let many = Value::Array(vec![json!({}); 100_000]);
    let nothing = Class::Fails(&["bad_reply", "cut_off"]);
    vec![
        ("nothing", body(b""), BAD),
        ("no content", Reply::Bytes(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()), BAD),
        ("null", body(b"null"), BAD),
        ("a list", body(b"[]"), BAD),
        ("a number", body(b"1e999"), BAD),
        ("a sentence", body(b"Sorry."), BAD),
        ("half of it", body(text.as_bytes().split_at(text.len() / 2).0), BAD),
        ("more after its end", body(format!("{text}{text}").as_bytes()), BAD),
        ("lists in lists", body(nested("[", "]").as_bytes()), BAD),
        ("objects in objects", body(nested("{\"a\":", "}").as_bytes()), BAD),
        ("lists in lists where nobody looks", body(deep.as_bytes()), Class::Answer),
        ("its first field twice", body(twice.as_bytes()), BAD),
        ("no text", body(&broken), BAD),
        ("of another kind", plain, Class::Answer),
        ("no answers", data(&client.empty()), BAD),
        ("its first field null", with(json!(null)), BAD),
        ("its first field a number", with(json!(7)), BAD),
        ("a hundred thousand empty answers", with(many), nothing),
        ("a long one", data(&client.answer(&words, &client.figure(), place)), Class::Answer),
        ("a page", Reply::page(200), PAGE),
        ("a page that says it is data", body(b"\xEF\xBB\xBF \n<!doctype html><title>Sign in</title>"), PAGE),
        ("a page with an error", Reply::page(502), UNKNOWN),
        ("a page and too many requests", Reply::page(429), Class::Fails(&["rate_limited"])),
        ("overloaded", Reply::Raw(529, vec![], "{}".to_owned()), Class::Fails(&["overloaded"])),
        ("another place", Reply::redirect(307, "http://127.0.0.1:1/"), Class::Fails(&["rejected"])),
        ("an error of nonsense", Reply::Raw(400, vec![], nested("[", "]")), Class::Fails(&["rejected"])),
    ]
}

/// In the figures: they say what cannot be. Whoever says nothing of its consumption cannot lie about it, and half a dollar
/// or none is a cost like another.
fn figures(client: Client) -> Vec<(&'static str, Reply, Class)> {
    if client == Client::Picture(Dialect::Bria) {
        return Vec::new();
    }
    let of_tokens = [("half a token", json!(0.5)), ("no tokens", json!(0))];
    let of_all = [
        ("below zero", json!(-7)),
        ("no number", json!("NaN")),
        ("beyond numbers", json!(1e300)),
        ("more than there are", json!(u64::MAX)),
        ("of nothing", json!(null)),
    ];
    let is_money = client == Client::Picture(Dialect::Runware);
    let all = of_all.into_iter().chain(of_tokens.into_iter().filter(|_| !is_money));
    all.map(|(name, figure)| (name, data(&client.answer("{}", &figure, "")), Class::Estimated)).collect()
}

/// Bytes that a client may take of what has no end, and what sockets on both sides hold.
const TAKEN_MAX: usize = 32 * 1024 * 1024;

async fn withstands(client: Client, bounds: Bounds, cases: impl Fn(Client, &str) -> Vec<(&'static str, Reply, Class)>) {
    let vendor = client.vendor();
    let cases = cases(client, &vendor.picture_at(b"hello"));
    for (name, reply, class) in cases {
        vendor.as_usual();
        let ended = client.ask(&vendor, reply, bounds).await;
        match (&ended, class) {
            (Ok(usage), Class::Answer) => {
                assert!(!usage.is_estimated, "{client:?}: {name}: {usage:?}");
                assert!(client.has_figures(usage), "{client:?}: {name}: {usage:?}");
            }
            (Ok(usage), Class::Estimated) => {
                let is_something = usage.tokens() > 0 || usage.images > 0;
                assert!(usage.is_estimated && is_something, "{client:?}: {name}: {usage:?}");
                assert_eq!(usage.stated_cost, None, "{client:?}: {name}: {usage:?}");
                assert!(usage.tokens() < 10_000, "{client:?}: {name}: a lie is not passed on: {usage:?}");
            }
            (Err(failed), Class::Fails(codes)) => {
                assert!(codes.contains(&failed.error.code()), "{client:?}: {name}: {failed:?}");
                assert_money(client, name, &failed.error);
            }
            _ => panic!("{client:?}: {name}: {ended:?} is not {class:?}"),
        }
    }
    assert!(vendor.taken() < TAKEN_MAX, "{client:?}: {} bytes were taken", vendor.taken());
    let after = client.ask(&vendor, Reply::Answer, Bounds::default()).await;
    assert!(after.is_ok(), "{client:?}: and goes on after all of it: {after:?}");
}

/// A failure that bears figures bears those that were said, and none that were not.
fn assert_money(client: Client, name: &str, error: &ProviderError) {
    if let ProviderError::BadReply { usage } | ProviderError::CutOff { usage } = error {
        let tokens = usage.tokens();
        assert!(tokens <= 14_000, "{client:?}: {name}: {usage:?}");
    }
}

#[tokio::test]
async fn no_silence_does_harm() {
    for client in Client::all() {
        withstands(client, impatient(), |_, _| silences()).await;
    }
}

#[tokio::test]
async fn no_connection_does_harm() {
    for client in Client::all() {
        withstands(client, frugal(), connections).await;
    }
}

#[tokio::test]
async fn no_answer_does_harm() {
    for client in Client::all() {
        withstands(client, frugal(), answers).await;
        withstands(client, frugal(), |client, _| figures(client)).await;
    }
}
