//! Text: one chat completion, asked to answer in the function's schema as far as its model can be. An answer counts only when it says that it ended;
//! what ended early, or does not say, is paid for and not used.

use super::OpenAi;
use super::errors::listen;
use super::pieces::{Pieces, are_refused, in_pieces};
use super::usage::{Stated, of_chat};
use crate::http::{Exchange, is_request_id};
use crate::lenient::{if_any, or_null};
use crate::reply::{accept, unreadable};
use crate::schema::strict;
use crate::stream::{Framing, Streaming};
use crate::strictness::is_about_the_schema;
use crate::thinking::lay_in;
use crate::tokens::{self, Counted};
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest, text_function};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::PoisonError;

/// Where it is asked.
const PATH: &str = "chat/completions";
/// Words for an end before the end: the room is used up, under the names of OpenAI and Mistral (`model_length` is the model's own
/// room), and of Anthropic and Google, whose words gateways pass on; DeepSeek's server had no room left (api-docs.deepseek.com, "Create Chat Completion"); OpenRouter's vendor failed; vLLM
/// and SGLang dropped the request. Any other word is a name for the end: servers have their own.
const CUT: [&str; 8] =
    ["length", "model_length", "max_tokens", "MAX_TOKENS", "insufficient_system_resource", "error", "abort", "aborted"];
/// What Ollama calls itself in the answers of the interface that it shares with others.
const OLLAMA: &str = "fp_ollama";

/// A chat completion, as far as it is read.
#[derive(Deserialize)]
struct Completion {
    #[serde(default, deserialize_with = "if_any")]
    id: Option<String>,
    #[serde(deserialize_with = "or_null")]
    choices: Vec<Choice>,
    usage: Option<Value>,
    service_tier: Option<Value>,
    #[serde(default, deserialize_with = "if_any")]
    system_fingerprint: Option<String>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<Content>,
    #[serde(default, deserialize_with = "if_any")]
    refusal: Option<String>,
}

/// What a model wrote: a text, or, of some that think, blocks of thoughts and text.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Content {
    Text(String),
    Blocks(Vec<Block>),
}

/// A block: text, or thoughts and the like, which are none of the answer.
#[derive(Deserialize)]
pub(super) struct Block {
    r#type: String,
    text: Option<String>,
}

impl Content {
    /// The answer in it.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Blocks(blocks) => {
                blocks.into_iter().filter(|block| block.r#type == "text").filter_map(|block| block.text).collect()
            }
        }
    }
}

#[async_trait::async_trait]
impl TextModel for OpenAi {
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
        let exchange = self.ask(request).await?;
        let (in_header, is_about_it) = (exchange.request_id(), is_about_the_schema(&exchange));
        match read(exchange, request, self.connection.address.is_ollamas()) {
            Ok((text, usage, id)) => Ok(TextAnswer { text, usage, provider_request_id: in_header.or(id) }),
            Err(failed) => Err(self.strictness.learn(request, is_about_it, failed).known_as(in_header)),
        }
    }
}

fn least(request: &TextRequest) -> u64 {
    u64::from(tokens::at_least(request))
}

