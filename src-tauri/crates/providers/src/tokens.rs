//! Counting tokens without a vendor's tokenizer. The estimate is one token for four bytes of UTF-8, and never fewer
//! than one per word: the rule of thumb vendors publish for English, and on the high side for other scripts, whose
//! characters take two to four bytes and about one token each. Usage counted here is marked as estimated.

use igny8_core::port::models::TextRequest;
use igny8_core::usage::Usage;
use serde_json::Value;

/// Bytes of English text per token.
const BYTES_PER_TOKEN: usize = 4;

/// Tokens of `text`, at least its words.
#[must_use]
pub fn count(text: &str) -> u32 {
    let by_bytes = text.len().div_ceil(BYTES_PER_TOKEN);
    let words = text.split_whitespace().count();
    u32::try_from(by_bytes.max(words)).unwrap_or(u32::MAX)
}

/// Bytes of ASCII in a token at the least, as prompts of ours go: words, numbers and the signs of JSON.
const ASCII_BYTES_PER_TOKEN_MIN: usize = 2;
/// Bytes of ASCII, and of other characters, in a token at the most, on the average of a prompt: prose comes to five, and
/// the scripts that a large vocabulary knows best to ten.
const ASCII_BYTES_PER_TOKEN_MAX: usize = 6;
const OTHER_BYTES_PER_TOKEN_MAX: usize = 12;
/// Tokens a vendor puts around the messages and the schema.
const FRAME_TOKENS: usize = 64;

/// What was consumed by our own count, for a vendor that does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) input: u32,
    pub(crate) output: u32,
}

impl Counted {
    /// What is taken for consumed by a text, with the schema as the vendor reads it.
    pub(crate) fn of(request: &TextRequest, schema: &Value, text: &str) -> Self {
        let read = [&request.system_prompt, &request.user_prompt, &schema.to_string()].map(|text| count(text));
        Self { input: read.iter().fold(0, |sum, tokens| sum.saturating_add(*tokens)), output: count(text) }
    }

    /// As usage, marked as an estimate.
    pub(crate) fn usage(self) -> Usage {
        Usage { input_tokens: self.input, output_tokens: self.output, is_estimated: true, ..Usage::default() }
    }
}

/// The most tokens a request can have, because the hold is sized by it and must cover what is billed. Two bytes of ASCII
/// make a token at the least, and a tokenizer that knows a script badly falls back to one token a byte and never to more.
/// The schema is read by the model like the prompt.
pub(crate) fn at_most(request: &TextRequest, schema: &Value) -> u32 {
    let texts = [request.system_prompt.as_str(), request.user_prompt.as_str(), &schema.to_string()];
    let tokens = texts.iter().map(|text| most(text)).sum::<usize>();
    u32::try_from(tokens.saturating_add(FRAME_TOKENS)).unwrap_or(u32::MAX)
}

/// The fewest tokens a prompt can have that a model has read all of.
pub(crate) fn at_least(request: &TextRequest) -> u32 {
    let tokens = [&request.system_prompt, &request.user_prompt].map(|text| least(text)).iter().sum::<usize>();
    u32::try_from(tokens).unwrap_or(u32::MAX)
}

fn most(text: &str) -> usize {
    let (ascii, others) = bytes(text);
    ascii.div_ceil(ASCII_BYTES_PER_TOKEN_MIN) + others
}

fn least(text: &str) -> usize {
    let (ascii, others) = bytes(text);
    ascii / ASCII_BYTES_PER_TOKEN_MAX + others / OTHER_BYTES_PER_TOKEN_MAX
}

/// Bytes of ASCII in a text, and of other characters.
fn bytes(text: &str) -> (usize, usize) {
    let ascii = text.bytes().filter(u8::is_ascii).count();
    (ascii, text.len() - ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_bytes_or_one_word() {
        assert_eq!(count(""), 0);
        assert_eq!(count("abcd"), 1);
        assert_eq!(count("abcde"), 2);
        assert_eq!(count("a b c d"), 4);
        assert_eq!(count("日本"), 2);
    }

    #[test]
    fn the_count_lies_between_the_least_and_the_most() {
        let texts = ["", "a b c d e", "one two three", "日本語のキーワード", "ក្រុមហ៊ុន", "{\"id\":1,\"text\":\"tea\"}"];
        for text in texts {
            let count = count(text) as usize;
            assert!((least(text)..=most(text)).contains(&count), "{text}");
        }
        assert_eq!((most("abcd"), most("茶")), (2, 3), "a byte is the least a token can be");
    }
}
