//! The file of a picture that was made and paid for: it is not thrown away because its host failed for a moment, sends on, or
//! writes it in a way of its own; and nobody is led by it to where nobody may be sent.

use crate::dialects::models_at;
use crate::vendor::{call, image_request_in};
use igny8_core::port::models::{FailedCall, ImageAnswer, ProviderError};
use igny8_core::status::Dialect;
use igny8_providers::Bounds;
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{Reply, Terms, Vendor};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

/// Those whose pictures may lie elsewhere.
const OF_FILES: [Dialect; 3] = [Dialect::OpenAi, Dialect::Runware, Dialect::Bria];

fn painter(dialect: Dialect) -> Vendor {
    Vendor::start_on(Terms { dialect, is_prompt: true, ..Terms::default() }, Arc::new(BuiltinText::new()))
}

async fn made(vendor: &Vendor, reply: Reply) -> Result<ImageAnswer, FailedCall> {
    vendor.then(reply);
    let bounds = Bounds { poll: Duration::from_millis(2), work: Duration::from_secs(20), ..Bounds::default() };
    let model = models_at(vendor.dialect(), &vendor.base_url(), bounds).image.expect("a language of pictures");
    model.render(&image_request_in(vendor.dialect())).await
}

fn data(body: &Value) -> Reply {
    Reply::Raw(200, vec![("content-type", "application/json".to_owned())], body.to_string())
}

#[tokio::test]
async fn a_host_that_fails_for_a_moment_is_asked_for_the_file_again_and_nothing_is_ordered() {
    let busy = |status| Reply::Raw(status, vec![], "Later.".to_owned());
    let moments = || [busy(503), Reply::page(502), busy(429), busy(408), busy(425), Reply::HangUp, Reply::ResetRead];
    for dialect in OF_FILES {
        for moment in moments() {
            let vendor = painter(dialect);
            [moment.clone(), moment.clone()].into_iter().for_each(|once| vendor.then_sends(once));
            let answer =
                made(&vendor, Reply::At(None)).await.unwrap_or_else(|e| panic!("{dialect}: {moment:?}: {e:?}"));
            assert!(answer.bytes.starts_with(b"\x89PNG"), "{dialect}: {moment:?}");
            assert_eq!((vendor.seen().len(), vendor.bill().lines.len()), (1, 1), "{dialect}: ordered once");
            assert_eq!(vendor.fetched(), 3, "{dialect}: {moment:?}");
        }
        let vendor = painter(dialect);
        (0..9).for_each(|_| vendor.then_sends(busy(503)));
        let failed = made(&vendor, Reply::At(None)).await.unwrap_err();
        let expected = if dialect == Dialect::OpenAi { "cut_off" } else { "outcome_unknown" };
        assert_eq!((failed.error.code(), vendor.fetched()), (expected, 3), "{dialect}: and not for ever");
        let vendor = painter(dialect);
        vendor.then_sends(busy(404));
        let failed = made(&vendor, Reply::At(None)).await.unwrap_err();
        assert_eq!((failed.error.code(), vendor.fetched()), ("cut_off", 1), "{dialect}: what is not there is not");
    }
}

#[tokio::test]
async fn a_file_that_was_moved_is_followed_and_nobody_is_led_home() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let home = format!("http://{}/a.png", elsewhere.local_addr().unwrap());
    for status in [301, 302, 303, 307, 308] {
        let vendor = painter(Dialect::Bria);
        let place = vendor.picture_at(b"hello");
        let (_, path) = place.split_once("/pictures/").unwrap();
        vendor.then_sends(Reply::redirect(status, &place));
        vendor.then_sends(Reply::redirect(status, &format!("/pictures/{path}")));
        let answer = made(&vendor, Reply::At(None)).await.unwrap_or_else(|e| panic!("{status}: {e:?}"));
        assert_eq!((answer.bytes.as_slice(), vendor.fetched()), (b"hello".as_slice(), 3), "{status}");
    }
    let places =
        [home.as_str(), "https://169.254.169.254/latest/meta-data", "file:///etc/hostname", "https://[::1]/", "//["];
    for dialect in OF_FILES {
        for place in places {
            let vendor = painter(dialect);
            vendor.then_sends(Reply::redirect(302, place));
            let failed = made(&vendor, Reply::At(None)).await.unwrap_err();
            let ProviderError::CutOff { usage } = failed.error else { panic!("{dialect}: {place}: {failed:?}") };
            assert_eq!((usage.images, vendor.fetched()), (1, 1), "{dialect}: {place}: it was made and is billed");
        }
    }
    assert!(elsewhere.accept().is_err(), "no redirect makes this computer read from its own network");
    let vendor = painter(Dialect::OpenAi);
    let round = vendor.picture_at(b"round");
    (0..50).for_each(|_| vendor.then_sends(Reply::redirect(302, &round)));
    assert_eq!(made(&vendor, Reply::At(None)).await.unwrap_err().error.code(), "cut_off", "nor in a circle");
    assert!(vendor.fetched() < 10, "{}", vendor.fetched());
}

