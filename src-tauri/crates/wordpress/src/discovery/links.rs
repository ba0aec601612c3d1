//! Reading where a site itself says that its REST interface is: the `Link` header of RFC 8288, then the `<link>` tag.

use reqwest::header::{HeaderMap, LINK};
use scraper::{Html, Selector};
use url::Url;

/// The relation WordPress names its interface by; it is compared as text and never asked.
const RELATION: &str = "https://api.w.org/";

/// Links tried of one page: a page that names more is none of ours.
const LINKS_MAX: usize = 3;

/// Targets of the interface's relation in the headers, in order.
pub(crate) fn in_headers(base: &Url, headers: &HeaderMap) -> Vec<Url> {
    let values = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    let targets = values.flat_map(links).filter(|(_, parameters)| names_interface(parameters));
    targets.filter_map(|(target, _)| base.join(target).ok()).take(LINKS_MAX).collect()
}

/// Targets of the interface's relation in a page, in order.
pub(crate) fn in_page(base: &Url, body: &[u8]) -> Vec<Url> {
    let Ok(selector) = Selector::parse("link[rel][href]") else {
        return Vec::new();
    };
    let page = Html::parse_document(&String::from_utf8_lossy(body));
    let named = page.select(&selector).filter(|link| link.attr("rel") == Some(RELATION));
    named.filter_map(|link| base.join(link.attr("href")?).ok()).take(LINKS_MAX).collect()
}

/// The version a page names as its generator, such as `6.5.5`; empty when it names none.
pub(crate) fn version(body: &[u8]) -> String {
    let Ok(selector) = Selector::parse("meta[name=generator]") else {
        return String::new();
    };
    let page = Html::parse_document(&String::from_utf8_lossy(body));
    let mut contents = page.select(&selector).filter_map(|meta| meta.attr("content"));
    let version = contents.find_map(|content| content.strip_prefix("WordPress "));
    version.unwrap_or_default().chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect()
}

/// Splits a header value into targets and their parameters. Commas and semicolons inside a target or quotes belong there.
fn links(value: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((_, from_target)) = rest.split_once('<') {
        let Some((target, parameters)) = from_target.split_once('>') else {
            break;
        };
        let end = end_of_parameters(parameters);
        found.push((target, parameters.get(..end).unwrap_or_default()));
        rest = parameters.get(end..).unwrap_or_default();
    }
    found
}

fn end_of_parameters(parameters: &str) -> usize {
    let mut quoted = false;
    for (at, c) in parameters.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => return at,
            _ => {}
        }
    }
    parameters.len()
}

fn names_interface(parameters: &str) -> bool {
    parameters.split(';').filter_map(|parameter| parameter.split_once('=')).any(|(name, value)| {
        let relations = value.trim().trim_matches('"');
        name.trim().eq_ignore_ascii_case("rel") && relations.split_ascii_whitespace().any(|one| one == RELATION)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn base() -> Url {
        Url::parse("https://a.example/blog/").unwrap()
    }

    #[test]
    fn the_header_is_read_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(LINK, HeaderValue::from_static("</x>; rel=shortlink, <https://a.example/?p=1,2>; rel=\"a,b\""));
        headers.append(LINK, HeaderValue::from_static("<../api/>; title=\"; rel=no\"; rel=\"https://api.w.org/\""));
        assert_eq!(in_headers(&base(), &headers), [Url::parse("https://a.example/api/").unwrap()]);
        headers.remove(LINK);
        headers.append(LINK, HeaderValue::from_static("<https://a.example/unclosed; rel=\"https://api.w.org/\""));
        assert!(in_headers(&base(), &headers).is_empty());
    }

    #[test]
    fn the_tag_and_the_generator_are_read() {
        let page = br#"<html><head><meta name="generator" content="Site Kit 1.0"/>
            <meta name="generator" content="WordPress 6.5.5"/><link rel="https://api.w.org/" href="/blog/wp-json/"/>"#;
        assert_eq!(in_page(&base(), page), [Url::parse("https://a.example/blog/wp-json/").unwrap()]);
        assert_eq!(version(page), "6.5.5");
        assert_eq!(version(b"<p>"), "");
    }
}
