//! Servers that are not there, slow, silent, endless or cut off: every wait ends, and a request that was sent is never
//! taken for one that was not.

use crate::loopback::{Loopback, Reply};
use crate::site::{client_with, draft};
use igny8_core::port::{Destination, SiteError};
use igny8_wordpress::Options;
use std::process::Command;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Short waits, so that a test of waiting takes no time; the total is well above the others, so that each of them ends
/// its own phase.
fn impatient() -> Options {
    Options {
        connect: Duration::from_millis(300),
        first_byte: Duration::from_millis(300),
        idle: Duration::from_millis(300),
        total: Duration::from_millis(1500),
        ..frugal()
    }
}

/// Small answers, waited for as long as the product waits.
fn frugal() -> Options {
    Options { body_bytes_max: 64 * 1024, ..Options::default() }
}

/// How a create ends at a server that does this, which would not end by itself.
async fn create_at(reply: impl Fn() -> Reply + Send + Sync + 'static) -> SiteError {
    create_with(reply, impatient()).await
}

async fn create_with(reply: impl Fn() -> Reply + Send + Sync + 'static, options: Options) -> SiteError {
    let server = Loopback::start(move |_| reply()).await;
    let site = client_with(&server.api_url(), "ann", "pass word", options);
    let error = site.create_draft(&draft("slow-k3f9")).await.unwrap_err();
    assert_eq!(server.seen().len(), 1, "a create is never sent twice");
    error
}

const HEAD: &[u8] = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n";

fn head(more: &str) -> Vec<u8> {
    [HEAD, more.as_bytes(), b"\r\n"].concat()
}

#[tokio::test]
async fn where_nothing_listens_nothing_was_sent() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for api_url in [format!("http://{free}/wp-json/"), "https://name.invalid/wp-json/".to_owned()] {
        let site = client_with(&api_url, "ann", "pass", impatient());
        let error = site.create_draft(&draft("x")).await.unwrap_err();
        assert_eq!(error, SiteError::Unreachable, "{api_url}");
        assert!(!error.may_have_happened());
    }
}

#[tokio::test]
async fn a_server_without_encryption_is_not_trusted_and_a_silent_one_not_waited_for() {
    let cases =
        [("HTTP/1.1 400 Bad Request\r\n\r\n", SiteError::Tls, frugal()), ("", SiteError::Unreachable, impatient())];
    for (says, expected, options) in cases {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api_url = format!("https://{}/wp-json/", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut hello = [0_u8; 512];
            let _ = stream.read(&mut hello).await;
            stream.write_all(says.as_bytes()).await.unwrap();
            std::future::pending::<()>().await;
        });
        let site = client_with(&api_url, "ann", "pass", options);
        assert_eq!(site.create_draft(&draft("x")).await.unwrap_err(), expected);
        server.abort();
    }
}

#[tokio::test]
async fn silence_in_any_phase_ends_and_leaves_the_outcome_open() {
    assert_eq!(create_at(|| Reply::SendAndStall(Vec::new())).await, SiteError::Unknown, "no answer at all");
    assert_eq!(create_at(|| Reply::SendAndStall(HEAD.to_vec())).await, SiteError::Unknown, "half the headers");
    assert_eq!(create_at(|| Reply::Drip(HEAD.to_vec(), b'x')).await, SiteError::Unknown, "a header without end");
    let stalled = || Reply::SendAndStall([head("Content-Length: 99\r\n"), b"{\"id\":".to_vec()].concat());
    assert_eq!(create_at(stalled).await, SiteError::Unknown, "half a body");
    let dripping = || Reply::Drip(head("Content-Length: 60000\r\n"), b' ');
    assert_eq!(create_at(dripping).await, SiteError::Unknown, "a body that comes by the byte");
}

#[tokio::test]
async fn a_cut_answer_leaves_the_outcome_open() {
    assert_eq!(create_with(|| Reply::Send(Vec::new()), frugal()).await, SiteError::Unknown, "hung up");
    assert_eq!(create_with(|| Reply::Send(HEAD.to_vec()), frugal()).await, SiteError::Unknown, "cut in the headers");
    let cut = || Reply::Send([head("Content-Length: 99\r\n"), b"{\"id\":1".to_vec()].concat());
    assert_eq!(create_with(cut, frugal()).await, SiteError::Unknown, "cut in the body");
    let chunked = || Reply::Send([head("Transfer-Encoding: chunked\r\n"), b"7\r\n{\"id\":1\r\n".to_vec()].concat());
    assert_eq!(create_with(chunked, frugal()).await, SiteError::Unknown, "cut between chunks");
    let unmeasured = || Reply::Send([head("Connection: close\r\n"), b"{\"id\":1".to_vec()].concat());
    assert!(create_with(unmeasured, frugal()).await.may_have_happened(), "cut without a length to notice it by");
}

#[tokio::test]
async fn an_endless_answer_is_stopped_at_the_cap() {
    let endless = || Reply::Endless(head("Connection: close\r\n"), vec![b' '; 4096]);
    assert_eq!(create_with(endless, frugal()).await, SiteError::BadReply);
    // A megabyte of one letter in a kilobyte: the cap counts what comes out.
    let packed = Command::new("php").args(["-r", "echo gzencode(str_repeat('x', 1 << 20));"]).output().unwrap().stdout;
    assert!(!packed.is_empty() && packed.len() < frugal().body_bytes_max, "{}", packed.len());
    let length = format!("Content-Encoding: gzip\r\nContent-Length: {}\r\n", packed.len());
    let bomb = move || Reply::Send([head(&length), packed.clone()].concat());
    assert_eq!(create_with(bomb, frugal()).await, SiteError::BadReply);
}
