//! One HTTP exchange with a vendor, with every bound kept: time to connect, to the first byte, between two pieces and in
//! all, and how many bytes an answer may have. It tells a request that never left from one whose answer was lost, which
//! is the difference between sending again for nothing and paying twice. It knows no vendor and never sends twice.

use crate::address::VendorAddress;
use crate::figures::from_json;
use crate::public::PublicOnly;
use crate::stream::{self, Intake, Length};
use crate::waits;
use igny8_core::hangup::Hangup;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Client, ClientBuilder, Request, Response, redirect, retry};
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;
use tokio::time::timeout;

/// What we call ourselves.
const USER_AGENT: &str = concat!("Igny8/", env!("CARGO_PKG_VERSION"));
/// How long an unused connection is kept. Common servers close theirs after five seconds, and a request that meets the
/// closing ends unclear.
const POOL_IDLE: Duration = Duration::from_secs(4);
/// What is read of an answer that is no success: its codes stand at the beginning.
const REFUSAL_BYTES_MAX: usize = 64 * 1024;
/// The status of too many requests.
const TOO_MANY: u16 = 429;
/// What some servers put before a text of theirs.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Where vendors say their id of a request.
const REQUEST_ID_HEADERS: [&str; 2] = ["x-request-id", "request-id"];
/// Longest id of a request that is kept; those of vendors have about 40 characters.
const REQUEST_ID_CHARS_MAX: usize = 200;

/// Bounds of every exchange with a vendor.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Longest time to look up the name, connect and agree on encryption.
    pub connect: Duration,
    /// Longest time from there until an answer begins. An answer begins when the model has finished.
    pub first_byte: Duration,
    /// Longest silence inside an answer.
    pub idle: Duration,
    /// Longest time for an answer from its beginning to its end.
    pub total: Duration,
    /// Longest text answer after decompression, in bytes.
    pub text_bytes_max: usize,
    /// Longest answer with a picture in it after decompression, in bytes.
    pub image_bytes_max: usize,
    /// Time before work is asked after that a vendor does in its own time, which grows from one question to the next.
    pub poll: Duration,
    /// Longest time that such work is waited for.
    pub work: Duration,
}

impl Default for Bounds {
    /// Ten minutes for the model, as vendors' own clients wait; pictures alone may take four. A text has room for the
    /// longest answer that is read at all, escaped; a picture for the largest that is kept, in base 64.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(600),
            idle: Duration::from_secs(60),
            total: Duration::from_secs(120),
            text_bytes_max: 16 * 1024 * 1024,
            image_bytes_max: 64 * 1024 * 1024,
            poll: Duration::from_secs(1),
            work: Duration::from_secs(600),
        }
    }
}

/// Why there is no complete answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Nothing was sent.
    NotSent,
    /// Sent, and then nothing that says how it ended.
    Lost {
        /// The vendor's own id of the request, where the answer's head still came.
        request_id: Option<String>,
        /// What of an answer in pieces had come.
        written: String,
    },
}

impl Failure {
    /// Lost before a word of the vendor came.
    const SILENT: Self = Self::Lost { request_id: None, written: String::new() };

    /// What is logged of it, which is nothing of the answer.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::NotSent => "not sent",
            Self::Lost { .. } => "lost",
        }
    }

    /// The same without a text that nobody may read.
    pub(crate) fn without(self, secret: &str) -> Self {
        match self {
            Self::Lost { request_id, written } => Self::Lost {
                request_id: request_id.filter(|id| !id.contains(secret)),
                written: stream::without(&written, secret),
            },
            Self::NotSent => Self::NotSent,
        }
    }
}

/// Status, headers and a body that was read to its end, or to the most that is read.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
    /// The body went on beyond the most that is read.
    pub(crate) is_overlong: bool,
}

/// A success, as far as an error in it is looked for.
#[derive(Deserialize)]
struct Wrapped {
    error: Option<WrappedError>,
}

/// As an object with a code, or in words alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrappedError {
    Coded { code: Option<Value> },
    Words(String),
}

/// An error inside a success.
pub(crate) struct Inside {
    /// The status that it says it has.
    pub(crate) status: Option<u16>,
}

/// A client could not be made: no cryptography is installed, or the system's certificates cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("encrypted connections cannot be made")]
pub struct NoEncryption;

