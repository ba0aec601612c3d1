//! Whether a model's answer is held to a schema by its interface. Four hosts say of their interface that it is; whatever
//! else speaks the same language may know the field for it, pass it over without a word, or refuse it. A model of those
//! reads the schema in its prompt as well, and one that refused the field is asked without it until the program ends.

use crate::address::VendorAddress;
use crate::http::{Exchange, Inside};
use crate::schema::in_words;
use igny8_core::port::models::TextRequest;
use igny8_core::port::{FailedCall, ProviderError};
use igny8_core::status::Dialect;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Hosts whose own models are held to a schema, each in its language; those below them do it too. Gateways are none of them:
/// what stands behind one is somebody else's.
const STRICT_HOSTS: [(Dialect, &str); 4] = [
    (Dialect::OpenAi, "openai.com"),
    (Dialect::OpenAi, "openai.azure.com"),
    (Dialect::Anthropic, "anthropic.com"),
    (Dialect::Gemini, "googleapis.com"),
];
/// What refusals of the field speak of, in letters and digits alone: each vendor joins the words in its own way.
const REFUSED_WORDS: [&str; 11] = [
    "responseformat",
    "responsejsonschema",
    "responseschema",
    "responsemimetype",
    "jsonschema",
    "jsonmode",
    "structuredoutput",
    "outputconfig",
    "outputformat",
    "chatrequestformat",
    "grammar",
];
/// What an error inside a success says of its status that may be about the field: a refusal, or that the server has no word
/// for it. Any other is about something else.
const REFUSED_INSIDE: [u16; 4] = [400, 422, 500, 501];
/// Fields of a refusal in which servers repeat the request they were sent, or what the model made of it.
const ECHOES: [&str; 4] = ["input", "body", "request", "failed_generation"];

/// How a vendor's models are told the schema.
pub(crate) struct Strictness {
    is_strict: bool,
    /// Models that refused the field, by their names.
    refusing: Mutex<BTreeSet<String>>,
}

impl Strictness {
    /// Of the interface at an address.
    pub(crate) fn of(dialect: Dialect, address: &VendorAddress) -> Self {
        let is_strict = STRICT_HOSTS.iter().any(|(theirs, host)| *theirs == dialect && address.is_below(host));
        Self { is_strict, refusing: Mutex::default() }
    }

    /// A request as its model is sent it: with the schema in its prompt where nothing else holds it to one, and without the
    /// field, as a schema that is null, where that is refused.
    pub(crate) fn told<'r>(&self, request: &'r TextRequest) -> Cow<'r, TextRequest> {
        let is_refused = self.refusing.lock().unwrap_or_else(PoisonError::into_inner).contains(&request.model_name);
        if !is_refused {
            return self.at_most(request);
        }
        Cow::Owned(TextRequest { schema: Value::Null, ..with_words(request) })
    }

    /// The longest form in which a request is sent, whatever is refused of it: the field is longer than its words.
    pub(crate) fn at_most<'r>(&self, request: &'r TextRequest) -> Cow<'r, TextRequest> {
        if self.is_strict { Cow::Borrowed(request) } else { Cow::Owned(with_words(request)) }
    }

    /// What a refusal means of a request that had the field: where it is about that, its model is asked without it from now
    /// on, and the same call may be sent again.
    pub(crate) fn learn(&self, told: &TextRequest, is_about_it: bool, failed: FailedCall) -> FailedCall {
        // What came inside a success may say no more of itself than what it is about.
        let is_refusal = matches!(failed.error, ProviderError::Rejected { .. } | ProviderError::Unknown);
        if !is_about_it || told.schema.is_null() || !is_refusal {
            return failed;
        }
        self.refusing.lock().unwrap_or_else(PoisonError::into_inner).insert(told.model_name.clone());
        ProviderError::FormRefused.into()
    }
}

/// Whether a refusal is about the field for the schema: by its status, or inside a success, in which gateways pass on what
/// stands behind them refused, and servers say what they cannot do once they have begun.
pub(crate) fn is_about_the_schema(exchange: &Exchange) -> bool {
    let is_refusal = match exchange.error_inside().filter(|_| exchange.is_success()) {
        Some(Inside { status }) => status.is_none_or(|status| REFUSED_INSIDE.contains(&status)),
        None => matches!(exchange.status, 400 | 422),
    };
    let about = || {
        let mut body = exchange.json()?;
        if exchange.is_success() { body.get_mut("error").map(Value::take) } else { Some(body) }
    };
    is_refusal && about().is_some_and(|said| speaks_of_it(&said))
}

fn speaks_of_it(said: &Value) -> bool {
    match said {
        Value::String(text) => {
            let letters: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
            let letters = letters.to_ascii_lowercase();
            REFUSED_WORDS.iter().any(|word| letters.contains(word))
        }
        Value::Array(all) => all.iter().any(speaks_of_it),
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| !ECHOES.contains(&name.as_str()) && speaks_of_it(value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn with_words(request: &TextRequest) -> TextRequest {
    let mut told = request.clone();
    told.system_prompt.push('\n');
    told.system_prompt.push_str(&in_words(&request.schema));
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_an_interface_that_says_so_is_taken_to_be_strict() {
        let is_strict = |dialect, url: &str| Strictness::of(dialect, &VendorAddress::parse(url).unwrap()).is_strict;
        for (dialect, url) in [
            (Dialect::OpenAi, "https://api.openai.com/v1"),
            (Dialect::OpenAi, "https://mine.openai.azure.com/openai/v1"),
            (Dialect::Anthropic, "https://api.anthropic.com"),
            (Dialect::Gemini, "https://generativelanguage.googleapis.com"),
        ] {
            assert!(is_strict(dialect, url), "{url}");
        }
        for (dialect, url) in [
            (Dialect::OpenAi, "https://openrouter.ai/api/v1"),
            (Dialect::OpenAi, "https://notopenai.com/v1"),
            (Dialect::OpenAi, "http://127.0.0.1:8080/v1"),
            (Dialect::Anthropic, "https://gateway.example/anthropic"),
            (Dialect::Ollama, "http://127.0.0.1:11434"),
        ] {
            assert!(!is_strict(dialect, url), "{url}");
        }
    }

    #[test]
    fn a_refusal_of_the_field_is_told_from_others() {
        let said = |message: &str| speaks_of_it(&json!({ "error": { "message": message } }));
        for message in [
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
            "This response_format type is unavailable now",
            "This model does not support response format `json_schema`.",
            "JSON mode is not enabled for models/gemma-3-27b-it",
            "output_config.format: structured outputs are not supported",
            "json: cannot unmarshal object into Go struct field ChatRequest.format of type string",
            "failed to parse grammar",
        ] {
            assert!(said(message), "{message}");
        }
        for message in ["max_tokens is too large", "The prompt is too long", "Invalid format of the key"] {
            assert!(!said(message), "{message}");
        }
        assert!(speaks_of_it(&json!({ "error": { "param": "response_format" } })));
        let echo = json!({ "detail": [{ "msg": "Field required", "input": { "response_format": { "type": "json_schema" } },
            "loc": ["body", "stop"] }] });
        assert!(!speaks_of_it(&echo), "what is repeated of the request is not what is wrong with it");
        let kept_back = json!({ "error": { "message": "No.", "failed_generation": "A grammar of tea" } });
        assert!(!speaks_of_it(&kept_back), "nor what the model wrote");
    }
}
