//! Anthropic's Messages. The answer is asked for in the function's schema by the output format, which every model of the
//! catalogue has and which, unlike a forced tool, goes together with thinking; what else speaks this language may not. An answer counts only when its turn ended:
//! what ran into a limit, was paused or declined is paid for and not used.

mod pieces;
mod usage;

use crate::address::VendorAddress;
use crate::check::Free;
use crate::connection::{Connection, KeyHeader, Sending};
use crate::http::Exchange;
use crate::reply::{Said, accept, unreadable};
use crate::schema::strict;
use crate::stream::{Framing, Streaming};
use crate::strictness::{Strictness, is_about_the_schema};
use crate::thinking::lay_in;
use crate::tokens::{self, Counted};
use crate::wording::{OF_ANTHROPIC, meant};
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest};
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use pieces::Pieces;
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use usage::stated;

/// How the key travels.
const KEY: KeyHeader = KeyHeader("x-api-key", "");
/// The version of the interface that is spoken here.
const HEADERS: [(&str, &str); 1] = [("anthropic-version", "2023-06-01")];

/// A vendor's text models.
pub struct Anthropic {
    connection: Connection,
    strictness: Strictness,
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
    pub fn new(connection: Connection) -> Self {
        let strictness = Strictness::of(Dialect::Anthropic, &connection.address);
        Self { connection, strictness }
    }
}

#[async_trait::async_trait]
impl TextModel for Anthropic {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_most(&self.strictness.at_most(request), &strict(&request.schema))
    }

    fn least_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_least(request)
    }

    fn as_sent<'r>(&self, request: &'r TextRequest) -> Cow<'r, TextRequest> {
        self.strictness.told(request)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let request = &*self.as_sent(request);
        let Connection { address, bounds, .. } = &self.connection;
        let sending = Sending {
            url: address.endpoint_below("v1", "messages"),
            call: request.call,
            key: KEY,
            headers: &HEADERS,
            body: &question(request),
            body_bytes_max: bounds.text_bytes_max,
            streaming: request.listener.as_ref().map(|listener| Streaming {
                framing: Framing::Events,
                fold: Box::<Pieces>::default(),
                listener,
            }),
            hangup: &request.hangup,
        };
        let exchange = self.connection.post(sending).await?;
        let (provider_request_id, is_about_it) = (exchange.request_id(), is_about_the_schema(&exchange));
        match read(exchange, request) {
            Ok((text, usage)) => Ok(TextAnswer { text, usage, provider_request_id }),
            Err(failed) => Err(self.strictness.learn(request, is_about_it, failed).known_as(provider_request_id)),
        }
    }
}

/// Its models, as many as it lists at once.
pub(crate) fn free(address: &VendorAddress) -> Free {
    let mut url = address.endpoint_below("v1", "models");
    url.set_query(Some("limit=1000"));
    Free { headers: &HEADERS, ..Free::list(url, KEY, "/data", listen) }
}

fn question(request: &TextRequest) -> Value {
    let mut question = json!({
        "model": request.model_name,
        "max_tokens": request.max_output_tokens,
        "system": request.system_prompt,
        "messages": [{ "role": "user", "content": request.user_prompt }],
    });
    let format = json!({ "format": { "type": "json_schema", "schema": strict(&request.schema) } });
    let format = (!request.schema.is_null()).then_some(("output_config", format));
    let stream = request.listener.is_some().then_some(("stream", json!(true)));
    if let Some(fields) = question.as_object_mut() {
        fields.extend([format, stream].into_iter().flatten().map(|(name, value)| (name.to_owned(), value)));
    }
    lay_in(&mut question, &request.thinking);
    question
}

/// The text of a complete answer and what it took.
fn read(exchange: Exchange, request: &TextRequest) -> Result<(String, Usage), FailedCall> {
    let Message { content, stop_reason, usage: said } =
        accept(exchange, listen, |remains: Remains| remains.usage.as_ref().and_then(stated))?;
    let said = said.as_ref().and_then(stated);
    let texts = content.into_iter().filter(|block| block.r#type == "text").filter_map(|block| block.text);
    let text: String = texts.collect();
    let usage = said.unwrap_or_else(|| Counted::of(request, &strict(&request.schema), &text).usage());
    match stop_reason.as_deref() {
        Some("refusal") => Err(ProviderError::ContentRefused { usage }.into()),
        Some("end_turn" | "stop_sequence") if text.is_empty() => Err(unreadable(said).into()),
        Some("end_turn" | "stop_sequence") => Ok((text, usage)),
        // Its room, its context, a pause, a tool nobody offered, or no word at all.
        _ => Err(FailedCall::from(ProviderError::CutOff { usage }).after(&text)),
    }
}

/// Reads `{"error":{"type","message","details":{"error_code"}}}`.
fn listen(body: &Value) -> Said {
    let word = |place: &str| body.pointer(place).and_then(Value::as_str);
    let means = meant(word("/error/message").unwrap_or_default(), OF_ANTHROPIC);
    Said { means, ..Said::of(["/error/details/error_code", "/error/type"].map(word)) }
}