/// What one kind of client has beside the shared settings.
type Settings = fn(ClientBuilder) -> ClientBuilder;

/// A client for one vendor. No proxy stands between us and a server on this machine.
pub(crate) fn client(address: &VendorAddress, bounds: &Bounds) -> Result<Client, NoEncryption> {
    client_with(bounds, if address.is_loopback() { ClientBuilder::no_proxy } else { |builder| builder })
}

/// A client for places that only an answer names.
pub(crate) fn public_client(bounds: &Bounds) -> Result<Client, NoEncryption> {
    client_with(bounds, |builder| builder.dns_resolver(PublicOnly))
}

fn client_with(bounds: &Bounds, with: Settings) -> Result<Client, NoEncryption> {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        return Err(NoEncryption);
    }
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(bounds.connect)
        .pool_idle_timeout(POOL_IDLE)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false);
    with(builder).build().map_err(|_| NoEncryption)
}

/// Sends once and reads the answer, of which a success may have `body_bytes_max` bytes after decompression. Once nobody waits
/// for it any more it is lost, as far as it has not come.
pub(crate) async fn exchange(
    client: &Client,
    request: Request,
    bounds: &Bounds,
    body_bytes_max: usize,
    hangup: &Hangup,
) -> Result<Exchange, Failure> {
    let response = answer_to(client, request, bounds, hangup).await?;
    let request_id = request_id(response.headers());
    let whole = or_left(hangup, timeout(bounds.total, read(response, bounds.idle, body_bytes_max))).await;
    whole.and_then(Result::ok).flatten().ok_or(Failure::Lost { request_id, written: String::new() })
}

/// What comes of a wait; nothing once nobody waits any more.
async fn or_left<T>(hangup: &Hangup, wait: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        come = wait => Some(come),
        () = hangup.came() => None,
    }
}

/// The same for an answer that may come in pieces. One that does begins when its model does, and has until its end the time
/// that one which comes whole has for its beginning and its end together.
pub(crate) async fn streamed(
    client: &Client,
    request: Request,
    bounds: &Bounds,
    (body_bytes_max, mut intake): (usize, Intake<'_>),
    hangup: &Hangup,
) -> Result<Exchange, Failure> {
    let response = answer_to(client, request, bounds, hangup).await?;
    let request_id = request_id(response.headers());
    if !response.status().is_success() {
        let whole = or_left(hangup, timeout(bounds.total, read(response, bounds.idle, body_bytes_max))).await;
        return whole.and_then(Result::ok).flatten().ok_or(Failure::Lost { request_id, written: String::new() });
    }
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let total = bounds.first_byte.saturating_add(bounds.total);
    let read = or_left(hangup, timeout(total, stream::read(response, bounds, body_bytes_max, &mut intake))).await;
    match read.and_then(Result::ok).flatten() {
        Some(Length::Whole) => Ok(Exchange { status, headers, body: intake.into_body(), is_overlong: false }),
        Some(Length::Over) => Ok(Exchange { status, headers, body: Vec::new(), is_overlong: true }),
        None => Err(Failure::Lost { request_id, written: intake.written().to_owned() }),
    }
}

/// The head of the answer.
async fn answer_to(client: &Client, request: Request, bounds: &Bounds, hangup: &Hangup) -> Result<Response, Failure> {
    // Connecting has its own end, which must come first: only it proves that nothing was sent.
    let until_answer = bounds.connect.saturating_add(bounds.first_byte);
    let answer = or_left(hangup, timeout(until_answer, client.execute(request))).await;
    let response = answer.and_then(Result::ok).ok_or(Failure::SILENT)?;
    response.map_err(|error| not_answered(&error))
}

/// The whole answer; nothing when it breaks off.
async fn read(mut response: Response, idle: Duration, body_bytes_max: usize) -> Option<Exchange> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let most = if (200..300).contains(&status) { body_bytes_max } else { REFUSAL_BYTES_MAX };
    let mut body = Vec::new();
    loop {
        let piece = timeout(idle, response.chunk()).await.ok()?;
        let Some(piece) = piece.ok()? else {
            return Some(Exchange { status, headers, body, is_overlong: false });
        };
        let room = most.saturating_sub(body.len());
        body.extend(piece.iter().take(room));
        if piece.len() > room {
            return Some(Exchange { status, headers, body, is_overlong: true });
        }
    }
}

