//! The article's canonical form: a small, sanitised HTML subset. Models answer in Markdown, editors and destinations
//! have forms of their own; all are made from or turned into this one, and nothing enters it but through the one
//! allow-list below, before storing and again before showing.

mod compose;
mod contents;
mod foreign;
mod nesting;
mod pieces;

pub use compose::{ComposedImage, compose};
pub use contents::{Anchors, anchored, renewed, with_contents};
pub use foreign::foreign;
pub use pieces::{Piece, pieces, whole};

use pulldown_cmark::{Options, Parser, html};
use scraper::{ElementRef, Html, Selector};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Elements an article may hold.
const TAGS: &[&str] = &[
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "strong",
    "em",
    "b",
    "i",
    "s",
    "del",
    "code",
    "pre",
    "a",
    "br",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "figcaption",
    "img",
    "sub",
    "sup",
];

/// Turns a model's Markdown into the canonical form. Raw HTML inside the Markdown passes the same allow-list; a
/// first-level heading is demoted, since the title is the page's only one.
#[must_use]
pub fn from_markdown(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, Parser::new_ext(markdown, options));
    sanitize(&out.replace("<h1>", "<h2>").replace("</h1>", "</h2>"))
}

/// Keeps what the allow-list names and drops the rest: no scripts, styles, forms, frames, event handlers or remote
/// images; links only to http, https and mail; nothing nested deeper than an article is. Idempotent.
#[must_use]
pub fn sanitize(html: &str) -> String {
    cleaner().clean(&nesting::bounded(html)).to_string()
}

/// Words in the visible text.
#[must_use]
pub fn word_count(html: &str) -> u32 {
    u32::try_from(plain_text(html).split_whitespace().count()).unwrap_or(u32::MAX)
}

/// The visible text, white space folded.
#[must_use]
pub fn plain_text(html: &str) -> String {
    let document = Html::parse_fragment(html);
    let words = document.root_element().text().flat_map(str::split_whitespace);
    words.collect::<Vec<_>>().join(" ")
}

/// Second-level headings in order, plain text.
#[must_use]
pub fn headings(html: &str) -> Vec<String> {
    let Ok(selector) = Selector::parse("h2") else {
        return Vec::new();
    };
    Html::parse_fragment(html).select(&selector).map(text_of).collect()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// Images in stored articles are our own media by address `media:<hash>` only, so that showing an article can never
/// make a request; the address becomes a real one when the article is shown or sent.
fn cleaner() -> &'static ammonia::Builder<'static> {
    static CLEANER: OnceLock<ammonia::Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
        let mut builder = ammonia::Builder::empty();
        builder
            .tags(TAGS.iter().copied().collect())
            .clean_content_tags(HashSet::from([
                "script", "style", "iframe", "object", "template", "noscript", "svg", "math",
            ]))
            .tag_attributes(HashMap::from([
                ("a", HashSet::from(["href", "title"])),
                ("img", HashSet::from(["src", "alt", "width", "height"])),
                ("th", HashSet::from(["scope", "colspan", "rowspan"])),
                ("td", HashSet::from(["colspan", "rowspan"])),
                ("ol", HashSet::from(["start"])),
            ]))
            .url_schemes(HashSet::from(["http", "https", "mailto", "media"]))
            .url_relative(ammonia::UrlRelative::PassThrough)
            .link_rel(Some("noopener noreferrer"))
            .attribute_filter(|element, attribute, value| match (element, attribute) {
                ("img", "src") => value.starts_with("media:").then(|| value.into()),
                ("a", "href") => (!value.starts_with("media:") && !value.starts_with("//")).then(|| value.into()),
                _ => Some(value.into()),
            });
        builder
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_the_canonical_subset() {
        let html =
            from_markdown("# Top\n\nText **bold** <script>alert(1)</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
        assert!(html.contains("<h2>Top</h2>"), "{html}");
        assert!(html.contains("<strong>bold</strong>") && html.contains("<td>1</td>"));
        assert!(!html.contains("script") && !html.contains("alert"));
    }

    #[test]
    fn nothing_that_acts_or_fetches_survives() {
        let hostile = [
            "<img src=x onerror=alert(1)>",
            "<img src=\"https://evil.example/p.png?secret\">",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
            "<a href=\"data:text/html,x\">x</a>",
            "<svg onload=alert(1)><script>1</script></svg>",
            "<form action=/x><input></form>",
            "<iframe src=//evil></iframe>",
            "<meta http-equiv=refresh content=0>",
            "<p style=\"background:url(//evil)\">x</p>",
            "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        ];
        for vector in hostile {
            let clean = sanitize(vector);
            for sign in
                ["onerror", "onload", "javascript", "evil", "data:", "<form", "<iframe", "<meta", "style", "<svg"]
            {
                assert!(!clean.to_lowercase().contains(sign), "{vector} -> {clean}");
            }
            assert_eq!(sanitize(&clean), clean, "not idempotent for {vector}");
        }
    }

    #[test]
    fn our_own_media_and_plain_links_survive() {
        let html = sanitize("<p><a href=\"https://a.example/x\">x</a><img src=\"media:abc\" alt=\"A\"></p>");
        assert!(html.contains("href=\"https://a.example/x\"") && html.contains("src=\"media:abc\""), "{html}");
    }

    #[test]
    fn counting_reads_only_visible_text() {
        let html = "<h2>One two</h2><p>three <em>four</em></p>";
        assert_eq!(word_count(html), 4);
        assert_eq!(headings(html), vec!["One two".to_owned()]);
    }
}
