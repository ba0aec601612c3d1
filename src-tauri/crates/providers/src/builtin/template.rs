//! Filling sentences. A template holds `{name}`; `{Name}` gives the same value with a capital letter. Values are put in
//! once and never read as templates themselves, so a keyword with braces in it stays a keyword.

use super::grammar;
use super::phrase::Subject;

/// Values by name.
pub(super) struct Values {
    pairs: Vec<(&'static str, String)>,
}

impl Values {
    /// What every template may say about a subject: `noun`, `bare`, `verb`, `is`, `it`, `they`, `does`, and of
    /// two sides `a`, `b`, with their articles `one`, `other`.
    /// `print` makes a text fit for where it will stand (Markdown, plain text).
    pub(super) fn of(subject: &Subject, print: fn(&str) -> String) -> Self {
        let plural = subject.is_plural();
        let (a, b) = subject.sides.clone().unwrap_or_else(|| ("the first option".to_owned(), "the second".to_owned()));
        let number = |one: &str, many: &str| if plural { many.to_owned() } else { one.to_owned() };
        Self {
            pairs: vec![
                ("noun", print(&subject.noun)),
                ("bare", print(&subject.bare)),
                ("verb", print(&subject.verb)),
                ("is", number("is", "are")),
                ("it", number("it", "them")),
                ("they", number("it", "they")),
                ("does", number("does", "do")),
                ("one", print(&grammar::with_article(&a))),
                ("other", print(&grammar::with_article(&b))),
                ("a", print(&a)),
                ("b", print(&b)),
            ],
        }
    }

    /// The same values and one more, which wins over one of the same name.
    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.pairs.insert(0, (name, value));
        self
    }

    /// The template with its values.
    pub(super) fn fill(&self, template: &str) -> String {
        let mut out = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, tail)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = tail.split_once('}') else {
                out.push('{');
                rest = tail;
                continue;
            };
            match self.value(name) {
                Some(value) => out.push_str(&value),
                None => out.push_str(name),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn value(&self, name: &str) -> Option<String> {
        let of = |wanted: &str| self.pairs.iter().find(|(n, _)| *n == wanted).map(|(_, v)| v.clone());
        of(name).or_else(|| of(&name.to_lowercase()).map(|v| grammar::sentence_case(&v)))
    }
}

/// Text as it is, for titles and other plain fields.
pub(super) fn plain(text: &str) -> String {
    text.to_owned()
}

/// Text that Markdown will show as it stands: everything Markdown or HTML could act on is escaped.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '{' | '}') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A number that depends on the text alone, the same on every machine (FNV-1a).
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A place in a list of `length`, the same for the same number.
pub(super) fn turn(length: usize, number: u64) -> usize {
    let length = u64::try_from(length).unwrap_or(1).max(1);
    // The upper half: the lower bits of this hash follow the text's last letters too closely.
    usize::try_from((number >> 32) % length).unwrap_or(0)
}

/// One of `list`, the same for the same number. An empty list gives the default.
pub(super) fn choose<T: Copy + Default>(list: &[T], number: u64) -> T {
    let length = u64::try_from(list.len()).unwrap_or(1).max(1);
    let at = usize::try_from(number % length).unwrap_or(0);
    list.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::phrase;

    #[test]
    fn values_are_put_in_once() {
        let subject = phrase::read("a {bare} vs {it}").subject;
        let values = Values::of(&subject, plain).with("n", "7".to_owned());
        assert_eq!(values.fill("{n} for {a} {is} {unknown} {"), "7 for a {bare} is unknown {");
        let desks = Values::of(&phrase::read("standing desks").subject, plain);
        assert_eq!(desks.fill("{Noun} {is} new, look at {it}."), "Standing desks are new, look at them.");
    }

    #[test]
    fn markdown_shows_what_was_typed() {
        assert_eq!(markdown("<b>*x*|y</b> [a](b) &amp; #"), "\\<b\\>\\*x\\*\\|y\\</b\\> \\[a\\](b) \\&amp; \\#");
    }

    #[test]
    fn choice_is_steady() {
        assert_eq!(choose(&["a", "b", "c"], 4), "b");
        assert_eq!(choose::<&str>(&[], 4), "");
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c, "published FNV-1a value");
    }
}
