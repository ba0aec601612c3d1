//! Vendors that are not there, silent, slow, cut off, or do not stop: every wait and every answer has its end, and a
//! request that was sent is never taken for one that was not.

use crate::vendor::{both, both_fail, client_at, frugal, image_request, impatient, text_request, unreadable, vendor};
use igny8_core::port::models::{ImageModel, ProviderError, TextModel};
use igny8_providers::Bounds;
use igny8_providers::openai::OpenAi;
use igny8_testkit::vendor::{Reply, Vendor};
use std::net::TcpListener;
use std::sync::Arc;
use tokio::sync::Notify;

/// Bytes of an answer's head.
const IN_THE_HEAD: usize = 20;
/// Bytes that reach into an answer's body.
const IN_THE_BODY: usize = 300;

/// A client that waits as the product does, for what ends by itself.
fn client(vendor: &Vendor) -> OpenAi {
    client_at(&vendor.base_url(), None, Arc::default(), Bounds::default())
}

#[tokio::test]
async fn where_nobody_listens_nothing_was_sent() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for url in [format!("http://{free}/v1"), format!("https://{free}/v1"), "https://name.invalid/v1".to_owned()] {
        let client = client_at(&url, None, Arc::default(), impatient());
        assert_eq!(client.complete(&text_request()).await.unwrap_err().error, ProviderError::NotSent, "{url}");
        assert_eq!(client.render(&image_request()).await.unwrap_err().error, ProviderError::NotSent, "{url}");
    }
}

#[tokio::test]
async fn a_vendor_that_does_not_speak_the_encryption_was_sent_nothing() {
    let vendor = vendor();
    let url = vendor.base_url().replace("http://", "https://");
    let client = client_at(&url, None, Arc::default(), impatient());
    assert_eq!(client.complete(&text_request()).await.unwrap_err().error, ProviderError::NotSent);
    assert!(vendor.seen().is_empty());
}

#[tokio::test]
async fn silence_in_any_phase_ends_and_leaves_the_outcome_open() {
    let vendor = vendor();
    let client = client_at(&vendor.base_url(), None, Arc::default(), impatient());
    let never = Reply::When(Arc::new(Notify::new()));
    for reply in
        [Reply::Never, never, Reply::Drip, Reply::Stall(0), Reply::Stall(IN_THE_HEAD), Reply::Stall(IN_THE_BODY)]
    {
        both_fail(&client, &vendor, &reply, &ProviderError::Unknown).await;
    }
}

#[tokio::test]
async fn a_lost_connection_leaves_the_outcome_open() {
    let vendor = vendor();
    let client = client(&vendor);
    let lost = [
        Reply::ResetUnread,
        Reply::ResetRead,
        Reply::HangUp,
        Reply::Cut(0),
        Reply::Cut(IN_THE_HEAD),
        Reply::Cut(IN_THE_BODY),
    ];
    for reply in lost {
        both_fail(&client, &vendor, &reply, &ProviderError::Unknown).await;
    }
}

#[tokio::test]
async fn what_was_cut_was_billed_all_the_same() {
    let vendor = vendor();
    let client = client(&vendor);
    both_fail(&client, &vendor, &Reply::Cut(IN_THE_BODY), &ProviderError::Unknown).await;
    assert_eq!(vendor.bill().lines.len(), 2, "why an open outcome is no failure");
    assert!(vendor.bill().nano() > 0);
}

#[tokio::test]
async fn what_fails_after_the_vendor_said_its_id_bears_it() {
    let vendor = vendor();
    let client = client(&vendor);
    let named = |status| Reply::Raw(status, vec![("x-request-id", "req_of_a_refusal".to_owned())], "{}".to_owned());
    for reply in [named(400), named(500), named(200)] {
        let (text, image) = both(&client, &vendor, &reply).await;
        for failed in [text.unwrap_err(), image.unwrap_err()] {
            assert_eq!(failed.provider_request_id.as_deref(), Some("req_of_a_refusal"), "{reply:?}: {failed:?}");
        }
    }
    vendor.forget();
    let (text, image) = both(&client, &vendor, &Reply::Cut(IN_THE_BODY)).await;
    let ids = [text.unwrap_err(), image.unwrap_err()].map(|failed| failed.provider_request_id.unwrap_or_default());
    let billed: Vec<String> = vendor.bill().lines.into_iter().map(|line| line.request).collect();
    assert_eq!(ids.to_vec(), billed, "an answer that broke off is found on the bill");
    let (text, image) = both(&client, &vendor, &Reply::Cut(IN_THE_HEAD)).await;
    for failed in [text.unwrap_err(), image.unwrap_err()] {
        assert_eq!(failed.provider_request_id, None, "one that was lost before its id is not: {failed:?}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_stopped_at_the_cap() {
    let vendor = vendor();
    let client = client_at(&vendor.base_url(), None, Arc::default(), frugal());
    both_fail(&client, &vendor, &Reply::Endless, &unreadable()).await;
    // A megabyte each, and what the sockets on both sides hold.
    assert!(vendor.taken() < 32 * 1024 * 1024, "{} bytes were taken", vendor.taken());
    // Thirty-two megabytes in some kilobytes: the cap counts what comes out.
    both_fail(&client, &vendor, &Reply::Bomb, &unreadable()).await;
}

#[tokio::test]
async fn a_client_goes_on_after_all_of_it() {
    let vendor = vendor();
    let client = client(&vendor);
    for reply in [Reply::HangUp, Reply::ResetRead, Reply::Cut(IN_THE_BODY), Reply::page(502), Reply::wrong_key()] {
        vendor.then(reply.clone());
        client.complete(&text_request()).await.unwrap_err();
        let answer = client.complete(&text_request()).await;
        assert!(answer.is_ok(), "after {reply:?}: {answer:?}");
    }
}
