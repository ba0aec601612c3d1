//! Tables. The editor's table has a head, a body and cells that hold a line of text each.

use super::{block, inline};
use scraper::ElementRef;

/// A table block, or nothing for a table without a cell. Whether columns share the width evenly is said outright,
/// because versions of WordPress disagree on what it means to say nothing.
pub(super) fn table(element: ElementRef<'_>) -> Option<String> {
    let mut parts = String::new();
    for section in element.child_elements() {
        let name = section.value().name();
        let rows: String = section.child_elements().filter_map(row).collect();
        if matches!(name, "thead" | "tbody") && !rows.is_empty() {
            parts.push_str(&format!("<{name}>{rows}</{name}>"));
        }
    }
    if parts.is_empty() {
        return None;
    }
    let markup = format!("<figure class=\"wp-block-table\"><table>{parts}</table></figure>");
    Some(block("table", "{\"hasFixedLayout\":false}", &markup))
}

fn row(element: ElementRef<'_>) -> Option<String> {
    let cells: String = element.child_elements().filter_map(cell).collect();
    (element.value().name() == "tr" && !cells.is_empty()).then(|| format!("<tr>{cells}</tr>"))
}

fn cell(element: ElementRef<'_>) -> Option<String> {
    let name = element.value().name();
    if !matches!(name, "th" | "td") {
        return None;
    }
    let mut open = format!("<{name}");
    if let Some(scope) = element.attr("scope").filter(|scope| name == "th" && matches!(*scope, "col" | "row")) {
        open.push_str(&format!(" scope=\"{scope}\""));
    }
    for span in ["colspan", "rowspan"] {
        if let Some(cells) = element.attr(span).and_then(|cells| cells.parse::<u16>().ok()).filter(|cells| *cells > 1) {
            open.push_str(&format!(" {span}=\"{cells}\""));
        }
    }
    Some(format!("{open}>{}</{name}>", inline::flattened(element)))
}
