//! An article taken apart into the pieces that people think in: a paragraph, a heading, a list. Two editors write the
//! same piece in different ways, so a piece has a key that is the same for both: how it looks to a reader, and not how
//! its markup is laid out.

use super::{renewed, sanitize};
use scraper::{ElementRef, Html, Node};

/// Elements that live inside a line.
const INLINE: &[&str] = &["strong", "em", "b", "i", "s", "del", "code", "a", "br", "sub", "sup", "img"];
/// Attributes that say something to a reader.
const TELLING: &[&str] = &["href", "title", "start", "scope", "colspan", "rowspan"];
/// What separates paragraphs where only lines are possible.
const GAP: &str = "<br><br>";

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its markup.
    pub html: String,
    /// What it is to a reader. Equal pieces have equal keys.
    pub key: String,
}

/// The pieces of an article, in order. Places of pictures are none: pictures are no text.
#[must_use]
pub fn pieces(html: &str) -> Vec<Piece> {
    let document = Html::parse_fragment(&sanitize(html));
    let mut found = Vec::new();
    collect(document.root_element(), &mut found);
    found
}

/// An article put together from the markup of its pieces; its table of contents is that of the sections it has now.
#[must_use]
pub fn whole(pieces: &[String]) -> String {
    renewed(&sanitize(&pieces.join("\n")))
}

/// Every block as a piece; text between blocks as a paragraph.
fn collect(parent: ElementRef<'_>, found: &mut Vec<Piece>) {
    let mut loose = String::new();
    for child in parent.children() {
        match ElementRef::wrap(child) {
            Some(element) if !INLINE.contains(&element.value().name()) => {
                paragraph(&std::mem::take(&mut loose), found);
                block(element, found);
            }
            Some(element) => loose.push_str(&inline(element)),
            None => loose.push_str(&text(child.value())),
        }
    }
    paragraph(&loose, found);
}

fn paragraph(content: &str, found: &mut Vec<Piece>) {
    let content = content.trim();
    if !content.is_empty() {
        let html = format!("<p>{content}</p>");
        found.push(Piece { key: html.clone(), html });
    }
}

fn block(element: ElementRef<'_>, found: &mut Vec<Piece>) {
    match element.value().name() {
        "p" => paragraph(&line(element), found),
        // A picture's place gives nothing, a table's frame its table.
        "html" | "figure" | "figcaption" => collect(element, found),
        _ => {
            let key = key_of(element);
            if !is_empty(element) {
                found.push(Piece { html: key.clone(), key });
            }
        }
    }
}

/// Whether nothing of it can be seen.
fn is_empty(element: ElementRef<'_>) -> bool {
    element.value().name() != "hr" && element.text().all(|text| text.trim().is_empty())
}

/// An element that is no line, laid out in one way.
fn key_of(element: ElementRef<'_>) -> String {
    let name = element.value().name();
    let content = match name {
        "hr" => return "<hr>".to_owned(),
        "pre" => preformatted(element),
        "h2" | "h3" | "h4" => line(element).trim().to_owned(),
        "li" | "td" | "th" => flattened(element),
        "blockquote" => {
            let mut inner = Vec::new();
            collect(element, &mut inner);
            inner.into_iter().map(|piece| piece.html).collect()
        }
        _ => element.child_elements().map(key_of).collect(),
    };
    format!("{}{content}</{name}>", opening(element))
}

/// What stands in an item or a cell: one run of text, whose paragraphs are lines, and then its lists.
fn flattened(parent: ElementRef<'_>) -> String {
    let (mut runs, mut lists) = (vec![String::new()], String::new());
    for child in parent.children() {
        match ElementRef::wrap(child) {
            Some(element) if matches!(element.value().name(), "ul" | "ol") => lists.push_str(&key_of(element)),
            Some(element) if INLINE.contains(&element.value().name()) => add(&mut runs, &inline(element)),
            Some(element) => {
                runs.push(flattened(element));
                runs.push(String::new());
            }
            None => add(&mut runs, &text(child.value())),
        }
    }
    let runs: Vec<&str> = runs.iter().map(|run| run.trim()).filter(|run| !run.is_empty()).collect();
    runs.join(GAP) + &lists
}

fn add(runs: &mut [String], text: &str) {
    if let Some(last) = runs.last_mut() {
        last.push_str(text);
    }
}

/// The content of a line, white space folded.
fn line(parent: ElementRef<'_>) -> String {
    let mut out = String::new();
    for child in parent.children() {
        match ElementRef::wrap(child) {
            Some(element) => out.push_str(&inline(element)),
            None => out.push_str(&text(child.value())),
        }
    }
    out
}

