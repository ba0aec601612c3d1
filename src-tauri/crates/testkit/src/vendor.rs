//! A vendor of models on loopback, over a real socket: it speaks one dialect, answers properly unless it is told
//! otherwise, remembers what it was asked, and keeps its own bill, so that a test can hold our books against somebody
//! else's. It runs on a thread of its own, where a child process reaches it as well as the test does, and a test's
//! paused clock does not stop it.

mod anthropic;
mod bill;
mod bria;
mod gemini;
mod greeting;
mod keys;
mod ollama;
mod openai;
mod orders;
mod pieces;
mod reply;
mod runware;
mod wire;
mod work;

use crate::vendor::bill::Ledger;
use crate::vendor::keys::Keys;
use crate::vendor::orders::Orders;
use igny8_core::function::AiFunction;
use igny8_core::port::TextModel;
use igny8_core::status::Dialect;
use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

pub use bill::{Bill, Billed, Consumed, OfPictures, Tariff};
pub use reply::{Kind, Reply, Stated};
pub use runware::AIR;

/// The name of its text model.
pub const TEXT_MODEL: &str = "writer-1";
/// The name of its image model.
pub const IMAGE_MODEL: &str = "painter-1";

/// On what terms it answers.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The language it speaks.
    pub dialect: Dialect,
    /// The key it demands; absent for one that takes everybody.
    pub key: Option<String>,
    /// What it bills.
    pub tariff: Tariff,
    /// What a proper answer says of its consumption.
    pub stated: Stated,
    /// Work that others ask about is answered at once, whole.
    pub is_prompt: bool,
    /// What was answered under an idempotency key is answered again, and the key is refused for anything else.
    pub keeps_keys: bool,
}

impl Default for Terms {
    /// OpenAI's language, to everybody.
    fn default() -> Self {
        let (tariff, stated) = (Tariff::default(), Stated::default());
        Self { dialect: Dialect::OpenAi, key: None, tariff, stated, is_prompt: false, keeps_keys: false }
    }
}

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// `POST` or `GET`.
    pub method: String,
    /// Path below its address, such as `/v1/chat/completions`.
    pub path: String,
    /// Header names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body as JSON; null when it is none.
    pub body: serde_json::Value,
}

impl Seen {
    /// The call's id as the client gave it; empty when it did not.
    #[must_use]
    pub fn call(&self) -> &str {
        self.headers.get("x-client-request-id").map_or("", String::as_str)
    }

    /// What tells a second attempt at it from a second wish; empty when the client gave nothing.
    #[must_use]
    pub fn key(&self) -> &str {
        self.headers.get("idempotency-key").map_or("", String::as_str)
    }
}

/// A running vendor; it ends with the value.
pub struct Vendor {
    address: SocketAddr,
    desk: Arc<Desk>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

/// What its connections share.
struct Desk {
    address: SocketAddr,
    terms: Terms,
    /// Answers text properly.
    real: Arc<dyn TextModel>,
    next: Mutex<VecDeque<Reply>>,
    /// The same of questions about work.
    next_told: Mutex<VecDeque<Reply>>,
    /// The same of pictures that are fetched.
    next_file: Mutex<VecDeque<Reply>>,
    fetched: AtomicUsize,
    otherwise: Mutex<Reply>,
    seen: Mutex<Vec<Seen>>,
    questions: Mutex<Vec<Seen>>,
    greetings: Mutex<Vec<Seen>>,
    orders: Mutex<Orders>,
    keys: Mutex<Keys>,
    ledger: Mutex<Ledger>,
    arrived: Notify,
    departed: Notify,
    at_work: AtomicUsize,
    most_at_work: AtomicUsize,
    taken: AtomicUsize,
    numbered: AtomicUsize,
    answered: Mutex<Vec<String>>,
}

impl Vendor {
    /// A vendor that takes everybody and bills by the ordinary tariff. `real` answers what is asked properly.
    #[must_use]
    pub fn start(real: Arc<dyn TextModel>) -> Self {
        Self::start_on(Terms::default(), real)
    }

    /// A vendor with terms of its own.
    #[must_use]
    pub fn start_on(terms: Terms, real: Arc<dyn TextModel>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap_or_else(|e| panic!("no free port: {e}"));
        listener.set_nonblocking(true).unwrap_or_else(|e| panic!("a socket cannot be set up: {e}"));
        let address = listener.local_addr().unwrap_or_else(|e| panic!("a socket has no address: {e}"));
        let desk = Arc::new(Desk {
            address,
            terms,
            real,
            next: Mutex::default(),
            next_told: Mutex::default(),
            next_file: Mutex::default(),
            fetched: AtomicUsize::new(0),
            otherwise: Mutex::new(Reply::Answer),
            seen: Mutex::default(),
            questions: Mutex::default(),
            greetings: Mutex::default(),
            orders: Mutex::default(),
            keys: Mutex::default(),
            ledger: Mutex::default(),
            arrived: Notify::new(),
            departed: Notify::new(),
            at_work: AtomicUsize::new(0),
            most_at_work: AtomicUsize::new(0),
            taken: AtomicUsize::new(0),
            numbered: AtomicUsize::new(0),
            answered: Mutex::default(),
        });
        let (stop, stopped) = watch::channel(false);
        let at_desk = Arc::clone(&desk);
        let thread = std::thread::spawn(move || open(listener, at_desk, stopped));
        Self { address, desk, stop, thread: Some(thread) }
    }

    /// Where it answers, as a person would type it.
    #[must_use]
    pub fn base_url(&self) -> String {
        match self.desk.terms.dialect {
            Dialect::OpenAi | Dialect::Runware => format!("http://{}/v1", self.address),
            Dialect::Bria => format!("http://{}/v2", self.address),
            Dialect::Anthropic | Dialect::Gemini | Dialect::Ollama => format!("http://{}", self.address),
        }
    }

