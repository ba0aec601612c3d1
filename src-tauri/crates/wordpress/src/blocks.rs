//! The article as WordPress blocks: every element of the canonical form in the comment and markup that the editor
//! itself would save, so that a post opens there as blocks and not as one lump. Markup follows the save forms of
//! WordPress 6.5, which later versions still accept.

pub(crate) mod inline;
mod table;

use igny8_core::article::{Anchors, ComposedImage, compose, sanitize};
use igny8_core::port::destination::{Article, PlacedImage};
use scraper::{ElementRef, Html};

/// Marks an image's place while the article is taken apart: the figure's caption names its position in the list. The
/// allow-list lets no `data-` attribute through, so a text cannot claim a place.
const PLACE: &str = "data-place";

/// The article's blocks, separated as the editor separates them.
pub(crate) fn render(article: &Article) -> String {
    let places: Vec<ComposedImage> = (article.images.iter().enumerate())
        .map(|(position, image)| ComposedImage {
            heading: image.heading.clone(),
            markup: format!("<figure {PLACE}=\"{position}\"></figure>"),
        })
        .collect();
    let html = compose(&sanitize(&article.html), &places);
    let document = Html::parse_fragment(&html);
    let mut writer = Writer { images: &article.images, anchors: Some(Anchors::default()), blocks: Vec::new() };
    writer.children(document.root_element());
    join(&writer.blocks)
}

/// Collects the blocks of one container.
struct Writer<'a> {
    images: &'a [PlacedImage],
    /// For headings of the article's own.
    anchors: Option<Anchors>,
    blocks: Vec<String>,
}

impl Writer<'_> {
    /// Every child element as a block; text between them as paragraphs.
    fn children(&mut self, parent: ElementRef<'_>) {
        let mut loose = String::new();
        for child in parent.children() {
            match ElementRef::wrap(child) {
                Some(element) if is_block(element) => {
                    self.paragraph(&std::mem::take(&mut loose));
                    self.element(element);
                }
                Some(element) => loose.push_str(&inline::element(element)),
                None => loose.push_str(&inline::text(child.value())),
            }
        }
        self.paragraph(&loose);
    }

    fn element(&mut self, element: ElementRef<'_>) {
        match element.value().name() {
            "p" => self.paragraph(&inline::children(element)),
            "h2" => self.heading(2, element),
            "h3" => self.heading(3, element),
            "h4" => self.heading(4, element),
            "ul" | "ol" => {
                self.blocks.push(list(element));
                self.images_within(element);
            }
            "blockquote" => self.quote(element),
            "pre" => self.preformatted(element),
            "hr" => self.blocks.push(block(
                "separator",
                "",
                "<hr class=\"wp-block-separator has-alpha-channel-opacity\" />",
            )),
            "table" => {
                self.blocks.extend(table::table(element));
                self.images_within(element);
            }
            "figure" => self.figure(element),
            // What has no block of its own gives its parts.
            _ => self.children(element),
        }
    }

    fn paragraph(&mut self, content: &str) {
        let content = content.trim();
        if !content.is_empty() {
            self.blocks.push(block("paragraph", "", &format!("<p>{content}</p>")));
        }
    }

    fn heading(&mut self, level: u8, element: ElementRef<'_>) {
        let content = inline::children(element);
        let content = content.trim();
        if content.is_empty() {
            return;
        }
        let words = element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
        let anchor = self.anchors.as_mut().filter(|_| level < 4 && !words.is_empty()).map(|all| all.next(&words));
        let anchor = anchor.map(|anchor| format!(" id=\"{anchor}\"")).unwrap_or_default();
        // Two is what the editor takes when nothing is said.
        let attributes = if level == 2 { String::new() } else { format!("{{\"level\":{level}}}") };
        let markup = format!("<h{level} class=\"wp-block-heading\"{anchor}>{content}</h{level}>");
        self.blocks.push(block("heading", &attributes, &markup));
    }

    fn quote(&mut self, element: ElementRef<'_>) {
        let mut inner = Writer { images: &[], anchors: None, blocks: Vec::new() };
        inner.children(element);
        if !inner.blocks.is_empty() {
            let markup = format!("<blockquote class=\"wp-block-quote\">{}</blockquote>", join(&inner.blocks));
            self.blocks.push(block("quote", "", &markup));
        }
        self.images_within(element);
    }

    fn preformatted(&mut self, element: ElementRef<'_>) {
        let is_code = element.child_elements().any(|child| child.value().name() == "code");
        if is_code {
            let text = inline::escape_code(&element.text().collect::<String>());
            self.blocks.push(block("code", "", &format!("<pre class=\"wp-block-code\"><code>{text}</code></pre>")));
        } else {
            let content = inline::preformatted(element);
            self.blocks.push(block(
                "preformatted",
                "",
                &format!("<pre class=\"wp-block-preformatted\">{content}</pre>"),
            ));
        }
    }

    fn figure(&mut self, element: ElementRef<'_>) {
        match element.attr(PLACE) {
            Some(position) => {
                let image = position.parse::<usize>().ok().and_then(|position| self.images.get(position));
                self.blocks.extend(image.map(image_block));
            }
            None => self.children(element),
        }
    }

    /// An image whose place fell inside a list, quote or table stands after it: inside, the editor has no room for it.
    fn images_within(&mut self, element: ElementRef<'_>) {
        let places = element.descendent_elements().filter(|inner| inner.attr(PLACE).is_some());
        places.for_each(|place| self.figure(place));
    }
}

