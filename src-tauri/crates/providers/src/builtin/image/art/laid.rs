//! Drawings laid out on a grid: tiles, bands, bars.

use crate::builtin::image::color::Rgb;
use crate::builtin::image::count;
use crate::builtin::image::dice::Dice;
use crate::builtin::image::palette::Palette;
use crate::builtin::image::svg::{Rect, Svg};

/// Tiles in a row at most; more would only be noise and bytes.
const TILES_MAX: usize = 24;
/// One tile in this many is drawn in the accent.
const ACCENT_ONE_IN: u64 = 5;

/// Tiles about `share` of the shorter side wide, each with one shape.
pub(super) fn tiles(svg: &mut Svg, area: Rect, share: f64, palette: &Palette, dice: &mut Dice) {
    let wanted = area.side() * share;
    let columns = whole(area.w / wanted);
    let rows = whole(area.h / wanted);
    let (w, h) = (area.w / count(columns), area.h / count(rows));
    let side = w.min(h);
    let [t0, t1, t2, t3] = palette.tones;
    let mut last = 9;
    for row in 0..rows {
        for column in 0..columns {
            let cell = Rect::new(area.x + count(column) * w, area.y + count(row) * h, w, h);
            let ground = dice.choose_color(&[t0, t0, t1, t2], t0);
            // Half a pixel more closes the seams between neighbours.
            svg.rect(Rect::new(cell.x, cell.y, w + 0.5, h + 0.5), 0.0, ground);
            let shapes = [t1, t2, t3, palette.second].into_iter().filter(|c| *c != ground).collect::<Vec<_>>();
            let mut fill = dice.choose_color(&shapes, t3);
            if dice.one_in(ACCENT_ONE_IN) {
                fill = palette.accent;
            }
            let mut kind = dice.next() >> 8 & 7;
            if kind == last {
                kind = (kind + 3) & 7;
            }
            last = kind;
            shape(svg, cell, side, kind, fill, ground, dice);
        }
    }
}

fn shape(svg: &mut Svg, cell: Rect, side: f64, kind: u64, fill: Rgb, ground: Rgb, dice: &mut Dice) {
    let (cx, cy) = (cell.x + cell.w / 2.0, cell.y + cell.h / 2.0);
    let turn = dice.next() >> 8 & 3;
    match kind {
        0 | 1 => quarter(svg, cell, turn, 1.0, fill),
        2 => {
            quarter(svg, cell, turn, 1.0, fill);
            quarter(svg, cell, turn, 0.62, ground);
            quarter(svg, cell, turn, 0.30, fill);
        }
        3 => svg.circle(cx, cy, side * 0.36, fill),
        4 => {
            let (x, y, r, b) = (cell.x, cell.y, cell.right(), cell.bottom());
            let points = [[x, y, r, y, x, b], [x, y, r, y, r, b], [x, y, r, b, x, b], [r, y, r, b, x, b]];
            let [a, b, c, d, e, f] = points.get(usize::try_from(turn).unwrap_or(0)).copied().unwrap_or_default();
            svg.path(&format!("M{a:.2} {b:.2}L{c:.2} {d:.2}L{e:.2} {f:.2}Z"), fill);
        }
        5 => {
            svg.circle(cx, cy, side * 0.40, fill);
            svg.circle(cx, cy, side * 0.19, ground);
        }
        6 => half(svg, cell, turn, fill),
        _ => {
            for n in 0..3 {
                let at = cell.y + cell.h * (0.17 + 0.27 * f64::from(n));
                svg.rect(Rect::new(cell.x + cell.w * 0.14, at, cell.w * 0.72, cell.h * 0.11), side * 0.055, fill);
            }
        }
    }
}

