//! The article as one text, for sites that have switched the block editor off: the canonical HTML with the places of its
//! pictures filled in the way the classic editor writes them.

use crate::blocks::inline::{escape_attribute, escape_code};
use igny8_core::article::{ComposedImage, anchored, compose, sanitize};
use igny8_core::port::destination::{Article, PlacedImage};

/// What a text for program code stands between.
const CODE: (&str, &str) = ("<pre>", "</pre>");

/// The article's text.
pub(crate) fn render(article: &Article) -> String {
    let images = article.images.iter();
    let images: Vec<ComposedImage> =
        images.map(|image| ComposedImage { heading: image.heading.clone(), markup: figure(image) }).collect();
    without_shortcodes(&compose(&anchored(&sanitize(&article.html)), &images))
}

fn figure(image: &PlacedImage) -> String {
    let class = image.remote_id.parse::<u64>().map(|id| format!(" wp-image-{id}")).unwrap_or_default();
    let (url, alt) = (escape_attribute(&image.url), escape_attribute(&image.alt));
    let (width, height) = (image.width, image.height);
    format!(
        "\n<p><img class=\"aligncenter size-full{class}\" src=\"{url}\" alt=\"{alt}\" width=\"{width}\" height=\"{height}\" /></p>\n"
    )
}

/// In program code an opening bracket is escaped, as the block editor does, so that no shortcode in it runs.
fn without_shortcodes(html: &str) -> String {
    let mut parts = html.split(CODE.0);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = part.split_once(CODE.1).unwrap_or((part, ""));
        out.push_str(&[CODE.0, &escape_brackets(code), CODE.1, rest].concat());
    }
    out
}

fn escape_brackets(code: &str) -> String {
    code.replace('[', &escape_code("["))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_pictures_its_anchors_and_no_blocks() {
        let image = PlacedImage {
            remote_id: "7".to_owned(),
            url: "https://a.example/a.png".to_owned(),
            alt: "A \"cup\"".to_owned(),
            heading: "Leaves".to_owned(),
            width: 1200,
            height: 675,
        };
        let html = "<h2>Leaves</h2>\n<p>Two [gallery] <!-- wp:html --></p>\n<pre><code>[x]</code></pre>".to_owned();
        assert_eq!(
            render(&Article { html, images: vec![image] }),
            "<h2 id=\"leaves\">Leaves</h2>\n<p>Two [gallery] </p>\n<p><img class=\"aligncenter size-full wp-image-7\" \
             src=\"https://a.example/a.png\" alt=\"A &quot;cup&quot;\" width=\"1200\" height=\"675\" /></p>\n\n\
             <pre><code>&#091;x]</code></pre>"
        );
    }
}