/// What it means that no response came: a connection that was never made carried nothing; anything later may have.
fn not_answered(error: &reqwest::Error) -> Failure {
    if error.is_connect() || error.is_builder() { Failure::NotSent } else { Failure::SILENT }
}

impl Exchange {
    /// The same without a text that nobody may read: stars in the body, and no header that has it.
    pub(crate) fn without(mut self, secret: &str) -> Self {
        for form in [secret.to_owned(), secret.replace('/', "\\/")] {
            star_out(&mut self.body, form.as_bytes());
        }
        self.without_headers(secret)
    }

    /// As [`Exchange::without`], of a key that is short enough to stand in an answer by chance: an answer that was paid for
    /// stays as it is. Of a refusal, which somebody reads in an error, stars take its place where it is a word of its own and
    /// no name of a field.
    pub(crate) fn without_word(mut self, secret: &str) -> Self {
        if secret.is_empty() || (self.is_success() && self.error_inside().is_none()) {
            return self;
        }
        let places: Vec<usize> =
            find(&self.body, secret.as_bytes()).filter(|place| is_word(&self.body, *place, secret.len())).collect();
        for place in places {
            if let Some(found) = self.body.get_mut(place..place.saturating_add(secret.len())) {
                found.fill(b'*');
            }
        }
        self.without_headers(secret)
    }

    fn without_headers(mut self, secret: &str) -> Self {
        let has_it = |value: &HeaderValue| find(value.as_bytes(), secret.as_bytes()).next().is_some();
        let told: Vec<HeaderName> =
            self.headers.iter().filter(|(_, value)| has_it(value)).map(|(name, _)| name.clone()).collect();
        for name in told {
            self.headers.remove(name);
        }
        self
    }

    /// Whether it is a success.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON, or nothing when it is not.
    pub(crate) fn json(&self) -> Option<Value> {
        from_json(&self.body).ok()
    }

    /// The body as it came.
    pub(crate) fn into_body(self) -> Vec<u8> {
        self.body
    }

    /// Where it says that the thing is.
    pub(crate) fn location(&self) -> Option<&str> {
        self.text(LOCATION.as_str())
    }

    /// Whether the body is a web page: something in front of the vendor answered.
    pub(crate) fn is_page(&self) -> bool {
        let said = self.text(CONTENT_TYPE.as_str()).is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        let body = self.body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.body);
        said || body.trim_ascii_start().first() == Some(&b'<')
    }

    /// The vendor's own id of the request.
    pub(crate) fn request_id(&self) -> Option<String> {
        request_id(&self.headers)
    }

    /// Whether the vendor itself says that the same request may be sent again.
    pub(crate) fn should_retry(&self) -> Option<bool> {
        self.text("x-should-retry").and_then(|word| word.trim().parse().ok())
    }

    /// The error that came inside a success.
    pub(crate) fn error_inside(&self) -> Option<Inside> {
        let body: Wrapped = from_json(&self.body).ok()?;
        let code = match body.error? {
            WrappedError::Coded { code } => code,
            WrappedError::Words(words) if words.is_empty() => return None,
            WrappedError::Words(_) => None,
        };
        let status = code.and_then(|code| u16::try_from(code.as_u64()?).ok());
        Some(Inside { status: status.filter(|status| (400..600).contains(status)) })
    }

    /// How long the vendor asks to wait, in milliseconds.
    pub(crate) fn retry_after_ms(&self) -> Option<u64> {
        let exhausted = || (self.status == TOO_MANY).then(|| waits::until_reset_ms(&self.headers)).flatten();
        waits::asked_ms(&self.headers).or_else(exhausted)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Where a text stands in another.
fn find<'a>(text: &'a [u8], part: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    text.windows(part.len().max(1)).enumerate().filter(move |(_, window)| *window == part).map(|(place, _)| place)
}

/// Whether what stands in a text is a word of its own, and no name of a field.
fn is_word(text: &[u8], place: usize, length: usize) -> bool {
    let is_letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let behind = text.get(place.saturating_add(length)..).unwrap_or_default();
    let before = place.checked_sub(1).and_then(|at| text.get(at));
    let is_field = behind.strip_prefix(b"\"").is_some_and(|rest| rest.trim_ascii_start().first() == Some(&b':'));
    !is_letter(before) && !is_letter(behind.first()) && !is_field
}

