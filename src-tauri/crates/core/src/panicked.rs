//! What a panic said. Whoever catches one turns these words into an error of its own layer.
//!
//! A panic may quote what it stumbled over, and nobody knows of such words beforehand where they come from. What has the form
//! of a secret is taken out of them, whatever it is: a key is one long word of letters and digits, and a password for
//! applications is six short ones.

use std::any::Any;

/// The shortest word that may be a key; those of vendors have forty characters and more.
const KEY_CHARS_MIN: usize = 20;
/// WordPress writes its passwords for applications in so many words of so many characters.
const PASSWORD_WORDS: usize = 6;
const PASSWORD_WORD_CHARS: usize = 4;
/// What stands in a secret's place.
const STARS: &str = "****";

/// The words of a caught panic, for a log, without what may be a secret.
#[must_use]
pub fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    text.map_or_else(|| "without words".to_owned(), |text| without_secrets(&text))
}

fn without_secrets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_of_key) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let (secret, length) = secret(from);
        let (word, behind) = from.split_at(length);
        out.push_str(if secret { STARS } else { word });
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Whether a text begins with what may be a secret, and how long that is, or the word it begins with, in bytes.
fn secret(text: &str) -> (bool, usize) {
    let (mut end, mut words) = (0, 0);
    while let Some(from) = match words {
        0 => Some(0),
        _ => text.get(end..).is_some_and(|rest| rest.starts_with(' ')).then_some(end + 1),
    } && text.get(from..).map_or(0, word_length) == PASSWORD_WORD_CHARS
    {
        (end, words) = (from + PASSWORD_WORD_CHARS, words + 1);
    }
    // All of such words: a short word of the sentence before them is as long. Short words of a sentence have neither.
    let has_such = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    if words >= PASSWORD_WORDS && text.get(..end).is_some_and(|all| all.contains(has_such)) {
        return (true, end);
    }
    let word = word_length(text);
    let word_of = text.get(..word).unwrap_or_default();
    let has = |kind: fn(&char) -> bool| word_of.chars().any(|c| kind(&c));
    (word >= KEY_CHARS_MIN && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic), word)
}

fn word_length(text: &str) -> usize {
    text.find(|c| !is_of_key(c)).unwrap_or(text.len())
}

/// The characters keys are made of.
const fn is_of_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '+' | '=' | '~' | '.' | '%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_words_are_read() {
        assert_eq!(words(&"fixed"), "fixed");
        assert_eq!(words(&format!("made of {}", 2)), "made of 2");
        assert_eq!(words(&7), "without words");
    }

    #[test]
    fn what_has_the_form_of_a_secret_is_not_said() {
        assert_eq!(words(&"key \"sk-canary/7f3a+9c41=d2e8~Zq5T\" is none"), "key \"****\" is none");
        assert_eq!(words(&"took cAnA ryPa ssWo rdOf 1234 5678, refused"), "****, refused");
        assert_eq!(words(&"refused cAnA ryPa ssWo rdOf 1234 5678"), "refused ****");
        assert_eq!(words(&"é Bearer AIzaSyD4142434445464748"), "é Bearer ****");
        for plain in [
            "called `Option::unwrap()` on a `None` value",
            "index out of bounds: the len is 3 but the index is 99",
            "only five word long runs stay here, sure",
            "a-word-of-letters-alone-however-long-it-may-be",
        ] {
            assert_eq!(words(&plain), plain);
        }
    }
}
