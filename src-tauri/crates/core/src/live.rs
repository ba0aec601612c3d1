//! An answer while it is written. It is for the eye alone: what is kept, charged and used is the whole answer, and nothing
//! here outlives the call.

use crate::id::{OperationId, TaskId};
use crate::invisible::is_invisible;
use std::fmt;
use std::sync::Arc;

/// Longest growing text that is shown, in bytes: an article of ten thousand words. Of a longer one the end is shown.
pub const SHOWN_BYTES_MAX: usize = 64 * 1024;

/// Hears what a model has written so far.
#[derive(Clone)]
pub struct Listener(Arc<dyn Fn(&str) + Send + Sync>);

impl Listener {
    /// One that does this with all that was written so far, each time that it has grown. It is called between two pieces
    /// of the answer and must not take its time.
    #[must_use]
    pub fn new(hear: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(hear))
    }

    /// Tells all that was written so far.
    pub fn hear(&self, written: &str) {
        (self.0)(written);
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}

/// An article while it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// Which operation writes it.
    pub operation: OperationId,
    /// The task it is written for.
    pub task: TaskId,
    /// The task's name.
    pub title: String,
    /// The article so far, in Markdown; `None` once nothing is written any more, whatever came of it.
    pub text: Option<String>,
}

/// The text in a field of an answer that is JSON as yet without its end; empty while the field has not begun. It is lenient,
/// because what is not JSON in the end is found out by whoever reads the whole.
#[must_use]
pub fn growing(answer: &str, field: &str) -> String {
    let name = format!("\"{field}\"");
    let begun = answer
        .split_once(&name)
        .and_then(|(_, rest)| rest.trim_start().strip_prefix(':').and_then(|rest| rest.trim_start().strip_prefix('"')));
    let text = unescaped(begun.unwrap_or_default());
    let mut start = text.len().saturating_sub(SHOWN_BYTES_MAX);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or_default().to_owned()
}

/// A JSON string from behind its first quote to its last one, or as far as it has come.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let c = match c {
            '"' => break,
            '\\' => match escaped(&mut rest) {
                Some(c) => c,
                None => break,
            },
            c => c,
        };
        if !is_invisible(c) || matches!(c, '\n' | '\t') {
            plain.push(c);
        }
    }
    plain
}

/// The character that stands behind a backslash; `None` when it has not come yet.
fn escaped(rest: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match rest.next()? {
        'n' => '\n',
        't' => '\t',
        'r' | 'b' | 'f' => ' ',
        'u' => {
            let first = unit(rest)?;
            let units = if (0xd800..0xdc00).contains(&first) {
                if rest.next()? != '\\' || rest.next()? != 'u' {
                    return Some(char::REPLACEMENT_CHARACTER);
                }
                vec![first, unit(rest)?]
            } else {
                vec![first]
            };
            char::decode_utf16(units).next()?.unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        c => c,
    })
}

/// Four hexadecimal digits.
fn unit(rest: &mut std::str::Chars<'_>) -> Option<u16> {
    let digits: String = rest.by_ref().take(4).collect();
    if digits.len() == 4 { u16::from_str_radix(&digits, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"title":"The \"body_markdown\"", "body_markdown" : "\u00c9t\u00e9 \ud83c\udf75 \"tea\"\n## Leaves\\", "faq":[]}"#;

    #[test]
    fn a_field_grows_and_never_takes_back_what_it_showed() {
        let mut shown = String::new();
        for (end, _) in WHOLE.char_indices() {
            let now = growing(WHOLE.get(..end).unwrap(), "body_markdown");
            assert!(now.starts_with(&shown), "{now:?} after {shown:?}");
            shown = now;
        }
        assert_eq!(shown, "Été 🍵 \"tea\"\n## Leaves\\");
    }

    #[test]
    fn what_is_no_json_shows_nothing_and_what_is_hidden_is_left_out() {
        for answer in ["", "body_markdown", "\"body_markdown\"", "\"body_markdown\": 5", "<html>"] {
            assert_eq!(growing(answer, "body_markdown"), "", "{answer}");
        }
        assert_eq!(growing("{\"b\":\"a\\u202eb\\ud83cx", "b"), "ab");
    }

    #[test]
    fn of_a_long_text_the_end_is_shown() {
        let answer = format!("{{\"b\":\"{}é", "é".repeat(SHOWN_BYTES_MAX));
        let shown = growing(&answer, "b");
        assert!(shown.len() <= SHOWN_BYTES_MAX && shown.chars().all(|c| c == 'é') && !shown.is_empty());
    }
}
