//! Text: one chat completion, asked to answer in the function's schema. An answer counts only when it says that it ended;
//! what ended early, or does not say, is paid for and not used.

use super::OpenAi;
use super::errors::accept;
use super::schema::strict;
use super::usage::{Counted, of_chat, stated_of_chat, unreadable};
use crate::http::Exchange;
use crate::tokens;
use igny8_core::port::models::{FailedCall, ProviderError, TextAnswer, TextModel, TextRequest, text_function};
use igny8_core::usage::Usage;
use serde::Deserialize;
use serde_json::{Value, json};

/// Bytes of ASCII in a token at the least, as prompts of ours go: words, numbers and the signs of JSON.
const ASCII_BYTES_PER_TOKEN_MIN: usize = 2;
/// Tokens a vendor puts around the messages and the schema.
const FRAME_TOKENS: usize = 64;

/// A chat completion, as far as it is read.
#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    usage: Option<Value>,
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
    /// An upper estimate, because the hold is sized by it and must cover what is billed. Two bytes of ASCII make a token
    /// at the least, and a tokenizer that knows a script badly falls back to one token a byte and never to more. The
    /// schema is read by the model like the prompt.
    fn count_input_tokens(&self, request: &TextRequest) -> u32 {
        let texts =
            [request.system_prompt.as_str(), request.user_prompt.as_str(), &strict(&request.schema).to_string()];
        let tokens = texts.iter().map(|text| tokens_at_most(text)).sum::<usize>();
        u32::try_from(tokens.saturating_add(FRAME_TOKENS)).unwrap_or(u32::MAX)
    }

    async fn complete(&self, request: &TextRequest) -> Result<TextAnswer, FailedCall> {
        let body = self.question(request);
        let exchange = self.post("chat/completions", request.call, &body, self.bounds.text_bytes_max).await?;
        let provider_request_id = exchange.request_id();
        match read(exchange, request) {
            Ok((text, usage)) => Ok(TextAnswer { text, usage, provider_request_id }),
            Err(error) => Err(FailedCall { error, provider_request_id }),
        }
    }
}

/// The text of a complete answer and what it took.
fn read(exchange: Exchange, request: &TextRequest) -> Result<(String, Usage), ProviderError> {
    let Completion { choices, usage: said } = accept(exchange, stated_of_chat)?;
    let choice = choices.into_iter().next().ok_or_else(|| unreadable(said.as_ref(), stated_of_chat))?;
    let text = choice.message.content.unwrap_or_default();
    let usage = of_chat(said.as_ref(), &counted(request, &text));
    if choice.message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err(ProviderError::ContentRefused { usage });
    }
    match choice.finish_reason.as_deref() {
        None | Some("" | "length") => Err(ProviderError::CutOff { usage }),
        Some("content_filter") => Err(ProviderError::ContentRefused { usage }),
        Some(_) => Ok((text, usage)),
    }
}

impl OpenAi {
    fn question(&self, request: &TextRequest) -> Value {
        let messages = json!([
            { "role": "system", "content": request.system_prompt },
            { "role": "user", "content": request.user_prompt },
        ]);
        let name = text_function(&request.input).name();
        let schema = json!({ "name": name, "strict": true, "schema": strict(&request.schema) });
        let fields = [
            ("model", json!(request.model_name)),
            ("messages", messages),
            ("response_format", json!({ "type": "json_schema", "json_schema": schema })),
            (limit_name(self.address.host()), json!(request.max_output_tokens)),
        ];
        fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// OpenAI renamed the limit, and its newer models refuse the old name; everybody else knows the old one.
fn limit_name(host: &str) -> &'static str {
    let is_theirs = ["openai.com", "openai.azure.com"]
        .iter()
        .any(|name| host.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('.')));
    if is_theirs { "max_completion_tokens" } else { "max_tokens" }
}

/// The most tokens a text can have.
fn tokens_at_most(text: &str) -> usize {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    ascii.div_ceil(ASCII_BYTES_PER_TOKEN_MIN) + (text.len() - ascii)
}

/// What is taken for consumed where the vendor does not say.
fn counted(request: &TextRequest, text: &str) -> Counted {
    let schema = strict(&request.schema).to_string();
    let input = [&request.system_prompt, &request.user_prompt, &schema].map(|text| tokens::count(text));
    Counted { input: input.iter().fold(0, |sum, tokens| sum.saturating_add(*tokens)), output: tokens::count(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_never_falls_below_the_count() {
        let texts = ["", "a b c d e", "one two three", "日本語のキーワード", "ក្រុមហ៊ុន", "{\"id\":1,\"text\":\"tea\"}"];
        for text in texts {
            assert!(tokens_at_most(text) >= tokens::count(text) as usize, "{text}");
        }
        assert_eq!(tokens_at_most("abcd"), 2);
        assert_eq!(tokens_at_most("茶"), 3, "a byte is the least a token can be");
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
