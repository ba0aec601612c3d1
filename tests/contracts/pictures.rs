//! Pictures in every language that has them: what leaves, what comes back, what is billed, and what becomes of answers that
//! were lost, where asking again must not be paid again.

use crate::dialects::models_at;
use crate::vendor::{call, image_request_in};
use igny8_core::id::CallId;
use igny8_core::picture::{Abilities, Size, Steps};
use igny8_core::port::models::{FailedCall, ImageAnswer, ImageModel, ImageRequest, ProviderError};
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use igny8_providers::Bounds;
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{OfPictures, Reply, Stated, Tariff, Terms, Vendor};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use uuid::Uuid;

/// Asked about often, so that a test of waiting takes no time, and for as long as a machine with much to do needs.
fn quick() -> Bounds {
    Bounds { poll: Duration::from_millis(2), work: Duration::from_secs(60), ..Bounds::default() }
}

fn painter(dialect: Dialect) -> (Vendor, Arc<dyn ImageModel>) {
    painter_on(Terms { dialect, stated: Stated::InParts, ..Terms::default() })
}

fn painter_on(terms: Terms) -> (Vendor, Arc<dyn ImageModel>) {
    let vendor = Vendor::start_on(terms, Arc::new(BuiltinText::new()));
    let model = models_at(vendor.dialect(), &vendor.base_url(), quick()).image.expect("a language of pictures");
    (vendor, model)
}

async fn made(vendor: &Vendor, model: &dyn ImageModel, reply: Reply) -> Result<ImageAnswer, FailedCall> {
    vendor.then(reply);
    model.render(&image_request_in(vendor.dialect())).await
}

/// Width and height of a PNG, from its head.
fn sides(file: &[u8]) -> (u32, u32) {
    assert!(file.starts_with(b"\x89PNG\r\n\x1a\n"), "a file");
    let side = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().unwrap());
    (side(16), side(20))
}

#[tokio::test]
async fn a_picture_comes_in_the_size_it_was_asked_for_in_and_its_bill_is_ours() {
    for dialect in Dialect::OF_PICTURES.iter().copied() {
        let (vendor, model) = painter(dialect);
        let request = image_request_in(dialect);
        let answer = model.render(&request).await.unwrap_or_else(|error| panic!("{dialect}: {error:?}"));
        assert_eq!(sides(&answer.bytes), (request.ask.size.width, request.ask.size.height), "{dialect}");
        let billed = vendor.bill().lines.remove(0);
        assert_eq!((vendor.bill().lines.len(), answer.usage.images), (1, 1), "{dialect}: one picture");
        assert_eq!(answer.provider_request_id, Some(billed.request), "{dialect}: it is found on the bill");
        assert!(!answer.usage.is_estimated, "{dialect}: nothing is guessed");
        let tokens = [answer.usage.tokens_in(), u64::from(answer.usage.image_output_tokens)];
        match dialect {
            Dialect::Runware => {
                assert_eq!(answer.usage.stated_cost.map(|cost| cost.0), i64::try_from(billed.nano).ok(), "{dialect}");
                assert_eq!(answer.seed, request.ask.seed, "{dialect}");
            }
            Dialect::Bria => assert_eq!((tokens, answer.seed), ([0, 0], request.ask.seed), "{dialect}: a flat price"),
            _ => assert_eq!(tokens, [billed.consumed.prompt, billed.consumed.completion], "{dialect}"),
        }
        let seen = vendor.seen();
        assert_eq!((seen.len(), seen[0].call()), (1, call().to_string().as_str()), "{dialect}: asked for once");
    }
}

