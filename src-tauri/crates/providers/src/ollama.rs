//! Ollama's own interface. Through the one it shares with others it reads at most some thousands of tokens whatever is
//! asked, cuts the rest of a prompt away and answers as if nothing were missing. Here the room is asked for with every
//! call, a newer server is told not to cut, and what it says it has read is held against our own count.
//!
//! The room is a power of two, because a server loads a model anew whenever it changes: few rooms are few loads. A cut
//! cannot be seen where an older server gives a model less room than asked for and the prompt is only a little longer
//! than that; `at_least` says how little.

mod pieces;

use crate::address::VendorAddress;
use crate::buckets::measured;
use crate::check::Free;
use crate::connection::{BEARER, Connection, Sending};
use crate::figures::Tokens;
use crate::http::Exchange;
use crate::lenient::or_null;
use crate::reply::{Said, accept, unreadable};
use crate::schema::strict;
use crate::stream::{Framing, Streaming};
use crate::strictness::{Strictness, is_about_the_schema};
use crate::thinking::lay_in;
use crate::tokens;
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest};
use igny8_core::status::Dialect;
use igny8_core::usage::Usage;
use pieces::Pieces;
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use url::Url;

/// The root of its own interface, and that of the one it shares with others.
const ROOT: &str = "api";
const SHARED: &str = "v1";
/// The smallest room asked for, which is what a server gives by itself.
const ROOM_TOKENS_MIN: u32 = 4_096;
/// What its messages say, in a code's words.
const MESSAGES: [(&str, &str); 4] = [
    ("not found", "model_not_found"),
    ("context length", "context_length_exceeded"),
    ("system memory", "out_of_memory"),
    ("does not support", "not_supported"),
];
/// A request that is known not to fit is not sent.
const TOO_LONG: &str = "context_length_exceeded";

/// A server's text models.
pub struct Ollama {
    connection: Connection,
    strictness: Strictness,
}

/// An answer, as far as it is read.
#[derive(Deserialize)]
struct Chat {
    message: Message,
    #[serde(default)]
    done: bool,
    done_reason: Option<String>,
    prompt_eval_count: Option<Value>,
    eval_count: Option<Value>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(default, deserialize_with = "or_null")]
    content: String,
}

/// What may be readable of an answer that is not as it should be.
#[derive(Deserialize)]
struct Remains {
    prompt_eval_count: Option<Value>,
    eval_count: Option<Value>,
}

impl Ollama {
    /// A server's models over its connection.
    #[must_use]
    pub fn new(connection: Connection) -> Self {
        let strictness = Strictness::of(Dialect::Ollama, &connection.address);
        Self { connection, strictness }
    }
}

#[async_trait::async_trait]
impl TextModel for Ollama {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_most(&self.strictness.at_most(request), &Value::Null)
    }

    fn least_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_least(request)
    }

    fn as_sent<'r>(&self, request: &'r TextRequest) -> Cow<'r, TextRequest> {
        self.strictness.told(request)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let request = &*self.as_sent(request);
        if tokens::at_least(request) >= request.context_tokens {
            return Err(ProviderError::Rejected { reason: TOO_LONG.to_owned() }.into());
        }
        let room = room(request);
        let Connection { address, bounds, .. } = &self.connection;
        let sending = Sending {
            url: endpoint(address, "chat"),
            call: request.call,
            key: BEARER,
            headers: &[],
            body: &question(request, room),
            body_bytes_max: bounds.text_bytes_max,
            streaming: request.listener.as_ref().map(|listener| Streaming {
                framing: Framing::Lines,
                fold: Box::<Pieces>::default(),
                listener,
            }),
            hangup: &request.hangup,
        };
        let exchange = self.connection.post(sending).await?;
        let (provider_request_id, is_about_it) = (exchange.request_id(), is_about_the_schema(&exchange));
        match read(exchange, request, room) {
            Ok((text, usage)) => Ok(TextAnswer { text, usage, provider_request_id }),
            Err(failed) => Err(self.strictness.learn(request, is_about_it, failed).known_as(provider_request_id)),
        }
    }
}

/// The models it has on its disk.
pub(crate) fn free(address: &VendorAddress) -> Free {
    Free::list(endpoint(address, "tags"), BEARER, "/models", listen)
}

/// An endpoint of its own interface, also where the address is that of the one it shares with others.
fn endpoint(address: &VendorAddress, name: &str) -> Url {
    address.endpoint_beside(SHARED, ROOT, name)
}

/// Room for the longest that prompt and answer can be, as far as the model has it.
fn room(request: &TextRequest) -> u32 {
    let wanted = tokens::at_most(request, &Value::Null).saturating_add(request.max_output_tokens);
    let steps = wanted.max(ROOM_TOKENS_MIN).checked_next_power_of_two().unwrap_or(u32::MAX);
    steps.min(request.context_tokens)
}

