//! Hostile answers, every one of them to every client: nothing panics, everything ends, each is of its class, what is
//! known to have been consumed is billed, and no answer takes more memory than it may. A client of texts that listens is one of
//! its own: it reads the same by other ways.

use crate::clients::Client;
use crate::vendor::{frugal, impatient};
use igny8_core::port::models::ProviderError;
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use igny8_providers::Bounds;
use igny8_testkit::vendor::Reply;
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;
use tokio::time::timeout;

/// What a hostile answer may come to.
#[derive(Clone, Copy, Debug)]
enum Class {
    /// An answer all the same, with what it consumed as said.
    Answer,
    /// An answer all the same, with what it consumed counted here.
    Estimated,
    /// An answer all the same: figures that no program can hold are the most that it can, or are marked as unreadable, for
    /// the booking to doubt and to tell; who does not bear them at all counts here.
    BeyondRange,
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
    // A line with nothing in it is one of which the end has not come.
    let empty = if client == Client::Heard(Dialect::Ollama) { Class::Fails(&["cut_off"]) } else { BAD };
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
        ("announced twice", bytes("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\n", Some("2"), b"{}"), empty),
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
    // What comes line by line is read field by field.
    let is_by_lines = client == Client::Heard(Dialect::Ollama);
    let said = |status, error: Value| Reply::Raw(status, vec![], json!({ "error": error }).to_string());
    let xai =
        json!({ "code": "Some resource has been exhausted", "error": "Your team has used all available credits." });
    let speaks_so = client.dialect() == Dialect::OpenAi;
    let refused = Class::Fails(if speaks_so { &["content_refused"] } else { &["model_not_allowed"] });
    let spent = Class::Fails(if speaks_so { &["quota"] } else { &["rate_limited"] });
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
        ("its first field twice", body(twice.as_bytes()), if is_by_lines { Class::Answer } else { BAD }),
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
        (
            "a moderator before the model",
            said(403, json!({ "code": 403, "metadata": { "flagged_input": "x" } })),
            refused,
        ),
        ("an account without money, in words", said(429, json!({ "message": "Insufficient Balance" })), spent),
        ("a spending limit in words outside", Reply::Raw(429, vec![], xai.to_string()), spent),
        ("an error of nonsense", Reply::Raw(400, vec![], nested("[", "]")), Class::Fails(&["rejected"])),
    ]
}

/// Figures that are numbers, and larger than any that is held here.
const BEYOND_RANGE: &[&str] = &["beyond numbers", "more than there are"];

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
    let whole = [("whole, with a point", json!(7_000.0), Class::Answer)];
    let whole = whole
        .into_iter()
        .filter(|_| !is_money)
        .map(|(name, figure, class)| (name, data(&client.answer("{}", &figure, "")), class));
    let all = of_all.into_iter().chain(of_tokens.into_iter().filter(|_| !is_money));
    let class = |name| if BEYOND_RANGE.contains(&name) { Class::BeyondRange } else { Class::Estimated };
    all.map(|(name, figure)| (name, data(&client.answer("{}", &figure, "")), class(name))).chain(whole).collect()
}

/// The longest that anything may last within bounds: every wait to its end, of the answer and of each try at a picture that
/// lies elsewhere, and some seconds for a machine with much to do.
fn longest(bounds: &Bounds) -> Duration {
    const TRIES: u32 = 3;
    let once = bounds.connect + 2 * bounds.first_byte + bounds.total + bounds.work;
    TRIES * once + Duration::from_secs(15)
}

/// Bytes that a client may take of what has no end, and what sockets on both sides hold.
const TAKEN_MAX: usize = 32 * 1024 * 1024;

async fn withstands(client: Client, bounds: Bounds, cases: impl Fn(Client, &str) -> Vec<(&'static str, Reply, Class)>) {
    let vendor = client.vendor();
    let cases = cases(client, &vendor.picture_at(b"hello"));
    for (name, reply, class) in cases {
        vendor.as_usual();
        let told = client.told(&reply);
        let asked = timeout(longest(&bounds), client.ask(&vendor, reply, bounds)).await;
        let ended = asked.unwrap_or_else(|_| panic!("{client:?}: {name}: it outlasts every bound"));
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
            (Ok(usage), Class::BeyondRange) => {
                let is_bounded =
                    [usage.input_tokens, usage.output_tokens, usage.image_output_tokens].contains(&u32::MAX);
                assert!(usage.is_estimated || usage.is_cost_unreadable || is_bounded, "{client:?}: {name}: {usage:?}");
                assert_eq!(usage.stated_cost, None, "{client:?}: {name}: {usage:?}");
            }
            (Err(failed), Class::Fails(codes)) => {
                assert!(codes.contains(&failed.error.code()), "{client:?}: {name}: {failed:?}");
                assert_money(client, name, told, &failed.error);
            }
            _ => panic!("{client:?}: {name}: {ended:?} is not {class:?}"),
        }
    }
    assert!(vendor.taken() < TAKEN_MAX, "{client:?}: {} bytes were taken", vendor.taken());
    let after = client.ask(&vendor, Reply::Answer, Bounds::default()).await;
    assert!(after.is_ok(), "{client:?}: and goes on after all of it: {after:?}");
}