/// One block with its comments. Attributes are JSON made here from numbers and fixed words, never from text.
fn block(name: &str, attributes: &str, markup: &str) -> String {
    let space = if attributes.is_empty() { "" } else { " " };
    format!("<!-- wp:{name}{space}{attributes} -->\n{markup}\n<!-- /wp:{name} -->")
}

fn join(blocks: &[String]) -> String {
    blocks.join("\n\n")
}

fn is_block(element: ElementRef<'_>) -> bool {
    !inline::is_inline(element.value().name())
}

/// A list with its items; lists inside an item stay inside it.
fn list(element: ElementRef<'_>) -> String {
    let ordered = element.value().name() == "ol";
    let start =
        element.attr("start").and_then(|start| start.parse::<u32>().ok()).filter(|start| ordered && *start != 1);
    let attributes = match (ordered, start) {
        (false, _) => String::new(),
        (true, None) => "{\"ordered\":true}".to_owned(),
        (true, Some(start)) => format!("{{\"ordered\":true,\"start\":{start}}}"),
    };
    let open = match (ordered, start) {
        (false, _) => "<ul>".to_owned(),
        (true, None) => "<ol>".to_owned(),
        (true, Some(start)) => format!("<ol start=\"{start}\">"),
    };
    let close = if ordered { "</ol>" } else { "</ul>" };
    let items: Vec<String> = element.child_elements().filter(|child| child.value().name() == "li").map(item).collect();
    block("list", &attributes, &format!("{open}{}{close}", join(&items)))
}

fn item(element: ElementRef<'_>) -> String {
    let is_list = |child: &ElementRef<'_>| matches!(child.value().name(), "ul" | "ol");
    let lists: Vec<String> = element.child_elements().filter(is_list).map(list).collect();
    let content = inline::flattened(element);
    block("list-item", "", &format!("<li>{content}{}</li>", join(&lists)))
}

fn image_block(image: &PlacedImage) -> String {
    let id = image.remote_id.parse::<u64>().ok();
    let (number, class) = match id {
        Some(id) => (format!("\"id\":{id},"), format!(" class=\"wp-image-{id}\"")),
        None => (String::new(), String::new()),
    };
    let attributes = format!("{{{number}\"sizeSlug\":\"large\",\"linkDestination\":\"none\"}}");
    let (url, alt) = (inline::escape_attribute(&image.url), inline::escape_attribute(&image.alt));
    let picture = format!("<img src=\"{url}\" alt=\"{alt}\"{class} />");
    block("image", &attributes, &format!("<figure class=\"wp-block-image size-large\">{picture}</figure>"))
}

#[cfg(test)]
mod tests;