/// The text of a complete answer, what it took, and its id in the body, by which gateways without a header know it.
///
/// Ollama reads at most some thousands of tokens through this interface, whatever room is asked for, and answers as if that
/// were all of a prompt. There what it says it has read is held against our own count.
fn read(
    exchange: Exchange,
    request: &TextRequest,
    is_ollama: bool,
) -> Result<(String, Usage, Option<String>), FailedCall> {
    let Completion { id, choices, usage, service_tier, system_fingerprint } =
        accept(exchange, listen, |it: Stated| it.of_chat())?;
    let said = Stated { usage, service_tier }.of_chat();
    let nothing = || unreadable(said);
    let choice = choices.into_iter().next().ok_or_else(nothing)?;
    let text = choice.message.content.map(Content::into_text).unwrap_or_default();
    let usage = of_chat(said, &Counted::of(request, &strict(&request.schema), &text));
    if choice.message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err(ProviderError::ContentRefused { usage }.into());
    }
    let is_ollama = is_ollama || system_fingerprint.as_deref() == Some(OLLAMA);
    if is_ollama && said.is_some_and(|said| !said.is_estimated && said.tokens_in() < least(request)) {
        return Err(ProviderError::PromptCut { usage }.into());
    }
    match choice.finish_reason.as_deref() {
        None | Some("") => Err(FailedCall::from(ProviderError::CutOff { usage }).after(&text)),
        Some(word) if CUT.contains(&word) => Err(FailedCall::from(ProviderError::CutOff { usage }).after(&text)),
        Some("content_filter") => Err(ProviderError::ContentRefused { usage }.into()),
        // Thoughts alone, which a schema is not mended by.
        Some(_) if text.is_empty() => Err(unreadable(said).into()),
        Some(_) => Ok((text, usage, id.filter(|id| is_request_id(id)))),
    }
}

impl OpenAi {
    /// Asks for the answer in pieces where somebody listens, and for a whole one where the vendor does not give this model's
    /// in pieces: servers that do not know the option refuse it, and OpenAI itself gives some models in pieces only to those
    /// who have shown who they are. It refuses before any work, so that the same call may be sent again.
    async fn ask(&self, request: &TextRequest) -> Result<Exchange, FailedCall> {
        let (most, caller) = (self.connection.bounds.text_bytes_max, (request.call, &request.hangup));
        let mut body = self.question(request);
        let listener = request.listener.as_ref().filter(|_| !self.gives_only_whole(&request.model_name));
        let streaming =
            listener.map(|listener| Streaming { framing: Framing::Events, fold: Box::<Pieces>::default(), listener });
        if let (Some(fields), true) = (body.as_object_mut(), streaming.is_some()) {
            fields.extend(in_pieces());
        }
        let is_in_pieces = streaming.is_some();
        let exchange = self.post(PATH, caller, &body, most, streaming).await?;
        if is_in_pieces && are_refused(&exchange) {
            self.only_whole.lock().unwrap_or_else(PoisonError::into_inner).insert(request.model_name.clone());
            return Err(FailedCall::from(ProviderError::FormRefused).known_as(exchange.request_id()));
        }
        Ok(exchange)
    }

    fn gives_only_whole(&self, model_name: &str) -> bool {
        self.only_whole.lock().unwrap_or_else(PoisonError::into_inner).contains(model_name)
    }

    fn question(&self, request: &TextRequest) -> Value {
        let messages = json!([
            { "role": "system", "content": request.system_prompt },
            { "role": "user", "content": request.user_prompt },
        ]);
        let name = text_function(&request.input).name();
        let fields = [
            ("model", json!(request.model_name)),
            ("messages", messages),
            (limit_name(self.connection.address.host()), json!(request.max_output_tokens)),
        ];
        let format = (!request.schema.is_null()).then(|| {
            let schema = json!({ "name": name, "strict": true, "schema": strict(&request.schema) });
            ("response_format", json!({ "type": "json_schema", "json_schema": schema }))
        });
        let mut question: Value =
            fields.into_iter().chain(format).map(|(name, value)| (name.to_owned(), value)).collect();
        lay_in(&mut question, &request.thinking);
        question
    }
}

/// OpenAI renamed the limit, and its newer models refuse the old name; everybody else knows the old one.
fn limit_name(host: &str) -> &'static str {
    let is_theirs = ["openai.com", "openai.azure.com"]
        .iter()
        .any(|name| host.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.')));
    if is_theirs { "max_completion_tokens" } else { "max_tokens" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_named_as_the_host_knows_it() {
        for host in ["api.openai.com", "eu.api.openai.com", "mine.openai.azure.com"] {
            assert_eq!(limit_name(host), "max_completion_tokens", "{host}");
        }
        for host in ["127.0.0.1", "gateway.example", "notopenai.com", "api.openai.com.evil.example"] {
            assert_eq!(limit_name(host), "max_tokens", "{host}");
        }
    }
}
