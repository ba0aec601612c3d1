//! The designs of a featured picture and of the pictures inside the text: which drawing, which face, where the words
//! stand. The text always stands on the plain ground, so its contrast is the palette's.

use super::art::{self, Motif};
use super::copy::{Anchor, Copy, Stand};
use super::dice::Dice;
use super::font::Face;
use super::palette::{Palette, Scheme};
use super::svg::{Rect, Svg, Type};

/// From this proportion on a picture is laid out side by side; below it one above the other.
const WIDE: f64 = 1.15;
/// Margin as a share of the shorter side.
const MARGIN: f64 = 0.095;

/// Longest heading that is set into a narrow column, in characters.
const NARROW_CHARS_MAX: usize = 26;

/// A featured design.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Design {
    /// Large type beside overlapping discs.
    #[default]
    Poster,
    /// A panel of small tiles.
    Tiles,
    /// Hills along the foot.
    Hills,
    /// Discs inside discs from a corner.
    Arcs,
    /// A framed card in a serif.
    Editorial,
    /// Slanted bands at the edge.
    Stripes,
    /// A giant letter or number.
    Initial,
    /// Dots that grow towards the edge.
    Dots,
    /// A panel of large tiles.
    Blocks,
    /// Lines like heights on a map.
    Waves,
}

impl Design {
    pub(super) const ALL: &[Self] = &[
        Self::Poster,
        Self::Tiles,
        Self::Hills,
        Self::Arcs,
        Self::Editorial,
        Self::Stripes,
        Self::Initial,
        Self::Dots,
        Self::Blocks,
        Self::Waves,
    ];

    /// The schemes it looks good in.
    const fn schemes(self) -> &'static [Scheme] {
        match self {
            Self::Poster | Self::Initial => &[Scheme::Bold, Scheme::Deep, Scheme::Bold],
            Self::Editorial => &[Scheme::Pale, Scheme::Pale, Scheme::Deep],
            Self::Tiles | Self::Blocks => &[Scheme::Deep, Scheme::Pale, Scheme::Bold],
            Self::Hills | Self::Arcs | Self::Waves => &[Scheme::Pale, Scheme::Deep, Scheme::Bold],
            Self::Stripes | Self::Dots => &[Scheme::Deep, Scheme::Bold, Scheme::Pale],
        }
    }

    const fn face(self) -> Face {
        match self {
            Self::Poster | Self::Dots => Face::Sans,
            Self::Editorial | Self::Hills => Face::Serif,
            Self::Tiles | Self::Waves => Face::Space,
            Self::Arcs | Self::Stripes | Self::Initial | Self::Blocks => Face::Grotesque,
        }
    }

    /// The scheme a roll of the dice gives it.
    pub(super) fn scheme(self, dice: &mut Dice) -> Scheme {
        let schemes = self.schemes();
        let length = u64::try_from(schemes.len()).unwrap_or(1);
        let at = usize::try_from((dice.next() >> 8) % length).unwrap_or(0);
        schemes.get(at).copied().unwrap_or(Scheme::Deep)
    }

    /// Draws the picture; `false` when there is no room for its words.
    pub(super) fn draw(self, svg: &mut Svg, copy: &Copy, palette: &Palette, dice: &mut Dice) -> bool {
        let canvas = svg.canvas();
        let margin = canvas.side() * MARGIN;
        svg.rect(canvas, 0.0, palette.ground);
        let stand = |area, anchor| Stand { area, face: self.face(), anchor, centred: false, site_above: false };
        match self {
            Self::Poster => {
                let (text, art) = split(canvas, 0.36);
                discs_beside(svg, art, palette, dice);
                copy.draw(svg, palette, stand(inner(text, margin), Anchor::Bottom))
            }
            Self::Tiles => {
                let (text, art) = split(canvas, 0.36);
                Motif::Tiles.fill(svg, art, palette, dice);
                copy.draw(svg, palette, stand(inner(text, margin), Anchor::Middle))
            }
            Self::Blocks => {
                let (text, art) = split(canvas, 0.40);
                Motif::Blocks.fill(svg, art, palette, dice);
                copy.draw(svg, palette, stand(inner(text, margin), Anchor::Middle))
            }
            Self::Hills => {
                let foot = Rect::new(0.0, canvas.h * 0.66, canvas.w, canvas.h * 0.34);
                svg.clipped(foot, |svg| art::ridges(svg, foot, palette, dice));
                let text = Rect::new(margin, margin, canvas.w - 2.0 * margin, foot.y - margin * 1.3);
                copy.draw(svg, palette, Stand { site_above: true, ..stand(text, Anchor::Middle) })
            }
            Self::Arcs => {
                let (text, art) = split(canvas, 0.37);
                let upper = dice.one_in(2);
                let y = if upper && canvas.w >= canvas.h * WIDE { 0.0 } else { art.bottom() };
                let corner = if canvas.w >= canvas.h * WIDE { (canvas.w, y) } else { (canvas.w, 0.0) };
                let reach = if canvas.w >= canvas.h * WIDE { art.w } else { art.h };
                art::discs(svg, corner.0, corner.1, reach * 0.98, palette, dice);
                copy.draw(svg, palette, stand(inner(text, margin), if upper { Anchor::Bottom } else { Anchor::Top }))
            }
            Self::Editorial => editorial(svg, copy, palette, margin),
            Self::Stripes => {
                let (text, art) = split(canvas, 0.34);
                slanted(svg, art, palette, dice);
                copy.draw(svg, palette, stand(inner(text, margin), Anchor::Middle))
            }
            Self::Initial => {
                let (text, art) = split(canvas, 0.34);
                giant(svg, art, copy, palette);
                copy.draw(svg, palette, stand(inner(text, margin), Anchor::Middle))
            }
            Self::Dots => {
                let (text, art) = split(canvas, 0.40);
                let wide = canvas.w >= canvas.h * WIDE;
                svg.clipped(art, |svg| {
                    art::halftone(svg, art, palette.tone(2), palette.accent, |x, y| {
                        if wide { x * 0.95 } else { (1.0 - y) * 0.95 }
                    });
                });
                copy.draw(svg, palette, stand(inner(text, margin), Anchor::Bottom))
            }
            Self::Waves => {
                let (text, art) = split(canvas, 0.36);
                Motif::Waves.fill(svg, art, palette, dice);
                copy.draw(svg, palette, stand(inner(text, margin), Anchor::Top))
            }
        }
    }
}