/// Puts stars where a text stands, so that what is around it can still be read.
fn star_out(text: &mut [u8], part: &[u8]) {
    let places: Vec<usize> = find(text, part).collect();
    for place in places {
        if let Some(found) = text.get_mut(place..place.saturating_add(part.len())) {
            found.fill(b'*');
        }
    }
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    let said = REQUEST_ID_HEADERS.iter().find_map(|name| headers.get(*name));
    let id = said?.to_str().ok()?.trim();
    is_request_id(id).then(|| id.to_owned())
}

/// Whether a text can be a vendor's id of a request.
pub(crate) fn is_request_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= REQUEST_ID_CHARS_MAX && id.bytes().all(|b| b.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(headers: &[(&'static str, &'static str)], body: &[u8]) -> Exchange {
        let headers =
            headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        Exchange { status: 429, headers: headers.collect(), body: body.to_vec(), is_overlong: false }
    }

    #[test]
    fn what_an_answer_repeats_of_the_key_is_taken_out() {
        let body = br#"{"error":{"message":"Bad key sk/4142434445.","code":"sk\/4142434445"},"n":"sk/414243444"}"#;
        let told = exchange(&[("x-request-id", "sk/4142434445"), ("retry-after", "3")], body).without("sk/4142434445");
        assert_eq!((told.request_id(), told.retry_after_ms()), (None, Some(3_000)));
        let text = String::from_utf8(told.into_body()).unwrap();
        assert_eq!(
            text, r#"{"error":{"message":"Bad key *************.","code":"**************"},"n":"sk/414243444"}"#,
            "and nothing else"
        );
        let lost = |written: &str| Failure::Lost {
            request_id: Some("req-sk/4142434445".to_owned()),
            written: written.to_owned(),
        };
        assert_eq!(lost("").without("sk/4142434445"), Failure::SILENT);
        let half = Failure::Lost { request_id: None, written: "It is ".to_owned() };
        assert_eq!(lost("It is sk/414").without("sk/4142434445"), half, "nor its beginning");
    }

    #[test]
    fn a_short_key_is_taken_out_of_refusals_and_never_out_of_what_was_paid_for() {
        let said = br#"{"error":{"message":"tea is a wrong key: 'tea'. Teas, steamed tea_x.","code":"tea"},"tea":1}"#;
        let told = exchange(&[("x-request-id", "req-tea")], said).without_word("tea");
        assert_eq!(told.request_id(), None);
        let text = String::from_utf8(told.into_body()).unwrap();
        assert_eq!(
            text, r#"{"error":{"message":"*** is a wrong key: '***'. Teas, steamed tea_x.","code":"***"},"tea":1}"#,
            "a word of its own, and no field"
        );
        let paid = Exchange { status: 200, ..exchange(&[], br#"{"text":"How to brew tea"}"#) };
        assert_eq!(paid.without_word("tea").into_body(), br#"{"text":"How to brew tea"}"#);
        let late = Exchange { status: 200, ..exchange(&[], br#"{"error":{"code":500,"message":"tea"}}"#) };
        assert_eq!(late.without_word("tea").into_body(), br#"{"error":{"code":500,"message":"***"}}"#);
        let none = exchange(&[], b"nothing is taken out").without_word("");
        assert_eq!(none.into_body(), b"nothing is taken out");
    }

    #[test]
    fn an_id_is_kept_only_when_it_can_be_one() {
        assert_eq!(exchange(&[("x-request-id", "req_8f2a")], b"").request_id().as_deref(), Some("req_8f2a"));
        assert_eq!(exchange(&[("x-request-id", "two words")], b"").request_id(), None);
        assert_eq!(exchange(&[], b"").request_id(), None);
    }

    #[test]
    fn a_page_is_told_by_what_it_says_or_how_it_begins() {
        assert!(exchange(&[("content-type", "text/HTML; charset=utf-8")], b"Bad gateway").is_page());
        assert!(exchange(&[], b"\n <!doctype html>").is_page());
        assert!(!exchange(&[("content-type", "application/json")], b"{}").is_page());
    }
}
