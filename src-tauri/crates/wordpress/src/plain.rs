//! Texts that are plain on this side and HTML on the other: titles, excerpts, names of terms. WordPress prints a title as
//! it is stored, and from a user who may post unfiltered HTML it stores whatever comes; a `<` that was meant as a
//! character must therefore leave as one. What is read back is turned around, so that both sides compare as people read
//! them.

use scraper::Html;

/// A text as WordPress is to store it.
pub(crate) fn stored(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A stored text as a person reads it. A tag in it stays what it is: nobody sent one from here.
pub(crate) fn read(stored: &str) -> String {
    if !stored.contains('&') {
        return stored.to_owned();
    }
    Html::parse_fragment(&stored.replace('<', "&lt;")).root_element().text().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_as_it_was_written() {
        for text in
            ["R&D", "a < b > c", "<script>alert(1)</script> boots", "how to write &lt; in HTML", "", "Tea, “green”"]
        {
            assert_eq!(read(&stored(text)), text);
            assert!(!stored(text).contains(['<', '>']), "{text}");
        }
        assert_eq!(read("R&amp;D &#8217; &lt;3"), "R&D \u{2019} <3");
        assert_eq!(read("<em>Tea</em> &amp; cups"), "<em>Tea</em> & cups");
        assert_eq!(stored("R&D"), "R&amp;D");
    }
}
