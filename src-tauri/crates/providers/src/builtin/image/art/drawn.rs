//! Drawings with curves: arcs, dots, hills, orbits, waves.

use crate::builtin::image::color::Rgb;
use crate::builtin::image::count;
use crate::builtin::image::dice::Dice;
use crate::builtin::image::palette::Palette;
use crate::builtin::image::svg::{Rect, Svg};

/// Points along a wave or a ridge.
const POINTS: usize = 7;
/// Points along a wave, each at least this many line distances from the next: closer ones would make it a zigzag.
const WAVE_PITCHES: f64 = 3.2;
/// Dots in a row at most.
const DOTS_MAX: usize = 36;

/// Discs inside discs around a corner.
pub(super) fn arcs(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [t0, ..] = palette.tones;
    svg.rect(area, 0.0, t0);
    let right = dice.one_in(2);
    let x = if right { area.right() } else { area.x };
    let y = if dice.one_in(2) { area.bottom() } else { area.y };
    discs(svg, x, y, area.w.hypot(area.h) * 0.82, palette, dice);
}

/// Discs of shrinking radius around one point, the last one in the accent.
pub(in crate::builtin::image) fn discs(svg: &mut Svg, x: f64, y: f64, radius: f64, palette: &Palette, dice: &mut Dice) {
    let [t0, t1, t2, t3] = palette.tones;
    let rings = [t1, t0, t2, t1, t3, palette.second, palette.accent];
    let skip = usize::from(dice.one_in(2));
    let rings = rings.get(skip..).unwrap_or(&rings);
    for (n, color) in rings.iter().enumerate() {
        svg.circle(x, y, radius * (1.0 - count(n) / count(rings.len())), *color);
    }
}

/// A grid of dots that grow towards one side.
pub(super) fn dots(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [t0, _, _, t3] = palette.tones;
    svg.rect(area, 0.0, t0);
    let upward = dice.one_in(2);
    halftone(svg, area, t3, palette.accent, |x, y| if upward { (x + (1.0 - y)) / 2.0 } else { (x + y) / 2.0 });
}

/// Dots whose size follows `strength` (0–1 over the area, both axes 0–1); one row of the largest in the accent.
pub(in crate::builtin::image) fn halftone(
    svg: &mut Svg,
    area: Rect,
    color: Rgb,
    accent: Rgb,
    strength: impl Fn(f64, f64) -> f64,
) {
    let pitch = (area.side() / 13.0).max(area.w / count(DOTS_MAX)).max(area.h / count(DOTS_MAX));
    let mut y = area.y + pitch / 2.0;
    let mut row = 0_u32;
    while y < area.bottom() {
        // Every other row is shifted, as in print.
        let mut x = area.x + if row.is_multiple_of(2) { pitch / 2.0 } else { pitch };
        while x < area.right() {
            let s = strength((x - area.x) / area.w, (y - area.y) / area.h).clamp(0.0, 1.0);
            let radius = pitch * 0.47 * s.powf(1.4);
            if radius > pitch * 0.04 {
                let marked = s > 0.72 && s < 0.79;
                svg.circle(x, y, radius, if marked { accent } else { color });
            }
            x += pitch;
        }
        y += pitch * 0.88;
        row += 1;
    }
}

/// Rows of hills, the nearest the strongest, with a sun.
pub(super) fn hills(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [t0, ..] = palette.tones;
    svg.rect(area, 0.0, t0);
    let radius = area.side() * dice.between(0.13, 0.18);
    let x = area.x + area.w * dice.between(0.60, 0.80);
    svg.circle(x, area.y + area.h * 0.34, radius, palette.accent);
    ridges(svg, Rect::new(area.x, area.y + area.h * 0.34, area.w, area.h * 0.66), palette, dice);
}

