//! From what a vendor says it consumed to what it costs: figures in the shapes that vendors' own libraries have, over the
//! wire, in disjoint buckets, priced to the nano-dollar.

use crate::vendor::{both, client, image_request, text_request, unreadable, vendor, vendor_on};
use igny8_core::id::ModelId;
use igny8_core::model::thinking::Thinking;
use igny8_core::model::{Model, Price};
use igny8_core::money::Credits;
use igny8_core::picture::Abilities;
use igny8_core::port::models::{ImageModel, ProviderError, TextModel};
use igny8_core::status::ModelType;
use igny8_core::time::UtcMs;
use igny8_core::usage::Usage;
use igny8_testkit::vendor::{Bill, Billed, OfPictures, Reply, Stated, Tariff, Terms};
use serde_json::{Value, json};

/// A row of the catalogue at 0.002 dollars a thousand in, 0.0005 cached, 0.0025 written to the cache, 0.008 out, 0.008
/// thought, and for pictures 0.005 in, 0.008 read and 0.03 made.
pub fn model(model_type: ModelType) -> Model {
    let price = |text| Some(Price::parse(text).unwrap());
    let text = Model {
        id: ModelId(1),
        provider: "loopback".to_owned(),
        model_name: "m".to_owned(),
        display_name: "M".to_owned(),
        model_type,
        is_active: true,
        is_default: true,
        cost_per_1k_input: price("0.002"),
        cost_per_1k_output: price("0.008"),
        cost_per_1k_cached_input: price("0.0005"),
        cost_per_1k_cache_write: price("0.0025"),
        cost_per_1k_reasoning: None,
        cost_per_1k_image_input: None,
        cost_per_1k_image_output: None,
        cost_per_image: None,
        credits_per_image: Some(Credits::whole(5)),
        tokens_per_credit: Some(1_000),
        min_credits: Credits::whole(1),
        context_tokens: 128_000,
        max_output_tokens: 16_000,
        items_per_call: 50,
        retires_on: None,
        replaced_by: None,
        priced_at: UtcMs(0),
        picture: Abilities::default(),
        thinking: Thinking::default(),
        hours: Vec::new(),
        tiers: Vec::new(),
    };
    match model_type {
        ModelType::Text => text,
        ModelType::Image => Model {
            cost_per_1k_input: price("0.005"),
            cost_per_1k_output: price("0.01"),
            cost_per_1k_image_input: price("0.008"),
            cost_per_1k_image_output: price("0.03"),
            ..text
        },
    }
}

/// A row of the catalogue whose pictures are priced by their tokens.
pub fn image_model() -> Model {
    model(ModelType::Image)
}

/// A row of the catalogue whose pictures cost 0.04 dollars each.
pub fn flat_model() -> Model {
    Model { cost_per_image: Price::parse("0.04").ok(), ..image_model() }
}