/// A quarter disc in one corner, `part` of the cell wide.
fn quarter(svg: &mut Svg, cell: Rect, turn: u64, part: f64, fill: Rgb) {
    let (w, h) = (cell.w * part, cell.h * part);
    let (x, y, sx, sy, sweep) = match turn {
        0 => (cell.x, cell.y, 1.0, 1.0, 1),
        1 => (cell.right(), cell.y, -1.0, 1.0, 0),
        2 => (cell.right(), cell.bottom(), -1.0, -1.0, 1),
        _ => (cell.x, cell.bottom(), 1.0, -1.0, 0),
    };
    svg.path(
        &format!("M{x:.2} {y:.2}L{:.2} {y:.2}A{w:.2} {h:.2} 0 0 {sweep} {x:.2} {:.2}Z", x + sx * w, y + sy * h),
        fill,
    );
}

/// Half a disc on one side of the cell.
fn half(svg: &mut Svg, cell: Rect, turn: u64, fill: Rgb) {
    let (w, h) = (cell.w / 2.0, cell.h / 2.0);
    let (x, y, r, b) = (cell.x, cell.y, cell.right(), cell.bottom());
    let data = match turn {
        0 => format!("M{x:.2} {y:.2}A{w:.2} {h:.2} 0 0 0 {r:.2} {y:.2}Z"),
        1 => format!("M{x:.2} {b:.2}A{w:.2} {h:.2} 0 0 1 {r:.2} {b:.2}Z"),
        2 => format!("M{x:.2} {y:.2}A{w:.2} {h:.2} 0 0 1 {x:.2} {b:.2}Z"),
        _ => format!("M{r:.2} {y:.2}A{w:.2} {h:.2} 0 0 0 {r:.2} {b:.2}Z"),
    };
    svg.path(&data, fill);
}

/// Slanted bands of different width over the whole area.
pub(super) fn stripes(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [t0, t1, t2, t3] = palette.tones;
    svg.rect(area, 0.0, t0);
    let slant = area.h * dice.between(0.35, 0.6);
    bands(svg, area, area.x - slant, slant, &[t1, t2, palette.accent, t3, t0, palette.second, t2], dice);
}

/// Bands from `from` to the right edge, leaning right; one colour after the other.
pub(in crate::builtin::image) fn bands(
    svg: &mut Svg,
    area: Rect,
    from: f64,
    slant: f64,
    colors: &[Rgb],
    dice: &mut Dice,
) {
    let mut x = from;
    let (top, bottom) = (area.y, area.bottom());
    let unit = area.side() * 0.11;
    for color in colors.iter().cycle().take(TILES_MAX) {
        if x > area.right() {
            break;
        }
        let width = unit * dice.choose(&[0.5, 1.0, 1.0, 1.6, 2.2]);
        let data = format!(
            "M{x:.2} {bottom:.2}L{:.2} {top:.2}L{:.2} {top:.2}L{:.2} {bottom:.2}Z",
            x + slant,
            x + slant + width + 0.5,
            x + width + 0.5
        );
        svg.path(&data, *color);
        x += width;
    }
}

/// Bars that rise from left to right, one of them in the accent.
pub(super) fn bars(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [t0, t1, t2, t3] = palette.tones;
    svg.rect(area, 0.0, t0);
    let bars = if area.w > area.h { 7 } else { 5 };
    let pitch = area.w / (count(bars) + 1.0);
    let width = pitch * 0.66;
    let marked = usize::try_from(dice.next() >> 8 & 1).unwrap_or(0) + bars - 2;
    for n in 0..bars {
        let part = 0.18 + 0.62 * count(n) / count(bars - 1) + dice.between(-0.05, 0.05);
        let height = area.h * part;
        let x = area.x + pitch * (count(n) + 0.5) + (pitch - width) / 2.0;
        let color = if n == marked {
            palette.accent
        } else if n % 3 == 0 {
            t1
        } else if n % 3 == 1 {
            t2
        } else {
            t3
        };
        // Rounded at the top, cut by the area's edge below.
        svg.rect(Rect::new(x, area.bottom() - height, width, height + width), width * 0.5, color);
    }
}

/// At least one, at most [`TILES_MAX`].
fn whole(ratio: f64) -> usize {
    (1..TILES_MAX).find(|n| ratio < count(*n) + 0.5).unwrap_or(TILES_MAX)
}
