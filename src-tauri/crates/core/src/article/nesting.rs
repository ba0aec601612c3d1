//! A bound on how deep markup is nested. The parser that cleans an article looks through the open elements at each tag, so
//! that what is nested ten thousand deep costs a hundred million looks; a small model that repeats itself writes just that.
//! What is deeper than any article is shown without its tags.
//!
//! Elements are counted as open until their end is certain, by rules that are a part of the parser's own: what is counted
//! is never less deep than what is parsed. Markup that closes in another order than it opened counts as deeper than it is,
//! and the bound is far from what an article has.

/// Deepest element. A table in a list in a quotation in a list has eight.
const DEPTH_MAX: usize = 100;
/// Elements that have no content, and so no end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// What the end of a block, and what the end of a table, ends with it.
const IN_A_BLOCK: [&str; 2] = ["li", "p"];
const IN_A_TABLE: [&str; 6] = ["td", "th", "tr", "tbody", "thead", "tfoot"];
const BLOCKS: [&str; 5] = ["div", "blockquote", "ul", "ol", "figure"];

/// The same markup without the tags that would open an element deeper than [`DEPTH_MAX`]. What it lets through is still to
/// be cleaned.
#[must_use]
pub(super) fn bounded(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut open, mut rest): (Vec<String>, &str) = (Vec::new(), html);
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        out.push_str(text);
        // A quoted `>` ends it too soon, and what follows is counted as well.
        let (tag, after) = tag.split_at(end_of(tag));
        if is_kept(tag, &mut open) {
            out.push_str(tag);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Bytes of a tag, or of the sign alone where no tag begins.
fn end_of(tag: &str) -> usize {
    let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?');
    if tag.chars().nth(1).is_some_and(begins) { tag.find('>').map_or(tag.len(), |at| at + 1) } else { 1 }
}

/// Whether a tag may stay, and what is open behind it.
fn is_kept(tag: &str, open: &mut Vec<String>) -> bool {
    let inner = tag.get(1..).unwrap_or_default();
    if inner.starts_with(['!', '?']) {
        return false;
    }
    if let Some(inner) = inner.strip_prefix('/') {
        close(&name(inner), open);
        return true;
    }
    let name = name(inner);
    if name.is_empty() || VOID.contains(&name.as_str()) {
        return true;
    }
    end_the_last(&name, open);
    let around = open.iter().rfind(|element| *element == "table" || IN_A_TABLE.contains(&element.as_str()));
    let implied: &[&str] = match (around.map(String::as_str), name.as_str()) {
        (Some("table"), "tr") => &["tbody"],
        (Some("table"), "td" | "th") => &["tbody", "tr"],
        (Some("tbody" | "thead" | "tfoot"), "td" | "th") => &["tr"],
        _ => &[],
    };
    open.extend(implied.iter().map(|element| (*element).to_owned()));
    let is_shallow = open.len() < DEPTH_MAX;
    if is_shallow {
        open.push(name);
    }
    is_shallow
}

/// Ends an element, with what ends with it; one that something else is open in stays open.
fn close(name: &str, open: &mut Vec<String>) {
    // The end of a cell may be of a cell that never was one.
    let (is_block, is_table) = (BLOCKS.contains(&name), name == "table");
    end(name, open, |inner| {
        (is_block || is_table) && IN_A_BLOCK.contains(&inner) || is_table && IN_A_TABLE.contains(&inner)
    });
}

/// Ends the last element of a kind whose next one begins.
fn end_the_last(name: &str, open: &mut Vec<String>) {
    match name {
        "p" => end(name, open, |_| false),
        "li" => end(name, open, |inner| inner == "p"),
        _ => {}
    }
}

fn end(name: &str, open: &mut Vec<String>, ends_with_it: impl Fn(&str) -> bool) {
    let inner = open.iter().rev().take_while(|inner| *inner != name && ends_with_it(inner)).count();
    let at = open.len().saturating_sub(inner + 1);
    if open.get(at).is_some_and(|element| element == name) {
        open.truncate(at);
    }
}

/// The element's name in lower case; empty for what is no tag.
fn name(inner: &str) -> String {
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
    inner.split(ends).next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{from_markdown, sanitize};
    use proptest::prelude::*;
    use scraper::{Html, Node};

    /// The document, its root, and the two elements that a table implies at the most.
    const AROUND: usize = 4;

    /// How deep what the parser makes of it is.
    fn depth(html: &str) -> usize {
        let document = Html::parse_fragment(html);
        let elements = document.tree.nodes().filter(|node| matches!(node.value(), Node::Element(_)));
        elements.map(|node| node.ancestors().count()).max().unwrap_or_default()
    }

    #[test]
    fn an_article_is_left_as_it_is() {
        let whole = "<p>a &lt; b > c <b>d</b><br>e</p><ul><li><p>f</p><ul><li>g</li></ul></li></ul>\
                     <table><tr><td>h</td></tr></table><img src=\"media:a\" alt=\"x > <y\">";
        assert_eq!(bounded(whole), whole);
        let unclosed = "<p>a<p>b".repeat(500) + "<ul>" + &"<li>c<p>d".repeat(500) + "</ul>";
        assert_eq!(bounded(&unclosed), unclosed, "what ends by itself is not deep");
        let quoted = format!("{} a", ">".repeat(20));
        assert_eq!(from_markdown(&quoted).matches("<blockquote>").count(), 20);
    }

    #[test]
    fn what_repeats_itself_is_cleaned_in_a_time_that_grows_as_it_does() {
        let long = 30_000;
        for text in
            [">", "<div>", "* ", "<b x=1>", "<ul><li>", "<table><tr><td>", "1. ", "<p><q>", "[", "**", "<a href=x>"]
        {
            let clean = from_markdown(&text.repeat(long));
            assert!(depth(&clean) <= DEPTH_MAX + AROUND, "{text}: {}", depth(&clean));
            assert_eq!(sanitize(&clean), clean, "{text}: cleaned once and for all");
        }
    }

    fn piece() -> impl Strategy<Value = String> {
        let names =
            ["p", "li", "ul", "div", "b", "a", "i", "td", "tr", "table", "tbody", "dd", "dt", "th", "blockquote"];
        (prop::sample::select(names.to_vec()), 0..3_u8).prop_map(|(name, kind)| match kind {
            0 => format!("</{name}>"),
            1 => format!("<{name} id=\"x\">"),
            _ => format!("<{name}>"),
        })
    }

    proptest! {
        #[test]
        fn nothing_is_deeper_than_it_counts(pieces in prop::collection::vec(piece(), 1..12)) {
            let html = bounded(&pieces.concat().repeat(60));
            prop_assert!(depth(&html) <= DEPTH_MAX + AROUND, "{} deep: {pieces:?}", depth(&html));
        }
    }
}
