//! Calls that nobody waits for any more: the request is closed, in every language and at every point before its answer, and
//! what is known of it is kept. Nothing leaves for whoever has left before.

use crate::dialects::{image_model, models_at, vendor_of};
use crate::vendor::{image_request_in, text_request};
use igny8_core::hangup::{Caller, Hangup, Over};
use igny8_core::live::Listener;
use igny8_core::port::models::{FailedCall, ImageRequest, ProviderError, TextRequest};
use igny8_core::status::Dialect;
use igny8_providers::Bounds;
use igny8_testkit::vendor::{Reply, Vendor};
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// Bytes that reach into an answer's body.
const IN_THE_BODY: usize = 300;

/// Somebody who leaves when the test says so.
struct Leaver(watch::Receiver<bool>);

impl Caller for Leaver {
    fn is_gone(&self) -> bool {
        *self.0.borrow()
    }

    fn gone(&self) -> Over<'_> {
        Box::pin(async {
            self.0.clone().wait_for(|is_gone| *is_gone).await.expect("the test lives longer");
        })
    }
}

/// Somebody who has not left yet, and how to make them.
fn somebody() -> (watch::Sender<bool>, Hangup) {
    let (leave, is_gone) = watch::channel(false);
    (leave, Hangup::of(Arc::new(Leaver(is_gone))))
}

/// How a text or a picture ends that somebody waits for.
async fn asked(vendor: &Vendor, of_text: bool, hangup: Hangup) -> Result<(), FailedCall> {
    let (dialect, url) = (vendor.dialect(), vendor.base_url());
    if of_text {
        let client = models_at(dialect, &url, Bounds::default()).text.expect("models of texts");
        return client.complete(&TextRequest { hangup, ..text_request() }).await.map(drop);
    }
    let client = image_model(dialect, &url, None, Bounds::default());
    client.render(&ImageRequest { hangup, ..image_request_in(dialect) }).await.map(drop)
}

/// Every language with what it has: texts or pictures.
fn kinds() -> Vec<(Dialect, bool)> {
    let texts = Dialect::OF_TEXTS.iter().map(|dialect| (*dialect, true));
    let pictures = [Dialect::OpenAi, Dialect::Gemini, Dialect::Runware, Dialect::Bria].map(|dialect| (dialect, false));
    texts.chain(pictures).collect()
}

#[tokio::test]
async fn a_request_that_nobody_waits_for_any_more_is_closed() {
    for (dialect, of_text) in kinds() {
        for reply in [Reply::Never, Reply::Stall(0), Reply::Stall(IN_THE_BODY / 10)] {
            let what = format!("{dialect}, text {of_text}, {reply:?}");
            let vendor = vendor_of(dialect);
            vendor.then(reply);
            let (leave, hangup) = somebody();
            let leaving = async {
                vendor.arrival().await;
                leave.send_replace(true);
            };
            let (ended, ()) = tokio::join!(asked(&vendor, of_text, hangup), leaving);
            assert_eq!(ended.unwrap_err().error, ProviderError::Unknown, "{what}: nobody knows what was done of it");
            // The vendor's own end of the line says so.
            vendor.departure().await;
            assert_eq!(vendor.seen().len(), 1, "{what}: nothing is sent twice");
        }
    }
}

#[tokio::test]
async fn nothing_leaves_for_whoever_has_left_before() {
    for (dialect, of_text) in kinds() {
        let vendor = vendor_of(dialect);
        let (leave, hangup) = somebody();
        leave.send_replace(true);
        let ended = asked(&vendor, of_text, hangup).await;
        assert_eq!(ended.unwrap_err().error, ProviderError::NotSent, "{dialect}");
        assert!(vendor.seen().is_empty(), "{dialect}: and nothing is billed");
    }
}

#[tokio::test]
async fn what_was_written_until_then_is_kept_with_the_vendors_id() {
    let vendor = vendor_of(Dialect::OpenAi);
    vendor.then(Reply::Stall(2_000));
    let (leave, hangup) = somebody();
    let (tell, mut heard) = mpsc::unbounded_channel();
    let listener = Some(Listener::new(move |written| drop(tell.send(written.to_owned()))));
    let client = models_at(Dialect::OpenAi, &vendor.base_url(), Bounds::default()).text.expect("models of texts");
    let request = TextRequest { hangup, listener, ..text_request() };
    let leaving = async {
        heard.recv().await.expect("a piece has come");
        leave.send_replace(true);
    };
    let (ended, ()) = tokio::join!(client.complete(&request), leaving);
    vendor.departure().await;
    let failed = ended.unwrap_err();
    assert_eq!(failed.error, ProviderError::Unknown);
    assert!(failed.partial.is_some_and(|partial| !partial.is_empty()), "the beginning is there");
    let billed: Vec<String> = vendor.bill().lines.into_iter().map(|line| line.request).collect();
    assert_eq!(failed.provider_request_id.as_slice(), billed, "and the id to find it on the bill by");
}