/// What a vendor says, the buckets it comes to (in, cached, cache written, out, thought, picture in, picture out), and
/// nano-dollars.
type Golden = (&'static str, Value, [u32; 7], i64);

fn texts() -> Vec<Golden> {
    vec![
        (
            "as a plain model says it",
            json!({ "prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29 }),
            [19, 0, 0, 10, 0, 0, 0],
            118_000,
        ),
        (
            "cached and thought",
            json!({
                "prompt_tokens": 2_006, "completion_tokens": 300, "total_tokens": 2_306,
                "prompt_tokens_details": { "cached_tokens": 1_920, "audio_tokens": 0 },
                "completion_tokens_details": {
                    "reasoning_tokens": 192, "audio_tokens": 0, "accepted_prediction_tokens": 0,
                    "rejected_prediction_tokens": 0,
                },
            }),
            [86, 1_920, 0, 108, 192, 0, 0],
            3_532_000,
        ),
        (
            "written to the cache, with a picture in the prompt",
            json!({
                "prompt_tokens": 1_100, "completion_tokens": 7, "total_tokens": 1_107,
                "prompt_tokens_details": {
                    "cached_tokens": 0, "cache_write_tokens": 1_000, "text_tokens": 1_015, "image_tokens": 85,
                    "audio_tokens": 0,
                },
            }),
            [15, 0, 1_000, 7, 0, 85, 0],
            2_756_000,
        ),
        (
            "guessed and thrown away, which is billed",
            json!({
                "prompt_tokens": 100, "completion_tokens": 90, "total_tokens": 190,
                "completion_tokens_details": { "reasoning_tokens": 0, "rejected_prediction_tokens": 60 },
            }),
            [100, 0, 0, 90, 0, 0, 0],
            920_000,
        ),
        (
            "thought beside the completion, as some count it",
            json!({
                "prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 400,
                "completion_tokens_details": { "reasoning_tokens": 280 },
            }),
            [100, 0, 0, 20, 280, 0, 0],
            2_600_000,
        ),
        (
            "thought beside a longer completion",
            json!({
                "prompt_tokens": 100, "completion_tokens": 300, "total_tokens": 680,
                "completion_tokens_details": { "reasoning_tokens": 280 },
            }),
            [100, 0, 0, 300, 280, 0, 0],
            4_840_000,
        ),
        (
            "thought that only the total counts",
            json!({ "prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 400 }),
            [100, 0, 0, 20, 280, 0, 0],
            2_600_000,
        ),
    ]
}

fn pictures() -> Vec<Golden> {
    vec![
        (
            "without details of what was made",
            json!({
                "input_tokens": 50, "output_tokens": 1_056, "total_tokens": 1_106,
                "input_tokens_details": { "text_tokens": 50, "image_tokens": 0 },
            }),
            [50, 0, 0, 0, 0, 0, 1_056],
            31_930_000,
        ),
        (
            "with a picture read and words made",
            json!({
                "input_tokens": 350, "output_tokens": 1_100, "total_tokens": 1_450,
                "input_tokens_details": { "text_tokens": 40, "image_tokens": 310 },
                "output_tokens_details": { "image_tokens": 1_056, "text_tokens": 44 },
            }),
            [40, 0, 0, 44, 0, 310, 1_056],
            34_800_000,
        ),
    ]
}

pub fn buckets(usage: &Usage) -> [u32; 7] {
    [
        usage.input_tokens,
        usage.cached_input_tokens,
        usage.cache_write_tokens,
        usage.output_tokens,
        usage.reasoning_tokens,
        usage.image_input_tokens,
        usage.image_output_tokens,
    ]
}

#[tokio::test]
async fn figures_become_buckets_and_buckets_become_money() {
    let vendor = vendor();
    let client = client(&vendor);
    let both = texts().into_iter().map(|golden| (ModelType::Text, golden));
    let both = both.chain(pictures().into_iter().map(|golden| (ModelType::Image, golden)));
    for (model_type, (name, said, expected, nano)) in both {
        vendor.then(Reply::Stating(Stated::As(said.clone())));
        let usage = match model_type {
            ModelType::Text => client.complete(&text_request()).await.unwrap().usage,
            ModelType::Image => client.render(&image_request()).await.unwrap().usage,
        };
        assert_eq!(buckets(&usage), expected, "{name}");
        assert_eq!(
            Some(usage.tokens()),
            said["total_tokens"].as_u64(),
            "{name}: the buckets sum to the vendor's total"
        );
        assert_eq!(model(model_type).charge(&usage).unwrap().provider_cost.0, nano, "{name}");
    }
}

#[tokio::test]
async fn a_figure_that_no_program_can_hold_does_not_cost_the_answer_that_was_paid_for() {
    let vendor = vendor();
    let client = client(&vendor);
    let whole = |usage: &str| {
        format!(
            "{{\"choices\":[{{\"message\":{{\"content\":\"It is 1e400.\"}},\"finish_reason\":\"stop\"}}],\"usage\":{usage}}}"
        )
    };
    for (usage, tokens, is_unreadable) in [
        ("{\"prompt_tokens\":900,\"completion_tokens\":500,\"cost\":1e400}", (900, 500), true),
        ("{\"prompt_tokens\":900,\"completion_tokens\":500,\"cost\":1e12}", (900, 500), true),
        ("{\"prompt_tokens\":1e400,\"completion_tokens\":500}", (u32::MAX, 500), false),
        ("{\"prompt_tokens\":900,\"completion_tokens\":18446744073709551616}", (900, u32::MAX), false),
    ] {
        let json = vec![("content-type", "application/json".to_owned())];
        vendor.then(Reply::Raw(200, json, whole(usage)));
        let answer = client.complete(&text_request()).await.unwrap_or_else(|failed| panic!("{usage}: {failed:?}"));
        assert_eq!(answer.text, "It is 1e400.", "{usage}");
        let said = answer.usage;
        assert_eq!((said.input_tokens, said.output_tokens), tokens, "{usage}");
        assert_eq!((said.is_cost_unreadable, said.stated_cost), (is_unreadable, None), "{usage}");
        assert_eq!(said.is_estimated, is_unreadable, "{usage}: what cannot be is marked by whoever books it");
    }
    // In pieces as well: the figures come in an event of their own.
    let events = [
        "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}\n\n",
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"cost\":1e400}}\n\n",
        "data: [DONE]\n\n",
    ];
    vendor.then(Reply::Raw(200, vec![("content-type", "text/event-stream".to_owned())], events.concat()));
    let mut request = text_request();
    request.listener = Some(igny8_core::live::Listener::new(|_| {}));
    let answer = client.complete(&request).await.unwrap();
    assert_eq!((answer.text.as_str(), answer.usage.is_cost_unreadable), ("Tea.", true));
}

#[tokio::test]
async fn the_vendors_own_bill_is_our_cost() {
    for stated in [Stated::Plain, Stated::InParts] {
        let vendor = vendor_on(Terms { stated: stated.clone(), ..Terms::default() });
        let usage = client(&vendor).complete(&text_request()).await.unwrap().usage;
        let (ours, bill) = (model(ModelType::Text).charge(&usage).unwrap().provider_cost.0, vendor.bill());
        assert!(!usage.is_estimated, "{stated:?}");
        let billed = i64::try_from(bill.nano()).unwrap();
        match stated {
            Stated::InParts => assert_eq!(ours, billed, "{usage:?} {bill:?}"),
            _ => {
                assert_eq!(ours, at_full_price(&bill), "without its parts all is at full price: {usage:?} {bill:?}");
                assert!(ours > billed, "some of it came from the cache, which nothing was said of: {bill:?}");
            }
        }
    }
}

/// What all of a bill would cost that is read and written, were none of it of the cache: in nano-dollars, at the prices of
/// [`model`].
pub fn at_full_price(bill: &Bill) -> i64 {
    let (read, written) = (2_000, 8_000);
    let whole = |line: &Billed| line.consumed.prompt * read + line.consumed.completion * written;
    bill.lines.iter().map(|line| i64::try_from(whole(line)).unwrap()).sum()
}

#[tokio::test]
async fn what_is_not_said_is_counted_here_and_marked() {
    let vendor = vendor();
    let client = client(&vendor);
    for said in [Stated::Nothing, Stated::As(json!(null)), Stated::As(json!({ "prompt_tokens": "many" }))] {
        let (text, image) = both(&client, &vendor, &Reply::Stating(said.clone())).await;
        let (text, image) = (text.unwrap().usage, image.unwrap().usage);
        assert!(text.is_estimated && text.input_tokens > 0 && text.output_tokens > 0, "{said:?}: {text:?}");
        assert!(image.is_estimated && image.image_output_tokens > 0, "{said:?}: {image:?}");
        assert_eq!(image.images, 1, "{said:?}");
        let estimate = client.count_input_tokens(&text_request());
        assert!(text.tokens_in() <= u64::from(estimate), "{said:?}: the hold covers what is counted");
    }
}

#[tokio::test]
async fn an_answer_that_did_not_end_is_paid_for_and_not_used() {
    let vendor = vendor_on(Terms { stated: Stated::InParts, ..Terms::default() });
    let client = client(&vendor);
    let endings = [
        (Reply::Ends(Some("length")), "cut_off"),
        (Reply::Ends(None), "cut_off"),
        (Reply::Ends(Some("content_filter")), "content_refused"),
        (Reply::Declines, "content_refused"),
    ];
    for (reply, code) in endings {
        vendor.forget();
        vendor.then(reply.clone());
        let error = client.complete(&text_request()).await.unwrap_err().error;
        assert_eq!(error.code(), code, "{reply:?}");
        let (ProviderError::CutOff { usage } | ProviderError::ContentRefused { usage }) = error else {
            panic!("{reply:?}: {error:?}")
        };
        let cost = model(ModelType::Text).charge(&usage).unwrap().provider_cost.0;
        assert_eq!(cost, i64::try_from(vendor.bill().nano()).unwrap(), "{reply:?}: what the vendor bills is known");
    }
    vendor.then(Reply::Ends(Some("eos")));
    assert!(client.complete(&text_request()).await.is_ok(), "another word for an end is an end");
}

#[tokio::test]
async fn an_answer_that_holds_nothing_costs_what_its_vendor_says() {
    // Pictures by tokens, at the prices of the catalogue's row.
    let tariff = Tariff { pictures: OfPictures::ByTokens(5_000_000, 30_000_000), ..Tariff::default() };
    let vendor = vendor_on(Terms { stated: Stated::InParts, tariff, ..Terms::default() });
    let client = client(&vendor);
    let (text, image) = both(&client, &vendor, &Reply::Empty).await;
    let lines = vendor.bill().lines;
    assert_eq!(lines.len(), 2, "both were worked on");
    let ended = [(ModelType::Text, text.unwrap_err()), (ModelType::Image, image.unwrap_err())];
    for ((model_type, failed), line) in ended.into_iter().zip(&lines) {
        let ProviderError::BadReply { usage } = failed.error else { panic!("{failed:?}") };
        let cost = model(model_type).charge(&usage).unwrap().provider_cost.0;
        assert_eq!(cost, i64::try_from(line.nano).unwrap(), "{model_type:?}: {usage:?}");
        assert_eq!(failed.provider_request_id.as_deref(), Some(line.request.as_str()), "and can be found on the bill");
    }

    let (text, image) = (
        json!({ "prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29 }),
        json!({ "input_tokens": 9, "output_tokens": 1_056, "total_tokens": 1_065 }),
    );
    for list in [json!([]), json!({}), json!("none"), json!([{ "nothing": 1 }])] {
        let raw = |name: &str, usage: &Value| {
            let body = json!({ name: list, "usage": usage }).to_string();
            Reply::Raw(200, vec![("content-type", "application/json".to_owned())], body)
        };
        vendor.then(raw("choices", &text));
        let failed = client.complete(&text_request()).await.unwrap_err();
        let ProviderError::BadReply { usage } = failed.error else { panic!("{list}: {failed:?}") };
        assert_eq!(buckets(&usage), [19, 0, 0, 10, 0, 0, 0], "{list}");
        vendor.then(raw("data", &image));
        let failed = client.render(&image_request()).await.unwrap_err();
        let ProviderError::BadReply { usage } = failed.error else { panic!("{list}: {failed:?}") };
        assert_eq!(buckets(&usage), [9, 0, 0, 0, 0, 0, 1_056], "{list}");
    }
    vendor.then(Reply::Raw(200, vec![], json!({ "data": [], "usage": { "input_tokens": "many" } }).to_string()));
    let failed = client.render(&image_request()).await.unwrap_err();
    assert_eq!(failed.error, unreadable(), "figures that are none are no figures");
}

#[tokio::test]
async fn what_is_no_answer_inside_a_good_one_is_passed_on_for_the_reader_to_refuse() {
    let vendor = vendor();
    let client = client(&vendor);
    let (text, image) = both(&client, &vendor, &Reply::Says("not what was asked".to_owned())).await;
    let (text, image) = (text.unwrap(), image.unwrap());
    assert_eq!(text.text, "not what was asked");
    assert_eq!(image.bytes, b"not what was asked");
    assert!(text.usage.tokens() > 0 && image.usage.images == 1, "with what it consumed");

    let broken = r#"{"data":[{"b64_json":"@@@"}],"usage":{"input_tokens":9,"output_tokens":1056,"total_tokens":1065}}"#;
    vendor.then(Reply::Raw(200, vec![("content-type", "application/json".to_owned())], broken.to_owned()));
    let error = client.render(&image_request()).await.unwrap_err().error;
    let ProviderError::CutOff { usage } = error else { panic!("{error:?}") };
    assert_eq!((usage.image_output_tokens, usage.images), (1_056, 1), "a broken file was made and is billed");
    vendor.then(Reply::AtNothing);
    let error = client.render(&image_request()).await.unwrap_err().error;
    assert!(matches!(error, ProviderError::CutOff { .. }), "so was one that is not where it should be: {error:?}");
}
