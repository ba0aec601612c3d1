//! `index.html`: the article as a complete page that opens from the disk and fetches nothing. The body is read back
//! from it as it was sent.

use super::front_matter::FrontMatter;
use igny8_core::article::{ComposedImage, anchored, compose, sanitize};
use igny8_core::port::destination::{Article, PlacedImage};

/// What the body stands between. No element of an article is called so, and everything else on the page is escaped.
const BODY_START: &str = "\n<article>\n";
const BODY_END: &str = "\n</article>\n";

const STYLE: &str = "body{margin:0 auto;max-width:44rem;padding:2rem 1rem;font:1.05rem/1.65 Georgia,serif;color:#1d2129;\
background:#fff}h1,h2,h3,h4,footer,figcaption{font-family:system-ui,sans-serif;line-height:1.25}\
img{max-width:100%;height:auto}figure{margin:1.5rem 0}figcaption,footer{color:#5b6270;font-size:.9rem}\
table{border-collapse:collapse;display:block;overflow-x:auto}th,td{border:1px solid #c9ced6;padding:.4rem .6rem;\
text-align:left}pre{overflow-x:auto;background:#f3f4f6;padding:1rem}blockquote{margin:0;padding-left:1rem;\
border-left:3px solid #c9ced6}@media(prefers-color-scheme:dark){body{color:#e6e8ec;background:#16181d}a{color:#9db4ff}\
pre{background:#22252c}figcaption,footer{color:#a5abb8}}";

/// The article's body: sanitised once more, its images in their places.
pub(super) fn render_body(article: &Article) -> String {
    let images: Vec<ComposedImage> = article
        .images
        .iter()
        .map(|image| ComposedImage { heading: image.heading.clone(), markup: figure(image) })
        .collect();
    compose(&anchored(&sanitize(&article.html)), &images)
}

fn figure(image: &PlacedImage) -> String {
    format!(
        "<figure><img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\"></figure>",
        escaped(&image.url),
        escaped(&image.alt),
        image.width,
        image.height
    )
}

/// The page of a post. `body` is what [`render_body`] made.
pub(super) fn write(head: &FrontMatter, body: &str, language: &str, site_name: &str) -> String {
    let title = if head.meta_title.is_empty() { &head.title } else { &head.meta_title };
    let featured = if head.featured_image.is_empty() {
        String::new()
    } else {
        let (file, alt) = (escaped(&head.featured_image), escaped(&head.featured_image_alt));
        format!("<figure><img src=\"{file}\" alt=\"{alt}\"></figure>\n")
    };
    let terms: Vec<&str> = head.categories.iter().chain(&head.tags).map(String::as_str).collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"description\" content=\"{description}\">\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{heading}</h1>\n{featured}{BODY_START}{body}{BODY_END}</main>\n<footer>{site_name} · \
         <time datetime=\"{date}\">{day}</time>{separator}{terms}</footer>\n</body>\n</html>\n",
        language = escaped(language),
        title = escaped(title),
        description = escaped(&head.description),
        heading = escaped(&head.title),
        site_name = escaped(site_name),
        date = head.date.to_rfc3339(),
        day = head.date.to_rfc3339().get(..10).unwrap_or_default(),
        separator = if terms.is_empty() { "" } else { " · " },
        terms = escaped(&terms.join(", ")),
    )
}

/// The body of a page that [`write`] made; `None` when it is no such page.
pub(super) fn read_body(page: &str) -> Option<&str> {
    let (_, from_start) = page.split_once(BODY_START)?;
    from_start.rsplit_once(BODY_END).map(|(body, _)| body)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