#[tokio::test]
async fn what_leaves_is_asked_for_in_the_vendors_own_words() {
    let body = async |dialect, change: fn(&mut ImageRequest)| {
        let (vendor, model) = painter(dialect);
        let mut request = image_request_in(dialect);
        request.negative_prompt = "text, logos".to_owned();
        change(&mut request);
        model.render(&request).await.unwrap_or_else(|error| panic!("{dialect}: {error:?}"));
        let seen = vendor.seen().remove(0);
        (seen.path, seen.body)
    };
    let (path, gemini) = body(Dialect::Gemini, |request| request.ask.quality = "2K".to_owned()).await;
    assert_eq!(path, "/v1beta/models/painter-1:generateContent");
    assert_eq!(gemini["generationConfig"]["imageConfig"], json!({ "aspectRatio": "16:9", "imageSize": "2K" }));
    let text = gemini["contents"][0]["parts"][0]["text"].as_str().unwrap();
    assert!(text.ends_with("\nNot in the picture: text, logos"), "it has no field for that: {text}");

    let (path, runware) = body(Dialect::Runware, |request| request.ask.steps = Some(28)).await;
    let task = &runware[0];
    assert_eq!((path.as_str(), &task["taskUUID"]), ("/v1", &json!(call())), "under an id of ours");
    assert_eq!([&task["width"], &task["height"], &task["steps"]], [1_216, 704, 28]);
    assert_eq!((&task["negativePrompt"], &task["seed"]), (&json!("text, logos"), &json!(8)));
    assert_eq!((&task["includeCost"], &task["outputType"]), (&json!(true), &json!("base64Data")));

    let (_, runware) = body(Dialect::Runware, |request| request.ask.size = Size::named(1_376, 768, "1k")).await;
    let task = &runware[0];
    assert_eq!((&task["resolution"], task.get("width"), task.get("height")), (&json!("1k"), None, None));

    let with_tier = |request: &mut ImageRequest| {
        (request.ask.quality, request.ask.format) = ("medium".to_owned(), "png".to_owned());
    };
    let (path, openai) = body(Dialect::OpenAi, with_tier).await;
    assert_eq!((path.as_str(), &openai["quality"]), ("/v1/images/generations", &json!("medium")));
    assert_eq!((&openai["output_format"], openai.get("response_format")), (&json!("png"), None));

    let (path, bria) = body(Dialect::Bria, |_| ()).await;
    assert_eq!((path.as_str(), &bria["sync"]), ("/v2/image/generate", &json!(false)));
    assert_eq!((&bria["aspect_ratio"], &bria["negative_prompt"]), (&json!("16:9"), &json!("text, logos")));
    assert_eq!((&bria["steps_num"], &bria["seed"]), (&json!(50), &json!(8)));
}

