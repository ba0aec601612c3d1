//! Whether lines without a header are keywords. Said generously, because a list made by hand follows no rules, but
//! never of a web page, source code or running text: those would fill the planner with nonsense.

use super::text::KEYWORD_CHARS_MAX;

/// Longest search phrase in words; longer lines are sentences.
const WORDS_MAX: usize = 14;

/// Share of the lines, in percent, that may be something else: a list made by hand has its notes and slips.
const STRANGERS_PERCENT_MAX: usize = 10;

/// Whether `lines` can be read as one keyword each. Blank lines do not count; no line at all is not a list.
#[must_use]
pub fn looks_like_keywords(lines: &[&str]) -> bool {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let strangers = lines.iter().filter(|line| !could_be_typed(line)).count();
    !lines.is_empty() && strangers * 100 <= lines.len() * STRANGERS_PERCENT_MAX
}

/// Whether a person could have typed the line into a search box.
fn could_be_typed(line: &str) -> bool {
    let has_letters = line.chars().any(|c| c.is_alphabetic() || (!c.is_ascii() && !c.is_control()));
    let is_markup = line.contains(['<', '>', '{', '}', '=', ';', '\\', '|', '\u{fffd}']);
    let is_address = line.contains("://");
    let is_sentence = line.split_whitespace().count() > WORDS_MAX || line.ends_with(['.', ':']);
    has_letters && !is_markup && !is_address && !is_sentence && line.chars().count() <= KEYWORD_CHARS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_by_hand_are_keywords() {
        assert!(looks_like_keywords(&["red shoes", "", "best running shoes for flat feet", "c++ tutorial"]));
        assert!(looks_like_keywords(&["日本語 学習", "шоколад рецепт"]));
        assert!(looks_like_keywords(&["how to boil eggs?"]));
    }

    #[test]
    fn pages_code_prose_and_addresses_are_not() {
        assert!(!looks_like_keywords(&["<p>red shoes</p>"]));
        assert!(!looks_like_keywords(&["{\"keyword\": 1}", "x"]));
        assert!(!looks_like_keywords(&["The quick brown fox jumps over the lazy dog.", "It was late."]));
        assert!(!looks_like_keywords(&["https://example.com/a", "https://example.com/b"]));
        assert!(!looks_like_keywords(&["12", "15", "900"]));
        assert!(!looks_like_keywords(&["let x = 5;", "return x;"]));
        assert!(!looks_like_keywords(&[]));
        assert!(!looks_like_keywords(&[&"word".repeat(100)]));
    }
}
