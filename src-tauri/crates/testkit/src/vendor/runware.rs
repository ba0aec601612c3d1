//! Runware's tasks: a list with one goes in, and is asked about under the id it came with.

use super::IMAGE_MODEL;
use super::orders::Known;
use super::reply::Stated;
use super::work::{Made, Refusal, Task, Wish, Wrapping, put};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The name of its model in the vendor's own form, which its library takes without looking it up elsewhere.
pub const AIR: &str = "igny8:1@1";
/// Sides of a picture are multiples of this, between these.
const STEP: u32 = 64;
const SIDES: std::ops::RangeInclusive<u32> = 128..=2_048;
/// The resolution that stands in place of the two sides, and the side it has.
const RESOLUTION: &str = "1k";
const RESOLUTION_PX: u32 = 1_024;
/// The seed of pictures that were asked for without one.
const SEED: u64 = 2_020_202_020;

/// A picture's task. A field more would be one that nobody has thought about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Inference {
    task_type: String,
    #[serde(rename = "taskUUID")]
    task: String,
    model: String,
    positive_prompt: String,
    #[serde(default)]
    negative_prompt: String,
    width: Option<u32>,
    height: Option<u32>,
    resolution: Option<String>,
    number_results: Option<u32>,
    output_type: Value,
    output_format: Option<String>,
    steps: Option<u32>,
    #[serde(rename = "CFGScale")]
    _scale: Option<f64>,
    seed: Option<u64>,
    include_cost: bool,
    delivery_method: String,
}

/// The request, from path and body.
pub(super) fn task(path: &str, body: &Value) -> Result<Task, Refusal> {
    if path != "/v1" {
        return Err((404, "notFound"));
    }
    let only = body.as_array().filter(|tasks| tasks.len() == 1).and_then(|tasks| tasks.first());
    let asked = Inference::deserialize(only.ok_or((400, "invalidArray"))?).map_err(|_| (400, "unknownParameter"))?;
    if asked.task_type != "imageInference" || uuid::Uuid::parse_str(&asked.task).is_err() {
        return Err((400, "invalidTaskUUID"));
    }
    if ![IMAGE_MODEL, AIR].contains(&asked.model.as_str()) {
        return Err((400, "invalidModel"));
    }
    let is_side = |side: u32| side.is_multiple_of(STEP) && SIDES.contains(&side);
    let (width, height) = match (asked.width, asked.height, asked.resolution.as_deref()) {
        (Some(width), Some(height), None) if is_side(width) && is_side(height) => (width, height),
        (None, None, Some(RESOLUTION)) => (RESOLUTION_PX, RESOLUTION_PX),
        _ => return Err((400, "invalidWidth")),
    };
    let prompts = 2..=3_000;
    if !prompts.contains(&asked.positive_prompt.len()) || asked.negative_prompt.len() > 3_000 {
        return Err((400, "invalidPositivePrompt"));
    }
    let is_one = asked.number_results.is_none_or(|results| results == 1);
    let is_known = asked.output_format.as_deref().is_none_or(|format| ["JPG", "PNG", "WEBP"].contains(&format));
    let is_counted = asked.steps.is_none_or(|steps| (1..=100).contains(&steps)) && asked.seed != Some(0);
    let types = ["URL", "base64Data", "dataURI"];
    let is_type = |kind: &Value| kind.as_str().is_some_and(|kind| types.contains(&kind));
    let has_type =
        asked.output_type.as_array().map_or_else(|| is_type(&asked.output_type), |kinds| kinds.iter().all(is_type));
    let is_delivered = ["sync", "async"].contains(&asked.delivery_method.as_str());
    if !(is_one && is_known && is_counted && has_type && is_delivered && asked.include_cost) {
        return Err((400, "invalidParameter"));
    }
    Ok(Task::Paint(Wish { prompt: asked.positive_prompt, width, height }))
}

/// The id of the task in a request, whatever it wants of it.
pub(super) fn id(body: &Value) -> &str {
    body.pointer("/0/taskUUID").and_then(Value::as_str).unwrap_or_default()
}

/// Whether a request only asks how far a task is.
pub(super) fn is_question(body: &Value) -> bool {
    body.pointer("/0/taskType").and_then(Value::as_str) == Some("getResponse")
}

/// The answer to a task that is done.
pub(super) fn wrap(made: &Made, nano: u64, wrapping: &Wrapping<'_>, body: &Value) -> Value {
    let mut item = started(wrapping.request);
    put(&mut item, "status", json!("success"));
    put(&mut item, "imageUUID", json!("0c1c4a5e-8f0b-4b4e-9d0d-1f2e3d4c5b6a"));
    put(&mut item, "seed", body.pointer("/0/seed").cloned().unwrap_or(json!(SEED)));
    put(&mut item, "NSFWContent", json!(wrapping.declines));
    match &wrapping.url {
        Some(url) => put(&mut item, "imageURL", json!(url)),
        None if wrapping.is_empty => {}
        None => put(&mut item, "imageBase64Data", json!(STANDARD.encode(&made.bytes))),
    }
    match wrapping.stated {
        Stated::Plain | Stated::InParts => put(&mut item, "cost", cost(nano)),
        Stated::Nothing => {}
        Stated::As(said) => put(&mut item, "cost", said.clone()),
    }
    json!({ "data": [item] })
}

/// The answer to a task that is taken on.
pub(super) fn taken_on(id: &str) -> Value {
    json!({ "data": [started(id)] })
}

/// The answer to a question about a task.
pub(super) fn told(id: &str, known: Known) -> (u16, Value) {
    match known {
        Known::Done(answer) => (200, answer),
        Known::UnderWay => {
            let mut item = started(id);
            put(&mut item, "status", json!("processing"));
            (200, json!({ "data": [item] }))
        }
        Known::Nothing => (400, refusal("taskFailedOrNotFound", id)),
    }
}

/// A refusal.
pub(super) fn refusal(code: &str, id: &str) -> Value {
    let error = json!({
        "code": code, "message": "Refused.", "parameter": null, "type": "string", "taskUUID": id,
        "taskType": "imageInference",
    });
    json!({ "errors": [error] })
}

fn started(id: &str) -> Value {
    let fields = [("taskType", json!("imageInference")), ("taskUUID", json!(id))];
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

/// Nano-dollars in dollars, as a number.
fn cost(nano: u64) -> Value {
    serde_json::from_str(&format!("{}.{:09}", nano / 1_000_000_000, nano % 1_000_000_000)).unwrap_or(Value::Null)
}
