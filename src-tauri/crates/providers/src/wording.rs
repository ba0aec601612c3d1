//! What vendors say in words alone, where the code beside them says something else or nothing: that the account has no money
//! comes under the statuses and codes of too many requests, of a wrong key and of a bad request. Each dialect has its table;
//! the words are what stays the same in a message whose rest names an account or a model.

use crate::codes::Meaning;
use igny8_core::port::models::Wanted;

/// Words of messages in small letters, and what a message means that has them. The first that fits counts.
pub(crate) type Wording = &'static [(&'static str, Meaning)];

/// OpenAI's language, by whoever speaks it:
///
/// - xAI answers 429, and since 2026 also 403, `{"code":"Some resource has been exhausted","error":"Your team … has either used
///   all available credits or reached its monthly spending limit. …"}`; 400 with "Incorrect API key provided: …"; 403 with
///   "Content violates usage guidelines. …" (issues continuedev/continue 10373, 10778, openai/codex 1352);
/// - OpenRouter answers 403 "Key limit exceeded (monthly limit). …" for a key's own limit on spending (issue gptme/gptme 1449),
///   429 "Rate limit exceeded: free-models-per-day. …", 403 "Request blocked: …" for what its guards find in a prompt, 404 "No
///   endpoints found for …" and 400 "… is not a valid model ID" for a model that is not there;
/// - DeepSeek answers 402 "Insufficient Balance" under the code of a bad request (api-docs.deepseek.com, "Error Codes"), and 400
///   "Content Exists Risk" for what its filter finds;
/// - OpenAI itself answers 403, or 404 under the code of a missing model, "Your organization must be verified to use the model
///   `…`. …" (help.openai.com, "API Organization Verification"), and 404 "Invalid URL (POST /…)" where an address has no /v1;
/// - Groq answers 400 for an answer that is not in the form asked for, "Failed to validate JSON. …", "Failed to generate JSON.
///   …" or "Generated JSON does not match the expected schema. …", with the answer beside it (console.groq.com, "Structured
///   Outputs");
/// - llama.cpp's server answers 404 "File Not Found", and LM Studio 200 "Unexpected endpoint or method. (POST /…)", where
///   nothing of theirs is at an address;
/// - Google's bridge answers in Google's words.
pub(crate) const OF_OPENAI: Wording = &[
    ("used all available credits", Meaning::Money),
    ("monthly spending limit", Meaning::Money),
    ("key limit exceeded", Meaning::Money),
    ("free-models-per-day", Meaning::Money),
    ("insufficient balance", Meaning::Money),
    ("insufficient credits", Meaning::Money),
    ("exceeded your current quota, please check your plan and billing", Meaning::Money),
    ("prepayment credits are depleted", Meaning::Money),
    ("incorrect api key provided", Meaning::Key),
    ("api key was reported as leaked", Meaning::Key),
    ("must be verified to use the model", Meaning::Wants(Wanted::Verification)),
    ("has not been used in project", Meaning::Wants(Wanted::Service)),
    ("no endpoints found for", Meaning::Model),
    ("is not a valid model id", Meaning::Model),
    ("invalid url (", Meaning::Address),
    ("unexpected endpoint or method", Meaning::Address),
    ("file not found", Meaning::Address),
    ("failed to validate json", Meaning::Form),
    ("failed to generate json", Meaning::Form),
    ("generated json does not match", Meaning::Form),
    ("content violates usage guidelines", Meaning::Content),
    ("content exists risk", Meaning::Content),
    ("request blocked:", Meaning::Content),
];

/// An account without credit, or at a limit on its spending, is told so in words alone, beside the code of any bad request.
pub(crate) const OF_ANTHROPIC: Wording =
    &[("credit balance is too low", Meaning::Money), ("reached your specified api usage limits", Meaning::Money)];

/// An account whose prepaid credits are used up is told so under the status and code of too many requests: 429
/// `RESOURCE_EXHAUSTED` "Your prepayment credits are depleted. …" (ai.google.dev, "Billing", prepay). One that is billed
/// afterwards and met its cap likewise. Under the status and code of what is not allowed, 403 `PERMISSION_DENIED`, come "Your API
/// key was reported as leaked. …", "Method doesn't allow unregistered callers …" for want of a key, and "Generative Language
/// API has not been used in project … before or it is disabled. …".
pub(crate) const OF_GOOGLE: Wording = &[
    ("prepayment credits are depleted", Meaning::Money),
    ("exceeded its monthly spending cap", Meaning::Money),
    ("api key was reported as leaked", Meaning::Key),
    ("unregistered callers", Meaning::Key),
    ("has not been used in project", Meaning::Wants(Wanted::Service)),
];

/// What a message means; `None` for one that has none of the words.
pub(crate) fn meant(message: &str, wording: Wording) -> Option<Meaning> {
    let message = message.to_ascii_lowercase();
    wording.iter().find(|(words, _)| message.contains(words)).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_looked_for_in_small_letters() {
        for (words, _) in [OF_OPENAI, OF_ANTHROPIC, OF_GOOGLE].concat() {
            assert_eq!(words, words.to_ascii_lowercase(), "else no message has them");
        }
        assert_eq!(meant("Insufficient Balance", OF_OPENAI), Some(Meaning::Money));
        assert_eq!(meant("Requests rate limit exceeded", OF_OPENAI), None);
    }
}
