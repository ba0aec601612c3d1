//! HTTP/1.1 by hand, because a library would not do what bad days do: cut an answer in its middle, reset a connection,
//! send a body without end.

use super::greeting::greeting;
use super::keys::Under;
use super::reply::Reply;
use super::work::{Made, Refusal, Wrapping, order_id, question, refusal, taken_on, told, work, wrap};
use super::{Desk, Seen, lock, pieces};
use flate2::Compression;
use flate2::write::GzEncoder;
use igny8_core::status::Dialect;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Largest request read: far more than any client of ours sends.
const REQUEST_BYTES_MAX: usize = 64 * 1024 * 1024;
/// What a small packed body unpacks to: more than a client takes whose bounds a test has drawn in.
const BOMB_BYTES: usize = 32 * 1024 * 1024;
/// A piece of an endless body.
const PIECE: [u8; 16 * 1024] = [b' '; 16 * 1024];
/// Between two drops: well below any silence a test allows.
const DRIP_GAP: Duration = Duration::from_millis(10);
/// Headers that carry a key, which nobody may send to where a picture is.
const KEYS: [&str; 2] = ["authorization", "api_token"];
/// Where pictures are that are given by their address.
const PICTURES: &str = "/pictures/";

/// Serves one connection until either side ends it.
pub(super) async fn serve(mut stream: TcpStream, desk: Arc<Desk>) {
    let mut rest = Vec::new();
    // A client that hangs up is what many tests are about.
    while let Ok(true) = exchange(&mut stream, &mut rest, &desk).await {}
}

/// One request and its reply; whether another may follow on the connection.
async fn exchange(stream: &mut TcpStream, rest: &mut Vec<u8>, desk: &Desk) -> io::Result<bool> {
    if rest.is_empty() && stream.peek(&mut [0]).await? == 0 {
        return Ok(false);
    }
    let (reply, is_scripted) = desk.next_reply();
    if matches!(reply, Reply::ResetUnread) {
        stream.set_zero_linger()?;
        return Ok(false);
    }
    let Some(seen) = read(stream, rest).await? else { return Ok(false) };
    let (asked_about, greeting) = (question(desk.terms.dialect, &seen), greeting(desk.terms.dialect, &seen));
    if is_scripted && greeting.is_none() && (seen.method == "GET" || asked_about.is_some()) {
        desk.put_back(reply.clone());
    }
    if seen.method == "GET" && asked_about.is_none() && greeting.is_none() {
        desk.fetched.fetch_add(1, Ordering::SeqCst);
        let scripted = lock(&desk.next_file).pop_front().filter(|reply| !matches!(reply, Reply::Answer));
        return match scripted {
            Some(reply) => act(stream, desk, &seen, reply).await,
            None => picture(stream, &seen).await,
        };
    }
    match (&asked_about, &greeting) {
        (None, None) => desk.arrive(&seen),
        (None, Some(_)) => lock(&desk.greetings).push(seen.clone()),
        (Some(_), _) => {}
    }
    let _at_work = desk.begin();
    let carries = |wanted: &str| {
        let mut headers = key_headers(desk.terms.dialect).iter();
        headers.any(|(name, before)| seen.headers.get(*name) == Some(&format!("{before}{wanted}")))
    };
    if desk.terms.key.as_deref().is_some_and(|wanted| !carries(wanted)) {
        return refuse(stream, desk, &seen, (401, "invalid_api_key")).await;
    }
    if let (Some(body), Reply::Answer) = (greeting, &reply) {
        let (body, headers) = (body.to_string(), [("content-type", "application/json".to_owned())]);
        send(stream, &head(200, &headers, body.len()), body.as_bytes()).await?;
        return Ok(true);
    }
    let Some(id) = asked_about else { return act(stream, desk, &seen, reply).await };
    lock(&desk.questions).push(seen.clone());
    match desk.next_told() {
        Reply::Answer => tell(stream, desk, &id).await,
        reply => act(stream, desk, &seen, reply).await,
    }
}