/// How a picture inside the text is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Inset {
    /// The drawing above, the heading below.
    #[default]
    Above,
    /// The drawing at the left.
    Beside,
    /// The drawing everywhere, the heading on a plate.
    Plate,
}

impl Inset {
    pub(super) const ALL: &[Self] = &[Self::Above, Self::Plate, Self::Beside];
    /// Those that leave the whole drawing to be seen.
    pub(super) const APART: &[Self] = &[Self::Above, Self::Beside];

    /// This layout, or one with wider lines where a narrow column would make a long heading small.
    pub(super) fn for_heading(self, heading: &str) -> Self {
        let long = heading.chars().count() > NARROW_CHARS_MAX;
        if long && self == Self::Beside { Self::Above } else { self }
    }

    /// Draws a heading with an abstract drawing; `false` when there is no room for the words.
    pub(super) fn draw(self, svg: &mut Svg, copy: &Copy, motif: Motif, palette: &Palette, dice: &mut Dice) -> bool {
        let canvas = svg.canvas();
        let margin = canvas.side() * MARGIN * 0.8;
        let face = dice.choose(&[Face::Sans, Face::Grotesque, Face::Space, Face::Serif]);
        svg.rect(canvas, 0.0, palette.ground);
        let stand = |area| Stand { area, face, anchor: Anchor::Middle, centred: false, site_above: false };
        match self {
            Self::Above => {
                let art = Rect::new(0.0, 0.0, canvas.w, canvas.h * 0.64);
                motif.fill(svg, art, palette, dice);
                let text = Rect::new(
                    margin,
                    art.bottom() + margin * 0.8,
                    canvas.w - 2.0 * margin,
                    canvas.h * 0.36 - margin * 1.6,
                );
                copy.draw(svg, palette, stand(text))
            }
            Self::Beside => {
                let wide = canvas.w >= canvas.h;
                let art = if wide {
                    Rect::new(0.0, 0.0, canvas.w * 0.42, canvas.h)
                } else {
                    Rect::new(0.0, 0.0, canvas.w, canvas.h * 0.5)
                };
                motif.fill(svg, art, palette, dice);
                let text = if wide {
                    Rect::new(art.right(), 0.0, canvas.w - art.w, canvas.h)
                } else {
                    Rect::new(0.0, art.bottom(), canvas.w, canvas.h - art.h)
                };
                copy.draw(svg, palette, stand(text.inset(margin)))
            }
            Self::Plate => {
                motif.fill(svg, canvas, palette, dice);
                let plate = Rect::new(margin, canvas.h * 0.52, canvas.w * 0.72, canvas.h * 0.48 - margin);
                svg.rect(plate, canvas.side() * 0.012, palette.ground);
                svg.rect(Rect::new(plate.x, plate.y, canvas.side() * 0.014, plate.h), 0.0, palette.accent);
                copy.draw(svg, palette, stand(plate.inset(margin * 0.75)))
            }
        }
    }
}

