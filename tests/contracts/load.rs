//! How much a site is asked at a time, and how much at once: counted where the requests arrive.

use crate::loopback::{Loopback, json};
use crate::site::client;
use igny8_core::port::Destination;
use igny8_core::port::SiteError;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Whoever has to do with one site at the same time: deliveries, looks, proofs.
const ERRANDS: usize = 6;
/// How often the others are let go on before a request is answered: often enough for all of them to be sent.
const TURNS: usize = 200;

/// Answers each request once two are under way or none is to come, and counts how many were at most.
async fn count_in_flight(listener: TcpListener, most: Arc<AtomicUsize>) {
    let (in_flight, arrived) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    while let Ok((mut stream, _)) = listener.accept().await {
        let (in_flight, arrived, most) = (in_flight.clone(), arrived.clone(), most.clone());
        tokio::spawn(async move {
            let mut piece = [0_u8; 4096];
            let _ = stream.read(&mut piece).await;
            most.fetch_max(in_flight.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            arrived.fetch_add(1, Ordering::SeqCst);
            while in_flight.load(Ordering::SeqCst) < 2 && arrived.load(Ordering::SeqCst) < ERRANDS {
                tokio::task::yield_now().await;
            }
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
            in_flight.fetch_sub(1, Ordering::SeqCst);
            let body = r#"{"id":12,"status":"draft","slug":"x","title":{"raw":"t"},"content":{"raw":""}}"#;
            let head = format!(
                "HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes()).await;
        });
    }
}

#[tokio::test]
async fn a_site_is_asked_two_things_at_a_time_whoever_asks() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api_url = format!("http://{}/wp-json/", listener.local_addr().unwrap());
    let most = Arc::new(AtomicUsize::new(0));
    let server = tokio::spawn(count_in_flight(listener, most.clone()));
    // Each opens a connection of its own, as each delivery does.
    let errands = (0..ERRANDS).map(|_| client(&api_url, "ann", "pass"));
    let asked = errands.map(|site| async move { site.read_post("12", false).await });
    let answered = asked.collect::<tokio::task::JoinSet<_>>().join_all().await;
    assert!(answered.iter().all(Result::is_ok), "{answered:?}");
    assert_eq!(most.load(Ordering::SeqCst), 2);
    server.abort();
}

/// So many posts with a long text.
fn posts(from: usize, count: usize, text: &str) -> String {
    let all: Vec<String> = (from..from + count)
        .map(|id| {
            format!(
                r#"{{"id":{},"status":"publish","slug":"p{id}","link":"","title":{{"raw":"t"}},"content":{{"raw":"{text}"}}}}"#,
                id + 1
            )
        })
        .collect();
    format!("[{}]", all.join(","))
}

fn asked(target: &str, name: &str) -> usize {
    let value = target.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)).unwrap();
    value.trim_start_matches('=').parse().unwrap()
}

#[tokio::test]
async fn a_page_of_posts_that_is_too_long_for_an_answer_is_read_in_halves() {
    // Seven of them are more than an answer may have.
    let text = "tea ".repeat(320 * 1024);
    let server = Loopback::start(move |seen| {
        let (offset, count) = (asked(&seen.target, "offset"), asked(&seen.target, "per_page"));
        json(200, &posts(offset, count.min(30_usize.saturating_sub(offset)), &text))
    })
    .await;
    let site = client(&server.api_url(), "ann", "pass");
    let first = site.list_posts(false, 1).await.unwrap();
    let ids = |from: usize, until: usize| (from..=until).map(|id| id.to_string()).collect::<Vec<_>>();
    let read = |page: &igny8_core::port::destination::PostPage| {
        page.posts.iter().map(|post| post.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!((read(&first), first.has_more), (ids(1, 25), true), "each once, in their order");
    let second = site.list_posts(false, 2).await.unwrap();
    assert_eq!((read(&second), second.has_more), (ids(26, 30), false));

    let broken = Loopback::start(|_| json(200, "[")).await;
    let site = client(&broken.api_url(), "ann", "pass");
    assert_eq!(site.list_posts(false, 1).await.unwrap_err(), SiteError::BadReply);
    assert!(broken.seen().len() <= 6, "who answers nothing of use is not asked for each post: {}", broken.seen().len());
}

#[tokio::test]
async fn a_site_that_breaks_over_a_read_says_nothing_against_an_article() {
    let reply = r#"{"code":"internal_server_error","message":"Critical error.","data":{"status":500}}"#;
    let server = Loopback::start(move |_| json(500, reply)).await;
    let site = client(&server.api_url(), "ann", "pass");
    let error = site.read_post("12", false).await.unwrap_err();
    assert!(matches!(error.failing(), igny8_core::outbox::Failing::Down { may_be_the_article: false }), "{error:?}");
}