/// How far the work is that a question is about.
async fn tell(stream: &mut TcpStream, desk: &Desk, id: &str) -> io::Result<bool> {
    let known = lock(&desk.orders).ask(id);
    let (status, body) = told(desk.terms.dialect, id, known);
    let (body, headers) = (body.to_string(), [("content-type", "application/json".to_owned())]);
    send(stream, &head(status, &headers, body.len()), body.as_bytes()).await?;
    Ok(true)
}

async fn act(stream: &mut TcpStream, desk: &Desk, seen: &Seen, reply: Reply) -> io::Result<bool> {
    let known = if desk.terms.keeps_keys { lock(&desk.keys).take(seen) } else { Under::New };
    match known {
        Under::New => {}
        Under::Misused => return refuse(stream, desk, seen, (409, "idempotency_key_reused")).await,
        Under::Again(answer) => {
            stream.write_all(&answer).await?;
            desk.answer_sent(seen);
            return Ok(true);
        }
    }
    match reply {
        Reply::Raw(status, headers, body) => {
            send(stream, &head(status, &headers, body.len()), body.as_bytes()).await?;
            Ok(true)
        }
        Reply::Bytes(bytes) => {
            stream.write_all(&bytes).await?;
            Ok(false)
        }
        Reply::EndlessHead => endless_head(stream, desk).await,
        Reply::ResetUnread | Reply::ResetRead => {
            stream.set_zero_linger()?;
            Ok(false)
        }
        Reply::HangUp => Ok(false),
        Reply::Never => gone(stream, desk).await,
        Reply::Drip => drip(stream).await,
        Reply::Over(kind, text) => over(stream, desk, kind, text).await,
        Reply::Endless => endless(stream, desk, 200).await,
        Reply::EndlessError(status) => endless(stream, desk, status).await,
        Reply::Bomb => {
            let packed = bomb()?;
            let headers = [("content-type", "application/json".to_owned()), ("content-encoding", "gzip".to_owned())];
            send(stream, &head(200, &headers, packed.len()), &packed).await?;
            Ok(true)
        }
        Reply::When(let_go) => {
            let_go.notified().await;
            answer(stream, desk, seen, Reply::Answer).await
        }
        reply => answer(stream, desk, seen, reply).await,
    }
}

/// What is worked on, and billed, whatever becomes of the answer.
async fn answer(stream: &mut TcpStream, desk: &Desk, seen: &Seen, reply: Reply) -> io::Result<bool> {
    let mut made = match work(desk.terms.dialect, seen, desk.real.as_ref()).await {
        Ok(made) => made,
        Err(refused) => return refuse(stream, desk, seen, refused).await,
    };
    if let Reply::Reads(tokens) = &reply {
        made.consumed.prompt = *tokens;
    }
    let request = order_id(desk.terms.dialect, seen).unwrap_or_else(|| desk.number());
    if lock(&desk.orders).has(&request) {
        return refuse(stream, desk, seen, (400, "conflictTaskUUID")).await;
    }
    desk.charge(seen, &request, &made);
    let mut body = body(desk, seen, &mut made, &reply, &request);
    if let Some(taken_on) = taken_on(desk.terms.dialect, &request) {
        lock(&desk.orders).take_on(&request, body.clone());
        body = if desk.terms.is_prompt { body } else { taken_on };
    }
    let named = id_header(desk.terms.dialect).map(|name| (name, request));
    let in_pieces = pieces::are_asked_for(desk.terms.dialect, seen) && !matches!(reply, Reply::InOne);
    let whole = if in_pieces {
        let headers = [("content-type", pieces::content_type(desk.terms.dialect).to_owned())];
        let headers: Vec<_> = headers.into_iter().chain(named).collect();
        chunked(&headers, &pieces::of(desk.terms.dialect, &body, seen))
    } else {
        let body = body.to_string().into_bytes();
        let headers: Vec<_> = [("content-type", "application/json".to_owned())].into_iter().chain(named).collect();
        [head(200, &headers, body.len()), body].concat()
    };
    lock(&desk.keys).keep(seen, &whole);
    match reply {
        Reply::HalfUntil(let_go) => {
            let (first, second) = whole.split_at(whole.len() / 2);
            stream.write_all(first).await?;
            let_go.notified().await;
            stream.write_all(second).await?;
            desk.answer_sent(seen);
            Ok(true)
        }
        Reply::Cut(bytes) => {
            stream.write_all(whole.get(..bytes).unwrap_or(&whole)).await?;
            Ok(false)
        }
        Reply::Stall(bytes) => {
            stream.write_all(whole.get(..bytes).unwrap_or(&whole)).await?;
            gone(stream, desk).await
        }
        _ => {
            stream.write_all(&whole).await?;
            desk.answer_sent(seen);
            Ok(true)
        }
    }
}

