//! Bria's orders: one is taken on under an id of the vendor's, and its status has an address of its own.

use super::orders::Known;
use super::work::{Made, Refusal, Task, Wish, Wrapping};
use serde::Deserialize;
use serde_json::{Value, json};

/// Where pictures are ordered: there alone, whatever model its client has in mind.
const GENERATE: &str = "/v2/image/generate";
/// Where orders are asked about.
const STATUS: &str = "/v2/status/";
/// Shapes of pictures, and the pixels they have.
const SHAPES: [(&str, u32, u32); 9] = [
    ("1:1", 1_024, 1_024),
    ("2:3", 832, 1_248),
    ("3:2", 1_248, 832),
    ("3:4", 880, 1_176),
    ("4:3", 1_176, 880),
    ("4:5", 912, 1_144),
    ("5:4", 1_144, 912),
    ("9:16", 768, 1_360),
    ("16:9", 1_360, 768),
];

/// An order. A field more would be one that nobody has thought about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    prompt: String,
    negative_prompt: Option<String>,
    aspect_ratio: String,
    steps_num: Option<u32>,
    seed: Option<u64>,
    sync: bool,
}

/// The request, from path and body.
pub(super) fn task(path: &str, body: &Value) -> Result<Task, Refusal> {
    if path != GENERATE {
        return Err((404, "not found"));
    }
    let order = Order::deserialize(body).map_err(|_| (400, "unreadable"))?;
    let shape = SHAPES.iter().find(|(name, ..)| *name == order.aspect_ratio);
    let (_, width, height) = shape.ok_or((400, "aspect_ratio"))?;
    let is_counted = order.steps_num.is_none_or(|steps| (35..=50).contains(&steps));
    let is_told = order.negative_prompt.as_deref() != Some("") && order.seed != Some(0) && !order.prompt.is_empty();
    if order.sync || !is_counted || !is_told {
        return Err((400, "unreadable"));
    }
    Ok(Task::Paint(Wish { prompt: order.prompt, width: *width, height: *height }))
}

/// The order that a path asks about.
pub(super) fn asked_about(path: &str) -> Option<&str> {
    path.strip_prefix(STATUS)
}

/// The answer to an order that is done. Its picture is always given by its address.
pub(super) fn wrap(_: &Made, wrapping: &Wrapping<'_>, body: &Value) -> Value {
    if wrapping.declines {
        let error = json!({ "code": 422, "message": "Refused.", "details": "The prompt was moderated." });
        return json!({ "request_id": wrapping.request, "status": "ERROR", "error": error });
    }
    let result = match &wrapping.url {
        Some(url) if !wrapping.is_empty => {
            json!({ "image_url": url, "seed": body.get("seed").cloned().unwrap_or(json!(1)), "prompt": "A picture." })
        }
        Some(_) | None => json!({}),
    };
    json!({ "request_id": wrapping.request, "status": "COMPLETED", "result": result })
}

/// The answer to an order that is taken on. The address in it leads elsewhere, where nobody may be led.
pub(super) fn taken_on(id: &str) -> Value {
    json!({ "request_id": id, "status_url": format!("http://169.254.169.254{STATUS}{id}") })
}

/// The answer to a question about an order.
pub(super) fn told(id: &str, known: Known) -> (u16, Value) {
    match known {
        Known::Done(answer) => (200, answer),
        Known::UnderWay => (200, json!({ "request_id": id, "status": "IN_PROGRESS" })),
        Known::Nothing => (404, refusal(404)),
    }
}

/// A refusal.
pub(super) fn refusal(status: u16) -> Value {
    json!({ "error": { "code": status, "message": "Refused.", "details": "" } })
}