fn inline(element: ElementRef<'_>) -> String {
    let name = element.value().name();
    match name {
        "br" => "<br>".to_owned(),
        "img" => String::new(),
        _ if !INLINE.contains(&name) => line(element),
        _ => {
            let content = line(element);
            if content.is_empty() { content } else { format!("{}{content}</{name}>", opening(element)) }
        }
    }
}

fn preformatted(element: ElementRef<'_>) -> String {
    let text = escape(&element.text().collect::<String>());
    let is_code = element.child_elements().any(|child| child.value().name() == "code");
    if is_code { format!("<code>{text}</code>") } else { text }
}

fn opening(element: ElementRef<'_>) -> String {
    let said: String = TELLING
        .iter()
        .filter_map(|name| element.attr(name).map(|value| (name, value)))
        .filter(|(name, value)| (**name, *value) != ("start", "1"))
        .map(|(name, value)| format!(" {name}=\"{}\"", escape(value).replace('"', "&quot;")))
        .collect();
    format!("<{}{said}>", element.value().name())
}

/// Only the white space that HTML folds; a no-break space is a character.
fn text(node: &Node) -> String {
    let Some(text) = node.as_text() else { return String::new() };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{c}') {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    escape(&out)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\u{a0}', "&nbsp;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(html: &str) -> Vec<String> {
        pieces(html).into_iter().map(|piece| piece.key).collect()
    }

    #[test]
    fn the_same_article_has_the_same_pieces_in_blocks_and_in_our_own_form() {
        let ours = "<h2>Leaves</h2>\n<p>Two <strong>grams</strong>\na <a href=\"https://a.example/?x=1&amp;y=2\">cup</a>.</p>\n\
            <ul>\n<li><p>one</p></li>\n<li>two<ul><li>deep</li></ul></li>\n</ul>\n<blockquote><p>said</p></blockquote>\n\
            <table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>\n<hr>\n\
            <pre><code>if a &lt; b {\n  c\n}</code></pre>";
        let theirs = "<!-- wp:heading -->\n<h2 class=\"wp-block-heading\">Leaves</h2>\n<!-- /wp:heading -->\n\n\
            <!-- wp:paragraph -->\n<p>Two <strong>grams</strong> a <a href=\"https://a.example/?x=1&amp;y=2\" \
            rel=\"noopener\">cup</a>.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:image {\"id\":7} -->\n<figure \
            class=\"wp-block-image\"><img src=\"https://a.example/a.png\" alt=\"\"/></figure>\n<!-- /wp:image -->\n\n\
            <!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>one</li>\n<!-- /wp:list-item -->\n\n<!-- wp:list-item -->\n\
            <li>two<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>deep</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\
            </li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n\n<!-- wp:quote -->\n<blockquote class=\"wp-block-quote\">\
            <!-- wp:paragraph -->\n<p>said</p>\n<!-- /wp:paragraph --></blockquote>\n<!-- /wp:quote -->\n\n\
            <!-- wp:table -->\n<figure class=\"wp-block-table\"><table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td>\
            </tr></tbody></table></figure>\n<!-- /wp:table -->\n\n<!-- wp:separator -->\n<hr class=\"wp-block-separator\" />\n\
            <!-- /wp:separator -->\n\n<!-- wp:code -->\n<pre class=\"wp-block-code\"><code>if a &lt; b {\n  c\n}</code></pre>\n\
            <!-- /wp:code -->";
        assert_eq!(keys(ours), keys(theirs));
        assert_eq!(keys(ours).len(), 7, "{:?}", keys(ours));
    }

    #[test]
    fn what_a_reader_sees_differently_is_another_piece() {
        for (one, other) in [
            ("<p>a</p>", "<p>b</p>"),
            ("<p>a</p>", "<p><strong>a</strong></p>"),
            ("<p>a</p>", "<h2>a</h2>"),
            ("<p><a href=\"https://a.example/\">a</a></p>", "<p><a href=\"https://b.example/\">a</a></p>"),
            ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ] {
            assert_ne!(keys(one), keys(other), "{one} {other}");
        }
        assert_eq!(keys("loose <em>text</em><p> </p><h2></h2>"), ["<p>loose <em>text</em></p>"]);
    }

    #[test]
    fn pieces_put_together_are_the_article_again() {
        let html = "<h2>A</h2>\n<p>b &amp; c</p>\n<ul><li>d</li></ul>";
        let found: Vec<String> = pieces(html).into_iter().map(|piece| piece.html).collect();
        assert_eq!(whole(&found), html);
    }
}