fn body(desk: &Desk, seen: &Seen, made: &mut Made, reply: &Reply, request: &str) -> Value {
    let mut wrapping = Wrapping {
        stated: &desk.terms.stated,
        ends: Some(end(desk.terms.dialect)),
        declines: false,
        url: None,
        is_empty: false,
        request,
    };
    match reply {
        Reply::Stating(stated) => wrapping.stated = stated,
        Reply::Says(text) => made.bytes = text.clone().into_bytes(),
        Reply::Paints(file) => made.bytes = file.clone(),
        Reply::Ends(reason) => wrapping.ends = *reason,
        Reply::Declines => wrapping.declines = true,
        Reply::Empty => wrapping.is_empty = true,
        Reply::At(Some(url)) => wrapping.url = Some(url.clone()),
        Reply::At(None) => wrapping.url = Some(address_of(desk, &made.bytes)),
        Reply::AtNothing => wrapping.url = Some(format!("http://{}{PICTURES}missing", desk.address)),
        _ => {}
    }
    if desk.terms.dialect == Dialect::Bria && wrapping.url.is_none() {
        wrapping.url = Some(address_of(desk, &made.bytes));
    }
    wrap(desk.terms.dialect, made, &wrapping, (seen, &desk.terms.tariff))
}

/// Where a picture is, which is in its address.
pub(super) fn address_of(desk: &Desk, bytes: &[u8]) -> String {
    let name: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("http://{}{PICTURES}{name}", desk.address)
}

/// A picture by its address, which holds it: nothing needs to be remembered.
async fn picture(stream: &mut TcpStream, seen: &Seen) -> io::Result<bool> {
    let name = seen.path.strip_prefix(PICTURES).unwrap_or_default();
    let pairs = name.as_bytes().chunks_exact(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    match bytes.filter(|bytes| !bytes.is_empty() && KEYS.iter().all(|name| !seen.headers.contains_key(*name))) {
        Some(bytes) => {
            send(stream, &head(200, &[("content-type", "image/png".to_owned())], bytes.len()), &bytes).await?;
        }
        None => send(stream, &head(404, &[], 0), &[]).await?,
    }
    Ok(true)
}

async fn refuse(stream: &mut TcpStream, desk: &Desk, seen: &Seen, (status, code): Refusal) -> io::Result<bool> {
    let body = refusal(desk.terms.dialect, seen, (status, code)).to_string();
    let headers = [("content-type", "application/json".to_owned())];
    send(stream, &head(status, &headers, body.len()), body.as_bytes()).await?;
    Ok(true)
}

/// The headers that may carry the key, and what stands before it. Anthropic's interface names one and its own library
/// uses the other.
const fn key_headers(dialect: Dialect) -> &'static [(&'static str, &'static str)] {
    match dialect {
        Dialect::OpenAi | Dialect::Ollama | Dialect::Runware => &[("authorization", "Bearer ")],
        Dialect::Bria => &[("api_token", "")],
        Dialect::Anthropic => &[("x-api-key", ""), ("authorization", "Bearer ")],
        Dialect::Gemini => &[("x-goog-api-key", "")],
    }
}

/// The header that names the request, where there is one.
const fn id_header(dialect: Dialect) -> Option<&'static str> {
    match dialect {
        Dialect::OpenAi => Some("x-request-id"),
        Dialect::Anthropic => Some("request-id"),
        Dialect::Gemini | Dialect::Ollama | Dialect::Runware | Dialect::Bria => None,
    }
}

