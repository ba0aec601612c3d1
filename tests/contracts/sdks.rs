//! The vendors' own client libraries as clients of our doubles: what they read must be what the double bills, and what they
//! raise must be what it refused. A double that they understand speaks its vendor's language, and so does whoever
//! understands the double.

use crate::dialects::vendor_of;
use crate::vendor::{image_request_in, text_request};
use igny8_core::status::Dialect;
use igny8_providers::builtin::BuiltinText;
use igny8_testkit::vendor::{AIR, IMAGE_MODEL, Reply, Stated, TEXT_MODEL, Terms, Vendor};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// What a library reads and raises at a vendor that it asks for a text.
fn asked_by_library(vendor: &Vendor, key: &str, refusals: &[Reply]) -> Value {
    let request = text_request();
    let question = json!({
        "key": key, "model": TEXT_MODEL, "system": request.system_prompt, "user": request.user_prompt,
        "schema": schema_of(vendor.dialect()), "room": request.max_output_tokens, "refusals": refusals.len(),
    });
    asked_with(vendor, "clients.py", &question, refusals)
}

fn asked_with(vendor: &Vendor, program: &str, question: &Value, refusals: &[Reply]) -> Value {
    vendor.then(Reply::Answer);
    refusals.iter().cloned().for_each(|reply| vendor.then(reply));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sdks");
    let python = folder.join(".venv/bin/python");
    assert!(python.exists(), "the libraries are not installed: make tests/sdks/.venv/.installed");
    let mut library = Command::new(python)
        .arg(folder.join(program))
        .args([vendor.dialect().as_str(), &vendor.base_url()])
        // Nothing of whoever runs the tests, such as a key of theirs.
        .env_clear()
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    library.stdin.take().unwrap().write_all(question.to_string().as_bytes()).unwrap();
    let ran = library.wait_with_output().unwrap();
    assert!(ran.status.success(), "{}: {}", vendor.dialect(), String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).unwrap()
}

/// The schema as our own client sends it.
fn schema_of(dialect: Dialect) -> Value {
    let vendor = vendor_of(dialect);
    let client = crate::dialects::client_for(&vendor);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(client.complete(&text_request())).unwrap();
    let body = vendor.seen().remove(0).body;
    let place = match dialect {
        Dialect::OpenAi => "/response_format/json_schema/schema",
        Dialect::Anthropic => "/output_config/format/schema",
        Dialect::Gemini => "/generationConfig/responseJsonSchema",
        Dialect::Ollama => "/format",
        Dialect::Runware | Dialect::Bria => panic!("{dialect} has no texts"),
    };
    body.pointer(place).unwrap().clone()
}

/// A vendor's own refusals, and the error that its library raises for each.
fn refusals(dialect: Dialect) -> Vec<(Reply, &'static str, u16)> {
    let raw = |status, body: Value| {
        Reply::Raw(status, vec![("content-type", "application/json".to_owned())], body.to_string())
    };
    match dialect {
        Dialect::OpenAi => vec![
            (Reply::wrong_key(), "AuthenticationError", 401),
            (Reply::unknown_model(), "NotFoundError", 404),
            (Reply::out_of_money(), "RateLimitError", 429),
            (Reply::error(400, "invalid_request_error", Some("context_length_exceeded")), "BadRequestError", 400),
            (Reply::error(500, "server_error", None), "InternalServerError", 500),
        ],
        Dialect::Anthropic => {
            let error = |status, kind: &str| {
                raw(status, json!({ "type": "error", "error": { "type": kind, "message": "No." }, "request_id": "r" }))
            };
            vec![
                (error(401, "authentication_error"), "AuthenticationError", 401),
                (error(402, "billing_error"), "PaymentRequiredError", 402),
                (error(404, "not_found_error"), "NotFoundError", 404),
                (error(429, "rate_limit_error"), "RateLimitError", 429),
                (error(529, "overloaded_error"), "OverloadedError", 529),
            ]
        }
        Dialect::Gemini => {
            let error = |status: u16, word: &str| {
                raw(status, json!({ "error": { "code": status, "message": "No.", "status": word } }))
            };
            vec![
                (error(400, "INVALID_ARGUMENT"), "ClientError", 400),
                (error(429, "RESOURCE_EXHAUSTED"), "ClientError", 429),
                (
                    raw(404, json!([{ "error": { "code": 404, "message": "No.", "status": "NOT_FOUND" } }])),
                    "ClientError",
                    404,
                ),
                (error(503, "UNAVAILABLE"), "ServerError", 503),
            ]
        }
        Dialect::Ollama => vec![
            (raw(404, json!({ "error": "model 'gone' not found" })), "ResponseError", 404),
            (raw(503, json!({ "error": "server busy, please try again" })), "ResponseError", 503),
        ],
        Dialect::Runware | Dialect::Bria => panic!("{dialect} has no texts"),
    }
}

