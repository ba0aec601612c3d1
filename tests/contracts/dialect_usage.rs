//! From what each vendor says it consumed to what it costs: figures in the shapes that the vendors' own libraries have,
//! over the wire, in disjoint buckets that sum to the vendor's total, priced to the nano-dollar.

use crate::dialects::{client_for, ended, vendor_of};
use crate::streams::in_pieces;
use crate::vendor::vendor_on;
use crate::vendor_usage::{at_full_price, buckets, model};
use igny8_core::status::{Dialect, ModelType};
use igny8_providers::Bounds;
use igny8_testkit::vendor::{Reply, Stated, Terms};
use serde_json::{Value, json};

/// What a vendor says, its own total, the buckets it comes to (in, cached, cache written, out, thought, picture in,
/// picture out), and nano-dollars at the catalogue's row.
struct Golden {
    name: &'static str,
    said: Value,
    total: u64,
    buckets: [u32; 7],
    nano: i64,
    is_estimated: bool,
}

fn anthropic() -> Vec<Golden> {
    vec![
        Golden {
            name: "nothing but the two",
            said: json!({ "input_tokens": 2_095, "output_tokens": 503 }),
            total: 2_598,
            buckets: [2_095, 0, 0, 503, 0, 0, 0],
            nano: 8_214_000,
            is_estimated: false,
        },
        Golden {
            name: "cache read and written, with thinking inside the output",
            said: json!({
                "input_tokens": 21, "cache_read_input_tokens": 188_086, "cache_creation_input_tokens": 456,
                "cache_creation": { "ephemeral_5m_input_tokens": 456, "ephemeral_1h_input_tokens": 0 },
                "output_tokens": 393, "output_tokens_details": { "thinking_tokens": 120 },
                "server_tool_use": { "web_search_requests": 0, "web_fetch_requests": 0 },
                "service_tier": "standard", "speed": "standard", "inference_geo": "not_available",
            }),
            total: 188_956,
            buckets: [21, 188_086, 456, 273, 120, 0, 0],
            nano: 98_369_000,
            is_estimated: false,
        },
        Golden {
            name: "written for an hour, which has a price of its own",
            said: json!({
                "input_tokens": 10, "cache_creation_input_tokens": 100, "output_tokens": 5,
                "cache_creation": { "ephemeral_5m_input_tokens": 40, "ephemeral_1h_input_tokens": 60 },
                "cache_read_input_tokens": null, "output_tokens_details": null,
            }),
            total: 115,
            buckets: [10, 0, 100, 5, 0, 0, 0],
            nano: 310_000,
            is_estimated: true,
        },
        Golden {
            name: "more thought than written, which cannot be",
            said: json!({
                "input_tokens": 10, "output_tokens": 5, "output_tokens_details": { "thinking_tokens": 6 },
            }),
            total: 15,
            buckets: [10, 0, 0, 5, 0, 0, 0],
            nano: 60_000,
            is_estimated: true,
        },
    ]
}

fn gemini() -> Vec<Golden> {
    vec![
        Golden {
            name: "thoughts beside the answer",
            said: json!({
                "promptTokenCount": 25, "candidatesTokenCount": 73, "thoughtsTokenCount": 1_105,
                "totalTokenCount": 1_203, "promptTokensDetails": [{ "modality": "TEXT", "tokenCount": 25 }],
                "trafficType": "ON_DEMAND",
            }),
            total: 1_203,
            buckets: [25, 0, 0, 73, 1_105, 0, 0],
            nano: 9_474_000,
            is_estimated: false,
        },
        Golden {
            name: "cached inside the prompt, tools beside it",
            said: json!({
                "promptTokenCount": 3_000, "cachedContentTokenCount": 2_048, "candidatesTokenCount": 100,
                "toolUsePromptTokenCount": 50, "thoughtsTokenCount": 10, "totalTokenCount": 3_160,
            }),
            total: 3_160,
            buckets: [1_002, 2_048, 0, 100, 10, 0, 0],
            nano: 3_908_000,
            is_estimated: false,
        },
        Golden {
            name: "a picture read",
            said: json!({
                "promptTokenCount": 270, "candidatesTokenCount": 10, "totalTokenCount": 280,
                "promptTokensDetails": [
                    { "modality": "TEXT", "tokenCount": 12 }, { "modality": "IMAGE", "tokenCount": 258 },
                ],
            }),
            total: 280,
            buckets: [12, 0, 0, 10, 0, 258, 0],
            nano: 620_000,
            is_estimated: false,
        },
        Golden {
            name: "without a total",
            said: json!({ "promptTokenCount": 4, "candidatesTokenCount": 2 }),
            total: 6,
            buckets: [4, 0, 0, 2, 0, 0, 0],
            nano: 24_000,
            is_estimated: false,
        },
        Golden {
            name: "thought that only the total counts",
            said: json!({ "promptTokenCount": 100, "candidatesTokenCount": 20, "totalTokenCount": 400 }),
            total: 400,
            buckets: [100, 0, 0, 20, 280, 0, 0],
            nano: 2_600_000,
            is_estimated: true,
        },
    ]
}

fn ollama() -> Vec<Golden> {
    vec![Golden {
        name: "the two counts",
        said: json!({ "prompt_eval_count": 726, "eval_count": 298, "prompt_eval_duration": 130_079_000 }),
        total: 1_024,
        buckets: [726, 0, 0, 298, 0, 0, 0],
        nano: 3_836_000,
        is_estimated: false,
    }]
}