/// Whether a reply says what was used, in the figures that are believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    /// Where anybody can read it.
    Plainly,
    /// Somewhere in what is spoilt.
    Somewhere,
    /// Nowhere.
    Nowhere,
}

/// What was plainly said to have been used is what is booked, whatever else is wrong, and nothing that was not said is given
/// out as measured: where nothing is said nothing is known, or it is counted here and marked.
fn assert_money(client: Client, name: &str, told: Told, error: &ProviderError) {
    let (ProviderError::BadReply { usage }
    | ProviderError::CutOff { usage }
    | ProviderError::PromptCut { usage }
    | ProviderError::ContentRefused { usage }) = error
    else {
        return;
    };
    let is_as_said = client.has_figures(usage) && !usage.is_estimated;
    let is_flat = client == Client::Picture(Dialect::Bria) && usage.images == 1;
    let is_ours = *usage == Usage::default() || usage.is_estimated || is_flat;
    let is_right = match told {
        // Of words in a picture's place no price is known, and what they cost is an estimate.
        Told::Plainly => client.has_figures(usage) && (!usage.is_estimated || matches!(client, Client::Picture(_))),
        Told::Somewhere => is_as_said || is_ours,
        Told::Nowhere => is_ours,
    };
    assert!(is_right && usage.tokens() <= 14_000, "{client:?}: {name}: it was told {told:?}: {usage:?}");
}

impl Client {
    /// Where a reply says what was used.
    fn told(self, reply: &Reply) -> Told {
        let good = self.answer("{}", &self.figure(), "");
        let places = ["/usage", "/usageMetadata", "/prompt_eval_count", "/data/0/cost"];
        let figures: Vec<_> = places.into_iter().filter_map(|place| Some((place, good.pointer(place)?))).collect();
        let (head, body) = match reply {
            Reply::Bytes(bytes) => {
                let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
                (String::from_utf8_lossy(&bytes[..end]).into_owned(), bytes[end..].to_vec())
            }
            Reply::Raw(_, _, body) => (String::new(), body.clone().into_bytes()),
            _ => return Told::Nowhere,
        };
        let text = String::from_utf8_lossy(&body).replace('\n', "");
        if figures.is_empty() || !figures.iter().all(|(_, figure)| text.contains(&figure.to_string())) {
            return Told::Nowhere;
        }
        let is_whole = head.contains(&format!("content-length: {}\r\n", body.len())) && !head.contains("gzip");
        let json = serde_json::from_slice::<Value>(&body).ok().filter(|_| is_whole);
        let is_there = |body: &Value| figures.iter().all(|(place, figure)| body.pointer(place) == Some(figure));
        // What a task cost stands within it, and is lost where the list of tasks is none.
        let is_of_tasks = self == Client::Picture(Dialect::Runware);
        if !is_of_tasks && json.is_some_and(|body| is_there(&body)) { Told::Plainly } else { Told::Somewhere }
    }
}

/// Most bytes by which the process may grow for an answer of at most one megabyte: the answer, what it is unpacked and read
/// into, and what the vendor beside it packs. Unpacked to its end the bomb has four times as many.
const GROWN_MAX: usize = 8 * 1024 * 1024;
/// Says that a process is alone with what it measures.
const ALONE: &str = "IGNY8_ALONE";

/// The most bytes that this process has had in memory at once.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("a process can read of itself");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak is told");
    let kilobytes: usize = line.trim().trim_end_matches("kB").trim().parse().expect("in kilobytes");
    kilobytes * 1024
}

async fn grown_by_a_bomb(client: Client, bounds: Bounds) -> usize {
    let vendor = client.vendor();
    // What only the first answer takes.
    let _ = client.ask(&vendor, Reply::Answer, bounds).await;
    let before = peak();
    let failed = client.ask(&vendor, Reply::Bomb, bounds).await.unwrap_err();
    assert_eq!(failed.error.code(), "bad_reply", "{client:?}");
    peak() - before
}

