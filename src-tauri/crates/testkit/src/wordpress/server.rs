//! PHP's own web server over one site, as a process group that ends with the value, and also with the test when that
//! is killed: a shell in the group waits on a pipe whose other end only the test holds.

use super::tree;
use std::fs::File;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// Starts the server in the background, then ends the whole group when standard input does.
const SCRIPT: &str = "\"$@\" & cat >/dev/null; kill -KILL 0";

/// Ports tried: another program may take a free one before the server does.
const PORTS_MAX: usize = 3;

/// Questions asked until the server must have answered, and the wait between two: 20 seconds in all.
const QUESTIONS_MAX: usize = 400;
const QUESTION_GAP: Duration = Duration::from_millis(50);

/// Longest wait for one answer to the question.
const ANSWER_WAIT: Duration = Duration::from_secs(2);

/// A running server.
pub(super) struct Server {
    pub(super) origin: String,
    group: Child,
    log: PathBuf,
}

impl Server {
    /// Serves `root` with a site at `path` below it on a free port, once `configure` was told the origin, and waits until
    /// it answers.
    pub(super) fn start(root: &Path, path: &str, log: &Path, configure: impl Fn(&str)) -> Self {
        for _ in 0..PORTS_MAX {
            let address = free_address().unwrap_or_else(|error| panic!("no free port: {error}"));
            let origin = format!("http://{address}");
            configure(&origin);
            let token = root.display().to_string();
            let group =
                spawn(root, path, address, log, &token).unwrap_or_else(|error| panic!("no shell starts: {error}"));
            let server = Self { origin, group, log: log.to_owned() };
            if (0..QUESTIONS_MAX).any(|_| answers(address, &token)) {
                return server;
            }
        }
        panic!("PHP's server does not answer:\n{}", std::fs::read_to_string(log).unwrap_or_default());
    }

    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.group.stdin.take());
        // Nothing is left to do for a group that cannot be waited for.
        let _ = self.group.wait();
    }
}

fn spawn(root: &Path, path: &str, address: SocketAddr, log: &Path, token: &str) -> io::Result<Child> {
    let log = File::create(log)?;
    Command::new("sh")
        .args(["-c", SCRIPT, "sh", "php", "-q", "-d", "display_errors=0", "-d", "log_errors=1"])
        .args(["-d", "opcache.enable_cli=1", "-d", "opcache.revalidate_freq=0", "-S", &address.to_string(), "-t"])
        .arg(root)
        .arg(tree::scripts().join("router.php"))
        // WordPress asks itself now and then, which needs a second worker.
        .env("PHP_CLI_SERVER_WORKERS", "4")
        .env("SITE_TOKEN", token)
        .env("SITE_PATH", path)
        .stdin(Stdio::piped())
        .stdout(log.try_clone()?)
        .stderr(log)
        .process_group(0)
        .spawn()
}

fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

/// Whether this very server answers; if not, after a pause.
fn answers(address: SocketAddr, token: &str) -> bool {
    let answer = ask(address).unwrap_or_default();
    let ready = answer.ends_with(token);
    if !ready {
        thread::sleep(QUESTION_GAP);
    }
    ready
}

fn ask(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_WAIT)?;
    stream.set_read_timeout(Some(ANSWER_WAIT))?;
    stream.write_all(format!("GET /--ready HTTP/1.0\r\nHost: {address}\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