/// The word for an answer that is whole.
const fn end(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::OpenAi | Dialect::Ollama => "stop",
        Dialect::Anthropic => "end_turn",
        Dialect::Gemini => "STOP",
        // A picture does not end.
        Dialect::Runware | Dialect::Bria => "",
    }
}

/// The head of a body whose end is the connection's.
fn open_head(status: u16) -> Vec<u8> {
    format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{{").into_bytes()
}

async fn endless(stream: &mut TcpStream, desk: &Desk, status: u16) -> io::Result<bool> {
    stream.write_all(&open_head(status)).await?;
    loop {
        stream.write_all(&PIECE).await?;
        desk.taken.fetch_add(PIECE.len(), Ordering::SeqCst);
    }
}

/// Header lines without end.
async fn endless_head(stream: &mut TcpStream, desk: &Desk) -> io::Result<bool> {
    stream.write_all(b"HTTP/1.1 200 X\r\n").await?;
    for number in 0_u64.. {
        let line = format!("x-filler-{number}: {}\r\n", "a".repeat(1_024));
        stream.write_all(line.as_bytes()).await?;
        desk.taken.fetch_add(line.len(), Ordering::SeqCst);
    }
    Ok(false)
}

async fn drip(stream: &mut TcpStream) -> io::Result<bool> {
    stream.write_all(&open_head(200)).await?;
    loop {
        stream.write_all(b" ").await?;
        tokio::time::sleep(DRIP_GAP).await;
    }
}

/// Waits until the client hangs up.
async fn gone(stream: &mut TcpStream, desk: &Desk) -> io::Result<bool> {
    while stream.read(&mut [0; 1_024]).await.is_ok_and(|read| read > 0) {}
    desk.departed.notify_one();
    Ok(false)
}

/// A whole answer whose body comes in pieces, each by itself.
fn chunked(headers: &[(&str, String)], pieces: &[String]) -> Vec<u8> {
    let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let body: String = pieces.iter().map(|piece| format!("{:x}\r\n{piece}\r\n", piece.len())).collect();
    format!("HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n{more}\r\n{body}0\r\n\r\n").into_bytes()
}

/// A body of one text over and over.
async fn over(stream: &mut TcpStream, desk: &Desk, kind: &str, text: &str) -> io::Result<bool> {
    let head = format!("HTTP/1.1 200 X\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let piece = text.repeat(PIECE.len() / text.len().max(1) + 1);
    loop {
        stream.write_all(piece.as_bytes()).await?;
        desk.taken.fetch_add(piece.len(), Ordering::SeqCst);
    }
}

async fn send(stream: &mut TcpStream, head: &[u8], body: &[u8]) -> io::Result<()> {
    stream.write_all(&[head, body].concat()).await
}

fn head(status: u16, headers: &[(&str, String)], length: usize) -> Vec<u8> {
    let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{more}\r\n").into_bytes()
}

/// Blanks, packed. It unpacks piece by piece for whoever reads it so.
fn bomb() -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..BOMB_BYTES / PIECE.len() {
        packer.write_all(&PIECE)?;
    }
    packer.finish()
}

/// Reads one request; what came behind it stays in `rest`. `None` when the client hung up before its end.
async fn read(stream: &mut TcpStream, rest: &mut Vec<u8>) -> io::Result<Option<Seen>> {
    loop {
        if let Some((seen, used)) = parse(rest) {
            rest.drain(..used);
            return Ok(Some(seen));
        }
        let mut piece = vec![0; PIECE.len()];
        let read = stream.read(&mut piece).await?;
        if read == 0 || rest.len() > REQUEST_BYTES_MAX {
            return Ok(None);
        }
        rest.extend(piece.into_iter().take(read));
    }
}

/// A whole request at the beginning of `raw`, and how long it is.
fn parse(raw: &[u8]) -> Option<(Seen, usize)> {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(raw.get(..end)?).into_owned();
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length: usize = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let used = end + 4 + length;
    let body = serde_json::from_slice(raw.get(end + 4..used)?).unwrap_or(Value::Null);
    Some((Seen { method, path, headers, body }, used))
}
