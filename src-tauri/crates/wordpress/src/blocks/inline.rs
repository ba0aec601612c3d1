//! Text inside a block: the elements a paragraph may hold, written as the editor writes them, and everything that is
//! no such element reduced to its text.

use super::PLACE;
use scraper::{ElementRef, Node};

/// Elements that live inside a line.
const INLINE: &[&str] = &["strong", "em", "b", "i", "s", "del", "code", "a", "br", "sub", "sup", "img"];

/// What separates paragraphs where only lines are possible.
const GAP: &str = "<br><br>";

pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name)
}

/// The content of an element as inline markup, white space folded.
pub(super) fn children(parent: ElementRef<'_>) -> String {
    let mut out = String::new();
    for child in parent.children() {
        match ElementRef::wrap(child) {
            Some(element) => out.push_str(&self::element(element)),
            None => out.push_str(&text(child.value())),
        }
    }
    out
}

/// One element as inline markup; a block element gives its content, an image nothing, since it is not on the site.
pub(super) fn element(element: ElementRef<'_>) -> String {
    let name = element.value().name();
    match name {
        "br" => "<br>".to_owned(),
        "img" => String::new(),
        "a" => link(element),
        _ if element.attr(PLACE).is_some() => String::new(),
        _ if is_inline(name) => wrapped(&format!("<{name}>"), &children(element), &format!("</{name}>")),
        _ => children(element),
    }
}

/// The content of an element that can hold one run of text only: its paragraphs become lines. Lists inside are left to
/// the caller.
pub(super) fn flattened(parent: ElementRef<'_>) -> String {
    let mut runs = vec![String::new()];
    for child in parent.children() {
        match ElementRef::wrap(child) {
            Some(element) if matches!(element.value().name(), "ul" | "ol") => {}
            Some(element) if is_inline(element.value().name()) => push(&mut runs, &self::element(element)),
            Some(element) => {
                runs.push(flattened(element));
                runs.push(String::new());
            }
            None => push(&mut runs, &text(child.value())),
        }
    }
    let runs: Vec<&str> = runs.iter().map(|run| run.trim()).filter(|run| !run.is_empty()).collect();
    runs.join(GAP)
}

/// The content of a preformatted element, white space kept.
pub(super) fn preformatted(parent: ElementRef<'_>) -> String {
    escape(&parent.text().collect::<String>())
}

/// A text node as inline markup, white space folded; anything else is nothing.
pub(super) fn text(node: &Node) -> String {
    node.as_text().map(|text| escape(&folded(text))).unwrap_or_default()
}

/// Text for a place between tags.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "&nbsp;")
}

/// Text for a place inside quotes.
pub(crate) fn escape_attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text of a code block. An opening bracket is escaped, as the editor does, so that no shortcode in it runs.
pub(crate) fn escape_code(text: &str) -> String {
    escape(text).replace('[', "&#091;")
}

fn push(runs: &mut [String], text: &str) {
    if let Some(last) = runs.last_mut() {
        last.push_str(text);
    }
}

fn link(element: ElementRef<'_>) -> String {
    let content = children(element);
    let Some(href) = element.attr("href") else {
        return content;
    };
    let mut open = format!("<a href=\"{}\"", escape_attribute(href));
    for name in ["title", "rel"] {
        if let Some(value) = element.attr(name) {
            open.push_str(&format!(" {name}=\"{}\"", escape_attribute(value)));
        }
    }
    open.push('>');
    wrapped(&open, &content, "</a>")
}

/// Empty marks are left out: the editor shows them as nothing and cannot remove them.
fn wrapped(open: &str, content: &str, close: &str) -> String {
    if content.is_empty() { String::new() } else { format!("{open}{content}{close}") }
}

/// Line breaks of the source are spaces; one space stays at each end, because it separates words.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // Only the white space HTML folds; a no-break space is a character.
        let space = matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{c}');
        if !space {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}