#[tokio::test]
async fn fields_of_a_vendors_own_go_along_and_never_in_place_of_ours() {
    let (vendor, model) = painter(Dialect::Runware);
    let mut request = image_request_in(Dialect::Runware);
    request.ask.more = json!({ "CFGScale": 3.5, "numberResults": 4 }).as_object().unwrap().clone();
    model.render(&request).await.unwrap();
    let task = &vendor.seen()[0].body[0];
    assert_eq!((&task["CFGScale"], &task["numberResults"]), (&json!(3.5), &json!(1)), "one picture is one picture");
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_under_one_id_and_billed_once() {
    let (vendor, model) = painter(Dialect::Runware);
    for (number, lost) in (1..).zip([Reply::Cut(0), Reply::Cut(60), Reply::Answer]) {
        vendor.forget();
        let id = CallId(Uuid::from_u128(number));
        let request = ImageRequest { call: id, ..image_request_in(Dialect::Runware) };
        vendor.then(lost.clone());
        let first = model.render(&request).await;
        if !matches!(lost, Reply::Answer) {
            let failed = first.unwrap_err();
            assert_eq!(failed.error, ProviderError::Unknown, "{lost:?}");
            assert_eq!(failed.provider_request_id, Some(id.to_string()), "its id is known all the same");
        }
        assert_eq!(model.request_id(id, None), Some(id.to_string()));
        let again = model.render(&request).await.unwrap();
        let lines = vendor.bill().lines;
        assert_eq!((vendor.seen().len(), lines.len()), (2, 1), "{lost:?}: sent twice and billed once");
        assert_eq!(again.provider_request_id.as_deref(), Some(lines[0].request.as_str()));
        assert_eq!(again.usage.stated_cost.map(|cost| cost.0), i64::try_from(lines[0].nano).ok(), "{lost:?}");
    }
}

#[tokio::test]
async fn an_order_that_was_accepted_is_never_ordered_again() {
    let (vendor, model) = painter(Dialect::Bria);
    // Every question is lost until the wait is over.
    (0..200).for_each(|_| vendor.then_tells(Reply::HangUp));
    let bounds = Bounds { work: Duration::from_millis(400), ..quick() };
    let impatient = models_at(Dialect::Bria, &vendor.base_url(), bounds).image.unwrap();
    let failed = impatient.render(&image_request_in(Dialect::Bria)).await.unwrap_err();
    let order = vendor.bill().lines.remove(0).request;
    assert_eq!((failed.error, failed.provider_request_id), (ProviderError::Unknown, Some(order.clone())));
    vendor.as_usual();
    let again = ImageRequest { earlier: Some(order.clone()), ..image_request_in(Dialect::Bria) };
    let answer = model.render(&again).await.unwrap();
    assert_eq!((vendor.seen().len(), vendor.bill().lines.len()), (1, 1), "ordered once and paid once");
    assert_eq!(answer.provider_request_id, Some(order));
    let unknown = ImageRequest { earlier: Some("no-such-order".to_owned()), ..again };
    let failed = model.render(&unknown).await.unwrap_err();
    assert_eq!(failed.error, ProviderError::Unknown, "what the vendor does not know is not ordered behind our back");
    assert_eq!(vendor.seen().len(), 1);
}

#[tokio::test]
async fn hostile_answers_about_work_say_nothing_of_it() {
    let data = |body: &str| Reply::Raw(200, vec![("content-type", "application/json".to_owned())], body.to_owned());
    for dialect in [Dialect::Runware, Dialect::Bria] {
        let (vendor, model) = painter(dialect);
        let lies = [
            Reply::page(200),
            Reply::page(502),
            Reply::HangUp,
            Reply::ResetRead,
            Reply::redirect(307, "http://169.254.169.254/"),
            Reply::Raw(429, vec![("retry-after", "9".to_owned())], String::new()),
            Reply::Raw(529, vec![], "{}".to_owned()),
            Reply::wrong_key(),
            data(""),
            data("null"),
            data("[]"),
            data("{\"data\":[{\"taskUUID\":\"of-somebody-else\",\"imageBase64Data\":\"aGVsbG8=\",\"cost\":900}]}"),
            data("{\"errors\":[{\"code\":\"inferenceError\",\"taskUUID\":\"of-somebody-else\"}]}"),
            data("{\"status\":\"IN_PROGRESS\",\"result\":null}"),
            Reply::Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{".to_vec()),
        ];
        lies.iter().cloned().for_each(|lie| vendor.then_tells(lie));
        let answer = model.render(&image_request_in(dialect)).await.unwrap_or_else(|e| panic!("{dialect}: {e:?}"));
        assert_eq!(answer.usage.images, 1, "{dialect}");
        assert!(vendor.questions().len() > lies.len(), "{dialect}: it was asked until it was done");
        assert_eq!((vendor.seen().len(), vendor.bill().lines.len()), (1, 1), "{dialect}: and paid once");
    }
}

#[tokio::test]
async fn the_key_goes_with_questions_and_never_to_where_the_picture_is() {
    for dialect in Dialect::OF_PICTURES.iter().copied() {
        let (vendor, _) = painter_on(Terms { dialect, key: Some("sk-canary-7".to_owned()), ..Terms::default() });
        let with = |key| crate::dialects::image_model(dialect, &vendor.base_url(), key, quick());
        let right = with(Some("sk-canary-7"));
        let answer = made(&vendor, &*right, Reply::At(None)).await;
        // The place of a picture refuses whoever brings a key.
        assert!(answer.is_ok(), "{dialect}: {answer:?}");
        let header = if dialect == Dialect::Bria { "api_token" } else { "authorization" };
        for asked in vendor.questions() {
            assert!(asked.headers[header].contains("sk-canary-7"), "{dialect}: {asked:?}");
            assert!(!asked.headers.contains_key("idempotency-key"), "{dialect}: a question is no call");
        }
        for key in [None, Some("sk-other")] {
            let error = with(key).render(&image_request_in(dialect)).await.unwrap_err().error;
            assert_eq!(error, ProviderError::Auth, "{dialect}: {key:?}");
        }
    }
}

#[tokio::test]
async fn refusals_have_their_classes() {
    let raw = |status: u16, body: Value| {
        Reply::Raw(status, vec![("content-type", "application/json".to_owned())], body.to_string())
    };
    let runware = |status, code: &str| raw(status, json!({ "errors": [{ "code": code, "taskUUID": call() }] }));
    let bria = |status: u16| raw(status, json!({ "error": { "code": status, "message": "No.", "details": "" } }));
    let gemini = |status: u16, word: &str| raw(status, json!({ "error": { "code": status, "status": word } }));
    let ended = |reason| Reply::Ends(Some(reason));
    let cases = [
        (Dialect::Runware, runware(401, "invalidApiKey"), "auth"),
        (Dialect::Runware, runware(403, "permissionDenied"), "model_not_allowed"),
        (Dialect::Runware, runware(400, "insufficientCredits"), "quota"),
        (Dialect::Runware, runware(200, "insufficientCredits"), "quota"),
        (Dialect::Runware, runware(429, "providerRateLimitExceeded"), "rate_limited"),
        (Dialect::Runware, runware(400, "invalidModel"), "unknown_model"),
        (Dialect::Runware, runware(400, "promptBlocked"), "content_refused"),
        (Dialect::Runware, runware(503, "noAvailableServer"), "overloaded"),
        (Dialect::Runware, runware(400, "invalidPositivePrompt"), "rejected"),
        (Dialect::Runware, runware(500, "internalServerError"), "outcome_unknown"),
        (Dialect::Runware, Reply::Declines, "content_refused"),
        (Dialect::Runware, Reply::Empty, "bad_reply"),
        (Dialect::Bria, bria(401), "auth"),
        (Dialect::Bria, bria(402), "quota"),
        (Dialect::Bria, bria(403), "model_not_allowed"),
        (Dialect::Bria, bria(404), "unknown_model"),
        (Dialect::Bria, bria(422), "content_refused"),
        (Dialect::Bria, bria(429), "rate_limited"),
        (Dialect::Bria, bria(400), "rejected"),
        (Dialect::Bria, bria(500), "outcome_unknown"),
        (Dialect::Bria, Reply::Declines, "content_refused"),
        (Dialect::Bria, Reply::Empty, "bad_reply"),
        (Dialect::Bria, Reply::At(Some("http://169.254.169.254/a.png".to_owned())), "cut_off"),
        (Dialect::Gemini, gemini(402, "BILLING_DISABLED"), "quota"),
        (Dialect::Gemini, gemini(429, "RESOURCE_EXHAUSTED"), "rate_limited"),
        (Dialect::Gemini, gemini(404, "NOT_FOUND"), "unknown_model"),
        (Dialect::Gemini, Reply::Declines, "content_refused"),
        (Dialect::Gemini, ended("IMAGE_SAFETY"), "content_refused"),
        (Dialect::Gemini, ended("NO_IMAGE"), "bad_reply"),
        (Dialect::Gemini, ended("MAX_TOKENS"), "cut_off"),
        (
            Dialect::OpenAi,
            Reply::error(400, "image_generation_user_error", Some("moderation_blocked")),
            "content_refused",
        ),
        (Dialect::OpenAi, Reply::out_of_money(), "quota"),
    ];
    for (dialect, reply, code) in cases {
        let (vendor, model) = painter(dialect);
        let failed = made(&vendor, &*model, reply.clone()).await.unwrap_err();
        assert_eq!(failed.error.code(), code, "{dialect}: {reply:?}");
    }
    // Bria is told of no model, and so knows of none that is gone.
    for dialect in Dialect::OF_PICTURES.iter().copied().filter(|dialect| *dialect != Dialect::Bria) {
        let (_vendor, model) = painter(dialect);
        let gone = ImageRequest { model_name: "gone-7".to_owned(), ..image_request_in(dialect) };
        assert_eq!(model.render(&gone).await.unwrap_err().error, ProviderError::UnknownModel, "{dialect}");
    }
}

#[tokio::test]
async fn work_that_failed_at_the_vendor_has_failed() {
    let data = |body: Value| Reply::Raw(200, vec![("content-type", "application/json".to_owned())], body.to_string());
    let error = |code: &str| data(json!({ "errors": [{ "code": code, "taskUUID": call() }] }));
    let item =
        |code: &str| data(json!({ "data": [{ "taskUUID": call(), "status": "error", "error": { "code": code } }] }));
    let cases = [
        (Dialect::Runware, error("inferenceError"), "rejected"),
        (Dialect::Runware, error("imageBlocked"), "content_refused"),
        (Dialect::Runware, error("taskFailedOrNotFound"), "rejected"),
        (Dialect::Runware, item("inferenceError"), "rejected"),
        (Dialect::Runware, item("nsfwContentDetected"), "content_refused"),
        (Dialect::Runware, item("inferenceTimeout"), "outcome_unknown"),
        (Dialect::Bria, data(json!({ "status": "ERROR", "error": { "code": 500 } })), "rejected"),
        (Dialect::Bria, data(json!({ "status": "ERROR", "error": { "code": 422 } })), "content_refused"),
        (Dialect::Bria, data(json!({ "status": "UNKNOWN" })), "outcome_unknown"),
    ];
    for (dialect, told, code) in cases {
        let (vendor, model) = painter(dialect);
        vendor.then_tells(told.clone());
        let failed = model.render(&image_request_in(dialect)).await.unwrap_err();
        assert_eq!(failed.error.code(), code, "{dialect}: {told:?}");
        assert!(failed.provider_request_id.is_some(), "{dialect}: it can be found on the bill");
    }
}

#[tokio::test]
async fn two_pictures_are_one_and_both_are_billed() {
    let (vendor, model) = painter_on(Terms { dialect: Dialect::Runware, is_prompt: true, ..Terms::default() });
    let item = |file: &str, cost: f64| json!({ "taskUUID": call(), "imageBase64Data": file, "cost": cost });
    let body = json!({ "data": [item("aGVsbG8=", 0.01), item("d29ybGQ=", 0.02)] });
    let reply = Reply::Raw(200, vec![], body.to_string());
    let answer = made(&vendor, &*model, reply).await.unwrap();
    assert_eq!((answer.bytes.as_slice(), answer.usage.images), (b"hello".as_slice(), 1));
    assert_eq!(answer.usage.stated_cost.map(|cost| cost.0), Some(30_000_000));
    let (vendor, model) = painter(Dialect::OpenAi);
    let body = json!({ "data": [{ "b64_json": "aGVsbG8=" }, { "b64_json": "d29ybGQ=" }] });
    let answer = made(&vendor, &*model, Reply::Raw(200, vec![], body.to_string())).await.unwrap();
    assert_eq!((answer.bytes.as_slice(), answer.usage.images), (b"hello".as_slice(), 2), "the first is kept");
    let cost = crate::vendor_usage::flat_model().charge(&answer.usage).unwrap().provider_cost.0;
    assert_eq!(cost, 80_000_000, "at the price of a picture each");

    let (vendor, model) = painter(Dialect::OpenAi);
    let usage = json!({ "input_tokens": 12, "output_tokens": 2_112, "total_tokens": 2_124, "cost": 0.0642 });
    let body = json!({ "data": [{ "b64_json": "aGVsbG8=" }, { "b64_json": "d29ybGQ=" }], "usage": usage });
    let usage = made(&vendor, &*model, Reply::Raw(200, vec![], body.to_string())).await.unwrap().usage;
    assert_eq!((usage.images, usage.image_output_tokens, usage.is_estimated), (2, 2_112, false), "as it says");
    let cost = crate::vendor_usage::flat_model().charge(&usage).unwrap().provider_cost.0;
    assert_eq!(cost, 64_200_000, "its own word on the cost");
}

/// Figures of a picture as a vendor writes them, the buckets they stand for (read, made, words made, thought), and what they
/// come to at five dollars for a million tokens read, thirty made and ten written.
type Golden = (&'static str, Value, [u32; 4], i64);

fn goldens() -> Vec<Golden> {
    vec![
        (
            "as it says it",
            json!({
                "promptTokenCount": 12, "candidatesTokenCount": 1_290, "totalTokenCount": 1_302,
                "promptTokensDetails": [{ "modality": "TEXT", "tokenCount": 12 }],
                "candidatesTokensDetails": [{ "modality": "IMAGE", "tokenCount": 1_290 }],
            }),
            [12, 1_290, 0, 0],
            38_760_000,
        ),
        (
            "without details of what was made",
            json!({ "promptTokenCount": 12, "candidatesTokenCount": 1_290, "totalTokenCount": 1_302 }),
            [12, 1_290, 0, 0],
            38_760_000,
        ),
        (
            "with words and thoughts",
            json!({
                "promptTokenCount": 12, "candidatesTokenCount": 1_310, "thoughtsTokenCount": 200,
                "totalTokenCount": 1_522,
                "candidatesTokensDetails": [
                    { "modality": "IMAGE", "tokenCount": 1_290 }, { "modality": "TEXT", "tokenCount": 20 },
                ],
            }),
            [12, 1_290, 20, 200],
            40_960_000,
        ),
    ]
}

#[tokio::test]
async fn figures_become_buckets_and_buckets_become_money() {
    for (name, said, [read, made_of, words, thought], nano) in goldens() {
        let (vendor, model) = painter(Dialect::Gemini);
        let usage = made(&vendor, &*model, Reply::Stating(Stated::As(said.clone()))).await.unwrap().usage;
        let expected = Usage {
            input_tokens: read,
            image_output_tokens: made_of,
            output_tokens: words,
            reasoning_tokens: thought,
            images: 1,
            ..Usage::default()
        };
        assert_eq!(usage, expected, "{name}");
        assert_eq!(Some(usage.tokens()), said["totalTokenCount"].as_u64(), "{name}: they sum to the vendor's total");
        assert_eq!(crate::vendor_usage::image_model().charge(&usage).unwrap().provider_cost.0, nano, "{name}");
    }
}

#[tokio::test]
async fn a_picture_that_is_not_given_costs_what_was_used_and_a_whole_one_only_where_it_was_made() {
    let words = json!({
        "promptTokenCount": 12, "candidatesTokenCount": 20, "totalTokenCount": 32,
        "candidatesTokensDetails": [{ "modality": "TEXT", "tokenCount": 20 }],
    });
    let made_of = json!({
        "promptTokenCount": 12, "candidatesTokenCount": 1_290, "totalTokenCount": 1_302,
        "candidatesTokensDetails": [{ "modality": "IMAGE", "tokenCount": 1_290 }],
    });
    let thought = json!({ "promptTokenCount": 12, "thoughtsTokenCount": 90, "totalTokenCount": 102 });
    for (reason, said, tokens, nano, is_estimated) in [
        ("NO_IMAGE", &words, 32, 0, true),
        ("NO_IMAGE", &thought, 102, 0, true),
        ("IMAGE_SAFETY", &words, 32, 0, true),
        ("IMAGE_SAFETY", &made_of, 1_302, 40_000_000, false),
        ("IMAGE_OTHER", &Value::Null, 0, 0, false),
    ] {
        let answer = json!({ "candidates": [{ "finishReason": reason }], "usageMetadata": said });
        let (vendor, model) = painter(Dialect::Gemini);
        let failed = made(&vendor, &*model, Reply::Raw(200, Vec::new(), answer.to_string())).await.unwrap_err();
        let (ProviderError::ContentRefused { usage } | ProviderError::BadReply { usage }) = failed.error else {
            panic!("{reason}: {failed:?}")
        };
        assert_eq!((usage.tokens(), usage.is_estimated), (tokens, is_estimated), "{reason}: {said}");
        let cost = crate::vendor_usage::flat_model().charge(&usage).unwrap().provider_cost.0;
        assert_eq!(cost, nano, "{reason}: {said}");
    }
}

#[tokio::test]
async fn what_a_vendor_says_a_picture_costs_is_its_cost() {
    let (vendor, model) = painter(Dialect::Runware);
    let cases = [
        (json!(0.0013), Some(1_300_000), false),
        (json!(1e-7), Some(100), false),
        (json!(0), Some(0), false),
        (json!("0.0026"), Some(2_600_000), false),
        (json!(-1), None, true),
        (json!("free"), None, true),
        (json!(null), None, true),
    ];
    for (number, (said, nano, is_estimated)) in (1..).zip(cases) {
        let call = CallId(Uuid::from_u128(number));
        vendor.then(Reply::Stating(Stated::As(said.clone())));
        let usage = model.render(&ImageRequest { call, ..image_request_in(Dialect::Runware) }).await.unwrap().usage;
        assert_eq!((usage.stated_cost.map(|cost| cost.0), usage.is_estimated), (nano, is_estimated), "{said}");
        let cost = crate::vendor_usage::flat_model().charge(&usage).unwrap().provider_cost.0;
        assert_eq!(cost, nano.unwrap_or(40_000_000), "{said}: or else what the catalogue says");
    }
}

#[tokio::test]
async fn the_vendors_own_bill_is_our_cost() {
    let by_tokens = Tariff { pictures: OfPictures::ByTokens(5_000_000, 30_000_000), ..Tariff::default() };
    for dialect in Dialect::OF_PICTURES.iter().copied() {
        let is_flat = matches!(dialect, Dialect::Runware | Dialect::Bria);
        let tariff = if is_flat { Tariff::default() } else { by_tokens };
        let (vendor, model) = painter_on(Terms { dialect, tariff, stated: Stated::InParts, ..Terms::default() });
        let usage = model.render(&image_request_in(dialect)).await.unwrap().usage;
        let row = if is_flat { crate::vendor_usage::flat_model() } else { crate::vendor_usage::image_model() };
        let ours = row.charge(&usage).unwrap().provider_cost.0;
        assert_eq!(ours, i64::try_from(vendor.bill().nano()).unwrap(), "{dialect}: {usage:?}");
    }
}

#[test]
fn what_is_usual_can_be_changed_as_data() {
    let mut able = Abilities::usual(Dialect::Runware);
    able.steps = Some(Steps { asked: 4, min: 1, max: 12 });
    let text = serde_json::to_string(&able).unwrap();
    assert_eq!(serde_json::from_str::<Abilities>(&text).unwrap(), able);
    assert_eq!(able.check(), Ok(()));
}
