//! The line to a site, and what happens on lines: answers that get lost or are cut, requests that come late, twice or
//! not at all, and a line that is down. The site lives behind it under the line's own address, and knows no other.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How much later a late answer comes: longer than a request takes, and no test waits for it.
const LATE: Duration = Duration::from_millis(300);
/// How much of an answer arrives that is cut.
const CUT_BYTES: usize = 200;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes through.
    Through,
    /// The site serves it, and nobody hears of it.
    AnswerLost,
    /// The site serves it, and only the beginning of its answer arrives.
    AnswerCut,
    /// The answer comes late.
    Late,
    /// The site gets it twice; the answer is the second one's.
    Twice,
    /// The site never gets it.
    Lost,
    /// A firewall in front of the site answers with a page that says no.
    Refused,
}

/// What a firewall says.
const REFUSAL: &str = "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n\
                       <html><h1>Forbidden</h1><p>Mod_Security</html>";

/// A request as it passes: its method, path and query.
#[derive(Clone, Debug)]
pub struct Passing {
    pub method: String,
    pub target: String,
    raw: Vec<u8>,
}

impl Passing {
    /// All of it, as it came over the line.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }
}

/// Decides what becomes of the n-th request.
type Decide = Box<dyn FnMut(usize, &Passing) -> Fate + Send>;

/// A request that came, and what became of it.
#[derive(Clone, Debug)]
pub struct Logged {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub fate: Fate,
}

struct State {
    log: Mutex<Vec<Logged>>,
    beyond: Mutex<Option<SocketAddr>>,
    decide: Mutex<Decide>,
    passed: AtomicUsize,
    is_down: AtomicBool,
}

/// A line; it ends with the value.
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
    listening: Option<JoinHandle<()>>,
}

impl Default for Line {
    fn default() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let address = listener.local_addr().expect("it has an address");
        let state = Arc::new(State {
            log: Mutex::default(),
            beyond: Mutex::new(None),
            decide: Mutex::new(Box::new(|_, _| Fate::Through)),
            passed: AtomicUsize::new(0),
            is_down: AtomicBool::new(false),
        });
        let listening = Some(listen(listener, &state));
        Self { address, state, listening }
    }
}

impl Line {
    /// Where the site is found, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads to this address from now on.
    pub fn lead_to(&self, beyond: SocketAddr) {
        *lock(&self.state.beyond) = Some(beyond);
    }

    /// Decides otherwise from now on, and counts from one again.
    pub fn decide(&self, decide: impl FnMut(usize, &Passing) -> Fate + Send + 'static) {
        self.state.passed.store(0, Ordering::SeqCst);
        *lock(&self.state.decide) = Box::new(decide);
    }

    /// How many requests came since it was last decided.
    pub fn passed(&self) -> usize {
        self.state.passed.load(Ordering::SeqCst)
    }

    /// Every request since the line was laid.
    pub fn log(&self) -> Vec<Logged> {
        lock(&self.state.log).clone()
    }

    /// Nobody listens any more: whoever calls is refused.
    pub fn go_down(&mut self) {
        self.state.is_down.store(true, Ordering::SeqCst);
        // Wakes whoever waits for a call.
        drop(TcpStream::connect(self.address));
        if let Some(listening) = self.listening.take() {
            listening.join().expect("it ends when told");
        }
    }

    /// It is back, at the same address.
    pub fn come_back(&mut self) {
        self.state.is_down.store(false, Ordering::SeqCst);
        let listener = TcpListener::bind(self.address).expect("the port is still ours");
        self.listening = Some(listen(listener, &self.state));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.listening.is_some() {
            self.go_down();
        }
    }
}

fn listen(listener: TcpListener, state: &Arc<State>) -> JoinHandle<()> {
    let state = Arc::clone(state);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            if state.is_down.load(Ordering::SeqCst) {
                return;
            }
            let state = Arc::clone(&state);
            // A caller that hangs up is what many tests are about.
            std::thread::spawn(move || drop(serve(stream, &state)));
        }
    })
}

fn serve(mut stream: TcpStream, state: &State) -> std::io::Result<()> {
    let Some(request) = read_request(&mut stream)? else { return Ok(()) };
    let nth = state.passed.fetch_add(1, Ordering::SeqCst) + 1;
    let fate = (lock(&state.decide))(nth, &request);
    lock(&state.log).push(Logged { method: request.method.clone(), target: request.target.clone(), fate });
    let Some(beyond) = *lock(&state.beyond) else { return Ok(()) };
    let answer = match fate {
        Fate::Lost => return Ok(()),
        Fate::Refused => {
            stream.write_all(REFUSAL.as_bytes())?;
            return stream.shutdown(Shutdown::Both);
        }
        Fate::Twice => {
            drop(ask(beyond, &request)?);
            ask(beyond, &request)?
        }
        Fate::Through | Fate::AnswerLost | Fate::AnswerCut | Fate::Late => ask(beyond, &request)?,
    };
    match fate {
        Fate::AnswerLost | Fate::Lost | Fate::Refused => {}
        Fate::AnswerCut => stream.write_all(answer.get(..CUT_BYTES).unwrap_or(&answer))?,
        Fate::Late => {
            std::thread::sleep(LATE);
            stream.write_all(&answer)?;
        }
        Fate::Through | Fate::Twice => stream.write_all(&answer)?,
    }
    stream.shutdown(Shutdown::Both)
}

/// Asks the site, which closes after each answer.
fn ask(beyond: SocketAddr, request: &Passing) -> std::io::Result<Vec<u8>> {
    let mut site = TcpStream::connect(beyond)?;
    site.write_all(&request.raw)?;
    let mut answer = Vec::new();
    site.read_to_end(&mut answer)?;
    Ok(answer)
}

/// One request to its end; none when the caller has hung up.
fn read_request(stream: &mut TcpStream) -> std::io::Result<Option<Passing>> {
    let (mut raw, mut piece) = (Vec::new(), [0_u8; 16 * 1024]);
    loop {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            return Ok(None);
        }
        raw.extend_from_slice(&piece[..read]);
        let Some(end) = raw.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&raw[..end]).into_owned();
        let lengths = head.lines().filter_map(|line| line.split_once(':'));
        let mut lengths = lengths.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let length = lengths.next().and_then(|(_, length)| length.trim().parse().ok()).unwrap_or(0);
        if raw.len() < end + 4 + length {
            continue;
        }
        let mut first = head.split(' ').map(str::to_owned);
        let (method, target) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
        return Ok(Some(Passing { method, target, raw }));
    }
}

/// A test that panicked while it held a lock leaves what is in it whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
