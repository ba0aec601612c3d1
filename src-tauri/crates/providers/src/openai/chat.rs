//! Text: one chat completion, asked to answer in the function's schema as far as its model can be. An answer counts only when it says that it ended;
//! what ended early, or does not say, is paid for and not used.

use super::OpenAi;
use super::errors::listen;
use super::pieces::{Pieces, in_pieces};
use super::usage::{Stated, of_chat};
use crate::http::{Exchange, is_request_id};
use crate::reply::{accept, unreadable};
use crate::schema::strict;
use crate::stream::{Framing, Streaming};
use crate::strictness::is_about_the_schema;
use crate::tokens::{self, Counted};
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest, text_function};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::PoisonError;

/// Where it is asked.
const PATH: &str = "chat/completions";
/// Families of OpenAI's models that think.
const FAMILIES_THAT_THINK: [&str; 5] = ["gpt-5", "gpt-6", "o1", "o3", "o4"];

/// A chat completion, as far as it is read.
#[derive(Deserialize)]
struct Completion {
    id: Option<String>,
    choices: Vec<Choice>,
    usage: Option<Value>,
    service_tier: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

#[async_trait::async_trait]
impl TextModel for OpenAi {
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_most(&self.strictness.at_most(request), &strict(&request.schema))
    }

    fn least_input_tokens(&self, request: &TextRequest) -> u32 {
        tokens::at_least(request)
    }

    fn thinking_tokens(&self, model_name: &str) -> u32 {
        if thinks(model_name) { tokens::THINKING_TOKENS } else { 0 }
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let request = &*self.strictness.told(request);
        let exchange = self.ask(request).await?;
        let (in_header, is_about_it) = (exchange.request_id(), is_about_the_schema(&exchange));
        match read(exchange, request) {
            Ok((text, usage, id)) => Ok(TextAnswer { text, usage, provider_request_id: in_header.or(id) }),
            Err(failed) => Err(self.strictness.learn(request, is_about_it, failed).known_as(in_header)),
        }
    }
}

/// Whether a refusal is about the wish for pieces and not about the rest.
fn is_about_pieces(exchange: &Exchange) -> bool {
    let error = exchange.json().filter(|_| matches!(exchange.status, 400 | 422));
    // What stands behind a gateway is an upstream.
    error.is_some_and(|error| error.to_string().to_ascii_lowercase().replace("upstream", "").contains("stream"))
}

/// The text of a complete answer, what it took, and its id in the body, by which gateways without a header know it.
fn read(exchange: Exchange, request: &TextRequest) -> Result<(String, Usage, Option<String>), FailedCall> {
    let Completion { id, choices, usage, service_tier } = accept(exchange, listen, |it: Stated| it.of_chat())?;
    let said = Stated { usage, service_tier }.of_chat();
    let nothing = || unreadable(said);
    let choice = choices.into_iter().next().ok_or_else(nothing)?;
    let text = choice.message.content.unwrap_or_default();
    let usage = of_chat(said, &Counted::of(request, &strict(&request.schema), &text));
    if choice.message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err(ProviderError::ContentRefused { usage }.into());
    }
    match choice.finish_reason.as_deref() {
        None | Some("" | "length" | "error") => Err(FailedCall::from(ProviderError::CutOff { usage }).after(&text)),
        Some("content_filter") => Err(ProviderError::ContentRefused { usage }.into()),
        Some(_) => Ok((text, usage, id.filter(|id| is_request_id(id)))),
    }
}

impl OpenAi {
    /// Asks for the answer in pieces where somebody listens, and for a whole one where the vendor does not give this model's
    /// in pieces: servers that do not know the option refuse it, and OpenAI itself gives some models in pieces only to those
    /// who have shown who they are. It refuses before any work, so that asking again is the same call.
    async fn ask(&self, request: &TextRequest) -> Result<Exchange, FailedCall> {
        let most = self.connection.bounds.text_bytes_max;
        let mut body = self.question(request);
        let whole = body.clone();
        if let Some(listener) = request.listener.as_ref().filter(|_| !self.gives_only_whole(&request.model_name))
            && let Some(fields) = body.as_object_mut()
        {
            fields.extend(in_pieces());
            let streaming = Streaming { framing: Framing::Events, fold: Box::<Pieces>::default(), listener };
            let exchange = self.post(PATH, request.call, &body, most, Some(streaming)).await?;
            if !is_about_pieces(&exchange) {
                return Ok(exchange);
            }
            let exchange = self.post(PATH, request.call, &whole, most, None).await?;
            if exchange.is_success() {
                self.only_whole.lock().unwrap_or_else(PoisonError::into_inner).insert(request.model_name.clone());
            }
            return Ok(exchange);
        }
        self.post(PATH, request.call, &whole, most, None).await
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
        let effort = thinks(&request.model_name).then(|| ("reasoning_effort", json!("low")));
        fields.into_iter().chain(format).chain(effort).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// Whether OpenAI's model of this name thinks before it answers; gateways put the vendor's name before it. Such models
/// take no temperature, which is never sent, and count their thoughts against the answer's limit.
fn thinks(model_name: &str) -> bool {
    let name = model_name.rsplit('/').next().unwrap_or(model_name);
    let is_of =
        |family: &str| name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']));
    FAMILIES_THAT_THINK.iter().any(|family| is_of(family)) && !name.contains("-chat")
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
    fn models_that_think_are_known_by_their_family() {
        for name in ["gpt-5", "gpt-5-mini", "gpt-5.2", "gpt-6.1-sol", "o3", "o4-mini-2026-04-16", "openai/gpt-5.1"] {
            assert!(thinks(name), "{name}");
        }
        for name in ["gpt-4.1", "gpt-5-chat-latest", "gpt-50", "o30", "gpt-4o", "writer-1", ""] {
            assert!(!thinks(name), "{name}");
        }
    }

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
