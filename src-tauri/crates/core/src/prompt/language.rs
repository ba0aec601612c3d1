//! The part of the template language that prompts are written in: values, conditions and comments. Whatever could make
//! much out of little is refused before a template is compiled: assignments, loops and blocks, which repeat, and the
//! operators that multiply a text. What is left makes at most a few times its own length. Expressions and conditions are
//! bounded too: the engine compiles them recursively, one step for each operator and each further condition, and a
//! thread's stack ends.

use super::PromptError;

/// Longest expression, in characters without its quoted texts: some twenty conditions, and a tenth of the operators that
/// it takes to use up a stack of 2 MiB.
const EXPRESSION_CHARS_MAX: usize = 240;
/// Most tags that decide in one template: each further `elif` is one step deeper.
const DECISIONS_MAX: usize = 120;

/// Tags that decide and do not repeat.
const TAGS: [&str; 4] = ["if", "elif", "else", "endif"];

/// Refuses what is not of this language.
///
/// # Errors
/// [`PromptError::Forbidden`] with the line and the tag or operator; [`PromptError::TooMuch`] for an expression or a number
/// of decisions that no prompt needs.
pub(super) fn check(template: &str) -> Result<(), PromptError> {
    let mut rest = template;
    let mut decisions = 0;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        let (_, tag) = rest.split_at(at);
        let line = line_of(template, tag);
        rest = match tag.get(..2) {
            Some("{#") => tag.split_once("#}").map_or("", |(_, after)| after),
            Some("{%") => {
                let word: String = inside(tag).chars().take_while(char::is_ascii_alphanumeric).collect();
                if !TAGS.contains(&word.as_str()) {
                    return Err(PromptError::Forbidden { line, what: word });
                }
                decisions += 1;
                if decisions > DECISIONS_MAX {
                    return Err(PromptError::TooMuch);
                }
                after_expression(template, tag, "%}")?
            }
            _ => after_expression(template, tag, "}}")?,
        };
    }
    Ok(())
}

/// What stands in a tag, without its opening and the sign that trims.
fn inside(tag: &str) -> &str {
    tag.get(2..).unwrap_or("").trim_start_matches(['-', '+']).trim_start()
}

/// What follows a tag. Its end does not count inside a quoted text, nor do operators.
fn after_expression<'t>(template: &'t str, tag: &'t str, close: &str) -> Result<&'t str, PromptError> {
    let mut rest = tag.get(2..).unwrap_or("");
    let mut quote = None;
    let mut chars = 0;
    while let Some(next) = rest.chars().next() {
        let after = rest.get(next.len_utf8()..).unwrap_or("");
        match (quote, next) {
            (Some(_), '\\') => {
                rest = after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or("");
                continue;
            }
            (Some(open), _) if next == open => quote = None,
            (None, '"' | '\'') => quote = Some(next),
            (None, '*') => {
                return Err(PromptError::Forbidden { line: line_of(template, rest), what: "*".to_owned() });
            }
            (None, _) if rest.starts_with(close) => return Ok(rest.get(close.len()..).unwrap_or("")),
            (None, _) if chars == EXPRESSION_CHARS_MAX => return Err(PromptError::TooMuch),
            (None, _) => chars += 1,
            (Some(_), _) => {}
        }
        rest = after;
    }
    Ok("")
}

/// The line, from 1, at which a later part of a template begins.
fn line_of(template: &str, part: &str) -> u32 {
    let before = template.len().saturating_sub(part.len());
    let breaks = template.bytes().take(before).filter(|byte| *byte == b'\n').count();
    u32::try_from(breaks + 1).unwrap_or(u32::MAX)
}
