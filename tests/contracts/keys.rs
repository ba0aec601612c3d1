//! Vendors that remember by idempotency keys: what was answered under one is answered again, and a key that comes with
//! another body is refused. A second attempt at the same request is one to them; what is asked otherwise under the same
//! call, without a schema or for a whole answer, is another request.

use crate::dialects::{client_for, ended};
use crate::vendor::{call, image_request, text_request};
use igny8_core::live::Listener;
use igny8_core::port::models::{ProviderError, TextRequest};
use igny8_core::status::Dialect;
use igny8_providers::Bounds;
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{Reply, Seen, Stated, Terms, Vendor};
use serde_json::json;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn remembering(dialect: Dialect) -> Vendor {
    let terms = Terms { dialect, stated: Stated::InParts, keeps_keys: true, ..Terms::default() };
    Vendor::start_on(terms, Arc::new(BuiltinText::new()))
}

fn refusal(message: &str) -> Reply {
    let body = json!({ "error": { "message": message, "type": "invalid_request_error" } });
    Reply::Raw(400, vec![("content-type", "application/json".to_owned())], body.to_string())
}

fn keys(vendor: &Vendor) -> Vec<String> {
    vendor.seen().iter().map(|seen| seen.key().to_owned()).collect()
}

fn assert_one_call(seen: &[Seen]) {
    assert!(seen.iter().all(|seen| seen.call() == call().to_string()), "all of it is one call: {seen:?}");
}

#[tokio::test]
async fn what_is_asked_without_a_schema_is_another_request_of_the_same_call() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = remembering(dialect);
        let client = client_for(&vendor);
        let refused = ended(&*client, &vendor, refusal("`json_schema` is not supported")).await;
        assert_eq!(refused.unwrap_err().error, ProviderError::FormRefused, "{dialect}");
        let again = client.complete(&text_request()).await;
        assert_one_call(&vendor.seen());
        let keys = keys(&vendor);
        assert_ne!(keys[0], keys[1], "{dialect}: another body has another key");
        if dialect == Dialect::OpenAi {
            assert!(again.is_ok(), "so that it is answered: {again:?}");
            assert_eq!(vendor.bill().lines.len(), 1, "and billed once");
        }
    }
}

#[tokio::test]
async fn what_is_asked_for_whole_after_pieces_is_another_request_of_the_same_call() {
    let vendor = remembering(Dialect::OpenAi);
    let client = client_for(&vendor);
    vendor.then(refusal("Your organization must be verified to stream this model."));
    let request = TextRequest { listener: Some(Listener::new(|_| {})), ..text_request() };
    assert_eq!(client.complete(&request).await.unwrap_err().error, ProviderError::FormRefused);
    client.complete(&request).await.expect("a whole answer");
    assert_one_call(&vendor.seen());
    let keys = keys(&vendor);
    assert!(keys.len() == 2 && keys[0] != keys[1], "{keys:?}");
}

#[tokio::test]
async fn the_same_request_once_more_is_known_by_its_key_and_billed_once() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = remembering(dialect);
        let client = client_for(&vendor);
        let lost = ended(&*client, &vendor, Reply::Cut(0)).await;
        assert_eq!(lost.unwrap_err().error, ProviderError::Unknown, "{dialect}");
        // By a program that was started anew, which remembers nothing.
        let again = client_for(&vendor).complete(&text_request()).await.unwrap_or_else(|e| panic!("{dialect}: {e:?}"));
        assert!(!again.text.is_empty(), "{dialect}");
        let keys = keys(&vendor);
        assert!(keys.len() == 2 && keys[0] == keys[1], "{dialect}: the same body keeps its key: {keys:?}");
        assert_eq!(vendor.bill().lines.len(), 1, "{dialect}: what was answered is answered again");
    }
    let vendor = remembering(Dialect::OpenAi);
    let image = || crate::dialects::image_model(Dialect::OpenAi, &vendor.base_url(), None, Bounds::default());
    vendor.then(Reply::Cut(0));
    assert!(image().render(&image_request()).await.is_err());
    assert!(image().render(&image_request()).await.is_ok(), "of pictures too");
    assert_eq!(vendor.bill().lines.len(), 1);
}

/// Sends a body under a key and answers the status.
async fn status_of(vendor: &Vendor, key: &str, body: &str) -> u16 {
    let address = vendor.base_url().replace("http://", "").replace("/v1", "");
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /v1/chat/completions HTTP/1.1\r\nhost: {address}\r\nidempotency-key: {key}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[9..12]).parse().unwrap()
}

#[tokio::test]
async fn a_vendor_here_refuses_a_key_that_comes_with_another_body() {
    let vendor = remembering(Dialect::OpenAi);
    client_for(&vendor).complete(&text_request()).await.unwrap();
    let seen = vendor.seen().remove(0);
    assert_eq!(status_of(&vendor, seen.key(), "{\"model\":\"another\"}").await, 409);
    assert_eq!(status_of(&vendor, seen.key(), &seen.body.to_string()).await, 200);
    assert_eq!(vendor.bill().lines.len(), 1, "neither of them is worked on");
}
