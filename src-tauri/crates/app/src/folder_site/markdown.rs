//! The article's HTML as Markdown. The conversion is a library's; here stands what it leaves out of the canonical
//! form: strikethrough, sub- and superscript, captions, and texts that Markdown would take for something else.

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BulletListMarker, HrStyle, Options};
use htmd::{Element, HtmlToMarkdown};
use igny8_core::port::SiteError;

/// Converts sanitised HTML. Image and link addresses stay as they are.
pub(super) fn from_html(html: &str) -> Result<String, SiteError> {
    let options = Options {
        hr_style: HrStyle::Dashes,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let converter = HtmlToMarkdown::builder()
        .options(options)
        .add_handler(vec!["s", "del"], |handlers: &dyn Handlers, element: Element| around("~~", handlers, &element))
        .add_handler(vec!["sub", "sup"], as_html)
        .add_handler(vec!["img"], |_: &dyn Handlers, element: Element| Some(image(&element).into()))
        .add_handler(vec!["figcaption"], |handlers: &dyn Handlers, element: Element| {
            let caption = handlers.walk_children(element.node).content;
            Some(format!("\n\n*{}*\n\n", caption.trim()).into())
        })
        .add_handler(vec!["p"], |handlers: &dyn Handlers, element: Element| {
            let text = handlers.walk_children(element.node).content;
            Some(format!("\n\n{}\n\n", as_paragraph(text.trim())).into())
        })
        .build();
    converter.convert(html).map_err(|_| SiteError::BadReply)
}

fn around(mark: &str, handlers: &dyn Handlers, element: &Element) -> Option<HandlerResult> {
    let text = handlers.walk_children(element.node).content;
    let inner = text.trim();
    Some(if inner.is_empty() { text.into() } else { text.replace(inner, &format!("{mark}{inner}{mark}")).into() })
}

/// Markdown has no mark of its own for these and passes the element through.
fn as_html(handlers: &dyn Handlers, element: Element) -> Option<HandlerResult> {
    let text = handlers.walk_children(element.node).content;
    Some(format!("<{0}>{text}</{0}>", element.tag).into())
}

fn image(element: &Element) -> String {
    let value = |name: &str| {
        let attribute = element.attrs.iter().find(|attribute| &*attribute.name.local == name);
        attribute.map(|attribute| attribute.value.to_string()).unwrap_or_default()
    };
    let alt = value("alt").replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("![{alt}]({})", value("src").replace('(', "%28").replace(')', "%29").replace(' ', "%20"))
}

/// Escapes what would make the paragraph a list, a rule or an underline.
fn as_paragraph(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after_number = text.get(digits..).unwrap_or_default();
    if digits > 0 && after_number.starts_with(')') {
        let number = text.get(..digits).unwrap_or_default();
        return format!("{number}\\{after_number}");
    }
    let is_rule = |mark: char| text.starts_with(mark) && text.chars().all(|c| c == mark || c == ' ');
    if ['-', '+', '='].into_iter().any(is_rule) { format!("\\{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use igny8_core::article::{from_markdown, plain_text};

    #[test]
    fn texts_that_look_like_markdown_stay_texts() {
        for text in [
            "1. x",
            "1) x",
            "- x",
            "+ x",
            "* x",
            "---",
            "- - -",
            "===",
            "+",
            "-",
            "# x",
            "> x",
            "a*b*c",
            "_x_",
            "a ` b",
            "[x](y)",
            "![x](y)",
            "&lt;b&gt;",
            "~~~",
            "```",
            "a|b",
            "\\*",
            "***",
            "1986. A year",
            "[a]: b",
            "a\\",
        ] {
            let html = format!("<p>{text}</p>");
            let back = from_markdown(&from_html(&html).unwrap());
            assert_eq!(plain_text(&back), plain_text(&html), "{back}");
            assert!(back.starts_with("<p>"), "{text} became {back}");
        }
    }

    #[test]
    fn every_element_of_the_canonical_form_comes_back() {
        for html in [
            "<h2>A <em>b</em></h2>\n<p>c <strong>d</strong> <code>e`f</code> <del>g</del> h<sub>2</sub><sup>3</sup></p>",
            "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>",
            "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>",
            "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>",
            "<pre><code>a\n```\n  b\n</code></pre>",
            "<p>a<br>\nb</p>\n<hr>\n<p>c</p>",
            "<p><a href=\"/x(y)\" title=\"a &quot;b&quot;\" rel=\"noopener noreferrer\">li[n]k</a></p>",
        ] {
            assert_eq!(from_markdown(&from_html(html).unwrap()).trim(), html);
        }
    }
}