/// The hills alone, over the whole of `area`.
pub(in crate::builtin::image) fn ridges(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [_, t1, t2, t3] = palette.tones;
    for (n, color) in [t1, t2, t3, palette.second].into_iter().enumerate() {
        let base = area.y + area.h * (0.16 + 0.24 * count(n));
        let swing = area.h * 0.15;
        let points: Vec<(f64, f64)> = (0..POINTS)
            .map(|p| (area.x + area.w * count(p) / count(POINTS - 1), base + dice.between(-swing, swing)))
            .collect();
        let data = format!(
            "{}L{:.2} {:.2}L{:.2} {:.2}Z",
            smooth(&points),
            area.right(),
            area.bottom() + 1.0,
            area.x,
            area.bottom() + 1.0
        );
        svg.path(&data, color);
    }
}

/// Rings around a point beside the middle, with planets on them.
pub(super) fn orbits(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [t0, t1, t2, t3] = palette.tones;
    svg.rect(area, 0.0, t0);
    let x = area.x + area.w * dice.between(0.40, 0.60);
    let y = area.y + area.h * dice.between(0.45, 0.60);
    let step = area.side() * 0.17;
    let rings = 6;
    for n in (1..=rings).rev() {
        svg.circle(x, y, step * (count(n) + 0.35), if n % 2 == 0 { t0 } else { t1 });
        svg.ring(x, y, step * (count(n) + 0.35), area.side() * 0.006, t2);
    }
    svg.circle(x, y, step * 0.62, palette.accent);
    for n in 1..=rings {
        let angle = dice.between(0.0, std::f64::consts::TAU);
        let radius = step * (count(n) + 0.35);
        let size = step * dice.choose(&[0.16, 0.22, 0.30]);
        let color = dice.choose_color(&[t3, palette.second, palette.accent], t3);
        svg.circle(x + radius * angle.cos(), y + radius * angle.sin(), size, color);
    }
}

/// Lines that run beside each other, like heights on a map.
pub(super) fn waves(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [t0, ..] = palette.tones;
    svg.rect(area, 0.0, t0);
    lines(svg, area, palette, dice);
}

/// The lines alone.
fn lines(svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
    let [_, t1, t2, t3] = palette.tones;
    let rows = 13;
    let pitch = area.h / count(rows - 2);
    let steps = (2..POINTS).rev().find(|n| area.w >= count(*n) * pitch * WAVE_PITCHES).unwrap_or(2);
    let shape: Vec<f64> = (0..=steps).map(|_| dice.between(-1.0, 1.0)).collect();
    let drift: Vec<f64> = (0..=steps).map(|_| dice.between(-1.0, 1.0)).collect();
    let marked = usize::try_from(dice.next() >> 8 & 3).unwrap_or(0) + 4;
    for row in 0..rows {
        let part = count(row) / count(rows - 1);
        let points: Vec<(f64, f64)> = shape
            .iter()
            .zip(&drift)
            .enumerate()
            .map(|(p, (a, b))| {
                let bend = (a * (1.0 - part) + b * part) * pitch * 1.5;
                // A little beyond both edges, so that no round end shows.
                let x = area.x - area.w * 0.05 + area.w * 1.1 * count(p) / count(steps);
                (x, area.y + pitch * (count(row) - 0.5) + bend)
            })
            .collect();
        let color = if row == marked {
            palette.accent
        } else if row % 3 == 0 {
            t3
        } else if row % 3 == 1 {
            t2
        } else {
            t1
        };
        svg.line(&smooth(&points), pitch * 0.34, color);
    }
}

/// A smooth curve through the points (Catmull–Rom as cubic Béziers).
fn smooth(points: &[(f64, f64)]) -> String {
    let Some((x, y)) = points.first() else {
        return String::new();
    };
    let mut data = format!("M{x:.2} {y:.2}");
    let at = |n: usize| points.get(n.min(points.len().saturating_sub(1))).copied().unwrap_or_default();
    for n in 0..points.len().saturating_sub(1) {
        let (before, from, to, after) = (at(n.saturating_sub(1)), at(n), at(n + 1), at(n + 2));
        let first = (from.0 + (to.0 - before.0) / 6.0, from.1 + (to.1 - before.1) / 6.0);
        let second = (to.0 - (after.0 - from.0) / 6.0, to.1 - (after.1 - from.1) / 6.0);
        data.push_str(&format!(
            "C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}",
            first.0, first.1, second.0, second.1, to.0, to.1
        ));
    }
    data
}
