//! Writing SVG. Every text goes through [`escape`]; numbers are written with two decimals, which is a hundredth of a
//! pixel and keeps documents small and equal on every machine.

use super::color::Rgb;
use super::font::Face;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

impl Rect {
    pub(super) const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    pub(super) fn right(self) -> f64 {
        self.x + self.w
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// The shorter side.
    pub(super) fn side(self) -> f64 {
        self.w.min(self.h)
    }

    /// Smaller by `by` on each side.
    pub(super) fn inset(self, by: f64) -> Self {
        Self::new(self.x + by, self.y + by, (self.w - 2.0 * by).max(0.0), (self.h - 2.0 * by).max(0.0))
    }
}

/// How a text line is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub(super) face: Face,
    /// Pixels.
    pub(super) size: f64,
    /// Em.
    pub(super) tracking: f64,
    pub(super) fill: Rgb,
    /// Centred on its x instead of beginning there.
    pub(super) centred: bool,
}

/// A document under construction.
#[derive(Debug)]
pub(super) struct Svg {
    body: String,
    clips: u32,
    canvas: Rect,
}

impl Svg {
    /// An empty document of a size in pixels.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { body: String::with_capacity(16_384), clips: 0, canvas: Rect::new(0.0, 0.0, width, height) }
    }

    /// The whole picture.
    pub(super) const fn canvas(&self) -> Rect {
        self.canvas
    }

    pub(super) fn rect(&mut self, r: Rect, radius: f64, fill: Rgb) {
        let Rect { x, y, w, h } = r;
        let fill = fill.hex();
        self.push(&format!(
            r#"<rect x="{x:.2}" y="{y:.2}" width="{w:.2}" height="{h:.2}" rx="{radius:.2}" fill="{fill}"/>"#
        ));
    }

    pub(super) fn frame(&mut self, r: Rect, stroke: f64, color: Rgb) {
        let Rect { x, y, w, h } = r;
        let color = color.hex();
        self.push(&format!(
            r#"<rect x="{x:.2}" y="{y:.2}" width="{w:.2}" height="{h:.2}" fill="none" stroke="{color}" stroke-width="{stroke:.2}"/>"#
        ));
    }

    pub(super) fn circle(&mut self, x: f64, y: f64, radius: f64, fill: Rgb) {
        let fill = fill.hex();
        self.push(&format!(r#"<circle cx="{x:.2}" cy="{y:.2}" r="{radius:.2}" fill="{fill}"/>"#));
    }

    pub(super) fn ring(&mut self, x: f64, y: f64, radius: f64, stroke: f64, color: Rgb) {
        let color = color.hex();
        self.push(&format!(
            r#"<circle cx="{x:.2}" cy="{y:.2}" r="{radius:.2}" fill="none" stroke="{color}" stroke-width="{stroke:.2}"/>"#
        ));
    }

    /// A filled path, in path-data syntax.
    pub(super) fn path(&mut self, data: &str, fill: Rgb) {
        let fill = fill.hex();
        self.push(&format!(r#"<path d="{data}" fill="{fill}"/>"#));
    }

    /// A stroked path with round ends.
    pub(super) fn line(&mut self, data: &str, stroke: f64, color: Rgb) {
        let color = color.hex();
        self.push(&format!(
            r#"<path d="{data}" fill="none" stroke="{color}" stroke-width="{stroke:.2}" stroke-linecap="round" stroke-linejoin="round"/>"#
        ));
    }

    /// One line of text with its baseline at `y`.
    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, how: Type) {
        let (family, weight) = how.face.family();
        let anchor = if how.centred { "middle" } else { "start" };
        let (size, spacing, fill) = (how.size, how.tracking * how.size, how.fill.hex());
        let text = escape(text);
        self.push(&format!(
            r#"<text x="{x:.2}" y="{y:.2}" font-family="{family}" font-weight="{weight}" font-size="{size:.2}" letter-spacing="{spacing:.3}" text-anchor="{anchor}" fill="{fill}">{text}</text>"#
        ));
    }

    /// Draws inside `area` only.
    pub(super) fn clipped(&mut self, area: Rect, draw: impl FnOnce(&mut Self)) {
        let Rect { x, y, w, h } = area;
        self.clips += 1;
        let id = self.clips;
        self.push(&format!(
            r##"<clipPath id="c{id}"><rect x="{x:.2}" y="{y:.2}" width="{w:.2}" height="{h:.2}"/></clipPath><g clip-path="url(#c{id})">"##
        ));
        draw(self);
        self.push("</g>");
    }

    /// The document.
    pub(super) fn finish(self) -> String {
        let Rect { w, h, .. } = self.canvas;
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{}</svg>"#,
            self.body
        )
    }

    fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

/// Text that XML shows as it stands; characters XML cannot hold are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let mut svg = Svg::new(10.0, 10.0);
        let black = Rgb::brand("#000000");
        let how = Type { face: Face::Sans, size: 4.0, tracking: 0.0, fill: black, centred: false };
        svg.text(0.0, 0.0, "</text><script>alert(\"1\")</script>&amp;\u{0}\u{ffff}", how);
        let document = svg.finish();
        assert!(!document.contains("<script") && document.contains("&lt;script&gt;") && document.contains("&amp;amp;"));
        assert!(resvg::usvg::roxmltree::Document::parse(&document).is_ok());
    }
}
