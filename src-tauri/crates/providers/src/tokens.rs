//! Counting tokens without a vendor's tokenizer. The estimate is one token for four bytes of UTF-8, and never fewer
//! than one per word: the rule of thumb vendors publish for English, and on the high side for other scripts, whose
//! characters take two to four bytes and about one token each. Usage counted here is marked as estimated.

/// Bytes of English text per token.
const BYTES_PER_TOKEN: usize = 4;

/// Tokens of `text`, at least its words.
#[must_use]
pub fn count(text: &str) -> u32 {
    let by_bytes = text.len().div_ceil(BYTES_PER_TOKEN);
    let words = text.split_whitespace().count();
    u32::try_from(by_bytes.max(words)).unwrap_or(u32::MAX)
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
}