#[test]
fn the_vendors_own_libraries_read_what_the_doubles_say() {
    const KEY: &str = "sk-library";
    for dialect in Dialect::OF_TEXTS.iter().copied() {
        let terms = Terms { dialect, key: Some(KEY.to_owned()), stated: Stated::InParts, ..Terms::default() };
        let vendor = Vendor::start_on(terms, Arc::new(BuiltinText::new()));
        let refusals = refusals(dialect);
        let replies: Vec<Reply> = refusals.iter().map(|(reply, ..)| reply.clone()).collect();
        let read = asked_by_library(&vendor, KEY, &replies);

        let [billed, again] = vendor.bill().lines.try_into().expect("two answers");
        let (answer, mut in_pieces) = (&read["answer"], read["pieces"].clone());
        let consumed = billed.consumed;
        let numbers = ["input", "output", "cached", "cache_write", "reasoning"].map(|name| answer[name].as_u64());
        let said = [consumed.prompt, consumed.completion, consumed.cached, consumed.cache_write, consumed.reasoning];
        assert_eq!(numbers, said.map(Some), "{dialect}: {read}");
        assert_eq!(answer["model"], TEXT_MODEL, "{dialect}");
        assert!(answer["text"].as_str().unwrap().starts_with("{\"clusters\""), "{dialect}: {read}");
        if dialect != Dialect::Ollama {
            assert_eq!(answer["request"], billed.request.as_str(), "{dialect}: under the id on the bill");
            assert_eq!(in_pieces["request"], again.request.as_str(), "{dialect}: in pieces as well");
            in_pieces["request"] = answer["request"].clone();
        }
        assert_eq!(in_pieces, *answer, "{dialect}: the pieces are the whole");
        let expected: Vec<Value> = refusals.iter().map(|(_, name, status)| json!([name, status])).collect();
        assert_eq!(read["raised"], json!(expected), "{dialect}");
        assert_eq!(vendor.seen().len(), 2 + refusals.len(), "{dialect}: it was asked so often and no more");
        let listed: Vec<&str> = read["models"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let names: &[&str] = match dialect {
            Dialect::OpenAi => &[TEXT_MODEL, IMAGE_MODEL],
            Dialect::Gemini => &["models/writer-1", "models/painter-1"],
            _ => &[TEXT_MODEL],
        };
        assert_eq!((listed.as_slice(), vendor.greetings().len()), (names, 1), "{dialect}: its list is read as well");
    }
}

/// A vendor's own refusals of pictures, and what its library raises for each.
fn picture_refusals(dialect: Dialect) -> Vec<(Reply, &'static str, Value)> {
    let runware = |status: u16, code: &str| {
        let body = json!({ "errors": [{ "code": code, "message": "No.", "taskType": "imageInference" }] });
        Reply::Raw(status, vec![("content-type", "application/json".to_owned())], body.to_string())
    };
    match dialect {
        Dialect::OpenAi => vec![
            (
                Reply::error(400, "image_generation_user_error", Some("moderation_blocked")),
                "BadRequestError",
                json!(400),
            ),
            (Reply::out_of_money(), "RateLimitError", json!(429)),
        ],
        Dialect::Gemini => {
            refusals(dialect).into_iter().map(|(reply, name, status)| (reply, name, json!(status))).collect()
        }
        Dialect::Runware => vec![
            (runware(401, "invalidApiKey"), "RunwareError", json!("auth")),
            (runware(400, "insufficientCredits"), "RunwareError", json!("quota")),
            (runware(400, "promptBlocked"), "RunwareError", json!("safety")),
            (runware(429, "providerRateLimitExceeded"), "RunwareError", json!("rateLimit")),
            (runware(400, "conflictTaskUUID"), "RunwareError", json!("validation")),
        ],
        Dialect::Anthropic | Dialect::Ollama | Dialect::Bria => panic!("{dialect} has no library of pictures"),
    }
}

#[test]
fn the_vendors_own_libraries_read_the_pictures_of_the_doubles() {
    const KEY: &str = "sk-library";
    const TASK: &str = "018f4d2a-7c3b-4e21-9d4f-5a6b7c8d9e0f";
    for dialect in [Dialect::OpenAi, Dialect::Gemini, Dialect::Runware] {
        let terms = Terms { dialect, key: Some(KEY.to_owned()), stated: Stated::InParts, ..Terms::default() };
        let vendor = Vendor::start_on(terms, Arc::new(BuiltinText::new()));
        let size = image_request_in(dialect).ask.size;
        let question = json!({
            "key": KEY, "model": if dialect == Dialect::Runware { AIR } else { IMAGE_MODEL }, "prompt": "A teapot",
            "negative": "text", "width": size.width, "height": size.height, "shape": size.word, "task": TASK,
            "refusals": picture_refusals(dialect).len(),
        });
        let refusals = picture_refusals(dialect);
        let replies: Vec<Reply> = refusals.iter().map(|(reply, ..)| reply.clone()).collect();
        let read = asked_with(&vendor, "painters.py", &question, &replies);
        let (billed, answer) = (vendor.bill().lines.remove(0), &read["answer"]);
        assert_eq!(answer["request"], billed.request.as_str(), "{dialect}: under the id on the bill");
        // The first bytes of a PNG, in base 64.
        assert!(answer["file"].as_str().unwrap().starts_with("iVBORw0KGgo"), "{dialect}: a file");
        match dialect {
            Dialect::Runware => {
                assert_eq!(answer["cost"].as_f64(), Some(0.04), "{dialect}: {read}");
                assert!(answer["seed"].as_u64() > Some(0), "{dialect}: {read}");
                assert_eq!(billed.nano, 40_000_000);
            }
            _ => {
                let numbers = ["input", "output"].map(|name| answer[name].as_u64());
                let said = [billed.consumed.prompt, billed.consumed.completion];
                assert_eq!(numbers, said.map(Some), "{dialect}: {read}");
            }
        }
        let expected: Vec<Value> = refusals.iter().map(|(_, name, sort)| json!([name, sort])).collect();
        assert_eq!(read["raised"], json!(expected), "{dialect}");
        assert_eq!(vendor.seen().len(), 1 + refusals.len(), "{dialect}: it was asked so often and no more");
    }
}
