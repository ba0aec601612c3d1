//! Abstract drawings that fill a rectangle: the part of a picture that is no text. Each is made from the palette and the
//! dice alone and stays inside its rectangle.

mod drawn;
mod laid;

pub(super) use drawn::{discs, halftone, ridges};
pub(super) use laid::bands;

use super::dice::Dice;
use super::palette::Palette;
use super::svg::{Rect, Svg};

/// A kind of drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Motif {
    /// Small tiles with quarter circles, discs and triangles.
    #[default]
    Tiles,
    /// Few large tiles.
    Blocks,
    /// Slanted bands.
    Stripes,
    /// Bars that rise.
    Bars,
    /// Discs inside discs, from a corner.
    Arcs,
    /// Dots that grow.
    Dots,
    /// Rows of hills under a sun.
    Hills,
    /// Rings with small planets.
    Orbits,
    /// Lines that run beside each other.
    Waves,
}

impl Motif {
    pub(super) const ALL: &[Self] = &[
        Self::Tiles,
        Self::Hills,
        Self::Arcs,
        Self::Stripes,
        Self::Orbits,
        Self::Blocks,
        Self::Waves,
        Self::Bars,
        Self::Dots,
    ];

    /// Whether a part of it says as much as the whole, so that a plate may cover the rest.
    pub(super) const fn fills_evenly(self) -> bool {
        match self {
            Self::Tiles | Self::Blocks | Self::Stripes | Self::Waves | Self::Dots => true,
            Self::Bars | Self::Orbits | Self::Hills | Self::Arcs => false,
        }
    }

    /// Fills `area`.
    pub(super) fn fill(self, svg: &mut Svg, area: Rect, palette: &Palette, dice: &mut Dice) {
        svg.clipped(area, |svg| match self {
            Self::Tiles => laid::tiles(svg, area, TILE_SHARE, palette, dice),
            Self::Blocks => laid::tiles(svg, area, BLOCK_SHARE, palette, dice),
            Self::Stripes => laid::stripes(svg, area, palette, dice),
            Self::Bars => laid::bars(svg, area, palette, dice),
            Self::Arcs => drawn::arcs(svg, area, palette, dice),
            Self::Dots => drawn::dots(svg, area, palette, dice),
            Self::Hills => drawn::hills(svg, area, palette, dice),
            Self::Orbits => drawn::orbits(svg, area, palette, dice),
            Self::Waves => drawn::waves(svg, area, palette, dice),
        });
    }
}

/// Width of a small tile as a share of the area's shorter side.
const TILE_SHARE: f64 = 0.25;
/// Width of a large one.
const BLOCK_SHARE: f64 = 0.5;
