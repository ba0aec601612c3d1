//! The words of a picture and how they stand: label above, title, the rest of a long title below it, the site's name at
//! the foot. Everything is measured before it is drawn; what does not fit is left out rather than squeezed.

use super::font::{Face, settable};
use super::palette::Palette;
use super::setting::{self, Frame, Lines};
use super::svg::{Rect, Svg, Type};
use igny8_core::port::models::ImageBrief;

/// The smallest type anybody reads on a screen, in pixels. A picture too small for it gets no words.
const TYPE_PX_MIN: f64 = 11.0;
/// Sizes as shares of the picture's shorter side.
const TITLE_MAX: f64 = 0.172;
const HEADING_MAX: f64 = 0.125;
const TITLE_MIN: f64 = 0.062;
const LABEL: f64 = 0.0355;
const SUBTITLE_MIN: f64 = 0.040;
const SUBTITLE_MAX: f64 = 0.058;
/// A title's first part may be this long to stand alone, in characters, and must be at least so long.
const MAIN_CHARS: std::ops::RangeInclusive<usize> = 8..=44;
/// Space between letters of a label, in em.
const LABEL_TRACKING: f64 = 0.09;

/// Where the title stands between label and foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Top,
    Middle,
    Bottom,
}

/// The words that can be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Copy {
    pub(super) title: String,
    /// What follows the title's colon or question mark.
    pub(super) subtitle: Option<String>,
    pub(super) label: Option<String>,
    pub(super) site: Option<String>,
    /// Headings are set smaller than titles.
    pub(super) is_heading: bool,
}

/// How a block of words stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    pub(super) area: Rect,
    pub(super) face: Face,
    pub(super) anchor: Anchor,
    pub(super) centred: bool,
    /// The site's name at the right end of the label's line instead of at the foot.
    pub(super) site_above: bool,
}

/// A title measured: its lines and those of its second part.
struct Block {
    face: Face,
    title: Lines,
    subtitle: Option<Lines>,
}

impl Copy {
    /// The words of a brief; `None` when its title has letters no face can set.
    pub(super) fn of(brief: &ImageBrief, is_heading: bool) -> Option<Self> {
        let heading = if is_heading { settable(&brief.heading) } else { None };
        let whole = match heading {
            Some(heading) => heading,
            None if is_heading && !brief.heading.trim().is_empty() => return None,
            None => settable(&brief.title)?,
        };
        let (title, subtitle) = parted(&whole);
        let label = settable(&brief.label).filter(|label| !whole.to_lowercase().eq(&label.to_lowercase()));
        let site = settable(&brief.site.name).filter(|_| !is_heading);
        Some(Self { title, subtitle, label: label.filter(|_| !is_heading), site, is_heading })
    }

    /// Draws the words. `false` when the area cannot hold a readable title; nothing is drawn then.
    pub(super) fn draw(&self, svg: &mut Svg, palette: &Palette, stand: Stand) -> bool {
        let side = svg.canvas().side();
        let small = (side * LABEL).max(TYPE_PX_MIN);
        let band = small * 2.6;
        let has_label = self.label.is_some() || (stand.site_above && self.site.is_some());
        let top = stand.area.y + if has_label { band } else { 0.0 };
        let foot = if self.site.is_some() && !stand.site_above { band } else { 0.0 };
        let room = Rect::new(stand.area.x, top, stand.area.w, stand.area.bottom() - foot - top);
        let Some(block) = self.measured(room, stand.face, side) else {
            return false;
        };
        block.draw(svg, room, palette, stand);
        self.small_print(svg, palette, stand, small);
        true
    }

    fn measured(&self, room: Rect, face: Face, side: f64) -> Option<Block> {
        let face = face.able(&self.title)?;
        let size_min = (side * TITLE_MIN).max(TYPE_PX_MIN);
        let size_max = side * if self.is_heading { HEADING_MAX } else { TITLE_MAX };
        let lines_max = if room.h > room.w && !self.is_heading { 5 } else { 4 };
        let share = if self.subtitle.is_some() { 0.70 } else { 1.0 };
        let frame = Frame { width: room.w, height: room.h * share, lines_max, size_max, size_min };
        let title = setting::set(&self.title, face, frame)?;
        let subtitle = self.subtitle.as_deref().and_then(|text| {
            let frame = Frame {
                width: room.w,
                height: room.h - title.height(face) - title.size * SUBTITLE_GAP,
                lines_max: 2,
                size_max: (side * SUBTITLE_MAX).min(title.size * 0.55),
                size_min: (side * SUBTITLE_MIN).max(TYPE_PX_MIN),
            };
            setting::set(text, Face::Text, frame)
        });
        Some(Block { face, title, subtitle })
    }