#[tokio::test]
async fn a_field_that_nobody_needs_loses_no_picture() {
    let odd = [json!("123"), json!(-1), json!(1.5), json!(null), json!([]), json!({ "a": 1 }), json!(true)];
    for odd in odd {
        let vendor = painter(Dialect::Bria);
        let place = vendor.picture_at(b"hello");
        let order = json!({
            "request_id": "order-1", "status": "COMPLETED",
            "result": { "image_url": place, "seed": odd, "prompt": odd, "refined_prompt": odd }, "error": null,
        });
        let answer = made(&vendor, data(&order)).await.unwrap_or_else(|e| panic!("{odd}: {e:?}"));
        let seed = (odd == json!("123")).then_some(123);
        assert_eq!((answer.bytes.as_slice(), answer.seed), (b"hello".as_slice(), seed), "{odd}");

        let vendor = painter(Dialect::Runware);
        let task = json!({ "taskUUID": call(), "status": odd, "seed": odd, "imageBase64Data": "aGVsbG8=",
            "cost": 0.01, "imageURL": odd, "NSFWContent": null, "error": odd });
        let answer = made(&vendor, data(&json!({ "data": [task], "errors": odd }))).await;
        let answer = answer.unwrap_or_else(|e| panic!("{odd}: {e:?}"));
        assert_eq!((answer.bytes.as_slice(), answer.seed), (b"hello".as_slice(), seed), "{odd}");
    }
}

#[tokio::test]
async fn work_that_is_done_and_cannot_be_read_is_told_at_once() {
    let results = [json!(null), json!("gone"), json!([]), json!({}), json!({ "image_url": 7 })];
    for result in results {
        let vendor =
            Vendor::start_on(Terms { dialect: Dialect::Bria, ..Terms::default() }, Arc::new(BuiltinText::new()));
        let body = json!({ "request_id": 7, "status": "COMPLETED", "result": result });
        // It would be done at the next question, of which there is none.
        vendor.then_tells(data(&body));
        let failed = made(&vendor, Reply::Answer).await.unwrap_err();
        assert_eq!((failed.error.code(), vendor.questions().len()), ("bad_reply", 1), "{result}");
    }
    let vendor =
        Vendor::start_on(Terms { dialect: Dialect::Runware, ..Terms::default() }, Arc::new(BuiltinText::new()));
    vendor.then_tells(data(&json!({ "data": [{ "taskUUID": call(), "status": "success", "imageURL": {} }] })));
    let failed = made(&vendor, Reply::Answer).await.unwrap_err();
    assert_eq!((failed.error.code(), vendor.questions().len()), ("bad_reply", 1));
}

#[tokio::test]
async fn a_file_in_the_answer_is_read_however_it_is_written() {
    for text in
        ["aGVsbG8=", "aGVs\r\nbG8=\n", "data:image/png;base64,aGVsbG8=", "data:image/png;base64,\naGVs bG8", "aGVsbG8"]
    {
        let part = json!({ "inlineData": { "mimeType": "image/png", "data": text } });
        let answers = [
            (Dialect::OpenAi, json!({ "data": [{ "b64_json": text }] })),
            (Dialect::Gemini, json!({ "candidates": [{ "content": { "parts": [part] }, "finishReason": "STOP" }] })),
            (Dialect::Runware, json!({ "data": [{ "taskUUID": call(), "imageBase64Data": text, "cost": 0.01 }] })),
            (Dialect::Runware, json!({ "data": [{ "taskUUID": call(), "imageDataURI": text, "cost": 0.01 }] })),
        ];
        for (dialect, answer) in answers {
            let made =
                made(&painter(dialect), data(&answer)).await.unwrap_or_else(|e| panic!("{dialect}: {text}: {e:?}"));
            assert_eq!(made.bytes, b"hello", "{dialect}: {text}");
        }
    }
    let inside = json!({ "data": [{ "url": "data:image/png;base64,aGVsbG8=" }] });
    assert_eq!(made(&painter(Dialect::OpenAi), data(&inside)).await.unwrap().bytes, b"hello", "in place of an address");
}
