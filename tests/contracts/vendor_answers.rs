//! What leaves for a vendor and what comes back when all goes well; where the key goes, and where it does not.

use crate::vendor::{SECRET, both, call, client, client_at, image_request, text_request, vendor, vendor_on};
use igny8_core::function::output::{ClusterOutput, read};
use igny8_core::port::models::{ImageModel, ProviderError, TextModel};
use igny8_core::port::vault::SecretName;
use igny8_core::port::{Vault, VaultError};
use igny8_providers::Bounds;
use igny8_testkit::vault::RememberedVault;
use igny8_testkit::vendor::{Reply, Terms};
use std::net::TcpListener;
use std::sync::Arc;

#[tokio::test]
async fn a_text_leaves_as_documented_and_its_answer_is_read() {
    let vendor = vendor();
    let client = client(&vendor);
    let request = text_request();
    let answer = client.complete(&request).await.unwrap();
    let clusters = read::<ClusterOutput>(&answer.text).unwrap().clusters;
    assert!(!clusters.is_empty(), "the typed input came back out of the prompt: {}", answer.text);
    let billed = vendor.bill().lines.remove(0).request;
    assert_eq!(answer.provider_request_id, Some(billed), "the vendor's id of the request is kept");

    let seen = vendor.seen().remove(0);
    assert_eq!((seen.method.as_str(), seen.path.as_str()), ("POST", "/v1/chat/completions"));
    assert_eq!(seen.headers.get("x-client-request-id"), Some(&call().to_string()), "by which its log is searched");
    let key = seen.key();
    assert!(!key.is_empty() && key != seen.call(), "and a key of the call's body: {key}");
    assert_eq!(seen.headers.get("authorization"), None, "no key, no header");
    let body = &seen.body;
    let told = body["messages"][0]["content"].as_str().unwrap();
    let more = told.strip_prefix(&request.system_prompt).expect("the instructions, and behind them the schema");
    assert!(more.contains("\"keyword_ids\": [integer, ...]"), "for a server that passes its field over: {more}");
    assert_eq!(body["messages"][1]["content"], request.user_prompt);
    assert_eq!(body["response_format"]["json_schema"]["name"], "auto_cluster");
    assert_eq!(body["response_format"]["json_schema"]["strict"], true);
    assert_eq!(body["max_tokens"], 4_000, "a limit every compatible server knows");
    let mut names: Vec<&String> = body.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["max_tokens", "messages", "model", "response_format"], "and nothing else");
}

#[tokio::test]
async fn the_estimate_covers_what_the_vendor_counts() {
    let vendor = vendor();
    let client = client(&vendor);
    let answer = client.complete(&text_request()).await.unwrap();
    let estimate = client.count_input_tokens(&text_request());
    assert!(u64::from(estimate) >= answer.usage.tokens_in(), "{estimate} for {:?}", answer.usage);
    assert!(u64::from(estimate) < 4 * answer.usage.tokens_in(), "and is no fantasy: {estimate}");
}

#[tokio::test]
async fn a_picture_comes_in_the_answer_or_by_its_address() {
    let vendor = vendor();
    let client = client(&vendor);
    for (reply, requests) in [(Reply::Answer, 1), (Reply::At(None), 1)] {
        vendor.forget();
        vendor.then(reply.clone());
        let answer = client.render(&image_request()).await.unwrap();
        assert!(answer.bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{reply:?}: a file");
        assert_eq!(answer.usage.images, 1, "{reply:?}");
        let seen = vendor.seen();
        assert_eq!(seen.len(), requests, "{reply:?}: asked for once");
        assert_eq!(seen[0].path, "/v1/images/generations");
        assert_eq!(seen[0].call(), call().to_string(), "{reply:?}");
        assert_eq!(seen[0].body["size"], "1536x1024", "{reply:?}: the nearest size every model takes");
        assert_eq!(seen[0].body.get("response_format"), None, "{reply:?}: newer models refuse the word");
    }
}

#[tokio::test]
async fn the_key_is_asked_of_the_vault_for_every_call_and_goes_to_the_vendor_alone() {
    let vendor = vendor_on(Terms { key: Some("sk-canary-41".to_owned()), ..Terms::default() });
    let vault = Arc::new(RememberedVault::with(SECRET, "sk-canary-41"));
    let client = client_at(&vendor.base_url(), Some(SECRET), Arc::clone(&vault), Bounds::default());
    let (text, image) = both(&client, &vendor, &Reply::At(None)).await;
    assert!(text.is_ok() && image.is_ok(), "{text:?} {image:?}: and a picture is fetched without the key");

    let name = SecretName(SECRET.to_owned());
    vault.set(&name, "sk-other".to_owned().into()).await.unwrap();
    let (text, image) = both(&client, &vendor, &Reply::Answer).await;
    assert_eq!(
        (text.unwrap_err().error, image.unwrap_err().error),
        (ProviderError::Auth, ProviderError::Auth),
        "a changed key"
    );

    vendor.forget();
    vault.set(&name, "two\nlines".to_owned().into()).await.unwrap();
    assert_eq!(
        client.complete(&text_request()).await.unwrap_err().error,
        ProviderError::Auth,
        "a key no header can carry"
    );
    vault.forget(&name).await.unwrap();
    for failure in [None, Some(VaultError::Locked), Some(VaultError::TimedOut)] {
        failure.into_iter().for_each(|failure| vault.fail(failure));
        let error = client.complete(&text_request()).await.unwrap_err().error;
        assert_eq!(error, ProviderError::NoKey, "no key to be had, which says nothing of it: {failure:?}");
    }
    assert!(vendor.seen().is_empty(), "without its key nothing is sent");
}

#[tokio::test]
async fn a_picture_is_fetched_from_the_vendor_or_a_public_place_only() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let vendor = vendor();
    let client = client(&vendor);
    let local = format!("http://{}/a.png", elsewhere.local_addr().unwrap());
    for url in [local.as_str(), "file:///etc/hostname", "https://169.254.169.254/latest/meta-data", "not an address"] {
        vendor.then(Reply::At(Some(url.to_owned())));
        let error = client.render(&image_request()).await.unwrap_err().error;
        let ProviderError::CutOff { usage } = error else { panic!("{url}: {error:?}") };
        assert_eq!(usage.images, 1, "{url}: it was made and is billed");
    }
    let visited = elsewhere.accept().is_ok();
    assert!(!visited, "no vendor can make this computer read from its own network");
    assert_eq!(vendor.bill().lines.len(), 4, "the vendor billed each");
}
