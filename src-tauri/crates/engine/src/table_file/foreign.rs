//! Formats that are text and no table.

use super::error::ForeignText;

/// What a text is, when it begins like another format.
pub(crate) fn foreign_text(sample: &str) -> Option<ForeignText> {
    let text = sample.trim_start();
    let starts = |prefix: &str| text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let second = text.chars().skip(1).find(|c| !c.is_whitespace());
    if starts("<!doctype html") || starts("<html") || starts("<head") || starts("<body") {
        Some(ForeignText::WebPage)
    } else if starts("<?xml") {
        let is_page = text.get(..text.len().min(1_000)).is_some_and(|head| head.contains("<html"));
        Some(if is_page { ForeignText::WebPage } else { ForeignText::Xml })
    } else if starts("{\\rtf") {
        Some(ForeignText::RichText)
    } else if (starts("{") && matches!(second, Some('"' | '}')))
        || (starts("[") && matches!(second, Some('"' | '{' | ']')))
    {
        Some(ForeignText::Json)
    } else {
        None
    }
}
