//! Slugs: short ASCII names for addresses and files. Only ASCII is sent, because sites percent-encode the rest.

use unicode_normalization::UnicodeNormalization;

/// Longest slug made, in bytes: leaves room for a suffix inside WordPress's 200.
pub const SLUG_BYTES_MAX: usize = 80;

/// A slug of `text`: accents dropped, words joined by hyphens, cut at a word where possible. Text without one usable
/// character gives `fallback`.
#[must_use]
pub fn slug(text: &str, fallback: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if matches!(c, 'ß' | 'ẞ') {
            out.push_str("ss");
        } else if matches!(c, 'æ' | 'Æ') {
            out.push_str("ae");
        } else if matches!(c, 'ø' | 'Ø') {
            out.push('o');
        } else if matches!(c, '\'' | '\u{2019}') || ('\u{300}'..='\u{36f}').contains(&c) {
            // Apostrophes and combining accents join what they stand in.
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let whole = out.trim_end_matches('-');
    if whole.is_empty() {
        return fallback.to_owned();
    }
    if whole.len() <= SLUG_BYTES_MAX {
        return whole.to_owned();
    }
    let cut = whole.get(..SLUG_BYTES_MAX).unwrap_or(whole);
    let at_word = cut.rfind('-').filter(|at| *at > SLUG_BYTES_MAX / 2).and_then(|at| cut.get(..at));
    at_word.unwrap_or(cut).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_ascii_and_bounded() {
        assert_eq!(slug("Crème brûlée: the chef's way!", "x"), "creme-brulee-the-chefs-way");
        assert_eq!(slug("Straße", "x"), "strasse");
        assert_eq!(slug("日本語", "article"), "article");
        assert!(slug(&"long word ".repeat(40), "x").len() <= SLUG_BYTES_MAX);
        assert!(!slug(&"long word ".repeat(40), "x").ends_with('-'));
        assert_eq!(slug(&"a".repeat(300), "x").len(), SLUG_BYTES_MAX);
    }
}
