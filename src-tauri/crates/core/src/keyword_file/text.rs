//! What makes a cell a keyword, and when two of them are one.

use super::RowIssue;
use crate::invisible::is_invisible;
use unicode_normalization::UnicodeNormalization;

/// Longest keyword kept, in characters. Search engines cut queries long before; the database refuses more.
pub const KEYWORD_CHARS_MAX: usize = 200;

/// A keyword as it is shown and as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanKeyword {
    /// As shown: 1 to [`KEYWORD_CHARS_MAX`] characters, NFC, single spaces, straight quotes.
    pub text: String,
    /// As compared: the text without case. Two keywords of the same market with the same key are one.
    pub key: String,
}

/// Reads a cell as a keyword.
///
/// # Errors
/// [`RowIssue::NoKeyword`] when nothing is left after cleaning, [`RowIssue::NotAKeyword`] for mere punctuation,
/// [`RowIssue::KeywordTooLong`] beyond [`KEYWORD_CHARS_MAX`].
pub fn clean_keyword(raw: &str) -> Result<CleanKeyword, RowIssue> {
    let folded = fold(raw);
    let text = match folded.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
        // Match types of advertising tools come quoted; the quotes are not part of what people type.
        Some(inner) if !inner.contains('"') => inner.trim(),
        Some(_) | None => folded.as_str(),
    };
    if text.is_empty() {
        return Err(RowIssue::NoKeyword);
    }
    if !text.chars().any(says_something) {
        return Err(RowIssue::NotAKeyword);
    }
    if text.chars().count() > KEYWORD_CHARS_MAX {
        return Err(RowIssue::KeywordTooLong);
    }
    Ok(CleanKeyword { key: key_of(text), text: text.to_owned() })
}

/// NFC with white space folded to single spaces, quotes straight, invisible characters dropped.
fn fold(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.nfc() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2033}' => out.push('"'),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Upper case first, then lower, so that ß and SS, σ and ς compare equal as full case folding demands.
fn key_of(text: &str) -> String {
    text.to_uppercase().to_lowercase().replace('ς', "σ").nfc().collect()
}

fn says_something(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace() && !('\u{2000}'..='\u{206f}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(raw: &str) -> String {
        clean_keyword(raw).map(|keyword| keyword.key).unwrap_or_default()
    }

    #[test]
    fn spellings_of_one_keyword_share_a_key() {
        for (one, other) in [
            ("Women\u{2019}s  Shoes ", "women's shoes"),
            ("cafe\u{301}", "CAFÉ"),
            ("Straße", "STRASSE"),
            ("ΟΔΟΣ", "οδος"),
            ("red\u{a0}shoes", "red\tshoes"),
            ("\"red shoes\"", "red shoes"),
            ("red\u{200b} shoes\u{feff}", "red shoes"),
        ] {
            assert_eq!(key(one), key(other), "{one} {other}");
        }
        assert_ne!(key("resume"), key("résumé"));
    }

    #[test]
    fn the_shown_text_keeps_its_case() {
        assert_eq!(clean_keyword("  iPhone \n 15 ").map(|k| k.text), Ok("iPhone 15".to_owned()));
        assert_eq!(clean_keyword("55\" tv").map(|k| k.text), Ok("55\" tv".to_owned()));
    }

    #[test]
    fn what_is_no_keyword_says_why() {
        assert_eq!(clean_keyword(" \u{200b} "), Err(RowIssue::NoKeyword));
        assert_eq!(clean_keyword("\"\""), Err(RowIssue::NoKeyword));
        assert_eq!(clean_keyword("---"), Err(RowIssue::NotAKeyword));
        assert_eq!(clean_keyword("—"), Err(RowIssue::NotAKeyword));
        assert_eq!(clean_keyword(&"é".repeat(KEYWORD_CHARS_MAX + 1)), Err(RowIssue::KeywordTooLong));
        assert!(clean_keyword(&"é".repeat(KEYWORD_CHARS_MAX)).is_ok());
        assert!(clean_keyword("日本語").is_ok() && clean_keyword("c++").is_ok() && clean_keyword("🍕").is_ok());
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(raw in "\\PC{0,80}") {
            if let Ok(once) = clean_keyword(&raw) {
                let twice = clean_keyword(&once.text);
                prop_assert_eq!(twice.as_ref(), Ok(&once));
                prop_assert_eq!(key_of(&once.key), once.key);
            }
        }
    }
}
