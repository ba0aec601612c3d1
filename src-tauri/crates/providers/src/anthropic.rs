//! Anthropic's Messages. The answer is asked for in the function's schema by the output format, which every model of the
//! catalogue has and which, unlike a forced tool, goes together with thinking. An answer counts only when its turn ended:
//! what ran into a limit, was paused or declined is paid for and not used.

mod usage;

use crate::connection::{Connection, KeyHeader, Sending};
use crate::http::Exchange;
use crate::reply::{Said, accept, unreadable};
use crate::schema::strict;
use crate::tokens::{self, Counted};
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};
use usage::stated;

/// How the key travels.
const KEY: KeyHeader = KeyHeader("x-api-key", "");
/// The version of the interface that is spoken here.
const HEADERS: [(&str, &str); 1] = [("anthropic-version", "2023-06-01")];
/// An account without credit is told so in words alone, beside the code of any bad request.
const NO_CREDIT: &str = "credit balance is too low";

/// A vendor's text models.
pub struct Anthropic {
    connection: Connection,
}

/// A message, as far as it is read.
#[derive(Deserialize)]
struct Message {
    content: Vec<Block>,
    stop_reason: Option<String>,
    usage: Option<Value>,
}

/// A block of a message: text, or thinking and the like, which is none of the answer.
#[derive(Deserialize)]
struct Block {
    r#type: String,
    text: Option<String>,
}

/// What may be readable of an answer that is not as it should be.
#[derive(Deserialize)]
struct Remains {
    usage: Option<Value>,
}

impl Anthropic {
    /// A vendor's models over its connection.
    #[must_use]
    pub const fn new(connection: Connection) -> Self {
        Self { connection }
    }
}

#[async_trait::async_trait]
impl TextModel for Anthropic {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_most(request, &strict(&request.schema))
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let Connection { address, bounds, .. } = &self.connection;
        let sending = Sending {
            url: address.endpoint_below("v1", "messages"),
            call: request.call,
            key: KEY,
            headers: &HEADERS,
            body: &question(request),
            body_bytes_max: bounds.text_bytes_max,
        };
        let exchange = self.connection.post(sending).await?;
        let provider_request_id = exchange.request_id();
        match read(exchange, request) {
            Ok((text, usage)) => Ok(TextAnswer { text, usage, provider_request_id }),
            Err(error) => Err(FailedCall { error, provider_request_id }),
        }
    }
}

fn question(request: &TextRequest) -> Value {
    json!({
        "model": request.model_name,
        "max_tokens": request.max_output_tokens,
        "system": request.system_prompt,
        "messages": [{ "role": "user", "content": request.user_prompt }],
        "output_config": { "format": { "type": "json_schema", "schema": strict(&request.schema) } },
    })
}

/// The text of a complete answer and what it took.
fn read(exchange: Exchange, request: &TextRequest) -> Result<(String, Usage), ProviderError> {
    let Message { content, stop_reason, usage: said } =
        accept(exchange, listen, |remains: Remains| remains.usage.as_ref().and_then(stated))?;
    let said = said.as_ref().and_then(stated);
    let texts = content.into_iter().filter(|block| block.r#type == "text").filter_map(|block| block.text);
    let text: String = texts.collect();
    let usage = said.unwrap_or_else(|| Counted::of(request, &strict(&request.schema), &text).usage());
    match stop_reason.as_deref() {
        Some("refusal") => Err(ProviderError::ContentRefused { usage }),
        Some("end_turn" | "stop_sequence") if text.is_empty() => Err(unreadable(said)),
        Some("end_turn" | "stop_sequence") => Ok((text, usage)),
        // Its room, its context, a pause, a tool nobody offered, or no word at all.
        _ => Err(ProviderError::CutOff { usage }),
    }
}

/// Reads `{"error":{"type","message","details":{"error_code"}}}`.
fn listen(body: &Value) -> Said {
    let word = |place: &str| body.pointer(place).and_then(Value::as_str);
    let is_about_money = word("/error/message").is_some_and(|message| message.contains(NO_CREDIT));
    Said { is_about_money, ..Said::of(["/error/details/error_code", "/error/type"].map(word)) }
}