/// A part for the words and a part for the drawing; beside each other in a wide picture, else the drawing above.
fn split(canvas: Rect, share: f64) -> (Rect, Rect) {
    if canvas.w >= canvas.h * WIDE {
        let art = canvas.w * share;
        (Rect::new(0.0, 0.0, canvas.w - art, canvas.h), Rect::new(canvas.w - art, 0.0, art, canvas.h))
    } else {
        let art = canvas.h * share;
        (Rect::new(0.0, art, canvas.w, canvas.h - art), Rect::new(0.0, 0.0, canvas.w, art))
    }
}

/// The part for words without its margins.
fn inner(text: Rect, margin: f64) -> Rect {
    text.inset(margin)
}

/// A large disc over the edge, a smaller one in the accent and a ring.
fn discs_beside(svg: &mut Svg, art: Rect, palette: &Palette, dice: &mut Dice) {
    let side = art.w.min(art.h);
    let (cx, cy) = (art.right() - side * 0.18, art.y + art.h * 0.30);
    svg.circle(cx, cy, side * 0.80, palette.tone(1));
    svg.circle(cx, cy, side * 0.52, palette.tone(2));
    let (x, y) = (art.x + art.w * dice.between(0.40, 0.55), art.y + art.h * dice.between(0.70, 0.78));
    svg.circle(x, y, side * 0.26, palette.accent);
    svg.ring(art.right() - side * 0.20, art.bottom() - side * 0.14, side * 0.20, side * 0.045, palette.second);
}

/// Bands that begin beside the words and lean away from them.
fn slanted(svg: &mut Svg, art: Rect, palette: &Palette, dice: &mut Dice) {
    let slant = art.w.min(art.h) * 0.35;
    let colors = [palette.tone(0), palette.tone(1), palette.accent, palette.tone(2), palette.second, palette.tone(3)];
    svg.clipped(art, |svg| art::bands(svg, art, art.x, slant, &colors, dice));
}

/// The title's number or first letter, as large as the part allows.
fn giant(svg: &mut Svg, art: Rect, copy: &Copy, palette: &Palette) {
    let number = copy.title.split(' ').find(|w| w.chars().all(|c| c.is_ascii_digit()) && w.len() <= 2);
    let letter = copy.title.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().collect::<String>());
    let Some(sign) = number.map(str::to_owned).or(letter) else { return };
    let Some(face) = Face::Serif.able(&sign) else { return };
    let width = face.width(&sign, 0.0);
    let size = (art.w * 0.80 / width).min(art.w.min(art.h) * 1.0);
    let (cx, cy) = (art.x + art.w * 0.48, art.y + art.h / 2.0);
    svg.clipped(art, |svg| {
        svg.circle(cx, cy, art.w.min(art.h) * 0.475, palette.tone(1));
        let how = Type { face, size, tracking: 0.0, fill: palette.accent, centred: true };
        svg.text(cx, cy + size * face.cap_height() / 2.0, &sign, how);
    });
}

/// A frame inside the picture, words centred, a small ornament above the title.
fn editorial(svg: &mut Svg, copy: &Copy, palette: &Palette, margin: f64) -> bool {
    let canvas = svg.canvas();
    let stroke = canvas.side() * 0.006;
    let outer = canvas.inset(margin * 0.45);
    svg.frame(outer, stroke, palette.tone(3));
    svg.frame(outer.inset(stroke * 2.6), stroke * 0.4, palette.tone(3));
    let area = canvas.inset(margin * 1.25);
    let tick = canvas.side() * 0.016;
    for n in 0..4 {
        let (right, low) = (n % 2 == 1, n >= 2);
        let x = if right { outer.right() } else { outer.x };
        let y = if low { outer.bottom() } else { outer.y };
        let data =
            format!("M{:.2} {y:.2}L{x:.2} {:.2}L{:.2} {y:.2}L{x:.2} {:.2}Z", x - tick, y - tick, x + tick, y + tick);
        svg.path(&data, palette.accent);
    }
    let stand = Stand { area, face: Face::Serif, anchor: Anchor::Middle, centred: true, site_above: false };
    copy.draw(svg, palette, stand)
}

impl Palette {
    /// A tone by its number, 0 next to the ground.
    fn tone(&self, number: usize) -> super::color::Rgb {
        self.tones.get(number).copied().unwrap_or(self.accent)
    }
}
