//! Placing images in an article. Images are rows, not text: the stored article holds none, and each reader (the
//! window, a folder, a site) composes them in with addresses of its own.

use super::headings;

/// An in-article image with the address its reader can load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedImage {
    /// The heading it belongs under; a heading that is gone puts it under the section of the same position.
    pub heading: String,
    /// Complete markup of the figure, made by the caller.
    pub markup: String,
}

/// Puts each image after the first block that follows its heading. Images without a place go to the article's end.
#[must_use]
pub fn compose(html: &str, images: &[ComposedImage]) -> String {
    let titles = headings(html);
    let mut sections = split_sections(html);
    for (position, image) in images.iter().enumerate() {
        let named = titles.iter().position(|title| *title == image.heading);
        let section = named.unwrap_or(position);
        match sections.get_mut(section + 1) {
            Some(text) => insert_after_first_block(text, &image.markup),
            None => {
                if let Some(last) = sections.last_mut() {
                    last.push_str(&image.markup);
                }
            }
        }
    }
    sections.concat()
}

/// The text before the first `<h2>`, then one piece per `<h2>`.
fn split_sections(html: &str) -> Vec<String> {
    let mut sections = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.get(1..).and_then(|tail| tail.find("<h2")).map(|at| at + 1) {
        let (head, tail) = rest.split_at(at);
        sections.push(head.to_owned());
        rest = tail;
    }
    sections.push(rest.to_owned());
    if html.starts_with("<h2") {
        sections.insert(0, String::new());
    }
    sections
}

fn insert_after_first_block(section: &mut String, markup: &str) {
    let after_heading = section.find("</h2>").map_or(0, |at| at + "</h2>".len());
    let after_paragraph = section.get(after_heading..).and_then(|tail| tail.find("</p>")).map(|at| at + "</p>".len());
    section.insert_str(after_heading + after_paragraph.unwrap_or(0), markup);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(heading: &str) -> ComposedImage {
        ComposedImage { heading: heading.to_owned(), markup: "<figure>X</figure>".to_owned() }
    }

    #[test]
    fn an_image_stands_after_the_first_paragraph_of_its_section() {
        let html = "<p>intro</p><h2>A</h2><p>a</p><p>a2</p><h2>B</h2><ul><li>b</li></ul>";
        let placed = compose(html, &[image("A"), image("B")]);
        assert_eq!(
            placed,
            "<p>intro</p><h2>A</h2><p>a</p><figure>X</figure><p>a2</p><h2>B</h2><figure>X</figure><ul><li>b</li></ul>"
        );
    }

    #[test]
    fn a_lost_heading_falls_back_to_position_then_to_the_end() {
        assert_eq!(compose("<h2>A</h2><p>a</p>", &[image("gone")]), "<h2>A</h2><p>a</p><figure>X</figure>");
        assert_eq!(compose("<p>a</p>", &[image("gone")]), "<p>a</p><figure>X</figure>");
        assert_eq!(compose("", &[]), "");
    }
}
