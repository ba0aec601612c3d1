//! The headings of an article as places to go to, and its table of contents: a list of links to them. A heading's anchor
//! follows from its words and is not stored, so a list of contents stays right as long as it is made anew whenever the
//! headings may have changed. It is an ordinary list of an article, and survives whatever other lists survive.

use super::{sanitize, text_of};
use crate::slug::latin_slug;
use scraper::{ElementRef, Html};
use std::collections::BTreeSet;

/// Sections from which on a table of contents helps: of two, a reader sees both.
pub const CONTENTS_SECTIONS_MIN: usize = 3;
/// The anchor of a heading without a letter that an address can have.
const ANCHOR_FALLBACK: &str = "section";

/// Hands out anchors, each once.
#[derive(Clone, Debug, Default)]
pub struct Anchors(BTreeSet<String>);

impl Anchors {
    /// The anchor of the next heading of these words; headings are to come in their order.
    pub fn next(&mut self, words: &str) -> String {
        // Lists of contents that are written down already lead to these.
        let plain = latin_slug(words, ANCHOR_FALLBACK);
        let mut anchor = plain.clone();
        let mut number = 2;
        while !self.0.insert(anchor.clone()) {
            anchor = format!("{plain}-{number}");
            number += 1;
        }
        anchor
    }
}

/// The article with a table of contents before its first section, or with the one it has made anew. One with too few
/// sections gets none.
#[must_use]
pub fn with_contents(html: &str) -> String {
    let clean = sanitize(html);
    if has_contents(&clean) {
        return renewed(&clean);
    }
    let sections = sections(&clean);
    if sections.len() < CONTENTS_SECTIONS_MIN {
        return clean;
    }
    let at = clean.find("<h2").unwrap_or_default();
    let (before, after) = clean.split_at(at);
    sanitize(&format!("{before}{}\n{after}", list(&sections)))
}

/// The article with its table of contents, where it has one, as its sections are now.
#[must_use]
pub fn renewed(html: &str) -> String {
    let document = Html::parse_fragment(html);
    let Some(old) = document.root_element().child_elements().find(|element| is_contents(*element)) else {
        return html.to_owned();
    };
    let old = old.html();
    let new = list(&sections(html));
    // What the parser writes differently is not found, and stays as it is.
    sanitize(&html.replacen(&old, &new, 1))
}

/// The article with an anchor at each heading of its own level, as pages have them.
#[must_use]
pub fn anchored(html: &str) -> String {
    let document = Html::parse_fragment(html);
    let mut anchors = Anchors::default();
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    let own: Vec<_> = top_headings(&document).map(|heading| heading.id()).collect();
    let all = document.root_element().descendent_elements();
    for heading in all.filter(|element| matches!(element.value().name(), "h2" | "h3")) {
        let name = heading.value().name();
        let Some((before, after)) = rest.split_once(&format!("<{name}>")) else { break };
        out.push_str(before);
        out.push_str(&match own.contains(&heading.id()) {
            true => format!("<{name} id=\"{}\">", anchors.next(&text_of(heading))),
            false => format!("<{name}>"),
        });
        rest = after;
    }
    out + rest
}

/// Whether an element is a table of contents: a list in which each item is a link to a place in the article and no more.
#[must_use]
pub fn is_contents(element: ElementRef<'_>) -> bool {
    let is_link = |item: ElementRef<'_>| {
        let words = text_of(item);
        let mut links = item.descendent_elements().filter(|inner| inner.value().name() == "a");
        let link = links.next().filter(|link| link.attr("href").is_some_and(|href| href.starts_with('#')));
        links.next().is_none() && !words.is_empty() && link.is_some_and(|link| text_of(link) == words)
    };
    let is_list = matches!(element.value().name(), "ul" | "ol");
    is_list && element.child_elements().next().is_some() && element.child_elements().all(is_link)
}

fn has_contents(html: &str) -> bool {
    Html::parse_fragment(html).root_element().child_elements().any(is_contents)
}