fn question(request: &TextRequest, room: u32) -> Value {
    let mut question = json!({
        "model": request.model_name,
        "messages": [
            { "role": "system", "content": request.system_prompt },
            { "role": "user", "content": request.user_prompt },
        ],
        "stream": request.listener.is_some(),
        // The answer's room is sized for the answer, unless its model says otherwise.
        "think": false,
        // Newer servers refuse instead of cutting.
        "truncate": false,
        "shift": false,
        "options": { "num_ctx": room, "num_predict": request.max_output_tokens },
    });
    if let Some(fields) = question.as_object_mut().filter(|_| !request.schema.is_null()) {
        fields.insert("format".to_owned(), strict(&request.schema));
    }
    lay_in(&mut question, &request.thinking);
    question
}

/// The text of a complete answer to a whole prompt, and what it took.
fn read(exchange: Exchange, request: &TextRequest, room: u32) -> Result<(String, Usage), FailedCall> {
    let remains = |it: Remains| stated(it.prompt_eval_count.as_ref(), it.eval_count.as_ref());
    let chat: Chat = accept(exchange, listen, remains)?;
    let said = stated(chat.prompt_eval_count.as_ref(), chat.eval_count.as_ref());
    let text = chat.message.content;
    let usage = said.unwrap_or_else(|| tokens::Counted::of(request, &Value::Null, &text).usage());
    // A figure beyond all counting is no figure of a prompt that was cut.
    let is_cut = |read: u32| read < tokens::at_least(request) || (room..u32::MAX).contains(&read);
    if said.is_some_and(|said| is_cut(said.input_tokens)) {
        return Err(ProviderError::PromptCut { usage }.into());
    }
    match chat.done_reason.as_deref() {
        Some("stop") if chat.done && text.is_empty() => Err(unreadable(said).into()),
        Some("stop") if chat.done => Ok((text, usage)),
        // Its room, a model that was loaded or unloaded meanwhile, or no word at all.
        _ => Err(FailedCall::from(ProviderError::CutOff { usage }).after(&text)),
    }
}

/// What it says a call consumed; `None` unless it says both. Figures beyond all counting are the most there is, for the booking
/// to tell.
fn stated(read: Option<&Value>, written: Option<&Value>) -> Option<Usage> {
    let tokens = |said: Option<&Value>| Tokens::deserialize(said?).ok().map(|tokens| tokens.0);
    let [input_tokens, output_tokens] = measured([tokens(read)?, tokens(written)?])?;
    (input_tokens > 0).then(|| Usage { input_tokens, output_tokens, ..Usage::default() })
}

/// Reads `{"error":"…"}`, where the words of a message are all there is, or what is made of it where it was a piece. What
/// the server itself says has not worked.
fn listen(body: &Value) -> Said {
    let message = ["/error", "/error/message"].iter().find_map(|place| body.pointer(place)?.as_str());
    let message = message.unwrap_or_default();
    let code = MESSAGES.iter().find(|(words, _)| message.contains(words)).map(|(_, code)| *code);
    Said { is_definite: code.is_some(), ..Said::of([code]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::function::input::{ClusterInput, SiteContext, TextInput};
    use igny8_core::hangup::Hangup;
    use igny8_core::id::CallId;

    fn request(prompt: &str, max_output_tokens: u32) -> TextRequest {
        let input = ClusterInput { site: SiteContext::default(), keywords: Vec::new(), existing: Vec::new() };
        TextRequest {
            call: CallId("018f4d2a-7c3b-7e21-9d4f-5a6b7c8d9e0f".parse().unwrap()),
            model_name: "m".to_owned(),
            input: TextInput::AutoCluster(input),
            system_prompt: String::new(),
            user_prompt: prompt.to_owned(),
            schema: json!({}),
            max_output_tokens,
            thinking: serde_json::Map::new(),
            context_tokens: 32_768,
            listener: None,
            hangup: Hangup::default(),
        }
    }

    #[test]
    fn the_room_holds_prompt_and_answer_and_has_few_sizes() {
        assert_eq!(room(&request("a few words", 500)), 4_096);
        assert_eq!(room(&request(&"word ".repeat(2_000), 500)), 8_192);
        assert_eq!(room(&request(&"word ".repeat(2_000), 5_000)), 16_384);
        assert_eq!(room(&request(&"word ".repeat(20_000), 5_000)), 32_768, "no more than the model has");
        assert_eq!(room(&request("", u32::MAX)), 32_768);
    }
}