#[tokio::test]
async fn figures_become_buckets_and_buckets_become_money() {
    let all = [(Dialect::Anthropic, anthropic()), (Dialect::Gemini, gemini()), (Dialect::Ollama, ollama())];
    for (dialect, goldens) in all {
        let vendor = vendor_of(dialect);
        let client = client_for(&vendor);
        for golden in goldens {
            let name = golden.name;
            let reply = Reply::Stating(Stated::As(golden.said));
            let streamed = in_pieces(dialect, reply.clone(), Bounds::default()).await.0.map(|answer| answer.usage);
            let usage =
                ended(&*client, &vendor, reply).await.unwrap_or_else(|e| panic!("{dialect}: {name}: {e:?}")).usage;
            assert_eq!(streamed, Ok(usage), "{dialect}: {name}: in pieces as whole");
            assert_eq!(buckets(&usage), golden.buckets, "{dialect}: {name}");
            assert_eq!(usage.tokens(), golden.total, "{dialect}: {name}: the buckets sum to the vendor's total");
            assert_eq!(usage.is_estimated, golden.is_estimated, "{dialect}: {name}");
            let cost = model(ModelType::Text).charge(&usage).unwrap().provider_cost.0;
            assert_eq!(cost, golden.nano, "{dialect}: {name}");
        }
    }
}

#[tokio::test]
async fn what_is_not_said_is_counted_here_and_marked() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = vendor_of(dialect);
        let client = client_for(&vendor);
        let usage = ended(&*client, &vendor, Reply::Stating(Stated::Nothing)).await.unwrap().usage;
        assert!(usage.is_estimated && usage.input_tokens > 0 && usage.output_tokens > 0, "{dialect}: {usage:?}");
    }
}

#[tokio::test]
async fn the_vendors_own_bill_is_our_cost() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = vendor_of(dialect);
        let usage = ended(&*client_for(&vendor), &vendor, Reply::Answer).await.unwrap().usage;
        let ours = model(ModelType::Text).charge(&usage).unwrap().provider_cost.0;
        assert_eq!(ours, i64::try_from(vendor.bill().nano()).unwrap(), "{dialect}: {usage:?}");
    }
}

#[tokio::test]
async fn what_is_said_without_its_parts_is_our_cost_at_full_price() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = vendor_on(Terms { dialect, stated: Stated::Plain, ..Terms::default() });
        let usage = ended(&*client_for(&vendor), &vendor, Reply::Answer).await.unwrap().usage;
        let ours = model(ModelType::Text).charge(&usage).unwrap().provider_cost.0;
        let (bill, billed) = (vendor.bill(), i64::try_from(vendor.bill().nano()).unwrap());
        assert_eq!(ours, at_full_price(&bill), "{dialect}: {usage:?}");
        // Whoever runs a model here has no cache that is priced.
        let is_exact = dialect == Dialect::Ollama;
        assert_eq!((ours == billed, ours >= billed), (is_exact, true), "{dialect}: never less than the bill: {bill:?}");
    }
}

#[tokio::test]
async fn what_is_served_otherwise_than_it_is_priced_is_an_estimate() {
    let openai = |tier: &str| {
        let choice = json!({ "index": 0, "message": { "content": "word" }, "finish_reason": "stop" });
        let usage = json!({ "prompt_tokens": 19, "completion_tokens": 2, "total_tokens": 21 });
        json!({ "choices": [choice], "usage": usage, "service_tier": tier })
    };
    let anthropic = |tier: &str| {
        let usage = json!({ "input_tokens": 19, "output_tokens": 2, "service_tier": tier });
        json!({ "content": [{ "type": "text", "text": "word" }], "stop_reason": "end_turn", "usage": usage })
    };
    let said = |body: Value| Reply::Raw(200, vec![("content-type", "application/json".to_owned())], body.to_string());
    for (tier, is_estimated) in [("default", false), ("standard", false), ("priority", true), ("flex", true)] {
        for (dialect, body) in [(Dialect::OpenAi, openai(tier)), (Dialect::Anthropic, anthropic(tier))] {
            let vendor = vendor_of(dialect);
            let usage = ended(&*client_for(&vendor), &vendor, said(body)).await.unwrap().usage;
            assert_eq!((usage.tokens(), usage.is_estimated), (21, is_estimated), "{dialect}: {tier}");
        }
        let chunk = json!({
            "choices": [{ "index": 0, "delta": { "content": "word" }, "finish_reason": "stop" }], "service_tier": tier,
        });
        let last = json!({ "choices": [], "usage": openai(tier)["usage"], "service_tier": tier });
        let pieces = format!("data: {chunk}\n\ndata: {last}\n\ndata: [DONE]\n\n");
        let reply = Reply::Raw(200, vec![("content-type", "text/event-stream".to_owned())], pieces);
        let (ended, _) = in_pieces(Dialect::OpenAi, reply, Bounds::default()).await;
        assert_eq!(ended.unwrap().usage.is_estimated, is_estimated, "in pieces: {tier}");
    }
    let mut gateway = openai("priority");
    gateway["usage"]["cost"] = json!(0.0004);
    let vendor = vendor_of(Dialect::OpenAi);
    let usage = ended(&*client_for(&vendor), &vendor, said(gateway)).await.unwrap().usage;
    assert!(!usage.is_estimated, "whoever says what it cost is believed: {usage:?}");
}