    /// Label and site's name, each only where it fits on one line.
    fn small_print(&self, svg: &mut Svg, palette: &Palette, stand: Stand, size: f64) {
        let area = stand.area;
        let how =
            Type { face: Face::Text, size, tracking: LABEL_TRACKING, fill: palette.muted, centred: stand.centred };
        let plain = Type { tracking: 0.0, ..how };
        let x = if stand.centred { area.x + area.w / 2.0 } else { area.x };
        let cap = size * Face::Text.cap_height();
        let share = if stand.site_above { 0.55 } else { 1.0 };
        if let Some(label) = self.label.as_deref().and_then(|l| fitting(&l.to_uppercase(), how, area.w * share)) {
            svg.text(x, area.y + cap, &label, how);
        }
        let Some(site) = self.site.as_deref() else { return };
        let dot = cap * 0.42;
        let Some(site) = fitting(site, plain, area.w * share * 0.8) else { return };
        let width = Face::Text.width(&site, 0.0) * size;
        if stand.site_above {
            let left = Type { centred: false, ..plain };
            svg.text(area.right() - width, area.y + cap, &site, left);
        } else if stand.centred {
            svg.text(x, area.bottom(), &site, plain);
        } else {
            svg.circle(area.x + dot, area.bottom() - cap / 2.0, dot, palette.accent);
            svg.text(area.x + dot * 3.4, area.bottom(), &site, plain);
        }
    }
}

/// Space between title and second part, in em of the title.
const SUBTITLE_GAP: f64 = 0.50;

impl Block {
    fn height(&self) -> f64 {
        let below = self.subtitle.as_ref().map_or(0.0, |s| self.title.size * SUBTITLE_GAP + s.height(Face::Text));
        self.title.height(self.face) + below
    }

    fn draw(&self, svg: &mut Svg, room: Rect, palette: &Palette, stand: Stand) {
        let spare = (room.h - self.height()).max(0.0);
        let start = room.y
            + match stand.anchor {
                Anchor::Top => 0.0,
                Anchor::Middle => spare / 2.0,
                Anchor::Bottom => spare,
            };
        let x = if stand.centred { room.x + room.w / 2.0 } else { room.x };
        let mut y = start + self.title.size * self.face.cap_height();
        let how = Type {
            face: self.face,
            size: self.title.size,
            tracking: self.face.tracking(),
            fill: palette.ink,
            centred: stand.centred,
        };
        for line in &self.title.lines {
            svg.text(x, y, line, how);
            y += self.title.leading();
        }
        let Some(subtitle) = &self.subtitle else { return };
        y += self.title.size * SUBTITLE_GAP + subtitle.size * Face::Text.cap_height() - self.title.leading();
        let how = Type { face: Face::Text, size: subtitle.size, tracking: 0.0, fill: palette.muted, ..how };
        for line in &subtitle.lines {
            svg.text(x, y, line, how);
            y += subtitle.leading() * 1.08;
        }
    }
}

/// A title cut at its first colon or question mark, when both parts are worth it.
fn parted(whole: &str) -> (String, Option<String>) {
    let at = [": ", "? ", " – ", " — "].iter().filter_map(|mark| whole.find(mark).map(|at| (at, *mark))).min();
    let Some((at, mark)) = at else {
        return (whole.to_owned(), None);
    };
    let keep = if mark == "? " { at + 1 } else { at };
    let (Some(main), Some(rest)) = (whole.get(..keep), whole.get(at + mark.len()..)) else {
        return (whole.to_owned(), None);
    };
    let fits = MAIN_CHARS.contains(&main.chars().count()) && !rest.trim().is_empty();
    if fits { (main.to_owned(), Some(rest.trim().to_owned())) } else { (whole.to_owned(), None) }
}

/// The text, without its last words where they do not fit; `None` when nothing fits.
fn fitting(text: &str, how: Type, width: f64) -> Option<String> {
    let face_has = how.face.has(text);
    let mut words: Vec<&str> = text.split(' ').collect();
    while face_has && !words.is_empty() {
        let line = words.join(" ");
        if how.face.width(&line, how.tracking) * how.size <= width {
            return Some(line);
        }
        words.pop();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_parted_where_it_pauses() {
        let parts = |text: &str| parted(text).1;
        assert_eq!(parts("How to Clean White Sneakers: A Step-by-Step Guide").as_deref(), Some("A Step-by-Step Guide"));
        assert_eq!(parted("What Is Cold Brew? The Idea").0, "What Is Cold Brew?");
        assert_eq!(parts("SEO: Why"), None, "too short to stand alone");
        assert_eq!(parts("No pause here"), None);
    }
}
