//! Every dialect over the wire: what leaves, what comes back when all goes well, and what each ending means.

use crate::site::install_cryptography;
use crate::vendor::{SECRET, call, text_request};
use igny8_core::function::output::{ClusterOutput, read};
use igny8_core::port::models::{FailedCall, ImageModel, ProviderError, TextAnswer, TextModel};
use igny8_core::port::vault::SecretName;
use igny8_core::status::Dialect;
use igny8_providers::builtin::BuiltinText;
use igny8_providers::{Bounds, Connection, Models, VendorAddress, models};
use igny8_testkit::vault::RememberedVault;
use igny8_testkit::vendor::{Reply, Stated, Terms, Vendor};
use serde_json::{Value, json};
use std::sync::Arc;

/// A vendor that speaks a dialect and says all it knows of its consumption.
pub fn vendor_of(dialect: Dialect) -> Vendor {
    Vendor::start_on(Terms { dialect, stated: Stated::InParts, ..Terms::default() }, Arc::new(BuiltinText::new()))
}

/// The product's adapters for an address.
pub fn models_at(dialect: Dialect, url: &str, bounds: Bounds) -> Models {
    adapters(dialect, url, None, bounds)
}

/// Its adapter for pictures, with a key.
pub fn image_model(dialect: Dialect, url: &str, key: Option<&str>, bounds: Bounds) -> Arc<dyn ImageModel> {
    adapters(dialect, url, key, bounds).image.expect("models of pictures")
}

fn adapters(dialect: Dialect, url: &str, key: Option<&str>, bounds: Bounds) -> Models {
    install_cryptography();
    let vault = key.map_or_else(RememberedVault::default, |key| RememberedVault::with(SECRET, key));
    let secret = key.map(|_| SecretName(SECRET.to_owned()));
    let address = VendorAddress::parse(url).unwrap();
    models(dialect, Connection::new(address, secret, Arc::new(vault), bounds).unwrap())
}

/// The client for it, as patient as the product's.
pub fn client_for(vendor: &Vendor) -> Arc<dyn TextModel> {
    models_at(vendor.dialect(), &vendor.base_url(), Bounds::default()).text.expect("models of texts")
}

/// How a text ends at a vendor that does this.
pub async fn ended(client: &dyn TextModel, vendor: &Vendor, reply: Reply) -> Result<TextAnswer, FailedCall> {
    vendor.then(reply);
    client.complete(&text_request()).await
}

#[tokio::test]
async fn every_dialect_is_understood_and_its_bill_is_ours() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = vendor_of(dialect);
        let client = client_for(&vendor);
        let answer = client.complete(&text_request()).await.unwrap_or_else(|error| panic!("{dialect}: {error:?}"));
        let clusters = read::<ClusterOutput>(&answer.text).unwrap().clusters;
        assert!(!clusters.is_empty(), "{dialect}: the typed input came back out of the prompt: {}", answer.text);
        let (seen, billed) = (vendor.seen().remove(0), vendor.bill().lines.remove(0));
        assert_eq!(seen.call(), call().to_string(), "{dialect}: the call's id travels");
        let consumed = billed.consumed;
        let said = [consumed.prompt, consumed.completion, consumed.cached, consumed.cache_write, consumed.reasoning];
        let usage = answer.usage;
        let ours = [
            usage.tokens_in(),
            usage.tokens_out(),
            u64::from(usage.cached_input_tokens),
            u64::from(usage.cache_write_tokens),
            u64::from(usage.reasoning_tokens),
        ];
        assert_eq!(ours, said, "{dialect}: every bucket is the vendor's");
        assert!(!usage.is_estimated, "{dialect}: nothing is guessed");
        let estimate = u64::from(client.count_input_tokens(&text_request()));
        assert!((usage.tokens_in()..4 * usage.tokens_in()).contains(&estimate), "{dialect}: {estimate} {usage:?}");
        match dialect {
            Dialect::OpenAi | Dialect::Anthropic | Dialect::Gemini => {
                assert_eq!(answer.provider_request_id, Some(billed.request), "{dialect}: it is found on the bill");
            }
            Dialect::Ollama => assert_eq!(answer.provider_request_id, None, "it has no ids"),
            Dialect::Runware | Dialect::Bria => panic!("{dialect} has no texts"),
        }
    }
}