    /// Where it has a picture of these bytes.
    #[must_use]
    pub fn picture_at(&self, bytes: &[u8]) -> String {
        wire::address_of(&self.desk, bytes)
    }

    /// The language it speaks.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.desk.terms.dialect
    }

    /// Which function a request was for.
    #[must_use]
    pub fn function(&self, seen: &Seen) -> Option<AiFunction> {
        work::function(self.desk.terms.dialect, seen)
    }

    /// Says how the next request goes that nothing was said about.
    pub fn then(&self, reply: Reply) {
        lock(&self.desk.next).push_back(reply);
    }

    /// Says how the next question about work goes that nothing was said about.
    pub fn then_tells(&self, reply: Reply) {
        lock(&self.desk.next_told).push_back(reply);
    }

    /// Says how the next picture goes that is fetched from its address: [`Reply::Answer`], or anything that is not made.
    pub fn then_sends(&self, reply: Reply) {
        lock(&self.desk.next_file).push_back(reply);
    }

    /// How often a picture was fetched by its address.
    #[must_use]
    pub fn fetched(&self) -> usize {
        self.desk.fetched.load(Ordering::SeqCst)
    }

    /// Takes back what [`Vendor::then`] and its like said about requests that did not come.
    pub fn as_usual(&self) {
        lock(&self.desk.next).clear();
        lock(&self.desk.next_file).clear();
        lock(&self.desk.next_told).clear();
    }

    /// Says how every request goes that [`Vendor::then`] says nothing about.
    pub fn from_now_on(&self, reply: Reply) {
        *lock(&self.desk.otherwise) = reply;
    }

    /// Every request that was read, oldest first.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.desk.seen).clone()
    }

    /// Every question about work that was read, oldest first. They are no requests, and cost nothing.
    #[must_use]
    pub fn questions(&self) -> Vec<Seen> {
        lock(&self.desk.questions).clone()
    }

    /// Every question that is for nothing, such as for its list of models, oldest first.
    #[must_use]
    pub fn greetings(&self) -> Vec<Seen> {
        lock(&self.desk.greetings).clone()
    }

    /// What it has billed.
    #[must_use]
    pub fn bill(&self) -> Bill {
        lock(&self.desk.ledger).bill()
    }

    /// Calls whose answer was sent to its last byte, oldest first.
    #[must_use]
    pub fn answered(&self) -> Vec<String> {
        lock(&self.desk.answered).clone()
    }

    /// Forgets what it was asked, what it answered and what it billed, so that a test looks at its own calls only.
    pub fn forget(&self) {
        lock(&self.desk.seen).clear();
        lock(&self.desk.questions).clear();
        lock(&self.desk.greetings).clear();
        lock(&self.desk.answered).clear();
        *lock(&self.desk.ledger) = Ledger::default();
    }

    /// Waits until a request was read since the last wait.
    pub async fn arrival(&self) {
        self.desk.arrived.notified().await;
    }

    /// Waits until a client hung up on a request that was not answered.
    pub async fn departure(&self) {
        self.desk.departed.notified().await;
    }

    /// Bytes of bodies without end that were taken by clients or are on their way to them.
    #[must_use]
    pub fn taken(&self) -> usize {
        self.desk.taken.load(Ordering::SeqCst)
    }

    /// The most requests that were under way at once.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.desk.most_at_work.load(Ordering::SeqCst)
    }
}

impl Drop for Vendor {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        // A thread that panicked has said so already.
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

/// The thread's whole life.
fn open(listener: std::net::TcpListener, desk: Arc<Desk>, mut stopped: watch::Receiver<bool>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("no runtime: {error}"));
    runtime.block_on(async move {
        let listener = TcpListener::from_std(listener).unwrap_or_else(|error| panic!("no listener: {error}"));
        loop {
            tokio::select! {
                _ = stopped.changed() => return,
                accepted = listener.accept() => {
                    if let Ok((stream, _)) = accepted {
                        tokio::spawn(wire::serve(stream, Arc::clone(&desk)));
                    }
                }
            }
        }
    });
    // Connections that a client keeps open are not waited for.
    runtime.shutdown_background();
}

impl Desk {
    /// How the next request goes, and whether the test has spoken of just that one.
    fn next_reply(&self) -> (Reply, bool) {
        match lock(&self.next).pop_front() {
            Some(scripted) => (scripted, true),
            None => (lock(&self.otherwise).clone(), false),
        }
    }

    fn arrive(&self, seen: &Seen) {
        lock(&self.seen).push(seen.clone());
        self.arrived.notify_one();
    }

    fn begin(&self) -> AtWork<'_> {
        let now = self.at_work.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_work.fetch_max(now, Ordering::SeqCst);
        AtWork(self)
    }

    /// A new id for a request, which its answer bears and the bill names.
    fn number(&self) -> String {
        format!("req_{}", self.numbered.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn answer_sent(&self, seen: &Seen) {
        lock(&self.answered).push(seen.call().to_owned());
    }

    fn charge(&self, seen: &Seen, request: &str, made: &work::Made) {
        lock(&self.ledger).add(seen.call(), request, (made.kind, made.consumed), &self.terms.tariff);
    }

    /// Says how a request goes that was none of those the test has spoken of.
    fn put_back(&self, reply: Reply) {
        lock(&self.next).push_front(reply);
    }

    fn next_told(&self) -> Reply {
        lock(&self.next_told).pop_front().unwrap_or(Reply::Answer)
    }
}

/// A request under way.
struct AtWork<'a>(&'a Desk);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.at_work.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A test that panicked while it held the lock leaves the values whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