#[tokio::test]
async fn what_is_packed_many_times_over_is_unpacked_no_further_than_an_answer_may_be_long() {
    const NAME: &str = "hostile::what_is_packed_many_times_over_is_unpacked_no_further_than_an_answer_may_be_long";
    if std::env::var_os(ALONE).is_none() {
        let test = std::env::current_exe().expect("this program");
        let alone = Command::new(test).args([NAME, "--exact"]).env(ALONE, "1").output().expect("it runs");
        let told = String::from_utf8_lossy(&alone.stdout).into_owned() + &String::from_utf8_lossy(&alone.stderr);
        assert!(alone.status.success() && told.contains("1 passed"), "{told}");
        return;
    }
    for client in Client::all() {
        let grown = grown_by_a_bomb(client, frugal()).await;
        assert!(grown < GROWN_MAX, "{client:?}: {grown} bytes");
    }
    let roomy = Bounds { text_bytes_max: 32 * 1024 * 1024, ..frugal() };
    let grown = grown_by_a_bomb(Client::Text(Dialect::OpenAi), roomy).await;
    assert!(grown > GROWN_MAX, "the measure sees an answer that is unpacked: {grown} bytes");
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

/// An answer as its pieces are sent.
fn in_pieces(client: Client, tokens: &Value) -> Vec<String> {
    let whole = client.answer("{}", tokens, "");
    let events = match client.dialect() {
        Dialect::OpenAi => vec![
            json!({ "choices": [{ "index": 0, "delta": { "content": "{}" } }] }),
            json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }], "usage": whole["usage"] }),
        ],
        Dialect::Anthropic => vec![
            json!({ "type": "message_start", "message": { "usage": { "input_tokens": tokens, "output_tokens": 1 } } }),
            json!({ "type": "content_block_delta", "delta": { "type": "text_delta", "text": "{}" } }),
            json!({ "type": "message_delta", "delta": { "stop_reason": "end_turn" }, "usage": whole["usage"] }),
            json!({ "type": "message_stop" }),
        ],
        _ => vec![whole],
    };
    let framed = |event: Value| match client.dialect() {
        Dialect::Ollama => format!("{event}\n"),
        _ => format!("data: {event}\n\n"),
    };
    events.into_iter().map(framed).collect()
}

/// In the pieces: one of them is not what it should be, or they say what cannot be.
fn pieces(client: Client) -> Vec<(&'static str, Reply, Class)> {
    let Client::Heard(dialect) = client else { return Vec::new() };
    let kind = if dialect == Dialect::Ollama { "application/x-ndjson" } else { "text/event-stream" };
    let reply = |body: String| Reply::Raw(200, vec![("content-type", kind.to_owned())], body);
    let good = in_pieces(client, &client.figure()).concat();
    let framed =
        |event: &str| if dialect == Dialect::Ollama { format!("{event}\n") } else { format!("data: {event}\n\n") };
    let of = |tokens: Value| reply(in_pieces(client, &tokens).concat());
    let before = |event: &str| reply(framed(event) + &good);
    let nothing = Class::Fails(&["bad_reply", "cut_off"]);
    vec![
        ("all of it", reply(good.clone()), Class::Answer),
        ("whole, with a point", of(json!(7_000.0)), Class::Answer),
        ("half a token", of(json!(0.5)), Class::Estimated),
        ("below zero", of(json!(-7)), Class::Estimated),
        ("of nothing", of(json!(null)), Class::Estimated),
        ("beyond numbers", of(json!(1e300)), Class::BeyondRange),
        ("more than there are", of(json!(u64::MAX)), Class::BeyondRange),
        ("behind a mark", reply(format!("\u{feff}{good}")), Class::Answer),
        ("with other ends of lines", reply(good.replace('\n', "\r\n")), Class::Answer),
        ("a list before it", before("[]"), nothing),
        ("a number before it", before("1e999"), nothing),
        ("nonsense before it", before("{\"cho"), nothing),
        ("lists in lists before it", before(&nested("[", "]")), nothing),
        ("half of it", reply(good.chars().take(good.len() / 2).collect()), nothing),
        ("nothing but its end", reply("data: [DONE]\n\n".to_owned()), BAD),
        ("a hundred thousand empty pieces", reply(framed("{}").repeat(100_000)), nothing),
    ]
}

#[tokio::test]
async fn no_piece_does_harm() {
    for client in Client::all() {
        withstands(client, frugal(), |client, _| pieces(client)).await;
    }
}