#[tokio::test]
async fn the_key_travels_as_each_dialect_has_it_and_a_wrong_one_is_known() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let terms = Terms { dialect, key: Some("sk-canary-41".to_owned()), ..Terms::default() };
        let vendor = Vendor::start_on(terms, Arc::new(BuiltinText::new()));
        let client = |key| adapters(dialect, &vendor.base_url(), key, Bounds::default()).text.unwrap();
        assert!(client(Some("sk-canary-41")).complete(&text_request()).await.is_ok(), "{dialect}");
        for key in [None, Some("sk-other")] {
            let error = client(key).complete(&text_request()).await.unwrap_err().error;
            assert_eq!(error, ProviderError::Auth, "{dialect}: {key:?}");
        }
        for seen in vendor.seen() {
            let carried: Vec<&str> =
                seen.headers.values().filter(|value| value.contains("sk-")).map(String::as_str).collect();
            assert!(carried.len() <= 1, "{dialect}: in one place: {carried:?}");
            assert!(!seen.path.contains("sk-") && !seen.body.to_string().contains("sk-"), "{dialect}: nowhere else");
        }
    }
}

#[tokio::test]
async fn a_model_that_is_not_there_is_known() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = vendor_of(dialect);
        let request = igny8_core::port::models::TextRequest { model_name: "gone-7".to_owned(), ..text_request() };
        let error = client_for(&vendor).complete(&request).await.unwrap_err().error;
        assert_eq!(error, ProviderError::UnknownModel, "{dialect}");
    }
}

#[tokio::test]
async fn what_leaves_is_asked_for_in_the_vendors_own_words() {
    let question = async |dialect| {
        let vendor = vendor_of(dialect);
        client_for(&vendor).complete(&text_request()).await.unwrap();
        vendor.seen().remove(0)
    };
    let request = text_request();
    let anthropic = question(Dialect::Anthropic).await;
    assert_eq!(anthropic.path, "/v1/messages");
    assert!(anthropic.body["system"].as_str().unwrap().starts_with(&request.system_prompt));
    assert_eq!(anthropic.headers["anthropic-version"], "2023-06-01");
    assert_eq!(anthropic.body["max_tokens"], 4_000, "which it demands");
    assert_eq!(anthropic.body["output_config"]["format"]["schema"]["additionalProperties"], false);

    let gemini = question(Dialect::Gemini).await;
    assert_eq!(gemini.path, "/v1beta/models/writer-1:generateContent");
    assert_eq!(gemini.body["generationConfig"]["maxOutputTokens"], 4_000);
    let told = gemini.body["systemInstruction"]["parts"][0]["text"].as_str().unwrap();
    assert!(told.starts_with(&request.system_prompt));

    let ollama = question(Dialect::Ollama).await;
    assert_eq!((ollama.path.as_str(), &ollama.body["stream"]), ("/api/chat", &json!(false)));
    assert_eq!(ollama.body["options"], json!({ "num_ctx": 8_192, "num_predict": 4_000 }), "room for all of it");
    assert_eq!(ollama.body["format"]["required"], json!(["clusters"]));
}

#[tokio::test]
async fn an_address_may_be_given_with_the_root_of_its_endpoints() {
    let roots = [
        (Dialect::Anthropic, "/v1"),
        (Dialect::Gemini, "/v1beta/"),
        (Dialect::Gemini, "/v1"),
        (Dialect::Ollama, "/api"),
        (Dialect::Ollama, "/v1"),
    ];
    for (dialect, root) in roots {
        let vendor = vendor_of(dialect);
        let client = models_at(dialect, &format!("{}{root}", vendor.base_url()), Bounds::default()).text.unwrap();
        assert!(client.complete(&text_request()).await.is_ok(), "{dialect}");
    }
}

