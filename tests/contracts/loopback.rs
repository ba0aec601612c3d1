//! A server on loopback that does what real ones do on bad days, and remembers what it was asked.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub authorization: Option<String>,
    raw: Vec<u8>,
}

/// What the server does with a request.
pub enum Reply {
    /// Sends this and closes.
    Send(Vec<u8>),
    /// Sends this, then nothing more, and keeps the connection open.
    SendAndStall(Vec<u8>),
    /// Sends this, then this over and over, as fast as it is taken.
    Endless(Vec<u8>, Vec<u8>),
    /// Sends this, then one more of these bytes every few milliseconds.
    Drip(Vec<u8>, u8),
    /// Passes the request on to `host:port`, waits for the whole answer and throws it away.
    ForwardAndLose(String),
}

/// Between two drops: well below any silence a test allows.
const DRIP_GAP_MS: u64 = 10;

/// A running server; it ends with the value.
pub struct Loopback {
    /// Where it answers, without a slash at the end.
    pub base_url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Loopback {
    /// Answers every request by `answer`.
    pub async fn start(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&seen), Arc::new(answer));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &log, answer.as_ref()).await });
            }
        });
        Self { base_url, seen, task }
    }

    /// The address its REST interface would have.
    pub fn api_url(&self) -> String {
        format!("{}/wp-json/", self.base_url)
    }

    /// Every request so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A complete answer with a content type and further header lines.
pub fn answer(status: u16, content_type: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let more: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n{more}\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// A complete answer with data.
pub fn json(status: u16, body: &str) -> Reply {
    Reply::Send(answer(status, "application/json; charset=UTF-8", &[], body))
}

/// A complete answer with a page.
pub fn html(status: u16, body: &str) -> Reply {
    Reply::Send(answer(status, "text/html; charset=UTF-8", &[], body))
}

async fn serve(mut stream: TcpStream, log: &Mutex<Vec<Seen>>, answer: &(impl Fn(&Seen) -> Reply + Sync)) {
    let Some(request) = read_request(&mut stream).await else {
        return;
    };
    log.lock().unwrap().push(request.clone());
    // A client that hangs up is what many of these tests are about.
    let _ = reply(&mut stream, answer(&request), &request).await;
}

async fn reply(stream: &mut TcpStream, reply: Reply, request: &Seen) -> std::io::Result<()> {
    match reply {
        Reply::Send(bytes) => {
            stream.write_all(&bytes).await?;
            stream.shutdown().await
        }
        Reply::SendAndStall(bytes) => {
            stream.write_all(&bytes).await?;
            std::future::pending().await
        }
        Reply::Endless(head, piece) => {
            stream.write_all(&head).await?;
            loop {
                stream.write_all(&piece).await?;
            }
        }
        Reply::Drip(head, byte) => {
            stream.write_all(&head).await?;
            loop {
                stream.write_all(&[byte]).await?;
                tokio::time::sleep(std::time::Duration::from_millis(DRIP_GAP_MS)).await;
            }
        }
        Reply::ForwardAndLose(address) => {
            let mut beyond = TcpStream::connect(address).await?;
            beyond.write_all(&request.raw).await?;
            let mut lost = Vec::new();
            beyond.read_to_end(&mut lost).await?;
            Ok(())
        }
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<Seen> {
    let mut raw = Vec::new();
    let mut piece = [0_u8; 16 * 1024];
    loop {
        let read = stream.read(&mut piece).await.ok().filter(|read| *read > 0)?;
        raw.extend_from_slice(&piece[..read]);
        let Some(end) = raw.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&raw[..end]).into_owned();
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(':'));
            lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned()).next()
        };
        let length = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if raw.len() < end + 4 + length {
            continue;
        }
        let mut first = head.split(' ').map(str::to_owned);
        let (method, target) = (first.next()?, first.next()?);
        return Some(Seen { method, target, authorization: header("authorization"), raw });
    }
}
