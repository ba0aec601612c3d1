//! What of a post an article cannot hold. Whoever takes such a post over is told before, since it goes no further.

/// Blocks that an article has pieces for.
const KNOWN: &[&str] = &[
    "paragraph",
    "heading",
    "list",
    "list-item",
    "quote",
    "table",
    "code",
    "preformatted",
    "separator",
    "image",
    "freeform",
];
/// Elements that an article has nothing for, by the word for them.
const ELEMENTS: &[(&str, &str)] =
    &[("<iframe", "embed"), ("<video", "video"), ("<audio", "audio"), ("<form", "form"), ("<script", "script")];
/// How the comment of a block begins.
const BLOCK: &str = "<!-- wp:";
/// What belongs to a picture of a post.
const PICTURE: &str = "<img";

/// Names of what a post has beside text and `pictures` of ours, each once, in their order.
#[must_use]
pub fn foreign(raw: &str, pictures: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        if !name.is_empty() && !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    };
    for rest in raw.split(BLOCK).skip(1) {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '_');
        let name = rest.split(|c| !is_name(c)).next().unwrap_or_default().trim_end_matches('/');
        if !KNOWN.contains(&name) {
            add(name);
        }
    }
    for (sign, name) in ELEMENTS {
        if raw.contains(sign) {
            add(name);
        }
    }
    if raw.matches(PICTURE).count() > pictures {
        add("picture");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_article_cannot_hold_is_named_once() {
        let raw = "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><!-- wp:embed {\"url\":\"x\"} /-->\
            <!-- wp:my-plugin/box --><iframe></iframe><!-- /wp:my-plugin/box --><!-- wp:embed /--><img><img>";
        assert_eq!(foreign(raw, 2), ["embed", "my-plugin/box"]);
        assert_eq!(foreign(raw, 1), ["embed", "my-plugin/box", "picture"]);
        assert_eq!(foreign("<p>plain</p>", 0), [] as [&str; 0]);
        assert_eq!(foreign("<iframe></iframe>", 0), ["embed"]);
    }
}