/// How an answer ends at a vendor, and the code of what that is; none for an answer.
type Ending = (Dialect, Reply, Option<&'static str>);

fn endings() -> Vec<Ending> {
    let mut endings: Vec<Ending> = vec![
        (Dialect::Anthropic, Reply::Declines, Some("content_refused")),
        (Dialect::Gemini, Reply::Declines, Some("content_refused")),
        (Dialect::OpenAi, Reply::Declines, Some("content_refused")),
        (Dialect::OpenAi, Reply::Ends(Some("eos")), None),
        (Dialect::OpenAi, Reply::Ends(Some("content_filter")), Some("content_refused")),
        (Dialect::Anthropic, Reply::Empty, Some("bad_reply")),
        (Dialect::Gemini, Reply::Empty, Some("bad_reply")),
        (Dialect::Ollama, Reply::Empty, Some("bad_reply")),
    ];
    let words = [
        (Dialect::Anthropic, "end_turn", None),
        (Dialect::Anthropic, "stop_sequence", None),
        (Dialect::Anthropic, "refusal", Some("content_refused")),
        (Dialect::Gemini, "STOP", None),
        (Dialect::Ollama, "stop", None),
        (Dialect::Ollama, "length", Some("cut_off")),
        (Dialect::Ollama, "load", Some("cut_off")),
    ];
    let cut_of_openai = ["length", "error", "model_length", "insufficient_system_resource", "abort"];
    endings.extend(cut_of_openai.map(|word| (Dialect::OpenAi, Reply::Ends(Some(word)), Some("cut_off"))));
    let cut = [
        (Dialect::Anthropic, ["max_tokens", "pause_turn", "tool_use", "model_context_window_exceeded"]),
        (Dialect::Gemini, ["MAX_TOKENS", "OTHER", "MALFORMED_RESPONSE", "FINISH_REASON_UNSPECIFIED"]),
    ];
    let refused = ["SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "LANGUAGE"];
    endings.extend(words.map(|(dialect, word, code)| (dialect, Reply::Ends(Some(word)), code)));
    for (dialect, words) in cut {
        endings.extend(words.map(|word| (dialect, Reply::Ends(Some(word)), Some("cut_off"))));
    }
    endings.extend(refused.map(|word| (Dialect::Gemini, Reply::Ends(Some(word)), Some("content_refused"))));
    endings.extend(Dialect::OF_TEXTS.iter().map(|dialect| (*dialect, Reply::Ends(None), Some("cut_off"))));
    endings
}

#[tokio::test]
async fn an_answer_counts_only_when_it_says_that_it_ended_and_costs_all_the_same() {
    for (dialect, reply, code) in endings() {
        let vendor = vendor_of(dialect);
        let ended = ended(&*client_for(&vendor), &vendor, reply.clone()).await;
        let consumed = vendor.bill().lines.remove(0).consumed;
        let usage = match (ended, code) {
            (Ok(answer), None) => answer.usage,
            (Err(failed), Some(code)) => {
                assert_eq!(failed.error.code(), code, "{dialect}: {reply:?}");
                let (ProviderError::CutOff { usage }
                | ProviderError::ContentRefused { usage }
                | ProviderError::BadReply { usage }) = failed.error
                else {
                    panic!("{dialect}: {reply:?}: {failed:?}")
                };
                usage
            }
            (ended, _) => panic!("{dialect}: {reply:?}: {ended:?}"),
        };
        let all = consumed.prompt + consumed.completion;
        assert_eq!(usage.tokens(), all, "{dialect}: {reply:?}: what it consumed is billed");
    }
}

#[tokio::test]
async fn a_prompt_of_which_a_part_was_read_is_no_result() {
    let vendor = vendor_of(Dialect::Ollama);
    let client = client_for(&vendor);
    let whole = client.complete(&text_request()).await.unwrap().usage.input_tokens;
    for read in [1, u64::from(whole) / 3, 8_192, 100_000] {
        let error = ended(&*client, &vendor, Reply::Reads(read)).await.unwrap_err().error;
        let ProviderError::PromptCut { usage } = error else { panic!("{read} of {whole}: {error:?}") };
        assert_eq!(u64::from(usage.input_tokens), read, "what was read is what it took");
    }
    let shared = vendor_of(Dialect::OpenAi);
    let through = |read: u32, fingerprint: &str| {
        let usage = json!({ "prompt_tokens": read, "completion_tokens": 2, "total_tokens": read + 2 });
        let choices = json!([{ "message": { "content": "{}" }, "finish_reason": "stop" }]);
        let body = json!({ "choices": choices, "usage": usage, "system_fingerprint": fingerprint });
        Reply::Raw(200, Vec::new(), body.to_string())
    };
    let cut = ended(&*client_for(&shared), &shared, through(whole / 3, "fp_ollama")).await.unwrap_err().error;
    let ProviderError::PromptCut { usage } = cut else { panic!("nor through the interface it shares: {cut:?}") };
    assert_eq!((usage.input_tokens, usage.output_tokens), (whole / 3, 2));
    assert!(ended(&*client_for(&shared), &shared, through(whole, "fp_ollama")).await.is_ok(), "all of it was read");
    assert!(ended(&*client_for(&shared), &shared, through(19, "fp_44")).await.is_ok(), "others count as they like");
    vendor.forget();
    let request = text_request();
    let small = igny8_core::port::models::TextRequest { context_tokens: 100, ..request.clone() };
    let error = client.complete(&small).await.unwrap_err().error;
    assert_eq!(error, ProviderError::Rejected { reason: "context_length_exceeded".to_owned() });
    assert!(vendor.seen().is_empty(), "what cannot fit is not sent");
    let tight = igny8_core::port::models::TextRequest { context_tokens: whole - 1, ..request };
    let error = client.complete(&tight).await.unwrap_err().error;
    assert_eq!(
        error,
        ProviderError::Rejected { reason: "context_length_exceeded".to_owned() },
        "and a server may say so"
    );
    assert_eq!(vendor.seen()[0].body["options"]["num_ctx"], whole - 1, "which has as much room as the model");
}

#[tokio::test]
async fn a_call_that_is_given_up_closes_its_connection() {
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let vendor = vendor_of(dialect);
        let (client, request) = (client_for(&vendor), text_request());
        vendor.then(Reply::Never);
        tokio::select! {
            biased;
            () = vendor.arrival() => {}
            ended = client.complete(&request) => panic!("{dialect}: {ended:?}"),
        }
        // Waits for ever for a client that only stopped listening.
        vendor.departure().await;
    }
}

#[tokio::test]
async fn a_gateway_says_itself_what_a_call_costs() {
    let vendor = vendor_of(Dialect::OpenAi);
    let client = client_for(&vendor);
    let said = |more: Value| {
        let mut usage = json!({ "prompt_tokens": 994, "completion_tokens": 2, "total_tokens": 996 });
        let fields = more.as_object().cloned().unwrap_or_default();
        usage.as_object_mut().unwrap().extend(fields);
        Reply::Stating(Stated::As(usage))
    };
    let own = json!({ "cost": 0.00002, "is_byok": true, "cost_details": { "upstream_inference_cost": 0.0019 } });
    let stated = [
        (json!({ "cost": 0.95, "cost_details": { "upstream_inference_cost": 19 } }), Some(950_000_000)),
        (json!({ "cost": 0.00014 }), Some(140_000)),
        (own, Some(1_920_000)),
        (json!({ "cost": 999 }), Some(999_000_000_000)),
        (json!({ "cost": 5_000 }), Some(5_000_000_000_000)),
        (json!({ "cost": -1 }), None),
        (json!({ "cost": "free" }), None),
        (json!({ "cost": 1e300 }), None),
        (json!({}), None),
    ];
    for (more, nano) in stated {
        let usage = ended(&*client, &vendor, said(more.clone())).await.unwrap().usage;
        assert_eq!(usage.stated_cost.map(|cost| cost.0), nano, "{more}");
        assert_eq!(usage.tokens(), 996, "{more}: tokens are counted all the same");
        let is_doubtful = more.get("cost").is_some() && nano.is_none();
        assert_eq!(usage.is_estimated, is_doubtful, "{more}: a cost that is none is reckoned here, and marked");
    }
}