/// Headings that have anchors, in order. Those inside a quote are somebody else's.
fn top_headings(document: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    let is_heading = |element: &ElementRef<'_>| matches!(element.value().name(), "h2" | "h3");
    document.root_element().child_elements().filter(is_heading).filter(|heading| !text_of(*heading).is_empty())
}

/// Second-level headings with their anchors.
fn sections(html: &str) -> Vec<(String, String)> {
    let document = Html::parse_fragment(html);
    let mut anchors = Anchors::default();
    let all = top_headings(&document).map(|heading| {
        let words = text_of(heading);
        (heading.value().name() == "h2", anchors.next(&words), words)
    });
    all.filter(|(is_section, ..)| *is_section).map(|(_, anchor, words)| (anchor, words)).collect()
}

fn list(sections: &[(String, String)]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let item = |(anchor, words): &(String, String)| format!("<li><a href=\"#{anchor}\">{}</a></li>", escaped(words));
    format!("<ul>\n{}\n</ul>", sections.iter().map(item).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{from_markdown, pieces, whole};

    const ARTICLE: &str = "<p>Intro.</p>\n<h2>Leaves &amp; water</h2>\n<p>a</p>\n<h3>Leaves</h3>\n<p>b</p>\n<h2>Cups</h2>\n\
        <p>c</p>\n<h2>Cups</h2>\n<blockquote><h2>Said</h2></blockquote>\n<h2>茶</h2>\n<h2>Frequently asked questions</h2>\n\
        <h3>How long?</h3>\n<p>Two minutes.</p>";

    fn links(html: &str) -> Vec<String> {
        let document = Html::parse_fragment(html);
        let lists = document.root_element().child_elements().filter(|element| is_contents(*element));
        let items = lists.flat_map(|list| list.descendent_elements());
        items.filter_map(|element| element.attr("href").map(str::to_owned)).collect()
    }

    #[test]
    fn a_table_of_contents_leads_to_each_section() {
        let with = with_contents(ARTICLE);
        let expected = ["#leaves-water", "#cups", "#cups-2", "#section", "#frequently-asked-questions"];
        assert_eq!(links(&with), expected);
        assert!(with.find("<ul>") < with.find("<h2>") && with.starts_with("<p>Intro.</p>"), "{with}");
        assert_eq!(with_contents(&with), with, "one is enough");
        let anchored = anchored(&with);
        for link in expected {
            assert_eq!(anchored.matches(&format!("id=\"{}\"", link.trim_start_matches('#'))).count(), 1, "{link}");
        }
        assert!(anchored.contains("<h3 id=\"how-long\">") && anchored.contains("<blockquote><h2>Said"), "{anchored}");
        assert_eq!(with_contents("<h2>A</h2><h2>B</h2>"), "<h2>A</h2><h2>B</h2>", "two sections are seen at once");
    }

    #[test]
    fn contents_and_questions_survive_an_edit_and_follow_the_headings() {
        let with = with_contents(ARTICLE);
        let mut edited: Vec<String> = pieces(&with).into_iter().map(|piece| piece.html).collect();
        for piece in &mut edited {
            *piece = piece.replace("<h2>Leaves &amp; water</h2>", "<h2>What to brew</h2>");
        }
        edited.retain(|piece| piece != "<h2>茶</h2>");
        let again = whole(&edited);
        assert_eq!(links(&again), ["#what-to-brew", "#cups", "#cups-2", "#frequently-asked-questions"], "{again}");
        assert!(again.contains("<h3>How long?</h3>") && again.contains("<p>Two minutes.</p>"), "{again}");
        assert_eq!(renewed(&again), again);
    }

    #[test]
    fn another_list_is_no_table_of_contents() {
        for list in ["- [a](https://a.example/)\n- [b](#b)", "- a\n- [b](#b)", "- [a](#a) and more"] {
            let html = from_markdown(&format!("## A\n\n{list}\n\n## B\n\n## C\n"));
            assert_eq!((links(&html).len(), renewed(&html)), (0, html.clone()), "{list}");
        }
        let own = from_markdown("- [A](#somewhere)\n- [B](#else)\n\n## A\n\n## B\n");
        assert_eq!(links(&with_contents(&own)), ["#a", "#b"], "one that an author wrote leads where it should");
    }
}
